"""Titles of tables that tempt to a wrong one: totals by many words, units by row, thin means, reversed years, codes."""

from __future__ import annotations

from pathlib import Path

import pytest
from charted import Made, chart_of, days, months, titles_of

from portal.publishing.site.charts.chart import Chart
from portal.publishing.site.charts.wording.chart_titles import below

SCHOOLS = ["区县 string", "学校数 integer; 所"]
PARTS = [["晨星区", 5], ["澄波区", 3], ["稻香区", 2]]
TOTALS = (
    "共计", "合 计", "合　计", "全区", "全县", "全市合计", "合计：", "总计（所）", "三区合计", "总和",
    "Grand total", "Subtotal",
)  # fmt: skip
AGES = ("1岁以下", "1-4岁", "5-9岁", "10-14岁", "95-99岁", "100岁及以上")
YEARS_OF_MONEY = [[f"{year}-{year + 1}", year - 2000] for year in range(2015, 2024)]
SEVERAL_UNITS = "各行数值的单位不同，不能放在一条轴上。"
FIGURES = (("生产总值", 1200, "亿元"), ("常住人口", 310, "万人"), ("粮食产量", 45, "万吨"))

MADE = {
    "years from new to old": Made(
        ["区县 string", "2025年产量 number; 吨", "2024年产量 number; 吨"],
        [["甲", 10, 5], ["乙", 8, 4], ["丙", 9, 3]],
        ["区县"],
    ),
    "the state after stands first": Made(
        ["断面 string", "治理后氨氮 number; 毫克/升", "治理前氨氮 number; 毫克/升"],
        [["甲", 5, 10], ["乙", None, 8], ["丙", 3, 9]],
        ["断面"],
    ),
    "changes equal but for binary fractions": Made(
        ["区县 string", "2024年产量 number; 吨", "2025年产量 number; 吨"],
        [["甲", 0.1, 0.3], ["乙", 0.3, 0.5], ["丙", 0.2, 0.1]],
        ["区县"],
    ),
    "a unit for each row": Made(["指标 string", "数值 number", "单位 string"], FIGURES, ["指标"]),
    "units of a few kinds": Made(
        ["指标 string", "数值 number", "计量单位 string"], [*FIGURES, ("进出口", 80, "亿元")], ["指标"]
    ),
    "units of figures over the years": Made(
        ["年份 year", "指标 string", "数值 number", "单位 string"],
        [[year, name, value + year, unit] for year in range(2020, 2026) for name, value, unit in FIGURES[:2]],
        ["年份", "指标"],
    ),
    "units in the names": Made(
        ["指标 string", "数值 number"], [[f"{name}（{unit}）", value] for name, value, unit in FIGURES], ["指标"]
    ),
    "one unit in every row": Made(
        ["区县 string", "数值 number", "单位 string"], [[name, 3, "万元"] for name in ("甲", "乙", "丙")], ["区县"]
    ),
    "parts named below their whole": Made(
        ["人群 string", "参加人数 integer; 人"], [["城镇", 50], ["其中：女", 20], ["农村", 50]], ["人群"]
    ),
    "years of budgets": Made(
        ["财政年度 string", "支出 number; 亿元"],
        YEARS_OF_MONEY,
        ["财政年度"],
        view={"spec": {"mark": "line", "encoding": {"x": {"field": "财政年度"}, "y": {"field": "支出"}}}},
    ),
    "years of schools": Made(["学年 string", "招生数 integer; 人"], YEARS_OF_MONEY, ["学年"]),
    "growth without a unit": Made(
        ["年份 year", "同比增速 number"], [[2020 + at, value] for at, value in enumerate([5, 4, 5, 2])], ["年份"]
    ),
    "a water level": Made(["月份 yearmonth", "水位 number; 米"], months("2025-01", [20] * 12 + [21.2]), ["月份"]),
    "acidity": Made(["月份 yearmonth", "pH值 number"], months("2025-01", [7] * 12 + [7.7]), ["月份"]),
    "medians of many districts": Made(
        ["月份 yearmonth", "区县 string", "收入中位数 number; 元"],
        [[month, f"区{at}", 100 + at] for month, _ in months("2025-01", range(8)) for at in range(14)],
        ["月份", "区县"],
    ),
    "beds for a thousand people": Made(
        ["月份 yearmonth", "区县 string", "每千人口床位数 number"],
        [[month, f"区{at}", 5 + at] for month, _ in months("2025-01", range(8)) for at in range(14)],
        ["月份", "区县"],
    ),
    "patients who are there each day": Made(
        ["日期 date", "在院人数 integer; 人"], days("2024-01-01", [100] * 600), ["日期"]
    ),
    "a month of which three days are known": Made(
        ["日期 date", "PM2.5 number; 微克/立方米"],
        [row for row in days("2024-01-01", [50] * 486 + [10] * 31) if not "2025-05-02" < row[0] < "2025-05-31"],
        ["日期"],
    ),
    "a quarter without two days": Made(
        ["日期 date", "客运量 integer; 人次"],
        [row for row in days("2022-01-01", [100] * 1461) if row[0] not in ("2025-11-03", "2025-11-04")],
        ["日期"],
    ),
    "years none of which is whole": Made(
        ["日期 date", "降水量 number; 毫米"],
        [row for row in days("2022-01-01", [1] * 1461) if not row[0].endswith("-05-01")],
        ["日期"],
        view={
            "spec": {
                "mark": "line",
                "encoding": {"x": {"field": "日期", "timeUnit": "year"}, "y": {"field": "降水量", "aggregate": "sum"}},
            }
        },
    ),
    "different values that are written alike": Made(
        ["区县 string", "浓度 number; 毫克/升"], [["甲", 12.341], ["乙", 12.342], ["丙", 12.34]], ["区县"]
    ),
    "numbers of staff": Made(
        ["姓名 string", "工号 integer"], [[f"甲{at}", 20260000 + at * 3] for at in range(40)], ["姓名"]
    ),
    "years in a column of times": Made(
        ["桥梁 string", "建成时间 integer"], [[f"桥{at}", 1950 + at] for at in range(12)], ["桥梁"]
    ),
    "minutes in a column of times": Made(
        ["站点 string", "响应时间 integer; 分钟"], [[f"站{at}", 5 + at] for at in range(5)], ["站点"]
    ),
}  # fmt: skip

