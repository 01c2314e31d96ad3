"""Charts over time that could lie: periods that are not whole, days that stand for months, extremes, mixed units."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from charted import Made, chart_of, days, months, titles_of

from portal.publishing.site.charts.chart import Chart
from portal.publishing.site.charts.reading import table_reading
from portal.publishing.site.charts.wording.chart_titles import below, finding

RAIN = ["日期 date", "降水量 number; 毫米"]
AIR = ["时间 datetime", "PM2.5 number; 微克/立方米"]


def line(field: object, aggregate: str = "", unit: str = "", time: str = "日期", **more: object) -> Mapping[str, Any]:
    """Return a declared line."""
    x = {"field": time, **({"timeUnit": unit} if unit else {})}
    y = {"field": field, **({"aggregate": aggregate} if aggregate else {})}
    return {"spec": {"mark": "line", "encoding": {"x": x, "y": y, **more}}}


def drawn(made: Made, folder: Path) -> Chart:
    """Return the chart of a table that has one."""
    found = chart_of(made, folder)
    assert isinstance(found, Chart), found
    return found


def test_first_and_last_periods_that_are_not_whole_are_left_out_and_said(tmp_path: Path) -> None:
    """Days from 20 January to 10 December are ten whole months; both ends are told."""
    chart = drawn(
        Made(RAIN, days("2025-01-20", [1.0] * 325), ["日期"], view=line("降水量", "sum", "yearmonth")), tmp_path
    )
    assert (len(chart.moments), chart.series[0].values[0], chart.series[0].partial) == (10, 28.0, ())
    assert chart.sources.left_out[0].zh == "第一个时段不完整，没有画。"
    assert chart.sources.left_out[1].en == "The last period is not complete and is not drawn."


def test_of_counted_events_nobody_knows_whether_the_ends_are_whole(tmp_path: Path) -> None:
    """The first and the last month may lack nothing, and it says no more than that."""
    rows = [row for row in days("2025-01-02", [1.0] * 200) if not row[0].endswith("-31")]
    view = {
        "spec": {
            "mark": "line",
            "encoding": {"x": {"field": "日期", "timeUnit": "yearmonth"}, "y": {"aggregate": "count"}},
        }
    }
    chart = drawn(Made(RAIN, rows, ["日期"], view=view), tmp_path)
    assert [text.zh for text in chart.sources.left_out] == [
        "第一个时段不一定完整，没有画。",
        "最后一个时段不一定完整，没有画。",
    ]


def test_months_that_do_not_fill_a_year_are_no_year(tmp_path: Path) -> None:
    """A year of ten months is not drawn beside whole ones; one that lacks a month within is not compared."""
    rows = [row for row in months("2021-01", [1] * 58) if row[0] != "2023-05"]
    made = Made(["月份 yearmonth", "客运量 integer; 人次"], rows, ["月份"], view=line("客运量", "sum", "year", "月份"))
    chart = drawn(made, tmp_path)
    assert (chart.moments, chart.series[0].values, chart.series[0].partial) == (
        (2021, 2022, 2023, 2024),
        (12, 12, 11, 12),
        (2,),
    )
    assert chart.sources.left_out[-1].zh == "最后一个时段不完整，没有画。"
    assert finding(chart, "zh") == "2024年客运量合计 12 人次；1 个合计不全"


@pytest.mark.parametrize("day", ["01", "15", "28"])
def test_a_day_a_month_stands_for_its_month(day: str, tmp_path: Path) -> None:
    """Amounts that are dated once a month lose neither an end nor are they said to lack parts."""
    rows = [[f"{month}-{day}", value] for month, value in months("2025-01", range(1, 14))]
    chart = drawn(Made(RAIN, rows, ["日期"]), tmp_path)
    assert (chart.step, chart.measure.function, chart.series[0].values) == ("month", "value", tuple(range(1, 14)))
    assert (chart.series[0].partial, chart.sources.left_out) == ((), ())


def test_a_week_belongs_to_the_month_of_its_day(tmp_path: Path) -> None:
    """Readings of Thursdays are averaged over the Thursdays of the month; sums of weeks are not said to lack days."""
    rows = [[day, int(day[5:7])] for at, (day, _) in enumerate(days("2026-01-01", [0] * 180)) if at % 7 == 0]
    mean = drawn(Made(RAIN, rows, ["日期"], view=line("降水量", "mean", "yearmonth")), tmp_path / "a")
    assert list(mean.series[0].values) == [1, 2, 3, 4, 5, 6]
    total = drawn(Made(RAIN, rows, ["日期"], view=line("降水量", "sum", "yearmonth")), tmp_path / "b")
    assert (list(total.series[0].values), total.series[0].partial) == ([5, 8, 12, 20, 20, 24], ())
    weeks = drawn(Made(RAIN, rows, ["日期"]), tmp_path / "c")
    assert (weeks.step, len(weeks.series[0].values), weeks.series[0].partial) == ("week", 26, ())


def test_weekends_on_which_nobody_works_are_not_missing(tmp_path: Path) -> None:
    """Months of workdays are whole without their weekends, at the ends as well; one with half of its days is not."""
    rows = [
        row
        for row in days("2025-03-03", [1.0] * 243)  # from a Monday to Friday 31 October
        if date.fromisoformat(row[0]).weekday() < 5 and not "2025-06-05" < row[0] < "2025-06-25"
    ]
    made = Made(["日期 date", "办件量 integer; 件"], rows, ["日期"], view=line("办件量", "sum", "yearmonth"))
    chart = drawn(made, tmp_path)
    assert (len(chart.moments), chart.series[0].partial, chart.sources.left_out) == (8, (3,), ())


@pytest.mark.parametrize(("aggregate", "value"), [("max", 23.0), ("min", 0.0), ("median", 11.5), ("mean", 11.5)])
@pytest.mark.parametrize("unit", ["yearmonthdate", "yearmonth"])
def test_the_greatest_of_a_period_is_its_greatest(aggregate: str, value: float, unit: str, tmp_path: Path) -> None:
    """Least, greatest, middle and mean of hourly readings are those of the whole day or month."""
    rows = [[f"{day}T{hour:02d}:00:00", hour] for day, _ in days("2026-01-01", [0] * 90) for hour in range(24)]
    chart = drawn(Made(AIR, rows, ["时间"], view=line("PM2.5", aggregate, unit, "时间")), tmp_path)
    assert set(chart.series[0].values) == {value}


def test_a_middle_of_middles_is_not_drawn(tmp_path: Path) -> None:
    """Medians of days that would have to be joined to weeks are refused with the reason."""
    rows = [[f"{day}T{hour:02d}:00:00", hour] for day, _ in days("2026-01-05", [0] * 42) for hour in range(3)]
    _, reason = titles_of(Made(AIR, rows, ["时间"], view=line("PM2.5", "median", "yearweek", "时间")), tmp_path)
    assert reason == "The middle values of several periods do not make one of all."


def test_two_units_never_share_an_axis(tmp_path: Path) -> None:
    """Lines of two units that a view wants in one picture become two pictures."""
    columns = ["月份 yearmonth", "收入 number; 万元", "客运量 integer; 人次"]
    rows = [[month, value, value * 9] for month, value in months("2026-01", range(1, 9))]
    chart = drawn(Made(columns, rows, ["月份"], view=line(["收入", "客运量"], time="月份")), tmp_path)
    assert (chart.kind, [item.measure and item.measure.unit.zh for item in chart.series]) == (
        "multiples",
        ["万元", "人次"],
    )


def test_many_days_read_by_month_leave_out_the_month_that_is_not_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there are too many groups of days, months are read at once, and ends are told all the same."""
    monkeypatch.setattr(table_reading, "GROUPS_READ_MAX", 300)
    columns = ["日期 date", "区县 string", "降水量 number; 毫米"]
    rows = [[day, name, 1] for day, _ in days("2025-01-01", [0] * 200) for name in ("甲", "乙")]
    view = line("降水量", "sum", color={"field": "区县"})
    chart = drawn(Made(columns, rows, ["日期", "区县"], view=view), tmp_path)
    assert (len(chart.moments), chart.series[0].values[-1]) == (6, 30.0)
    assert [text.zh for text in chart.sources.left_out] == ["最后一个时段不完整，没有画。"]


