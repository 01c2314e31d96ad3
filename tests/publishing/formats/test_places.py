"""Names of areas: each description for people says the name, and keeps the code where there is a place for codes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from support import TODAY

from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.model.cn_codes import PROVINCES
from portal.model.errors import ConfigurationError
from portal.model.text import LocalText
from portal.publishing.formats import data_json, markdown_twin, schema_org
from portal.publishing.formats.citation import citation_of
from portal.publishing.formats.dcat.described import record_of
from portal.publishing.formats.places import place_name, place_of
from portal.publishing.publication import PublishedDataset
from portal.settings import load_settings

Published = Callable[[str], PublishedDataset]

BASE = "https://data.example.cn"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("100000", "全国"),
        ("310000", "上海市"),
        ("31", "上海市"),
        ("440300", "广东省深圳市"),
        ("440305", "广东省深圳市南山区"),
        ("310115", "上海市浦东新区"),
        ("310115000", "上海市浦东新区"),
        ("310115104", "上海市浦东新区（310115104）"),
        ("310100", "上海市"),
        ("500229", "重庆市城口县"),
        ("659001", "新疆维吾尔自治区石河子市"),
        ("110103", "北京市崇文区"),
        ("990100", ""),
        ("3101150", ""),
        ("上海市", ""),
        ("", ""),
    ],
)
def test_divisions_have_their_names(code: str, name: str) -> None:
    """Down to counties with the names above; of what is deeper the county; former divisions by their last name."""
    assert place_name(code).zh == name


def test_provinces_have_english_names() -> None:
    """All 34, each its own."""
    names = {place_name(f"{code}0000").en for code in PROVINCES}
    assert (len(names), "" in names) == (34, False)


def test_every_description_for_people_says_the_name(published: Published) -> None:
    """DCAT, schema.org, data.json and Markdown; DCAT and schema.org have the code beside it."""
    item = published("schools")
    item = replace(item, dataset=replace(item.dataset, spatial="310000"))
    (place,) = record_of(item, base_url=BASE).places
    assert (place.label, place.code) == (LocalText("上海市", "Shanghai"), "310000")
    coverage = schema_org.dump(item, lang="en", base_url=BASE, portal_title="Portal")["spatialCoverage"]
    assert (coverage["name"], coverage["identifier"]["value"]) == ("Shanghai", "310000")
    assert data_json.dump(item, base_url=BASE)["spatial"] == "上海市"
    cited = citation_of(item.dataset, lang="en", portal_title="Portal", url=BASE, accessed=TODAY)
    text = markdown_twin.dump(item, lang="en", base_url=BASE, portal_title="Portal", citation=cited)
    assert ("Shanghai" in text, "310000" in text) == (True, False)


def test_the_portal_has_names_of_its_own(write_dataset: Callable[..., Path]) -> None:
    """What catalog.yaml calls an area goes before the standard, and names what the standard does not know."""
    folder = write_dataset("name: made\nresources: []\ncatalogue: {spatial: '990100'}\n")
    (folder / "catalog.yaml").write_text("places: {'990100': {zh: 示范市, en: Shifan City}}\n", encoding="utf-8")
    catalog, _ = load_catalog(load_settings(folder))
    assert place_of(catalog.datasets[0]) == LocalText("示范市", "Shifan City")


@pytest.mark.parametrize("places", ["[990100]", "示范市", "{'990100': }"])
def test_names_that_are_none_end_the_command(write_dataset: Callable[..., Path], places: str) -> None:
    """A list, a bare word or a code without a name is no list of places."""
    folder = write_dataset("name: made\nresources: []\n")
    (folder / "catalog.yaml").write_text(f"places: {places}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError):
        load_settings(folder)


def test_a_stated_name_stays(published: Published) -> None:
    """An area that is no code is called what its publisher calls it."""
    item = published("schools").dataset
    assert place_of(replace(item, spatial="长三角")) == LocalText("长三角")
