// Questions for one person's record, which can never be open: at the end a record, and before it an owner or a name.

import { isChinese, keyOf } from "./tokeniser.js";

const OWNER_UNITS_MAX = 5;
const RECORD_UNITS_MAX = 8;
const FILLER_UNITS_MAX = 6;

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
    const isPrivate = words.private_records.has(keyOf(run.slice(end - record, end)));
    if (record && isOwned(run.slice(0, end - record), isPrivate, words, isKnown)) return true;
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

function isOwned(before, isPrivate, words, isKnown) {
  const isLinked = before.at(-1) === "的";
  const end = before.length - Number(isLinked);
  if (end > 1 && before[end - 1] === "s" && !isChinese(before[end - 2])) {
    return !isKnown(before[end - 2], before[end - 2]) && !words.isDropped(before[end - 2]);
  }
  for (let size = 1; size <= Math.min(OWNER_UNITS_MAX, end); size += 1) {
    const key = keyOf(before.slice(end - size, end));
    if (words.owners.has(key) && (/^[\0-\x7f]*$/.test(key) || saysNothingBefore(before, end - size, words))) return true;
  }
  return [2, 3].some((size) => isName(before.slice(0, end), size, words, isKnown)
    && isOfPerson(before[end - 1], size, words, isLinked, isPrivate));
}

/** Whether what may be a name is one of a person, rather than of a town. */
function isOfPerson(last, size, words, isLinked, isPrivate) {
  return words.place_ends.has(last) ? isLinked && isPrivate : isLinked || isPrivate || size > 2;
}

/** Whether the last units are a name; they stand at the beginning of the question or behind a filler. */
function isName(before, size, words, isKnown) {
  const start = before.length - size;
  if (start < 0 || !words.surnames.has(before[start]) || !before.slice(start).every(isChinese)) return false;
  if (isKnown(keyOf(before.slice(start)), before[start])) return false;
  for (let at = start; at < before.length; at += 1) {
    if (isKnown(keyOf(before.slice(at, at + 2)), before[at])) return false;
  }
  return saysNothingBefore(before, start, words);
}

/** Whether nothing stands before a place, or what ends there is a filler, an owner or a single character as 查. */
function saysNothingBefore(before, start, words) {
  if (!start || words.edges.has(before[start - 1])) return true;
  for (let size = 1; size <= Math.min(FILLER_UNITS_MAX, start); size += 1) {
    const key = keyOf(before.slice(start - size, start));
    if (words.isDropped(key) || words.owners.has(key)) return true;
  }
  return false;
}
