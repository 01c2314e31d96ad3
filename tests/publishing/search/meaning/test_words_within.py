"""Groups that find nothing in a catalogue are led to wider ones by the words within theirs."""

from __future__ import annotations

from portal.publishing.search.lexicon.citizens_words import Group
from portal.publishing.search.meaning.plain_source import PlainSource
from portal.publishing.search.meaning.words_within import with_words_within
from portal.publishing.search.terms.catalogue_terms import CountedWords


def test_a_group_that_finds_nothing_is_led_to_the_words_within_its_own() -> None:
    """失信 stands in 失信被执行人; 企业 says too little to lead anywhere, and a group that finds something is left."""
    debtors = Group(("失信被执行人",), same=("失信企业",), broader=("法院",))
    credit, firms = Group(("严重失信",), same=("失信",)), Group(("企业",))
    counted = CountedWords(PlainSource([("严重失信名单", "", ""), ("企业", "", "")]))
    assert with_words_within([debtors, credit, firms], counted) == (
        Group(("失信被执行人",), same=("失信企业",), broader=("法院", "失信")),
        credit,
        firms,
    )


def test_a_word_that_very_many_datasets_have_leads_nowhere() -> None:
    """More than one in ten."""
    groups = (Group(("火车票",)), Group(("火车",)))
    counted = CountedWords(PlainSource(("火车", "", "") for _ in range(20)))
    assert with_words_within(groups, counted) == groups


def test_no_word_is_cut_out_behind_a_single_character() -> None:
    """线网 is no word of 无线网络, nor 用电 of 公用电话."""
    groups = (Group(("无线网络",)), Group(("公用电话",)), Group(("线网",)), Group(("用电",)))
    counted = CountedWords(PlainSource([("公交线网", "", ""), ("居民用电", "", "")]))
    assert with_words_within(groups, counted) == groups
