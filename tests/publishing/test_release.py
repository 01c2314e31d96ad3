"""Releases: whole or not there at all, whatever happens."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import FIXTURES, build_folder

from portal.model.errors import ReleaseError
from portal.publishing.files.dataset_files import sha256_of
from portal.publishing.files.manifest_lookup import Manifest
from portal.publishing.release import KEPT, current_release, exclusive, new_release, releases, rollback

KILLS = 40 if os.environ.get("KAIFANG_NIGHTLY") else 6
"""So many builds are killed; each takes a second or two."""


def make(out: Path, number: int) -> Path:
    """Make a release with one file."""
    with new_release(out, f"2026010{number}T000000Z-{number:012x}") as draft:
        (draft.folder / "file").write_text(str(number))
        return draft.finish()


def listing(folder: Path) -> dict[str, str]:
    """Return every file below a folder with its hash."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256_of(path) for path in files}


def is_whole(release: Path) -> bool:
    """Whether every file of the manifest is there, byte for byte."""
    return all(sha256_of(release / path) == entry.sha256 for path, entry in Manifest(release).items())


def test_the_last_releases_are_kept_and_the_link_follows(tmp_path: Path) -> None:
    """After five releases the last three are there, and current is the last."""
    for number in range(1, 6):
        with exclusive(tmp_path):
            make(tmp_path, number)
    assert [item.name[:8] for item in releases(tmp_path)] == ["20260103", "20260104", "20260105"]
    assert len(releases(tmp_path)) == KEPT
    assert (tmp_path / "current" / "file").read_text() == "5"
    assert not os.path.isabs(os.readlink(tmp_path / "current"))  # noqa: PTH115, PTH117 - a copied folder still works


def test_rollback_goes_to_the_release_before_and_to_a_named_one(tmp_path: Path) -> None:
    """Without a name it is the one before the current; with a name that one; then there is none before."""
    for number in (1, 2, 3):
        make(tmp_path, number)
    assert rollback(tmp_path).name.startswith("20260102")
    assert rollback(tmp_path).name.startswith("20260101")
    with pytest.raises(ReleaseError):
        rollback(tmp_path)
    newest = releases(tmp_path)[-1].name
    assert rollback(tmp_path, newest).name == newest
    with pytest.raises(ReleaseError):
        rollback(tmp_path, "../../etc")


def test_a_release_that_is_current_is_never_removed(tmp_path: Path) -> None:
    """Also where its name is the oldest, as after a clock was set back."""
    for number in (7, 8, 9, 1):
        make(tmp_path, number)
    assert [item.name[:8] for item in releases(tmp_path)] == ["20260101", "20260107", "20260108", "20260109"]
    assert (tmp_path / "current" / "file").read_text() == "1"


def test_a_block_that_fails_leaves_nothing(tmp_path: Path) -> None:
    """An error while writing leaves no folder and does not move the link."""
    make(tmp_path, 1)
    failing = contextlib.suppress(ZeroDivisionError)
    with failing, new_release(tmp_path, "20260102T000000Z-000000000002") as draft:
        (draft.folder / "half").write_text("x")
        raise ZeroDivisionError
    assert [item.name for item in (tmp_path / "releases").iterdir()] == ["20260101T000000Z-000000000001"]
    assert (tmp_path / "current" / "file").read_text() == "1"


def test_two_builds_at_once_are_one_too_many(tmp_path: Path) -> None:
    """The second is told so in one sentence."""
    with exclusive(tmp_path), pytest.raises(ReleaseError, match="Another build"), exclusive(tmp_path):
        pass
    with exclusive(tmp_path):
        pass


def test_two_builds_of_the_same_input_give_the_same_bytes(tiny_release: Path, tiny: Path, tmp_path: Path) -> None:
    """Another folder, time and number of processes change no byte of the site: it is made of its input and the day."""
    second = build_folder(tiny, tmp_path / "two", jobs=2).folder
    assert second is not None
    assert listing(tiny_release / "site") == listing(second / "site") != {}
    assert tiny_release.name[-12:] == second.name[-12:]


def test_the_manifest_lists_every_file_with_its_hash(tiny_release: Path) -> None:
    """Nothing is released that is not listed; only the two files that speak of the release itself are not."""
    listed = {path: entry.sha256 for path, entry in Manifest(tiny_release).items()}
    present = listing(tiny_release)
    assert {path: digest for path, digest in present.items() if path not in ("manifest.json", "release.json")} == listed


def test_unchanged_files_are_hard_links_to_the_release_before(tiny: Path, tmp_path: Path) -> None:
    """A second build takes no room for what did not change."""
    out = tmp_path / "build"
    first = build_folder(tiny, out).folder
    table = tiny / "education" / "schools" / "schools.csv"
    table.write_text(table.read_text(encoding="utf-8") + "0004,新学校,5,2020-09-01,是\n", encoding="utf-8")
    second = build_folder(tiny, out).folder
    assert first is not None
    assert second is not None
    lines = "site/data/bus-lines/lines.csv"
    assert (first / lines).stat().st_ino == (second / lines).stat().st_ino
    changed = "site/data/schools/schools.csv"
    assert (first / changed).read_bytes() != (second / changed).read_bytes()
    assert is_whole(first)
    assert is_whole(second)


def test_killed_builds_leave_a_whole_release(tiny: Path, tmp_path: Path) -> None:
    """After kill -9 at random moments of a rebuild, current is whole each time, and the next build succeeds."""
    out = tmp_path / "build"
    command = [
        sys.executable,
        "-m",
        "portal",
        "build",
        str(tiny),
        "--out",
        str(out),
        "--today",
        "2026-06-01",
        "--fresh",
    ]
    subprocess.run(command, check=True, capture_output=True)
    started = time.monotonic()
    subprocess.run([*command, "--jobs", "1"], check=True, capture_output=True)
    whole_build_s = time.monotonic() - started
    chance = random.Random(39)
    killed = 0
    for _ in range(KILLS):
        process = subprocess.Popen([*command, "--jobs", "1"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.2, 0.9) * whole_build_s)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        release = current_release(out)
        assert release is not None
        assert is_whole(release)
    assert killed
    subprocess.run(command, check=True, capture_output=True)
    assert not list((out / "releases").glob(".unfinished-*"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 24 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small file system needs root and the right to mount")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_leaves_current_as_it_was(small_disk: Path, tiny: Path) -> None:
    """The build stops with one sentence; the site that was there is whole, and its room is not taken."""
    out = small_disk / "build"
    first = build_folder(FIXTURES / "tiny", out).folder
    table = tiny / "education" / "schools" / "schools.csv"
    rows = "".join(f"{number:04},学校{'长' * 100},1,2000-01-01,是\n" for number in range(10, 60000))
    table.write_text(table.read_text(encoding="utf-8") + rows, encoding="utf-8")
    with pytest.raises(ReleaseError, match="No space left"):
        build_folder(tiny, out)
    assert current_release(out) == first
    assert first is not None
    assert is_whole(first)
    assert [item.name for item in (out / "releases").iterdir()] == [first.name]
