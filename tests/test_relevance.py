"""The committed queries over the sample, and how many of the reported half the search answers."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
import yaml
from answer_ranks import dataset_rank, scores
from asked_queries import KINDS, AskedQuery, read_queries
from openpyxl import load_workbook
from searched_catalogue import open_written, write_search
from support import PROJECT

from portal.publishing.search.catalogue_search import CatalogueSearch
from portal.publishing.search.query import SearchQuery

SAMPLE = PROJECT / "datasets"
QUERIES = read_queries()
PLAIN_KINDS = ("question", "dialect", "pinyin", "typo", "english", "row")
FEWEST = 180
NONE_FEWEST = 60
EMPTY_MOST = 0.1
ALL_FEWEST = 320
LEAST = {
    "words": (0.95, 0.95),
    "question": (0.84, 0.84),
    "dialect": (0.93, 0.93),
    "pinyin": (0.92, 0.92),
    "initials": (0.88, 0.88),
    "typo": (0.9, 0.9),
    "homophone": (0.94, 0.94),
    "english": (0.93, 0.93),
}
"""By kind hit@3 and hit@10 of the reported half: a little under what `benchmarks/relevance.py` measures."""


@cache
def descriptors() -> dict[str, tuple[Path, dict[str, dict[str, str]]]]:
    """Return by dataset its folder and its resources by name."""
    found = {}
    for path in SAMPLE.glob("*/*/datapackage.yaml"):
        package = yaml.safe_load(path.read_text(encoding="utf-8"))
        found[package["name"]] = path.parent, {item["name"]: item for item in package.get("resources", ())}
    return found


@cache
def cells(dataset: str, resource: str) -> frozenset[str]:
    """Return every cell of a table of the sample, as text."""
    folder, resources = descriptors()[dataset]
    described = resources[resource]
    path = folder / described["path"]
    if path.suffix == ".xlsx":
        rows = load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True)
        return frozenset(str(cell) for row in rows for cell in row if cell is not None)
    with path.open(encoding=described.get("encoding", "utf-8"), newline="") as file:
        return frozenset(cell for row in csv.reader(file) for cell in row)


def test_each_query_stands_once() -> None:
    """No id and no text is there twice, and an id says its kind."""
    assert [item for item, times in Counter(query.id for query in QUERIES).items() if times > 1] == []
    assert [item for item, times in Counter(query.text for query in QUERIES).items() if times > 1] == []
    assert [query.id for query in QUERIES if query.id.rpartition("-")[0] != query.kind] == []


def test_there_are_queries_enough_of_each_kind() -> None:
    """Most are as people ask, and enough ask for what is not there; either half has some of each kind."""
    kinds = Counter(query.kind for query in QUERIES)
    assert len(QUERIES) >= ALL_FEWEST
    assert sum(kinds[kind] for kind in PLAIN_KINDS) >= FEWEST
    assert kinds["none"] >= NONE_FEWEST
    assert {(query.kind, query.is_reported) for query in QUERIES} == {
        (kind, half) for kind in KINDS for half in (False, True)
    }


def test_what_answers_is_in_the_sample() -> None:
    """Each dataset that a query wants is there, and each is wanted by some; only ``none`` wants nothing."""
    wanted = {name for query in QUERIES for name in (*query.fits, *(row.dataset for row in query.rows))}
    assert wanted - set(descriptors()) == set()
    # Another takes the place of the one, and the other lies behind maps: nobody looks for it.
    assert set(descriptors()) - wanted == {"legal-aid-stations-2024", "sketch-map"}
    assert {query.kind for query in QUERIES if not query.fits and not query.rows} == {"none"}


def test_rows_that_answer_are_in_the_sample() -> None:
    """The name or the code of each row that a query wants is a cell of its table."""
    rows = {row for query in QUERIES for row in query.rows}
    assert [row for row in rows if row.title not in cells(row.dataset, row.resource)] == []


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CatalogueSearch]:
    """The search over the sample's descriptors, without rows."""
    folder = tmp_path_factory.mktemp("relevance") / "search"
    write_search(SAMPLE, folder)
    opened, _ = open_written(folder)
    with closing(opened):
        yield opened


def reported(kind: str) -> list[AskedQuery]:
    """Return the queries of a kind that are only ever reported."""
    return [query for query in QUERIES if query.kind == kind and query.is_reported]


@pytest.mark.parametrize("kind", LEAST)
def test_the_search_finds_what_was_meant(search: CatalogueSearch, kind: str) -> None:
    """Of the reported queries of a kind so many have what was meant among the first three, and the first ten."""
    found = scores([dataset_rank(search.search(SearchQuery(query.text)), query.fits) for query in reported(kind)])
    hit_3, hit_10 = LEAST[kind]
    assert found.hit_3 >= hit_3
    assert found.hit_10 >= hit_10
    assert found.empty <= EMPTY_MOST


def test_the_search_offers_little_where_nothing_fits(search: CatalogueSearch) -> None:
    """What a city portal has not is answered by three datasets at most."""
    found = {query.text: search.search(SearchQuery(query.text)) for query in reported("none")}
    assert {text: item.hits.total + len(item.also) for text, item in found.items() if len(item.also) > 3} == {}
