"""The newest rows are known where a table is in time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from portal.examining.profiling.column_profiles import BLOCK_ROWS, FIRST_ROWS, TableProfiler
from portal.examining.profiling.newest_rows import time_column


def newest(values: list[Any], count: int = FIRST_ROWS) -> list[str]:
    """Return the texts of the newest of rows with these values, and the numbers of the rows beside them."""
    profiler = TableProfiler(["t", "n"], ["date", "integer"], newest_by=0)
    for number, value in enumerate(values):
        profiler.add([value, number], ["" if value is None else str(value), str(number)])
    profile = profiler.profile()
    assert profile.newest_by == ("t" if profile.newest_rows else "")
    return [" ".join(row) for row in profile.newest_rows[:count]]


def test_the_newest_stand_first_and_equally_new_ones_as_in_the_file() -> None:
    """Rows without a time are none of them."""
    days = [date(2026, 1, 1), None, date(2026, 1, 3), date(2026, 1, 2), date(2026, 1, 3)]
    assert newest(days) == ["2026-01-03 2", "2026-01-03 4", "2026-01-02 3", "2026-01-01 0"]


def test_the_newest_of_many_rows_may_stand_anywhere() -> None:
    """A bounded number is kept, whichever block of rows they are in."""
    years = [1000 + number % 7 for number in range(3 * BLOCK_ROWS)]
    years[BLOCK_ROWS + 5] = 2026
    assert newest(years, 2) == [f"2026 {BLOCK_ROWS + 5}", "1006 6"]


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        (["2025Q4", "2026Q1"], "2026Q1 1"),
        (["2026年9月", "2026年10月"], None),
        (["一月", "二月"], None),
        ([datetime(2026, 1, 1), datetime(2026, 1, 2, tzinfo=UTC)], None),
        ([], None),
    ],
)
def test_texts_are_times_where_their_order_is_that_of_time(texts: list[Any], first: str | None) -> None:
    """They begin with a year and are of one length; moments that have no order among each other are no time either."""
    assert newest(texts)[:1] == ([first] if first else [])


@pytest.mark.parametrize(
    ("names", "types", "key", "column"),
    [
        (["编号", "受理时间", "办结日期"], ["string", "datetime", "date"], "编号", 1),
        (["登记日期", "月份"], ["date", "yearmonth"], ["月份"], 1),
        (["季度", "区县"], ["string", "string"], ["季度", "区县"], 0),
        (["名称", "建成年份"], ["string", "year"], ["名称"], None),
        (["名称", "启用日期", "经度", "纬度"], ["string", "date", "number", "number"], None, None),
        (["名称", "启用日期", "geometry"], ["string", "date", "geojson"], None, None),
        (["名称"], ["string"], None, None),
        (["校名", "建校日期"], ["string", "date"], ["校名"], None),
        (["证号", "有效期至", "决定日期"], ["string", "date", "date"], ["证号"], 2),
    ],
)
def test_the_column_of_time_is_known_by_key_and_type(
    names: list[str], types: list[str], key: Any, column: int | None
) -> None:
    """A time in the key comes first; of a list of places no day is the time of the table."""
    fields = [{"name": name, "type": type_} for name, type_ in zip(names, types, strict=True)]
    assert time_column({"fields": fields, "primaryKey": key}) == column
