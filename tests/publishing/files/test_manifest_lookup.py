"""The files of a release are found in manifest.json where it lies; a list that is not whole is not opened."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from portal.publishing.files.manifest import MANIFEST_NAME, ManifestEntry, write_manifest
from portal.publishing.files.manifest_lookup import ENTRIES_KEPT_MAX, Manifest

PATHS = ["a", "a/b.txt", "a/b/c", "a0", "site/学校.csv", "site/学校/x", "site/数据.json", "z\U0001f600", "z\ufffd"]


@pytest.fixture
def listed(tmp_path: Path) -> dict[str, ManifestEntry]:
    """What was listed of files at those of the paths that may stand beside each other."""
    for path in PATHS:
        if not any(other.startswith(f"{path}/") for other in PATHS):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(path, encoding="utf-8")
    return dict(write_manifest(tmp_path, []))


def test_each_listed_file_is_found_and_no_other(listed: dict[str, ManifestEntry], tmp_path: Path) -> None:
    """Whatever characters its path has, and wherever it stands; paths between and around them are not listed."""
    manifest = Manifest(tmp_path)
    assert {path: manifest[path] for path in listed} == listed
    assert dict(manifest) == listed
    assert len(manifest) == len(listed)
    assert not [path for path in ("", "0", "a/b", "a/", "site/学", "site/学校", "zz", "\U0010ffff") if path in manifest]


def test_the_list_is_read_from_any_path_on(listed: dict[str, ManifestEntry], tmp_path: Path) -> None:
    """Also from one that is not listed; a folder's files stand together."""
    manifest = Manifest(tmp_path)
    paths = list(listed)
    assert [path for path, _ in manifest.entries("site/数")] == paths[paths.index("site/数据.json") :]
    assert [path for path, _ in manifest.below("site/学校")] == [path for path in paths if path.startswith("site/学校")]
    assert list(manifest.entries("\U0010ffff")) == []


def test_lines_longer_than_a_piece_are_found(tmp_path: Path) -> None:
    """A long line beside short ones is read as a whole, wherever it stands."""
    paths = [f"{letter}{'长' * count}" for letter in "abc" for count in (1, 60, 3)]
    for path in paths:
        (tmp_path / path).write_bytes(b"")
    listed = {
        path: ManifestEntry(entry.bytes, entry.sha256, "text/plain; " + "x" * 3_000 * (number % 2))
        for number, (path, entry) in enumerate(write_manifest(tmp_path, []))
    }
    lines = ",\n".join(f"{json.dumps(path)}: {json.dumps(vars(entry))}" for path, entry in listed.items())
    (tmp_path / MANIFEST_NAME).write_text(f'{{"files": {{\n{lines}\n}}}}\n', encoding="utf-8")
    manifest = Manifest(tmp_path)
    assert {path: manifest[path] for path in paths} == listed
    assert dict(manifest) == listed


def test_an_empty_list_has_nothing(tmp_path: Path) -> None:
    """A release without files has a manifest all the same, which is JSON."""
    list(write_manifest(tmp_path, []))
    assert json.loads((tmp_path / MANIFEST_NAME).read_text(encoding="utf-8")) == {"files": {}}
    assert dict(Manifest(tmp_path)) == {}
    assert "a" not in Manifest(tmp_path)


def test_many_questions_for_files_that_are_not_there_are_not_kept_for_ever(
    listed: dict[str, ManifestEntry], tmp_path: Path
) -> None:
    """What strangers ask for takes bounded memory, and listed files are found after it as before."""
    manifest = Manifest(tmp_path)
    assert not any(f"site/{number}" in manifest for number in range(ENTRIES_KEPT_MAX + 10))
    assert len(manifest._kept) <= ENTRIES_KEPT_MAX
    assert manifest["a0"] == listed["a0"]


@pytest.mark.parametrize("keep", [0, 5, 30, -1, -4])
@pytest.mark.usefixtures("listed")
def test_a_list_that_was_cut_is_not_opened(tmp_path: Path, keep: int) -> None:
    """Its beginning and its end are looked at, so half a list is never taken for the whole."""
    path = tmp_path / MANIFEST_NAME
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(ValueError, match="not whole"):
        Manifest(tmp_path)
