"""A release that is damaged: it is not opened, or health and searches say so; a cut file is never sent as the whole."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from portal.model.errors import ReleaseError
from portal.serving.app import create_app
from portal.serving.current_release import open_release

SEARCHES = ["/datasets/?q=a", "/api/v1/datasets?q=a", "/api/3/action/package_search?q=a"]
FILE = "site/data/schools/schools.csv"


@pytest.fixture
def release(tiny_release: Path, tmp_path: Path) -> Path:
    """A copy of the tiny release that a test may damage."""
    return Path(shutil.copytree(tiny_release, tmp_path / "release"))


def cut(path: Path) -> None:
    """Leave the beginning of a file."""
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content[: len(content) // 2])


def junk(path: Path) -> None:
    """Write over a file, and keep its size."""
    size = path.stat().st_size
    path.unlink()
    path.write_bytes(b"\x00\xff" * (size // 2) + b"\x00" * (size % 2))


@pytest.mark.parametrize("damage", [cut, junk, Path.unlink])
@pytest.mark.parametrize("path", ["search/records.sqlite", "search/whoosh/columns.ndjson"])
def test_a_release_with_a_damaged_search_is_not_opened(
    release: Path, damage: Callable[[Path], None], path: str
) -> None:
    """Also where its files have their sizes: a search would give wrong answers."""
    if not (release / path).exists():
        path = next(item.relative_to(release).as_posix() for item in (release / "search" / "whoosh").iterdir())
    damage(release / path)
    with pytest.raises(ReleaseError):
        open_release(release)


def test_a_release_that_does_not_say_what_it_is_is_not_opened(release: Path) -> None:
    """An empty release.json is JSON, and says nothing."""
    (release / "release.json").unlink()
    (release / "release.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ReleaseError):
        open_release(release)


@pytest.mark.parametrize("damage", [cut, junk, Path.unlink])
def test_searches_in_damaged_records_are_answered_503(release: Path, damage: Callable[[Path], None]) -> None:
    """Not 500, with a problem where programs ask; and health says what is damaged."""
    client = create_app(release).test_client()
    assert client.get("/api/v1/health").status_code == 200
    for path in (release / "search").rglob("*"):
        if path.is_file():
            damage(path)
    answers = [client.get(path) for path in SEARCHES]
    assert {answer.status_code for answer in answers} <= {200, 503}
    health = client.get("/api/v1/health")
    assert (health.status_code, health.content_type) == (503, "application/problem+json")
    assert "search/" in json.loads(health.data)["detail"]


@pytest.mark.parametrize("damage", [cut, Path.unlink])
def test_a_file_that_is_cut_or_gone_is_not_sent(release: Path, damage: Callable[[Path], None]) -> None:
    """503 without its tag, whatever part is asked for; health names it, and other files go on."""
    client = create_app(release).test_client()
    damage(release / FILE)
    for headers in ({}, {"Range": "bytes=0-4"}):
        answer = client.get("/data/schools/schools.csv", headers=headers)
        assert (answer.status_code, answer.headers.get("ETag")) == (503, None)
    assert FILE in client.get("/api/v1/health").get_json()["detail"]
    assert client.get("/data/schools/schools.json").status_code == 200
