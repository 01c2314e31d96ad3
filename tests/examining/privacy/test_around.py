"""What stands around a table is published with it, so the gate looks there as well."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from portal.examining.privacy import around
from portal.examining.privacy.screening import screen
from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.examining.reading.understood_tables import understand
from portal.findings.finding import Finding
from portal.findings.words import finding_record, message_of
from portal.model.limits import Limits
from portal.settings import load_settings

ID = "110101185001010018"
OTHER_ID = "310101184912310022"
PHONE = "13800000001"
TODAY = date(2026, 6, 1)

Screened = Callable[..., list[Finding]]
Place = tuple[str, int | None, int | None]

ROWS = [("学校", "学生数", "教师数"), *((f"第{number}小学", 800 + number, 40) for number in range(6))]
"""The table of the workbooks here: it begins at C3, so its last row is 9."""
NOTES = "备注、合计等不是数据的行"
ABOVE = "表头和表头以上的文字"


def places(findings: Sequence[Finding]) -> list[Place]:
    """Return code, row and column of what is refused, in order."""
    return sorted((item.code, item.row, item.column) for item in findings if item.severity == "error")


def workbook(cells: dict[str, Any], hidden_row: int = 0, rows: Sequence[Sequence[Any]] = ROWS) -> bytes:
    """Return a workbook with the table at C3 and *cells* by address."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for number, row in enumerate(rows, start=3):
        for column, value in enumerate(row, start=3):
            sheet.cell(number, column).value = value
    for address, value in cells.items():
        sheet[address] = value
    if hidden_row:
        sheet.row_dimensions[hidden_row].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_with_harmless_things_around_it_is_fine(screened: Screened) -> None:
    """Titles, notes and totals that name nobody are let through, a total of eleven digits too."""
    cells = {"C1": "各校情况", "C10": "合计", "D10": 13800000001, "C11": "填表人：某科", "H4": "见附件"}
    assert screened(a__xlsx=workbook(cells)) == []


@pytest.mark.parametrize(
    ("cells", "expected", "where"),
    [
        ({"C1": f"联系 {PHONE}"}, ("personal-phone", 1, 3), ABOVE),
        ({"A1": f"证件 {ID}"}, ("personal-id", 1, 1), "表格以外的第 1 列"),
        ({"F2": int(PHONE)}, ("personal-phone", 2, 6), "表格以外的第 6 列"),
        ({"C10": f"填表人：某某 {PHONE}"}, ("personal-phone", 10, 3), NOTES),
        ({"C11": "填表人：", "E11": f"审核人：{ID}"}, ("personal-id", 11, 5), NOTES),
        ({"C10": "联系电话：", "D10": int(PHONE)}, ("personal-phone", 10, 4), NOTES),
        ({"H5": PHONE}, ("personal-phone", 5, 8), "表格以外的第 8 列"),
        ({"A20": f"'{ID}"}, ("personal-id", 20, 1), "表格以外的第 1 列"),
    ],
    ids=["title", "title left", "number above", "note", "signature", "contact", "stray", "stray below"],
)
def test_an_identifier_around_the_table_of_a_sheet_is_refused(
    screened: Screened, cells: dict[str, Any], expected: Place, where: str
) -> None:
    """It is told once, masked, and at its place in the sheet."""
    findings = screened(a__xlsx=workbook(cells))
    assert places(findings) == [expected]
    (finding,) = findings
    assert message_of(finding).zh.startswith(where)
    text = json.dumps(finding_record(finding), ensure_ascii=False)
    assert (finding.value or "").count("*") >= 4
    assert [raw for raw in (ID, PHONE) if raw in text] == []


def test_an_identifier_in_a_hidden_row_is_refused(screened: Screened) -> None:
    """Hidden rows are rows; the column is that of the sheet, which begins at C."""
    rows = [("学校", "备注"), *((f"第{number}小学", PHONE if number == 3 else "无") for number in range(6))]
    assert places(screened(a__xlsx=workbook({}, hidden_row=7, rows=rows))) == [("personal-phone", 7, 4)]


def test_a_contact_of_the_table_hides_nothing_elsewhere(screened: Screened) -> None:
    """What is declared for a column holds for that column, not for a note, a stray cell or another sheet."""
    rows = [("单位", "值班手机", "人数"), *((f"第{number}局", f"1380000{number:04d}", 5) for number in range(6))]
    declared = "catalogue: {public_contact: [值班手机]}\n"
    assert screened(declared, a__xlsx=workbook({}, rows=rows)) == []
    cells = {"C1": "13800009991", "D10": "联系电话：13800009992", "C10": "填表人：", "H4": "13800009993"}
    assert places(screened(declared, a__xlsx=workbook(cells, rows=rows))) == [
        ("personal-phone", 1, 3),
        ("personal-phone", 4, 8),
        ("personal-phone", 10, 4),
    ]
    book = openpyxl.load_workbook(io.BytesIO(workbook({}, rows=rows)))
    for row in (("序号", "备注"), (1, "13800009994")):
        if "其他" not in book.sheetnames:
            book.create_sheet("其他").sheet_state = "hidden"
        book["其他"].append(row)
    out = io.BytesIO()
    book.save(out)
    assert places(screened(declared, a__xlsx=out.getvalue())) == [("personal-phone", 2, 2)]


