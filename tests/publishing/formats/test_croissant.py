"""Datasets as Croissant: what mlcroissant loads without a complaint and reads rows of."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import duckdb
import mlcroissant
import pytest
from support import FIXTURES, build_folder

from portal.model.catalog import Resource
from portal.model.text import LocalText
from portal.publishing.formats import croissant
from portal.publishing.publication import PublishedDataset, PublishedFile, PublishedResource
from portal.publishing.release import Release

Published = Callable[[str], PublishedDataset]

BASE = "https://data.example.cn/open"


def described(item: PublishedDataset) -> dict[str, Any]:
    """Return the Croissant of a dataset that has one."""
    document = croissant.dump(item, base_url=BASE, portal_title="门户")
    assert document is not None
    return document


def test_an_open_dataset_is_described_whole(published: Published) -> None:
    """An open dataset has its metadata, its files with their hashes, and the columns of its Parquet.

    Its context is the one of the specification's first appendix, in the language of the texts.
    """
    item = published("schools")
    files = {file.path: file for file in [file for each in item.resources for file in each.files]}
    document = described(item)
    context = document.pop("@context")
    assert context == {**json.loads((FIXTURES / "croissant-context.json").read_text("utf-8")), "@language": "zh"}
    distribution, record_sets = document.pop("distribution"), document.pop("recordSet")
    assert document == {
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "学校名录",
        "alternateName": "List of schools",
        "description": item.dataset.description.zh,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "url": f"{BASE}/datasets/schools/",
        "creator": {"@type": "Organization", "name": "小城教育局"},
        "publisher": {"@type": "Organization", "name": "门户"},
        "datePublished": "2026-03-01",
        "dateModified": "2026-03-01",
        "keywords": ["学校", "教育"],
        "inLanguage": "zh-CN",
        "citeAs": f"小城教育局. 学校名录. 门户. {BASE}/datasets/schools/",
        "isLiveDataset": True,
    }
    parquet = files["data/schools/schools.parquet"]
    assert [entry["@id"] for entry in distribution] == list(files)
    types = {entry["name"].rpartition(".")[2]: entry["encodingFormat"] for entry in distribution}
    assert (types["csv"], types["json"]) == ("text/csv", "application/json")
    assert distribution[list(files).index(parquet.path)] == {
        "@type": "cr:FileObject",
        "@id": parquet.path,
        "name": "schools.parquet",
        "contentUrl": f"{BASE}/{parquet.path}",
        "contentSize": f"{parquet.size_bytes} B",
        "encodingFormat": "application/x-parquet",
        "sha256": parquet.sha256,
    }
    (record_set,) = record_sets
    assert record_set["key"] == [{"@id": "schools/学校代码"}]
    assert record_set["field"][0] == {
        "@type": "cr:Field",
        "@id": "schools/学校代码",
        "name": "学校代码",
        "description": "学校代码",
        "dataType": "sc:Text",
        "source": {"fileObject": {"@id": parquet.path}, "extract": {"column": "学校代码"}},
    }
    assert [(field["name"], field["dataType"]) for field in record_set["field"][1:]] == [
        ("名称", "sc:Text"),
        ("学生数", "sc:Integer"),
        ("建校日期", "sc:Date"),
        ("寄宿", "sc:Boolean"),
    ]


def test_a_dataset_without_files_has_none(published: Published) -> None:
    """What is not open, and what only links elsewhere, has nothing to load and so no Croissant."""
    link = Resource("map", LocalText("地图"), "link", "wms", "", url="https://example.com/wms")
    linked = replace(published("schools"), resources=(PublishedResource(link),))
    for item in (published("salaries"), linked):
        assert croissant.dump(item, base_url=BASE, portal_title="门户") is None


def test_a_document_belongs_to_whoever_asked_for_it(published: Published) -> None:
    """Readers write into the context of the document that they get; the next document is as it was."""
    before = json.dumps(described(published("schools")))
    described(published("schools"))["@context"]["data"]["@id"] = "elsewhere"
    assert json.dumps(described(published("schools"))) == before


def test_a_version_is_told_where_it_is_a_semantic_one(published: Published) -> None:
    """Croissant takes MAJOR.MINOR.PATCH; any other version is left out."""
    item = published("schools")
    told = [
        described(replace(item, dataset=replace(item.dataset, version=version))).get("version")
        for version in ("1.2.3", "2026年版", "1.2")
    ]
    assert told == ["1.2.3", None, None]


@pytest.mark.parametrize(
    ("column", "data_type"),
    [
        ({"type": "number"}, "sc:Float"),
        ({"type": "integer"}, "sc:Integer"),
        ({"type": "boolean"}, "sc:Boolean"),
        ({"type": "datetime"}, "sc:DateTime"),
        ({"type": "time"}, "sc:Time"),
        ({"type": "year"}, "sc:Integer"),
        ({"type": "geopoint"}, "sc:Text"),
        ({}, "sc:Text"),
    ],
)
def test_a_column_has_the_type_that_it_has_in_parquet(
    published: Published, column: dict[str, Any], data_type: str
) -> None:
    """A column that kept a type has it; one that is text in the Parquet is text, whatever its schema says."""
    item = published("schools")
    (table,) = item.resources
    fields = {"fields": [{"name": "甲", **column}, {"name": "乙", **column}]}
    changed = replace(table, table_schema=fields, typed_columns=("甲",))
    (record_set,) = described(replace(item, resources=(changed,)))["recordSet"]
    assert [field["dataType"] for field in record_set["field"]] == [data_type, "sc:Text"]


def test_a_table_without_parquet_has_no_record_set(published: Published) -> None:
    """Readers would guess the types of a CSV, and codes lose their zeros; the files are described all the same."""
    item = published("schools")
    (table,) = item.resources
    files = tuple(file for file in table.files if file.format != "parquet")
    document = described(replace(item, resources=(replace(table, files=files),)))
    assert ("recordSet" in document, len(document["distribution"])) == (False, len(files))


@pytest.fixture
def parquet_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let DuckDB read what pandas would read with pyarrow, which is not installed."""

    def read(file: BinaryIO) -> Any:
        with duckdb.connect() as database:
            return database.read_parquet(file.name).df()

    monkeypatch.setattr("pandas.read_parquet", read)


