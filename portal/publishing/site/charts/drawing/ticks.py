"""Ticks of axes: round numbers at even distances, and years, quarters or months that fit the width."""

from __future__ import annotations

import math
from datetime import date, timedelta

from portal.publishing.site.charts.chart import Step
from portal.publishing.site.charts.wording.number_words import month_name

_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)
_EPOCH = date(1970, 1, 1)
_WEEKS = date(1969, 12, 29)


def round_ticks(low: float, high: float, count: int) -> tuple[float, ...]:
    """Return about *count* round numbers that enclose *low* and *high*.

    >>> round_ticks(0, 97, 5), round_ticks(-3, 3, 4), round_ticks(5, 5, 4)
    ((0.0, 25.0, 50.0, 75.0, 100.0), (-4.0, -2.0, 0.0, 2.0, 4.0), (4.0, 5.0, 6.0))
    """
    if not high > low:
        distance = abs(low) * 0.2 or 1.0
        return low - distance, float(low), low + distance
    raw = (high - low) / max(1, count - 1)
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(size * by for by in _ROUND if size * by >= raw * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    places = max(0, -math.floor(math.log10(step)) + 1)
    return tuple(round(number * step, places) + 0.0 for number in range(first, last + 1))


def time_ticks(lang: str, step: Step, first: int, last: int, width: float, text: float) -> list[tuple[int, str]]:
    """Return (moment, label) of ticks between two moments, as many as *width* has room for at *text* size.

    >>> time_ticks("zh", "year", 2015, 2026, 300, 12)
    [(2015, '2015'), (2017, '2017'), (2019, '2019'), (2021, '2021'), (2023, '2023'), (2025, '2025')]
    >>> time_ticks("zh", "month", 24312, 24321, 300, 12)
    [(24312, '2026年'), (24314, '3月'), (24316, '5月'), (24318, '7月'), (24320, '9月')]
    """
    room = max(2, int(width / (text * 4)))
    if step in ("year", "school_year", "fiscal_year"):
        return [(moment, str(moment)) for moment in range(first, last + 1, _even(last - first, room))]
    if step in ("quarter", "month"):
        return _months(lang, 12 if step == "month" else 4, first, last, room)
    if step == "hour":
        by = next((by for by in (1, 2, 3, 6, 12, 24, 48, 168) if (last - first) / by < room), 336)
        return [(moment, _hour(moment, by)) for moment in range(-(-first // by) * by, last + 1, by)]
    return _days(lang, 7 if step == "week" else 1, first, last, room)


def _even(span: int, room: int) -> int:
    return next((by for by in (1, 2, 3, 5, 10, 20, 25, 50, 100, 200, 500) if span / by < room), 1000)


def _months(lang: str, a_year: int, first: int, last: int, room: int) -> list[tuple[int, str]]:
    """Label years where they are many, else months too."""
    whole = 12 // a_year
    for by in (1, 2, 3, 6):
        if by % whole == 0 and (last - first) * whole / by < room:
            steps = by // whole
            return [
                (moment, _month(lang, moment, a_year, is_first=moment == first or moment - steps < first))
                for moment in range(first, last + 1)
                if (moment % a_year) % steps == 0
            ]
    years = range(-(-first // a_year), last // a_year + 1)
    by = _even(len(years), room)
    return [(year * a_year, str(year)) for year in years if (year - years[0]) % by == 0]


def _month(lang: str, moment: int, a_year: int, *, is_first: bool) -> str:
    year, part = divmod(moment, a_year)
    if part == 0:
        return f"{year}年" if lang == "zh" else str(year)
    if a_year == 4:
        return f"{year}Q{part + 1}" if is_first else f"Q{part + 1}"
    name = month_name(lang, part + 1)
    if is_first:
        return f"{year}年{name}" if lang == "zh" else f"{name} {year}"
    return name


def _days(lang: str, a_step: int, first: int, last: int, room: int) -> list[tuple[int, str]]:
    def day_of(moment: int) -> date:
        return _WEEKS + timedelta(days=7 * moment) if a_step == 7 else _EPOCH + timedelta(days=moment)

    def moment_of(day: date) -> int:
        return -(-(day - (_WEEKS if a_step == 7 else _EPOCH)).days // a_step)

    start, end = day_of(first), day_of(last)
    months = (end.year - start.year) * 12 + end.month - start.month
    if months >= 3:
        first_month, last_month = start.year * 12 + start.month - 1, end.year * 12 + end.month - 1
        if start.day > 1:
            first_month += 1
        ticks = _months(lang, 12, first_month, last_month, room)
        return [(moment_of(date(month // 12, month % 12 + 1, 1)), label) for month, label in ticks]
    by = _even(last - first, room)
    return [(moment, f"{day_of(moment).month}-{day_of(moment).day}") for moment in range(first, last + 1, by)]


def _hour(moment: int, by: int) -> str:
    if by >= 24:
        day = _EPOCH + timedelta(days=moment // 24)
        return f"{day.month}-{day.day}"
    return f"{moment % 24}:00"
