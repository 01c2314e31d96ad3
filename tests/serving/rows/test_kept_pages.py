"""Pages of rows that were asked for before are looked up once, within a bound of memory."""

from __future__ import annotations

from pathlib import Path
from sys import getsizeof

import pytest
from stored_rows import stored

from portal.model.errors import QueryError
from portal.publishing.rows.row_query import RowQuery
from portal.publishing.rows.row_table import JsonPage
from portal.serving.rows.kept_pages import KEPT_PAGE_BYTES_MAX, kept_pages
from portal.serving.rows.kept_questions import AskedRows
from portal.serving.rows.row_questions import RowQuestion


class Counted:
    """Gives a page with rows of so many characters, and counts how often it was asked."""

    def __init__(self, characters: int = 10) -> None:
        self.asked = 0
        self._rows = "r" * characters

    def __call__(self) -> JsonPage:
        """Return the page."""
        self.asked += 1
        return JsonPage((), self._rows, 1, None)


def test_a_page_is_looked_up_once() -> None:
    """The second time it is remembered; another one is looked up."""
    pages, one, other = kept_pages(), Counted(), Counted()
    assert pages.value(1, one) is pages.value(1, one)
    pages.value(2, other)
    assert (one.asked, other.asked) == (1, 1)


def test_pages_asked_for_last_are_remembered() -> None:
    """Where their memory is used up, the one that was not asked for the longest is looked up again."""
    size = getsizeof("r" * 10)
    pages, looked_up = kept_pages(bytes_max=2 * size), {key: Counted() for key in "abc"}
    for key in "abacbab":
        pages.value(key, looked_up[key])
    assert {key: one.asked for key, one in looked_up.items()} == {"a": 2, "b": 2, "c": 1}


@pytest.mark.parametrize(("characters", "asked"), [(KEPT_PAGE_BYTES_MAX - 100, 1), (KEPT_PAGE_BYTES_MAX, 2)])
def test_a_very_large_page_is_looked_up_each_time(characters: int, asked: int) -> None:
    """It would drive out hundreds of others."""
    pages, one = kept_pages(), Counted(characters)
    pages.value(1, one)
    pages.value(1, one)
    assert one.asked == asked


def test_a_question_that_failed_is_looked_up_again() -> None:
    """What was too slow once may be answered the next time."""
    pages = kept_pages()

    def failing() -> JsonPage:
        raise QueryError("_cursor", "游标不对", "This is no cursor.")

    with pytest.raises(QueryError):
        pages.value(1, failing)
    assert pages.value(1, Counted()).count == 1


def test_a_table_that_was_opened_anew_is_asked_anew(tmp_path: Path) -> None:
    """What is remembered of the one before is not told for it."""
    for name in "12":
        (tmp_path / name).mkdir()
    tables = [stored(tmp_path / name, [("a", "integer")], [[name]]) for name in "12"]
    asked = AskedRows(RowQuestion(RowQuery(limit=1)), pages=kept_pages())
    told = [asked.page(table).rows for table in (tables[0], tables[1], tables[0])]
    assert [rows.strip("[]\n ") for rows in told] == ["1", "2", "1"]
