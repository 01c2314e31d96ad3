"""Addresses that people know from CKAN lead to the pages and files of the portal."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

import pytest
from flask.testing import FlaskClient
from support import build_folder

from portal.publishing.formats.ckan import dataset_id
from portal.publishing.formats.ckan_ids import ckan_id
from portal.publishing.formats.ckan_resources import resource_id
from portal.serving.app import create_app

SCHOOLS = dataset_id("schools")
CSV = resource_id("schools", "data/schools/schools.csv")
STOPS = resource_id("bus-lines", "data/bus-lines/stops.csv")


def led(client: FlaskClient, path: str) -> tuple[int, str]:
    """Return the status of an answer and where it leads, as an absolute path; "" where it leads nowhere."""
    response = client.get(path)
    location = response.headers.get("Location", "")
    assert not location.startswith(("/", "http")), "what leads on is written relatively"
    return response.status_code, urljoin(path, location) if location else ""


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/dataset", "/datasets/"),
        ("/dataset/", "/datasets/"),
        ("/en/dataset", "/en/datasets/"),
        ("/zh_Hans_CN/dataset/schools", "/datasets/schools/"),
        ("/dataset/schools", "/datasets/schools/"),
        ("/dataset/schools/", "/datasets/schools/"),
        (f"/dataset/{SCHOOLS}", "/datasets/schools/"),
        ("/en/dataset/schools", "/en/datasets/schools/"),
        ("/dataset/schools.ttl", "/datasets/schools/index.ttl"),
        ("/dataset/schools.n3", "/datasets/schools/index.ttl"),
        ("/dataset/schools.rdf", "/datasets/schools/index.rdf"),
        ("/dataset/schools.xml", "/datasets/schools/index.rdf"),
        (f"/dataset/{SCHOOLS}.jsonld", "/datasets/schools/index.jsonld"),
        (f"/dataset/schools/resource/{CSV}", "/datasets/schools/#resource-1"),
        (f"/en/dataset/bus-lines/resource/{STOPS}", "/en/datasets/bus-lines/#resource-2"),
        (f"/dataset/{SCHOOLS}/resource/{CSV}/download/whatever.csv", "/data/schools/schools.csv"),
        (f"/dataset/schools/resource/{CSV}/download", "/data/schools/schools.csv"),
        ("/organization", "/publishers/"),
        ("/organization/education", "/publishers/education/"),
        (f"/en/organization/{ckan_id('publisher', 'education')}", "/en/publishers/education/"),
        ("/group", "/themes/"),
        ("/group/traffic", "/themes/traffic/"),
        (f"/group/{ckan_id('theme', 'traffic')}", "/themes/traffic/"),
        ("/feeds/dataset.atom", "/feed.xml"),
        ("/en/feeds/dataset.atom", "/en/feed.xml"),
        ("/feeds/organization/education.atom", "/publishers/education/feed.xml"),
        ("/feeds/group/traffic.atom", "/themes/traffic/feed.xml"),
        ("/catalog.xml", "/catalog.rdf"),
        ("/catalog.n3", "/catalog.ttl"),
    ],
)
def test_an_address_of_ckan_leads_to_ours(client: FlaskClient, path: str, target: str) -> None:
    """A page, a file or a feed that CKAN has at its own address is at ours, and is there."""
    assert led(client, path) == (308, target)
    assert client.get(target.partition("#")[0]).status_code == 200


@pytest.mark.parametrize(
    ("query", "target"),
    [
        ("q=学校&page=3", "/datasets/?q=%E5%AD%A6%E6%A0%A1"),
        ("organization=education&groups=traffic", "/datasets/?publisher=education&theme=traffic"),
        ("res_format=CSV&license_id=cc-by", "/datasets/?format=CSV&license=CC-BY-4.0"),
        ("sort=title_string+asc", "/datasets/?sort=title"),
        ("sort=anything&tags=x", "/datasets/"),
        ("q=//evil.example%0d%0aX:1", "/datasets/?q=%2F%2Fevil.example%0D%0AX%3A1"),
    ],
)
def test_a_search_of_ckan_is_a_search_of_ours(client: FlaskClient, query: str, target: str) -> None:
    """Words and filters that we have too go along, the others are dropped."""
    assert led(client, f"/dataset?{query}") == (308, target)


@pytest.mark.parametrize(
    "path",
    [
        "/dataset/nobody",
        "/dataset/nobody.ttl",
        "/dataset/schools.exe",
        f"/dataset/schools/resource/{STOPS}",
        f"/dataset/schools/resource/{STOPS}/download/x",
        "/dataset/schools/resource/nothing",
        "/dataset/..%2f..%2fetc",
        "/dataset/a%00b",
        "/organization/nobody",
        "/organization/traffic",
        "/group/nobody",
        "/feeds/organization/nobody.atom",
        "/feeds/tag/x.atom",
        "/fr/dataset/schools",
        "/dataset/schools/edit",
    ],
)
def test_what_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    """No address leads to nothing, and none to another dataset's file."""
    assert client.get(path).status_code == 404


def test_former_names_lead_on(tiny: Path, tmp_path: Path) -> None:
    """A dataset and a publisher are found by the names they had before, and by the id that came from such a name."""
    descriptor = tiny / "education" / "schools" / "datapackage.yaml"
    text = descriptor.read_text(encoding="utf-8")
    descriptor.write_text(text.replace("catalogue:\n", "catalogue:\n  former_names: [old-schools]\n"), encoding="utf-8")
    register = tiny / "publishers.yaml"
    text = register.read_text(encoding="utf-8")
    register.write_text(
        text.replace("    kind: 政务部门\n", "    kind: 政务部门\n    former_ids: [old-education]\n"), encoding="utf-8"
    )
    folder = build_folder(tiny, tmp_path / "build").folder
    assert folder is not None
    client = create_app(folder).test_client()
    paths = ["/dataset/old-schools", f"/dataset/{dataset_id('old-schools')}", "/organization/old-education"]
    assert [led(client, path) for path in paths] == [
        (308, "/datasets/schools/"),
        (308, "/datasets/schools/"),
        (308, "/publishers/education/"),
    ]
    shown = client.get(f"/api/3/action/organization_show?id={ckan_id('publisher', 'old-education')}").get_json()
    assert shown["result"]["name"] == "education"
