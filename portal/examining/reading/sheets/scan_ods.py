"""ODS (LibreOffice) sheets looked through before they are read: the XML element by element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from defusedxml.ElementTree import DefusedXMLParser

from portal.examining.reading.header_rows import Region
from portal.examining.reading.sheets.number_formats import NumberFormat
from portal.examining.reading.sheets.scan import (
    MEMORY_BYTES_MAX,
    PLACES_MAX,
    SheetScan,
    SheetTooLarge,
    check_density,
    check_size,
    column_letters,
    number_of,
)
from portal.examining.reading.sheets.shown_cells import Change, Elapsed, ShownCells
from portal.model.limits import Limits

ERROR_TEXTS = frozenset({"#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"})
"""What a formula shows that has no result."""
_DURATION = re.compile(
    r"(-?)P(?:([0-9]{1,9})D)?T?(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9}(?:[.,][0-9]{1,12})?)S)?"
)
_CLOCK = re.compile(r"[0-9]\s*[:时時点點]")
_ZEROS = re.compile(r"[^0-9]*0[^0-9]*[0-9][^.,%/]*")


def scan_ods_content(pieces: Iterator[bytes], limits: Limits) -> list[tuple[str, str, SheetScan]]:
    """Return name, visibility and scan of each sheet in the ``content.xml`` of an ODS file. Raises as the above."""
    target = _OdsTarget(limits)
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    for piece in pieces:
        parser.feed(piece)
    parser.close()
    return target.sheets


class _OdsTarget:
    """Takes the elements of ``content.xml`` as they come by; repeated rows and cells are counted, not repeated."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.sheets: list[tuple[str, str, SheetScan]] = []
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.depth = 0
        self.is_in_note = 0
        self.characters = 0
        self.note: list[str] = []
        self.text: list[str] = []
        self._start_sheet({})

    def _start_sheet(self, attributes: dict[str, str]) -> None:
        self.name = attributes.get("name", "")
        self.visibility = "hidden" if attributes.get("style-name", "") in self.hidden_styles else "visible"
        self.row = self.column = self.rows = self.columns = self.cells = self.text_bytes = 0
        self.row_repeats = self.cell_repeats = 1
        self.row_cells = self.row_text = 0
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[str] = []
        self.header_column = 0
        self.is_filtered = False
        self.errors: list[tuple[int, int, str]] = []
        self.empty_formulas: list[tuple[int, int]] = []
        self.comments: list[tuple[str, str]] = []
        self.merged: list[Region] = []
        self.has_value = self.has_formula = False
        self.value_type = self.value = ""
        self.shown = ShownCells()

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        attributes = {key.rpartition("}")[2]: value for key, value in attrib.items()}
        if name == "table":
            self.depth += 1
            if self.depth == 1:
                self._start_sheet(attributes)
        elif name == "style":
            self.style = attributes.get("name", "")
        elif name == "table-properties" and attributes.get("display") == "false":
            self.hidden_styles.add(self.style)
        elif self.depth != 1:
            return
        elif name == "table-column":
            repeats = _repeats(attributes, "number-columns-repeated")
            if attributes.get("visibility", "visible") != "visible":
                first, last = self.header_column + 1, self.header_column + repeats
                self.hidden_columns.append(
                    column_letters(first) if repeats == 1 else f"{column_letters(first)}:{column_letters(last)}"
                )
            self.header_column += repeats
        elif name == "table-row":
            self.row_repeats = _repeats(attributes, "number-rows-repeated")
            self.column = self.row_cells = self.row_text = 0
            visibility = attributes.get("visibility", "visible")
            if visibility != "visible" and len(self.hidden_rows) < PLACES_MAX:
                self.is_filtered = self.is_filtered or visibility == "filter"
                self.hidden_rows.append(self.row + 1)
        elif name in ("table-cell", "covered-table-cell"):
            self.cell_repeats = _repeats(attributes, "number-columns-repeated")
            self.has_value = "value-type" in attributes
            self.value_type = attributes.get("value-type", "")
            self.value = next((attributes[key] for key in _VALUES if key in attributes), "")
            self.has_formula = "formula" in attributes
            self.text = []
            self._see_merging(attributes)
        elif name == "annotation":
            self.is_in_note += 1
            self.note = []

    def _see_merging(self, attributes: dict[str, str]) -> None:
        down, across = (_repeats(attributes, f"number-{name}-spanned") for name in ("rows", "columns"))
        if (down > 1 or across > 1) and len(self.merged) < PLACES_MAX * 100:
            self.merged.append(((self.row, self.column), (self.row + down - 1, self.column + across - 1)))

    def data(self, text: str) -> None:
        self.characters += len(text)
        if self.characters > MEMORY_BYTES_MAX:
            raise SheetTooLarge(rows=f"{self.rows:,}", columns=f"{self.columns:,}")
        if self.is_in_note:
            self.note.append(text)
        elif self.depth == 1:
            self.text.append(text)

    def end(self, tag: str) -> None:
        name = tag.rpartition("}")[2]
        if name == "table":
            if self.depth == 1:
                self._end_sheet()
            self.depth -= 1
        elif self.depth != 1:
            return
        elif name == "annotation":
            self.is_in_note -= 1
            if len(self.comments) < PLACES_MAX:
                place = f"{column_letters(self.column + 1)}{self.row + 1}"
                self.comments.append((place, "".join(self.note).strip()))
        elif name in ("table-cell", "covered-table-cell"):
            self._end_cell()
        elif name == "table-row":
            self.cells += self.row_cells * self.row_repeats
            self.text_bytes += self.row_text * self.row_repeats
            self.row += self.row_repeats
            if self.row_cells:
                self.rows = self.row
            self._check()

    def _end_cell(self) -> None:
        text = "".join(self.text)
        if text.strip() or self.has_value:
            self.columns = max(self.columns, self.column + self.cell_repeats)
            self.row_cells += self.cell_repeats
            self.row_text += self.cell_repeats * len(text.encode())
            if text in ERROR_TEXTS and len(self.errors) < PLACES_MAX:
                self.errors.append((self.row + 1, self.column + 1, text))
            change = _change(self.value_type, self.value, text)
            if change and self.cell_repeats <= self.limits.columns_max:
                for column in range(self.column + 1, self.column + self.cell_repeats + 1):
                    self.shown.add(self.row + 1, column, change, self.row + self.row_repeats)
        elif self.has_formula and len(self.empty_formulas) < PLACES_MAX:
            self.empty_formulas.append((self.row + 1, self.column + 1))
        self.column += self.cell_repeats

    def _check(self) -> None:
        check_size(self.rows, self.columns, self.cells, self.text_bytes)
        check_density(self.rows, self.columns, self.cells)
        if self.rows > self.limits.rows_max:
            raise SheetTooLarge(rows=f"{self.rows:,}", columns=f"{self.columns:,}")

    def _end_sheet(self) -> None:
        scan = SheetScan(
            self.rows,
            self.columns,
            self.cells,
            tuple(self.hidden_rows),
            tuple(self.hidden_columns),
            self.is_filtered,
            tuple(self.errors),
            tuple(self.empty_formulas),
            tuple(self.comments),
            tuple(self.merged),
            shown=self.shown,
        )
        self.sheets.append((self.name, self.visibility, scan))

    def close(self) -> None:
        """Nothing is left to do at the end of the document."""


