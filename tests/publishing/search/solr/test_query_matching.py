"""Searches over an index: what is found is what a look at every record finds, and pages are whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.model.catalog import Dataset, Publisher, Theme
from portal.model.text import LocalText
from portal.publishing.publication import PublishedDataset
from portal.publishing.search.solr.dismax_syntax import parse_dismax
from portal.publishing.search.solr.lucene_syntax import parse_lucene
from portal.publishing.search.solr.query_matching import Matching, read_order
from portal.publishing.search.solr.query_nodes import UnreadableQuery
from portal.publishing.search.solr.solr_index import SolrIndex, open_solr_index, write_solr_index

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
WORDS = ("空气质量", "水质", "air quality", "统计年鉴")
THEMES = [Theme("health", LocalText("卫生")), Theme("traffic", LocalText("交通"))]


def made(number: int, word: str, office: str, themes: int) -> PublishedDataset:
    """Return a dataset that is one of all combinations of some properties."""
    dataset = Dataset(
        name=f"set-{number:02}",
        title=LocalText(f"{word}第{number}号"),
        folder="",
        descriptor_file="",
        publisher=Publisher(office, LocalText(f"{office} office")),
        description=LocalText("每日更新" if number % 2 else "annual report"),
        keywords=(LocalText(word[:2]), LocalText("共有")),
        themes=tuple(THEMES[:themes]),
        update_cycle="daily" if number % 2 else "",
        updated=date(2026, 1, 1 + number % 5),
    )
    return PublishedDataset(dataset, changed=datetime(2026, 5, 1 + number % 7, 23, 59, 59, number, UTC))


DATASETS = [made(number, *values) for number, values in enumerate(product(WORDS, ["a", "b", "c"], [0, 1, 2]))]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SolrIndex:
    """An index of all combinations."""
    path = tmp_path_factory.mktemp("solr") / "solr.sqlite"
    write_solr_index(DATASETS, path, base_url="https://data.example.cn")
    opened = open_solr_index(path)
    assert opened
    return opened


@contextmanager
def matching(index: SolrIndex) -> Iterator[Matching]:
    """Give what answers queries."""
    with index.reading() as reader:
        yield Matching(index, reader, NOW)


def names(index: SolrIndex, text: str) -> set[str]:
    """Return the names of what a query finds."""
    node = parse_lucene(text) if ":" in text else parse_dismax(text)
    with matching(index) as answers:
        return {index.names[number] for number in answers.documents(node)}


def those(rule: str) -> set[str]:
    """Return the names of the datasets for which a rule on the dataset *d* and its number *n* holds."""
    return {item.dataset.name for n, item in enumerate(DATASETS) if eval(rule, {"d": item.dataset, "n": n, "i": item})}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("*:*", "True"),
        ("空气", "'空气' in d.title.zh"),
        ("空气 第1号", "'空气质量第1号' == d.title.zh or '空气' in d.title.zh and d.title.zh.endswith('1号')"),
        ("空气 OR 水质", "d.title.zh[:2] in ('空气', '水质')"),
        ("-空气", "'空气' not in d.title.zh"),
        ("共有 -空气 -水质", "d.title.zh[:2] not in ('空气', '水质')"),
        ('"air quality"', "'air' in d.title.zh"),
        ('"quality air"', "False"),
        ("nothing", "False"),
        ("organization:a", "d.publisher.id == 'a'"),
        ("organization:(a OR b)", "d.publisher.id in 'ab'"),
        ("organization:a OR organization:b", "d.publisher.id in 'ab'"),
        ("-organization:a -organization:b", "d.publisher.id == 'c'"),
        ("organization:a OR organization:b groups:traffic", "d.publisher.id in 'ab' and len(d.themes) == 2"),
        ("organization:a OR organization:b -groups:traffic", "d.publisher.id in 'ab' and len(d.themes) < 2"),
        ("NOT groups:*", "not d.themes"),
        ("groups:*", "d.themes"),
        ("tags:空气", "'空气' in d.title.zh"),
        ("tags:空", "False"),
        ("title:空气", "'空气' in d.title.zh"),
        ("title:质", "'质' in d.title.zh"),
        ('title:"质空"', "False"),
        ("title:qual*", "'quality' in d.title.zh"),
        ("notes:每日", "n % 2"),
        ("notes:annual", "n % 2 == 0"),
        ("update_cycle:daily", "n % 2"),
        ("update_cycle:da*", "n % 2"),
        ("update_cycle:d?i*y", "n % 2"),
        ("update_cycle:d?y", "False"),
        ("extras_update_cycle:daily", "n % 2"),
        ("extras_update_cycle:*", "n % 2"),
        ("name:set-0*", "n < 10"),
        ("name:[set-05 TO set-07}", "n in (5, 6)"),
        ("name_ngram:t-1", "10 <= n < 20"),
        ("state:active", "True"),
        ("+capacity:public +state:(active)", "True"),
        ("capacity:private", "False"),
        ("unknown:x", "False"),
        ("unknown:*", "False"),
        ("metadata_modified:[2026-05-05T00:00:00Z TO *]", "n % 7 >= 4"),
        ("metadata_modified:{* TO 2026-05-05T00:00:00Z}", "n % 7 < 4"),
        ("metadata_modified:[NOW-30DAYS TO NOW]", "n % 7 >= 1"),
        ('metadata_modified:"2026-05-01T23:59:59Z"', "n == 0"),
        ("metadata_created:*", "True"),
        ("(title:空气 OR title:水质) AND organization:a^3", "d.title.zh[0] in '空水' and d.publisher.id == 'a'"),
        ("title:空气 AND ...", "'空气' in d.title.zh"),
        ("title:...", "False"),
        ("*:* -title:空气", "'空气' not in d.title.zh"),
        ("x:(", None),
        ("metadata_modified:[2026-05-05 TO *]", None),
        ("metadata_modified:2026*", None),
    ],
)  # fmt: skip
def test_a_search_finds_what_a_look_at_every_record_finds(index: SolrIndex, text: str, rule: str | None) -> None:
    """Words, fields, ranges and operators find exactly the datasets for which they hold; broken ones are told."""
    if rule is None:
        with pytest.raises(UnreadableQuery):
            names(index, text)
    else:
        assert names(index, text) == those(rule)


@pytest.mark.parametrize("direction", ["asc", "desc"])
@pytest.mark.parametrize(
    "field",
    "id name title_string metadata_modified metadata_created organization update_cycle score state".split(),
)
def test_the_pages_of_a_sort_are_disjoint_and_complete(index: SolrIndex, field: str, direction: str) -> None:
    """Equal values have an order too, the same in every answer; what has no value comes last."""
    order = read_order(f"{field} {direction}", index)
    pages = []
    for start in range(0, len(DATASETS), 7):
        with matching(index) as answers:
            everything = answers.documents(parse_lucene("*:*"))
            pages += answers.ordered(everything, order, {})[start : start + 7]
    assert sorted(pages) == list(range(len(DATASETS)))
    if field == "update_cycle":
        assert [index.names[number] in those("n % 2") for number in pages] == [True] * 18 + [False] * 18


def test_several_fields_sort_one_after_the_other(index: SolrIndex) -> None:
    """The second field decides where the first is equal."""
    order = read_order("organization desc, name asc", index)
    with matching(index) as answers:
        sorted_ = answers.ordered(index.everything, order, {})
    expected = sorted(DATASETS, key=lambda item: (-ord(item.dataset.publisher.id), item.dataset.name))
    assert [index.names[number] for number in sorted_] == [item.dataset.name for item in expected]


@pytest.mark.parametrize(
    "sort", ["name", "name sideways", "nothing asc", "tags asc", "notes desc", "name asc,", "if(a,b) asc", ",", "score"]
)
def test_what_cannot_be_sorted_by_is_told(index: SolrIndex, sort: str) -> None:
    """A sort has fields with one value each, and a direction."""
    with pytest.raises(UnreadableQuery, match="Invalid"):
        read_order(sort, index)


def test_a_word_in_the_title_counts_more(index: SolrIndex) -> None:
    """Relevance prefers titles, and what a weight prefers."""
    node = parse_lucene("title:空气 OR organization:a^100")
    with matching(index) as answers:
        scores = answers.scores(node, answers.documents(node))
    best = {index.names[number] for number, score in scores.items() if score == max(scores.values())}
    assert best <= those("d.publisher.id == 'a' and '空气' in d.title.zh")


PIECES = ["title:", "name:", "a", "*", "?", "空", "(", ")", " OR ", " -", '"', "metadata_modified:[", " TO ", "]", "§"]


@given(st.text(max_size=40) | st.lists(st.sampled_from([*PIECES, "\x00"])).map("".join))
def test_no_search_fails(index: SolrIndex, text: str) -> None:
    """Whatever is asked is answered, or refused with the one error there is for it."""
    for parse in (parse_lucene, parse_dismax):
        try:
            node = parse(text)
            with matching(index) as answers:
                assert answers.documents(node) <= index.everything
                answers.scores(node, answers.documents(node))
        except UnreadableQuery:
            continue


def test_equal_datasets_give_an_equal_file(tmp_path: Path) -> None:
    """The order in which datasets come does not matter, nor does the time."""
    for name, datasets in {"one": DATASETS, "other": DATASETS[::-1]}.items():
        write_solr_index(datasets, tmp_path / name, base_url="https://data.example.cn")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_a_release_of_an_earlier_version_has_no_index(tmp_path: Path) -> None:
    """Where there is no file there is nothing to open."""
    assert open_solr_index(tmp_path / "solr.sqlite") is None
