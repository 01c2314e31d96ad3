"""Sheets looked through before they are read: how far their cells reach, and what a reader of values does not tell.

That is hidden rows and columns, filters, errors, formulas without a value, comments. The XML of an XLSX sheet is
looked through as bytes, piece by piece, since a parser that makes an object for every cell takes longer than reading
the values; what is not written as all known programs write it takes a slower way that assumes the worst.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any

import numpy as np
from defusedxml.ElementTree import DefusedXMLParser

from portal.model.limits import Limits
from portal.reading.headers import Region

CELLS_MAX = 12_000_000
"""Cells of the rectangle that a sheet fills: 1,048,576 rows of eleven columns. Reading takes some 70 bytes for each."""
SPARSE_CELLS_MAX = 3_000_000
"""A rectangle of more cells than this must be filled to a part, else a single stray cell would cost the memory."""
SPARSE_RATIO_MAX = 16
TEXT_BYTES_MAX = 384 * 1024**2
"""Text in the cells of one sheet, a shared text counted for every cell that uses it."""
ROW_BYTES_MAX = 16 * 1024**2
PLACES_MAX = 1000
"""Places kept of each kind."""

_CELL = re.compile(rb'<c r="[A-Z]{1,3}([0-9]{1,7})"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_ROW = re.compile(rb"<(?:\w{1,20}:)?row\b([^<>]{0,500})>")
_ERROR = re.compile(
    rb'<(?:\w{1,20}:)?c r="([A-Z]{1,3}[0-9]{1,7})"[^<>]{0,300}?\bt="e"[^<>]{0,300}>'
    rb"(?:(?!</?(?:\w{1,20}:)?(?:c|row)\b).){0,4000}?<(?:\w{1,20}:)?v>([^<]{1,40})<",
    re.DOTALL,
)
_EMPTY_FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3}[0-9]{1,7})"((?:\s[^<>]{0,300})?)>\s{0,9}<f(?:\s[^<>]{0,300}?)?(?:/>|>[^<]{0,9000}</f>)'
    rb"\s{0,9}(?:<v\s?/>|<v>\s?</v>)?\s{0,9}</c>"
)
_MARGIN = re.compile(rb"<(?:\w{1,20}:)?(?:odd|even|first)(?:Header|Footer)[^<>]{0,300}>([^<]{1,2000})<")
_END_OF_DATA = re.compile(rb"</(?:[\w.-]{1,40}:)?sheetData\s{0,9}>")
_SHARED = re.compile(rb'\bt="s"[^<>]{0,300}><v>([0-9]{1,9})</v>')
_ANY_TAG = re.compile(rb"<(?:[\w.-]{1,40}:)?(row|c)(?=[\s/>])([^<>]*)>")
_ANY_PLACE = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Za-z]{0,3})([0-9]{1,9})["']""")


@lru_cache
def _further_than(columns: int) -> re.Pattern[bytes]:
    """Return the pattern of places right of column Z, or of a column before it: few match once the width is known."""
    letters = rb"[A-Z]{2,3}" if columns >= 26 else rb"[A-Z]{2,3}|[%c-Z]" % (65 + columns)
    return re.compile(rb'<c r="(' + letters + rb")[0-9]")


ERROR_TEXTS = frozenset({"#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"})
"""What a formula shows that has no result."""


class SheetTooLarge(Exception):
    """The cells of a sheet reach too far, or their text is too long; *details* are those of the finding."""

    def __init__(self, **details: Any) -> None:
        super().__init__("sheet-too-large")
        self.details = details


class UnusualSheet(ValueError):
    """Markup that no program writes into a sheet."""


@dataclass(frozen=True)
class SheetScan:
    """What was seen of one sheet. Rows and columns count from 1; lists of places end after `PLACES_MAX`."""

    rows: int = 0
    columns: int = 0
    cells: int = 0
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()
    is_filtered: bool = False
    errors: tuple[tuple[int, int, str], ...] = ()
    empty_formulas: tuple[tuple[int, int], ...] = ()
    comments: tuple[tuple[str, str], ...] = ()
    merged: tuple[Region, ...] | None = None
    margins: tuple[str, ...] = ()
    """Texts of header and footer of the printed page."""


