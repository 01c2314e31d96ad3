"""What is proposed for a table: careful with codes, true of every cell, and no stricter than its meaning."""

from __future__ import annotations

import csv
import tracemalloc
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from frictionless import Dialect, Resource, Schema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.examining.profiling.inference import propose, propose_schema
from portal.examining.validation.cells.check_digits import FAULTS
from portal.model.understood_table import UnderstoodTable


def table_of(folder: Path, labels: list[str], rows: list[list[str]]) -> UnderstoodTable:
    """Write a table and return it as it is understood."""
    path = folder / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([labels, *rows])
    return UnderstoodTable("table", path, True, tuple(labels))


def field_of(folder: Path, label: str, cells: list[str]) -> dict[str, Any]:
    """Return the field that is proposed for one column of *cells*."""
    rows = [[f"{number}x", cell] for number, cell in enumerate(cells)]
    field: dict[str, Any] = propose_schema(table_of(folder, ["事项", label], rows))["fields"][1]
    return field


def errors_of(table: UnderstoodTable, schema: dict[str, Any]) -> list[Any]:
    """Return what Frictionless says of the table as it was understood."""
    dialect = Dialect.from_descriptor({"csv": {"delimiter": ",", "doubleQuote": True, "skipInitialSpace": False}})
    resource = Resource(
        path=table.path.name,
        basepath=str(table.path.parent),
        encoding="utf-8",
        format="csv",
        dialect=dialect,
        schema=Schema.from_descriptor(schema),
    )
    flat: list[Any] = resource.validate().flatten(["type", "rowNumber", "fieldName", "note"])
    return flat


@pytest.mark.parametrize(
    ("label", "cells"),
    [
        ("数值", ["7", "007"]),
        ("数值", ["1234567890123456", "1"]),
        ("站点编号", ["101", "102"]),
        ("station_id", ["101", "102"]),
        ("cityCode", ["1101", "1102"]),
        ("联系电话", ["62345678", "62345679"]),
        ("邮编", ["200000", "200001"]),
        ("版本", ["1.10", "1.9"]),
        ("数值", ["1", "+2"]),
        ("数值", ["1e5", "2"]),
        ("数值", ["1_000", "2"]),
        ("数值", ["１２", "2"]),
        ("数值", ["NaN", "inf"]),
        ("数值", ["12%", "13%"]),
        ("数值", ["1,23", "2"]),
        ("年月", ["202601", "202602"]),
        ("日期", ["2026-02-29", "2026-02-28"]),
        ("日期", ["2026-01-01", "01/02/2026"]),
        ("区域", [f"11{number:04}" for number in range(101, 140)]),
        ("联系方式", [f"1380000{number:04}" for number in range(20)]),
        ("标识", [f"9{number:07}" for number in range(20)]),
        ("备用", ["", ""]),
        ("备用", ["-", "-"]),
    ],
)
def test_what_may_be_a_code_or_is_not_sure_stays_text(tmp_path: Path, label: str, cells: list[str]) -> None:
    """Leading zeros, over fifteen digits, titles of codes, looks of codes, spellings that only some programs read."""
    assert field_of(tmp_path, label, cells)["type"] == "string"


@pytest.mark.parametrize(
    ("label", "cells", "expected"),
    [
        ("班级数", ["3", "0"], {"type": "integer"}),
        ("电话数量", ["3", "12"], {"type": "integer"}),
        ("序号", ["1", "2"], {"type": "integer"}),
        ("变化", ["-3", " 12"], {"type": "integer"}),
        ("浓度", ["3.5", "4", "-.5"], {"type": "number"}),
        ("金额", ["1,234,567.80", "12"], {"type": "number", "groupChar": ","}),
        ("启用日期", ["2026-01-05", "2026-1-6"], {"type": "date"}),
        ("启用日期", ["2026/1/5", "2024/02/29"], {"type": "date", "format": "%Y/%m/%d"}),
        ("启用日期", ["2026年1月5日", "2026年12月31日"], {"type": "date", "format": "%Y年%m月%d日"}),
        ("启用日期", ["20260105", "20261231"], {"type": "date", "format": "%Y%m%d"}),
        ("更新时间", ["2026-01-05T08:30:00", "2026-01-05 08:30:00.5"], {"type": "datetime"}),
        ("更新时间", ["2026-01-05 08:30", "2026-01-06 23:59"], {"type": "datetime", "format": "%Y-%m-%d %H:%M"}),
        ("首班车", ["05:30:00", "23:59:59"], {"type": "time"}),
        ("是否公开", ["true", "FALSE"], {"type": "boolean"}),
        ("年份", ["2025", "2026"], {"type": "year"}),
        ("面积", ["2025", "2026"], {"type": "integer"}),
        ("月份", ["2026-01", "2026-12"], {"type": "yearmonth"}),
        ("统一社会信用代码", ["11100000000000000J"] * 3, {"type": "string", "codeFormat": "uscc"}),
        ("行政区划", ["110101", "310000"], {"type": "string", "codeFormat": "division-code"}),
        ("邮政编码", ["010010", "999077"], {"type": "string", "codeFormat": "postcode"}),
    ],
)
def test_a_type_is_proposed_where_every_cell_has_it(
    tmp_path: Path, label: str, cells: list[str], expected: dict[str, str]
) -> None:
    """Under Frictionless' own rules, with the format where there is one."""
    field = field_of(tmp_path, label, cells)
    assert {key: value for key, value in field.items() if key not in ("name", "constraints")} == expected


