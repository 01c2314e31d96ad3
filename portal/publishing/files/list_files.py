"""Writers of lists as XLSX (filter, frozen header) and JSON, row by row; no cell a formula.

The lists may be of any length.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import xlsxwriter

from portal.publishing.files.sheet_file import XLSX_CELL_CHARACTERS_MAX

_CREATED = datetime(2000, 1, 1)


class XlsxList:
    """A list as a workbook; every cell is text."""

    def __init__(self, path: Path, title: str, headers: Sequence[str], widths: Sequence[int]) -> None:
        self._columns = len(headers)
        self._book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
        self._book.set_properties({"created": _CREATED})
        self._sheet = self._book.add_worksheet(title)
        bold = self._book.add_format({"bold": True})
        for column, (header, width) in enumerate(zip(headers, widths, strict=True)):
            self._sheet.set_column(column, column, width)
            self._sheet.write_string(0, column, header, bold)
        self._sheet.freeze_panes(1, 1)
        self._rows = 0

    def add(self, row: Iterable[str]) -> None:
        """Add a row."""
        self._rows += 1
        for column, cell in enumerate(row):
            if cell:
                text = cell[:XLSX_CELL_CHARACTERS_MAX].encode("utf-8", "replace").decode()
                self._sheet.write_string(self._rows, column, text)

    def close(self) -> None:
        """Write the workbook."""
        self._sheet.autofilter(0, 0, max(self._rows, 1), self._columns - 1)
        self._book.close()


class JsonList:
    """A JSON object with a few keys and then a list, an entry a line."""

    def __init__(self, file: IO[str], head: dict[str, Any], key: str) -> None:
        self._file = file
        text = json.dumps(head, ensure_ascii=False)[:-1]
        self._file.write(f"{text}, {json.dumps(key)}: [")
        self._separator = "\n"

    def add(self, entry: dict[str, Any]) -> None:
        """Add an entry."""
        self._file.write(self._separator + json.dumps(entry, ensure_ascii=False, default=str))
        self._separator = ",\n"

    def close(self) -> None:
        """End the list and the object."""
        self._file.write("\n]}\n")
