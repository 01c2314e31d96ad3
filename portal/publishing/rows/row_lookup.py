"""What is asked of the rows of one stored table as a condition, and what the store is asked while that is written."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from portal.publishing.rows.near_rows import nearby
from portal.publishing.rows.row_conditions import EVERYTHING, NotInCopyError, Statement
from portal.publishing.rows.row_query import AllOf, Column, Condition, RowQuery
from portal.publishing.rows.row_table import Cell
from portal.publishing.rows.store_files import Deadline, StoreFiles, too_long
from portal.publishing.rows.store_layout import FEW_ROWS_MAX, Place
from portal.publishing.rows.table_columns import TableColumns

LINKED_CELLS_MAX = 20_000
"""Rows of another table whose cells are held to name groups by."""


@dataclass(frozen=True, eq=False)
class RowLookup:
    """The rows of the table of *columns* in the files of its store."""

    files: StoreFiles
    columns: TableColumns

    @cached_property
    def identity(self) -> str:
        """What no other table has, and this one no longer when its content changes."""
        layout, resource = self.columns.layout, self.columns.resource
        return f"{self.files.identity} {layout.number} {resource.name if resource else f'*{layout.number}'}"

    @property
    def rows(self) -> int:
        """The number of rows."""
        return self.columns.resource.rows if self.columns.resource else self.columns.layout.rows

    def source(self, *, on_copy: bool = False) -> str:
        """Return the table as a statement names it, or the copy of its columns."""
        return f"{'p' if on_copy else 't'}{self.columns.layout.number}"

    def statement(self, *, on_copy: bool = False) -> Statement:
        """Return a condition to be written; all that it asks the store meanwhile has the time of one question."""
        return Statement(self.columns.find, _Asked(self.files, Deadline(self.files.seconds_max)), on_copy=on_copy)

    def condition(self, query: RowQuery, *, on_copy: bool = False) -> tuple[str, Statement]:
        """Return what rows must hold, all but the place on the page. Raises NotInCopyError."""
        layout, resource = self.columns.layout, self.columns.resource
        statement = self.statement(on_copy=on_copy)
        parts = [statement.where(query.where)]
        if query.words.strip():
            behind = self.columns.texts_behind_codes if query.looks_behind_codes else ()
            parts.append(statement.words(query.words, self.columns.places, behind))
        if query.near is not None:
            parts.append(nearby(statement, query.near))
        if query.has_gaps:
            parts.append(statement.gaps(self.columns.places))
        if query.numbers is not None:
            if on_copy:
                raise NotInCopyError
            before = self.columns.rows_before
            parts.append(f"(t.id IN ({', '.join(str(int(number) + before) for number in query.numbers)}))")
        if resource and len(layout.resources) > 1:
            order = layout.resources.index(resource)
            last = resource.first + resource.rows - 1
            parts.append(f"(t.r = {order})" if on_copy else f"(t.id BETWEEN {resource.first} AND {last})")
        return " AND ".join(part for part in parts if part != EVERYTHING) or EVERYTHING, statement

    @staticmethod
    def is_bound(query: RowQuery) -> bool:
        """Whether anything is asked of the rows at all, but which of them a page has."""
        is_worded = bool(query.words.strip()) or query.has_gaps
        return is_worded or query.where != AllOf() or query.near is not None or query.numbers is not None

    def has_index(self, query: RowQuery) -> bool:
        """Whether an index leads to the rows: to few by what they equal, or to the first in their order."""
        find, layout = self.columns.find, self.columns.layout
        indexed = {index[0] for index in layout.indices}
        parts = query.where.parts if isinstance(query.where, AllOf) else (query.where,)
        for part in parts:
            if isinstance(part, Condition) and part.operator in ("eq", "in"):
                place = find(Column(part.column.through or part.column.name))
                column = place.column
                share = len(part.values) / max(len(column.texts), 1) if column.form.kind == "codes" else 0
                if place.compared("")[1:] in indexed and share * layout.rows <= FEW_ROWS_MAX:
                    return True
        if parts or query.near is not None:
            return False
        first = query.order[0].column if query.order else None
        return not isinstance(first, Column) or find(first).compared("")[1:] in indexed

    def linked_cells(self, place: Place) -> dict[int, Cell] | None:
        """Return the cells of a column of another table by their rows, None where they are many, or two are alike."""
        target = self.columns.target(place.through) if place.through is not None else None
        if target is None:
            return None
        resource = target[1]
        if resource.rows > LINKED_CELLS_MAX:
            return None
        last = resource.first + resource.rows - 1
        with self.files.connection() as connection:
            rows = connection.execute(
                f"SELECT x.id, {place.compared('x')}, {place.cell('x')} FROM t{place.layout.number} x "
                f"WHERE x.id BETWEEN {resource.first} AND {last}"
            ).fetchall()
        decode = place.column.decode
        found = {compared for _, compared, _ in rows}
        return {id_: decode(kept) for id_, _, kept in rows} if len(found) == len(rows) and None not in found else None


@dataclass(frozen=True, eq=False)
class _Asked:
    """What a store is asked while one condition is written: however often, until one deadline."""

    files: StoreFiles
    deadline: Deadline

    def ids(self, sql: str, parameters: Sequence[Any]) -> list[int]:
        """Return the numbers of rows that a statement gives. Raises QueryTooLongError."""
        with self._connection() as connection:
            return [id_ for (id_,) in connection.execute(sql, parameters)]

    def pairs(self, table: int, words: Sequence[str]) -> dict[str, int]:
        """Return how many rows of a table have each of some pairs of characters. Raises QueryTooLongError."""
        marks = ", ".join("?" * len(words))
        with self._connection() as connection:
            return dict(
                connection.execute(f"SELECT pair, rows FROM pair WHERE t = {table} AND pair IN ({marks})", words)
            )

    def require_time(self) -> None:
        """Raise QueryTooLongError where the time of the question has passed."""
        if self.deadline.is_over():
            raise too_long(self.files.seconds_max)

    def _connection(self) -> AbstractContextManager[sqlite3.Connection]:
        self.require_time()  # many short statements may never be long enough to be stopped
        return self.files.connection(self.deadline)
