"""Datasets as schema.org's JSON-LD."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from portal.model.catalog import Origin, Resource
from portal.model.guide import GuideEntry
from portal.model.text import LocalText
from portal.publishing.formats.schema_org import DESCRIPTION_CHARACTERS_MAX, DISTRIBUTIONS_MAX, dump
from portal.publishing.publication import PublishedDataset, PublishedResource

Published = Callable[[str], PublishedDataset]

BASE = "https://data.example.cn/open"


def described(item: PublishedDataset, lang: str = "zh") -> dict[str, Any]:
    """Return the JSON-LD of a dataset in a portal called 门户."""
    return dump(item, lang=lang, base_url=BASE, portal_title="门户")


def download(site: Path, name: str, path: str, media_type: str) -> dict[str, Any]:
    """Return what JSON-LD says of a file that lies at *path* in the site."""
    content = (site / path).read_bytes()
    return {
        "@type": "DataDownload",
        "name": name,
        "contentUrl": f"{BASE}/{path}",
        "encodingFormat": media_type,
        "contentSize": f"{len(content)} B",
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def test_an_open_dataset_is_described_whole(published: Published, tiny_release: Path) -> None:
    """An open dataset has its metadata, its columns and each of its files, in the language asked for."""
    site = tiny_release / "site"
    xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert described(published("schools"), "en") == {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": f"{BASE}/en/datasets/schools/",
        "url": f"{BASE}/en/datasets/schools/",
        "name": "List of schools",
        "alternateName": "学校名录",
        "description": "Code, name, number of pupils and founding day of every school in Small Town. "
        "The data are made up for tests.",
        "identifier": "schools",
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "keywords": ["schools", "education"],
        "about": [{"@type": "Thing", "name": "Education and culture"}],
        "license": ["https://creativecommons.org/licenses/by/4.0/"],
        "publisher": {
            "@type": "GovernmentOrganization",
            "name": "Small Town Education Bureau",
            "url": f"{BASE}/en/publishers/education/",
        },
        "creator": {"@type": "Organization", "name": "Small Town Education Bureau"},
        "datePublished": "2026-03-01",
        "dateModified": "2026-03-01",
        "spatialCoverage": {
            "@type": "Place",
            "name": "Nationwide",
            "identifier": {"@type": "PropertyValue", "propertyID": "GB/T 2260", "value": "100000"},
        },
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "@id": f"{BASE}/en/#catalog",
            "name": "门户",
            "url": f"{BASE}/en/",
        },
        "variableMeasured": ["School code", "Name", "Pupils", "Founded", "Boarding"],
        "distribution": [
            download(site, "Schools (CSV)", "data/schools/original/schools.csv", "text/csv"),
            download(site, "Schools (XLSX)", "data/schools/schools.xlsx", xlsx),
            download(site, "Schools (CSV)", "data/schools/schools.csv", "text/csv"),
            download(site, "Schools (JSON)", "data/schools/schools.json", "application/json"),
            download(site, "Schools (PARQUET)", "data/schools/schools.parquet", "application/vnd.apache.parquet"),
            download(site, "All files (ZIP)", "data/schools/schools.zip", "application/zip"),
        ],
    }


def test_of_very_many_files_one_of_each_resource_is_named(published: Published) -> None:
    """With as many as fit all of them are."""
    item = published("schools")
    (resource,) = item.resources
    few, many = DISTRIBUTIONS_MAX // len(resource.files), DISTRIBUTIONS_MAX
    some = described(replace(item, resources=(resource,) * few))["distribution"]
    assert len(some) == few * len(resource.files) + bool(item.package)
    rest = described(replace(item, resources=(resource,) * many))["distribution"]
    assert rest == [some[0]] * many + some[few * len(resource.files) :]


def test_a_closed_dataset_is_described_without_files(published: Published) -> None:
    """Of a dataset that is not open there is a description and no download; it is not accessible."""
    document = described(published("salaries"))
    assert (document["name"], document["isAccessibleForFree"]) == ("工资发放记录", False)
    assert "distribution" not in document


def test_chinese_stands_at_the_root(published: Published) -> None:
    """The addresses of the Chinese description have no language in them."""
    document = described(published("bus-lines"))
    assert (document["@id"], document["inLanguage"]) == (f"{BASE}/datasets/bus-lines/", "zh-CN")
    assert document["includedInDataCatalog"]["url"] == f"{BASE}/"


def test_what_is_not_stated_has_no_key(published: Published) -> None:
    """An element that the publisher left out is absent, not empty."""
    item = published("bus-lines")
    bare = replace(item, dataset=replace(item.dataset, keywords=(), licences=(), published=None, updated=None))
    document = described(bare)
    assert not {"keywords", "license", "datePublished", "dateModified", "version"} & set(document)
    assert not [key for key, value in document.items() if value in (None, "", [])]


def test_a_column_of_several_tables_is_named_once(published: Published) -> None:
    """Columns of the same title stand once, in the order in which they occur."""
    assert described(published("bus-lines"))["variableMeasured"] == ["线路", "票价", "序号", "站名"]


def test_the_resource_code_identifies_where_there_is_one(published: Published) -> None:
    """The code of the resource catalogue is the identifier, else the name."""
    item = published("schools")
    coded = replace(item, dataset=replace(item.dataset, code="307021000/000012"))
    assert [described(each)["identifier"] for each in (item, coded)] == ["schools", "307021000/000012"]


def test_a_short_description_is_extended_by_what_is_known(published: Published) -> None:
    """A description of under 50 characters goes on with publisher, columns and address: readers ask for that much."""
    extended = "工资发放记录 · 只公布目录条目，不公布文件。 · 小城交通局 · 姓名, 工资"
    document = described(published("salaries"))
    assert document["description"] == f"{extended} · {document['url']}"
    assert len(document["description"]) >= 50


@pytest.mark.parametrize("length", [50, 51, DESCRIPTION_CHARACTERS_MAX, DESCRIPTION_CHARACTERS_MAX + 1])
def test_a_description_is_cut_at_the_limit_of_readers(published: Published, length: int) -> None:
    """A description of 50 characters or more stands as it is, up to 5,000 characters."""
    item = published("schools")
    long = replace(item, dataset=replace(item.dataset, description=LocalText("长" * length)))
    assert described(long)["description"] == "长" * min(length, DESCRIPTION_CHARACTERS_MAX)


def test_a_link_is_a_download_elsewhere(published: Published) -> None:
    """A resource on another site is named with its address there, and nothing is said of its size."""
    link = Resource("map", LocalText("地图", "Map"), "link", "wms", "", url="https://maps.example.cn/wms")
    item = replace(published("schools"), resources=(PublishedResource(link),), package=None)
    assert described(item, "en")["distribution"] == [
        {"@type": "DataDownload", "name": "Map", "contentUrl": "https://maps.example.cn/wms"}
    ]


def test_a_link_with_an_unusable_address_is_left_out(published: Published) -> None:
    """An address that no browser should follow is no download."""
    link = Resource("map", LocalText("地图", "Map"), "link", "wms", "", url="javascript:alert(1)")
    item = replace(published("schools"), resources=(PublishedResource(link),), package=None)
    assert "distribution" not in described(item)


def test_the_publisher_says_whom_to_ask(published: Published) -> None:
    """The register's code, unit and telephone stand with the publisher; what the dataset states goes before them."""
    item = published("schools")
    publisher = replace(item.dataset.publisher, uscc="11100000000000000J", unit="信息科", phone="0000-1234")
    registered = replace(item, dataset=replace(item.dataset, publisher=publisher))
    own = replace(item, dataset=replace(item.dataset, publisher=publisher, guide=GuideEntry(phone="0000-9999")))
    told = [described(each)["publisher"] for each in (registered, own)]
    assert told[0] == {
        "@type": "GovernmentOrganization",
        "name": "小城教育局",
        "url": f"{BASE}/publishers/education/",
        "identifier": "11100000000000000J",
        "contactPoint": {
            "@type": "ContactPoint",
            "contactType": "customer service",
            "name": "信息科",
            "telephone": "0000-1234",
        },
    }
    assert told[1]["contactPoint"]["telephone"] == "0000-9999"


