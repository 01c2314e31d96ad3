// Cutting a question into known words, fillers and unknown characters, as the server does: least unknown, fewest pieces.

import { isChinese, keyOf } from "./tokeniser.js";

const PIECE_UNITS_MAX = 12;

/** The pieces of a run of units: {start, end, kind, key}; *isKnown* gets a key and its first unit. */
export function cut(run, isKnown, isFiller) {
  const end = run.length;
  const costs = Array.from({ length: end + 1 }, () => [0, 0]);
  const chosen = new Array(end);
  for (let start = end - 1; start >= 0; start -= 1) {
    costs[start] = [costs[start + 1][0] + 1, costs[start + 1][1] + 1];
    chosen[start] = { start, end: start + 1, kind: "unknown", key: run[start] };
    for (let stop = Math.min(end, start + PIECE_UNITS_MAX); stop > start; stop -= 1) {
      if (stop === start + 1 && isChinese(run[start]) && !isFiller(run[start])) continue;
      const [unknown, pieces] = costs[stop];
      if (unknown > costs[start][0] || (unknown === costs[start][0] && pieces + 1 >= costs[start][1])) continue;
      const key = keyOf(run.slice(start, stop));
      const kind = isFiller(key) ? "filler" : isKnown(key, run[start]) ? "known" : "";
      if (kind) {
        costs[start] = [unknown, pieces + 1];
        chosen[start] = { start, end: stop, kind, key };
      }
    }
  }
  const pieces = [];
  for (let place = 0; place < end; place = chosen[place].end) pieces.push(chosen[place]);
  return pieces;
}

/**
 * Unknown pieces without single characters at their edges that say nothing, as long as two are left; one stays where a
 * word *begins* with it and the next, or *ends* with the one before and it.
 */
export function trimmed(stretch, edges, begins, ends) {
  const pair = (at) => stretch[at].key + stretch[at + 1].key;
  let start = 0;
  let end = stretch.length;
  while (end - start > 2 && edges.has(stretch[start].key) && !begins(pair(start))) start += 1;
  while (end - start > 2 && edges.has(stretch[end - 1].key) && !ends(pair(end - 2))) end -= 1;
  const left = stretch.slice(start, end);
  return left.every((piece) => edges.has(piece.key)) ? [] : left;
}

/** What pieces of a stretch have in common. */
export function kindOf(piece) {
  if (piece.kind !== "unknown") return piece.kind;
  return isChinese(piece.key) ? "characters" : "letters";
}

/** Neighbours with an equal key, together. */
export function grouped(items, keyOfItem) {
  const groups = [];
  let last;
  for (const item of items) {
    const key = keyOfItem(item);
    if (groups.length && key === last) groups.at(-1).push(item);
    else groups.push([item]);
    last = key;
  }
  return groups;
}
