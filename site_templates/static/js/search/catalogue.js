// The search of a catalogue out of files, without a server: exact hits, facets, and what may be meant.

import { nearestBroader } from "./broader.js";
import { Columns } from "./lists.js";
import { Matching } from "./matching.js";
import { EVERYTHING, conditions, parseQuery, wantedText, wordsOf } from "./query-tree.js";
import { Pinyin } from "./pinyin.js";
import { secondList, wordsLookedFor } from "./second-list.js";
import { Pages, Shards } from "./shards.js";
import { Tokeniser } from "./tokeniser.js";
import { questionWords, understand } from "./understanding.js";
import { Values } from "./values.js";
import { Meanings } from "./wordings.js";
import { Words } from "./words.js";

/** Open the search; *load* gives the JSON of a file by its name. */
export async function openCatalogue(load) {
  const [told, tables] = await Promise.all([load("columns.json"), load("language.json")]);
  return new Catalogue(load, told, tables);
}

class Catalogue {
  constructor(load, told, tables) {
    this.tokeniser = new Tokeniser(tables);
    this.columns = new Columns(told, load);
    this.words = new Words(new Shards(load, "words", tables.words), told, this.tokeniser);
    const meaning = new Shards(load, "meaning", tables.meaning);
    this.meanings = new Meanings(meaning, this.tokeniser, tables.weights);
    this.values = new Values(meaning);
    this.matching = new Matching(
      this.words, this.columns, new Pages(load, "texts", tables.texts_a_page), this.tokeniser);
    this.questionWords = questionWords(tables);
    this.pinyin = new Pinyin(tables);
    this.fields = new Map(Object.entries(tables.fields));
  }

  get facetNames() {
    return [...this.columns.facets.keys()];
  }

  /** Answer a query {text, filters, sort, start, perPage}: {total, numbers, facets, order, understood, also, broader}. */
  async search({ text = "", filters = {}, sort = "", start = 0, perPage = 20 }) {
    const node = parseQuery(text, this.tokeniser, this.fields);
    await this.words.need(wordsOf(node));
    const all = node === EVERYTHING ? null : await this.matching.documents(node);
    const matching = this.columns.narrowed(all, filters);
    const total = matching ? matching.length : this.columns.size;
    const facets = new Map(this.facetNames.map((name) => [name, this.columns.counts(name, all, filters)]));
    const order = sort || (text ? "relevance" : "updated");
    const numbers = await this.page(node, all, matching, order, start, perPage);
    const { understood, also, broader } = start ? NOTHING_MEANT : await this.meant(node, filters, total ? matching : null);
    return { total, numbers, facets, order, understood, also, broader, isCounted: this.columns.isCounted };
  }

  async page(node, all, matching, order, start, count) {
    const found = matching ?? this.matching.all();
    if (order !== "relevance" || all === null) {
      return this.columns.ordered(found, order === "relevance" ? "updated" : order, start, count);
    }
    return this.columns.best(found, await this.matching.scores(node, all), start, count);
  }

  async meant(node, filters, exact) {
    const text = wantedText(node);
    if (!text) return NOTHING_MEANT;
    const understood = await understand(text, this.meanings, this.questionWords, this.pinyin);
    await Promise.all([
      this.words.need(wordsLookedFor(understood, this.tokeniser, this.meanings.weights)),
      this.values.need(understood.things),
    ]);
    const demanded = conditions(node);
    const passing = this.columns.narrowed(
      demanded.nodes.length ? await this.matching.documents(demanded) : null, filters);
    const also = secondList(understood, this.words, this.columns, this.meanings.weights, {
      values: this.values,
      without: exact ? new Set(exact) : null,
      within: passing ? new Set(passing) : null,
    });
    return { understood, also, broader: exact ? null : nearestBroader(understood, this.words) };
  }
}

const NOTHING_MEANT = { understood: null, also: [], broader: null };
