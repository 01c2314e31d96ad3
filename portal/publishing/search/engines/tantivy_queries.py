"""Query trees as queries of tantivy: words, phrases, exclusions, facets; and what ranks their hits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import tantivy

from portal.publishing.search.engines.facet_columns import Columns
from portal.publishing.search.engines.query_tree import And, Field, Node, Not, Or, Phrase, Word, wanted, wanted_text
from portal.publishing.search.search_documents import TEXTS
from portal.publishing.search.tokeniser import spelled_phrase, spelled_tokens

PARTS: Mapping[str, tuple[str, ...]] = {
    "any": TEXTS,
    "known": ("title", "keywords", "columns"),
    "title": ("title",),
    "matter": ("publisher",),
}
"""The fields of words, and the texts of a document that each holds."""
_WEIGHTS = {"title": 3.0, "known": 1.0, "matter": 1.5}
"""How much a word that stands there, too, counts beside the word anywhere."""
_WHOLE_TITLE = 12.0
"""What is added for a title that is the query."""

_must, _should, _must_not = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
_Clause = tuple[tantivy.Occur, tantivy.Query]


class TantivyQueries:
    """Makes queries for the index of a schema with these columns."""

    def __init__(self, schema: tantivy.Schema, columns: Columns) -> None:
        self._schema = schema
        self._columns = columns

    def word(self, part: str, word: str) -> tantivy.Query:
        """Return the query for a word in a part."""
        return tantivy.Query.term_query(self._schema, part, word, index_option="freq")

    def asked(self, node: Node, filters: Mapping[str, Iterable[str]]) -> tantivy.Query:
        """Return the query for what answers *node* and has, for each facet in *filters*, one of its values."""
        narrowing = [self._with_values(facet, values) for facet, values in filters.items()]
        return _all_of([self._query(node), *narrowing])

    def ranked(self, asked: tantivy.Query, node: Node, searcher: tantivy.Searcher) -> tantivy.Query:
        """Return a query for what *asked* finds, ranked by the words of *node* and where they stand.

        *searcher* tells whether any title is the query: a clause for none would still be asked of every hit.
        """
        words = list(dict.fromkeys(word for leaf in wanted(node) for word in leaf.words))
        raising: list[_Clause] = []
        for part, weight in _WEIGHTS.items():
            raising += [(_should, tantivy.Query.boost_query(self.word(part, word), weight)) for word in words]
        title = spelled_phrase(wanted_text(node)).strip()
        if title and searcher.doc_freq("whole_title", title):
            whole = tantivy.Query.term_query(self._schema, "whole_title", title, index_option="basic")
            raising.append((_should, tantivy.Query.const_score_query(whole, _WHOLE_TITLE)))
        return tantivy.Query.boolean_query([(_must, asked), *raising])

    def of_state(self, query: tantivy.Query, *, is_superseded: bool) -> tantivy.Query:
        """Return the query for those hits of *query* that another dataset takes the place of, or for the others."""
        superseded = tantivy.Query.term_query(self._schema, "superseded", 1)
        return _all_of([query, _unscored(superseded)]) if is_superseded else _without([query], [superseded])

    def _query(self, node: Node) -> tantivy.Query:
        match node:
            case Word():
                return _all_of([self.word("any", word) for word in node.words])
            case Phrase():
                tokens: list[str | tuple[int, str]] = [*spelled_tokens(node.spelled)]
                in_order = (
                    tantivy.Query.phrase_query(self._schema, "spelled", tokens)
                    if len(tokens) > 1
                    else tantivy.Query.term_query(self._schema, "spelled", tokens[0])
                )
                return _all_of([*(self.word("any", word) for word in node.words), _unscored(in_order)])
            case Field():
                return self._with_values(node.facet, self._columns.facets[node.facet].meant(node.text))
            case Not():
                return _without([], [self._query(node.node)])
            case Or():
                return tantivy.Query.boolean_query([(_should, self._query(child)) for child in node.nodes])
            case And():
                wanted_nodes = [self._query(child) for child in node.nodes if not isinstance(child, Not)]
                return _without(
                    wanted_nodes, [self._query(child.node) for child in node.nodes if isinstance(child, Not)]
                )

    def _with_values(self, facet: str, values: Iterable[str]) -> tantivy.Query:
        sets = np.flatnonzero(self._columns.facets[facet].numbers_of(values)).tolist()
        return _unscored(tantivy.Query.term_set_query(self._schema, facet, sets))


def _all_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    return queries[0] if len(queries) == 1 else tantivy.Query.boolean_query([(_must, query) for query in queries])


def _without(some: Sequence[tantivy.Query], others: Sequence[tantivy.Query]) -> tantivy.Query:
    """Return the query for what answers all of *some*, everything if there are none, and none of *others*."""
    wanted_queries = some or [_unscored(tantivy.Query.all_query())]
    if not others:
        return _all_of(wanted_queries)
    return tantivy.Query.boolean_query(
        [*((_must, query) for query in wanted_queries), *((_must_not, query) for query in others)]
    )


def _unscored(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, 0.0)
