"""What a cell shows by its number format is what is read: zeros in front, days, times; XLSX, XLS and ODS alike."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt  # type: ignore[import-untyped]
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from portal.examining.reading.sheets.number_formats import format_of
from portal.examining.reading.sheets.spreadsheets import read_workbook
from portal.examining.reading.understood_tables import raw_rows
from portal.findings.finding import Finding
from portal.model.limits import Limits

Cells = list[tuple[float, str]]


def write(path: Path, cells: Cells, *, starts_1904: bool = False, head: str = "值") -> Path:
    """Write a column of numbers, each in its format, beside one of names."""
    if path.suffix == ".xls":
        old = xlwt.Workbook()
        old.dates_1904 = starts_1904
        sheet = old.add_sheet("S")
        for row, (value, code) in enumerate([(0, "General"), *cells]):
            sheet.write(row, 0, "名" if row == 0 else f"n{row}")
            sheet.write(row, 1, head if row == 0 else value, xlwt.easyxf(num_format_str=code))
        old.save(str(path))
        return path
    book = openpyxl.Workbook()
    if starts_1904:
        book.epoch = CALENDAR_MAC_1904
    page = book.active
    assert page is not None
    page.append(["名", head])
    for row, (value, code) in enumerate(cells, start=2):
        page.cell(row, 1, f"n{row}")
        page.cell(row, 2, value).number_format = code
    book.save(path)
    return path


def read(path: Path, schema: dict[str, Any] | None = None) -> tuple[list[str], list[Finding]]:
    """Return the second column below the header, and the findings."""
    place = {"dataset": "d", "resource": "r", "file": f"d/{path.name}"}
    target = path.with_name("out.csv")
    table, findings = read_workbook(path, path.suffix[1:], {}, schema or {}, target, Limits(), place, True)
    assert table is not None, findings
    return [cells[1] for _, cells in raw_rows(table)], findings


@pytest.mark.parametrize("ending", [".xlsx", ".xls"])
@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ([(123, "0000000"), (12, "000"), (7, '"A"0000'), (20123, "000-0000")], ["0000123", "012", "A0007", "002-0123"]),
        ([(12, "[<100]000;0"), (120, "[<100]000;0"), (-5, "000;-000")], ["012", "120", "-005"]),
        ([(1.5, "000"), (12, "0.00"), (12, "#,##0"), (12, '0"件"'), (5, "0.0E+0")], ["1.5", "12", "12", "12", "5"]),
        ([(0.9, "h:mm"), (1, "h:mm"), (1.5, "h:mm AM/PM")], ["21:36:00", "00:00:00", "12:00:00"]),
        ([(45000.25, "mm:ss"), (0.25, "mm:ss")], ["06:00:00", "06:00:00"]),
        ([(1.5, "[h]:mm"), (0.5, "[h]:mm:ss")], ["36:00:00", "12:00:00"]),
        ([(45047, "yyyy-mm-dd h:mm"), (45047.25, "yyyy-mm-dd h:mm")], ["2023-05-01T00:00:00", "2023-05-01T06:00:00"]),
        ([(45047, "yyyy/m/d"), (59, "yyyy/m/d"), (61, "yyyy/m/d")], ["2023-05-01", "1900-02-28", "1900-03-01"]),
        ([(1, '[=1]"男";[=2]"女"'), (2, '[=1]"男";[=2]"女"'), (3, '[=1]"男";0')], ["男", "女", "3"]),
        ([(0, '#,##0;-#,##0;"-"'), (5, '[>=60]0;[Red]0'), (0, '[=0]"-";0')], ["0", "5", "0"]),
        ([(0, "yyyy-mm-dd;;"), (45047, "yyyy-mm-dd;;")], ["", "2023-05-01"]),
    ],
)  # fmt: skip
def test_cells_are_read_as_they_are_shown(cells: Cells, shown: list[str], ending: str, tmp_path: Path) -> None:
    """Zeros in front, a time over a day, midnight in a column of moments: the format says what a number is."""
    assert read(write(tmp_path / f"a{ending}", cells)) == (shown, [])


@pytest.mark.parametrize("ending", [".xlsx", ".xls"])
def test_days_count_from_1904_where_the_workbook_says_so(ending: str, tmp_path: Path) -> None:
    """There 0 is a day like any other."""
    cells = [(0, "yyyy/m/d"), (0.5, "yyyy/m/d h:mm"), (40000, "yyyy/m/d"), (1.5, "h:mm")]
    shown = ["1904-01-01", "1904-01-01T12:00:00", "2013-07-07", "12:00:00"]
    assert read(write(tmp_path / f"a{ending}", cells, starts_1904=True)) == (shown, [])


@pytest.mark.parametrize("ending", [".xlsx", ".xls"])
def test_day_that_never_was_is_an_error_at_its_cell(ending: str, tmp_path: Path) -> None:
    """29 February 1900 and day 0 are shown by Excel and are no days; text and numbers of such cells are none of it."""
    path = write(tmp_path / f"a{ending}", [(60, "yyyy-mm-dd"), (0, "yyyy/m/d"), (60.5, "yyyy/m/d h:mm"), (60, "0")])
    column, findings = read(path)
    assert column == ["1900-02-29", "1900-01-00", "1900-02-29", "60"]
    assert [(item.code, item.row, item.column, item.field) for item in findings] == [
        ("day-unreal", row, 2, "值") for row in (2, 3, 4)
    ]


@pytest.mark.parametrize("ending", [".xlsx", ".xls"])
def test_negative_number_is_no_time(ending: str, tmp_path: Path) -> None:
    """Excel shows it as #######; it is not midnight."""
    column, findings = read(write(tmp_path / f"a{ending}", [(-1, "h:mm"), (-0.5, "yyyy-mm-dd"), (-1, "0")]))
    assert (column, [(item.code, item.row) for item in findings]) == (
        ["#######", "#######", "-1"],
        [("day-unreal", 2), ("day-unreal", 3)],
    )


