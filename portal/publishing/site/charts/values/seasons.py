"""Years laid over one another: whether months explain most of what varies, and the chart with a line for each year."""

from __future__ import annotations

from dataclasses import replace

from portal.publishing.site.charts.chart import Chart
from portal.publishing.site.charts.choosing.chart_plan import Plan

SEASONS_MONTHS_MIN = 30
"""Months (or as many quarters as make them) from which years may be laid over one another."""
SEASONS_YEARS_MAX = 12
"""Years that are laid over one another; more are one long line."""
SEASONAL_SHARE_MIN = 0.5
"""The share of the variation within years that the month must explain for years to be laid over one another."""


def may_be_seasons(plan: Plan, chart: Chart) -> bool:
    """Whether a line of months or quarters says more as years over one another."""
    months = len(chart.moments) * (3 if chart.step == "quarter" else 1)
    years = len({moment // (12 if chart.step == "month" else 4) for moment in chart.moments})
    return (
        chart.kind == "line"
        and len(chart.series) == 1
        and chart.step in ("month", "quarter")
        and months >= SEASONS_MONTHS_MIN
        and years <= SEASONS_YEARS_MAX
        and not chart.series[0].partial
        and seasonal_share(chart) >= SEASONAL_SHARE_MIN
    )


def seasonal_share(chart: Chart) -> float:
    """Return which share of the variation around the means of years the months (quarters) explain, from 0 to 1."""
    a_year = 12 if chart.step == "month" else 4
    by_year: dict[int, list[tuple[int, float]]] = {}
    for moment, value in zip(chart.moments, chart.series[0].values, strict=True):
        if value is not None:
            by_year.setdefault(moment // a_year, []).append((moment % a_year, value))
    rests: dict[int, list[float]] = {}
    for pairs in by_year.values():
        if len(pairs) >= a_year * 0.75:
            mean = sum(value for _, value in pairs) / len(pairs)
            for part, value in pairs:
                rests.setdefault(part, []).append(value - mean)
    everything = [value for values in rests.values() for value in values]
    whole = sum(value**2 for value in everything)
    if not whole or len(everything) < a_year * 1.5:
        return 0.0
    return sum(len(values) * (sum(values) / len(values)) ** 2 for values in rests.values()) / whole


def as_seasons(chart: Chart) -> Chart:
    """Return the same values as years over one another."""
    return replace(chart, kind="seasons")
