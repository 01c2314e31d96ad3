// Which datasets have words in the values of their tables: whole values, or all words within one; never spread over two.

import { isChinese } from "./tokeniser.js";
import { both } from "./words.js";

const DATASET_SLOTS = 512;
const SIZES = 16;
const APART = 1;

/** The words that one value must have, where a thing is looked for as it was typed. */
function wordsOf({ alternatives, stretch = [] }) {
  return stretch.length ? stretch : alternatives.find((item) => !item.because)?.words ?? [];
}

export class Values {
  constructor(shards) {
    this.shards = shards;
  }

  /** Fetch what is needed for the things of a question; the lists of words that very many values have stand apart. */
  async need(things) {
    const words = things.flatMap(wordsOf);
    await this.shards.need(new Set(words.map(routeOf)));
    await this.shards.need(new Set(words.filter((word) => this.listed(word) === APART).map((word) => `w${word}`)));
  }

  listed(word) {
    return this.shards.get(routeOf(word), `w${word}`) ?? [];
  }

  /** The values that have a word, each as a number that says its dataset and how many words it has. */
  places(word) {
    const listed = this.listed(word);
    let place = 0;
    return (listed === APART ? this.shards.get(`w${word}`, `W${word}`) : listed).map((difference) => {
      place += difference;
      return place;
    });
  }

  /** The datasets that have a thing as it was typed as a *whole* value, and as a *part* of one; and the *words* of it. */
  datasets(thing) {
    const words = wordsOf(thing);
    const found = words.length ? words.map((word) => this.places(word)).reduce(both) : [];
    const isWhole = (place) => words.length < SIZES - 1 && place % SIZES === words.length;
    const numbers = (places) => [...new Set(places.map((place) => Math.floor(place / (SIZES * DATASET_SLOTS))))];
    return { words, whole: numbers(found.filter(isWhole)), part: numbers(found.filter((place) => !isWhole(place))) };
  }
}

function routeOf(word) {
  const [first] = word;
  return `u${isChinese(first) ? first : word}`;
}
