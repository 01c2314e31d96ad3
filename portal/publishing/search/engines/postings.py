"""Inverted index while it is built: words gathered document by document, given back word by word.

Memory is bounded. Each word keeps a flat array of numbers, a document and what is noted of it in turns; that is a
tenth of what a tuple for each would take. When enough are held they are written to a temporary file, sorted by word,
and all such files are read side by side at the end. When there are many of them, they are made one.
"""

from __future__ import annotations

import heapq
import struct
import tempfile
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import IO

HELD_MAX = 200_000
"""How many pairs of a word and a document are held: with the words of Chinese catalogues 5 MB. More is not faster."""
FILES_MAX = 200
"""How many temporary files there are before they are made one. A process may often have no more than 1,024 open."""

_SIZES = struct.Struct("<II")
_word = itemgetter(0)


class Postings:
    """Which documents have each word, each with a number such as how often. To be closed when it is no longer needed.

    >>> postings = Postings(Path())
    >>> postings.add(0, {"水": 2, "质": 1})
    >>> postings.add(1, {"水": 1})
    >>> [(word.decode(), *map(list, numbers)) for word, *numbers in postings.by_word()]
    [('水', [0, 1], [2, 1]), ('质', [0], [1])]
    """

    def __init__(self, folder: Path, held_max: int = HELD_MAX) -> None:
        """Temporary files go to *folder*; they have no names, so nothing of them stays."""
        self._folder = folder
        self._held_max = held_max
        self.held_count = 0
        """Pairs of a word and a document that are in memory now."""
        self._held: defaultdict[str, array[int]] = defaultdict(partial(array, "I"))
        self._files: list[IO[bytes]] = []

    def add(self, document: int, counts: Mapping[str, int]) -> None:
        """Note the words of a document with their numbers, of 32 bits at most. Numbers of documents ascend."""
        held = self._held
        for word, count in counts.items():
            numbers = held[word]
            numbers.append(document)
            numbers.append(count)
        self.held_count += len(counts)
        if self.held_count >= self._held_max:
            self._write_held()

    def by_word(self) -> Iterator[tuple[bytes, array[int], array[int]]]:
        """Yield each word as UTF-8, in the order of its bytes, with its documents and the number of each."""
        sources = [*map(_read_words, self._files), self._held_words()]
        for word, parts in groupby(_side_by_side(sources), key=_word):
            numbers = array("I")
            for _, part in parts:
                numbers.frombytes(part)
            yield word, numbers[::2], numbers[1::2]

    def close(self) -> None:
        """Let go of the temporary files."""
        for file in self._files:
            file.close()

    def _held_words(self) -> Iterator[tuple[bytes, bytes]]:
        # UTF-8 sorts as the characters do.
        return ((word.encode(), self._held[word].tobytes()) for word in sorted(self._held))

    def _write_held(self) -> None:
        if len(self._files) == FILES_MAX:
            self._write(_side_by_side(map(_read_words, tuple(self._files))))
            *merged, one = self._files
            self._files = [one]
            for file in merged:
                file.close()
        self._write(self._held_words())
        self._held.clear()
        self.held_count = 0

    def _write(self, words: Iterable[tuple[bytes, bytes]]) -> None:
        file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 (closed by close)
        self._files.append(file)
        for word, numbers in words:
            file.write(_SIZES.pack(len(word), len(numbers)))
            file.write(word)
            file.write(numbers)


def _side_by_side(sources: Iterable[Iterator[tuple[bytes, bytes]]]) -> Iterator[tuple[bytes, bytes]]:
    """Yield the words of all sources in order, and the parts of each word in the order of the sources."""
    return heapq.merge(*sources, key=_word)


def _read_words(file: IO[bytes]) -> Iterator[tuple[bytes, bytes]]:
    file.seek(0)
    while sizes := file.read(_SIZES.size):
        word, numbers = _SIZES.unpack(sizes)
        yield file.read(word), file.read(numbers)
