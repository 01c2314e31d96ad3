"""The title of a chart: a finding in words, computed by rule and always true; what stands below it; in both languages.

"2026年10月PM2.5平均 31 微克/立方米，比上年同月低 12%；缺 3 个月". A value that lacks parts is never compared; a change
is told in per cent only where the scale has a nought, otherwise as a difference.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from portal.i18n import gettext_noop as _
from portal.i18n import number_text, translate, translate_many
from portal.model.text import clauses, enumerated
from portal.publishing.site.charts.chart import Chart, Measure, Series, Step
from portal.publishing.site.charts.number_words import amount, few_digits, percent, period, plain_number

_TOTAL = re.compile("总|合计|total", re.IGNORECASE)
_SAME_SHARE = 0.0005
"""A change below this share is told as about the same."""
_TIMES_FROM = 3.0
"""From this many times on a growth is told as times."""

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
_A_YEAR_BEFORE["school_year"] = _A_YEAR_BEFORE["year"]
_PER_YEAR: dict[Step, int] = {"year": 1, "school_year": 1, "quarter": 4, "month": 12}


def finding(chart: Chart, lang: str) -> str:
    """Return the title of a chart."""
    if chart.kind in ("line", "seasons", "multiples"):
        found = _several_lines(chart, lang) if _are_comparable(chart) else _one_line(chart, chart.series[0], lang)
    elif chart.kind == "bars":
        found = _bars(chart, lang)
    elif chart.kind == "stacked":
        found = _stacked(chart, lang)
    elif chart.kind == "parts":
        found = _parts(chart, lang)
    elif chart.kind == "pyramid":
        found = _pyramid(chart, lang)
    elif chart.kind == "histogram":
        found = _histogram(chart, lang)
    else:
        found = _slope(chart, lang)
    return clauses(lang, [part for part in found if part])


def measure_words(measure: Measure, lang: str) -> str:
    """Return what a measure is called with what was done to it.

    >>> from portal.model.text import LocalText
    >>> measure_words(Measure(LocalText("客运量", "Ridership"), function="sum"), "en")
    'Ridership in total'
    """
    name = measure.title.to(lang)
    if measure.function == "sum" and not _TOTAL.match(name):
        return translate(lang, "%(measure)s in total", measure=name)
    if measure.function == "avg" and "均" not in name and "average" not in name.lower():
        return translate(lang, "%(measure)s on average", measure=name)
    if measure.function == "median":
        return translate(lang, "%(measure)s (median)", measure=name)
    if measure.function == "max":
        return translate(lang, "%(measure)s (greatest)", measure=name)
    if measure.function == "min":
        return translate(lang, "%(measure)s (least)", measure=name)
    return name


def change_words(before: float, after: float, measure: Measure, lang: str) -> tuple[str, str]:
    """Return which way a number went (up, down, same, near, times), and by how much in words.

    >>> from portal.model.text import LocalText
    >>> m = Measure(LocalText("x"), LocalText("元"), "flow")
    >>> change_words(100, 88, m, "en"), change_words(100, 340, m, "zh"), change_words(0, 5, m, "zh")
    (('down', '12%'), ('times', '3.4'), ('up', '5 元'))
    """
    if after == before:
        return "same", ""
    way = "up" if after > before else "down"
    unit = measure.unit_in(lang)
    if measure.unit.zh == "%":
        return way, translate(lang, "%(number)s percentage points", number=_number(lang, abs(after - before)))
    if measure.nature == "offset" or before <= 0 or after < 0:
        return way, amount(lang, few_digits(abs(after - before), 2), unit)
    share = after / before - 1
    if abs(share) < _SAME_SHARE:
        return "near", ""
    if share + 1 >= _TIMES_FROM:
        return "times", _number(lang, after / before)
    return way, percent(lang, share)


def _number(lang: str, number: float) -> str:
    """Write a difference: to one decimal from one on."""
    return plain_number(lang, few_digits(number, 2))


# Lines.


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
    compared = _year_before(chart, series, measure, at, whole, lang)
    if compared:
        words = translate(lang, "%(finding)s, %(comparison)s", finding=words, comparison=compared)
    has_peak = not series.partial and (chart.step in ("year", "school_year") or not compared)
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
    ends = _ends(known, chart.measure, lang, has_lowest=not chart.hidden, has_highest=not chart.hidden)
    if not ends:
        return [head, *_lacking(chart, chart.series, lang)]
    first = translate(lang, "%(subject)s: %(finding)s", subject=head, finding=ends[0])
    return [first, *ends[1:], *_lacking(chart, chart.series, lang)]


def _common_place(series: Sequence[Series]) -> int | None:
    """Return the last place at which most lines have a value that lacks nothing."""
    counts = [
        sum(item.values[at] is not None and at not in item.partial for item in series)
        for at in range(len(series[0].values))
    ]
    most = max(counts, default=0)
    return max((at for at, count in enumerate(counts) if count == most), default=None) if most else None


def _ends(
    known: Sequence[tuple[str, float]], measure: Measure, lang: str, *, has_lowest: bool, has_highest: bool = True
) -> list[str]:
    """Tell which is highest and which is lowest, as far as one is."""
    unit = measure.unit_in(lang)
    if not known or not has_highest:
        return []
    top, low = max(value for _, value in known), min(value for _, value in known)
    if top == low and len(known) > 1:
        return [translate(lang, "all are equal, %(value)s", value=amount(lang, top, unit))]
    found = [_end(known, top, unit, lang, (_("%(name)s is highest, %(value)s"), _("%(names)s are highest, %(value)s")))]
    if has_lowest and len(known) > 1:
        found.append(
            _end(known, low, unit, lang, (_("%(name)s is lowest, %(value)s"), _("%(names)s are lowest, %(value)s")))
        )
    return [item for item in found if item]


def _end(known: Sequence[tuple[str, float]], value: float, unit: str, lang: str, messages: tuple[str, str]) -> str:
    names = [name for name, other in known if other == value]
    if len(names) > 3:
        return ""
    if len(names) == 1:
        return translate(lang, messages[0], name=names[0], value=amount(lang, value, unit))
    return translate(lang, messages[1], names=enumerated(lang, names), value=amount(lang, value, unit))


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
    if partial:
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


# Categories.


def _named(chart: Chart, lang: str) -> list[tuple[str, float]]:
    """Return the slots with their values, without the one that gathers others, and without gaps."""
    count = len(chart.slots) - (1 if chart.others else 0)
    values = chart.series[0].values
    return [
        (_slot_name(chart, slot.to(lang), lang), float(values[at] or 0.0))
        for at, slot in enumerate(chart.slots[:count])
        if values[at] is not None
    ]


def _slot_name(chart: Chart, name: str, lang: str) -> str:
    """Return what a slot is called in a sentence: a bare number with what it is a number of."""
    title = chart.slot_title.to(lang)
    return f"{title} {name}" if title and name.replace(".", "", 1).isdecimal() else name


def _subject(chart: Chart, lang: str) -> str:
    """Return what categories are compared by; where values are missing it says that those are not compared."""
    name = measure_words(chart.measure, lang)
    return translate(lang, "%(subject)s (as far as known)", subject=name) if chart.sources.blanks else name


def _shows_all_or_largest(chart: Chart) -> bool:
    """Whether what is not drawn is no larger than what is: not so where slots stand in an order of their own."""
    return not (chart.hidden and chart.is_ordered)


def _bars(chart: Chart, lang: str) -> list[str]:
    known, unit = _named(chart, lang), chart.measure.unit_in(lang)
    name = _subject(chart, lang)
    if not _shows_all_or_largest(chart):
        return [name, _blanks(chart, lang)]
    if chart.total and known and all(value >= 0 for _, value in known):
        top = max(value for _, value in known)
        names = [item for item, value in known if value == top]
        if len(names) > 3:
            return [name]
        if len(names) == 1 and chart.sources.blanks:
            words = translate(lang, "%(name)s has most, %(value)s", name=names[0], value=amount(lang, top, unit))
        elif len(names) == 1:
            words = translate(
                lang,
                "%(name)s has most, %(value)s, %(share)s of all",
                name=names[0],
                value=amount(lang, top, unit),
                share=percent(lang, top / chart.total),
            )
        else:
            words = translate(
                lang,
                "%(names)s have most, %(value)s each",
                names=enumerated(lang, names),
                value=amount(lang, top, unit),
            )
        if chart.measure.function != "count":
            words = translate(lang, "%(subject)s: %(finding)s", subject=name, finding=words)
        return [words, _blanks(chart, lang)]
    ends = _ends(known, chart.measure, lang, has_lowest=not chart.hidden)
    if ends:
        ends[0] = translate(lang, "%(subject)s: %(finding)s", subject=name, finding=ends[0])
    return [*(ends or [name]), _blanks(chart, lang)]


def _blanks(chart: Chart, lang: str) -> str:
    if not chart.sources.blanks:
        return ""
    return translate_many(lang, "%(num)s value missing", "%(num)s values missing", chart.sources.blanks)


def _stacked(chart: Chart, lang: str) -> list[str]:
    unit = chart.measure.unit_in(lang)
    sums = [
        (slot.to(lang), sum(item.values[at] or 0.0 for item in chart.series)) for at, slot in enumerate(chart.slots)
    ]
    found = []
    top = max(value for _, value in sums)
    names = [name for name, value in sums if value == top]
    if len(names) == 1 and _shows_all_or_largest(chart):
        words = translate(lang, "%(name)s has most, %(value)s", name=names[0], value=amount(lang, top, unit))
        found.append(translate(lang, "%(subject)s: %(finding)s", subject=_subject(chart, lang), finding=words))
    if not chart.hidden and chart.total and not chart.sources.blanks:
        kept = chart.series[: len(chart.series) - (1 if chart.others else 0)]
        parts = [(item.name.to(lang), sum(value or 0.0 for value in item.values)) for item in kept]
        best = max(value for _, value in parts)
        leaders = [name for name, value in parts if value == best]
        if len(leaders) == 1:
            found.append(
                translate(
                    lang, "%(name)s makes up %(share)s of all", name=leaders[0], share=percent(lang, best / chart.total)
                )
            )
    return [*(found or [_subject(chart, lang)]), _blanks(chart, lang)]


def _parts(chart: Chart, lang: str) -> list[str]:
    known, total = _named(chart, lang), chart.total or 1.0
    top = known[0][1]
    names = [name for name, value in known if value == top]
    if len(names) == len(known) and not chart.others:
        return [translate(lang, "%(num)s equal parts", num=number_text(lang, len(names))), _blanks(chart, lang)]
    if len(names) > 3:
        return [_subject(chart, lang), _blanks(chart, lang)]
    if len(names) > 1:
        words = translate(
            lang,
            "%(names)s are the largest parts, %(share)s each",
            names=enumerated(lang, names),
            share=percent(lang, top / total),
        )
        return [words, _blanks(chart, lang)]
    words = translate(lang, "%(name)s is the largest part, %(share)s", name=names[0], share=percent(lang, top / total))
    more = ""
    if len(known) > 3:
        together = sum(value for _, value in known[:3]) / total
        more = translate(lang, "the first three make up %(share)s", share=percent(lang, together))
    if chart.measure.unit.zh != "%":
        words = translate(lang, "%(subject)s: %(finding)s", subject=_subject(chart, lang), finding=words)
    return [words, more, _blanks(chart, lang)]


def _pyramid(chart: Chart, lang: str) -> list[str]:
    sums = [sum(item.values[at] or 0.0 for item in chart.series) for at in range(len(chart.slots))]
    top = max(sums)
    found = []
    if sums.count(top) == 1 and not chart.sources.blanks:
        found.append(
            translate(
                lang,
                "Most are in the age group %(age)s, %(value)s",
                age=chart.slots[sums.index(top)].to(lang),
                value=amount(lang, top, chart.measure.unit_in(lang)),
            )
        )
    if chart.total and not chart.sources.blanks:
        share = sum(value or 0.0 for value in chart.series[0].values) / chart.total
        found.append(
            translate(
                lang,
                "%(name)s: %(share)s of all",
                name=chart.series[0].name.to(lang),
                share=percent(lang, share, digits=1),
            )
        )
    return [*(found or [_subject(chart, lang)]), _blanks(chart, lang)]


def _histogram(chart: Chart, lang: str) -> list[str]:
    unit, (least, greatest) = chart.measure.unit_in(lang), chart.extremes or (0.0, 0.0)
    return [
        translate(
            lang,
            "%(measure)s: the middle value is %(middle)s, the least %(least)s, the greatest %(greatest)s",
            measure=chart.measure.title.to(lang),
            middle=amount(lang, chart.middle or 0.0, unit),
            least=amount(lang, least, unit),
            greatest=amount(lang, greatest, unit),
        ),
        _blanks(chart, lang),
    ]


def _slope(chart: Chart, lang: str) -> list[str]:
    changes = [(item.name.to(lang), (item.values[1] or 0.0) - (item.values[0] or 0.0)) for item in chart.series]
    risen = sum(change > 0 for _, change in changes)
    unit = chart.measure.unit_in(lang)
    words = translate(
        lang,
        "%(measure)s: %(risen)s of %(all)s rose",
        measure=chart.measure.title.to(lang),
        risen=number_text(lang, risen),
        all=number_text(lang, len(changes)),
    )
    most = max(changes, key=lambda item: abs(item[1]))
    if [abs(change) for _, change in changes].count(abs(most[1])) > 1 or not most[1]:
        return [words]
    message = _("most of all %(name)s, by +%(change)s") if most[1] > 0 else _("most of all %(name)s, by −%(change)s")
    return [words, translate(lang, message, name=most[0], change=amount(lang, abs(most[1]), unit))]


def below(chart: Chart, lang: str) -> tuple[str, ...]:
    """Return what must be known of a chart: how values were made, what is not drawn, what gaps and hollow dots mean."""
    found = []
    if chart.kind in ("line", "seasons", "multiples"):
        if any(value is None for item in chart.series for value in item.values):
            found.append(translate(lang, "Where a line is broken there are no data."))
        if any(item.partial for item in chart.series):
            found.append(translate(lang, "Hollow dots are sums that lack parts; they are too low."))
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
