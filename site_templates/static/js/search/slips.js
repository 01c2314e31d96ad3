// Slips in words that nobody knows: typos of one character, words of equal sound, initials, misspelt English.

const INITIALS_MIN = 3;
const MENDED_MAX = 4;
export const SLIP_UNITS_MAX = 40;
const SHORT_UNITS_MAX = 8;
const ENGLISH_LETTERS_MIN = 5;
const SHORTEST = { homophone: 2, typo: 3 };

const BLURRED_INITIALS = [["zh", "z"], ["ch", "c"], ["sh", "s"], ["n", "l"], ["r", "l"], ["f", "h"]];
const BLURRED_FINALS = [["ing", "in"], ["eng", "en"], ["ang", "an"]];

/** A syllable as those hear it who do not tell n from l, zh from z, -ing from -in, f from h. */
export function blurred(syllable) {
  const begins = BLURRED_INITIALS.find(([sound]) => syllable.startsWith(sound));
  const begun = begins ? begins[1] + syllable.slice(begins[0].length) : syllable;
  const ends = BLURRED_FINALS.find(([sound]) => begun.endsWith(sound));
  return ends ? begun.slice(0, -ends[0].length) + ends[1] : begun;
}

function byOrder(one, other) {
  return (one.start - one.end) - (other.start - other.end)
    || other.percent - one.percent
    || other.term.datasets - one.term.datasets
    || one.start - other.start
    || (one.term.key < other.term.key ? -1 : Number(one.term.key > other.term.key));
}

/** Slips in a run of Chinese characters that do not overlap, each with the terms that it may stand for. */
export async function mendedWords(run, known, meanings) {
  const spoken = run.map((unit) => meanings.reading(unit));
  await meanings.need(spoken.filter(Boolean).map((syllable) => `s${blurred(syllable)}`));
  const seen = new Set();
  const found = [...homophones(run, spoken, meanings), ...typos(run, meanings)].filter((item) => {
    const here = `${item.start} ${item.end} ${item.term.key}`;
    if (seen.has(here) || !isSlip(item, run, known)) return false;
    return seen.add(here);
  }).sort(byOrder);
  const chosen = [];
  for (const item of found) {
    const same = chosen.find((span) => span[0].start === item.start && span[0].end === item.end);
    if (same) {
      if (same.length < MENDED_MAX) same.push(item);
    } else if (chosen.every(([span]) => item.end <= span.start || item.start >= span.end)) {
      chosen.push([item]);
    }
  }
  return chosen.sort(([one], [other]) => one.start - other.start);
}

function isSlip(item, run, known) {
  const within = known.filter(([start, end]) => start < item.end && end > item.start);
  if (within.some(([start, end]) => start < item.start || end > item.end)) return false;
  const size = item.end - item.start;
  const unknown = within.reduce((left, [start, end]) => left - (end - start), size);
  if (size <= SHORTEST[item.kind] && !standsAlone(item, run.length, known)) return false;
  return (size === 2 ? unknown === 2 : unknown > 0)
    && within.every(([start, end]) => run.slice(start, end).join("") !== item.term.key);
}

/** Whether known pieces or nothing stand beside a slip; among unknown characters the shortest slips are chance. */
function standsAlone({ start, end }, length, known) {
  return (start === 0 || known.some(([, last]) => last === start))
    && (end === length || known.some(([first]) => first === end));
}

/** The terms that sound like a part of a run and are written otherwise. */
function* homophones(run, spoken, meanings) {
  for (let start = 0; start < run.length; start += 1) {
    for (let end = start + 2; end <= Math.min(run.length, start + SHORT_UNITS_MAX); end += 1) {
      const syllables = spoken.slice(start, end);
      if (!syllables.at(-1)) break;
      if (!syllables[0]) continue;
      const sound = syllables.map(blurred).join(" ");
      for (const term of meanings.terms(`s${blurred(syllables[0])}`, "s", sound)) {
        if (term.key === run.slice(start, end).join("")) continue;
        const isEqual = term.reading === syllables.join(" ");
        if (!isEqual && end - start === 2) continue;
        const percent = isEqual ? meanings.weights.slips.homophone : meanings.weights.blurred;
        yield { start, end, term, kind: "homophone", percent };
      }
    }
  }
}

