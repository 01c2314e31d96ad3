// A dataset in a list: a copy of a sample card, filled with texts; what the dataset lacks is taken out.

/** The card of a dataset; *reasons* are sentences, none for what was found to the letter. */
export function cardOf(prototype, told, root, reasons = []) {
  const card = prototype.cloneNode(true);
  const link = card.querySelector(".card__link");
  put(link, told.title, told.lang);
  link.setAttribute("href", root + told.path);
  several(card.querySelector(".card__badge .badge"), told.badges ?? [], (badge, [kind, text]) => {
    badge.className = `badge badge--${kind}`;
    badge.textContent = text;
  });
  several(card.querySelector(".card__reason"), reasons, put);
  const thumbnail = card.querySelector(".card__thumbnail");
  if (told.thumbnail) thumbnail.setAttribute("src", root + told.thumbnail);
  else thumbnail.remove();
  const summary = card.querySelector(".card__summary");
  if (told.summary) put(summary, told.summary, told.summary_lang);
  else summary.remove();
  const publisher = card.querySelector(".card__publisher");
  put(publisher, told.publisher, told.publisher_lang);
  publisher.setAttribute("href", root + told.publisher_path);
  const [, updated, rows, use] = card.querySelectorAll(".card__fact");
  if (told.updated) {
    const time = updated.querySelector("time");
    time.dateTime = told.updated;
    time.textContent = told.day;
  } else {
    updated.remove();
  }
  for (const [fact, text] of [[rows, told.rows], [use, told.use]]) {
    if (text) fact.textContent = text;
    else fact.remove();
  }
  several(card.querySelector(".card__format"), told.formats ?? [], put, "");
  return card;
}

function put(element, text, lang = "") {
  element.textContent = text;
  if (lang) element.setAttribute("lang", lang);
  else element.removeAttribute("lang");
}

/** Copies of a sample for each of some values; with none, what holds the sample goes too. */
function several(sample, values, fill, between = " ") {
  if (!sample) return;
  const holder = sample.parentElement;
  if (!values.length) {
    holder.remove();
    return;
  }
  holder.replaceChildren(...values.flatMap((value) => {
    const copy = sample.cloneNode(true);
    fill(copy, value);
    return [copy, between];
  }));
}
