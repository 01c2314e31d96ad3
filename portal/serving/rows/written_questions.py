"""A question about rows written as a request: as parameters of a query string, or as a document of JSON.

What is written is read back as the same question. A query string holds no trees: only keys that must all hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portal.publishing.rows.row_query import (
    Aggregate,
    AllOf,
    AnyOf,
    Column,
    Condition,
    Group,
    Not,
    Order,
    Value,
    Where,
)
from portal.publishing.rows.store_layout import RESOURCE_COLUMN
from portal.serving.rows.conditions import MARK
from portal.serving.rows.known_columns import KnownColumns
from portal.serving.rows.points import written_point
from portal.serving.rows.row_questions import RowQuestion
from portal.serving.rows.written_names import written_values


def as_parameters(question: RowQuestion, columns: KnownColumns) -> list[tuple[str, str]]:
    """Return a question as parameters of a query string; its *where* must be conditions that all hold.

    Raises ValueError for a tree that only a document can hold.
    """
    query = question.query
    if not isinstance(query.where, AllOf):
        raise ValueError(query.where)
    filters = [pair for part in query.where.parts for pair in _filter(part, columns)]
    own = {
        f"_{key}": ",".join(value) if isinstance(value, list) else _text(value)
        for key, value in _own(question, columns).items()
    }
    return [*filters, *own.items()]


def as_document(question: RowQuestion, columns: KnownColumns) -> dict[str, Any]:
    """Return a question as a document of JSON."""
    return {"where": _tree(question.query.where, columns), **_own(question, columns)}


def _own(question: RowQuestion, columns: KnownColumns) -> dict[str, Any]:
    """Return the portal's own part of a question, without their underscore, as values of JSON."""
    query = question.query
    lists = {
        "fields": [columns.spelling(column) for column in query.fields],
        "sort": [_order(item, columns) for item in query.order],
        "group_by": [_group(item, columns) for item in query.groups],
        "aggregate": [_aggregate(item, columns) for item in query.aggregates],
    }
    is_csv = question.format == "csv"
    return {
        **{key: items for key, items in lists.items() if items},
        "limit": "all" if query.limit is None else query.limit,
        **({"cursor": query.cursor} if query.cursor else {}),
        **({"q": query.words} if query.words else {}),
        **({"near": written_point(query.near)} if query.near else {}),
        **({"gaps": True} if query.has_gaps else {}),
        **({"distinct": True} if query.is_distinct else {}),
        **({"total": False} if question.format == "json" and not query.with_total else {}),
        "format": question.format,
        "lang": question.lang,
        **({"encoding": question.encoding, "excel_safe": question.is_excel_safe} if is_csv else {}),
    }


def _tree(where: Where, columns: KnownColumns) -> dict[str, Any]:
    match where:
        case AllOf(parts):
            return {"and": [_tree(part, columns) for part in parts]}
        case AnyOf(parts):
            return {"or": [_tree(part, columns) for part in parts]}
        case Not(part):
            return {"not": _tree(part, columns)}
        case Condition(column, operator, values):
            value = list(values) if operator == "in" else values[0]
            return {"field": columns.spelling(column), "op": operator, "value": value}


def _filter(part: Where, columns: KnownColumns) -> Iterator[tuple[str, str]]:
    if not isinstance(part, Condition):
        raise ValueError(part)
    key = filter_key(part.column, part.operator, columns)
    if part.operator == "in":
        yield key, written_values([_text(value) for value in part.values])
    else:
        yield key, _text(part.values[0])


def filter_key(column: Column, operator: str, columns: KnownColumns) -> str:
    """Return the parameter of a filter: the name of a column, and an operator other than ``eq`` behind it."""
    name = columns.spelling(column)
    key = name if operator == "eq" else f"{name}{MARK}{operator}"
    is_ours = key.startswith("_") and name != RESOURCE_COLUMN
    if not is_ours and (operator == "eq" or columns.found(key) is None):
        return key
    return key.replace(name, columns.unmistakable(column), 1)


def _order(order: Order, columns: KnownColumns) -> str:
    key = order.column
    match key:
        case Aggregate():
            name = _aggregate(key, columns)
        case Group():
            name = _group(key, columns)
        case Column():
            name = columns.unmistakable(key)
    return f"-{name}" if order.descending else name


def _group(group: Group, columns: KnownColumns) -> str:
    return f"{columns.unmistakable(group.column)}:{group.bucket}" if group.bucket else columns.spelling(group.column)


def _aggregate(aggregate: Aggregate, columns: KnownColumns) -> str:
    return f"{aggregate.function}({columns.unmistakable(aggregate.column)})" if aggregate.column else "count"


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
