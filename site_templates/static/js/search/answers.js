// Answers of the search in the browser: reads the address, asks the catalogue, shows the answer in place of the list.

import { AnswerView } from "./answer-view.js";
import { openCatalogue } from "./catalogue.js";
import { Pages } from "./shards.js";
import { QUERY_CHARACTERS_MAX, beginning } from "./tokeniser.js";

const SORTS = ["relevance", "updated", "title", "quality", "used"];
const CARDS_A_FILE = 10;
const PER_PAGE = 20;
const PER_PAGE_MAX = 100;
const PAGE_MAX = 10_000;
const VALUES_MAX = 50;

/** Open the search of the files that a list's page names. */
export async function openAnswers(list) {
  const lang = document.documentElement.lang.startsWith("en") ? "en" : "zh";
  const load = async (name) => {
    const answer = await fetch(new URL(list.dataset.files + name, window.location.href));
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return answer.json();
  };
  const [catalogue, labels, samples] = await Promise.all(
    [openCatalogue(load), load(`labels-${lang}.json`), load(`samples-${lang}.json`)]);
  return new Answers({ list, catalogue, labels, samples, cards: new Pages(load, `cards-${lang}`, CARDS_A_FILE), lang });
}

class Answers {
  constructor(parts) {
    Object.assign(this, parts);
  }

  get facetNames() {
    return this.catalogue.facetNames;
  }

  /** Show the answer to what an address asks. */
  async show(parameters) {
    let query = this.queryOf(parameters);
    let answer = await this.catalogue.search(query);
    if (answer.total && !answer.numbers.length) {
      query = { ...query, start: Math.floor((answer.total - 1) / query.perPage) * query.perPage };
      answer = await this.catalogue.search(query);
    }
    const cards = await this.cards.items(answer.numbers);
    const also = await this.cards.items(answer.also.map((item) => item.number));
    const view = new AnswerView(this.list, this.samples, this.labels, this.lang, query);
    view.show(answer, cards, also.map((card, place) => ({ card, because: answer.also[place].because })));
  }

  /** The query of an address; what makes no sense in it is passed over. */
  queryOf(parameters) {
    const { moved } = this.labels;
    const present = (name, value) => (name === "publisher" && Object.hasOwn(moved, value) ? moved[value] : value);
    const filters = {};
    for (const name of this.facetNames) {
      const values = [...new Set(parameters.getAll(name).filter(Boolean))].slice(0, VALUES_MAX);
      if (values.length) filters[name] = [...new Set(values.map((value) => present(name, value)))];
    }
    const perPage = whole(parameters.get("per_page"), PER_PAGE, PER_PAGE_MAX);
    return {
      text: beginning((parameters.getAll("q").at(-1) ?? "").trim().split(/\s+/).join(" "), QUERY_CHARACTERS_MAX),
      filters,
      sort: SORTS.includes(parameters.get("sort")) ? parameters.get("sort") : "",
      start: (whole(parameters.get("page"), 1, PAGE_MAX) - 1) * perPage,
      perPage,
    };
  }
}

function whole(text, otherwise, most) {
  const number = /^[0-9]{1,6}$/.test(text ?? "") ? Number(text) : otherwise;
  return number >= 1 && number <= most ? number : otherwise;
}
