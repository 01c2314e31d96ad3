"""Values of YAML and JSON by type: text, list, mapping or date, else an empty one of that kind.

The documents come from strangers.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from portal.model.text import LocalText

YEARS = range(1900, 2101)
"""A day of a description in another year is a slip of the pen, or of a program (``0201-12-01``)."""


def as_mapping(value: Any) -> Mapping[str, Any]:
    """Return a mapping as it is, anything else as an empty one."""
    return value if isinstance(value, Mapping) else {}


def as_list(value: Any) -> list[Any]:
    """Return a list as it is, anything else as an empty one."""
    return value if isinstance(value, list) else []


def as_text(value: Any) -> str:
    """Return text or a number as text without space around it and control characters, anything else as empty text.

    >>> as_text(" a "), as_text(7), as_text(["a"])
    ('a', '7', '')
    """
    return LocalText.of(value).zh


def as_texts(value: Any) -> tuple[str, ...]:
    """Return the texts in a list, each once, without empty ones."""
    return tuple(dict.fromkeys(text for text in map(as_text, as_list(value)) if text))


def read_day(value: object) -> date | None:
    """Return the day at the start of an ISO date or time; None for anything else, and outside of `YEARS`.

    >>> read_day("2026-01-15T08:00:00Z"), read_day("soon"), read_day("0201-12-01")
    (datetime.date(2026, 1, 15), None, None)
    """
    try:
        day = date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
    return day if day.year in YEARS else None
