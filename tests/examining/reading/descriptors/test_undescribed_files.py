"""Data files that no descriptor mentions are told of, folder by folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.findings.finding import Finding
from portal.findings.words import message_of
from portal.settings import load_settings

DESCRIPTOR = "name: a\ntitle: a\nresources: [{name: a, path: a.csv, schema: a.schema.json}]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A dataset with its table and the schema of it."""
    home = tmp_path / "datasets" / "dept" / "a"
    home.mkdir(parents=True)
    (home / "datapackage.yaml").write_text(DESCRIPTOR, encoding="utf-8")
    (home / "a.csv").write_text("id\n1\n", encoding="utf-8")
    (home / "a.schema.json").write_text('{"fields": [{"name": "id"}]}', encoding="utf-8")
    return home


def undescribed(folder: Path) -> list[Finding]:
    """Return what is told of such files in the portal around *folder*."""
    _, report = load_catalog(load_settings(folder.parent.parent))
    return [item for item in report if item.code in ("file-undescribed", "folder-undescribed")]


def test_a_dataset_whose_files_are_all_mentioned_has_no_finding(folder: Path) -> None:
    """Documents, hidden files and locks of office programs beside them are passed over, and so is a schema."""
    for name in ("README.md", "图.png", ".b.csv", "~$b.xlsx", "datapackage.csv"):
        (folder / name).write_text("x", encoding="utf-8")
    (folder / "link.csv").symlink_to(folder / "a.csv")
    assert undescribed(folder) == []


def test_files_beside_a_descriptor_are_told_of_without_the_dataset(folder: Path) -> None:
    """They are worth knowing, and their names are nothing for the public page of the dataset."""
    (folder / "b.CSV").write_text("id\n", encoding="utf-8")
    (folder / "old").mkdir()
    (folder / "old" / "c.xlsx").write_text("x", encoding="utf-8")
    found = [(item.severity, item.dataset, item.file, message_of(item).en) for item in undescribed(folder)]
    say = "The descriptor does not mention data files that stand here (1): {}. They are not published."
    assert found == [
        ("info", None, "dept/a/b.CSV", say.format("b.CSV")),
        ("info", None, "dept/a/old/c.xlsx", say.format("c.xlsx")),
    ]


def test_files_beside_what_is_not_open_are_counted_and_not_named(folder: Path) -> None:
    """The finding is part of the release, and a file's name tells of its content."""
    (folder / "datapackage.yaml").write_text(DESCRIPTOR + "catalogue: {open: {is_open: false}}\n", encoding="utf-8")
    (folder / "old").mkdir()
    for name in ("b.csv", "c.csv"):
        (folder / "old" / name).touch()
    (finding,) = undescribed(folder)
    assert finding.file == "dept/a/datapackage.yaml"
    assert (
        message_of(finding).en
        == "The descriptor does not mention data files that stand here (2): …. They are not published."
    )


def test_a_folder_without_a_descriptor_is_a_warning_with_a_short_list(folder: Path) -> None:
    """A thousand files are one finding: a few names and the number."""
    loose = folder.parent / "loose"
    loose.mkdir()
    for number in range(1000):
        (loose / f"{number:04}.csv").touch()
    (finding,) = undescribed(folder)
    assert (finding.code, finding.severity, finding.file) == ("folder-undescribed", "warning", "dept/loose/0000.csv")
    assert "(1,000)" in message_of(finding).en
    assert message_of(finding).en.endswith("0000.csv, 0001.csv, 0002.csv, 0003.csv, 0004.csv, ….")


def test_beside_a_descriptor_that_cannot_be_read_nothing_is_told(folder: Path) -> None:
    """Nobody knows what it mentions."""
    (folder / "datapackage.yaml").write_text("name: [", encoding="utf-8")
    assert undescribed(folder) == []


def test_a_folder_of_another_dataset_is_its_own(folder: Path) -> None:
    """The nearest descriptor above a file is the one that should mention it; one further up may."""
    inner = folder / "b"
    inner.mkdir()
    (inner / "datapackage.yaml").write_text("name: b\ntitle: b\nresources: []\n", encoding="utf-8")
    for name in ("x.csv", "y.csv"):
        (inner / name).touch()
    (folder / "datapackage.yaml").write_text(DESCRIPTOR.replace("path: a.csv", "path: b/x.csv"), encoding="utf-8")
    assert [item.file for item in undescribed(folder)] == ["dept/a/a.csv", "dept/a/b/y.csv"]
