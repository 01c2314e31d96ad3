"""JSON and Parquet values as cell text: numbers without exponents, dates in ISO 8601, lists as JSON."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

from portal.model.limits import JSON_DEPTH_MAX

PLAIN_PLACES_MAX = 400
"""A number that is smaller than this many places behind the point is written with an exponent."""
_WHOLE_PLACES_MAX = 15
"""A whole number of more places that a program wrote with an exponent keeps it."""


class TooDeep(ValueError):
    """Lists or objects nested beyond the limit."""


def number_text(value: int | float | Decimal) -> str:
    """Return a number as plain decimal text: its own digits, without an exponent below 10^15, whole without ``.0``.

    >>> number_text(Decimal("1E+5")), number_text(2.0), number_text(Decimal("1.10")), number_text(0.00001)
    ('100000', '2', '1.10', '0.00001')
    >>> number_text(1e300), number_text(float("nan"))
    ('1E+300', 'NaN')
    """
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            return "NaN" if math.isnan(value) else "INF" if value > 0 else "-INF"
        value = Decimal(repr(value))
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        return str(value)
    if (exponent > 0 and value.adjusted() >= _WHOLE_PLACES_MAX) or value.adjusted() < -PLAIN_PLACES_MAX:
        return str(value.normalize()) if value else "0"
    text = format(value, "f")
    whole, _, fraction = text.partition(".")
    if not fraction.strip("0"):
        return "0" if whole == "-0" else whole
    return text


def cell_text(value: Any) -> str:
    """Return any value as the text of a cell; nothing is empty text. Raises TooDeep.

    >>> cell_text(None), cell_text(True), cell_text("a"), cell_text([1, {"名": None}])
    ('', 'true', 'a', '[1, {"名": null}]')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return number_text(value)
    if isinstance(value, Mapping | list | tuple):
        return json_text(value)
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return str(value)


def json_text(value: Any, depth: int = 0) -> str:
    """Return *value* as JSON in one line that keeps the digits of numbers. Raises TooDeep."""
    if depth > JSON_DEPTH_MAX:
        raise TooDeep
    if isinstance(value, Mapping):
        pairs = (f"{encode_basestring(str(key))}: {json_text(item, depth + 1)}" for key, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join([json_text(item, depth + 1) for item in value]) + "]"
    if value is None:
        return "null"
    if isinstance(value, bool | int | float | Decimal):
        text = cell_text(value)
        return "null" if text.lstrip("-") in ("NaN", "INF") else text
    return encode_basestring(cell_text(value))
