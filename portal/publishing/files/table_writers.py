"""CSV, XLSX and JSON downloads of tables: quoting, line ends, frozen header, codes (leading zeros) as text.

Tables are written row by row: UTF-8 CSV, XLSX with codes as text, and a JSON array of objects. What is written depends
on the rows alone, never on the clock, so the same rows give the same bytes.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

import simplejson
import xlsxwriter

XLSX_CELL_CHARACTERS_MAX = 32_767
"""A table with a longer cell gets no XLSX; a longer name of a column is cut. A cell of XLSX ends here."""
XLSX_DIGITS_MAX = 15
"""A number of more digits is text in XLSX, which keeps doubles."""
XLSX_SHEET_NAME_MAX = 31
"""Characters of the name of a sheet."""
XLSX_INTEGER_END = 10**15

JSON_RATIO_MAX = 50
"""A table that gets more than so many times larger as JSON, which names each column in every row, gets no JSON."""
JSON_RATIO_MATTERS_BYTES = 64 * 1024 * 1024
"""Below this size nobody asks how much larger the JSON of a table is."""
_XLSX_CREATED = datetime(2000, 1, 1)
_XLSX_FIRST_DAY = date(1900, 3, 1)


class DoesNotFit(Exception):
    """The table cannot be written in this format without losing something."""


class TableWriter(Protocol):
    """Takes the rows of a table, each as parsed values (None: no value) and as text."""

    def add(self, values: Sequence[Any], texts: Sequence[str]) -> None:
        """Write one row."""

    def close(self) -> None:
        """Finish the file."""


class CsvWriter:
    """RFC 4180: UTF-8 without a byte order mark, comma, CRLF; a cell without a value is empty."""

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        self._file = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file, lineterminator="\r\n")
        self._writer.writerow(names)

    def add(self, values: Sequence[Any], texts: Sequence[str]) -> None:
        """Write one row."""
        self._writer.writerow(texts)

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


class JsonWriter:
    """An array with one object a row on a line of its own; numbers keep all their digits."""

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        self._file = path.open("w", encoding="utf-8", newline="")
        self._names = list(names)
        self._separator = "[\n"
        self._written = self._needed = 0

    def add(self, values: Sequence[Any], texts: Sequence[str]) -> None:
        """Write one row; raises DoesNotFit where the names of the columns, which stand in every row, are too much."""
        row = {name: json_value(value, text) for name, value, text in zip(self._names, values, texts, strict=True)}
        told = simplejson.dumps(row, ensure_ascii=False, use_decimal=True, ignore_nan=True, default=str)
        self._written += len(told)
        self._needed += sum(map(len, texts)) + len(texts)
        if self._written > max(JSON_RATIO_MATTERS_BYTES, self._needed * JSON_RATIO_MAX):
            raise DoesNotFit
        self._file.write(self._separator)
        self._file.write(told)
        self._separator = ",\n"

    def close(self) -> None:
        """Finish the file."""
        self._file.write("[]\n" if self._separator == "[\n" else "\n]\n")
        self._file.close()


class XlsxWriter:
    """One sheet, named as the file is, with a fixed header. Only what a spreadsheet holds exactly is not text.

    That are numbers of few digits, days and times without a zone. A cell of text says that it is (format ``@``), so
    that a code is one still when somebody goes into the cell and out again.
    """

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        self._book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
        self._book.set_properties({"created": _XLSX_CREATED})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._time = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._text = self._book.add_format({"num_format": "@"})
        self._sheet = self._book.add_worksheet(sheet_name(path.stem))
        self._sheet.freeze_panes(1, 0)
        bold = self._book.add_format({"bold": True, "num_format": "@"})
        for column, name in enumerate(names):
            self._sheet.write_string(0, column, name[:XLSX_CELL_CHARACTERS_MAX], bold)
        self._row = 0

    def add(self, values: Sequence[Any], texts: Sequence[str]) -> None:
        """Write one row; raises DoesNotFit for a text longer than a cell holds."""
        self._row += 1
        for column, (value, text) in enumerate(zip(values, texts, strict=True)):
            if value is None:
                continue
            if isinstance(value, bool):
                self._sheet.write_boolean(self._row, column, value)
            elif _is_exact_number(value):
                self._sheet.write_number(self._row, column, float(value))
            elif type(value) is date and value >= _XLSX_FIRST_DAY:
                self._sheet.write_datetime(self._row, column, datetime(value.year, value.month, value.day), self._day)
            elif _is_exact_time(value):
                self._sheet.write_datetime(self._row, column, value, self._time)
            elif len(text) > XLSX_CELL_CHARACTERS_MAX:
                raise DoesNotFit
            else:
                self._sheet.write_string(self._row, column, text, self._text)

    def close(self) -> None:
        """Finish the file."""
        self._book.close()


def sheet_name(text: str) -> str:
    """Return a name that a sheet may have for a resource: 31 characters, none of ``[]:*?/\\``, no apostrophe outside.

    >>> sheet_name("stations-of-the-city-by-district-and-street"), sheet_name("'a/b'"), sheet_name("History")
    ('stations-of-the-city-by-distric', 'a_b', 'History_')
    """
    plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "_", text)[:XLSX_SHEET_NAME_MAX].strip("'")
    return f"{plain}_" if plain.casefold() == "history" else plain or "data"


def json_value(value: Any, text: str) -> Any:
    """Return a parsed value as it stands in JSON; what JSON has no kind for stands as *text*."""
    if isinstance(value, Decimal) and not value.is_finite():
        return None
    return value if value is None or isinstance(value, str | bool | int | float | Decimal | dict | list) else text


def _is_exact_time(value: object) -> bool:
    """Whether a spreadsheet can hold a time: whole seconds, no zone, after the day that spreadsheets count wrongly."""
    return (
        type(value) is datetime and value.tzinfo is None and not value.microsecond and value.date() >= _XLSX_FIRST_DAY
    )


def _is_exact_number(value: object) -> bool:
    if isinstance(value, int):
        return abs(value) < XLSX_INTEGER_END
    if isinstance(value, Decimal):
        digits = len(value.as_tuple().digits)
        return value.is_finite() and digits <= XLSX_DIGITS_MAX and abs(value.adjusted()) < 300
    return isinstance(value, float) and math.isfinite(value)
