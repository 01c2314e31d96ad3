"""What may have been read as another table than was meant is asked about, and honest tables are not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from understood import understood


def codes(tmp_path: Path, text: str, name: str = "t.csv", **entry: Any) -> list[tuple[str, int | None]]:
    """Return code and row of what was found."""
    return [(code, row) for code, row, _ in understood(tmp_path, {name: text}, **entry).codes]


@pytest.mark.parametrize("sign", ["~", "^", "，", "、", "｜", ":", "\x01", "   "])
def test_a_sign_that_divides_all_rows_may_be_the_delimiter(tmp_path: Path, sign: str) -> None:
    """A table of one column, whose header and rows have as many pieces, is asked about."""
    text = "编号,名称,数\n1,甲,5\n2,乙,6\n".replace(",", sign)
    assert codes(tmp_path, text) == [("delimiter-doubtful", 1)]


@pytest.mark.parametrize(
    ("name", "text"),
    [("t.csv", '"a,b"\n"1,2"\n"3,4"\n'), ("t.tsv", "a,b\n1,2\n3,4\n"), ("t.csv", "a;b;c\n1,2,3\n4,5,6\n")],
)
def test_a_table_of_one_column_whose_cells_are_rows_is_asked_about(tmp_path: Path, name: str, text: str) -> None:
    """Lines that are quoted as a whole, commas in a file of tabs, a header divided otherwise."""
    assert ("delimiter-doubtful", 1) in codes(tmp_path, text, name)


@pytest.mark.parametrize(
    "text",
    ["时间\n8:00\n9:00\n", "名称、别名\n甲\n乙、丙\n", "Full name\nA B\nC D\n", "编号\n1\n2\n", "a:b,c\n1:2,3\n"],
)
def test_a_column_of_its_own_is_no_doubt(tmp_path: Path, text: str) -> None:
    """Neither are signs that only the cells have, nor those in a table of several columns."""
    assert codes(tmp_path, text) == []


def test_a_declared_delimiter_is_no_doubt(tmp_path: Path) -> None:
    """A person has said what divides the cells."""
    assert codes(tmp_path, "a~b\n1~2\n3~4\n", dialect={"delimiter": ","}) == []


@pytest.mark.parametrize("second", ["编号,名称,人数", ",,人", "ID,,persons"])
def test_names_below_the_names_are_told(tmp_path: Path, second: str) -> None:
    """In another language or as units, where at least two columns hold numbers below."""
    rows = "1,5,6\n2,7,8\n3,9,10\n"
    expected = [] if second == ",,人" else [("second-header", 2)]
    assert codes(tmp_path, f"id,n,count\n{second}\n{rows}") == expected
    assert codes(tmp_path, f"站,温度,风速\n,℃,m/s\n{rows}") == [("second-header", 2)]
    assert codes(tmp_path, f"站,男,女\n,人,人\n{rows}") == [("second-header", 2)]


@pytest.mark.parametrize("first", ["甲,无,—", "甲,停运,3", "甲,未统计,未统计", "甲,x,", "甲,未设立,未设立"])
def test_a_record_without_numbers_is_no_header(tmp_path: Path, first: str) -> None:
    """A first record that lacks its figures says so in usual words, or only in one column."""
    assert codes(tmp_path, f"站,数,量\n{first}\n乙,1,2\n丙,3,4\n丁,5,6\n") == []


def test_data_taken_for_names_stay_a_doubt_when_they_are_drafted(tmp_path: Path) -> None:
    """A schema of numbers is what a draft makes of them; one of text, or a declared header, confirms the names."""
    text, names = "1,5\n2,6\n", ("1", "5")
    drafted = {"fields": [{"name": name, "type": "integer"} for name in names]}
    confirmed = {"fields": [{"name": name, "type": "string"} for name in names]}
    assert codes(tmp_path, text, schema=drafted) == [("header-doubtful", 1)]
    assert codes(tmp_path, text, schema=confirmed) == []
    assert codes(tmp_path, text, schema=drafted, dialect={"headerRows": [1]}) == []
