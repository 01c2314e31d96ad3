// Which datasets have which words, and how much a word says of each: the postings of the engines, from shards.

const COUNT_BITS = 4;
const COUNT_MAX = 15;
const TEXTS = ["title", "keywords", "publisher", "columns", "body"];
const MASKS = {
  title: COUNT_MAX,
  known: COUNT_MAX | (COUNT_MAX << COUNT_BITS) | (COUNT_MAX << (COUNT_BITS * 3)),
  publisher: COUNT_MAX << (COUNT_BITS * 2),
};
const NOTHING = { numbers: [], packed: [] };

/** What stands in both of two ascending lists. */
export function both(some, others) {
  const found = [];
  let place = 0;
  for (const number of some) {
    while (place < others.length && others[place] < number) place += 1;
    if (place === others.length) break;
    if (others[place] === number) found.push(number);
  }
  return found;
}

export class Words {
  constructor(shards, columns, tokeniser) {
    this.shards = shards;
    this.tokeniser = tokeniser;
    this.size = columns.size;
    this.ranking = columns.ranking;
    this.titles = besideMean(columns.title_lengths);
    this.lengths = besideMean(columns.lengths);
    this.lists = new Map();
  }

  need(words) {
    return this.shards.need(words);
  }

  /** The documents that have a word, and how often in each text (packed). */
  list(word) {
    if (!this.lists.has(word)) {
      const flat = this.shards.get(word, word);
      this.lists.set(word, flat ? unfolded(flat) : NOTHING);
    }
    return this.lists.get(word);
  }

  /** The documents that have a word in a part: any, known (title, keywords, columns), title, publisher. */
  documents(word, part = "any") {
    const list = this.list(word);
    if (part === "any") return list.numbers;
    list[part] ??= list.numbers.filter((_, place) => list.packed[place] & MASKS[part]);
    return list[part];
  }

  /** The documents that have all words in one part; of no word none. */
  allOf(words, part = "any") {
    const lists = words.map((word) => this.documents(word, part)).sort((one, other) => one.length - other.length);
    return lists.length ? lists.reduce(both) : [];
  }

  /** How much a word says of each document that has it: BM25F, times the rarity of the word; by document. */
  scores(word) {
    const { numbers, packed } = this.list(word);
    const rarity = Math.log1p((this.size - numbers.length + 0.5) / (numbers.length + 0.5));
    const { weights, saturation } = this.ranking;
    return new Map(numbers.map((number, at) => {
      const damping = this.damping(number);
      let weight = 0;
      TEXTS.forEach((text, place) => {
        const count = (packed[at] >> (COUNT_BITS * place)) & COUNT_MAX;
        const damped = text in damping ? Math.fround(count / damping[text]) : count;
        weight = Math.fround(weight + Math.fround(weights[place] * damped));
      });
      return [number, Math.fround((rarity * (saturation + 1) * weight) / Math.fround(saturation + weight))];
    }));
  }

  /** By how much a word counts less in a document, for the texts of which the length tells. */
  damping(number) {
    const { length_share: share, title_length_share: titleShare } = this.ranking;
    const long = damped(share, this.lengths[number]);
    return { title: damped(titleShare, this.titles[number]), columns: long, body: long };
  }
}

function damped(share, length) {
  return Math.fround(1 - share + Math.fround(share * length));
}

/** Lengths beside their mean. */
function besideMean(lengths) {
  const sum = lengths.reduce((before, length) => before + length, 0);
  const mean = Math.max(lengths.length ? sum / lengths.length : 1, 1);
  return lengths.map((length) => Math.fround(length / mean));
}

function unfolded(flat) {
  const numbers = [];
  const packed = [];
  let number = 0;
  for (let place = 0; place < flat.length; place += 2) {
    number += flat[place];
    numbers.push(number);
    packed.push(flat[place + 1]);
  }
  return { numbers, packed };
}
