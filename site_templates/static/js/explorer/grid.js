// The table as a grid (ARIA Authoring Practices): one stop of the key Tab, then arrows from cell to cell, Home and End
// in the row, with Ctrl to the first and last cell, Page Up and Down; Enter on a heading sorts, on a long cell unfolds it.

const JUMP = 10;

export function enhanceGrid(part) {
  const table = part.querySelector("[data-explorer=table]");
  if (!table) return;
  table.setAttribute("role", "grid");
  table.setAttribute("aria-readonly", "true");
  // The cells take the focus, so the frame around them needs none, and what stands in them is reached from the cell.
  part.querySelector("[data-explorer=frame]").removeAttribute("tabindex");
  table.querySelectorAll("a, summary").forEach((one) => { one.tabIndex = -1; });
  for (const cell of table.querySelectorAll("th, td")) cell.tabIndex = -1;
  cellAt(table, 0, 0).tabIndex = 0;
  table.addEventListener("focusin", (event) => {
    const cell = event.target.closest("th, td");
    table.querySelectorAll("[tabindex='0']").forEach((one) => { one.tabIndex = -1; });
    if (cell) cell.tabIndex = 0;
  });
  table.addEventListener("keydown", (event) => move(table, event));
}

function move(table, event) {
  const cell = event.target.closest("th, td");
  if (!cell || event.altKey || event.metaKey) return;
  const row = cell.parentElement.rowIndex;
  const column = cell.cellIndex;
  const [lastRow, lastColumn] = [table.rows.length - 1, table.rows[0].cells.length - 1];
  if ((event.key === "Enter" || event.key === " ") && event.target === cell) {
    const inner = cell.querySelector("a, summary");
    if (!inner) return;
    event.preventDefault();
    inner.click();
    return;
  }
  const steps = {
    ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1],
    ArrowUp: [row - 1, column], ArrowDown: [row + 1, column],
    PageUp: [Math.max(row - JUMP, 0), column], PageDown: [Math.min(row + JUMP, lastRow), column],
    Home: [event.ctrlKey ? 0 : row, 0], End: [event.ctrlKey ? lastRow : row, lastColumn],
  };
  const to = steps[event.key];
  if (!to || (event.ctrlKey && !["Home", "End"].includes(event.key))) return;
  event.preventDefault();
  cellAt(table, ...to)?.focus();
}

function cellAt(table, row, column) {
  return table.rows[row]?.cells[column];
}

// Where the focus is in a grid, as [row, column]; null where it is elsewhere.
export function focusedPlace(element) {
  const cell = element.closest("[data-explorer=table] th, [data-explorer=table] td");
  return cell && [cell.parentElement.rowIndex, cell.cellIndex];
}

// Puts the focus where it was, or as near to it as the new table goes.
export function focusPlace(part, [row, column]) {
  const table = part.querySelector("[data-explorer=table]");
  if (!table) return part.querySelector("h2").focus();
  const there = table.rows[Math.min(row, table.rows.length - 1)];
  there.cells[Math.min(column, there.cells.length - 1)].focus({ preventScroll: row === 0 });
}
