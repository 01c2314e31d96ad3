"""A CKAN portal harvests this one: the requests of ckanext-harvest's CKAN harvester, in its order and words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from portal.pipeline import build
from portal.serving.app import create_app
from portal.settings import load_settings

OFFICES = ("water", "roads", "parks")
TOPICS = ("environment", "traffic")
SIZE = 120
MONDAY, TUESDAY = date(2026, 6, 1), date(2026, 6, 2)


def describe(folder: Path, number: int, title: str = "数据") -> str:
    """Describe an entry of the catalogue; offices and topics take turns. Return its name."""
    name = f"entry-{number:03}"
    place = folder / OFFICES[number % 3] / name
    place.mkdir(parents=True, exist_ok=True)
    text = (
        f"name: {name}\ntitle: {title}{number}\nresources: []\n"
        f"catalogue: {{planned: {{on: 2027-01-01}}, themes: [{TOPICS[number % 2]}]}}\n"
    )
    (place / "datapackage.yaml").write_text(text, encoding="utf-8")
    return name


@pytest.fixture(scope="module")
def datasets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue of more entries than the harvester asks for at once."""
    folder = tmp_path_factory.mktemp("harvested") / "datasets"
    folder.mkdir()
    offices = "".join(f"  - {{id: {name}, name: {{zh: {name}局}}}}\n" for name in OFFICES)
    (folder / "publishers.yaml").write_text(f"publishers:\n{offices}", encoding="utf-8")
    for number in range(SIZE):
        describe(folder, number)
    return folder


@pytest.fixture(scope="module")
def remote(datasets: Path) -> FlaskClient:
    """The portal that is harvested: at first as it was built on Monday."""
    release(datasets, MONDAY)
    return create_app(datasets.parent / "build" / "current").test_client()


def release(datasets: Path, day: date) -> None:
    """Make a new release current."""
    made = build(load_settings(datasets), datasets.parent / "build", today=day)
    assert made.refused == ()


def search(remote: FlaskClient, terms: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Search as ``CKANHarvester._search_for_datasets`` does: pages of 100 by id, until one is empty."""
    parameters = {"rows": "100", "start": "0", "sort": "id asc"}
    if terms:
        parameters["fq"] = " ".join(terms)
    found: list[dict[str, Any]] = []
    previous = b""
    while True:
        content = remote.get(f"/api/3/action/package_search?{urlencode(parameters)}").data
        assert content != previous, "the paging does not work"
        previous = content
        page = json.loads(content)["result"]["results"]
        if not page:
            return found
        found += page
        parameters["start"] = str(int(parameters["start"]) + int(parameters["rows"]))


def numbers(found: Iterable[dict[str, Any]]) -> list[int]:
    """Return the numbers of entries, sorted, each as often as it was found."""
    return sorted(int(item["name"].removeprefix("entry-")) for item in found)


def which(rule: Callable[[int], bool]) -> list[int]:
    """Return the numbers of the entries for which a rule holds."""
    return [number for number in range(SIZE) if rule(number)]


def test_a_first_harvest_gathers_every_dataset_once(remote: FlaskClient) -> None:
    """All pages together hold every dataset once, in the order of ids, with all that an import needs."""
    found = search(remote)
    assert numbers(found) == list(range(SIZE))
    assert [item["id"] for item in found] == sorted(item["id"] for item in found)
    assert {item["type"] for item in found} == {"dataset"}
    needed = {"id", "name", "resources", "owner_org", "groups", "tags", "metadata_modified"}
    assert all(needed <= set(item) for item in found)


@pytest.mark.parametrize(
    ("terms", "rule"),
    [
        (["organization:water OR organization:parks"], lambda number: number % 3 != 1),
        (["-organization:water", "-organization:parks"], lambda number: number % 3 == 1),
        (["groups:traffic"], lambda number: number % 2 == 1),
        (["-groups:traffic"], lambda number: number % 2 == 0),
        (["organization:water OR organization:parks", "groups:traffic"], lambda number: number % 6 in (3, 5)),
        (["organization:water OR organization:parks", "-groups:traffic"], lambda number: number % 6 in (0, 2)),
        (["organization:nobody"], lambda number: False),
    ],
)  # fmt: skip
def test_organisations_and_groups_are_included_or_left_out(
    remote: FlaskClient, terms: list[str], rule: Callable[[int], bool]
) -> None:
    """The terms of organizations_filter_include, …_exclude and those for groups all hold together."""
    assert numbers(search(remote, terms)) == which(rule)


def test_groups_and_organisations_can_be_created_from_here(remote: FlaskClient) -> None:
    """Each group by the id in a dataset, each organisation by owner_org, as remote_groups and remote_orgs ask."""
    (item,) = remote.get("/api/3/action/package_search?fq=name:entry-000").get_json()["result"]["results"]
    group = remote.get(f"/api/3/action/group_show?id={item['groups'][0]['id']}").get_json()["result"]
    office = remote.get(f"/api/3/action/organization_show?id={item['owner_org']}").get_json()["result"]
    assert (group["name"], group["id"]) == ("environment", item["groups"][0]["id"])
    assert (office["name"], office["id"], office["title"]) == ("water", item["owner_org"], "water局")


def changed_since(remote: FlaskClient, visit: datetime, *terms: str) -> list[int]:
    """Search as the harvester does after an error-free job whose gathering began at *visit*."""
    since = (visit - timedelta(hours=1)).isoformat()
    return numbers(search(remote, [*terms, f"metadata_modified:[{since}Z TO *]"]))


def test_a_later_harvest_gathers_what_changed_since_and_misses_nothing(remote: FlaskClient, datasets: Path) -> None:
    """On a later day only what changed; after a visit on the same day what changed in the evening, too."""
    monday_night = datetime(2026, 6, 2, 1, 2, 3)  # UTC without its zone, as the harvester has it
    assert changed_since(remote, monday_night) == []
    describe(datasets, 7, "改正的标题")
    describe(datasets, 8, "改正的标题")
    release(datasets, TUESDAY)
    tuesday_noon = datetime(2026, 6, 2, 12, 0, 0, 123456)
    assert changed_since(remote, monday_night) == [7, 8]
    assert changed_since(remote, monday_night, "organization:roads OR organization:water") == [7]
    describe(datasets, 9, "改正的标题")
    describe(datasets, SIZE)
    release(datasets, TUESDAY)
    assert changed_since(remote, tuesday_noon) == [7, 8, 9, SIZE]
    assert changed_since(remote, datetime(2026, 6, 3, 12)) == []


def test_a_copy_that_was_stored_before_is_older(remote: FlaskClient) -> None:
    """The harvester takes a record over where metadata_modified is later than when it stored its own: it is."""
    (item,) = remote.get("/api/3/action/package_search?fq=name:entry-009").get_json()["result"]["results"]
    stored_at_noon = "2026-06-02T12:00:00.123456"
    assert item["metadata_modified"] > stored_at_noon
