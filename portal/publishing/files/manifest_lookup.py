"""Files of a release looked up in manifest.json where it lies: a million of them are no million values in memory."""

from __future__ import annotations

import json
import os
import weakref
from collections.abc import Iterator, Mapping
from pathlib import Path

from portal.model.errors import ReleaseError
from portal.publishing.files.manifest import FIRST_LINE, LAST_LINE, MANIFEST_NAME, ManifestEntry, entry_of

ENTRIES_KEPT_MAX = 4_096
"""Files of a manifest whose entries are kept once they were asked for, and as many that it has not."""
_LINE_BYTES = 512
"""Enough for most lines; a longer one is read in several pieces."""
_BLOCK_BYTES = 64 * 1024
_decoded = json.JSONDecoder().raw_decode


class Manifest(Mapping[str, ManifestEntry]):
    """The files of a release by their paths: its lines are sorted, so each is found by halving what is left.

    It is read piece by piece and not mapped: a file that is cut while it is mapped would end the process.
    """

    def __init__(self, release_dir: Path) -> None:
        """Open the list. Raises OSError where it cannot be read, ValueError where its beginning or end is missing."""
        self._path = release_dir / MANIFEST_NAME
        self._file = os.open(self._path, os.O_RDONLY)
        weakref.finalize(self, os.close, self._file)
        size = os.fstat(self._file).st_size
        self._begin = len(FIRST_LINE)
        self._end = size - len(LAST_LINE)
        has_room = self._begin <= self._end
        if not has_room or (self._read(0, self._begin), self._read(self._end, size)) != (FIRST_LINE, LAST_LINE):
            raise ValueError(f"{self._path} is not whole")
        self._kept: dict[str, ManifestEntry | None] = {}

    def __getitem__(self, path: str) -> ManifestEntry:
        """Return the entry of a file. Raises ReleaseError where the list was damaged since it was opened."""
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
        return sum(1 for _ in self.entries())

    def entries(self, start: str = "") -> Iterator[tuple[str, ManifestEntry]]:
        """Yield the files in the order of their paths, from the path *start* on; it need not be one of them.

        Raises ReleaseError where the list was damaged since it was opened.
        """
        try:
            yield from map(entry_of, self._lines_from(self._place(start) if start else self._begin))
        except (OSError, ValueError, TypeError) as error:
            raise ReleaseError(
                f"版本的文件清单已损坏：{self._path}。请重新构建或退回。",
                f"The list of files of the release is damaged: {self._path}. Build anew or roll back.",
            ) from error

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
            begin, line = self._line((low + high) // 2, low, high)
            if _decoded(line.decode())[0] < path:
                low = begin + len(line)
            else:
                high = begin
        return low

    def _line(self, place: int, low: int, high: int) -> tuple[int, bytes]:
        """Return where the line begins that has the byte at *place*, and the line; lines begin at *low* and *high*."""
        reach = _LINE_BYTES
        while True:
            start, stop = max(low, place - reach), min(high, place + reach)
            piece = self._read(start, stop)
            before = piece.rfind(b"\n", 0, place - start)
            after = piece.find(b"\n", place - start)
            if (before >= 0 or start == low) and (after >= 0 or stop == high):
                return start + before + 1, piece[before + 1 : after + 1 if after >= 0 else len(piece)]
            reach *= 4

    def _lines_from(self, begin: int) -> Iterator[str]:
        rest = b""
        while begin < self._end:
            stop = min(begin + _BLOCK_BYTES, self._end)
            *lines, rest = (rest + self._read(begin, stop)).split(b"\n")
            yield from (line.decode() for line in lines)
            begin = stop
        if rest:
            yield rest.decode()

    def _read(self, start: int, stop: int) -> bytes:
        """Return the bytes from *start* to *stop*. Raises ValueError where there are not so many any more."""
        piece = os.pread(self._file, stop - start, start)
        if len(piece) < stop - start:
            raise ValueError(f"{self._path} was cut")
        return piece
