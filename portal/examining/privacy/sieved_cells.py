"""Cells of a table that may hold personal data, found fast by DuckDB; their rows, samples and counts.

The cells are sieved: which columns hold something to look at, and those cells with their records. The sieve is a
pattern of RE2 over columns in DuckDB, at most as dear as reading the file. Only what passes comes to Python. A table
that DuckDB does not read, and one whose records it counts otherwise, is sieved row by row instead.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from portal.examining.privacy.sieve import SHORT_BYTES, SHORT_SIGNS, SIEVE
from portal.examining.reading.cells_in_duckdb import (
    NotByColumns,
    column,
    connect,
    has_exact_records,
    quoted,
    refusals,
    relation_sql,
)
from portal.examining.reading.understood_tables import raw_rows
from portal.model.understood_table import UnderstoodTable

if TYPE_CHECKING:
    import duckdb

NO_PLAIN_NUMBER = r"^[\s\S]{11}|[^\x00-9]"
"""Long, or with a letter: what a number or date is not, that is too short to identify anybody."""

SMALL_BYTES = 200_000
"""A text of no more is read through before a database is open, even one that was loaded before."""


WIDE_MIN = 40
"""From so many columns on their cells are put below one another: DuckDB keeps a pattern, in two megabytes, a column."""
STACKED_MAX = 400
"""So many columns are put below one another at a time."""


@dataclass(frozen=True)
class Count:
    """How many cells of a column are filled, and how many passed the sieve."""

    filled: int = 0
    passed: int = 0


class Cells(Protocol):
    """The cells of one table. Columns count from 0."""

    def counts(self, patterns: Sequence[str]) -> list[Count]:
        """Count, for every column, the filled cells and those that hold its pattern."""

    def holding(self, patterns: Mapping[int, str]) -> Iterator[tuple[int, int, str]]:
        """Yield record, column and text of each cell that holds the pattern of its column."""

    def number_of(self, column: int, pattern: str) -> int:
        """How many cells of *column* hold *pattern*."""

    def sample(self, column: int, size: int) -> list[str]:
        """Return the first *size* filled cells of *column*."""

    def rows_at(self, records: Collection[int]) -> dict[int, Sequence[str]]:
        """Return whole rows by their records."""

    def smallest_groups(self, columns: Sequence[int], below: int) -> tuple[int, int]:
        """Return how many combinations of values stand in fewer than *below* rows, and the smallest number of rows."""


class CellsOfRows:
    """Rows of text, from wherever they come; read again for every question. An empty cell is empty text."""

    def __init__(self, rows: Iterable[tuple[int, Sequence[str]]], width: int) -> None:
        self._rows = rows
        self._width = width

    def counts(self, patterns: Sequence[str]) -> list[Count]:
        """See `Cells`."""
        sieves = [re.compile(pattern) for pattern in patterns]
        filled, passed = [0] * self._width, [0] * self._width
        for _, row in self._rows:
            for number, (cell, sieve) in enumerate(zip(row, sieves, strict=False)):
                if cell:
                    filled[number] += 1
                    passed[number] += sieve.search(cell) is not None
        return [Count(*pair) for pair in zip(filled, passed, strict=True)]

    def holding(self, patterns: Mapping[int, str]) -> Iterator[tuple[int, int, str]]:
        """See `Cells`."""
        sieves = {number: re.compile(pattern) for number, pattern in patterns.items()}
        for record, row in self._rows:
            for number, sieve in sieves.items():
                if number < len(row) and sieve.search(row[number]):
                    yield record, number, row[number]

    def number_of(self, column: int, pattern: str) -> int:
        """See `Cells`."""
        return sum(1 for _ in self.holding({column: pattern}))

    def sample(self, column: int, size: int) -> list[str]:
        """See `Cells`."""
        cells: list[str] = []
        for _, row in self._rows:
            if len(cells) == size:
                break
            if column < len(row) and row[column]:
                cells.append(row[column])
        return cells

    def rows_at(self, records: Collection[int]) -> dict[int, Sequence[str]]:
        """See `Cells`."""
        return {record: row for record, row in self._rows if record in records}

    def smallest_groups(self, columns: Sequence[int], below: int) -> tuple[int, int]:
        """See `Cells`."""
        sizes: dict[tuple[str, ...], int] = {}
        for _, row in self._rows:
            key = tuple(row[number] if number < len(row) else "" for number in columns)
            sizes[key] = sizes.get(key, 0) + 1
        small = [size for size in sizes.values() if size < below]
        return len(small), min(small, default=0)


class CellsOfTable:
    """The data rows of an understood table, its notes and subtotals too, by columns where that is possible."""

    def __init__(self, table: UnderstoodTable, work_dir: Path) -> None:
        # What a reader left out as a note is published with the original all the same.
        everything = replace(table, comment_rows=(), comment_char="")
        self._all = RowsOfTable(everything)
        self._rows = CellsOfRows(self._all, len(table.labels))
        self._width = len(table.labels)
        self._table = everything
        self._data = table
        self._connection: duckdb.DuckDBPyConnection | None = None
        if table.path.stat().st_size <= SMALL_BYTES:
            return
        try:
            self._relation = relation_sql(everything, with_record=False)
            self._connection = connect(work_dir)
        except NotByColumns:
            pass

    def counts(self, patterns: Sequence[str]) -> list[Count]:
        """See `Cells`."""
        if len(patterns) >= WIDE_MIN:
            return self._stacked_counts(patterns) or self._rows.counts(patterns)
        asked = ", ".join(
            f"count({column(number)}), count(*) FILTER ({_test(column(number), pattern)})"
            for number, pattern in enumerate(patterns, start=1)
        )
        answer = self._ask(asked)
        if answer is None:
            return self._rows.counts(patterns)
        return [Count(*answer[number : number + 2]) for number in range(0, len(answer), 2)]

    def _stacked_counts(self, patterns: Sequence[str]) -> list[Count]:
        """Count in many columns, some of one pattern at a time; none where DuckDB does not read this table."""
        counted = [Count()] * len(patterns)
        for pattern, numbers in _stacks(dict(enumerate(patterns))):
            if self._connection is None:
                return []
            stack = _stacked(numbers, self._relation)
            query = (
                f"SELECT number, count(cell), count(*) FILTER ({_test('cell', pattern)}) FROM ({stack}) GROUP BY number"  # noqa: S608
            )
            try:
                answer = self._connection.execute(query).fetchall()
            except refusals():
                self._connection = None
                return []
            for number, filled, passed in answer:
                counted[number] = Count(filled, passed)
        return counted

    def holding(self, patterns: Mapping[int, str]) -> Iterator[tuple[int, int, str]]:
        """See `Cells`."""
        if self._connection is None or not has_exact_records(self._table):
            yield from self._rows.holding(patterns)
            return
        if len(patterns) >= WIDE_MIN:
            yield from self._stacked_cells(patterns)
            return
        tests = {
            number: f"regexp_matches({column(number + 1)}, {quoted(pattern)})" for number, pattern in patterns.items()
        }
        cells = ", ".join(f"CASE WHEN {test} THEN {column(number + 1)} END" for number, test in tests.items())
        relation = relation_sql(self._table)
        query = f"SELECT record, {cells} FROM ({relation}) WHERE {' OR '.join(tests.values())}"  # noqa: S608
        result = self._connection.execute(query)
        while rows := result.fetchmany(10_000):
            for row in rows:
                for number, cell in zip(tests, row[1:], strict=True):
                    if cell is not None:
                        yield row[0], number, cell

    def _stacked_cells(self, patterns: Mapping[int, str]) -> Iterator[tuple[int, int, str]]:
        """Yield what `holding` does, some columns of one pattern at a time."""
        assert self._connection is not None
        for pattern, numbers in _stacks(patterns):
            stack = _stacked(numbers, relation_sql(self._table), "record, ")
            test = f"regexp_matches(cell, {quoted(pattern)})"
            result = self._connection.execute(f"SELECT record, number, cell FROM ({stack}) WHERE {test}")  # noqa: S608
            while rows := result.fetchmany(10_000):
                yield from rows

    def number_of(self, column: int, pattern: str) -> int:
        """See `Cells`."""
        answer = self._ask(f"count(*) FILTER (regexp_matches(c{column + 1}, {quoted(pattern)}))")
        return self._rows.number_of(column, pattern) if answer is None else answer[0]

    def sample(self, column: int, size: int) -> list[str]:
        """See `Cells`."""
        return self._rows.sample(column, size)

    def rows_at(self, records: Collection[int]) -> dict[int, Sequence[str]]:
        """See `Cells`."""
        return self._rows.rows_at(records)

    def notes(self) -> frozenset[int]:
        """Return the records after the header that are no data."""
        char = self._data.comment_char
        said = {record for record, row in self._all if row and row[0].startswith(char)} if char else set()
        return frozenset(self._data.comment_rows) | said

    def surplus(self) -> Iterator[tuple[int, int, str]]:
        """Yield record, column and text of the cells right of the last label; ask after `counts`.

        DuckDB refuses a table that has some, so no other is read for them.
        """
        if self._connection is None:
            for record, row in self._all:
                for number in range(self._width, len(row)):
                    if row[number]:
                        yield record, number, row[number]

    def smallest_groups(self, columns: Sequence[int], below: int) -> tuple[int, int]:
        """See `Cells`; notes and subtotals are no persons and do not count."""
        names = ", ".join(column(number + 1) for number in columns)
        if self._connection is not None and (not self._data.comment_rows or has_exact_records(self._data)):
            try:
                groups = f"SELECT count(*) AS size FROM ({relation_sql(self._data)}) GROUP BY {names}"  # noqa: S608
                query = f"SELECT count(*), coalesce(min(size), 0) FROM ({groups}) WHERE size < {below}"  # noqa: S608
                row = self._connection.execute(query).fetchone()
            except refusals():
                row = None
            if row is not None:
                return row[0], row[1]
        return CellsOfRows(RowsOfTable(self._data), self._width).smallest_groups(columns, below)

    def _ask(self, asked: str) -> tuple[int, ...] | None:
        """Return the one row of an answer; None where DuckDB does not read this table, now and from then on."""
        if self._connection is None:
            return None
        try:
            return self._connection.execute(f"SELECT {asked} FROM ({self._relation})").fetchone()  # noqa: S608
        except refusals():
            self._connection = None
            return None


def _test(name: str, pattern: str) -> str:
    """Return the condition that a cell of the column *name* holds *pattern*; comparing is ten times cheaper."""
    if pattern == NO_PLAIN_NUMBER:
        return f"strlen({name}) > 10 OR {name} >= ':'"
    matches = f"regexp_matches({name}, {quoted(pattern)})"
    if pattern == SIEVE:
        signs = " OR ".join(f"contains({name}, {quoted(sign)})" for sign in SHORT_SIGNS)
        return f"CASE WHEN strlen({name}) >= {SHORT_BYTES} THEN {matches} ELSE {signs} END"
    return matches


def _stacks(patterns: Mapping[int, str]) -> Iterator[tuple[str, list[int]]]:
    """Yield each pattern with some of its columns, from 0.

    >>> list(_stacks({0: "a", 1: "b", 2: "a"}))
    [('a', [0, 2]), ('b', [1])]
    """
    alike: dict[str, list[int]] = {}
    for number, pattern in patterns.items():
        alike.setdefault(pattern, []).append(number)
    for pattern, numbers in alike.items():
        for start in range(0, len(numbers), STACKED_MAX):
            yield pattern, numbers[start : start + STACKED_MAX]


def _stacked(numbers: Sequence[int], relation: str, beside: str = "") -> str:
    """Return a SELECT of the cells of several columns, one below the other, each with the number of its column."""
    cells = ", ".join(column(number + 1) for number in numbers)
    listed = ", ".join(map(str, numbers))
    return f"SELECT {beside}unnest([{listed}]) AS number, unnest([{cells}]) AS cell FROM ({relation})"  # noqa: S608


class RowsOfTable:
    """The data rows of a table, from the beginning for every reader; a fault of the text ends them."""

    def __init__(self, table: UnderstoodTable) -> None:
        self._table = table

    def __iter__(self) -> Iterator[tuple[int, Sequence[str]]]:
        try:
            yield from raw_rows(self._table)
        except (csv.Error, UnicodeDecodeError):
            return
