"""Rows and columns that are empty to the last cell are set apart, told once, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest
from understood import understood

from portal.examining.reading.text import surplus


@pytest.mark.parametrize("blank", [",,\n", '"","",""\r\n', "\n", " , ,\t\n"])
@pytest.mark.parametrize("count", [1, 40])
def test_blank_rows_at_the_end_are_no_data(tmp_path: Path, blank: str, count: int) -> None:
    """As spreadsheet programs save rows that are formatted: left out, with one note for all."""
    made = understood(tmp_path, {"t.csv": "编号,名称,数\n1,甲,5\n2,乙,6\n" + blank * count})
    assert made.rows == [(2, ["1", "甲", "5"]), (3, ["2", "乙", "6"])]
    assert [(item.code, item.severity, item.row) for item in made.findings] == [("blank-rows-left-out", "info", 4)]


@pytest.mark.parametrize("piece", [1, 7, 1024])
def test_the_end_is_found_over_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: int) -> None:
    """However long the blank end is."""
    monkeypatch.setattr(surplus, "PIECE_BYTES", piece)
    made = understood(tmp_path, {"t.csv": "a,b\n1,\n" + ",\n" * 30})
    assert (made.rows, made.codes) == ([(2, ["1", ""])], [("blank-rows-left-out", 3, None)])


def test_a_blank_end_within_a_quoted_cell_is_part_of_it(tmp_path: Path) -> None:
    """The text that it closes is data."""
    made = understood(tmp_path, {"t.csv": 'a,b\n1,"x\n\n"\n'})
    assert (made.rows, made.findings) == ([(2, ["1", "x\n\n"])], ())


def test_each_part_may_end_in_blank_rows(tmp_path: Path) -> None:
    """They are told in their file."""
    made = understood(tmp_path, {"a.csv": "a,b\n1,2\n,\n", "b.csv": "a,b\n3,4\n,\n"})
    assert [cells for _, cells in made.rows] == [["1", "2"], ["3", "4"]]
    assert [(item.code, item.file, item.row) for item in made.findings] == [
        ("blank-rows-left-out", "made/a.csv", 3),
        ("blank-rows-left-out", "made/b.csv", 3),
    ]


@pytest.mark.parametrize(
    "text",
    ["A|B|C|\n1|2|3|\n4|5|6|\n", "A|B|C||\n1|2|3||\n4|5|6||\n", "A|B|C\n1|2|3|\n4|5|6|\n", "A|B|C|\n1|2|3\n4|5|6|\n"],
)
def test_a_delimiter_at_the_end_of_the_lines_makes_no_column(tmp_path: Path, text: str) -> None:
    """Whether the header has it or not: no cell moves, and one note says so."""
    made = understood(tmp_path, {"t.csv": text})
    assert (made.whole.labels, made.rows) == (("A", "B", "C"), [(2, ["1", "2", "3"]), (3, ["4", "5", "6"])])
    assert [(item.code, item.severity, item.row, item.column) for item in made.findings] == [
        ("blank-columns-left-out", "info", 1, 4)
    ]


@pytest.mark.parametrize("text", ["A,B,\n1,2,\n3,4,x\n", "A,B\n1,2,\n3,4\n5,6\n7,8\n", "A,,B\n1,,2\n"])
def test_columns_that_hold_anything_or_stand_elsewhere_stay(tmp_path: Path, text: str) -> None:
    """A value without a name, a single row that is too long, and a gap are faults of their own."""
    made = understood(tmp_path, {"t.csv": text})
    assert (made.findings, made.whole.is_original) == ((), True)


def test_a_field_that_the_schema_knows_is_a_column(tmp_path: Path) -> None:
    """Its name is missing, and validation asks for it."""
    fields = [{"name": name, "type": "string"} for name in "ABC"]
    made = understood(tmp_path, {"t.csv": "A,B,\n1,2,\n"}, schema={"fields": fields})
    assert made.whole.labels == ("A", "B", "")


def test_a_null_of_databases_beside_an_escape_sign_is_empty(tmp_path: Path) -> None:
    """It would be read as the letter N."""
    made = understood(tmp_path, {"t.csv": "a,b,c\n\\N,x\\,y,\\N\n"}, dialect={"escapeChar": "\\"})
    assert (made.rows, made.codes) == ([(2, ["", "x,y", ""])], [("null-marks-emptied", 2, None)])
