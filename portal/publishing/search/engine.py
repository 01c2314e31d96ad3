"""Interface (protocol) of search engines: hits, totals, facet counts; an engine can be exchanged.

Engines are interchangeable: equal totals and equal facet counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from portal.publishing.search.query import SearchQuery
from portal.publishing.search.search_documents import SearchDocument


@dataclass(frozen=True)
class Hits:
    """The answer: how many datasets match, the names of those on this page in order, and counts for every facet.

    The counts of a facet ignore the filter on that same facet, so that a second value can be added to it; values
    stand with the most frequent first, equals in the order of values.
    """

    total: int
    names: tuple[str, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]
    is_counted: bool = False
    """Whether somebody counts how often datasets are used, so that they can be sorted by it."""


class SearchEngine(Protocol):
    """An index that was opened for reading. Searches may run in several threads at once."""

    def search(self, query: SearchQuery) -> Hits:
        """Answer a query; words match where all of them occur."""

    def close(self) -> None:
        """Let go of the index's files."""


class WordFinder(Protocol):
    """The part of an embedded engine that is its own: it finds words and ranks. May be used from several threads."""

    def scores(self, words: Sequence[str]) -> Mapping[int, float]:
        """Return the documents that hold all *words*, by their numbers in the order of writing, the best score highest.

        *words* are those of `portal.publishing.search.tokeniser.query_words`, at least one.
        """

    def close(self) -> None:
        """Let go of the index's files."""


class IndexWriter(Protocol):
    """Makes an index of the words of documents."""

    def __call__(self, documents: Iterable[SearchDocument], folder: Path) -> None:
        """Write the index into the folder, reading *documents* once and in their order; equal ones give equal files."""


Numbers = NDArray[np.int32]
"""Numbers of documents, in the order of writing from 0, ascending and each once."""

SOURCE_FIELDS = ("title", "keywords", "columns", "body")
"""Where a word may stand: the title; keywords and publisher; names of columns; anywhere at all, the others too."""


class WordSource(Protocol):
    """An index as the second list asks it: which documents have a word. May be used from several threads at once."""

    @property
    def size(self) -> int:
        """How many documents there are."""

    def documents(self, word: str, field: str) -> Numbers:
        """Return the documents that have a word of the tokeniser in one of `SOURCE_FIELDS`.

        An index that does not tell a field apart returns none for it; ``body`` and ``title`` are always told.
        """
