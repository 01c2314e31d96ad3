"""An index in this process: an engine finds words, lists are made over columns; with the words behind what is meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from time import perf_counter
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from portal.publishing.search.engine import Hits, Numbers, Part
from portal.publishing.search.engines.facet_columns import Columns
from portal.publishing.search.engines.facets import FacetedList, narrowed
from portal.publishing.search.engines.mapped_texts import MappedTexts
from portal.publishing.search.engines.matching import Matching
from portal.publishing.search.engines.query_tree import EVERYTHING, Node, conditions, parse_query
from portal.publishing.search.engines.word_lists import WordList, WordLists
from portal.publishing.search.query import SearchQuery


class Words(Protocol):
    """The words of an index: the part of an embedded engine that is its own."""

    texts: MappedTexts
    """The texts of each document as phrases are looked for in them."""
    titles: MappedTexts
    """The titles alone, in the same form."""

    def list_of(self, word: str) -> WordList:
        """Return the documents that have a word."""

    def count(self, word: str) -> int:
        """Return how many documents have a word."""

    def close(self) -> None:
        """Let go of the index's files."""


class EmbeddedEngine:
    """An index in this process; see `portal.publishing.search.engine.SearchEngine`."""

    def __init__(self, words: Words, columns: Columns) -> None:
        self._words = words
        self._columns = columns
        self._list = FacetedList(columns)
        lists = WordLists(words.list_of)
        self._matching = Matching(lists.of, columns, words.texts, words.titles)
        self.source = EmbeddedSource(lists, words.count, columns, self._matching.documents)

    def search(self, query: SearchQuery) -> Hits:
        """Answer a query; text without a word in it, such as a full stop, is found nowhere."""
        began = perf_counter()
        node = parse_query(query.text)
        if node == EVERYTHING:
            hits = self._list.hits(query)
        else:
            documents = self._matching.documents(node)
            scores = self._matching.scores(node, documents) if query.order == "relevance" else None
            hits = self._list.hits(query, documents, scores)
        return replace(hits, seconds=perf_counter() - began)

    def close(self) -> None:
        """Let go of the index's files."""
        self._words.close()
        self._columns.close()


class EmbeddedSource:
    """The words of an index in this process; see `portal.publishing.search.engine.WordSource`."""

    def __init__(
        self,
        lists: WordLists,
        count: Callable[[str], int],
        columns: Columns,
        documents: Callable[[Node], Numbers],
    ) -> None:
        """*count* says how many documents have a word, *documents* which answer a query tree."""
        self._lists = lists
        self._count = count
        self._columns = columns
        self._documents = documents
        self.size = columns.size
        self.raised = columns.raised

    def documents(self, word: str, part: Part = "any") -> Numbers:
        """Return the datasets that have a word of the tokeniser."""
        return self._lists.of(word).within(part)

    def count(self, word: str, part: Part = "any") -> int:
        """Return how many datasets have a word."""
        return self._count(word) if part == "any" else len(self.documents(word, part))

    def passing(self, query: SearchQuery) -> NDArray[np.bool_] | None:
        """Tell for each dataset whether it passes the filters, fields and exclusions of *query*; None where all do."""
        demanded = conditions(parse_query(query.text))
        documents = None if demanded == EVERYTHING else self._documents(demanded)
        documents = narrowed(self._columns, documents, query.filters)
        if documents is None:
            return None
        mask = np.zeros(self.size, bool)
        mask[documents] = True
        return mask

    def exact(self, query: SearchQuery) -> Numbers:
        """Return the datasets that *query* finds, its filters included; for blank text those that pass the filters."""
        node = parse_query(query.text)
        documents = narrowed(self._columns, None if node == EVERYTHING else self._documents(node), query.filters)
        return np.arange(self.size, dtype=np.int32) if documents is None else documents

    def names(self, numbers: Sequence[int] | Numbers) -> list[str]:
        """Return the names of datasets, in the order of *numbers*."""
        return self._columns.named(numbers)
