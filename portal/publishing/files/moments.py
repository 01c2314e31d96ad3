"""Dates and times in the published CSV (ISO 8601), and the format by which readers of Table Schema 1 take them.

In version 1 a datetime without a format ends in Z, in version 2 it need not. So the schema names the format that the
cells of the column have; readers of either version follow it. Of days and whole times both versions think alike.

Source: https://specs.frictionlessdata.io/table-schema/#datetime, https://datapackage.org/standard/table-schema/#datetime.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

# By how long all moments of a column are: to the second, and to the millionth of a second. Those with a zone are read
# by "any", for programs differ in how they write a zone by a format.
_FORMATS = {19: "%Y-%m-%dT%H:%M:%S", 26: "%Y-%m-%dT%H:%M:%S.%f"}
_TIME_LENGTH = 8
_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "enum")


class MomentWriter:
    """Writes the cells of one column in ISO 8601 and remembers how long they were.

    Frictionless would cut the fraction of a second and the zone.
    """

    def __init__(self) -> None:
        self._lengths: set[int] = set()

    def __call__(self, value: Any) -> tuple[str, None]:
        """Return a day, a time or both as text, as a cell writer of Frictionless does."""
        text = value.isoformat() if isinstance(value, date | datetime | time) else str(value)
        self._lengths.add(len(text))
        return text, None

    def described(self, field: Mapping[str, Any]) -> dict[str, Any]:
        """Return a field of a schema with the format that all cells of the column have."""
        if field.get("type") == "time":
            return dict(field) if self._lengths <= {_TIME_LENGTH} else {**field, "format": "any"}
        if field.get("type") != "datetime":
            return dict(field)
        format_ = _FORMATS.get(max(self._lengths, default=19), "any") if len(self._lengths) < 2 else "any"
        if not all(_fits(bound, format_) for bound in _bounds(field)):
            format_ = "any"
        return {**field, "format": format_}


def _bounds(field: Mapping[str, Any]) -> list[Any]:
    """Return the moments that the constraints of a field state; they are written as its cells are."""
    constraints = field.get("constraints")
    if not isinstance(constraints, Mapping):
        return []
    stated = [constraints[name] for name in _BOUNDS if name in constraints]
    return [item for value in stated for item in (value if isinstance(value, list) else [value])]


def _fits(text: Any, format_: str) -> bool:
    """Whether a moment is written by a format.

    >>> _fits("2026-01-31T08:30:00", _FORMATS[19]), _fits("2026-01-31", _FORMATS[19])
    (True, False)
    """
    try:
        datetime.strptime(str(text), format_)
    except ValueError:
        return False
    return True
