// The answer to a search as HTML: parts of a sample that the server's templates rendered, filled with texts.

import { understoodWords } from "./broader.js";
import { cardOf } from "./card-view.js";
import { chip, facetOf, filled, pagerOf } from "./list-parts.js";

const MATTERS = ["relevance", "used"];

export class AnswerView {
  constructor(list, samples, labels, lang, query) {
    Object.assign(this, { list, samples, labels, lang, query });
    this.root = list.dataset.root;
    this.number = new Intl.NumberFormat(lang === "zh" ? "zh-CN" : "en-GB");
  }

  /** Put an answer in place of what the page shows; *also* are cards with their reasons. */
  show(answer, cards, also) {
    const { total, understood } = answer;
    const whole = understood?.isPersonal ? this.samples.personal : this.samples.whole;
    this.page = contentOf(total || this.query.text ? whole : this.samples.empty);
    this.showForm();
    this.showFilters();
    this.showFacets(answer.facets);
    this.showSorts(answer);
    this.showCards(cards);
    this.showPager(total);
    this.showAlso(also);
    this.showRest(answer);
    this.putIn(total);
  }

  find(selector) {
    return this.page.querySelector(selector);
  }

  remove(...selectors) {
    selectors.forEach((selector) => this.page.querySelectorAll(selector).forEach((part) => part.remove()));
  }

  sentence(name, number, details = {}) {
    const forms = this.labels.sentences[name];
    return filled(forms[number === 1 ? 0 : 1], { num: this.number.format(number), ...details });
  }

  /** The address of the same search with other parameters; *changed* gets them as pairs. */
  href(change = (pairs) => pairs) {
    const { text, filters, sort, perPage } = this.query;
    const pairs = [
      ...(text ? [["q", text]] : []),
      ...Object.entries(filters).flatMap(([name, values]) => values.map((value) => [name, value])),
      ...(sort ? [["sort", sort]] : []),
      ...(perPage === 20 ? [] : [["per_page", String(perPage)]]),
    ];
    const asked = new URLSearchParams(change(pairs)).toString();
    return window.location.pathname + (asked ? `?${asked}` : "");
  }

  without(name, value) {
    return this.href((pairs) => pairs.filter((pair) => pair[0] !== name || pair[1] !== value));
  }