def test_one_cell_after_many_decides(tmp_path: Path) -> None:
    """All rows are looked at: a letter in the last of thousands makes the column text."""
    assert field_of(tmp_path, "数值", [*["164"] * 12_000, "0164A"])["type"] == "string"


def test_signs_for_no_value_are_declared_for_the_table(tmp_path: Path) -> None:
    """Where a column of numbers needs them, and no column of text holds them."""
    rows = [["甲", "12", "2026-01-01"], ["乙", "—", "2026-01-02"], ["丙", "14", "无"]]
    assert propose_schema(table_of(tmp_path, ["区", "人数", "日期"], rows)) == {
        "fields": [
            {"name": "区", "type": "string", "constraints": {"required": True}},
            {"name": "人数", "type": "integer", "constraints": {"minimum": 0}},
            {"name": "日期", "type": "date"},
        ],
        "missingValues": ["", "—", "无"],
    }


def test_an_answer_of_text_is_not_taken_for_a_missing_value(tmp_path: Path) -> None:
    """Where 无 stands in a column of text, it is declared for the column of numbers alone."""
    rows = [["有", "12"], ["无", "13"], ["有", "无"]]
    assert propose_schema(table_of(tmp_path, ["电梯", "台数"], rows)) == {
        "fields": [
            {"name": "电梯", "type": "string", "constraints": {"required": True}},
            {"name": "台数", "type": "integer", "missingValues": ["", "无"], "constraints": {"minimum": 0}},
        ]
    }


def test_a_row_of_signs_alone_keeps_the_columns_text(tmp_path: Path) -> None:
    """Declared as missing it would be a blank row, which is an error."""
    table = table_of(tmp_path, ["人数"], [["1"], ["-"], ["2"]])
    schema = propose_schema(table)
    assert schema["fields"][0]["type"] == "string"
    assert errors_of(table, schema) == []


def test_a_few_words_again_and_again_are_a_closed_list(tmp_path: Path) -> None:
    """In the order of code points, signs that are answers among them."""
    rows = [[f"第{number}件", ("在建", "已完工", "无")[number % 3]] for number in range(60)]
    field = propose_schema(table_of(tmp_path, ["事项", "状态"], rows))["fields"][1]
    assert field["constraints"] == {"required": True, "enum": ["在建", "已完工", "无"]}


@pytest.mark.parametrize(
    ("label", "values"),
    [
        ("人数", ["1", "2", "3"]),
        ("联系人", ["甲某", "乙某", "丙某"]),
        ("热线", ["12345-67890", "12345-67891"]),
        ("备注", ["是", "否"]),
        ("简况", ["按期完成。", "推迟。"]),
        ("状态", [f"状态{number}" for number in range(21)]),
        ("状态", ["是 ", "否"]),
    ],
)
def test_numbers_people_and_sentences_are_no_closed_list(tmp_path: Path, label: str, values: list[str]) -> None:
    """Nor are more than twenty values, or values with blanks around them."""
    field = field_of(tmp_path, label, [values[number % len(values)] for number in range(400)])
    assert "enum" not in field.get("constraints", {})


def test_few_rows_make_no_closed_list(tmp_path: Path) -> None:
    """Two words in six rows prove nothing."""
    assert "enum" not in field_of(tmp_path, "状态", ["在建", "完工"] * 3)["constraints"]


def test_the_first_code_without_gaps_and_repeats_is_the_key(tmp_path: Path) -> None:
    """Further ones are unique; telephones and codes of what a row belongs to are neither."""
    rows = [[f"0{n}", f"A{n}", f"6234567{n}", f"上级{n}", f"甲{n}"] for n in range(4)]
    schema = propose_schema(table_of(tmp_path, ["学校代码", "备案编号", "电话", "上级代码", "名称"], rows))
    assert schema["primaryKey"] == ["学校代码"]
    assert [field["constraints"] for field in schema["fields"]] == [
        {"required": True},
        {"required": True, "unique": True},
        {"required": True},
        {"required": True},
        {"required": True},
    ]


