// The nearest broader query: of the things that were typed, those that some dataset has together; the least left out.

import { both } from "./words.js";

const THINGS_MAX = 8;

/** The query as {text, leftOut, total}; null where no part of it finds anything. */
export function nearestBroader(understood, words) {
  const asked = understood.things.filter((thing) => thing.alternatives.length);
  const things = asked.slice(0, THINGS_MAX);
  const found = things.map((thing) => words.allOf(thing.alternatives[0].words));
  const held = things.map((_, number) => number).filter((number) => found[number].length);
  const isAsTyped = !understood.dropped.length && !things.some((thing) => thing.alternatives[0].because);
  const isWhole = (chosen) => chosen.length === asked.length && isAsTyped;
  const [best] = subsetsOf(held)
    .filter((chosen) => chosen.length && !isWhole(chosen))
    .map((chosen) => ({
      chosen,
      worth: chosen.reduce((sum, number) => sum + things[number].worth, 0),
      total: chosen.map((number) => found[number]).reduce(both).length,
    }))
    .filter(({ total }) => total)
    .sort((one, other) => other.worth - one.worth || one.total - other.total || byPlace(one.chosen, other.chosen));
  if (!best) return null;
  const text = understoodWords(best.chosen.map((number) => things[number])).join(" ");
  const leftOut = asked.filter((_, number) => !best.chosen.includes(number)).map((thing) => thing.typed);
  return { text, leftOut, total: best.total };
}

function subsetsOf([first, ...others]) {
  if (first === undefined) return [[]];
  const rest = subsetsOf(others);
  return [...rest.map((chosen) => [first, ...chosen]), ...rest];
}

/** Which of two choices keeps the earlier numbers. */
function byPlace(one, other) {
  const place = one.findIndex((number, at) => number !== other[at]);
  if (place < 0) return one.length - other.length;
  return place < other.length ? one[place] - other[place] : 1;
}

/** What was understood in words: what was typed, or for letters of pinyin what they stand for; pairs as one word again. */
export function understoodWords(things) {
  const found = [];
  let last = [];
  for (const { typed, alternatives: [first] } of things) {
    const word = first?.because?.meant ?? typed;
    const signs = [...word];
    if (signs.length === 2 && last.length === 2 && last[1] === signs[0]) found.push(found.pop() + signs[1]);
    else found.push(word);
    last = signs;
  }
  return found;
}
