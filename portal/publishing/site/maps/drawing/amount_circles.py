"""Circles whose areas tell amounts: at points, in the middle of areas, and in a legend of round amounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import floor, log10, sqrt

from portal.publishing.site.maps.drawing.flat_marks import merged_where_many
from portal.publishing.site.maps.drawing.map_classes import NONE, Classes
from portal.publishing.site.maps.drawing.map_marks import (
    PLAIN,
    Mark,
    circle,
    has_room,
    length_text,
    style_of,
    symbol_of,
)

NO_AMOUNT = "none"
"""The style of the dot of a point that has no amount."""
CIRCLE_RADIUS_MAX = 28.0
"""The radius of the circle of the greatest amount, in units."""
LEGEND_CIRCLES_MAX = 3
"""So many circles a legend shows, each of about a quarter of the amount of the one before."""


def with_circles(marks: Iterable[Mark], amounts: Sequence[float]) -> Iterator[Mark]:
    """Yield areas without colour, and circles in the colours of their classes, the largest first.

    Each row has one circle, on its largest area, whatever it consists of.
    """
    areas = [mark for mark in marks if mark.kind == "area"]
    yield from merged_where_many([mark._replace(style=PLAIN, dot="") for mark in areas])
    largest = {mark.rows[0]: mark for mark in reversed(areas)}
    yield from _circles([mark._replace(kind="cluster", dot="", shapes=()) for mark in largest.values()], amounts)


def point_circles(
    rows: Sequence[int], xs: Sequence[float], ys: Sequence[float], classes: Classes | None, amounts: Sequence[float]
) -> Iterator[Mark]:
    """Yield a circle for each point, the largest first, after small dots for those that have none."""
    marks = [
        Mark("cluster", (row,), style_of(classes, classes.of[row] if classes else 0), "", x=x, y=y)
        for row, x, y in zip(rows, xs, ys, strict=True)
    ]
    circles = list(_circles(marks, amounts))
    shown = {mark.rows for mark in circles}
    for mark in marks:
        if mark.rows not in shown:
            path = f"M{length_text(mark.x)} {length_text(mark.y)}{symbol_of(None, NONE)}"
            yield mark._replace(kind="point", style=NO_AMOUNT, path=path)
    yield from circles


def legend_circles(greatest: float, *, is_whole: bool) -> Sequence[tuple[float, float]]:
    """Return round amounts and their radii, the largest first; *is_whole* amounts are not divided further than to 1.

    >>> legend_circles(430, is_whole=True)
    [(200.0, 19.1), (50.0, 9.5), (10.0, 4.3)]
    >>> [amount for amount, _ in legend_circles(3, is_whole=True)]
    [2.0]
    """
    found: list[tuple[float, float]] = []
    amount = _round_below(greatest)
    while len(found) < LEGEND_CIRCLES_MAX and (amount >= 1 or not is_whole):
        found.append((amount, radius_of(amount, greatest)))
        amount = _round_below(amount / 4)
    return found


def radius_of(amount: float, greatest: float) -> float:
    """Return the radius of the circle of an amount."""
    return round(CIRCLE_RADIUS_MAX * sqrt(amount / greatest), 1)


def _circles(marks: Sequence[Mark], amounts: Sequence[float]) -> Iterator[Mark]:
    """Yield marks as circles, none for an amount that is nothing; the number has room in a circle without a class."""
    greatest = max((amounts[mark.rows[0]] for mark in marks), default=0)
    if greatest <= 0:
        return
    for mark in sorted(marks, key=lambda mark: (-amounts[mark.rows[0]], mark.rows)):
        if size := radius_of(amounts[mark.rows[0]], greatest):
            path = f"M{length_text(mark.x)} {length_text(mark.y)}{circle(size)}"
            label = f"{amounts[mark.rows[0]]:,.12g}"
            is_labelled = mark.style == "one" and has_room(label, size)
            yield mark._replace(path=path, label=label if is_labelled else "")


def _round_below(amount: float) -> float:
    """Return the greatest of 1, 2 and 5 times a power of ten that is no greater."""
    power = 10.0 ** floor(log10(amount))
    return max((size * power for size in (1, 2, 5) if size * power <= amount), default=power)
