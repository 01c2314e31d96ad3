// The second list: datasets that may be meant, ranked by integers alone, each with its reasons; the server's integers.

/** The documents that may be meant, the best first: {number, score, because}. *without* and *within* are sets or null. */
export function secondList(understood, words, columns, weights, { values, without = null, within = null }) {
  if (!understood.things.length || !columns.size) return [];
  const allHeld = understood.things.map((thing) => holders(thing, words, values, weights));
  const { things, held } = withoutSeams(understood.things, allHeld);
  const worths = things.map((thing, at) => weightOf(thing, held[at], columns.size, weights));
  const shares = new Map();
  const scores = new Map();
  things.forEach((_, at) => addThing(worths[at], held[at], shares, scores));
  const asked = worths.reduce((sum, worth) => sum + worth, 0);
  const least = weights.share_min * asked;
  const reached = [...shares.keys()]
    .filter((number) => shares.get(number) * 100 >= least && (!within || within.has(number)) && !without?.has(number));
  const counts = perCents(understood, words, columns, weights);
  const most = reached.reduce((before, number) => Math.max(before, scores.get(number)), 0);
  const best = reached
    .filter((number) => scores.get(number) * 100 >= weights.score_min * most)
    .map((number) => [number, Math.floor((scores.get(number) * counts(number)) / 100)])
    .sort((one, other) => other[1] - one[1] || one[0] - other[0])
    .slice(0, weights.also_max);
  const isSure = best.length && shares.get(best[0][0]) * 100 >= weights.sure_share * asked;
  return best.slice(0, isSure ? weights.also_max : weights.doubtful_max)
    .map(([number, score]) => ({ number, score, because: reasons(number, things, held).slice(0, weights.because_max) }));
}

/** The words of every wording and filler that is looked for, for whoever fetches them. */
export function wordsLookedFor({ things, dropped }, tokeniser, weights) {
  const ofThings = things.flatMap((thing) => thing.alternatives
    .flatMap((item, place) => (item.isAbsent && place ? [] : item.words)));
  return [...ofThings, ...fillersLookedFor(dropped, weights).flatMap((filler) => tokeniser.queryWords(filler))];
}

function weightOf(thing, held, size, weights) {
  const count = held.length ? held[0].numbers.length : 0;
  const typed = thing.alternatives[0]?.words.length ?? 0;
  const times = held.length ? Math.min(Math.max(typed, 1), weights.words_weighed_max) : 1;
  const rarity = Math.floor(100 * Math.log(1 + size / (1 + count)) + 0.5);
  const whole = Math.floor((rarity * times * thing.worth) / 100);
  if (held.length) return whole;
  return Math.floor((whole * (thing.worth > 100 ? weights.absent_known : weights.absent)) / 100);
}

/** Leave out pairs of characters that no document has, where each of the two stands in a pair that some have. */
function withoutSeams(things, held) {
  const overlaps = (first, second) => {
    if (first < 0 || second === things.length || !(held[first].length || held[second].length)) return false;
    const [one, other] = [[...things[first].typed], [...things[second].typed]];
    return one.length === 2 && other.length === 2 && one[1] === other[0] && !/^[\0-\x7f]*$/.test(things[first].typed);
  };
  const kept = things.map((_, at) => at)
    .filter((at) => held[at].length || !(overlaps(at - 1, at) && overlaps(at, at + 1)));
  return { things: kept.map((at) => things[at]), held: kept.map((at) => held[at]) };
}

/** The wordings of a thing that some document holds, in its texts or in its tables, the strongest first. */
function holders(thing, words, values, weights) {
  const inTexts = thing.alternatives.filter((item) => !item.isAbsent)
    .map((item) => holding(item, words, weights.part_times));
  return [...inTexts, ...heldByValues(thing, values, weights)].filter((held) => held.numbers.length)
    .sort((one, other) => other.item.percent - one.item.percent);
}

