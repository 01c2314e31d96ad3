"""Word lists of documents kept in memory (an inverted index): for checks of the lexicon and small catalogues."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from portal.publishing.search.engine import SOURCE_FIELDS, Numbers
from portal.publishing.search.tokeniser import index_words

NOTHING: Numbers = np.zeros(0, np.int32)


class PlainSource:
    """A `WordSource` over texts; the texts of all fields are in ``body`` too."""

    def __init__(self, documents: Iterable[Mapping[str, str]]) -> None:
        gathered: dict[tuple[str, str], list[int]] = {}
        self.size = 0
        for number, texts in enumerate(documents):
            everywhere = {name: set(index_words(texts.get(name, ""))) for name in SOURCE_FIELDS}
            everywhere["body"] = set().union(*everywhere.values())
            for name, words in everywhere.items():
                for word in words:
                    gathered.setdefault((name, word), []).append(number)
            self.size = number + 1
        self._lists = {key: np.array(numbers, np.int32) for key, numbers in gathered.items()}

    def documents(self, word: str, field: str) -> Numbers:
        """Return the documents of a word; see `WordSource`."""
        return self._lists.get((field, word), NOTHING)
