"""Which folder a path leads to."""

from __future__ import annotations

from pathlib import Path

from portal.examining.reading.descriptors.paths import is_folder


def test_a_folder_is_known_by_its_name_and_through_links_only(tmp_path: Path) -> None:
    """The folder itself and a link to it lead there; one of the same name elsewhere, or of another name, does not."""
    folder = tmp_path / "build"
    (tmp_path / "other" / "build").mkdir(parents=True)
    folder.mkdir()
    (tmp_path / "link").symlink_to(folder)
    paths = [folder, tmp_path / "link", tmp_path / "other" / ".." / "build", tmp_path / "other" / "build", tmp_path]
    assert [is_folder(path, folder.resolve()) for path in paths] == [True, True, True, False, False]
    assert not is_folder(folder, None)
