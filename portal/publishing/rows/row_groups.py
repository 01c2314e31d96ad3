"""Groups of rows with their numbers (group by, count, sum, avg, min, max, median) and distinct values, as SQL and back.

The copy of columns answers where it holds all that is asked for, the store everything else; the result is the same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from portal.model.errors import QueryError
from portal.publishing.rows.aggregate_columns import Output, extreme, of_decimals, of_whole, rank_of
from portal.publishing.rows.group_values import (
    BUCKET_TYPES,
    BUCKETS,
    bucket_cell,
    bucket_number,
    bucket_sql,
)
from portal.publishing.rows.row_conditions import NotInCopyError, Statement
from portal.publishing.rows.row_cursors import cursor_of, place_of
from portal.publishing.rows.row_lookup import RowLookup
from portal.publishing.rows.row_query import Aggregate, Column, Group, RowQuery
from portal.publishing.rows.row_table import Cell, RowField, RowPage
from portal.publishing.rows.store_files import Deadline, fetched
from portal.publishing.rows.store_layout import Place
from portal.publishing.rows.typed_cells import NUMBERS

GROUPS_SORTED_MAX = 200_000
"""Groups that are sorted by a sum, an average or a middle value; more are refused."""
FETCHED_GROUPS = 1_000


@dataclass(frozen=True)
class Selection:
    """A statement without its order and its bounds; *register* makes its functions known to a connection."""

    sql: str
    outputs: Sequence[Output]
    by: Sequence[str]
    parameters: Sequence[Any]
    on_copy: bool
    register: Callable[[sqlite3.Connection], None]


class GroupedQuestion:
    """A question for groups of the rows of a table."""

    def __init__(
        self, lookup: RowLookup, query: RowQuery, groups: Sequence[Group], aggregates: Sequence[Aggregate]
    ) -> None:
        """Raises QueryError for what cannot be asked of a column."""
        self._lookup, self._query, self._groups, self._aggregates = lookup, query, groups, aggregates
        self._columns = lookup.columns
        for group in groups:
            if group.bucket and group.bucket not in BUCKETS.get(self._columns.find(group.column).column.type, ()):
                raise _no_bucket(group)
        for aggregate in aggregates:
            column = aggregate.column
            if aggregate.function != "count" and column is None:
                raise _no_column(aggregate)
            adds = column is not None and aggregate.function in ("sum", "avg", "median")
            if column and adds and self._columns.find(column).column.type not in NUMBERS:
                raise _no_number(aggregate)
        self._orders = [(self._ordered(order.column), order.descending) for order in query.order]

    @property
    def fields(self) -> tuple[RowField, ...]:
        """The columns of the groups, then of the aggregates."""
        return (*map(self._group_field, self._groups), *map(self._aggregate_field, self._aggregates))

    def page(self) -> RowPage:
        """Return one page of groups."""
        query = self._query
        limit, start = query.limit or 0, place_of(query, self._lookup.identity) or query.offset
        rows, known = self._rows(start, limit + 1)
        found = list(rows)
        more = len(found) > limit
        total = None
        if query.with_total:
            is_whole = not more and (found or not start)
            total = known if known is not None else start + len(found) if is_whole else self._count()
        after = cursor_of(query, self._lookup.identity, start + limit) if more and limit else ""
        return RowPage(self.fields, found[:limit], total, after)

    def stream(self) -> tuple[tuple[RowField, ...], Iterator[tuple[Cell, ...]]]:
        """Return the columns and all groups."""
        start = place_of(self._query, self._lookup.identity) or self._query.offset
        return self.fields, self._rows(start, self._query.limit)[0]

    # What is asked.

    def _ordered(self, key: Column | Group | Aggregate) -> int:
        """Return the number of the column of the answer that is sorted by."""
        known: list[Group | Aggregate] = [*self._groups, *self._aggregates]
        for number, item in enumerate(known):
            if key == item or (isinstance(item, Group) and key == item.column):
                return number
        raise QueryError(
            "_sort",
            f"分组后只能按分组的列或统计值排序，不能按“{key}”。",
            f'Groups are sorted by their columns or their numbers, not by "{key}".',
        )

    def _group_field(self, group: Group) -> RowField:
        field = self._columns.field_of(group.column)
        if not group.bucket:
            return field
        return RowField(
            str(group), BUCKET_TYPES[group.bucket], {"name": str(group), "type": BUCKET_TYPES[group.bucket]}
        )

    def _aggregate_field(self, aggregate: Aggregate) -> RowField:
        name = str(aggregate)
        if aggregate.function == "count" or aggregate.column is None:
            return RowField(name, "integer", {"name": name, "type": "integer"})
        field = self._columns.field_of(aggregate.column)
        if aggregate.function in ("min", "max"):
            return RowField(name, field.type, field.schema)
        type_ = "integer" if aggregate.function == "sum" and field.type != "number" else "number"
        return RowField(name, type_, {"name": name, "type": type_})

    # Statements.

    def _selection(self) -> Selection:
        if self._columns.layout.is_copied:
            try:
                return self._selected(on_copy=True)
            except NotInCopyError:
                pass
        return self._selected(on_copy=False)

    def _selected(self, *, on_copy: bool) -> Selection:
        where, statement = self._lookup.condition(self._query, on_copy=on_copy)
        collectors: dict[str, type] = {}
        by, outputs = [], []
        for group in self._groups:
            expression, output = self._group(group, statement)
            by.append(expression)
            outputs.append(output)
        outputs += [self._aggregate(aggregate, statement, collectors) for aggregate in self._aggregates]
        selected = ", ".join(part for output in outputs for part in output.selected)
        sql = f"SELECT {selected} FROM {self._lookup.source(on_copy=on_copy)} t WHERE {where}"
        if by:
            sql += f" GROUP BY {', '.join(by)}"

        def register(connection: sqlite3.Connection) -> None:
            statement.register(connection)
            for name, made in collectors.items():
                connection.create_aggregate(name, 1, made)

        return Selection(sql, outputs, by, statement.parameters, on_copy, register)

    def _group(self, group: Group, statement: Statement) -> tuple[str, Output]:
        place, bucket = self._columns.find(group.column), group.bucket
        form = place.column.form
        if statement.on_copy and place.through is not None and not bucket:
            return self._linked_group(place)
        if statement.on_copy and (place.through is not None or not form.is_number or form.key):
            raise NotInCopyError
        if not bucket:
            compared, decode = place.asked(place.compared), place.column.decode
            cell = f"min({place.asked(place.cell)})" if form.key else compared
            return compared, Output((cell,), lambda values: decode(values[0]), compared, rank_of(place))
        if form.kind in ("day", "second", "month"):
            expression = place.asked(
                lambda alias: bucket_sql(form.kind, bucket, place.cell(alias), on_copy=statement.on_copy)
            )
        else:
            texts = place.column.texts

            def number_of(kept: Any) -> int | None:
                text = texts[kept] if form.kind == "codes" and kept is not None else kept
                return None if text is None else bucket_number(bucket, text, place)

            expression = statement.call(number_of, place.asked(place.cell))
        return expression, Output(
            (expression,),
            lambda values: None if values[0] is None else bucket_cell(bucket, int(values[0])),
            expression,
            lambda cell: cell,
        )

    def _linked_group(self, place: Place) -> tuple[str, Output]:
        """Group by the row that a column leads to, where each row there has a value of its own: it is named here."""
        link = f"t.l{place.through}"
        cells = self._lookup.linked_cells(place)
        if cells is None:
            raise NotInCopyError
        return link, Output((link,), lambda values: cells.get(values[0]), rank=rank_of(place))

    def _aggregate(self, aggregate: Aggregate, statement: Statement, collectors: dict[str, type]) -> Output:
        if aggregate.column is None:
            return Output(("count(*)",), lambda values: int(values[0]), "count(*)")
        place = self._columns.find(aggregate.column)
        form = place.column.form
        if statement.on_copy and (place.through is not None or not form.is_number):
            raise NotInCopyError
        function = aggregate.function
        if function == "count":
            count = f"count({place.asked(place.compared)})"
            return Output((count,), lambda values: int(values[0]), count)
        if function in ("min", "max"):
            return extreme(place, function)
        if form.kind in ("integer", "decimal") or form.key == "decimal":
            return of_whole(place, function, statement.on_copy, collectors)
        if statement.on_copy:
            raise NotInCopyError
        return of_decimals(place, function, collectors)

    def _order_by(self, selection: Selection, number: int, *, descending: bool) -> str:
        key = selection.outputs[number].sorted_by
        way = " DESC" if descending else ""
        return f"{key}{way} NULLS LAST" if selection.on_copy else f"{key} IS NULL, {key}{way}"

    # Answers.

    def _rows(self, start: int, limit: int | None) -> tuple[Iterator[tuple[Cell, ...]], int | None]:
        """Return some groups, and how many there are where that is known by the way."""
        selection = self._selection()
        orders = [*self._orders, *((number, False) for number in range(len(self._groups)))]
        if all(selection.outputs[number].sorted_by for number, _ in orders):
            keys = [self._order_by(selection, number, descending=down) for number, down in orders]
            order = f" ORDER BY {', '.join(keys)}" if keys else ""
            bounds = f" LIMIT {2**62 if limit is None else limit} OFFSET {start}"
            return self._asked(selection, f"{selection.sql}{order}{bounds}"), None
        rows = list(islice(self._asked(selection, selection.sql), GROUPS_SORTED_MAX + 1))
        if len(rows) > GROUPS_SORTED_MAX:
            raise _too_many_groups()
        for number, descending in reversed(orders):
            rows = _sorted(rows, number, selection.outputs[number].rank, descending=descending)
        return iter(rows[start:] if limit is None else rows[start : start + limit]), len(rows)

    def _count(self) -> int:
        selection = self._selection()
        sql = f"SELECT count(*) FROM ({selection.sql}) q"
        files = self._lookup.files
        if selection.on_copy:
            with files.copies() as cursor:
                return int(cursor.execute(sql).fetchall()[0][0])
        with files.connection() as connection:
            selection.register(connection)
            return int(connection.execute(sql, selection.parameters).fetchone()[0])

    def _asked(self, selection: Selection, sql: str) -> Iterator[tuple[Cell, ...]]:
        files = self._lookup.files
        if selection.on_copy:
            deadline = Deadline(files.seconds_max)
            with files.copies(deadline) as cursor:
                rows = fetched(cursor.execute(sql), FETCHED_GROUPS, deadline)
                yield from (_told(row, selection.outputs) for row in rows)
            return
        deadline = Deadline(files.seconds_max)
        with files.connection(deadline) as connection:
            selection.register(connection)
            # A connection that goes to the next asker must have no statement open: functions could not be made for it.
            with closing(connection.execute(sql, selection.parameters)) as rows:
                yield from (_told(row, selection.outputs) for row in fetched(rows, FETCHED_GROUPS, deadline))


def _told(row: Sequence[Any], outputs: Sequence[Output]) -> tuple[Cell, ...]:
    cells, at = [], 0
    for output in outputs:
        end = at + len(output.selected)
        cells.append(output.tell(row[at:end]))
        at = end
    return tuple(cells)


def _sorted(
    rows: Sequence[tuple[Cell, ...]], number: int, rank: Callable[[Cell], Any], *, descending: bool
) -> list[tuple[Cell, ...]]:
    """Sort by a column, those without a value last, and NaN as greater than every number."""
    blank = [row for row in rows if row[number] is None]

    def key(row: tuple[Cell, ...]) -> tuple[bool, Any]:
        value = rank(row[number])
        return (True, 0) if isinstance(value, Decimal) and value.is_nan() else (False, value)

    full = sorted((row for row in rows if row[number] is not None), key=key, reverse=descending)
    return full + blank


def _no_bucket(group: Group) -> QueryError:
    return QueryError(
        "_group_by",
        f"列“{group.column}”不能按 {group.bucket} 分组。",
        f'The column "{group.column}" has no {group.bucket} to group by.',
    )


def _no_column(aggregate: Aggregate) -> QueryError:
    return QueryError(
        "_aggregate", f"{aggregate.function} 需要一个列名。", f"{aggregate.function} needs the name of a column."
    )


def _no_number(aggregate: Aggregate) -> QueryError:
    return QueryError(
        "_aggregate",
        f"列“{aggregate.column}”不是数字，不能计算 {aggregate.function}。",
        f'The column "{aggregate.column}" holds no numbers, so there is no {aggregate.function} of it.',
    )


def _too_many_groups() -> QueryError:
    return QueryError(
        "_sort",
        f"超过 {GROUPS_SORTED_MAX:,} 个分组时，只能按分组的列、count、min 或 max 排序。",
        f"More than {GROUPS_SORTED_MAX:,} groups can be sorted by their columns, count, min or max only.",
    )
