r"""Quotes that make a CSV read wrongly: text after a closing quote, \" without escapeChar, a quote that swallows rows.

All readers of CSV go on without a word: the cell is cut another way than it was meant, or several rows become one. Only
texts whose quotes are not plain, or that have cells over several lines, are looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from portal.examining.reading.header_rows import looks_like_data
from portal.examining.reading.text.dialects import CsvDialect
from portal.findings.finding import Finding, found

SAMPLE_ROWS = 200
"""So many records of one line tell which columns hold numbers."""
_NUMERIC_SHARE = 0.9


@dataclass
class _Open:
    r"""A quoted cell: where it opened, and whether ``\"`` stood before what looks like its end."""

    row: int
    column: int
    seems_escaped: bool = False
    is_told: bool = False


def odd_quotes(path: Path, dialect: CsvDialect, place: Mapping[str, Any], findings_max: int) -> list[Finding]:
    """Return a finding for each quoted cell that goes on after its closing quote, at the row where it opens."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(islice(_odd_quotes(file, dialect, place), findings_max))


def _odd_quotes(lines: Iterable[str], dialect: CsvDialect, place: Mapping[str, Any]) -> Iterator[Finding]:
    quote, row = dialect.quote_char, 1
    cell: _Open | None = None
    for line in lines:
        if cell is None and quote not in line:
            row += 1
            continue
        at, column = 0, 1
        while at <= len(line):
            if cell is None:
                start = at + _blanks(line, at, dialect)
                if line[start : start + 1] != quote:
                    at, column = _next_cell(line, at, dialect), column + 1
                    continue
                cell, at = _Open(row, column), start + 1
            close = _closing(line, at, cell, dialect)
            if close < 0:
                break
            end = _next_cell(line, close + 1, dialect)
            rest = line[close + 1 : end - 1 if line[end - 1 : end] == dialect.delimiter else end]
            if rest.strip() and not cell.is_told:
                is_escape = line[close - 1 : close] == "\\" and not dialect.escape_char
                code: Literal["quote-backslash", "quote-text-after"] = (
                    "quote-backslash" if is_escape or cell.seems_escaped else "quote-text-after"
                )
                yield found(code, **place, row=cell.row, column=cell.column)
            at, column, cell = end, cell.column + 1, None
        if cell is None:
            row += 1
        elif cell.seems_escaped and not cell.is_told:
            yield found("quote-backslash", **place, row=cell.row, column=cell.column)
            cell.is_told = True


def _blanks(line: str, at: int, dialect: CsvDialect) -> int:
    return len(line[at:]) - len(line[at:].lstrip(" ")) if dialect.skip_initial_space else 0


def _next_cell(line: str, at: int, dialect: CsvDialect) -> int:
    """Return where the next cell begins; beyond the line where this one is its last."""
    while True:
        end = line.find(dialect.delimiter, at)
        if end < 0:
            return len(line) + 1
        if not dialect.escape_char or not _is_escaped(line, end, at, dialect.escape_char):
            return end + 1
        at = end + 1


def _closing(line: str, at: int, cell: _Open, dialect: CsvDialect) -> int:
    """Return where the closing quote of an open cell stands, -1 where it goes on in the next line."""
    quote, start = dialect.quote_char, at
    while True:
        at = line.find(quote, at)
        if at < 0:
            return -1
        if dialect.escape_char and _is_escaped(line, at, start, dialect.escape_char):
            at += 1
        elif dialect.double_quote and line[at + 1 : at + 2] == quote:
            is_end = line[at + 2 : at + 3] in (dialect.delimiter, "\r", "\n", "")
            if is_end and line[at - 1 : at] == "\\" and not dialect.escape_char:
                cell.seems_escaped = True
            at += 2
        else:
            return at


def _is_escaped(line: str, at: int, start: int, escape: str) -> bool:
    before = line[start:at]
    return (len(before) - len(before.rstrip(escape))) % 2 == 1


def swallowed_rows(
    path: Path, dialect: CsvDialect, header_row: int, width: int, place: Mapping[str, Any], findings_max: int
) -> list[Finding]:
    """Return a finding for each cell over several lines of which every line has the shape of a record.

    Where columns of numbers confirm it, that is an error; where there are none, a warning. Raises csv.Error.
    """
    if width < 2 or not dialect.quote_char:
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(islice(_swallowed(_Remembered(file), dialect, header_row, width, place), findings_max))


class _Remembered:
    """Hands lines on and keeps those of the record that is being read."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.taken: list[str] = []

    def __iter__(self) -> _Remembered:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.taken.append(line)
        return line


def _swallowed(
    lines: _Remembered, dialect: CsvDialect, header_row: int, width: int, place: Mapping[str, Any]
) -> Iterator[Finding]:
    plain: list[list[str]] = []
    doubtful: list[tuple[int, int, list[list[str]]]] = []
    for row, cells in enumerate(dialect.reader(lines), start=1):
        taken, lines.taken = lines.taken, []
        if row <= header_row or dialect.is_comment(row, cells):
            continue
        if len(taken) == 1:
            if len(plain) < SAMPLE_ROWS:
                plain.append(cells)
        elif all(line.count(dialect.delimiter) == width - 1 for line in taken):
            column = next((number for number, cell in enumerate(cells, start=1) if "\n" in cell or "\r" in cell), 1)
            bare = [line.rstrip("\r\n").replace(dialect.quote_char, "").split(dialect.delimiter) for line in taken]
            doubtful.append((row, column, bare))
    numeric = _numeric_columns(plain, width)
    for row, column, records in doubtful:
        if all(_fits(cells[number]) for cells in records for number in numeric):
            severity: Literal["error", "warning"] = "error" if numeric else "warning"
            yield found("quote-swallows-rows", severity=severity, **place, row=row, column=column, number=len(records))


def _fits(cell: str) -> bool:
    return not cell.strip() or looks_like_data(cell.strip())


def _numeric_columns(rows: list[list[str]], width: int) -> list[int]:
    """Return the columns, from 0, that hold numbers and days in nearly all of *rows*."""
    columns = []
    for place in range(width):
        cells = [row[place].strip() for row in rows if place < len(row) and row[place].strip()]
        if cells and sum(map(looks_like_data, cells)) >= len(cells) * _NUMERIC_SHARE:
            columns.append(place)
    return columns
