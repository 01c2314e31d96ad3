"""A table as it was understood: plain UTF-8 text, dialect, schema, and rows' places in the original file.

A workbook, an archive, JSON or a GBK file becomes the same thing: a CSV file, a dialect without anything left to guess,
and a schema. Validation, screening, profiling and publishing all read that. What a reader decided on the way stands
beside it, so that it can be shown.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Part:
    """Where the rows of a table come from: from *first_row* of the text on, row r stands in row r + *offset* of *file*.

    *file* is relative to the folder of datasets and may go on into an archive: ``education/schools/a.zip/b.csv``.
    """

    file: str
    first_row: int = 1
    offset: int = 0


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook."""

    name: str
    rows: int
    columns: int
    is_hidden: bool = False
    is_chosen: bool = False


@dataclass(frozen=True)
class Decision:
    """One thing a reader decided, for the page "what we understood": *what* names it, *how* is how it was decided.

    *what* is one of: format, member, encoding, delimiter, sheet, header, title, notes, subtotals, normalised, parts.
    *value* and *how* are shown to people as they are, in both languages.
    """

    what: str
    value_zh: str
    value_en: str
    how_zh: str = ""
    how_en: str = ""


@dataclass(frozen=True)
class UnderstoodTable:
    """One table as text.

    *path* is a UTF-8 file without byte order mark and without NUL: the publisher's own where that is one already
    (*is_original*), else a copy in the working folder. Rows are records of it counted from 1, blank ones too, as
    Frictionless counts them. *schema* is the Table Schema to check against, {} for none.
    """

    resource: str
    path: Path
    is_original: bool
    labels: tuple[str, ...]
    delimiter: str = ","
    quote_char: str = '"'
    double_quote: bool = True
    escape_char: str = ""
    skip_initial_space: bool = False
    has_header: bool = True
    header_row: int = 1
    """The row of the labels; rows before it (titles, units, upper rows of a header) are no data."""
    comment_rows: tuple[int, ...] = ()
    """Rows after the header that are no data: notes and subtotals."""
    comment_char: str = ""
    header_case: bool = True
    schema: Mapping[str, Any] = field(default_factory=dict)
    encoding: str = "utf-8"
    """The encoding of the publisher's file; "" where its parts differ in it."""
    format: str = "csv"
    """The format of the publisher's file, archives taken off: csv, xlsx, json, parquet ..."""
    sheets: tuple[Sheet, ...] = ()
    parts: tuple[Part, ...] = ()
    decisions: tuple[Decision, ...] = ()
    column_offset: int = 0
    """Columns left of the table in the publisher's sheet: column c of the text is column c + this there."""
    outside: Path | None = None
    """What stands in the sheet outside of the table's columns: a line ``[row, column, text]`` of JSON for each cell."""

    def place_of(self, row: int) -> tuple[str, int]:
        """Return the file and the row in it that row *row* of the text comes from.

        >>> table = UnderstoodTable("t", Path("t.csv"), False, (), parts=(Part("a.csv"), Part("b.csv", 11, -9)))
        >>> table.place_of(10), table.place_of(11)
        (('a.csv', 10), ('b.csv', 2))
        """
        starts = [part.first_row for part in self.parts]
        part = self.parts[bisect_right(starts, row) - 1] if self.parts else Part("")
        return part.file, row + part.offset

    def column_of(self, column: int) -> int:
        """Return the column, from 1, in the publisher's file that column *column* of the text comes from.

        >>> UnderstoodTable("t", Path("t.csv"), False, (), column_offset=2).column_of(1)
        3
        """
        return column + self.column_offset