SAID = {
    "years from new to old": "产量：3 项中有 3 项升高；变化最大的是丙，升 6 吨",
    "the state after stands first": "氨氮：2 项中有 0 项升高；变化最大的是丙，降 6 毫克/升",
    "changes equal but for binary fractions": "产量：3 项中有 2 项升高",
    "a unit for each row": SEVERAL_UNITS,
    "units of a few kinds": SEVERAL_UNITS,
    "units of figures over the years": SEVERAL_UNITS,
    "units in the names": SEVERAL_UNITS,
    "one unit in every row": "这张表里没有一种数值或分类适合自动配图。",
    "parts named below their whole": "参加人数：农村、城镇最多，各 50 人",
    "years of budgets": "2023–2024年度支出 23 亿元，比上年高 4.5%；为2015–2016年度以来最高",
    "years of schools": "2023–2024学年招生数 23 人，比上年高 4.5%；为2015–2016学年以来最高",
    "growth without a unit": "2023年同比增速 2，比上年低 3",
    "a water level": "2026年1月水位 21.2 米，比上年同月高 1.2 米",
    "acidity": "2026年1月pH值 7.7，比上年同月高 0.7",
    "medians of many districts": "“收入中位数”不能跨区县相加，画哪一类要由提供方说明。",
    "beds for a thousand people": "“每千人口床位数”不能跨区县相加，画哪一类要由提供方说明。",
    "patients who are there each day": "2025年7月在院人数平均 100 人，与上年同月持平",
    "a month of which three days are known": "2025年4月PM2.5平均 50 微克/立方米，与上年同月持平；1 个均值缺数较多",
    "a quarter without two days": "2025年12月客运量合计 3,100 人次，与上年同月持平；1 个合计不全",
    "years none of which is whole": "2025年降水量合计 364 毫米（不全）；4 个合计不全",
    "different values that are written alike": "浓度：乙最高，12.342 毫克/升；丙最低，12.34 毫克/升",
    "numbers of staff": "这张表里没有一种数值或分类适合自动配图。",
    "years in a column of times": "这张表里没有一种数值或分类适合自动配图。",
    "minutes in a column of times": "响应时间：站4最高，9 分钟；站0最低，5 分钟",
}


@pytest.mark.parametrize("name", list(MADE))
def test_the_title_says_nothing_that_the_table_does_not(name: str, tmp_path: Path) -> None:
    """Where the numbers carry no title, a sentence says why there is none."""
    assert titles_of(MADE[name], tmp_path)[0] == SAID[name]


@pytest.mark.parametrize("word", TOTALS)
def test_a_row_of_totals_is_no_bar_whatever_it_is_called(word: str, tmp_path: Path) -> None:
    """It neither has most nor is part of what shares are of."""
    made = Made(SCHOOLS, [*PARTS, [word, 10]], ["区县"])
    assert titles_of(made, tmp_path)[0] == "学校数：晨星区最多，5 所，占 50%"


def test_totals_with_nothing_beside_them_are_compared(tmp_path: Path) -> None:
    """Totals of different things have no parts in the table."""
    made = Made(["项目 string", "金额 number; 亿元"], [["收入合计", 30], ["支出合计", 28]], ["项目"])
    assert titles_of(made, tmp_path)[0] == "金额：收入合计最多，30 亿元，占 52%"


def test_a_total_off_the_chart_is_not_counted(tmp_path: Path) -> None:
    """The whole city is no park, however it is called."""
    rows = [*([f"公园{at:02d}", at] for at in range(1, 41)), ["全市合计", 820]]
    made = Made(["名称 string", "面积 number; 公顷"], rows, ["名称"])
    assert titles_of(made, tmp_path)[0] == "面积中位数 20.5 公顷，最小 1 公顷，最大 40 公顷"


@pytest.mark.parametrize("sexes", [("男", "女"), ("男", "女", "合计")])
def test_ages_stand_from_the_youngest_to_the_oldest(sexes: tuple[str, ...], tmp_path: Path) -> None:
    """Infants below all others, who have no age above; a total of both sexes is no third one."""
    rows = [[age, sex, 100 - at] for at, age in enumerate(AGES) for sex in sexes]
    chart = chart_of(Made(["年龄段 string", "性别 string", "人口 integer; 人"], rows, ["年龄段", "性别"]), tmp_path)
    assert isinstance(chart, Chart)
    assert (chart.kind, tuple(slot.zh for slot in chart.slots)) == ("pyramid", AGES)


def test_a_mean_of_few_days_is_drawn_hollow_and_said(tmp_path: Path) -> None:
    """Three days do not stand for a month."""
    chart = chart_of(MADE["a month of which three days are known"], tmp_path)
    assert isinstance(chart, Chart)
    assert chart.series[0].partial == (16,)
    assert below(chart, "zh") == ("空心点的均值缺四分之一以上的数值。", "平均值按每个数值同等计算。")
