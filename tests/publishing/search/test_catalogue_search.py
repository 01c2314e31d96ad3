"""The search of a release in one place: exact hits, what may be meant beside them, the honest empty answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made_published import WHOLE
from search_terms import LEXICON

from portal.model.portal import Directory, Portal
from portal.model.text import LocalText
from portal.publishing.publication import PublishedDataset
from portal.publishing.search.catalogue_search import CatalogueSearch, open_search
from portal.publishing.search.engines.search_index import ENGINES, open_engine, write_index
from portal.publishing.search.found import Because, Broader, MeantDataset
from portal.publishing.search.meaning.empty_answers import understood_words
from portal.publishing.search.meaning.meaning_step import write_meaning
from portal.publishing.search.query import SearchQuery
from portal.publishing.search.search_documents import SearchDocuments, by_standing
from portal.publishing.search.terms.terms_file import FILE_NAME


def named(name: str, title: str, **changes: Any) -> PublishedDataset:
    """Return a dataset by its name and title."""
    bare = replace(WHOLE, name=name, title=LocalText(title), keywords=(), description=LocalText())
    return PublishedDataset(replace(bare, **changes))


DATASETS = [
    named("air", "空气质量"),
    named("debtors", "失信被执行人名单"),
    named("debtors-old", "失信被执行人名单", superseded_by="debtors"),
    named("libraries", "图书馆分布"),
    named("loans", "图书馆外借册次"),
]


VALUES = {"loans": ("少儿读物", "哲学"), "libraries": ("少儿馆",)}
"""Values in their tables."""


@pytest.fixture(scope="module", params=ENGINES, ids=lambda kind: kind.name)
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index over the datasets, by each engine."""
    if request.param.name == "tantivy":
        pytest.importorskip("tantivy")
    place = tmp_path_factory.mktemp("search")
    ordered = by_standing(DATASETS)
    write_index(SearchDocuments(ordered), place, request.param)
    with closing(open_engine(place)) as engine:
        write_meaning(place / FILE_NAME, ordered, Directory(Portal()), LEXICON.groups, engine.source, VALUES)
    return place


@pytest.fixture
def search(folder: Path) -> Iterator[CatalogueSearch]:
    """The search over the datasets."""
    with closing(open_search(folder)) as opened:
        yield opened


def also(search: CatalogueSearch, text: str, **filters: tuple[str, ...]) -> list[str]:
    """Return the names in the second list."""
    return [item.name for item in search.search(SearchQuery(text=text, filters=filters)).also]


def test_a_citizens_word_is_answered_in_the_second_list_and_not_counted(search: CatalogueSearch) -> None:
    """The total stays that of the exact hits; what another dataset took the place of stands last."""
    found = search.search(SearchQuery(text="老赖名单"))
    because = (Because("synonym", "老赖", "失信被执行人"),)
    assert (found.hits.total, found.hits.names) == (0, ())
    assert found.also == (MeantDataset("debtors", because), MeantDataset("debtors-old", because))


def test_exact_hits_are_not_repeated(search: CatalogueSearch) -> None:
    """Neither with their filters."""
    assert search.search(SearchQuery(text="图书馆")).hits.total == 2
    assert also(search, "图书馆") == []


def test_a_value_in_a_table_is_no_exact_hit(search: CatalogueSearch) -> None:
    """It is found in the second list alone, and neither total nor facets know of it."""
    found = search.search(SearchQuery(text="少儿读物多不多"))
    assert (found.hits.total, found.hits.facets["publisher"]) == (0, ())
    assert found.also == (MeantDataset("loans", (Because("value", "少儿读物", "少儿读物"),)),)
    assert search.search(SearchQuery(text="哲学", filters={"publisher": ("nobody",)})).also == ()


def test_the_second_list_keeps_to_the_filters(search: CatalogueSearch) -> None:
    """What does not pass them is not meant."""
    assert also(search, "老赖", publisher=("transport",)) == ["debtors", "debtors-old"]
    assert also(search, "老赖", publisher=("nobody",)) == []


