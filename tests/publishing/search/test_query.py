"""Reading a search from the parameters of a request."""

from __future__ import annotations

import pytest

from portal.model.errors import QueryError
from portal.model.text import LocalText
from portal.publishing.search.query import PARAMETERS, SORTS, SearchQuery, read_query

FACETS = ["publisher", "theme", "area", "format", "license", "sharing", "open", "update_cycle", "spatial", "year"]
ALLOWED = "area, format, license, open, page, per_page, publisher, q, sharing, sort, spatial, theme, update_cycle, year"


def test_these_are_the_parameters() -> None:
    """A search has words, ten filters, an order and pages, and no other parameter."""
    assert sorted(PARAMETERS) == sorted(["q", *FACETS, "sort", "page", "per_page"])


@pytest.mark.parametrize("sort", ["relevance", "updated", "title", "quality", "used"])
def test_every_order_can_be_asked_for(sort: str) -> None:
    """There are four orders, with words and without."""
    assert len(SORTS) == 5
    assert read_query({"sort": [sort]}).order == read_query({"sort": [sort], "q": ["a"]}).order == sort


def test_no_parameters_ask_for_everything() -> None:
    """Without parameters the query is the default: all datasets, the first page, the newest first."""
    query = read_query({})
    assert query == SearchQuery()
    assert (query.text, query.filters, query.order, query.page, query.per_page) == ("", {}, "updated", 1, 20)


def test_every_parameter_is_read() -> None:
    """Words, filters, order and page stand in the query as they were asked for."""
    parameters = {"q": ["水质"], "theme": ["environment"], "format": ["CSV"], "sort": ["title"]}
    assert read_query({**parameters, "page": ["3"], "per_page": ["10"]}) == SearchQuery(
        text="水质", filters={"theme": ("environment",), "format": ("CSV",)}, sort="title", start=20, per_page=10
    )


@pytest.mark.parametrize("facet", FACETS)
def test_every_facet_is_a_filter(facet: str) -> None:
    """Each facet may be filtered by several values."""
    assert read_query({facet: ["a", "b"]}).filters == {facet: ("a", "b")}


def test_repeated_and_empty_values_are_dropped() -> None:
    """A value counts once, and an empty one not at all; a filter without values is none."""
    assert read_query({"theme": ["a", "", "b", "a"], "area": ["", ""]}).filters == {"theme": ("a", "b")}


def test_values_of_a_filter_have_a_limit() -> None:
    """The first fifty values of a filter are read."""
    values = [str(number) for number in range(1, 56)]
    assert read_query({"theme": values}).filters == {"theme": tuple(values[:50])}


def test_blanks_in_words_are_made_single() -> None:
    """Blanks around and between the words do not matter."""
    assert read_query({"q": ["  水质\t  2026\n"]}).text == "水质 2026"


def test_long_words_are_cut() -> None:
    """The first two hundred characters of a query are read."""
    assert read_query({"q": ["字" * 200 + "末"]}).text == "字" * 200


def test_the_last_of_several_words_counts() -> None:
    """Of a parameter that takes one value the last one counts."""
    assert read_query({"q": ["a", "b"], "page": ["1", "2"]}) == SearchQuery(text="b", start=20)


def test_empty_parameters_are_as_if_they_were_absent() -> None:
    """A form sends empty fields; they ask for nothing."""
    assert read_query({"q": [""], "sort": [""], "page": [""], "per_page": [""], "theme": [""]}) == SearchQuery()


@pytest.mark.parametrize(
    ("query", "order"),
    [
        (SearchQuery(), "updated"),
        (SearchQuery(text="水"), "relevance"),
        (SearchQuery(text="水", sort="updated"), "updated"),
        (SearchQuery(sort="title"), "title"),
    ],
)
def test_the_order_follows_the_words(query: SearchQuery, order: str) -> None:
    """Without an order asked for, words are answered by relevance and lists by the newest."""
    assert query.order == order


@pytest.mark.parametrize(
    ("start", "per_page", "page"), [(0, 20, 1), (19, 20, 1), (20, 20, 2), (40, 20, 3), (5, 1, 6), (0, 0, 1)]
)
def test_the_page_follows_from_the_hits_passed_over(start: int, per_page: int, page: int) -> None:
    """Pages are numbered from 1."""
    assert SearchQuery(start=start, per_page=per_page).page == page


@pytest.mark.parametrize(
    ("parameters", "named", "zh", "en"),
    [
        (
            {"colour": ["red"]},
            "colour",
            f"没有参数“colour”；可用：{ALLOWED}",
            f'There is no parameter "colour"; use {ALLOWED}.',
        ),
        ({"Q": ["x"]}, "Q", f"没有参数“Q”；可用：{ALLOWED}", f'There is no parameter "Q"; use {ALLOWED}.'),
        (
            {"sort": ["size"]},
            "sort",
            "sort 可取 relevance, updated, title, quality, used",
            "sort is one of relevance, updated, title, quality, used.",
        ),
        *(
            ({"page": [text]}, "page", "page 应是 1 到 10000 的整数", "page is a whole number from 1 to 10000.")
            for text in ("0", "-1", "two", "1.0", "１", "10001", "9" * 400)
        ),
        *(
            (
                {"per_page": [text]},
                "per_page",
                "per_page 应是 1 到 100 的整数",
                "per_page is a whole number from 1 to 100.",
            )
            for text in ("0", "101")
        ),
        (
            {"sort": ["size"], "page": ["0"], "per_page": ["0"]},
            "sort",
            "sort 可取 relevance, updated, title, quality, used",
            "sort is one of relevance, updated, title, quality, used.",
        ),
    ],
)
def test_an_error_names_its_parameter(parameters: dict[str, list[str]], named: str, zh: str, en: str) -> None:
    """What makes no sense is refused, and both languages say which parameter it is and what it may be."""
    with pytest.raises(QueryError) as caught:
        read_query(parameters)
    assert (caught.value.parameter, caught.value.message) == (named, LocalText(zh, en))


def test_the_largest_page_is_allowed() -> None:
    """The limits themselves may be asked for."""
    query = read_query({"page": ["10000"], "per_page": ["100"]})
    assert (query.page, query.per_page, query.start) == (10_000, 100, 999_900)
