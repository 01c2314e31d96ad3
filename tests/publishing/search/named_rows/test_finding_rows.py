"""Rows that a question names, found in what a build publishes."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made_published import published, table

from portal.model.limits import Limits
from portal.model.table_profile import TableProfile
from portal.publishing.publication import PublishedDataset, PublishedFile, PublishedResource
from portal.publishing.rows.row_stores import RowStores
from portal.publishing.rows.store_step import store_rows
from portal.publishing.search.named_rows.finding_rows import ALIKE_MAX, NamedRows
from portal.publishing.search.named_rows.name_index import FILE_NAME, write_named_rows

LINES = (
    ["线路编号", "线路名称", "首班时间", "末班时间", "票价"],
    [
        ["X1", "1路", "06:00", "22:00", "2"],
        ["X6", "6路", "06:10", "21:30", "2"],
        ["X16", "16路", "05:00", "22:15", "3"],
    ],
    {"primaryKey": "线路编号"},
)
KINDS = (["代码", "名称"], [["XX", "小学"], ["ZX", "中学"]], {"primaryKey": "代码"})
SCHOOLS = (
    ["学校名称", "类型", "班级数"],
    [["甲区人民路小学", "XX", "30"], ["乙区实验中学", "ZX", "40"], ["人民路小学", "XX", "12"]],
    {"foreignKeys": [{"fields": "类型", "reference": {"resource": "kinds", "fields": "代码"}}]},
)
Table = tuple[list[str], list[list[str]], dict[str, Any]]


def resource(site: Path, dataset: str, name: str, content: Table) -> PublishedResource:
    """Publish a table of texts below *site*."""
    headings, rows, schema = content
    path = f"data/{dataset}/{name}.csv"
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    with (site / path).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\r\n").writerows([headings, *rows])
    fields = [{"name": heading, "type": "string"} for heading in headings]
    made = table(
        PublishedFile(path, "csv", "text/csv", 1, "0" * 64, f"{name}.csv"),
        name=name,
        profile=TableProfile(len(rows), ()),
    )
    return replace(made, table_schema={"fields": fields, **schema})


def released(folder: Path, limits: Limits | None = None, **datasets: dict[str, Table]) -> tuple[NamedRows, list[Any]]:
    """Publish datasets of tables, store their rows, index their names; return both."""
    limits = limits or Limits()
    site = folder / "site"
    made: list[PublishedDataset] = []
    for name, tables in sorted(datasets.items()):
        made.append(published(*(resource(site, name, key, item) for key, item in tables.items()), name=name))
    store_rows(made, site, folder / "rows", limits, jobs=1)
    findings = write_named_rows(made, site, folder / "search" / FILE_NAME, limits)
    return NamedRows(folder / "search", RowStores(folder / "rows")), findings


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> NamedRows:
    """Lines of buses, and schools with their kinds."""
    folder = tmp_path_factory.mktemp("release")
    return released(folder, lines={"lines": LINES}, schools={"kinds": KINDS, "schools": SCHOOLS})[0]


def found(names: NamedRows, *asked: str) -> list[tuple[str, int, str]]:
    """Return table, row and title of what is found."""
    return [(item.resource, item.row, item.title) for item in names.rows_for(asked)]


def test_a_name_is_found_in_a_question(names: NamedRows) -> None:
    """16路末班车 means the line 16路, and neither 6路 nor 1路."""
    assert found(names, "16路末班车") == [("lines", 4, "16路")]


def test_the_rest_of_the_question_chooses_the_cells(names: NamedRows) -> None:
    """What the question asks of the thing stands first, then the first columns."""
    (row,) = names.rows_for(["16路末班车"])
    assert row.cells == (
        ("末班时间", "22:15"),
        ("线路编号", "X16"),
        ("线路名称", "16路"),
        ("首班时间", "05:00"),
        ("票价", "3"),
    )


def test_other_wordings_choose_cells_too(names: NamedRows) -> None:
    """Words that mean what was asked find the column."""
    (row,) = names.rows_for(["16路", "几点收车"], ["末班"])
    assert row.cells[0] == ("末班时间", "22:15")


def test_a_part_of_names_finds_them(names: NamedRows) -> None:
    """The name that is asked for whole comes before those it is a part of."""
    assert found(names, "人民路小学") == [("schools", 4, "人民路小学"), ("schools", 2, "甲区人民路小学")]


def test_the_beginning_or_the_end_of_a_question_may_be_a_part_of_a_name(names: NamedRows) -> None:
    """It is looked for where the whole question is a part of none, and must be half of what was asked."""
    assert found(names, "实验中学有多少班") == [("schools", 3, "乙区实验中学")]
    assert found(names, "招生的实验中学") == [("schools", 3, "乙区实验中学")]
    assert found(names, "明年秋天要扩招学生的实验中学") == []


def test_codes_are_shown_with_their_names(names: NamedRows) -> None:
    """A foreign key shows what the table it leads to calls it."""
    (row,) = names.rows_for(["乙区实验中学"])
    assert row.cells == (("学校名称", "乙区实验中学"), ("类型", "中学"), ("班级数", "40"))


@pytest.mark.parametrize("asked", ["", "路", "天气怎么样", "民路", "X", "\x00", "“”", "路" * 500, "%_*\"'"])
def test_what_names_nothing_finds_no_row(names: NamedRows, asked: str) -> None:
    """Nothing, one character, other things, signs and very long texts answer with no row."""
    assert found(names, asked) == []


def test_a_name_in_a_long_question_is_no_answer_to_it(names: NamedRows) -> None:
    """A name that covers less than half of what is asked answers only for a column of its table."""
    assert found(names, "6路附近几家便宜的餐馆和超市") == []


def test_traditional_characters_and_full_width_find_names(names: NamedRows) -> None:
    """Names are compared folded, as words of searches are."""
    assert found(names, "１６路") == [("lines", 4, "16路")]
    assert found(names, "乙區實驗中學") == [("schools", 3, "乙区实验中学")]


def test_a_kind_of_thing_names_none(tmp_path: Path) -> None:
    """What very many rows are called does not answer with some of them."""
    many: Table = (["站名"], [[f"第{number}中心小学"] for number in range(ALIKE_MAX + 1)], {})
    names, _ = released(tmp_path, many={"many": many})
    assert found(names, "中心小学") == []
    assert found(names, "第7中心小学") == [("many", 9, "第7中心小学")]


def test_a_table_over_the_bound_is_left_out_and_told_of(tmp_path: Path) -> None:
    """No row of it is found, and a finding says which bound to raise."""
    names, findings = released(tmp_path, Limits(named_rows_table_max=2), lines={"lines": LINES, "kinds": KINDS})
    assert found(names, "16路") == []
    assert found(names, "小学") == [("kinds", 2, "小学")]
    assert [(item.code, item.resource) for item in findings] == [("names-left-out", "lines")]


def test_the_smallest_tables_come_first(tmp_path: Path) -> None:
    """The bound of the portal leaves the largest tables out."""
    names, findings = released(tmp_path, Limits(named_rows_portal_max=4), a={"lines": LINES}, b={"kinds": KINDS})
    assert found(names, "小学") == [("kinds", 2, "小学")]
    assert [(item.dataset, item.resource) for item in findings] == [("a", "lines")]


def test_an_index_is_the_same_each_time(tmp_path: Path) -> None:
    """Equal tables give an equal file."""
    for name in ("one", "two"):
        released(tmp_path / name, lines={"lines": LINES})
    files = [(tmp_path / name / "search" / FILE_NAME).read_bytes() for name in ("one", "two")]
    assert files[0] == files[1]


def test_a_release_without_an_index_answers_with_no_row(tmp_path: Path) -> None:
    """A release of an earlier version finds nothing."""
    assert found(NamedRows(tmp_path, RowStores(tmp_path / "rows")), "16路") == []


def test_a_dataset_answers_with_a_thing_once(tmp_path: Path) -> None:
    """A map with the same names as the table adds nothing; the table with more columns is shown."""
    short: Table = (["线路名称"], [["16路"]], {})
    names, _ = released(tmp_path, lines={"a-map": short, "lines": LINES})
    assert found(names, "16路") == [("lines", 4, "16路")]
