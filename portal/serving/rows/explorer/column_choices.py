"""Values to choose from in a filter: those of a column with few, the most frequent first, each with how often there is.

They are counted over the whole table, once for as long as it is open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from portal.model.errors import QueryError
from portal.publishing.rows.row_query import Aggregate, Column, Group, Order, RowQuery
from portal.publishing.rows.row_table import Cell, RowTable
from portal.serving.rows.explorer.explored_table import CHOICES_MAX, ExploredColumns


@dataclass(frozen=True)
class CountedValue:
    """A value of a column, the name that it stands for, and the number of rows that have it."""

    value: str
    name: Cell
    rows: int


_kept: WeakKeyDictionary[RowTable, dict[Column, tuple[CountedValue, ...]]] = WeakKeyDictionary()


def counted_values(table: ExploredColumns, rows: RowTable) -> Mapping[Column, tuple[CountedValue, ...]]:
    """Return the values of each column of *rows* that is filtered by choosing; () where it takes too long to count."""
    kept = _kept.setdefault(rows, {})
    for one in table.columns:
        if one.kind == "choice" and one.column not in kept:
            kept[one.column] = _counted(rows, one.column, one.names)
    return kept


def _counted(table: RowTable, column: Column, names: Column | None) -> tuple[CountedValue, ...]:
    count = Aggregate("count")
    query = RowQuery(
        groups=(Group(column), *([Group(names)] if names else [])),
        aggregates=(count,),
        order=(Order(count, descending=True), Order(column)),
        limit=CHOICES_MAX + 1,
        with_total=False,
    )
    try:
        rows = table.page(query).rows
    except QueryError:
        return ()
    return tuple(
        CountedValue(
            str(row[0]).lower() if isinstance(row[0], bool) else str(row[0]), row[1] if names else None, count_
        )
        for row in rows
        if row[0] is not None and isinstance(count_ := row[-1], int)
    )
