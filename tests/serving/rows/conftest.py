"""A catalogue whose tables are asked for rows: odd names of columns, months of one shape, tables to look through."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from explored_tables import write_catalogue
from flask.testing import FlaskClient
from support import FIXTURES, build_folder

from portal.serving.app import create_app

ODD = """
name: odd
title: 奇怪的列名
catalogue: {themes: [traffic]}
licenses: [{name: CC0-1.0}]
resources:
  - name: odd
    title: 怪表
    path: odd.csv
    schema:
      fields:
        - {name: _id, type: integer}
        - {name: limit, type: integer}
        - {name: sort, type: string}
        - {name: 年份(年), type: year}
        - {name: x__gte, type: string}
        - {name: "a.b", type: number}
        - {name: "c,d", type: string}
        - {name: 有 空格, type: datetime}
  - {name: notes, title: 说明, path: notes.txt}
  - {name: elsewhere, title: 别处, path: "https://example.org/data.csv"}
"""
ODD_ROWS = [
    ["_id", "limit", "sort", "年份(年)", "x__gte", "a.b", "c,d", "有 空格"],
    ["7", "1", "=1+1", "2024", "p", "1.50", "甲,乙", "2025-01-31T08:00:00"],
    ["8", "2", "𠮷野", "2025", "q", "-2", "", "2025-01-31T23:30:00"],
    ["9", "3", "+86", "", "", "", '"', "2025-02-01T00:00:00"],
]

WRITTEN_OTHERWISE = """
name: written-otherwise
title: 写法不同的日期
catalogue: {themes: [traffic]}
licenses: [{name: CC0-1.0}]
resources:
  - name: dashes
    title: 连字符
    path: dashes.csv
    schema: {fields: [{name: 日期, type: date}, {name: 月份, type: yearmonth}]}
  - name: slashes
    title: 斜线
    path: slashes.csv
    schema: {fields: [{name: 日期, type: date, format: "%Y/%m/%d"}, {name: 月份, type: yearmonth}]}
"""

MONTHLY = """
name: monthly
title: 每月站点
catalogue: {themes: [environment]}
licenses: [{name: CC0-1.0}]
resources:
"""
MONTH = """
  - name: "{month}"
    title: "{month}"
    path: "{month}.csv"
    schema:
      fields: [{{name: 站点, type: string}}, {{name: 日期, type: date}}, {{name: 浓度, type: number}}]
"""
MONTHS = ("2025-01", "2025-02", "2025-03")
QUARTERLY = """
name: quarterly
title: 每季用水
catalogue: {themes: [environment]}
licenses: [{name: CC0-1.0}]
resources:
  - {name: kinds, title: 用途, path: kinds.csv, schema: {fields: [{name: 代码, type: string}]}}
"""
QUARTER = """
  - name: {name}
    title: {title}
    path: {name}.csv
    schema: {{fields: [{{name: 用途, type: string}}, {{name: 水量, type: integer}}]}}
"""
QUARTERS = {"b": "2025年04月起的季度", "c": "2025年01月起的季度", "a": "2024年10月起的季度"}
"""Tables of one shape beside one of another; their titles tell when, their names do not."""


def written(rows: list[list[str]]) -> str:
    """Return rows as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def months(number: int) -> list[list[str]]:
    """Return the rows of a month."""
    days = [
        ["徐汇", f"{MONTHS[number]}-01", f"{10 * number + 5}"],
        ["静安", f"{MONTHS[number]}-15", f"{10 * number + 0.5}"],
    ]
    return [["站点", "日期", "浓度"], *days]


@pytest.fixture(scope="session")
def rows_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogue, with the tiny one in it."""
    folder = tmp_path_factory.mktemp("rows") / "datasets"
    shutil.copytree(FIXTURES / "tiny", folder)
    odd, monthly, otherwise = (folder / "transport" / name for name in ("odd", "monthly", "written-otherwise"))
    for made in (odd, monthly, otherwise):
        made.mkdir()
    (otherwise / "datapackage.yaml").write_text(WRITTEN_OTHERWISE, encoding="utf-8")
    (otherwise / "dashes.csv").write_text(written([["日期", "月份"], ["2025-01-02", "2024-05"]]), encoding="utf-8")
    (otherwise / "slashes.csv").write_text(written([["日期", "月份"], ["2025/01/02", "2024-05"]]), encoding="utf-8")
    (odd / "datapackage.yaml").write_text(ODD, encoding="utf-8")
    (odd / "odd.csv").write_text(written(ODD_ROWS), encoding="utf-8")
    (odd / "notes.txt").write_text("说明\n", encoding="utf-8")
    quarterly = folder / "transport" / "quarterly"
    quarterly.mkdir()
    declared = "".join(QUARTER.format(name=name, title=title) for name, title in QUARTERS.items())
    (quarterly / "datapackage.yaml").write_text(QUARTERLY + declared, encoding="utf-8")
    (quarterly / "kinds.csv").write_text("代码\nK1\n", encoding="utf-8")
    for number, name in enumerate(QUARTERS):
        (quarterly / f"{name}.csv").write_text(
            written([["用途", "水量"], ["居民", str(number)], ["工业", ""]]), encoding="utf-8"
        )
    resources = "".join(MONTH.format(month=month) for month in MONTHS)
    (monthly / "datapackage.yaml").write_text(MONTHLY + resources, encoding="utf-8")
    write_catalogue(folder)
    for number, month in enumerate(MONTHS):
        (monthly / f"{month}.csv").write_text(written(months(number)), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def rows_release(rows_folder: Path) -> Path:
    """A release of the catalogue; tests only read it."""
    release = build_folder(rows_folder, rows_folder.parent / "build")
    assert release.folder is not None
    return release.folder


@pytest.fixture(scope="session")
def row_client(rows_release: Path) -> FlaskClient:
    """A client of the app that serves it."""
    return create_app(rows_release).test_client()
