"""Which documents answer a query of CKAN's search, how well, and in which order; facets are counted over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from portal.publishing.search.solr.date_math import solr_date
from portal.publishing.search.solr.query_nodes import (
    ANY_SIGNS,
    AnyField,
    Clauses,
    Everything,
    Match,
    Node,
    Present,
    Span,
    UnreadableQuery,
    Weighed,
)
from portal.publishing.search.solr.solr_fields import DATES, is_text
from portal.publishing.search.solr.solr_index import SolrIndex
from portal.publishing.search.solr.solr_reader import SolrReader, words_anywhere, words_asked

SCORED_MAX = 64
"""So many parts of a query count in the order of relevance."""

Documents = set[int] | frozenset[int]

_COLUMNS = ("name", "title", "tags", "groups", "text")
_WEIGHTS = {"name": 4.0, "title": 4.0, "tags": 2.0, "groups": 2.0, "text": 1.0}


class Matching:
    """Answers one query over an index; *now* is what the query calls NOW."""

    def __init__(self, index: SolrIndex, reader: SolrReader, now: datetime) -> None:
        self._index = index
        self._reader = reader
        self._now = now
        self._known: dict[Node, Documents | None] = {}

    def documents(self, node: Node) -> Documents:
        """Return the documents that answer *node*; words without a letter or digit are found nowhere."""
        return self._found(node) or set()

    def scores(self, node: Node, documents: Documents) -> Mapping[int, float]:
        """Return how well *documents* answer the parts of *node* that are wanted; what fits better has more."""
        scores = dict.fromkeys(documents, 0.0)
        for leaf, factor in _wanted(node, 1.0)[:SCORED_MAX]:
            for number, points in self._points(leaf).items():
                if number in scores:
                    scores[number] += factor * points
        return scores

    def ordered(
        self, documents: Documents, order: Sequence[tuple[str, bool]], scores: Mapping[int, float]
    ) -> list[int]:
        """Return *documents* sorted by fields, each with whether it is descending; what has no value comes last."""
        numbers = sorted(documents)
        for field, is_descending in reversed(order):
            if field == "score":
                numbers.sort(key=lambda number: scores.get(number, 0.0), reverse=is_descending)
                continue
            ranks = self._index.ranks(field, self._reader)
            numbers.sort(key=ranks.__getitem__, reverse=is_descending)
            if not is_descending:
                numbers.sort(key=lambda number: ranks[number] < 0)
        return numbers

    def _found(self, node: Node) -> Documents | None:
        """Return the documents of a part, None where it asks nothing, being without words."""
        if node not in self._known:
            self._known[node] = self._look_up(node)
        return self._known[node]

    def _look_up(self, node: Node) -> Documents | None:
        match node:
            case Clauses():
                return self._all_of(node)
            case Weighed():
                return self._found(node.node)
            case Everything():
                return self._reader.everything
            case Present():
                return self._reader.with_any(node.field)
            case Span():
                low, high = (self._bound(node.field, bound) for bound in (node.low, node.high))
                return self._reader.between(node.field, low, high, with_low=node.with_low, with_high=node.with_high)
            case AnyField():
                return self._anywhere(node)
            case Match():
                return self._match(node)

    def _match(self, node: Match) -> Documents | None:
        if is_text(node.field):
            asked = words_asked(node.field, node.text, is_phrase=node.is_phrase)
            return self._reader.with_words(asked) if asked else None
        if node.field == "name_ngram":
            return self._reader.with_value("name", f"{ANY_SIGNS}{node.text}{ANY_SIGNS}")
        value = self._bound(node.field, node.text) or ""
        return self._reader.with_value(node.field, value)

    def _anywhere(self, node: AnyField) -> Documents | None:
        columns = [field for field, _ in node.weights if field in _COLUMNS]
        found: list[Documents | None] = []
        if columns:
            asked = words_anywhere(columns, node.text, is_phrase=node.is_phrase)
            found.append(self._reader.with_words(asked) if asked else None)
        others = (field for field, _ in node.weights if field not in _COLUMNS)
        found += [self._found(Match(field, node.text, node.is_phrase)) for field in others]
        told = [documents for documents in found if documents is not None]
        return set().union(*told) if told else None

    def _all_of(self, node: Clauses) -> Documents | None:
        told = [self._found(child) for child in node.required]
        required = sorted((documents for documents in told if documents is not None), key=len)
        optional = [documents for child in node.optional if (documents := self._found(child)) is not None]
        prohibited = [documents for child in node.prohibited if (documents := self._found(child)) is not None]
        if not (required or optional or prohibited):
            return None
        found: Documents = self._reader.everything
        for documents in required:
            found = found & documents
        if optional and node.at_least:
            found = found & _in_several(optional, min(node.at_least, len(optional)))
        return found.difference(*prohibited)

    def _bound(self, field: str, text: str | None) -> str | None:
        return solr_date(text, self._now) if text is not None and field in DATES else text

    def _points(self, leaf: Match | AnyField) -> Mapping[int, float]:
        if isinstance(leaf, AnyField):
            given = dict(leaf.weights)
            columns = [field for field in given if field in _COLUMNS]
            asked = words_anywhere(columns, leaf.text, is_phrase=leaf.is_phrase) if columns else ""
            weights = [given.get(column, 0.0) for column in _COLUMNS]
            return self._reader.scores(asked, [*weights, 0.0]) if asked else {}
        if is_text(leaf.field):
            asked = words_asked(leaf.field, leaf.text, is_phrase=leaf.is_phrase)
            return self._reader.scores(asked, [*_WEIGHTS.values(), 1.0]) if asked else {}
        return dict.fromkeys(self._found(leaf) or (), 1.0)


def read_order(text: str, index: SolrIndex) -> list[tuple[str, bool]]:
    """Return the fields of a sort with whether each is descending. Raises UnreadableQuery for what cannot be sorted by.

    Fields of texts have many words, and fields of lists many values: neither has an order. ``title`` is that of titles.
    """
    order = []
    for part in text.split(","):
        field, *direction = part.split() or [""]
        field = "title_string" if field == "title" else field
        several = field in ("tags", "groups", "res_format", "res_url") or is_text(field)
        if [item.lower() for item in direction] not in (["asc"], ["desc"]) or several:
            raise UnreadableQuery('Invalid "sort" parameter')
        if field != "score" and not index.knows(field) and field not in _SORTABLE:
            raise UnreadableQuery('Invalid "sort" parameter')
        order.append((field, direction[0].lower() == "desc"))
    if len(order) > ORDERS_MAX:
        raise UnreadableQuery('Invalid "sort" parameter')
    return order


ORDERS_MAX = 10
"""Fields of one sort."""
_SORTABLE = ("id", "name", "title_string", "version", *DATES)


def _wanted(node: Node, factor: float) -> list[tuple[Match | AnyField, float]]:
    """Return the values and words that a query wants, each with its weight."""
    match node:
        case Match() | AnyField():
            return [(node, factor)]
        case Weighed():
            return _wanted(node.node, factor * node.factor)
        case Clauses():
            return [part for child in (*node.required, *node.optional) for part in _wanted(child, factor)]
    return []


def _in_several(found: Sequence[Documents], number: int) -> Documents:
    """Return what is in at least *number* of the sets."""
    if number == 1:
        return set().union(*found)
    if number == len(found):
        return frozenset.intersection(*map(frozenset, found))
    times: dict[int, int] = {}
    for documents in found:
        for document in documents:
            times[document] = times.get(document, 0) + 1
    return {document for document, count in times.items() if count >= number}
