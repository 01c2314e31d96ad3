// Parts of a list's page: chips, filters, pages; each a copy of a sample with texts put in as texts.

const VALUES_SHOWN = 8;

/** A sentence with what stands between braces filled in. */
export function filled(sentence, details) {
  return sentence.replace(/\{(\w+)\}/g, (all, name) => (name in details ? String(details[name]) : all));
}

export function chip(prototype, label, removes, href) {
  const item = prototype.cloneNode(true);
  const link = item.querySelector("a");
  link.textContent = label;
  link.setAttribute("aria-label", removes);
  link.setAttribute("href", href);
  return item;
}

function facetValue(prototype, { label, count, href, selected }) {
  const item = prototype.cloneNode(true);
  const link = item.querySelector("a");
  link.setAttribute("href", href);
  if (selected) link.setAttribute("aria-current", "true");
  link.querySelector(".facet__label").textContent = label;
  link.querySelector(".facet__count").textContent = count;
  return item;
}

/** One filter with its values, the first ones in sight, the others folded away. */
export function facetOf(prototype, name, title, values, view) {
  const facet = prototype.cloneNode(true);
  const heading = facet.querySelector(".facet__title");
  heading.id = `facet-${name}`;
  const sampleTitle = heading.textContent;
  heading.textContent = title;
  const sample = facet.querySelector("li");
  const [first, rest] = facet.querySelectorAll(".facet__values");
  for (const list of [first, rest]) list.setAttribute("aria-labelledby", heading.id);
  first.replaceChildren(...values.slice(0, VALUES_SHOWN).map((value) => facetValue(sample, value)));
  const hidden = values.slice(VALUES_SHOWN);
  rest.replaceChildren(...hidden.map((value) => facetValue(sample, value)));
  const more = rest.closest("details");
  if (!hidden.length) {
    more.remove();
    facet.querySelector(".facet__find")?.remove();
    facet.removeAttribute("data-module");
    return facet;
  }
  more.open = hidden.some((value) => value.selected);
  more.querySelector("summary").textContent = view.sentence("more", hidden.length);
  const input = facet.querySelector(".facet__input");
  input?.setAttribute("aria-label", input.getAttribute("aria-label").replace(sampleTitle, () => title));
  return facet;
}

/** The pages of a list: the first, the last and those around the present one. */
export function pagerOf(pager, page, pages, view, hrefOf) {
  pager.querySelector(".pager__position").textContent = view.sentence("position", 2, { page, pages });
  const list = pager.querySelector("ul");
  const [previous, next, gap] = [".pager__link--previous", ".pager__link--next", ".pager__gap"]
    .map((selector) => list.querySelector(selector).closest("li"));
  const sample = list.querySelector(".pager__link--number:not([aria-current])").closest("li");
  const numbers = [];
  for (let number = 1; number <= pages; number += 1) {
    if (number !== 1 && number !== pages && Math.abs(number - page) > 2) continue;
    if (numbers.length && numbers.at(-1) !== number - 1) numbers.push(null);
    numbers.push(number);
  }
  list.replaceChildren(
    ...(page > 1 ? [linked(previous, hrefOf(page - 1))] : []),
    ...numbers.map((number) => (number === null ? gap.cloneNode(true) : numbered(sample, number, page, view, hrefOf))),
    ...(page < pages ? [linked(next, hrefOf(page + 1))] : []),
  );
}

function linked(item, href) {
  item.querySelector("a").setAttribute("href", href);
  return item;
}

function numbered(sample, number, page, view, hrefOf) {
  const item = linked(sample.cloneNode(true), hrefOf(number));
  const link = item.querySelector("a");
  link.textContent = String(number);
  link.setAttribute("aria-label", view.sentence("page", 2, { page: number }));
  if (number === page) link.setAttribute("aria-current", "page");
  return item;
}