def test_the_kind_of_data_asked_for_stands_first(search: CatalogueSearch) -> None:
    """A title of places answers 哪里."""
    assert also(search, "我家附近哪里有图书馆啊") == ["libraries", "loans"]


def test_an_empty_answer_names_the_nearest_broader_query(search: CatalogueSearch) -> None:
    """With the fewest things left out, and how much it finds."""
    assert search.search(SearchQuery(text="图书馆 火星")).broader == Broader("图书馆", ("火星",), 2)
    assert search.search(SearchQuery(text="请问图书馆")).broader == Broader("图书馆", (), 2)
    assert search.search(SearchQuery(text="火星")).broader is None
    assert search.search(SearchQuery(text="图书馆")).broader is None


def test_the_broader_query_finds_what_it_says(search: CatalogueSearch) -> None:
    """What was typed in pinyin is asked for by what it means: nothing has the letters themselves."""
    broader = search.search(SearchQuery(text="kongqizhiliang 火星")).broader
    assert broader == Broader("空气质量", ("火星",), 1)
    assert search.exact(SearchQuery(text=broader.text)).total == 1
    assert search.search(SearchQuery(text="kongqizhiliang")).broader == Broader("空气质量", (), 1)


def test_things_beyond_those_that_are_tried_are_told_as_left_out(search: CatalogueSearch) -> None:
    """A long question leaves out what stands behind, and the first things may all stay."""
    broader = search.search(SearchQuery(text="图书馆 外借册次 mars 1 2 3 4 5 6")).broader
    assert broader == Broader("图书馆 外借册次", ("mar", "1", "2", "3", "4", "5", "6"), 1)


def test_operators_are_no_words(search: CatalogueSearch) -> None:
    """Only what is wanted is understood."""
    found = search.search(SearchQuery(text="图书馆 -外借 publisher:transport"))
    assert understood_words(found.understood.things) == ["图书馆"]


@pytest.mark.parametrize("asked", ["open:open", "开放:无条件", "开放:无条件开放", "open:Open"])
def test_openness_is_asked_for_by_its_title_as_other_facets_are(search: CatalogueSearch, asked: str) -> None:
    """By id, by title, or by a part of the title."""
    assert search.search(SearchQuery(text=asked)).hits.total == 5


def test_an_empty_search_means_nothing_more(search: CatalogueSearch) -> None:
    """All datasets are its exact hits."""
    found = search.search(SearchQuery())
    assert (found.hits.total, found.also, found.understood.things) == (5, (), ())


@pytest.mark.parametrize(
    "text",
    [
        "水",
        "a",
        "图" * 10_000,
        "图书馆" * 60,
        "kongqizhiliang" * 20,
        'OR AND NOT - " (',
        '"图书馆',
        "*" * 100,
        "\x00\x1b图书\u202e馆",
        "📚🚌",
        "的的的的的",
        "\ud800",
        "x" * 200,
        "1" * 200,
        "ａｂｃ①②",
    ],
)
def test_odd_input_is_answered(search: CatalogueSearch, text: str) -> None:
    """An answer each time; what is typed is never an error here."""
    found = search.search(SearchQuery(text=text))
    assert found.hits.total >= len(found.hits.names)
    assert len(search.suggest(text)) <= 10


def test_without_its_terms_the_exact_hits_are_answered_all_the_same(folder: Path, tmp_path: Path) -> None:
    """A release of an earlier version has none, and a damaged file takes nothing away."""
    (index,) = (path for path in folder.iterdir() if path.is_dir())
    (tmp_path / index.name).symlink_to(index)
    for content in (None, b"damaged"):
        if content:
            (tmp_path / FILE_NAME).write_bytes(content)
        with closing(open_search(tmp_path)) as opened:
            found = opened.search(SearchQuery(text="图书馆"))
            assert (found.hits.total, found.also, opened.suggest("图")) == (2, (), ())
