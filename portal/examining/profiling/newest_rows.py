"""The newest rows of a table, kept while rows pass by, and the column of time that says which they are.

A table is in time where a day, moment, month or year is part of its primary key; or where it has a day, moment or month
that tells when something happened, and its rows stand at no place on a map. A list of schools with the day of their
foundation is no series, nor does a day on which something ends or is planned make one. A text in the key is a time
where all of its values begin with a year and are of one length: 2026Q1, 2025-2026学年.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from heapq import nlargest
from typing import Any

from portal.examining.profiling.titles import hints_of

_TIMES = ("date", "datetime", "yearmonth")
_PERIOD_TITLE = re.compile(r"年|月|季|期|周|quarter|period|month|week|year", re.IGNORECASE)
AGE_OF_THINGS = re.compile(
    r"建|成立|设立|登记|注册|启用|投运|投用|开业|开放|备案|评定|认定为|出生|有效|截止|截至|届满|到期|期限|时限|起始|计划|预计|移出|"
    r"found|establish|built|opened|born|birth|expir|until|deadline|since|due|valid|planned|registered",
    re.IGNORECASE,
)
"""What a day is called that tells of a thing how old it is, or how long something holds."""
_PERIOD = re.compile(r"(19|20)\d\d.*")


def time_column(schema: Mapping[str, Any]) -> int | None:
    """Return the number of the column, from 0, by whose values the newest rows of a table are known; None without one.

    >>> fields = [{"name": "站点", "type": "string"}, {"name": "时间", "type": "datetime"}]
    >>> time_column({"fields": fields}), time_column({"fields": [*fields, {"name": "经度"}, {"name": "纬度"}]})
    (1, None)
    >>> time_column({"fields": [{"name": "年份", "type": "year"}], "primaryKey": "年份"})
    0
    """
    fields = schema["fields"]
    primary = schema.get("primaryKey") or ()
    keys = {primary} if isinstance(primary, str) else set(primary)
    in_key = [number for number, field in enumerate(fields) if field["name"] in keys]
    for number in in_key:
        if fields[number].get("type") in (*_TIMES, "year"):
            return number
    for number in in_key:
        if fields[number].get("type") == "string" and _PERIOD_TITLE.search(str(fields[number]["name"])):
            return number
    if _is_placed(fields):
        return None
    happened = (
        number
        for number, field in enumerate(fields)
        if field.get("type") in _TIMES
        and not any(AGE_OF_THINGS.search(str(field.get(key) or "")) for key in ("name", "title"))
    )
    return next(happened, None)


def _is_placed(fields: Sequence[Mapping[str, Any]]) -> bool:
    hints = [hints_of(str(field["name"])) for field in fields]
    return any(field.get("type") in ("geopoint", "geojson") for field in fields) or (
        any(hint.is_longitude for hint in hints) and any(hint.is_latitude for hint in hints)
    )


class NewestRows:
    """Keeps the *count* rows with the greatest values in *column*; of equally new ones those that stand first."""

    def __init__(self, column: int, count: int) -> None:
        self._column, self._count = column, count
        self._kept: list[tuple[Any, int, Sequence[str]]] = []
        self._number = 0
        self._length: int | None = None
        self._is_time = True

    def add(self, values: Sequence[Sequence[Any]], texts: Sequence[Sequence[str]]) -> None:
        """Take some rows, as values and as texts."""
        if not self._is_time:
            return
        column = self._column
        rows = [
            (value[column], -number, text)
            for number, (value, text) in enumerate(zip(values, texts, strict=True), start=self._number)
            if value[column] is not None and value[column] != ""
        ]
        self._number += len(values)
        self._is_time = all(self._is_period(value) for value, _, _ in rows if isinstance(value, str))
        try:
            self._kept = nlargest(self._count, [*self._kept, *rows], key=lambda row: row[:2])
        except TypeError:  # moments with and without a zone
            self._is_time = False

    def _is_period(self, text: str) -> bool:
        self._length = self._length or len(text)
        return len(text) == self._length and bool(_PERIOD.fullmatch(text))

    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Return the newest rows, the newest first; () where the column turned out to be no time."""
        return tuple(tuple(texts) for _, _, texts in self._kept) if self._is_time else ()
