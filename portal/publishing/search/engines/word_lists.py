"""Postings of words as arrays of numbers: decoded once, the latest kept in memory up to a number of bytes (LRU)."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from portal.publishing.search.engine import Numbers, Part
from portal.publishing.search.engines.ranking import COUNT_BITS, COUNT_MAX

LISTS_BYTES_MAX = 48_000_000
"""Bytes of decoded postings that a search index keeps in memory; the word that was asked for longest ago makes room."""

_MASKS = {"title": COUNT_MAX, "known": COUNT_MAX | COUNT_MAX << COUNT_BITS | COUNT_MAX << COUNT_BITS * 3}
"""The bits of a packed count that say whether a word stands in a part: title; title, keywords, columns."""


@dataclass(frozen=True, eq=False)
class WordList:
    """The documents that have a word, how often they have it in each text (packed), and what that says of them."""

    numbers: Numbers
    packed: NDArray[np.uint32]
    scores: NDArray[np.float32]

    def within(self, part: Part) -> Numbers:
        """Return the documents that have the word in a part."""
        return (
            self.numbers
            if part == "any" or not len(self.numbers)
            else self.numbers[(self.packed & np.uint32(_MASKS[part])) != 0]
        )

    @property
    def bytes(self) -> int:
        """Memory that the list takes."""
        return self.numbers.nbytes + self.packed.nbytes + self.scores.nbytes + _OVERHEAD


_OVERHEAD = 600
"""Bytes of the objects around three arrays, about."""


class WordLists:
    """Gives the lists of words that *decoded* reads. May be used from several threads."""

    def __init__(self, decoded: Callable[[str], WordList], bytes_max: int = LISTS_BYTES_MAX) -> None:
        self._decoded = decoded
        self._bytes_max = bytes_max
        self._kept: OrderedDict[str, WordList] = OrderedDict()
        self._lock = Lock()
        self.kept_bytes = 0
        """Bytes that are in memory now."""

    def of(self, word: str) -> WordList:
        """Return the list of a word, an empty one for a word that no document has."""
        with self._lock:
            if found := self._kept.get(word):
                self._kept.move_to_end(word)
                return found
            found = self._decoded(word)
            self._kept[word] = found
            self.kept_bytes += found.bytes
            while self.kept_bytes > self._bytes_max and len(self._kept) > 1:
                _, oldest = self._kept.popitem(last=False)
                self.kept_bytes -= oldest.bytes
            return found
