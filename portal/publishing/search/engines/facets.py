"""Facets: lists of datasets narrowed, counted and sorted over columns of values, whatever engine found the words.

A document is its number here: its place in the `Columns`. An engine says which documents hold the words asked for and
how well they fit; everything else about a list is decided in this file, so it is alike for all engines, for the pages
of a release and for the answers of the server.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from portal.publishing.search.engine import Hits
from portal.publishing.search.engines.facet_columns import Columns
from portal.publishing.search.query import SearchQuery
from portal.publishing.search.search_documents import FACETS


def order(columns: Columns, sort: str) -> list[int]:
    """Return all documents by *sort*: ``updated``, ``title``, ``quality`` or ``used``; equals by day, then by name.

    ``updated`` has the newest first and those without a day last, ``title`` goes by the folded titles, ``quality`` has
    the best described first, ``used`` what most people looked at.
    """
    days, names, titles, quality = columns.days, columns.names, columns.titles, columns.quality
    uses = columns.uses
    keys: dict[str, Callable[[int], Any]] = {
        "updated": lambda number: (-days[number], names[number]),
        "title": lambda number: (titles[number], names[number]),
        "quality": lambda number: (-quality[number], -days[number], names[number]),
        "used": lambda number: (-uses[number], -days[number], names[number]),
    }
    return sorted(range(len(names)), key=keys[sort])


def narrowed(columns: Columns, documents: Iterable[int], filters: Mapping[str, Iterable[str]]) -> list[int]:
    """Return those of *documents* that have, for each facet in *filters*, one of its values."""
    passing = list(documents)
    for facet, values in filters.items():
        column, wanted = columns.facets[facet], frozenset(values)
        passing = [number for number in passing if not wanted.isdisjoint(column[number])]
    return passing


def counted(columns: Columns, documents: Iterable[int], facet: str) -> tuple[tuple[str, int], ...]:
    """Return how many of *documents* have each value of *facet*: the most frequent first, equals in order of values."""
    counts: Counter[str] = Counter()
    # Few combinations of values occur; each is taken apart once, not once for each document.
    for values, times in Counter(map(columns.facets[facet].__getitem__, documents)).items():
        for value in values:
            counts[value] += times
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


class FacetedList:
    """All documents as a list that can be narrowed, counted and turned into pages. May be used from several threads."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._is_counted = any(uses >= 0 for uses in columns.uses)
        self._places: dict[str, Sequence[int]] = {}
        """For each order asked for so far the place of each document in it."""

    def hits(self, query: SearchQuery, scores: Mapping[int, float] | None = None) -> Hits:
        """Return what *query* asks for among the documents that have *scores*; without scores among all.

        The words of the query play no part here. By relevance the highest score stands first, equals newest first.
        """
        found: Iterable[int] = range(len(self._columns.names)) if scores is None else scores
        matching = narrowed(self._columns, found, query.filters)
        page = self._sorted(matching, query.order, scores)[query.start : query.start + query.per_page]
        return Hits(
            total=len(matching),
            names=tuple(self._columns.names[number] for number in page),
            facets={facet: self._counts(facet, found, matching, query) for facet in FACETS},
            is_counted=self._is_counted,
        )

    def _counts(
        self, facet: str, found: Iterable[int], matching: Iterable[int], query: SearchQuery
    ) -> tuple[tuple[str, int], ...]:
        """Count a facet under the filters on the other facets."""
        if facet in query.filters:
            others = {name: values for name, values in query.filters.items() if name != facet}
            matching = narrowed(self._columns, found, others)
        return counted(self._columns, matching, facet)

    def _sorted(self, documents: Iterable[int], sort: str, scores: Mapping[int, float] | None) -> list[int]:
        if sort != "relevance":
            return sorted(documents, key=self._place_of(sort))
        newest = self._place_of("updated")
        if scores is None:
            return sorted(documents, key=newest)
        return sorted(documents, key=lambda number: (-round(scores[number], 6), newest(number)))

    def _place_of(self, sort: str) -> Callable[[int], int]:
        if sort not in self._places:
            places = array("l", bytes(array("l").itemsize * len(self._columns.names)))
            for place, number in enumerate(order(self._columns, sort)):
                places[number] = place
            self._places[sort] = places
        return self._places[sort].__getitem__
