"""Legend of a map by a column: up to eight categories and the others, or up to five classes of numbers.

The commonest categories come first and have a colour and a form each; what is left over is one grey class. The borders
of classes of numbers are numbers that stand in the data.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from math import isfinite
from typing import Literal, NamedTuple

from portal.publishing.site.maps.drawing.class_borders import Way, borders

CATEGORIES_MAX = 8
"""So many categories have a colour of their own; more colours than that nobody tells apart."""
NUMBERS_MIN = 5
"""Fewer different numbers are no ground for classes."""

OTHERS = -1
"""The class of categories that have no colour of their own."""
NONE = -2
"""The class of what has no value."""


class Class(NamedTuple):
    """One entry of a legend: *number* is its colour; a category by its text, a class of numbers by its two borders."""

    number: int
    places: int
    text: str = ""
    low: float = 0
    high: float = 0


class Classes(NamedTuple):
    """The classes of a legend in its order, and the class of every feature; *way* is how numbers were cut."""

    kind: Literal["category", "number"]
    entries: tuple[Class, ...]
    of: tuple[int, ...]
    way: Way = ""


def categories(values: Sequence[str]) -> Classes:
    """Return the classes of texts; "" is no value.

    >>> [(entry.number, entry.text, entry.places) for entry in categories(["b", "a", "a", ""]).entries]
    [(0, 'a', 2), (1, 'b', 1), (-2, '', 1)]
    """
    counts = Counter(values)
    counts.pop("", None)
    order = sorted(counts, key=lambda value: (-counts[value], value))
    own = order if len(order) <= CATEGORIES_MAX else order[:CATEGORIES_MAX]
    number = {**dict.fromkeys(order, OTHERS), **{value: place for place, value in enumerate(own)}, "": NONE}
    of = tuple(map(number.__getitem__, values))
    entries = [Class(place, counts[value], value) for place, value in enumerate(own)]
    entries += [Class(kind, count) for kind in (OTHERS, NONE) if (count := of.count(kind))]
    return Classes("category", tuple(entries), of)


def number_classes(values: Sequence[str], numbers_min: int = NUMBERS_MIN, way: Way = "") -> Classes | None:
    """Return the classes of numbers, None where there are too few different ones; what is no number has no value.

    There are two classes at least; without a *way* a rule chooses one.

    >>> [(entry.low, entry.high, entry.places) for entry in number_classes([str(n) for n in range(10)]).entries]
    [(0.0, 1.0, 2), (2.0, 3.0, 2), (4.0, 5.0, 2), (6.0, 7.0, 2), (8.0, 9.0, 2)]
    """
    numbers = [_number(value) for value in values]
    known = sorted(number for number in numbers if number is not None)
    if len(set(known)) < max(numbers_min, 2):
        return None
    starts, used = borders(known, way)
    of = tuple(NONE if number is None else bisect_right(starts, number) for number in numbers)
    entries = []
    for place in range(len(starts) + 1):
        members = [number for number, there in zip(numbers, of, strict=True) if there == place and number is not None]
        entries.append(Class(place, len(members), low=min(members), high=max(members)))
    if missing := of.count(NONE):
        entries.append(Class(NONE, missing))
    return Classes("number", tuple(entries), of, used)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None
