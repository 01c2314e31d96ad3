"""When records changed here: what is the same keeps its time, and whoever asks since a visit misses nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from portal.pipeline import build
from portal.publishing.release import Release, releases, rollback
from portal.publishing.search.dataset_store import Records
from portal.settings import load_settings

MONDAY, TUESDAY = date(2026, 6, 1), date(2026, 6, 2)
Build = Callable[..., Release]


def stamp(day: date, number: int = 0) -> datetime:
    """Return the time that the build *number* of a day stamps, counted from 0."""
    return datetime(day.year, day.month, day.day, 23, 59, 59, number, UTC)


def describe(folder: Path, name: str, title: str) -> None:
    """Describe a dataset that is planned for opening."""
    text = f"name: {name}\ntitle: {title}\ncatalogue: {{planned: {{on: 2027-01-01}}}}\nresources: []\n"
    (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / name / "datapackage.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def datasets(tmp_path: Path) -> Path:
    """A catalogue of two entries."""
    describe(tmp_path / "datasets", "air", "空气")
    describe(tmp_path / "datasets", "water", "水质")
    return tmp_path / "datasets"


@pytest.fixture
def built(datasets: Path, tmp_path: Path) -> Build:
    """A build of the catalogue for a day, into one folder or another."""

    def make(day: date = MONDAY, out: str = "build", *, fresh: bool = False) -> Release:
        return build(load_settings(datasets), tmp_path / out, today=day, fresh=fresh)

    return make


def times(release: Release) -> dict[str, datetime | None]:
    """Return when each dataset of a release changed."""
    return {item.dataset.name: item.changed for item in release.published}


def known(release: Release) -> list[tuple[str, bool, datetime]]:
    """Return what the records of a release tell of all changes: name, whether it is published, time."""
    assert release.folder is not None
    records = Records(release.folder / "search" / "records.sqlite")
    changes = records.changed_since(datetime(1, 1, 1, tzinfo=UTC))
    return [(name, bool(change.content), change.time) for name, change in changes]


def test_all_that_a_first_release_holds_changed_at_the_end_of_its_day(built: Build) -> None:
    """Whoever harvested on that day, before or after, gets it all with the next visit."""
    assert times(built(MONDAY)) == {"air": stamp(MONDAY), "water": stamp(MONDAY)}


def test_what_is_the_same_keeps_its_time(built: Build, datasets: Path) -> None:
    """On a later day only the record that changed has a new time."""
    built(MONDAY)
    describe(datasets, "water", "地表水水质")
    assert times(built(TUESDAY)) == {"air": stamp(MONDAY), "water": stamp(TUESDAY)}


def test_a_second_change_on_one_day_is_later_than_the_first(built: Build, datasets: Path) -> None:
    """The builds of a day follow each other by a microsecond, and all are later than anybody's clock on that day."""
    built(MONDAY)
    describe(datasets, "water", "地表水水质")
    built(MONDAY)
    describe(datasets, "air", "空气质量")
    assert times(built(MONDAY)) == {"air": stamp(MONDAY, 2), "water": stamp(MONDAY, 1)}


def test_a_build_for_an_earlier_day_is_no_step_back(built: Build, datasets: Path) -> None:
    """A change that is released after another has a later time, whatever day the build is for."""
    built(TUESDAY)
    describe(datasets, "air", "空气质量")
    assert times(built(MONDAY)) == {"air": stamp(TUESDAY, 1), "water": stamp(TUESDAY)}


def test_what_was_withdrawn_and_comes_back_has_changed(built: Build, datasets: Path) -> None:
    """A withdrawn dataset is known with the time of its going; published again it has a new time, as it is new here."""
    built(MONDAY)
    (datasets / "air" / "datapackage.yaml").unlink()
    gone = built(TUESDAY)
    assert known(gone) == [("water", True, stamp(MONDAY)), ("air", False, stamp(TUESDAY))]
    describe(datasets, "air", "空气")
    assert times(built(TUESDAY)) == {"air": stamp(TUESDAY, 1), "water": stamp(MONDAY)}


def test_after_a_rollback_the_next_build_stamps_what_changed_back(built: Build, datasets: Path, tmp_path: Path) -> None:
    """Whoever harvested the release that was taken back gets the earlier record with the next visit, exactly once."""
    built(MONDAY)
    describe(datasets, "water", "水质（误）")
    describe(datasets, "soil", "土壤")
    built(TUESDAY)
    rollback(tmp_path / "build")
    describe(datasets, "water", "水质")
    (datasets / "soil" / "datapackage.yaml").unlink()
    back = built(TUESDAY)
    assert known(back) == [
        ("air", True, stamp(MONDAY)),
        ("soil", False, stamp(TUESDAY, 1)),
        ("water", True, stamp(TUESDAY, 1)),
    ]
    assert built(TUESDAY).is_unchanged


def test_two_builds_of_one_input_and_history_are_equal(built: Build, datasets: Path) -> None:
    """Made twice over the same release, also afresh over itself, a release has the same times and the same bytes."""
    manifests = []
    for out in ("one", "other"):
        describe(datasets, "water", "水质")
        built(MONDAY, out)
        describe(datasets, "water", "地表水水质")
        made = [built(TUESDAY, out), built(TUESDAY, out, fresh=True)]
        manifests += [(item.folder / "manifest.json").read_bytes() for item in made if item.folder]
    assert len(manifests) == 4
    assert len(set(manifests)) == 1


@pytest.mark.parametrize("content", [b"", b"no database", None])
def test_a_release_that_does_not_know_counts_as_none(built: Build, tmp_path: Path, content: bytes | None) -> None:
    """After a release of an earlier version, or a broken one, everything is stamped once."""
    built(MONDAY)
    (release,) = releases(tmp_path / "build")
    path = release / "search" / "records.sqlite"
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    assert times(built(TUESDAY)) == {"air": stamp(TUESDAY), "water": stamp(TUESDAY)}
