"""A table inside a file is judged by its columns, in whatever file it lies and however its records are nested."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import struct
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import duckdb
import openpyxl
import pytest
import xlwt  # type: ignore[import-untyped]

from portal.examining.privacy.documents import tables_in_data
from portal.examining.privacy.screening import screen
from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.examining.reading.understood_tables import understand
from portal.findings.finding import Finding
from portal.findings.words import message_of
from portal.model.limits import Limits
from portal.settings import load_settings

Screened = Callable[..., list[Finding]]

HEADER, PEOPLE = ("姓名", "出生日期"), (("测试甲", "1850-01-01"), ("测试乙", "1851-01-01"))
TABLE = (HEADER, *PEOPLE)
CSV = "".join(",".join(row) + "\n" for row in TABLE)
RECORDS = [dict(zip(HEADER, row, strict=True)) for row in PEOPLE]


def zipped(**members: str | bytes) -> bytes:
    """Return a ZIP file of members and of one more, so that none of them is the table of the dataset."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**members, "more__txt": "x"}.items():
            archive.writestr(name.replace("___", "/").replace("__", "."), content)
    return out.getvalue()


def workbook(rows: Sequence[Sequence[str]] = TABLE) -> bytes:
    """Return an XLSX file of one sheet."""
    book = openpyxl.Workbook()
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            book.active.cell(number, column, text)  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def old_workbook() -> bytes:
    """Return an XLS file of one sheet."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("甲")
    for number, row in enumerate(TABLE):
        for column, text in enumerate(row):
            sheet.write(number, column, text)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def database(folder: Path, rows: Sequence[Sequence[str]] = PEOPLE) -> bytes:
    """Return an SQLite file with one table."""
    path = folder / "made.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE p (姓名 TEXT, 出生日期 TEXT)")
    connection.executemany("INSERT INTO p VALUES (?, ?)", rows)
    connection.commit()
    connection.close()
    return path.read_bytes()


def parquet(folder: Path, value: str) -> bytes:
    """Return a Parquet file with a column of *value*, an expression of SQL."""
    path = folder / "made.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT 1 AS 编号, {value} AS 人员) TO '{path}'").fetchall()
    return path.read_bytes()


def word(rows: Sequence[Sequence[str]]) -> bytes:
    """Return a DOCX file with one table."""
    cells = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>' for text in row)}</w:tr>"
        for row in rows
    )
    body = f'<w:document xmlns:w="urn:w"><w:body><w:tbl>{cells}</w:tbl></w:body></w:document>'
    return zipped(word___document__xml=body)


def names(findings: Sequence[Finding]) -> set[str]:
    """Return the codes of what was found, but for what is only not read."""
    return {item.code for item in findings} - {"document-not-read", "document-read-in-part"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a__zip", zipped(a__csv=CSV)),
        ("a__zip", zipped(a__csv="登记表\n" + CSV.replace(",", ";"))),
        ("a__zip", zipped(a__tsv=CSV.replace(",", "\t").encode("gb18030"))),
        ("a__zip", zipped(a__csv=CSV.encode("utf-16"))),
        ("a__zip", zipped(a__json=json.dumps(RECORDS))),
        ("a__zip", zipped(a__xlsx=workbook())),
        ("a__zip", zipped(a__bak=workbook())),
        ("a__zip", zipped(a=workbook())),
        ("a__zip", zipped(a__xls=old_workbook())),
        ("a__zip", zipped(a__csv__gz=gzip.compress(CSV.encode()))),
        ("a__zip", zipped(inner__zip=zipped(a__csv=CSV))),
        ("a__bak__gz", gzip.compress(workbook())),
        ("a__xlsm", workbook()),
        ("a__et", old_workbook()),
        ("a__txt", "名单如下\n" + CSV),
        ("a__md", "| 姓名 | 出生日期 |\n|---|---|\n| 测试甲 | 1850-01-01 |\n| 测试乙 | 1851-01-01 |\n"),
        ("a__html", "<table><tr><th>姓名<th>出生日期<tr><td>测试甲<td>1850-01-01</table>"),
        ("a__xml", "<l><r><姓名>测试甲</姓名><出生日期>1850-01-01</出生日期></r></l>"),
        ("a__xml", '<l><r 姓名="测试甲" 出生日期="1850-01-01"/><r 姓名="测试乙" 出生日期="1851-01-01"/></l>'),
        (
            "a__kml",
            '<kml><Placemark><ExtendedData><Data name="姓名"><value>测试甲</value></Data><Data name="出生日期">'
            "<value>1850-01-01</value></Data></ExtendedData></Placemark></kml>",
        ),
        ("a__docx", word(TABLE)),
        ("a__docx", word([("姓名", "测试甲", "出生日期", "1850-01-01")])),
        ("a__docx", zipped(word___embeddings___Sheet1__xlsx=workbook())),
    ],
    ids=[
        "csv", "title and semicolons", "tsv in GB18030", "csv in UTF-16", "json", "workbook", "workbook called bak",
        "workbook without ending", "xls", "gz in zip", "zip in zip", "workbook in gz", "xlsm", "et", "txt", "markdown",
        "html", "xml", "xml attributes", "kml", "word", "form in word", "workbook in word",
    ],
)  # fmt: skip
def test_a_name_beside_a_birth_date_is_found_in_any_table(screened: Screened, name: str, content: str | bytes) -> None:
    """Neither alone is an identifier; the titles of the columns make them personal, wherever the table lies."""
    assert names(screened(**{name: content})) == {"personal-name"}


@pytest.mark.parametrize("name", ["a__gpkg", "a__dat", "a__zip"])
def test_tables_of_databases_are_judged(screened: Screened, tmp_path: Path, name: str) -> None:
    """SQLite and GeoPackage, by their content, in an archive too."""
    content = database(tmp_path)
    findings = screened(**{name: zipped(a__db=content) if name == "a__zip" else content})
    assert names(findings) == {"personal-name"}
    assert "p" in message_of(findings[0]).en


@pytest.mark.parametrize(
    "document",
    [
        {"a": {"b": [{"人": {"姓名": "测试甲"}, "健康": {"病名": "感冒"}}]}},
        {"姓名": ["测试甲", "测试乙"], "出生日期": ["1850-01-01", "1851-01-01"]},
        {"columns": ["姓名", "出生日期"], "data": [["测试甲", "1850-01-01"]]},
        {"1": {"姓名": "测试甲", "出生日期": "1850-01-01"}, "2": {"姓名": "测试乙", "出生日期": "1851-01-01"}},
        {"户": {"成员": [{"姓名": "测试甲", "出生日期": "1850-01-01"}]}},
    ],
    ids=["paths", "columns", "header beside rows", "keyed", "list below objects"],
)
@pytest.mark.parametrize("is_packed", [False, True])
def test_nested_json_is_judged_by_its_paths(screened: Screened, document: object, is_packed: bool) -> None:
    """However records are laid out in a document, a name is beside what says more of a person."""
    text = json.dumps(document, ensure_ascii=False)
    findings = screened(a__zip=zipped(a__json=text)) if is_packed else screened(a__json=text)
    assert names(findings) == {"personal-name"}


def test_objects_in_cells_are_judged_beside_the_columns_of_their_table(screened: Screened, tmp_path: Path) -> None:
    """A name in a column and a birth date in an object of the same row stand together, in JSON, CSV and Parquet."""
    nested = [{"编号": 1, "人员": row} for row in RECORDS]
    (finding,) = screened(a__json=json.dumps(nested))
    assert (finding.code, finding.field, finding.row) == ("personal-name", "人员.姓名", 2)
    apart = [{"姓名": row["姓名"], "人员": {"出生日期": row["出生日期"]}} for row in RECORDS]
    assert [(item.code, item.field) for item in screened(a__json=json.dumps(apart))] == [("personal-name", "姓名")]
    lines = "\n".join(json.dumps(row) for row in nested)
    assert names(screened(a__ndjson=lines)) == {"personal-name"}
    cell = json.dumps(RECORDS[0], ensure_ascii=False).replace('"', '""')
    assert names(screened(a__csv=f'编号,人员\n1,"{cell}"\n')) == {"personal-name"}
    listed = parquet(tmp_path, "[{'姓名': '测试甲', '出生日期': '1850-01-01'}]")
    assert names(screened(a__parquet=listed)) == {"personal-name"}
    assert names(screened(a__zip=zipped(a__parquet=listed))) == {"personal-name"}


def test_of_a_parquet_that_unpacks_to_much_no_more_than_the_limit_is_looked_through(
    screened: Screened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few kilobytes can hold gigabytes of text; what is beyond the limit is said to be unread."""
    monkeypatch.setattr(tables_in_data, "PARQUET_CHARACTERS_MAX", 100_000)
    path = tmp_path / "large.parquet"
    with duckdb.connect() as connection:
        texts = "SELECT i AS 编号, repeat('虚', 1000) AS 说明 FROM range(100_000) AS r(i)"
        connection.execute(f"COPY ({texts}) TO '{path}'").fetchall()
    assert path.stat().st_size < 1_000_000
    found = list(screened(a__zip=zipped(a__parquet=path.read_bytes())))
    assert {item.code for item in found} == {"document-read-in-part"}


