"""Borders of classes of numbers: quantiles where they show how numbers lie, else natural breaks (Fisher and Jenks).

Quantiles are read most easily: every shade stands for as many places. But they put numbers that lie far apart into one
class, and tear apart numbers that lie together. So they serve only as long as classes explain most of the variance.
Natural breaks are the borders that explain most of it. Of skewed numbers they can leave nearly all places in one
class, a map of one colour; that is worse than wide classes, whose borders the legend tells.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import isfinite
from typing import Literal, NamedTuple

Way = Literal["", "quantiles", "natural-breaks"]
"""How numbers are cut into classes; "" where each number is a class of its own, or a rule is to choose."""

WAYS: tuple[Way, ...] = ("quantiles", "natural-breaks")
NUMBER_CLASSES_MAX = 5
"""So many classes a column of numbers is cut into."""
EXPLAINED_MIN = 0.8
"""Quantiles that explain a smaller share of the variance are left for natural breaks."""
CLASS_SHARE_MAX = 2 / 3
"""Natural breaks that put a greater share of the places into one class are left for quantiles that do not."""


class Borders(NamedTuple):
    """The least number of each class but the first, and the way in which they were found."""

    starts: Sequence[float]
    way: Way


def borders(known: Sequence[float], way: Way = "") -> Borders:
    """Return the borders of *known* numbers, which are in order and of which two at least differ.

    Without a *way* a rule chooses. Equal numbers are never torn apart.

    >>> borders([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), borders([1, 1, 2])
    (Borders(starts=[3, 5, 7, 9], way='quantiles'), Borders(starts=[2], way=''))
    >>> borders([1, 1.1, 1.2, 4, 4.1, 4.2, 9, 9.1, 9.2, 30, 31, 90])
    Borders(starts=[4, 9, 30, 90], way='natural-breaks')
    """
    different = sorted(set(known))
    if len(different) <= NUMBER_CLASSES_MAX:
        return Borders(different[1:], "")
    equal = _quantiles(known)
    low, span = known[0], known[-1] - known[0]
    if way == "quantiles" or not isfinite(span):
        return Borders(equal, "quantiles")
    lengths = [(number - low) / span for number in known]
    if not way and explained(lengths, [(start - low) / span for start in equal]) >= EXPLAINED_MIN:
        return Borders(equal, "quantiles")
    sizes = _natural_breaks(lengths)
    if not way and max(sizes) > max(CLASS_SHARE_MAX * len(known), *_sizes(known, equal)):
        return Borders(equal, "quantiles")
    return Borders([known[place] for place in accumulate(sizes[:-1])], "natural-breaks")


def explained(known: Sequence[float], starts: Sequence[float]) -> float:
    """Return the share of the variance that classes explain (goodness of variance fit).

    >>> round(explained([1, 2, 9, 10], [9]), 3), round(explained([1, 2, 9, 10], [2]), 3)
    (0.985, 0.415)
    """
    places = [0, *accumulate(_sizes(known, starts))]
    return 1 - sum(_squares(known[one:after]) for one, after in pairwise(places)) / _squares(known)


def _sizes(known: Sequence[float], starts: Sequence[float]) -> list[int]:
    """Return how many numbers each class has."""
    return [after - one for one, after in pairwise([0, *(bisect_left(known, start) for start in starts), len(known)])]


def _squares(numbers: Sequence[float]) -> float:
    """Return the squares of what numbers differ from their mean, together."""
    mean = sum(numbers) / max(len(numbers), 1)
    return sum((number - mean) ** 2 for number in numbers)


def _quantiles(known: Sequence[float]) -> list[float]:
    starts = sorted({known[len(known) * place // NUMBER_CLASSES_MAX] for place in range(1, NUMBER_CLASSES_MAX)})
    starts = [start for start in starts if start > known[0]]
    if not starts:  # nearly all are equal: the others are a class of their own
        starts = [next(number for number in known if number > known[0])]
    return starts


def _natural_breaks(known: Sequence[float]) -> list[int]:
    """Return how many numbers each class has whose borders leave the least variance within classes."""
    from ckmeans import ckmeans

    return [len(members) for members in ckmeans(known, NUMBER_CLASSES_MAX)]
