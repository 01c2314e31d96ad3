"""Two editions of one catalogue: what the public gets, what departments get, and that nothing else is in any file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from parsed import parse
from support import TODAY, contents

from portal.model.catalog import Edition
from portal.pipeline import build
from portal.serving.app import create_app
from portal.settings import load_settings

STATES = {
    "open-shared": ("{is_open: true}", "{type: unconditional}"),
    "open-on-condition": ("{is_open: true, condition: 需申请}", "{type: unconditional}"),
    "closed-shared": ("{is_open: false}", "{type: unconditional}"),
    "closed-conditional": ("{is_open: false}", "{type: conditional, condition: 经批准}"),
    "closed-not-shared": ("{is_open: false}", "{type: none, basis: 《示范条例》第三条}"),
}
"""What stands under open and sharing, by name of dataset."""
GIVEN_OUT: dict[Edition, set[str]] = {
    "open": {"open-shared"},
    "sharing": {"open-shared", "open-on-condition", "closed-shared"},
}


def canary(name: str) -> bytes:
    """Return what stands in a cell of a dataset and nowhere else."""
    return f"CANARY{name.replace('-', '')}".upper().encode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Datasets in every state, a cell of each with a text of its own."""
    root = tmp_path_factory.mktemp("editions") / "datasets"
    for name, (opening, sharing) in STATES.items():
        place = root / "office" / name
        place.mkdir(parents=True)
        place.joinpath("datapackage.yaml").write_text(
            f"name: {name}\ntitle: {name} 的标题\ndescription: 说明。\nlicenses: [{{name: CC-BY-4.0}}]\n"
            f"catalogue: {{open: {opening}, sharing: {sharing}, network: CANARYNETWORK, "
            "location: CANARYLOCATION, systems: [CANARYSYSTEM]}\n"
            "resources: [{name: table, path: table.csv}]\n",
            encoding="utf-8",
        )
        place.joinpath("table.csv").write_bytes("列\n".encode() + canary(name) + b"\n")
    return root


@pytest.fixture(scope="module", params=["open", "sharing"])
def edition(request: pytest.FixtureRequest) -> Edition:
    """The edition that was asked for; what a release says of itself decides nothing here."""
    asked: Edition = request.param
    return asked


@pytest.fixture(scope="module")
def release(edition: Edition, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of each edition."""
    settings = load_settings(folder, edition=edition)
    result = build(settings, tmp_path_factory.mktemp("editions") / "build", today=TODAY)
    assert result.folder is not None
    return result.folder


def test_a_release_says_which_edition_it_is(edition: Edition, release: Path) -> None:
    """To programs in release.json; search engines are asked to leave the edition for departments alone, no other."""
    assert json.loads((release / "release.json").read_text("utf-8"))["edition"] == edition
    assert (b"noindex" in client_of(release).get("/").data) == (edition == "sharing")


def test_files_are_given_out_to_those_who_may_have_them(edition: Edition, release: Path) -> None:
    """The open edition holds what is open, the sharing edition what is shared without condition."""
    data = {path.name for path in (release / "site" / "data").iterdir()}
    assert data == GIVEN_OUT[edition]


def test_no_file_or_index_holds_a_cell_of_anything_else(edition: Edition, release: Path) -> None:
    """Cells of what is not given out stand in no byte of the release; cells of the rest do."""
    content = b"".join(path.read_bytes() for path in sorted(release.rglob("*")) if path.is_file())
    found = {name for name in STATES if canary(name) in content.upper()}
    assert found == GIVEN_OUT[edition]


def test_every_entry_stands_in_both_editions(release: Path) -> None:
    """What is not given out has its entry."""
    assert {path.name for path in (release / "site" / "datasets").iterdir() if path.is_dir()} >= set(STATES)


def test_the_edition_for_departments_says_so_and_is_not_indexed(folder: Path, tmp_path: Path) -> None:
    """Every page of it is marked; search engines are asked to leave it alone."""
    result = build(load_settings(folder, edition="sharing"), tmp_path / "build", today=TODAY)
    assert result.folder is not None
    for path in (result.folder / "site").rglob("*.html"):
        page = parse(path.read_text(encoding="utf-8"))
        assert "noindex" in page.one("meta", name="robots")["content"], path
        words = page.one("header").words
        assert "仅供政务部门使用" in words or "for departments only" in words, path


def client_of(release: Path) -> FlaskClient:
    """Return a client of the app that serves a release."""
    return create_app(release).test_client()


def test_the_server_gives_out_no_file_of_anything_else(edition: Edition, release: Path) -> None:
    """What the edition does not hold answers 404, whatever it is called."""
    client = client_of(release)
    answers = {name: client.get(f"/data/{name}/table.csv").status_code for name in STATES}
    assert {name for name, status in answers.items() if status == 200} == GIVEN_OUT[edition]
    assert set(answers.values()) <= {200, 404}


@pytest.mark.parametrize("word", ["CANARYLOCATION", "CANARYSYSTEM", "CANARYNETWORK"])
def test_the_public_is_not_told_where_a_resource_lies(edition: Edition, release: Path, word: str) -> None:
    """Source systems, network and place are in no file of the open edition; departments see them on the page."""
    is_told = any(word.encode() in content for content in contents(release))
    is_on_page = word in (release / "site" / "datasets" / "open-shared" / "index.html").read_text("utf-8")
    assert (is_told, is_on_page) == (edition == "sharing", edition == "sharing")
