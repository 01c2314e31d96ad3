"""Rows below a table that are no data."""

from __future__ import annotations

import pytest

from portal.examining.reading.sheets.trailing_rows import TableEnd, table_end

HEAD = [["01", "甲", "3"], ["02", "乙", "4"]]
TOTAL = ["合计", "", "7"]
NOTE = ["注：截至9月", "", ""]


def end_of(*rows: list[str]) -> TableEnd:
    """Return the end of a table of three columns, whose data stand in rows 2 and 3."""
    return table_end(list(enumerate([*HEAD, *rows], start=2)), 3)


@pytest.mark.parametrize(
    "row",
    [
        ["填表人：张三", "", "审核：李四"],
        ["制表：张三      复核：李四", "", ""],
        ["填报单位（盖章）：某局", "", "填报日期：2024-01-05"],
        ["填报单位(公章)：", "", "2024年1月5日"],
        ["负责人签字：", "", "经办人：张三"],
        ["单位负责人：张三", "填表人：李四", "联系电话：010"],
        ["校对：张三  签发：李四", "", ""],
        ["（盖章）", "", ""],
        ["", "", "（盖章）"],
        ["审 核 人：", "张三", ""],
        ["填表人", "", "审核人"],
    ],
)
def test_a_signature_is_a_note_and_hides_no_total(row: list[str]) -> None:
    """Who made the table stands below it in many ways; totals and notes above that are found all the same."""
    assert end_of(TOTAL, NOTE, row) == TableEnd(notes=(5, 6), totals=(4,))


def test_a_signature_of_a_cell_for_each_word_is_a_note() -> None:
    """Words and names stand in turn, in as many cells as the table has columns."""
    rows = [["01", "甲", "3", "4"], ["合计", "", "3", "4"], ["填表人", "张三", "审核人", "李四"]]
    assert table_end(list(enumerate(rows, start=2)), 4) == TableEnd(notes=(4,), totals=(3,))


def test_a_day_below_a_signature_goes_with_it() -> None:
    """The day of a stamp stands in a row of its own, in any column; without a note above it is data."""
    assert end_of(["填报单位：某局", "", ""], ["", "", "2024年1月5日"]) == TableEnd(notes=(4, 5))
    assert end_of(["", "", "2024年1月5日"]) == TableEnd()


@pytest.mark.parametrize(
    "row",
    [
        ["审核", "张三", "13"],
        ["审核", "审批", "签发"],
        ["负责人", "张三", "科长"],
        ["单位", "部门", "3"],
        ["盖章机", "台", "3"],
    ],
)
def test_a_record_with_words_of_signatures_is_data(row: list[str]) -> None:
    """A list of steps or of roles holds the same words, and no colon."""
    assert end_of(row) == TableEnd()


def test_a_table_of_roles_and_names_keeps_its_rows() -> None:
    """Where row after row says who does what, that is the data."""
    rows = [["填表人", "张三", "审核人", "李四"]] * 5
    assert table_end(list(enumerate(rows, start=2)), 4) == TableEnd()


@pytest.mark.parametrize(
    "text",
    [
        "(2 rows affected)",
        "(2 行受影响)",
        "2 rows in set (0.00 sec)",
        "(1 row)",
        "已选择2行。",
        "第1页 共3页",
        "共 2 条记录",
    ],
)
def test_what_a_database_writes_below_a_table_is_a_note(text: str) -> None:
    """With the blank row above it; in a table of one column it may be a value."""
    assert table_end([(2, ["a", "1"]), (3, []), (4, [text])], 2).notes == (3, 4)
    assert table_end([(2, ["a"]), (3, [text])], 1).rows == ()


def test_a_blank_row_above_a_record_stays() -> None:
    """Only blank rows that notes or totals follow are left out."""
    assert table_end([(2, ["a", "1"]), (3, ["", ""]), (4, ["2 rows", "5"])], 2).rows == ()
