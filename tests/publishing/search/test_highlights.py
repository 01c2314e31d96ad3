"""What was asked for is marked in texts as they were written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.publishing.search.highlights import MARKED_CHARACTERS_MAX, TextPiece, excerpt, highlighted
from portal.publishing.search.tokeniser import fold


def marked(pieces: tuple[TextPiece, ...]) -> str:
    """Return pieces as one text, what is marked in brackets."""
    return "".join(f"[{piece.text}]" if piece.is_match else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("城市空气质量日报", ["空气质量"], "城市[空气质量]日报"),
        ("空气质量与水质量", ["空气质量"], "[空气质量]与水质量"),
        ("空气的质量", ["空气质量"], "[空气]的[质量]"),
        ("環境監測數據", ["环境监测"], "[環境監測]數據"),
        ("ＰＭ２．５ 浓度", ["pm2.5"], "[ＰＭ２．５] 浓度"),
        ("Bus routes and buses", ["bus", "route"], "[Bus] [routes] and buses"),
        ("business", ["bus"], "business"),
        ("16路公交、16 路", ["16路"], "[16路]公交、[16 路]"),
        ("㎏ 与 kg", ["kg"], "[㎏] 与 [kg]"),
        ("……空气……", ["空气"], "……[空气]……"),
        ("空气质量", ["空气", "质量"], "[空气质量]"),
        ("<b>空气</b> & 水", ["空气"], "<b>[空气]</b> & 水"),
        ("没有", ["空气"], "没有"),
        ("", ["空气"], ""),
        ("空气", [], "空气"),
        ("空气", ["，", ""], "空气"),
    ],
)
def test_the_longest_matches_are_marked(text: str, asked: list[str], expected: str) -> None:
    """Runs of Chinese are marked whole, else by what of them is there; words whole; signs never."""
    assert marked(highlighted(text, asked)) == expected


def test_a_long_text_is_shown_around_its_first_match() -> None:
    """What is left out is told by an ellipsis on either side."""
    text = "一" * 200 + "空气质量" + "二" * 200
    pieces = excerpt(text, ["空气质量"], 40)
    assert marked(pieces) == "…" + "一" * 10 + "[空气质量]" + "二" * 26 + "…"


@pytest.mark.parametrize(("text", "expected"), [("短文", "短文"), ("一" * 50, "一" * 40 + "…")])
def test_a_text_without_a_match_is_shown_from_its_beginning(text: str, expected: str) -> None:
    """And whole if it is short."""
    assert marked(excerpt(text, ["空气"], 40)) == expected


@given(st.text(max_size=80), st.lists(st.text(max_size=10), max_size=4))
def test_pieces_are_the_text(text: str, asked: list[str]) -> None:
    """Nothing of a text is lost or written twice, whatever it is and whatever is asked for."""
    pieces = highlighted(text, asked)
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)


@given(st.text("空气质量水數據abcABC2.5 路，kgＫ…㎏", max_size=30), st.text("空气质量水数据abc2.5 路", max_size=6))
def test_what_holds_a_phrase_is_marked(text: str, asked: str) -> None:
    """Where the words of a query stand as they were typed, something is marked; what is marked has some of them."""
    marks = [piece.text for piece in highlighted(text, [asked]) if piece.is_match]
    assert all(set(fold(mark)) & set(fold(asked)) for mark in marks)


def test_of_a_very_long_text_the_beginning_is_looked_through() -> None:
    """A publisher may write a book; an answer shows twenty of them, and must not read them all."""
    book = "字" * (MARKED_CHARACTERS_MAX - 2) + "空气" * 2
    assert marked(highlighted(book, ["空气"])) == "字" * (MARKED_CHARACTERS_MAX - 2) + "[空气]空气"
    assert marked(excerpt("字" * MARKED_CHARACTERS_MAX + "空气", ["空气"], 4)) == "字字字字…"
