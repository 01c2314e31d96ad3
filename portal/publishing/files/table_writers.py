"""CSV, XLSX and JSON downloads of tables: quoting, line ends, frozen header, codes (leading zeros) as text.

Tables are written row by row: UTF-8 CSV, XLSX with codes as text, and a JSON array of objects. What is written depends
on the rows alone, never on the clock, so the same rows give the same bytes.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

import simplejson

from portal.publishing.files.sheet_file import (
    CellTooLongError,
    SheetFile,
    SheetTooLargeError,
    is_exact_day,
    is_exact_number,
    sheet_title,
)

JSON_RATIO_MAX = 50
"""A table that gets more than so many times larger as JSON, which names each column in every row, gets no JSON."""
JSON_RATIO_MATTERS_BYTES = 64 * 1024 * 1024
"""Below this size nobody asks how much larger the JSON of a table is."""


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
        self._file = SheetFile(path, sheet_title(path.stem), names)

    def add(self, values: Sequence[Any], texts: Sequence[str]) -> None:
        """Write one row; raises DoesNotFit for a text longer than a cell holds."""
        cells = [
            value if value is None or is_exact_number(value) or is_exact_day(value) else text
            for value, text in zip(values, texts, strict=True)
        ]
        try:
            self._file.add(cells)
        except (CellTooLongError, SheetTooLargeError) as error:
            raise DoesNotFit from error

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


def json_value(value: Any, text: str) -> Any:
    """Return a parsed value as it stands in JSON; what JSON has no kind for stands as *text*."""
    if isinstance(value, Decimal) and not value.is_finite():
        return None
    return value if value is None or isinstance(value, str | bool | int | float | Decimal | dict | list) else text
