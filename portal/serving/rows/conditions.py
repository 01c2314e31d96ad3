"""Filters of a request: ``浓度__gte=35`` and its like become typed conditions; which operator suits which type.

What follows the last ``__`` is the operator, unless the whole is the name of a column. Several values of one key are
alternatives for ``eq``, ``in``, ``contains`` and ``startswith``, and all excluded by ``ne``; else a key has one value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, get_args

from portal.model.errors import QueryError
from portal.publishing.rows.row_query import AllOf, AnyOf, Column, Condition, Operator, Where
from portal.publishing.rows.row_table import RowField
from portal.serving.rows.known_columns import KnownColumns, shown
from portal.serving.rows.refusals import UnfittingError
from portal.serving.rows.typed_values import is_text, is_true, plain_text, typed, whole_day
from portal.serving.rows.written_names import quotation_end, value_list

if TYPE_CHECKING:
    from portal.publishing.rows.row_query import Value

OPERATORS: tuple[Operator, ...] = get_args(Operator)
WITHIN_TEXT: tuple[Operator, ...] = ("contains", "startswith")
"""The operators that look for a part of a text."""
MARK = "__"
"""What stands between a column and an operator."""

CONDITIONS_MAX = 100
"""Conditions of one question."""
VALUES_MAX = 500
"""Values that one condition may compare with."""

_ORDERED: tuple[Operator, ...] = ("gt", "gte", "lt", "lte")
_OF_A_DAY: Mapping[Operator, tuple[tuple[Operator, int], ...]] = {
    "eq": (("gte", 0), ("lt", 1)),
    "gt": (("gte", 1),),
    "gte": (("gte", 0),),
    "lt": (("lt", 0),),
    "lte": (("lt", 1),),
}
"""What a day alone means for moments: the operators, each with the first moment of the day (0) or of the next (1)."""


def read_filter(key: str, values: Sequence[str], columns: KnownColumns) -> Where:
    """Return what must hold by one key of a request with all its values. Raises QueryError."""
    column, operator = split_key(key, columns)
    field = columns.field_of(column)
    if operator == "isnull":
        return Condition(column, "isnull", (is_true(_only(key, values), key),))
    given: list[object] = [item for value in values for item in value_list(value)] if operator == "in" else [*values]
    if operator == "in" or (operator == "eq" and len(given) > 1):
        return condition(column, field, "in", given, key)
    parts = tuple(condition(column, field, operator, [one], key) for one in given)
    if operator in _ORDERED:
        _only(key, values)
    if len(parts) == 1:
        return parts[0]
    _bounded(len(parts), key)
    return AllOf(parts) if operator == "ne" else AnyOf(parts)


def split_key(key: str, columns: KnownColumns) -> tuple[Column, Operator]:
    """Return the column and the operator that a key means. Raises QueryError where it means none."""
    end = quotation_end(key)
    if end and (column := columns.found(key[:end])) and (key[end:] == "" or key[end:].startswith(MARK)):
        return column, operator_named(key[end + len(MARK) :], key) if key[end:] else "eq"
    if column := columns.found(key):
        return column, "eq"
    name, mark, word = key.rpartition(MARK)
    if not mark:
        return columns.column(key, key), "eq"
    column = columns.found(name)
    if column:
        return column, operator_named(word, key)
    return columns.column(name if word in OPERATORS else key, key), "eq"


def operator_named(word: object, parameter: str) -> Operator:
    """Return the operator of that name. Raises QueryError where there is none."""
    for operator in OPERATORS:
        if word == operator:
            return operator
    near = get_close_matches(str(word)[:20], OPERATORS, n=1)
    options = ", ".join(OPERATORS)
    raise QueryError(
        parameter,
        f"没有运算符“{shown(str(word))}”{f'，是否指 {near[0]}' if near else ''}。可用：{options}",
        f'There is no operator "{shown(str(word))}"{f"; did you mean {near[0]}" if near else ""}. Use {options}.',
    )


def condition(column: Column, field: RowField, operator: Operator, given: Sequence[object], parameter: str) -> Where:
    """Return what must hold of *column* compared with *given*: one value, or any number for ``in``.

    Raises QueryError where the operator does not suit the type, or a value is not of it. A day alone stands for the
    whole day where the column has moments.
    """
    _suits(field, operator, parameter)
    if operator in WITHIN_TEXT:
        return Condition(column, operator, (_part(given[0], parameter),))
    days = [whole_day(field, one) for one in given]
    if any(days):
        return _of_days(column, field, operator, given, parameter)
    values = tuple(dict.fromkeys(typed(field, one, parameter) for one in given))
    _bounded(len(given), parameter)
    return Condition(column, operator, values)


def _of_days(column: Column, field: RowField, operator: Operator, given: Sequence[object], parameter: str) -> Where:
    if operator == "in":
        _bounded(len(given), parameter)
        return AnyOf(tuple(condition(column, field, "eq", [one], parameter) for one in given))
    day = whole_day(field, given[0])
    assert day is not None
    if operator == "ne":
        return AnyOf((Condition(column, "lt", (day[0],)), Condition(column, "gte", (day[1],))))
    parts = tuple(Condition(column, meant, (day[which],)) for meant, which in _OF_A_DAY[operator])
    return parts[0] if len(parts) == 1 else AllOf(parts)


def _part(given: object, parameter: str) -> Value:
    if not isinstance(given, str):
        raise QueryError(
            parameter,
            f"{shown(parameter)} 应是要查找的文字",
            f"{shown(parameter)} is to be the text to look for.",
        )
    text = plain_text(given, parameter)
    if text == "":
        raise QueryError(
            parameter,
            f"{shown(parameter)} 没有值，请写要查找的文字",
            f"{shown(parameter)} has no value; write the text to look for.",
        )
    return text


def _suits(field: RowField, operator: Operator, parameter: str) -> None:
    if operator in WITHIN_TEXT and not is_text(field):
        use = "eq, ne, in, isnull" if field.type == "boolean" else "eq, ne, gt, gte, lt, lte, in, isnull"
    elif operator in _ORDERED and field.type == "boolean":
        use = "eq, ne, in, isnull"
    else:
        return
    raise UnfittingError(
        parameter,
        f"列“{shown(field.name)}”的类型是 {field.type}，不能用 {operator}。可用：{use}",
        f'The column "{shown(field.name)}" is of type {field.type}, which {operator} does not suit. Use {use}.',
    )


def _only(key: str, values: Sequence[str]) -> str:
    if len(values) != 1:
        raise QueryError(
            key,
            f"{shown(key)} 只能写一次，现在写了 {len(values)} 次",
            f"{shown(key)} may stand once, and stands {len(values)} times.",
        )
    return values[0]


def _bounded(number: int, parameter: str) -> None:
    if number > VALUES_MAX:
        raise QueryError(
            parameter,
            f"{shown(parameter)} 有 {number} 个值，最多 {VALUES_MAX} 个。请分几次查询",
            f"{shown(parameter)} has {number} values, of at most {VALUES_MAX}. Ask in several requests.",
        )
