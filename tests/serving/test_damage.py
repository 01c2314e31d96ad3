"""A release that is damaged: it is not opened, or health and searches say so; a cut file is never sent as the whole."""

from __future__ import annotations

import hashlib
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
def test_a_release_with_damaged_records_is_not_opened(release: Path, damage: Callable[[Path], None]) -> None:
    """Also where they have their size: every list would give wrong answers."""
    damage(release / "search" / "records.sqlite")
    with pytest.raises(ReleaseError):
        open_release(release)


@pytest.mark.parametrize("damage", [cut, junk, Path.unlink])
@pytest.mark.parametrize(
    "path", ["MAIN_catalogue.trm", "MAIN_catalogue.pst", "_MAIN_0.toc", "texts", "columns/codes.npy"]
)
def test_lists_are_served_where_the_index_is_damaged(release: Path, damage: Callable[[Path], None], path: str) -> None:
    """Words are refused with a sentence, lists and their counts go on as they were, and health tells of it."""
    whole = create_app(release).test_client().get("/api/v1/datasets?publisher=education-bureau").get_json()
    damage(release / "search" / "whoosh" / path)
    client = create_app(release).test_client()
    answers = [client.get(path) for path in ("/datasets/?q=a", "/api/v1/datasets?q=a")]
    assert [answer.status_code for answer in answers] == [503, 503]
    assert "目录仍可浏览和筛选。" in answers[0].text
    assert "</html>" in answers[0].text
    assert answers[1].get_json()["detail_zh"].startswith("检索暂时不可用")
    assert client.get("/api/v1/datasets?publisher=education-bureau").get_json() == whole
    health = client.get("/api/v1/health")
    assert (health.status_code, f"search/whoosh/{path}" in health.get_json()["detail"]) == (503, True)


@pytest.mark.parametrize("path", ["texts", "MAIN_catalogue.pst", "columns/codes.npy"])
def test_an_index_that_is_cut_while_it_is_served_ends_no_process(release: Path, path: str) -> None:
    """It lies in memory as the file does, so to read on would; searches are refused in words instead."""
    client = create_app(release).test_client()
    assert client.get('/api/v1/datasets?q="air"').status_code == 200
    with (release / "search" / "whoosh" / path).open("r+b") as file:
        file.truncate(1)
    answers = [client.get(asked) for asked in ("/datasets/?q=学校", '/api/v1/datasets?q="学校"', "/api/v1/health")]
    assert [answer.status_code for answer in answers] == [503] * 3
    assert "检索暂时不可用" in answers[0].text


def test_lists_are_served_where_the_whole_index_is_gone(release: Path) -> None:
    """The values to narrow and count by are made anew of the records."""
    whole = create_app(release).test_client().get("/api/v1/datasets").get_json()
    shutil.rmtree(release / "search" / "whoosh")
    assert create_app(release).test_client().get("/api/v1/datasets").get_json() == whole


def test_an_index_that_no_engine_reads_is_no_failure(release: Path) -> None:
    """Where the manifest speaks for an index that cannot be read, lists are served all the same."""
    manifest = (release / "manifest.json").read_text(encoding="utf-8")
    path = release / "search" / "whoosh" / "_MAIN_0.toc"
    former = hashlib.sha256(path.read_bytes()).hexdigest()
    junk(path)
    assert former in manifest
    (release / "manifest.json").unlink()
    new = hashlib.sha256(path.read_bytes()).hexdigest()
    (release / "manifest.json").write_text(manifest.replace(former, new), encoding="utf-8")
    client = create_app(release).test_client()
    statuses = [client.get(path).status_code for path in ("/api/v1/datasets", "/api/v1/datasets?q=a")]
    assert statuses == [200, 503]


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
