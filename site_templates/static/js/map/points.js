// The points of a map that has too many for its page: fetched once, drawn as clusters, and where few are in view one by one,
// but for those at one and the same place.

const CELL = 36;
const SYMBOLS_MAX = 400;

export async function fetchPoints(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status);
  const { styles, symbols, x, y, kind, name } = await answer.json();
  return x.map((_, n) => ({ x: x[n], y: y[n], name: name[n], facts: [], count: 1, across: 0, along: 0, text: name[n].toLowerCase(), style: `map--${styles[kind[n]]}`, symbol: symbols[kind[n]] }));
}

export function drawPoints(marks, found, zoom, title) {
  const cell = found.length > SYMBOLS_MAX ? (length) => Math.floor(length * zoom / CELL) : (length) => length;
  marks.replaceChildren(...clusters(marks, found, cell, title));
}

function symbol(marks, point) {
  point.group = drawn(marks, point, `map__point ${point.style}`, point.symbol, point.name);
  return point.group;
}

function clusters(marks, found, cell, title) {
  const cells = new Map();
  for (const point of found) {
    point.group = null;
    const key = `${cell(point.x)},${cell(point.y)}`;
    cells.get(key)?.push(point) || cells.set(key, [point]);
  }
  const most = Math.max(...[...cells.values()].map((members) => members.length));
  return [...cells.values()].map((members) => {
    if (members.length === 1) return symbol(marks, members[0]);
    const r = Math.max(5, 17 * Math.sqrt(members.length / most));
    const mean = (axis) => members.reduce((sum, point) => sum + point[axis], 0) / members.length;
    const centre = { x: mean("x"), y: mean("y") };
    const group = drawn(marks, centre, "map__cluster map--one", `m-${r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0-${2 * r} 0z`, title(members.length));
    if (r >= 3.6 * String(members.length).length + 2.5) {
      const text = group.appendChild(element(marks, "text", { class: "map__count", ...centre }));
      text.textContent = members.length;
    }
    return group;
  });
}

function drawn(marks, { x, y }, kind, shape, name) {
  const group = element(marks, "g", {});
  group.appendChild(element(marks, "title", {})).textContent = name;
  group.appendChild(element(marks, "path", { class: kind, d: `M${x} ${y}${shape}` }));
  return group;
}

function element(marks, tag, attributes) {
  const made = document.createElementNS(marks.namespaceURI, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
