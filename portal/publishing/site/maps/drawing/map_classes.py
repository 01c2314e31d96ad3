"""Legend of a map by a column: up to eight categories and the others, or classes of numbers by quantiles.

The commonest categories come first and have a colour and a form each; what is left over is one grey class. Numbers fall
into classes that hold about as many places each; equal numbers are never torn apart, and the borders are numbers that
stand in the data.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from math import isfinite
from typing import Literal, NamedTuple

CATEGORIES_MAX = 8
"""So many categories have a colour of their own; more colours than that nobody tells apart."""
NUMBER_CLASSES_MAX = 5
"""So many classes a column of numbers is cut into."""
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
    """The classes of a legend in its order, and the class of every feature."""

    kind: Literal["category", "number"]
    entries: tuple[Class, ...]
    of: tuple[int, ...]


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


def number_classes(values: Sequence[str], numbers_min: int = NUMBERS_MIN) -> Classes | None:
    """Return the classes of numbers, None where there are too few different ones; what is no number has no value.

    There are two classes at least.

    >>> [(entry.low, entry.high, entry.places) for entry in number_classes([str(n) for n in range(10)]).entries]
    [(0.0, 1.0, 2), (2.0, 3.0, 2), (4.0, 5.0, 2), (6.0, 7.0, 2), (8.0, 9.0, 2)]
    """
    numbers = [_number(value) for value in values]
    known = sorted(number for number in numbers if number is not None)
    if len(set(known)) < max(numbers_min, 2):
        return None
    starts = sorted({known[len(known) * place // NUMBER_CLASSES_MAX] for place in range(1, NUMBER_CLASSES_MAX)})
    starts = [start for start in starts if start > known[0]]
    if not starts:  # nearly all are equal: the others are a class of their own
        starts = [next(number for number in known if number > known[0])]
    of = tuple(NONE if number is None else bisect_right(starts, number) for number in numbers)
    entries = []
    for place in range(len(starts) + 1):
        members = [number for number, there in zip(numbers, of, strict=True) if there == place and number is not None]
        entries.append(Class(place, len(members), low=min(members), high=max(members)))
    if missing := of.count(NONE):
        entries.append(Class(NONE, missing))
    return Classes("number", tuple(entries), of)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None
