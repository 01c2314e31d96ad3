"""Axes of charts: the vertical scale with round ticks and its unit, the axis of time, and where points lie."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portal.publishing.site.charts.chart import Chart, Measure, Step
from portal.publishing.site.charts.drawing.canvas import Canvas, Look
from portal.publishing.site.charts.drawing.svg_text import width_of
from portal.publishing.site.charts.drawing.ticks import round_ticks, time_ticks
from portal.publishing.site.charts.wording.number_words import amount, short_number


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of a picture in which points lie, and the ends of both scales."""

    left: float
    top: float
    right: float
    bottom: float
    first: float
    last: float
    low: float
    high: float

    def x(self, place: float) -> float:
        """Return how far to the right a place on the horizontal scale lies."""
        span = self.last - self.first
        return self.left + (self.right - self.left) * ((place - self.first) / span if span else 0.5)

    def y(self, value: float) -> float:
        """Return how far down a value lies."""
        return self.bottom - (self.bottom - self.top) * (value - self.low) / (self.high - self.low)


def value_ticks(values: Sequence[float], measure: Measure, count: int) -> tuple[float, ...]:
    """Return the ticks of the vertical axis; that of amounts holds nought."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    if measure.is_amount or (0 <= low <= high * 0.5):
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high == 0:
        high = 1.0
    ticks = round_ticks(low, high, count)
    if measure.is_amount and all(value == int(value) for value in values):
        return tuple(tick for tick in ticks if tick == int(tick))  # there is no half a visitor
    return ticks


def tick_labels(lang: str, ticks: Sequence[float], unit: str) -> list[str]:
    """Return the labels of ticks: the topmost with the unit where it is short."""
    return [short_number(lang, tick, unit) for tick in ticks]


def value_axis(canvas: Canvas, frame: Frame, ticks: Sequence[float], unit: str) -> None:
    """Draw lines across at ticks with their numbers at the left, nought as the base, the unit above."""
    look = canvas.look
    for tick, label in zip(ticks, tick_labels(look.lang, ticks, unit), strict=True):
        y = frame.y(tick)
        canvas.line(frame.left, y, frame.right, y, "chart__zero" if tick == 0 else "chart__grid")
        canvas.text(frame.left - 6, y + look.text * 0.35, label, anchor="end")
    if unit and look.text:
        canvas.text(0, frame.top - look.text * 0.9, unit)


def axis_room(look: Look, ticks: Sequence[float], unit: str) -> float:
    """Return how wide the numbers at the left are."""
    if not look.text:
        return 2.0
    return max(width_of(label, look.text) for label in tick_labels(look.lang, ticks, unit)) + 8


def time_axis(canvas: Canvas, frame: Frame, step: Step) -> None:
    """Write the times below, with short lines."""
    look = canvas.look
    if not look.text:
        return
    for moment, label in time_ticks(
        look.lang, step, round(frame.first), round(frame.last), frame.right - frame.left, look.text
    ):
        x = frame.x(moment)
        canvas.line(x, frame.bottom, x, frame.bottom + 4, "chart__grid")
        half = width_of(label, look.text) / 2
        canvas.text(min(max(x, half), look.width - half), frame.bottom + look.text * 1.5, label, anchor="middle")


def runs(
    values: Sequence[float | None], x: Callable[[int], float], y: Callable[[float], float]
) -> list[list[tuple[float, float]]]:
    """Return the points of a line in runs that gaps part."""
    found: list[list[tuple[float, float]]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            if found[-1]:
                found.append([])
        else:
            found[-1].append((x(place), y(value)))
    return [run for run in found if run]


def told(lang: str, chart: Chart, value: float | None, measure: Measure | None = None) -> str:
    """Return a value with its unit."""
    unit = (measure or chart.measure).unit_in(lang)
    return "–" if value is None else amount(lang, value, unit)
