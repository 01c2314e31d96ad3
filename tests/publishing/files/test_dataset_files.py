"""Published files hold what the table holds: nothing lost, nothing guessed, nothing that runs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from published import publish
from support import FIXTURES

from portal.model.limits import Limits
from portal.publishing.files.table_writers import CsvWriter, DoesNotFit, JsonWriter, XlsxWriter


def sheet(path: Path) -> list[list[object]]:
    """Return the cells of the only sheet."""
    book = openpyxl.load_workbook(path)
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


def test_a_table_is_published_in_the_common_formats_beside_its_original(tiny_release: Path) -> None:
    """CSV, XLSX and JSON say the same; the original is byte for byte the publisher's."""
    data = tiny_release / "site" / "data" / "schools"
    assert (data / "schools.csv").read_bytes().decode() == (
        "学校代码,名称,学生数,建校日期,寄宿\r\n"
        "0001,第一小学,320,1956-09-01,否\r\n"
        '0002,"城南, 中学",1024,1978-03-15,是\r\n'
        "0003,=SUM(A1),,2001-09-01,否\r\n"
    )
    assert json.loads((data / "schools.json").read_text(encoding="utf-8"))[2] == {
        "学校代码": "0003",
        "名称": "=SUM(A1)",
        "学生数": None,
        "建校日期": "2001-09-01",
        "寄宿": False,
    }
    assert sheet(data / "schools.xlsx")[1] == ["0001", "第一小学", 320, datetime(1956, 9, 1), False]
    original = FIXTURES / "tiny" / "education" / "schools" / "schools.csv"
    assert (data / "original" / "schools.csv").read_bytes() == original.read_bytes()


def test_a_formula_in_a_cell_stays_text(tiny_release: Path) -> None:
    """A spreadsheet that opens the file runs nothing."""
    book = openpyxl.load_workbook(tiny_release / "site" / "data" / "schools" / "schools.xlsx")
    cell = book.worksheets[0]["B4"]
    assert (cell.data_type, cell.value) == ("s", "=SUM(A1)")


def test_another_encoding_becomes_utf_8_and_the_original_says_its_own(tiny_build: object, tiny_release: Path) -> None:
    """The published CSV is UTF-8; the original stays GB18030 and is served as such."""
    data = tiny_release / "site" / "data" / "bus-lines"
    assert (data / "lines.csv").read_text(encoding="utf-8") == "线路,票价\n1路,2.00\n环线,3.50\n"
    assert (data / "original" / "lines.csv").read_bytes() == "线路,票价\n1路,2.00\n环线,3.50\n".encode("gb18030")


