"""Which columns of a table name its rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from stored_rows import source

from portal.publishing.search.named_rows.name_columns import name_columns


def named(folder: Path, fields: Sequence[Any], rows: Sequence[Sequence[str]], **schema: Any) -> list[str]:
    """Return the columns that name the rows of such a table, codes with a star."""
    table = source(folder, "t", fields, rows, **schema)
    return [f"{column.name}{'*' * column.is_code}" for column in name_columns(table, rows)]


def test_a_column_called_a_name_names_the_rows(tmp_path: Path) -> None:
    """Text whose heading ends like a name does, and which most rows have their own of."""
    rows = [["甲街", "西门站", "1"], ["甲街", "东门站", "2"]]
    assert named(tmp_path, [("所在道路", "string"), ("站名", "string"), ("泊位", "integer")], rows) == ["站名"]


def test_a_title_calls_a_column_a_name(tmp_path: Path) -> None:
    """The title of a field counts like its name."""
    fields = [{"name": "a", "type": "string", "title": "图书馆名称"}, {"name": "b", "type": "string"}]
    assert named(tmp_path, fields, [["总馆", "远"], ["分馆", "远"]]) == ["a"]


def test_what_is_repeated_in_most_rows_names_none(tmp_path: Path) -> None:
    """A line of buses that stands in each month does not tell rows apart."""
    rows = [["1路", f"2026-{month:02}"] for month in range(1, 11)]
    assert named(tmp_path, [("线路名称", "string"), ("月份", "yearmonth")], rows) == []


def test_names_that_some_rows_share_are_names(tmp_path: Path) -> None:
    """Two car parks of one road may be called alike."""
    rows = [["甲路停车场", "1"], ["甲路停车场", "2"], ["乙路停车场", "3"]]
    assert named(tmp_path, [("停车场名称", "string"), ("车位数", "integer")], rows) == ["停车场名称"]


def test_a_declared_column_wins(tmp_path: Path) -> None:
    """The field that says so by its rich type is the only name."""
    fields = [{"name": "题", "type": "string", "rdfType": "https://schema.org/name"}, ("单位名称", "string")]
    assert named(tmp_path, fields, [["甲", "乙"], ["甲", "丙"]]) == ["题"]


def test_names_of_people_are_never_names(tmp_path: Path) -> None:
    """A column of people's names is not indexed, even where it is declared."""
    fields = [
        {"name": "法定代表人姓名", "type": "string", "rdfType": "https://schema.org/name"},
        ("联系人", "string"),
        {"name": "x", "type": "string", "title": "Contact person"},
    ]
    assert named(tmp_path, fields, [["甲某", "乙某", "丙某"], ["丁某", "戊某", "己某"]]) == []


def test_a_key_with_digits_is_a_code(tmp_path: Path) -> None:
    """The only column of the primary key, and a unique one, are found whole where they have digits."""
    fields = [
        ("编号", "string"),
        {"name": "证号", "type": "string", "constraints": {"unique": True}},
        ("季节", "string"),
    ]
    rows = [["A1", "Z9", "春"], ["A2", "Z8", "春"]]
    assert named(tmp_path, fields, rows, primaryKey="编号") == ["编号*", "证号*"]


def test_short_chinese_texts_that_all_differ_are_names(tmp_path: Path) -> None:
    """Without a column that is called a name, one is found by its values; long texts are none."""
    rows = [["苹果", "一种水果，" * 10], ["白菜", "一种蔬菜，" * 10]]
    assert named(tmp_path, [("商品", "string"), ("介绍", "string")], rows) == ["商品"]


def test_a_foreign_key_is_no_name(tmp_path: Path) -> None:
    """A column that leads to another table names the rows of that one."""
    keys = [{"fields": "站点", "reference": {"resource": "u", "fields": "站点"}}]
    assert named(tmp_path, [("站点", "string")], [["西门"], ["东门"]], foreignKeys=keys) == []
