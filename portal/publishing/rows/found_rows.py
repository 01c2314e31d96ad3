"""Which rows a page or a stream has, and how many there are in all: filtered, sorted, behind the cursor.

One statement finds the rows of a page and reads them: within it they are found first, by an index alone where there is
one for it, so that what a filter leaves is sorted without being looked up whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from portal.publishing.rows.kept_rows import KeptRows, fetch, in_values
from portal.publishing.rows.near_rows import distance_place
from portal.publishing.rows.row_conditions import NotInCopyError, Statement
from portal.publishing.rows.row_cursors import digest_of
from portal.publishing.rows.row_lookup import RowLookup
from portal.publishing.rows.row_query import Column, Distance, RowQuery
from portal.publishing.rows.row_table import Cell
from portal.publishing.rows.store_files import Deadline
from portal.publishing.rows.store_layout import Place

FETCHED_ROWS = 1_000
"""Rows of a stream that are held at a time."""

_Written = tuple[str, Statement]


@dataclass(frozen=True)
class FoundRows:
    """The rows that a question without groups has behind the row *start*, 0 for the first.

    What is worked out of the question is kept, so that it may be asked again.
    """

    lookup: RowLookup
    query: RowQuery
    start: int
    _statements: dict[str, _Written] = field(default_factory=dict)
    """No cached properties: of those one is worked out at a time in all questions, and these ask the store."""

    @cached_property
    def digest(self) -> bytes:
        """What cursors of this question know it by."""
        return digest_of(self.query, self.lookup.identity)

    def page(self) -> KeptRows:
        """Return those of one page."""
        copied, size = self._of_copy(self._page), self.query.limit or 0
        if copied is None:
            found, statement = self._of_store(self._page)
        else:
            found, statement = "SELECT value AS id FROM json_each(?1)", self.lookup.statement()
            statement.bind(json.dumps([id_ for (id_,) in copied]))
        with self.lookup.files.connection() as connection:
            places = self._places(statement)
            statement.register(connection)
            return fetch(connection, self.lookup.source(), places, found, statement.parameters, size)

    def total(self) -> int:
        """Return how many rows there are on all pages."""
        if not self.lookup.is_bound(self.query):
            return self.lookup.rows
        counted = self._of_copy(self._total)
        if counted is None:
            sql, statement = self._of_store(self._total)
            with self.lookup.files.connection() as connection:
                statement.register(connection)
                counted = connection.execute(sql, statement.parameters).fetchall()
        return int(counted[0][0])

    def stream(self) -> Iterator[tuple[Cell, ...]]:
        """Yield all rows. Every block of them may take as long as a question may."""
        query, files = self.query, self.lookup.files
        where, statement = self._where()
        places, orders = self._places(statement), self._orders(statement)
        cells = ", ".join(place.asked(place.cell) for place in places)
        bounds = f"LIMIT {-1 if query.limit is None else query.limit} OFFSET {0 if self.start else query.offset}"
        sql = f"SELECT {cells} FROM {self.lookup.source()} t WHERE {where} {_order_by(orders)} {bounds}"
        deadline = Deadline(files.seconds_max)
        with files.streaming(deadline) as connection:
            statement.register(connection)
            # Whoever gets the connection next could make no functions for it while a statement is open.
            with closing(connection.execute(sql, statement.parameters)) as rows:
                while block := rows.fetchmany(FETCHED_ROWS):
                    yield from in_values(places, list(zip(*block, strict=True)))
                    deadline.begin()  # whoever reads may be slow

    def _places(self, statement: Statement) -> Sequence[Place]:
        return self.lookup.columns.wanted_places(self.query, partial(self._place, statement))

    def _orders(self, statement: Statement) -> Sequence[tuple[Place, bool]]:
        return self.lookup.columns.orders(self.query, partial(self._place, statement))

    def _place(self, statement: Statement, column: Column) -> Place:
        near = self.query.near
        if near is not None and isinstance(column, Distance):
            return distance_place(statement, near, self.lookup.columns.layout)
        return self.lookup.columns.find(column)

    def _of_store(self, write: Callable[..., _Written]) -> _Written:
        """Return a statement for the store, written when it is first asked for."""
        key = write.__name__
        found = self._statements.get(key)
        return found or self._statements.setdefault(key, write(on_copy=False))

    def _of_copy(self, write: Callable[..., _Written]) -> list[tuple[Any, ...]] | None:
        """Return what the copy of columns answers to a statement; None where it is slower, or cannot answer it."""
        if not self._is_for_copy:
            return None
        try:
            sql, _ = write(on_copy=True)
        except NotInCopyError:
            return None
        with self.lookup.files.copies() as cursor:
            return cursor.execute(sql).fetchall()

    def _page(self, *, on_copy: bool) -> _Written:
        """Return the statement that gives the numbers of the rows of a page, and of one more. Raises NotInCopyError."""
        query, source = self.query, self.lookup.source(on_copy=on_copy)
        where, statement = self._where(on_copy=on_copy)
        orders = self._orders(statement)
        if on_copy and not all(place.through is None and place.column.form.is_number for place, _ in orders):
            raise NotInCopyError
        offset = f" OFFSET {query.offset}" if query.offset and not self.start else ""
        bounds = f"LIMIT {(query.limit or 0) + 1}{offset}"
        order = _order_by(orders, on_copy=on_copy)
        return f"SELECT t.id AS id FROM {source} t WHERE {where} {order} {bounds}", statement

    def _total(self, *, on_copy: bool) -> _Written:
        """Return the statement that counts the rows of all pages. Raises NotInCopyError."""
        where, statement = self.lookup.condition(self.query, on_copy=on_copy)
        return f"SELECT count(*) FROM {self.lookup.source(on_copy=on_copy)} t WHERE {where}", statement

    def _where(self, *, on_copy: bool = False) -> tuple[str, Statement]:
        where, statement = self.lookup.condition(self.query, on_copy=on_copy)
        if self.start:
            where = f"{where} AND {self._behind(statement)}"
        return where, statement

    def _behind(self, statement: Statement) -> str:
        """Return the condition for rows that stand behind the row *start*."""
        orders, start = self._orders(statement), self.start
        keys = [place.asked(place.compared) for place, _ in orders]
        sql = f"SELECT {', '.join([*keys, 't.id'])} FROM {self.lookup.source()} t WHERE t.id = ?"
        with self.lookup.files.connection() as connection:
            statement.register(connection)
            found = connection.execute(sql, (start,)).fetchone()
        if found is None:
            return "(1 = 0)"
        behind = f"(t.id > {statement.number(start)})"
        for (place, descending), key, value in reversed(list(zip(orders, keys, found[:-1], strict=True))):
            if value is None:
                behind = f"({key} IS NULL AND {behind})"
                continue
            if isinstance(value, float) and statement.on_copy:
                # Reckoned by the same engine to the last digit: no row between two pages is missed or told twice.
                bound = f"(SELECT {key} FROM {self.lookup.source(on_copy=True)} t WHERE t.id = {start})"
            else:
                bound = statement.number(value) if isinstance(value, int) else statement.bind(value)
            sign = "<" if descending else ">"
            if place.has_blanks:
                behind = f"({key} {sign} {bound} OR {key} IS NULL OR ({key} = {bound} AND {behind}))"
            else:
                behind = f"({key} {sign}= {bound} AND ({key} {sign} {bound} OR {behind}))"
        return behind

    @cached_property
    def _is_for_copy(self) -> bool:
        """Whether the copy of columns is quicker, where it can answer."""
        return self.lookup.columns.layout.is_copied and not self.lookup.has_index(self.query)


def _order_by(orders: Sequence[tuple[Place, bool]], *, on_copy: bool = False) -> str:
    """Return the order; rows that are equal stand as in the file."""
    keys = []
    for place, descending in orders:
        blanks = " NULLS LAST" if on_copy or (place.has_blanks and not descending) else ""
        keys.append(f"{place.asked(place.compared)}{' DESC' if descending else ''}{blanks}")
    return f"ORDER BY {', '.join([*keys, 't.id'])}"
