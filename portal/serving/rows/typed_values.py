"""Values of a request, typed by the field they are compared with: integer, number, boolean, days and times, text.

Nothing reaches a store that is not of its column's type. Whatever is not is refused with the parameter, the value, the
type and an example: 409, since the column of another table may hold it; 400 for what no column holds (decision 029).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from portal.model.api import CONTROL_SIGNS
from portal.model.errors import QueryError
from portal.model.text import LocalText
from portal.publishing.rows.row_query import Value
from portal.publishing.rows.row_table import RowField
from portal.publishing.rows.typed_cells import MOMENTS
from portal.serving.rows.known_columns import shown
from portal.serving.rows.refusals import UnfittingError

DIGITS_MAX = 30
"""Digits of a number in a request."""
EXPONENT_MAX = 300
"""Powers of ten by which a number in a request may be moved, either way."""
TEXT_CHARACTERS_MAX = 4_000
"""Characters of one text in a request."""

_IS_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?").fullmatch
_IS_INTEGER = re.compile(r"[+-]?[0-9]+").fullmatch
_IS_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
_CONTROL = re.compile(rf"[{CONTROL_SIGNS}\ud800-\udfff]")

TRUE, FALSE = ("true", "True", "TRUE", "1"), ("false", "False", "FALSE", "0")
"""What is true and false where a field says nothing else (Table Schema)."""


@dataclass(frozen=True)
class _Kind:
    read: Callable[[str], Value]
    meaning: LocalText
    example: str


def typed(field: RowField, given: object, parameter: str) -> Value:
    """Return *given*, a text or a value of JSON, as a value of *field*.

    Raises UnfittingError where it is none of that field, QueryError where it is none of any.
    """
    if isinstance(given, bool):
        if field.type == "boolean":
            return given
        raise _wrong(field, "true" if given else "false", parameter)
    if isinstance(given, int | Decimal):
        given = str(given) if is_number(field) else _refuse_number(field, given, parameter)
    if not isinstance(given, str):
        raise QueryError(
            parameter,
            f"{shown(parameter)} 应是文本、数、true 或 false",
            f"{shown(parameter)} is to be a text, a number, true or false.",
        )
    text = plain_text(given, parameter)
    if field.type == "boolean":
        return _boolean(field, text, parameter)
    kind = _KINDS.get(field.type)
    if kind is None:
        return text
    try:
        return _as_published(field, text.strip()) or kind.read(text.strip())
    except (ValueError, InvalidOperation):
        raise _wrong(field, text, parameter) from None


def plain_text(text: str, parameter: str) -> str:
    """Return *text* where it can stand in a cell. Raises QueryError where it is too long or holds control signs."""
    if len(text) > TEXT_CHARACTERS_MAX:
        raise QueryError(
            parameter,
            f"{shown(parameter)} 的值超过 {TEXT_CHARACTERS_MAX} 个字符，请缩短",
            f"The value of {shown(parameter)} has more than {TEXT_CHARACTERS_MAX} characters; make it shorter.",
        )
    if _CONTROL.search(text):
        raise QueryError(
            parameter,
            f"{shown(parameter)} 的值“{shown(text)}”含有控制字符，请去掉",
            f'The value "{shown(text)}" of {shown(parameter)} holds control characters; leave them out.',
        )
    return text


def is_number(field: RowField) -> bool:
    """Whether the values of a field are numbers."""
    return field.type in ("integer", "number", "year")


def is_text(field: RowField) -> bool:
    """Whether parts of the values of a field can be looked for: texts, and days and times as they are written."""
    return not is_number(field) and field.type != "boolean"


def whole_day(field: RowField, given: object) -> tuple[str, str] | None:
    """Return the first moment of a day and of the next where a field of moments is compared with a day alone.

    >>> whole_day(RowField("t", "datetime", {}), "2026-01-31")
    ('2026-01-31T00:00:00', '2026-02-01T00:00:00')
    """
    if field.type != "datetime" or not isinstance(given, str) or not _IS_DAY(given.strip()):
        return None
    try:
        day = date.fromisoformat(given.strip())
        following = day + timedelta(days=1)
    except (ValueError, OverflowError):
        return None
    return f"{day.isoformat()}T00:00:00", f"{following.isoformat()}T00:00:00"


def is_true(text: str, parameter: str) -> bool:
    """Return a yes or no of a request's own. Raises QueryError for another word.

    >>> is_true("true", "_distinct"), is_true("0", "_distinct")
    (True, False)
    """
    if text in TRUE or text in FALSE:
        return text in TRUE
    raise QueryError(
        parameter,
        f"{shown(parameter)} 应是 true 或 false，不是“{shown(text)}”",
        f'{shown(parameter)} is true or false, not "{shown(text)}".',
    )


def _refuse_number(field: RowField, given: int | Decimal, parameter: str) -> str:
    raise UnfittingError(
        parameter,
        f'列“{shown(field.name)}”的类型是 {field.type}，值应写成文本，如 "{shown(str(given))}"',
        f'The column "{shown(field.name)}" is of type {field.type}: write the value as a text, '
        f'e.g. "{shown(str(given))}".',
    )


def _boolean(field: RowField, text: str, parameter: str) -> bool:
    yes, no = _words(field.schema, "trueValues", TRUE), _words(field.schema, "falseValues", FALSE)
    for words, value in ((yes, True), (no, False), (TRUE, True), (FALSE, False)):
        if text in words:
            return value
    raise _wrong(field, text, parameter, example=f"{yes[0]} / {no[0]}")


def _words(schema: Mapping[str, object], key: str, default: tuple[str, ...]) -> tuple[str, ...]:
    words = schema.get(key)
    return tuple(map(str, words)) if isinstance(words, list | tuple) and words else default


def _wrong(field: RowField, text: str, parameter: str, *, example: str = "") -> UnfittingError:
    kind = _KINDS.get(field.type, _TEXT)
    if not text.strip():
        return UnfittingError(
            parameter,
            f"{shown(parameter)} 没有值。要找没有值的单元格，请写 __isnull=true；要略过空白参数，请加 _skip_blank=true",
            f"{shown(parameter)} has no value. For cells without a value ask __isnull=true; to pass over blank "
            "parameters add _skip_blank=true.",
        )
    meaning, example = _MEANINGS.get(field.type, _TEXT.meaning), example or kind.example
    return UnfittingError(
        parameter,
        f"{shown(parameter)} 的值“{shown(text)}”不是{meaning.zh}（{field.type}），应写成如 {example}",
        f'The value "{shown(text)}" of {shown(parameter)} is not {meaning.en} ({field.type}); write e.g. {example}.',
    )


def _as_published(field: RowField, text: str) -> str:
    """Return a day, time or moment that is written in its column's own format, "" where it is not.

    It stays as it is: in ISO 8601 the store would read it once more, and ``%Y-%d-%m`` looks the same.
    """
    format_ = str(field.schema.get("format") or "")
    if field.type not in MOMENTS or "%" not in format_:
        return ""
    try:
        datetime.strptime(text, format_)
    except ValueError:
        return ""
    return text


def _integer(text: str) -> int:
    if not _IS_INTEGER(text) or len(text) > DIGITS_MAX:
        raise ValueError
    return int(text)


def _number(text: str) -> Decimal:
    if not _IS_NUMBER(text) or len(text) > 2 * DIGITS_MAX:
        raise ValueError
    number = Decimal(text)
    if len(number.as_tuple().digits) > DIGITS_MAX or abs(number.adjusted()) > EXPONENT_MAX:
        raise ValueError
    return number


def _year(text: str) -> int:
    if not re.fullmatch("-?[0-9]{4}", text):
        raise ValueError
    return int(text)


def _day(text: str) -> str:
    if not _IS_DAY(text):
        raise ValueError
    return date.fromisoformat(text).isoformat()


def _moment(text: str) -> str:
    if not re.match("[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]", text):
        raise ValueError
    return datetime.fromisoformat(text).isoformat()


def _time(text: str) -> str:
    if not re.match("[0-9]{2}:[0-9]{2}", text):
        raise ValueError
    return time.fromisoformat(text).isoformat()


def _month(text: str) -> str:
    if not re.fullmatch("[0-9]{4}-(?:0[1-9]|1[0-2])", text):
        raise ValueError
    return text


_TEXT = _Kind(str, LocalText("文本", "a text"), "徐汇")
_KINDS: Mapping[str, _Kind] = {
    "integer": _Kind(_integer, LocalText("整数", "an integer"), "30"),
    "number": _Kind(_number, LocalText("数", "a number"), "35.5"),
    "year": _Kind(_year, LocalText("年份", "a year"), "2026"),
    "date": _Kind(_day, LocalText("日期", "a day"), "2026-01-31"),
    "datetime": _Kind(_moment, LocalText("带时间的日期", "a day with a time"), "2026-01-31T08:30:00"),
    "time": _Kind(_time, LocalText("时间", "a time"), "08:30:00"),
    "yearmonth": _Kind(_month, LocalText("年和月", "a month"), "2026-01"),
}
_BOOLEAN = LocalText("真假值", "true or false")
_MEANINGS = {name: kind.meaning for name, kind in _KINDS.items()} | {"boolean": _BOOLEAN}
