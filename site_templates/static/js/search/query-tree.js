// The query language of people as a small tree, as the server reads it: words, "phrases", -not, OR, publisher:, year:.

import { QUERY_CHARACTERS_MAX, beginning } from "./tokeniser.js";

const OPERATORS = new Map(Object.entries(
  { OR: "OR", 或: "OR", "|": "OR", "||": "OR", AND: "AND", "&&": "AND", NOT: "NOT" }));
const PIECE = /([+-]*)([^\s":]{1,20}:)?("[^"]*"|[^\s"]+)/gu;

export const EVERYTHING = { kind: "and", nodes: [] };
const NOTHING = { kind: "or", nodes: [] };

/** Signs that nobody sees: those of control become blanks, those of format nothing. */
function visible(text) {
  return text.replace(/[\p{Cc}\p{Cs}]/gu, " ").replace(/\p{Cf}/gu, "");
}

function* queryPieces(text) {
  const plain = visible(text).replace(/[“”„‟＂「」『』«»]/g, '"').replace(/[－−]/g, "-")
    .replace(/＋/g, "+").replace(/：/g, ":");
  for (const [, sign, field = "", piece] of plain.matchAll(PIECE)) {
    const isPhrase = piece.startsWith('"');
    yield {
      sign: sign.slice(-1),
      field: field.slice(0, -1),
      text: isPhrase ? piece.replace(/^"+|"+$/g, "") : piece,
      isPhrase,
      operator: sign || field || isPhrase ? "" : OPERATORS.get(piece) ?? "",
    };
  }
}

function leafOf(piece, tokeniser, fields) {
  const facet = fields.get(piece.field.toLowerCase());
  const value = facet ? tokeniser.fold(piece.text).trim() : "";
  if (value) return { kind: "field", facet, text: value };
  const text = piece.field ? `${piece.field}:${piece.text}` : piece.text;
  const words = tokeniser.queryWords(text);
  if (!words.length) return null;
  const spelled = piece.isPhrase && !piece.field ? tokeniser.spelledPhrase(text) : "";
  return [...spelled].length > 1 ? { kind: "phrase", text, words, spelled } : { kind: "word", text, words };
}

/** What a text asks for; blank text for everything, text without a word in it for nothing. */
export function parseQuery(whole, tokeniser, fields) {
  const text = beginning(whole, QUERY_CHARACTERS_MAX);
  if (!text.trim()) return EVERYTHING;
  const groups = [];
  let sign = "";
  let isJoined = false;
  for (const piece of queryPieces(text)) {
    if (piece.operator) {
      isJoined = piece.operator === "OR";
      sign = piece.operator === "NOT" ? "-" : sign;
      continue;
    }
    const leaf = leafOf(piece, tokeniser, fields);
    if (leaf) {
      const isNot = (piece.sign || sign) === "-";
      if (isJoined && groups.length && !isNot && groups.at(-1).at(-1).kind !== "not") groups.at(-1).push(leaf);
      else groups.push([isNot ? { kind: "not", node: leaf } : leaf]);
    }
    sign = "";
    isJoined = false;
  }
  const nodes = groups.map((group) => (group.length === 1 ? group[0] : { kind: "or", nodes: group }));
  if (!nodes.length) {
    const words = tokeniser.queryWords(text);
    return words.length ? { kind: "word", text: text.trim(), words } : NOTHING;
  }
  return nodes.length === 1 ? nodes[0] : { kind: "and", nodes };
}

/** The words and phrases that are asked for, those after a minus left out, in order. */
export function wanted(node) {
  if (node.kind === "word" || node.kind === "phrase") return [node];
  return node.kind === "and" || node.kind === "or" ? node.nodes.flatMap(wanted) : [];
}

export function wantedText(node) {
  return wanted(node).map((leaf) => leaf.text).join(" ");
}

/** What a tree demands besides words: its fields and what must not hold; both narrow whatever is meant. */
export function conditions(node) {
  const isOfFields = (part) => part.kind === "or" && part.nodes.length > 0
    && part.nodes.every((one) => one.kind === "field");
  const parts = node.kind === "and" ? node.nodes : [node];
  return { kind: "and", nodes: parts.filter((part) => ["field", "not"].includes(part.kind) || isOfFields(part)) };
}

/** Every word in a tree, those too that must not occur. */
export function wordsOf(node) {
  if (node.words) return node.words;
  return node.kind === "not" ? wordsOf(node.node) : (node.nodes ?? []).flatMap(wordsOf);
}