  showForm() {
    const form = this.find("form");
    form.querySelectorAll("input[type=hidden]").forEach((input) => input.remove());
    form.querySelector("input[type=search]").value = this.query.text;
    for (const [name, values] of Object.entries({ ...this.query.filters, ...(this.query.sort && { sort: [this.query.sort] }) })) {
      values.forEach((value) => form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value })));
    }
    if (this.query.text) this.find("h1").textContent = this.labels.sentences.results[0];
  }

  label(facet, value) {
    const { values } = this.labels.facets[facet];
    return Object.hasOwn(values, value) ? values[value] : value;
  }

  showFilters() {
    const chosen = Object.entries(this.query.filters).flatMap(([name, values]) => values.map((value) => [name, value]));
    if (!chosen.length) {
      this.remove(".chips");
      this.page.querySelectorAll(".empty a[href='-']").forEach((link) => link.closest("li")?.remove());
      return;
    }
    const prototype = this.find(".chips__link").closest("li");
    prototype.before(...chosen.map(([name, value]) => {
      const label = `${this.labels.facets[name].title}: ${this.label(name, value)}`;
      return chip(prototype, label, this.sentence("remove", 2, { label }), this.without(name, value));
    }));
    prototype.remove();
    const reset = this.href((pairs) => pairs.filter(([name]) => !(name in this.query.filters)));
    this.page.querySelectorAll(".chips__reset, .empty a[href='-']").forEach((link) => link.setAttribute("href", reset));
  }

  showFacets(facets) {
    const prototype = this.find(".facet");
    if (!prototype) return;
    for (const [name, counts] of facets) {
      const chosen = new Set(this.query.filters[name] ?? []);
      if (counts.length < 2 && !chosen.size) continue;
      const values = counts.map(([value, count]) => ({
        label: this.label(name, value),
        count: String(count),
        selected: chosen.has(value),
        href: chosen.has(value) ? this.without(name, value) : this.href((pairs) => [...pairs, [name, value]]),
      }));
      prototype.before(facetOf(prototype, name, this.labels.facets[name].title, values, this));
    }
    prototype.remove();
    if (!this.find(".facet")) {
      this.remove(".list-page__facets");
      this.find(".list-page").classList.remove("list-page--facets");
    }
  }

  showSorts({ order, isCounted, total }) {
    const prototype = this.find(".sorts__link")?.closest("li");
    if (!prototype) return;
    if (!total) {
      this.remove(".sorts");
      return;
    }
    const isOffered = { relevance: Boolean(this.query.text), used: isCounted };
    for (const [sort, title] of this.labels.sorts.filter(([name]) => !MATTERS.includes(name) || isOffered[name])) {
      const item = prototype.cloneNode(true);
      const link = item.firstElementChild;
      link.textContent = title;
      link.setAttribute("href", this.href((pairs) => [...pairs.filter(([name]) => name !== "sort"), ["sort", sort]]));
      if (sort === order) link.setAttribute("aria-current", "true");
      prototype.before(item);
    }
    prototype.remove();
  }

  showCards(cards) {
    const list = this.find(".list-page__results > .cards");
    if (!list) return;
    this.prototype = list.querySelector(".card");
    list.replaceChildren(...cards.map((card) => cardOf(this.prototype, card, this.root)));
    if (!cards.length) list.remove();
  }

  showPager(total) {
    const pager = this.find(".pager");
    if (!pager) return;
    const pages = Math.ceil(total / this.query.perPage);
    if (pages <= 1) {
      pager.remove();
      return;
    }
    const page = Math.floor(this.query.start / this.query.perPage) + 1;
    pagerOf(pager, page, pages, this, (number) => this.href((pairs) => (number > 1 ? [...pairs, ["page", number]] : pairs)));
  }

  showAlso(also) {
    const section = this.find(".also");
    if (!section) return;
    const reasons = (because) => reasonsInWords(because, this.labels.reasons);
    section.querySelector(".cards").replaceChildren(
      ...also.map(({ card, because }) => cardOf(this.prototype, card, this.root, reasons(because))));
    if (!also.length) section.remove();
  }

  /** What is said where nothing was found. */
  showRest({ understood, total, broader }) {
    const { text } = this.query;
    if (total) this.remove(".empty");
    if (total || !text) return;
    const empty = this.find(".empty");
    const words = understoodWords(understood?.things ?? []);
    fillPills(empty.querySelector(".empty__understood"), words);
    fillPills(empty.querySelector(".empty__dropped"), (understood?.dropped ?? []).filter((word) => !words.includes(word)));
    const wider = empty.querySelector("p > a[rel=nofollow]").closest("p");
    if (broader) {
      const link = wider.querySelector("a");
      link.textContent = broader.text;
      link.setAttribute("href", `${window.location.pathname}?${new URLSearchParams({ q: broader.text })}`);
      link.removeAttribute("lang");
      wider.querySelector(".note").textContent = this.sentence("found", broader.total);
    } else {
      wider.remove();
    }
    for (const link of empty.querySelectorAll("a[href^='mailto:']")) {
      link.setAttribute("href", link.getAttribute("href").replaceAll("%7Bquery%7D", encodeURIComponent(text)));
    }
  }

  /** Put the answer into the page; the line of the status stays the same element, so that its change is read out. */
  putIn(total) {
    const status = this.list.querySelector(".list-page__summary");
    this.find(".list-page__summary").replaceWith(status);
    this.list.replaceChildren(this.page);
    const { text } = this.query;
    status.textContent = this.sentence(text ? "found_for" : "found", total, { query: text });
    const heading = this.list.querySelector("h1").textContent;
    document.title = document.title.replace(/^.*(?= - )/, () => heading);
    document.querySelectorAll("a.header__language").forEach((link) => {
      link.setAttribute("href", link.getAttribute("href").replace(/\?.*$|$/, window.location.search));
    });
    import("../facet-filter.js");
  }
}

/** The answer on a page that the server's templates rendered; nothing in it is run or fetched. */
function contentOf(html) {
  const rendered = new DOMParser().parseFromString(html, "text/html");
  const content = document.createDocumentFragment();
  content.append(rendered.querySelector("main .section"), rendered.querySelector("main .list-page"));
  return document.adoptNode(content);
}

/** Copies of a line's only pill for each of some words; without any the line goes. */
function fillPills(line, words) {
  const pill = line.querySelector(".pill");
  pill.before(...words.flatMap((word) => [Object.assign(pill.cloneNode(), { textContent: word }), " "]));
  pill.remove();
  if (!words.length) line.remove();
}

/** Reasons as sentences, words that simply occur together in the first one. */
function reasonsInWords(because, forms) {
  const words = because.filter((item) => item.kind === "words").map((item) => `“${item.meant}”`);
  const first = words.length ? [filled(forms.words, { words: words.join(forms.between) })] : [];
  const others = because.filter((item) => item.kind in forms && item.kind !== "words")
    .map((item) => filled(forms[item.kind], item));
  return [...new Set([...first, ...others])];
}
