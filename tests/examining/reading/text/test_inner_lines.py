"""Lines within a CSV that are none of its records are set apart and told; everything else stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from understood import understood

from portal.examining.reading.text import inner_lines

RECORDS = [["1", "甲"], ["2", "乙"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("head", ["编号,名称", '"编号","名称"', ' 编号 ,"名\r\n称"'])
def test_a_header_that_stands_again_is_no_record(tmp_path: Path, head: str, end: str) -> None:
    """However it is written, as long as it is written as the first."""
    text = f"{head}{end}1,甲{end}{head}{end}2,乙{end}{head}{end}"
    made = understood(tmp_path, {"t.csv": text.encode()})
    assert [cells for _, cells in made.rows] == RECORDS
    assert [(item.severity, item.row) for item in made.findings if item.code == "header-repeated"] == [("warning", 3)]


@pytest.mark.parametrize("text", ["名称\n名称\n甲\n", "编号,名称\n1,编号\n2,名称\n", "编号,名称\n编号,\n1,名称\n"])
def test_a_cell_may_hold_the_name_of_its_column(tmp_path: Path, text: str) -> None:
    """Only a whole row of several cells is the header again."""
    assert "header-repeated" not in [code for code, *_ in understood(tmp_path, {"t.csv": text}).codes]


def test_a_line_below_the_header_is_no_record(tmp_path: Path) -> None:
    """As sqlcmd draws it; a row of signs for no value is one."""
    made = understood(tmp_path, {"t.csv": "编号,名称\n--,----\n1,甲\n2,乙\n\n(2 rows affected)\n"})
    assert [cells for _, cells in made.rows] == RECORDS
    assert made.codes == [("ruler-left-out", 2, None), ("note-rows-left-out", 5, None)]
    made = understood(tmp_path, {"t.csv": "编号,名称\n--,\n2,乙\n"})
    assert [cells for _, cells in made.rows] == [["--", ""], ["2", "乙"]]


@pytest.mark.parametrize("piece", [1, 5, 64 * 1024])
def test_two_line_ends_for_one_make_no_blank_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: int) -> None:
    """Wherever the pieces end; one note says so."""
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(b"a,b\r\r\n1,2\r\r\n\r3,4\r\r\n")
    monkeypatch.setattr(inner_lines, "SAMPLE_BYTES", piece)
    inner_lines.with_single_ends(source, target)
    assert target.read_bytes() == b"a,b\r\n1,2\r\n\r3,4\r\n"


def test_doubled_line_ends_are_told(tmp_path: Path) -> None:
    """The rows count as people see them; a few such ends among others stay what they are."""
    made = understood(tmp_path, {"t.csv": "编号,名称\r\r\n1,甲\r\r\n2,乙\r\r\n".encode()})
    assert (made.rows, made.codes) == ([(2, RECORDS[0]), (3, RECORDS[1])], [("line-ends-doubled", None, None)])
    made = understood(tmp_path, {"t.csv": "编号,名称\r\n1,甲\r\r\n2,乙\r\n".encode()})
    assert "line-ends-doubled" not in [code for code, *_ in made.codes]
