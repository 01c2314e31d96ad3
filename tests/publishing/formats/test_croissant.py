"""Datasets as Croissant: what mlcroissant loads without a complaint and reads rows of."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import mlcroissant
import pytest
from support import FIXTURES

from portal.model.catalog import Resource
from portal.model.text import LocalText
from portal.publishing.files.dataset_files import sha256_of
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
    """An open dataset has its metadata, its files with their hashes, and the columns of its published CSV.

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
    csv = files["data/schools/schools.csv"]
    assert [entry["@id"] for entry in distribution] == list(files)
    assert distribution[list(files).index(csv.path)] == {
        "@type": "cr:FileObject",
        "@id": csv.path,
        "name": "schools.csv",
        "contentUrl": f"{BASE}/{csv.path}",
        "contentSize": f"{csv.size_bytes} B",
        "encodingFormat": "text/csv",
        "sha256": csv.sha256,
    }
    (record_set,) = record_sets
    assert record_set["key"] == [{"@id": "schools/学校代码"}]
    assert record_set["field"][0] == {
        "@type": "cr:Field",
        "@id": "schools/学校代码",
        "name": "学校代码",
        "description": "学校代码",
        "dataType": "sc:Text",
        "source": {"fileObject": {"@id": csv.path}, "extract": {"column": "学校代码"}},
    }
    types = [(field["name"], field["dataType"]) for field in record_set["field"][1:]]
    assert types == [("名称", "sc:Text"), ("学生数", "sc:Integer"), ("建校日期", "sc:Date"), ("寄宿", "sc:Text")]


def test_a_dataset_without_files_has_none(published: Published) -> None:
    """What is not open, and what only links elsewhere, has nothing to load and so no Croissant."""
    link = Resource("map", LocalText("地图"), "link", "wms", "", url="https://example.com/wms")
    linked = replace(published("schools"), resources=(PublishedResource(link),))
    for item in (published("salaries"), linked):
        assert croissant.dump(item, base_url=BASE, portal_title="门户") is None


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
        ({"type": "number", "groupChar": ","}, "sc:Text"),
        ({"type": "number", "bareNumber": False}, "sc:Text"),
        ({"type": "boolean"}, "sc:Boolean"),
        ({"type": "date", "format": "%d/%m/%Y"}, "sc:Text"),
        ({"type": "datetime", "format": "any"}, "sc:DateTime"),
        ({"type": "year"}, "sc:Integer"),
        ({"type": "geopoint"}, "sc:Text"),
        ({}, "sc:Text"),
    ],
)
def test_a_column_has_the_type_that_readers_take_it_for(
    published: Published, column: dict[str, Any], data_type: str
) -> None:
    """A type is told where its values are spelt as every reader expects; all else is text."""
    item = published("schools")
    (table,) = item.resources
    changed = replace(table, table_schema={"fields": [{"name": "甲", **column}]})
    (record_set,) = described(replace(item, resources=(changed,)))["recordSet"]
    assert [field["dataType"] for field in record_set["field"]] == [data_type]


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
            name = record_set["@id"]
            rows[name] = [
                [value.decode() if isinstance(value, bytes) else value for value in row.values()]
                for row in itertools.islice(dataset.records(name), 2)
            ]
    assert sorted(rows) == ["lines", "schools", "stops"]
    assert [row[1:3] for row in rows["schools"]] == [["第一小学", 320], ["城南, 中学", 1024]]


def test_names_that_mlcroissant_refuses_are_changed(published: Published, tmp_path: Path) -> None:
    """Blanks and signs of addresses in names of columns and files stand in no ``@id``; the columns keep their names."""
    path = tmp_path / "学校 1.csv"
    path.write_text("编 号,编_号,浓度<x>%\n1,2,3\n", encoding="utf-8")
    file = PublishedFile("data/schools/学校 1.csv", "csv", "text/csv", path.stat().st_size, sha256_of(path), path.name)
    fields = [{"name": name, "type": "integer"} for name in ("编 号", "编_号", "浓度<x>%")]
    table = replace(published("schools").resources[0], files=(file,), table_schema={"fields": fields})
    document = described(replace(published("schools"), resources=(table,)))
    assert [field["@id"] for field in document["recordSet"][0]["field"]] == [
        "schools/编_号",
        "schools/编_号_2",
        "schools/浓度_x__",
    ]
    dataset = mlcroissant.Dataset(jsonld=document, mapping={"data/schools/学校_1.csv": str(path)})
    assert [list(row.values()) for row in dataset.records("schools")] == [[1, 2, 3]]
