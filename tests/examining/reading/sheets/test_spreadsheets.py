"""Workbooks become plain text: the sheet, the header and the data rows that people mean."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import process_time
from typing import Any

import frictionless
import frictionless.resources
import pytest
import xlsxwriter
from support import SHARED, needs_shared_data
from workbooks import DIRTY, DirtyWorkbook, fields, new_workbook, write_cells

from portal.examining.reading.sheets.spreadsheets import read_workbook
from portal.examining.reading.understood_tables import raw_rows
from portal.findings.finding import Finding
from portal.findings.words import message_of
from portal.model.limits import Limits
from portal.model.understood_table import Sheet, UnderstoodTable

PLACE = {"dataset": "d", "resource": "r", "file": "d/a.xlsx"}


def read(
    path: Path, dialect: dict[str, Any] | None = None, schema: dict[str, Any] | None = None, **more: Any
) -> tuple[UnderstoodTable | None, list[Finding]]:
    """Read a workbook into the folder where it stands."""
    return read_workbook(
        path,
        path.suffix[1:],
        dialect or {},
        schema or {},
        path.with_suffix(".csv"),
        more.get("limits", Limits()),
        PLACE,
        more.get("is_open", True),
    )


def texts(path: Path, dialect: dict[str, Any] | None = None, schema: dict[str, Any] | None = None) -> list[list[str]]:
    """Return the labels and the data rows of a workbook that can be read."""
    table, findings = read(path, dialect, schema)
    assert table is not None, findings
    return [list(table.labels), *(cells for _, cells in raw_rows(table))]


def codes(findings: list[Finding]) -> list[tuple[str, int | None, int | None]]:
    """Return code, row and column of each finding."""
    return [(item.code, item.row, item.column) for item in findings]


@pytest.mark.parametrize("dirty", DIRTY, ids=lambda dirty: dirty.name)
def test_dirty_workbook_becomes_what_people_mean(dirty: DirtyWorkbook, tmp_path: Path) -> None:
    """Each kind of trouble is either read as meant or said, at its place in the sheet."""
    path = tmp_path / "a.xlsx"
    dirty.write(path)
    table, findings = read(path, schema=dirty.schema)
    assert codes(findings) == dirty.expected_codes
    assert table is not None
    assert [list(table.labels), *(cells for _, cells in raw_rows(table))] == dirty.clean_rows


def test_every_value_has_one_plain_form(tmp_path: Path) -> None:
    """Whole numbers have no point, small ones no exponent; days, times and durations are ISO 8601."""
    book, first = new_workbook()
    first.append(["a", "b"])
    for value in (
        3,
        0.1,
        1e-7,
        -2.5,
        True,
        False,
        date(2024, 1, 5),
        datetime(2024, 1, 5, 8),
        time(8, 30),
        timedelta(1.5),
    ):
        first.append([value, "x"])
    book.save(tmp_path / "a.xlsx")
    assert [row[0] for row in texts(tmp_path / "a.xlsx")[1:]] == [
        "3",
        "0.1",
        "0.0000001",
        "-2.5",
        "true",
        "false",
        "2024-01-05",
        "2024-01-05T08:00:00",
        "08:30:00",
        "36:00:00",
    ]


def test_rows_keep_the_numbers_of_the_sheet(tmp_path: Path) -> None:
    """A table that begins at D5 has its first data row in row 6, and its columns know how far they are moved."""
    book, first = new_workbook()
    cells: list[list[Any]] = [["学校", "学生数"], ["一中", 800]]
    for number, row in enumerate(cells, start=5):
        for column, value in enumerate(row, start=4):
            first.cell(number, column, value)
    book.save(tmp_path / "a.xlsx")
    table, findings = read(tmp_path / "a.xlsx")
    assert table is not None
    assert (table.header_row, table.column_offset, list(raw_rows(table)), findings) == (
        5,
        3,
        [(6, ["一中", "800"])],
        [],
    )


def test_what_stands_outside_of_the_table_is_kept_apart(tmp_path: Path) -> None:
    """Cells beside the columns, above the header and below, with their places; none where there are none."""
    book, first = new_workbook()
    for address, value in {"A1": "标题", "B2": "甲", "C2": "乙", "B3": "x", "C3": "y", "F3": 13.0}.items():
        first[address] = value
    book.save(tmp_path / "a.xlsx")
    table, _ = read(tmp_path / "a.xlsx")
    assert table is not None
    assert table.outside is not None
    lines = table.outside.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [[1, 1, "标题"], [3, 6, "13"]]
    write_cells(tmp_path / "b.xlsx", [["甲", "乙"], ["x", "y"]])
    plain, _ = read(tmp_path / "b.xlsx")
    assert plain is not None
    assert plain.outside is None


def test_a_cell_that_is_too_long_is_told_at_its_place(tmp_path: Path) -> None:
    """The column is that of the sheet."""
    book, first = new_workbook()
    for address, value in {"C3": "甲", "D3": "乙", "C4": "x", "D4": "y" * 50}.items():
        first[address] = value
    book.save(tmp_path / "a.xlsx")
    _, findings = read(tmp_path / "a.xlsx", limits=Limits(cell_characters_max=40))
    assert codes(findings) == [("table-too-large", 4, 4)]


def test_sheets_are_listed(tmp_path: Path) -> None:
    """Every sheet stands in the table with its size, whether it is hidden and whether it was read."""
    book, first = new_workbook()
    first.title = "数据"
    first.append(["a", "b"])
    hidden = book.create_sheet("底稿")
    hidden.append([1])
    hidden.sheet_state = "hidden"
    book.create_sheet("空")
    book.save(tmp_path / "a.xlsx")
    table, _ = read(tmp_path / "a.xlsx")
    assert table is not None
    assert table.sheets == (Sheet("数据", 1, 2, False, True), Sheet("底稿", 1, 1, True), Sheet("空", 0, 0))


def _two_sheets(path: Path) -> Path:
    book, first = new_workbook()
    first.title = "甲"
    for row in (["a", "b"], [1, 2]):
        first.append(row)
    other = book.create_sheet("乙")
    for row in (["c", "d"], [3, 4]):
        other.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("dialect", [{"sheet": "乙"}, {"sheet": 2}, {"excel": {"sheet": "2"}}, {"sheetName": "乙"}])
def test_stated_sheet_is_read(dialect: dict[str, Any], tmp_path: Path) -> None:
    """A sheet is stated by name or by number from 1, in our words or in those of Frictionless or Data Package 2."""
    assert texts(_two_sheets(tmp_path / "a.xlsx"), dialect) == [["c", "d"], ["3", "4"]]


def test_missing_sheet_is_an_error_that_lists_the_sheets(tmp_path: Path) -> None:
    """A stated sheet that is not there ends the reading; the message names those that are."""
    table, findings = read(_two_sheets(tmp_path / "a.xlsx"), {"sheet": "丙"})
    assert table is None
    assert [message_of(item).zh for item in findings] == ["工作簿中没有工作表“丙”；有：甲、乙。"]


def test_several_sheets_without_a_word_are_a_warning(tmp_path: Path) -> None:
    """The first sheet with content is read, and the warning lists all."""
    table, findings = read(_two_sheets(tmp_path / "a.xlsx"))
    assert table is not None
    assert table.labels == ("a", "b")
    assert [message_of(item).en for item in findings] == [
        'There are 2 sheets with content (甲, 乙) and none is stated; "甲" was read.'
    ]


def test_names_of_the_schema_choose_the_sheet(tmp_path: Path) -> None:
    """Of several sheets the one whose labels are the fields is read without a warning."""
    table, findings = read(_two_sheets(tmp_path / "a.xlsx"), schema=fields(("c", "integer"), ("d", "integer")))
    assert table is not None
    assert (table.labels, findings) == (("c", "d"), [])


def test_stated_header_wins(tmp_path: Path) -> None:
    """Rows that the publisher states are the header, whatever they look like."""
    write_cells(tmp_path / "a.xlsx", [["a", "b"], ["c", "d"], ["1", "2"]])
    assert texts(tmp_path / "a.xlsx", {"headerRows": [2]}) == [["c", "d"], ["1", "2"]]
    assert texts(tmp_path / "a.xlsx", {"headerRows": [1, 2], "headerJoin": "-"})[0] == ["a-c", "b-d"]
    assert texts(tmp_path / "a.xlsx", {"header": False}) == [[], ["a", "b"], ["c", "d"], ["1", "2"]]


def test_word_for_total_in_an_enum_is_data(tmp_path: Path) -> None:
    """Where the schema lists 合计 among the values of the column, its row stays."""
    write_cells(tmp_path / "a.xlsx", [["性别", "人数"], ["男", 1], ["合计", 2]])
    listed = fields(("性别", "string"), ("人数", "integer"), 性别={"constraints": {"enum": ["男", "女", "合计"]}})
    assert texts(tmp_path / "a.xlsx", schema=listed)[1:] == [["男", "1"], ["合计", "2"]]
    assert texts(tmp_path / "a.xlsx")[1:] == [["男", "1"]]


def test_subtotals_within_the_table_stay(tmp_path: Path) -> None:
    """A subtotal between records is reported and kept."""
    write_cells(tmp_path / "a.xlsx", [["区", "校", "数"], ["甲", "一", 1], ["甲区小计", None, 1], ["乙", "二", 2]])
    table, findings = read(tmp_path / "a.xlsx")
    assert table is not None
    assert (table.comment_rows, codes(findings)) == ((), [("subtotal-row", 3, None)])


def test_numbers_in_text_columns_lose_nothing_but_what_excel_lost(tmp_path: Path) -> None:
    """A code of fifteen digits stays whole; one digit more is an error at its first row, and no value is quoted."""
    write_cells(tmp_path / "a.xlsx", [["代号", "x"], [123456789012345, 1], [1234567890123456, 1]])
    table, findings = read(tmp_path / "a.xlsx")
    assert table is not None
    assert next(raw_rows(table))[1][0] == "123456789012345"
    assert codes(findings) == [("number-precision-lost", 3, 1)]
    assert "123456" not in message_of(findings[0]).zh
    assert findings[0].value is None


def test_types_of_the_schema_fit_the_cells(tmp_path: Path) -> None:
    """A day becomes a moment, a month or the publisher's own format where the field says so."""
    book, first = new_workbook()
    day = date(2024, 1, 5)
    for row in (["a", "b", "c", "d"], [day, day, day, 1.5]):
        first.append(row)
    book.save(tmp_path / "a.xlsx")
    schema = fields(
        ("a", "datetime"),
        ("b", "yearmonth"),
        ("c", "date"),
        ("d", "number"),
        c={"format": "%d/%m/%Y"},
        d={"decimalChar": ","},
    )
    assert texts(tmp_path / "a.xlsx", schema=schema)[1] == ["2024-01-05T00:00:00", "2024-01", "05/01/2024", "1,5"]


