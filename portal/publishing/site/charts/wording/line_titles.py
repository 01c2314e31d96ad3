"""Titles of lines: the last value that lacks nothing, beside the year before; where a line is highest; what is missing.

A value that lacks parts is never compared.
"""

from __future__ import annotations

from collections.abc import Sequence

from portal.i18n import gettext_noop as _
from portal.i18n import number_text, translate, translate_many
from portal.publishing.site.charts.chart import Chart, Measure, Series, Step
from portal.publishing.site.charts.wording.measure_words import change_words, ends, measure_words
from portal.publishing.site.charts.wording.number_words import amount, period

_A_YEAR_BEFORE = {
    "year": (_("%(change)s higher than the year before"), _("%(change)s lower than the year before"),
             _("about the same as the year before"), _("the same as the year before"),
             _("%(change)s times that of the year before")),
    "quarter": (_("%(change)s higher than in the same quarter a year before"),
                _("%(change)s lower than in the same quarter a year before"),
                _("about the same as in the same quarter a year before"),
                _("the same as in the same quarter a year before"),
                _("%(change)s times that of the same quarter a year before")),
    "month": (_("%(change)s higher than in the same month a year before"),
              _("%(change)s lower than in the same month a year before"),
              _("about the same as in the same month a year before"),
              _("the same as in the same month a year before"),
              _("%(change)s times that of the same month a year before")),
}  # fmt: skip
_A_YEAR_BEFORE["school_year"] = _A_YEAR_BEFORE["fiscal_year"] = _A_YEAR_BEFORE["year"]
_PER_YEAR: dict[Step, int] = {"year": 1, "school_year": 1, "fiscal_year": 1, "quarter": 4, "month": 12}


def line_finding(chart: Chart, lang: str) -> list[str]:
    """Return the clauses of the title of lines."""
    return _several_lines(chart, lang) if _are_comparable(chart) else _one_line(chart, chart.series[0], lang)


def _are_comparable(chart: Chart) -> bool:
    return len(chart.series) > 1 and all(item.measure is None for item in chart.series)


def _one_line(chart: Chart, series: Series, lang: str) -> list[str]:
    measure = series.measure or chart.measure
    whole = [at for at, value in enumerate(series.values) if value is not None and at not in series.partial]
    places = whole or [at for at, value in enumerate(series.values) if value is not None]
    if not places:
        return [translate(lang, "No values")]
    at = places[-1]
    value = float(series.values[at] or 0.0)
    words = translate(
        lang,
        "%(measure)s, %(period)s: %(value)s",
        period=period(lang, chart.step, chart.moments[at]),
        measure=measure_words(measure, lang),
        value=amount(lang, value, measure.unit_in(lang)),
    )
    if at in series.partial:
        words = translate(lang, "%(finding)s (incomplete)", finding=words)
    compared = _year_before(chart, series, measure, at, whole, lang)
    if compared:
        words = translate(lang, "%(finding)s, %(comparison)s", finding=words, comparison=compared)
    has_peak = not series.partial and (_PER_YEAR.get(chart.step) == 1 or not compared)
    peak = _peak(chart, series, measure, whole, at, lang) if has_peak and len(whole) > 1 else ""
    return [words, peak, *_lacking(chart, [series], lang)]


def _year_before(chart: Chart, series: Series, measure: Measure, at: int, whole: Sequence[int], lang: str) -> str:
    """Compare with the same period a year before, where it is whole, too."""
    back = _PER_YEAR.get(chart.step)
    if back is None or at - back not in whole or at not in whole:
        return ""
    before, after = float(series.values[at - back] or 0.0), float(series.values[at] or 0.0)
    way, change = change_words(before, after, measure, lang)
    messages = _A_YEAR_BEFORE[chart.step]
    message = messages[{"up": 0, "down": 1, "near": 2, "same": 3, "times": 4}[way]]
    return translate(lang, message, change=change) if change else translate(lang, message)


