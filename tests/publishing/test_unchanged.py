"""A build of the same inputs is left out, and tells what the build before it told."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from support import build_folder, run

from portal.findings.finding import Report, found
from portal.publishing.history import FILE_NAME, Point, read_history, write_history
from portal.publishing.release import Release, current_release, rollback
from portal.publishing.unchanged import FINDINGS_FILE, keep_findings

ENTRY = "name: planned\ntitle: 计划开放\ncatalogue: {planned: {on: 2027-01-01}}\nresources: []\n"


def write_small(datasets: Path) -> Path:
    """Write a catalogue of one entry and one dataset that is refused."""
    for name, text in {"planned": ENTRY, "broken": "name: broken\nresources: [{name: t, path: t.csv}]\n"}.items():
        folder = datasets / name
        folder.mkdir(parents=True)
        (folder / "datapackage.yaml").write_text(text, encoding="utf-8")
    return datasets


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small catalogue that was never built."""
    return write_small(tmp_path / "datasets")


@pytest.fixture(scope="module")
def small_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the small catalogue, which is made once and copied."""
    folder = tmp_path_factory.mktemp("small")
    build_folder(write_small(folder / "datasets"), folder / "build")
    return folder / "build"


@pytest.fixture
def built(small: Path, small_build: Path, tmp_path: Path) -> Path:
    """The folder of releases of the small catalogue, with the first in it."""
    assert small.is_dir()
    return Path(shutil.copytree(small_build, tmp_path / "build", symlinks=True))


def current(built: Path) -> Path:
    """Return the folder of the release that is current."""
    release = current_release(built)
    assert release is not None
    return release


def test_the_release_stays_and_is_told_as_it_was_made(small: Path, tmp_path: Path) -> None:
    """The same folder, datasets, findings and refusals; neither processes nor strictness without need matter."""
    first = build_folder(small, tmp_path / "build")
    again = build_folder(small, tmp_path / "build", jobs=2)
    assert first.refused == ("broken",)
    assert again == replace(first, is_unchanged=True)
    assert current_release(tmp_path / "build") == first.folder


def test_the_command_says_so_and_ends_as_before(small: Path, tmp_path: Path) -> None:
    """In both languages; the findings, the summary and status 1 are those of the build that was made."""
    arguments: list[str | Path] = ["build", small, "--out", tmp_path / "build", "--today", "2026-06-01"]
    status, made = run(*arguments)
    assert (status, run(*arguments, lang="zh")[0]) == (1, 1)
    said = "Nothing changed since the last build, so its release stays (--fresh makes a new one all the same)."
    status, kept = run(*arguments)
    told = [line for line in kept.splitlines() if not line.startswith("[")]
    assert status == 1
    assert said in told
    assert [line for line in told if line != said] == [line for line in made.splitlines() if not line.startswith("[")]
    assert "没有变化" in run(*arguments, lang="zh")[1]


def test_a_fresh_build_is_made_where_nothing_changed(small: Path, built: Path) -> None:
    """It has the same bytes, under the name of a build of its own."""
    first = current(built)
    fresh = build_folder(small, built, fresh=True).folder
    assert fresh is not None
    assert fresh != first
    assert (fresh / "manifest.json").read_bytes() == (first / "manifest.json").read_bytes()


def test_what_changed_is_built(small: Path, built: Path) -> None:
    """The mended dataset is in the next release."""
    (small / "broken" / "t.csv").write_text("a\n1\n", encoding="utf-8")
    again = build_folder(small, built)
    assert (again.is_unchanged, [item.dataset.name for item in again.published]) == (False, ["broken", "planned"])


def test_another_reason_for_a_file_that_cannot_be_read_is_told(small: Path, built: Path) -> None:
    """A folder in the place of a missing file is another finding, so it is built anew."""
    (small / "broken" / "t.csv").mkdir()
    assert not build_folder(small, built).is_unchanged


def test_the_release_is_named_as_a_build_names_it(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Relative where the folder of releases was given so."""
    monkeypatch.chdir(tmp_path)
    first, again = build_folder(small, Path("build")), build_folder(small, Path("build"))
    assert (again.is_unchanged, again.folder) == (True, first.folder)
    assert again.folder is not None
    assert not again.folder.is_absolute()


def test_strict_makes_its_own_judgement(small: Path, built: Path) -> None:
    """A release with something refused is none that a strict build would make; the one that is there stays."""
    first = current(built)
    strict = build_folder(small, built, strict=True)
    assert (strict.folder, strict.is_unchanged, strict.refused) == (None, False, ("broken",))
    assert current(built) == first


@pytest.mark.parametrize(
    "lost", ["release.json", "manifest.json", "site/index.html", "search/records.sqlite", f"../../{FINDINGS_FILE}"]
)
def test_what_is_not_whole_is_built_anew(small: Path, built: Path, lost: str) -> None:
    """A file that is cut short, in the release or beside it, brings a whole release."""
    path = current(built) / lost
    path.write_bytes(path.read_bytes()[:10])
    again = build_folder(small, built)
    assert not again.is_unchanged
    assert again.folder is not None
    assert json.loads((again.folder / "release.json").read_text(encoding="utf-8"))["refused"] == ["broken"]


def test_what_failed_by_chance_is_tried_again(small: Path, built: Path) -> None:
    """A dataset whose process took too long may do better the next time."""
    kept = build_folder(small, built)
    assert kept.is_unchanged
    failed = found("processing-failed", dataset="planned", reason="MemoryError")
    keep_findings(Report((*kept.report, failed)), current(built), built)
    assert not build_folder(small, built).is_unchanged


@pytest.mark.parametrize(("code", "is_kept"), [("document-read-in-part", True), ("document-too-slow", False)])
def test_a_part_that_is_never_read_is_no_reason_to_build_anew(
    small: Path, built: Path, code: str, is_kept: bool
) -> None:
    """It is not read the next time either; only where time was short the next build may come further."""
    kept = build_folder(small, built)
    assert kept.is_unchanged
    unread = found(code, dataset="planned", reason="a.rar")
    keep_findings(Report((*kept.report, unread)), current(built), built)
    assert build_folder(small, built).is_unchanged is is_kept


def test_after_going_back_only_the_release_that_is_current_counts(small: Path, built: Path) -> None:
    """The one that was left behind is built once more, from the inputs as they are."""
    first = current(built)
    (small / "planned" / "datapackage.yaml").write_text(ENTRY.replace("计划", "已经计划"), encoding="utf-8")
    second = build_folder(small, built)
    assert rollback(built) == first
    third = build_folder(small, built)
    assert isinstance(third, Release)
    assert not third.is_unchanged
    assert [replace(item, changed=None) for item in third.published] == [
        replace(item, changed=None) for item in second.published
    ]


def test_the_history_is_that_of_a_build(small: Path, built: Path) -> None:
    """The point of the day is the one that the build would have written, whatever stands there."""
    written = (built / FILE_NAME).read_bytes()
    (point,), _ = read_history(built)
    write_history([replace(point, datasets=99)], built)
    assert isinstance(point, Point)
    assert build_folder(small, built).is_unchanged
    assert (built / FILE_NAME).read_bytes() == written
