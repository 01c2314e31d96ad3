"""Many short texts in one file, each found by its number without reading the others (memory-mapped)."""

from __future__ import annotations

import mmap
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from portal.publishing.search.engine import Numbers
from portal.publishing.search.engines.mapped_arrays import mapped_array, write_array


def write_texts(texts: Iterable[str], path: Path) -> None:
    """Write *texts* in UTF-8 into a new file, and where each begins into one beside it."""
    ends = [0]
    with path.open("wb") as file:
        for text in texts:
            ends.append(ends[-1] + file.write(text.encode(errors="replace")))
    write_array(np.array(ends, dtype=np.int64), _ends(path))


class MappedTexts:
    """Texts that `write_texts` wrote. May be used from several threads."""

    def __init__(self, path: Path) -> None:
        """Open the files. Raises ValueError or OSError where they are none, or not whole."""
        self._ends = mapped_array(_ends(path))
        size = path.stat().st_size
        if self._ends.ndim != 1 or not len(self._ends) or int(self._ends[-1]) != size:
            raise ValueError(f"{path.name} is not whole")
        self._content: bytes | mmap.mmap = b""
        if size:
            with path.open("rb") as file:
                self._content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> str:
        return self._content[self._ends[number] : self._ends[number + 1]].decode()

    def holding(self, numbers: Numbers, part: str) -> NDArray[np.bool_]:
        """Tell for each of *numbers* whether that text holds *part*."""
        wanted, find = part.encode(errors="replace"), self._content.find
        bounds = zip(self._ends[numbers].tolist(), self._ends[numbers + 1].tolist(), strict=True)
        return np.fromiter((find(wanted, start, end) >= 0 for start, end in bounds), bool, len(numbers))

    def close(self) -> None:
        """Let go of the file."""
        if isinstance(self._content, mmap.mmap):
            self._content.close()


def _ends(path: Path) -> Path:
    return path.with_name(f"{path.name}.npy")
