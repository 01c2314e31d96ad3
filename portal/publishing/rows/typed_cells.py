"""Cells of a published CSV by type: the value that answers give (integers, decimals, truth), the key compared by.

A value never says anything else than its cell: what JSON has no number for (``NaN``, ``INF``) stays text. Keys are
texts whose order by code points is the order of the values, so Python and SQLite compare alike:

- numbers by size, -INF first, then INF, then NaN; days, times and moments by the clock, those with a zone by the moment
  in UTC, those without as if they stood there;
- durations by length, a month being a twelfth of 365.2425 days; false before true; everything else as text;
- what its type cannot hold comes after all that it can.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from portal.publishing.rows.row_query import Value
from portal.publishing.rows.row_table import Cell

NUMBERS = frozenset(("integer", "number", "year"))
MOMENTS = frozenset(("date", "datetime", "time"))
UNREADABLE = "~"
"""Begins the key of a cell that its type cannot hold."""

_ANY_DAY = date(2000, 1, 2)
"""The day of all times, so that they compare with each other."""
_EXPONENTS = 10**18
"""More than the exponent of any decimal."""
_COMPLEMENT = str.maketrans("0123456789", "9876543210")
_INTEGER = re.compile(r"[+-]?[0-9]{1,4000}")
_DURATION = re.compile(
    r"(?P<sign>[+-]?)P(?!$)(?:(?P<years>\d+(?:\.\d+)?)Y)?(?:(?P<months>\d+(?:\.\d+)?)M)?(?:(?P<weeks>\d+(?:\.\d+)?)W)?"
    r"(?:(?P<days>\d+(?:\.\d+)?)D)?(?:T(?:(?P<hours>\d+(?:\.\d+)?)H)?(?:(?P<minutes>\d+(?:\.\d+)?)M)?"
    r"(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?",
    re.ASCII,
)
_SECONDS = {
    "years": Decimal(31_556_952),
    "months": Decimal(2_629_746),
    "weeks": Decimal(604_800),
    "days": Decimal(86_400),
    "hours": Decimal(3600),
    "minutes": Decimal(60),
    "seconds": Decimal(1),
}


def cell_reader(field: Mapping[str, Any]) -> Callable[[str], Cell]:
    """Return what makes a value of a cell's text; a cell without text has none.

    >>> read = cell_reader({"type": "number"})
    >>> read("12.50"), read("NaN"), read("")
    (Decimal('12.50'), 'NaN', None)
    """
    type_ = field.get("type", "any")
    if type_ in ("integer", "year"):
        return _whole_number
    if type_ == "number":
        return lambda text: _finite(number_in(text, field), text)
    if type_ == "boolean":
        truths = _truths(field)
        return lambda text: truths.get(text, text or None)
    return lambda text: text or None


def cell_writer(field: Mapping[str, Any]) -> Callable[[Cell], str]:
    """Return what makes of a value the text of its cell in the published CSV, "" of none.

    >>> write = cell_writer({"type": "boolean", "trueValues": ["是"], "falseValues": ["否"]})
    >>> write(True), write(False), write(None)
    ('是', '否', '')
    >>> cell_writer({"type": "number", "groupChar": " ", "decimalChar": ","})(Decimal("1234567.50"))
    '1 234 567,50'
    """
    type_, group, decimal = field.get("type", "any"), field.get("groupChar"), field.get("decimalChar")
    if type_ == "boolean":
        yes, no = (
            str((field.get(name) or [word])[0]) for name, word in (("trueValues", "true"), ("falseValues", "false"))
        )
        return lambda cell: "" if cell is None else yes if cell is True else no if cell is False else str(cell)
    if type_ == "number" and (group or decimal):
        signs = {".": str(decimal or "."), ",": str(group or "")}
        return lambda cell: (
            "".join(signs.get(sign, sign) for sign in f"{cell:,}") if isinstance(cell, Decimal) else str(cell or "")
        )
    return lambda cell: "" if cell is None else str(cell)


def key_reader(field: Mapping[str, Any]) -> Callable[[str], str]:
    """Return what makes the key of a cell's text, which is not empty.

    >>> key = key_reader({"type": "number"})
    >>> sorted(["10", "9.5", "-1", "-INF", "NaN", "1e3"], key=key)
    ['-INF', '-1', '9.5', '10', '1e3', 'NaN']
    """
    type_ = field.get("type", "any")
    if type_ in NUMBERS:
        return lambda text: _or_unreadable(number_in(text, field), number_key, text)
    if type_ == "boolean":
        truths = _truths(field)
        return lambda text: str(int(truths[text])) if text in truths else UNREADABLE + text
    if type_ in MOMENTS:
        return lambda text: _or_unreadable(moment_in(text, field), _moment_key, text)
    if type_ == "yearmonth":
        return lambda text: _or_unreadable(months_in(text), lambda months: f"{months:09d}", text)
    if type_ == "duration":
        return lambda text: _or_unreadable(seconds_in(text), number_key, text)
    return str


def key_of(value: Value, field: Mapping[str, Any]) -> str:
    """Return the key of a value that somebody asks for."""
    type_ = field.get("type", "any")
    if isinstance(value, int | Decimal) and type_ in NUMBERS:
        return number_key(Decimal(value))
    if type_ == "boolean" and str(value).lower() in ("true", "false"):
        return str(int(str(value).lower() == "true"))
    return key_reader(field)(str(value))


def number_key(number: Decimal) -> str:
    """Return a text that stands among the keys of other numbers where the number stands among those."""
    if number.is_nan():
        return "r"
    if number.is_infinite():
        return "q" if number > 0 else "a"
    if not number:
        return "m"
    digits = "".join(map(str, number.as_tuple().digits)).rstrip("0")
    if number > 0:
        return f"p{_EXPONENTS + number.adjusted():019d}{digits}"
    return f"b{_EXPONENTS - number.adjusted():019d}{digits.translate(_COMPLEMENT)}~"


def number_in(text: str, field: Mapping[str, Any]) -> Decimal | None:
    """Return the number that a cell holds, None where it holds none."""
    group, decimal = field.get("groupChar"), field.get("decimalChar")
    if isinstance(group, str) and group:
        text = text.replace(group, "")
    if isinstance(decimal, str) and decimal:
        text = text.replace(decimal, ".")
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def moment_in(text: str, field: Mapping[str, Any]) -> datetime | None:
    """Return a day, time or moment as a moment without a zone (UTC where one is stated), None where it is none.

    Its own format is tried before ISO 8601, so what stands in the CSV is understood, and what programs write, too.
    """
    type_, format_ = field.get("type"), str(field.get("format") or "default")
    if "%" in format_:
        try:
            moment = datetime.strptime(text, format_)
            return _without_zone(datetime.combine(_ANY_DAY, moment.timetz()) if type_ == "time" else moment)
        except ValueError:
            pass
    try:
        if type_ == "date":
            return datetime.combine(date.fromisoformat(text), time())
        if type_ == "time":
            return _without_zone(datetime.combine(_ANY_DAY, time.fromisoformat(text)))
        return _without_zone(datetime.fromisoformat(text))
    except ValueError:
        return None


def months_in(text: str) -> int | None:
    """Return a month of a year as months since the year 0.

    >>> months_in("2026-03"), months_in("2026-0129")
    (24314, None)
    """
    year, _, month = text.partition("-")
    if not (year.isdecimal() and month.isdecimal() and len(year) <= 6 and len(month) <= 2 and 1 <= int(month) <= 12):
        return None
    return int(year) * 12 + int(month) - 1


def seconds_in(text: str) -> Decimal | None:
    """Return how long a duration is.

    >>> seconds_in("P1DT1M"), seconds_in("P1")
    (Decimal('86460'), None)
    """
    found = _DURATION.fullmatch(text)
    if not found or text.endswith("T"):
        return None
    length = sum((Decimal(found[name] or 0) * unit for name, unit in _SECONDS.items()), Decimal(0))
    return -length if found["sign"] == "-" else length


def _moment_key(moment: datetime) -> str:
    return f"{moment.year:04d}{moment:-%m-%dT%H:%M:%S.%f}"


def _without_zone(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    except OverflowError:
        return moment.replace(tzinfo=None)


def _or_unreadable(value: Any, write: Callable[[Any], str], text: str) -> str:
    return UNREADABLE + text if value is None else write(value)


def _whole_number(text: str) -> Cell:
    return int(text) if _INTEGER.fullmatch(text) else text or None


def _finite(number: Decimal | None, text: str) -> Cell:
    return number if number is not None and number.is_finite() else text or None


def _truths(field: Mapping[str, Any]) -> dict[str, bool]:
    """Return what each text of a column of truth means, as Table Schema has it where the schema says nothing."""
    no = field.get("falseValues") or ["false", "False", "FALSE", "0"]
    yes = field.get("trueValues") or ["true", "True", "TRUE", "1"]
    return {**{str(text): False for text in no}, **{str(text): True for text in yes}}
