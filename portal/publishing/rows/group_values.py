"""Buckets of time and exact aggregates: what a group is called, sums, averages and medians of numbers.

No double takes part anywhere. Sums, least, greatest and middle values are exact; an average is rounded to
`AVERAGE_DIGITS` digits, half to even, where it has more.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal, Inexact
from typing import Any

from portal.publishing.rows.column_forms import Form, day_text, month_text, unscaled
from portal.publishing.rows.row_query import Bucket
from portal.publishing.rows.row_table import Cell
from portal.publishing.rows.store_layout import Place
from portal.publishing.rows.typed_cells import moment_in, months_in

AVERAGE_DIGITS = 20
"""Digits of an average; a double has sixteen."""
_SUM_DIGITS = 10_000
"""A sum of more digits is not told: the numbers lie farther apart than anybody means."""
TOO_EXACT = "too exact"
_EXACT = Context(prec=_SUM_DIGITS, traps=[Inexact])
_ROUNDED = Context(prec=AVERAGE_DIGITS, rounding=ROUND_HALF_EVEN, traps=[])

BUCKETS: dict[str, tuple[Bucket, ...]] = {
    "date": ("year", "quarter", "month", "week", "day"),
    "datetime": ("year", "quarter", "month", "week", "day", "hour"),
    "yearmonth": ("year", "quarter", "month"),
}
"""The buckets that each type of moments has."""
BUCKET_TYPES = {
    "year": "year",
    "quarter": "string",
    "month": "yearmonth",
    "week": "string",
    "day": "date",
    "hour": "string",
}


class TooExact(ArithmeticError):
    """A sum that would need more than `_SUM_DIGITS` digits."""


def bucket_sql(kind: str, bucket: Bucket, kept: str, *, on_copy: bool) -> str:
    """Return what gives the number of a bucket for a day, second or month as it is kept."""
    sign = "//" if on_copy else "/"
    if kind == "month":
        return {"year": _floor(kept, 12, sign), "quarter": _floor(kept, 3, sign), "month": kept}[bucket]
    if bucket == "hour":
        return _floor(kept, 3600, sign)
    days = kept if kind == "day" else _floor(kept, 86_400, sign)
    if bucket == "day":
        return days
    if bucket == "week":
        return _floor(f"({days} + 3)", 7, sign)
    year, month = _calendar(days, on_copy=on_copy)
    if bucket == "quarter":
        return f"({year} * 4 + ({month} - 1) {sign} 3)"
    return year if bucket == "year" else f"({year} * 12 + {month} - 1)"


def _floor(number: str, by: int, sign: str) -> str:
    """Return a quotient rounded down, also of what is smaller than nought; *sign* divides whole numbers."""
    return f"(({number} - (({number} % {by}) + {by}) % {by}) {sign} {by})"


def _calendar(days: str, *, on_copy: bool) -> tuple[str, str]:
    if on_copy:
        day = f"(DATE '1970-01-01' + CAST({days} AS INTEGER))"
        return f"year({day})", f"month({day})"
    moment = f"{days} * 86400, 'unixepoch'"
    return f"CAST(strftime('%Y', {moment}) AS INTEGER)", f"CAST(strftime('%m', {moment}) AS INTEGER)"


def bucket_cell(bucket: Bucket, number: int) -> Cell:
    """Return what a bucket is called by its number.

    >>> bucket_cell("year", 2026), bucket_cell("quarter", 8105), bucket_cell("month", 24314)
    (2026, '2026-Q2', '2026-03')
    >>> bucket_cell("week", 2922), bucket_cell("day", 20454), bucket_cell("hour", 490896)
    ('2026-W01', '2026-01-01', '2026-01-01T00')
    """
    if bucket == "year":
        return number
    if bucket == "quarter":
        return f"{number // 4:04d}-Q{number % 4 + 1}"
    if bucket == "month":
        return month_text(number)
    if bucket == "week":
        year, week, _ = (date(1969, 12, 29) + timedelta(weeks=number)).isocalendar()
        return f"{year:04d}-W{week:02d}"
    if bucket == "day":
        return day_text(number)
    return f"{day_text(number // 24)}T{number % 24:02d}"


def bucket_number(bucket: Bucket, text: str, place: Place) -> int | None:
    """Return the number of the bucket that a cell falls into, by its text; None where it is no moment."""
    if place.column.type == "yearmonth":
        months = months_in(text)
        moment = None if months is None or not 12 <= months < 120_000 else datetime(months // 12, months % 12 + 1, 1)
    else:
        moment = moment_in(text, place.column.field)
    if moment is None:
        return None
    days = moment.toordinal() - date(1970, 1, 1).toordinal()
    return {
        "year": moment.year,
        "quarter": moment.year * 4 + (moment.month - 1) // 3,
        "month": moment.year * 12 + moment.month - 1,
        "week": (days + 3) // 7,
        "day": days,
        "hour": days * 24 + moment.hour,
    }[bucket]


def add(sum_: Decimal, number: Decimal) -> Decimal:
    """Return a sum with all its digits. Raises TooExact."""
    try:
        return _EXACT.add(sum_, number)
    except Inexact as error:
        raise TooExact from error


def average(sum_: Decimal, count: int) -> Decimal:
    """Return a quotient, rounded where it has too many digits, without noughts at its end.

    >>> average(Decimal(10), 4), average(Decimal(200), 1), average(Decimal(1), 3)
    (Decimal('2.5'), Decimal('200'), Decimal('0.33333333333333333333'))
    """
    return plain(_ROUNDED.divide(sum_, Decimal(count)))


def plain(number: Decimal) -> Decimal:
    """Return a number without noughts behind the point, and without an exponent where it is whole."""
    if not number.is_finite():
        return number
    if number == number.to_integral_value() and number.adjusted() < AVERAGE_DIGITS:
        return Decimal(int(number))
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int), "it is finite"
    while exponent < 0 and digits[-1] == 0:
        digits, exponent = digits[:-1], exponent + 1
    return Decimal((sign, digits, exponent))


def middle(numbers: list[Decimal]) -> Decimal:
    """Return the value in the middle, of an even number of values half of what the two in the middle make."""
    ordered = sorted(numbers, key=lambda number: (True, Decimal(0)) if number.is_nan() else (False, number))
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return low if low == high else half(add(low, high))


def half(number: Decimal) -> Decimal:
    """Return half of a number with all its digits."""
    return plain(_EXACT.multiply(number, Decimal("0.5"))) if number.is_finite() else number


def told(number: Decimal | None, type_: str) -> Cell:
    """Return an aggregate as answers give it: whole numbers as such where the column holds whole numbers."""
    if number is None:
        return None
    if not number.is_finite():
        return "NaN" if number.is_nan() else "INF" if number > 0 else "-INF"  # as Table Schema and cells have it
    return int(number) if type_ in ("integer", "year") else number


def in_units(form: Form, kept: int) -> Decimal:
    """Return a number of a column's units as the number that it stands for."""
    return unscaled(kept, form.scale, is_trimmed=form.is_trimmed or form.key == "decimal")


