"""Titles of charts: for thirty made-up tables what is known of each is what its title says, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from charted import Made, days, months, titles_of

D = ["晨星区", "澄波区", "稻香区"]
AIR = ["月份 yearmonth", "PM2.5 number; 微克/立方米"]
RIDES = ["月份 yearmonth", "客运量 integer; 人次"]
BY_DISTRICT = ["月份 yearmonth", "区县 string", "PM2.5 number; 微克/立方米"]
SEASON = [30, 28, 25, 20, 15, 12, 14, 16, 20, 24, 27, 31]


def each_district(*values: list[float | None]) -> list[list[object]]:
    """Return rows of three months in 2026 for each district."""
    return [[f"2026-{at + 1:02d}", D[place], value] for place, own in enumerate(values) for at, value in enumerate(own)]


MADE = {
    "a fall from the same month a year before": Made(AIR, months("2024-10", [40.0, *[30.0] * 11, 35.2]), ["月份"]),
    "three months missing": Made(
        RIDES,
        [row for row in months("2024-01", range(100, 124)) if row[0] not in ("2024-05", "2024-06", "2025-02")],
        ["月份"],
    ),
    "June is the highest": Made(RIDES, months("2026-01", [10, 20, 30, 40, 50, 90, 70, 60]), ["月份"]),
    "the last month is the highest": Made(RIDES, months("2026-01", [10, 20, 30, 40]), ["月份"]),
    "exactly as a year before": Made(
        RIDES, months("2025-01", [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 5]), ["月份"]
    ),
    "nearly as a year before": Made(RIDES, months("2025-01", [100000, *range(11), 100010]), ["月份"]),
    "more than three times a year before": Made(RIDES, months("2025-01", [100, *[5] * 11, 340]), ["月份"]),
    "a temperature is compared by degrees": Made(
        ["月份 yearmonth", "平均气温 number; 摄氏度"], months("2025-01", [-2.0, *[10.0] * 11, 1.5]), ["月份"]
    ),
    "a rate is compared by points": Made(
        ["月份 yearmonth", "合格率 number; 百分比"], months("2025-01", [90.0, *[91.0] * 11, 92.5]), ["月份"]
    ),
    "nothing to compare with a year before": Made(
        RIDES, [row for row in months("2025-01", [9, *[5] * 12]) if row[0] != "2025-01"], ["月份"]
    ),
    "years": Made(
        ["年份 year", "申请量 integer; 件"], [[year, 100 + 10 * (year - 2015)] for year in range(2015, 2026)], ["年份"]
    ),
    "a year below its best": Made(
        ["年份 year", "产量（吨） integer"], [[2020, 50], [2021, 80], [2022, 60], [2023, 66]], ["年份"]
    ),
    "days with a gap": Made(
        ["日期 date", "入园人次 integer"],
        [row for row in days("2026-10-01", [5, 6, 7, 8, 9, 8, 7, 6, 5, 4, 3, 2, 1, 2, 3, 4]) if row[0] != "2026-10-06"],
        ["日期"],
    ),
    "quarters": Made(
        ["季度 string", "户数 integer; 户"],
        [[f"{year}Q{part}", 100 * (year - 2020) + part] for year in (2024, 2025) for part in (1, 2, 3, 4)],
        ["季度"],
    ),
    "school years": Made(
        ["学年 string", "招生数 integer; 人"],
        [[f"{year}-{year + 1}", year - 1900] for year in range(2020, 2026)],
        ["学年"],
    ),
    "one district is highest at last": Made(
        BY_DISTRICT, each_district([30, 31, 41], [20, 21, 22], [10, 11, 12]), ["月份", "区县"]
    ),
    "two districts share the top": Made(
        BY_DISTRICT, each_district([30, 31, 41], [20, 21, 41], [10, 11, 12]), ["月份", "区县"]
    ),
    "all districts are alike": Made(BY_DISTRICT, each_district([1, 2, 3], [1, 2, 3], [1, 2, 3]), ["月份", "区县"]),
    "districts of which one did not report": Made(
        BY_DISTRICT, each_district([30, 31, None], [20, 21, 22], [10, 11, 12]), ["月份", "区县"]
    ),
    "a sum over many lines": Made(
        ["月份 yearmonth", "线路名称 string", "客运量 integer; 人次"],
        [[f"2026-{month:02d}", f"{line}路", line * month] for month in range(1, 7) for line in range(1, 11)],
        ["月份", "线路名称"],
    ),
    "a sum that lacks a part is not compared": Made(
        ["月份 yearmonth", "线路名称 string", "客运量 integer; 人次"],
        [
            [f"2026-{month:02d}", f"{line}路", None if (month, line) == (6, 3) else line * month]
            for month in range(1, 7)
            for line in range(1, 11)
        ],
        ["月份", "线路名称"],
    ),
    "days become whole months": Made(
        ["日期 date", "降水量 number; 毫米"], days("2024-01-01", [1.0] * (366 + 365 + 20)), ["日期"]
    ),
    "bars of an amount": Made(
        ["区县 string", "面积（公顷） number"], [["晨星区", 50], ["澄波区", 30], ["稻香区", 20]], ["区县"]
    ),
    "bars of a price": Made(
        ["商品 string", "价格 number; 元"], [["大米", 3.5], ["面粉", 2.8], ["鸡蛋", 5.6]], ["商品"]
    ),
    "bars with two first": Made(
        ["区县 string", "学校数 integer; 所"], [["晨星区", 12], ["澄波区", 12], ["稻香区", 8]], ["区县"]
    ),
    "bars without the row of totals": Made(
        ["区县 string", "学校数 integer; 所"], [["晨星区", 12], ["澄波区", 6], ["合计", 18]], ["区县"]
    ),
    "things by their kind": Made(
        ["编号 string", "类型 string"],
        [[f"N{at:03d}", "公园" if at % 5 else "广场"] for at in range(40)],
        ["编号"],
    ),
    "parts of a whole": Made(
        ["行业 string", "占比 number; 百分比"],
        [["第二产业", 53.0], ["第三产业", 24.0], ["居民", 21.5], ["第一产业", 1.5]],
        ["行业"],
    ),
    "before and after": Made(
        ["断面 string", "治理前氨氮 number; 毫克/升", "治理后氨氮 number; 毫克/升"],
        [["甲", 2.0, 0.5], ["乙", 1.0, 1.2], ["丙", 0.8, 0.7]],
        ["断面"],
    ),
    "ages and sexes": Made(
        ["年龄组 string", "性别 string", "人数 integer; 人"],
        [
            [age, sex, number]
            for age, pair in (("0–4", (40, 38)), ("5–9", (52, 50)), ("10–14", (30, 31)), ("15–19", (9, 10)))
            for sex, number in zip(("男", "女"), pair, strict=True)
        ],
        ["年龄组", "性别"],
    ),
    "a distribution": Made(
        ["编号 string", "办理天数 integer; 天"], [[f"N{at:03d}", at % 21] for at in range(63)], ["编号"]
    ),
    "two categories": Made(
        ["区县 string", "类别 string", "户数 integer; 户"],
        [["晨星区", "城市", 80], ["晨星区", "农村", 10], ["澄波区", "城市", 40], ["澄波区", "农村", 30]],
        ["区县", "类别"],
    ),
    "one category has no value": Made(
        ["区县 string", "学校数 integer; 所"], [["晨星区", 12], ["澄波区", None], ["稻香区", 8]], ["区县"]
    ),
}

KNOWN = {
    "a fall from the same month a year before": (
        "2025年10月PM2.5 35.2 微克/立方米，比上年同月低 12%",
        "PM2.5, October 2025: 35.2 µg/m³, 12% lower than in the same month a year before",
    ),
    "three months missing": (
        "2025年12月客运量 123 人次，比上年同月高 11%；缺 3 个月",
        "客运量, December 2025: 123 visits, 11% higher than in the same month a year before; 3 months missing",
    ),
    "June is the highest": (
        "2026年8月客运量 60 人次；最高是2026年6月，90 人次",
        "客运量, August 2026: 60 visits; highest: June 2026, 90 visits",
    ),
    "the last month is the highest": (
        "2026年4月客运量 40 人次；为2026年1月以来最高",
        "客运量, April 2026: 40 visits; the highest since January 2026",
    ),
    "exactly as a year before": (
        "2026年1月客运量 5 人次，与上年同月持平",
        "客运量, January 2026: 5 visits, the same as in the same month a year before",
    ),
    "nearly as a year before": (
        "2026年1月客运量 10万人次，与上年同月基本持平",
        "客运量, January 2026: 100k visits, about the same as in the same month a year before",
    ),
    "more than three times a year before": (
        "2026年1月客运量 340 人次，是上年同月的 3.4 倍",
        "客运量, January 2026: 340 visits, 3.4 times that of the same month a year before",
    ),
    "a temperature is compared by degrees": (
        "2026年1月平均气温 1.5 摄氏度，比上年同月高 3.5 摄氏度",
        "平均气温, January 2026: 1.5 °C, 3.5 °C higher than in the same month a year before",
    ),
    "a rate is compared by points": (
        "2026年1月合格率 92.5%，比上年同月高 2.5 个百分点",
        "合格率, January 2026: 92.5%, 2.5 percentage points higher than in the same month a year before",
    ),
    "nothing to compare with a year before": (
        "2026年1月客运量 5 人次",
        "客运量, January 2026: 5 visits",
    ),
    "years": (
        "2025年申请量 200 件，比上年高 5.3%；为2015年以来最高",
        "申请量, 2025: 200 cases, 5.3% higher than the year before; the highest since 2015",
    ),
    "a year below its best": (
        "2023年产量 66 吨，比上年高 10%；最高是2021年，80 吨",
        "产量, 2023: 66 t, 10% higher than the year before; highest: 2021, 80 t",
    ),
    "days with a gap": (
        "2026年10月16日入园人次 4；已知最高是2026年10月5日，9；缺 1 天",
        "入园人次, 16 October 2026: 4; highest as far as known: 5 October 2026, 9; 1 day missing",
    ),
    "quarters": (
        "2025年第4季度户数 504 户，比上年同季高 25%",
        "户数, Q4 2025: 504 households, 25% higher than in the same quarter a year before",
    ),
    "school years": (
        "2025–2026学年招生数 125 人，比上年高 0.8%；为2020–2021学年以来最高",
        "招生数, school year 2025–2026: 125 people, 0.8% higher than the year before; "
        "the highest since school year 2020–2021",
    ),
    "one district is highest at last": (
        "2026年3月PM2.5：晨星区最高，41 微克/立方米；稻香区最低，12 微克/立方米",
        "PM2.5, March 2026: 晨星区 is highest, 41 µg/m³; 稻香区 is lowest, 12 µg/m³",
    ),
    "two districts share the top": (
        "2026年3月PM2.5：晨星区、澄波区最高，同为 41 微克/立方米；稻香区最低，12 微克/立方米",
        "PM2.5, March 2026: 晨星区, 澄波区 are highest, 41 µg/m³; 稻香区 is lowest, 12 µg/m³",
    ),
    "all districts are alike": (
        "2026年3月PM2.5：都相同，3 微克/立方米",
        "PM2.5, March 2026: all are equal, 3 µg/m³",
    ),
    "districts of which one did not report": (
        "2026年2月PM2.5：晨星区最高，31 微克/立方米；稻香区最低，11 微克/立方米；缺 1 个值",
        "PM2.5, February 2026: 晨星区 is highest, 31 µg/m³; 稻香区 is lowest, 11 µg/m³; 1 value missing",
    ),
    "a sum over many lines": (
        "2026年6月客运量合计 330 人次；为2026年1月以来最高",
        "客运量 in total, June 2026: 330 visits; the highest since January 2026",
    ),
    "a sum that lacks a part is not compared": (
        "2026年5月客运量合计 275 人次；1 个合计不全",
        "客运量 in total, May 2026: 275 visits; 1 value lacks parts",
    ),
    "days become whole months": (
        "2025年12月降水量合计 31 毫米，与上年同月持平",
        "降水量 in total, December 2025: 31 mm, the same as in the same month a year before",
    ),
    "bars of an amount": (
        "面积：晨星区最多，50 公顷，占 50%",
        "面积: 晨星区 has most, 50 ha, 50% of all",
    ),
    "bars of a price": (
        "价格：鸡蛋最高，5.6 元；面粉最低，2.8 元",
        "价格: 鸡蛋 is highest, 5.6 yuan; 面粉 is lowest, 2.8 yuan",
    ),
    "bars with two first": (
        "学校数：晨星区、澄波区最多，各 12 所",
        "学校数: 晨星区, 澄波区 have most, 12 each",
    ),
    "bars without the row of totals": (
        "学校数：晨星区最多，12 所，占 67%",
        "学校数: 晨星区 has most, 12, 67% of all",
    ),
    "things by their kind": (
        "类型：公园最多，32 条，占 80%",
        "类型: 公园 has most, 32 records, 80% of all",
    ),
    "parts of a whole": (
        "第二产业占比最大，53%；前三项合占 99%",
        "第二产业 is the largest part, 53%; the first three make up 99%",
    ),
    "before and after": (
        "氨氮：3 项中有 1 项升高；变化最大的是甲，降 1.5 毫克/升",
        "氨氮: 1 of 3 rose; most of all 甲, by −1.5 mg/L",
    ),
    "ages and sexes": (
        "人数最多的年龄组是5–9，102 人；男占 50.4%",
        "Most are in the age group 5–9, 102 people; 男: 50.4% of all",
    ),
    "a distribution": (
        "办理天数中位数 10 天，最小 0 天，最大 20 天",
        "办理天数: the middle value is 10 days, the least 0 days, the greatest 20 days",
    ),
    "two categories": (
        "户数：晨星区最多，90 户；城市占全部的 75%",
        "户数: 晨星区 has most, 90 households; 城市 makes up 75% of all",
    ),
    "one category has no value": (
        "学校数（有数的）：晨星区最多，12 所；缺 1 个值",
        "学校数 (as far as known): 晨星区 has most, 12; 1 value missing",
    ),
}


@pytest.mark.parametrize("name", list(MADE))
def test_a_title_says_what_is_known_of_the_table(name: str, tmp_path: Path) -> None:
    """The title is the sentence that somebody who knows the table would write."""
    assert tuple(titles_of(MADE[name], tmp_path)) == KNOWN[name]
