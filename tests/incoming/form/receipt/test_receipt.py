"""The receipt: the publisher's own workbook, marked."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from clerk import TODAY, cells, intake_of, marked, portal_folder
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from portal.findings.finding import Finding, found
from portal.incoming.form.folders import write_dataset
from portal.incoming.form.importing import bring
from portal.incoming.form.receipt import receipt, summary
from portal.incoming.form.receipt.receipt import write_receipt
from portal.model.understood_table import Sheet, UnderstoodTable


def text_table(tmp_path: Path, text: str) -> UnderstoodTable:
    """Return a table of plain text."""
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    return UnderstoodTable("t", path, True, tuple(text.splitlines()[0].split(",")))


def workbook(path: Path) -> tuple[Path, UnderstoodTable]:
    """Write a workbook of two sheets, the data in the second, and return it as understood."""
    book = Workbook()
    book.worksheets[0].title = "封面"
    sheet = book.create_sheet("表'一")
    for row in (["标题"], ["a", "b"], ["1", "x"], ["2", "y"]):
        sheet.append(row)
    sheet.merge_cells("A3:B3")
    sheet["A4"].comment = Comment("原有的批注", "甲")
    book.save(path)
    sheets = (Sheet("封面", 0, 0), Sheet("表'一", 4, 2, is_chosen=True))
    return path, UnderstoodTable("t", path.with_suffix(".csv"), False, ("a", "b"), header_row=2, sheets=sheets)


def wrong(**place: object) -> Finding:
    """Return some error at a place."""
    return found("blank-label", resource="t", **place)  # type: ignore[arg-type]


def test_a_finding_is_marked_where_it_stands(tmp_path: Path) -> None:
    """A cell at itself, a row in its first cell, a column in the header, a merged cell at its corner."""
    source, table = workbook(tmp_path / "a.xlsx")
    findings = [wrong(row=4, column=2), wrong(row=4), wrong(field="b"), wrong(row=3, column=2), wrong()]
    write_receipt(source, findings, tmp_path / "r.xlsx", table=table, today=TODAY)
    assert sorted(marked(tmp_path / "r.xlsx", "表'一")) == ["A3", "A4", "B2", "B4"]
    assert marked(tmp_path / "r.xlsx", "表'一")["A4"].startswith("原有的批注\n【错误】")
    assert [row[2] for row in cells(tmp_path / "r.xlsx", "检查结果")[10:]] == [
        "表'一!B4",
        "表'一 第 4 行",
        "表'一 B 列",
        "表'一!B3",
        "整个文件",
    ]


def test_places_are_links_to_the_cells(tmp_path: Path) -> None:
    """The name of the sheet is quoted as a spreadsheet wants it."""
    source, table = workbook(tmp_path / "a.xlsx")
    write_receipt(source, [wrong(row=4, column=2)], tmp_path / "r.xlsx", table=table)
    link = load_workbook(tmp_path / "r.xlsx")["检查结果"]["C11"].hyperlink
    assert link is not None
    assert link.location == "'表''一'!B4"


def test_the_first_line_is_the_verdict_in_the_language_asked_for(tmp_path: Path) -> None:
    """Accepted without errors, refused with one; the counts follow."""
    table = text_table(tmp_path, "a,b\n1,2\n")
    write_receipt(table.path, [], tmp_path / "r.xlsx", table=table, preview="http://example.com/x/", today=TODAY)
    rows = [[text for text in row if text] for row in cells(tmp_path / "r.xlsx", "检查结果")]
    assert rows[:5] == [
        ["已通过：没有发现错误。"],
        ["文件", "t.csv"],
        ["结果", "错误 0 处，提醒 0 处，提示 0 处"],
        ["检查日期", "2026年6月1日"],
        ["预览", "http://example.com/x/"],
    ]
    write_receipt(table.path, [wrong(row=2, column=1)], tmp_path / "r.xlsx", table=table, lang="en")
    assert cells(tmp_path / "r.xlsx", "检查结果")[0][0] == "Refused. Mend the errors and hand it in again."


def test_nothing_becomes_a_formula(tmp_path: Path) -> None:
    """Neither a cell of a CSV file nor a text of a finding."""
    table = text_table(tmp_path, '=1+1,@x\n"=HYPERLINK(""http://example.com"")",+1\n')
    finding = found("extra-label", resource="t", field="=1+1", value="=cmd|' /C calc'!A0", row=1, column=1)
    write_receipt(table.path, [finding], tmp_path / "r.xlsx", table=table)
    book = load_workbook(tmp_path / "r.xlsx")
    kinds = {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value}
    assert kinds <= {"s", "n"}
    assert book["数据"]["A2"].value == '=HYPERLINK("http://example.com")'


def test_lists_and_comments_are_bounded_and_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The counts are of all findings."""
    monkeypatch.setattr(summary, "LISTED_MAX", 20)
    monkeypatch.setattr(receipt, "COMMENTS_MAX", 10)
    table = text_table(tmp_path, "a,b\n" + "1,2\n" * 30)
    findings = [wrong(row=row, column=1) for row in range(2, 32)]
    write_receipt(table.path, findings, tmp_path / "r.xlsx", table=table)
    rows = cells(tmp_path / "r.xlsx", "检查结果")
    assert rows[2][2].startswith("错误 30 处")
    assert any("只列出前 20 处" in text for row in rows for text in row)
    assert len(rows) == 10 + 20
    assert len(marked(tmp_path / "r.xlsx", "数据")) == 10


