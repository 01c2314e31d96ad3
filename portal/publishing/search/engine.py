"""Interface (protocol) of search engines: hits, totals, facet counts, words and what has them; engines are exchanged.

Engines are interchangeable: equal totals, equal facet counts and the same second list. Nothing here says where an index
lies. An index is made for a release and never changed: there is no adding and no deleting, for whoever reads a release
must find the pages, files and hits of one moment, and after a withdrawal nothing of it. A build makes the next one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from portal.publishing.search.query import SearchQuery

Numbers = NDArray[np.int32]
"""Numbers of documents, ascending, each once."""
Part = Literal["any", "known", "title"]
"""Where words are looked for: anywhere; in title, keywords or names of columns; in the title."""


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
    seconds: float = field(default=0.0, compare=False)
    """How long the search took; equal answers are equal however long they took."""


class WordSource(Protocol):
    """Which datasets have which words. A dataset is a number here: its place by standing, from 0.

    First are the newest, equals by name, and behind all others those that another dataset takes the place of. May be
    used from several threads.
    """

    @property
    def size(self) -> int:
        """How many datasets there are."""

    @property
    def raised(self) -> NDArray[np.int16]:
        """How much each dataset counts for its quality, freshness, openness and use, in per cent: 100 to 130."""

    def documents(self, word: str, part: Part = "any") -> Numbers:
        """Return the datasets that have a word of the tokeniser."""

    def count(self, word: str, part: Part = "any") -> int:
        """Return how many datasets have a word."""

    def passing(self, query: SearchQuery) -> NDArray[np.bool_] | None:
        """Tell for each dataset whether it passes the filters, fields and exclusions of *query*; None where all do."""

    def exact(self, query: SearchQuery) -> Numbers:
        """Return the datasets that *query* finds, its filters included; for blank text those that pass the filters."""

    def names(self, numbers: Sequence[int] | Numbers) -> list[str]:
        """Return the names of datasets, in the order of *numbers*."""


class SearchEngine(Protocol):
    """An index that was opened for reading. Searches may run in several threads at once."""

    @property
    def source(self) -> WordSource:
        """The words behind what may be meant, the second list."""

    def search(self, query: SearchQuery) -> Hits:
        """Answer a query; its text is read by `engines.query_tree.parse_query`."""

    def close(self) -> None:
        """Let go of the index's files."""
