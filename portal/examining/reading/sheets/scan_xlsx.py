"""XLSX sheets looked through before they are read: size, errors, hidden rows, formulas without value.

Its XML is looked through as bytes, piece by piece, since a parser that makes an object for every cell takes longer
than reading the values; what is not written as all known programs write it takes a slower way that assumes the worst.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import Any

import numpy as np

from portal.examining.reading.sheets.number_formats import NumberFormat
from portal.examining.reading.sheets.scan import (
    PLACES_MAX,
    SheetScan,
    SheetTooLarge,
    UnusualSheet,
    check_density,
    check_size,
    column_letters,
    column_number,
    number_of,
)
from portal.examining.reading.sheets.scan_formats import FormattedCells
from portal.model.limits import Limits

ROW_BYTES_MAX = 16 * 1024**2
"""So much of a sheet is held while the end of a row is waited for."""
_SHARED_TEXT_BYTES = 32
"""What a shared text takes besides its own bytes; the workbook holds all of them while a sheet is read."""
_INLINE_MARKUP_BYTES = 24
"""Of the markup around a text in its cell so many bytes are more than the text takes besides its own bytes."""
_ANY_CELL = re.compile(rb"<(?:[\w.-]{1,40}:)?c[\s/>]")
_PLACE = re.compile(rb"[A-Z]{1,3}[0-9]{1,7}")
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
_SHARED = re.compile(rb't="s"[^<>]{0,300}><v>([0-9]{1,9})</v>')
"""Begins with what it looks for, not with a border of a word: then it takes a quarter of the time."""
_ROW_NUMBER = re.compile(rb'<row r="([0-9]{1,7})"')
_EMPTY = rb"[^<>]*(?:/>|>\s*</c>|>\s*<v\s*/>\s*</c>|><v></v></c>)"
"""What follows the place of a cell that is formatted and holds nothing."""
_EMPTY_CELL = re.compile(rb'<c r="' + _EMPTY)
_ANY_EMPTY = re.compile(
    rb"[^<>]*/>|[^<>]*>\s*(?:<(?:[\w.-]{1,40}:)?v\s*/>|<(?:[\w.-]{1,40}:)?v>\s*</[^<>]*>)?\s*</(?:[\w.-]{1,40}:)?c\s*>"
)
_ANY_TAG = re.compile(rb"<(?:[\w.-]{1,40}:)?(row|c)(?=[\s/>])([^<>]*)>")
_ANY_PLACE = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Za-z]{0,3})([0-9]{1,9})["']""")


def _beyond(row: int, column: int) -> re.Pattern[bytes]:
    """Return the pattern of a filled cell right of *column*, below *row*, or whose place is none: few match.

    >>> cells = b'<c r="AB12"><v>1</v></c><c r="A9"/><c r="AC1"><v>1</v></c><c r="B13"><v>1</v></c><c r="XFD9" s="1"/>'
    >>> _beyond(row=12, column=28).findall(cells)
    [b'AC1', b'B13']
    """
    letters, digits = _up_to(column_letters(column), "A", "Z"), _up_to(str(row), "0", "9")
    place = rf'<c r="(?!(?:{letters})(?:{digits})")([^"<>]{{0,20}})"'
    return re.compile(place.encode() + rb"(?!" + _EMPTY + rb")")


@lru_cache
def _up_to(last: str, low: str, high: str) -> str:
    """Return the pattern of texts that are shorter than *last* or, as long, not after it; *low* to *high* are allowed.

    >>> _up_to("205", "0", "9")
    '205|[0-1][0-9]{2}|20[0-4]|[0-9]{1,2}'
    """
    patterns = [last]
    for place, letter in enumerate(last):
        if letter > low:
            rest = len(last) - place - 1
            repeated = {0: "", 1: f"[{low}-{high}]"}.get(rest, f"[{low}-{high}]{{{rest}}}")
            patterns.append(f"{last[:place]}[{low}-{chr(ord(letter) - 1)}]{repeated}")
    if len(last) > 1:
        patterns.append(f"[{low}-{high}]{{1,{len(last) - 1}}}")
    return "|".join(patterns)


