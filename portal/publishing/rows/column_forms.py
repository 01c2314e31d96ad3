"""How a column is kept in a store: whole numbers, scaled decimals, days, codes of a dictionary, text with a key.

Small numbers take little room and make small indices, and SQLite and DuckDB compare them alike. Which form a column has
is found out by `column_survey`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Literal

from portal.publishing.rows.row_table import Cell
from portal.publishing.rows.typed_cells import cell_reader, key_reader, moment_in, months_in, number_in

Kind = Literal["integer", "decimal", "day", "second", "month", "codes", "text"]
KeyKind = Literal["", "decimal", "ordered"]

DAYS_KEPT_MAX = 40_000
"""Days whose texts are remembered, those of a century."""

_FIRST_DAY = date(1970, 1, 1).toordinal()
_FIRST_MOMENT = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class Form:
    """How the cells of a column are kept."""

    kind: Kind
    scale: int = 0
    """Decimals of a number, in the column itself or in its key."""
    is_trimmed: bool = False
    """Whether no cell ends in a nought behind the point; else all have as many decimals as *scale* says."""
    key: KeyKind = ""
    """What the column beside a text holds, by which it is compared; "" where it is compared by itself."""
    has_blanks: bool = False
    """Whether there are cells without a value."""
    is_ascii: bool = False
    """Whether no text has a character beyond ASCII, so that nobody need look for one there."""

    @property
    def is_number(self) -> bool:
        """Whether the column of the store that is compared holds whole numbers of 64 bits."""
        return self.kind != "text" or self.key == "decimal"


ORDERED_TYPES = frozenset(("integer", "number", "year", "boolean", "date", "datetime", "time", "yearmonth", "duration"))
"""Types whose values have another order than their texts."""


def encoder(form: Form, field: Mapping[str, Any], texts: Sequence[str]) -> Callable[[str], Any]:
    """Return what makes of a cell's text what is kept; the cell is not empty."""
    if form.kind == "codes":
        return {text: code for code, text in enumerate(texts)}.__getitem__
    encoders: dict[str, Callable[[str], Any]] = {
        "integer": int,
        "decimal": lambda text: _scaled(Decimal(text), form.scale),
        "day": lambda text: date.fromisoformat(text).toordinal() - _FIRST_DAY,
        "second": lambda text: seconds_of(datetime.fromisoformat(text)),
        "month": months_in,
        "text": str,
    }
    return encoders[form.kind]


def key_encoder(form: Form, field: Mapping[str, Any]) -> Callable[[str], Any]:
    """Return what makes the key that is kept beside the text of a cell."""
    if form.key == "decimal":
        return lambda text: _scaled(number_in(text, field) or Decimal(0), form.scale)
    return key_reader(field)


def decoder(form: Form, field: Mapping[str, Any], texts: Sequence[str]) -> Callable[[Any], Cell]:
    """Return what makes a value of what is kept; None of None."""
    return _or_none(_decoder(form, field, texts))


def column_decoder(
    form: Form, field: Mapping[str, Any], texts: Sequence[str]
) -> Callable[[Sequence[Any]], Sequence[Cell]]:
    """Return what makes values of what is kept in many cells of a column."""
    if form.kind == "integer" or (form.kind == "text" and field.get("type", "any") not in ORDERED_TYPES):
        return lambda kept: kept
    decode = _decoder(form, field, texts)
    if not form.has_blanks:
        return lambda kept: list(map(decode, kept))
    return lambda kept: [None if item is None else decode(item) for item in kept]


def _decoder(form: Form, field: Mapping[str, Any], texts: Sequence[str]) -> Callable[[Any], Cell]:
    read = cell_reader(field)
    if form.kind == "codes":
        return [read(text) for text in texts].__getitem__
    if form.kind == "decimal":
        return lambda kept: unscaled(kept, form.scale, is_trimmed=form.is_trimmed)
    if form.kind == "text":
        return read
    decoders: dict[str, Callable[[Any], Cell]] = {
        "integer": int,
        "day": day_text,
        "second": second_text,
        "month": month_text,
    }
    return decoders[form.kind]


def units(form: Form, field: Mapping[str, Any], value: Any) -> Decimal | None:
    """Return a value that somebody asks for in the units of a column of numbers, None where it is no such value.

    What lies between two units is told as the middle between them, for no cell is there.

    >>> units(Form("day"), {"type": "date"}, "1970-01-31"), units(Form("decimal", 2), {"type": "number"}, 7)
    (Decimal('30'), Decimal('7E+2'))
    """
    if form.kind in ("integer", "decimal") or form.key == "decimal":
        number = number_in(value, field) if isinstance(value, str) else Decimal(value)
        return number if number is None or not number.is_finite() else _shifted(number, form.scale)
    if form.kind == "month":
        months = months_in(str(value))
        return None if months is None else Decimal(months)
    moment = moment_in(str(value), field)
    if moment is None:
        return None
    whole, rest = divmod(moment - _FIRST_MOMENT, timedelta(days=1) if form.kind == "day" else timedelta(seconds=1))
    return Decimal(whole) + (Decimal("0.5") if rest else 0)


def unscaled(kept: int, scale: int, *, is_trimmed: bool) -> Decimal:
    """Return the decimal that is kept as a whole number.

    >>> unscaled(1250, 2, is_trimmed=False), unscaled(1250, 2, is_trimmed=True), unscaled(1200, 2, is_trimmed=True)
    (Decimal('12.50'), Decimal('12.5'), Decimal('12'))
    """
    if is_trimmed:
        while scale and kept % 10 == 0:
            kept //= 10
            scale -= 1
    return Decimal(f"{kept}e-{scale}") if scale else Decimal(kept)


@lru_cache(maxsize=DAYS_KEPT_MAX)
def day_text(days: int) -> str:
    """Return the day that many days after the first of January 1970."""
    return date.fromordinal(days + _FIRST_DAY).isoformat()


MINUTE_TEXTS = [f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(24 * 60)]


def second_text(seconds: int) -> str:
    """Return the moment that many seconds after the first of January 1970."""
    days, rest = divmod(seconds, 86_400)
    minute, second = divmod(rest, 60)
    return f"{day_text(days)}T{MINUTE_TEXTS[minute]}:{second:02d}"


def month_text(months: int) -> str:
    """Return a month counted from the year 0.

    >>> month_text(24314)
    '2026-03'
    """
    return f"{months // 12:04d}-{months % 12 + 1:02d}"


def seconds_of(moment: datetime) -> int:
    """Return the seconds between the first of January 1970 and a moment."""
    return (moment - _FIRST_MOMENT) // timedelta(seconds=1)


def _shifted(number: Decimal, places: int) -> Decimal:
    """Move the point, with all digits: the arithmetic of decimals would round to 28."""
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int), "only finite numbers have a point"
    try:
        return Decimal((sign, digits, exponent + places))
    except InvalidOperation:
        return number  # greater than any decimal can be: no cell comes near it, wherever its point is


def _scaled(number: Decimal, scale: int) -> int:
    return int(_shifted(number, scale))


def _or_none(decode: Callable[[Any], Cell]) -> Callable[[Any], Cell]:
    return lambda kept: None if kept is None else decode(kept)
