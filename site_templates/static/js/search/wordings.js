// The wordings by which a thing may be found: as typed, and what the lexicon knows beside it; each counts a percent.

import { isChinese, keyOf } from "./tokeniser.js";

const KINDS_OF_GROUPS = ["synonym", "narrower", "broader"];
const GROUPS_A_ROUTE = 16;
const ALTERNATIVES_MAX = 32;

// A wording is {words, percent, because, isAbsent, whole}: no dataset has the words of one that is absent in its texts; of
// equal words it is told which datasets have them as a whole value in their tables.

/** Wordings with different words, the strongest of equal ones, in falling order of percent. */
export function strongest(found) {
  const byWords = new Map();
  for (const item of [...found].sort((one, other) => other.percent - one.percent)) {
    const key = item.words.join("\n");
    if (item.words.length && !byWords.has(key)) byWords.set(key, item);
  }
  return [...byWords.values()].slice(0, ALTERNATIVES_MAX);
}

function routeOfGroup(number) {
  return `g${Math.floor(number / GROUPS_A_ROUTE)}`;
}

function hasChinese(text) {
  return [...text].some(isChinese);
}

/** The lexicon and the terms of a catalogue, looked up in shards; whoever asks has fetched what it needs before. */
export class Meanings {
  constructor(shards, tokeniser, weights) {
    this.shards = shards;
    this.tokeniser = tokeniser;
    this.weights = weights;
  }

  need(routes) {
    return this.shards.need(routes);
  }

  /** Fetch what begins with these units: words of the lexicon, terms, readings of characters. */
  needUnits(units) {
    return this.need(new Set(Array.from(units, (unit) => `u${unit}`)));
  }

  firstUnit(key) {
    return this.tokeniser.units(key)[0] ?? "";
  }

  isInLexicon(key, unit) {
    return this.shards.get(`u${unit}`, `l${key}`) !== undefined;
  }

  reading(character) {
    return this.shards.get(`u${character}`, `r${character}`) ?? "";
  }

  /** The terms of a key of a kind (b, e, a, s, p, i: begin, end, around, sound, pinyin, initials). */
  terms(route, mark, key) {
    return (this.shards.get(route, mark + key) ?? []).map(([datasets, termKey, text, reading]) => (
      { datasets, key: termKey, text: text || termKey, reading: reading ?? "" }));
  }

  /** Fetch the groups of the lexicon that keys lead to. */
  async needWordings(keys) {
    await this.needUnits(keys.map((key) => this.firstUnit(key)));
    await this.need(new Set(keys.flatMap((key) => this.groupsOf(key).flat().map(routeOfGroup))));
  }

  /** The numbers of a key's groups in the lexicon, of narrower and of wider ones. */
  groupsOf(key) {
    return this.shards.get(`u${this.firstUnit(key)}`, `l${key}`) ?? [];
  }

  /** The wordings of what was typed; the typed words first. */
  wordings(typed, key = typed) {
    const found = [this.asTyped(typed)];
    this.groupsOf(key).forEach((numbers, place) => {
      for (const number of numbers) found.push(...this.ofGroup(typed, key, number, KINDS_OF_GROUPS[place]));
    });
    return strongest(found);
  }

  /** The official words of a group, and its English ones. */
  ofGroup(typed, key, number, kind) {
    const isChineseTyped = hasChinese(typed);
    const [texts, held, valued = []] = this.shards.get(routeOfGroup(number), `g${number}`);
    const isHeld = new Set(held);
    const wholeValues = new Map(valued);
    return texts.flatMap((meant, place) => {
      if (keyOf(this.tokeniser.units(meant)) === key) return [];
      const told = kind === "synonym" && hasChinese(meant) !== isChineseTyped ? "translation" : kind;
      const words = this.tokeniser.queryWords(meant);
      const because = { kind: told, typed, meant };
      const whole = ["synonym", "translation"].includes(told) ? wholeValues.get(place) : undefined;
      return [{ words, percent: this.weights.wordings[told], because, isAbsent: !isHeld.has(place), whole }];
    });
  }

  asTyped(typed) {
    return { words: this.tokeniser.queryWords(typed), percent: 100, because: null };
  }

  /** The wordings of what slips stand for, the lexicon's beside each of them too; all say the slip. */
  async alternativesOf(typed, mended) {
    await this.needWordings(mended.map((item) => item.term.key));
    return strongest(mended.flatMap((item) => this.wordings(item.term.text, item.term.key).map((wording) => ({
      words: wording.words,
      percent: Math.floor((wording.percent * item.percent) / 100),
      because: { kind: item.kind, typed, meant: wording.because?.meant ?? item.term.text },
      isAbsent: Boolean(wording.isAbsent),
    }))));
  }
}
