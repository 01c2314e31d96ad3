"""Which documents answer a query tree, by arrays of numbers (numpy): AND, OR, NOT, phrases, fields; and how well."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from portal.publishing.search.engine import Numbers
from portal.publishing.search.engines.facet_columns import Columns
from portal.publishing.search.engines.mapped_texts import MappedTexts
from portal.publishing.search.engines.query_tree import And, Field, Node, Not, Or, Phrase, Word, wanted, wanted_text
from portal.publishing.search.engines.ranking import IN_PUBLISHER, MATTER_BOOST, title_boost
from portal.publishing.search.engines.word_lists import WordList
from portal.publishing.search.sorted_numbers import both
from portal.publishing.search.tokeniser import spelled_phrase

TITLES_COMPARED_MAX = 300
"""Best hits of a search whose titles are compared with what was typed."""


class Matching:
    """Answers query trees over decoded postings, columns and the spelled texts and titles of documents."""

    def __init__(
        self, lists: Callable[[str], WordList], columns: Columns, texts: MappedTexts, titles: MappedTexts
    ) -> None:
        self._list = lists
        self._columns = columns
        self._texts = texts
        self._titles = titles

    def documents(self, node: Node) -> Numbers:
        """Return the documents that answer *node*."""
        match node:
            case Word():
                return self._with_all(node.words)
            case Phrase():
                having_words = self._with_all(node.words)
                return having_words[self._texts.holding(having_words, node.spelled)]
            case Field():
                facet = self._columns.facets[node.facet]
                return _numbers(facet.numbers_of(facet.meant(node.text))[self._columns.codes[node.facet]])
            case Not():
                return self._without(self._all(), node.node)
            case Or():
                mask = np.zeros(self._columns.size, bool)
                for child in node.nodes:
                    mask[self.documents(child)] = True
                return _numbers(mask)
            case And():
                return self._together(node.nodes)

    def scores(self, node: Node, documents: Numbers) -> NDArray[np.float64]:
        """Return how well *documents*, which answer *node*, do so: for each of them a number, the best highest."""
        scores = np.zeros(len(documents))
        words = dict.fromkeys(word for leaf in wanted(node) for word in leaf.words)
        is_matter = np.full(len(documents), bool(words))
        for found in map(self._list, words):
            if not len(found.numbers):
                continue
            places = np.searchsorted(found.numbers, documents)
            places[places == len(found.numbers)] = 0
            has_word = found.numbers[places] == documents
            scores += np.where(has_word, found.scores[places], 0)
            is_matter &= has_word & (found.packed[places] & IN_PUBLISHER != 0)
        scores *= self._columns.raised[documents] / 100
        scores[is_matter] *= MATTER_BOOST
        if len(words) > 1:
            self._boost_titles(wanted_text(node), documents, scores)
        return scores

    def _boost_titles(self, text: str, documents: Numbers, scores: NDArray[np.float64]) -> None:
        spelled = spelled_phrase(text)
        best = np.arange(len(documents))
        if len(documents) > TITLES_COMPARED_MAX:
            best = np.argpartition(-scores, TITLES_COMPARED_MAX)[:TITLES_COMPARED_MAX]
        for place in best[self._titles.holding(documents[best], spelled)].tolist():
            scores[place] *= title_boost(self._titles[int(documents[place])], spelled)

    def _all(self) -> Numbers:
        return np.arange(self._columns.size, dtype=np.int32)

    def _with_all(self, words: Sequence[str]) -> Numbers:
        lists = sorted((self._list(word).numbers for word in words), key=len)
        found = lists[0]
        for other in lists[1:]:
            found = both(found, other)
        return found

    def _together(self, nodes: Sequence[Node]) -> Numbers:
        found: Numbers | None = None
        # What must not hold is taken away last, from what is left.
        for child in sorted(nodes, key=lambda child: isinstance(child, Not)):
            if isinstance(child, Not):
                found = self._without(self._all() if found is None else found, child.node)
            else:
                documents = self.documents(child)
                found = documents if found is None else both(found, documents)
        return self._all() if found is None else found

    def _without(self, documents: Numbers, node: Node) -> Numbers:
        mask = np.ones(self._columns.size, bool)
        mask[self.documents(node)] = False
        return documents[mask[documents]]


def _numbers(mask: NDArray[np.bool_]) -> Numbers:
    return np.flatnonzero(mask).astype(np.int32)
