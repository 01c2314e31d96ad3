"""A gallery of bad input: tables and geometries that tempt a chart or a map to lie, as a portal, with what is shown.

``KAIFANG_PICTURES=folder pytest tests/browser/test_gallery.py`` writes pictures of all its pages.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml
from charted import Made, days, months, text

RIDES = ["月份 yearmonth", "客运量 integer; 人次"]
LEVELS = ["日期 date", "水位 number; 米"]
KINDS = ["区县 string", "学校数 integer; 所"]
HOSTILE = '<script>alert("1")</script>'
BIDI = "\u202eمدرسة\u200b\u2066x"


@dataclass(frozen=True)
class Exhibit:
    """A table, the kind of chart that it gets, and what that says; *kind* is "" where a sentence tells why not."""

    made: Made
    kind: str
    words: str


def _line(field: str) -> dict[str, Any]:
    return {"spec": {"mark": "line", "encoding": {"x": {"field": "月份"}, "y": {"field": field, "aggregate": "sum"}}}}


TABLES: dict[str, Exhibit] = {
    "empty": Exhibit(Made(RIDES, [], ["月份"]), "", "表是空的，没有可画的数值。"),
    "one-row": Exhibit(Made(RIDES, months("2026-01", [1]), ["月份"]), "", "表只有一行，没有可比较的数值。"),
    "all-null": Exhibit(
        Made(RIDES, months("2026-01", [None] * 12), ["月份"]), "", "这张表里没有一种数值或分类适合自动配图。"
    ),
    "all-null-column": Exhibit(
        Made(KINDS, [["晨星区", None], ["澄波区", None]], ["区县"]), "", "这张表里没有一种数值或分类适合自动配图。"
    ),
    "one-value": Exhibit(Made(RIDES, months("2026-01", [5] * 12), ["月份"]), "line", "2026年12月客运量 5 人次"),
    "nothing-but-noughts": Exhibit(
        Made(RIDES, months("2026-01", [0] * 12), ["月份"]), "line", "2026年12月客运量 0 人次"
    ),
    "one-value-in-all-rows": Exhibit(
        Made(["编号 string", "办理天数 integer; 天"], [[f"N{at:03d}", 7] for at in range(50)], ["编号"]),
        "",
        "所有数值都相同，没有分布可画。",
    ),
    "two-hundred-columns": Exhibit(
        Made(
            ["编号 string", *(f"指标{at} number" for at in range(200))],
            [[f"N{n}", *range(200)] for n in range(5)],
            ["编号"],
        ),
        "",
        "有 200 列数值（指标0、指标1、指标2、指标3、指标4、指标5等），没有说明以哪一列为主。",
    ),
    "gap-of-ten-years": Exhibit(
        Made(
            ["月份 yearmonth", "水位 number; 米"],
            [*months("2001-01", [1.5] * 48), *months("2015-01", [2.5] * 48)],
            ["月份"],
        ),
        "line",
        "2018年12月水位 2.5 米，与上年同月持平；缺 120 个月",
    ),
    "two-amounts-a-day": Exhibit(
        Made(["日期 date", "客运量 integer; 人次"], [row for row in days("2026-01-01", range(40)) for _ in (0, 1)]),
        "",
        "同一时间有几个“客运量”，是部分还是重复说不清。",
    ),
    "two-readings-a-day": Exhibit(
        Made(LEVELS, [[day, level] for day, at in days("2026-01-01", range(60)) for level in (1 + at, 2 + at)]),
        "line",
        "2026年3月1日水位平均 60.5 米；为2026年1月1日以来最高",
    ),
    "readings-of-months-then-days": Exhibit(
        Made(
            LEVELS,
            [*([f"2024-{at:02d}-01", 1.0 + at] for at in range(1, 13)), *days("2025-01-01", [2.0] * 200)],
            ["日期"],
        ),
        "line",
        "2025年6月水位平均 2 米；12 个均值缺数较多",
    ),
    "amounts-of-quarters-then-months": Exhibit(
        Made(RIDES, [*([f"2024-{at:02d}", 300] for at in (3, 6, 9, 12)), *months("2025-01", [100] * 12)], ["月份"]),
        "",
        "数据的时间间隔不一致，连成线会误导。",
    ),
    "times-without-any-step": Exhibit(
        Made(
            LEVELS,
            [["2026-01-01", 1], ["2028-05-02", 2], ["2031-01-03", 3], ["2026-01-02", 4], ["2029-09-09", 5]],
            ["日期"],
        ),
        "",
        "数据的时间间隔不一致，连成线会误导。",
    ),
    "days-with-holes": Exhibit(
        Made(LEVELS, [row for at, row in enumerate(days("2026-01-01", range(60))) if at % 10 != 3], ["日期"]),
        "line",
        "2026年3月1日水位 59 米；为2026年1月1日以来已知最高；缺 6 天",
    ),
    "negative-line": Exhibit(
        Made(["月份 yearmonth", "差额 number; 亿元"], months("2026-01", [-5, 3, -2, 8, -9, 1]), ["月份"]),
        "line",
        "2026年6月差额 1 亿元；最高是2026年4月，8 亿元",
    ),
    "negative-bars": Exhibit(
        Made(["区县 string", "差额 number; 亿元"], [["晨星区", -5], ["澄波区", 3], ["稻香区", -1]], ["区县"]),
        "bars",
        "差额：澄波区最高，3 亿元；晨星区最低，−5 亿元",
    ),
    "huge": Exhibit(
        Made(["区县 string", "金额 number; 元"], [["甲", 1e30], ["乙", 3], ["丙", 2e29]], ["区县"]),
        "bars",
        "金额：甲最多，1×10³⁰ 元，占 83%",
    ),
    "tiny": Exhibit(
        Made(["区县 string", "浓度 number; 毫克/升"], [["甲", 1e-12], ["乙", 3e-12], ["丙", 2e-13]], ["区县"]),
        "bars",
        "浓度：乙最高，3×10⁻¹² 毫克/升；丙最低，2×10⁻¹³ 毫克/升",
    ),
    "outlier": Exhibit(
        Made(
            ["编号 string", "罚款 number; 万元"],
            [*([f"N{at:03d}", at % 9] for at in range(300)), ["N999", 1e9]],
            ["编号"],
        ),
        "histogram",
        "罚款中位数 4 万元，最小 0 万元，最大 1,000,000,000 万元",
    ),
    "five-thousand-categories": Exhibit(
        Made(["编号 string", "客运量 integer; 人次"], [[f"N{at:04d}", at] for at in range(5000)], ["编号"]),
        "histogram",
        "客运量中位数 2,500 人次，最小 0 人次，最大 4,999 人次",
    ),
    "prices-of-many-goods": Exhibit(
        Made(
            ["日期 date", "市场 string", "商品 string", "价格 number; 元"],
            [
                [day, f"市场{market}", f"商品{good}", 1.5]
                for day, _ in days("2026-01-01", range(5))
                for market in range(3)
                for good in range(15)
            ],
            ["日期", "市场", "商品"],
        ),
        "",
        "“价格”不能跨市场、商品相加，画哪一类要由提供方说明。",
    ),
    "hostile-words": Exhibit(
        Made(KINDS, [[HOSTILE, 3], [BIDI, 5], ["a&b", 2], ["x" * 300, 1]], ["区县"]),
        "bars",
        "学校数：مدرسةx最多，5 所，占 45%",
    ),
    "view-of-a-wrong-column": Exhibit(
        replace(Made(RIDES, months("2026-01", [10, 20, 30, 40]), ["月份"]), view=_line("没有的列")),
        "line",
        "2026年4月客运量 40 人次；为2026年1月以来最高",
    ),
}
"""Tables by the names of their datasets."""

POINTS = "名称,经度,纬度\n"
BOW = [[116, 39], [117, 40], [117, 39], [116, 40], [116, 39]]
GEOMETRIES: dict[str, tuple[str, str, str]] = {
    "one-point": ("t.csv", "WGS84", POINTS + "甲,116.4,39.9\n"),
    "antimeridian": ("t.csv", "WGS84", POINTS + "东,179.9,10\n西,-179.9,10\n"),
    "zero": ("t.csv", "WGS84", POINTS + "甲,0,0\n"),
    "swapped": ("t.csv", "WGS84", POINTS + "甲,39.9,86.4\n"),
    "latitude-only": ("t.csv", "WGS84", "名称,纬度\n甲,39.9\n"),
    "no-system": ("t.csv", "", POINTS + "甲,116.4,39.9\n"),
    "unknown-system": ("t.csv", "EPSG:4547", POINTS + "甲,116.4,39.9\n"),
    "markup": ("t.csv", "GCJ-02", '"<b>名称</b>",经度,纬度\n"<script>alert(1)</script>\u202e\u200b",116.4,39.9\n'),
    "many": ("t.csv", "BD-09", POINTS + "".join(f"点{n},{116 + n / 1000},{39 + n % 7}\n" for n in range(401))),
    "shapes": (
        "t.geojson",
        "CGCS2000",
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    {"type": "Feature", "properties": {"名称": name}, "geometry": geometry}
                    for name, geometry in (
                        ("空", None),
                        ("高", {"type": "Point", "coordinates": [116.4, 39.9, 44]}),
                        ("结", {"type": "Polygon", "coordinates": [BOW]}),
                        ("无", {"type": "GeometryCollection", "geometries": []}),
                    )
                ],
            }
        ),
    ),
}
"""Geometries by the names of their datasets: a file, its coordinate system, its text."""
MARKS = {"one-point": 1, "antimeridian": 2, "no-system": 1, "markup": 1, "many": 14, "shapes": 2}
"""How many marks each map has; the other geometries have no map."""


def write_gallery(folder: Path, names: Collection[str] = (*TABLES, *GEOMETRIES)) -> Path:
    """Write the gallery, or what has some of its *names*, as a folder of datasets."""
    for name, exhibit in TABLES.items():
        if name not in names:
            continue
        own = folder / "p" / name
        own.mkdir(parents=True)
        fields = [_field(column) for column in exhibit.made.columns]
        schema = {"fields": fields, **({"primaryKey": list(exhibit.made.key)} if exhibit.made.key else {})}
        views = {"views": [{"name": "v", **exhibit.made.view}]} if exhibit.made.view else {}
        _describe(own, name, {"path": "t.csv", "schema": schema}, views)
        with (own / "t.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([field["name"] for field in fields])
            writer.writerows([text(cell) for cell in row] for row in exhibit.made.rows)
    for name, (file_name, system, content) in GEOMETRIES.items():
        if name not in names:
            continue
        own = folder / "p" / name
        own.mkdir(parents=True)
        _describe(own, name, {"path": file_name, **({"crs": system} if system else {})}, {})
        (own / file_name).write_text(content, encoding="utf-8")
    return folder


def _describe(folder: Path, name: str, resource: Mapping[str, Any], more: Mapping[str, Any]) -> None:
    document = {"name": name, "title": "展品", "resources": [{"name": "t", "title": "表", **resource}], **more}
    (folder / "datapackage.yaml").write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")


def _field(words: str) -> dict[str, str]:
    head, _, description = words.partition("; ")
    name, _, type_ = head.rpartition(" ")
    return {"name": name, "type": type_, **({"description": description} if description else {})}
