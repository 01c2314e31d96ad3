"""Titles of awkward tables: ends that are not whole, holes of years, mixed steps, below nought, indices and rates."""

from __future__ import annotations

from pathlib import Path

import pytest
from charted import Made, days, months, titles_of

MADE = {
    "totals of longer names and parts of parts": Made(
        ["区县 string", "人口（人） integer"],
        [["晨星区", 10], ["澄波区", 30], ["其中：女", 20], ["合 计", 40], ["全区合计", 40]],
    ),
    "totals of longer names off the chart": Made(
        ["年份 year", "区县 string", "人口（人） integer"],
        [
            [year, name, value]
            for year in (2023, 2024, 2025)
            for name, value in (*((f"第{at}区", at) for at in range(1, 13)), ("辖区合计", 78))
        ],
        ["年份", "区县"],
    ),
    "a sum among its parts under a name of its own": Made(
        ["产业 string", "产值（万元） integer"],
        [["第一产业", 10], ["第二产业", 30], ["地区生产总值", 40]],
    ),
    "headings among their items": Made(
        ["项目 string", "金额（万元） integer"],
        [["一、税收收入", 100], ["增值税", 60], ["所得税", 40], ["二、非税收入", 50]],
    ),
    "a unit for each row": Made(
        ["指标 string", "单位 string", "数值 number"],
        [["人口", "万人", 10], ["产值", "亿元", 120], ["面积", "平方公里", 3000]],
    ),
    "offices and numbers": Made(
        ["单位 string", "数值（件） number"], [["教育局", 10], ["公安局", 120], ["民政局", 30]]
    ),
    "units in the names of categories": Made(
        ["年份 year", "指标 string", "数值 number"],
        [[year, name, 9] for year in (2024, 2025) for name in ("人口（万人）", "产值（亿元）")],
        ["年份", "指标"],
    ),
    "units in the names of bars": Made(
        ["指标 string", "数值 number"], [["人口（万人）", 10], ["产值（亿元）", 120], ["面积（平方公里）", 3000]]
    ),
    "the last month lacks days": Made(
        ["日期 date", "客流量 integer; 人次"], days("2025-01-01", [10] * (365 + 31 + 28 + 31 + 12)), ["日期"]
    ),
    "a gap of ten years": Made(
        ["年份 year", "产量（吨） integer"],
        [*([year, 50] for year in range(1991, 2001)), *([year, year - 1940] for year in range(2011, 2026))],
        ["年份"],
    ),
    "two readings a day": Made(
        ["日期 date", "水位 number; 米"],
        [[day, level] for day, at in days("2026-01-01", range(60)) for level in (1 + at, 2 + at)],
    ),
    "two readings a day that are told apart": Made(
        ["日期 date", "时段 string", "水位 number; 米"],
        [
            [day, part, level + at]
            for day, at in days("2026-01-01", range(60))
            for part, level in (("早", 1), ("晚", 3))
        ],
        ["日期", "时段"],
    ),
    "two amounts a day": Made(
        ["日期 date", "客流量 integer; 人次"], [row for row in days("2026-01-01", range(40)) for _ in (0, 1)]
    ),
    "amounts of quarters, then of months": Made(
        ["月份 yearmonth", "客运量 integer; 人次"],
        [*([f"2024-{month:02d}", 300] for month in (3, 6, 9, 12)), *months("2025-01", [100] * 12)],
        ["月份"],
    ),
    "readings of months, then of days": Made(
        ["日期 date", "水位 number; 米"],
        [*([f"2024-{month:02d}-01", 1.0] for month in range(1, 13)), *days("2025-01-01", [2.0] * 151)],
        ["日期"],
    ),
    "amounts of days that follow no step": Made(
        ["日期 date", "成交金额 number; 万元"],
        [[day, 10] for day, at in days("2025-01-01", range(480)) if at % 7 in (0, 3)],
        ["日期"],
    ),
    "a balance that falls further below nought": Made(
        ["月份 yearmonth", "财政结余 number; 亿元"], months("2025-01", [-5, *[10] * 11, -8]), ["月份"]
    ),
    "from below nought to above it": Made(
        ["年份 year", "净流入 integer; 人"], [[2023, -200], [2024, -100], [2025, 300]], ["年份"]
    ),
    "bars on both sides of nought": Made(
        ["区县 string", "差额 number; 亿元"], [["晨星区", -5], ["澄波区", 3], ["稻香区", -1]], ["区县"]
    ),
    "an index of prices of three groups": Made(
        ["月份 yearmonth", "类别 string", "消费价格指数 number"],
        [
            [f"2025-{month:02d}", kind, 100 + month + at]
            for month in range(1, 5)
            for at, kind in enumerate(("食品", "衣着"))
        ],
        ["月份", "类别"],
    ),
    "an index of too many groups": Made(
        ["月份 yearmonth", "类别 string", "消费价格指数 number"],
        [[f"2025-{month:02d}", f"类{at}", 100 + at] for month in range(1, 5) for at in range(15)],
        ["月份", "类别"],
    ),
    "an index of days by month": Made(
        ["日期 date", "空气质量指数 integer"], days("2024-01-01", [50] * 366 + [75] * 365), ["日期"]
    ),
    "rates of too many schools": Made(
        ["年份 year", "学校 string", "及格率 number; 百分比"],
        [[year, f"第{at}中学", 80 + at] for year in (2023, 2024, 2025) for at in range(15)],
        ["年份", "学校"],
    ),
    "a rate of growth that turns": Made(
        ["年份 year", "增长率 number; 百分比"], [[2022, 8.1], [2023, 5.2], [2024, -1.0]], ["年份"]
    ),
    "bars of rates": Made(
        ["区县 string", "绿化率 number; 百分比"], [["晨星区", 35], ["澄波区", 41.5], ["稻香区", 38]], ["区县"]
    ),
}

