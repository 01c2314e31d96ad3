// Tells the values of a chart to whoever points at it, or moves along it with the arrow keys. All of them stand in the
// table below; without this module nothing is missing.

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export function enhanceChart(figure) {
  const header = [...figure.querySelectorAll("thead th")].map((cell) => cell.textContent.trim());
  const rows = new Map([...figure.querySelectorAll("tbody tr")].map((row) => [Number(row.dataset.place), row]));
  const hint = Object.assign(document.createElement("div"), { className: "chart__spot", hidden: true });
  hint.setAttribute("role", "status");
  figure.append(hint);
  figure.querySelectorAll("svg[data-spots]").forEach((picture) => followPointer(figure, picture, rows, header, hint));
}

function followPointer(figure, picture, rows, header, hint) {
  const [way, ...numbers] = picture.dataset.spots.split(" ");
  const [left, top, right, bottom, count] = numbers.map(Number);
  const across = way.endsWith("x");
  const [start, end] = across ? [left, right] : [top, bottom];
  const cursor = picture.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "path"));
  cursor.setAttribute("class", "chart__cursor");
  let shown = -1;

  // The middle of a place on the axis: points lie at both ends of it, bands between.
  const middle = (place) => start + (end - start) * (way.startsWith("points")
    ? (count > 1 ? place / (count - 1) : 0.5) : (place + 0.5) / count);
  const placeAt = (at) => {
    const share = (at - start) / (end - start);
    return Math.round(way.startsWith("points") ? share * (count - 1) : share * count - 0.5);
  };

  function show(place) {
    shown = Math.min(Math.max(place, 0), count - 1);
    const row = rows.get(shown);
    if (!row) return hide();
    const [name, ...values] = [...row.cells].map((cell) => cell.textContent.trim());
    hint.textContent = values.length > 1
      ? [name, ...values.map((value, at) => `${header[at + 1]}: ${value || "–"}`)].join("\n") : `${name}: ${values[0] || "–"}`;
    hint.hidden = false;
    const box = picture.getBoundingClientRect(), own = figure.getBoundingClientRect(), scale = box.width / picture.viewBox.baseVal.width;
    const x = box.left - own.left + (across ? middle(shown) : (left + right) / 2) * scale;
    const y = box.top - own.top + (across ? top : middle(shown)) * scale;
    hint.style.insetInlineStart = `${Math.max(0, Math.min(x + 8, own.width - hint.offsetWidth))}px`;
    hint.style.insetBlockStart = `${y}px`;
    cursor.setAttribute("d", across ? `M${middle(shown)} ${top}V${bottom}` : "");
  }

  function hide() {
    hint.hidden = true;
    cursor.setAttribute("d", "");
  }

  picture.tabIndex = 0;
  picture.addEventListener("pointermove", (event) => {
    const box = picture.getBoundingClientRect(), scale = picture.viewBox.baseVal.width / box.width;
    const at = across ? (event.clientX - box.left) * scale : (event.clientY - box.top) * scale;
    if (at < start - 10 || at > end + 10) hide(); else show(placeAt(at));
  });
  picture.addEventListener("pointerleave", hide);
  picture.addEventListener("blur", hide);
  picture.addEventListener("focus", () => { if (picture.matches(":focus-visible")) show(shown < 0 ? count - 1 : shown); });
  picture.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (event.key === "Escape") hide();
    else if (step || event.key === "Home" || event.key === "End") {
      event.preventDefault();
      show(event.key === "Home" ? 0 : event.key === "End" ? count - 1 : shown + step);
    }
  });
}

document.querySelectorAll("[data-module=chart]").forEach(enhanceChart);