@pytest.mark.parametrize("is_packed", [False, True], ids=["other sheet", "in an archive"])
def test_a_sheet_is_judged_by_what_its_cells_show(screened: Screened, is_packed: bool) -> None:
    """1234567 whose format ``00000000`` shows a zero in front is a permit of eight digits."""
    book = openpyxl.load_workbook(io.BytesIO(workbook({})))
    sheet = book.create_sheet("其他")
    for row in (("人员", "台胞证"), ("甲", 1234567), ("乙", 1234568)):
        sheet.append(row)
    for number in (2, 3):
        sheet.cell(number, 2).number_format = "00000000"
    out = io.BytesIO()
    book.save(out)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.xlsx", out.getvalue())
        archive.writestr("b.txt", "x")
    findings = screened(a__zip=held.getvalue()) if is_packed else screened(a__xlsx=out.getvalue())
    assert [item.code for item in findings if item.severity == "error"] == ["personal-passport"]


def test_a_contact_may_stand_on_every_sheet(screened: Screened) -> None:
    """The name that is declared is that of a field, on whatever sheet."""
    book = openpyxl.Workbook()
    for sheet in (book.worksheets[0], book.create_sheet("另一")):
        for row in (("单位", "值班手机"), ("甲局", PHONE), ("乙局", "13800000002")):
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    assert places(screened("catalogue: {public_contact: [值班手机]}\n", a__xlsx=out.getvalue())) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"各校情况 {PHONE}\n学校,学生数,教师数\n甲,1,2\n乙,1,2\n", ("personal-phone", 1, 1)),
        (f"#联系 {PHONE}\n学校,学生数,教师数\n甲,1,2\n#联系,{ID}\n乙,1,2\n", ("personal-id", 4, 2)),
        (f"学校,学生数,教师数\n甲,1,2\n#,x,y,{ID}\n", ("personal-id", 3, 4)),
    ],
    ids=["title", "comment", "comment wider than the table"],
)
def test_an_identifier_around_the_table_of_a_text_is_refused(
    write_one: Callable[[str, str], list[Finding]], text: str, expected: Place
) -> None:
    """Titles and comment rows of CSV are read as running text."""
    header = 2 if not text.startswith("学校") else 1
    assert expected in places(write_one(text, f"{{commentChar: '#', headerRows: [{header}]}}"))


@pytest.fixture
def write_one(write_dataset: Callable[..., Path], tmp_path: Path) -> Callable[[str, str], list[Finding]]:
    """Return a function that screens one CSV file with a dialect."""

    def screen_text(text: str, dialect: str) -> list[Finding]:
        entry = f"name: made\ntitle: t\nresources:\n  - {{name: t, path: t.csv, dialect: {dialect}}}\n"
        root = write_dataset(entry, t__csv=text)
        dataset = load_catalog(load_settings(root))[0].datasets[0]
        data = understand(dataset, tmp_path, Limits())
        return list(screen(data, Limits(), tmp_path, today=TODAY))

    return screen_text


@pytest.mark.parametrize("name", ["a__json", "a__geojson"])
def test_a_member_beside_the_rows_of_json_is_looked_at(screened: Screened, name: str) -> None:
    """Even of a kind that the table holds with leave, and when its letters are escaped."""
    rows: Any = [{"单位": f"第{number}局", "值班手机": f"1380000{number:04d}"} for number in range(5)]
    if name == "a__geojson":
        rows = [
            {"type": "Feature", "properties": row, "geometry": {"type": "Point", "coordinates": [120.5, 31.3]}}
            for row in rows
        ]
        plain: dict[str, Any] = {"type": "FeatureCollection", "features": rows}
    else:
        plain = {"data": rows}
    declared = "catalogue: {public_contact: [值班手机]}\n"
    assert places(screened(declared, **{name: json.dumps(plain)})) == []
    more = {**plain, "author": "填表人 13800009991", "mark": "机密★"}
    assert [code for code, _, _ in places(screened(declared, **{name: json.dumps(more)}))] == [
        "personal-phone",
        "secrecy-mark",
    ]


def test_cells_outside_are_bounded_and_it_is_said(screened: Screened, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not looked at is told."""
    monkeypatch.setattr(around, "OUTSIDE_CELLS_MAX", 2)
    findings = screened(a__xlsx=workbook({"A1": "甲", "A4": "乙", "H5": PHONE}))
    assert [item.code for item in findings] == ["document-read-in-part"]


@pytest.mark.parametrize(("label", "is_refused"), [("联系电话：", True), ("合计", False)])
def test_a_bare_number_below_the_table_is_a_total_where_its_row_says_so(
    screened: Screened, label: str, is_refused: bool
) -> None:
    """Of a wide table a row of two cells is a note; its number is a mobile unless the row is a total."""
    head = ("学校", "学生数", "教师数", "班数", "占地", "藏书", "经费（元）", "年份")
    rows = [head, *((f"第{number}小学", 800, 40, 20, 9, 9, 9, 2020) for number in range(6))]
    findings = screened(a__xlsx=workbook({"C10": label, "I10": int(PHONE)}, rows=rows))
    assert places(findings) == ([("personal-phone", 10, 9)] if is_refused else [])
    assert all(message_of(item).zh.startswith(NOTES) for item in findings)


def test_the_title_of_a_further_part_is_looked_at(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """Parts are joined without what stands above their header, and published with it."""
    root = write_dataset(
        "name: made\ntitle: t\nresources:\n  - {name: t, path: [a.csv, b.csv], dialect: {headerRows: [2]}}\n",
        a__csv="标题\n学校,学生数\n甲,1\n",
        b__csv=f"标题 {PHONE}\n学校,学生数\n乙,2\n",
    )
    dataset = load_catalog(load_settings(root))[0].datasets[0]
    data = understand(dataset, tmp_path, Limits())
    (finding,) = screen(data, Limits(), tmp_path, today=TODAY)
    assert (finding.code, finding.file, finding.row) == ("personal-phone", "made/b.csv", 1)
