// Makes a map one can move: zoom, search, a legend that hides and shows, what is in view as a list, one's own place.
// Without it the map is whole, with all names in its list.

import { makeOutlines } from "./map/outlines.js";
import { makeView } from "./map/view.js";

const LISTED_MAX = 50;

export function enhanceMap(figure) {
  const svg = figure.querySelector(".map__picture");
  const frame = figure.querySelector(".map__frame");
  const tools = figure.querySelector(".map__tools");
  const said = tools.dataset;
  const search = tools.querySelector("input");
  const status = tools.querySelector("[role=status]");
  const told = figure.querySelector(".map__told");
  const list = figure.querySelector(".map__places");
  const rest = figure.querySelector(".map__rest-count");
  const fold = figure.querySelector(".map__fold");
  const count = document.createElement("p");
  const hidden = new Set();
  let chosen = null;

  const layer = svg.querySelector(".map__marks");
  let points = figure.dataset.points;
  let drawPoints = null;
  let marks = [...layer.children].map((group, number) => {
    const box = group.getBBox();
    const [name, ...facts] = group.firstElementChild.textContent.split("\n");
    const style = group.querySelector("[class*=map--]").classList[1];
    const isOutline = Boolean(group.querySelector(".map__area, .map__line, .map__dots"));
    const flat = isOutline ? .5 : 0;
    return {
      group, number, isOutline, row: group.dataset.row, name, facts, style, count: Number(group.dataset.count || 1), text: [name, ...facts].join("\n").toLowerCase(),
      x: box.x + box.width / 2, y: box.y + box.height / 2, across: box.width * flat, along: box.height * flat,
    };
  });
  const showOutlines = figure.dataset.outlines && makeOutlines(figure.dataset.outlines, () => view.show());
  const view = makeView(svg, (part, wide, high) => {
    frame.classList.toggle("map__frame--near", part.zoom > 1);
    tools.querySelector("[data-map=out]").disabled = tools.querySelector("[data-map=whole]").disabled = part.zoom === 1;
    listInView(part, wide, high);
  });

  function isShown(mark) {
    return !hidden.has(mark.style) && mark.text.includes(search.value.trim().toLowerCase());
  }

  async function lookCloser() {
    const address = points;
    points = "";
    try {
      const module = await import("./map/points.js");
      const found = await module.fetchPoints(address);
      const outlines = marks.filter((mark) => mark.isOutline);
      marks.forEach((mark) => mark.isOutline || mark.group.remove());
      marks = [...outlines, ...found];
      const symbols = layer.appendChild(document.createElementNS(svg.namespaceURI, "g"));
      drawPoints = (shown, ...how) => module.drawPoints(symbols, shown.filter((mark) => !mark.isOutline), ...how);
      figure.querySelector(".map__key-box")?.removeAttribute("hidden");
      refresh();
    } catch {
      points = address;
    }
  }

  function listInView({ x, y, zoom }, wide, high) {
    if (points && (zoom > 1 || search.value)) lookCloser();
    const found = marks.filter((mark) => {
      const shown = isShown(mark);
      mark.group?.toggleAttribute("hidden", !shown);
      return shown && mark.x + mark.across >= x && mark.x - mark.across <= x + wide && mark.y + mark.along >= y && mark.y - mark.along <= y + high;
    });
    showOutlines?.(found, zoom);
    drawPoints?.(found, zoom, (number) => filled(said.places, { count: number }));
    if (chosen?.group) chosen.group.classList.add("map__chosen");
    const [all, listed] = [once(found), once(found).slice(0, LISTED_MAX)];
    count.textContent = filled(said.view, { count: places(all), listed: places(listed) });
    list.replaceChildren(...listed.map(entry));
    return found;
  }

  function entry(mark) {
    const item = document.createElement("li");
    const button = item.appendChild(document.createElement("button"));
    const facts = item.appendChild(document.createElement("span"));
    item.className = "map__place";
    button.type = "button";
    button.className = "map__name";
    button.textContent = mark.name;
    facts.className = "map__facts";
    facts.textContent = mark.facts.join(said.and);
    button.addEventListener("click", () => {
      tell(mark);
      view.centre(mark.x, mark.y, Math.max(view.zoom, 4));
      (mark.entry.isConnected ? mark.entry : told).focus({ preventScroll: true });
      told.scrollIntoView({ block: "nearest" });
    });
    mark.entry = button;
    return item;
  }

  function tell(mark) {
    chosen?.group?.classList.remove("map__chosen");
    chosen = mark;
    told.hidden = !mark;
    if (!mark) return;
    mark.group?.classList.add("map__chosen");
    told.replaceChildren(...[mark.name, ...mark.facts].map((text, number) => {
      const line = document.createElement("p");
      if (number === 0) line.className = "map__told-name";
      line.textContent = text;
      return line;
    }));
  }

  function refresh() {
    if (search.value.trim()) fold.open = true;
    view.show();
    status.textContent = search.value.trim() ? filled(said.found, { count: places(once(marks.filter(isShown))) }) : "";
  }

  function locate() {
    status.textContent = said.asked;
    if (!navigator.geolocation) {
      status.textContent = said.nowhere;
      return;
    }
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      const [x, y] = view.place(coords.longitude, coords.latitude);
      if (!view.holds(x, y)) {
        status.textContent = said.outside;
        return;
      }
      const here = svg.querySelector(".map__here") || svg.appendChild(document.createElementNS(svg.namespaceURI, "path"));
      here.setAttribute("class", "map__point map__here");
      here.setAttribute("d", `M${x} ${y}m-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0z`);
      view.centre(x, y, Math.max(view.zoom, 4));
      status.textContent = said.here;
    }, () => { status.textContent = said.nowhere; });
  }

  const doing = {
    in: () => view.zoomTo(view.zoom * 2),
    out: () => view.zoomTo(view.zoom / 2),
    whole: () => view.whole(),
    locate,
  };
  const keys = {
    "+": doing.in, "=": doing.in, "-": doing.out, 0: doing.whole, Home: doing.whole, Escape: () => tell(null),
    ArrowLeft: () => view.move(-80, 0), ArrowRight: () => view.move(80, 0), ArrowUp: () => view.move(0, -80), ArrowDown: () => view.move(0, 80),
  };

  tools.hidden = false;
  told.tabIndex = -1;
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", said.keys);
  figure.querySelector(".map__legend")?.querySelectorAll(".map__class").forEach((item) => {
    const button = document.createElement("button");
    const style = item.querySelector("[class*=map--]").classList[1];
    button.type = "button";
    button.className = "map__toggle";
    button.setAttribute("aria-pressed", "true");
    button.append(...item.childNodes);
    item.append(button);
    button.addEventListener("click", () => {
      const isOff = !hidden.delete(style);
      if (isOff) hidden.add(style);
      button.setAttribute("aria-pressed", String(!isOff));
      refresh();
    });
  });
  if (rest) rest.hidden = true;
  count.className = "map__count-in-view note";
  list.before(count);
  tools.addEventListener("click", (event) => doing[event.target.closest("[data-map]")?.dataset.map]?.());
  search.addEventListener("input", refresh);
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const found = marks.filter(isShown);
    if (!search.value.trim() || !found.length) return;
    tell(found[0]);
    view.centre(found[0].x, found[0].y, Math.max(view.zoom, 4));
  });
  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  svg.addEventListener("click", (event) => {
    const group = event.target.closest(".map__marks g");
    tell(marks.find((mark) => group && mark.group === group) || null);
  });
  view.show();
}

// Of the parts of one row, its areas and its circle, the first.
function once(marks) {
  const seen = new Set();
  return marks.filter(({ row }) => !row || (!seen.has(row) && seen.add(row)));
}

function places(marks) {
  return marks.reduce((sum, mark) => sum + mark.count, 0);
}

function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name].toLocaleString("en"));
}

document.querySelectorAll("[data-module=map]").forEach(enhanceMap);
