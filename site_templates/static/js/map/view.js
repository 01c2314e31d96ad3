// What part of a map is seen: zoom and move by buttons, keys, pointer and pinch; the graticule and the scale bar follow.

const STEPS = [45, 30, 20, 10, 5, 2, 1, .5, .2, .1, .05, .02, .01, .005, .002, .001, .0005, .0002, .0001];
const METRES_A_DEGREE = 111195;
const ZOOM_MAX = 64;

export function makeView(svg, changed) {
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const [west, north, east, down] = ["west", "north", "unitsEast", "unitsNorth"].map((name) => Number(svg.dataset[name]));
  const part = { x: 0, y: 0, zoom: 1 };
  const furniture = svg.querySelector(".map__furniture");
  const bar = svg.querySelector(".map__bar");
  const scale = svg.querySelector(".map__scale");
  const grid = svg.querySelector(".map__grid");
  const degrees = svg.querySelector(".map__degrees");
  const nearby = scale.textContent.replace(/^[\d.,]+ k?m/, "");

  function show() {
    const [wide, high] = [width / part.zoom, height / part.zoom];
    part.x = Math.min(Math.max(part.x, 0), width - wide);
    part.y = Math.min(Math.max(part.y, 0), height - high);
    svg.setAttribute("viewBox", `${part.x} ${part.y} ${wide} ${high}`);
    svg.style.setProperty("--map-zoom", part.zoom);
    furniture.setAttribute("transform", `translate(${part.x} ${part.y}) scale(${1 / part.zoom})`);
    drawScale();
    drawGraticule(wide, high);
    changed(part, wide, high);
  }

  function drawScale() {
    const most = 180 / (down * part.zoom) * METRES_A_DEGREE;
    const power = 10 ** Math.floor(Math.log10(most));
    const metres = Math.max(...[1, 2, 5].map((size) => size * power).filter((size) => size <= most));
    bar.setAttribute("d", `M14 ${height - 20}V${height - 14}h${metres / METRES_A_DEGREE * down * part.zoom}v-6`);
    scale.textContent = (metres < 1000 ? `${+metres.toPrecision(1)} m` : `${(metres / 1000).toLocaleString("en")} km`) + nearby;
  }

  function lines(units, from, to) {
    const step = STEPS.filter((one) => one * units * part.zoom >= 110).pop() || STEPS[0];
    const places = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    const found = [];
    for (let n = Math.floor(from / step) + 1; n * step < to; n += 1) found.push([n * step, places]);
    return found;
  }

  function drawGraticule(wide, high) {
    const size = 1 / part.zoom;
    const paths = [];
    const labels = [];
    const add = (x, y, text, kind) => {
      const label = document.createElementNS(svg.namespaceURI, "text");
      label.setAttribute("class", kind);
      label.setAttribute("x", x);
      label.setAttribute("y", y);
      label.textContent = text;
      labels.push(label);
    };
    let before = -Infinity;
    for (const [degree, places] of lines(east, west + part.x / east, west + (part.x + wide) / east)) {
      const at = (degree - west) * east;
      paths.push(`M${at} ${part.y}v${high}`);
      const turned = degree > 180 ? degree - 360 : degree < -180 ? degree + 360 : degree;
      if (at - part.x <= 84 * size || at - part.x >= wide - 48 * size) continue;
      const text = named(turned, places, "E", "W");
      const isSecond = at - before < 15 * text.length * size;
      if (!isSecond) before = at;
      add(at, part.y + 6 * size, text, `map__degree map__degree--east${isSecond ? " map__degree--second" : ""}`);
    }
    for (const [degree, places] of lines(down, north - (part.y + high) / down, north - part.y / down)) {
      const at = (north - degree) * down;
      paths.push(`M${part.x} ${at}h${wide}`);
      if (at - part.y > 72 * size && at - part.y < high - 66 * size) add(part.x + 6 * size, at - 4 * size, named(degree, places, "N", "S"), "map__degree");
    }
    grid.setAttribute("d", paths.join(""));
    degrees.replaceChildren(...labels);
  }

  function zoomTo(zoom, x = part.x + width / part.zoom / 2, y = part.y + height / part.zoom / 2) {
    const next = Math.min(Math.max(zoom, 1), ZOOM_MAX);
    part.x = x - (x - part.x) * part.zoom / next;
    part.y = y - (y - part.y) * part.zoom / next;
    part.zoom = next;
    show();
  }

  function move(across, along) {
    part.x += across / part.zoom;
    part.y += along / part.zoom;
    show();
  }

  function centre(x, y, zoom = part.zoom) {
    part.zoom = Math.min(Math.max(zoom, 1), ZOOM_MAX);
    part.x = x - width / part.zoom / 2;
    part.y = y - height / part.zoom / 2;
    show();
  }

  watchPointers(svg, part, width, { zoomTo, move });
  return {
    zoomTo, move, centre, show,
    whole: () => { part.zoom = 1; show(); },
    get zoom() { return part.zoom; },
    place: (longitude, latitude) => [(longitude - west) * east, (north - latitude) * down],
    holds: (x, y) => x >= 0 && y >= 0 && x <= width && y <= height,
  };
}

function named(degree, places, positive, negative) {
  const text = Math.abs(degree).toFixed(places);
  return `${text}°${Number(text) === 0 ? "" : degree > 0 ? positive : negative}`;
}

function watchPointers(svg, part, width, { zoomTo, move }) {
  const down = new Map();
  const perUnit = () => svg.getBoundingClientRect().width / width;
  const inUnits = (x, y) => {
    const box = svg.getBoundingClientRect();
    return [part.x + (x - box.left) / perUnit() / part.zoom, part.y + (y - box.top) / perUnit() / part.zoom];
  };
  const apart = () => {
    const [one, other] = [...down.values()];
    return Math.hypot(one.x - other.x, one.y - other.y);
  };
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoomTo(part.zoom * (event.deltaY < 0 ? 1.25 : .8), ...inUnits(event.clientX, event.clientY));
  }, { passive: false });
  svg.addEventListener("pointerdown", (event) => down.set(event.pointerId, { x: event.clientX, y: event.clientY }));
  window.addEventListener("pointermove", (event) => {
    const before = down.get(event.pointerId);
    if (!before) return;
    const far = down.size === 2 ? apart() : 0;
    down.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (far) {
      const [one, other] = [...down.values()];
      zoomTo(part.zoom * apart() / far, ...inUnits((one.x + other.x) / 2, (one.y + other.y) / 2));
    } else if (part.zoom > 1) {
      move((before.x - event.clientX) / perUnit(), (before.y - event.clientY) / perUnit());
    }
  });
  for (const name of ["pointerup", "pointercancel"]) window.addEventListener(name, (event) => down.delete(event.pointerId));
}
