"""Files of a release looked up in manifest.json where it lies: a million of them are no million values in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from mmap import ACCESS_READ, mmap
from pathlib import Path

from portal.publishing.files.manifest import FIRST_LINE, LAST_LINE, MANIFEST_NAME, ManifestEntry, entry_of

ENTRIES_KEPT_MAX = 4_096
"""Files of a manifest whose entries are kept once they were asked for, and as many that it has not."""
_decoded = json.JSONDecoder().raw_decode


class Manifest(Mapping[str, ManifestEntry]):
    """The files of a release by their paths: its lines are sorted, so each is found by halving what is left."""

    def __init__(self, release_dir: Path) -> None:
        """Open the list. Raises OSError where it cannot be read, ValueError where its beginning or end is missing."""
        with (release_dir / MANIFEST_NAME).open("rb") as file:
            self._lines = mmap(file.fileno(), 0, access=ACCESS_READ)
        self._begin = len(FIRST_LINE)
        self._end = len(self._lines) - len(LAST_LINE)
        if self._lines[: self._begin] != FIRST_LINE or self._lines[max(self._end, 0) :] != LAST_LINE:
            raise ValueError(f"{release_dir / MANIFEST_NAME} is not whole")
        self._kept: dict[str, ManifestEntry | None] = {}

    def __getitem__(self, path: str) -> ManifestEntry:
        """Return the entry of a file. Raises ValueError where a line on the way is damaged."""
        if path not in self._kept:
            if len(self._kept) >= ENTRIES_KEPT_MAX:
                self._kept.clear()
            found, entry = next(self.entries(path), ("", None))
            self._kept[path] = entry if found == path else None
        if entry := self._kept[path]:
            return entry
        raise KeyError(path)

    def __iter__(self) -> Iterator[str]:
        return (path for path, _ in self.entries())

    def __len__(self) -> int:
        return sum(1 for _ in self._lines_from(self._begin))

    def entries(self, start: str = "") -> Iterator[tuple[str, ManifestEntry]]:
        """Yield the files in the order of their paths, from the path *start* on; it need not be one of them."""
        return (entry_of(line) for line in self._lines_from(self._place(start)))

    def below(self, folder: str) -> Iterator[tuple[str, ManifestEntry]]:
        """Yield the files whose path begins with *folder*."""
        for path, entry in self.entries(folder):
            if not path.startswith(folder):
                return
            yield path, entry

    def _place(self, path: str) -> int:
        """Return where the first line begins whose path is not before *path*."""
        low, high = self._begin, self._end
        while low < high:
            middle = (low + high) // 2
            begin = self._lines.rfind(b"\n", low, middle) + 1 or low
            end = self._lines.find(b"\n", middle, high) + 1 or high
            if _decoded(self._lines[begin:end].decode())[0] < path:
                low = end
            else:
                high = begin
        return low

    def _lines_from(self, begin: int) -> Iterator[str]:
        while begin < self._end:
            end = self._lines.find(b"\n", begin, self._end) + 1 or self._end
            yield self._lines[begin:end].decode()
            begin = end
