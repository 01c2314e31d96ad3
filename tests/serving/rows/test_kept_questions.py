"""Questions that were asked before are read once, and the pages asked for last are looked up once."""

from __future__ import annotations

from functools import partial

import pytest
from flask.testing import FlaskClient

from portal.publishing.rows.row_query import RowQuery
from portal.serving.rows.kept_questions import (
    KEPT_ADDRESS_CHARACTERS_MAX,
    KEPT_HEAD_CHARACTERS_MAX,
    QUESTIONS_KEPT_MAX,
    AskedRows,
    KeptQuestions,
)
from portal.serving.rows.row_questions import RowQuestion

TABLE = "/api/v1/datasets/odd/resources/odd/rows"


def test_a_question_is_read_once() -> None:
    """At the same address it is the very same, at another one that is read there."""
    kept, read = KeptQuestions(), []

    def question() -> AskedRows:
        read.append(1)
        return AskedRows(RowQuestion(RowQuery()))

    first = kept.asked(("t", "a=1", ""), question)
    assert kept.asked(("t", "a=1", ""), question) is first
    others = [("t", "a=2", ""), ("u", "a=1", ""), ("t", "a=1", "text/csv")]
    assert all(kept.asked(address, question) is not first for address in others)
    assert len(read) == 4


def test_what_is_remembered_has_bounds() -> None:
    """The questions asked last are remembered, and none with a very long address."""
    kept, read = KeptQuestions(), []

    def question() -> AskedRows:
        read.append(1)
        return AskedRows(RowQuestion(RowQuery()))

    for number in range(QUESTIONS_KEPT_MAX + 1):
        kept.asked(("t", str(number)), question)
    kept.asked(("t", str(QUESTIONS_KEPT_MAX)), question)
    assert len(read) == QUESTIONS_KEPT_MAX + 1
    kept.asked(("t", "0"), question)
    assert len(read) == QUESTIONS_KEPT_MAX + 2
    long = ("t", "x" * KEPT_ADDRESS_CHARACTERS_MAX)
    assert kept.asked(long, question) is not kept.asked(long, question)


def test_a_head_is_written_once_unless_it_is_very_long() -> None:
    """The second time it is not asked for again; a very long one is."""
    for size, expected in (
        (KEPT_HEAD_CHARACTERS_MAX, "1" * KEPT_HEAD_CHARACTERS_MAX),
        (KEPT_HEAD_CHARACTERS_MAX + 1, "2"),
    ):
        asked = AskedRows(RowQuestion(RowQuery()))
        first, second = asked.head(partial(str.ljust, "1", size, "1")), asked.head(lambda: "2")
        assert (first, second) == ("1" * size, expected)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?_sort=-limit&_limit=1",
        "?_fields=limit,sort&_lang=en&_limit=2",
        "?_group_by=sort",
        "?_format=csv",
        "?nix=1",
    ],
)
def test_who_asks_again_is_answered_the_same(row_client: FlaskClient, query: str) -> None:
    """Whatever is asked, refused or not, by GET and HEAD, in any order."""
    asked = [row_client.get(TABLE + query), row_client.head(TABLE + query), row_client.get(TABLE + query)]
    first, head, again = ((answer.status, dict(answer.headers), answer.data) for answer in asked)
    for _, headers, _ in (first, head, again):
        headers.pop("X-Request-Id")
    assert first == again
    assert head[:2] == first[:2]


def test_what_is_accepted_makes_another_question(row_client: FlaskClient) -> None:
    """One address is answered in the format that each asker takes."""
    types = ["application/json", "text/csv", "application/x-ndjson", "application/json"]
    told = [row_client.get(TABLE, headers={"Accept": type_}).mimetype for type_ in types]
    assert told == types


def test_the_next_page_is_linked_with_the_parameters_as_they_were(row_client: FlaskClient) -> None:
    """Repeated and Chinese ones too, and another cursor in place of the one that led here."""
    first = row_client.get(f"{TABLE}?_limit=1&_sort=limit&_sort=-sort")
    link = first.headers["Link"]
    assert (
        link
        == f'<http://localhost{TABLE}?_limit=1&_sort=limit&_sort=-sort&_cursor={first.get_json()["next"]}>; rel="next"'
    )
    second = row_client.get(link.partition(">")[0].removeprefix("<http://localhost"))
    assert second.headers["Link"].count("_cursor") == 1
    assert second.get_json()["rows"] != first.get_json()["rows"]