def scan_xlsx_sheet(
    pieces: Iterator[bytes],
    limits: Limits,
    text_lengths: Any = None,
    formats: Mapping[int, NumberFormat] | None = None,
    *,
    starts_1904: bool = False,
) -> SheetScan:
    """Look through the XML of a sheet. *text_lengths* are the bytes of each shared text (an array of numbers).

    *formats* are what the styles of cells show beyond the number, by the number of the style.
    Raises SheetTooLarge and UnusualSheet.
    """
    lengths = np.asarray(text_lengths if text_lengths is not None else [], dtype=np.int64)
    formatted = FormattedCells(formats or {}, starts_1904=starts_1904)
    seen = _Seen(limits, lengths, formatted, text_bytes=int(lengths.sum()) + _SHARED_TEXT_BYTES * len(lengths))
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
    formatted: FormattedCells
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
                first, last = (number_of(attributes.get(name, b"")) for name in (b"min", b"max"))
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
        is_usual = self._are_usual(block)
        if not is_usual:
            self.is_usual = False
            self._see_unusual(block)
        self.formatted.see(block, is_usual=is_usual)
        self._see_texts(block)
        self._check()
        self._see_details(block)

    def _are_usual(self, block: bytes) -> bool:
        """See rows and cells that all tell their places, as known programs write them; return False for others."""
        cells = block.count(b'<c r="')
        has_other_cells = b":c" in block or cells != block.count(b"<c")
        if has_other_cells and cells != len(_ANY_CELL.findall(block)):
            return False
        # A row without a number matters to the cells without a place that may follow.
        if block.count(b'<row r="') != block.count(b"<row"):
            return False
        if not cells:
            return True
        # Rows stand in their order but for those that are looked for below.
        last_row = max(self.rows, _last_filled_row(block), 1)
        last_column = max(self.columns, 1)
        beyond = set(_beyond(last_row, last_column).findall(block))
        if not all(map(_PLACE.fullmatch, beyond)):
            return False
        places = [_place(name) for name in beyond]
        self.cells += cells - _empty_cells(block, cells)
        self.rows = max(last_row, *(row for row, _ in places), 0)
        self.columns = max(last_column, *(column for _, column in places), 0)
        return True

    def _see_unusual(self, block: bytes) -> None:
        for tag in _ANY_TAG.finditer(block):
            name, attributes = tag.groups()
            place = _ANY_PLACE.search(attributes)
            if name == b"row":
                self.cells_of_row = 0
                self.implicit_rows += place is None
            else:
                self.cells_of_row += 1
                if place and place[1]:
                    # Cells without a place follow the one before.
                    self.cells_of_row = max(self.cells_of_row, column_number(place[1].decode()))
                if _ANY_EMPTY.match(block, tag.start(2)):
                    continue
                self.cells += 1
                self.columns = max(self.columns, self.cells_of_row)
                if place and place[1]:
                    self.rows = max(self.rows, int(place[2]))

    def _see_texts(self, block: bytes) -> None:
        if b"<is>" in block:
            self.text_bytes += len(block) - _INLINE_MARKUP_BYTES * block.count(b"<is>")
        if not len(self.text_lengths):
            return
        longest = int(self.text_lengths.max())
        # Any other way to write the type is rare and counts once for every cell.
        uses = block.count(b't="s"') if self.is_usual else block.count(b"<")
        if uses * longest < len(block):
            self.text_bytes += uses * longest
            return
        numbers = np.fromstring(b" ".join(_SHARED.findall(block)), dtype=np.int64, sep=" ")
        numbers = numbers[numbers < len(self.text_lengths)]
        self.text_bytes += int(self.text_lengths[numbers].sum()) + (uses - min(uses, len(numbers))) * longest

    def _check(self) -> None:
        rows = self.rows + self.implicit_rows
        if rows > self.limits.rows_max:
            raise SheetTooLarge(rows=f"{rows:,}", columns=f"{self.columns:,}")
        check_size(rows, self.columns, self.cells, self.text_bytes)

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
        check_density(rows, self.columns, self.cells)
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
            unreal_days=tuple(self.formatted.unreal_days),
            shown=self.formatted.shown,
        )


def _last_filled_row(block: bytes) -> int:
    """Return the number of the row in which the last value stands, 0 where none is found."""
    value = max(block.rfind(b"</v>"), block.rfind(b"</is>"))
    found = _ROW_NUMBER.match(block, max(block.rfind(b"<row ", 0, value), 0)) if value >= 0 else None
    return int(found[1]) if found else 0


def _empty_cells(block: bytes, cells: int) -> int:
    """Return how many of the *cells* are formatted and hold nothing; whether there may be any is cheap to ask."""
    values = block.count(b"</v>")
    if cells == values or cells == values + block.count(b"</is>"):
        return 0
    return len(_EMPTY_CELL.findall(block))


def _place(name: bytes) -> tuple[int, int]:
    letters = name.rstrip(b"0123456789")
    return int(name[len(letters) :]), column_number(letters.decode())
