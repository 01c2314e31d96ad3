"""Tables to look through: codes with names, coordinates, many columns, hostile cells, odd names, nothing at all."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

HOSTILE = [
    "<script>alert(1)</script><b onclick=x>&amp;",
    "\u202eغرفة\u200f في الطابق الأول",
    "zero\u200bwidth\u2060\ufeff",
    "很长的说明，" * 60 + "<i>末尾</i>",
    '"引号"与,逗号',
    '=HYPERLINK("http://example.org")',
]
DISTRICTS = [["310101", "黄浦区"], ["310104", "徐汇区"], ["310115", "浦东新区"]]
PARKING_ROWS = 120
WIDE_COLUMNS = 200
ELSEWHERE = {"dataset": "kinds", "resource": "kinds", "fields": "代码"}
"""The table of another dataset that lists codes."""


def _field(name: str, type_: str = "string", **more: Any) -> dict[str, Any]:
    return {"name": name, "type": type_, **more}


def parking_rows() -> list[list[str]]:
    """Return rows of car parks: some without spaces, in three districts, a day each, places in a line to the east."""
    return [
        [
            f"P{number:03d}",
            f"第{number}停车场",
            DISTRICTS[number % 3][0],
            "" if number % 10 == 0 else str(number * 37),
            f"{number / 4:.2f}",
            f"2026-0{1 + number % 9}-{1 + number % 28:02d}",
            "是" if number % 2 else "否",
            f"{121.40 + number / 1000:.3f}",
            "31.230",
        ]
        for number in range(1, PARKING_ROWS + 1)
    ]


PARKING_FIELDS = [
    _field("编号", title="编号"),
    _field("名称"),
    _field("区划", title="所在区"),
    _field("车位数", "integer"),
    _field("每小时（元）", "number"),
    _field("开放日期", "date"),
    _field("充电", "boolean", trueValues=["是"], falseValues=["否"]),
    _field("经度", "number"),
    _field("纬度", "number"),
]
TABLES: Mapping[str, tuple[Sequence[Mapping[str, Any]], Sequence[Sequence[str]], Mapping[str, Any]]] = {
    "parking": (
        PARKING_FIELDS,
        parking_rows(),
        {
            "primaryKey": ["编号"],
            "foreignKeys": [{"fields": ["区划"], "reference": {"resource": "districts", "fields": ["代码"]}}],
        },
    ),
    "districts": ([_field("代码"), _field("名称")], DISTRICTS, {"primaryKey": ["代码"]}),
    "readings": (
        [_field("日期", "date"), _field("站点"), _field("浓度", "number"), _field("时刻", "datetime")],
        [
            [f"2026-01-{day:02d}", site, "" if day == 3 else f"{day}.5", f"2026-01-{day:02d}T08:30:00"]
            for day in range(1, 11)
            for site in ("徐汇", "静安")
        ],
        {"primaryKey": ["日期", "站点"]},
    ),
    "wide": (
        [_field(f"第{number}列", "integer") for number in range(WIDE_COLUMNS)],
        [[str(row * 1000 + column) for column in range(WIDE_COLUMNS)] for row in range(5)],
        {},
    ),
    "hostile": (
        [_field("<b>名</b>"), _field("limit", "integer"), _field("sort"), _field("年份(年)", "year"), _field("a.b")],
        [[text, str(number), f"值{number}", str(2020 + number), text[:5]] for number, text in enumerate(HOSTILE)],
        {},
    ),
    "shifted": (
        [
            _field("名称"),
            _field("区"),
            _field("经度", "number"),
            _field("纬度", "number"),
            _field("类", reference=ELSEWHERE),
        ],
        [
            ["天安门", "甲　", "116.41024", "39.91640", "L1"],
            ["东边", "甲　", "116.42024", "39.91640", "L2"],
            ["南边", "乙", "116.41024", "39.90640", "L1"],
            ["西边", "乙", "116.40024", "39.91640", "L3"],
        ],
        {},
    ),
    "blank": ([_field("甲"), _field("乙", "integer")], [["x", ""], ["y", ""], ["z", ""]], {}),
    "empty": ([_field("甲"), _field("乙", "integer")], [], {}),
    "one": ([_field("甲"), _field("乙", "integer")], [["唯一", "1"]], {}),
}
"""Fields, rows and keys of each table."""
SYSTEMS = {"shifted": "GCJ-02", "parking": "WGS84"}
"""The reference systems that tables state."""


def write_catalogue(folder: Path) -> None:
    """Write a catalogue with the dataset ``explored`` of these tables, and ``kinds`` that lists codes of one."""
    kinds = folder / "transport" / "kinds"
    kinds.mkdir(parents=True)
    (kinds / "kinds.csv").write_text("代码,名称\nL1,广场\nL2,路口\n", encoding="utf-8")
    listed = {"name": "kinds", "path": "kinds.csv", "schema": {"fields": [_field("代码"), _field("名称")]}}
    described = {"name": "kinds", "title": "类别", "licenses": [{"name": "CC0-1.0"}], "resources": [listed]}
    (kinds / "datapackage.json").write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
    home = folder / "transport" / "explored"
    home.mkdir(parents=True)
    resources = []
    for name, (fields, rows, keys) in TABLES.items():
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([field["name"] for field in fields])
        writer.writerows(rows)
        (home / f"{name}.csv").write_text(text.getvalue(), encoding="utf-8")
        resources.append(
            {
                "name": name,
                "title": f"{name} 表",
                "path": f"{name}.csv",
                "schema": {"fields": fields, **keys},
                **({"crs": SYSTEMS[name]} if name in SYSTEMS else {}),
            }
        )
    document = {
        "name": "explored",
        "title": "看一看",
        "licenses": [{"name": "CC0-1.0"}],
        "catalogue": {"themes": ["traffic"]},
        "resources": resources,
    }
    (home / "datapackage.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
