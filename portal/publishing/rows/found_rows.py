"""Which rows a page or a stream has, and how many there are in all: filtered, sorted, behind the cursor.

One statement finds the rows of a page and reads them: within it they are found first, by an index alone where there is
one for it, so that what a filter leaves is sorted without being looked up whole.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from portal.publishing.rows.kept_rows import KeptRows, fetch, in_values
from portal.publishing.rows.row_conditions import NotInCopyError, Statement
from portal.publishing.rows.row_lookup import RowLookup
from portal.publishing.rows.row_query import AllOf, RowQuery
from portal.publishing.rows.row_table import Cell
from portal.publishing.rows.store_files import Deadline
from portal.publishing.rows.store_layout import Place

FETCHED_ROWS = 1_000
"""Rows of a stream that are held at a time."""

_Written = Callable[..., tuple[str, Statement]]


@dataclass(frozen=True)
class FoundRows:
    """The rows that a question without groups has behind the row *start*, 0 for the first."""

    lookup: RowLookup
    query: RowQuery
    start: int

    def page(self, connection: sqlite3.Connection) -> KeptRows:
        """Return those of one page. Raises QueryError for a column that there is not."""
        query, columns = self.query, self.lookup.columns
        places, orders, size = columns.wanted_places(query), columns.orders(query), query.limit or 0
        offset = query.offset if query.offset and not self.start else 0

        def written(*, on_copy: bool) -> tuple[str, Statement]:
            if on_copy and not all(place.through is None and place.column.form.is_number for place, _ in orders):
                raise NotInCopyError
            where, statement = self._where(connection, orders, on_copy=on_copy)
            bounds = f"LIMIT {size + 1}" + (f" OFFSET {offset}" if offset else "")
            source = self.lookup.source(on_copy=on_copy)
            return (
                f"SELECT t.id AS id FROM {source} t WHERE {where} {_order_by(orders, on_copy=on_copy)} {bounds}",
                statement,
            )

        copied = self._asked_of_copy(written)
        if copied is not None:
            found, parameters = "SELECT value AS id FROM json_each(?1)", [json.dumps([id_ for (id_,) in copied])]
        else:
            found, statement = written(on_copy=False)
            statement.register(connection)
            parameters = statement.parameters
        return fetch(connection, self.lookup.source(), places, found, parameters, size)

    def total(self, connection: sqlite3.Connection) -> int:
        """Return how many rows there are on all pages."""
        query = self.query
        if query.where == AllOf() and not query.words.strip() and query.numbers is None:
            return self.lookup.rows

        def written(*, on_copy: bool) -> tuple[str, Statement]:
            where, statement = self.lookup.condition(query, on_copy=on_copy)
            return f"SELECT count(*) FROM {self.lookup.source(on_copy=on_copy)} t WHERE {where}", statement

        counted = self._asked_of_copy(written)
        if counted is None:
            sql, statement = written(on_copy=False)
            statement.register(connection)
            counted = connection.execute(sql, statement.parameters).fetchall()
        return int(counted[0][0])

    def stream(self) -> Iterator[tuple[Cell, ...]]:
        """Yield all rows. Every block of them may take as long as a question may."""
        query, files, columns = self.query, self.lookup.files, self.lookup.columns
        places, orders = columns.wanted_places(query), columns.orders(query)
        cells = ", ".join(place.asked(place.cell) for place in places)
        bounds = f"LIMIT {-1 if query.limit is None else query.limit} OFFSET {0 if self.start else query.offset}"
        deadline = Deadline(files.seconds_max)
        with files.connection(deadline) as connection:
            where, statement = self._where(connection, orders)
            statement.register(connection)
            sql = f"SELECT {cells} FROM {self.lookup.source()} t WHERE {where} {_order_by(orders)} {bounds}"
            rows = connection.execute(sql, statement.parameters)
            while block := rows.fetchmany(FETCHED_ROWS):
                yield from in_values(places, list(zip(*block, strict=True)))
                deadline.begin()  # whoever reads may be slow

    def _where(
        self, connection: sqlite3.Connection, orders: Sequence[tuple[Place, bool]], *, on_copy: bool = False
    ) -> tuple[str, Statement]:
        where, statement = self.lookup.condition(self.query, on_copy=on_copy)
        if self.start:
            where = f"{where} AND {self._behind(connection, statement, orders)}"
        return where, statement

    def _behind(
        self, connection: sqlite3.Connection, statement: Statement, orders: Sequence[tuple[Place, bool]]
    ) -> str:
        """Return the condition for rows that stand behind the row *start*."""
        keys = [place.asked(place.compared) for place, _ in orders]
        found = connection.execute(
            f"SELECT {', '.join([*keys, 't.id'])} FROM {self.lookup.source()} t WHERE t.id = ?", (self.start,)
        ).fetchone()
        if found is None:
            return "(1 = 0)"
        is_down = bool(orders) and orders[-1][1]
        behind = f"(t.id {'<' if is_down else '>'} {statement.number(self.start)})"
        for (place, descending), key, value in reversed(list(zip(orders, keys, found[:-1], strict=True))):
            if value is None:
                behind = f"({key} IS NULL AND {behind})"
                continue
            bound = statement.number(value) if isinstance(value, int) else statement.bind(value)
            sign = "<" if descending else ">"
            if place.has_blanks:
                behind = f"({key} {sign} {bound} OR {key} IS NULL OR ({key} = {bound} AND {behind}))"
            else:
                behind = f"({key} {sign}= {bound} AND ({key} {sign} {bound} OR {behind}))"
        return behind

    def _asked_of_copy(self, written: _Written) -> list[tuple[Any, ...]] | None:
        """Return what a statement gives of the copy of columns; None where that is slower, or cannot answer it."""
        if self.lookup.columns.layout.is_copied and not self.lookup.has_index(self.query):
            with contextlib.suppress(NotInCopyError):
                sql, _ = written(on_copy=True)
                with self.lookup.files.copies() as cursor:
                    return cursor.execute(sql).fetchall()
        return None


def _order_by(orders: Sequence[tuple[Place, bool]], *, on_copy: bool = False) -> str:
    """Return the order; rows that are equal stand as in the file, behind a column that descends the other way."""
    keys = []
    for place, descending in orders:
        blanks = " NULLS LAST" if on_copy or (place.has_blanks and not descending) else ""
        keys.append(f"{place.asked(place.compared)}{' DESC' if descending else ''}{blanks}")
    keys.append(f"t.id{' DESC' if orders and orders[-1][1] else ''}")
    return f"ORDER BY {', '.join(keys)}"
