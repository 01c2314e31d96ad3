"""Excel cells as text: numbers, dates (serial days, 1900 or 1904), times, booleans; fifteen digits.

One form for each kind of value, fitted to the type of the column. What the schema says of a column decides only where
the cell itself leaves it open: a number in a column of dates is a day counted by the sheet; text in a column of numbers
may be written with full-width digits.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from portal.examining.reading.normalise import KINDS, PLAIN, normalised
from portal.examining.reading.sheets.shown_cells import ShownNumber

EXACT_MAX = 1e15
"""Excel keeps fifteen digits: of a whole number from here on the last digits are lost."""
EXACT_CHARACTERS = 16
"""A number in no more characters has no more than fifteen digits."""
SERIAL_MAX = 2_958_465
"""The number of 9999-12-31 in a sheet whose days count from 1900."""
_NORMALISED = frozenset(PLAIN)
_NUMBERS = frozenset({"integer", "number", "year", "yearmonth", "date", "datetime"})
_DAYS = frozenset({"date", "datetime"})


def number_text(value: float) -> str:
    """Return a number in the fewest digits, without an exponent, whole ones without a point.

    A fraction has fifteen digits at most, as many as a spreadsheet program keeps and shows; what is behind them comes
    of reckoning in binary.

    >>> number_text(3.0), number_text(0.1), number_text(1e-7), number_text(1e20), number_text(0.1 + 0.2)
    ('3', '0.1', '0.0000001', '100000000000000000000', '0.3')
    """
    if value.is_integer() and -EXACT_MAX < value < EXACT_MAX:
        return str(int(value))
    if math.isfinite(value):
        value = float(f"{value:.15g}")
    text = repr(value)
    if "e" not in text or not math.isfinite(value):
        return text.removesuffix(".0")
    return format(Decimal(text), "f")


def duration_text(value: timedelta) -> str:
    """Return hours, minutes and seconds; a day more is 24 hours more.

    >>> duration_text(timedelta(days=1, hours=12))
    '36:00:00'
    """
    thousandths = round(value / timedelta(milliseconds=1))
    sign, (seconds, rest) = "-" if thousandths < 0 else "", divmod(abs(thousandths), 1000)
    return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}" + _fraction(rest)


def datetime_text(value: datetime) -> str:
    """Return the moment with the fraction of its second, if it has one.

    A sheet counts parts of a day, so a second may come out a hair short; thousandths are as fine as it shows them.

    >>> datetime_text(datetime(2024, 1, 5, 7, 59, 59, 999800)), datetime_text(datetime(2024, 1, 5, 23, 59, 59, 750000))
    ('2024-01-05T08:00:00', '2024-01-05T23:59:59.75')
    """
    if not value.microsecond:
        return value.isoformat()
    rest = (value.microsecond + 500) // 1000
    if rest == 1000:
        rest, value = 0, value + timedelta(seconds=1)
    return value.replace(microsecond=0).isoformat() + _fraction(rest)


def time_text(value: time) -> str:
    """Return the time of day with the fraction of its second, if it has one; the last second ends no day.

    >>> time_text(time(8, 5)), time_text(time(23, 59, 59, 999900))
    ('08:05:00', '23:59:59.999')
    """
    if value.microsecond >= 999_500 and value.replace(microsecond=0) == time(23, 59, 59):
        value = value.replace(microsecond=999_000)
    return datetime_text(datetime.combine(date(2000, 1, 1), value))[11:]


def _fraction(thousandths: int) -> str:
    return f".{thousandths:03}".rstrip("0") if thousandths else ""


def boolean_text(value: bool) -> str:
    """Return ``true`` or ``false``."""
    return "true" if value else "false"


def _as_shown(value: ShownNumber) -> str:
    return value.shown


TEXT_OF: dict[type, Callable[[Any], str]] = {
    str: str,
    float: number_text,
    ShownNumber: _as_shown,
    int: str,
    bool: boolean_text,
    date: date.isoformat,
    datetime: datetime_text,
    time: time_text,
    timedelta: duration_text,
    type(None): lambda _: "",
}
"""How a value of each type is written where the schema says nothing else."""


@dataclass
class ColumnText:
    """Writes the cells of one column and counts what should be said of them. Rows count from 1."""

    definition: Mapping[str, Any] = field(default_factory=dict)
    starts_1904: bool = False
    normalised_count: int = 0
    normalised_row: int = 0
    imprecise_rows: list[int] = field(default_factory=list)
    numeric_count: int = 0
    numeric_row: int = 0

    def __post_init__(self) -> None:
        kind = self.definition.get("type", "any")
        self.kind = kind if isinstance(kind, str) else "any"
        self.is_plain_text = self.kind == "string"
        self.is_normalised = self.kind in _NORMALISED
        words = self.definition.get("trueValues", ["true"]), self.definition.get("falseValues", ["false"])
        self.has_plain_booleans = words == (["true"], ["false"])
        own_format = self.definition.get("format", "default")
        self.format = own_format if isinstance(own_format, str) and "%" in own_format else ""
        self.decimal_sign = self.definition.get("decimalChar", ".")

    def texts(self, values: Sequence[Any], first_row: int) -> list[str]:
        """Return the cells of several rows, from *first_row* on, as texts.

        What all cells are alike in is decided once; the rest goes one by one through `text`.
        """
        kinds = set(map(type, values))
        if kinds == {str}:
            if not self.is_normalised:
                return list(values)
            is_plain = PLAIN[self.kind].fullmatch
            return [
                value if not value or (not self.format and is_plain(value)) else self.text(value, row)
                for row, value in enumerate(values, first_row)
            ]
        kinds.discard(str)
        if len(kinds) == 1 and not self.format:
            if kinds == {float} and self.decimal_sign != "," and self.kind not in _DAYS:
                return self._numbers(values, first_row)
            if kinds == {bool} and self.has_plain_booleans:
                return ["true" if value is True else "false" if value is False else value for value in values]
            if kinds == {datetime} and self.kind in ("datetime", "any", "string"):
                return [
                    value.isoformat()
                    if value.__class__ is datetime and not value.microsecond
                    else value and self.text(value, row)
                    for row, value in enumerate(values, first_row)
                ]
            if kinds == {date} and self.kind not in ("datetime", "yearmonth"):
                return [
                    value.isoformat() if value.__class__ is date else value and self.text(value, row)
                    for row, value in enumerate(values, first_row)
                ]
        return [self.text(value, row) for row, value in enumerate(values, first_row)]

    def _numbers(self, values: Sequence[Any], first_row: int) -> list[str]:
        """Return floats, and text between them, as texts."""
        texts = [
            value
            if value.__class__ is str
            else (str(int(value)) if -EXACT_MAX < value < EXACT_MAX else "")
            if value.is_integer()
            else repr(value)
            for value in values
        ]
        is_rewritten = self.is_plain_text or self.is_normalised
        if is_rewritten or "" in texts or "e" in "".join(texts) or max(map(len, texts)) > EXACT_CHARACTERS:
            for place, value in enumerate(values):
                if value.__class__ is float:
                    text = texts[place]
                    is_due = self.is_plain_text or not text or len(text) > EXACT_CHARACTERS or "e" in text
                else:
                    is_due = self.is_normalised and bool(value)
                if is_due:
                    texts[place] = self.text(value, first_row + place)
        return texts

    def text(self, value: Any, row: int) -> str:
        """Return a cell as text."""
        kind = type(value)
        if kind is str:
            if self.is_normalised and value:
                plain = normalised(value, self.definition, KINDS)
                if plain != value:
                    self.normalised_count += 1
                    self.normalised_row = self.normalised_row or row
                return plain
            return str(value)
        if kind is float or kind is int:
            return self._number(float(value), row)
        if kind is ShownNumber:
            return self._number(float(value), row) if self.kind in _NUMBERS else value.shown
        if kind is bool:
            return self._boolean(value)
        if kind in (date, datetime, time):
            return self._moment(value)
        if kind is timedelta and self.kind == "duration":
            seconds, rest = divmod(round(value / timedelta(milliseconds=1)), 1000)
            return f"PT{seconds}{_fraction(rest)}S"
        return TEXT_OF.get(kind, str)(value)

    def _number(self, value: float, row: int) -> str:
        if self.kind in _DAYS and 1 <= value <= SERIAL_MAX:
            return self._moment(self._day(value))
        if not -EXACT_MAX < value < EXACT_MAX and len(self.imprecise_rows) < 1000:
            self.imprecise_rows.append(row)
        if self.is_plain_text:
            self.numeric_count += 1
            self.numeric_row = self.numeric_row or row
        text = number_text(value)
        return text.replace(".", self.decimal_sign) if self.decimal_sign == "," else text

    def _day(self, value: float) -> date | datetime:
        # Excel takes 1900 for a leap year: from March on its days are one ahead.
        start = datetime(1904, 1, 1) if self.starts_1904 else datetime(1899, 12, 30 if value >= 60 else 31)
        moment = start + timedelta(days=value)
        return moment.date() if value.is_integer() and self.kind == "date" else moment

    def _boolean(self, value: bool) -> str:
        words = self.definition.get("trueValues" if value else "falseValues")
        text = boolean_text(value)
        return str(words[0]) if isinstance(words, list) and words and text not in words else text

    def _moment(self, value: date | datetime | time) -> str:
        if self.format:
            try:
                return value.strftime(self.format)
            except ValueError:
                return TEXT_OF[type(value)](value)
        if self.kind == "datetime" and type(value) is date:
            return f"{value.isoformat()}T00:00:00"
        if self.kind == "yearmonth" and isinstance(value, date):
            return f"{value:%Y-%m}"
        if self.kind == "date" and isinstance(value, datetime) and value.time() == time():
            return value.date().isoformat()
        return TEXT_OF[type(value)](value)


def plain_texts(row: Sequence[Any]) -> list[str]:
    """Return the cells of a row as text, without a schema.

    >>> plain_texts(["a", 1.0, True, date(2024, 1, 5)])
    ['a', '1', 'true', '2024-01-05']
    """
    return [TEXT_OF.get(type(value), str)(value) for value in row]
