// Pinyin typed in Latin letters, cut into words that the catalogue knows.

const LETTERS_MAX = 60;
const SYLLABLE_LETTERS_MAX = 6;
const MENDED_MAX = 4;

export class Pinyin {
  constructor({ syllables, spoken_fillers: fillers }) {
    this.syllables = new Set(syllables.split(" "));
    this.fillers = new Set(fillers.split(" "));
  }

  /** The places where syllables may begin or end; [] where the letters are no pinyin throughout. */
  boundaries(letters) {
    const end = letters.length;
    if (end > LETTERS_MAX) return [];
    const following = Array.from({ length: end }, (_, start) => this.ends(letters, start));
    const forward = new Set([0]);
    for (let start = 0; start < end; start += 1) {
      if (forward.has(start)) following[start].forEach((stop) => forward.add(stop));
    }
    const backward = new Set([end]);
    for (let start = end - 1; start >= 0; start -= 1) {
      if (following[start].some((stop) => backward.has(stop))) backward.add(start);
    }
    return forward.has(end) ? [...forward].filter((place) => backward.has(place)).sort((one, other) => one - other) : [];
  }

  ends(letters, start) {
    const stops = [];
    for (let stop = start + 1; stop <= Math.min(letters.length, start + SYLLABLE_LETTERS_MAX); stop += 1) {
      if (this.syllables.has(letters.slice(start, stop))) stops.push(stop);
    }
    return stops;
  }

  /** Letters cut into words, the longest known first, as {letters, terms}; fillers have no terms. [] where none fits. */
  async words(letters, meanings) {
    const cuts = this.boundaries(letters);
    const routes = cuts.slice(0, -1).flatMap((place) => [1, 2, 3].map((size) => `p${letters.slice(place, place + size)}`));
    await meanings.need(routes);
    const found = [];
    let place = 0;
    while (place < cuts.length - 1) {
      let next = place + 1;
      for (let stop = cuts.length - 1; stop > place; stop -= 1) {
        const part = letters.slice(cuts[place], cuts[stop]);
        const isFiller = this.fillers.has(part);
        const terms = isFiller ? [] : meanings.terms(`p${part.slice(0, 3)}`, "p", part).slice(0, MENDED_MAX);
        if (terms.length || isFiller) {
          found.push({ letters: part, terms });
          next = stop;
          break;
        }
      }
      place = next;
    }
    return found.some((item) => item.terms.length) ? found : [];
  }
}
