// Makes the explorer live: what is filled in or followed within it is asked at once, and the answer put into the page.
// Without it, or where it fails, the form is sent and links are followed: the server answers the same as a page.

import { enhanceGrid, focusedPlace, focusPlace } from "./explorer/grid.js";
import { asked, fillIn, putFilters } from "./explorer/fields.js";
import { enhancePlace } from "./explorer/place.js";

const TYPING_MS = 350;
const CHOOSING_MS = 60;

export function enhanceExplorer(root) {
  const form = root.querySelector("[data-explorer=form]");
  // A live region must stand there before something is said in it, so the one in each answer is silenced.
  const status = root.appendChild(document.createElement("p"));
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  let shown = window.location.search;
  let asking = null;
  let timer = 0;

  const answer = () => root.querySelector("[data-explorer=answer]");

  function say(text, isShown) {
    status.textContent = text;
    status.className = isShown ? "row-answer__faults box" : "visually-hidden";
  }

  // Remembers what had the focus in an answer by what it is, since the next answer has other elements.
  function held() {
    const at = document.activeElement;
    if (!answer().contains(at)) return () => {};
    const place = focusedPlace(at);
    const { id, dataset: { key }, name, value } = at;
    return () => {
      if (place) return focusPlace(answer(), place);
      const alike = [...answer().querySelectorAll("a, button, input, summary, [tabindex]")].find((one) =>
        key ? one.dataset.key === key : name ? one.name === name && one.value === value : id && one.id === id);
      (alike ?? answer().querySelector("h2")).focus({ preventScroll: true });
    };
  }

  function put(html) {
    const part = new DOMParser().parseFromString(html, "text/html").querySelector("[data-explorer=answer]");
    if (!part) throw new Error("no answer");
    const open = [...answer().querySelectorAll("details[data-key][open], :checked[data-key]")].map((one) => one.dataset.key);
    const wide = answer().querySelector("[data-explorer=frame]")?.scrollLeft;
    const restore = held();
    answer().replaceWith(part);
    part.querySelectorAll("details[data-key], input[data-key]").forEach((one) => {
      one.open = one.checked = open.includes(one.dataset.key);
    });
    enhanceAnswer(part);
    const frame = part.querySelector("[data-explorer=frame]");
    if (frame && wide) frame.scrollLeft = wide;
    restore();
  }

  function enhanceAnswer(part) {
    const said = part.querySelector("[data-explorer=said]");
    said.removeAttribute("role");
    enhanceGrid(part);
    form.querySelector("[data-explorer=used]").textContent = part.dataset.used;
    markFaults(part);
    document.dispatchEvent(new CustomEvent("portal:parts", { detail: part }));
  }

  function markFaults(part) {
    form.querySelectorAll("[aria-invalid]").forEach((one) => {
      one.removeAttribute("aria-invalid");
      document.getElementById(one.getAttribute("aria-describedby"))?.remove();
      one.removeAttribute("aria-describedby");
    });
    part.querySelectorAll("[data-field]").forEach((fault, number) => {
      const field = [...form.elements].find((one) => one.name && one.name === fault.dataset.field);
      fault.id = `answer-fault-${number}`;
      field?.setAttribute("aria-invalid", "true");
      field?.setAttribute("aria-describedby", fault.id);
    });
  }

  // Asks for an address; *how* says what becomes of the browser's history: "push", "replace", or "" for nothing.
  async function ask(address, how) {
    clearTimeout(timer);
    timer = 0;
    asking?.abort();
    const own = new AbortController();
    asking = own;
    root.setAttribute("aria-busy", "true");
    const url = new URL(address, window.location.href);
    url.hash = "";
    url.searchParams.set("_part", "answer");
    try {
      const response = await fetch(url, { signal: own.signal, headers: { Accept: "text/html" } });
      if (response.status === 429) return say(root.dataset.busy, true);
      if (response.status >= 500) throw new Error(String(response.status));
      const html = await response.text();
      if (own.signal.aborted) return;
      put(html);
      if (response.ok) {
        const short = new URL(response.url);
        const parameters = new URLSearchParams(short.search);
        parameters.delete("_part");
        short.search = parameters;
        if (how) window.history[`${how}State`](null, "", short.search || short.pathname);
        shown = window.location.search;
        if (!timer) fillIn(form, parameters);
      }
      const told = [...answer().querySelectorAll("[data-explorer=said] p, [data-field], caption")];
      say(told.map((one) => one.textContent).join(" "), false);
    } catch (error) {
      if (error.name !== "AbortError") say(root.dataset.failed, true);
    } finally {
      if (asking === own) root.removeAttribute("aria-busy");
    }
  }

  // All that is typed into a field in one go is one step of the history.
  let typedInto = null;
  function later(field, wait) {
    const how = field === typedInto ? "replace" : "push";
    typedInto = wait === TYPING_MS ? field : null;
    clearTimeout(timer);
    timer = setTimeout(() => askForm(form, how), wait);
  }
  const askForm = (sent, how = "push") => ask(`?${asked(sent)}`, how);

  // The filters of all columns are fetched when they are unfolded: most visitors read the rows alone.
  async function unfold(link) {
    const url = new URL(link.getAttribute("href"), window.location.href);
    url.search = window.location.search;
    url.searchParams.set("_form", "filters");
    url.searchParams.set("_part", "form");
    link.removeAttribute("data-explorer");
    try {
      const response = await fetch(url, { headers: { Accept: "text/html" } });
      if (!response.ok) return say(response.status === 429 ? root.dataset.busy : root.dataset.failed, true);
      putFilters(form, await response.text());
      enhancePlace(form, () => askForm(form));
      if (!timer && !root.hasAttribute("aria-busy")) fillIn(form, new URLSearchParams(window.location.search));
    } catch {
      say(root.dataset.failed, true);
    } finally {
      if (link.isConnected) link.dataset.explorer = "unfold";
    }
  }
  function unfoldOpen() {
    const link = form.querySelector("[open] > p > [data-explorer=unfold]");
    if (link) unfold(link);
  }
  // Opening and closing tells the element alone.
  form.addEventListener("toggle", unfoldOpen, true);

  form.addEventListener("input", ({ target }) => {
    if (target.matches("input:not([type=checkbox])") && !isHalf(target)) later(target, TYPING_MS);
  });
  form.addEventListener("change", ({ target }) => {
    if (target.matches("select, [type=checkbox]") && !isHalf(target)) later(target, CHOOSING_MS);
  });
  root.addEventListener("change", (event) => {
    const columns = event.target.closest("[data-explorer=columns]");
    if (columns) askForm(columns);
  });
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    askForm(event.target);
  });
  root.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const isPlain = link && !event.defaultPrevented && event.button === 0
      && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!isPlain || link.hasAttribute("download") || !/^(\?|\.\/)/.test(link.getAttribute("href"))) return;
    event.preventDefault();
    if (link.dataset.explorer === "unfold") unfold(link);
    else ask(link.href, "push");
  });
  // A link to a place on the page is a step of the history, too, and asks for nothing.
  window.addEventListener("popstate", () => { if (window.location.search !== shown) ask(window.location.href, ""); });
  enhancePlace(form, () => askForm(form));
  enhanceAnswer(answer());
  unfoldOpen();
}

// Of fields that say one thing together nothing is asked before all of them are filled in.
function isHalf(field) {
  if (!["_column", "_is", "_value", "_within"].includes(field.name)) return false;
  const { _column: column, _is: is, _value: value, _at: at } = field.form.elements;
  if (field.name === "_within") return !at.value;
  return !column.value || (!value.value && !["empty", "filled"].includes(is.value));
}

document.querySelectorAll("[data-module=explorer]").forEach(enhanceExplorer);