def test_days_counted_from_1904(tmp_path: Path) -> None:
    """In a workbook whose days count from 1904, a plain number in a date field counts from there."""
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"), {"date_1904": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["a", "b"])
    sheet.write_row(1, 0, [0.0 + 43834, 1])
    book.close()
    assert texts(tmp_path / "a.xlsx", schema=fields(("a", "date"), ("b", "integer")))[1] == ["2024-01-05", "1"]


def test_column_without_label_is_kept_when_it_is_filled(tmp_path: Path) -> None:
    """Cells under no label are stray when few; a filled column stays, for validation to ask for its label."""
    rows: list[list[Any]] = [["a", "b", None], *([number, number, number] for number in range(10))]
    write_cells(tmp_path / "a.xlsx", rows)
    assert texts(tmp_path / "a.xlsx")[:2] == [["a", "b", ""], ["0", "0", "0"]]


def test_remarks_beside_the_table_are_left_out(tmp_path: Path) -> None:
    """A column without a label that holds remarks alone is no data; one warning names the first places."""
    rows: list[list[Any]] = [["a", "b", None], *([number, number, f"说明：第{number}条"] for number in range(10))]
    write_cells(tmp_path / "a.xlsx", rows)
    table, findings = read(tmp_path / "a.xlsx")
    assert table is not None
    assert (table.labels, codes(findings)) == (("a", "b"), [("stray-cells-left-out", 2, 3)])


