"""The browser's own search and the server's are one: equal totals, facets, second lists and reasons for each query."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from support import PROJECT, TODAY

from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.model.portal import Directory
from portal.publishing.publication import PublishedDataset
from portal.publishing.release_content import ReleaseContent
from portal.publishing.search.catalogue_search import CatalogueSearch, open_search
from portal.publishing.search.found import Found
from portal.publishing.search.in_browser.browser_files import write_browser_files
from portal.publishing.search.indexing import index
from portal.publishing.search.lexicon.lexicon_reading import read_lexicon
from portal.publishing.search.query import SearchQuery
from portal.publishing.search.search_documents import SearchDocuments
from portal.settings import load_settings
from portal.yamlfile import read_document

NODE = shutil.which("node")
MODULES = PROJECT / "site_templates" / "static" / "js" / "search"
ASKED = PROJECT / "benchmarks" / "relevance_queries"
"""Questions of citizens, by kind; each has a text."""

pytestmark = pytest.mark.skipif(NODE is None, reason="node is not installed: it runs the browser's modules here")

TEXTS = (
    "",
    "   ",
    "。",
    "水",
    "空气质量",
    "空氣質量",
    "空器质量",
    "kongqizhiliang",
    "kqzl",
    "PM2.5",
    "16路公交",
    "A股",
    "公交 -客流",
    "公交 OR 学校",
    "NOT 公交",
    '"公交线路"',
    '"air quality"',
    '"质量',
    "year:2026 公交",
    "部门:交通",
    "publisher:nobody 水",
    "theme:traffic OR theme:education",
    "老赖名单",
    "我家附近哪里有停车场",
    "请问房价走势怎么样",
    "二手房多少钱一平",
    "怎么办理居住证",
    "张三的身份证号",
    "我的社保余额怎么查",
    "统计数据",
    "where can I park my car",
    "air qualty",
    "schools near me",
    "straße İstanbul ΣΑΣ",
    "ＧＤＰ数据：2024",
    "constructor __proto__ toString",
    "𠮷野家 😀\u202e\x00",
    "鸡蛋最近贵不贵",
    "想买鲜牛奶",
    "牛奶",
    "鲜奶",
    "注册会计师",
    "会计师考试",
    "厨师招聘",
    "长风大道停车",
    "长风 大道",
    "风大道上的白菜",
    "fresh milk",
    "milk eggs",
    "16路末班车和鸡蛋",
    "公园绿地",
    "月嫂多少钱",
    "公" * 250,
    '"' * 30 + "(:*^~",
)
"""Searches of all kinds that people type, and some that nobody should."""
VALUES = {
    "price-monitoring": ("鸡蛋", "大白菜", "鲜牛奶", "fresh milk"),
    "job-vacancies": ("厨师", "会计", "注册会计师", "家政服务", "16路公交驾驶员"),
    "public-parks": ("长风大道", "长风公园", "游园大道", "公园绿地"),
    "emergency-shelters": ("公园绿地", "体育场馆", "长风大道"),
}
"""What stands in tables, of which no descriptor has a word."""
QUERIES = (
    *(SearchQuery(text) for text in TEXTS),
    SearchQuery("数据", {"format": ("CSV",)}),
    SearchQuery("学校在哪里", {"theme": ("education",), "format": ("CSV", "XLSX")}, sort="updated"),
    SearchQuery("", {"year": ("2026", "nothing")}, sort="title"),
    SearchQuery("公交", sort="quality"),
    SearchQuery("数据", start=20),
)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The search of the sample's descriptors in ``search/``, the browser's files in ``files/``, modules in ``js/``."""
    folder = tmp_path_factory.mktemp("search")
    catalog, _ = load_catalog(load_settings(PROJECT / "datasets"))
    datasets = tuple(PublishedDataset(item, ()) for item in sorted(catalog.datasets, key=lambda item: item.name))
    settings = load_settings(PROJECT / "datasets")
    directory = Directory(settings.portal, catalog.publishers, catalog.themes)
    content = ReleaseContent(directory, datasets, TODAY)
    index(content, folder / "search", read_lexicon(PROJECT / "datasets").groups, values=VALUES)
    (folder / "files").mkdir()
    write_browser_files(folder / "search", SearchDocuments(datasets), folder / "files")
    shutil.copytree(MODULES, folder / "js")
    (folder / "js" / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def server(release: Path) -> Iterator[CatalogueSearch]:
    """The search as the server answers."""
    with closing(open_search(release / "search")) as opened:
        yield opened


def in_browser(release: Path, queries: list[SearchQuery]) -> list[dict[str, Any]]:
    """Return the answers of the browser's search."""
    asked = [
        {"text": item.text, "filters": dict(item.filters), "sort": item.sort, "start": item.start, "perPage": 20}
        for item in queries
    ]
    done = subprocess.run(
        [NODE or "", str(Path(__file__).with_name("answers.mjs")), str(release / "js"), str(release / "files")],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def told(found: Found, numbers: dict[str, int]) -> dict[str, Any]:
    """Return the server's answer in the form of the browser's."""
    return {
        "total": found.hits.total,
        "facets": {name: [list(item) for item in counts] for name, counts in found.hits.facets.items()},
        "also": [(numbers[item.name], [asdict(because) for because in item.because]) for item in found.also],
        "dropped": list(found.understood.dropped),
        "intents": list(found.understood.intents),
        "is_personal": found.understood.is_personal,
        "page": [numbers[name] for name in found.hits.names],
        "broader": [found.broader.text, list(found.broader.left_out), found.broader.total] if found.broader else None,
    }


def compact(answer: dict[str, Any]) -> dict[str, Any]:
    """Return the browser's answer as far as both tell it."""
    understood = answer["understood"] or {"dropped": [], "intents": [], "isPersonal": False}
    return {
        "total": answer["total"],
        "facets": answer["facets"],
        "also": [(item["number"], item["because"]) for item in answer["also"]],
        "dropped": understood["dropped"],
        "intents": understood["intents"],
        "is_personal": understood["isPersonal"],
        "page": answer["numbers"],
        "broader": list(answer["broader"].values()) if answer["broader"] else None,
    }


def answers_of_both(
    release: Path, server: CatalogueSearch, queries: list[SearchQuery]
) -> Iterator[tuple[SearchQuery, dict[str, Any], dict[str, Any]]]:
    """Yield each query with the server's answer and the browser's."""
    everything = server.exact(SearchQuery(per_page=10_000, sort="updated")).names
    source = server.source
    numbers = {name: number for number, name in enumerate(source.names(range(source.size)))}
    assert len(numbers) == len(everything)
    for query, answer in zip(queries, in_browser(release, queries), strict=True):
        yield query, told(server.search(query), numbers), compact(answer)


def test_the_browser_answers_as_the_server_does(release: Path, server: CatalogueSearch) -> None:
    """Totals, facets, pages of hits, what may be meant and why are the same for every kind of query."""
    for query, expected, answer in answers_of_both(release, server, list(QUERIES)):
        assert answer == expected, query


def test_values_in_tables_are_among_the_reasons(release: Path) -> None:
    """The queries above do ask for values: whole ones, words within one, and equal words."""
    texts = ("鸡蛋最近贵不贵", "牛奶", "会计师考试", "月嫂多少钱")
    answers = in_browser(release, [SearchQuery(text) for text in texts])
    reasons = {because["meant"] for answer in answers for item in answer["also"] for because in item["because"]}
    assert reasons >= {"鸡蛋", "牛奶", "家政服务"}


def test_the_browser_understands_the_committed_questions_as_the_server_does(
    release: Path, server: CatalogueSearch
) -> None:
    """Each question of the committed set has one answer in both."""
    texts = [item["text"] for path in sorted(ASKED.glob("*.yaml")) for item in read_document(path)]
    for query, expected, answer in answers_of_both(release, server, [SearchQuery(text) for text in texts]):
        assert answer == expected, query


def test_two_writings_of_one_catalogue_are_equal(release: Path, tmp_path: Path) -> None:
    """The browser's files follow from the catalogue alone."""
    catalog, _ = load_catalog(load_settings(PROJECT / "datasets"))
    datasets = [PublishedDataset(replace(item), ()) for item in catalog.datasets]
    write_browser_files(release / "search", SearchDocuments(datasets), tmp_path)
    written = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.json")}
    first = release / "files"
    assert written == {path.relative_to(first): path.read_bytes() for path in first.rglob("*.json")}
