"""Departments that a reform dissolved: their addresses and names lead to the successor, and pages say what became."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from parsed import parse
from support import build_folder

from portal.model.catalog import Publisher
from portal.model.former_names import followed_by
from portal.model.text import LocalText
from portal.serving.app import create_app

PUBLISHERS = """publishers:
  - {id: city, name: {zh: 市政府, en: City}}
  - {id: survey, name: 测绘局, successor: land, former_ids: [mapping]}
  - {id: land, name: {zh: 国土局, en: Land}, successor: resources, former_names: [地政处]}
  - {id: plan, name: {zh: 规划局, en: Planning}, successor: resources}
  - {id: forest, name: {zh: 林业局, en: Forestry}, successor: city}
  - {id: resources, name: {zh: 自然资源局, en: Resources}, parent: city, level: 市级, valid_from: 2019-03-01}
  - {id: office, name: {zh: 规划院, en: Institute}, parent: plan}
"""


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Datasets of the successor and of departments that were dissolved; land and survey have none."""
    root = tmp_path_factory.mktemp("successors")
    for id_ in ("plan", "resources", "forest", "office"):
        place = root / "datasets" / id_ / f"{id_}-list"
        place.mkdir(parents=True)
        place.joinpath("datapackage.yaml").write_text(
            f"name: {id_}-list\ntitle: 名录\ndescription: 说明。\nlicenses: [{{name: CC-BY-4.0}}]\nresources: []\n",
            "utf-8",
        )
    (root / "datasets" / "publishers.yaml").write_text(PUBLISHERS, "utf-8")
    result = build_folder(root / "datasets", root / "build")
    assert result.folder is not None
    return result.folder


@pytest.fixture(scope="module")
def client(release: Path) -> FlaskClient:
    """A client of the app that serves it."""
    return create_app(release).test_client()


@pytest.mark.parametrize("old", ["land", "survey", "mapping"])
def test_a_dissolved_department_without_datasets_leads_to_its_successor(
    client: FlaskClient, release: Path, old: str
) -> None:
    """At the server and on any other, over several reforms and from a former id too."""
    answer = client.get(f"/publishers/{old}/")
    assert (answer.status_code, answer.headers["Location"]) == (308, "../resources/")
    page = parse((release / "site" / "en" / "publishers" / old / "index.html").read_text("utf-8"))
    assert page.one("main").one("a")["href"] == "../resources/"


@pytest.mark.parametrize("words", ["国土局", "测绘局", "地政处"])
def test_its_names_find_the_datasets_of_the_successor(client: FlaskClient, words: str) -> None:
    """The names it had before as well."""
    answer = client.get("/api/v1/datasets", query_string={"q": words}).json
    assert [item["name"] for item in answer["items"]] == ["resources-list"]  # type: ignore[index]


def test_one_with_datasets_keeps_its_page_and_says_what_became_of_it(client: FlaskClient, release: Path) -> None:
    """With a link, or by name alone where the successor has no page."""
    assert client.get("/publishers/plan/").status_code == 200
    page = parse((release / "site" / "en" / "publishers" / "plan" / "index.html").read_text("utf-8"))
    note = page.one("p", class_="group-successor")
    assert note.words == "This department was dissolved. Its duties went to Resources."
    assert [link["href"] for link in note.all("a")] == ["../resources/"]
    page = parse((release / "site" / "en" / "publishers" / "forest" / "index.html").read_text("utf-8"))
    note = page.one("p", class_="group-successor")
    assert (note.words, note.all("a")) == ("This department was dissolved. Its duties went to City.", [])


def test_the_page_states_level_day_and_what_is_above(release: Path) -> None:
    """With a link to the department above where it has a page; no word of a successor where there is none."""
    page = parse((release / "site" / "en" / "publishers" / "resources" / "index.html").read_text("utf-8"))
    assert [item.words for item in page.one("dl", class_="details").all("div", class_="details__item")] == [
        "Department above it City",
        "Exists since 1 March 2019",
        "Level 市级",
    ]
    assert page.all("p", class_="group-successor") == []
    page = parse((release / "site" / "publishers" / "office" / "index.html").read_text("utf-8"))
    assert [link["href"] for link in page.one("dl", class_="details").all("a")] == ["../plan/"]


def test_circles_and_unknown_successors_lead_nowhere() -> None:
    """A chain of many departments is walked over once."""
    name = LocalText("局")
    circle = [Publisher("a", name, successor="b"), Publisher("b", name, successor="a"), Publisher("c", name)]
    assert followed_by([*circle, Publisher("d", name, successor="gone")], {"c"}) == {}
    chain = [Publisher(str(number), name, successor=str(number + 1)) for number in range(5000)]
    assert set(followed_by([*chain, Publisher("5000", name)], {"5000"}).values()) == {"5000"}
