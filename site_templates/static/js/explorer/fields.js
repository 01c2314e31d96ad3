// Fields of the explorer's form, filled in by an address: what a chip took away is gone there, too.

// Fields that are put together into one parameter; they are empty once that is asked.
const COMPOSED = ["_column", "_is", "_value", "_at", "_within"];

// What a form asks, without what was left blank, and halves of what is said in several fields.
export function asked(form) {
  const given = [...new FormData(form)].filter(([, value]) => value.trim());
  const has = (name) => given.some(([key]) => key === name);
  return new URLSearchParams(given.filter(([name]) =>
    (name !== "_within" || has("_at")) && (name !== "_is" || has("_column"))));
}

export function fillIn(form, parameters) {
  const left = new Map();
  for (const [name, value] of parameters) left.set(name, [...(left.get(name) ?? []), value]);
  const numbers = new Map();
  for (const field of [...form.elements]) {
    const { name } = field;
    if (!name || field === document.activeElement) { left.delete(name); continue; }
    const values = left.get(name) ?? [];
    if (field.type === "hidden") { if (!values.includes(field.value)) field.remove(); continue; }
    if (COMPOSED.includes(name)) { compose(field, parameters.get("_near")); continue; }
    if (field.type === "checkbox") {
      field.checked = values.includes(field.value);
    } else {
      const number = numbers.get(name) ?? 0;
      numbers.set(name, number + 1);
      const value = (field.tagName === "SELECT" && values.length === 1 ? values[0].split(/,(?![^(]*\))/) : values)[number] ?? "";
      set(field, value);
    }
  }
  keep(form, parameters);
}

function compose(field, near) {
  const [x, y, metres] = (near ?? "").split(",");
  if (field.name === "_at") field.value = near ? `${x},${y}` : "";
  else if (field.name === "_within") { if (metres) set(field, metres); }
  else if (field.name !== "_is") field.value = "";
}

function set(field, value) {
  if (field.tagName === "SELECT") {
    if (![...field.options].some((option) => option.value === value)) field.add(new Option(value, value));
    field.value = value;
  } else {
    field.value = value;
  }
}

// What is asked by no field that can be seen goes with the form all the same.
function keep(form, parameters) {
  const asked = new Set([...new FormData(form)].map(([name, value]) => `${name}=${value}`));
  const seen = new Set([...form.elements].filter((one) => one.type !== "hidden" && one.type !== "checkbox").map((one) => one.name));
  for (const [name, value] of parameters) {
    if (name === "_page" || name === "_part" || name === "_near" || seen.has(name) || asked.has(`${name}=${value}`)) continue;
    const field = form.appendChild(document.createElement("input"));
    field.type = "hidden";
    field.name = name;
    field.value = value;
  }
}

// Puts the filters of another page into a form that has none yet; what was filled in stays.
export function putFilters(form, html) {
  const other = new DOMParser().parseFromString(html, "text/html").querySelector("[data-explorer=form]");
  const [mine, theirs] = [form, other].map((one) => one.querySelector("[data-explorer=filters]"));
  theirs.querySelector("summary").replaceWith(mine.querySelector("summary"));
  mine.replaceChildren(...theirs.childNodes);
  for (const field of form.querySelectorAll(":scope > [type=hidden]")) {
    if (mine.querySelector(`[name="${CSS.escape(field.name)}"]`)) field.remove();
  }
}