def test_number_in_a_column_of_days_is_a_day_whatever_its_zeros(tmp_path: Path) -> None:
    """Where the schema says date, a number in the format 000000 counts days as any other does."""
    fields = [{"name": "名", "type": "string"}, {"name": "值", "type": "date"}]
    assert read(write(tmp_path / "a.xlsx", [(45047, "000000")]), {"fields": fields}) == (["2023-05-01"], [])


def test_text_in_a_column_formatted_as_days_is_text(tmp_path: Path) -> None:
    """The number of a shared text is no day."""
    path = write(tmp_path / "a.xlsx", [("待定", "yyyy-mm-dd"), ("012", "00000")])  # type: ignore[list-item]
    assert read(path) == (["待定", "012"], [])


def test_declared_number_stays_a_number(tmp_path: Path) -> None:
    """Where the schema says integer, zeros in front are a matter of looks."""
    path = write(tmp_path / "a.xlsx", [(12, "000")])
    fields = [{"name": "名", "type": "string"}, {"name": "值", "type": "integer"}]
    assert read(path, {"fields": fields}) == (["12"], [])


@pytest.mark.parametrize("ending", [".xlsx", ".xls"])
def test_fraction_of_a_second_never_becomes_another_day(ending: str, tmp_path: Path) -> None:
    """Thousandths are kept; what comes of counting in parts of a day is not."""
    moments = [46086 + (86399.75 / 86400), 46086 + 30615.25 / 86400, 46086 + 30616 / 86400]
    cells = [*((value, "yyyy/m/d h:mm:ss.000") for value in moments), (65.37 / 86400, "mm:ss.00")]
    shown = ["2026-03-05T23:59:59.75", "2026-03-05T08:30:15.25", "2026-03-05T08:30:16", "00:01:05.37"]
    assert read(write(tmp_path / f"a{ending}", cells)) == (shown, [])


def test_number_has_fifteen_digits_at_most(tmp_path: Path) -> None:
    """0.1 + 0.2 is 0.3, as every spreadsheet program shows it."""
    cells = [(0.1 + 0.2, "General"), (0.0192294555245063, "General"), (1 / 3, "General"), (4493.9, "General")]
    assert read(write(tmp_path / "a.xlsx", cells))[0] == ["0.3", "0.0192294555245063", "0.333333333333333", "4493.9"]


