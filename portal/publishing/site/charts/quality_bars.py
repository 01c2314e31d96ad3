"""Bar charts and the trend line as shapes for SVG: widths, points.

The numbers themselves stand in a table beside a chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BAR_WIDTH_MAX = 100.0
"""The width of the longest bar of a chart, in percent."""
TREND_WIDTH = 640
TREND_HEIGHT = 160
_MARGIN = 8


@dataclass(frozen=True)
class Bar:
    """One bar: what it stands for, its value in words, its width in per cent of the chart, a kind for its colour."""

    label: str
    value: str
    width: float
    kind: str = ""


@dataclass(frozen=True)
class Trend:
    """A line through points at (x, y) from the top left; *points* is the attribute of a polyline."""

    width: int
    height: int
    points: str
    dots: tuple[tuple[float, float], ...]


def bars(values: Sequence[tuple[str, float, str, str]]) -> tuple[Bar, ...]:
    """Return bars for (label, value, value in words, kind), the longest as wide as the chart.

    >>> [bar.width for bar in bars([("a", 3, "3", ""), ("b", 12, "12", ""), ("c", 0, "0", "")])]
    [25.0, 100.0, 0.0]
    """
    largest = max((value for _, value, _, _ in values), default=0)
    return tuple(
        Bar(label, text, round(BAR_WIDTH_MAX * value / largest, 1) if largest else 0.0, kind)
        for label, value, text, kind in values
    )


def trend(values: Sequence[tuple[float, float]], top: float) -> Trend:
    """Return a line through (position, value); the vertical axis runs from 0 to *top*.

    >>> trend([(0, 0), (10, 405)], 405).dots
    ((8.0, 152.0), (632.0, 8.0))
    """
    first, last = (values[0][0], values[-1][0]) if values else (0.0, 0.0)
    wide, high = TREND_WIDTH - 2 * _MARGIN, TREND_HEIGHT - 2 * _MARGIN
    dots = tuple(
        (
            round(_MARGIN + (wide * (x - first) / (last - first) if last > first else wide), 1),
            round(_MARGIN + high * (1 - (min(y / top, 1) if top else 0)), 1),
        )
        for x, y in values
    )
    return Trend(TREND_WIDTH, TREND_HEIGHT, " ".join(f"{x},{y}" for x, y in dots), dots)
