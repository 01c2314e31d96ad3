// What was understood of a search: things asked for with their wordings, fillers dropped, intents; as the server does it.

import { cut, grouped, kindOf, trimmed } from "./cutting.js";
import { isPersonal } from "./personal.js";
import { SLIP_UNITS_MAX, latinSlips, mendedWords } from "./slips.js";
import { strongest } from "./wordings.js";
import { QUERY_CHARACTERS_MAX, beginning, isChinese, keyOf } from "./tokeniser.js";

const THINGS_MAX = 24;
const CUT_UNITS_MAX = 4;
const PINYIN_PERCENT = 90;
const WORTH = 100;
export const INTENTS = ["places", "statistics", "matters", "lists", "series"];

/** The table of question words, out of the tables of the language. */
export function questionWords(tables) {
  const sets = ["fillers", "edges", "owners", "records", "vague", "whole_records", "private_records"].map((name) => [name, new Set(tables[name])]);
  const intents = new Map(tables.intents.flatMap((keys, place) => keys.map((key) => [key, INTENTS[place]])));
  const signs = { surnames: new Set(tables.surnames), place_ends: new Set(tables.place_ends) };
  const words = { ...Object.fromEntries(sets), ...signs, intents };
  return { ...words, isDropped: (key) => words.fillers.has(key) || intents.has(key) };
}

/** The units of a text in runs: a new one begins where two runs of characters stand apart. */
function runsOf(text, tokeniser) {
  const runs = [];
  let run = [];
  let wasChinese = false;
  for (const [part, chinese] of tokeniser.parts(text)) {
    if (chinese && wasChinese) {
      runs.push(run);
      run = [];
    }
    run.push(...(chinese ? [...part] : [part]));
    wasChinese = chinese;
  }
  return run.length ? [...runs, run] : runs;
}

/** What was understood of a text: {things, dropped, intents, isPersonal}. */
export async function understand(text, meanings, words, pinyin) {
  const runs = runsOf(beginning(text, QUERY_CHARACTERS_MAX), meanings.tokeniser);
  await meanings.needUnits(runs.flat());
  const gathered = new Gathered(meanings, words, pinyin);
  for (const run of runs) await gathered.add(run);
  const things = gathered.things.length ? gathered.things : await gathered.lastResort();
  const intents = new Set(gathered.dropped.map((key) => words.intents.get(key)));
  const byTyped = new Map();
  for (const thing of things) byTyped.set(thing.typed, thing);
  return {
    things: [...byTyped.values()].slice(0, THINGS_MAX),
    dropped: [...new Set(gathered.dropped)],
    intents: INTENTS.filter((intent) => intents.has(intent)),
    isPersonal: runs.some((run) => isPersonal(run, words, (key, unit) => meanings.isInLexicon(key, unit))),
  };
}

class Gathered {
  constructor(meanings, words, pinyin) {
    Object.assign(this, { meanings, words, pinyin, things: [], dropped: [], leftovers: [], slipUnits: SLIP_UNITS_MAX });
  }

  async add(run) {
    const near = this.catalogueWords(run);
    const isKnown = (key, unit) => this.meanings.isInLexicon(key, unit) || near.has(key);
    const pieces = grouped(cut(run, isKnown, this.words.isDropped), kindOf)
      .flatMap((stretch) => this.cutByValues(stretch));
    const mended = await this.slips(run, pieces);
    for (const stretch of grouped(pieces, kindOf)) await this.addStretch(stretch, mended, run);
    for (const span of mended) {
      const [first] = span.alternatives;
      if (!first || !this.things.some((thing) => thing.alternatives.some((item) => isSame(item, first)))) {
        const found = [this.meanings.asTyped(span.typed), ...span.alternatives];
        this.things.push({ typed: span.typed, alternatives: strongest(found), worth: WORTH });
      }
    }
  }

  /** Things of what was left aside, where there is nothing else. */
  async lastResort() {
    const dropped = this.dropped.filter((key) => this.words.vague.has(key) || this.words.intents.has(key));
    const keys = [...new Set([...this.leftovers, ...dropped])];
    await this.meanings.needWordings(keys);
    return keys.map((key) => ({ typed: key, alternatives: this.meanings.wordings(key), worth: WORTH }));
  }

  /** The short words of the catalogue that begin with two characters of a run. */
  catalogueWords(run) {
    const found = new Set();
    for (let at = 0; at < run.length - 1; at += 1) {
      if (!isChinese(run[at]) || !isChinese(run[at + 1])) continue;
      for (const term of this.meanings.terms(`u${run[at]}`, "b", run[at] + run[at + 1])) {
        if ([...term.key].length <= CUT_UNITS_MAX) found.add(term.key);
      }
    }
    return found;
  }

