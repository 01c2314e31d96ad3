"""A table of a store, or several of one shape, as `RowTable`: pages by cursor, streams, distinct values, groups.

A page is found in two steps: which rows, by an index alone where there is one for it; then those rows. So what a filter
leaves is sorted without being looked up whole.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from portal.model.errors import QueryError
from portal.publishing.rows.row_conditions import EVERYTHING, NotInCopyError, Statement
from portal.publishing.rows.row_cursors import cursor_of, place_of
from portal.publishing.rows.row_groups import GroupedQuestion
from portal.publishing.rows.row_query import AllOf, Column, Condition, Group, Order, RowQuery
from portal.publishing.rows.row_table import Cell, RowField, RowPage
from portal.publishing.rows.store_files import Deadline, StoreFiles
from portal.publishing.rows.store_layout import (
    FEW_ROWS_MAX,
    RESOURCE_COLUMN,
    RESOURCE_FIELD,
    Layout,
    Place,
    StoredResource,
)

LINKED_CELLS_MAX = 20_000
"""Rows of another table whose cells are held to name groups by."""
FETCHED_ROWS = 1_000
"""Rows of a stream that are held at a time."""
_FEW_COLUMNS = 90
"""A function of SQLite takes no more arguments than some hundred."""


@dataclass(frozen=True)
class StoredTable:
    """One resource, or all of a layout together where *resource* is None."""

    files: StoreFiles
    layout: Layout
    layouts: Sequence[Layout]
    resource: StoredResource | None
    rows_max: int
    """Rows of a page at most."""

    @cached_property
    def identity(self) -> str:
        """What no other table has, and this one no longer when its content changes."""
        name = self.resource.name if self.resource else f"*{self.layout.number}"
        return f"{self.files.identity} {self.layout.number} {name}"

    @cached_property
    def fields(self) -> tuple[RowField, ...]:
        """The columns, in the order of the published CSV; with several tables the resource first."""
        links = self._links
        schemas = (self.resource or self.layout.resources[0]).fields
        own = tuple(
            RowField(str(field["name"]), str(field.get("type", "any")), field, links.get(number))
            for number, field in enumerate(schemas)
        )
        return own if self.resource else (RowField(RESOURCE_COLUMN, "string", RESOURCE_FIELD), *own)

    @property
    def rows(self) -> int:
        """The number of rows."""
        return self.resource.rows if self.resource else self.layout.rows

    def linked(self, name: str) -> tuple[RowField, ...]:
        """Return the columns of the table to which the column *name* leads, () where it leads nowhere."""
        number = self._numbers.get(name)
        target = self._target(number) if number is not None else None
        if target is None:
            return ()
        return tuple(RowField(str(field["name"]), str(field.get("type", "any")), field) for field in target[1].fields)

    def page(self, query: RowQuery) -> RowPage:
        """Return one page."""
        if query.limit is None or not 0 <= query.limit <= self.rows_max or query.offset < 0:
            raise QueryError(
                "_limit",
                f"一页最多 {self.rows_max:,} 行。",
                f"A page has at most {self.rows_max:,} rows.",
            )
        if _is_grouped(query):
            return self._grouped(query).page()
        start = place_of(query, self.identity)
        places = self._wanted(query)
        with self.files.connection() as connection:
            found = self._found(connection, query, start, query.limit + 1)
            more = len(found) > query.limit
            found = found[: query.limit]
            rows = self._read(connection, places, found)
            total = self._total(connection, query, len(found) if not (start or query.offset or more) else None)
        after = cursor_of(query, self.identity, found[-1]) if more and found else ""
        before = self._before
        return RowPage(self._fields_of(query), rows, total, after, tuple(id_ - before for id_ in found))

    def stream(self, query: RowQuery) -> tuple[tuple[RowField, ...], Iterator[tuple[Cell, ...]]]:
        """Return the columns and all rows of the answer, in constant memory; the iterator must be closed or read."""
        if _is_grouped(query):
            return self._grouped(query).stream()
        start = place_of(query, self.identity)
        return self._fields_of(query), self._streamed(query, start, self._wanted(query))

    def _grouped(self, query: RowQuery) -> GroupedQuestion:
        if query.is_distinct and not (query.groups or query.aggregates):
            columns = query.fields or tuple(Column(field.name) for field in self.fields)
            groups = tuple(Group(column) for column in columns)
            return GroupedQuestion(self, query, groups, ())
        return GroupedQuestion(self, query, query.groups, query.aggregates)

    # What columns mean.

    def find(self, column: Column) -> Place:
        """Return where a column stands. Raises QueryError where there is none."""
        numbers = self._numbers
        number = numbers.get(column.through or column.name)
        if number is None:
            raise _unknown(column)
        if not column.through:
            stored = self.layout.by_resource if number < 0 else self.layout.columns[number]
            return Place(stored, self.layout, number)
        target = self._target(number)
        if target is None:
            raise _unknown(column)
        layout, resource, _ = target
        for at, field in enumerate(resource.fields):
            if field["name"] == column.name:
                return Place(layout.columns[at], layout, at, number, self.layout.linked_codes.get(number))
        raise _unknown(column)

    def field_of(self, column: Column) -> RowField:
        """Return a column as an answer has it."""
        for field in self.linked(column.through) if column.through else self.fields:
            if field.name == column.name:
                return RowField(str(column), field.type, field.schema, field.leads_to)
        raise _unknown(column)

    def condition(self, query: RowQuery, *, on_copy: bool = False) -> tuple[str, Statement]:
        """Return what rows must hold, all but the place on the page. Raises NotInCopyError."""
        statement = Statement(self.find, self, on_copy=on_copy)
        parts = [statement.where(query.where)]
        if query.words.strip():
            parts.append(statement.words(query.words, [self.find(Column(field.name)) for field in self.fields]))
        if query.numbers is not None:
            if on_copy:
                raise NotInCopyError
            parts.append(f"(t.id IN ({', '.join(str(int(number) + self._before) for number in query.numbers)}))")
        if self.resource and len(self.layout.resources) > 1:
            order = self.layout.resources.index(self.resource)
            last = self.resource.first + self.resource.rows - 1
            parts.append(f"(t.r = {order})" if on_copy else f"(t.id BETWEEN {self.resource.first} AND {last})")
        return " AND ".join(part for part in parts if part != EVERYTHING) or EVERYTHING, statement

    @property
    def _before(self) -> int:
        """How many rows of other resources stand before those of this one."""
        return self.resource.first - 1 if self.resource else 0

    def ids(self, sql: str, parameters: Sequence[Any]) -> list[int]:
        """Return the numbers of rows that a statement gives."""
        with self.files.connection() as connection:
            return [id_ for (id_,) in connection.execute(sql, parameters)]

    def pairs(self, table: int, words: Sequence[str]) -> dict[str, int]:
        """Return how many rows of a table have each of some pairs of characters."""
        marks = ", ".join("?" * len(words))
        with self.files.connection() as connection:
            return dict(
                connection.execute(f"SELECT pair, rows FROM pair WHERE t = {table} AND pair IN ({marks})", words)
            )

    def linked_cells(self, place: Place) -> dict[int, Cell] | None:
        """Return the cells of a column of another table by their rows, None where they are many, or two are alike."""
        target = self._target(place.through) if place.through is not None else None
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

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        own = {str(field["name"]): number for number, field in enumerate(self.layout.resources[0].fields)}
        return own if self.resource else {**own, RESOURCE_COLUMN: -1}

    @cached_property
    def _links(self) -> dict[int, tuple[str, str]]:
        """Return where columns lead; of several tables together, where all lead to the same."""
        if self.resource:
            links = dict(self.resource.links)
        else:
            first, *others = self.layout.resources
            links = {at: link for at, link in first.links.items() if all(item.links.get(at) == link for item in others)}
        return {at: link for at, link in links.items() if self._resource(link[0]) is not None}

    def _resource(self, name: str) -> tuple[Layout, StoredResource] | None:
        for layout in self.layouts:
            for resource in layout.resources:
                if resource.name == name:
                    return layout, resource
        return None

    def _target(self, number: int) -> tuple[Layout, StoredResource, str] | None:
        link = self._links.get(number)
        found = self._resource(link[0]) if link else None
        return (*found, link[1]) if link and found else None

    # Rows.

    def _wanted(self, query: RowQuery) -> list[Place]:
        columns = query.fields or [Column(field.name) for field in self.fields]
        return [self.find(column) for column in columns]

    def _fields_of(self, query: RowQuery) -> tuple[RowField, ...]:
        return tuple(map(self.field_of, query.fields)) if query.fields else self.fields

    def _orders(self, query: RowQuery) -> list[tuple[Place, bool]]:
        found = []
        for order in query.order:
            if not isinstance(order.column, Column):
                raise _not_sortable(order)
            found.append((self.find(order.column), order.descending))
        return found

    def _found(self, connection: sqlite3.Connection, query: RowQuery, start: int, limit: int) -> list[int]:
        """Return the numbers of the rows of a page that begins behind the row *start*, 0 for the first."""
        orders = self._orders(query)

        def written(*, on_copy: bool) -> tuple[str, Statement]:
            if on_copy and not all(place.through is None and place.column.form.is_number for place, _ in orders):
                raise NotInCopyError
            where, statement = self.condition(query, on_copy=on_copy)
            if start:
                where = f"{where} AND {self._behind(connection, statement, orders, start)}"
            source = f"{'p' if on_copy else 't'}{self.layout.number} t"
            offset = f" OFFSET {query.offset}" if query.offset and not start else ""
            order = _order_by(orders, on_copy=on_copy)
            sql = f"SELECT t.id FROM {source} WHERE {where} {order} LIMIT {limit}{offset}"
            return sql if on_copy else f"SELECT json_group_array(id) FROM ({sql})", statement

        answer = self._answered(connection, query, written)
        return json.loads(answer[0][0]) if answer and isinstance(answer[0][0], str) else [id_ for (id_,) in answer]

    def _answered(
        self, connection: sqlite3.Connection, query: RowQuery, written: Callable[..., tuple[str, Statement]]
    ) -> list[tuple[Any]]:
        """Return what a statement gives, of the copy of columns where that is quicker and can answer it."""
        if self.layout.is_copied and not has_index(self, query):
            with contextlib.suppress(NotInCopyError):
                sql, _ = written(on_copy=True)
                with self.files.copies() as cursor:
                    return cursor.execute(sql).fetchall()
        sql, statement = written(on_copy=False)
        statement.register(connection)
        return connection.execute(sql, statement.parameters).fetchall()

    def _behind(
        self, connection: sqlite3.Connection, statement: Statement, orders: Sequence[tuple[Place, bool]], start: int
    ) -> str:
        """Return the condition for rows that stand behind the row *start*."""
        table = f"t{self.layout.number}"
        keys = [place.asked(place.compared) for place, _ in orders]
        found = connection.execute(
            f"SELECT {', '.join([*keys, 't.id'])} FROM {table} t WHERE t.id = {start}"
        ).fetchone()
        if found is None:
            return "(1 = 0)"
        is_down = bool(orders) and orders[-1][1]
        behind = f"(t.id {'<' if is_down else '>'} {start})"
        for (place, descending), key, value in reversed(list(zip(orders, keys, found[:-1], strict=True))):
            if value is None:
                behind = f"({key} IS NULL AND {behind})"
                continue
            bound = str(value) if isinstance(value, int) else statement.bind(value)
            sign = "<" if descending else ">"
            if place.has_blanks:
                behind = f"({key} {sign} {bound} OR {key} IS NULL OR ({key} = {bound} AND {behind}))"
            else:
                behind = f"({key} {sign}= {bound} AND ({key} {sign} {bound} OR {behind}))"
        return behind

    def _read(
        self, connection: sqlite3.Connection, places: Sequence[Place], ids: Sequence[int]
    ) -> list[tuple[Cell, ...]]:
        """Return rows by their numbers, in the order of these."""
        if not ids:
            return []
        cells = ", ".join(place.asked(place.cell) for place in places)
        listed = ", ".join(map(str, ids))
        source = f"FROM t{self.layout.number} t WHERE t.id IN ({listed})"
        rows: Iterable[Sequence[Any]]
        if len(places) < _FEW_COLUMNS:
            # In one piece: at every row SQLite would let other threads of Python go on, and wait for its turn again.
            ((text,),) = connection.execute(f"SELECT json_group_array(json_array(t.id, {cells})) {source}")
            rows = json.loads(text)
        else:
            rows = connection.execute(f"SELECT t.id, {cells} {source}")
        found = {row[0]: row for row in rows}
        _, *columns = zip(*(found[id_] for id_ in ids), strict=True)
        return _decoded(columns, places)

    def _streamed(self, query: RowQuery, start: int, places: Sequence[Place]) -> Iterator[tuple[Cell, ...]]:
        """Yield all rows. Every block of them may take as long as a question may."""
        cells = ", ".join(place.asked(place.cell) for place in places)
        left = query.limit
        deadline = Deadline(self.files.seconds_max)
        with self.files.streaming(deadline) as connection:
            where, statement = self.condition(query)
            orders = self._orders(query)
            if start:
                where = f"{where} AND {self._behind(connection, statement, orders, start)}"
            statement.register(connection)
            sql = f"SELECT {cells} FROM t{self.layout.number} t WHERE {where} {_order_by(orders)}"
            sql += f" LIMIT {-1 if left is None else left} OFFSET {0 if start else query.offset}"
            rows = connection.execute(sql, statement.parameters)
            while block := rows.fetchmany(FETCHED_ROWS):
                yield from _decoded(list(zip(*block, strict=True)), places)
                deadline.begin()  # whoever reads may be slow

    def _total(self, connection: sqlite3.Connection, query: RowQuery, known: int | None) -> int | None:
        if not query.with_total:
            return None
        if known is not None:
            return known
        if query.where == AllOf() and not query.words.strip() and query.numbers is None:
            return self.rows

        def written(*, on_copy: bool) -> tuple[str, Statement]:
            where, statement = self.condition(query, on_copy=on_copy)
            return f"SELECT count(*) FROM {'p' if on_copy else 't'}{self.layout.number} t WHERE {where}", statement

        total: int
        ((total,),) = self._answered(connection, query, written)
        return total


def has_index(table: StoredTable, query: RowQuery) -> bool:
    """Whether an index leads to the rows of a question: to few by what they equal, or to the first in its order."""
    indexed = {index[0] for index in table.layout.indices}
    parts = query.where.parts if isinstance(query.where, AllOf) else (query.where,)
    for part in parts:
        if isinstance(part, Condition) and part.operator in ("eq", "in"):
            place = table.find(Column(part.column.through or part.column.name))
            column = place.column
            share = len(part.values) / max(len(column.texts), 1) if column.form.kind == "codes" else 0
            if place.compared("")[1:] in indexed and share * table.layout.rows <= FEW_ROWS_MAX:
                return True
    if parts:
        return False
    first = query.order[0].column if query.order else None
    return not isinstance(first, Column) or table.find(first).compared("")[1:] in indexed


def _order_by(orders: Sequence[tuple[Place, bool]], *, on_copy: bool = False) -> str:
    """Return the order; rows that are equal stand as in the file, behind a column that descends the other way."""
    keys = []
    for place, descending in orders:
        blanks = " NULLS LAST" if on_copy or (place.has_blanks and not descending) else ""
        keys.append(f"{place.asked(place.compared)}{' DESC' if descending else ''}{blanks}")
    keys.append(f"t.id{' DESC' if orders and orders[-1][1] else ''}")
    return f"ORDER BY {', '.join(keys)}"


def _decoded(columns: Sequence[Sequence[Any]], places: Sequence[Place]) -> list[tuple[Cell, ...]]:
    """Return rows of values by columns of what is kept."""
    decoded = [
        place.column.decode_all(kept) if place.through is None else list(map(place.column.decode, kept))
        for place, kept in zip(places, columns, strict=True)
    ]
    return list(zip(*decoded, strict=True))


def _is_grouped(query: RowQuery) -> bool:
    return bool(query.groups or query.aggregates or query.is_distinct)


def _unknown(column: Column) -> QueryError:
    return QueryError(str(column), f"没有列“{column}”。", f'There is no column "{column}".')


def _not_sortable(order: Order) -> QueryError:
    return QueryError(
        "_sort",
        f"没有分组时不能按“{order.column}”排序。",
        f'Without groups nothing can be sorted by "{order.column}".',
    )
