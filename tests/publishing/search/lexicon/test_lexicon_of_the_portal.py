"""The lexicon that comes with the portal: how wide it is, and what words of each kind lead to."""

from __future__ import annotations

import pytest

from portal.publishing.search.lexicon.citizens_words import Lexicon, lexicon_of
from portal.publishing.search.lexicon.lexicon_reading import LEXICON_FOLDER, read_lexicon
from portal.publishing.search.lexicon.units import folded_key, is_chinese

GROUPS = read_lexicon(None).groups
LEXICON: Lexicon = lexicon_of(GROUPS)
GROUPS_MIN = 1_200
FILE_LINES_MAX = 120


def officials(typed: str) -> set[str]:
    """Return the first official words of the groups that a word leads to."""
    return {group.words[0] for group in LEXICON.groups_of(folded_key(typed))}


def widers(typed: str) -> set[str]:
    """Return the first official words of the groups wider than a word."""
    return {group.words[0] for group in LEXICON.wider_of(folded_key(typed))}


@pytest.mark.parametrize(
    ("typed", "official"),
    [
        ("欠薪", "拖欠工资"),
        ("工商局", "市场监督管理局"),
        ("地税", "税务部门"),
        ("12348", "法律咨询"),
        ("七普", "人口普查"),
        ("街市", "农贸市场"),
        ("走山", "地质灾害"),
        ("仓买", "超市"),
        ("汏浴", "洗浴"),
        ("dog license", "养犬"),
        ("Dog Licences", "养犬"),
        ("burglary", "治安"),
    ],
)
def test_a_word_leads_to_the_official_one(typed: str, official: str) -> None:
    """Abbreviations, former names, codes, four dialects, both spellings of English."""
    assert official in officials(typed)


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("民办小学", "小学"),
        ("眼科", "专科医院"),
        ("烟草专卖许可", "行政许可"),
        ("工业用地", "建设用地"),
        ("货车", "机动车"),
    ],
)
def test_kinds_stand_under_wider_words(narrow: str, wide: str) -> None:
    """Schools, clinics, licences, land and vehicles are told apart, and found by what they are kinds of."""
    assert wide in widers(narrow)


def test_it_is_wide_and_every_group_is_found_in_english() -> None:
    """Pages in English search titles in Chinese, and the other way round."""
    assert len(GROUPS) >= GROUPS_MIN
    assert [group.words[0] for group in GROUPS if not group.english] == []


def test_english_words_hold_no_chinese() -> None:
    """A word in the wrong list would be told as a translation."""
    wrong = [word for group in GROUPS for word in group.english if any(map(is_chinese, word))]
    assert wrong == []


def test_departments_stand_side_by_side() -> None:
    """Each has the departments or the bodies of government above it, and nothing else."""
    departments = [group for group in GROUPS if group.file == "departments.yaml"]
    assert {word for group in departments for word in group.broader} == {"政府部门", "政府机构"}


def test_its_files_can_be_read_by_people() -> None:
    """Each begins by saying what it is about, and is short."""
    for path in LEXICON_FOLDER.glob("*.yaml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith("# Citizens' words about "), path.name
        assert len(lines) <= FILE_LINES_MAX, path.name
