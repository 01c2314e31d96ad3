"""The header of a text: Excel's line sep=, line breaks in names, names in another Unicode form."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Literal

import pytest
from understood import understood


@pytest.mark.parametrize(
    ("hint", "delimiter"),
    [("sep=;", ";"), ("SEP=|", "|"), ('"sep=;"', ";"), ("sep=,", ","), ("sep=\t", "\t"), ("sep=;;", ";")],
)
def test_the_line_that_tells_excel_the_delimiter_is_no_data(tmp_path: Path, hint: str, delimiter: str) -> None:
    """It is neither header nor title, and it says what divides the cells."""
    text = (
        f"{hint}\n编号,金额\n1,3\n2,4\n".replace(",", delimiter) if hint != "sep=," else "sep=,\n编号,金额\n1,3\n2,4\n"
    )
    made = understood(tmp_path, {"t.csv": text})
    assert (made.whole.delimiter, made.whole.header_row, made.whole.labels) == (delimiter, 2, ("编号", "金额"))
    assert made.rows == [(3, ["1", "3"]), (4, ["2", "4"])]
    assert "title" not in [item.what for item in made.whole.decisions]


def test_a_column_may_be_named_sep(tmp_path: Path) -> None:
    """Only a line that names a sign and nothing else is a hint."""
    assert understood(tmp_path, {"t.csv": "sep,oct\n1,2\n"}).whole.labels == ("sep", "oct")


def test_a_line_break_in_a_name_is_joined_and_told(tmp_path: Path) -> None:
    """The text has the joined names in its header; the rest stays as it is."""
    made = understood(tmp_path, {"t.csv": '编号,"人口\n（万人）","名\r\n称"\n1,5,"a\nb"\n'})
    assert (made.whole.labels, made.rows) == (("编号", "人口（万人）", "名称"), [(2, ["1", "5", "a\nb"])])
    assert made.text == '编号,人口（万人）,名称\n1,5,"a\nb"\n'
    assert [(item.code, item.row, item.column) for item in made.findings] == [
        ("label-line-break", 1, 2),
        ("label-line-break", 1, 3),
    ]


def test_a_name_that_the_schema_has_with_its_line_break_stays(tmp_path: Path) -> None:
    """The publisher described the column under that name."""
    made = understood(tmp_path, {"t.csv": 'a,"b\nc"\n1,2\n'}, schema={"fields": [{"name": "a"}, {"name": "b\nc"}]})
    assert (made.whole.labels, made.findings) == (("a", "b\nc"), ())


@pytest.mark.parametrize(("there", "here"), [("NFD", "NFC"), ("NFC", "NFD")])
def test_names_that_differ_only_in_their_form_match(
    tmp_path: Path, there: Literal["NFC", "NFD"], here: Literal["NFC", "NFD"]
) -> None:
    """A Mac writes é in two characters; the name is that of the schema."""
    names = [unicodedata.normalize(here, name) for name in ("Numéro", "ガス量")]
    text = unicodedata.normalize(there, "Numéro,ガス量\n1,2\n")
    made = understood(tmp_path, {"t.csv": text}, schema={"fields": [{"name": name} for name in names]})
    assert (made.whole.labels, made.findings) == (tuple(names), ())


def test_without_a_schema_names_are_composed(tmp_path: Path) -> None:
    """So that they are found by what people type."""
    assert understood(tmp_path, {"t.csv": "Nume\u0301ro,b\n1,2\n"}).whole.labels == ("Numéro", "b")


def test_blanks_around_names_are_none_of_them(tmp_path: Path) -> None:
    """Neither in a draft nor when it is checked; names that differ in nothing else are the same."""
    made = understood(tmp_path, {"t.csv": " 编号 , 名称,数\t\n1,甲,5\n"})
    assert (made.whole.labels, made.rows) == (("编号", "名称", "数"), [(2, ["1", "甲", "5"])])


@pytest.mark.parametrize("above", ["\n\n", ",\n", "# 2026 年导出\n", "# 导出\n# 系统：甲\n\n"])
def test_blank_rows_and_remarks_above_the_header_are_no_data(tmp_path: Path, above: str) -> None:
    """As programs write them before a table."""
    made = understood(tmp_path, {"t.csv": above + "编号,名称\n1,甲\n2,乙\n3,丙\n"})
    assert (made.whole.labels, made.findings) == (("编号", "名称"), ())
    assert [cells for _, cells in made.rows] == [["1", "甲"], ["2", "乙"], ["3", "丙"]]


def test_a_name_may_begin_with_a_hash_sign(tmp_path: Path) -> None:
    """A row as wide as the table is its header."""
    assert understood(tmp_path, {"t.csv": "#,名称\n1,甲\n2,乙\n"}).whole.labels == ("#", "名称")
