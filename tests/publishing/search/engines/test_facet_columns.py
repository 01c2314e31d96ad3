"""The values to sort and count by are read as they were written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from portal.publishing.search.engines.facet_columns import Columns, column_line, columns_of, read_columns, row_of
from portal.publishing.search.search_documents import FACETS, SearchDocument


def document(name: str, updated: str, title: str, quality: int, **values: tuple[str, ...]) -> SearchDocument:
    """Return a document with facets; those not named have no value."""
    facets = {facet: values.get(facet, ()) for facet in FACETS}
    return SearchDocument(name, title, "", facets, updated, title, quality)


def written(documents: list[SearchDocument], path: Path) -> Columns:
    """Return the columns of *documents* as they are read from a file."""
    path.write_text("".join(map(column_line, map(row_of, documents))), encoding="utf-8")
    return read_columns(path)


def test_columns_hold_every_value_in_order(tmp_path: Path) -> None:
    """Days are numbers, titles are folded, and each facet has a column, also for values that end lines elsewhere."""
    columns = written(
        [
            document("b", "2026-01-31", "水质 PM", 205, theme=("water", "环境"), publisher=("bureau",)),
            document("a", "", "STRASSE\n\u2028\x85Straße", 0, publisher=("bureau\r",)),
        ],
        tmp_path / "columns",
    )
    assert (list(columns.names), list(columns.titles)) == (["b", "a"], ["水质 pm", "strasse\n\u2028\x85strasse"])
    assert (list(columns.days), list(columns.quality)) == ([20260131, 0], [205, 0])
    given = {"theme": [("water", "环境"), ()], "publisher": [("bureau",), ("bureau\r",)]}
    assert columns.facets == {facet: given.get(facet, [(), ()]) for facet in FACETS}


def test_columns_of_an_earlier_version_have_no_counts(tmp_path: Path) -> None:
    """A release that was made before anybody counted can be served, and lists in it are not sorted by use."""
    path = tmp_path / "columns"
    rows = [row_of(replace(document(name, "", "t", 0), uses=7)) for name in "ab"]
    path.write_text(column_line(rows[0]) + column_line(rows[1][:-1]), encoding="utf-8")
    assert list(read_columns(path).uses) == [7, -1]


def test_equal_values_are_one_object(tmp_path: Path) -> None:
    """What thousands of documents have alike is kept once."""
    columns = written([document(name, "", "t", 0, publisher=("bureau",)) for name in "ab"], tmp_path / "columns")
    first, second = columns.facets["publisher"]
    assert first is second


def test_columns_in_memory_are_those_of_a_file(tmp_path: Path) -> None:
    """What is at hand need not be written to be read."""
    documents = [document("b", "2026-01-31", "水质 PM", 205, theme=("water",)), document("a", "", "Straße", 0)]
    assert columns_of(documents) == written(documents, tmp_path / "columns")
