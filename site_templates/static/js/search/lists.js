// Lists narrowed, counted and sorted over columns of numbers, as the server does: facets, totals, orders.

class Facet {
  constructor({ values, sets, titles }) {
    this.values = values;
    this.sets = sets;
    this.titles = new Map(Object.entries(titles));
  }

  /** The values that folded text names: by id, else by title, else by a part of a title. */
  meant(text, tokeniser) {
    const titlesOf = (value) => this.titles.get(value) ?? [];
    const ids = this.values.filter((value) => tokeniser.fold(value) === text);
    if (ids.length) return ids;
    const titles = this.values.filter((value) => titlesOf(value).includes(text));
    return titles.length ? titles
      : this.values.filter((value) => titlesOf(value).some((title) => title.includes(text)));
  }
}

export class Columns {
  constructor(told, load) {
    Object.assign(this, {
      size: told.size,
      supersededFrom: told.superseded_from,
      isCounted: told.is_counted,
      codes: told.codes,
      raised: told.raised,
      lengths: told.lengths,
    });
    this.kinds = new Map(told.kinds.map((kind, place) => [kind, told.kind_bits.map((bits) => (bits >> place) & 1)]));
    this.facets = new Map(Object.entries(told.facets).map(([name, facet]) => [name, new Facet(facet)]));
    this.load = load;
  }

  facet(name) {
    return this.facets.get(name);
  }

  /** The documents, all or those given, that have one of some values of a facet. */
  having(name, values, documents = null) {
    const facet = this.facet(name);
    const wanted = new Set(values.map((value) => facet.values.indexOf(value)).filter((place) => place >= 0));
    const isWanted = facet.sets.map((members) => members.some((place) => wanted.has(place)));
    const among = documents ?? this.codes[name].map((_, number) => number);
    return among.filter((number) => isWanted[this.codes[name][number]]);
  }

  /** Those of documents that have, for each facet of the filters, one of its values; null stands for all. */
  narrowed(documents, filters, passedOver = "") {
    for (const [name, values] of Object.entries(filters)) {
      if (name !== passedOver) documents = this.having(name, values, documents);
    }
    return documents;
  }

  /** How often each value of a facet occurs under the filters on the others, the most frequent first. */
  counts(name, documents, filters) {
    const facet = this.facet(name);
    const found = this.narrowed(documents, filters, name) ?? this.codes[name].map((_, number) => number);
    const ofSets = new Array(facet.sets.length).fill(0);
    for (const number of found) ofSets[this.codes[name][number]] += 1;
    const ofValues = new Array(facet.values.length).fill(0);
    facet.sets.forEach((members, set) => members.forEach((place) => { ofValues[place] += ofSets[set]; }));
    return facet.values.map((value, place) => [value, ofValues[place]]).filter(([, count]) => count)
      .sort((one, other) => other[1] - one[1]);
  }

  /** The numbers of a page of documents in an order that is kept. */
  async ordered(documents, order, start, count) {
    const places = await this.load(`order-${order}.json`);
    return [...documents].sort((one, other) => places[one] - places[other]).slice(start, start + count);
  }

  /** The best of documents by their scores; superseded ones come behind all others, equals by number. */
  best(documents, scores, start, count) {
    const keyed = documents.map((number) => [
      number >= this.supersededFrom ? 1 : 0, -Math.round(scores.get(number) * 1_000_000), number,
    ]);
    keyed.sort((one, other) => one[0] - other[0] || one[1] - other[1] || one[2] - other[2]);
    return keyed.slice(start, start + count).map(([, , number]) => number);
  }
}
