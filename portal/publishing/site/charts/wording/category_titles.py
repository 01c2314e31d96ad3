"""Titles of charts of categories: who has most or least, the shares of a whole, ages, the middle value, what rose."""

from __future__ import annotations

from portal.i18n import gettext_noop as _
from portal.i18n import number_text, translate, translate_many
from portal.model.text import enumerated
from portal.publishing.site.charts.chart import COUNTED_ROWS, Chart
from portal.publishing.site.charts.wording.measure_words import ends, measure_words
from portal.publishing.site.charts.wording.number_words import EXACT_DIGITS, amount, amounts, few_digits, percent


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


def bars_finding(chart: Chart, lang: str) -> list[str]:
    """Return the clauses of the title of bars."""
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
        subject = _counted(chart, lang) if chart.measure.function == "count" else name
        if subject:
            words = translate(lang, "%(subject)s: %(finding)s", subject=subject, finding=words)
        return [words, _blanks(chart, lang)]
    highest_and_lowest = ends(known, chart.measure, lang, has_lowest=not chart.hidden)
    if highest_and_lowest:
        highest_and_lowest[0] = translate(lang, "%(subject)s: %(finding)s", subject=name, finding=highest_and_lowest[0])
    return [*(highest_and_lowest or [name]), _blanks(chart, lang)]


def _counted(chart: Chart, lang: str) -> str:
    """Return what is counted, of mere rows by what."""
    title = chart.slot_title if chart.measure == COUNTED_ROWS else chart.measure.title
    return title.to(lang)


def _blanks(chart: Chart, lang: str) -> str:
    if not chart.sources.blanks:
        return ""
    return translate_many(lang, "%(num)s value missing", "%(num)s values missing", chart.sources.blanks)


def stacked_finding(chart: Chart, lang: str) -> list[str]:
    """Return the clauses of the title of stacked bars."""
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
            words = translate(
                lang, "%(name)s makes up %(share)s of all", name=leaders[0], share=percent(lang, best / chart.total)
            )
            subject = "" if found else _subject(chart, lang)
            found.append(
                translate(lang, "%(subject)s: %(finding)s", subject=subject, finding=words) if subject else words
            )
    return [*(found or [_subject(chart, lang)]), _blanks(chart, lang)]


def parts_finding(chart: Chart, lang: str) -> list[str]:
    """Return the clauses of the title of a whole in parts."""
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


def pyramid_finding(chart: Chart, lang: str) -> list[str]:
    """Return the clauses of the title of a pyramid of ages."""
    sums = [sum(item.values[at] or 0.0 for item in chart.series) for at in range(len(chart.slots))]
    top = max(sums)
    found = []
    if sums.count(top) == 1 and not chart.sources.blanks:
        found.append(
            translate(
                lang,
                "Most are in the age group %(age)s, %(value)s",
                age=_slot_name(chart, chart.slots[sums.index(top)].to(lang), lang),
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


def histogram_finding(chart: Chart, lang: str) -> list[str]:
    """Return the clauses of the title of a distribution."""
    least, greatest = chart.extremes or (0.0, 0.0)
    middle, low, high = amounts(lang, (chart.middle or 0.0, least, greatest), chart.measure.unit_in(lang))
    return [
        translate(
            lang,
            "%(measure)s: the middle value is %(middle)s, the least %(least)s, the greatest %(greatest)s",
            measure=chart.measure.title.to(lang),
            middle=middle,
            least=low,
            greatest=high,
        ),
        _blanks(chart, lang),
    ]


def slope_finding(chart: Chart, lang: str) -> list[str]:
    """Return the clauses of the title of a slope."""
    changes = [
        (item.name.to(lang), few_digits((item.values[1] or 0.0) - (item.values[0] or 0.0), EXACT_DIGITS))
        for item in chart.series
    ]
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
