"""Distributions: bins with round edges, few enough to read; values far outside are left out and said."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from portal.model.text import LocalText
from portal.publishing.site.charts.chart import Chart, Measure, Series, Sources
from portal.publishing.site.charts.choosing.chart_plan import NoChart
from portal.publishing.site.charts.wording.left_out import far_above, far_below
from portal.publishing.site.charts.wording.number_words import plain_number
from portal.publishing.site.charts.wording.why_no_chart import EQUAL_VALUES, FEW_VALUES

BINS_MAX = 20
"""Bins of one distribution."""
VALUES_MIN = 10
"""Values of which a distribution is drawn."""
FAR_OUT = 3.0
"""How many times the span of the middle 98 % a value may lie outside of it before it is gathered."""
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def histogram(measure: Measure, values: Sequence[float], sources: Sources) -> Chart | NoChart:
    """Return the distribution of values, or why there is none."""
    if len(values) < VALUES_MIN:
        return FEW_VALUES
    ordered = sorted(values)
    if ordered[0] == ordered[-1]:
        return EQUAL_VALUES
    low, high = _clipped(ordered)
    edges = bin_edges(
        low, high, len(ordered), is_whole=all(value == int(value) for value in (low, high, *ordered[:50]))
    )
    counts = [0] * (len(edges) - 1)
    below = above = 0
    for value in ordered:
        if value < edges[0]:
            below += 1
        elif value >= edges[-1] and value > high:
            above += 1
        else:
            counts[min(_bin(edges, value), len(counts) - 1)] += 1
    left_out = [*sources.left_out]
    if below:
        left_out.append(far_below(below))
    if above:
        left_out.append(far_above(above))
    middle = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
    slots = tuple(LocalText(f"{plain_number('zh', start)}–{plain_number('zh', end)}") for start, end in pairwise(edges))
    return Chart(
        "histogram",
        measure,
        (Series(measure.title, tuple(float(count) for count in counts)),),
        slots=slots,
        edges=edges,
        middle=middle,
        extremes=(ordered[0], ordered[-1]),
        total=float(len(ordered)),
        slot_title=measure.title,
        sources=replace(sources, left_out=tuple(left_out)),
    )


def bin_edges(low: float, high: float, count: int, *, is_whole: bool) -> tuple[float, ...]:
    """Return round edges that enclose *low* and *high*, about as many as *count* values can fill.

    >>> bin_edges(0, 39, 60, is_whole=True), bin_edges(0.4, 2.4, 20, is_whole=False)
    ((0.0, 10.0, 20.0, 30.0, 40.0), (0.0, 0.5, 1.0, 1.5, 2.0, 2.5))
    """
    wanted = max(4, min(BINS_MAX, math.ceil(math.sqrt(count) / 1.5)))
    raw = (high - low) / wanted
    size = 10.0 ** math.floor(math.log10(raw)) if raw > 0 else 1.0
    step = next(size * by for by in _STEPS if size * by >= raw * 0.999)
    if is_whole:
        step = max(1.0, math.ceil(step))
    first = math.floor(low / step + 1e-9)
    last = max(math.ceil(high / step - 1e-9), first + 1)
    if is_whole and last * step == high:
        last += 1
    places = max(0, 2 - math.floor(math.log10(step)))
    return tuple(round(float(number * step), places) for number in range(first, last + 1))


def _bin(edges: Sequence[float], value: float) -> int:
    step = edges[1] - edges[0]
    return max(0, int((value - edges[0]) / step + 1e-9))


def _clipped(ordered: Sequence[float]) -> tuple[float, float]:
    """Return the ends of what is drawn: all of it, or the middle where single values lie far outside."""
    inner_low, inner_high = ordered[int(len(ordered) * 0.01)], ordered[math.ceil(len(ordered) * 0.99) - 1]
    span = inner_high - inner_low
    if not span:
        return ordered[0], ordered[-1]
    low = ordered[0] if inner_low - ordered[0] <= FAR_OUT * span else inner_low
    high = ordered[-1] if ordered[-1] - inner_high <= FAR_OUT * span else inner_high
    return low, high
