"""The table of the numbers behind a chart: what is drawn as rows of text, bounded; what it leaves out is said."""

from __future__ import annotations

from dataclasses import dataclass

from portal.i18n import gettext_noop as _
from portal.i18n import translate, translate_many
from portal.publishing.site.charts.chart import Chart, Measure
from portal.publishing.site.charts.drawing.line_drawing import years_of
from portal.publishing.site.charts.wording.measure_words import measure_words
from portal.publishing.site.charts.wording.number_words import month_name, percent, plain_number, short_period

ROWS_MAX = 60
"""Rows of the table below a chart; the newest, or the first."""


@dataclass(frozen=True)
class ChartTable:
    """Headings and rows of text; *places* are the places of the rows' slots in the picture."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    places: tuple[int, ...]
    note: str = ""


def table_of(chart: Chart, lang: str) -> ChartTable:
    """Return the numbers of a chart as a table, in the order in which they are drawn; time begins with the newest."""
    if chart.kind == "seasons":
        return _seasons(chart, lang)
    if chart.kind == "slope":
        return _slope(chart, lang)
    if chart.moments:
        return _over_time(chart, lang)
    return _by_slot(chart, lang)


def _over_time(chart: Chart, lang: str) -> ChartTable:
    several = len(chart.series) > 1
    names = [_headed(item.name.to(lang), item.measure or chart.measure, lang) for item in chart.series]
    if not several:
        names = [_headed(measure_words(chart.measure, lang), chart.measure, lang)]
    places = [
        at for at in range(len(chart.moments) - 1, -1, -1) if any(item.values[at] is not None for item in chart.series)
    ]
    shown = places[:ROWS_MAX]
    rows = tuple(
        (
            short_period(lang, chart.step, chart.moments[at]),
            *(_cell(item.values[at], lang) + ("*" if at in item.partial else "") for item in chart.series),
        )
        for at in shown
    )
    notes = []
    if len(shown) < len(places):
        notes.append(translate(lang, "The last %(shown)s of %(all)s periods.", shown=len(shown), all=len(places)))
    starred = [item for item in chart.series if any(at in item.partial for at in shown)]
    if starred:
        is_of_means = any((item.measure or chart.measure).function == "avg" for item in starred)
        message = _("* lacks many values") if is_of_means else _("* lacks parts")
        notes.append(translate(lang, message))
    header = (chart.slot_title.to(lang) or translate(lang, "Period of time"), *names)
    return ChartTable(header, rows, tuple(shown), " ".join(notes))


def _seasons(chart: Chart, lang: str) -> ChartTable:
    years = years_of(chart)
    a_year = len(years[0][1])
    name = _headed(measure_words(chart.measure, lang), chart.measure, lang)
    rows = tuple(
        (
            month_name(lang, at + 1) if a_year == 12 else f"Q{at + 1}",
            *(_cell(values[at], lang) for _, values in reversed(years)),
        )
        for at in range(a_year)
    )
    return ChartTable((name, *(str(year) for year, _ in reversed(years))), rows, tuple(range(a_year)))


def _slope(chart: Chart, lang: str) -> ChartTable:
    header = (chart.series_title.to(lang), *(_headed(slot.to(lang), chart.measure, lang) for slot in chart.slots))
    rows = tuple((item.name.to(lang), *(_cell(value, lang) for value in item.values)) for item in chart.series)
    return ChartTable(header, rows, tuple(range(len(rows))))


def _by_slot(chart: Chart, lang: str) -> ChartTable:
    one = len(chart.series) == 1
    names = [_headed(measure_words(chart.measure, lang), chart.measure, lang)]
    if chart.kind == "histogram":
        names = [translate(lang, "Number of values")]
    elif not one:
        names = [_headed(item.name.to(lang), chart.measure, lang) for item in chart.series]
    has_shares = chart.kind == "parts" and chart.measure.unit.zh != "%"
    rows = []
    for at, slot in enumerate(chart.slots[:ROWS_MAX]):
        cells = [_cell(item.values[at], lang) for item in chart.series]
        if has_shares:
            cells.append(percent(lang, (chart.series[0].values[at] or 0.0) / (chart.total or 1.0)))
        rows.append((slot.to(lang), *cells))
    header = [chart.slot_title.to(lang) or translate(lang, "Category"), *names]
    if has_shares:
        header.append(translate(lang, "Share"))
    rest = len(chart.slots) - len(rows)
    note = translate_many(lang, "%(num)s more row is in the files.", "%(num)s more rows are in the files.", rest)
    return ChartTable(tuple(header), tuple(rows), tuple(range(len(rows))), note if rest else "")


def _headed(name: str, measure: Measure, lang: str) -> str:
    unit = measure.unit_in(lang)
    if not unit:
        return name
    return f"{name}（{unit}）" if lang == "zh" else f"{name} ({unit})"


def _cell(value: float | None, lang: str) -> str:
    return "" if value is None else plain_number(lang, round(value, 4) if abs(value) < 1000 else round(value, 1))
