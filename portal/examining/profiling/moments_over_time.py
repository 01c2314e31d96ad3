"""Dates over time: how many days or moments fall into each hour, day … decade; even steps and what they miss."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

from portal.model.table_profile import OverTime, Steps, StepUnit, TimeUnit

PERIODS_MAX = 60
"""A picture over time has as many hours, days … decades at most."""
STEP_SHARE_MIN = 0.5
"""Steps are even where at least this share of all is of one size, and every other one is so many times as long."""

_UNITS: tuple[TimeUnit, ...] = ("hour", "day", "month", "quarter", "year", "decade")
_YEAR_MONTHS = 12


def moment_of(value: Any) -> datetime | None:
    """Return a day, a moment (that of UTC where it has a zone), a month (year, month) or a year as a moment.

    None for what calendars have no day for.

    >>> moment_of(2026), moment_of(date(2026, 3, 1)), moment_of((2026, 3))
    (datetime.datetime(2026, 1, 1, 0, 0), datetime.datetime(2026, 3, 1, 0, 0), datetime.datetime(2026, 3, 1, 0, 0))
    """
    try:
        if isinstance(value, datetime):
            return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
        if isinstance(value, date):
            return datetime(value.year, value.month, value.day)
        if isinstance(value, int):
            return datetime(value, 1, 1)
        if isinstance(value, Sequence) and len(value) == 2:
            return datetime(int(value[0]), int(value[1]), 1)
    except (ValueError, OverflowError, TypeError):
        pass
    return None


def over_time(counts: Mapping[datetime, int], *, finest: TimeUnit) -> OverTime | None:
    """Return how many moments fall into each period, by the finest unit that is not too many; None where all are one.

    >>> counts = {datetime(2026, 1, 5): 2, datetime(2026, 4, 9): 1}
    >>> over_time(counts, finest="month")
    OverTime(unit='month', starts=('2026-01', '2026-02', '2026-03', '2026-04'), counts=(2, 0, 0, 1))
    """
    if len(counts) < 2:
        return None
    unit = unit_between(min(counts), max(counts), finest=finest)
    if unit is None:
        return None
    found: Counter[int] = Counter()
    for moment, count in counts.items():
        found[number_of(moment, unit)] += count
    return filled(found, unit)


def unit_between(first: datetime, last: datetime, *, finest: TimeUnit) -> TimeUnit | None:
    """Return the finest unit from *finest* on of which there are not too many; None where all fall into one."""
    for unit in _UNITS[_UNITS.index(finest) :]:
        periods = number_of(last, unit) - number_of(first, unit) + 1
        if periods <= PERIODS_MAX:
            return unit if periods > 1 else None
    return None


def filled(counts: Mapping[int, int], unit: TimeUnit) -> OverTime:
    """Return periods with those between them that nothing falls into."""
    numbers = range(min(counts), max(counts) + 1)
    return OverTime(unit, tuple(start_text(one, unit) for one in numbers), tuple(counts.get(one, 0) for one in numbers))


def number_of(moment: datetime, unit: TimeUnit) -> int:
    """Return the number of the period that a moment falls into, in the order of time."""
    if unit == "hour":
        return moment.toordinal() * 24 + moment.hour
    if unit == "day":
        return moment.toordinal()
    months = moment.year * _YEAR_MONTHS + moment.month - 1
    return months // {"month": 1, "quarter": 3, "year": _YEAR_MONTHS, "decade": _YEAR_MONTHS * 10}[unit]


def start_text(number: int, unit: TimeUnit) -> str:
    """Return when a period begins.

    >>> start_text(2026 * 4 + 2, "quarter"), start_text(202, "decade"), start_text(24314, "month")
    ('2026-Q3', '2020', '2026-03')
    """
    if unit == "hour":
        return f"{date.fromordinal(number // 24).isoformat()}T{number % 24:02d}"
    if unit == "day":
        return date.fromordinal(number).isoformat()
    if unit == "month":
        return f"{number // 12:04d}-{number % 12 + 1:02d}"
    if unit == "quarter":
        return f"{number // 4:04d}-Q{number % 4 + 1}"
    return f"{number * 10 if unit == 'decade' else number:04d}"


def steps_between(moments: Iterable[datetime]) -> Steps | None:
    """Return the even step of different moments, given in ascending order, and how many are missing between them.

    Months have as many days as they like, where all moments stand at the same time of their month, or all at its end.

    >>> steps_between([datetime(2026, 1, 31), datetime(2026, 2, 28), datetime(2026, 4, 30)])
    Steps(unit='month', size=1, missing=1)
    >>> steps_between([datetime(2026, 1, 1), datetime(2026, 1, 2), datetime(2026, 3, 5, 7)])
    """
    ordered = list(moments)
    if len(ordered) < 3:
        return None
    return even_steps(*_as_numbers(ordered))


def even_steps(unit: StepUnit, distances: Mapping[int, int]) -> Steps | None:
    """Return the step between moments by how often each distance in *unit* occurs; None where it is uneven."""
    if not distances:
        return None
    size, times = max(distances.items(), key=lambda item: (item[1], -item[0]))
    if times < STEP_SHARE_MIN * sum(distances.values()) or any(distance % size for distance in distances):
        return None
    missing = sum((distance // size - 1) * count for distance, count in distances.items())
    return Steps(unit, size, missing)


def _as_numbers(moments: Sequence[datetime]) -> tuple[StepUnit, Counter[int]]:
    """Return the widest unit in which each moment is a whole number, and how often each distance occurs."""
    unit: StepUnit = "second"
    if len({one.time() for one in moments}) == 1:
        unit = "day"
        if len({one.day for one in moments}) == 1 or all(
            one.day == monthrange(one.year, one.month)[1] for one in moments
        ):
            unit = "year" if len({one.month for one in moments}) == 1 else "month"
    return unit, Counter(second - first for first, second in pairwise(_numbers(moments, unit)))


def _numbers(moments: Sequence[datetime], unit: StepUnit) -> Iterator[int]:
    start = datetime(1, 1, 1)
    for one in moments:
        if unit == "second":
            yield (one - start) // timedelta(seconds=1)
        elif unit == "day":
            yield one.toordinal()
        else:
            yield one.year if unit == "year" else one.year * _YEAR_MONTHS + one.month