def test_centuries_of_years_stay_years(tmp_path: Path) -> None:
    """More years than a line has room for are no chart, above all none of school years."""
    made = Made(["年份 year", "产量（吨） integer"], [[year, year] for year in range(1500, 2000)], ["年份"])
    found = chart_of(made, tmp_path)
    assert not isinstance(found, Chart) or found.step == "year"


def test_a_number_that_is_none_is_a_gap(tmp_path: Path) -> None:
    """NaN is no nought."""
    rows = months("2026-01", [1, 2, "NaN", 4, 5, 6])
    chart = drawn(Made(["月份 yearmonth", "浓度 number; 毫克/升"], rows, ["月份"]), tmp_path)
    assert chart.series[0].values == (1, 2, None, 4, 5, 6)


def test_sums_of_months_with_fewer_rows_say_so(tmp_path: Path) -> None:
    """Where a line reported in some months only, it is said that sums may differ for that."""
    rows = [[f"2026-{month:02d}", f"{number}路", 5] for month in range(1, 7) for number in range(9 + month % 2)]
    made = Made(["月份 yearmonth", "线路名称 string", "客运量 integer; 人次"], rows, ["月份", "线路名称"])
    assert "各时间的行数不同，合计不一定可比。" in below(drawn(made, tmp_path), "zh")


def test_the_lowest_lacks_nothing(tmp_path: Path) -> None:
    """A line whose sum lacks parts is named neither highest nor lowest, and it says of how many lines it speaks."""
    columns = ["日期 date", "区县 string", "降水量 number; 毫米"]
    rows = [
        [day, name, None if name == "丙" and day.endswith("-15") else value]
        for day, _ in days("2026-01-01", [0] * 120)
        for name, value in (("甲", 3), ("乙", 2), ("丙", 1))
    ]
    made = Made(columns, rows, ["日期", "区县"], view=line("降水量", "sum", "yearmonth", color={"field": "区县"}))
    assert titles_of(made, tmp_path)[0] == (
        "2026年4月降水量合计（3 个中有数的 2 个）：甲最高，90 毫米；乙最低，60 毫米；4 个合计不全"
    )
