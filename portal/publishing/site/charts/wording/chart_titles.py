"""The title of a chart: a finding in words, computed by rule and always true; what stands below it; in both languages.

"2026年10月PM2.5平均 31 微克/立方米，比上年同月低 12%；缺 3 个月". A value that lacks parts is never compared; a change
is told in per cent only where the scale has a nought, otherwise as a difference.
"""

from __future__ import annotations

from portal.i18n import gettext_noop as _
from portal.i18n import translate, translate_many
from portal.model.text import clauses
from portal.publishing.site.charts.chart import Chart
from portal.publishing.site.charts.wording.category_titles import (
    bars_finding,
    histogram_finding,
    parts_finding,
    pyramid_finding,
    slope_finding,
    stacked_finding,
)
from portal.publishing.site.charts.wording.line_titles import line_finding


def finding(chart: Chart, lang: str) -> str:
    """Return the title of a chart."""
    if chart.kind in ("line", "seasons", "multiples"):
        found = line_finding(chart, lang)
    elif chart.kind == "bars":
        found = bars_finding(chart, lang)
    elif chart.kind == "stacked":
        found = stacked_finding(chart, lang)
    elif chart.kind == "parts":
        found = parts_finding(chart, lang)
    elif chart.kind == "pyramid":
        found = pyramid_finding(chart, lang)
    elif chart.kind == "histogram":
        found = histogram_finding(chart, lang)
    else:
        found = slope_finding(chart, lang)
    return clauses(lang, [part for part in found if part])


def below(chart: Chart, lang: str) -> tuple[str, ...]:
    """Return what must be known of a chart: how values were made, what is not drawn, what gaps and hollow dots mean."""
    found = []
    if chart.kind in ("line", "seasons", "multiples"):
        if any(value is None for item in chart.series for value in item.values):
            found.append(translate(lang, "Where a line is broken there are no data."))
        if any(item.partial for item in chart.series):
            is_of_means = any(
                (item.measure or chart.measure).function == "avg" for item in chart.series if item.partial
            )
            message = _("Hollow dots are sums that lack parts; they are too low.")
            if is_of_means:
                message = _("Hollow dots are averages that lack more than a quarter of their values.")
            found.append(translate(lang, message))
        if any(item.measure for item in chart.series):
            found.append(translate(lang, "Each panel has a scale of its own."))
    if chart.measure.function == "avg":
        found.append(translate(lang, "Averages count every value alike."))
    if chart.kind == "seasons":
        found.append(translate(lang, "Each line is a year; the years before the last two are grey."))
    if chart.hidden:
        found.append(translate_many(lang, "%(num)s more is not drawn.", "%(num)s more are not drawn.", chart.hidden))
    if chart.sources.blanks and chart.kind not in ("line", "seasons", "multiples"):
        found.append(
            translate_many(
                lang, "%(num)s empty cell is not counted.", "%(num)s empty cells are not counted.", chart.sources.blanks
            )
        )
    return (*found, *(text.to(lang) for text in chart.sources.left_out))


def spoken_kind(chart: Chart, lang: str) -> str:
    """Return what kind of picture it is, for those who do not see it."""
    return translate(lang, _KINDS[chart.kind])


_KINDS = {
    "line": _("Line chart"),
    "seasons": _("Line chart, a line for each year"),
    "multiples": _("Small line charts side by side"),
    "bars": _("Bar chart"),
    "stacked": _("Stacked bar chart"),
    "parts": _("A whole in parts, as one bar"),
    "pyramid": _("Population pyramid"),
    "histogram": _("Histogram"),
    "slope": _("Slope chart"),
}