@pytest.mark.parametrize("cells", [["01", "02", "01"], ["01", "", "02"], ["01", "-", "02"], ["01"]])
def test_a_code_that_repeats_or_is_missing_is_no_key(tmp_path: Path, cells: list[str]) -> None:
    """Nor is the code of a single row."""
    rows = [[cell, "甲"] for cell in cells]
    assert "primaryKey" not in propose_schema(table_of(tmp_path, ["学校代码", "名称"], rows))


def test_a_repeat_far_from_the_first_is_seen(tmp_path: Path) -> None:
    """Keys are looked at over the whole table."""
    rows = [[f"{number:06}", "x"] for number in [*range(12_000), 0]]
    assert "primaryKey" not in propose_schema(table_of(tmp_path, ["编号", "名称"], rows))


@pytest.mark.parametrize(
    ("label", "cells", "constraints"),
    [
        ("学生数", ["12", "880"], {"required": True, "minimum": 0}),
        ("增减数", ["12", "880"], {"required": True}),
        ("学生数", ["12", "-1"], {"required": True}),
        ("经度", ["121.47", "121.5"], {"required": True, "minimum": -180, "maximum": 180}),
        ("lat", ["31.2", "-91"], {"required": True}),
        ("占比(%)", ["3.5", "96.5"], {"required": True, "minimum": 0, "maximum": 100}),
        ("得分", ["3", "99"], {"required": True}),
        ("备注", ["甲", "乙"], {}),
        ("名称", ["甲", ""], {}),
    ],
)
def test_limits_follow_from_the_meaning_not_from_the_data(
    tmp_path: Path, label: str, cells: list[str], constraints: dict[str, Any]
) -> None:
    """Counts are not negative, coordinates and shares have ends; the greatest number of this month is no limit."""
    assert field_of(tmp_path, label, cells).get("constraints", {}) == constraints


def test_ranges_and_coordinates_are_told_apart_from_the_schema(tmp_path: Path) -> None:
    """Whoever completes the description sees them; numbers keep their digits."""
    rows = [["甲", "121.470", "31.2", "2026-01-05", "9"], ["乙", "120.5", "30.9", "2025-12-31", "10"]]
    proposal = propose(table_of(tmp_path, ["站名", "经度", "纬度", "启用日期", "人数"], rows))
    assert proposal.coordinates == ("经度", "纬度")
    assert proposal.ranges == {
        "经度": ("120.5", "121.470"),
        "纬度": ("30.9", "31.2"),
        "启用日期": ("2025-12-31", "2026-01-05"),
        "人数": ("9", "10"),
    }
    assert proposal.rows == 2


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    """Four times the rows of numbers and text take no more memory."""

    def peak(rows: int) -> int:
        table = table_of(tmp_path, ["数值", "名称"], [[str(number), f"名称 {number}"] for number in range(rows)])
        tracemalloc.start()
        propose_schema(table)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(60_000) < 1.2 * peak(15_000)


LABELS = [
    *"编号 行政区划代码 邮编 统一社会信用代码 名称 状态 备注".split(),
    *"日期 更新时间 年份 月份 人数 金额（元） 占比 经度 纬度".split(),
    *"id code lon lat date year count name".split(),
]
CELLS = {
    "integer": st.integers(-(10**16), 10**16).map(str),
    "small": st.integers(0, 300).map(str),
    "four": st.integers(0, 9999).map("{:04}".format),
    "division": st.sampled_from(["110000", "110101", "441900003000", "100000", "110001", "990101", "110101001"]),
    "decimal": st.decimals(-1000, 1000, places=3, allow_nan=False).map(str),
    "day": st.dates().map(str),
    "slashed": st.dates().map(lambda day: f"{day.year:04}/{day.month}/{day.day}"),
    "packed": st.dates().map(lambda day: f"{day.year:04}{day.month:02}{day.day:02}"),
    "moment": st.datetimes().map(lambda moment: moment.isoformat(timespec="seconds")),
    "month": st.dates().map(lambda day: f"{day.year:04}-{day.month:02}"),
    "clock": st.times().map(lambda time: time.isoformat(timespec="seconds")),
    "truth": st.sampled_from(["true", "false", "TRUE", "0", "1"]),
    "grouped": st.integers(-(10**9), 10**9).map("{:,}".format),
    "mark": st.sampled_from(["", "", "-", "无", "N/A", "null", "NaN"]),
    "odd": st.sampled_from(
        [" 1", "1 ", "1_0", "１", "1e3", "inf", "-0", "0x1", "2026-02-30", "24:00:00", "0000", "\n", " "]
    ),
    "text": st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=6),
}


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    """Draw a table whose columns are of one or two kinds, with gaps."""
    labels = draw(st.lists(st.sampled_from(LABELS), min_size=1, max_size=5, unique=True))
    count = draw(st.integers(1, 14))
    columns = []
    for _ in labels:
        kinds = draw(st.lists(st.sampled_from(sorted(CELLS)), min_size=1, max_size=2))
        cells = draw(st.lists(st.one_of(*(CELLS[kind] for kind in kinds)), min_size=count, max_size=count))
        columns.append(cells * draw(st.sampled_from([1, 1, 4])))
    height = min(map(len, columns))
    rows = [list(row) for row in zip(*(column[:height] for column in columns), strict=True)]
    return labels, [row for row in rows if any(row)]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tables())
