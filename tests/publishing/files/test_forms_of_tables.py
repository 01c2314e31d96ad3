"""Parquet, GeoJSON and the archive say what the CSV says, in their own ways."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import duckdb
import pytest
from frictionless import Package
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from published import publish

from portal.publishing.files.parquet_writer import write_parquet
from portal.publishing.files.table_writers import CsvWriter

Write = Callable[..., Path]


def parquet(path: Path) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return the types and the rows of a Parquet file."""
    relation = duckdb.connect(":memory:").from_parquet(str(path))
    return [str(type_) for type_ in relation.types], relation.fetchall()


def test_parquet_has_the_types_of_the_schema(write_dataset: Write, tmp_path: Path) -> None:
    """Codes are text, numbers numbers, days days, yes and no are true and false; an empty cell is null."""
    schema = (
        "{fields: [{name: code, type: string}, {name: n, type: integer}, {name: x, type: number, groupChar: ','},"
        " {name: day, type: date, format: '%d/%m/%Y'}, {name: at, type: datetime},"
        " {name: 有, type: boolean, trueValues: [是], falseValues: [否]}, {name: free}]}"
    )
    table = 'code,n,x,day,at,有,free\n0001,7,"1,234.5",31/12/2025,2026-01-02T03:04:05,是,01\n0002,,,,,,\n'
    root = write_dataset(f"name: made\nresources: [{{name: t, path: t.csv, schema: {schema}}}]\n", t__csv=table)
    publish(root, tmp_path)
    assert parquet(tmp_path / "data" / "made" / "t.parquet") == (
        ["VARCHAR", "BIGINT", "DOUBLE", "DATE", "TIMESTAMP", "BOOLEAN", "VARCHAR"],
        [
            ("0001", 7, 1234.5, date(2025, 12, 31), datetime(2026, 1, 2, 3, 4, 5), True, "01"),
            ("0002", None, None, None, None, None, None),
        ],
    )


def test_a_column_that_would_lose_a_value_stays_text(write_dataset: Write, tmp_path: Path) -> None:
    """A number of twenty digits and a moment with a zone are written as they are."""
    schema = "{fields: [{name: n, type: integer}, {name: at, type: datetime}]}"
    table = "n,at\n12345678901234567890,2026-01-02T03:04:05+08:00\n1,2026-01-02T03:04:05+08:00\n"
    root = write_dataset(f"name: made\nresources: [{{name: t, path: t.csv, schema: {schema}}}]\n", t__csv=table)
    publish(root, tmp_path)
    types, rows = parquet(tmp_path / "data" / "made" / "t.parquet")
    assert types == ["VARCHAR", "VARCHAR"]
    assert rows[0] == ("12345678901234567890", "2026-01-02T03:04:05+08:00")


def test_columns_that_differ_by_capitals_alone_make_no_parquet(write_dataset: Write, tmp_path: Path) -> None:
    """Readers of Parquet often take ``a`` and ``A`` for one; the table is told to have none."""
    root = write_dataset("name: made\nresources: [{name: t, path: t.csv}]\n", t__csv="a,A\n1,2\n")
    (resource,) = publish(root, tmp_path).resources
    assert resource.left_out == ("parquet",)
    assert not (tmp_path / "data" / "made" / "t.parquet").exists()


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8) | st.sampled_from(
    ['"', ' "a"', "a,b", "\r\n", "\n", "'", "NULL", "\\", "﻿x", "=1"]
)


@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
def test_every_text_comes_back_from_parquet(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    """What Python's reader of CSV finds is what stands in the Parquet file."""
    source, target = tmp_path / "t.csv", tmp_path / "t.parquet"
    writer = CsvWriter(source, ["a", "b"])
    for row in rows:
        writer.add(row, row)
    writer.close()
    assert write_parquet(source, target, [{"name": "a"}, {"name": "b"}], len(rows)) == ("a", "b")
    read = [tuple(cell or "" for cell in row) for row in parquet(target)[1]]
    expected = list(csv.reader(io.StringIO(source.read_bytes().decode(), newline="")))[1:]
    assert read == [tuple(row) for row in expected]


PLACES = "name: made\nresources: [{{name: t, path: t.csv, crs: {crs}, schema: {{fields: [{{name: 名称}}, {{name: 经度, type: number}}, {{name: 纬度, type: number}}]}}}}]\n"  # noqa: E501


def test_places_become_geojson(write_dataset: Write, tmp_path: Path) -> None:
    """A feature a row, longitude first, all columns as properties; a row without a place has no geometry."""
    root = write_dataset(PLACES.format(crs="CGCS2000"), t__csv="名称,经度,纬度\n甲,119.30,26.08\n乙,,\n丙,999,26\n")
    (resource,) = publish(root, tmp_path).resources
    document = json.loads((tmp_path / "data" / "made" / "t.geojson").read_text(encoding="utf-8"))
    assert document == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [119.3, 26.08]},
                "properties": {"名称": "甲", "经度": 119.3, "纬度": 26.08},
            },
            {"type": "Feature", "geometry": None, "properties": {"名称": "乙", "经度": None, "纬度": None}},
            {"type": "Feature", "geometry": None, "properties": {"名称": "丙", "经度": 999, "纬度": 26}},
        ],
    }
    assert [file.format for file in resource.files] == ["csv", "xlsx", "csv", "json", "parquet", "geojson"]


