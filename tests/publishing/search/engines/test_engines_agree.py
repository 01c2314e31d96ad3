"""The engines beside each other on the sample city: equal totals, counts and words; from several threads at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from support import PROJECT

from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.publishing.publication import PublishedDataset
from portal.publishing.search.engine import Part, SearchEngine
from portal.publishing.search.engines.query_tree import parse_query, wanted
from portal.publishing.search.engines.search_index import ENGINES, open_engine, write_index
from portal.publishing.search.query import SORTS, SearchQuery
from portal.publishing.search.search_documents import FACETS, SearchDocuments
from portal.settings import load_settings

TEXTS = [
    *(
        "法律援助",
        "财政",
        "公司",
        "学校",
        "空气质量 日报",
        "PM2.5",
        "16路",
        "5G",
        "A股",
        "4A级",
        "水",
        "12345",
        "示范市",
    ),
    *("bus -ridership", "bus stops", '"bus stops"', "schools OR hospitals", "budget 2026", "air NOT quality", "数据"),
    *("“行政许可”", "「统一社会信用代码」", "企业 -许可", "公交 或 停车", "年 月 日", "-数据", "NOT 示范 -市", "的"),
    *(
        "部门:交通",
        "publisher:finance-bureau 预算",
        "format:csv 学校",
        "year:2026 -theme:交通",
        "领域:交通 OR 主题:教育",
    ),
    *(
        "部门:没有",
        "license:知识共享",
        "地区:示范",
        "更新周期:每年",
        "“演示数据” -部门:教育",
        "没有这个词",
        "。",
        "|",
        "OR",
    ),
]


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[SearchEngine]]:
    """The sample city in an index of each engine."""
    catalog, _ = load_catalog(load_settings(PROJECT / "datasets"))
    documents = SearchDocuments(map(PublishedDataset, catalog.datasets))
    opened = []
    for kind in ENGINES:
        folder = tmp_path_factory.mktemp(kind.name)
        write_index(documents, folder, kind)
        opened.append(open_engine(folder))
    yield opened
    for engine in opened:
        engine.close()


@pytest.mark.parametrize("text", ["", *TEXTS])
def test_totals_counts_and_orders_are_equal(engines: list[SearchEngine], text: str) -> None:
    """Whatever is asked, all engines find the same datasets and count the same; sorted by columns in the same order."""
    first, second = engines
    for filters in ({}, {"format": ("CSV", "JSON")}, {"publisher": ("finance-bureau",), "year": ("2026",)}):
        hits, others = (engine.search(SearchQuery(text, filters, per_page=100)) for engine in (first, second))
        assert (hits.total, hits.facets, sorted(hits.names)) == (others.total, others.facets, sorted(others.names))
        for sort in SORTS[1:]:
            query = SearchQuery(text, filters, sort=sort, start=1, per_page=5)
            assert first.search(query) == second.search(query)


@pytest.mark.parametrize("text", TEXTS)
def test_the_words_behind_what_may_be_meant_are_equal(engines: list[SearchEngine], text: str) -> None:
    """Each word stands in the same datasets, anywhere, in what names them, in their titles; so do the conditions."""
    first, second = (engine.source for engine in engines)
    parts: tuple[Part, ...] = ("any", "known", "title")
    for word in {word for leaf in wanted(parse_query(text)) for word in leaf.words}:
        for part in parts:
            assert first.documents(word, part).tolist() == second.documents(word, part).tolist()
            assert first.count(word, part) == second.count(word, part)
    query = SearchQuery(text, {"format": ("CSV",)})
    assert first.exact(query).tolist() == second.exact(query).tolist()
    passing, others = first.passing(query), second.passing(query)
    assert passing is not None
    assert others is not None
    assert passing.tolist() == others.tolist()


def test_only_the_facets_asked_for_are_counted(engines: list[SearchEngine]) -> None:
    """Who needs few counts waits for few."""
    for engine in engines:
        for text in ("", "示范市"):
            whole = engine.search(SearchQuery(text)).facets
            few = engine.search(SearchQuery(text, facets=("year", "theme"))).facets
            assert few == {facet: whole[facet] for facet in ("year", "theme")}
            assert set(whole) == set(FACETS)


def test_searches_may_run_at_once(engines: list[SearchEngine]) -> None:
    """From several threads each search is answered as it is alone."""
    queries = [SearchQuery(text) for text in TEXTS] * 3
    for engine in engines:
        alone = list(map(engine.search, queries))
        with ThreadPoolExecutor(8) as threads:
            assert list(threads.map(engine.search, queries)) == alone
