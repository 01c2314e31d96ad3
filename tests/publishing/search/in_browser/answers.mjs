// Answers queries, read as JSON from the standard input, by the browser's own search over the files in a folder; each
// answer says which files it fetched. With "fresh" each query is the first one of a visitor.
// node answers.mjs MODULES FOLDER [fresh]

import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const [, , modules, folder, fresh] = process.argv;
const { openCatalogue } = await import(pathToFileURL(`${modules}/catalogue.js`).href);

let files = [];
async function load(name) {
  files.push(name);
  return JSON.parse(await readFile(`${folder}/${name}`, "utf8"));
}

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
let catalogue = await openCatalogue(load);
const answers = [];
for (const query of JSON.parse(Buffer.concat(chunks).toString("utf8"))) {
  files = [];
  if (fresh) catalogue = await openCatalogue(load);
  const { facets, ...answer } = await catalogue.search(query);
  answers.push({ ...answer, facets: Object.fromEntries(facets), files });
}
process.stdout.write(JSON.stringify(answers));
