"""Small pictures of columns for the data dictionary: a histogram, rows over time, shares of the most frequent values.

Shapes alone, as text for SVG; what they mean is said in words beside them. Lengths begin at nought and are true to the
counts; what is there at all is seen, so the shortest bar has one unit of height.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.model.table_profile import ColumnProfile

WIDTH, HEIGHT = 120, 28
_GAP = 1


@dataclass(frozen=True)
class ColumnPicture:
    """Bars beside each other as one path from the top left, in a box of *width* and *height*."""

    path: str
    width: int = WIDTH
    height: int = HEIGHT


def picture(column: ColumnProfile) -> ColumnPicture | None:
    """Return the histogram of a column of numbers, or of a column of dates its rows over time; None without either."""
    if column.bins:
        return ColumnPicture(bars([one.count for one in column.bins]))
    if column.over_time:
        return ColumnPicture(bars(column.over_time.counts))
    return None


def bars(counts: Sequence[int]) -> str:
    """Return bars of one width whose heights are as their counts, as the path of an SVG; those of 0 have none.

    >>> bars([1, 0, 4])
    'M0 28v-7h39v7zM80 28v-28h39v28z'
    """
    most = max(counts, default=0)
    if not most:
        return ""
    parts = []
    for place, count in enumerate(counts):
        if count:
            left, right = _at(place, len(counts)), _at(place + 1, len(counts))
            height = _number(max(1.0, HEIGHT * count / most))
            width = _number(max(right - left - (_GAP if right - left > 3 * _GAP else 0), 0.5))
            parts.append(f"M{_number(left)} {HEIGHT}v-{height}h{width}v{height}z")
    return "".join(parts)


def share_width(count: int, whole: int) -> float:
    """Return how wide the bar of a share is, of a hundred.

    >>> share_width(1, 3)
    33.3
    """
    return round(100 * count / whole, 1) if whole else 0.0


def _at(place: int, places: int) -> float:
    return WIDTH * place / places


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