@pytest.mark.parametrize(("crs", "left_out"), [("GCJ-02", ("geojson",)), ("''", ())])
def test_shifted_places_become_no_geojson(
    write_dataset: Write, tmp_path: Path, crs: str, left_out: tuple[str, ...]
) -> None:
    """Coordinates of web maps would put every point wrong; those of an unknown system may."""
    root = write_dataset(PLACES.format(crs=crs), t__csv="名称,经度,纬度\n甲,119.30,26.08\n")
    (resource,) = publish(root, tmp_path).resources
    assert (resource.left_out, (tmp_path / "data" / "made" / "t.geojson").exists()) == (left_out, False)


def test_two_places_in_a_row_are_no_feature(write_dataset: Write, tmp_path: Path) -> None:
    """Start and end of a journey are not one point."""
    fields = ", ".join(f"{{name: {name}, type: number}}" for name in ("startLng", "startLat", "endLng", "endLat"))
    root = write_dataset(
        f"name: made\nresources: [{{name: t, path: t.csv, crs: WGS84, schema: {{fields: [{fields}]}}}}]\n",
        t__csv="startLng,startLat,endLng,endLat\n119,26,119,27\n",
    )
    publish(root, tmp_path)
    assert not (tmp_path / "data" / "made" / "t.geojson").exists()


def test_the_archive_holds_tables_other_files_and_checksums(write_dataset: Write, tmp_path: Path) -> None:
    """Sorted, at a fixed time, so that the same files give the same archive; each file has its SHA-256."""
    root = write_dataset(
        "name: made\nresources: [{name: t, path: t.csv}, {name: f, path: f.pdf}]\n", t__csv="a\n1\n", f__pdf="%PDF"
    )
    first, second = publish(root, tmp_path / "1"), publish(root, tmp_path / "2")
    assert first.package == second.package
    assert first.package is not None
    with ZipFile(tmp_path / "1" / first.package.path) as archive:
        assert archive.namelist() == ["datapackage.json", "original/f.pdf", "t.csv", "SHA256SUMS"]
        lines = (line.partition("  ") for line in archive.read("SHA256SUMS").decode().splitlines())
        sums = {name: digest for digest, _, name in lines}
        assert sums == {name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()[:3]}


def test_a_dataset_of_links_has_no_archive(write_dataset: Write, tmp_path: Path) -> None:
    """There is nothing to put into it."""
    published = publish(
        write_dataset("name: made\nresources: [{name: l, path: 'https://example.com/x.csv'}]\n"), tmp_path
    )
    assert (published.package, (tmp_path / "data").exists()) == (None, False)


ODD = """
name: made
resources:
  - {name: days, path: days.csv, schema: {fields: [{name: d, type: date, format: any}, {name: t, type: time}]}}
  - name: signs
    path: signs.csv
    dialect: {delimiter: ;}
    schema:
      missingValues: ["", "-"]
      fields:
        - {name: x, type: number, decimalChar: ",", groupChar: .}
        - {name: y, type: integer, constraints: {maximum: 10}}
        - {name: z, type: string, constraints: {enum: [甲, 乙]}}
  - {name: values, path: values.ndjson}
  - {name: page, path: page.pdf}
"""


def test_odd_conventions_are_described_as_published(write_dataset: Write, tmp_path: Path) -> None:
    """Whatever the publisher's way of writing, the package that is published is valid."""
    root = write_dataset(
        ODD,
        days__csv="d,t\n2026-01-02,03:04:05\n2026/1/3,\n",
        signs__csv="x;y;z\n1.234,5;7;甲\n-;-;乙\n",
        values__ndjson='{"a": 1, "b": {"c": [1]}}\n{"a": null, "b": null, "c": "x"}\n',
        page__pdf=b"%PDF\xff",
    )
    publish(root, tmp_path)
    folder = tmp_path / "data" / "made"
    assert (folder / "days.csv").read_bytes() == b"d,t\r\n2026-01-02,03:04:05\r\n2026-01-03,\r\n"
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.flatten(["name", "type", "note"]) == []


def test_each_of_many_columns_has_its_own_type_in_parquet(tmp_path: Path) -> None:
    """Columns are counted some at a time: one far to the right that its type would lose a value of stays text."""
    names = [f"f{number}" for number in range(500)]
    source, target = tmp_path / "a.csv", tmp_path / "a.parquet"
    cells = ["1"] * 500
    lines = [names, cells, [*cells[:450], "eins", *cells[451:]]]
    source.write_text("".join(",".join(line) + "\r\n" for line in lines), encoding="utf-8")
    typed = write_parquet(source, target, [{"name": name, "type": "integer"} for name in names], 2)
    assert typed == (*names[:450], *names[451:])
    types, rows = parquet(target)
    assert (types[449:452], rows[1][449:452]) == (["BIGINT", "VARCHAR", "BIGINT"], (1, "eins", 1))
