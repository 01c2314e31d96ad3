"""Marks at the beginning of lines and at the end of a text are no data, and are told."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from understood import understood

from portal.examining.reading.text import stray_marks
from portal.examining.reading.text.stray_marks import without_marks

BOM = "\ufeff"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_byte_order_mark_at_the_start_of_a_line_is_no_data(tmp_path: Path, encoding: str, end: str) -> None:
    """Files were joined: the code keeps its digits, and the row is told; so it is in any encoding."""
    text = f"代码,名称\n0101,甲\n{BOM}0102,市政府办公室\n".replace("\n", end)
    made = understood(tmp_path, {"t.csv": text.encode(encoding)}, encoding=encoding.removesuffix("-sig"))
    assert made.rows == [(2, ["0101", "甲"]), (3, ["0102", "市政府办公室"])]
    assert made.codes == [("line-marks-left-out", 3, None)]


def test_a_mark_before_a_quote_does_not_spoil_it(tmp_path: Path) -> None:
    """The quote opens the cell again."""
    assert understood(tmp_path, {"t.csv": f'a,b\n1,2\n{BOM}"x,y",3\n'}).rows[-1] == (3, ["x,y", "3"])


def test_a_header_that_comes_again_behind_a_mark_is_no_record(tmp_path: Path) -> None:
    """Two files with their headers were joined; the rows keep their numbers."""
    made = understood(tmp_path, {"t.csv": f"{BOM}a,b\n1,2\n{BOM}a,b\n3,4\n"})
    assert made.rows == [(2, ["1", "2"]), (4, ["3", "4"])]
    assert made.codes == [("line-marks-left-out", 3, None), ("header-repeated", 3, None)]


@pytest.mark.parametrize("end", ["\x1a", "\x1a\x1a\x1a", "\x1a\r\n", "\r\n\x1a"])
def test_ctrl_z_at_the_end_is_passed_over(tmp_path: Path, end: str) -> None:
    """Programs of DOS end a file by it, after a line end or right behind the last cell."""
    made = understood(tmp_path, {"t.csv": f"编号,名称\r\n1,甲\r\n2,乙{end}".encode("gbk")}, encoding="gbk")
    assert made.rows == [(2, ["1", "甲"]), (3, ["2", "乙"])]
    assert [(item.code, item.severity) for item in made.findings] == [("end-mark-left-out", "info")]


def test_ctrl_z_where_files_were_joined_is_told(tmp_path: Path) -> None:
    """It stands before the first line of the next."""
    made = understood(tmp_path, {"t.csv": "a,b\n1,2\n\x1a3,4\n"})
    assert (made.rows[-1], made.codes) == ((3, ["3", "4"]), [("line-marks-left-out", 3, None)])


def test_a_mark_within_a_line_stays(tmp_path: Path) -> None:
    """There it may be part of a text, and the rules on cells tell of it where it matters."""
    assert understood(tmp_path, {"t.csv": f"a,b\nx{BOM}y,2\n"}).rows == [(2, [f"x{BOM}y", "2"])]


@given(text=st.text(st.sampled_from("a,\n\r\ufeff\x1a"), max_size=12), piece=st.sampled_from([64, 1024]))
def test_nothing_but_marks_goes(tmp_path_factory: pytest.TempPathFactory, text: str, piece: int) -> None:
    """Whatever stands there, the copy is the text without some marks, and without blanks behind the last of them."""
    folder = tmp_path_factory.getbasetemp()
    (folder / "marked").write_bytes(text.encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stray_marks, "PIECE_BYTES", piece)
        without_marks(folder / "marked", folder / "bare")
    bare = (folder / "bare").read_bytes()
    assert not bare.startswith(codecs.BOM_UTF8)
    letters = str.maketrans("", "", "\ufeff\x1a")
    assert text.translate(letters).rstrip() == bare.decode().translate(letters).rstrip()
