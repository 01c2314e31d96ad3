"""What the page of a dataset states: who may have the files, in each edition, its metadata and information items."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from made_published import file, published
from support import build_folder

from portal.model.catalog import Edition, Sharing
from portal.model.guide import Category, DataFormat, GuideEntry, Item, Volume
from portal.model.portal import Directory, Portal
from portal.model.text import LANGUAGES
from portal.publishing.publication import PublishedDataset, PublishedResource
from portal.publishing.site.contexts.dataset_contexts import FieldRow
from portal.publishing.site.dataset_lists import badges, card
from portal.publishing.site.labels import Labels
from portal.publishing.site.pages.dataset_facts import ITEMS_MAX, access_note, details, item_rows
from portal.publishing.site.pages.dataset_page import dataset_page

DIRECTORY = Directory(Portal())
CONDITION = "The files are given out on application. Condition: 说明用途"
FOR_DEPARTMENTS = "Departments may use the files here; the public sees only the entry of the catalogue."
ON_APPLICATION = "Departments get the files on application. Condition: 经批准"
NOT_SHARED = "The files are not shared; only the entry of the catalogue is here."


def stated(item: PublishedDataset, lang: str = "en") -> dict[str, str]:
    """Return the lines of metadata of a dataset by label."""
    return {line.label: line.text for line in details(item, Labels(DIRECTORY, lang))}


@pytest.mark.parametrize(
    ("edition", "changes", "note"),
    [
        ("open", {}, ""),
        ("open", {"open_state": "conditional", "open_condition": "说明用途"}, CONDITION),
        ("open", {"open_state": "planned"}, "The files are to be opened; the date is not yet fixed."),
        (
            "open",
            {"open_state": "planned", "planned_on": date(2027, 1, 15)},
            "The files are to be opened on 15 January 2027.",
        ),
        ("open", {"open_state": "closed"}, "Only this entry of the catalogue is public; the files are not."),
        ("sharing", {}, ""),
        ("sharing", {"open_state": "closed"}, FOR_DEPARTMENTS),
        ("sharing", {"sharing": Sharing("conditional", "经批准")}, ON_APPLICATION),
        ("sharing", {"open_state": "closed", "sharing": Sharing("none", basis="某法")}, NOT_SHARED),
    ],
)
def test_a_page_says_who_may_have_the_files(edition: Edition, changes: dict[str, Any], note: str) -> None:
    """To the public by openness, to departments by sharing."""
    assert access_note(published(edition=edition, **changes), "en") == note


@pytest.mark.parametrize(
    ("type_", "badge"),
    [
        ("unconditional", ("open", "Shared unconditionally")),
        ("conditional", ("conditional", "Shared on conditions")),
        ("none", ("closed", "Not shared")),
    ],
)
def test_the_edition_for_departments_marks_how_a_dataset_is_shared(type_: str, badge: tuple[str, str]) -> None:
    """The first mark is the sharing, on a card too unless everybody may have it; openness is a line of metadata."""
    item = published(edition="sharing", sharing=Sharing(type_), open_state="closed")
    labels = Labels(DIRECTORY, "en")
    assert badges(item.dataset, labels)[0] == badge
    assert card(item, labels).badges == (() if type_ == "unconditional" else (badge,))
    assert stated(item)["Openness"] == "Not open"


def test_what_occurs_more_than_once_has_one_line() -> None:
    """Key areas stand in one line, under one label."""
    labels = [line.label for line in details(published(areas=("transport", "geospatial")), Labels(DIRECTORY, "zh"))]
    assert len(labels) == len(set(labels))
    assert stated(published(areas=("transport", "geospatial")))["Key area"] == "Transport, Geospatial"


def test_a_region_without_a_known_name_says_what_its_code_is() -> None:
    """A bare number would say nothing."""
    assert stated(published(spatial="990100"))["Region"] == "Division 990100"
    assert stated(published(spatial="100000"))["Region"] == "Nationwide"
    assert stated(published(spatial="310000"))["Region"] == "Shanghai"
    assert stated(published(spatial="长三角"))["Region"] == "长三角"


def test_the_elements_of_the_national_guide_are_stated() -> None:
    """Category, format of an entry, unit, telephone, and the way of sharing."""
    guide = GuideEntry(
        category=Category("department", "07", "021"),
        data_format=DataFormat("database", "db2"),
        provider_unit="信息科",
        phone="010-00000000",
        related_codes=("307021/1", "307021/2"),
    )
    item = published(edition="sharing", guide=guide, resources=(), sharing=Sharing(method="共享平台方式/文件"))
    wanted = {
        "Unit in charge": "信息科",
        "Telephone": "010-00000000",
        "Category": "Departmental resources / Provinces and the departments below them (307021)",
        "Format": "Database / db2",
        "Way of sharing": "Sharing platform / File",
        "Related resource codes": "307021/1, 307021/2",
    }
    assert wanted.items() <= stated(item).items()


def test_what_is_internal_stands_in_the_edition_for_departments_alone() -> None:
    """Network, place and source systems; the way of sharing, ownership and volumes are for all."""
    guide = GuideEntry(
        systems=("教务系统", "学籍系统"),
        network="电子政务外网",
        location="政务云",
        ownership="自有",
        volume=Volume("12", "3.5", "2", "", "", "1"),
    )
    public, internal = (
        stated(published(edition=edition, guide=guide, sharing=Sharing(method="platform/file")))
        for edition in ("open", "sharing")
    )
    labels = ("Way of sharing", "Ownership", "Volume", "Information systems", "Network", "Location")
    assert [public.get(label, "") for label in labels] == [
        "Sharing platform / File",
        "自有",
        "In all: 12 GB, 3.5 × 10,000 records; Shared: 2 GB; Open to the public: 1 × 10,000 records",
        *("", "", ""),
    ]
    assert [internal.get(label, "") for label in labels] == [
        "Sharing platform / File",
        "自有",
        "In all: 12 GB, 3.5 × 10,000 records; Shared: 2 GB; Open to the public: 1 × 10,000 records",
        "教务系统, 学籍系统",
        "电子政务外网",
        "政务云",
    ]


def test_an_entry_shows_its_information_items() -> None:
    """Each with its English name and the guide's type, with a length where one is stated."""
    items = (Item("企业名称", "Name", "C", 100), Item("成立日期", "", "D"))
    assert item_rows(items, "en") == (
        FieldRow("企业名称", "Name", "Text, 100 bytes", "", (), "", ""),
        FieldRow("成立日期", "", "Date", "", (), "", ""),
    )


