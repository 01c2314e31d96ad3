"""The cleaned copy: what is mended, and how it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.intake.cleaned import UNMENDED, clean
from portal.model.understanding import Decision, UnderstoodTable


def test_a_lost_value_that_stands_to_the_right_is_to_be_filled_in(tmp_path: Path) -> None:
    """Cells are told by the column of the sheet; the copy begins at its first column."""
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,#N/A\n", encoding="utf-8")
    table = UnderstoodTable("t", path, False, ("a", "b"), column_offset=2)
    mended = clean(table, {"fields": []}, lost={(2, 4)})
    assert (mended.rows, mended.unmended, mended.columns) == ((("1", UNMENDED),), ((2, 4),), (2, 3))


@pytest.mark.parametrize(
    ("rows", "header", "told"),
    [
        ("第 1 行", None, []),
        ("第 2 行", "第 1 行", [("第 1 行", "表题、单位等不是数据，已移出")]),
        ("第 2 行", None, [("第 2 行", "表头上面的空行已删去")]),
        ("第 1-2 行", None, [("第 1-2 行", "多行表头合并为一行")]),
    ],
)
def test_what_happened_to_the_header_is_said_as_it_was(
    tmp_path: Path, rows: str, header: str | None, told: list[tuple[str, str]]
) -> None:
    """Rows are joined only where there are several; a title that moved is a title, and an empty row is one."""
    path = tmp_path / "t.csv"
    path.write_text("x\na\n1\n", encoding="utf-8")
    number = 1 if rows == "第 1 行" else 2
    decisions = (Decision("header", rows, rows), *((Decision("title", header, header),) if header else ()))
    table = UnderstoodTable("t", path, False, ("a",), header_row=number, decisions=decisions)
    changes = clean(table, {"fields": []}).changes
    assert [(item.before, item.why) for item in changes if item.row is None] == told
