"""Groups, aggregates, orders in a request: ``日期:month``, ``avg(浓度)``, ``-count``; functions that suit a type."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import get_args

from portal.model.errors import QueryError
from portal.publishing.rows.group_values import BUCKETS
from portal.publishing.rows.row_query import Aggregate, Column, Function, Group, Order
from portal.serving.rows.known_columns import KnownColumns, shown
from portal.serving.rows.refusals import UnfittingError

_FUNCTIONS: tuple[Function, ...] = get_args(Function)
_AGGREGATE = re.compile(r"(\w+)\s*(?:\((.*)\))?", re.DOTALL)


def read_group(item: str, columns: KnownColumns, parameter: str) -> Group:
    """Return the group that *item* means: a column, or one of days or moments with a bucket behind a colon."""
    column = columns.found(item)
    if column:
        return Group(column)
    name, colon, bucket = item.rpartition(":")
    if not colon:
        return Group(columns.column(item, parameter))
    column = columns.column(name, parameter)
    type_ = columns.field_of(column).type
    options = BUCKETS.get(type_, ())
    found = next((name for name in options if name == bucket), None)
    if found is None:
        listed = ", ".join(options)
        raise UnfittingError(
            parameter,
            f"列“{shown(name)}”的类型是 {type_}，不能按“{shown(bucket)}”分组。"
            + (f"可用：{listed}" if options else "请去掉冒号后的部分"),
            f'The column "{shown(name)}" is of type {type_} and cannot be grouped by "{shown(bucket)}". '
            + (f"Use {listed}." if options else "Leave out what follows the colon."),
        )
    return Group(column, found)


def read_aggregate(item: str, columns: KnownColumns, parameter: str) -> Aggregate:
    """Return the aggregate that *item* means: ``count``, or a function with a column in parentheses."""
    found = _AGGREGATE.fullmatch(item)
    word, inner = found.groups() if found else (item, None)
    function = next((name for name in _FUNCTIONS if name == word), None)
    if function is None:
        options = ", ".join(_FUNCTIONS)
        raise UnfittingError(
            parameter,
            f"没有统计函数“{shown(item)}”，应写成如 avg(列)。可用：{options}",
            f'There is no function "{shown(item)}"; write e.g. avg(column). Use {options}.',
        )
    if function == "count" and (not inner or (inner == "*" and columns.found("*") is None)):
        return Aggregate("count")
    if not inner:
        raise UnfittingError(
            parameter, f"{function} 应写成 {function}(列)", f"{function} needs a column: {function}(column)."
        )
    column = columns.column(inner if columns.found(inner) else inner.strip(), parameter)
    _summable(function, columns, column, parameter)
    return Aggregate(function, column)


def read_order(
    item: str, columns: KnownColumns, groups: Sequence[Group], aggregates: Sequence[Aggregate], parameter: str
) -> Order:
    """Return the key to sort by that *item* means, a minus before it for descending.

    Where there are groups it is a column of them or an aggregate, as it was asked for.
    """
    readings = [(item, False), *([(item[1:].lstrip(), True)] if item.startswith("-") else [])]
    if not groups and not aggregates:
        for text, descending in readings:
            if column := columns.found(text) or columns.distance(text):
                return Order(column, descending)
        return Order(columns.column(readings[-1][0], parameter), readings[-1][1])
    for text, descending in readings:
        if key := _key_of_groups(text, columns, groups, aggregates, parameter):
            return Order(key, descending)
    options = ", ".join([*(_spelled_group(group, columns) for group in groups), *map(str, aggregates)])
    raise UnfittingError(
        parameter,
        f"分组后不能按“{shown(item)}”排序。可用：{options}",
        f'Groups cannot be sorted by "{shown(item)}". Use {options}.',
    )


def _key_of_groups(
    text: str, columns: KnownColumns, groups: Sequence[Group], aggregates: Sequence[Aggregate], parameter: str
) -> Column | Group | Aggregate | None:
    """Return what *text* means of the columns of an answer; a column without a bucket is its first group."""
    for read in (read_aggregate, read_group):
        try:
            found = read(text, columns, parameter)
        except QueryError:
            continue
        if isinstance(found, Aggregate) and found in aggregates:
            return found
        if isinstance(found, Group) and found.bucket and found in groups:
            return found
        if isinstance(found, Group) and not found.bucket and found.column in [group.column for group in groups]:
            return found.column
    return None


def _spelled_group(group: Group, columns: KnownColumns) -> str:
    name = columns.spelling(group.column)
    return f"{name}:{group.bucket}" if group.bucket else name


def _summable(function: Function, columns: KnownColumns, column: Column, parameter: str) -> None:
    type_ = columns.field_of(column).type
    if function == "count" or type_ in ("integer", "number"):
        return
    if function in ("min", "max") and type_ != "boolean":
        return
    use = "count" if type_ == "boolean" else "count, min, max"
    raise UnfittingError(
        parameter,
        f"列“{shown(column.name)}”的类型是 {type_}，不能用 {function}。可用：{use}",
        f'The column "{shown(column.name)}" is of type {type_}, which {function} does not suit. Use {use}.',
    )