def column_number(letters: str) -> int:
    """Return the number of a column by its letters.

    >>> column_number("A"), column_number("AB")
    (1, 28)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Return the letters of a column by its number from 1.

    >>> column_letters(1), column_letters(28)
    ('A', 'AB')
    """
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def scan_xlsx_sheet(pieces: Iterator[bytes], limits: Limits, text_lengths: Any = None) -> SheetScan:
    """Look through the XML of a sheet. *text_lengths* are the bytes of each shared text (an array of numbers).

    Raises SheetTooLarge and UnusualSheet.
    """
    seen = _Seen(limits, np.asarray(text_lengths if text_lengths is not None else [], dtype=np.int64))
    head, before = b"", b""
    is_inside = False
    for piece in pieces:
        block = before + piece
        before = b""
        if not is_inside:
            head = block
            start = block.find(b"sheetData")
            if start < 0:
                if len(block) > ROW_BYTES_MAX:
                    raise UnusualSheet("no sheetData")
                before = block
                continue
            is_inside = True
            head, block = block[:start], block[start:]
            seen.see_head(head)
        cut = block.rfind(b"</row>")
        if cut < 0:
            cut = block.rfind(b"<") if len(block) > ROW_BYTES_MAX else 0
        else:
            cut += 6
        seen.see_block(block[:cut])
        before = block[cut:]
    if is_inside:
        end = _END_OF_DATA.search(before)
        seen.see_block(before[: end.end()] if end else before)
        seen.see_tail(before)
    return seen.scan()


@dataclass
class _Seen:
    limits: Limits
    text_lengths: Any
    rows: int = 0
    columns: int = 0
    cells: int = 0
    text_bytes: int = 0
    implicit_rows: int = 0
    is_usual: bool = True
    cells_of_row: int = 0
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[str] = field(default_factory=list)
    is_filtered: bool = False
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    empty_formulas: list[tuple[int, int]] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)

    def see_head(self, head: bytes) -> None:
        if b"\0" in head or b"<!" in head:
            raise UnusualSheet("document type or encoding")
        for tag in re.findall(rb"<(?:\w{1,20}:)?col\s[^<>]{0,500}>", head)[:PLACES_MAX]:
            attributes = dict(re.findall(rb'(\w+)="([^"]*)"', tag))
            if attributes.get(b"hidden") in (b"1", b"true"):
                first, last = (_number(attributes.get(name, b"")) for name in (b"min", b"max"))
                letters = column_letters(min(first, 16384)), column_letters(min(last, 16384))
                self.hidden_columns.append(letters[0] if letters[0] == letters[1] else ":".join(letters))

    def see_tail(self, tail: bytes) -> None:
        self.is_filtered = b"autoFilter" in tail and bool(self.hidden_rows)
        for text in re.findall(
            rb"<(?:\w{1,20}:)?(?:odd|even|first)(?:Header|Footer)[^<>]{0,300}>([^<]{1,2000})<", tail
        ):
            self.margins.append(unescape(text.decode("utf-8", "replace")))

    def see_block(self, block: bytes) -> None:
        if not block:
            return
        if b"<!--" in block or b"\0" in block:
            raise UnusualSheet("comments in the markup")
        places = _CELL.findall(block)
        # A row without a number matters to the cells without a place that may follow.
        has_places = block.count(b"<row") == block.count(b'<row r="')
        is_plain = has_places and b":c" not in block and len(places) == block.count(b"<c")
        is_plain = is_plain or (has_places and len(places) == len(re.findall(rb"<(?:[\w.-]{1,40}:)?c[\s/>]", block)))
        if is_plain:
            self.cells += len(places)
            self.rows = max(self.rows, *map(int, set(places)), 0)
            further = set(_further_than(self.columns).findall(block))
            self.columns = max(self.columns, *(column_number(item.decode()) for item in further), 0)
        else:
            self.is_usual = False
            self._see_unusual(block)
        self._see_texts(block)
        self._check()
        self._see_details(block)

    def _see_unusual(self, block: bytes) -> None:
        for name, attributes in _ANY_TAG.findall(block):
            place = _ANY_PLACE.search(attributes)
            if name == b"row":
                self.cells_of_row = 0
                self.implicit_rows += place is None
                if place:
                    self.rows = max(self.rows, int(place[2]))
            else:
                self.cells += 1
                self.cells_of_row += 1
                self.columns = max(self.columns, self.cells_of_row)
                if place and place[1]:
                    self.rows = max(self.rows, int(place[2]))
                    # Cells without a place follow the one before.
                    self.cells_of_row = max(self.cells_of_row, column_number(place[1].decode()))
                    self.columns = max(self.columns, self.cells_of_row)

    def _see_texts(self, block: bytes) -> None:
        self.text_bytes += 0 if b"<is>" not in block else len(block)
        if not len(self.text_lengths):
            return
        longest = int(self.text_lengths.max())
        # Any other way to write the type is rare and counts once for every cell.
        uses = block.count(b't="s"') if self.is_usual else block.count(b"<")
        if uses * longest < 8 * len(block):
            self.text_bytes += uses * longest
            return
        numbers = np.array(_SHARED.findall(block), dtype=np.int64)
        numbers = numbers[numbers < len(self.text_lengths)]
        self.text_bytes += int(self.text_lengths[numbers].sum()) + (uses - min(uses, len(numbers))) * longest

    def _check(self) -> None:
        rows = self.rows + self.implicit_rows
        box = rows * self.columns
        if rows > self.limits.rows_max:
            raise SheetTooLarge(rows=f"{rows:,}", columns=f"{self.columns:,}")
        if self.text_bytes > TEXT_BYTES_MAX:
            raise SheetTooLarge(rows=f"{rows:,}", columns=f"{self.columns:,}")
        if self.cells > CELLS_MAX or box > SPARSE_CELLS_MAX * 1000:
            raise SheetTooLarge(rows=f"{rows:,}", columns=f"{self.columns:,}")

    def _see_details(self, block: bytes) -> None:
        if b'hidden="' in block and len(self.hidden_rows) < PLACES_MAX:
            for attributes in _ROW.findall(block):
                place = _ANY_PLACE.search(attributes)
                if place and _HIDDEN.search(attributes):
                    self.hidden_rows.append(int(place[2]))
        if b't="e"' in block and len(self.errors) < PLACES_MAX:
            for place, text in _ERROR.findall(block):
                self.errors.append((*_place(place), text.decode("utf-8", "replace")))
        if b"<f" in block and len(self.empty_formulas) < PLACES_MAX:
            for place, attributes in _EMPTY_FORMULA.findall(block):
                if b't="str"' not in attributes:
                    self.empty_formulas.append(_place(place))

    def scan(self) -> SheetScan:
        rows = self.rows + self.implicit_rows
        box = rows * self.columns
        if box > CELLS_MAX or (box > SPARSE_CELLS_MAX and box > self.cells * SPARSE_RATIO_MAX):
            raise SheetTooLarge(rows=f"{rows:,}", columns=f"{self.columns:,}")
        return SheetScan(
            rows,
            self.columns,
            self.cells,
            tuple(self.hidden_rows[:PLACES_MAX]),
            tuple(self.hidden_columns),
            self.is_filtered,
            tuple(self.errors[:PLACES_MAX]),
            tuple(self.empty_formulas[:PLACES_MAX]),
            margins=tuple(self.margins),
        )


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
        if self.characters > TEXT_BYTES_MAX:
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
        elif self.has_formula and len(self.empty_formulas) < PLACES_MAX:
            self.empty_formulas.append((self.row + 1, self.column + 1))
        self.column += self.cell_repeats

    def _check(self) -> None:
        is_sparse = self.rows * self.columns > max(SPARSE_CELLS_MAX, self.cells * SPARSE_RATIO_MAX)
        is_large = self.rows * self.columns > CELLS_MAX or self.text_bytes > TEXT_BYTES_MAX
        if is_sparse or is_large or self.rows > self.limits.rows_max:
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
        )
        self.sheets.append((self.name, self.visibility, scan))

    def close(self) -> None:
        """Nothing is left to do at the end of the document."""


