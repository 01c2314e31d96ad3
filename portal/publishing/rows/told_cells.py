"""Cells written as JSON straight from how a column keeps them: the text of a row, without values in between.

What is written is to the letter what `in_json` makes of the values that `column_decoder` gives; that is a law of the
tests. Most forms need no value: a decimal is its digits with a point between them, a code the text that its dictionary
holds for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

import simplejson

from portal.publishing.rows.column_forms import (
    DAYS_KEPT_MAX,
    MINUTE_TEXTS,
    ORDERED_TYPES,
    Form,
    day_text,
    decoder,
    month_text,
)

NULL = "null"
EXPONENT_FREE = 6
"""A number with more noughts behind the point, before its first digit or as all there is, has an exponent."""
_DAY_MINUTES = 24 * 60
_SECOND_TEXTS = [f"{second:02d}" for second in range(60)]


def in_json(value: Any) -> str:
    """Return a value, or a list or object of values, as JSON; numbers keep all their digits."""
    return simplejson.dumps(value, ensure_ascii=False, use_decimal=True, ignore_nan=True)


def cell_teller(form: Form, field: Mapping[str, Any], texts: Sequence[str]) -> Callable[[Any], str]:
    """Return what makes JSON of what a cell of a column holds, which is not None."""
    decode = decoder(form, field, texts)
    if form.kind == "codes":
        return [in_json(decode(code)) for code in range(len(texts))].__getitem__
    if form.kind == "integer" or (form.kind == "decimal" and not form.scale):
        return str
    if form.kind == "text" and field.get("type", "any") not in ORDERED_TYPES:
        return encode_basestring
    tellers: dict[str, Callable[[Any], str]] = {
        "decimal": _decimal(form, decode),
        "day": _day,
        "second": _second,
        "month": lambda months: f'"{month_text(months)}"',
    }
    return tellers.get(form.kind) or (lambda kept: in_json(decode(kept)))


def rows_in_json(columns: Sequence[Iterable[str]]) -> str:
    """Return rows as a list of lists, by their columns of what is written."""
    rows = "], [".join(map(", ".join, zip(*columns, strict=True)))
    return f"[[{rows}]]" if rows else "[]"


def _decimal(form: Form, decode: Callable[[int], Any]) -> Callable[[int], str]:
    """Return what writes a number with decimals that is kept as a whole one."""
    scale, is_trimmed = form.scale, form.is_trimmed
    one, plain_min = 10**scale, 10 ** (scale - EXPONENT_FREE) if scale > EXPONENT_FREE else 0

    def told(kept: int) -> str:
        if kept >= one:
            digits = str(kept)
        elif -plain_min < kept < plain_min:
            return in_json(decode(kept))
        else:
            digits = format(kept, f"0{scale + (1 if kept >= 0 else 2)}d")
        text = f"{digits[:-scale]}.{digits[-scale:]}"
        return text.rstrip("0").rstrip(".") if is_trimmed else text

    return told


@lru_cache(maxsize=DAYS_KEPT_MAX)
def _day(days: int) -> str:
    return f'"{day_text(days)}"'


def _second(seconds: int) -> str:
    minutes, second = divmod(seconds, 60)
    day, minute = divmod(minutes, _DAY_MINUTES)
    return f'"{day_text(day)}T{MINUTE_TEXTS[minute]}:{_SECOND_TEXTS[second]}"'
