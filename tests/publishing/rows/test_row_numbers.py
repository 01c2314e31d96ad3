"""Numbers of rows in their file: told with each page, and asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from stored_rows import DATASET, source, stored, stores

from portal.publishing.rows.row_query import Column, Condition, Order, RowQuery
from portal.publishing.rows.row_table import RowTable

FIELDS = [("name", "string"), ("size", "integer")]
ROWS = [["a", "3"], ["b", "1"], ["c", "2"], ["d", "1"]]


@pytest.fixture
def table(tmp_path: Path) -> RowTable:
    """A table of four rows."""
    return stored(tmp_path, FIELDS, ROWS)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        (RowQuery(), (1, 2, 3, 4)),
        (RowQuery(limit=2, offset=1), (2, 3)),
        (RowQuery(order=(Order(Column("size")),)), (2, 4, 3, 1)),
        (RowQuery(where=Condition(Column("size"), "eq", (1,)), fields=(Column("name"),)), (2, 4)),
        (RowQuery(numbers=(4, 1)), (1, 4)),
        (RowQuery(numbers=(2, 3), where=Condition(Column("size"), "eq", (1,))), (2,)),
        (RowQuery(numbers=(9, 0, -1)), ()),
        (RowQuery(numbers=()), ()),
    ],
)
def test_a_page_tells_the_numbers_of_its_rows(table: RowTable, query: RowQuery, numbers: tuple[int, ...]) -> None:
    """They count from 1 in the order of the file, however they are sorted; the total counts what is there."""
    page = table.page(query)
    assert page.numbers == numbers
    assert page.total == (4 if query == RowQuery(limit=2, offset=1) else len(numbers))


def test_the_next_page_goes_on_counting(table: RowTable) -> None:
    """By cursor too."""
    first = table.page(RowQuery(limit=3))
    assert table.page(RowQuery(limit=3, cursor=first.next)).numbers == (4,)


def test_each_of_several_tables_counts_from_one(tmp_path: Path) -> None:
    """Tables of one shape are kept as one, and each has numbers of its own all the same."""
    sources = [source(tmp_path, name, FIELDS, ROWS) for name in ("first", "second")]
    second = stores(tmp_path, sources).table(DATASET, "second")
    assert second is not None
    assert second.page(RowQuery()).numbers == (1, 2, 3, 4)
    assert second.page(RowQuery(numbers=(2, 6))).rows == [("b", 1)]


def test_distinct_rows_have_no_numbers(table: RowTable) -> None:
    """Equal rows that are given once stand in several places; their numbers narrow them all the same."""
    query = RowQuery(fields=(Column("size"),), is_distinct=True, order=(Order(Column("size")),))
    assert (table.page(query).rows, table.page(query).numbers) == ([(1,), (2,), (3,)], ())
    assert table.page(replace(query, numbers=(1, 2))).rows == [(1,), (3,)]