@pytest.mark.parametrize(
    "content",
    [
        zipped(a__csv="区,地区生产总值（元）\n" + "".join(f"甲{n},{13800000000 + n * 977}\n" for n in range(9))),
        zipped(a__csv="姓名,职务,单位\n测试甲,局长,甲局\n"),
        zipped(a__json=json.dumps([{"书名": "甲", "作者": {"姓名": "测试甲"}}])),
        word([("姓名", "职务"), ("测试甲", "局长")]),
        zipped(a__csv="企业名称,法定代表人,住所地址\n甲公司,测试甲,虚构路8号\n"),
    ],
    ids=["amounts", "officials", "authors", "officials in word", "companies"],
)
def test_honest_tables_inside_files_pass(screened: Screened, content: bytes) -> None:
    """What passes as a table of its own passes in an archive or a document, too."""
    assert names(screened(a__zip=content)) == set()


def test_an_inner_table_is_told_with_its_member_and_rows(screened: Screened) -> None:
    """Whoever mends it needs the member, the column and the rows."""
    finding = next(iter(screened(a__zip=zipped(a__csv=CSV))))
    assert message_of(finding).zh == (
        "文件中 a.csv 的字段“姓名”有 2 处姓名（旁边有联系方式、证件或敏感信息），例如 测**（第 2, 3 行）。"
    )