def test_limits_end_the_reading(tmp_path: Path) -> None:
    """Too many rows, too many columns and too long a cell are each one error that says the limit."""
    write_cells(tmp_path / "a.xlsx", [["a", "b", "c"], [1, 2, "x" * 50], [3, 4, 5]])
    for limits in (Limits(rows_max=2), Limits(columns_max=2), Limits(cell_characters_max=20)):
        table, findings = read(tmp_path / "a.xlsx", limits=limits)
        assert table is None
        assert [item.severity for item in findings] == ["error"]
        assert findings[0].code in ("table-too-large", "sheet-too-large")


def test_nothing_of_a_cell_is_quoted_where_it_is_not_open(tmp_path: Path) -> None:
    """For a dataset that is not open, comments and properties are named by their place alone."""
    path = tmp_path / "a.xlsx"
    next(dirty for dirty in DIRTY if dirty.name == "hidden-things").write(path)
    _, findings = read(path, is_open=False)
    said = " ".join(message_of(item).zh + message_of(item).en for item in findings)
    assert [text for text in ("勿公开", "甲某某") if text in said] == []


def _repacked(source: Path, target: Path, **changed: bytes) -> Path:
    """Copy a workbook, some of its parts replaced; names have __ for / and an ending of .xml."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            key = name.removesuffix(".xml").replace("/", "__")
            new.writestr(name, changed.get(key, old.read(name)))
    return target


def _sheet(cells: bytes) -> bytes:
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return head + cells + b"</sheetData></worksheet>"


def _cell(place: bytes) -> bytes:
    row = place.lstrip(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return b'<row r="%s"><c r="%s"><v>1</v></c></row>' % (row, place)


HOSTILE: dict[str, tuple[bytes, str]] = {
    "far-cell": (_sheet(_cell(b"A1") + _cell(b"XFD1048576")), "sheet-too-large"),
    "far-cell-in-another-row": (
        _sheet(b'<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>'),
        "sheet-too-large",
    ),
    "far-cell-in-single-quotes": (_sheet(_cell(b"A1") + _cell(b"XFD1048576").replace(b'"', b"'")), "sheet-too-large"),
    "far-cell-with-prefix": (
        _sheet(_cell(b"A1") + _cell(b"XFD1048576").replace(b"<c", b"<x:c").replace(b"/c>", b"/x:c>")),
        "sheet-too-large",
    ),
    "cells-without-places": (
        _sheet(b"<row>" + b"<c><v>1</v></c>" * 9000 + b"</row>" + b"<row/>" * 90_000 + b"<row><c><v>1</v></c></row>"),
        "sheet-too-large",
    ),
    "entities": (b'<!DOCTYPE a [<!ENTITY b "c">]>' + _sheet(_cell(b"A1")), "workbook-broken"),
    "markup-in-comments": (_sheet(b"<!-- <row r='1'> -->" + _cell(b"A1")), "workbook-broken"),
    "bomb": (_sheet(_cell(b"A1") + b" " * 40_000_000), "workbook-unpacks-too-large"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_sheet_is_refused_before_it_is_read(name: str, tmp_path: Path) -> None:
    """What would use up the memory, or is not what programs write, is one error."""
    part, code = HOSTILE[name]
    write_cells(tmp_path / "plain.xlsx", [["a"]])
    path = _repacked(tmp_path / "plain.xlsx", tmp_path / "a.xlsx", xl__worksheets__sheet1=part)
    table, findings = read(path)
    assert (table, [item.code for item in findings]) == (None, [code])
    assert sorted(item.name for item in tmp_path.iterdir()) == ["a.xlsx", "plain.xlsx"]


SLOW: dict[str, bytes] = {
    "attributes": _sheet(b"<row " + b'r="1" ' * 200_000 + b' hidden=""/>'),
    "open-tags": _sheet(b'<c r="A1" ' * 100_000 + b't="e" <f'),
    "overlapping-regions": _sheet(b"".join(_cell(b"A%d" % row) for row in range(1, 2000))).replace(
        b"</worksheet>",
        b"<mergeCells>" + b'<mergeCell ref="A2:A1990"/>' * 50_000 + b"</mergeCells></worksheet>",
    ),
}


@pytest.mark.parametrize("name", SLOW)
def test_odd_markup_takes_no_time(name: str, tmp_path: Path) -> None:
    """Markup made to be looked through again and again takes a moment, as any other of its size."""
    write_cells(tmp_path / "plain.xlsx", [["a"]])
    path = _repacked(tmp_path / "plain.xlsx", tmp_path / "a.xlsx", xl__worksheets__sheet1=SLOW[name])
    start = process_time()
    read(path, limits=Limits(unpacked_ratio_max=100_000))
    assert process_time() - start < 3


def test_declared_dimension_alone_does_no_harm(tmp_path: Path) -> None:
    """A sheet that says to reach to the last cell, and does not, is read."""
    sheet = _sheet(_cell(b"A1")).replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
    write_cells(tmp_path / "plain.xlsx", [["a"]])
    path = _repacked(tmp_path / "plain.xlsx", tmp_path / "a.xlsx", xl__worksheets__sheet1=sheet)
    assert texts(path) == [["1"]]


def test_shared_text_used_often_is_counted_as_often(tmp_path: Path) -> None:
    """One long text in a great many cells is refused before it is copied for each."""
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet()
    for row in range(15_000):
        sheet.write_string(row, 0, "长" * 10_000)
    book.close()
    table, findings = read(tmp_path / "a.xlsx")
    assert (table, [item.code for item in findings]) == (None, ["sheet-too-large"])


def formulas_of(findings: list[Finding]) -> list[tuple[int | None, tuple[int, ...], int | None, str | None, bool]]:
    """Return rows, column and field of each finding on formulas without a value, and whether it says what follows."""
    return [
        (item.row, item.further_rows, item.column, item.field, item.severity == "warning")
        for item in findings
        if item.code == "formula-without-value"
    ]


def test_formulas_without_a_value_are_told_by_column_at_their_cells(tmp_path: Path) -> None:
    """Each column of the sheet that is read has its finding, with all rows; those of other sheets share one."""
    book, first = new_workbook()
    cells: list[list[Any]] = [["学校", "学生数", "经费"], ["一中", "=1+1", "=B2*2"], ["二中", 650, "=B3*2"]]
    for number, row in enumerate(cells, start=3):
        for column, value in enumerate(row, start=2):
            first.cell(number, column, value)
    book.create_sheet("另一张")["A7"] = "=1+1"
    book.save(tmp_path / "a.xlsx")
    _, findings = read(tmp_path / "a.xlsx", {"sheet": first.title})
    assert formulas_of(findings) == [
        (4, (), 3, "学生数", True),
        (4, (5,), 4, "经费", True),
        (None, (), None, None, True),
    ]
    assert message_of(findings[-1]).en.startswith("Formulas without a computed value: 1 (另一张!A7)")


def test_formulas_without_a_value_of_ods_have_their_cells_too(tmp_path: Path) -> None:
    """Row and column are those of the sheet."""
    text = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = ("".join(map(text.format, ("a", "b"))), text.format("x") + '<table:table-cell table:formula="of:=1+1"/>')
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="s">{"".join(f"<table:table-row>{row}</table:table-row>" for row in rows)}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml", '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        )
    _, findings = read(tmp_path / "a.ods")
    assert formulas_of(findings) == [(2, (), 2, "b", True)]


def test_repeated_cells_of_ods_are_counted(tmp_path: Path) -> None:
    """A repeated cell in a repeated row of an ODS file is counted, not laid out."""
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        '<table:table table:name="a"><table:table-row table:number-rows-repeated="1000000">'
        '<table:table-cell office:value-type="string" table:number-columns-repeated="16000"><text:p>x</text:p>'
        "</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    table, findings = read(tmp_path / "a.ods")
    assert (table, [item.code for item in findings]) == (None, ["sheet-too-large"])


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", b"PK\x03\x04broken", "workbook-broken"),
        ("a.xlsx", b"", "workbook-disguised"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "workbook-disguised"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096), "workbook-broken"),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "workbook-protected",
        ),
    ],
)
def test_what_is_no_workbook_is_said(name: str, content: bytes, code: str, tmp_path: Path) -> None:
    """A broken, empty, encrypted or misnamed file is one error."""
    (tmp_path / name).write_bytes(content)
    table, findings = read(tmp_path / name)
    assert (table, [item.code for item in findings]) == (None, [code])


def test_cut_workbooks_never_raise(tmp_path: Path) -> None:
    """A workbook with any byte of its middle changed is read or refused."""
    book = xlsxwriter.Workbook(str(tmp_path / "plain.xlsx"))
    book.set_properties({"created": datetime(2026, 1, 1)})  # else the bytes are others every time
    book.add_worksheet().write_row(0, 0, ["a", 1])
    book.close()
    whole = (tmp_path / "plain.xlsx").read_bytes()
    for place in range(30, len(whole), 97):
        (tmp_path / "a.xlsx").write_bytes(whole[:place] + b"\xff\x00" + whole[place + 2 :])
        table, findings = read(tmp_path / "a.xlsx")
        assert table is not None or any(item.severity == "error" for item in findings)


def test_part_without_a_name_is_refused(tmp_path: Path) -> None:
    """A part whose name begins with NUL has none; the workbook is broken."""
    write_cells(tmp_path / "plain.xlsx", [["a"]])
    data = (tmp_path / "plain.xlsx").read_bytes()
    name = b"docProps/app.xml"
    (tmp_path / "a.xlsx").write_bytes(data.replace(name, b"\0" + name[1:]))
    table, findings = read(tmp_path / "a.xlsx")
    assert (table, [item.code for item in findings]) == (None, ["workbook-broken"])


def test_part_that_claims_to_be_small_is_not_read_further(tmp_path: Path) -> None:
    """What the directory of the archive claims decides: the sheet is read from the copy that was looked through."""
    write_cells(tmp_path / "plain.xlsx", [["a"]])
    path = _repacked(tmp_path / "plain.xlsx", tmp_path / "a.xlsx", xl__worksheets__sheet1=_sheet(_cell(b"A1") * 50_000))
    data = bytearray(path.read_bytes())
    place = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    struct.pack_into("<I", data, place + 24, 100)
    path.write_bytes(data)
    table, findings = read(path)
    assert (table, [item.code for item in findings]) == (None, ["workbook-broken"])


@needs_shared_data
def test_metro_timetable_with_merged_headers() -> None:
    """Three rows of header in merged cells become one name for each column."""
    table, findings = read_workbook(
        SHARED / "cn" / "shanghai_metro_l1-3.xlsx",
        "xlsx",
        {"sheet": "1号线"},
        {},
        Path("/dev/null"),
        Limits(),
        PLACE,
        True,
    )
    assert table is not None
    assert table.header_row == 3
    assert table.labels[:2] == ("站名", "首班车发车时刻_往火车站 ↓")
    assert table.labels[4] == "常态末班车发车时刻_（周日-周四）_往富锦路 ↓"
    assert [item.code for item in findings] == ["second-table", "merged-cells-filled"]


@needs_shared_data
@pytest.mark.parametrize("name", ["table.xlsx", "table.xls", "table.ods"])
def test_every_format_reads_alike(name: str, tmp_path: Path) -> None:
    """XLSX, XLS and ODS of one table give the same text."""
    path = tmp_path / name
    path.write_bytes((SHARED / "fixtures" / "frictionless" / name).read_bytes())
    assert texts(path) == [["id", "name"], ["1", "english"], ["2", "中国人"]]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux gives it")
def test_far_cell_takes_little_memory(tmp_path: Path) -> None:
    """A stray cell in the last corner of a sheet is refused with far less than 500 MB."""
    write_cells(tmp_path / "plain.xlsx", [["a"]])
    path = _repacked(tmp_path / "plain.xlsx", tmp_path / "a.xlsx", xl__worksheets__sheet1=HOSTILE["far-cell"][0])
    program = (
        "import sys; from pathlib import Path; from portal.model.limits import Limits; "
        "from portal.examining.reading.sheets.spreadsheets import read_workbook; path = Path(sys.argv[1]); "
        "read_workbook(path, 'xlsx', {}, {}, path.with_suffix('.csv'), Limits(), {}, True); "
        "print(int(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0]) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 300


@pytest.mark.parametrize("dirty", DIRTY, ids=lambda dirty: dirty.name)
def test_frictionless_finds_the_faults_that_are_left(dirty: DirtyWorkbook, tmp_path: Path) -> None:
    """What reading could not make plain is exactly what Frictionless finds in the normal form."""
    dirty.write(tmp_path / "a.xlsx")
    table, _ = read(tmp_path / "a.xlsx", schema=dirty.schema)
    assert table is not None
    resource = frictionless.resources.TableResource(
        path="a.csv",
        basepath=str(tmp_path),
        encoding="utf-8",
        dialect=frictionless.Dialect(header_rows=[table.header_row], comment_rows=list(table.comment_rows)),
        schema=frictionless.Schema.from_descriptor(dirty.schema),
    )
    errors = resource.validate().flatten(["type", "rowNumber", "fieldName"])
    assert [tuple(error) for error in errors] == list(dirty.faults)


def test_rows_left_out_are_named_by_their_numbers(tmp_path: Path) -> None:
    """A number of a row cannot be taken for a count of rows, in either language."""
    write_cells(tmp_path / "a.xlsx", [["区", "数", "x"], ["甲", 1, 2], ["合计", 1, 2], ["注：不含民办。"]])
    _, findings = read(tmp_path / "a.xlsx")
    assert [(message_of(item).zh, message_of(item).en) for item in findings] == [
        (
            "表格末尾有说明文字（第 4 行），不作为数据。",
            "Notes stand at the end of the table (row 4); they are not taken as data.",
        ),
        (
            "表格末尾有合计（第 3 行），不作为数据。",
            "Totals stand at the end of the table (row 3); they are not taken as data.",
        ),
    ]


def test_second_table_in_a_sheet_is_told(tmp_path: Path) -> None:
    """A blank row, a heading and wider rows below it are a warning at the heading; a mere gap in the data is none."""
    upper: list[list[Any]] = [["站", "首班", "末班"], ["甲", 1, 2], ["乙", 3, 4], []]
    write_cells(tmp_path / "a.xlsx", [*upper, ["间隔"], ["时段", "间隔", "说明"], ["早", 1, 2]])
    assert codes(read(tmp_path / "a.xlsx")[1]) == [("second-table", 5, None)]
    write_cells(tmp_path / "b.xlsx", [*upper, ["丙", 5, 6], ["丁", 7, 8]])
    assert codes(read(tmp_path / "b.xlsx")[1]) == []


ABOVE: list[list[Any]] = [["代码", "名称", "人数"], ["01", "甲", 1], ["02", "乙", 2], []]
LONG: list[list[Any]] = [["代码", "名称", "人数"], *([f"{n:04}", f"名{n}", n] for n in range(1, 996)), []]


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        pytest.param([*ABOVE, ["代码", "地址", "邮编"], ["01", "某路", "100"]], 5, id="a label at the same place"),
        pytest.param([*ABOVE, ["年度", "科目", "金额"], [2020, "水费", 3]], 5, id="texts where numbers stand"),
        pytest.param([*ABOVE, [], ["表二 收支"], ["年度", "科目"], [2020, "水费"]], 6, id="a title of its own"),
        pytest.param([row[:2] for row in [*ABOVE, [], ["表二"], ["代码", "人"], ["01", 3]]], 6, id="two columns"),
        pytest.param([*LONG, ["年度", "科目", "金额"], *([2000 + n, "水", n] for n in range(9))], 998, id="far down"),
    ],
)
def test_second_header_below_a_blank_row_is_told(tmp_path: Path, rows: list[list[Any]], row: int) -> None:
    """Another table begins with labels of its own, after a title or without one, in every thousand of rows."""
    write_cells(tmp_path / "a.xlsx", rows)
    assert codes(read(tmp_path / "a.xlsx")[1]) == [("second-table", row, None)]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([*ABOVE, ["03", "丙", "暂无"], ["04", "丁", 4], [], ["05", "戊", 5]], id="a missing number"),
        pytest.param([*ABOVE, ["乙区"], ["03", "丙", 3], ["04", "丁", 4]], id="a heading of a group"),
        pytest.param([["学校", "地址"], ["甲", "一路"], [], ["乙", "二路"], ["丙", "三路"]], id="texts alone"),
        pytest.param([["校", "年"], ["甲", 1999], [], ["乙", 2001], ["丙", 800]], id="numbers like years"),
    ],
)
def test_blank_row_between_groups_of_one_table_is_no_second_table(tmp_path: Path, rows: list[list[Any]]) -> None:
    """A blank row, with the name of a group below it or not, does not end a table whose columns go on."""
    write_cells(tmp_path / "a.xlsx", rows)
    assert codes(read(tmp_path / "a.xlsx")[1]) == []


def test_a_sheet_without_header_is_doubted(tmp_path: Path) -> None:
    """A number in the first column of the header is a warning, and quoted only where the dataset is open."""
    write_cells(tmp_path / "a.xlsx", [[None, 1, "甲"], [None, 2, "乙"]])
    findings = read(tmp_path / "a.xlsx")[1]
    assert [(item.code, item.row, item.column, item.value) for item in findings] == [("header-doubtful", 1, 2, "1")]
    assert [item.value for item in read(tmp_path / "a.xlsx", is_open=False)[1]] == [None]
    assert read(tmp_path / "a.xlsx", {"headerRows": [1]})[1] == []


def test_separators_go_only_where_the_schema_has_numbers(tmp_path: Path) -> None:
    """In columns of text, and where nobody said what a column holds, every cell stays as it was typed."""
    write_cells(tmp_path / "a.xlsx", [["文", "数", "额", "任"], ["1,234", "1,234", "１，２３４．５", "1,234"]])
    typed = fields(("文", "string"), ("数", "integer"), ("额", "number"), ("任", "any"))
    assert texts(tmp_path / "a.xlsx", schema=typed)[1] == ["1,234", "1234", "1234.5", "1,234"]
    assert texts(tmp_path / "a.xlsx")[1] == ["1,234", "1,234", "１，２３４．５", "1,234"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "空文件"),
        (b"%PDF-1.7", "PDF 文档"),
        (b"<html><table>", "网页（HTML）"),
        (b"a,b\n1,2\n", "CSV 等文本表格"),
        ("一段文字".encode(), "文本文件"),
        (b"\x00\x01\x02\x03", "一种认不出的格式"),
    ],
)
def test_a_disguised_file_is_called_what_it_is(content: bytes, kind: str, tmp_path: Path) -> None:
    """What cannot be told from the first bytes is said to be unknown."""
    (tmp_path / "a.xls").write_bytes(content)
    _, findings = read(tmp_path / "a.xls")
    assert [message_of(item).zh for item in findings] == [f"文件的内容不是工作簿，看起来是{kind}。"]
