"""Values over time for a chart: groups of rows by moment and category become lines on an even scale of time.

Pure: what was read of a table goes in, a chart or the reason why there is none comes out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from portal.model.text import LocalText
from portal.publishing.site.charts.chart import (
    PANELS_MAX,
    SERIES_MAX,
    Chart,
    Function,
    Kind,
    Measure,
    Series,
    Sources,
    Step,
)
from portal.publishing.site.charts.choosing.chart_plan import NoChart, Plan
from portal.publishing.site.charts.values.fitting_steps import fitting_step, has_a_longer_step, has_runs, in_own_step
from portal.publishing.site.charts.values.seasons import as_seasons, may_be_seasons
from portal.publishing.site.charts.values.time_cells import Cell, Line, gathered_cells
from portal.publishing.site.charts.values.time_steps import STEPS, regular_step
from portal.publishing.site.charts.values.whole_periods import (
    FRIDAY,
    are_workdays,
    days_covered,
    moments_in,
    weekday,
    whole_ends,
    workdays_in,
)
from portal.publishing.site.charts.wording.left_out import ROWS_DIFFER
from portal.publishing.site.charts.wording.why_no_chart import (
    FEW_WHOLE_PERIODS,
    MEDIANS_OF_PERIODS,
    NO_EVEN_STEP,
    NO_VALUES,
    ONE_MOMENT,
    parts_or_copies,
)

POINTS_MIN = 3
DAYS_OF_MEAN_MIN = 0.75
"""The share of the days of a period of which the mean stands for all of it."""


def line_chart(
    plan: Plan,
    lines: Mapping[LocalText, Line],
    step: Step,
    sources: Sources,
    measures: Sequence[Measure],
    covered: tuple[int, int] | None = None,
) -> Chart | NoChart:
    """Return lines over even steps, as *plan* wants them. *lines* are in their order; *step* is that of their moments.

    *measures* are those of the lines, one for all of them or one each. *covered* are the first and the last day of the
    data where the moments are longer than the data's own.
    """
    moments: Sequence[int] = sorted({moment for line in lines.values() for moment in line})
    if len(moments) < 2:
        return ONE_MOMENT
    is_count = any(measure.function == "count" for measure in measures)
    is_amount = any(item.nature == "flow" and item.function in ("value", "sum") for item in measures)
    if is_amount and has_a_longer_step(moments):
        return NO_EVEN_STEP
    is_weekly = step == "day" and not is_count and regular_step(moments) == "week"
    if step == "day" and not is_count:
        lines, step, moments = in_own_step(plan, lines, moments)
    has_several = any(cell.rows > 1 for line in lines.values() for cell in line.values())
    finer = step
    chosen = plan.step or fitting_step(moments, step, is_count=is_count)
    if chosen is None or STEPS.index(chosen) < STEPS.index(step):
        return NO_EVEN_STEP
    functions = [measures[place if len(measures) > 1 else 0].function for place in range(len(lines))]
    gathered = {
        name: gathered_cells(line, finer, chosen, function)
        for (name, line), function in zip(lines.items(), functions, strict=True)
    }
    is_gathered = chosen != finer or covered is not None
    left_out = list(sources.left_out)
    counts = {cell.rows for line in lines.values() for cell in line.values()}
    if len(lines) == 1 and measures[0].function == "sum" and len(counts) > 1:
        left_out.append(ROWS_DIFFER)
    made = []
    for place, (name, line) in enumerate(gathered.items()):
        measure = measures[place if len(measures) > 1 else 0]
        function = _function(measure, has_several=has_several, is_gathered=is_gathered)
        if function is None:
            return parts_or_copies(measure)
        if function == "median" and any(cell.is_joined for cell in line.values()):
            return MEDIANS_OF_PERIODS
        made.append((name, line, replace(measure, function=function)))
    every = [moment for line in gathered.values() for moment in line]
    first, last = min(every), max(every)
    is_of_events = is_count or (finer == "day" and not is_weekly and not has_runs(moments))
    is_of_workdays = finer == "day" and not is_weekly and are_workdays(moments)
    if is_gathered:
        days = covered or days_covered(moments, finer)
        if is_of_workdays:
            days = days[0] - 2 * (weekday(days[0]) == 0), days[1] + 2 * (weekday(days[1]) == FRIDAY)
        first, last = whole_ends(
            days, 6 if is_weekly else 0, chosen, (first, last), left_out, is_of_events=is_of_events
        )
    if last - first + 1 < POINTS_MIN:
        return FEW_WHOLE_PERIODS
    span = range(first, last + 1)
    needed = partial(
        _needed, "week" if is_weekly else finer, chosen, is_of_events=is_of_events, is_of_workdays=is_of_workdays
    )
    series = tuple(_series(name, line, measure, span, needed) for name, line, measure in made)
    scales = {(item.unit, item.nature, item.function) for _, _, item in made}
    if len(scales) > 1:
        series = tuple(replace(item, measure=measure) for item, (_, _, measure) in zip(series, made, strict=True))
    if not any(value is not None for item in series for value in item.values):
        return NO_VALUES
    has_units = len({measure.unit for _, _, measure in made}) > 1
    kind: Kind = "multiples" if len(series) > SERIES_MAX or plan.kind == "multiples" or has_units else "line"
    series = series[:PANELS_MAX]
    shared = replace(made[0][2], title=plan.measure_title) if plan.measure_title and len(scales) == 1 else made[0][2]
    chart = Chart(
        kind,
        shared,
        series,
        step=chosen,
        moments=tuple(span),
        slot_title=plan.time_title,
        series_title=plan.by.title if plan.by else LocalText(),
        hidden=max(0, len(made) - PANELS_MAX),
        sources=replace(sources, left_out=tuple(left_out)),
    )
    return as_seasons(chart) if may_be_seasons(plan, chart) else chart


def _function(measure: Measure, *, has_several: bool, is_gathered: bool) -> Function | None:
    """Return what becomes of several values of one moment; None where nobody can say what they come to."""
    if measure.function != "count" and not has_several and not is_gathered:
        return "value"
    if measure.function != "value":
        if measure.function == "sum" and is_gathered and measure.nature == "stock":
            return None
        return measure.function
    if measure.nature in ("level", "offset"):
        return "avg" if has_several or is_gathered else "value"
    if has_several:
        return None
    if is_gathered:
        return "sum" if measure.nature == "flow" else "avg"
    return "value"


def _series(name: LocalText, line: Line, measure: Measure, span: range, needed: Callable[[int], float]) -> Series:
    """Return a line; *needed* tells how many moments of the data make a period whole."""
    values: list[float | None] = []
    lacking = []
    for place, moment in enumerate(span):
        cell = line.get(moment)
        values.append(_value(cell, measure))
        if cell is not None and _is_partial(cell, measure, needed(moment)):
            lacking.append(place)
    return Series(name, tuple(values), tuple(lacking))


def _needed(step: Step, chosen: Step, moment: int, *, is_of_events: bool, is_of_workdays: bool) -> float:
    """Return how many moments of the data make a period whole; none where they are the periods, or single events."""
    if step == chosen or is_of_events:
        return 0
    return workdays_in(chosen, moment) if is_of_workdays else moments_in(step, chosen, moment)


def _value(cell: Cell | None, measure: Measure) -> float | None:
    if measure.function == "count":
        return float(cell.rows) if cell else 0.0
    if cell is None or not cell.filled:
        return None
    return cell.sum / cell.filled if measure.function == "avg" else cell.sum


def _is_partial(cell: Cell, measure: Measure, needed: float) -> bool:
    """Whether a sum lacks parts, cells without a value or days that are not there, or a mean is of too few days."""
    if measure.function == "avg":
        return 0 < cell.days < needed * DAYS_OF_MEAN_MIN
    return measure.function == "sum" and (cell.filled < cell.rows or cell.days < needed)
