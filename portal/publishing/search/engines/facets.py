"""Facets: lists of datasets narrowed, counted and sorted over columns of numbers, whatever engine found the words.

A document is its number here: its place in the `Columns`. An engine says which documents hold the words asked for and
how well they fit; everything else about a list is decided in this file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from portal.publishing.search.engine import Hits, Numbers
from portal.publishing.search.engines.facet_columns import Columns, FacetValues
from portal.publishing.search.query import SearchQuery


def narrowed(columns: Columns, documents: Numbers | None, filters: Mapping[str, Iterable[str]]) -> Numbers | None:
    """Return those of *documents* that have, for each facet in *filters*, one of its values; None stands for all."""
    for facet, values in filters.items():
        wanted = columns.facets[facet].numbers_of(values)
        codes = columns.codes[facet] if documents is None else columns.codes[facet][documents]
        passing = wanted[codes] if len(wanted) else np.zeros(len(codes), bool)
        documents = np.flatnonzero(passing).astype(np.int32) if documents is None else documents[passing]
    return documents


_FEW = 48
"""Up to so many sets of values are counted sooner one by one than as arrays."""


def counted(values: FacetValues, of_sets: NDArray[np.int64]) -> tuple[tuple[str, int], ...]:
    """Return how often each value of a facet occurs, the most frequent first, equals in the order of values.

    *of_sets* says how often each set of values does.
    """
    if len(values.sets) <= _FEW:
        totals = [0] * len(values.values)
        for members, times in zip(values.sets, of_sets.tolist(), strict=True):
            for place in members:
                totals[place] += times
        found = sorted(filter(totals.__getitem__, range(len(totals))), key=totals.__getitem__, reverse=True)
        return tuple((values.values[place], totals[place]) for place in found)
    places, sets = values.members
    of_values = np.bincount(places, of_sets[sets], len(values.values)).astype(np.int64)
    number = len(of_values)
    # One number for each value, so that one sort does: the most frequent first, equals by their places.
    keys = np.sort(np.flatnonzero(of_values) - of_values[of_values != 0] * number)
    order = keys % number
    return tuple(zip(values.names[order].tolist(), of_values[order].tolist(), strict=True))


class FacetedList:
    """All documents as a list that can be narrowed, counted and turned into pages. May be used from several threads."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def hits(
        self, query: SearchQuery, documents: Numbers | None = None, scores: NDArray[np.float64] | None = None
    ) -> Hits:
        """Return what *query* asks for among *documents*, all where they are None; *scores* say how well each fits.

        The words of the query play no part here. By relevance the highest score stands first, equals by number.
        """
        matching = narrowed(self._columns, documents, query.filters)
        total = self._columns.size if matching is None else len(matching)
        return Hits(
            total=total,
            names=tuple(self._columns.named(self._page(query, documents, matching, scores))),
            facets={facet: self._counts(facet, documents, matching, query) for facet in query.facets},
            is_counted=self._columns.is_counted,
        )

    def _counts(
        self, facet: str, documents: Numbers | None, matching: Numbers | None, query: SearchQuery
    ) -> tuple[tuple[str, int], ...]:
        """Count a facet under the filters on the other facets."""
        if facet in query.filters:
            others = {name: values for name, values in query.filters.items() if name != facet}
            matching = narrowed(self._columns, documents, others)
        codes = self._columns.codes[facet]
        values = self._columns.facets[facet]
        found = np.bincount(codes if matching is None else codes[matching], minlength=len(values.sets))
        return counted(values, found)

    def _page(
        self,
        query: SearchQuery,
        documents: Numbers | None,
        matching: Numbers | None,
        scores: NDArray[np.float64] | None,
    ) -> Numbers:
        start, end = query.start, query.start + query.per_page
        if query.order == "relevance" and scores is not None and documents is not None and matching is not None:
            found = scores if matching is documents else scores[np.searchsorted(documents, matching)]
            return matching[self._best(matching, found, start, end)]
        order = "updated" if query.order == "relevance" else query.order
        if matching is None:
            return self._columns.orders[order][start:end]
        return self._columns.orders[order][_first(self._columns.places[order][matching], start, end)]

    def _best(self, numbers: Numbers, scores: NDArray[np.float64], start: int, end: int) -> NDArray[np.int64]:
        """Return the places of the best from *start* to *end*; superseded documents come behind all others."""
        # One number for each: rank first, then score with six digits, then the number of the document.
        keys = -np.round(scores * 1_000_000).astype(np.int64)
        keys[numbers >= self._columns.superseded_from] += 1 << 60
        if end < len(keys):
            chosen = np.flatnonzero(keys <= np.partition(keys, end)[end])
            return chosen[np.argsort(keys[chosen], kind="stable")][start:end]
        return np.argsort(keys, kind="stable")[start:end]


def _first(places: NDArray[np.int32], start: int, end: int) -> NDArray[np.int32]:
    """Return the smallest *places* from *start* to *end*, in order."""
    if end < len(places):
        places = np.partition(places, end)[:end]
    return np.sort(places)[start:end]
