"""Types survive in each format: what openpyxl, pandas and DuckDB read is what the schema says."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas
import pytest
from published import publish

from portal.publishing.files.sheet_file import sheet_title

SCHEMA = (
    "{fields: [{name: 代码, type: string}, {name: 号码, type: string}, {name: 人数, type: integer},"
    " {name: 比率, type: number}, {name: 大数, type: integer}, {name: 日期, type: date}, {name: 时间, type: datetime},"
    " {name: 带时区, type: datetime}, {name: 有, type: boolean}]}"
)
TABLE = (
    "代码,号码,人数,比率,大数,日期,时间,带时区,有\n"
    "0001,12345678901234567890,7,0.25,999999999999999,2026-01-31,2026-01-31T08:30:05,2026-01-31T08:30:05+08:00,true\n"
    "1E5,=1+1,,,1234567890123456,1899-12-31,1899-12-31T00:00:00,,false\n"
)


@pytest.fixture
def data(write_dataset: Callable[..., Path], tmp_path: Path) -> Path:
    """The folder with a table of many types in every format."""
    root = write_dataset(
        f"name: made\nresources: [{{name: stations-of-the-whole-city-by-street, path: t.csv, schema: {SCHEMA}}}]\n",
        t__csv=TABLE,
    )
    publish(root, tmp_path)
    return tmp_path / "data" / "made"


def file(data: Path, ending: str) -> Path:
    """Return the table in one format."""
    return data / f"stations-of-the-whole-city-by-street.{ending}"


def test_a_spreadsheet_holds_codes_as_text_and_days_as_days(data: Path) -> None:
    """Values and formats of the cells: text is marked as text, days and times are dates, long numbers are text."""
    book = openpyxl.load_workbook(file(data, "xlsx"))
    (sheet,) = book.worksheets
    cells = [[(cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows()]
    text, number, day, time = "@", "General", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
    assert sheet.title == "stations-of-the-whole-city-by-s"
    assert {format_ for _, format_ in cells[0]} == {text}
    assert cells[1:] == [
        [
            ("0001", text),
            ("12345678901234567890", text),
            (7, number),
            (0.25, number),
            (999999999999999, number),
            (datetime(2026, 1, 31), day),
            (datetime(2026, 1, 31, 8, 30, 5), time),
            ("2026-01-31T08:30:05+08:00", text),
            (True, number),
        ],
        [
            ("1E5", text),
            ("=1+1", text),
            (None, number),
            (None, number),
            ("1234567890123456", text),
            ("1899-12-31", text),
            ("1899-12-31T00:00:00", text),
            (None, number),
            (False, number),
        ],
    ]


def test_pandas_reads_a_spreadsheet_as_it_is_meant(data: Path) -> None:
    """By the name of its sheet, moments as moments; of codes pandas must be told, for it reads digits as numbers."""
    codes = {"代码": str, "号码": str, "大数": str}
    frame = pandas.read_excel(file(data, "xlsx"), sheet_name="stations-of-the-whole-city-by-s", dtype=codes)
    assert frame.iloc[0].tolist()[:5] == ["0001", "12345678901234567890", 7, 0.25, "999999999999999"]
    assert frame.iloc[0]["时间"] == datetime(2026, 1, 31, 8, 30, 5)


def test_json_keeps_types(data: Path) -> None:
    """Text, numbers with all their digits, true and false, and null; days and moments as text in ISO 8601."""
    first, second = json.loads(file(data, "json").read_text(encoding="utf-8"), parse_float=Decimal)
    assert first == {
        "代码": "0001",
        "号码": "12345678901234567890",
        "人数": 7,
        "比率": Decimal("0.25"),
        "大数": 999999999999999,
        "日期": "2026-01-31",
        "时间": "2026-01-31T08:30:05",
        "带时区": "2026-01-31T08:30:05+08:00",
        "有": True,
    }
    assert (second["人数"], second["大数"], second["带时区"]) == (None, 1234567890123456, None)


def test_parquet_is_typed(data: Path) -> None:
    """DuckDB finds the types of the schema; a moment with a zone stays text, so that the zone is kept."""
    relation = duckdb.connect(":memory:").from_parquet(str(file(data, "parquet")))
    rows: list[tuple[Any, ...]] = relation.fetchall()
    types = "VARCHAR VARCHAR BIGINT DOUBLE BIGINT DATE TIMESTAMP VARCHAR BOOLEAN".split()
    assert [str(type_) for type_ in relation.types] == types
    assert rows[0] == (
        "0001",
        "12345678901234567890",
        7,
        0.25,
        999999999999999,
        date(2026, 1, 31),
        datetime(2026, 1, 31, 8, 30, 5),
        "2026-01-31T08:30:05+08:00",
        True,
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("stops", "stops"),
        ("a" * 40, "a" * 31),
        ("a:b/c\\d?e*f[g]", "a_b_c_d_e_f_g_"),
        ("'quoted'", "quoted"),
        ("history", "history_"),
        ("", "data"),
        ("'", "data"),
        ("站点", "站点"),
    ],
)
def test_every_name_makes_a_name_of_a_sheet(name: str, expected: str) -> None:
    """What spreadsheet programs refuse in the name of a sheet is put differently."""
    assert sheet_title(name) == expected
