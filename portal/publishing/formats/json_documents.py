"""JSON helpers of the formats: leave out empty keys, take values of the wanted kind out of parsed ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any


def stated(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys whose values say something: no empty text, list or mapping, and not None.

    >>> stated({"a": "", "b": 0, "c": [], "d": False})
    {'b': 0, 'd': False}
    """
    return {key: value for key, value in values.items() if value not in ("", None, [], {}) or value is False}


def text(value: Any) -> str:
    """Return a text as it is, anything else as ""."""
    return value if isinstance(value, str) else ""


def texts(value: Any) -> tuple[str, ...]:
    """Return the texts of a list, without empty ones."""
    return tuple(item for item in value if isinstance(item, str) and item) if isinstance(value, list) else ()


def day(value: Any) -> date | None:
    """Return the day at the start of a text in ISO 8601, None for anything else.

    >>> day("2026-01-15T08:00:00Z"), day("soon"), day(None)
    (datetime.date(2026, 1, 15), None, None)
    """
    try:
        return date.fromisoformat(text(value)[:10])
    except ValueError:
        return None


def mapping(value: Any) -> Mapping[str, Any]:
    """Return a mapping as it is, anything else as an empty one."""
    return value if isinstance(value, Mapping) else {}


def mappings(value: Any) -> list[Mapping[str, Any]]:
    """Return the mappings of a list; anything else is passed over."""
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