def test_a_page_says_that_an_entry_has_further_items(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """A page holds so many; how many more there are it says, and they stand in the file that it names."""
    items = [{"name": f"项{number}"} for number in range(ITEMS_MAX + 3)]
    root = write_dataset(json.dumps({"name": "entry", "title": "条目", "resources": [], "catalogue": {"items": items}}))
    result = build_folder(root, tmp_path / "build")
    assert result.folder is not None
    site = result.folder / "site"
    page = (site / "en" / "datasets" / "entry" / "index.html").read_text(encoding="utf-8")
    assert f"项{ITEMS_MAX - 1}</code>" in page
    assert f"项{ITEMS_MAX}</code>" not in page
    assert ">3 further information items stand in the entry as JSON.</p>" in page
    package = json.loads((site / "datasets" / "entry" / "entry.json").read_text(encoding="utf-8"))
    assert len(package["catalogue"]["items"]) == ITEMS_MAX + 3


@pytest.mark.parametrize("lang", LANGUAGES)
def test_of_a_map_the_map_is_offered_first(lang: str) -> None:
    """The publisher's GeoJSON comes before the spreadsheet made of it; of every other file the spreadsheet is first."""
    files = (replace(file("geojson"), is_original=True), file("csv"), file("parquet"), file("xlsx"))
    offered = {}
    for format_ in ("geojson", "csv"):
        base = published(published().resources[0]).resources[0]
        resource = PublishedResource(replace(base.resource, format=format_), files)
        page = dataset_page(published(resource), DIRECTORY, Labels(DIRECTORY, lang))
        offered[format_] = [item.label for item in page.resources[0].downloads]
    assert offered == {
        "geojson": ["GEOJSON", "XLSX", "CSV", "PARQUET"],
        "csv": ["XLSX", "CSV", "PARQUET", "GEOJSON"],
    }
