"""The contract of search engines: every engine gives the answers of the few lines of plain Python below."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.model.errors import ReleaseError
from portal.model.text import LocalText
from portal.publishing.search.engine import Hits, SearchEngine
from portal.publishing.search.engines.query_tree import And, Field, Node, Not, Or, Phrase, Word, parse_query
from portal.publishing.search.engines.search_index import ENGINES, EngineKind, open_engine, write_index
from portal.publishing.search.query import SORTS, SearchQuery
from portal.publishing.search.search_documents import FACETS, SearchDocument, standing
from portal.publishing.search.tokeniser import fold, index_words, spelled


@pytest.fixture(scope="module", params=ENGINES, ids=lambda kind: kind.name)
def kind(request: pytest.FixtureRequest) -> EngineKind:
    """Each engine in turn."""
    kind: EngineKind = request.param
    return kind


@pytest.fixture(scope="module")
def engine(kind: EngineKind, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchEngine]:
    """The engine with the corpus."""
    folder = tmp_path_factory.mktemp("index")
    write_index(sorted(CORPUS, key=standing), folder, kind)
    opened = open_engine(folder)
    yield opened
    opened.close()


def facets(**values: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the facets of a document; those not named have no value."""
    return {name: values.get(name, ()) for name in FACETS}


PUBLISHERS = {"transport": "市交通局", "education": "教育局", "health": "卫生健康委"}


def document(name: str, title: str, body: str = "", *, updated: str = "", **values: tuple[str, ...]) -> SearchDocument:
    """Return a document with the facets that are named."""
    labels = {"publisher": {id_: LocalText(PUBLISHERS[id_]) for id_ in values.get("publisher", ())}}
    return SearchDocument(name, title, body, facets(**values), updated, title, labels=labels)


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
WORDS = {item.name: set(index_words(item.whole)) for item in CORPUS}

TEXTS = ["", "水质", "空气质量", "學校", "school", "学校 schools", "区", "滨江区公交线路", "2260", "没有这个词", "，。"]
TEXTS += [
    "区 -学校",
    "-区",
    "学校 OR 医院",
    "学校 或 schools 区",
    '"空气质量 水质"',
    "“公交线路”",
    "「水质监测」 -“空气”",
]
TEXTS += ["publisher:交通 水质", "部门:health", "format:csv -year:2024", "theme:traffic OR theme:living", "theme:无"]
TEXTS += ['"GB/T 2260"', "NOT 区 NOT school", "-", "OR", "::", '"水质', "水*", "http://a.b"]

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


def answers(item: SearchDocument, node: Node) -> bool:
    """Tell whether a document answers a query tree, by its definition and one document at a time."""
    match node:
        case Word():
            return set(node.words) <= WORDS[item.name]
        case Phrase():
            return any(node.spelled in line for line in spelled(item.whole).splitlines())
        case Field():
            return any(node.text in (value, *titles(item, node, value)) for value in item.facets[node.facet])
        case Not():
            return not answers(item, node.node)
        case And():
            return all(answers(item, child) for child in node.nodes)
        case Or():
            return any(answers(item, child) for child in node.nodes)


def titles(item: SearchDocument, node: Field, value: str) -> list[str]:
    """Return the titles of a value, and with it also their parts, as far as they are asked for here."""
    title = fold(PUBLISHERS.get(value, "")) if node.facet == "publisher" else ""
    return [node.text] if node.text in title or node.text == fold(value) else []


def has_words(item: SearchDocument, text: str) -> bool:
    """Tell whether a document answers the text of a query."""
    return answers(item, parse_query(text))


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
    opened = open_engine(tmp_path / "empty")
    try:
        for text in ("", "水"):
            assert opened.search(SearchQuery(text)) == Hits(0, (), dict.fromkeys(FACETS, ()))
    finally:
        opened.close()


def ranking(kind: EngineKind, folder: Path, corpus: Iterable[SearchDocument], text: str) -> tuple[str, ...]:
    """Return the names for a text by relevance in an index of its own."""
    write_index(sorted(corpus, key=standing), folder, kind)
    opened = open_engine(folder)
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
    other = EngineKind("other", ENGINES[0].write, ENGINES[0].open)
    write_index([document("a", "水质")], tmp_path / "old", other)
    write_index([document("b", "水质")], tmp_path / "new")
    opened = [open_engine(tmp_path / folder, [*ENGINES, other]) for folder in ("old", "new")]
    try:
        assert [engine.search(SearchQuery("水质")).names for engine in opened] == [("a",), ("b",)]
    finally:
        for engine in opened:
            engine.close()


