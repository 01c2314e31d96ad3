"""XLSX of one sheet, written row by row in constant memory: cells as XML of our own in a workbook of XlsxWriter.

XlsxWriter makes what a workbook has but once (styles, names, a fixed header); each of its cells costs several times as
much as to write its text, and a table has millions of them. What is written depends on the values alone, never on the
clock.

Source: ECMA-376, Part 1, 18.3.1.4 (cells), 22.9.2.19 (characters that XML does not hold: ``_x000D_``).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, Literal

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

XLSX_CELL_CHARACTERS_MAX = 32_767
"""A table with a longer cell gets no XLSX; a longer name of a column is cut. A cell of XLSX ends here."""
XLSX_SHEET_NAME_MAX = 31
"""Characters of the name of a sheet."""
XLSX_ROWS_MAX = 1_048_575
"""Rows of a sheet below its header."""
XLSX_COLUMNS_MAX = 16_384
"""Columns of a sheet."""
XLSX_SHEET_BYTES_MAX = 2_000_000_000
"""XML of a sheet; ZIP files with larger parts are not opened by every spreadsheet program."""
XLSX_DIGITS_MAX = 15
"""A number of more digits is text in XLSX, which keeps doubles."""
XLSX_INTEGER_END = 10**15
XLSX_FIRST_DAY = date(1900, 3, 1)
"""Before this day Excel counts one that there was not."""

Kind = Literal["number", "text", "date", "datetime"]
SheetCell = str | bool | int | float | Decimal | date | datetime | None
"""What a cell may hold: numbers that a double holds (`is_exact_number`), days and times as `is_exact_day` has them."""

_CREATED = datetime(2000, 1, 1)
_FORMATS: dict[Kind, dict[str, str]] = {
    "number": {},
    "text": {"num_format": "@"},
    "date": {"num_format": "yyyy-mm-dd"},
    "datetime": {"num_format": "yyyy-mm-dd hh:mm:ss"},
}
_SHEET = "xl/worksheets/sheet1.xml"
_PART_DATE = (1980, 1, 31, 0, 0, 0)
_PIECE_CHARACTERS = 500_000
_EPOCH_ORDINAL = date(1899, 12, 30).toordinal()
_SPECIAL = re.compile(r"[\x00-\x1f&<>\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_|^\s|\s\Z")
_LIKE_ESCAPED = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


class CellTooLongError(ValueError):
    """A text is longer than a cell holds; *column* is its place in the row, from 0."""

    def __init__(self, column: int) -> None:
        super().__init__(column)
        self.column = column


class SheetTooLargeError(ValueError):
    """The table is larger than spreadsheet programs read."""


class SheetFile:
    """A workbook of one sheet in *file*, with *names* as a fixed header; *kinds* are the formats of whole columns."""

    def __init__(self, file: Path | IO[bytes], title: str, names: Sequence[str], kinds: Sequence[Kind] = ()) -> None:
        parts, head, tail, styles = _skeleton(title, names, kinds)
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self._sheet: IO[bytes] | None = None
        try:
            for name, content in parts:
                self._zip.writestr(_part(name), content)
            self._sheet = self._zip.open(_part(_SHEET), "w")
            self._sheet.write(head)
        except BaseException:
            self.close(is_whole=False)
            raise
        self._tail = tail
        self._letters = [xl_col_to_name(column) for column in range(len(names))]
        self._tellers = _tellers(styles)
        self._row, self._bytes = 1, len(head)
        self._pending, self._pending_characters = list[str](), 0

    def add(self, cells: Sequence[SheetCell]) -> None:
        """Write one row. Raises CellTooLongError, and SheetTooLargeError for more than spreadsheet programs read."""
        self._row += 1
        number, tellers = self._row, self._tellers
        if number > XLSX_ROWS_MAX + 1 or len(cells) > XLSX_COLUMNS_MAX or self._bytes > XLSX_SHEET_BYTES_MAX:
            raise SheetTooLargeError
        told = [f'<row r="{number}">']
        for letters, cell in zip(self._letters, cells, strict=True):
            if cell is not None:
                if type(cell) is str and len(cell) > XLSX_CELL_CHARACTERS_MAX:
                    raise CellTooLongError(self._letters.index(letters))
                told.append(f'<c r="{letters}{number}"{tellers[type(cell)](cell)}</c>')
        told.append("</row>")
        self._pending.append("".join(told))
        self._pending_characters += len(self._pending[-1])
        if self._pending_characters > _PIECE_CHARACTERS:
            self._write_pending()

    def close(self, *, is_whole: bool = True) -> None:
        """Finish the file; where it *is_whole*, so that a program can open it."""
        try:
            if is_whole and self._sheet:
                self._write_pending()
                self._sheet.write(self._tail)
        finally:
            try:
                if self._sheet:
                    self._sheet.close()
            finally:
                self._zip.close()

    def _write_pending(self) -> None:
        piece = "".join(self._pending).encode()
        self._pending.clear()
        self._pending_characters = 0
        self._bytes += len(piece)
        if self._sheet:
            self._sheet.write(piece)


def sheet_title(text: str) -> str:
    """Return a name that a sheet may have for a resource: 31 characters, none of ``[]:*?/\\``, no apostrophe outside.

    >>> sheet_title("stations-of-the-city-by-district-and-street"), sheet_title("'a/b'"), sheet_title("History")
    ('stations-of-the-city-by-distric', 'a_b', 'History_')
    """
    plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "_", text)[:XLSX_SHEET_NAME_MAX].strip("'").strip()
    return f"{plain}_" if plain.casefold() == "history" else plain or "data"


def is_exact_number(value: object) -> bool:
    """Whether a spreadsheet, which reckons with doubles, holds a number to the last digit."""
    if isinstance(value, int):
        return abs(value) < XLSX_INTEGER_END
    if isinstance(value, Decimal):
        return value.is_finite() and len(value.as_tuple().digits) <= XLSX_DIGITS_MAX and abs(value.adjusted()) < 300
    return isinstance(value, float) and value - value == 0


def is_exact_day(value: object) -> bool:
    """Whether a spreadsheet holds a day or time: no zone, whole seconds, after the day that Excel counts wrongly."""
    if type(value) is datetime:
        return value.tzinfo is None and not value.microsecond and value.date() >= XLSX_FIRST_DAY
    return type(value) is date and value >= XLSX_FIRST_DAY


def _tellers(styles: dict[Kind, str]) -> dict[type, Callable[[Any], str]]:
    """Return how a cell of each type is told, from the end of its address to the end of what it holds."""
    text, day, time = (f' s="{styles[kind]}"' for kind in ("text", "date", "datetime"))

    def string(value: str) -> str:
        if _SPECIAL.search(value):
            return f'{text} t="inlineStr"><is>{_escaped(value)}</is>'
        return f'{text} t="inlineStr"><is><t>{value}</t></is>'

    return {
        str: string,
        bool: lambda value: f' t="b"><v>{value:d}</v>',
        int: lambda value: f"><v>{value}</v>",
        float: lambda value: f"><v>{value:.16G}</v>",
        Decimal: lambda value: f"><v>{float(value):.16G}</v>",
        date: lambda value: f"{day}><v>{value.toordinal() - _EPOCH_ORDINAL}</v>",
        datetime: lambda value: f"{time}><v>{_serial(value):.16G}</v>",
    }


def _serial(value: datetime) -> float:
    seconds = value.hour * 3600 + value.minute * 60 + value.second
    return value.toordinal() - _EPOCH_ORDINAL + seconds / 86400


def _escaped(text: str) -> str:
    r"""Return a text as XML, with what XML does not hold written as ECMA-376 has it.

    >>> _escaped("a<b"), _escaped(" x"), _escaped("\x01"), _escaped("_x0041_")
    ('<t>a&lt;b</t>', '<t xml:space="preserve"> x</t>', '<t>_x0001_</t>', '<t>_x005F_x0041_</t>')
    """
    told = _LIKE_ESCAPED.sub(r"_x005F_\1", text)
    told = _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", told).translate(_ENTITIES)
    is_padded = text[:1].isspace() or text[-1:].isspace()
    return f'<t xml:space="preserve">{told}</t>' if is_padded else f"<t>{told}</t>"


def _part(name: str) -> zipfile.ZipInfo:
    part = zipfile.ZipInfo(name, _PART_DATE)
    part.compress_type = zipfile.ZIP_DEFLATED
    part.external_attr = 0o600 << 16
    return part


def _skeleton(
    title: str, names: Sequence[str], kinds: Sequence[Kind]
) -> tuple[list[tuple[str, bytes]], bytes, bytes, dict[Kind, str]]:
    """Return the parts of a workbook but the sheet, how the sheet begins and ends, and the number of each style."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    book.set_properties({"created": _CREATED})
    sheet = book.add_worksheet(title)
    sheet.freeze_panes(1, 0)
    formats = {kind: book.add_format(dict(given)) for kind, given in _FORMATS.items() if given}
    for column, kind in enumerate(kinds):
        sheet.set_column(column, column, None, formats.get(kind))
    bold = book.add_format({"bold": True, "num_format": "@"})
    for column, name in enumerate(names):
        sheet.write_string(0, column, name[:XLSX_CELL_CHARACTERS_MAX], bold)
    for column, format_ in enumerate(formats.values()):
        sheet.write_blank(1, column, None, format_)
    book.close()
    with zipfile.ZipFile(file) as made:
        parts = [(name, made.read(name)) for name in made.namelist() if name != _SHEET]
        xml = made.read(_SHEET).decode()
    xml = re.sub("<dimension [^>]*/>", "", xml, count=1)  # it would tell two rows, and may be left out
    head, samples, tail = re.split('(?<=</row>)(<row r="2"[^>]*>.*?</row>)', xml, maxsplit=1)
    styles = dict(zip(formats, re.findall(r' s="(\d+)"', samples), strict=True))
    return parts, head.encode(), tail.encode(), styles
