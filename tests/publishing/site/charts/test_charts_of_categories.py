"""Charts of categories that could lie: rows of totals off the chart, sums of averages, hidden bars, names that meet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from charted import Made, chart_of, titles_of

from portal.publishing.site.charts.chart import Chart
from portal.publishing.site.charts.drawing.canvas import wide
from portal.publishing.site.charts.drawing.figure import card, inline, thumbnail
from portal.publishing.site.charts.wording.chart_titles import below

BY_SEX = ["区县 string", "性别 string", "人数 integer; 人"]
PEOPLE = [[name, sex, number] for name in ("甲", "乙") for sex, number in (("男", 4), ("女", 6), ("合计", 10))]


def view(mark: str, **encoding: object) -> Mapping[str, Any]:
    """Return a declared view."""
    return {"spec": {"mark": mark, "encoding": encoding}}


def drawn(made: Made, folder: Path) -> Chart:
    """Return the chart of a table that has one."""
    found = chart_of(made, folder)
    assert isinstance(found, Chart), found
    return found


def test_rows_of_totals_off_the_chart_are_not_counted_beside_their_parts(tmp_path: Path) -> None:
    """Bars of districts add up men and women, not what is called 合计, and that is said."""
    bars = view("bar", x={"field": "区县"}, y={"field": "人数", "aggregate": "sum"})
    chart = drawn(Made(BY_SEX, PEOPLE, ["区县", "性别"], view=bars), tmp_path)
    assert (list(chart.series[0].values), below(chart, "zh")) == ([10, 10], ("合计行没有重复计入。",))


def test_a_sum_over_time_leaves_out_rows_of_totals(tmp_path: Path) -> None:
    """The line over all routes is not twice as high because one row of each month is their total."""
    rows = [[f"2026-{month:02d}", name, value] for month in range(1, 7)
            for name, value in (*((f"{at}路", month) for at in range(10)), ("合计", 10 * month))]  # fmt: skip
    made = Made(["月份 yearmonth", "线路名称 string", "客运量 integer; 人次"], rows, ["月份", "线路名称"])
    assert titles_of(made, tmp_path)[0] == "2026年6月客运量合计 60 人次；为2026年1月以来最高"


def test_a_total_that_is_asked_for_is_drawn(tmp_path: Path) -> None:
    """A filter on the rows of totals is meant."""
    bars = view("bar", x={"field": "区县"}, y={"field": "人数", "aggregate": "sum"})
    only = {"spec": {**bars["spec"], "transform": {"filter": {"field": "性别", "equal": "合计"}}}}
    assert drawn(Made(BY_SEX, PEOPLE, ["区县", "性别"], view=only), tmp_path).series[0].values == (10, 10)


def test_amounts_of_a_moment_are_not_added_up_over_moments(tmp_path: Path) -> None:
    """People at the ends of months are no sum, also where bars are of districts and months are off the chart."""
    rows = [[f"2026-{month:02d}", name, 5] for month in range(1, 4) for name in ("甲", "乙")]
    bars = view("bar", x={"field": "区县"}, y={"field": "期末人数", "aggregate": "sum"})
    made = Made(["月份 yearmonth", "区县 string", "期末人数 integer; 人"], rows, ["月份", "区县"], view=bars)
    two, one = (
        replace(made, view={"spec": {**bars["spec"], "transform": {"filter": {"field": "月份", "oneOf": months}}}})
        for months in (["2026-01", "2026-02"], ["2026-01"])
    )
    no = "What is counted at a moment cannot be added up over several of them."
    assert [titles_of(item, tmp_path / at)[1] for at, item in (("a", made), ("b", two))] == [no, no]
    assert drawn(one, tmp_path).series[0].values == (5, 5)


@pytest.mark.parametrize("aggregate", ["mean", "max", "median"])
def test_averages_and_extremes_are_not_stacked(aggregate: str, tmp_path: Path) -> None:
    """What cannot be added up is no stack of parts, and no whole in parts."""
    columns = ["区县 string", "类别 string", "票价 number; 元"]
    rows = [[name, kind, price] for name in ("甲", "乙") for kind in ("成人", "学生") for price in (3, 5)]
    y = {"field": "票价", "aggregate": aggregate}
    stacked = Made(columns, rows, view=view("bar", x={"field": "区县"}, y=y, color={"field": "类别"}))
    parts = Made(columns, rows, view=view("parts", x=y, color={"field": "类别"}))
    assert titles_of(stacked, tmp_path / "a")[0] == "均值、最大最小值和读数不能叠在一起。"
    assert titles_of(parts, tmp_path / "b")[0] == "这些数值相加没有意义，不是一个整体的各部分。"


@pytest.mark.parametrize(("aggregate", "values"), [("max", (9, 7)), ("min", (2, 7)), ("mean", (5.5, 7))])
def test_codes_of_one_name_are_one_category(aggregate: str, values: tuple[float, ...], tmp_path: Path) -> None:
    """Names that look alike are joined: the greatest of both is the greater one, not their sum."""
    rows = [["甲", 2], ["甲\u200b", 9], ["乙", 7]]
    bars = view("bar", x={"field": "商品"}, y={"field": "价格", "aggregate": aggregate})
    chart = drawn(Made(["商品 string", "价格 number; 元"], rows, view=bars), tmp_path)
    found = {slot.zh: value for slot, value in zip(chart.slots, chart.series[0].values, strict=True)}
    assert (found["甲"], found["乙"]) == values


def test_two_prices_of_one_name_are_not_added(tmp_path: Path) -> None:
    """Readings whose names look alike are averaged."""
    made = Made(["商品 string", "价格 number; 元"], [["甲", 2], ["甲\u200b", 9], ["乙", 7]], ["商品"])
    assert titles_of(made, tmp_path)[0] == "价格平均：乙最高，7 元；甲最低，5.5 元"


def test_of_bars_in_their_own_order_the_highest_may_be_hidden(tmp_path: Path) -> None:
    """Where bars are left out at the end of their order, nothing is said of the largest."""
    rows = [[f"{at}", at] for at in range(1, 51)]
    bars = view("bar", x={"field": "楼层", "sort": "ascending"}, y={"field": "客运量", "aggregate": "sum"})
    made = Made(["楼层 string", "客运量 integer; 人次"], rows, view=bars)
    assert (drawn(made, tmp_path).hidden, titles_of(made, tmp_path / "b")[0]) == (35, "客运量")


def test_of_stacks_in_their_own_order_the_highest_may_be_hidden(tmp_path: Path) -> None:
    """The same of stacked bars."""
    rows = [[f"{at}", kind, at] for at in range(1, 31) for kind in ("a", "b")]
    y, x = {"field": "客运量", "aggregate": "sum"}, {"field": "楼层", "sort": "ascending"}
    made = Made(
        ["楼层 string", "类别 string", "客运量 integer; 人次"],
        rows,
        view=view("bar", x=x, y=y, color={"field": "类别"}),
    )
    assert titles_of(made, tmp_path)[0] == "客运量"


def test_four_equal_parts_of_five_are_not_all(tmp_path: Path) -> None:
    """Parts are called equal where all are."""
    rows = [["a", 22.0], ["b", 22.0], ["c", 22.0], ["d", 22.0], ["e", 12.0]]
    made = Made(["行业 string", "占比 number; 百分比"], rows, ["行业"])
    assert titles_of(made, tmp_path)[0] == "占比"
    equal = Made(made.columns, [[name, 20.0] for name, _ in rows], ["行业"])
    assert titles_of(equal, tmp_path / "b")[0] == "5 个部分一样多"


def test_shares_are_told_as_they_are_given(tmp_path: Path) -> None:
    """Rounding that leaves 99.2 % does not change the shares that the table holds."""
    made = Made(["行业 string", "占比 number; 百分比"], [["a", 40.4], ["b", 30.0], ["c", 28.8]], ["行业"])
    assert titles_of(made, tmp_path)[0] == "a占比最大，40%"


def test_a_slope_says_what_it_leaves_out(tmp_path: Path) -> None:
    """What has no value before or after is counted below the picture."""
    columns = ["断面 string", "治理前氨氮 number; 毫克/升", "治理后氨氮 number; 毫克/升"]
    chart = drawn(Made(columns, [["甲", 2.0, 0.5], ["乙", 1.0, 1.2], ["丙", 0.8, None]], ["断面"]), tmp_path)
    assert below(chart, "en") == ("1 of which one value is missing are not drawn.",)


def test_a_slope_of_hundreds_is_none(tmp_path: Path) -> None:
    """A declared slope of more things than anybody can tell apart says so."""
    columns = ["断面 string", "治理前氨氮 number; 毫克/升", "治理后氨氮 number; 毫克/升"]
    slope = view("slope", y={"field": ["治理前氨氮", "治理后氨氮"]}, color={"field": "断面"})
    made = Made(columns, [[f"S{at}", at, at + 1] for at in range(300)], ["断面"], view=slope)
    assert titles_of(made, tmp_path)[1] == "There are too many groups for one chart."


def test_parts_differ_without_colours(tmp_path: Path) -> None:
    """Each part but the first has a hatch of its own for print and forced colours, also in the key; files have none."""
    kinds = ("城市", "农村", "混合")
    rows = [[place, kind, 10 + at] for place in "甲乙丙丁" for at, kind in enumerate(kinds)]
    chart = drawn(Made(["区县 string", "类别 string", "户数 integer; 户"], rows, ["区县", "类别"]), tmp_path)
    svg = inline(chart, wide("zh"), "", "", "c")
    assert re.findall(r'<pattern id="(c-hatch-\d)"', svg) == ["c-hatch-2", "c-hatch-3"]
    assert [svg.count(f'fill="url(#c-hatch-{number})"') for number in (2, 3)] == [5, 5]
    assert "url(" not in card(chart, "zh", "", "") + thumbnail(chart)
