"""Use from the log to the page: the command, the build, pages, lists and the API; nothing of it without counts."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest
from parsed import parse
from support import TODAY, build_folder, run

from portal.publishing.release import Release, current_release
from portal.publishing.usage.usage_file import FILE_NAME
from portal.serving.app import create_app

ADDRESS = "203.0.113.77"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"


def entry(path: str, day: str, agent: str = BROWSER, status: int = 200) -> str:
    """Return a line of nginx."""
    return f'{ADDRESS} - - [{day}:08:00:00 +0800] "GET {path} HTTP/1.1" {status} 5 "-" "{agent}"\n'


LINES = [
    *[entry("/datasets/bus-lines/", "31/May/2026")] * 2,
    entry("/en/datasets/bus-lines/", "20/May/2026"),
    entry("/data/bus-lines/bus-lines.csv", "20/May/2026"),
    entry("/datasets/bus-lines/", "01/Feb/2026"),
    *[entry("/datasets/schools/", "31/May/2026", "Baiduspider/2.0")] * 50,
    entry("/datasets/salaries/", "31/May/2026"),
    entry("/api/v1/datasets/schools", "31/May/2026"),
    entry("/datasets/schools/", "31/May/2026", status=404),
]


def count(datasets: Path, *logs: Path) -> tuple[int, str]:
    """Run the command for the day of the tests."""
    return run("usage", *logs, "--datasets", datasets, "--today", TODAY.isoformat())


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A log of nginx."""
    path = tmp_path / "access.log"
    path.write_text("".join(LINES), encoding="utf-8")
    return path


def words(release: Release, path: str) -> str:
    """Return the words of a page."""
    assert release.folder is not None
    return parse((release.folder / "site" / path / "index.html").read_text(encoding="utf-8")).words


def test_counts_are_shown_where_people_and_programs_look(tiny: Path, tmp_path: Path, log: Path) -> None:
    """Home page, list, page of the dataset and API tell of people, with the days that were counted."""
    assert count(tiny, log)[0] == 0
    release = build_folder(tiny, tmp_path / "build")
    assert [item for item in release.report if item.file == FILE_NAME] == []
    home = words(release, "en")
    assert "4 views and downloads in 30 days" in home.partition("Most used datasets")[2]
    assert "Views of pages and downloads from 2 May 2026 to 31 May 2026, without robots." in home
    told = "3 views, 1 download, 0 API calls (2 May 2026 to 31 May 2026)"
    assert told in words(release, "en/datasets/bus-lines")
    assert "浏览 3 次，下载 1 次，接口调用 0 次（2026年5月2日至2026年5月31日）" in words(release, "datasets/bus-lines")
    assert "By title Best described first Most used first" in words(release, "en/datasets")
    client = create_app(tmp_path / "build" / "current").test_client()
    assert client.get("/api/v1/datasets/bus-lines").get_json()["use"] == {
        "last_30_days": {"since": "2026-05-02", "until": "2026-05-31", "views": 3, "downloads": 1, "api": 0},
        "last_12_months": {"since": "2026-02-01", "until": "2026-05-31", "views": 4, "downloads": 1, "api": 0},
    }
    listed = client.get("/api/v1/datasets?sort=used").get_json()
    assert [item["name"] for item in listed["items"]] == ["bus-lines", "salaries", "schools"]
    page = client.get("/en/datasets/?sort=used").get_data(as_text=True)
    assert page.index('href="bus-lines/"') < page.index('href="salaries/"') < page.index('href="schools/"')


def test_without_counts_nothing_is_said_of_use(tiny_release: Path, tiny_build: Release) -> None:
    """Neither is the order offered, though a program may ask for it."""
    assert "sed in 30 days" not in words(tiny_build, "en/datasets/bus-lines")
    assert "Most used" not in words(tiny_build, "en") + words(tiny_build, "en/datasets")
    client = create_app(tiny_release).test_client()
    assert client.get("/api/v1/datasets/bus-lines").get_json()["use"] is None
    assert client.get("/api/v1/datasets?sort=used").status_code == 200


def test_what_was_counted_makes_a_new_release_of_the_same_bytes(tiny: Path, tmp_path: Path, log: Path) -> None:
    """A build without a change stays left out; with more counts it is made, and twice alike."""
    build_folder(tiny, tmp_path / "build")
    count(tiny, log)
    assert not build_folder(tiny, tmp_path / "build").is_unchanged
    assert build_folder(tiny, tmp_path / "build").is_unchanged
    count(tiny, log)
    assert build_folder(tiny, tmp_path / "build").is_unchanged
    other = build_folder(tiny, tmp_path / "other", jobs=2).folder
    current = current_release(tmp_path / "build")
    assert other
    assert current
    assert (other / "manifest.json").read_bytes() == (current / "manifest.json").read_bytes()


