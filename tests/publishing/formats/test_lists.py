"""The catalogue as lists, feeds and a sitemap: whole, well formed, and nothing in them runs."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from shutil import which
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given
from made_datasets import BASE, datasets, packages

from portal.model.catalog import Dataset
from portal.publishing.formats import atom, catalog_list, data_json, sitemap
from portal.publishing.formats.markdown_twin import escaped, paragraphs
from portal.publishing.publication import PublishedDataset

Published = Callable[[str], PublishedDataset]

needs_xmllint = pytest.mark.skipif(which("xmllint") is None, reason="xmllint (libxml2-utils) is not installed")


def test_a_row_has_the_elements_of_the_guide_in_words(published: Published) -> None:
    """Codes are told as the guide calls them, and there is a cell for every column."""
    row = dict(zip(catalog_list.HEADERS, catalog_list.row(published("salaries"), base_url=BASE), strict=True))
    assert {title: cell for title, cell in row.items() if cell} == {
        "信息资源名称": "工资发放记录",
        "信息资源提供方": "小城交通局",
        "信息资源摘要": "只公布目录条目，不公布文件。",
        "信息项": "姓名、工资",
        "共享类型": "不予共享",
        "不予共享依据": "《中华人民共和国个人信息保护法》",
        "开放属性": "不予开放",
        "发布日期": "2026-02-01",
        "更新日期": "2026-02-01",
        "主题": "财税金融",
        "标识": "salaries",
        "页面地址": f"{BASE}/datasets/salaries/",
    }


@given(packages())
def test_every_dataset_has_a_row_of_text(published: PublishedDataset) -> None:
    """As many cells as columns, all text."""
    row = catalog_list.row(published, base_url=BASE)
    assert len(row) == len(catalog_list.HEADERS) == len(catalog_list.WIDTHS)
    assert all(type(cell) is str for cell in row)
    json.dumps(catalog_list.record(published, base_url=BASE))


def test_data_json_says_who_may_have_what(published: Published) -> None:
    """A closed dataset is non-public with its reason and no distribution; an open one names its files."""
    closed = data_json.dump(published("salaries"), base_url=BASE, email="data@example.com")
    assert (closed["accessLevel"], closed["rights"]) == ("non-public", "《中华人民共和国个人信息保护法》")
    assert "distribution" not in closed
    assert closed["contactPoint"] == {
        "@type": "vcard:Contact",
        "fn": "小城交通局",
        "hasEmail": "mailto:data@example.com",
    }
    opened = data_json.dump(published("schools"), base_url=BASE)
    assert (opened["accessLevel"], opened["accrualPeriodicity"]) == ("public", "R/P1Y")
    assert [item["format"] for item in opened["distribution"]] == ["CSV", "XLSX", "CSV", "JSON", "PARQUET"]


@given(packages())
def test_a_feed_is_well_formed_whatever_the_texts(published: PublishedDataset) -> None:
    """Titles come out of the XML as they went in, but for what XML cannot hold."""
    entry = atom.entry_of(published, lang="zh", base_url=BASE)
    if entry is None:
        assert published.dataset.updated is None
        assert published.dataset.published is None
        return
    text = atom.dump([entry], lang="zh", title=entry.title, page_url=BASE, feed_url=f"{BASE}/feed.xml")
    read = feedparser.parse(text.encode())
    assert not read.bozo
    assert [item.id for item in read.entries] == [f"{BASE}/datasets/{published.dataset.name}/"]
    (title,) = ElementTree.fromstring(text).iterfind("{*}entry/{*}title")
    assert "".join((title.text or "").split()) == "".join(atom._FORBIDDEN.sub("", entry.title).split())


def test_a_feed_of_nothing_has_the_day_it_is_given() -> None:
    """A feed must have a time; one without entries takes it from whoever asks."""
    text = atom.dump([], lang="zh", title="x", page_url=BASE, feed_url=BASE, when_empty=date(2026, 6, 1))
    assert "<updated>2026-06-01T00:00:00+08:00</updated>" in text


def test_the_last_update_comes_first_whatever_the_order(published: Published) -> None:
    """The time of a feed is that of its newest entry, never that of the build."""
    entries = [
        atom.entry_of(published(name), lang="en", base_url=BASE) for name in ("salaries", "bus-lines", "schools")
    ]
    ordered = sorted((entry for entry in entries if entry), reverse=True)
    text = atom.dump(ordered, lang="en", title="x", page_url=BASE, feed_url=BASE)
    assert [entry.name for entry in ordered] == ["bus-lines", "schools", "salaries"]
    assert feedparser.parse(text).feed.updated == "2026-05-20T00:00:00+08:00"


@needs_xmllint
def test_xmllint_accepts_what_is_released(tiny_release: Path) -> None:
    """Feeds, sitemap and RDF/XML are well-formed XML."""
    site = tiny_release / "site"
    files = sorted([*site.rglob("*.xml"), *site.rglob("*.rdf")])
    assert {path.name for path in files} >= {"feed.xml", "sitemap.xml", "catalog.rdf"}
    done = subprocess.run(["xmllint", "--noout", *map(str, files)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_sitemap_names_both_languages_of_a_page() -> None:
    """Each address knows the other, and the day of the last update."""
    root = ElementTree.fromstring(
        sitemap.HEAD + sitemap.urls("/datasets/a/", base_url=BASE, modified=date(2026, 5, 1)) + sitemap.TAIL
    )
    found = [
        (url.findtext("{*}loc"), url.findtext("{*}lastmod"), [link.get("hreflang") for link in url.findall("{*}link")])
        for url in root
    ]
    assert found == [
        (f"{BASE}/datasets/a/", "2026-05-01", ["zh-CN", "en"]),
        (f"{BASE}/en/datasets/a/", "2026-05-01", ["zh-CN", "en"]),
    ]


@given(datasets())
def test_no_text_breaks_out_of_markdown(dataset: Dataset) -> None:
    """In one line no sign is left that Markdown or HTML would take for its own; no paragraph begins a list."""
    for text in (dataset.title.zh, dataset.description.zh, dataset.code):
        line = escaped(text)
        assert "\n" not in line
        assert not _unescaped(line, "`*_[]<>|#~&")
        for paragraph in paragraphs(text).split("\n\n"):
            assert not paragraph.startswith(("- ", "+ ", "=", "1. ", "1)"))


def _unescaped(line: str, signs: str) -> list[str]:
    """Return the signs that no backslash stands before."""
    left, position = [], 0
    while position < len(line):
        if line[position] == "\\":
            position += 1
        elif line[position] in signs:
            left.append(line[position])
        position += 1
    return left
