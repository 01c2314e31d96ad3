"""The contract of search engines: every engine gives the answers of the few lines of plain Python below."""

from __future__ import annotations

import itertools
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.model.errors import ReleaseError
from portal.publishing.search.engine import Hits, SearchEngine
from portal.publishing.search.engines.search_index import ENGINES, EngineKind, open_engine, write_index
from portal.publishing.search.query import SORTS, SearchQuery
from portal.publishing.search.search_documents import FACETS, SearchDocument
from portal.publishing.search.tokeniser import index_words, query_words


class PlainWords:
    """The least that an engine can be: words in a file of JSON, and those in the title count ten times."""

    def __init__(self, folder: Path) -> None:
        self._documents = json.loads((folder / "words.json").read_text(encoding="utf-8"))

    def scores(self, words: Sequence[str]) -> dict[int, float]:
        """Return the documents that hold all words."""
        return {
            number: float(sum(min(title.count(word), 1) * 10 + min(body.count(word), 2) for word in words))
            for number, (title, body) in enumerate(self._documents)
            if all(word in body for word in words)
        }

    def close(self) -> None:
        """Nothing is held open."""

    @staticmethod
    def write(documents: Iterable[SearchDocument], folder: Path) -> None:
        """Write the words of the documents."""
        words = [(index_words(item.title), index_words(item.body)) for item in documents]
        (folder / "words.json").write_text(json.dumps(words), encoding="utf-8")


PLAIN = EngineKind("plain", PlainWords.write, PlainWords)
"""A second engine, so that the contract is seen to hold for whatever finds words."""

KINDS = [*ENGINES, PLAIN]


@pytest.fixture(scope="module", params=KINDS, ids=lambda kind: kind.name)
def kind(request: pytest.FixtureRequest) -> EngineKind:
    """Each engine in turn."""
    kind: EngineKind = request.param
    return kind


@pytest.fixture(scope="module")
def engine(kind: EngineKind, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchEngine]:
    """The engine with the corpus."""
    folder = tmp_path_factory.mktemp("index")
    write_index(CORPUS, folder, kind)
    opened = open_engine(folder, KINDS)
    yield opened
    opened.close()


