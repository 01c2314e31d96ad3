// Offers completions of what is being typed: an editable combobox with a list (ARIA 1.2). Without it, or where no
// server answers, the form is sent as it is.

const WAIT_MS = 150;
const LIMIT = 8;

export function enhanceSearch(form) {
  const input = form.querySelector("input[type=search]");
  const list = form.appendChild(document.createElement("ul"));
  const status = form.appendChild(document.createElement("p"));
  list.id = `${input.id}-list`;
  list.className = "search-form__list";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.list);
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  input.autocomplete = "off";
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) {
    input.setAttribute(name, value);
  }

  const known = new Map();
  let timer = 0;
  let chosen = -1;
  let isServed = true;

  function close() {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    status.textContent = "";
  }

  function choose(number) {
    const options = [...list.children];
    chosen = options.length ? (number + options.length) % options.length : -1;
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === chosen)));
    if (chosen < 0) return;
    input.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  }

  function search(text) {
    input.value = text;
    close();
    form.requestSubmit();
  }

  function show(items) {
    list.replaceChildren(...items.map((item, number) => {
      const option = document.createElement("li");
      const text = option.appendChild(document.createElement("span"));
      option.id = `${list.id}-${number}`;
      option.className = "search-form__option";
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      text.textContent = item.text;
      const note = item.because && item.because.kind !== "pinyin" ? item.because.typed : form.dataset[item.kind];
      if (note) {
        const small = option.appendChild(document.createElement("span"));
        small.className = "search-form__note note";
        small.textContent = note;
      }
      // The button of the mouse goes down before the field loses the focus.
      option.addEventListener("mousedown", (event) => { event.preventDefault(); search(item.text); });
      return option;
    }));
    if (!items.length) return close();
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    status.textContent = form.dataset.said.replace("{count}", items.length);
  }

  async function ask() {
    const typed = input.value.trim();
    if (!typed || !isServed) return close();
    if (!known.has(typed)) {
      const address = `${form.dataset.suggest}?${new URLSearchParams({ q: typed, limit: LIMIT })}`;
      const answer = await fetch(address).catch(() => null);
      if (answer?.status !== 200) {
        isServed = answer?.status === 429; // a copy of the pages alone has nobody to ask
        return close();
      }
      known.set(typed, (await answer.json()).items);
    }
    if (input.value.trim() === typed && document.activeElement === input) show(known.get(typed));
  }

  input.addEventListener("input", (event) => {
    if (event.isComposing) return; // letters of pinyin that are no characters yet
    clearTimeout(timer);
    chosen = -1;
    timer = setTimeout(ask, WAIT_MS);
  });
  input.addEventListener("compositionend", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT_MS); });
  input.addEventListener("blur", () => { clearTimeout(timer); close(); });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return void ask();
      choose(event.key === "ArrowDown" ? chosen + 1 : Math.max(chosen, 0) - 1);
    } else if (event.key === "Enter" && !list.hidden && chosen >= 0) {
      event.preventDefault();
      search(list.children[chosen].firstElementChild.textContent);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
}

document.querySelectorAll("[data-module=suggest]").forEach(enhanceSearch);
