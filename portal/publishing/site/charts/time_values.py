"""Values over time for a chart: groups of rows by moment and category become lines on an even scale of time.

Pure: what was read of a table goes in, a chart or the reason why there is none comes out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

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
from portal.publishing.site.charts.time_steps import (
    STEPS,
    coarser,
    days_in,
    first_day,
    is_even,
    regular_step,
)

POINTS_MAX = 400
"""Moments on one line; more are brought together in longer steps."""
COUNTED_POINTS_MAX = 120
"""Moments on a line of counted events."""
POINTS_MIN = 3
FRIDAY = 4
SEASONS_MONTHS_MIN = 30
"""Months (or as many quarters as make them) from which years may be laid over one another."""
SEASONS_YEARS_MAX = 12
"""Years that are laid over one another; more are one long line."""
SEASONAL_SHARE_MIN = 0.5
"""The share of the variation within years that the month must explain for years to be laid over one another."""


@dataclass(slots=True)
class Cell:
    """What the rows of one moment and category come to: their number, those with a value, the sum of the values."""

    rows: int = 0
    filled: int = 0
    sum: float = 0.0
    """Or the least, the greatest, the middle value, where that is what was asked."""
    days: int = 0
    """How many different moments of the data are in it."""
    is_joined: bool = False
    """Whether it was put together of several that have values: the middle of middle values is none."""

    def add(self, other: Cell, function: Function = "sum") -> None:
        """Take another one in; of the least and the greatest the lesser or greater stays."""
        self.is_joined = self.is_joined or other.is_joined or bool(self.filled and other.filled)
        if function in ("min", "max") and self.filled and other.filled:
            self.sum = (min if function == "min" else max)(self.sum, other.sum)
        else:
            self.sum += other.sum
        self.rows += other.rows
        self.filled += other.filled
        self.days += other.days


Line = dict[int, Cell]
"""The cells of one line by their moments."""


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
        return NoChart(
            _words("数据只有一个时间，没有变化可画。", "There is one point in time only; no change to draw.")
        )
    is_count = any(measure.function == "count" for measure in measures)
    is_weekly = step == "day" and not is_count and regular_step(moments) == "week"
    if step == "day" and not is_count:
        lines, step, moments = _in_own_step(plan, lines, moments)
    has_several = any(cell.rows > 1 for line in lines.values() for cell in line.values())
    finer = step
    chosen = plan.step or _fitting(moments, step, is_count=is_count)
    if chosen is None or STEPS.index(chosen) < STEPS.index(step):
        return NoChart(
            _words(
                "数据的时间间隔不一致，连成线会误导。",
                "The data follow no even step of time; a line through them would mislead.",
            )
        )
    functions = [measures[place if len(measures) > 1 else 0].function for place in range(len(lines))]
    gathered = {
        name: _gathered(line, finer, chosen, function)
        for (name, line), function in zip(lines.items(), functions, strict=True)
    }
    is_gathered = chosen != finer or covered is not None
    left_out = list(sources.left_out)
    counts = {cell.rows for line in lines.values() for cell in line.values()}
    if len(lines) == 1 and measures[0].function == "sum" and len(counts) > 1:
        left_out.append(
            _words("各时间的行数不同，合计不一定可比。", "Not all times have as many rows; sums may differ for that.")
        )
    made = []
    for place, (name, line) in enumerate(gathered.items()):
        measure = measures[place if len(measures) > 1 else 0]
        function = _function(measure, has_several=has_several, is_gathered=is_gathered)
        if function is None:
            return _undecided(measure)
        if function == "median" and any(cell.is_joined for cell in line.values()):
            return NoChart(
                _words(
                    "几个时段的中位数合不成一个中位数。", "The middle values of several periods do not make one of all."
                )
            )
        made.append((name, line, replace(measure, function=function)))
    every = [moment for line in gathered.values() for moment in line]
    first, last = min(every), max(every)
    is_of_workdays = finer == "day" and not is_weekly and _are_workdays(moments)
    if is_gathered:
        days = covered or _days_covered(moments, finer)
        if is_of_workdays:
            days = days[0] - 2 * (_weekday(days[0]) == 0), days[1] + 2 * (_weekday(days[1]) == FRIDAY)
        first, last = _whole_ends(days, 6 if is_weekly else 0, chosen, (first, last), left_out, is_count=is_count)
    if last - first + 1 < POINTS_MIN:
        return NoChart(_words("完整的时段太少，没有变化可画。", "Too few whole periods to draw a change."))
    span = range(first, last + 1)
    series = tuple(
        _series(name, line, measure, span, "week" if is_weekly else finer, chosen, is_of_workdays=is_of_workdays)
        for name, line, measure in made
    )
    scales = {(item.unit, item.nature, item.function) for _, _, item in made}
    if len(scales) > 1:
        series = tuple(replace(item, measure=measure) for item, (_, _, measure) in zip(series, made, strict=True))
    if not any(value is not None for item in series for value in item.values):
        return NoChart(_words("这一列没有数值。", "The column holds no values."))
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
    return as_seasons(chart) if _may_be_seasons(plan, chart) else chart


def _fitting(moments: Sequence[int], step: Step, *, is_count: bool) -> Step | None:
    """Return the shortest step that the data keep and the picture has room for.

    Events follow no step: they are counted by month, or by what makes some dozens of points.
    """
    candidates: tuple[Step, ...] = STEPS[STEPS.index(step) : -1] or (step,)  # no other step makes school years
    if step == "day" and is_count:
        candidates = ("month", "quarter", "year") if moments[-1] - moments[0] > 90 else ("day",)
    elif step == "day":
        own = regular_step(moments) or "month"
        longer: tuple[Step, ...] = ("month", "quarter", "year")
        candidates = (own, *(wanted for wanted in longer if wanted != own))
    for wanted in candidates:
        found = sorted({coarser(moment, step, wanted) for moment in moments})
        room = found[-1] - found[0] + 1
        if is_count and room <= COUNTED_POINTS_MAX:
            return wanted
        if not is_count and room <= POINTS_MAX and (is_even(found) or wanted == step):
            return wanted if is_even(found) or _has_runs(found) else None
    return None


def _has_runs(moments: Sequence[int]) -> bool:
    """Whether half of the neighbours follow one another at least: a hole is a hole, many are no series."""
    even = sum(after - before == 1 for before, after in pairwise(moments))
    return even * 2 >= len(moments) - 1


def _in_own_step(
    plan: Plan, lines: Mapping[LocalText, Line], moments: Sequence[int]
) -> tuple[Mapping[LocalText, Line], Step, Sequence[int]]:
    """Return lines whose days come once a week, a month … as such: each day stands for its whole period.

    Weeks that are brought together stay days: each belongs to the month that its day is in.
    """
    own = regular_step(moments) or "day"
    if own == "week" and (plan.step or _fitting(moments, "day", is_count=False)) != "week":
        own = "day"
    if own == "day" or (plan.step and STEPS.index(plan.step) < STEPS.index(own)):
        return lines, "day", moments
    renamed = {
        name: {coarser(moment, "day", own): cell for moment, cell in line.items()} for name, line in lines.items()
    }
    return renamed, own, [coarser(moment, "day", own) for moment in moments]


def _gathered(line: Line, step: Step, wanted: Step, function: Function) -> Line:
    if step == wanted:
        return line
    found: Line = {}
    for moment, cell in line.items():
        found.setdefault(coarser(moment, step, wanted), Cell()).add(replace(cell, days=1), function)
    return found


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


def _undecided(measure: Measure) -> NoChart:
    name = measure.title
    return NoChart(
        _words(
            f"同一时间有几个“{name.zh}”，是部分还是重复说不清。",
            f"There are several values of “{name.to('en')}” for one time, and nothing says whether they are parts or "
            "copies.",
        )
    )


def _days_covered(moments: Sequence[int], step: Step) -> tuple[int, int]:
    """Return the first and the last day of what the data cover."""
    if step == "hour":
        return moments[0] // 24, moments[-1] // 24
    return first_day(step, moments[0]), first_day(step, moments[-1]) + days_in(step, moments[-1]) - 1


def _whole_ends(
    covered: tuple[int, int],
    slack: int,
    chosen: Step,
    ends: tuple[int, int],
    left_out: list[LocalText],
    *,
    is_count: bool,
) -> tuple[int, int]:
    """Leave out a first and a last period that the days *covered* do not fill, and say so: no whole one is like them.

    Of events nobody knows whether there were none in the days before the first and after the last. *slack* are days
    that may be without one at either end, where one comes each week.
    """
    (first, last), (start, end) = ends, covered
    is_not = ("不一定完整", "may not be complete") if is_count else ("不完整", "is not complete")
    if start - first_day(chosen, first) > slack:
        first += 1
        left_out.append(_words(f"第一个时段{is_not[0]}，没有画。", f"The first period {is_not[1]} and is not drawn."))
    if first_day(chosen, last) + days_in(chosen, last) - 1 - end > slack:
        last -= 1
        left_out.append(_words(f"最后一个时段{is_not[0]}，没有画。", f"The last period {is_not[1]} and is not drawn."))
    return first, last


def _series(
    name: LocalText, line: Line, measure: Measure, span: range, step: Step, chosen: Step, *, is_of_workdays: bool
) -> Series:
    values: list[float | None] = []
    partial = []
    for place, moment in enumerate(span):
        cell = line.get(moment)
        values.append(_value(cell, measure))
        needed = _workdays_in(chosen, moment) if is_of_workdays else _moments_in(step, chosen, moment) * 0.97
        if cell is not None and measure.function == "sum" and _is_partial(cell, 0 if step == chosen else needed):
            partial.append(place)
    return Series(name, tuple(values), tuple(partial))


def _value(cell: Cell | None, measure: Measure) -> float | None:
    if measure.function == "count":
        return float(cell.rows) if cell else 0.0
    if cell is None or not cell.filled:
        return None
    return cell.sum / cell.filled if measure.function == "avg" else cell.sum


def _is_partial(cell: Cell, needed: float) -> bool:
    """Whether a sum lacks parts: cells without a value, or days that are not there."""
    return cell.filled < cell.rows or cell.days < needed


def _moments_in(step: Step, chosen: Step, moment: int) -> int:
    """Return how many days, months or quarters make a longer step whole; 0 where they do not fit into it."""
    if step == "day":
        return days_in(chosen, moment)
    return {("month", "quarter"): 3, ("month", "year"): 12, ("quarter", "year"): 4}.get((step, chosen), 0)


def _weekday(day: int) -> int:
    """Return the day of the week of a day since 1970, Monday is 0."""
    return (day + 3) % 7


def _are_workdays(days: Sequence[int]) -> bool:
    """Whether next to no day is one of a weekend: offices that open from Monday to Friday report no others."""
    return sum(_weekday(day) > FRIDAY for day in days) <= len(days) * 0.05


def _workdays_in(chosen: Step, moment: int) -> float:
    """Return how many workdays a step has at least, holidays taken off."""
    first = first_day(chosen, moment)
    return sum(_weekday(day) <= FRIDAY for day in range(first, first + days_in(chosen, moment))) * 0.6


def _may_be_seasons(plan: Plan, chart: Chart) -> bool:
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


def _words(zh: str, en: str) -> LocalText:
    return LocalText(zh, en)
