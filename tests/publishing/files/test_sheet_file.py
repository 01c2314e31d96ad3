"""A workbook of one sheet holds what was given, as other programs read it, and says where something does not fit."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from portal.publishing.files import sheet_file
from portal.publishing.files.sheet_file import (
    XLSX_CELL_CHARACTERS_MAX,
    XLSX_COLUMNS_MAX,
    CellTooLongError,
    SheetCell,
    SheetFile,
    SheetTooLargeError,
    is_exact_day,
    is_exact_number,
)

ODD = ["<b>&amp;\"'", " 前后有空格 ", "两\n行\t格", "\x01控制符\r", "_x0041_", "=1+1", "007", "𠮷"]


def written(names: list[str], rows: list[list[SheetCell]]) -> io.BytesIO:
    """Return a workbook in memory."""
    file = io.BytesIO()
    sheet = SheetFile(file, "data", names)
    for row in rows:
        sheet.add(row)
    sheet.close()
    file.seek(0)
    return file


def test_values_come_back_as_what_they_are() -> None:
    """Numbers, truth, days and times by openpyxl; nothing for no value."""
    row: list[SheetCell] = [1, -0.1, Decimal("1234567.25"), True, date(2026, 2, 28), datetime(2026, 2, 28, 23, 59, 59)]
    sheet = openpyxl.load_workbook(written(list("abcdefg"), [[*row, None], [None] * 7]))["data"]
    (_, first, *_) = sheet.iter_rows(values_only=True)
    assert first == (1, -0.1, 1234567.25, True, datetime(2026, 2, 28), datetime(2026, 2, 28, 23, 59, 59), None)
    assert [cell.number_format for cell in sheet[2]][4:6] == ["yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"]


def test_texts_come_back_to_the_letter() -> None:
    """Markup, spaces, line ends, characters that XML does not hold, formulas and codes: as text, by two readers."""
    file = written(["名称"], [[text] for text in ODD])
    read = CalamineWorkbook.from_filelike(file).get_sheet_by_name("data").to_python()
    assert [text for (text,) in read] == ["名称", *ODD[:3], "\x01控制符\r", *ODD[4:]]
    sheet = openpyxl.load_workbook(file)["data"]
    assert {(cell.data_type, cell.number_format) for (cell,) in sheet.iter_rows(min_row=2)} == {("s", "@")}


def test_the_header_stands_fixed_and_the_same_rows_give_the_same_bytes() -> None:
    """Whenever they are written."""
    files = [written(["a", "b"], [["x", 1], ["y", 2]]) for _ in range(2)]
    assert files[0].getvalue() == files[1].getvalue()
    sheet = openpyxl.load_workbook(files[0])["data"]
    assert (sheet.freeze_panes, sheet["B1"].font.b, sheet.max_row) == ("A2", True, 3)


def test_columns_have_the_format_of_their_kind() -> None:
    """Also below the last row, so that a code that is added stays one."""
    file = io.BytesIO()
    SheetFile(file, "data", ["n", "t", "d"], ["number", "text", "date"]).close()
    sheet = openpyxl.load_workbook(file)["data"]
    assert [sheet.column_dimensions[letter].number_format for letter in "BC"] == ["@", "yyyy-mm-dd"]


def test_what_does_not_fit_is_told() -> None:
    """A longer cell with its column, and more columns than a sheet has."""
    sheet = SheetFile(io.BytesIO(), "data", ["a", "b"])
    sheet.add([None, "字" * XLSX_CELL_CHARACTERS_MAX])
    with pytest.raises(CellTooLongError) as caught:
        sheet.add(["a", "字" * (XLSX_CELL_CHARACTERS_MAX + 1)])
    assert caught.value.column == 1
    sheet.close(is_whole=False)
    wide = SheetFile(io.BytesIO(), "data", ["a"] * (XLSX_COLUMNS_MAX + 1))
    with pytest.raises(SheetTooLargeError):
        wide.add([None] * (XLSX_COLUMNS_MAX + 1))
    wide.close(is_whole=False)


@pytest.mark.parametrize(("bound", "value", "rows"), [("XLSX_ROWS_MAX", 3, 3), ("XLSX_SHEET_BYTES_MAX", 600_000, 34)])
def test_more_than_spreadsheet_programs_read_is_refused(
    monkeypatch: pytest.MonkeyPatch, bound: str, value: int, rows: int
) -> None:
    """By rows after the last one that fits; by bytes when the piece that is too much has been written."""
    monkeypatch.setattr(sheet_file, bound, value)
    sheet = SheetFile(io.BytesIO(), "data", ["a"])
    for _ in range(rows):
        sheet.add(["x" * 30_000])
    with pytest.raises(SheetTooLargeError):
        sheet.add(["x" * 30_000])
    sheet.close(is_whole=False)


def test_a_file_that_was_given_up_is_no_workbook(tmp_path: Path) -> None:
    """Nobody takes its first rows for all."""
    path = tmp_path / "t.xlsx"
    sheet = SheetFile(path, "data", ["a"])
    sheet.add(["x"])
    sheet.close(is_whole=False)
    with zipfile.ZipFile(path) as parts:
        assert not parts.read("xl/worksheets/sheet1.xml").endswith(b"</worksheet>")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (10**15 - 1, True),
        (10**15, False),
        (Decimal("0.123456789012345"), True),
        (Decimal("0.1234567890123456"), False),
        (Decimal("NaN"), False),
        (float("inf"), False),
        (1.5, True),
        ("1", False),
    ],
)
def test_a_number_is_one_where_a_double_holds_it(value: object, expected: bool) -> None:
    """Otherwise its text is written."""
    assert is_exact_number(value) is expected


def test_a_day_is_one_where_a_spreadsheet_holds_it() -> None:
    """From March 1900, in whole seconds, without a zone."""
    held = [date(1900, 3, 1), datetime(2026, 1, 1, 1, 1, 1)]
    not_held = [date(1900, 2, 28), datetime(2026, 1, 1, 1, 1, 1, 5), "2026-01-01"]
    assert [is_exact_day(value) for value in (*held, *not_held)] == [True] * 2 + [False] * 3
