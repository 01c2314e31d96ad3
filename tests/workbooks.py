"""Workbooks as people make them: twelve kinds of trouble, each with its schema and what must become of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment

Cells = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class DirtyWorkbook:
    """One workbook. *expected_codes* are code, row and column (in the sheet) of what reading it finds.

    *clean_rows* are the labels and the data rows as text, notes and totals left out, where the workbook can be read;
    None where it is refused. *faults* are what validation must find in them: error type, row, field name.
    """

    name: str
    write: Callable[[Path], None]
    schema: dict[str, Any]
    expected_codes: list[tuple[str, int | None, int | None]]
    clean_rows: list[list[str]] | None
    faults: tuple[tuple[str, int, str], ...] = ()


def fields(*pairs: tuple[str, str], **more: dict[str, Any]) -> dict[str, Any]:
    """Make a Table Schema from names and types; *more* adds to the field of that name."""
    return {"fields": [{"name": name, "type": kind, **more.get(name, {})} for name, kind in pairs]}


def new_workbook() -> tuple[openpyxl.Workbook, Any]:
    """Return an empty workbook and its only sheet."""
    book = openpyxl.Workbook()
    return book, book.active


def write_cells(path: Path, cells: Cells, **properties: str) -> None:
    """Write one sheet from row 1 on; None leaves a cell empty."""
    book, first = new_workbook()
    book.properties.creator = properties.get("creator", "openpyxl")
    for row in cells:
        first.append(list(row))
    book.save(path)


SCHOOLS = fields(("学校", "string"), ("学生数", "integer"), ("经费", "number"))


def title_and_units(path: Path) -> None:
    """A merged title and a row of units stand above the header."""
    book, sheet = new_workbook()
    for row in (
        ["某市学校一览表"],
        [None, None, "单位：万元"],
        ["学校", "学生数", "经费"],
        ["一中", 800, 12.5],
        ["二中", 650, 9],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    book.save(path)


def two_row_header(path: Path) -> None:
    """Groups of columns are merged above their names."""
    book, sheet = new_workbook()
    for row in (
        ["区县", "小学", None, "中学", None],
        [None, "学校数", "学生数", "学校数", "学生数"],
        ["甲区", 12, 6800, 5, 3100],
        ["乙区", 9, 5200, 4, 2800],
    ):
        sheet.append(row)
    for place in ("A1:A2", "B1:C1", "D1:E1"):
        sheet.merge_cells(place)
    book.save(path)


def three_sheets_one_filled(path: Path) -> None:
    """Excel's three sheets, the table in the second."""
    book, first = new_workbook()
    first.title = "Sheet1"
    sheet = book.create_sheet("Sheet2")
    for row in (["学校", "学生数", "经费"], ["一中", 800, 12.5]):
        sheet.append(row)
    book.create_sheet("Sheet3")
    book.save(path)


def several_filled_sheets(path: Path) -> None:
    """A cover, the table, and code lists; only one has the names of the schema."""
    book, first = new_workbook()
    first.title = "说明"
    first.append(["本表由各校填报"])
    codes = book.create_sheet("代码表")
    for row in (["代码", "含义"], ["1", "公办"], ["2", "民办"]):
        codes.append(row)
    sheet = book.create_sheet("数据")
    sheet.append(["学校", "学生数", "经费"])
    sheet.append(["一中", 800, 12.5])
    book.save(path)


def notes_and_totals(path: Path) -> None:
    """A total, a note over several lines and signatures stand below the table."""
    write_cells(
        path,
        [
            ["学校", "学生数", "经费"],
            ["一中", 800, 12.5],
            ["二中", 650, 9],
            ["合 计", 1450, 21.5],
            [],
            ["注：1. 学生数含借读生。"],
            ["2. 经费为当年财政拨款。"],
            ["填表人：甲", None, "审核人：乙"],
        ],
    )


def full_width_digits(path: Path) -> None:
    """Numbers are typed as text, with full-width digits and separators of thousands."""
    write_cells(
        path,
        [
            ["学校", "学生数", "经费"],
            ["一中", "８００", "1,234,567.8"],
            ["二中", "1，650", "９．５"],
            ["第１中学", " 70 ", "12,34"],
        ],
    )


