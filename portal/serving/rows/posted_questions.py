"""A question about rows as a JSON document, by POST: trees of and, or, not; bounded in depth and size.

``{"where": {"and": [{"field": "浓度", "op": "gte", "value": 35}, {"not": …}]}, "fields": ["站点"], "limit": 10}``; the
keys are the parameters of a query string without their underscore. It gives the same answers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NoReturn

from portal.model.errors import QueryError
from portal.model.nesting import nests_deeper
from portal.publishing.rows.row_parameters import (
    AGGREGATE,
    CURSOR,
    DISTINCT,
    ENCODING,
    EXCEL_SAFE,
    FIELDS,
    FORMAT,
    GAPS,
    GROUP_BY,
    LANG_OF_TITLES,
    LIMIT,
    NEAR,
    SORT,
    TOTAL,
    WORDS,
)
from portal.publishing.rows.row_query import AllOf, AnyOf, Condition, Not, Where
from portal.serving.rows.conditions import condition, operator_named
from portal.serving.rows.known_columns import KnownColumns, shown
from portal.serving.rows.row_questions import RowQuestion, answers_json, question_of
from portal.serving.rows.typed_values import DIGITS_MAX, plain_text

WHERE_DEPTH_MAX = 10
"""How deep and, or and not may stand in each other."""

_LISTS = {item.name.removeprefix("_"): item for item in (FIELDS, SORT, GROUP_BY, AGGREGATE)}
_TEXTS = tuple(item.name.removeprefix("_") for item in (CURSOR, WORDS, NEAR, FORMAT, ENCODING, LANG_OF_TITLES))
_YES_OR_NO = tuple(item.name.removeprefix("_") for item in (GAPS, DISTINCT, TOTAL, EXCEL_SAFE))
_LIMIT = LIMIT.name.removeprefix("_")
_KEYS = ("where", *_LISTS, *_TEXTS, *_YES_OR_NO, _LIMIT)


def read_posted(body: bytes, columns: KnownColumns, *, accepted: Callable[[], str] = answers_json) -> RowQuestion:
    """Read a question from a document of JSON. Raises QueryError, with the place in it, for what makes no sense."""
    document = _document(body)
    own: dict[str, list[str]] = {}
    lists: dict[str, list[str]] = {item.name: [] for item in _LISTS.values()}
    for key, value in document.items():
        if key in _LISTS:
            lists[_LISTS[key].name] = [plain_text(item, key) for item in _texts(key, value)]
        elif key != "where":
            own[key] = [_own_value(key, value)]
    where = read_where(document["where"], columns, "where") if "where" in document else AllOf()
    return question_of(own, lists, where, columns, accepted=accepted, prefix="")


def read_where(given: object, columns: KnownColumns, place: str, depth: int = 1) -> Where:
    """Return what must hold by a tree of JSON; *place* is where it stands. Raises QueryError."""
    if depth > WHERE_DEPTH_MAX:
        raise QueryError(
            place,
            f"where 的层数超过 {WHERE_DEPTH_MAX}，请改写得浅一些",
            f"where is nested more than {WHERE_DEPTH_MAX} deep; write it flatter.",
        )
    if not isinstance(given, dict):
        _wrong_kind(place, "条件对象", "an object: a condition, or one of and, or, not")
    keys = set(given)
    if keys == {"and"} or keys == {"or"}:
        (word,) = keys
        parts = given[word]
        if not isinstance(parts, list) or not parts:
            _wrong_kind(f"{place}.{word}", "非空的条件列表", "a list of at least one condition")
        read = tuple(
            read_where(part, columns, f"{place}.{word}[{number}]", depth + 1) for number, part in enumerate(parts)
        )
        return AllOf(read) if word == "and" else AnyOf(read)
    if keys == {"not"}:
        return Not(read_where(given["not"], columns, f"{place}.not", depth + 1))
    return _condition(given, columns, place)


def _condition(given: Mapping[str, Any], columns: KnownColumns, place: str) -> Where:
    unknown = sorted(set(given) - {"field", "op", "value"})
    if unknown:
        raise QueryError(
            f"{place}.{shown(unknown[0])}",
            f"条件只有 field、op、value，或者单独的 and、or、not；没有“{shown(unknown[0])}”",
            f'A condition has field, op and value, or stands alone as and, or, not; there is no "{shown(unknown[0])}".',
        )
    if not isinstance(given.get("field"), str):
        _wrong_kind(f"{place}.field", "列名", "the name of a column")
    column = columns.column(plain_text(given["field"], f"{place}.field"), f"{place}.field")
    operator = operator_named(given.get("op", "eq"), f"{place}.op")
    if "value" not in given:
        raise QueryError(f"{place}.value", f"{place} 缺少 value", f"{place} lacks a value.")
    value, place = given["value"], f"{place}.value"
    if operator == "isnull":
        if not isinstance(value, bool):
            _wrong_kind(place, "true 或 false", "true or false")
        return Condition(column, operator, (value,))
    if operator == "in":
        if not isinstance(value, list) or not value:
            _wrong_kind(place, "非空的列表", "a list of at least one value")
        return condition(column, columns.field_of(column), operator, value, place)
    if value is None:
        raise QueryError(
            place,
            f'{place} 是 null。要找没有值的单元格，请用 "op": "isnull"',
            f'{place} is null. For cells without a value use "op": "isnull".',
        )
    return condition(column, columns.field_of(column), operator, [value], place)


def _document(body: bytes) -> dict[str, Any]:
    """Return the object that the body of a request is."""
    if nests_deeper(body, 3 * WHERE_DEPTH_MAX):
        raise QueryError("body", "JSON 的层数太多", "The JSON is nested too deep.")
    try:
        document = json.loads(body.decode("utf-8"), parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, ArithmeticError, RecursionError) as error:
        told = f"line {error.lineno} column {error.colno}" if isinstance(error, json.JSONDecodeError) else "UTF-8"
        raise QueryError(
            "body",
            f'请求的内容不是 JSON（{told}）。应写成如 {{"limit": 10}}',
            f'The body of the request is no JSON ({told}). Write e.g. {{"limit": 10}}.',
        ) from None
    if not isinstance(document, dict):
        _wrong_kind("body", 'JSON 对象，如 {"limit": 10}', 'an object of JSON, e.g. {"limit": 10}')
    unknown = [key for key in document if key not in _KEYS]
    if unknown:
        options = ", ".join(_KEYS)
        raise QueryError(
            shown(unknown[0]),
            f"没有“{shown(unknown[0])}”。可用：{options}",
            f'There is no "{shown(unknown[0])}". Use {options}.',
        )
    return document


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def _texts(key: str, value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        _wrong_kind(key, '文本的列表，如 ["列名"]', 'a list of texts, e.g. ["column"]')
    return value


def _own_value(key: str, value: object) -> str:
    """Return a value of JSON as it would stand in a query string."""
    if key in _YES_OR_NO:
        if not isinstance(value, bool):
            _wrong_kind(key, "true 或 false", "true or false")
        return "true" if value else "false"
    if key == _LIMIT:
        if isinstance(value, Decimal) and value == value.to_integral_value() and value.adjusted() < DIGITS_MAX:
            value = int(value)  # 10.0 is a whole number in JSON
        if value != "all" and (isinstance(value, bool) or not isinstance(value, int)):
            _wrong_kind(key, '整数或 "all"', 'a whole number or "all"')
        return str(value)
    if not isinstance(value, str) or not value.strip():
        _wrong_kind(key, "非空的文本", "a text that is not blank")
    return value


def _wrong_kind(place: str, zh: str, en: str) -> NoReturn:
    raise QueryError(place, f"{place} 应是{zh}", f"{place} is to be {en}.")
