"""The cleaned copy: what is mended, and how it is told."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from clerk import ANSWERS, cells, fill_in, intake_of, marked, portal_folder
from openpyxl import load_workbook

from portal.incoming.form.cleaning.cleaned import UNMENDED, clean
from portal.incoming.form.importing import bring
from portal.model.understood_table import Decision, UnderstoodTable


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


MOBILE, MOBILE_WIDE = "13800001234", "１３８００００１２３４"
ID, ID_WIDE = "110101187903070015", "１１０１０１１８７９０３０７００１５"
NUMBER = {"类型": "整数", "最大": "100"}


WRONG_ANSWERS = {**ANSWERS, "更新周期": MOBILE_WIDE, "主题": ID, "提供单位": f"局{MOBILE}"}


def told(
    folder: Path,
    rows: Sequence[Sequence[str]],
    fields: Sequence[Mapping[str, str]] = (),
    answers: Mapping[str, str] = ANSWERS,
) -> str:
    """Hand a form in, and return all that is told of it: findings, list and comments."""
    brought = bring(intake_of(portal_folder(folder / "datasets")), fill_in(folder / "a.xlsx", answers, rows, fields))
    assert brought.receipt is not None
    names = load_workbook(brought.receipt).sheetnames
    comments = [marked(brought.receipt, name) for name in names if name != "检查结果"]
    return "\n".join([*map(str, brought.findings), str(cells(brought.receipt, "检查结果")), str(comments)])


@pytest.mark.parametrize(
    ("label", "typed"),
    [
        ("联系电话", MOBILE_WIDE),
        ("备用号", MOBILE_WIDE),
        ("身份证号", ID_WIDE),
        ("备用号", ID_WIDE),
        ("联系电话", "５５５０００１２"),
    ],
)
def test_what_was_masked_is_not_shown_as_it_was_typed(tmp_path: Path, label: str, typed: str) -> None:
    """A number in full-width digits is as much a person's as one in plain digits, whichever room quotes it."""
    text = told(tmp_path, [("编号", label), ("01", typed), ("02", "101")], [{"列名": label, **NUMBER}])
    assert [secret for secret in (typed, unicodedata.normalize("NFKC", typed)) if secret in text] == []
    assert "constraint-error" in text


@pytest.mark.parametrize(
    ("rows", "fields"),
    [
        ([("编号", MOBILE, MOBILE), ("01", "x", "y")], []),
        ([("编号", f"电话{ID_WIDE}"), ("01", "x")], [{"列名": f"电话{ID_WIDE}", **NUMBER}]),
        ([("编号", "数量"), ("01", "1")], [{"列名": MOBILE}, {"列名": "数量", "类型": ID_WIDE, "最大": MOBILE_WIDE}]),
        ([("甲", MOBILE_WIDE), ("乙", MOBILE_WIDE), ("丙", MOBILE_WIDE)], []),
        ([("编号", "数量"), (MOBILE_WIDE, "1"), (MOBILE_WIDE, "2")], [{"列名": "编号", "类型": "整数", "唯一": "是"}]),
    ],
)
def test_labels_and_answers_are_masked_too(
    tmp_path: Path, rows: Sequence[Sequence[str]], fields: Sequence[Mapping[str, str]]
) -> None:
    """What the form itself is told to be wrong with never went through the gate."""
    text = told(tmp_path, rows, fields, WRONG_ANSWERS)
    assert [secret for secret in (MOBILE, MOBILE_WIDE, ID, ID_WIDE) if secret in text] == []
    assert "138****1234" in text
