"""What a chart shows, read of the rows of a table as its plan asks; a chart, or the reason why there is none."""

from __future__ import annotations

from dataclasses import replace

from portal.model.text import LocalText
from portal.publishing.rows.row_query import Column, RowQuery
from portal.publishing.rows.row_table import RowTable
from portal.publishing.site.charts.chart import Chart
from portal.publishing.site.charts.choosing.chart_plan import NoChart, Plan
from portal.publishing.site.charts.reading.category_reading import before_and_after, by_category, in_two
from portal.publishing.site.charts.reading.read_cells import as_number
from portal.publishing.site.charts.reading.table_reading import Places, Reading
from portal.publishing.site.charts.reading.time_reading import over_time
from portal.publishing.site.charts.values.distribution import histogram
from portal.publishing.site.charts.wording.why_no_chart import STOCKS_OF_SEVERAL_MOMENTS, TOO_MANY_GROUPS

VALUES_READ_MAX = 200_000
"""Values that are read for one distribution."""


def chart_of_rows(plan: Plan, table: RowTable, places: Places | None = None) -> Chart | NoChart:
    """Return the chart that *plan* makes of a table, or why there is none."""
    reading = (Reading(plan, table, places) if places else Reading(plan, table)).without_totals()
    if reading.adds_up_over_time():
        return STOCKS_OF_SEVERAL_MOMENTS
    found = _read(reading)
    return found if isinstance(found, NoChart) else _of_the_chosen(found, plan)


def _of_the_chosen(chart: Chart, plan: Plan) -> Chart:
    """Say in the name of the measure that only some categories are compared: the highest may be another one."""
    by = {plan.by.column, plan.by.through} if plan.by else set()
    chosen = next((len(values) for name, values in plan.filters if name in by), 0)
    if chosen < 2:
        return chart
    title = chart.measure.title
    words = LocalText(f"{title.zh}（所选 {chosen} 项）", f"{title.to('en')} (of {chosen} chosen)")
    return replace(chart, measure=replace(chart.measure, title=words))


def _read(reading: Reading) -> Chart | NoChart:
    plan = reading.plan
    if plan.time:
        return over_time(reading)
    if plan.kind == "histogram":
        return _distribution(reading)
    if plan.kind == "slope" and len(plan.numbers) == 2:
        return before_and_after(reading)
    if plan.split:
        return in_two(reading)
    return by_category(reading)


def _distribution(reading: Reading) -> Chart | NoChart:
    number = reading.plan.numbers[0]
    query = RowQuery(where=reading.where, fields=(Column(number.column),), limit=VALUES_READ_MAX + 1, with_total=False)
    cells = [row[0] for row in reading.read(query, VALUES_READ_MAX)]
    if len(cells) > VALUES_READ_MAX:
        return TOO_MANY_GROUPS
    values = [value for value in map(as_number, cells) if value is not None]
    return histogram(number.measure, values, reading.sources_of(len(cells) - len(values)))
