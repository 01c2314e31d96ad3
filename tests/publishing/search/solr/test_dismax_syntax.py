"""Dismax syntax: words that must, may and must not be found, and how many suffice."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.publishing.search.solr.dismax_syntax import field_weights, parse_dismax, words_enough
from portal.publishing.search.solr.query_nodes import AnyField, Clauses, Everything, Node, UnreadableQuery
from portal.publishing.search.solr.search_parameters import FIELDS


def word(text: str, *, is_phrase: bool = False) -> AnyField:
    """Return a word, or a phrase, in the usual fields."""
    return AnyField(field_weights(FIELDS), text, is_phrase)


A, B, C, D = map(word, "abcd")


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("a", Clauses(optional=(A,), at_least=1)),
        ("a b", Clauses(optional=(A, B), at_least=2)),
        ("a b c", Clauses(optional=(A, B, C), at_least=2)),
        ("a -b", Clauses(optional=(A,), prohibited=(B,), at_least=1)),
        ("a NOT b", Clauses(optional=(A,), prohibited=(B,), at_least=1)),
        ("+a b", Clauses(required=(A,), optional=(B,), at_least=1)),
        ("a AND b", Clauses(required=(A, B))),
        ("a OR b", Clauses(optional=(Clauses(optional=(A, B), at_least=1),), at_least=1)),
        ("a OR b OR c", Clauses(optional=(Clauses(optional=(A, B, C), at_least=1),), at_least=1)),
        ("a OR b c", Clauses(optional=(Clauses(optional=(A, B), at_least=1), C), at_least=2)),
        ('"a b" c', Clauses(optional=(word("a b", is_phrase=True), C), at_least=2)),
        ('"a b', Clauses(optional=(A, B), at_least=2)),
        ("-a", Clauses(prohibited=(A,))),
        ("a ... !", Clauses(optional=(A,), at_least=1)),
        ("...", Clauses(prohibited=(Everything(),))),
        ("a* (b)", Clauses(optional=(word("a*"), word("(b)")), at_least=2)),
    ],
)
def test_words_are_read_as_they_are_meant(text: str, node: Node) -> None:
    """Signs before words, quotes and the three operators count; other signs are plain characters."""
    assert parse_dismax(text) == node


@pytest.mark.parametrize(
    ("rule", "number", "enough"),
    [
        ("2", 3, 2),
        ("9", 3, 3),
        ("-1", 3, 2),
        ("75%", 4, 3),
        ("-25%", 4, 3),
        ("0", 3, 0),
        ("1<50%", 1, 1),
        ("1<50%", 4, 2),
    ],
)
def test_how_many_words_suffice_is_said_as_in_solr(rule: str, number: int, enough: int) -> None:
    """Numbers, percentages, what may be missing, and conditions."""
    assert words_enough(rule, number) == enough


@pytest.mark.parametrize(("fields", "enough"), [("title^x", "2"), ("", "2"), ("a b " * 20, "2"), (FIELDS, "many")])
def test_broken_rules_are_told(fields: str, enough: str) -> None:
    """What is no list of fields or no rule is refused."""
    with pytest.raises(UnreadableQuery):
        parse_dismax("a", fields, enough)


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=20))
def test_no_words_break_the_reader(text: str, fields: str, enough: str) -> None:
    """Whatever is asked, it is understood or refused with the one error there is for it."""
    with suppress(UnreadableQuery):
        parse_dismax(text, fields, enough)
