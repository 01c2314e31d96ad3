"""Known formats: what the table says of a format is what happens to a small file of it."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
import xlwt  # type: ignore[import-untyped]
from understood import gzipped, understood, zipped
from workbooks import new_workbook

from portal.examining.privacy.documents.document_texts import passages
from portal.examining.privacy.documents.text_found import InnerTable, Passage
from portal.incoming.form.filled.filled_form import read_filled
from portal.model.known_formats import (
    BY_NAME,
    COMPRESSIONS,
    DOWNLOAD_ORDER,
    KNOWN_FORMATS,
    TABLE_FORMATS,
    WORKBOOK_FORMATS,
    WRITTEN_FORMATS,
    media_type_of,
)
from portal.model.limits import Limits
from portal.publishing.release import Release

ROWS = [["school", "pupils"], ["First", "120"], ["Second", "340"]]
CSV = "".join(f"{a},{b}\n" for a, b in ROWS)


def xlsx() -> bytes:
    """A workbook of the present kind."""
    book, sheet = new_workbook()
    for row in ROWS:
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def xls() -> bytes:
    """A workbook of the kind before 2007."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    for at, row in enumerate(ROWS):
        for place, cell in enumerate(row):
            sheet.write(at, place, cell)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def ods() -> bytes:
    """A workbook of OpenDocument with nothing in it but a sheet."""
    names = {"office": "office", "table": "table", "text": "text"}
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{part}:1.0"' for name, part in names.items()
    )
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in ROWS
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="a">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    manifest = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": manifest,
        }
    )


def parquet() -> bytes:
    """The table as Parquet."""
    values = ", ".join(f"('{a}', {b})" for a, b in ROWS[1:])
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        target = Path(folder) / "a.parquet"
        connection.execute(f"COPY (SELECT * FROM (VALUES {values}) t(school, pupils)) TO '{target}' (FORMAT parquet)")
        return target.read_bytes()


RECORDS = [{"school": "First", "pupils": 120}, {"school": "Second", "pupils": 340}]
LINES = "".join(json.dumps(record) + "\n" for record in RECORDS)
FEATURES = [{"type": "Feature", "properties": record, "geometry": None} for record in RECORDS]

SMALL: dict[str, Callable[[], bytes | str]] = {
    "csv": lambda: CSV,
    "tsv": lambda: CSV.replace(",", "\t"),
    "txt": lambda: CSV,
    "xlsx": xlsx,
    "xlsm": xlsx,
    "xls": xls,
    "ods": ods,
    "json": lambda: json.dumps(RECORDS),
    "ndjson": lambda: LINES,
    "jsonl": lambda: LINES,
    "geojson": lambda: json.dumps({"type": "FeatureCollection", "features": FEATURES}),
    "parquet": parquet,
    "zip": lambda: zipped({"a.csv": CSV}),
    "gz": lambda: gzipped(CSV),
}
"""A real small file of every format that is read."""


def test_there_is_a_small_file_of_every_format_that_is_read() -> None:
    """A format that is said to be read is tried below."""
    assert set(SMALL) == {item.name for item in KNOWN_FORMATS if item.read_as}


@pytest.mark.parametrize("name", sorted(TABLE_FORMATS))
def test_a_table_is_read_for_its_ending_alone(name: str, tmp_path: Path) -> None:
    """A descriptor need say nothing but the path."""
    result = understood(tmp_path, {f"a.{name}": SMALL[name]()})
    assert [row[:2] for _, row in result.rows] == ROWS[1:]


@pytest.mark.parametrize("name", sorted(set(SMALL) - TABLE_FORMATS - COMPRESSIONS - {"xlsm"}))
def test_what_may_be_no_table_is_read_where_it_is_said_to_be_one(name: str, tmp_path: Path) -> None:
    """Without that it is a file like any other."""
    files = {f"a.{name}": SMALL[name]()}
    assert understood(tmp_path, files).resource.kind == "file"
    assert [row for _, row in understood(tmp_path, files, type="table").rows] == ROWS[1:]


@pytest.mark.parametrize("name", sorted(COMPRESSIONS))
def test_what_is_packed_is_unpacked_and_read(name: str, tmp_path: Path) -> None:
    """One table in an archive is that table."""
    file = f"a.csv.{name}"
    assert [row for _, row in understood(tmp_path, {file: SMALL[name]()}).rows] == ROWS[1:]


@pytest.mark.parametrize("name", sorted(WORKBOOK_FORMATS))
def test_a_workbook_that_a_clerk_hands_in_is_opened_with_macros_or_without(name: str, tmp_path: Path) -> None:
    """Whether it is the form is looked up in it; this one has none of the form's sheets."""
    file = tmp_path / f"a.{name}"
    content = SMALL[name]()
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    filled, problems = read_filled(file, tmp_path / "work", Limits())
    assert (filled.form.is_bare, filled.has_our_sheets, problems) == (True, False, [])


@pytest.mark.parametrize("name", sorted(set(SMALL)))
def test_the_text_of_what_is_read_reaches_the_privacy_gate(name: str, tmp_path: Path) -> None:
    """Where no table is read of it, the words of its cells are found all the same."""
    file = tmp_path / f"a.{name}"
    content = SMALL[name]()
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    found: list[str] = []
    for item in passages(file, name):
        if isinstance(item, InnerTable):
            found += [cell for _, row in item.rows for cell in row]
        elif isinstance(item, Passage):
            found.append(item.text)
    assert any("Second" in text for text in found)


def test_what_is_written_is_what_a_table_is_offered_as(tiny_build: Release) -> None:
    """The files of every table have the formats that are said to be written, in that order, and their media types."""
    for published in tiny_build.published:
        for item in published.resources:
            files = [file for file in item.files if not file.is_original]
            if item.profile is not None:
                expected = [name for name in WRITTEN_FORMATS if name != "geojson"]
                assert [file.format for file in files if file.format != "geojson"] == expected
                assert {file.media_type.partition(";")[0] for file in files} == {media_type_of(f.format) for f in files}


def test_every_format_that_is_written_has_a_place_of_its_own() -> None:
    """No two stand at the same place, and only what is written may be left out."""
    assert sorted(DOWNLOAD_ORDER.values()) == list(range(len(WRITTEN_FORMATS)))
    assert {item.name for item in KNOWN_FORMATS if item.left_out} <= set(WRITTEN_FORMATS)
    assert all(item.left_out.zh and item.left_out.en for item in KNOWN_FORMATS if item.left_out)


def test_a_format_stands_once() -> None:
    """A second row of one name would be passed over."""
    assert len(BY_NAME) == len(KNOWN_FORMATS)


def test_what_a_browser_would_run_is_no_page_of_a_stranger() -> None:
    """HTML, SVG and scripts of publishers are plain downloads; only the portal's own are served as what they are."""
    assert {name: BY_NAME[name].media_type for name in ("html", "htm", "svg", "js")} == dict.fromkeys(
        ("html", "htm", "svg", "js"), ""
    )