def _repeats(attributes: dict[str, str], name: str) -> int:
    return max(1, _number(attributes.get(name, "1").encode()))


def _number(digits: bytes) -> int:
    return int(digits) if digits.isdigit() and len(digits) < 10 else 1


def _place(name: bytes) -> tuple[int, int]:
    letters = name.rstrip(b"0123456789")
    return int(name[len(letters) :]), column_number(letters.decode())


def scan_xls(path: Path) -> tuple[list[tuple[str, str, SheetScan]], bool, tuple[str, ...]]:
    """Return name, visibility and scan of each sheet of an XLS file, whether its days count from 1904, and its author.

    Raises whatever xlrd raises for a broken file.
    """
    import xlrd  # type: ignore[import-untyped]

    entries = []
    with xlrd.open_workbook(path, formatting_info=True, on_demand=True, ragged_rows=True, logfile=_Silent()) as book:
        for number, name in enumerate(book.sheet_names()):
            sheet = book.sheet_by_index(number)
            visibility = {0: "visible", 1: "hidden", 2: "very-hidden"}.get(sheet.visibility, "hidden")
            entries.append((name, visibility, _scan_xls_sheet(sheet)))
            book.unload_sheet(number)
        return entries, book.datemode == 1, tuple(filter(None, [book.user_name.strip()]))


def _scan_xls_sheet(sheet: Any) -> SheetScan:
    rows = columns = cells = 0
    errors: list[tuple[int, int, str]] = []
    for row in range(sheet.nrows):
        types = sheet.row_types(row)
        filled = [column for column, kind in enumerate(types) if kind not in (0, 6)]
        if filled:
            rows, columns, cells = row + 1, max(columns, filled[-1] + 1), cells + len(filled)
        if 5 in types and len(errors) < PLACES_MAX:
            errors += [(row + 1, column + 1, _xls_error(sheet, row, column)) for column in filled if types[column] == 5]
    if rows * columns > max(SPARSE_CELLS_MAX, cells * SPARSE_RATIO_MAX) or rows * columns > CELLS_MAX:
        raise SheetTooLarge(rows=f"{rows:,}", columns=f"{columns:,}")
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