def facets(**values: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the facets of a document; those not named have no value."""
    return {name: values.get(name, ()) for name in FACETS}


def document(name: str, title: str, body: str = "", *, updated: str = "", **values: tuple[str, ...]) -> SearchDocument:
    """Return a document whose body holds its title, as that of a dataset does."""
    return SearchDocument(name, title, f"{title}\n{body}", facets(**values), updated, title)


def made_corpus() -> list[SearchDocument]:
    """Return sixty documents with words, facets and days drawn by a fixed dice, some without one or the other."""
    dice = random.Random(39)
    places = "市辖区 滨江区 高新区 Riverside".split()
    things = "空气质量 水质监测 公交线路 学校名录 医院 行政审批 schools hospitals budgets GB/T 2260".split()
    corpus = []
    for number in range(60):
        title = f"{dice.choice(places)}{dice.choice(things)}{number if number % 7 else ''}"
        day = f"20{dice.randint(20, 26)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}" if number % 9 else ""
        corpus.append(
            document(
                f"dataset-{number:02}",
                title,
                " ".join(dice.sample(things, dice.randint(1, 4))) + " 數據目錄",
                updated=day,
                publisher=(dice.choice(["transport", "education", "health"]),),
                theme=tuple(dice.sample(["traffic", "education", "environment", "living"], dice.randint(0, 3))),
                format=tuple(sorted(dice.sample(["CSV", "JSON", "XLSX", "PDF"], dice.randint(0, 4)))),
                license=(dice.choice(["CC-BY-4.0", "CC0-1.0"]),) if number % 5 else (),
                sharing=(dice.choice(["unconditional", "conditional"]),),
                year=(day[:4],) if day else (),
            )
        )
    return [replace(item, quality=(number * 7) % 40 * 10) for number, item in enumerate(corpus)]


CORPUS = made_corpus()

TEXTS = ["", "水质", "空气质量", "學校", "school", "学校 schools", "区", "滨江区公交线路", "2260", "没有这个词", "，。"]

FILTERS: list[dict[str, tuple[str, ...]]] = [
    {},
    {"publisher": ("transport",)},
    {"publisher": ("transport", "health")},
    {"theme": ("traffic", "living"), "format": ("CSV",)},
    {"format": ("CSV", "PDF"), "license": ("CC0-1.0",), "year": ("2024", "2025", "2026")},
    {"theme": ("nowhere",)},
    {"area": ("energy",)},
]

QUERIES = [SearchQuery(text, filters, per_page=100) for text in TEXTS for filters in FILTERS]


def has_words(item: SearchDocument, text: str) -> bool:
    """Tell whether a document holds all words; text that has none, such as a full stop, is held by no document."""
    words = query_words(text)
    return set(words) <= set(index_words(item.body)) if words else not text


def passes(item: SearchDocument, filters: Iterable[tuple[str, tuple[str, ...]]]) -> bool:
    """Tell whether a document has one of the values of each filter."""
    return all(set(item.facets[facet]) & set(values) for facet, values in filters)


def expected_matches(query: SearchQuery) -> list[SearchDocument]:
    """Return the documents that answer a query."""
    return [item for item in CORPUS if has_words(item, query.text) and passes(item, query.filters.items())]


def expected_facets(query: SearchQuery) -> dict[str, tuple[tuple[str, int], ...]]:
    """Count the values of every facet, under the filters on the other facets."""
    counted = {}
    for facet in FACETS:
        others = [(name, values) for name, values in query.filters.items() if name != facet]
        among = [item for item in CORPUS if has_words(item, query.text) and passes(item, others)]
        counts = Counter(value for item in among for value in item.facets[facet])
        counted[facet] = tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
    return counted


def newest_first(items: Iterable[SearchDocument]) -> list[str]:
    """Return names, the newest first, those without a day last, equals by name."""
    by_name = sorted(items, key=lambda item: item.name)
    return [item.name for item in sorted(by_name, key=lambda item: item.updated, reverse=True)]


def label(query: SearchQuery) -> str:
    """Return a short name of a query for the list of tests."""
    return f"{query.text or 'all'}-{'-'.join(query.filters) or 'unfiltered'}"


@pytest.mark.parametrize("query", QUERIES, ids=label)
def test_totals_names_and_counts_are_those_of_plain_counting(engine: SearchEngine, query: SearchQuery) -> None:
    """Every engine finds exactly the documents with all words and filters, and counts every facet alike."""
    hits = engine.search(query)
    matches = expected_matches(query)
    assert hits.total == len(matches)
    assert sorted(hits.names) == sorted(item.name for item in matches)
    assert dict(hits.facets) == expected_facets(query)


def test_the_corpus_is_worth_counting() -> None:
    """The queries tell engines apart: some find nothing, some a few, and all filters leave something."""
    sizes = {len(expected_matches(query)) for query in QUERIES}
    assert {0, 1, 60} <= sizes
    assert len(sizes) > 12


def test_a_second_value_of_a_facet_widens_the_result(engine: SearchEngine) -> None:
    """Values of one facet are alternatives, so the counts of the facet itself stay when one is chosen."""
    one = engine.search(SearchQuery(filters={"publisher": ("transport",)}))
    two = engine.search(SearchQuery(filters={"publisher": ("transport", "health")}))
    counts = dict(engine.search(SearchQuery()).facets["publisher"])
    assert dict(one.facets["publisher"]) == dict(two.facets["publisher"]) == counts
    assert (one.total, two.total) == (counts["transport"], counts["transport"] + counts["health"])


@pytest.mark.parametrize("text", ["", "区"])
@pytest.mark.parametrize("sort", ["updated", ""])
def test_the_newest_stand_first(engine: SearchEngine, text: str, sort: str) -> None:
    """By day the newest stand first, those without a day last, equals by name; so does a list without words."""
    query = SearchQuery(text, sort=sort or ("updated" if text else ""), per_page=100)
    assert list(engine.search(query).names) == newest_first(expected_matches(query))


@pytest.mark.parametrize("text", ["", "学校"])
def test_the_best_described_stand_first(engine: SearchEngine, text: str) -> None:
    """By points of the metadata the best stand first, equals with the newest first."""
    query = SearchQuery(text, sort="quality", per_page=100)
    points = {item.name: item.quality for item in CORPUS}
    in_order = sorted(newest_first(expected_matches(query)), key=lambda name: -points[name])
    assert len(set(points.values())) > 2
    assert list(engine.search(query).names) == in_order


@pytest.mark.parametrize("text", ["", "学校"])
def test_titles_are_sorted_without_regard_to_case(engine: SearchEngine, text: str) -> None:
    """By title the order is that of the titles in small letters, equals by name."""
    query = SearchQuery(text, sort="title", per_page=100)
    in_order = sorted(expected_matches(query), key=lambda item: (item.sort_title.casefold(), item.name))
    assert list(engine.search(query).names) == [item.name for item in in_order]


@pytest.mark.parametrize(("text", "sort"), itertools.product(["", "质量", "school"], SORTS))
@pytest.mark.parametrize("per_page", [1, 7, 100])
def test_pages_partition_the_result(engine: SearchEngine, text: str, sort: str, per_page: int) -> None:
    """The pages one after another hold the whole result in its order; totals and counts are the same on each."""
    whole = engine.search(SearchQuery(text, sort=sort, per_page=1000))
    starts = range(0, whole.total + per_page, per_page)
    pages = [engine.search(SearchQuery(text, sort=sort, start=start, per_page=per_page)) for start in starts]
    assert tuple(name for page in pages for name in page.names) == whole.names
    assert all(len(page.names) <= per_page for page in pages)
    assert {page.total for page in pages} == {whole.total}
    assert all(page.facets == whole.facets for page in pages)


def test_a_page_of_no_entries_still_counts(engine: SearchEngine) -> None:
    """Who asks for no entries learns how many there are."""
    hits = engine.search(SearchQuery("质量", per_page=0))
    assert (hits.names, hits.total) == ((), len(expected_matches(SearchQuery("质量"))))


def test_an_empty_index_answers(kind: EngineKind, tmp_path: Path) -> None:
    """An index of nothing finds nothing, and has every facet without values."""
    write_index([], tmp_path / "empty", kind)
    opened = open_engine(tmp_path / "empty", KINDS)
    try:
        for text in ("", "水"):
            assert opened.search(SearchQuery(text)) == Hits(0, (), dict.fromkeys(FACETS, ()))
    finally:
        opened.close()


def ranking(kind: EngineKind, folder: Path, corpus: Iterable[SearchDocument], text: str) -> tuple[str, ...]:
    """Return the names for a text by relevance in an index of its own."""
    write_index(corpus, folder, kind)
    opened = open_engine(folder, KINDS)
    try:
        return opened.search(SearchQuery(text, per_page=100)).names
    finally:
        opened.close()


@pytest.mark.parametrize("text", ["水质", "water quality"])
def test_a_match_in_the_title_stands_before_one_in_the_body(kind: EngineKind, tmp_path: Path, text: str) -> None:
    """Who has the words in the title comes first, even where another text names them more often and is newer."""
    other = "Notes on 其他 things"
    corpus = [
        document("body", other, f"{text} {text} {text} and more words", updated="2026-01-01"),
        document("title", f"{text} 2025", "and several more words of no matter", updated="2020-01-01"),
        document("neither", other, "words", updated="2026-01-01"),
    ]
    assert ranking(kind, tmp_path / "index", corpus, text) == ("title", "body")


def test_equally_good_matches_stand_newest_first(kind: EngineKind, tmp_path: Path) -> None:
    """Among documents that match alike the newest stands first, then the order of names decides."""
    days = {"a": "2024-05-01", "b": "2026-05-01", "c": "2026-05-01", "d": ""}
    corpus = [document(name, "水质", updated=day) for name, day in days.items()]
    assert ranking(kind, tmp_path / "index", corpus, "水质") == ("b", "c", "a", "d")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(CORPUS[:25]))
def test_ranking_ignores_the_order_of_input(
    kind: EngineKind, tmp_path_factory: pytest.TempPathFactory, order: list[SearchDocument]
) -> None:
    """Documents are ranked by what they are, not by when they were indexed."""
    folder = tmp_path_factory.mktemp("order")
    in_order = ranking(kind, folder / "first", CORPUS[:25], "区 质量")
    assert in_order
    assert ranking(kind, folder / "second", order, "区 质量") == in_order


def test_the_index_itself_says_which_engine_opens_it(tmp_path: Path) -> None:
    """A release stays readable when another engine has become the usual one."""
    write_index([document("a", "水质")], tmp_path / "old", PLAIN)
    write_index([document("b", "水质")], tmp_path / "new")
    opened = [open_engine(tmp_path / folder, KINDS) for folder in ("old", "new")]
    try:
        assert [engine.search(SearchQuery("水质")).names for engine in opened] == [("a",), ("b",)]
    finally:
        for engine in opened:
            engine.close()


def test_where_no_engine_wrote_there_is_nothing_to_open(tmp_path: Path) -> None:
    """A folder without an index, or with that of an engine that is not there, is refused in one sentence."""
    write_index([document("a", "水质")], tmp_path, PLAIN)
    with pytest.raises(ReleaseError) as caught:
        open_engine(tmp_path)
    assert caught.value.message.en == f"{tmp_path} holds no index that can be searched. Run portal build first."