def test_broken_counts_are_told_by_the_build(tiny: Path, tmp_path: Path) -> None:
    """And do not stop it."""
    (tiny / FILE_NAME).write_text("nonsense\n", encoding="utf-8")
    found = [item for item in build_folder(tiny, tmp_path / "build").report if item.code == "line-not-read"]
    assert [dict(item.details)["number"] for item in found] == [1]


def test_a_renamed_dataset_keeps_its_counts(tiny: Path, tmp_path: Path, log: Path) -> None:
    """What was counted under the former name is told under the present one."""
    count(tiny, log)
    path = tiny / "transport/bus-lines/datapackage.yaml"
    text = path.read_text(encoding="utf-8").replace("name: bus-lines", "name: coaches", 1)
    path.write_text(text.replace("catalogue:\n", "catalogue:\n  former_names: [bus-lines]\n"), encoding="utf-8")
    release = build_folder(tiny, tmp_path / "build")
    assert "3 views, 1 download, 0 API calls" in words(release, "en/datasets/coaches")


def test_the_command_tells_what_it_did(tiny: Path, tmp_path: Path, log: Path) -> None:
    """A rotated, compressed log beside one that goes on; lines that cannot be read have their reason and status 1."""
    count(tiny, log)
    rotated = tmp_path / "access.log.1.gz"
    rotated.write_bytes(gzip.compress(log.read_bytes()))
    log.write_text(
        entry("/datasets/schools/", "01/Jun/2026") + "nonsense\n" + entry("/", "01/Jan/2099"), encoding="utf-8"
    )
    assert count(tiny, rotated, log) == (
        1,
        "Read: 61 lines in 2 logs.\n"
        "Counted at an earlier time: 58 lines.\n"
        "Views of pages: 1 by people and their programs, 0 by robots.\n"
        "Downloads: 0 by people and their programs, 0 by robots.\n"
        "Calls of the API: 0 by people and their programs, 0 by robots.\n"
        "Not read: 1 line (its time is in the future).\n"
        "Not read: 1 line (not in a form of access logs).\n"
        f"Written: {tiny / FILE_NAME}. Counts of 400 days are kept, and no addresses.\n",
    )


def test_nothing_of_who_asked_is_written(tiny: Path, log: Path) -> None:
    """Neither address nor program stands in the counts; a line of them has day, dataset, kind and two numbers."""
    count(tiny, log)
    text = (tiny / FILE_NAME).read_text(encoding="utf-8")
    assert ADDRESS not in text
    assert "Mozilla" not in text
    assert {tuple(json.loads(line)) for line in text.splitlines()} == {
        ("bytes", "sha256", "read"),
        ("date", "dataset", "kind", "people", "robots"),
    }


def test_nothing_changes_where_a_log_cannot_be_opened(tiny: Path, tmp_path: Path, log: Path) -> None:
    """The other logs wait too, so that the next run tells of all."""
    status, told = count(tiny, log, tmp_path / "missing.log")
    assert (status, "there is no such file or folder. No log was counted." in told) == (2, True)
    assert not (tiny / FILE_NAME).exists()


def test_counts_with_broken_lines_are_not_overwritten(tiny: Path, log: Path) -> None:
    """What stands there would be lost."""
    (tiny / FILE_NAME).write_text("nonsense\n", encoding="utf-8")
    status, told = count(tiny, log)
    assert (status, "1 lines of" in told, (tiny / FILE_NAME).read_text(encoding="utf-8")) == (2, True, "nonsense\n")


def test_where_counting_began_of_late_the_page_says_it_once(tiny: Path, tmp_path: Path) -> None:
    """Twelve months of which one was counted would say the same twice."""
    line = {"date": "2026-05-01", "dataset": "schools", "kind": "views", "people": 1, "robots": 0}
    (tiny / FILE_NAME).write_text(f"{json.dumps(line)}\n", encoding="utf-8")
    told = words(build_folder(tiny, tmp_path / "build"), "en/datasets/schools")
    assert "Used in 30 days 1 view, 0 downloads, 0 API calls (1 May 2026 to 1 May 2026)" in told
    assert "Used in 12 months" not in told


def test_days_in_the_future_are_left_for_their_time(tiny: Path, tmp_path: Path) -> None:
    """A build for an earlier day does not know what came later."""
    lines = [
        {"date": day, "dataset": "schools", "kind": "views", "people": 1, "robots": 0}
        for day in ("2026-05-01", date(2026, 6, 2).isoformat())
    ]
    (tiny / FILE_NAME).write_text("".join(f"{json.dumps(item)}\n" for item in lines), encoding="utf-8")
    use = {item.dataset.name: item.use for item in build_folder(tiny, tmp_path / "build").published}["schools"]
    assert use
    assert (use.month.until, use.month.views) == (date(2026, 5, 1), 1)
