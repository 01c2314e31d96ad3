"""The one tokeniser: what texts and queries are cut into."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.publishing.search.tokeniser import (
    asked_words,
    fold,
    index_words,
    placed_words,
    query_words,
    spelled,
    spelled_phrase,
)

CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=2, max_size=30)
"""Runs of Chinese characters, traditional ones among them."""

LETTERS = st.text(st.characters(exclude_categories=["Cs", "Mn", "Mc", "Me"]))
"""Any text without combining marks."""


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("環境監測數據", "环境监测数据"),
        ("ＧＢ／Ｔ ２２６０", "gb/t 2260"),
        ("㎏ ﬁle ①", "kg file 1"),
        ("PM2.5", "pm2.5"),
        ("Straße", "strasse"),
        ("ㄅ 行政区划", "ㄅ 行政区划"),
        ("", ""),
    ],
)
def test_folding_makes_variants_alike(text: str, folded: str) -> None:
    """Traditional characters, full-width and compatible forms, and upper case are written one way."""
    assert fold(text) == folded


@given(LETTERS)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    """What is folded is as it is compared."""
    assert fold(fold(text)) == fold(text)


def test_a_run_of_chinese_is_indexed_by_characters_and_pairs() -> None:
    """A run of Chinese stands in the index as each of its characters and each pair of neighbours."""
    assert index_words("行政区划") == ["行", "政", "区", "划", "行政", "政区", "区划"]


def test_a_run_of_chinese_is_asked_for_by_its_pairs() -> None:
    """A query of several characters asks for their pairs, each once, and for no single character."""
    assert query_words("开放开放") == ["开放", "放开"]


def test_a_single_character_is_asked_for_as_it_is() -> None:
    """A query of one character finds every text that has it."""
    assert query_words("水") == ["水"]
    assert "水" in index_words("饮用水质量")


def test_pairs_do_not_reach_over_what_stands_between() -> None:
    """Characters that a sign, a blank or a Latin word separates make no pair."""
    assert index_words("水，质 A 量") == ["水", "质", "a", "量"]


def test_words_of_letters_and_digits_stay_whole() -> None:
    """Letters and digits that touch are one word; signs and blanks divide."""
    assert query_words("GB/T-2260, covid19 e_mail 12345 5G") == [
        "gb",
        "t",
        "2260",
        "covid19",
        "e",
        "mail",
        "12345",
        "5g",
    ]


@pytest.mark.parametrize(
    ("text", "asked", "parts"),
    [
        ("PM2.5浓度", ["pm2.5", "浓度"], ["pm2", "5"]),
        ("A股上市", ["a股", "股上", "上市"], ["a", "股"]),
        ("16路", ["16路"], ["16", "路"]),
        ("4A级景区", ["4a级", "级景", "景区"], ["4a", "级"]),
        ("2024.05.01", ["2024.05", "05.01"], ["2024", "05", "01"]),
    ],
)
def test_words_put_together_are_asked_for_whole_and_found_by_their_parts(
    text: str, asked: list[str], parts: list[str]
) -> None:
    """Who types PM2.5 or 16路 gets what has just that; who types a part of it finds it as ever."""
    assert query_words(text) == asked
    assert {*asked, *parts} <= set(index_words(text))


def test_a_unit_after_a_blank_is_found_without_one() -> None:
    """A text that writes "16 路" has the word 16路; a query with the blank asks for the parts alone."""
    assert "16路" in index_words("16 路公交")
    assert query_words("16 路") == ["16", "路"]


@pytest.mark.parametrize(("text", "words"), [("GDP数据", ["gdp", "数据"]), ("schools路", ["school", "路"])])
def test_other_characters_are_not_bound_to_letters(text: str, words: list[str]) -> None:
    """Only units after short words are: people leave out blanks between two languages as they like."""
    assert query_words(text) == words


@pytest.mark.parametrize(
    ("phrase", "text", "is_held"),
    [
        ("空气质量", "城市空气质量日报", True),
        ("空气质量", "空气，质量", False),
        ("質量日報", "空气质量日报", True),
        ("bus routes", "Bus-route list", True),
        ("bus route", "bus routers", False),
        ("us route", "bus routes", False),
        ("PM2.5 日报", "PM2.5日报", True),
        ("水质 监测", "水质\n监测", False),
    ],
)
def test_a_phrase_is_held_where_its_parts_follow_each_other(phrase: str, text: str, *, is_held: bool) -> None:
    """Signs and blanks between words do not matter, ends of words and of lines do; Chinese is found within a run."""
    assert (spelled_phrase(phrase) in spelled(text)) is is_held


def test_signs_alone_are_no_phrase() -> None:
    """A phrase without letters, digits or characters is nothing."""
    assert spelled_phrase("，。") == ""


def test_latin_words_inside_chinese_are_words_of_their_own() -> None:
    """Chinese and Latin letters that touch are told apart."""
    assert query_words("空气PM25监测") == ["空气", "pm25", "监测"]


@pytest.mark.parametrize(
    ("plural", "singular"), [("datasets", "dataset"), ("cities", "city"), ("bus", "bus"), ("classes", "classe")]
)
def test_english_plurals_are_asked_for_as_they_are_indexed(plural: str, singular: str) -> None:
    """A plural is folded to the same word in the index and in the query."""
    assert query_words(plural) == [singular]
    assert index_words(plural) == [singular]


def test_traditional_and_simplified_writing_find_each_other() -> None:
    """A query in traditional characters asks for the words of the simplified text, and the other way round."""
    assert query_words("環境質量") == query_words("环境质量")
    assert index_words("環境質量") == index_words("环境质量")


def test_signs_alone_are_no_words() -> None:
    """A text without letters, digits or characters has no words."""
    assert query_words("，。-_/ ★") == []
    assert index_words("，。-_/ ★") == []


def test_long_words_are_cut_alike_on_both_sides() -> None:
    """A word of any length is found by itself: both sides keep the same beginning."""
    word = "a" * 74
    assert query_words(word) == index_words(word) == ["a" * 64]


def test_a_query_is_read_up_to_its_limit() -> None:
    """What stands beyond the longest query is not asked for."""
    assert query_words("x" + " " * 200 + "y") == ["x"]


@given(CHINESE, st.data())
def test_any_part_of_a_chinese_text_finds_it(text: str, data: st.DataObject) -> None:
    """The words of every part of two characters or more are among the words of the text."""
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 2, len(text)))
    assert set(query_words(text[start:end])) <= set(index_words(text))


@given(st.text(max_size=200))
def test_every_text_finds_itself(text: str) -> None:
    """A text asks only for words under which it is indexed."""
    assert set(query_words(text)) <= set(index_words(text))


@given(st.text(max_size=200), st.integers(0), st.integers(0))
def test_every_line_holds_itself_and_what_it_holds_has_its_words(text: str, start: int, length: int) -> None:
    """A phrase cut out of a text asks for no word that the text has not, if it begins and ends where words do."""
    line = " ".join(text.split())
    assert spelled_phrase(line) in spelled(line)
    words = line.split()
    phrase = " ".join(words[start % (len(words) + 1) :][: length % 5])
    assert spelled_phrase(phrase) in spelled(line)
    assert set(asked_words(phrase)) <= set(index_words(line))


@given(st.text())
def test_words_of_a_query_are_each_named_once(text: str) -> None:
    """No word is asked for twice, and none is empty."""
    words = query_words(text)
    assert len(set(words)) == len(words)
    assert "" not in words


def test_folding_every_single_character_twice_changes_nothing_more() -> None:
    """What a character is folded to is folded already, for every character of Unicode."""
    once = [fold(chr(code)) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    assert [fold(text) for text in once] == once


@given(st.text(max_size=100) | st.text("空气a2.5 路股，16", max_size=30))
def test_words_with_their_places_are_the_words_of_the_index(text: str) -> None:
    """Highlights know the same words as the index, each where it stands."""
    folded = fold(text)
    placed = list(placed_words(folded))
    assert sorted(word for word, _, _ in placed) == sorted(index_words(text))
    assert all(0 <= start < end <= len(folded) for _, start, end in placed)