def test_codes_without_a_schema_keep_their_zeros(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """No type is guessed: 01001 is text in every format."""
    root = write_dataset("name: made\nresources: [{name: t, path: t.csv}]\n", t__csv="code\n01001\n1e5\n")
    publish(root, tmp_path)
    data = tmp_path / "data" / "made"
    assert json.loads((data / "t.json").read_text()) == [{"code": "01001"}, {"code": "1e5"}]
    assert sheet(data / "t.xlsx") == [["code"], ["01001"], ["1e5"]]


def test_numbers_keep_all_their_digits(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """JSON and CSV hold them exactly; in XLSX those that a spreadsheet would round are text."""
    schema = "schema: {fields: [{name: n, type: number}, {name: i, type: integer}]}"
    root = write_dataset(
        f"name: made\nresources: [{{name: t, path: t.csv, {schema}}}]\n",
        t__csv="n,i\n1.50,12345678901234567890\n0.1234567890123456789,7\nNaN,-1\n",
    )
    publish(root, tmp_path)
    data = tmp_path / "data" / "made"
    rows = json.loads((data / "t.json").read_text(), parse_float=Decimal)
    assert rows == [
        {"n": Decimal("1.50"), "i": 12345678901234567890},
        {"n": Decimal("0.1234567890123456789"), "i": 7},
        {"n": None, "i": -1},
    ]
    assert sheet(data / "t.xlsx")[1:] == [
        [1.5, "12345678901234567890"],
        ["0.1234567890123456789", 7],
        ["NaN", -1],
    ]


@pytest.mark.parametrize(
    ("table", "limits"), [("a\n1\n2\n3\n", Limits(xlsx_rows_max=2)), (f"a\n{'x' * 40_000}\n", Limits())]
)
def test_a_table_that_does_not_fit_a_sheet_has_no_xlsx(
    write_dataset: Callable[..., Path], tmp_path: Path, table: str, limits: Limits
) -> None:
    """Rather no file than one with rows or text cut off; the other formats are whole."""
    root = write_dataset("name: made\nresources: [{name: t, path: t.csv}]\n", t__csv=table)
    (resource,) = publish(root, tmp_path, limits).resources
    assert resource.left_out == ("xlsx",)
    names = sorted(path.name for path in (tmp_path / "data" / "made").glob("t.*"))
    assert names == ["t.csv", "t.json", "t.parquet"]
    assert (tmp_path / "data" / "made" / "t.csv").read_text().split() == table.split()


def test_parts_of_a_table_become_one(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """A table in several files is published as one, its parts as originals."""
    root = write_dataset("name: made\nresources: [{name: t, path: [a.csv, b.csv]}]\n", a__csv="x\n1\n", b__csv="x\n2\n")
    (resource,) = publish(root, tmp_path).resources
    assert (tmp_path / "data" / "made" / "t.csv").read_text() == "x\n1\n2\n"
    assert [file.path for file in resource.files if file.is_original] == [
        "data/made/original/a.csv",
        "data/made/original/b.csv",
    ]


def test_other_files_are_published_as_they_are(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """A file that is no table is copied, and a link is only named."""
    root = write_dataset(
        "name: made\nresources: [{name: f, path: sub/人.pdf}, {name: l, path: 'https://example.cn/x.csv'}]\n"
    )
    (root / "made" / "sub").mkdir()
    (root / "made" / "sub" / "人.pdf").write_bytes(b"%PDF")
    pdf, link = publish(root, tmp_path).resources
    assert [(file.path, file.media_type) for file in pdf.files] == [
        ("data/made/original/sub/人.pdf", "application/pdf")
    ]
    assert link.files == ()
    assert (tmp_path / "data" / "made" / "original" / "sub" / "人.pdf").read_bytes() == b"%PDF"


def test_what_a_publisher_calls_a_file_is_not_what_it_is_served_as(
    write_dataset: Callable[..., Path], tmp_path: Path
) -> None:
    """A media type in the descriptor cannot make the portal serve a web page."""
    root = write_dataset("name: made\nresources: [{name: f, path: f.html, mediatype: text/html}]\n", f__html="<script>")
    assert publish(root, tmp_path).resources[0].files[0].media_type == "application/octet-stream"


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12)


@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_every_text_comes_back_from_every_format(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    """What is written is what a reader gets, whatever the text."""
    names = ["甲", "b"]
    for make, name in ((CsvWriter, "t.csv"), (JsonWriter, "t.json"), (XlsxWriter, "t.xlsx")):
        writer = make(tmp_path / name, names)
        for row in rows:
            writer.add(row, row)
        writer.close()
    text = (tmp_path / "t.csv").read_bytes().decode("utf-8")
    assert [tuple(row) for row in csv.reader(io.StringIO(text, newline=""))] == [tuple(names), *rows]
    assert json.loads((tmp_path / "t.json").read_text(encoding="utf-8")) == [
        dict(zip(names, row, strict=True)) for row in rows
    ]
    cells = [[cell or "" for cell in row] for row in sheet(tmp_path / "t.xlsx")]
    assert cells == [names, *([*row] for row in rows)]


def test_moments_keep_fraction_and_zone(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """Two records that differ by a millisecond stay two."""
    schema = "{fields: [{name: t, type: datetime}]}"
    moments = ["2024-01-05T10:11:12.123456", "2024-01-05T10:11:12", "2024-01-05T10:11:12.5+08:00"]
    root = write_dataset(
        f"name: made\nresources: [{{name: t, path: t.csv, schema: {schema}}}]\n", t__csv="\n".join(["t", *moments, ""])
    )
    publish(root, tmp_path)
    lines = (tmp_path / "data" / "made" / "t.csv").read_text(encoding="utf-8").splitlines()
    assert lines == ["t", "2024-01-05T10:11:12.123456", "2024-01-05T10:11:12", "2024-01-05T10:11:12.500000+08:00"]


def test_what_a_process_left_half_written_is_written_anew(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """A worker that died in the middle of a copy leaves a stump, which is never taken for the file."""
    root = write_dataset("name: made\nresources: [{name: t, path: t.csv}]\n", t__csv="a\n1\n2\n")
    stump = tmp_path / "data" / "made" / "original" / "t.csv"
    stump.parent.mkdir(parents=True)
    stump.write_bytes(b"a\n1")
    (file, *_) = publish(root, tmp_path).resources[0].files
    assert (stump.read_bytes(), file.size_bytes) == (b"a\n1\n2\n", 6)


def test_objects_in_cells_are_json_in_every_format(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """A nested value of an NDJSON table is JSON text in the CSV."""
    root = write_dataset(
        "name: made\nresources: [{name: t, path: t.ndjson}]\n", t__ndjson='{"a": 1, "b": {"c": [1]}}\n'
    )
    publish(root, tmp_path)
    assert (tmp_path / "data" / "made" / "t.csv").read_bytes() == b'a,b\r\n1,"{""c"": [1]}"\r\n'


def test_names_that_make_json_many_times_larger_are_not_written_in_every_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """JSON names each column in every row; where that is most of it, the table has no JSON."""
    monkeypatch.setattr("portal.publishing.files.table_writers.JSON_RATIO_MATTERS_BYTES", 10_000)
    short, long = JsonWriter(tmp_path / "short.json", ["a"]), JsonWriter(tmp_path / "long.json", ["a" * 300])
    _add_many(short)
    with pytest.raises(DoesNotFit):
        _add_many(long)
    short.close()
    long.close()


def _add_many(writer: JsonWriter) -> None:
    for _ in range(1000):
        writer.add(["x"], ["x"])