_VALUES = ("value", "date-value", "time-value")
"""Attributes of a cell that hold what it is worth."""


def _change(value_type: str, value: str, text: str) -> Change | None:
    """Return what a cell shows that the reader does not tell, by its type, its value and its *text* on the sheet.

    >>> _change("float", "123", "0000123"), _change("date", "2023-05-01", "2023-05-01 0:00")
    (NumberFormat(kind='digits', code='0000000'), NumberFormat(kind='moment', code=''))
    """
    if value_type == "float" and _ZEROS.fullmatch(text):
        form = NumberFormat("digits", re.sub("[0-9]", "0", text))
        return form if value.replace(".0", "").isdecimal() and form.digits(float(value)) == text else None
    if value_type == "date":
        if "T" not in value:
            return NumberFormat("moment") if _CLOCK.search(text) else None
        return (
            NumberFormat("day") if re.search(r"T00:00(?::00(?:\.0*)?)?$", value) and not _CLOCK.search(text) else None
        )
    found = _DURATION.fullmatch(value) if value_type == "time" else None
    if found is None:
        return None
    days, hours, minutes = (int(part or 0) for part in found.groups()[1:4])
    span = timedelta(days=days, hours=hours, minutes=minutes, seconds=float((found[5] or "0").replace(",", ".")))
    if not found[1] and span < timedelta(days=1):
        return None
    # A clock shows the hours of the day alone, not those of all days before.
    hour = re.match(r"\s*([0-9]+)", text)
    if not found[1] and hour and int(hour[1]) < 24 <= days * 24 + hours:
        span -= timedelta(days=span.days)
        return Elapsed(span)
    return Elapsed(-span if found[1] else span)


def _repeats(attributes: dict[str, str], name: str) -> int:
    return max(1, number_of(attributes.get(name, "1").encode()))