KNOWN = {
    "totals of longer names and parts of parts": (
        "人口：澄波区最多，30 人，占 75%",
        "人口: 澄波区 has most, 30 people, 75% of all",
    ),
    "totals of longer names off the chart": (
        "2025年人口合计 78 人，与上年持平",
        "人口 in total, 2025: 78 people, the same as the year before",
    ),
    "a sum among its parts under a name of its own": (
        "产值：地区生产总值最高，40 万元；第一产业最低，10 万元",
        "产值: 地区生产总值 is highest, 400k yuan; 第一产业 is lowest, 100k yuan",
    ),
    "headings among their items": (
        "金额：一、税收收入最高，100 万元；所得税最低，40 万元",
        "金额: 一、税收收入 is highest, 1M yuan; 所得税 is lowest, 400k yuan",
    ),
    "a unit for each row": (
        "各行数值的单位不同，不能放在一条轴上。",
        "The rows are in different units, which fit no one axis.",
    ),
    "offices and numbers": (
        "数值：公安局最多，120 件，占 75%",
        "数值: 公安局 has most, 120 cases, 75% of all",
    ),
    "units in the names of categories": (
        "各行数值的单位不同，不能放在一条轴上。",
        "The rows are in different units, which fit no one axis.",
    ),
    "units in the names of bars": (
        "各行数值的单位不同，不能放在一条轴上。",
        "The rows are in different units, which fit no one axis.",
    ),
    "the last month lacks days": (
        "2026年3月客流量合计 310 人次，与上年同月持平",
        "客流量 in total, March 2026: 310 visits, the same as in the same month a year before",
    ),
    "a gap of ten years": (
        "2025年产量 85 吨，比上年高 1.2%；为1991年以来已知最高；缺 10 年",
        "产量, 2025: 85 t, 1.2% higher than the year before; the highest known since 1991; 10 years missing",
    ),
    "two readings a day": (
        "2026年3月1日水位平均 60.5 米；为2026年1月1日以来最高",
        "水位 on average, 1 March 2026: 60.5 m; the highest since 1 January 2026",
    ),
    "two readings a day that are told apart": (
        "2026年3月1日水位：晚最高，62 米；早最低，60 米",
        "水位, 1 March 2026: 晚 is highest, 62 m; 早 is lowest, 60 m",
    ),
    "two amounts a day": (
        "同一时间有几个“客流量”，是部分还是重复说不清。",
        "There are several values of “客流量” for one time, and nothing says whether they are parts or copies.",
    ),
    "amounts of quarters, then of months": (
        "数据的时间间隔不一致，连成线会误导。",
        "The data follow no even step of time; a line through them would mislead.",
    ),
    "readings of months, then of days": (
        "2025年5月水位平均 2 米；12 个均值缺数较多",
        "水位 on average, May 2025: 2 m; 12 averages lack many values",
    ),
    "amounts of days that follow no step": (
        "2026年3月成交金额合计 80 万元，比上年同月低 11%",
        "成交金额 in total, March 2026: 800k yuan, 11% lower than in the same month a year before",
    ),
    "a balance that falls further below nought": (
        "2026年1月财政结余 −8 亿元，比上年同月低 3 亿元",
        "财政结余, January 2026: −800M yuan, 300M yuan lower than in the same month a year before",
    ),
    "from below nought to above it": (
        "2025年净流入 300 人，比上年高 400 人；为2023年以来最高",
        "净流入, 2025: 300 people, 400 people higher than the year before; the highest since 2023",
    ),
    "bars on both sides of nought": (
        "差额：澄波区最高，3 亿元；晨星区最低，−5 亿元",
        "差额: 澄波区 is highest, 300M yuan; 晨星区 is lowest, −500M yuan",
    ),
    "an index of prices of three groups": (
        "2025年4月消费价格指数：衣着最高，105；食品最低，104",
        "消费价格指数, April 2025: 衣着 is highest, 105; 食品 is lowest, 104",
    ),
    "an index of too many groups": (
        "“消费价格指数”不能跨类别相加，画哪一类要由提供方说明。",
        "“消费价格指数” cannot be added up over 类别; which of them to draw is for the publisher to say.",
    ),
    "an index of days by month": (
        "2025年12月空气质量指数平均 75，比上年同月高 50%",
        "空气质量指数 on average, December 2025: 75, 50% higher than in the same month a year before",
    ),
    "rates of too many schools": (
        "“及格率”不能跨学校相加，画哪一类要由提供方说明。",
        "“及格率” cannot be added up over 学校; which of them to draw is for the publisher to say.",
    ),
    "a rate of growth that turns": (
        "2024年增长率 −1%，比上年低 6.2 个百分点；最高是2022年，8.1%",
        "增长率, 2024: −1%, 6.2 percentage points lower than the year before; highest: 2022, 8.1%",
    ),
    "bars of rates": (
        "绿化率：澄波区最高，41.5%；晨星区最低，35%",
        "绿化率: 澄波区 is highest, 41.5%; 晨星区 is lowest, 35%",
    ),
}


@pytest.mark.parametrize("name", list(MADE))
def test_the_title_of_an_awkward_table_is_true(name: str, tmp_path: Path) -> None:
    """The title says what is known of the table, or why there is no chart."""
    assert tuple(titles_of(MADE[name], tmp_path)) == KNOWN[name]


def test_a_title_of_chosen_categories_says_so(tmp_path: Path) -> None:
    """The highest of some chosen categories is not told as the highest of all."""
    made = Made(
        ["商品 string", "价格（元） number"],
        [["大米", 3], ["面粉", 2], ["牛肉", 35]],
        ["商品"],
        view={"spec": {
            "mark": "bar", "encoding": {"x": {"field": "商品"}, "y": {"field": "价格（元）"}},
            "transform": {"filter": {"field": "商品", "oneOf": ["大米", "面粉"]}},
        }},
    )  # fmt: skip
    assert titles_of(made, tmp_path)[0] == "价格（所选 2 项）：大米最高，3 元；面粉最低，2 元"
