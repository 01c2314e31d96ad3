"""Former names of datasets and departments: addresses, the API and searches still find what they mean."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

import pytest
from flask.testing import FlaskClient
from parsed import parse
from support import build_folder

from portal.serving.app import create_app


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset that had other names, of a department that had another name and id."""
    root = tmp_path_factory.mktemp("moved")
    place = root / "datasets" / "transport" / "bus-stops"
    place.mkdir(parents=True)
    (root / "datasets" / "publishers.yaml").write_text(
        "publishers: [{id: transport, name: 交通运输局, former_ids: [roads], former_names: [公路管理局]}]\n", "utf-8"
    )
    place.joinpath("datapackage.yaml").write_text(
        "name: bus-stops\ntitle: 公交站点\ndescription: 说明。\nlicenses: [{name: CC-BY-4.0}]\n"
        "catalogue: {former_names: [stops, '../evil', bus-stops]}\nresources: [{name: table, path: table.csv}]\n",
        "utf-8",
    )
    place.joinpath("table.csv").write_text("站名\n人民广场\n", "utf-8")
    result = build_folder(root / "datasets", root / "build")
    assert result.folder is not None
    return result.folder


@pytest.fixture(scope="module")
def client(release: Path) -> FlaskClient:
    """A client of the app that serves it."""
    return create_app(release).test_client()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/datasets/stops/", "../bus-stops/"),
        ("/en/datasets/stops/report/", "../../bus-stops/report/"),
        ("/data/stops/table.csv", "../bus-stops/table.csv"),
        ("/publishers/roads/", "../transport/"),
    ],
)
def test_the_server_leads_to_the_present_name(client: FlaskClient, old: str, new: str) -> None:
    """Pages in both languages and files answer with the new address, relative, so that no host has a say in it."""
    answer = client.get(old)
    assert (answer.status_code, answer.headers["Location"]) == (308, new)
    assert client.get(urljoin(old, new)).status_code == 200


@pytest.mark.parametrize("path", ["datasets/stops", "en/datasets/stops", "publishers/roads", "en/publishers/roads"])
def test_any_web_server_leads_to_the_present_name(release: Path, path: str) -> None:
    """The page at the old address sends browsers on and shows a link."""
    page = parse((release / "site" / path / "index.html").read_text("utf-8"))
    name = "bus-stops" if "stops" in path else "transport"
    assert page.one("meta", **{"http-equiv": "refresh"})["content"] == f"0; url=../{name}/"
    assert page.one("main").one("a")["href"] == f"../{name}/"


def test_a_name_that_is_none_has_no_page(release: Path) -> None:
    """What cannot stand in an address is passed over."""
    assert sorted(path.name for path in (release / "site" / "datasets").iterdir() if path.is_dir()) == [
        "bus-stops",
        "stops",
    ]
    assert not (release / "site" / "evil").exists()


def test_the_interfaces_know_the_former_name(client: FlaskClient) -> None:
    """Both APIs answer with the dataset as it is called now."""
    assert client.get("/api/v1/datasets/stops").json["name"] == "bus-stops"  # type: ignore[index]
    assert client.get("/api/3/action/package_show?id=stops").json["result"]["name"] == "bus-stops"  # type: ignore[index]


def test_a_former_id_finds_the_datasets_of_the_present_one(client: FlaskClient) -> None:
    """In the API and on the page of results; what is asked is told with the present id."""
    answer = client.get("/api/v1/datasets?publisher=roads").json
    assert [item["name"] for item in answer["items"]] == ["bus-stops"]  # type: ignore[index]
    assert answer["query"]["publisher"] == ["transport"]  # type: ignore[index]
    assert 'bus-stops/"' in client.get("/datasets/?publisher=roads").text


@pytest.mark.parametrize("words", ["公路管理局", "stops"])
def test_a_search_for_the_former_name_finds_it(client: FlaskClient, words: str) -> None:
    """What the department or the dataset was called is among the words that are searched."""
    answer = client.get("/api/v1/datasets", query_string={"q": words}).json
    assert [item["name"] for item in answer["items"]] == ["bus-stops"]  # type: ignore[index]
