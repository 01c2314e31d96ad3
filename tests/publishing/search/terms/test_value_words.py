"""Words of values in tables: found whole, as a part of one value, never spread over two."""

from __future__ import annotations

import pytest
from search_terms import ValuesInMemory

from portal.publishing.search.terms.value_words import (
    DATASET_SLOTS,
    SIZES,
    datasets_of,
    having_all,
    places_by_word,
)
from portal.publishing.search.tokeniser import query_words

VALUES = ValuesInMemory([["出租车驾驶员", "鸡蛋"], [], ["出租房", "租车", "鲜鸡蛋"], ["air quality", "16路"]])


@pytest.mark.parametrize(
    ("text", "whole", "part"),
    [
        ("鸡蛋", [0], [2]),
        ("出租车", [], [0]),
        ("出租车驾驶员", [0], []),
        ("租车", [2], [0]),
        ("Quality", [], [3]),
        ("16路", [3], []),
        ("蛋", [], []),
        ("", [], []),
    ],
)
def test_a_value_has_all_the_words(text: str, whole: list[int], part: list[int]) -> None:
    """出租车 is in no dataset that has 出租房 and 租车 as two values."""
    words = query_words(text)
    assert [numbers.tolist() for numbers in datasets_of(having_all(words, VALUES), len(words))] == [whole, part]


def test_more_values_than_can_be_told_apart_are_left_out() -> None:
    """No number runs into the next dataset."""
    places = places_by_word([["鸡蛋"] * (DATASET_SLOTS + 1), ["鸡蛋"]])["鸡蛋"]
    assert len(places) == DATASET_SLOTS + 1
    assert datasets_of(places, 1)[0].tolist() == [0, 1]


def test_a_very_long_value_is_had_in_part_alone() -> None:
    """Its words are too many to be counted."""
    text = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳"
    words = query_words(text)
    assert len(words) == SIZES - 1
    found = datasets_of(having_all(words, ValuesInMemory([[text]])), len(words))
    assert [numbers.tolist() for numbers in found] == [[], [0]]
