"""Lucene's syntax: what a query asks for, and that no query breaks the reader."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.publishing.search.solr.lucene_syntax import LEVELS_MAX, parse_lucene
from portal.publishing.search.solr.query_nodes import (
    ANY_SIGNS,
    CLAUSES_MAX,
    ONE_SIGN,
    QUERY_CHARACTERS_MAX,
    Clauses,
    Everything,
    Match,
    Node,
    Present,
    Span,
    UnreadableQuery,
    Weighed,
)

A, B, C = (Match("text", word) for word in "abc")


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", Everything()),
        ("*:*", Everything()),
        ("*", Everything()),
        ("tags:*", Present("tags")),
        ("tags:水", Match("tags", "水")),
        ('tags:"空气 质量"', Match("tags", "空气 质量", is_phrase=True)),
        (r'tags:"a\"b"', Match("tags", 'a"b', is_phrase=True)),
        (r"res_url:http\:\/\/x*", Match("res_url", f"http://x{ANY_SIGNS}")),
        (r"name:a\*b?", Match("name", f"a*b{ONE_SIGN}")),
        ("a b", Clauses(required=(A, B))),
        ("a AND b", Clauses(required=(A, B))),
        ("a && b", Clauses(required=(A, B))),
        ("a OR b", Clauses(optional=(A, B), at_least=1)),
        ("a || b", Clauses(optional=(A, B), at_least=1)),
        ("a OR b c", Clauses(required=(Clauses(optional=(A, B), at_least=1), C))),
        ("a OR b AND c", Clauses(optional=(A, Clauses(required=(B, C))), at_least=1)),
        ("+a -b", Clauses(required=(A,), prohibited=(B,))),
        ("a NOT b", Clauses(required=(A,), prohibited=(B,))),
        ("a AND NOT b", Clauses(required=(A,), prohibited=(B,))),
        ("a !b", Clauses(required=(A,), prohibited=(B,))),
        ("-a", Clauses(prohibited=(A,))),
        ("NOT NOT a", A),
        ("-a OR b", Clauses(optional=(B,), prohibited=(A,), at_least=1)),
        ("-(a b)", Clauses(prohibited=(Clauses(required=(A, B)),))),
        ("x:(1 OR 2)", Clauses(optional=(Match("x", "1"), Match("x", "2")), at_least=1)),
        ("x:(1 y:2)", Clauses(required=(Match("x", "1"), Match("y", "2")))),
        ("a^2", Weighed(A, 2.0)),
        ("a~", A),
        ('"a b"~3', Match("text", "a b")),
        ("x:[1 TO *]", Span("x", "1", None)),
        ("x:{1 TO 2]", Span("x", "1", "2", with_low=False)),
        ("x:[* TO 2}", Span("x", None, "2", with_high=False)),
        (
            "metadata_modified:[2024-01-01T00:00:00.5Z TO NOW/DAY]",
            Span("metadata_modified", "2024-01-01T00:00:00.5Z", "NOW/DAY"),
        ),
        ('x:["a b" TO c]', Span("x", "a b", "c")),
        ("x:[-5 TO 5]", Span("x", "-5", "5")),
        ("x:-5", Clauses(prohibited=(Match("x", "5"),))),
        ("a-b +c", Clauses(required=(Match("text", "a-b"), C))),
        ("a OR b +c", Clauses(required=(Clauses(optional=(A, B), at_least=1), C))),
        ("a!b", Match("text", "a!b")),
        ("'a", Match("text", "'a")),
        (
            "organization:a OR organization:b -groups:c",
            Clauses(
                required=(Clauses(optional=(Match("organization", "a"), Match("organization", "b")), at_least=1),),
                prohibited=(Match("groups", "c"),),
            ),
        ),
    ],
)
def test_a_query_is_read_as_it_is_meant(text: str, node: Node) -> None:
    """Fields, words, phrases, ranges and operators become what they ask for."""
    assert parse_lucene(text) == node


@pytest.mark.parametrize(
    "text",
    [
        "foo:", ":foo", "(a", "a)", "a AND", "OR a", '"a', "a:b:c", "x:[1 TO", "x:[1 2]", "/a/", "()", "\\", "*:a",
        "{!term f=x}y", "a\x00", "+", "a~1.2.3", "a^1.2.3",
        "(" * (LEVELS_MAX + 1) + "a" + ")" * (LEVELS_MAX + 1),
        "NOT " * 5_000 + "a",
        "-" * 5_000 + "a",
        "a:" * 5_000 + "a",
        "a " * (CLAUSES_MAX + 1),
        "a" * (QUERY_CHARACTERS_MAX + 1),
        "(" * 1_000_000,
    ],
)  # fmt: skip
def test_what_is_broken_or_too_large_is_told(text: str) -> None:
    """There is one error, and its text is short."""
    with pytest.raises(UnreadableQuery) as caught:
        parse_lucene(text)
    assert len(str(caught.value)) < 500


PIECES = st.sampled_from(
    [
        *"()[]{}:^~*?\\\"'/+-!&|<> ",
        "AND ",
        "OR ",
        "NOT ",
        " TO ",
        "a",
        "水",
        "title:",
        "*:*",
        "&&",
        "||",
        "NOW",
        "\x00",
        "\ud800",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60))
def test_no_query_breaks_the_reader(text: str) -> None:
    """Whatever stands in a query, it is understood or refused with the one error there is for it."""
    with suppress(UnreadableQuery):
        parse_lucene(text)