@pytest.mark.parametrize("content", [b"PK\x03\x04 not a workbook", b"", b"<html></html>"])
def test_what_cannot_be_opened_is_answered_with_the_list_alone(tmp_path: Path, content: bytes) -> None:
    """There is a receipt for every file."""
    source = tmp_path / "a.xlsx"
    source.write_bytes(content)
    write_receipt(source, [wrong()], tmp_path / "r.xlsx")
    assert load_workbook(tmp_path / "r.xlsx").sheetnames == ["检查结果"]


def test_a_workbook_that_unpacks_to_too_much_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts is what comes out of it, not what its directory states."""
    source, table = workbook(tmp_path / "a.xlsx")
    with zipfile.ZipFile(source, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/more.xml", b" " * 2_000_000)
    monkeypatch.setattr(receipt, "UNPACKED_BYTES_MAX", 1_000_000)
    write_receipt(source, [wrong(row=4, column=2)], tmp_path / "r.xlsx", table=table)
    assert load_workbook(tmp_path / "r.xlsx").sheetnames == ["检查结果"]


def test_a_large_table_is_answered_with_the_list_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The places are still told."""
    source, table = workbook(tmp_path / "a.xlsx")
    monkeypatch.setattr(receipt, "CELLS_MAX", 5)
    write_receipt(source, [wrong(row=4, column=2)], tmp_path / "r.xlsx", table=table)
    assert load_workbook(tmp_path / "r.xlsx").sheetnames == ["检查结果"]
    assert cells(tmp_path / "r.xlsx", "检查结果")[10][2] == "第 4 行"


def test_a_table_that_begins_at_c3_is_marked_where_it_stands(tmp_path: Path) -> None:
    """Every kind of check names the column of the sheet: reading, types, codes, texts, coordinates, personal data."""
    datasets = portal_folder(tmp_path / "datasets")
    kinds = {"信用代码": "string", "学生数": "integer", "备注": "string", "经度": "number", "纬度": "number"}
    fields = [{"name": name, "type": kind} for name, kind in kinds.items()]
    fields[0] |= {"codeFormat": "uscc"}
    resource = {"name": "xuexiao", "path": "xuexiao.csv", "crs": "EPSG:4490", "schema": {"fields": fields}}
    folder = datasets / "transport" / "xuexiao"
    write_dataset(folder, {"name": "xuexiao", "title": "学校", "resources": [resource]})
    (folder / "xuexiao.csv").write_text("旧\n", encoding="utf-8")
    rows = [
        (*kinds,),
        ("91350100M000100Y43", 800, "无", 120.5, 31.3),
        ("91350100M000100Y44", 700, "无", 120.5, 31.3),
        ("91350100M000100Y43", "八百", "无", 120.5, 31.3),
        ("91350100M000100Y43", 600, "联系 13800000001", 120.5, 31.3),
        ("91350100M000100Y43", 600, "市\ufffd局", 31.3, 120.5),
    ]
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "表"
    for number, row in enumerate(rows, start=3):
        for column, value in enumerate(row, start=3):
            sheet.cell(number, column).value = value
    sheet["A1"] = "各校情况 13800000002"
    book.save(tmp_path / "xuexiao.xlsx")
    brought = bring(intake_of(datasets, is_update=True), tmp_path / "xuexiao.xlsx")
    wrong = sorted((item.code, item.row, item.column) for item in brought.findings if item.row and item.column)
    assert wrong == [
        ("axis-order", 8, 6),
        ("check-digit", 5, 3),
        ("coordinate-range", 8, 7),
        ("mojibake", 8, 5),
        ("personal-phone", 1, 1),
        ("personal-phone", 7, 5),
        ("type-error", 6, 4),
    ]
    assert brought.receipt is not None
    assert sorted(marked(brought.receipt, "表")) == ["A1", "C5", "D6", "E7", "E8", "F8", "G8"]
    links = {row[2] for row in cells(brought.receipt, "检查结果")[10:]}
    assert {"表!A1", "表!C5", "表!D6", "表!E7"} <= links


def test_a_receipt_that_is_built_anew_keeps_the_columns(tmp_path: Path) -> None:
    """The text of a table that was moved to the left stands where it stood, so that the marks are right."""
    table = replace(text_table(tmp_path, "a,b\n1,2\n"), column_offset=2)
    findings = [wrong(row=2, column=table.column_of(2)), wrong(field="a")]
    write_receipt(tmp_path / "a.xls", findings, tmp_path / "r.xlsx", table=table)
    assert cells(tmp_path / "r.xlsx", "数据")[1] == ["", "", "1", "2"]
    assert sorted(marked(tmp_path / "r.xlsx", "数据")) == ["C1", "D2"]
