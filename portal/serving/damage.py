"""Damage of a release that is served: files cut or gone, an index that was written over; told by /health, 503."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from portal.model.errors import ReleaseError
from portal.publishing.files.manifest import ManifestEntry
from portal.publishing.files.manifest_lookup import Manifest
from portal.publishing.search.engines.search_index import ENGINES
from portal.publishing.search.named_rows.name_index import FILE_NAME as NAMED_ROWS
from portal.publishing.search.terms.terms_file import FILE_NAME as TERMS

FILES_LOOKED_AT_MAX = 10_000
"""Files of which one question after the health of a release looks whether they are whole; the next looks at others."""
DAMAGES_TOLD_MAX = 5
"""Damaged files that an answer names."""
_SEARCH = "search/"
_INDEXES = tuple(f"{_SEARCH}{kind.name}/" for kind in ENGINES)
_HELPERS = (f"{_SEARCH}{TERMS}", f"{_SEARCH}{NAMED_ROWS}")
"""Without these words are found to the letter, and nothing beside."""


class Watch:
    """Looks whether a release is still what its manifest says."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        """Begin with the index and the records, whose content every search goes by.

        Raises ReleaseError where more is damaged than the index of words, without which lists can still be served.
        """
        self._folder = folder
        self._manifest = manifest
        self._next = ""
        """The path from which on files are looked at next."""
        listed = dict(manifest.below(_SEARCH))
        self._search = {path: _state(folder / path) for path in listed}
        changed = [path for path, entry in listed.items() if _digest(folder / path) != entry.sha256]
        if not all(path.startswith((*_INDEXES, *_HELPERS)) for path in changed):
            raise damaged(changed)
        self.index_damage: list[str] = changed
        """What of the index of words, and of what helps it, was damaged already."""

    @property
    def words_damage(self) -> list[str]:
        """What of the index of words itself was damaged when the release was opened."""
        return [path for path in self.index_damage if path.startswith(_INDEXES)]

    def search_damage(self) -> list[str]:
        """Return the files of the search that were changed since the release was opened."""
        return self.index_damage + [
            path for path, state in self._search.items() if _state(self._folder / path) != state
        ]

    def damage(self) -> list[str]:
        """Return what is found to be changed now, at most `DAMAGES_TOLD_MAX` files."""
        return list(islice(self._damage(), DAMAGES_TOLD_MAX))

    def _damage(self) -> Iterator[str]:
        yield from self.search_damage()
        folder = f"{self._folder}/"
        for path, entry in self._due():
            if not path.startswith(_SEARCH) and not is_whole(folder + path, entry):
                yield path

    def _due(self) -> Iterator[tuple[str, ManifestEntry]]:
        """Yield the next files to look at; after the last ones the first come again."""
        start, self._next = self._next, ""
        entries = self._manifest.entries(start)
        yield from islice(entries, FILES_LOOKED_AT_MAX)
        self._next = next(entries, ("", None))[0]


def is_whole(path: str, entry: ManifestEntry) -> bool:
    """Whether a file is there and has as many bytes as the manifest says."""
    try:
        return os.stat(path).st_size == entry.bytes  # noqa: PTH116 - asked of thousands of files for one answer
    except OSError:
        return False


def damaged(paths: list[str]) -> ReleaseError:
    """Return the error that says which files are not what they should be."""
    names = ", ".join(paths[:DAMAGES_TOLD_MAX])
    return ReleaseError(
        f"版本已损坏：{names}。请重新构建或退回。", f"The release is damaged: {names}. Build anew or roll back."
    )


def _state(path: Path) -> tuple[int, ...]:
    try:
        status = path.stat()
    except OSError:
        return ()
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
