"""The order by relevance: what a dataset is about comes before what merely mentions it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from portal.publishing.search.engines.ranking import raised_per_cent
from portal.publishing.search.engines.search_index import open_engine, write_index
from portal.publishing.search.publisher_matters import matter
from portal.publishing.search.query import SearchQuery
from portal.publishing.search.search_documents import FACETS, SearchDocument, standing

PLAIN = SearchDocument("plain", "名录", "", dict.fromkeys(FACETS, ()), "2026-01-01", "")


def ranked(folder: Path, text: str, **documents: SearchDocument) -> list[str]:
    """Return the names of documents, which are given by them, in the order by relevance."""
    items = [replace(item, name=name) for name, item in documents.items()]
    write_index(sorted(items, key=standing), folder / "index")
    engine = open_engine(folder / "index")
    try:
        return list(engine.search(SearchQuery(text)).names)
    finally:
        engine.close()


def test_texts_count_by_what_they_say_of_a_dataset(tmp_path: Path) -> None:
    """What the publisher is about counts most where it is all that is asked, then title, keywords, columns, body."""
    names = ranked(
        tmp_path,
        "预算",
        a=replace(PLAIN, body="预算"),
        b=replace(PLAIN, columns="预算"),
        c=replace(PLAIN, keywords="预算"),
        d=replace(PLAIN, publisher="预算"),
        e=replace(PLAIN, title="预算名录"),
    )
    assert names == ["d", "e", "c", "b", "a"]


def test_a_title_that_is_the_query_stands_first(tmp_path: Path) -> None:
    """An exact title comes before longer ones, and these before titles that have the words apart."""
    names = ranked(
        tmp_path,
        "医院 名录",
        a=replace(PLAIN, title="名录：医院和医院药房", keywords="医院 名录", body="医院名录医院名录"),
        b=replace(PLAIN, title="全市医院 名录"),
        c=replace(PLAIN, title="医院 名录"),
    )
    assert names == ["c", "b", "a"]


def test_who_is_about_the_matter_comes_before_whom_it_funds(tmp_path: Path) -> None:
    """A word for a matter finds first what the department for it publishes, if that is about it, too."""
    names = ranked(
        tmp_path,
        "财政",
        a=replace(PLAIN, title="财政资助科技项目", keywords="财政资助", body="由财政资助"),
        b=replace(PLAIN, title="预算执行", keywords="财政支出", publisher=matter("财政局"), body="财政局"),
    )
    assert names == ["b", "a"]


def test_a_kind_of_body_is_no_matter(tmp_path: Path) -> None:
    """Who asks for companies finds the register of companies before what some company publishes."""
    names = ranked(
        tmp_path,
        "公司",
        a=replace(PLAIN, title="停电计划", publisher=matter("供电公司"), body="供电公司"),
        b=replace(PLAIN, title="企业名录", columns="公司类型", body="不含分公司的资本"),
    )
    assert names == ["b", "a"]


def test_what_is_open_and_better_described_wins_among_equals(tmp_path: Path) -> None:
    """Where words say the same, quality and openness decide, not the day."""
    names = ranked(
        tmp_path,
        "名录",
        a=PLAIN,
        b=replace(PLAIN, quality=400, updated="2025-12-31"),
        c=replace(PLAIN, quality=400, is_open=True, updated="2025-12-30"),
    )
    assert names == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("document", "per_cent"),
    [
        (PLAIN, 110),
        (replace(PLAIN, updated=""), 100),
        (replace(PLAIN, updated="1999-12-31", quality=200), 104),
        (replace(PLAIN, uses=0), 110),
        (replace(PLAIN, uses=100), 114),
        (replace(PLAIN, uses=10**15, quality=405, is_open=True), 130),
    ],
)
def test_what_raises_a_dataset_is_mild(document: SearchDocument, per_cent: int) -> None:
    """Nothing about a dataset counts more than three tenths of what its words do."""
    assert raised_per_cent(document, 2026) == per_cent


@pytest.mark.parametrize(
    ("name", "about"),
    [
        ("市交通运输局", "市交通运输"),
        ("国家税务总局某市税务局", "国家税务总局某市税务"),
        ("某某水务有限公司", "某某水务"),
        ("Department of Transport", "Transport"),
        ("局", ""),
        ("", ""),
    ],
)
def test_a_publisher_is_about_what_its_name_says_besides_its_kind(name: str, about: str) -> None:
    """Words for kinds of bodies are left out at the end of Chinese names, and anywhere in English ones."""
    assert matter(name) == about
