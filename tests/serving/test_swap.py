"""A server follows ``current`` from one release to the next, and back, without a restart."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from serving import ask, serving
from support import build_folder

from portal.model.errors import ReleaseError
from portal.publishing.release import make_current, rollback
from portal.serving.app import create_app
from portal.serving.options import ServingOptions
from portal.serving.server import Place, serve


@pytest.fixture
def out(tiny: Path, tmp_path: Path) -> Path:
    """The folder of releases with one release of the tiny catalogue."""
    build_folder(tiny, tmp_path / "build")
    return tmp_path / "build"


@pytest.fixture
def running(out: Path) -> Iterator[str]:
    """Where a server gives out what is current."""
    with serving(out / "current") as address:
        yield address


def change(tiny: Path) -> None:
    """Rename a dataset, take one away, and add a row."""
    descriptor = tiny / "education/schools/datapackage.yaml"
    descriptor.write_text(descriptor.read_text(encoding="utf-8").replace("学校名录", "校园一览"), encoding="utf-8")
    with (tiny / "education/schools/schools.csv").open("a", encoding="utf-8") as file:
        file.write("0004,第四小学,7,2020-09-01,否\n")
    shutil.rmtree(tiny / "transport/bus-lines")


def seen(address: str) -> dict[str, Any]:
    """Return what a visitor sees of the catalogue: the state, a title, a search, a file, a page that may be gone."""
    health = json.loads(ask(address, "/api/v1/health").body)
    found = json.loads(ask(address, "/api/v1/datasets?q=%E6%A0%A1%E5%9B%AD").body)
    return {
        "release": health["release"],
        "names": json.loads(ask(address, "/api/3/action/package_list").body)["result"],
        "found": [item["title"] for item in found["items"]],
        "rows": ask(address, "/data/schools/schools.csv").body.count(b"\r\n") - 1,
        "renamed": "校园一览" in ask(address, "/datasets/schools/").body.decode(),
        "bus": ask(address, "/datasets/bus-lines/").status,
    }


def test_the_next_release_is_served_without_a_restart(tiny: Path, out: Path, running: str) -> None:
    """After a build pages, files, search and lists are those of the new release; after a rollback, the former ones."""
    first = (out / "current").resolve().name
    before = {
        "release": first,
        "names": ["bus-lines", "salaries", "schools"],
        "found": [],
        "rows": 3,
        "renamed": False,
        "bus": 200,
    }
    assert seen(running) == before
    change(tiny)
    build_folder(tiny, out)
    assert seen(running) == {
        "release": (out / "current").resolve().name,
        "names": ["salaries", "schools"],
        "found": ["校园一览"],
        "rows": 4,
        "renamed": True,
        "bus": 410,
    }
    assert (out / "current").resolve().name != first
    rollback(out)
    assert seen(running) == before


def test_no_request_fails_while_releases_change(tiny: Path, out: Path, running: str) -> None:
    """Visitors who come while a release is swapped get one release or the other, and never an error."""
    done = Event()

    def visit(path: str) -> set[int]:
        statuses = set()
        while not done.is_set():
            statuses.add(ask(running, path).status)
        return statuses

    with ThreadPoolExecutor() as pool:
        paths = ["/", "/datasets/?q=a", "/data/schools/schools.csv", "/api/v1/datasets/schools"]
        visits = [pool.submit(visit, path) for path in paths]
        try:
            change(tiny)
            build_folder(tiny, out)
            for _ in range(5):
                rollback(out)
                make_current(out, sorted(path.name for path in (out / "releases").iterdir())[-1])
        finally:
            done.set()
    assert [visit.result() for visit in visits] == [{200}] * len(paths)


def test_a_release_that_is_not_whole_leaves_the_former_one_in_service(out: Path) -> None:
    """Where ``current`` is moved to a folder that is no release, the server goes on with the one it has."""
    client = create_app(out / "current").test_client()
    before = client.get("/api/v1/health").get_json()
    (out / "releases" / "20990101T000000Z-000000000000").mkdir()
    make_current(out, "20990101T000000Z-000000000000")
    assert client.get("/api/v1/health").get_json() == before
    assert client.get("/data/schools/schools.csv").status_code == 200


def test_without_a_release_the_service_says_so(tmp_path: Path) -> None:
    """Before the first build programs get a problem and people a sentence, both with status 503; then it works."""
    client = create_app(tmp_path / "build" / "current").test_client()
    for path, content_type, sentence in [
        ("/api/v1/health", "application/problem+json", "holds no whole release"),
        ("/", "text/plain; charset=utf-8", "不是完整的版本"),
        ("/en/", "text/plain; charset=utf-8", "holds no whole release"),
    ]:
        response = client.get(path)
        assert (response.status_code, response.content_type) == (503, content_type)
        assert sentence in response.text


def test_a_link_in_a_circle_is_no_release(tmp_path: Path) -> None:
    """``current`` may lead to itself after a slip of the hand: the service says so with 503, and never fails."""
    (tmp_path / "current").symlink_to("current")
    client = create_app(tmp_path / "current").test_client()
    assert [client.get(path).status_code for path in ("/api/v1/health", "/", "/datasets/")] == [503, 503, 503]


def test_a_service_without_a_release_begins_when_there_is_one(tiny: Path, tmp_path: Path) -> None:
    """The app that was started too early serves the first release as soon as it is there."""
    client = create_app(tmp_path / "build" / "current").test_client()
    assert client.get("/api/v1/health").status_code == 503
    build_folder(tiny, tmp_path / "build")
    assert client.get("/api/v1/health").status_code == 200


def test_the_command_does_not_start_without_a_release(tmp_path: Path) -> None:
    """Serving a folder that holds no release is refused before anybody listens."""
    with pytest.raises(ReleaseError):
        serve(tmp_path, Place(port=0), ServingOptions(), announce=pytest.fail, caution=pytest.fail)
