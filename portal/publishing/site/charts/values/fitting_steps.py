"""The step of time that fits a line: the shortest that the data keep and the picture has room for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from portal.model.text import LocalText
from portal.publishing.site.charts.chart import Step
from portal.publishing.site.charts.choosing.chart_plan import Plan
from portal.publishing.site.charts.values.time_cells import Line
from portal.publishing.site.charts.values.time_steps import STEPS, coarser, is_even, regular_step

LONGER_STEP_MIN = 3
EQUAL_STEPS = 1.2
"""How many times the shortest of steps the longest may be where all are one: months have 28 to 31 days."""
POINTS_MAX = 400
"""Moments on one line; more are brought together in longer steps."""
COUNTED_POINTS_MAX = 120
"""Moments on a line of counted events."""


def fitting_step(moments: Sequence[int], step: Step, *, is_count: bool) -> Step | None:
    """Return the shortest step that the data keep and the picture has room for.

    Events follow no step: they are counted by month, or by what makes some dozens of points.
    """
    candidates: tuple[Step, ...] = STEPS[STEPS.index(step) : STEPS.index("school_year")] or (
        step,
    )  # no other makes those
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
            return wanted if is_even(found) or has_runs(found) else None
    return None


def has_runs(moments: Sequence[int]) -> bool:
    """Whether half of the neighbours follow one another at least: a hole is a hole, many are no series."""
    even = sum(after - before == 1 for before, after in pairwise(moments))
    return even * 2 >= len(moments) - 1


def in_own_step(
    plan: Plan, lines: Mapping[LocalText, Line], moments: Sequence[int]
) -> tuple[Mapping[LocalText, Line], Step, Sequence[int]]:
    """Return lines whose days come once a week, a month … as such: each day stands for its whole period.

    Weeks that are brought together stay days: each belongs to the month that its day is in.
    """
    own = regular_step(moments) or "day"
    if own == "week" and (plan.step or fitting_step(moments, "day", is_count=False)) != "week":
        own = "day"
    if own == "day" or (plan.step and STEPS.index(plan.step) < STEPS.index(own)):
        return lines, "day", moments
    renamed = {
        name: {coarser(moment, "day", own): cell for moment, cell in line.items()} for name, line in lines.items()
    }
    return renamed, own, [coarser(moment, "day", own) for moment in moments]


def has_a_longer_step(moments: Sequence[int]) -> bool:
    """Whether a part of the moments follows in a longer step than the others: quarters until months are told.

    >>> [has_a_longer_step(at) for at in ([2, 5, 8, 11, 12, 13, 14], [0, 31, 60, 91, 92, 93, 94], [1, 2, 3, 6, 7, 9])]
    [True, True, False]
    """
    steps = [after - before for before, after in pairwise(moments)]
    long = [
        three
        for three in zip(steps, steps[1:], steps[2:], strict=False)
        if min(three) >= LONGER_STEP_MIN and max(three) <= min(three) * EQUAL_STEPS
    ]
    return bool(long) and steps.count(1) >= LONGER_STEP_MIN