def _changed(path: Path, target: Path, change: Any) -> Path:
    """Copy a package; *change* gives each part a name and a content."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            info, content = change(name, old.read(name))
            new.writestr(info, content)
    return target


def _unusual(name: str, content: bytes) -> tuple[str, bytes]:
    """Write cells as few programs do: without places, in single quotes, the style in front."""
    if name.endswith("sheet1.xml"):
        for row in range(2, 9):
            content = content.replace(f'<c r="B{row}" s='.encode(), b"<c s=")
        content = content.replace(b'"', b"'").replace(b"?>", b"?>")
    return name, content


def test_formats_count_however_a_cell_is_written(tmp_path: Path) -> None:
    """Cells without a place, in single quotes, have the format of their style too."""
    path = write(tmp_path / "plain.xlsx", [(12, "000"), (1.5, "h:mm"), (60, "yyyy-mm-dd")])
    column, findings = read(_changed(path, tmp_path / "a.xlsx", _unusual))
    assert column == ["012", "12:00:00", "1900-02-29"]
    assert [(item.code, item.row, item.column) for item in findings] == [("day-unreal", 4, 2)]


def test_day_of_strict_workbooks_is_a_day(tmp_path: Path) -> None:
    """A moment at midnight in a format of days, written as ISO 8601, is that day."""

    def iso(name: str, content: bytes) -> tuple[str, bytes]:
        return name, content.replace(b't="n"><v>45047</v>', b't="d"><v>2026-03-06T00:00:00.000</v>')

    path = write(tmp_path / "plain.xlsx", [(45047, "yyyy-mm-dd"), (45048, "yyyy-mm-dd")])
    assert read(_changed(path, tmp_path / "a.xlsx", iso))[0] == ["2026-03-06", "2023-05-02"]


def _at_root(name: str, content: bytes) -> tuple[str, bytes]:
    content = content.replace(b"/xl/", b"/").replace(b'"xl/', b'"').replace(b"worksheets/", b"")
    return name.replace("worksheets/", "").removeprefix("xl/"), content


def _with_backslashes(name: str, content: bytes) -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo("x")
    info.filename = name.replace("/", "\\")
    return info, content


def _in_capitals(name: str, content: bytes) -> tuple[str, bytes]:
    return name.replace("sheet1", "Sheet1"), content


@pytest.mark.parametrize("change", [_at_root, _with_backslashes, _in_capitals])
def test_parts_are_found_by_their_relations(change: Any, tmp_path: Path) -> None:
    """At the root of the package, with backslashes, in capitals: formats and findings are those of the usual one."""
    path = write(tmp_path / "plain.xlsx", [(12, "000"), (60, "yyyy-mm-dd")])
    column, findings = read(_changed(path, tmp_path / "a.xlsx", change))
    assert (column, [item.code for item in findings]) == (["012", "1900-02-29"], ["day-unreal"])


@pytest.mark.parametrize("empty", ['<c r="{0}" s="1"/>', '<c r="{0}" s="1"></c>', '<c r="{0}" s="1"><v/></c>'])
def test_formatted_cells_without_a_value_take_no_room(empty: str, tmp_path: Path) -> None:
    """One in the last corner, and thousands below the table, do not make the sheet too large."""
    rows = [*range(5, 3000), 1_048_576]
    far = "".join(f'<row r="{row}">{empty.format(f"A{row}")}{empty.format(f"XFD{row}")}</row>' for row in rows)

    def spread(name: str, content: bytes) -> tuple[str, bytes]:
        return name, content.replace(b"</sheetData>", f"{far}</sheetData>".encode())

    path = write(tmp_path / "plain.xlsx", [(12, "General"), (13, "General")])
    assert read(_changed(path, tmp_path / "a.xlsx", spread)) == (["12", "13"], [])


def test_ods_shows_zeros_spans_and_midnights(tmp_path: Path) -> None:
    """Zeros in front, hours beyond a day, a moment at midnight: told by the text that the file keeps."""
    cells = [
        ('office:value-type="float" office:value="123"', "0000123"),
        ('office:value-type="time" office:time-value="PT255H10M10S"', "255:10:10"),
        ('office:value-type="time" office:time-value="PT36H00M00S"', "12:00"),
        ('office:value-type="time" office:time-value="PT08H05M00S"', "8:05"),
        ('office:value-type="date" office:date-value="2023-05-01"', "2023-05-01 00:00"),
        ('office:value-type="date" office:date-value="2023-05-02T00:00:00"', "2023-05-02"),
        ('office:value-type="string"', "PT255H10M10S"),
    ]
    rows = "".join(
        '<table:table-row><table:table-cell office:value-type="string"><text:p>n</text:p></table:table-cell>'
        f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell></table:table-row>"
        for attributes, text in [('office:value-type="string"', "值"), *cells]
    )
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    table = f'<table:table table:name="S">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("META-INF/manifest.xml", "<manifest/>")
        file.writestr("content.xml", f"<office:document-content{names}>{body}</office:document-content>")
    shown = ["0000123", "255:10:10", "12:00:00", "08:05:00", "2023-05-01T00:00:00", "2023-05-02", "PT255H10M10S"]
    assert read(tmp_path / "a.ods") == (shown, [])


@pytest.mark.parametrize(
    "code", ["General", "@", "0.00", "#,##0", "0%", "0.00E+00", "# ?/?", "[h]:mm", "_ * #,##0_ ;_ @_ "]
)
def test_most_formats_say_nothing_more_than_the_number(code: str) -> None:
    """Percentages, fractions, groups, currencies and durations are read as the numbers they are."""
    assert format_of(code) is None
