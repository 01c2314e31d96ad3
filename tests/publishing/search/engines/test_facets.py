"""Narrowing, counting and sorting without any engine."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from portal.publishing.search.engine import Hits, Numbers
from portal.publishing.search.engines.facet_columns import Columns, ColumnsWriter, read_columns
from portal.publishing.search.engines.facets import FacetedList, counted, narrowed
from portal.publishing.search.query import SearchQuery
from portal.publishing.search.search_documents import FACETS, SearchDocument


def document(name: str, updated: str, title: str, quality: int, **values: tuple[str, ...]) -> SearchDocument:
    """Return a document with facets; those not named have no value."""
    return SearchDocument(name, title, "", {facet: values.get(facet, ()) for facet in FACETS}, updated, title, quality)


def columns_of(documents: Iterable[SearchDocument]) -> Columns:
    """Return the columns of documents, through files."""
    writer = ColumnsWriter()
    for item in documents:
        writer.add(item)
    with tempfile.TemporaryDirectory() as folder:
        writer.write(Path(folder) / "columns")
        return read_columns(Path(folder) / "columns")


def numbers(*given: int) -> Numbers:
    """Return numbers of documents as an array."""
    return np.array(sorted(given), np.int32)


COLUMNS = columns_of(
    [
        document("lakes", "2026-01-31", "Water", 100, theme=("water", "nature"), format=("CSV",)),
        document("dams", "2026-01-31", "barrages", 300, theme=("water",), format=("CSV", "PDF")),
        document("roads", "", "Streets", 300, theme=("traffic",), format=("PDF",)),
        document("parks", "2025-06-01", "water", 200, theme=("nature",)),
    ]
)
LAKES, DAMS, ROADS, PARKS = range(4)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("updated", [DAMS, LAKES, PARKS, ROADS]),
        ("title", [DAMS, ROADS, LAKES, PARKS]),
        ("quality", [DAMS, ROADS, PARKS, LAKES]),
        ("used", [DAMS, LAKES, PARKS, ROADS]),
    ],
)
def test_every_order_is_a_whole_one(sort: str, expected: list[int]) -> None:
    """Newest first with equals by name, titles in small letters with equals by name, best first with the newest."""
    assert COLUMNS.orders[sort].tolist() == expected
    assert [COLUMNS.places[sort][number] for number in expected] == [0, 1, 2, 3]


def test_what_is_used_most_stands_first() -> None:
    """Equals by day, then by name; the list tells whether anybody counts at all."""
    uses = {"lakes": 0, "dams": 5, "roads": 5, "parks": 7}
    counted_list = columns_of(
        replace(document(name, "2026-01-31" if name == "roads" else "", name, 0), uses=number)
        for name, number in uses.items()
    )
    assert counted_list.named(counted_list.orders["used"]) == ["parks", "roads", "dams", "lakes"]
    query = SearchQuery(sort="used")
    assert [FacetedList(columns).hits(query).is_counted for columns in (counted_list, COLUMNS)] == [True, False]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, [LAKES, DAMS, PARKS]),
        ({"theme": ["water"]}, [LAKES, DAMS]),
        ({"theme": ["nature", "traffic"]}, [LAKES, PARKS]),
        ({"theme": ["nature"], "format": ["CSV"]}, [LAKES]),
        ({"area": ["energy"]}, []),
    ],
)
def test_narrowing_keeps_what_has_a_value_of_each_filter(filters: dict[str, list[str]], expected: list[int]) -> None:
    """Values of one filter are alternatives, filters narrow each other, and what is kept stays in its order."""
    kept = narrowed(COLUMNS, numbers(PARKS, LAKES, DAMS), filters)
    assert kept is not None
    assert kept.tolist() == expected


def test_no_filter_of_all_stays_all() -> None:
    """All documents are not written out where nothing narrows them."""
    assert narrowed(COLUMNS, None, {}) is None


def test_counting_gives_the_most_frequent_first() -> None:
    """Each value of a document counts once; equals stand in the order of values."""

    def counts(*found: int) -> tuple[tuple[str, int], ...]:
        themes, codes = COLUMNS.facets["theme"], COLUMNS.codes["theme"]
        return counted(themes, np.bincount(codes[numbers(*found)], minlength=len(themes.sets)))

    assert counts(LAKES, DAMS, PARKS) == (("nature", 2), ("water", 2))
    assert counts(LAKES, DAMS, ROADS) == (("water", 2), ("nature", 1), ("traffic", 1))
    assert counts() == ()


def test_a_list_is_made_without_an_engine() -> None:
    """The pages of a release list everything that there is, newest first, and count all facets."""
    hits = FacetedList(COLUMNS).hits(SearchQuery(per_page=3))
    counts = {
        "theme": (("nature", 2), ("water", 2), ("traffic", 1)),
        "format": (("CSV", 2), ("PDF", 2)),
    }
    assert hits == Hits(4, ("dams", "lakes", "parks"), {facet: counts.get(facet, ()) for facet in FACETS})


def test_scores_decide_what_is_listed_and_in_which_order() -> None:
    """By relevance the best score stands first; scores alike to the sixth digit are equal, and then the number is."""
    found, scores = numbers(PARKS, LAKES, ROADS), np.array([2.0, 3.5, 2.00000001])
    listed = FacetedList(COLUMNS)
    assert listed.hits(SearchQuery("words"), found, scores).names == ("roads", "lakes", "parks")
    assert listed.hits(SearchQuery("words", per_page=1), found, scores).names == ("roads",)
    assert listed.hits(SearchQuery("words", sort="title"), found, scores).names == ("roads", "lakes", "parks")
    assert listed.hits(SearchQuery("words", sort="updated"), found, scores).names == ("lakes", "parks", "roads")
    assert listed.hits(SearchQuery("words"), numbers(), np.zeros(0)).names == ()


def test_what_is_superseded_stands_behind_all_others() -> None:
    """However well it fits, a dataset whose place another took comes last by relevance."""
    current, former = document("new", "2026-01-01", "t", 0), document("old", "2025-01-01", "t", 0)
    listed = FacetedList(columns_of([current, replace(former, is_superseded=True)]))
    hits = listed.hits(SearchQuery("words"), numbers(0, 1), np.array([1.0, 9.0]))
    assert hits.names == ("new", "old")


def test_the_counts_of_a_facet_ignore_its_own_filter() -> None:
    """Who has chosen one topic sees how many the others have, under the filters that remain."""
    hits = FacetedList(COLUMNS).hits(SearchQuery(filters={"theme": ("water",), "format": ("PDF",)}))
    assert hits.names == ("dams",)
    assert hits.facets["theme"] == (("traffic", 1), ("water", 1))
    assert hits.facets["format"] == (("CSV", 2), ("PDF", 1))
