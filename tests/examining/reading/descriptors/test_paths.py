"""Which folder a path leads to."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from portal.examining.reading.descriptors.paths import UnsafePath, inside, is_folder


def test_a_folder_is_known_by_its_name_and_through_links_only(tmp_path: Path) -> None:
    """The folder itself and a link to it lead there; one of the same name elsewhere, or of another name, does not."""
    folder = tmp_path / "build"
    (tmp_path / "other" / "build").mkdir(parents=True)
    folder.mkdir()
    (tmp_path / "link").symlink_to(folder)
    paths = [folder, tmp_path / "link", tmp_path / "other" / ".." / "build", tmp_path / "other" / "build", tmp_path]
    assert [is_folder(path, folder.resolve()) for path in paths] == [True, True, True, False, False]
    assert not is_folder(folder, None)


@pytest.mark.parametrize("target", ["circle", "second"])
def test_a_link_in_a_circle_leads_to_no_file(tmp_path: Path, target: str) -> None:
    """It is refused as unsafe, or found not to be there, and never an error that nobody foresaw."""
    (tmp_path / "circle").symlink_to(target)
    (tmp_path / "second").symlink_to("circle")
    with contextlib.suppress(UnsafePath):
        assert not inside(tmp_path, "circle").is_file()
    assert not is_folder(tmp_path / "circle", tmp_path.resolve())