class Sum:
    """A sum that grows by one number at a time."""

    def __init__(self) -> None:
        self.found: Any = None

    def add(self, number: Any) -> None:
        """Take one more number, of whole numbers as `int`."""
        if self.found is None:
            self.found = number
        else:
            self.found = self.found + number if isinstance(number, int) else add(self.found, number)


class Middle:
    """The numbers in the middle; all must be held for that."""

    def __init__(self) -> None:
        self._numbers: list[Any] = []

    def add(self, number: Any) -> None:
        """Take one more number."""
        self._numbers.append(number)

    @property
    def found(self) -> Any:
        """The middle one, or the sum of two in the middle where they are whole numbers, which are halved later."""
        if not self._numbers:
            return None
        if isinstance(self._numbers[0], int):
            self._numbers.sort()
            return self._numbers[(len(self._numbers) - 1) // 2] + self._numbers[len(self._numbers) // 2]
        return middle(self._numbers)


def collector(read: Callable[[Any], Any], kind: type[Sum] | type[Middle]) -> type:
    """Return an aggregate of SQLite over numbers that *read* makes of what is kept; its result is a text or NULL."""

    class Collected:
        def __init__(self) -> None:
            self._gathered = kind()
            self._is_too_exact = False

        def step(self, kept: Any) -> None:
            number = None if kept is None or self._is_too_exact else read(kept)
            try:
                if number is not None:
                    self._gathered.add(number)
            except TooExact:
                self._is_too_exact = True

        def finalize(self) -> str | None:
            if self._is_too_exact:
                return TOO_EXACT
            try:
                found = self._gathered.found
            except TooExact:
                return TOO_EXACT
            return None if found is None else str(found)

    return Collected
