"""Whole periods: a first and a last one that the data do not fill are left out; months without weekends are whole."""

from __future__ import annotations

from collections.abc import Sequence

from portal.model.text import LocalText
from portal.publishing.site.charts.chart import Step
from portal.publishing.site.charts.values.time_steps import days_in, first_day
from portal.publishing.site.charts.wording.left_out import first_period, last_period

FRIDAY = 4


def days_covered(moments: Sequence[int], step: Step) -> tuple[int, int]:
    """Return the first and the last day of what the data cover."""
    if step == "hour":
        return moments[0] // 24, moments[-1] // 24
    return first_day(step, moments[0]), first_day(step, moments[-1]) + days_in(step, moments[-1]) - 1


def whole_ends(
    covered: tuple[int, int],
    slack: int,
    chosen: Step,
    ends: tuple[int, int],
    left_out: list[LocalText],
    *,
    is_of_events: bool,
) -> tuple[int, int]:
    """Leave out a first and a last period that the days *covered* do not fill, and say so: no whole one is like them.

    Of events nobody knows whether there were none in the days before the first and after the last. *slack* are days
    that may be without one at either end, where one comes each week.
    """
    (first, last), (start, end) = ends, covered
    if start - first_day(chosen, first) > slack:
        first += 1
        left_out.append(first_period(may_be_whole=is_of_events))
    if first_day(chosen, last) + days_in(chosen, last) - 1 - end > slack:
        last -= 1
        left_out.append(last_period(may_be_whole=is_of_events))
    return first, last


def moments_in(step: Step, chosen: Step, moment: int) -> int:
    """Return how many days, months or quarters make a longer step whole; 0 where they do not fit into it."""
    if step == "day":
        return days_in(chosen, moment)
    return {("month", "quarter"): 3, ("month", "year"): 12, ("quarter", "year"): 4}.get((step, chosen), 0)


def weekday(day: int) -> int:
    """Return the day of the week of a day since 1970, Monday is 0."""
    return (day + 3) % 7


def are_workdays(days: Sequence[int]) -> bool:
    """Whether next to no day is one of a weekend: offices that open from Monday to Friday report no others."""
    return sum(weekday(day) > FRIDAY for day in days) <= len(days) * 0.05


def workdays_in(chosen: Step, moment: int) -> float:
    """Return how many workdays a step has at least, holidays taken off."""
    first = first_day(chosen, moment)
    return sum(weekday(day) <= FRIDAY for day in range(first, first + days_in(chosen, moment))) * 0.6