def test_a_public_enterprise_is_no_government_body(published: Published) -> None:
    """A publisher of the kind 公共企事业单位 is an organization."""
    item = published("schools")
    publisher = replace(item.dataset.publisher, kind="公共企事业单位")
    document = described(replace(item, dataset=replace(item.dataset, publisher=publisher)))
    assert document["publisher"]["@type"] == "Organization"


@pytest.mark.parametrize(
    ("temporal", "coverage"),
    [("2025-01-01/2025-12-31", "2025-01-01/2025-12-31"), ("2025-01/", "2025-01/.."), ("2025", "2025"), ("去年", None)],
)
def test_a_period_is_an_interval(published: Published, temporal: str, coverage: str | None) -> None:
    """A period is told in ISO 8601 with open ends as dots; what is no interval is left out."""
    item = published("schools")
    document = described(replace(item, dataset=replace(item.dataset, temporal=temporal)))
    assert document.get("temporalCoverage") == coverage


def test_an_area_without_a_code_is_told_by_its_name(published: Published) -> None:
    """An area that is no division is a place of that name."""
    item = published("schools")
    document = described(replace(item, dataset=replace(item.dataset, spatial="长江流域")))
    assert document["spatialCoverage"] == {"@type": "Place", "name": "长江流域"}


def test_sources_and_home_are_linked(published: Published) -> None:
    """What the data were made of, and where they are at home, are addresses; unusable ones are left out."""
    item = published("schools")
    origins = (Origin("年鉴", "https://example.com/年鉴"), Origin("档案"), Origin("?", "javascript:1"))
    changed = replace(item.dataset, derived_from=("bus-lines",), origins=origins, homepage="https://example.com/")
    document = described(replace(item, dataset=changed), "en")
    assert document["isBasedOn"] == [f"{BASE}/en/datasets/bus-lines/", "https://example.com/%E5%B9%B4%E9%89%B4"]
    assert document["sameAs"] == "https://example.com/"
