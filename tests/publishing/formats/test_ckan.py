"""Datasets as CKAN gives them out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from made_datasets import BASE, ckan_packages
from support import SHARED, needs_shared_data

from portal.model.catalog import Licence, OpenState, Resource
from portal.model.guide import GuideEntry
from portal.model.text import LocalText
from portal.publishing.formats import datapackage
from portal.publishing.formats.ckan import dataset_id, dump, parse
from portal.publishing.publication import PublishedDataset, PublishedResource

Published = Callable[[str], PublishedDataset]

PARQUET = "application/vnd.apache.parquet"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

TRANSPORT = {
    "id": "d142f16e-2728-534d-b633-de59a8e3b531",
    "name": "transport",
    "title": "小城交通局",
    "type": "organization",
    "description": "",
    "image_url": "",
    "created": "2026-01-01T00:00:00.000000",
    "is_organization": True,
    "approval_status": "approved",
    "state": "active",
}

AUTHORITY = "http://publications.europa.eu/resource/authority"
FIRST = date(2026, 1, 1)


def dcat_extras(name: str, issued: str, modified: str, frequency: str, theme: str, rights: str) -> list[dict[str, str]]:
    """Return the extras of ckanext-dcat of a dataset of the transport bureau."""
    values = {
        "uri": f"{BASE}/datasets/{name}/#dataset",
        "identifier": name,
        "issued": issued,
        "modified": modified,
        "frequency": frequency and f"{AUTHORITY}/frequency/{frequency}",
        "language": f'["{AUTHORITY}/language/ZHO"]',
        "theme": f'["{AUTHORITY}/data-theme/{theme}"]',
        "access_rights": f"{AUTHORITY}/access-right/{rights}",
        "publisher_uri": f"{BASE}/publishers/transport/#publisher",
        "publisher_name": "小城交通局",
    }
    return [{"key": key, "value": value} for key, value in values.items() if value]


SALARIES = {
    "author": None,
    "author_email": None,
    "creator_user_id": None,
    "id": "ccdc4076-7f03-5e20-8282-fe35d5a355d8",
    "isopen": False,
    "license_id": "notspecified",
    "license_title": None,
    "maintainer": None,
    "maintainer_email": None,
    "metadata_created": "2026-02-01T00:00:00.000000",
    "metadata_modified": "2026-06-01T23:59:59.000000",
    "name": "salaries",
    "notes": "只公布目录条目，不公布文件。",
    "num_resources": 0,
    "num_tags": 0,
    "organization": TRANSPORT,
    "owner_org": "d142f16e-2728-534d-b633-de59a8e3b531",
    "private": False,
    "state": "active",
    "title": "工资发放记录",
    "type": "dataset",
    "url": f"{BASE}/datasets/salaries/",
    "version": None,
    "extras": [
        {"key": "publisher_title_en", "value": "Small Town Transport Bureau"},
        {"key": "sharing_type", "value": "none"},
        {"key": "sharing_basis", "value": "《中华人民共和国个人信息保护法》"},
        {"key": "open_state", "value": "closed"},
        *dcat_extras("salaries", "2026-02-01", "2026-02-01", "", "ECON", "NON_PUBLIC"),
        {
            "key": "guide_items",
            "value": '[{"name": "姓名", "data_type": "C"}, {"name": "工资", "data_type": "I"}]',
        },
    ],
    "groups": [
        {
            "description": "",
            "display_name": "财税金融",
            "id": "49fd21dc-5f35-5f81-ae39-a9b2dd54df80",
            "image_display_url": "",
            "name": "finance",
            "title": "财税金融",
        }
    ],
    "resources": [],
    "tags": [],
    "relationships_as_subject": [],
    "relationships_as_object": [],
}


def described(item: PublishedDataset) -> dict[str, Any]:
    """Return a dataset as ``package_show`` does, of a portal that had its first release on `FIRST`."""
    return dump(item, base_url=BASE, first_released=FIRST)


def test_a_dataset_that_is_not_open_has_no_resources(published: Published) -> None:
    """Of a closed dataset all metadata are there, and no file."""
    assert described(published("salaries")) == SALARIES


def resource(site: Path, identifier: str, name: str, path: str, mimetype: str, position: int) -> dict[str, Any]:
    """Return what CKAN says of a file of bus-lines that lies at *path* in the site."""
    content = (site / path).read_bytes()
    return {
        "cache_last_updated": None,
        "cache_url": None,
        "created": "2026-01-15T00:00:00.000000",
        "datastore_active": name.endswith("（CSV，UTF-8）"),
        "description": "",
        "format": {"parquet": "Parquet"}.get(path.rpartition(".")[2], path.rpartition(".")[2].upper()),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "id": identifier,
        "last_modified": "2026-05-20T00:00:00.000000",
        "metadata_modified": "2026-05-20T00:00:00.000000",
        "mimetype": mimetype,
        "mimetype_inner": None,
        "name": name,
        "package_id": "257f591d-b0db-5b6f-a7ec-419a37fa14ac",
        "resource_type": None,
        "size": None if path.endswith((".xlsx", ".xls", ".parquet")) else len(content),
        "state": "active",
        "title": name.partition("（")[0],
        "url": f"{BASE}/{path}",
        "url_type": None,
        "position": position,
    }


def test_every_file_of_an_open_dataset_is_a_resource(published: Published, tiny_release: Path) -> None:
    """Each file has a resource with an absolute address, hash, and size where programs count it; CSV comes first."""
    site = tiny_release / "site"
    files = [
        ("5ee9a3f9-f26f-54ec-b434-bf5110b137c5", "线路（CSV，UTF-8）", "data/bus-lines/lines.csv", "text/csv"),
        ("3fe77c8d-2181-5b81-b825-8dfd9f81e6e4", "线路（XLSX）", "data/bus-lines/lines.xlsx", XLSX),
        ("dc75b007-b5a3-5a59-84e0-d881ef343c0e", "线路（JSON）", "data/bus-lines/lines.json", "application/json"),
        ("013c2f5d-a7db-53a5-8078-cff0eab95d75", "线路（Parquet）", "data/bus-lines/lines.parquet", PARQUET),
        (
            "30b34c59-64b6-580c-b86d-553b4f1de8a7",
            "线路（原始文件，lines.csv）",
            "data/bus-lines/original/lines.csv",
            "text/csv",
        ),
        ("29542b20-f1b7-58f5-8dcf-84e0b61ca366", "站点（CSV，UTF-8）", "data/bus-lines/stops.csv", "text/csv"),
        ("0a37bad3-3909-5372-8c04-293fddde9b39", "站点（XLSX）", "data/bus-lines/stops.xlsx", XLSX),
        ("0144ae61-4a26-5701-9d8f-efe25ff4b501", "站点（JSON）", "data/bus-lines/stops.json", "application/json"),
        ("2ba7ffaf-11cd-5f03-90ca-1efb97222169", "站点（Parquet）", "data/bus-lines/stops.parquet", PARQUET),
        (
            "00e57c77-05ba-5dbb-b232-56038ee82aae",
            "站点（原始文件，stops.csv）",
            "data/bus-lines/original/stops.csv",
            "text/csv",
        ),
    ]
    assert described(published("bus-lines"))["resources"] == [
        resource(site, *file, position) for position, file in enumerate(files)
    ]


def test_an_open_dataset_is_described_whole(published: Published) -> None:
    """An open dataset differs from a closed one in what it states, not in its keys."""
    document = described(published("bus-lines"))
    resources = document.pop("resources")
    assert document == {
        **{key: value for key, value in SALARIES.items() if key != "resources"},
        "id": "257f591d-b0db-5b6f-a7ec-419a37fa14ac",
        "isopen": True,
        "license_id": "cc-zero",
        "license_title": "知识共享公有领域贡献 1.0",
        "license_url": "https://creativecommons.org/publicdomain/zero/1.0/",
        "metadata_created": "2026-01-15T00:00:00.000000",
        "metadata_modified": "2026-06-01T23:59:59.000000",
        "name": "bus-lines",
        "notes": "公交线路，以及每条线路依次停靠的站点。",
        "num_resources": len(resources),
        "num_tags": 1,
        "title": "公交线路与站点",
        "url": f"{BASE}/datasets/bus-lines/",
        "extras": [
            {"key": "publisher_title_en", "value": "Small Town Transport Bureau"},
            {"key": "update_cycle", "value": "monthly"},
            {"key": "sharing_type", "value": "unconditional"},
            {"key": "open_state", "value": "open"},
            {"key": "key_areas", "value": '["transport"]'},
            *dcat_extras("bus-lines", "2026-01-15", "2026-05-20", "MONTHLY", "TRAN", "PUBLIC"),
            {
                "key": "guide_items",
                "value": '[{"name": "线路", "data_type": "C"}, {"name": "票价", "data_type": "N"}, '
                '{"name": "序号", "data_type": "I"}, {"name": "站名", "data_type": "C"}]',
            },
        ],
        "groups": [
            {
                "description": "",
                "display_name": "交通运输",
                "id": "56bb9a68-22ef-58a9-8a19-e2429b39f50a",
                "image_display_url": "",
                "name": "traffic",
                "title": "交通运输",
            }
        ],
        "tags": [
            {
                "display_name": "公交",
                "id": "9b01a6ef-460d-58b7-8ce0-e363c4533a81",
                "name": "公交",
                "state": "active",
                "vocabulary_id": None,
            }
        ],
    }


def test_the_id_of_a_dataset_never_changes() -> None:
    """Harvesters know a dataset by its id: the same name has the same UUID in every release and on every machine."""
    assert dataset_id("schools") == "1070da9e-600a-5d3a-b512-a05a16238b58"


def test_translations_stand_in_extras(published: Published) -> None:
    """CKAN has one language, so the English title and description are extras."""
    extras = {item["key"]: item["value"] for item in described(published("schools"))["extras"]}
    assert extras["title_en"] == "List of schools"
    assert extras["notes_en"].startswith("Code, name, number of pupils")


@pytest.mark.parametrize(
    ("keywords", "tags"),
    [
        (["学校", "教育"], ["学校", "教育"]),
        (["水"], []),
        (["GB/T 2260"], ["GB T 2260"]),
        (["a_b-c.d e"], ["a_b-c.d e"]),
        (["“水质”", "<b>"], ["水质"]),
        (["长" * 101], ["长" * 100]),
        (["水/质", "水 质"], ["水 质"]),
        (["，。"], []),
    ],
)
def test_tags_are_keywords_that_ckan_accepts(published: Published, keywords: list[str], tags: list[str]) -> None:
    """A tag has 2 to 100 letters, digits, blanks, dots, dashes and underscores, and stands once."""
    item = published("schools")
    changed = replace(item, dataset=replace(item.dataset, keywords=tuple(LocalText(word) for word in keywords)))
    document = described(changed)
    assert [tag["name"] for tag in document["tags"]] == tags
    assert document["num_tags"] == len(tags)


@pytest.mark.parametrize(
    ("licences", "licence_id", "is_open"),
    [
        (["CC-BY-4.0"], "cc-by", True),
        (["CC-BY-NC-4.0"], "cc-nc", False),
        (["自定"], "notspecified", False),
        ([], "notspecified", False),
    ],
)
def test_only_open_licences_are_open(published: Published, licences: list[str], licence_id: str, is_open: bool) -> None:
    """``isopen`` is said of data under a licence that is known to be open."""
    item = published("schools")
    stated = tuple(Licence(name, LocalText(name)) for name in licences)
    document = described(replace(item, dataset=replace(item.dataset, licences=stated)))
    assert (document["license_id"], document["isopen"]) == (licence_id, is_open)


@pytest.mark.parametrize("state", ["conditional", "planned", "closed"])
def test_data_that_are_not_given_out_are_not_open(published: Published, state: OpenState) -> None:
    """An open licence does not make data open whose files are held back."""
    item = published("schools")
    assert described(replace(item, dataset=replace(item.dataset, open_state=state)))["isopen"] is False


def test_a_link_is_a_resource_at_its_own_address(published: Published) -> None:
    """A resource on another site has its address there, and no size or hash."""
    link = Resource(
        "map", LocalText("地图"), "link", "wms", "application/octet-stream", url="https://maps.example.cn/wms"
    )
    (only,) = described(replace(published("schools"), resources=(PublishedResource(link),)))["resources"]
    assert (only["url"], only["format"], only["size"], only["hash"]) == ("https://maps.example.cn/wms", "WMS", None, "")


def extras_of(item: PublishedDataset) -> dict[str, str]:
    """Return the extras of a dataset by their keys, no key twice."""
    extras = described(item)["extras"]
    assert len({entry["key"] for entry in extras}) == len(extras)
    return {entry["key"]: entry["value"] for entry in extras}


@pytest.mark.parametrize(
    ("spatial", "expected"),
    [
        (
            "310115",
            {
                "spatial_code": "310115",
                "spatial_text": "上海市浦东新区",
                "spatial_uri": f"{BASE}/#place/310115",
            },
        ),
        ("老城区", {"spatial_text": "老城区", "spatial_uri": f"{BASE}/#place/%E8%80%81%E5%9F%8E%E5%8C%BA"}),
        ("", {}),
    ],
)
def test_an_area_never_stands_where_a_geometry_belongs(
    published: Published, spatial: str, expected: dict[str, str]
) -> None:
    """The extra ``spatial`` must be GeoJSON to other portals; an area has its code, name and address instead."""
    item = published("schools")
    changed = replace(item, dataset=replace(item.dataset, spatial=spatial))
    extras = extras_of(changed)
    assert {key: value for key, value in extras.items() if key.startswith("spatial")} == expected
    assert parse(described(changed)).dataset.spatial == spatial


@pytest.mark.parametrize(
    ("stated", "spatial"),
    [("310000", "310000"), ("上海市", "上海市"), ('{"type": "Point", "coordinates": [121.5, 31.2]}', "")],
)
def test_an_area_is_read_where_earlier_versions_had_it(published: Published, stated: str, spatial: str) -> None:
    """What stood under ``spatial`` is read as an area, a geometry of another portal is none."""
    document = {**described(published("bus-lines")), "extras": [{"key": "spatial", "value": stated}]}
    assert parse(document).dataset.spatial == spatial


@pytest.mark.parametrize(
    ("temporal", "bounds"),
    [("2020/2024-06", ["2020", "2024-06"]), ("2026-01/..", ["2026-01"]), ("去年", [])],
)
def test_a_period_has_a_start_and_an_end(published: Published, temporal: str, bounds: list[str]) -> None:
    """The bounds of a period stand in the extras of ckanext-dcat, words alone do not."""
    item = published("schools")
    extras = extras_of(replace(item, dataset=replace(item.dataset, temporal=temporal)))
    assert [extras[key] for key in ("temporal_start", "temporal_end") if key in extras] == bounds
    assert extras["temporal"] == temporal


def test_what_has_no_day_is_there_since_the_first_release(published: Published) -> None:
    """Harvesters want days everywhere; one that nobody stated is not taken for stated when it is read back."""
    item = published("salaries")
    undated = replace(item, changed=None, dataset=replace(item.dataset, published=None, updated=None))
    document = described(undated)
    first = "2026-01-01T00:00:00.000000"
    assert (document["metadata_created"], document["metadata_modified"]) == (first, first)
    assert document["organization"]["created"] == first
    assert (parse(document).dataset.published, parse(document).dataset.updated) == (None, None)


def test_an_organization_is_there_since_the_day_it_states(published: Published) -> None:
    """A department that says from when it is valid was created then."""
    item = published("salaries")
    publisher = replace(item.dataset.publisher, valid_from=date(2019, 3, 1))
    document = described(replace(item, dataset=replace(item.dataset, publisher=publisher)))
    assert document["organization"]["created"] == "2019-03-01T00:00:00.000000"


def test_no_two_resources_have_one_name(published: Published) -> None:
    """Tables, parts and links of one title are told apart, and keep their title beside."""
    item = published("bus-lines")
    lines, stops = item.resources
    part = replace(lines.files[0], path="data/bus-lines/original/second/lines.csv")
    same = replace(stops, resource=replace(stops.resource, title=lines.resource.title))
    link = Resource("map", lines.resource.title, "link", "wms", "text/xml", url="https://maps.example.cn/")
    changed = replace(
        item, resources=(replace(lines, files=(*lines.files, part)), same, *[PublishedResource(link)] * 2)
    )
    resources = described(changed)["resources"]
    names = [entry["name"] for entry in resources]
    assert len(set(names)) == len(names) == 13
    assert names[-2:] == ["线路", "线路（2）"]
    assert {entry.get("title", entry["name"]) for entry in resources} == {"线路"}


def test_resources_keep_their_ids_when_others_are_added(published: Published) -> None:
    """The id of a resource comes from its file, not from its place in the list."""
    item = published("bus-lines")
    fewer = replace(item, resources=item.resources[1:])
    ids = {entry["url"]: entry["id"] for entry in described(item)["resources"]}
    assert {entry["url"]: entry["id"] for entry in described(fewer)["resources"]}.items() <= ids.items()
    assert len(set(ids.values())) == len(ids)


ENTRY = {
    "name": "resident-register",
    "title": "常住人口登记",
    "homepage": "https://bureau.example.com/register/",
    "sources": [{"title": "户籍系统"}],
    "catalogue": {
        "publisher": "police",
        "code": "307021444/000009",
        "category": {"class": "department", "item": "07", "dir": "021", "subdir": "444"},
        "format": {"class": "database", "type": "oracle"},
        "items": [{"name": "户号", "name_en": "household", "data_type": "C", "length": 9}],
        "open": {"is_open": False},
        "updated": "2026-05-20",
        "related_codes": ["307021444/000010"],
        "systems": ["户籍系统"],
        "provider_unit": "户政科",
        "secrecy": "非涉密",
        "network": "电子政务外网",
        "location": "政务云",
        "responsible": "科长",
        "phone": "010-00000000",
        "ownership": "市公安局",
        "online_url": "https://bureau.example.com/register/1",
        "volume": {"storage_gb": "1.5", "open_records_10k": "0"},
    },
}


def test_the_elements_of_the_guide_stand_in_extras() -> None:
    """What the national guide asks beyond CKAN's keys is an extra by its key in a descriptor, and is read back."""
    published = datapackage.parse(ENTRY)
    document = described(published)
    extras = {item["key"]: item["value"] for item in document["extras"]}
    assert {key: value for key, value in extras.items() if key.startswith("guide_")} == {
        "guide_category": '{"class": "department", "item": "07", "dir": "021", "subdir": "444"}',
        "guide_format": '{"class": "database", "type": "oracle"}',
        "guide_items": '[{"name": "户号", "name_en": "household", "data_type": "C", "length": 9}]',
        "guide_systems": '["户籍系统"]',
        "guide_provider_unit": "户政科",
        "guide_secrecy": "非涉密",
        "guide_network": "电子政务外网",
        "guide_location": "政务云",
        "guide_responsible": "科长",
        "guide_phone": "010-00000000",
        "guide_ownership": "市公安局",
        "guide_online_url": "https://bureau.example.com/register/1",
        "guide_volume": '{"storage_gb": "1.5", "open_records_10k": "0"}',
    }
    assert extras["homepage"] == "https://bureau.example.com/register/"
    assert parse(json.loads(json.dumps(document))) == published


