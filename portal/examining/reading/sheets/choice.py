"""Which sheet of a workbook is read: the stated one, the only filled one, or the one with the schema's names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from portal.examining.reading.descriptors.wanted_values import as_mapping
from portal.examining.reading.header_rows import LOOKED_AT_ROWS, Region, find_header
from portal.examining.reading.sheets.cell_texts import plain_texts
from portal.examining.reading.sheets.scan import SheetScan
from portal.examining.reading.sheets.workbook_files import UnreadableWorkbook, WorkbookFile
from portal.model.text import LocalText, enumerated
from portal.model.understood_table import Sheet

NAMES_SHOWN_MAX = 20
"""Sheets of one workbook that are named."""


@dataclass(frozen=True)
class SeenSheet:
    """One sheet with its first rows as text; *rows* and *columns* reach to its last filled cell."""

    name: str
    visibility: str
    rows: int
    columns: int
    head: tuple[tuple[str, ...], ...] = ()
    merged: tuple[Region, ...] | None = None

    @property
    def is_candidate(self) -> bool:
        """Whether it may be read without being stated."""
        return self.visibility == "visible" and self.rows > 0


@dataclass(frozen=True)
class Choice:
    """The sheet to read and how it was chosen; *is_assumed* where nothing said which of several."""

    index: int
    how: LocalText
    is_assumed: bool = False


def seen_sheets(book: CalamineWorkbook, workbook: WorkbookFile) -> Iterator[tuple[SeenSheet, CalamineSheet | None]]:
    """Yield every sheet of the workbook in order; one at a time is in memory."""
    visibilities = {entry.name: entry for entry in workbook.sheets}
    for index, name in enumerate(book.sheet_names):
        entry = visibilities.get(name)
        visibility = entry.visibility if entry else "visible"
        try:
            sheet = book.get_sheet_by_index(index)
        except CalamineError:
            # A sheet that holds a chart and nothing else.
            yield SeenSheet(name, visibility, 0, 0), None
            continue
        if sheet.start is None or sheet.end is None:
            yield SeenSheet(name, visibility, 0, 0), sheet
            continue
        merged = sheet.merged_cell_ranges
        if merged is None and entry:
            merged = list(entry.scan.merged or ())
        rows = whole_rows(sheet, entry.scan if entry else None)
        head = tuple(tuple(plain_texts(row)) for row in islice(rows, LOOKED_AT_ROWS))
        yield (
            SeenSheet(
                name, visibility, sheet.end[0] + 1, sheet.end[1] + 1, head, None if merged is None else tuple(merged)
            ),
            sheet,
        )


def whole_rows(sheet: CalamineSheet, scan: SheetScan | None = None) -> Iterator[list[Any]]:
    """Yield the rows of a sheet from its first row on, each from its first column on, the cells of *scan* as shown."""
    missing: list[Any] = [""] * (sheet.start[1] if sheet.start else 0)
    rows = (missing + row for row in sheet.iter_rows()) if missing else iter(sheet.iter_rows())
    return scan.shown.applied(rows) if scan and scan.shown.runs else rows


def stated_sheet(dialect: Mapping[str, Any]) -> str | int | None:
    """Return the sheet that the publisher states: a name or a number from 1.

    >>> stated_sheet({"sheet": "数据"}), stated_sheet({"excel": {"sheet": 2}}), stated_sheet({"sheetNumber": 3})
    ('数据', 2, 3)
    """
    excel, ods = as_mapping(dialect.get("excel")), as_mapping(dialect.get("ods"))
    for holder, key in (
        (dialect, "sheet"),
        (dialect, "sheetName"),
        (dialect, "sheetNumber"),
        (excel, "sheet"),
        (ods, "sheet"),
    ):
        value = holder.get(key)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and value != "":
            return value
    return None


def choose_sheet(sheets: Sequence[SeenSheet], stated: str | int | None, field_names: Sequence[str]) -> Choice:
    """Choose the sheet to read. Raises UnreadableWorkbook where the stated one is missing or none has content."""
    if stated is not None:
        return _stated(sheets, stated)
    candidates = [index for index, sheet in enumerate(sheets) if sheet.is_candidate]
    if not candidates:
        raise UnreadableWorkbook("workbook-empty", sheets=names_of(sheets))
    if len(candidates) == 1:
        return Choice(candidates[0], LocalText("唯一有内容的工作表", "the only sheet with content"))
    if field_names:
        counts = {index: _matching(sheets[index], field_names) for index in candidates}
        best = max(counts.values())
        matching = [index for index in candidates if counts[index] == best]
        if best > 0 and len(matching) == 1:
            return Choice(matching[0], LocalText("列名与字段相符", "its labels are those of the fields"))
        if best > 0:
            candidates = matching
    # A sheet of one column is a cover or an explanation rather than a table.
    tables = [index for index in candidates if sheets[index].columns > 1 and sheets[index].rows > 1]
    how = LocalText("第一个有内容的工作表", "the first sheet with content")
    return Choice((tables or candidates)[0], how, is_assumed=True)


def names_of(sheets: Sequence[SeenSheet]) -> LocalText:
    """Return the names of sheets in one line, hidden ones marked."""
    shown = sheets[:NAMES_SHOWN_MAX]
    more = len(sheets) - len(shown)
    return LocalText(
        enumerated("zh", (sheet.name + ("" if sheet.visibility == "visible" else "（隐藏）") for sheet in shown))
        + (f"等 {len(sheets)} 个" if more else ""),
        enumerated("en", (sheet.name + ("" if sheet.visibility == "visible" else " (hidden)") for sheet in shown))
        + (f" and {more} more" if more else ""),
    )


def as_listed(sheets: Sequence[SeenSheet], chosen: int) -> tuple[Sheet, ...]:
    """Return the sheets as they stand with an understood table."""
    return tuple(
        Sheet(sheet.name, sheet.rows, sheet.columns, sheet.visibility != "visible", index == chosen)
        for index, sheet in enumerate(sheets)
    )


def _stated(sheets: Sequence[SeenSheet], stated: str | int) -> Choice:
    wanted = str(stated).strip()
    how = LocalText("描述文件写明", "stated in the descriptor")
    index = next((index for index, sheet in enumerate(sheets) if sheet.name.strip() == wanted), None)
    if index is None and wanted.isascii() and wanted.isdigit() and len(wanted) < 6 and 1 <= int(wanted) <= len(sheets):
        index = int(wanted) - 1
    if index is None:
        raise UnreadableWorkbook("sheet-missing", sheet=stated, sheets=names_of(sheets))
    if sheets[index].rows == 0:
        raise UnreadableWorkbook("workbook-empty", sheets=names_of(sheets))
    return Choice(index, how)


def _matching(sheet: SeenSheet, field_names: Sequence[str]) -> int:
    labels = {"".join(label.split()).casefold() for label in find_header(sheet.head, field_names, sheet.merged).labels}
    return len(labels & {"".join(name.split()).casefold() for name in field_names})