  /** Unknown characters with the values of tables among them as known pieces; no known word is cut anew. */
  cutByValues(stretch) {
    if (kindOf(stretch[0]) !== "characters") return stretch;
    const keys = stretch.map((piece) => piece.key);
    const values = new Set(keys.slice(1).flatMap((key, at) => (
      this.meanings.terms(`u${keys[at]}`, "v", keys[at] + key).map((term) => term.key))));
    const first = stretch[0].start;
    return cut(keys, (key) => values.has(key), () => false)
      .map((piece) => ({ ...piece, start: piece.start + first, end: piece.end + first }));
  }

  /** The slips in the Chinese parts of a run between fillers. */
  async slips(run, pieces) {
    const found = [];
    const isWanted = (piece) => piece.kind !== "filler" && run.slice(piece.start, piece.end).every(isChinese);
    for (const part of grouped(pieces, isWanted)) {
      if (!isWanted(part[0]) || part.every((piece) => piece.kind !== "unknown")) continue;
      const first = part[0].start;
      const last = Math.min(part.at(-1).end, first + this.slipUnits);
      this.slipUnits -= last - first;
      const known = part.filter((piece) => piece.kind !== "unknown")
        .map((piece) => [piece.start - first, piece.end - first]);
      for (const mended of await mendedWords(run.slice(first, last), known, this.meanings)) {
        const start = mended[0].start + first;
        const end = mended[0].end + first;
        const typed = keyOf(run.slice(start, end));
        found.push({ start, end, typed, alternatives: await this.meanings.alternativesOf(typed, mended) });
      }
    }
    return found;
  }

  /** Add what stands in pieces of one kind; what lies in a slip may also be what the slip stands for. */
  async addStretch(stretch, mended, run) {
    const kind = kindOf(stretch[0]);
    if (kind === "filler") {
      this.dropped.push(...stretch.map((piece) => piece.key));
    } else if (kind === "letters") {
      await this.addLetters(stretch.map((piece) => piece.key));
    } else if (kind === "known") {
      for (const piece of stretch) {
        await this.meanings.needWordings([piece.key]);
        const { lexicon, term } = this.meanings.weights.worth;
        const worth = this.meanings.isInLexicon(piece.key, run[piece.start]) ? lexicon : term;
        this.addThing(piece.key, this.meanings.wordings(piece.key), piece, piece, mended, worth);
      }
    } else {
      const isTerm = (mark) => (pair) => this.meanings.terms(`u${[...pair][0]}`, mark, pair).length > 0;
      const left = trimmed(stretch, this.words.edges, isTerm("b"), isTerm("e"));
      if (left.length === 1) this.leftovers.push(left[0].key);
      const pairs = left.slice(1).map((piece, at) => left[at].key + piece.key);
      pairs.forEach((pair, at) => {
        const found = [{ words: [pair], percent: 100, because: null }];
        this.addThing(pair, found, left[at], left[at + 1], mended, this.meanings.weights.worth.unknown, pairs);
      });
    }
  }

  /** Add a thing that reaches from one piece to another; of unknown characters, *stretch* are all pairs. */
  addThing(typed, found, first, last, mended, worth, stretch = []) {
    const others = mended.filter((span) => span.start < last.end && first.start < span.end)
      .flatMap((span) => span.alternatives);
    this.things.push(others.length
      ? { typed, alternatives: strongest([...found, ...others]), worth: Math.max(worth, this.meanings.weights.worth.term), stretch }
      : { typed, alternatives: found, worth, stretch });
  }

  /** Add unknown words of letters and digits; what is pinyin is read as such, alone or with its neighbours. */
  async addLetters(keys) {
    const areLetters = keys.every((key) => /^[a-z]+$/i.test(key));
    const spoken = areLetters ? await this.pinyin.words(keys.join(""), this.meanings) : [];
    for (const { letters, terms } of spoken) {
      if (terms.length) {
        const found = terms.map((term) => ({ start: 0, end: 1, term, kind: "pinyin", percent: PINYIN_PERCENT }));
        const alternatives = await this.meanings.alternativesOf(letters, found);
        this.things.push({ typed: letters, alternatives, worth: this.meanings.weights.worth.lexicon });
      } else {
        this.dropped.push(letters);
      }
    }
    if (spoken.length) return;
    for (const key of keys) {
      const others = await this.meanings.alternativesOf(key, await latinSlips(key, this.meanings));
      const { term, unknown } = this.meanings.weights.worth;
      const alternatives = strongest([this.meanings.asTyped(key), ...others]);
      this.things.push({ typed: key, alternatives, worth: others.length ? term : unknown });
    }
  }
}

function isSame(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
