"""Patterns are told in words where they are a row of signs, and not at all where they are more."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.publishing.site.pattern_words import pattern_in_words


@pytest.mark.parametrize(
    ("pattern", "zh", "en"),
    [
        ("KQ[0-9]{4}", "KQ 加四位数字", "KQ and 4 digits"),
        (r"^\d{18}$", "十八位数字", "18 digits"),
        ("[A-Z]{2}", "两位大写字母", "2 capital letters"),
        ("[0-9]", "一位数字", "1 digit"),
        ("(12|52)[0-9A-HJ-NPQRTUWXY]{16}", "12或52 加十六位数字或大写字母（没有 I、O、S、V、Z）",
         "12 or 52 and 16 signs of digits or capital letters (never I, O, S, V, Z)"),
        ("20[0-9]{2}Q[1-4]", "依次为：年份、Q、一位 1 至 4", "In turn: a year, Q, one of 1 to 4"),
        ("[0-9]{3}([0-9]{2})?", "三位数字 加两位数字（可以没有）", "3 digits and 2 digits (or none)"),
        ("[A-Z0-9_]+", "数字、大写字母或_", "digits, capital letters or _"),
        ("[0-9]{2,4}", "2 至 4 位数字", "2 to 4 digits"),
        ("P[0-9]+[DWMY]", "依次为：P、数字、D/M/W/Y", "In turn: P, digits, D/M/W/Y"),
        (r"A\.[a-z]", "A. 加一位小写字母", "A. and 1 small letter"),
        ("京|沪", "", ""),
        ("(京|沪)[A-Z]", "京或沪 加一位大写字母", "京 or 沪 and 1 capital letter"),
    ],
)  # fmt: skip
def test_a_row_of_signs_has_words(pattern: str, zh: str, en: str) -> None:
    """Literals, classes of signs, plain alternatives and how often each stands."""
    assert (pattern_in_words(pattern, "zh").strip(), pattern_in_words(pattern, "en")) == (zh, en)


@pytest.mark.parametrize(
    "pattern",
    ["", "KQ", "(?=x)[0-9]+", "[^0-9]+", "(a(b|c))+", "a{2}{3}", "[a-z]+(-[a-z]+)+", "[0-9", "(a", "\\", "\\b", ".+",
     "a|b", "[\\s]", "x" * 500, "[一-龥]{2,8}", "1?2?3?4?5?6?7?8?9?", "*", "{3}"],
)  # fmt: skip
def test_what_is_more_has_none(pattern: str) -> None:
    """Nothing is told rather than something wrong."""
    assert pattern_in_words(pattern, "zh") == ""


@given(st.text(alphabet="aA0[]-{}()|?+*\\d1,.^$KQ", max_size=14))
def test_no_pattern_is_too_strange(pattern: str) -> None:
    """Whatever a publisher writes, there are words or none."""
    for lang in ("zh", "en"):
        assert isinstance(pattern_in_words(pattern, lang), str)


@given(st.sampled_from(["[0-9]{4}", "KQ[0-9]{3}", "20[0-9]{2}", "[1-3]x?", "(a|b)[A-Z]{2}"]), st.data())
def test_words_go_with_patterns_that_python_reads(pattern: str, data: st.DataObject) -> None:
    """What has words is a pattern that some text matches."""
    text = data.draw(st.from_regex(pattern, fullmatch=True))
    assert re.fullmatch(pattern, text)
    assert pattern_in_words(pattern, "en")
