"""Steps of time: days, weeks, months, quarters, years as numbers; which step data have; periods written as text."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from portal.publishing.site.charts.chart import Step

STEPS: tuple[Step, ...] = ("hour", "day", "week", "month", "quarter", "year", "school_year", "fiscal_year")
EVEN_SHARE_MIN = 0.75
"""The share of neighbours that must lie one step apart for a step to be that of the data."""
ALONE_SHARE_MAX = 0.04
"""The share of moments that may have no neighbour; more are another, longer step among this one."""
_EPOCH = date(1970, 1, 1).toordinal()
_WEEKS = date(1969, 12, 29).toordinal()
_QUARTER = re.compile(r"(\d{4})\s*(?:年\s*)?[-/]?\s*(?:Q\s*([1-4])|第?\s*([1-4一二三四])\s*(?:季度|季))", re.IGNORECASE)
_SCHOOL_YEAR = re.compile(r"(\d{4})\s*[-–—/至]\s*(\d{4}|\d{2})\s*(?:学年|年度)?")
_YEAR = re.compile(r"(\d{4})\s*年?(?:度)?")
_CHINESE = {"一": 1, "二": 2, "三": 3, "四": 4}


def day_number(text: str) -> int | None:
    """Return days since 1970 of a date in ISO 8601, or of the date that a time begins with.

    >>> day_number("2026-01-01"), day_number("2026-01-01T05:00:00"), day_number("soon")
    (20454, 20454, None)
    """
    try:
        return date.fromisoformat(text[:10]).toordinal() - _EPOCH
    except ValueError:
        return None


def written_moment(text: str) -> tuple[Step, int] | None:
    """Return the step and number of a period that is written as text, None for what is none.

    >>> [written_moment(text) for text in ("2022Q4", "2026年第3季度", "2015-2016", "2026-10")]
    [('quarter', 8091), ('quarter', 8106), ('school_year', 2015), ('month', 24321)]
    >>> written_moment("2026-1")
    """
    text = text.strip()
    found = re.fullmatch(r"(\d{4})-(\d{2})", text)
    if found and 1 <= int(found[2]) <= 12:
        return "month", int(found[1]) * 12 + int(found[2]) - 1
    found = _QUARTER.fullmatch(text)
    if found:
        quarter = found[2] or found[3]
        return "quarter", int(found[1]) * 4 + int(_CHINESE.get(quarter, 0) or quarter) - 1
    found = _SCHOOL_YEAR.fullmatch(text)
    if found and int(found[2]) % 100 == (int(found[1]) + 1) % 100:
        return "school_year", int(found[1])
    found = _YEAR.fullmatch(text)
    return ("year", int(found[1])) if found else None


def coarser(moment: int, step: Step, wanted: Step) -> int:
    """Return the number of the longer step that a moment falls into.

    >>> coarser(20454, "day", "month"), coarser(20454, "day", "week"), coarser(24321, "month", "quarter")
    (24312, 2922, 8107)
    """
    if step == wanted:
        return moment
    if step == "hour":
        return coarser(moment // 24, "day", wanted)
    if step == "week":
        return coarser(moment * 7 + _WEEKS - _EPOCH, "day", wanted)
    if step == "day":
        if wanted == "week":
            return (moment + _EPOCH - _WEEKS) // 7
        day = date.fromordinal(moment + _EPOCH)
        if wanted == "month":
            return day.year * 12 + day.month - 1
        return day.year * 4 + (day.month - 1) // 3 if wanted == "quarter" else day.year
    if step == "month":
        return moment // 3 if wanted == "quarter" else moment // 12
    return moment // 4


def days_in(step: Step, moment: int) -> int:
    """Return how many days a step has.

    >>> days_in("month", 24313), days_in("year", 2024), days_in("quarter", 8104)
    (28, 366, 90)
    """
    if step == "month":
        return monthrange(moment // 12, moment % 12 + 1)[1]
    if step == "quarter":
        return sum(days_in("month", moment * 3 + part) for part in range(3))
    if step == "year":
        return sum(days_in("month", moment * 12 + part) for part in range(12))
    return 7 if step == "week" else 1


def first_day(step: Step, moment: int) -> int:
    """Return the number of the first day of a step."""
    if step == "day":
        return moment
    if step == "week":
        return moment * 7 + _WEEKS - _EPOCH
    month = moment if step == "month" else moment * 3 if step == "quarter" else moment * 12
    return date(month // 12, month % 12 + 1, 1).toordinal() - _EPOCH


def regular_step(days: Sequence[int]) -> Step | None:
    """Return the step at which days follow one another, None where they follow none; *days* ascend, each once.

    >>> [regular_step(days) for days in ([0, 1, 2, 3, 9, 10, 11, 12, 13, 14, 15, 16], [3, 10, 17, 24], [0, 31, 59])]
    ['day', 'week', 'month']
    >>> regular_step([0, 2, 9, 40, 41, 300])
    """
    for step in STEPS[1:6]:
        moments = [coarser(day, "day", step) for day in days]
        if len(set(moments)) == len(moments) and is_even(moments):
            return step
    return None


def is_even(moments: Sequence[int]) -> bool:
    """Whether most neighbours lie one step apart, and next to no moment is without one: holes do not part a series.

    >>> is_even([1, 2, 3, 5, 6, 7, 9]), is_even([1, 13, 25, 37, 38, 39, 40])
    (True, False)
    """
    if len(moments) < 2:
        return True
    steps = [after - before for before, after in pairwise(moments)]
    even = steps.count(1)
    alone = sum(before != 1 and after != 1 for before, after in pairwise([0, *steps, 0]))
    if len(moments) < 12:
        return even >= len(steps) - 2 and even * 2 >= len(steps)
    return even >= EVEN_SHARE_MIN * len(steps) and alone <= ALONE_SHARE_MAX * len(moments)