def test_ckan_tells_of_the_guide_what_the_data_package_tells(published: Published) -> None:
    """An element that the data package of an edition leaves out is not in CKAN's answer either."""
    for name in ("bus-lines", "salaries", "schools"):
        block = datapackage.dump(published(name), base_url=BASE)["catalogue"]
        extras = {item["key"] for item in described(published(name))["extras"]}
        assert {key.removeprefix("guide_") for key in extras if key.startswith("guide_")} <= set(block)


def test_extras_that_are_broken_are_passed_over() -> None:
    """An extra of another portal that is no JSON, of another kind or nested too deeply, is nothing stated."""
    extras = {"guide_category": "[", "guide_items": '{"a": 1}', "guide_volume": "3", "keywords": "水", "sources": "[1]"}
    extras["licenses"] = '[{"name": "CC-BY-4.0", "deep": ' + "[" * 63 + "]" * 63 + "}]"
    read = parse({"name": "x", "extras": [{"key": key, "value": value} for key, value in extras.items()]}).dataset
    assert (read.guide, read.keywords, read.origins, read.licences) == (GuideEntry(), (), (), ())


@given(ckan_packages())
def test_what_was_written_is_read_back(published: PublishedDataset) -> None:
    """All that CKAN can say of a dataset whose files lie elsewhere comes back."""
    assert parse(json.loads(json.dumps(dump(published, base_url=BASE)))) == published


@needs_shared_data
def test_answers_of_real_portals_are_read() -> None:
    """Every dataset in the kept answers of portals has a name, and its resources are links."""
    read = 0
    for path in sorted((SHARED / "ckan").rglob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        result = document.get("result", document) if isinstance(document, dict) else {}
        found = result.get("results", [result]) if isinstance(result, dict) else []
        for entry in found:
            if isinstance(entry, dict) and "resources" in entry:
                published = parse(entry)
                read += 1
                assert published.dataset.name == entry.get("name", "")
                assert len(published.resources) == len(entry["resources"])
    assert read
