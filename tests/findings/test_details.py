"""Details of findings: they survive being kept as JSON, and whoever changes rows or quotes changes nothing else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.findings.details import (
    DescriptorKey,
    Detail,
    Listed,
    Phrase,
    Quoted,
    Row,
    Rows,
    as_json,
    from_json,
    mapped,
    phrase,
)
from portal.findings.finding import found
from portal.findings.words import as_phrase, message_of, said
from portal.model.text import LocalText

TEXTS = st.text(max_size=8)
ROWS = st.integers(1, 10_000)
LEAVES: st.SearchStrategy[Detail] = st.one_of(
    TEXTS,
    st.integers(),
    st.builds(LocalText, TEXTS, TEXTS),
    st.builds(Quoted, TEXTS, TEXTS),
    st.builds(Row, ROWS),
    st.builds(Rows, st.lists(ROWS, max_size=4).map(tuple), st.booleans(), st.booleans()),
    st.builds(DescriptorKey, TEXTS),
)
WORDS = st.just(LocalText("甲{a}乙", "a {a} b"))
DETAILS: st.SearchStrategy[Detail] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Listed, st.lists(inner, max_size=3).map(tuple), st.integers(0, 9)),
        st.builds(Phrase, WORDS, st.tuples(st.tuples(st.just("a"), inner)), st.integers(0, 99)),
    ),
    max_leaves=6,
)


@given(DETAILS)
def test_a_detail_comes_back_from_json(detail: Detail) -> None:
    """Kept results hold details, so what is read back is what was found."""
    assert from_json(json.loads(json.dumps(as_json(detail)))) == detail


@pytest.mark.parametrize(
    "kept",
    [
        None,
        1.5,
        [],
        {},
        {"words": [1, 2]},
        {"unknown": 1},
        {"row": "x"},
        {"key": None},
        {"rows": [[1]]},
        {"listed": [[]]},
        {"phrase": [["a", "b"]]},
    ],
)
def test_what_is_no_detail_is_refused(kept: object) -> None:
    """A kept result that was damaged is no result."""
    with pytest.raises((ValueError, TypeError, KeyError)):
        from_json(kept)


@given(DETAILS)
def test_rows_change_and_nothing_else(detail: Detail) -> None:
    """Renumbering there and back gives the same detail, and only rows are told otherwise in between."""
    moved = mapped(detail, row=lambda row: row + 7)
    assert mapped(moved, row=lambda row: row - 7) == detail
    assert rows_in(moved) == [row + 7 for row in rows_in(detail)]


def rows_in(detail: Detail) -> list[int]:
    """Return the numbers of all rows that a detail names, in their order."""
    match detail:
        case Row(number):
            return [number]
        case Rows(numbers):
            return list(numbers)
        case Listed(items):
            return [row for item in items for row in rows_in(item)]
        case Phrase(_, parts):
            return [row for _, part in parts for row in rows_in(part)]
    return []


@given(DETAILS)
def test_quotes_change_without_a_word_of_ours(detail: Detail) -> None:
    """Whatever is quoted can be taken out, and then only words of ours and numbers are left."""
    bare = mapped(detail, text=lambda text: "")
    assert mapped(bare, text=lambda text: "x" if text else "") == bare


def test_a_phrase_is_filled_in_each_language_from_the_same_parts() -> None:
    """A quote holds its spelling for each language, a list its separator."""
    told = phrase(
        "只能取 {values}（{rows}）",
        "one of {values} ({rows})",
        values=Quoted("男、女", "['男', '女']"),
        rows=Rows((2, 3)),
    )
    assert [said(told, lang) for lang in ("zh", "en")] == [
        "只能取 男、女（第 2-3 行）",
        "one of ['男', '女'] (rows 2-3)",
    ]


def test_braces_in_a_quote_are_no_places() -> None:
    """What a publisher wrote never stands for another detail."""
    finding = found("duplicate-label", value="{note}", note=phrase("{x}", "{x}", x="{value}"))
    assert message_of(finding).zh == "列名“{note}”重复：{value}。"


def test_a_finding_can_be_a_detail_of_another() -> None:
    """It brings its own details along, and no stop at its end."""
    told = as_phrase(found("duplicate-label", value="代码", note="x"))
    assert said(told, "zh") == "列名“代码”重复：x"
    assert dict(told.parts) == {"value": "代码", "note": "x"}
