"""Parameters of datastore_search and the dump as a question about rows: filters, q, fields, sort, distinct, limit.

Names are checked against the columns and values typed by them before anything is asked; what is wrong is said in CKAN's
words. ``_id`` can be filtered and shown; rows are sorted by it anyway, backwards where it alone is asked for.
Source: ckanext/datastore/logic/schema.py, plugin.py and backend/postgres.py of CKAN 2.11.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from portal.model.errors import QueryError
from portal.model.limits import JSON_DEPTH_MAX
from portal.model.nesting import nests_deeper
from portal.publishing.rows.row_query import AllOf, AnyOf, Column, Condition, Operator, Order, RowQuery, Value, Where
from portal.publishing.rows.row_table import RowField
from portal.serving.ckan.action_errors import ActionError, invalid
from portal.serving.ckan.action_parameters import Parameters, truth
from portal.serving.ckan.datastore.datastore_tables import ID, RANK, DatastoreTable
from portal.serving.rows.typed_values import is_text, plain_text, typed

CONDITIONS_MAX = 200
"""Values of the filters of one question together, and words that it looks for in single columns."""

_SORT = re.compile(r"(?P<field>.+?)(?:\s+(?P<way>asc|desc))?(?:\s+nulls\s+(?P<nulls>first|last))?", re.IGNORECASE)
_CLAUSE = re.compile(r'(?:[^,"]|"[^"]*"?)+')
_NUMBER_DIGITS_MAX = 15
"""Digits of a number of a row."""


@dataclass(frozen=True)
class DatastoreQuestion:
    """What is asked: *fields* are the columns of the answer by name, with ``_id`` and ranks.

    *is_backwards* where the last rows of the file come first.
    """

    query: RowQuery
    fields: tuple[str, ...]
    is_backwards: bool = False


def read_question(parameters: Parameters, table: DatastoreTable) -> DatastoreQuestion:
    """Return the question without its page. Raises ActionError for whatever cannot be asked."""
    where, numbers, words, ranks = _filters(parameters, table)
    asked = listed(parameters, "fields")
    for name in asked or ():
        if name not in (ID, *table.fields, *ranks):
            raise _wrong("fields", name)
    fields = tuple(dict.fromkeys(asked)) or (ID, *table.fields, *(rank for rank in ranks if rank not in table.fields))
    order, is_backwards = _order(parameters, table, ranks)
    is_distinct = truth(parameters, "distinct", False) and ID not in fields
    columns = tuple(Column(table.fields[name].name) for name in fields if name in table.fields)
    query = RowQuery(
        where=where,
        words=words,
        fields=columns,
        order=order,
        is_distinct=is_distinct and bool(columns),
        numbers=numbers,
    )
    return DatastoreQuestion(query, fields, is_backwards)


def listed(parameters: Parameters, name: str) -> tuple[str, ...]:
    """Return the names of a parameter that is a list, or text with commas; a name may stand in quotes."""
    value = parameters.get(name)
    if isinstance(value, dict | bool | int | float):
        raise invalid(**{name: ["Not a list"]})
    parts = _CLAUSE.findall(value) if isinstance(value, str) else value or []
    if not all(isinstance(part, str) for part in parts):
        raise invalid(**{name: ["Neither a string nor a list"]})
    return tuple(_unquoted(part.strip()) if name == "fields" else part.strip() for part in parts if part.strip())


def json_object(parameters: Parameters, name: str) -> Mapping[str, Any]:
    """Return a parameter that is an object, or its JSON. Raises ActionError where it is neither."""
    value = parameters.get(name)
    if isinstance(value, str) and value.strip():
        value = _parsed(value)
        if value is _BROKEN:
            raise invalid(**{name: ["Cannot parse JSON"]})
    if value in (None, "", [], {}):
        return {}
    if not isinstance(value, dict):
        raise invalid(**{name: [f"{name} must be either a dict or null."]})
    return value


def _filters(
    parameters: Parameters, table: DatastoreTable
) -> tuple[Where, tuple[int, ...] | None, str, tuple[str, ...]]:
    """Return the condition, the numbers of rows, the words, and the ranks that an answer tells of its words."""
    parts: list[Where] = []
    numbers: tuple[int, ...] | None = None
    count = 0
    for name, value in json_object(parameters, "filters").items():
        values = value if isinstance(value, list) else [value]
        count += len(values)
        if count > CONDITIONS_MAX:
            raise invalid(filters=[f"At most {CONDITIONS_MAX} values"])
        if name == ID:
            numbers = tuple(number for item in values if (number := _row_number(item)) is not None)
        elif name in table.fields:
            parts.append(AnyOf(tuple(_equal(table.fields[name], item) for item in values)))
        else:
            raise _wrong("filters", name)
    words, ranks, within = _words(parameters, table)
    return AllOf((*parts, *within)), numbers, words, ranks


def _equal(field: RowField, value: Any) -> Where:
    """Return that a column has a value; nothing has null, as in SQL, and what has no text is empty."""
    if value is None:
        return AnyOf(())
    column = Column(field.name)
    if value == "":
        return Condition(column, "isnull", (True,))
    return Condition(column, "eq", (_typed(field, value, "filters"),))


def _typed(field: RowField, value: Any, parameter: str) -> Value:
    if isinstance(value, list | dict):
        raise _wrong(parameter, field.name)
    if isinstance(value, bool):
        value = value if field.type == "boolean" else str(value)
    elif isinstance(value, int | float):
        value = str(Decimal(str(value)))
    try:
        return typed(field, value, parameter)
    except QueryError as error:
        raise _wrong(parameter, str(value)[:100]) from error


def _words(parameters: Parameters, table: DatastoreTable) -> tuple[str, tuple[str, ...], list[Where]]:
    """Return the words that must stand anywhere, the ranks, and what must stand in single columns."""
    everywhere = [text for text in [_plain(_text(parameters, "full_text"), "full_text")] if text]
    given = parameters.get("q")
    found = _parsed(given) if isinstance(given, str) else given
    if not isinstance(found, dict):
        words = " ".join([*everywhere, *([] if given is None else [_plain(str(given), "q")])]).strip()
        return words, ((RANK,) if words else ()), []
    within: list[Where] = []
    for name, value in found.items():
        if name not in table.fields or not isinstance(value, str):
            raise _wrong("q", name)
        field = table.fields[name]
        operator: Operator = "contains" if is_text(field) else "eq"
        asked = list(dict.fromkeys(value.split()))
        if len(within) + len(asked) > CONDITIONS_MAX:
            raise invalid(q=[f"At most {CONDITIONS_MAX} words"])
        within += [Condition(Column(field.name), operator, (_typed(field, word, "q"),)) for word in asked]
    return " ".join(everywhere), tuple(f"{RANK} {name}" for name in found), within


def _order(parameters: Parameters, table: DatastoreTable, ranks: tuple[str, ...]) -> tuple[tuple[Order, ...], bool]:
    """Return the columns to sort by, and whether the file is read backwards."""
    clauses = [_clause(text, table, ranks) for text in listed(parameters, "sort")]
    if [name for name, _ in clauses] == [ID]:
        return (), clauses[0][1]
    order: list[Order] = []
    for name, descending in clauses:
        if name == ID:
            break
        if name in table.fields:
            order.append(Order(Column(table.fields[name].name), descending))
    return tuple(order), False


def _clause(text: str, table: DatastoreTable, ranks: tuple[str, ...]) -> tuple[str, bool]:
    """Return a column and whether it descends; the name of a column wins over every other reading."""
    known = (ID, *table.fields, *ranks)
    if _unquoted(text) in known:
        return _unquoted(text), False
    found = _SORT.fullmatch(text)
    name = _unquoted(found["field"]) if found else ""
    if not found or name not in known or (found["nulls"] or "last").lower() == "first":
        raise _wrong("sort", text)
    return name, (found["way"] or "asc").lower() == "desc"


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text


def _text(parameters: Parameters, name: str) -> str:
    value = parameters.get(name)
    if isinstance(value, list | dict):
        raise invalid(**{name: ["Must be a string"]})
    return "" if value is None else str(value)


def _plain(text: str, parameter: str) -> str:
    """Return a text that can stand in a cell. Raises ActionError for control signs and for one that is too long."""
    try:
        return plain_text(text, parameter)
    except QueryError as error:
        raise _wrong(parameter, text[:100]) from error


def _row_number(value: Any) -> int | None:
    text = str(value)
    if not (text.isascii() and text.isdigit() and len(text) <= _NUMBER_DIGITS_MAX):
        raise _wrong("filters", text[:100]) if value is not None else invalid(filters=['invalid value "None"'])
    return int(text)


_BROKEN = object()


def _parsed(text: str) -> Any:
    try:
        return _BROKEN if nests_deeper(text, JSON_DEPTH_MAX) else json.loads(text)
    except ValueError:
        return _BROKEN


def _wrong(parameter: str, value: str) -> ActionError:
    return invalid(**{parameter: [f'invalid value "{value}"']})


def unknown(parameters: Parameters, known: frozenset[str]) -> Iterator[str]:
    """Yield the parameters that are not known; the DataStore refuses them, other than all else of CKAN."""
    return (name for name in parameters if name not in known)
