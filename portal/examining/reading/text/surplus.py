"""Rows and columns of a CSV that are none: trailing rows of commas, a trailing empty column, \\N beside an escape sign.

Spreadsheet programs save formatted empty cells, and some exports end every line in a delimiter. What is empty to the
last cell is set apart and told once; whatever holds anything stays where it is.
"""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.examining.reading.text.dialects import CsvDialect
from portal.examining.reading.text.quotes import LINE_BYTES_MAX

PIECE_BYTES = 1024 * 1024
_USUAL_SHARE = 0.9
"""Where so many of the rows end in an empty cell too many, it is the way of the file and no slip."""
_NULL = "\\N"


def blank_end(path: Path, dialect: CsvDialect) -> tuple[int, int]:
    """Return the byte at which the blank rows at the end of a text begin, and how many there are.

    A row of delimiters, quotes and blanks is blank. Raises OSError.
    """
    size = at = path.stat().st_size
    signs = f"{dialect.delimiter}{dialect.quote_char}"
    blanks = f"{signs if signs.isascii() else ''} \t\r\n".encode()
    content_end = 0
    with path.open("rb") as file:
        while at and not content_end:
            start = max(at - PIECE_BYTES, 0)
            file.seek(start)
            rest = file.read(at - start).rstrip(blanks)
            content_end, at = start + len(rest) if rest else 0, start
        file.seek(content_end)
        rows_start = content_end + len(file.readline(LINE_BYTES_MAX))
        if not content_end or rows_start >= size:
            return size, 0
        file.seek(rows_start)
        count = 0
        while line := file.readline(LINE_BYTES_MAX):
            if dialect.quote_char and line.count(dialect.quote_char.encode()) % 2:
                return size, 0  # the end of a cell over several lines
            count += 1
    return rows_start, count


def cut_off(source: Path, end: int, target: Path) -> None:
    """Write the first *end* bytes of *source*."""
    shutil.copyfile(source, target)
    with target.open("r+b") as file:
        file.truncate(end)


@dataclass(frozen=True)
class Surplus:
    """Columns that are none: so many are kept, and so many left out."""

    kept: int
    left_out: int


def surplus_columns(path: Path, dialect: CsvDialect, header_row: int, labels: Sequence[str]) -> Surplus | None:
    """Find columns at the right that have no name and no value in any row; None where there are none.

    Where the header does not have them, nearly all rows must. Raises csv.Error.
    """
    kept = len(labels)
    while kept and not labels[kept - 1].strip():
        kept -= 1
    if not kept:
        return None
    has_labels = kept < len(labels)
    rows = longer = 0
    width = len(labels)
    with path.open(encoding="utf-8", newline="") as file:
        for number, cells in enumerate(dialect.reader(file), start=1):
            if number <= header_row or not cells or dialect.is_comment(number, cells):
                continue
            rows += 1
            if len(cells) > kept:
                if any(cell and not cell.isspace() for cell in cells[kept:]):
                    return None
                longer += 1
                width = max(width, len(cells))
    if not has_labels and (not longer or longer < rows * _USUAL_SHARE):
        return None
    return Surplus(kept, width - kept)


def may_have_surplus(dialect: CsvDialect, header_row: int, labels: Sequence[str], lines: Sequence[str]) -> bool:
    """Whether the first *lines* of a text allow for `surplus_columns`, so that the whole of it is worth a look."""
    if not dialect.has_header or not labels:
        return False
    if not labels[-1].strip():
        return True
    try:
        rows = (cells for number, cells in enumerate(dialect.reader(lines), start=1) if number > header_row)
        return len(next(rows, ())) > len(labels) or len(next(rows, ())) > len(labels)
    except csv.Error:
        return False


def has_escaped_nulls(path: Path, dialect: CsvDialect) -> bool:
    """Whether a text whose escape sign is the backslash holds ``\\\\N``, which would be read as the letter N."""
    if dialect.escape_char != "\\":
        return False
    with path.open("rb") as file:
        return any(_NULL.encode() in line for line in iter(lambda: file.readline(LINE_BYTES_MAX), b""))


def without_escaped_nulls(source: Path, dialect: CsvDialect, target: Path) -> list[int]:
    """Write a text with empty cells in place of ``\\\\N``; return the lines, from 1, that held one."""
    ends = re.escape(dialect.delimiter)
    null = re.compile(rf"(?:^|(?<={ends}))\\N(?={ends}|\r|\n|$)")
    found = []
    with source.open(encoding="utf-8", newline="") as file, target.open("w", encoding="utf-8", newline="") as out:
        for number, line in enumerate(iter(lambda: file.readline(LINE_BYTES_MAX), ""), start=1):
            plain, count = null.subn("", line) if _NULL in line else (line, 0)
            if count:
                found.append(number)
            out.write(plain)
    return found