def dates_in_five_spellings(path: Path) -> None:
    """Days are written in every way that people write them, and once as the number behind a day."""
    book, sheet = new_workbook()
    for row in (
        ["项目", "日期"],
        ["真日期", datetime.date(2024, 1, 5)],
        ["中文", "2024年1月5日"],
        ["斜线", "2024/1/5"],
        ["点", "2024.01.05"],
        ["八位", "20240105"],
        ["序号", 45296],
        ["不明", "05/01/24"],
    ):
        sheet.append(row)
    sheet["B2"].number_format = "yyyy-mm-dd"
    book.save(path)


def codes_as_numbers(path: Path) -> None:
    """Postcodes have lost their zero; numbers of 18 digits have lost their last three."""
    book, sheet = new_workbook()
    for row in (
        ["编号", "邮政编码"],
        ["110101186001010000", "010010"],
        [110101186001010000, 10020],
        ["甲-3", "010030"],
    ):
        sheet.append(row)
    book.save(path)


def hidden_things(path: Path) -> None:
    """A sheet, rows and a column are hidden; there are comments, an author and a company."""
    book, sheet = new_workbook()
    sheet.title = "数据"
    for row in (["学校", "学生数", "经费"], ["一中", 800, 12.5], ["二中", 650, 9], ["三中", 90, 3]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet["B2"].comment = Comment("含借读生", "甲")
    secret = book.create_sheet("名单")
    secret.append(["姓名"])
    secret.sheet_state = "hidden"
    book.create_sheet("底稿").sheet_state = "veryHidden"
    book.properties.creator = "甲某某"
    book.save(path)


def merged_body_cells(path: Path) -> None:
    """One cell is merged over the rows that share its value."""
    book, sheet = new_workbook()
    for row in (["区县", "学校", "学生数"], ["甲区", "一中", 800], [None, "二中", 650], ["乙区", "三中", 90]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    book.save(path)


def formula_errors(path: Path) -> None:
    """Formulas end in errors, and one was never computed."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["学校", "学生数", "经费"])
    sheet.write_row(1, 0, ["一中", 800])
    sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
    sheet.write_row(2, 0, ["二中"])
    sheet.write_formula(2, 1, "=VLOOKUP(A3,X:Y,2,0)", None, "#N/A")
    sheet.write_number(2, 2, 9)
    sheet.write_row(3, 0, ["三中", 90])
    sheet.write_formula(3, 2, "=B4*2", None, 180)
    book.close()


def formulas_never_computed(path: Path) -> None:
    """A program wrote formulas and no values."""
    write_cells(path, [["学校", "学生数", "经费"], ["一中", 800, "=B2*2"], ["二中", 650, "=B3*2"]])


def blanks_and_strays(path: Path) -> None:
    """The table stands away from the corner; a sum was tried out beside it, and a word stands far below."""
    book, sheet = new_workbook()
    cells: Cells = (["学校", "学生数", "经费"], ["一中", 800, 12.5], ["二中", 650, 9])
    for number, row in enumerate(cells, start=3):
        for column, value in enumerate(row, start=2):
            sheet.cell(number, column, value)
    sheet["H4"] = "核对"
    sheet["J20"] = 1450
    book.save(path)


def pasted_text(path: Path) -> None:
    """Text was pasted from web pages, with line breaks, quotes, markup and spaces that do not break."""
    write_cells(
        path,
        [
            ["名称", "说\n明"],
            ["一中", "第一行\n第二行"],
            ["<b>二中</b>", '他说"好",\t走了'],
            ["三中\u00a0", "  前后有空格  "],
        ],
    )


DIRTY: tuple[DirtyWorkbook, ...] = (
    DirtyWorkbook(
        "title-and-units",
        title_and_units,
        SCHOOLS,
        [],
        [["学校", "学生数", "经费"], ["一中", "800", "12.5"], ["二中", "650", "9"]],
    ),
    DirtyWorkbook(
        "two-row-header",
        two_row_header,
        fields(
            ("区县", "string"),
            ("小学_学校数", "integer"),
            ("小学_学生数", "integer"),
            ("中学_学校数", "integer"),
            ("中学_学生数", "integer"),
        ),
        [],
        [
            ["区县", "小学_学校数", "小学_学生数", "中学_学校数", "中学_学生数"],
            ["甲区", "12", "6800", "5", "3100"],
            ["乙区", "9", "5200", "4", "2800"],
        ],
    ),
    DirtyWorkbook(
        "three-sheets-one-filled",
        three_sheets_one_filled,
        SCHOOLS,
        [],
        [["学校", "学生数", "经费"], ["一中", "800", "12.5"]],
    ),
    DirtyWorkbook(
        "several-filled-sheets",
        several_filled_sheets,
        SCHOOLS,
        [],
        [["学校", "学生数", "经费"], ["一中", "800", "12.5"]],
    ),
    DirtyWorkbook(
        "notes-and-totals",
        notes_and_totals,
        SCHOOLS,
        [("note-rows-left-out", 5, None), ("total-rows-left-out", 4, None)],
        [["学校", "学生数", "经费"], ["一中", "800", "12.5"], ["二中", "650", "9"]],
    ),
    DirtyWorkbook(
        "full-width-digits",
        full_width_digits,
        SCHOOLS,
        [],
        [
            ["学校", "学生数", "经费"],
            ["一中", "800", "1234567.8"],
            ["二中", "1650", "9.5"],
            ["第１中学", " 70 ", "12,34"],
        ],
        faults=(("type-error", 4, "经费"),),
    ),
    DirtyWorkbook(
        "dates-in-five-spellings",
        dates_in_five_spellings,
        fields(("项目", "string"), ("日期", "date")),
        [],
        [
            ["项目", "日期"],
            *([name, "2024-01-05"] for name in ("真日期", "中文", "斜线", "点", "八位", "序号")),
            ["不明", "05/01/24"],
        ],
        faults=(("type-error", 8, "日期"),),
    ),
    DirtyWorkbook(
        "codes-as-numbers",
        codes_as_numbers,
        fields(("编号", "string"), ("邮政编码", "string"), 邮政编码={"constraints": {"pattern": "[0-9]{6}"}}),
        [("number-precision-lost", 3, 1), ("code-as-number", 3, 2)],
        [["编号", "邮政编码"], ["110101186001010000", "010010"], ["110101186001010000", "10020"], ["甲-3", "010030"]],
        faults=(("constraint-error", 3, "邮政编码"),),
    ),
    DirtyWorkbook(
        "hidden-things",
        hidden_things,
        SCHOOLS,
        [
            ("hidden-sheets", None, None),
            ("hidden-rows-columns", None, None),
            ("workbook-comments", None, None),
            ("workbook-properties", None, None),
        ],
        [["学校", "学生数", "经费"], ["一中", "800", "12.5"], ["二中", "650", "9"], ["三中", "90", "3"]],
    ),
    DirtyWorkbook(
        "merged-body-cells",
        merged_body_cells,
        fields(("区县", "string"), ("学校", "string"), ("学生数", "integer")),
        [("merged-cells-filled", 2, None)],
        [["区县", "学校", "学生数"], ["甲区", "一中", "800"], ["甲区", "二中", "650"], ["乙区", "三中", "90"]],
    ),
    DirtyWorkbook(
        "formula-errors",
        formula_errors,
        SCHOOLS,
        [("formula-error", 2, 3), ("formula-error", 3, 2)],
        [["学校", "学生数", "经费"], ["一中", "800", ""], ["二中", "", "9"], ["三中", "90", "180"]],
    ),
    DirtyWorkbook(
        "formulas-never-computed",
        formulas_never_computed,
        SCHOOLS,
        [("formula-without-value", 2, 3)],
        [["学校", "学生数", "经费"], ["一中", "800", ""], ["二中", "650", ""]],
    ),
    DirtyWorkbook(
        "blanks-and-strays",
        blanks_and_strays,
        SCHOOLS,
        [("stray-cells-left-out", 4, 8)],
        [["学校", "学生数", "经费"], ["一中", "800", "12.5"], ["二中", "650", "9"]],
    ),
    DirtyWorkbook(
        "pasted-text",
        pasted_text,
        fields(("名称", "string"), ("说明", "string")),
        [],
        [
            ["名称", "说明"],
            ["一中", "第一行\n第二行"],
            ["<b>二中</b>", '他说"好",\t走了'],
            ["三中\u00a0", "  前后有空格  "],
        ],
    ),
)
"""All of them, in the order in which the guide tells of them."""