/** The terms of three and more characters that one slip makes of a part of a run. */
function* typos(run, meanings) {
  for (let at = 0; at < run.length - 1; at += 1) {
    const route = `u${run[at]}`;
    const pair = run[at] + run[at + 1];
    for (const term of meanings.terms(route, "b", pair)) yield* spans(run, term, at, null, meanings);
    for (const term of meanings.terms(route, "e", pair)) yield* spans(run, term, null, at + 2, meanings);
    for (const last of [at + 2, at + 3]) {
      if (last >= run.length) continue;
      for (const term of meanings.terms(route, "a", run[at] + run[last])) yield* spans(run, term, at, null, meanings);
    }
  }
}

/** The parts of a run that begin or end where they must and are one slip away from a term. */
function* spans(run, term, begins, ends, { weights }) {
  const meant = [...term.key];
  if (meant.length < 3) return;
  for (const size of [meant.length, meant.length + 1, meant.length - 1]) {
    const start = begins ?? ends - size;
    if (size < 3 || start < 0 || start + size > run.length) continue;
    if (isOneSlip(run.slice(start, start + size), meant)) {
      const percent = weights.slips.typo - (meant.length === 3 ? 10 : 0);
      yield { start, end: start + size, term, kind: "typo", percent };
    }
  }
}

const equal = (some, others) => some.length === others.length && some.every((one, place) => one === others[place]);

/** Whether one character replaced, missing, too many, or two of them swapped make one list of characters of another. */
export function isOneSlip(typed, meant) {
  if (equal(typed, meant) || Math.abs(typed.length - meant.length) > 1) return false;
  let start = 0;
  while (start < Math.min(typed.length, meant.length) && typed[start] === meant[start]) start += 1;
  if (typed.length === meant.length) {
    if (equal(typed.slice(start + 1), meant.slice(start + 1))) return true;
    const swapped = [...typed.slice(0, start), ...typed.slice(start + 1, start + 2), typed[start], ...typed.slice(start + 2)];
    return equal(swapped, meant);
  }
  const [shorter, longer] = [typed, meant].sort((one, other) => one.length - other.length);
  return equal(shorter.slice(start), longer.slice(start + 1));
}

/** What an unknown word of Latin letters may stand for: initials of Chinese words, or English, misspelt. */
export async function latinSlips(word, meanings) {
  if (!/^[a-z0-9]+$/i.test(word) || /^[0-9]+$/.test(word)) return [];
  const found = [];
  if (word.length >= INITIALS_MIN) {
    await meanings.need([`i${word}`]);
    for (const term of meanings.terms(`i${word}`, "i", word)) {
      found.push({ start: 0, end: 1, term, kind: "pinyin", percent: meanings.weights.initials });
    }
  }
  if (word.length >= ENGLISH_LETTERS_MIN && /^[a-z]+$/i.test(word)) {
    const keys = [["b", word.slice(0, 2)], ["b", word.slice(0, 3)], ["e", word.slice(-2)], ["e", word.slice(-3)]];
    await meanings.needUnits(keys.map(([, key]) => key));
    for (const [mark, key] of keys) {
      for (const term of meanings.terms(`u${key}`, mark, key)) {
        if (!isOneSlip([...word], [...term.key])) continue;
        found.push({ start: 0, end: 1, term, kind: "typo", percent: meanings.weights.slips.typo });
      }
    }
  }
  const byKey = new Map();
  for (const item of found.sort(byOrder)) if (!byKey.has(item.term.key)) byKey.set(item.term.key, item);
  return [...byKey.values()].slice(0, MENDED_MAX);
}
