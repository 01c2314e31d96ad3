"""Dates in queries of Solr: 2024-01-01T00:00:00Z, NOW, and arithmetic such as NOW-7DAYS or NOW/DAY+6MONTHS."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from portal.publishing.search.solr.query_nodes import UnreadableQuery

STEPS_MAX = 20
"""Steps of arithmetic on one date."""

_START = re.compile(r"NOW|(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z", re.ASCII)
_STEP = re.compile(r"([+-])(\d{1,6})([A-Z]+)|/([A-Z]+)", re.ASCII)
_UNITS = {
    **dict.fromkeys(("YEAR", "YEARS"), "year"),
    **dict.fromkeys(("MONTH", "MONTHS"), "month"),
    **dict.fromkeys(("DAY", "DAYS", "DATE"), "day"),
    **dict.fromkeys(("HOUR", "HOURS"), "hour"),
    **dict.fromkeys(("MINUTE", "MINUTES"), "minute"),
    **dict.fromkeys(("SECOND", "SECONDS"), "second"),
    **dict.fromkeys(("MILLI", "MILLIS", "MILLISECOND", "MILLISECONDS"), "millisecond"),
}
_LENGTHS = {
    "day": timedelta(days=1),
    "hour": timedelta(hours=1),
    "minute": timedelta(minutes=1),
    "second": timedelta(seconds=1),
    "millisecond": timedelta(milliseconds=1),
}
_BEGUN: Mapping[str, Callable[[datetime], datetime]] = {
    "month": lambda moment: moment.replace(month=1),
    "day": lambda moment: moment.replace(day=1),
    "hour": lambda moment: moment.replace(hour=0),
    "minute": lambda moment: moment.replace(minute=0),
    "second": lambda moment: moment.replace(second=0),
}
_SMALLER = {"year": "month", "month": "day", "day": "hour", "hour": "minute", "minute": "second"}


def solr_date(text: str, now: datetime) -> str:
    """Return a date of Solr's as it stands in the index. Raises UnreadableQuery where *text* is none.

    >>> solr_date("NOW/DAY-1MONTH", datetime(2026, 3, 31, 9, 30, tzinfo=UTC))
    '2026-02-28T00:00:00.000000Z'
    """
    start = _START.match(text)
    if not start:
        raise UnreadableQuery(f"Invalid Date String:'{text[:100]}'")
    try:
        moment = now.astimezone(UTC) if start[1] is None else _moment(start[1], start[2] or "")
        place, steps = start.end(), 0
        while place < len(text):
            step = _STEP.match(text, place)
            steps += 1
            if not step or steps > STEPS_MAX:
                raise UnreadableQuery(f"Invalid Date Math String:'{text[:100]}'")
            moment = _moved(moment, step)
            place = step.end()
    except (ValueError, KeyError, OverflowError) as error:
        raise UnreadableQuery(f"Invalid Date String:'{text[:100]}'") from error
    return written(moment)


def written(moment: datetime) -> str:
    """Return a time as it stands in the index: texts of one length, which sort as times do."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def _moment(text: str, fraction: str) -> datetime:
    return datetime.fromisoformat(text).replace(microsecond=int(fraction[:6].ljust(6, "0")), tzinfo=UTC)


def _moved(moment: datetime, step: re.Match[str]) -> datetime:
    sign, amount, unit, rounded = step.groups()
    if rounded:
        return _rounded(moment, _UNITS[rounded])
    kind, number = _UNITS[unit], int(f"{sign}{amount}")
    if kind in _LENGTHS:
        return moment + number * _LENGTHS[kind]
    months = moment.year * 12 + moment.month - 1 + number * (12 if kind == "year" else 1)
    year, month = divmod(months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(year)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))


def _rounded(moment: datetime, kind: str) -> datetime:
    if kind == "millisecond":
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    moment = moment.replace(microsecond=0)
    while kind in _SMALLER:
        kind = _SMALLER[kind]
        moment = _BEGUN[kind](moment)
    return moment
