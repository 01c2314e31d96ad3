// Which datasets answer a query tree (AND, OR, NOT, phrases, fields), and how well: the exact list.

import { both } from "./words.js";
import { wanted, wantedText } from "./query-tree.js";

const WHOLE_TITLE = 2;
const IN_TITLE = 1.3;
const TITLES_COMPARED_MAX = 60;
const CHINESE_PAIR = /^[\u3400-\u9fff]{2}$/;

export class Matching {
  constructor(words, columns, texts, tokeniser) {
    this.words = words;
    this.columns = columns;
    this.texts = texts;
    this.tokeniser = tokeniser;
  }

  /** The documents that answer a tree, ascending. The words of the tree were fetched before. */
  async documents(node) {
    switch (node.kind) {
      case "word": return this.words.allOf(node.words);
      case "phrase": return this.withPhrase(node);
      case "field": return this.withValue(node);
      case "not": return this.without(this.all(), node.node);
      case "or": {
        const found = new Set((await Promise.all(node.nodes.map((child) => this.documents(child)))).flat());
        return [...found].sort((one, other) => one - other);
      }
      default: return this.together(node.nodes);
    }
  }

  all() {
    return Array.from({ length: this.columns.size }, (_, number) => number);
  }

  async withPhrase(node) {
    const having = this.words.allOf(node.words);
    // A pair of characters is a phrase and a word alike; so no text need be fetched.
    if (CHINESE_PAIR.test(node.spelled)) return having;
    const texts = await this.texts.items(having);
    return having.filter((_, place) => texts[place][1].includes(node.spelled));
  }

  withValue(node) {
    const facet = this.columns.facet(node.facet);
    return this.columns.having(node.facet, facet.meant(node.text, this.tokeniser));
  }

  async together(nodes) {
    let found = null;
    for (const child of nodes.filter((one) => one.kind !== "not")) {
      const documents = await this.documents(child);
      found = found === null ? documents : both(found, documents);
    }
    for (const child of nodes.filter((one) => one.kind === "not")) {
      found = await this.without(found ?? this.all(), child.node);
    }
    return found ?? this.all();
  }

  async without(documents, node) {
    const left = new Set(await this.documents(node));
    return documents.filter((number) => !left.has(number));
  }

  /** How well documents, which answer a tree, do so: for each of them a number, the best highest. */
  async scores(node, documents) {
    const words = [...new Set(wanted(node).flatMap((leaf) => leaf.words))];
    const lists = words.filter((word) => this.words.documents(word).length);
    const scores = new Map(documents.map((number) => [number, 0]));
    for (const word of lists) {
      for (const [number, score] of this.words.scores(word)) {
        if (scores.has(number)) scores.set(number, scores.get(number) + score);
      }
    }
    const matter = new Set(lists.length ? this.words.allOf(lists, "publisher") : []);
    for (const number of documents) {
      const raised = (scores.get(number) * this.columns.raised[number]) / 100;
      scores.set(number, raised * (matter.has(number) ? this.words.ranking.matter_boost : 1));
    }
    if (words.length > 1) await this.boostTitles(node, words, scores);
    return scores;
  }

  async boostTitles(node, words, scores) {
    const spelled = this.tokeniser.spelledPhrase(wantedText(node));
    const likely = this.words.allOf(words, "title").filter((number) => scores.has(number))
      .sort((one, other) => scores.get(other) - scores.get(one)).slice(0, TITLES_COMPARED_MAX);
    const texts = await this.texts.items(likely);
    likely.forEach((number, place) => {
      const [title] = texts[place];
      if (!title.includes(spelled)) return;
      const isWhole = title.split("\n").some((line) => line.trim() === spelled.trim());
      scores.set(number, scores.get(number) * (isWhole ? WHOLE_TITLE : IN_TITLE));
    });
  }
}