def test_where_no_engine_wrote_there_is_nothing_to_open(tmp_path: Path) -> None:
    """A folder without an index, or with that of an engine that is not there, is refused in one sentence."""
    with pytest.raises(ReleaseError) as caught:
        open_engine(tmp_path)
    assert caught.value.message.en == f"{tmp_path} holds no index that can be searched. Run portal build first."


def test_documents_out_of_order_are_an_error_of_the_program(kind: EngineKind, tmp_path: Path) -> None:
    """Numbers of documents are their places by standing, so an index is written in that order or not at all."""
    items = [document("a", "t", updated="2025-01-01"), document("b", "t", updated="2026-01-01")]
    with pytest.raises(ValueError, match="b does not stand where it belongs"):
        write_index(items, tmp_path / "index", kind)


def test_documents_that_can_be_read_once_are_an_error_of_the_program(kind: EngineKind, tmp_path: Path) -> None:
    """An index is made of several readings; what is empty at the second would be found by nothing."""
    with pytest.raises(TypeError, match="more than once"):
        write_index(iter([document("a", "t")]), tmp_path / "index", kind)
    assert not (tmp_path / "index").exists()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pieces=st.lists(
        st.sampled_from(
            [*"-+:|\"“」(", " ", " OR ", " NOT ", "水质", "区", "school", "公交线路", "year:2024", "publisher:", "学校",
             "医院 ", "\u202e", "\x00", "*", "?", "🚌", "\ud800", "2260", "AND", "PM2.5"]
        ),
        max_size=14,
    )
)  # fmt: skip
def test_any_text_is_answered_as_its_tree_says(engine: SearchEngine, pieces: list[str]) -> None:
    """Whatever is typed is an answer, and that of the tree it is read as; nothing is an error."""
    query = SearchQuery("".join(pieces), per_page=100)
    hits = engine.search(query)
    assert (hits.total, sorted(hits.names)) == (len(hits.names), sorted(i.name for i in expected_matches(query)))


@pytest.mark.parametrize(
    "text", ["水" * 10_000, "a " * 5_000, "*" * 10_000, '"' * 9_999, "-a OR " * 2_000, "\x00" * 300]
)
def test_long_texts_are_answered(engine: SearchEngine, text: str) -> None:
    """Of a long text the beginning is read; storms of signs are none."""
    assert engine.search(SearchQuery(text)).total == len(expected_matches(SearchQuery(text)))


def test_superseded_datasets_stand_behind_all_others(kind: EngineKind, tmp_path: Path) -> None:
    """A dataset whose place another took comes last by relevance, however well its title fits."""
    corpus = [
        replace(document("old", "水质", updated="2026-01-01"), is_superseded=True),
        document("new", "其他", "与水质有关", updated="2020-01-01"),
    ]
    assert ranking(kind, tmp_path / "index", corpus, "水质") == ("new", "old")


def test_the_words_behind_the_second_list_are_counted(engine: SearchEngine) -> None:
    """The source knows which datasets have a word, anywhere, in what names them, and in the title."""
    source, in_order = engine.source, sorted(CORPUS, key=standing)
    assert source.size == len(CORPUS)
    for word in ("水质", "school", "区", "没有"):
        anywhere = [number for number, item in enumerate(in_order) if word in WORDS[item.name]]
        in_title = [number for number, item in enumerate(in_order) if word in index_words(item.title)]
        assert source.documents(word).tolist() == anywhere
        assert source.documents(word, "title").tolist() == source.documents(word, "known").tolist() == in_title
        assert (source.count(word), source.count(word, "title")) == (len(anywhere), len(in_title))
    query = SearchQuery("水质 -区", {"theme": ("traffic",)})
    expected = {item.name for item in expected_matches(query)}
    assert source.exact(query).tolist() == [number for number, item in enumerate(in_order) if item.name in expected]
    assert source.exact(SearchQuery()).tolist() == list(range(len(CORPUS)))
    assert source.names([0, 3]) == [in_order[0].name, in_order[3].name]
    assert len(source.raised) == len(CORPUS)


def test_what_is_meant_obeys_filters_fields_and_exclusions(engine: SearchEngine) -> None:
    """Words that are only wanted narrow nothing; filters, fields and what must not be do."""
    source, in_order = engine.source, sorted(CORPUS, key=standing)
    assert source.passing(SearchQuery("水质 学校")) is None
    query = SearchQuery("水质 -区 theme:traffic", {"publisher": ("transport",)})
    passing = source.passing(query)
    assert passing is not None
    expected = [
        answers(item, parse_query("-区 theme:traffic")) and passes(item, query.filters.items()) for item in in_order
    ]
    assert passing.tolist() == expected