@pytest.mark.usefixtures("parquet_reader")
def test_mlcroissant_reads_every_open_dataset(tiny_build: Release, tiny_release: Path) -> None:
    """It loads each without an error, and its rows are those of the table."""
    site = tiny_release / "site"
    rows: dict[str, list[Any]] = {}
    for item in tiny_build.published:
        if not item.resources:
            continue
        document = described(item)
        files = {entry["@id"]: str(site / entry["@id"]) for entry in document["distribution"]}
        dataset = mlcroissant.Dataset(jsonld=document, mapping=files)
        assert not dataset.metadata.ctx.issues.errors
        for record_set in document["recordSet"]:
            rows[record_set["@id"]] = records(dataset, record_set["@id"])
    assert sorted(rows) == ["lines", "schools", "stops"]
    assert [row[1:3] for row in rows["schools"]] == [["第一小学", 320], ["城南, 中学", 1024]]


def records(dataset: mlcroissant.Dataset, record_set: str) -> list[list[Any]]:
    """Return the first two rows of a record set."""
    return [
        [value.decode() if isinstance(value, bytes) else value for value in row.values()]
        for row in itertools.islice(dataset.records(record_set), 2)
    ]


@pytest.mark.usefixtures("parquet_reader")
def test_codes_keep_their_zeros(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """By mlcroissant a code comes out as it is written, a yes or no as one, no value as none."""
    root = write_dataset(
        "name: made\nresources: [{name: t, path: t.csv, schema: {fields: [{name: 代码, type: string}, "
        "{name: 寄宿, type: boolean, trueValues: [是], falseValues: [否]}, {name: 备注, type: string}]}}]\n",
        t__csv="代码,寄宿,备注\n0010181,是,007\n0000000,否,\n",
    )
    release = build_folder(root, tmp_path / "build")
    assert release.folder
    site = release.folder / "site"
    document = json.loads((site / "datasets" / "made" / "croissant.json").read_text(encoding="utf-8"))
    files = {entry["@id"]: str(site / entry["@id"]) for entry in document["distribution"]}
    rows = records(mlcroissant.Dataset(jsonld=document, mapping=files), "t")
    assert rows == [["0010181", True, "007"], ["0000000", False, None]]


def test_names_that_mlcroissant_refuses_are_changed(published: Published) -> None:
    """Blanks and signs of addresses in names of columns and files stand in no ``@id``; the columns keep their names."""
    path = "data/schools/学校 1.parquet"
    file = PublishedFile(path, "parquet", "application/vnd.apache.parquet", 1, "0" * 64, "学校 1.parquet")
    fields = [{"name": name, "type": "integer"} for name in ("编 号", "编_号", "浓度<x>%")]
    table = replace(published("schools").resources[0], files=(file,), table_schema={"fields": fields})
    document = described(replace(published("schools"), resources=(table,)))
    assert [field["@id"] for field in document["recordSet"][0]["field"]] == [
        "schools/编_号",
        "schools/编_号_2",
        "schools/浓度_x__",
    ]
    assert [field["source"]["extract"]["column"] for field in document["recordSet"][0]["field"]] == [
        "编 号",
        "编_号",
        "浓度<x>%",
    ]
    assert not mlcroissant.Dataset(jsonld=document).metadata.ctx.issues.errors
