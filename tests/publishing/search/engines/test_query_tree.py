"""The query language of people: what is typed, and the tree that it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.publishing.search.engines.query_pieces import visible
from portal.publishing.search.engines.query_tree import (
    EVERYTHING,
    FIELDS,
    NOTHING,
    And,
    Field,
    Node,
    Not,
    Or,
    Phrase,
    Word,
    conditions,
    parse_query,
    wanted,
    wanted_text,
)
from portal.publishing.search.search_documents import FACETS
from portal.publishing.search.tokeniser import QUERY_CHARACTERS_MAX, query_words, spelled_phrase


def word(text: str) -> Word:
    """Return what a piece of plain text is."""
    return Word(text, tuple(query_words(text)))


def phrase(text: str) -> Phrase:
    """Return what a piece in quotation marks is."""
    return Phrase(text, tuple(query_words(text)), spelled_phrase(text))


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", EVERYTHING),
        (" \u3000\t", EVERYTHING),
        ("公交线路", word("公交线路")),
        ("bus -ridership", And((word("bus"), Not(word("ridership"))))),
        ("bus －ridership", And((word("bus"), Not(word("ridership"))))),
        ("bus NOT ridership", And((word("bus"), Not(word("ridership"))))),
        ("-水", Not(word("水"))),
        ("--水", Not(word("水"))),
        ("+水", word("水")),
        ("a AND b", And((word("a"), word("b")))),
        ("a OR b", Or((word("a"), word("b")))),
        ("公交 或 地铁", Or((word("公交"), word("地铁")))),
        ("公交 | 地铁 线路", And((Or((word("公交"), word("地铁"))), word("线路")))),
        ("a OR -b", And((word("a"), Not(word("b"))))),
        ("公交或地铁", word("公交或地铁")),
        ('"空气质量"', phrase("空气质量")),
        ("“空气质量” 「水质监测」", And((phrase("空气质量"), phrase("水质监测")))),
        ('-"bus stop"', Not(phrase("bus stop"))),
        ('"水"', word("水")),
        ("publisher:transport 公交", And((Field("publisher", "transport"), word("公交")))),
        ("部门：交通局", Field("publisher", "交通局")),
        ('年份:"2024"', Field("year", "2024")),
        ("format:CSV", Field("format", "csv")),
        ("-theme:traffic", Not(Field("theme", "traffic"))),
        ("theme:a OR theme:b", Or((Field("theme", "a"), Field("theme", "b")))),
        ("Publisher:環保", Field("publisher", "环保")),
    ],
)
def test_signs_marks_and_fields_are_read_as_they_are_meant(text: str, node: Node) -> None:
    """Words, phrases in any marks, exclusions, alternatives and values of facets."""
    assert parse_query(text) == node


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("。", NOTHING),
        ("- -", NOTHING),
        ('"""', NOTHING),
        ("::", NOTHING),
        ("🚌", NOTHING),
        ("OR", word("OR")),
        ("或", word("或")),
        ("NOT", word("NOT")),
        ("a OR", word("a")),
        ("OR a", word("a")),
        ('"air quality', And((word("air"), word("quality")))),
        ("title:水", word("title:水")),
        ("publisher:", word("publisher:")),
        ("http://a.b/c?d=e", word("http://a.b/c?d=e")),
        ("covid-19", word("covid-19")),
        ("水*", word("水*")),
        ("🚌 公交", word("公交")),
        ("\u202e水\u200b质", word("水质")),
        ("水\x00质", And((word("水"), word("质")))),
    ],
)
def test_whatever_else_is_typed_is_text(text: str, node: Node) -> None:
    """Operators alone, marks without a second one, unknown fields and unseen signs are no errors."""
    assert parse_query(text) == node


def test_a_long_text_is_read_up_to_its_limit() -> None:
    """What stands beyond the longest query is passed over."""
    assert parse_query("a" + " " * QUERY_CHARACTERS_MAX + "b") == word("a")


@given(st.text())
def test_any_text_is_a_tree_whose_leaves_have_words(text: str) -> None:
    """Nothing raises, and no leaf asks for nothing."""
    assert all(leaf.words for leaf in wanted(parse_query(text)))
    assert all(sign.isprintable() or sign.isspace() or ord(sign) > 0xFF for sign in visible(text))


def test_every_facet_has_a_name_before_a_colon() -> None:
    """Whatever lists are narrowed by can be typed, too."""
    assert set(FIELDS.values()) == set(FACETS)


def test_what_is_wanted_leaves_out_signs_fields_and_exclusions() -> None:
    """The words behind what may be meant are those that were wanted."""
    assert wanted_text(parse_query("公交 OR “bus stop” -客流 year:2024")) == "公交 bus stop"


@pytest.mark.parametrize(
    ("text", "demanded"),
    [
        ("公交 线路", EVERYTHING),
        ("公交", EVERYTHING),
        ("-公交", And((Not(word("公交")),))),
        ("year:2024", And((Field("year", "2024"),))),
        ("公交 year:2024 OR year:2025 -a", And((Or((Field("year", "2024"), Field("year", "2025"))), Not(word("a"))))),
        ("公交 OR 地铁", EVERYTHING),
    ],
)
def test_fields_and_exclusions_narrow_whatever_is_meant(text: str, demanded: Node) -> None:
    """Wanted words are no condition: what may be meant need not have them."""
    assert conditions(parse_query(text)) == demanded
