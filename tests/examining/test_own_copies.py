"""Files are copied once, and everything is done with the copies; a change in between is a finding."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from portal.examining.examined import examine
from portal.examining.examined_dataset import Rules
from portal.examining.loaded import load
from portal.examining.own_copies import states_of, with_own_copies
from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.examining.validation.file_checks import check_files
from portal.model.catalog import Dataset
from portal.model.limits import Limits
from portal.publishing.published import publish
from portal.settings import load_settings

DESCRIPTOR = "name: made\ntitle: 标题\nresources: [{name: t, path: t.txt}]\n"


@pytest.fixture
def dataset(write_dataset: Callable[..., Path]) -> Dataset:
    """One dataset of one text."""
    catalog, _ = load_catalog(load_settings(write_dataset(DESCRIPTOR, t__txt="clean\n")))
    return catalog.datasets[0]


def test_a_file_that_stays_is_copied_to_the_byte(dataset: Dataset, tmp_path: Path) -> None:
    """The dataset then has the copies for its files, and nothing is found."""
    copied, findings = with_own_copies(dataset, tmp_path / "work", states_of(dataset))
    assert findings == ()
    assert copied.source is not None
    assert copied.source.folder.is_relative_to(tmp_path / "work")
    assert (copied.source.folder / "t.txt").read_text("utf-8") == "clean\n"


@pytest.mark.parametrize("way", ["rewritten", "replaced", "gone", "a link", "a pipe"])
def test_a_file_that_changed_since_it_was_first_looked_at_is_an_error(
    dataset: Dataset, tmp_path: Path, way: str
) -> None:
    """However it changed, also where its size and time of change are the same, and nobody waits for a pipe."""
    assert dataset.source is not None
    path = dataset.source.folder / "t.txt"
    before, states = path.stat(), states_of(dataset)
    if way == "rewritten":
        path.write_text("other\n", encoding="utf-8")
    else:
        path.unlink()
    if way == "replaced":
        path.write_text("other\n", encoding="utf-8")
    if way in ("rewritten", "replaced"):
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    if way == "a link":
        (dataset.source.folder / "other.txt").write_text("clean\n", encoding="utf-8")
        path.symlink_to("other.txt")
    if way == "a pipe":
        os.mkfifo(path)
    _, findings = with_own_copies(dataset, tmp_path / "work", states)
    assert [(item.code, item.file) for item in findings] == [("file-changed", "made/t.txt")]


@pytest.mark.parametrize("jobs", [0, 1])
def test_what_was_examined_is_what_is_published(write_dataset: Callable[..., Path], tmp_path: Path, jobs: int) -> None:
    """A file that is replaced after the examination goes out as it was then, in the original and in the archive."""
    root = write_dataset(DESCRIPTOR, t__txt="clean\n")
    loaded = load(load_settings(root), skip=tmp_path / "build")
    examined = examine(loaded, tmp_path / "work", Rules(today=date(2026, 5, 31)), jobs=jobs)
    (root / "made" / "t.txt").write_text("证件110101185001010018\n", encoding="utf-8")
    published = publish(examined, tmp_path / "site", Limits())
    assert [item.dataset.name for item in published.datasets] == ["made"]
    assert (tmp_path / "site" / "data" / "made" / "original" / "t.txt").read_text("utf-8") == "clean\n"


def test_a_file_that_changes_under_the_first_look_is_not_read(
    write_dataset: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dataset is refused with that error alone."""
    root = write_dataset(DESCRIPTOR, t__txt="clean\n")

    def changing(*given: object) -> list[object]:
        findings: list[object] = list(check_files(*given))  # type: ignore[arg-type]
        (root / "made" / "t.txt").write_text("something else\n", encoding="utf-8")
        return findings

    monkeypatch.setattr("portal.examining.examined_dataset.check_files", changing)
    loaded = load(load_settings(root), skip=tmp_path / "build")
    rules = replace(Rules(), today=date(2026, 5, 31))
    examined = examine(loaded, tmp_path / "work", rules)
    assert [item.code for item in examined.report if item.severity == "error"] == ["file-changed"]
    assert examined.accepted == ()
