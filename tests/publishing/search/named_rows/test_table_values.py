"""The values in open tables by which a dataset may be meant: short words, of columns that repeat or are few."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from made_published import published, table

from portal.examining.profiling.column_profiles import TableProfiler
from portal.publishing.publication import PublishedFile, PublishedResource
from portal.publishing.search.named_rows import table_values as limits
from portal.publishing.search.named_rows.table_values import table_values


def resource(site: Path, rows: list[list[str]], name: str = "prices") -> PublishedResource:
    """Publish a table of texts, the header first, below *site*."""
    path = f"data/{name}.csv"
    (site / "data").mkdir(exist_ok=True)
    with (site / path).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\r\n").writerows(rows)
    profiler = TableProfiler(rows[0], ["string"] * len(rows[0]))
    for row in rows[1:]:
        profiler.add([cell or None for cell in row], row)
    made = table(
        PublishedFile(path, "csv", "text/csv", 1, "0" * 64, f"{name}.csv"), name=name, profile=profiler.profile()
    )
    return replace(made, table_schema={"fields": [{"name": heading, "type": "string"} for heading in rows[0]]})


def values(site: Path, *rows: list[str]) -> tuple[str, ...]:
    """Return the values of a dataset of one table."""
    made = published(resource(site, list(rows)), name="prices")
    return table_values([made], site).get("prices", ())


def test_products_are_values_and_numbers_dates_and_codes_are_none(tmp_path: Path) -> None:
    """Each once, the columns with the fewest different ones first."""
    found = values(
        tmp_path,
        ["品种", "类别", "价格", "日期", "编号"],
        ["鸡蛋", "肉蛋奶", "9.8", "2026年3月", "A-01"],
        ["带鱼", "水产品", "31", "2026年4月", "A-02"],
        ["草鱼", "水产品", "16", "2026年5月", "A-03"],
        ["其他", "", "1", "2026年6月", "A-04"],
    )
    assert found == ("肉蛋奶", "水产品", "鸡蛋", "带鱼", "草鱼")


def test_a_cell_of_several_words_is_each_of_them(tmp_path: Path) -> None:
    """What stands between them divides, in English too; a sentence is no word."""
    found = values(
        tmp_path, ["科室", "备注"], ["内科、儿科", "周一停诊。"], ["儿科；眼科", "请先预约！"], ["fresh milk, eggs", ""]
    )
    assert found == ("内科", "儿科", "眼科", "fresh milk", "eggs")


@pytest.mark.parametrize("heading", ["姓名", "法定代表人", "contact"])
def test_columns_of_people_are_left_out(heading: str, tmp_path: Path) -> None:
    """By their heading, whatever they hold."""
    assert values(tmp_path, [heading, "工种"], ["鸡蛋大王", "厨师"], ["带鱼大王", "会计"]) == ("厨师", "会计")


def test_names_of_people_are_left_out_under_any_heading(tmp_path: Path) -> None:
    """Most of the values begin with a usual surname and are as long as a name."""
    rows = [["王小明", "厨师"], ["李四", "会计"], ["赵建国", "厨师"], ["外聘人员", "会计"]]
    assert values(tmp_path, ["获奖者", "工种"], *rows) == ("厨师", "会计")


def test_a_column_of_very_many_values_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its rows answer themselves."""
    monkeypatch.setattr(limits, "COLUMN_VALUES_MAX", 2)
    rows = [["苹果园店", "水果"], ["香蕉园店", "水果"], ["橙子园店", "蔬菜"]]
    assert values(tmp_path, ["店", "种类"], *rows) == ("水果", "蔬菜")


def test_a_dataset_has_so_many_values_of_whole_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A column that would be too much is left out, not cut."""
    monkeypatch.setattr(limits, "DATASET_VALUES_MAX", 4)
    rows = [["苹果园店", "水果"], ["香蕉园店", "水果"], ["橙子园店", "蔬菜"]]
    assert values(tmp_path, ["店", "种类"], *rows) == ("水果", "蔬菜")


def test_the_smallest_datasets_come_first_where_a_catalogue_has_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others have none at all."""
    monkeypatch.setattr(limits, "CATALOGUE_VALUES_MAX", 4)
    few = published(resource(tmp_path, [["品种"], ["鸡蛋"]], "few"), name="few")
    many = published(resource(tmp_path, [["品种"], *([f"{sign}鱼"] for sign in "带草鲤鲫")], "many"), name="many")
    assert table_values([many, few], tmp_path) == {"few": ("鸡蛋",)}


def test_what_is_not_published_gives_no_values(tmp_path: Path) -> None:
    """A planned table and one that is kept back have no file that is read."""
    kept_back = replace(resource(tmp_path, [["品种"], ["鸡蛋"]]), files=())
    assert table_values([published(kept_back, name="prices")], tmp_path) == {}


def test_a_long_table_is_read_no_further_than_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands only behind it is not among the values."""
    monkeypatch.setattr(limits, "ROWS_READ_MAX", 2)
    assert values(tmp_path, ["品种"], ["鸡蛋"], ["带鱼"], ["草鱼"]) == ("鸡蛋", "带鱼")
