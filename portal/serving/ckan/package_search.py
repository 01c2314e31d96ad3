"""CKAN's package_search: q, fq, sort, pages, facets and fl in the syntax of Solr; and what is made of it.

Parameters are read and refused as CKAN does; what a query means is for `portal.publishing.search.solr`.
Source: ckan/logic/action/get.py, ckan/logic/schema.py and ckan/lib/search/query.py of CKAN 2.11.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from portal.publishing.search.solr.dismax_syntax import parse_dismax
from portal.publishing.search.solr.lucene_syntax import parse_lucene
from portal.publishing.search.solr.query_matching import Documents, Matching, read_order
from portal.publishing.search.solr.query_nodes import ANY_SIGNS, ONE_SIGN, Clauses, Match, Node, UnreadableQuery
from portal.publishing.search.solr.search_parameters import ENOUGH, FIELDS, ROWS, ROWS_MAX, SORT
from portal.publishing.search.solr.solr_index import SolrIndex
from portal.publishing.search.solr.solr_reader import SolrReader
from portal.publishing.search.tokeniser import QUERY_CHARACTERS_MAX
from portal.serving.ckan.action_errors import ActionError
from portal.serving.ckan.action_parameters import Parameters, natural
from portal.serving.ckan.search_facets import count_facets, read_facets
from portal.serving.ckan.shown_datasets import Document, all_shown
from portal.serving.ckan.solr_documents import chosen_fields
from portal.serving.current_release import OpenRelease

FILTERS_MAX = 100
"""Filters (fq, fq_list) of one search."""

_TAKEN = frozenset(
    "q fl fq rows sort start wt qf bf boost facet facet.mincount facet.limit facet.field extras fq_list tie defType"
    " mm df include_private include_drafts include_deleted use_default_schema".split()
)
_NOTHING = ("", '""', "''")
_SYNTAXES = ("dismax", "edismax", "lucene")


def package_search(release: OpenRelease, parameters: Parameters) -> Document:
    """Return the datasets that a search finds; *count* does not depend on rows and start.

    Without a colon *q* is plain words, with one it is in Lucene's syntax, as *fq* always is.
    """
    unknown = sorted(name for name in parameters if name not in _TAKEN and not name.startswith("ext_"))
    if unknown:
        raise _refused(f"Invalid search parameters: {unknown}")
    rows, start = natural(parameters, "rows"), natural(parameters, "start") or 0
    rows = min(ROWS if rows is None else rows, ROWS_MAX)
    facets = read_facets(parameters)
    index = _index(release)
    try:
        query, filters = _query(parameters), [parse_lucene(text) for text in _filters(parameters)]
        sort = _text(parameters, "sort").strip()
        sort = SORT if sort in ("", "rank") else sort
        with index.reading() as reader:
            documents, names = _found(index, reader, query, filters, sort, slice(start, start + rows))
            counted = count_facets(index, reader, facets, documents)
    except UnreadableQuery as error:
        raise _refused(str(error)) from error
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise  # the file is damaged
        raise ActionError(409, "Search Error", message="Search error: 'The search took too long.'") from error
    results = all_shown(release, names)
    wanted = _several(parameters, "fl")
    return {
        "count": len(documents),
        "facets": {field: {value: count for value, _, count in items} for field, items in counted.items()},
        "results": [chosen_fields(item, wanted) for item in results] if wanted else results,
        "sort": sort,
        "search_facets": {
            field: {
                "title": field,
                "items": sorted(
                    ({"name": value, "display_name": shown, "count": count} for value, shown, count in items),
                    key=lambda item: str(item["display_name"]),
                    reverse=True,
                ),
            }
            for field, items in counted.items()
        },
    }


def similar(release: OpenRelease, text: str, number: int) -> list[str]:
    """Return the names of *number* datasets at most with *text* in their names, or its words in their titles."""
    plain = text.replace(ANY_SIGNS, " ").replace(ONE_SIGN, " ")[:QUERY_CHARACTERS_MAX]
    node = Clauses(optional=(Match("name_ngram", plain.lower()), Match("title", plain + ANY_SIGNS)), at_least=1)
    index = _index(release)
    with index.reading() as reader:
        return _found(index, reader, node, (), SORT, slice(0, number))[1]


def _index(release: OpenRelease) -> SolrIndex:
    if release.solr is None:
        raise ActionError(409, "Search Error", message="Search error: 'This release has no index for CKAN.'")
    return release.solr


def _found(
    index: SolrIndex, reader: SolrReader, query: Node, filters: Sequence[Node], sort: str, page: slice
) -> tuple[Documents, list[str]]:
    """Return all documents that a query and its filters find, and the names of those on one page."""
    order = read_order(sort, index)
    matching = Matching(index, reader, datetime.now(UTC))
    documents = matching.documents(query)
    for node in filters:
        documents = documents & matching.documents(node)
    if page.start >= min(page.stop, len(documents)):
        return documents, []
    by_score = any(field == "score" for field, _ in order)
    scores = matching.scores(query, documents) if by_score else {}
    return documents, [index.names[number] for number in matching.ordered(documents, order, scores)[page]]


def _query(parameters: Parameters) -> Node:
    """Return what q asks for."""
    text = _text(parameters, "q").strip()
    if text in _NOTHING:
        text = "*:*"
    syntax = _text(parameters, "defType") or "dismax"
    if syntax not in _SYNTAXES:
        raise UnreadableQuery(f"Unknown query type '{syntax[:50]}'")
    if ":" in text or syntax == "lucene":
        return parse_lucene(text)
    return parse_dismax(text, _text(parameters, "qf") or FIELDS, _text(parameters, "mm") or ENOUGH)


def _filters(parameters: Parameters) -> list[str]:
    """Return the texts of fq and fq_list that ask for something."""
    texts = [text for text in (*_several(parameters, "fq"), *_several(parameters, "fq_list")) if text.strip()]
    if len(texts) > FILTERS_MAX:
        raise UnreadableQuery(f"The search has more than {FILTERS_MAX} filters")
    return texts


def _text(parameters: Parameters, name: str) -> str:
    value: Any = parameters.get(name)
    return "" if value is None else value if isinstance(value, str) else " ".join(map(str, _several(parameters, name)))


def _several(parameters: Parameters, name: str) -> list[str]:
    """Return the texts of a parameter that may be a list."""
    value = parameters.get(name)
    return [] if value is None else [str(item) for item in (value if isinstance(value, list) else [value])]


def _refused(reason: str) -> ActionError:
    return ActionError(400, "Search Query Error", message=f"Search Query is invalid: {reason!r}")
