"""What is understood of a question: fillers go, known words stay whole, slips are mended, intents are told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from search_terms import LEXICON, TermsInMemory, meant, term_of, things, understood

from portal.publishing.search.found import Alternative, Because, Thing, Understood
from portal.publishing.search.lexicon.wordings import ALTERNATIVES_MAX
from portal.publishing.search.meaning.question_words import INTENTS
from portal.publishing.search.meaning.understood_query import understand
from portal.publishing.search.terms.term_keys import Term


def test_values_in_tables_cut_unknown_characters_and_no_known_words() -> None:
    """注册会计师 is one thing; 公交 stays one though a value begins in it."""
    terms = TermsInMemory([term_of("公交", "keyword"), *map(value_of, ("注册会计师", "交大"))])
    asked = understand("注册会计师坐公交大巴", LEXICON, terms).things
    assert [thing.typed for thing in asked] == ["注册会计师", "公交", "大巴"]


def value_of(text: str) -> Term:
    """Return the term of a value."""
    return term_of(text, "value")


def test_a_question_becomes_its_thing_with_the_official_words() -> None:
    """The whole value: the typed word first, then what the lexicon knows."""
    typed, official = ("老赖",), ("失信", "信被", "被执", "执行", "行人")
    assert understood("请问老赖的名单哪里有？") == Understood(
        things=(
            Thing(
                "老赖",
                (
                    Alternative(typed, 100),
                    Alternative(official, 90, Because("synonym", "老赖", "失信被执行人")),
                    Alternative(
                        ("dishonest", "judgment", "debtor"),
                        90,
                        Because("translation", "老赖", "dishonest judgment debtor"),
                    ),
                    Alternative(("法院", "院执", "执行"), 50, Because("broader", "老赖", "法院执行")),
                ),
                worth=150,
            ),
        ),
        dropped=("请问", "的", "名单", "哪里有"),
        intents=("places", "lists"),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我家附近哪里有图书馆", ["图书馆"]),
        ("边度有公交", ["公交"]),
        ("where can i find air quality data", ["air quality"]),
        ("空气质量怎么样", ["空气质量"]),
        ("火星 门票", ["火星", "门票"]),
        ("火星门票", ["火星", "星门", "门票"]),
        ("我想检查", ["检查"]),
        ("水", ["水"]),
        ("统计数据", ["统计数据"]),
        ("景区 景区", ["景区"]),
        ("", []),
        ("！？\u202e*", []),
    ],
)
def test_things_are_what_is_left_of_a_question(text: str, expected: list[str]) -> None:
    """Fillers go, also those of dialects; unknown characters stand in pairs; vague words stay if nothing else does."""
    assert things(text) == expected


def test_an_official_word_does_not_lead_back_to_a_plain_one() -> None:
    """Who asks for 失信被执行人 does not ask for 老赖."""
    assert meant("失信被执行人") == [("translation", "dishonest judgment debtor"), ("broader", "法院执行")]


def test_a_wider_word_leads_to_narrower_ones() -> None:
    """The other way round of broader."""
    assert meant("法院执行")[0] == ("narrower", "失信被执行人")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("空器质量", ("homophone", "空气质量")),
        ("空地质量", ("typo", "空气质量")),
        ("空质量", ("typo", "空气质量")),
        ("空气气质量", ("typo", "空气质量")),
        ("空质气量", ("typo", "空气质量")),
        ("图输馆", ("homophone", "图书馆")),
        ("公教", ("homophone", "公交")),
        ("老癞", ("homophone", "失信被执行人")),
        ("kongqizhiliang", ("pinyin", "空气质量")),
        ("kong qi zhi liang shu ju", ("pinyin", "空气质量")),
        ("kqzl", ("pinyin", "空气质量")),
        ("qualty", ("typo", "quality")),
        ("失心被执行人名单", ("homophone", "失信被执行人")),
    ],
)
def test_slips_are_mended(text: str, expected: tuple[str, str]) -> None:
    """A character replaced, missing, too many or swapped; equal sounds; pinyin and initials; English words."""
    assert expected in meant(text)


@pytest.mark.parametrize("text", ["我爱公教人", "坐公教去", "图书包店面"])
def test_the_shortest_slips_are_not_cut_out_of_other_unknown_characters(text: str) -> None:
    """Any row of characters has two that sound like a word, or three that are one character away from one."""
    assert meant(text) == []


def test_a_word_of_two_characters_is_meant_only_by_its_very_sound() -> None:
    """静去 is read as 景区; 进去 sounds so only to those who do not tell -in from -ing, and means to go in."""
    assert meant("静去") == [("homophone", "景区")]
    assert meant("进去") == []


def test_a_known_word_is_no_slip() -> None:
    """公交 sounds like nothing else while it is known itself."""
    assert [kind for kind, _ in meant("公交")] == ["synonym", "translation"]


@pytest.mark.parametrize(
    "text",
    [
        "张三的身份证号",
        "我的社保余额怎么查",
        "查询欧阳锋的房产",
        "my bank account",
        "公积金余额查询",
        "我的快递到哪里了",
        "李娜的工资",
        "王小明病历",
        "张大江的身份证号",
        "帮我查一下我老公的存款",
        "John's salary",
    ],
)
def test_questions_for_one_persons_record_are_told(text: str) -> None:
    """By the rule of owner and record."""
    assert understood(text).is_personal


@pytest.mark.parametrize(
    "text",
    [
        "社保缴费基数",
        "我家附近的房产中介",
        "公积金余额统计",
        "公交的电话号码",
        "身份证办理",
        "低保对象收入",
        "外来务工人员孩子学籍",
        "吉他成绩",
        "许昌收入",
        "苏州的房产",
        "张家港养老金",
        "徐州手机号",
        "The bus's income",
    ],
)
def test_questions_for_things_of_many_are_not_personal(text: str) -> None:
    """No owner, one of many, a town that is called like a person, or no record at the end."""
    assert not understood(text).is_personal


@given(st.text(max_size=300))
def test_whatever_is_typed_is_understood_within_limits(text: str) -> None:
    """No text fails; every wording has words, and the typed ones come first."""
    outcome = understood(text)
    assert set(outcome.intents) <= set(INTENTS)
    for thing in outcome.things:
        percents = [item.percent for item in thing.alternatives]
        assert percents == sorted(percents, reverse=True)
        assert len(percents) <= ALTERNATIVES_MAX
        assert all(item.words for item in thing.alternatives)