/** The wordings of a thing with the documents that have them as values in tables; what was typed, in part too. */
function heldByValues(thing, values, weights) {
  const { typed, alternatives } = thing;
  return alternatives.flatMap((item) => {
    const held = (words, numbers, percent) => {
      const because = { kind: "value", typed, meant: item.because?.meant ?? typed };
      return { item: { words, percent, because }, numbers, times: new Map(), has: new Set(numbers) };
    };
    const percent = Math.floor((item.percent * weights.value) / 100);
    if (item.because) return item.whole ? [held(item.words, item.whole, percent)] : [];
    const { words, whole, part } = values.datasets(thing);
    return [held(words, whole, percent), held(words, part, weights.within_value)];
  });
}

function holding(item, words, partTimes) {
  const numbers = words.allOf(item.words, isForKnownParts(item) ? "known" : "any");
  const times = new Map();
  if (numbers.length) {
    for (const [part, count] of partTimes) {
      for (const number of words.allOf(item.words, part)) times.set(number, count);
    }
  }
  return { item, numbers, times, has: new Set(numbers) };
}

function isForKnownParts({ because, words }) {
  if (!because) return false;
  const isEnglish = words.every((word) => /^[\0-\x7f]*$/.test(word));
  return ["broader", "narrower"].includes(because.kind) || (because.kind === "translation" && isEnglish);
}

/** Add to each document what it has of a thing, without and with where it stands: by its best wording. */
function addThing(worth, held, shares, scores) {
  const share = new Map();
  const score = new Map();
  for (const { item, numbers, times } of held) {
    const part = Math.floor((worth * item.percent) / 100);
    for (const number of numbers) {
      share.set(number, Math.max(share.get(number) ?? 0, part));
      score.set(number, Math.max(score.get(number) ?? 0, part * (times.get(number) ?? 1)));
    }
  }
  for (const [number, part] of share) {
    shares.set(number, (shares.get(number) ?? 0) + part);
    scores.set(number, (scores.get(number) ?? 0) + score.get(number));
  }
}

/** What tells how much a document counts for what it is, and for fillers that stand in its title too. */
function perCents({ intents, dropped }, words, columns, weights) {
  const titles = fillersLookedFor(dropped, weights)
    .map((filler) => new Set(words.allOf(words.tokeniser.queryWords(filler), "title")));
  return (number) => {
    if (columns.kinds.get("superseded")[number]) return weights.superseded;
    const isOfKind = intents.some((intent) => columns.kinds.get(intent)[number]);
    const fillers = titles.filter((having) => having.has(number)).length;
    return columns.raised[number] + (isOfKind ? weights.intent : 0) + fillers * weights.filler;
  };
}

function fillersLookedFor(dropped, weights) {
  return dropped.filter((word) => [...word].length > 1).slice(0, weights.fillers_max);
}

/** Why a document may be meant, the strongest reason first; pairs of characters that overlap are one word. */
function reasons(number, things, held) {
  const told = [];
  let typed = [];
  let kind = "";
  things.forEach((thing, at) => {
    const found = held[at].find((one) => one.has.has(number));
    const because = found?.item.because ?? { kind: "words", meant: thing.typed };
    if (!found || !["words", "value"].includes(because.kind) || because.meant !== thing.typed) {
      if (found) told.push([found.item.percent, because]);
      typed = [];
      return;
    }
    const signs = [...thing.typed];
    if (because.kind === kind && typed.length && signs.length === 2 && typed.at(-1) === signs[0]) {
      told.pop();
      typed = [...typed, signs[1]];
    } else {
      [typed, kind] = [signs, because.kind];
    }
    const word = typed.join("");
    told.push([found.item.percent, { kind, typed: word, meant: word }]);
  });
  told.sort((one, other) => other[0] - one[0]);
  const different = new Map(told.map(([, because]) => [JSON.stringify(because), because]));
  return [...different.values()];
}