def test_of_closed_data_no_label_of_an_inner_table_is_told(screened: Screened) -> None:
    """The member may be named, nothing that stands in it."""
    closed = "catalogue: {open: {is_open: false}}\n"
    (finding,) = screened(closed, a__zip=zipped(a__xlsx=workbook()))
    assert finding.code == "personal-data-held"
    assert "姓名" not in message_of(finding).zh.replace("处姓名", "")


def test_inline_data_that_are_no_table_are_looked_at(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """They are published as a JSON file of their own."""
    data = json.dumps({"a": "证件110101185001010018", "b": RECORDS}, ensure_ascii=False)
    root = write_dataset(f"name: made\ntitle: 甲\nresources: [{{name: inline, data: {data}}}]\n")
    catalog, _ = load_catalog(load_settings(root))
    work_dir = tmp_path / "work"
    work_dir.mkdir()
    understood = understand(catalog.datasets[0], work_dir, Limits())
    findings = list(screen(understood, Limits(), work_dir, today=date(2026, 6, 1)))
    assert names(findings) == {"personal-id", "personal-name"}


def test_a_broken_database_is_not_read_and_refuses_nothing(screened: Screened, tmp_path: Path) -> None:
    """Where the rows of a table cannot be read to their end, that is told, and a person may answer for it."""
    content = bytearray(database(tmp_path, [("12", "甲" * 900)] * 200))
    content[4096 * 9 : 4096 * 12] = b"\xaa" * 4096 * 3
    (found,) = screened(a__sqlite=bytes(content))
    assert (found.code, found.severity) == ("document-read-in-part", "warning")
    assert message_of(found).en == "Only a part of this file was screened (p: it is broken, or not what its name says)."


def test_a_long_dbf_is_told(screened: Screened, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a DBF file has more records than are looked at, a warning says so."""
    field = b"A".ljust(11, b"\0") + b"C" + b"\0" * 4 + bytes([2]) + b"\0" * 15
    content = struct.pack("<B3xIHH20x", 3, 3, 65, 3) + field + b"\r" + b" ab" * 3 + b"\x1a"
    assert names(screened(a__dbf=content)) == set()
    monkeypatch.setattr(tables_in_data, "SHEET_ROWS_MAX", 2)
    assert [item.code for item in screened(a__dbf=content)] == ["document-read-in-part"]
