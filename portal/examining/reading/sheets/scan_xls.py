"""XLS (Excel 97-2003) sheets looked through before they are read, by xlrd."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from portal.examining.reading.sheets.number_formats import NumberFormat, format_of
from portal.examining.reading.sheets.scan import PLACES_MAX, SheetScan, check_density, check_size, column_letters
from portal.examining.reading.sheets.shown_cells import ShownCells, unreal_day


def scan_xls(path: Path) -> tuple[list[tuple[str, str, SheetScan]], bool, tuple[str, ...]]:
    """Return name, visibility and scan of each sheet of an XLS file, whether its days count from 1904, and its author.

    Raises whatever xlrd raises for a broken file.
    """
    import xlrd  # type: ignore[import-untyped]

    entries = []
    with xlrd.open_workbook(path, formatting_info=True, on_demand=True, ragged_rows=True, logfile=_Silent()) as book:
        formats = _formats(book)
        for number, name in enumerate(book.sheet_names()):
            sheet = book.sheet_by_index(number)
            visibility = {0: "visible", 1: "hidden", 2: "very-hidden"}.get(sheet.visibility, "hidden")
            entries.append((name, visibility, _scan_xls_sheet(sheet, formats, starts_1904=book.datemode == 1)))
            book.unload_sheet(number)
        return entries, book.datemode == 1, tuple(filter(None, [book.user_name.strip()]))


def _formats(book: Any) -> dict[int, NumberFormat]:
    """Return what the styles of cells show beyond the number, by the number of the style."""
    found = {}
    for number, style in enumerate(book.xf_list):
        form = book.format_map.get(style.format_key)
        shown = format_of(form.format_str) if form is not None and form.format_str else None
        if shown:
            found[number] = shown
    return found


def _scan_xls_sheet(sheet: Any, formats: Mapping[int, NumberFormat], *, starts_1904: bool) -> SheetScan:
    rows = columns = cells = 0
    errors: list[tuple[int, int, str]] = []
    unreal_days: list[tuple[int, int, str]] = []
    shown = ShownCells()
    for row in range(sheet.nrows):
        types = sheet.row_types(row)
        filled = [column for column, kind in enumerate(types) if kind not in (0, 6)]
        if filled:
            rows, columns, cells = row + 1, max(columns, filled[-1] + 1), cells + len(filled)
        if 5 in types and len(errors) < PLACES_MAX:
            errors += [(row + 1, column + 1, _xls_error(sheet, row, column)) for column in filled if types[column] == 5]
        for column in filled if formats else ():
            form = formats.get(sheet.cell_xf_index(row, column)) if types[column] in (2, 3) else None
            if form:
                unreal = unreal_day(sheet.cell_value(row, column), form, starts_1904=starts_1904)
                shown.add(row + 1, column + 1, unreal or form)
                if unreal and unreal.shown and len(unreal_days) < PLACES_MAX:
                    unreal_days.append((row + 1, column + 1, unreal.shown))
    check_size(rows, columns, cells)
    check_density(rows, columns, cells)
    hidden_columns = [column_letters(number + 1) for number, info in sorted(sheet.colinfo_map.items()) if info.hidden]
    return SheetScan(
        rows,
        columns,
        cells,
        tuple(number + 1 for number, info in sorted(sheet.rowinfo_map.items()) if info.hidden)[:PLACES_MAX],
        tuple(hidden_columns[:PLACES_MAX]),
        errors=tuple(errors[:PLACES_MAX]),
        comments=tuple(
            (f"{column_letters(column + 1)}{row + 1}", note.text.strip())
            for (row, column), note in sorted(sheet.cell_note_map.items())[:PLACES_MAX]
        ),
        unreal_days=tuple(unreal_days),
        shown=shown,
    )


def _xls_error(sheet: Any, row: int, column: int) -> str:
    from xlrd.biffh import error_text_from_code  # type: ignore[import-untyped]

    return str(error_text_from_code.get(sheet.cell_value(row, column), "#"))


class _Silent:
    """Takes what xlrd prints."""

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        """Nothing is kept."""
