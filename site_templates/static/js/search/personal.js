// Questions for one person's record, which can never be open: at the end a record, and before it an owner or a name.

import { isChinese, keyOf } from "./tokeniser.js";

const OWNER_UNITS_MAX = 5;
const RECORD_UNITS_MAX = 8;

function longestEnd(run, end, isWanted) {
  for (let size = Math.min(RECORD_UNITS_MAX, end); size > 0; size -= 1) {
    if (isWanted(keyOf(run.slice(end - size, end)))) return size;
  }
  return 0;
}

/** Whether a question, cut into units, asks for one person's record; *isKnown* gets a key and its first unit. */
export function isPersonal(run, words, isKnown) {
  for (let end = run.length; ;) {
    if (longestEnd(run, end, (key) => words.whole_records.has(key))) return true;
    const record = longestEnd(run, end, (key) => words.records.has(key));
    if (record && isOwned(run.slice(0, end - record), words, isKnown)) return true;
    const filler = longestEnd(run, end, (key) => saysNothing(key, words));
    if (!filler) return false;
    end -= filler;
  }
}

/** Whether a word behind a record leaves the question what it is; statistics and lists are of many. */
function saysNothing(key, words) {
  const intent = words.intents.get(key);
  if (intent) return intent === "places" || intent === "matters";
  return words.fillers.has(key) || words.edges.has(key);
}

function isOwned(before, words, isKnown) {
  let end = before.length;
  if (end && before.at(-1) === "的") end -= 1;
  if (end > 1 && before[end - 1] === "s" && !isChinese(before[end - 2])) return true;
  for (let size = 1; size <= OWNER_UNITS_MAX; size += 1) {
    if (words.owners.has(keyOf(before.slice(Math.max(end - size, 0), end)))) return true;
  }
  return [2, 3].some((size) => isName(before.slice(0, end), size, words, isKnown));
}

/** Whether the last units are a name; they stand at the beginning of the question or behind a filler. */
function isName(before, size, words, isKnown) {
  const start = before.length - size;
  if (start < 0 || !words.surnames.has(before[start]) || !before.slice(start).every(isChinese)) return false;
  if (isKnown(keyOf(before.slice(start)), before[start])) return false;
  for (let at = start; at < before.length; at += 1) {
    if (isKnown(keyOf(before.slice(at, at + 2)), before[at])) return false;
  }
  if (!start) return true;
  return [1, 2, 3, 4, 5, 6].some((count) => words.isDropped(keyOf(before.slice(Math.max(start - count, 0), start))));
}