def test_what_is_proposed_is_true_of_every_row(tmp_path: Path, drawn: tuple[list[str], list[list[str]]]) -> None:
    """Frictionless finds no error in any table under the schema proposed for it, and neither do the check digits."""
    labels, rows = drawn
    table = table_of(tmp_path, labels, rows)
    schema = propose_schema(table)
    assert errors_of(table, schema) == []
    for number, field in enumerate(schema["fields"]):
        missing = field.get("missingValues") or schema.get("missingValues") or [""]
        if "codeFormat" in field:
            fault = FAULTS[field["codeFormat"]]
            assert [row[number] for row in rows if row[number] not in missing and fault(row[number])] == []


@pytest.mark.parametrize(
    ("cells", "delimiter", "type_", "is_asked"),
    [
        (["5", "17", "1.001"], ";", "string", True),
        (["5", "17", "1.001"], ",", "string", True),
        (["12.345", "3.500", "116.397"], ",", "number", True),
        (["12.345", "3.500", "116.397"], ";", "string", True),
        (["12.345", "0.500", "7"], ";", "number", False),
        (["1.5", "1.001"], ";", "number", False),
        (["1500", "1.001"], ";", "number", False),
        (["5", "1,001"], ";", "string", True),
        (["5", "1,001"], ",", "number", False),
        (["1,234,567", "1,001"], ";", "number", False),
        (["5", "17"], ";", "integer", False),
    ],
)
def test_fractions_that_look_like_groups_are_asked_about(
    tmp_path: Path, cells: list[str], delimiter: str, type_: str, is_asked: bool
) -> None:
    """1.001 is one and a bit, or a thousand and one; only where other cells tell is it a number without a question."""
    table = table_of(tmp_path, ["事项", "数值"], [[f"{number}x", cell] for number, cell in enumerate(cells)])
    if delimiter == ";":
        table.path.write_text(
            "事项;数值\n" + "".join(f"{n}x;{cell}\n" for n, cell in enumerate(cells)), encoding="utf-8"
        )
    proposal = propose(replace(table, delimiter=delimiter))
    assert (proposal.schema["fields"][1]["type"], proposal.doubtful_numbers) == (type_, ("数值",) if is_asked else ())


def test_numbers_of_a_workbook_are_never_asked_about(tmp_path: Path) -> None:
    """There a number is one by itself."""
    table = table_of(tmp_path, ["事项", "数值"], [["x", "5"], ["y", "1.001"]])
    proposal = propose(replace(table, format="xlsx"))
    assert (proposal.schema["fields"][1]["type"], proposal.doubtful_numbers) == ("number", ())


def test_the_null_of_databases_is_missing_wherever_it_stands(tmp_path: Path) -> None:
    """In a column of text too, where other signs may be answers."""
    rows = [["1x", "甲", "5", "无"], ["2x", "\\N", "\\N", "\\N"], ["3x", "丙", "-", "-"]]
    schema = propose_schema(table_of(tmp_path, ["事项", "名称", "数", "备注"], rows))
    fields = schema["fields"]
    assert "missingValues" not in schema
    assert [item.get("missingValues") for item in fields] == [None, ["", "\\N"], ["", "-", "\\N"], ["", "\\N"]]
    assert fields[2]["type"] == "integer"
    assert errors_of(table_of(tmp_path, ["事项", "名称", "数", "备注"], rows), schema) == []


@pytest.mark.parametrize(("number", "declared"), [("NULL", ["", "NULL"]), ("6", None)])
def test_null_among_numbers_is_missing_among_words_too(tmp_path: Path, number: str, declared: list[str] | None) -> None:
    """Where only words stand beside it, it may be what they are about."""
    rows = [["1x", "NULL", number], ["2x", "甲", "5"], ["3x", "乙", "7"]]
    assert propose_schema(table_of(tmp_path, ["事项", "名称", "数"], rows)).get("missingValues") == declared
