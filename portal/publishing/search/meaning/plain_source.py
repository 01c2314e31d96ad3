"""Word lists of documents kept in memory (an inverted index): for checks of a lexicon, where no index was made."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from portal.publishing.search.engine import Numbers, Part
from portal.publishing.search.tokeniser import index_words

NOTHING: Numbers = np.zeros(0, np.int32)


class PlainSource:
    """The word lists of a `portal.publishing.search.engine.WordSource`, over texts by the parts in which they stand."""

    def __init__(self, documents: Iterable[tuple[str, str, str]]) -> None:
        """Take of each document its title, its keywords and names of columns, and all its other texts."""
        gathered: dict[tuple[Part, str], list[int]] = {}
        self.size = 0
        for number, texts in enumerate(documents):
            words: set[str] = set()
            for part, text in zip(_PARTS, texts, strict=True):
                words.update(index_words(text))
                for word in words:
                    gathered.setdefault((part, word), []).append(number)
            self.size = number + 1
        self.raised = np.full(self.size, 100, np.int16)
        self._lists = {key: np.array(numbers, np.int32) for key, numbers in gathered.items()}

    def documents(self, word: str, part: Part = "any") -> Numbers:
        """Return the documents that have a word."""
        return self._lists.get((part, word), NOTHING)

    def count(self, word: str, part: Part = "any") -> int:
        """Return how many documents have a word."""
        return len(self.documents(word, part))


_PARTS: tuple[Part, ...] = ("title", "known", "any")