def _peak(chart: Chart, series: Series, measure: Measure, whole: Sequence[int], at: int, lang: str) -> str:
    """Tell where the line is highest, as far as is known; nothing where it is flat, or highest more than once."""
    values = [float(series.values[place] or 0.0) for place in whole]
    top = max(values)
    if values.count(top) > 1:
        return ""
    peak = whole[values.index(top)]
    has_gaps = any(value is None for value in series.values)
    if peak == at:
        since = _("the highest known since %(period)s") if has_gaps else _("the highest since %(period)s")
        return translate(lang, since, period=period(lang, chart.step, chart.moments[whole[0]]))
    return translate(
        lang,
        _("highest as far as known: %(period)s, %(value)s") if has_gaps else _("highest: %(period)s, %(value)s"),
        period=period(lang, chart.step, chart.moments[peak]),
        value=amount(lang, top, measure.unit_in(lang)),
    )


def _several_lines(chart: Chart, lang: str) -> list[str]:
    at = _common_place(chart.series)
    if at is None:
        return [translate(lang, "No values")]
    known = [
        (item.name.to(lang), float(item.values[at] or 0.0))
        for item in chart.series
        if item.values[at] is not None and at not in item.partial
    ]
    message = _("%(measure)s, %(period)s")
    if len(known) < len(chart.series):
        message = _("%(measure)s, %(period)s (the %(known)s of %(all)s with values)")
    head = translate(
        lang,
        message,
        period=period(lang, chart.step, chart.moments[at]),
        measure=measure_words(chart.measure, lang),
        known=number_text(lang, len(known)),
        all=number_text(lang, len(chart.series)),
    )
    highest_and_lowest = ends(known, chart.measure, lang, has_lowest=not chart.hidden, has_highest=not chart.hidden)
    if not highest_and_lowest:
        return [head, *_lacking(chart, chart.series, lang)]
    first = translate(lang, "%(subject)s: %(finding)s", subject=head, finding=highest_and_lowest[0])
    return [first, *highest_and_lowest[1:], *_lacking(chart, chart.series, lang)]


def _common_place(series: Sequence[Series]) -> int | None:
    """Return the last place at which most lines have a value that lacks nothing."""
    counts = [
        sum(item.values[at] is not None and at not in item.partial for item in series)
        for at in range(len(series[0].values))
    ]
    most = max(counts, default=0)
    return max((at for at, count in enumerate(counts) if count == most), default=None) if most else None


def _lacking(chart: Chart, series: Sequence[Series], lang: str) -> list[str]:
    """Tell how many periods have no value, and how many lack parts."""
    found = []
    if len(series) == 1:
        missing = sum(value is None for value in series[0].values)
        if missing:
            found.append(_missing(lang, chart.step, missing))
    else:
        missing = sum(value is None for item in series for value in item.values)
        if missing:
            found.append(translate_many(lang, "%(num)s value missing", "%(num)s values missing", missing))
    partial = sum(len(item.partial) for item in series)
    if partial and any((item.measure or chart.measure).function == "avg" for item in series if item.partial):
        words = translate_many(lang, "%(num)s average lacks many values", "%(num)s averages lack many values", partial)
        found.append(words)
    elif partial:
        found.append(translate_many(lang, "%(num)s value lacks parts", "%(num)s values lack parts", partial))
    return found


def _missing(lang: str, step: Step, count: int) -> str:
    """Tell how many periods have no value."""
    if step == "quarter":
        return translate_many(lang, "%(num)s quarter missing", "%(num)s quarters missing", count)
    if step == "month":
        return translate_many(lang, "%(num)s month missing", "%(num)s months missing", count)
    if step == "week":
        return translate_many(lang, "%(num)s week missing", "%(num)s weeks missing", count)
    if step == "day":
        return translate_many(lang, "%(num)s day missing", "%(num)s days missing", count)
    if step == "hour":
        return translate_many(lang, "%(num)s hour missing", "%(num)s hours missing", count)
    return translate_many(lang, "%(num)s year missing", "%(num)s years missing", count)
