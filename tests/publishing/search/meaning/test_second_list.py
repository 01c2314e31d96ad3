"""The second list: which datasets may be meant, in which order, and why."""

from __future__ import annotations

import numpy as np
from search_terms import ValuesInMemory, listed, understood

from portal.publishing.search.found import Because
from portal.publishing.search.meaning.plain_source import PlainSource
from portal.publishing.search.meaning.second_list import SUPERSEDED, Meant, second_list


def test_a_citizens_word_finds_the_official_one() -> None:
    """And the reason says so."""
    source = PlainSource([("失信被执行人", "", ""), ("公园", "", "")])
    (only,) = second_list(understood("老赖名单"), source, {})
    assert (only.number, only.because) == (0, (Because("synonym", "老赖", "失信被执行人"),))


def test_most_of_the_words_suffice_and_are_told_as_one() -> None:
    """Pairs of characters that overlap are told as the word that they make."""
    source = PlainSource([("城乡居民养老保险", "", ""), ("海洋", "", "")])
    (only,) = second_list(understood("居民养老保险费率"), source, {})
    assert only.because == (Because("words", "居民养老保险", "居民养老保险"),)


def test_less_than_the_smallest_share_is_not_listed() -> None:
    """One common pair of many is no answer."""
    assert listed("空气质量基地", "农业基地", "公园") == []


def test_what_no_dataset_has_does_not_keep_the_rest_from_being_found() -> None:
    """A known word that nothing answers weighs less than one that something does, however long it is."""
    assert listed("失信被执行人的图书馆", "图书馆", "图书馆", "公园") == ["图书馆", "图书馆"]


def test_a_word_in_the_title_counts_more_than_elsewhere() -> None:
    """Title before keywords before description, and the numbers are whole."""
    source = PlainSource([("", "", "空气质量"), ("", "空气质量", ""), ("空气质量", "", ""), ("公园", "", "")])
    outcome = [second_list(understood("空气质量"), source, {}, limit=limit, score_min=0) for limit in (1, 3)]
    words = (Because("words", "空气质量", "空气质量"),)
    first, second, third = Meant(2, 621, words), Meant(1, 414, words), Meant(0, 207, words)
    assert outcome == [(first,), (first, second, third)]


def test_what_scores_far_less_than_the_best_is_not_listed() -> None:
    """Of three, that in the title alone."""
    source = PlainSource([("", "", "空气质量"), ("空气质量", "", ""), ("公园", "", "")])
    assert [item.number for item in second_list(understood("空气质量"), source, {})] == [1]


def test_exact_hits_are_left_out_and_the_list_is_cut() -> None:
    """What stands in the first list is not repeated."""
    source = PlainSource(("空气质量", "", "") for _ in range(15))
    outcome = second_list(understood("空气质量"), source, {}, without=np.array([0, 2], np.int32), limit=3)
    assert [item.number for item in outcome] == [1, 3, 4]


def test_the_kind_that_was_asked_for_stands_first() -> None:
    """Of two that are equal otherwise, that with places answers 哪里; without an intent the static rank decides."""
    source = PlainSource([("图书馆", "", ""), ("图书馆", "", "")])
    ranked = {"places": np.array([False, True])}
    assert [item.number for item in second_list(understood("哪里有图书馆"), source, ranked)] == [1, 0]
    assert [item.number for item in second_list(understood("图书馆"), source, ranked)] == [0, 1]


def test_what_was_superseded_stands_last() -> None:
    """Another dataset took its place."""
    source = PlainSource([("图书馆", "", ""), ("图书馆", "", "")])
    outcome = second_list(understood("图书馆"), source, {SUPERSEDED: np.array([True, False])})
    assert [item.number for item in outcome] == [1, 0]


def test_an_empty_catalogue_and_an_empty_question_have_no_second_list() -> None:
    """Nothing fails where there is nothing."""
    assert listed("空气质量") == []
    assert listed("", "空气质量") == []


def by_values(text: str, *values: list[str]) -> list[tuple[int, tuple[Because, ...]]]:
    """Return what may be meant of datasets that have nothing but these values in their tables, and one without."""
    source = PlainSource([*(("", "", "") for _ in values), ("公园", "", "")])
    found = second_list(understood(text), source, {}, values=ValuesInMemory(values))
    return [(item.number, item.because) for item in found]


def test_a_value_in_a_table_is_a_reason_of_its_own() -> None:
    """The question names what stands in the rows alone."""
    assert by_values("鸡蛋最近贵不贵", ["大米"], ["鸡蛋", "大米"]) == [(1, (Because("value", "鸡蛋", "鸡蛋"),))]


def test_a_whole_value_counts_more_than_a_part_of_one() -> None:
    """The numbers are whole, and less than those of a description."""
    source = PlainSource([("", "", "鸡蛋"), *[("", "", "")] * 9])
    values = ValuesInMemory([[], ["鸡蛋"], ["鸡蛋糕"]])
    found = second_list(understood("鸡蛋"), source, {}, values=values, score_min=0)
    assert [(item.number, item.score, item.because[0].kind) for item in found] == [
        (0, 89, "words"),
        (1, 53, "value"),
        (2, 35, "value"),
    ]


def test_words_of_two_values_are_no_value() -> None:
    """What was typed side by side stands in one value or in none; it is told as one word."""
    assert by_values("出租车", ["出租房", "租车"]) == []
    assert by_values("出租车", ["出租车驾驶员"]) == [(0, (Because("value", "出租车", "出租车"),))]


def test_an_equal_word_must_be_the_whole_value() -> None:
    """公共汽车公司 is no answer to 巴士, and a wider word is none at all."""
    assert by_values("巴士", ["公共汽车公司"], ["公共汽车"]) == [(1, (Because("value", "巴士", "公共汽车"),))]
    assert by_values("老赖", ["法院执行"]) == []


def test_a_filler_in_the_title_decides_among_equals() -> None:
    """Who asks for a 名录 means the dataset that is called so."""
    assert listed("图书馆名录", "图书馆设备", "图书馆名录") == ["图书馆名录", "图书馆设备"]
