"""terms.sqlite: what is looked up in it is what was gathered, suggestions come from it, and a damaged one is told."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from made_published import WHOLE
from search_terms import LEXICON, TermsInMemory

from portal.model.catalog import Dataset
from portal.model.errors import ReleaseError
from portal.model.text import LocalText
from portal.publishing.search.found import Because, Suggestion
from portal.publishing.search.lexicon.citizens_words import Group
from portal.publishing.search.meaning.lexicon_check import texts_of
from portal.publishing.search.meaning.plain_source import PlainSource
from portal.publishing.search.meaning.question_words import INTENTS
from portal.publishing.search.meaning.second_list import SUPERSEDED
from portal.publishing.search.terms.catalogue_terms import CountedWords, terms_of_catalogue, terms_of_values
from portal.publishing.search.terms.suggestions import suggest
from portal.publishing.search.terms.term_keys import Term, keys_of
from portal.publishing.search.terms.terms_file import TermsFile, write_terms
from portal.publishing.search.terms.value_words import places_by_word


def named(name: str, zh: str, en: str = "", *keywords: str) -> Dataset:
    """Return a dataset by its title and keywords."""
    words = tuple(LocalText(word) for word in keywords)
    return replace(WHOLE, name=name, title=LocalText(zh, en), keywords=words)


DATASETS = (
    named("air", "示范市空气质量监测数据", "Air quality", "空气质量"),
    named("debtors", "失信被执行人名单", "", "失信"),
    named("bus", "公共汽车线路", "Bus lines", "公交"),
)
COUNTED = CountedWords(PlainSource(map(texts_of, DATASETS)))
GATHERED = terms_of_catalogue(DATASETS, LEXICON.groups, COUNTED)


VALUES = (("鸡蛋", "大米粥"), (), ("鸡蛋", "公交", "16路"))


def written(path: Path) -> TermsFile:
    """Write the terms of the datasets and open them."""
    kinds = {kind: np.array([kind == "places", False, True]) for kind in (*INTENTS, SUPERSEDED)}
    terms = [*GATHERED, *terms_of_values(VALUES, GATHERED)]
    write_terms(path, terms, LEXICON.groups, kinds, places_by_word(VALUES))
    return TermsFile(path)


def test_terms_come_from_titles_keywords_publishers_and_the_lexicon() -> None:
    """Each with its kind and in how many datasets it stands; words of the lexicon that find nothing are left out."""
    by_key = {term.key: term for term in GATHERED}
    wanted = ("空气质量", "失信被执行人", "老赖", "交通局", "示范市空气质量监测", "quality")
    assert [by_key[key] for key in wanted] == [
        Term("空气质量", "空气质量", "keyword", 1),
        Term("失信被执行人", "失信被执行人", "word", 1),
        Term("老赖", "老赖", "plain", 1),
        Term("交通局", "交通局", "publisher", 3),
        Term("示范市空气质量监测", "示范市空气质量监测", "part", 1),
        Term("quality", "quality", "english", 1),
    ]
    assert "法院执行" not in by_key


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("begin", "空气"),
        ("end", "质量"),
        ("around", "公车"),
        ("sound", "lao lai"),
        ("pinyin", "kongqizhiliang"),
        ("initials", "kqzl"),
        ("begin", "没有"),
    ],
)
def test_the_file_gives_the_terms_that_memory_gives(kind: str, key: str, tmp_path: Path) -> None:
    """The same terms in the same order, by every kind of key."""
    terms = written(tmp_path / "terms.sqlite")
    assert list(terms.look_up(kind, key)) == list(TermsInMemory(GATHERED).look_up(kind, key))
    terms.close()


def test_lexicon_readings_and_kinds_are_read_back(tmp_path: Path) -> None:
    """All that a search needs stands in the one file."""
    terms = written(tmp_path / "terms.sqlite")
    assert list(terms.lexicon.groups) == list(LEXICON.groups)
    assert {key: tuple(numbers) for key, numbers in terms.lexicon.by_key.items()} == LEXICON.by_key
    assert [group.words for group in terms.lexicon.wider_of("老赖")] == [("法院执行",)]
    assert terms.readings.of("空气") == ["kong", "qi"]
    assert terms.kinds["places"].tolist() == [True, False, True]
    terms.close()


def test_a_file_is_let_go_of_with_its_last_user(tmp_path: Path) -> None:
    """The connections of all threads that asked are closed; nobody needs to say so when a release was left."""
    terms = written(tmp_path / "terms.sqlite")
    with ThreadPoolExecutor(3) as pool:
        assert len(pool.submit(terms.look_up, "begin", "空气").result()) == 1
    opened = list(terms._opened)
    del terms
    assert len(opened) == 2
    for connection in opened:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")


def test_values_are_read_back_and_are_no_suggestions(tmp_path: Path) -> None:
    """Each word with its places; as terms stand the short Chinese ones that are none yet, by their beginning alone."""
    terms = written(tmp_path / "terms.sqlite")
    assert {word: places.tolist() for word, places in terms.values()} == {
        word: places.tolist() for word, places in places_by_word(VALUES).items()
    }
    assert [terms.places(word).tolist() for word in ("鸡蛋", "没有")] == [[1, 16385], []]
    assert list(terms.look_up("value", "鸡蛋")) == [Term("鸡蛋", "鸡蛋", "value", 2)]
    assert [list(terms.look_up(kind, key)) for kind, key in (("value", "公交"), ("value", "16"), ("end", "鸡蛋"))] == [
        [],
        [],
        [],
    ]
    assert suggest("鸡蛋", terms.lexicon, terms) == ()
    terms.close()


def test_a_file_of_an_earlier_version_is_told(tmp_path: Path) -> None:
    """One without values is none that can be used; the next build makes it anew."""
    written(tmp_path / "terms.sqlite").close()
    with closing(sqlite3.connect(tmp_path / "terms.sqlite")) as database, database:
        database.execute("DROP TABLE value")
    with pytest.raises(ReleaseError, match="Run portal build again"):
        TermsFile(tmp_path / "terms.sqlite")


def test_equal_terms_give_equal_files(tmp_path: Path) -> None:
    """Byte for byte."""
    for name in ("a", "b"):
        written(tmp_path / name).close()
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"x" * 5000])
def test_a_damaged_file_is_told(content: bytes, tmp_path: Path) -> None:
    """One sentence, not a traceback."""
    (tmp_path / "terms.sqlite").write_bytes(content)
    with pytest.raises(ReleaseError, match=r"terms\.sqlite is no file of terms"):
        TermsFile(tmp_path / "terms.sqlite")


def test_one_character_is_completed_by_what_has_it(tmp_path: Path) -> None:
    """First what begins so, then what plain words mean that begin so; what lacks the character is passed over."""
    groups = [Group(("自来水",), plain=("水不干净",)), Group(("游乐场",), plain=("水上乐园",))]
    datasets = [named(title, title) for title in ("自来水", "游乐场", "水库")]
    gathered = terms_of_catalogue(datasets, groups, CountedWords(PlainSource(map(texts_of, datasets))))
    kinds = {kind: np.zeros(3, bool) for kind in (*INTENTS, SUPERSEDED)}
    write_terms(tmp_path / "terms.sqlite", gathered, groups, kinds)
    with closing(TermsFile(tmp_path / "terms.sqlite")) as terms:
        assert list(suggest("水", terms.lexicon, terms)) == [
            Suggestion("水库", "title"),
            Suggestion("自来水", "word", Because("synonym", "水不干净", "自来水")),
        ]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("空气", [Suggestion("空气质量", "word")]),
        ("老赖", [Suggestion("失信被执行人", "word", Because("synonym", "老赖", "失信被执行人"))]),
        ("老", []),
        ("kqz", [Suggestion("空气质量", "word", Because("pinyin", "kqz", "空气质量"))]),
        ("jiaotong", [Suggestion("交通局", "publisher", Because("pinyin", "jiaotong", "交通局"))]),
        ("Bus l", [Suggestion("Bus lines", "title")]),
        ("  ", []),
        ("没有这个", []),
    ],
)
def test_suggestions_complete_what_is_typed(typed: str, expected: list[Suggestion], tmp_path: Path) -> None:
    """Titles, publishers and words; official words for plain ones; pinyin and initials, with the reason."""
    terms = written(tmp_path / "terms.sqlite")
    assert list(suggest(typed, terms.lexicon, terms)) == expected
    terms.close()


def test_a_citizens_word_of_three_characters_is_found_whole_alone() -> None:
    """By its sound and its letters, but not by two of its characters: 手机壳 is no slip for 手机厂."""
    kinds = {kind for kind, _ in keys_of(Term("手机厂", "手机厂", "plain"))}
    assert kinds == {"sound", "pinyin", "initials"}
    assert {"begin", "end", "around"} <= {kind for kind, _ in keys_of(Term("手机厂", "手机厂", "keyword"))}
