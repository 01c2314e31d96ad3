"""Descriptions beside the pages: all there, nothing of what is not open, no dataset in the way of another."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import feedparser
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from made_datasets import packages
from support import TODAY

from portal.model.addresses import is_rows_page
from portal.model.catalog import Dataset, Publisher
from portal.model.portal import Directory, Portal
from portal.model.text import LocalText
from portal.publishing.files import descriptions
from portal.publishing.files.descriptions import write_descriptions
from portal.publishing.files.sitemap_files import SitemapFiles
from portal.publishing.formats import sitemap
from portal.publishing.formats.catalog_list import HEADERS
from portal.publishing.publication import PublishedDataset

DIRECTORY = Directory(Portal(base_url="https://data.example.cn"))


def made(name: str, title: str = "题名") -> PublishedDataset:
    """Return an entry without files."""
    publisher = Publisher("office", LocalText("局"))
    return PublishedDataset(Dataset(name, LocalText(title), "", "x.yaml", publisher, code="0012", published=TODAY))


def test_every_dataset_is_described_beside_its_page(tiny_release: Path) -> None:
    """Open or not, each has its entry in all formats, in Markdown in both languages; what has files, a feed."""
    site = tiny_release / "site"
    for name in ("bus-lines", "salaries", "schools"):
        names = {path.name for path in (site / "datasets" / name).iterdir() if path.is_file()}
        assert {
            "ckan.json",
            "index.jsonld",
            "index.md",
            "index.rdf",
            "index.ttl",
        } < names
        assert ("feed.xml" in names) == (name != "salaries")
        assert names & {"datapackage.json", "entry.json"} == {
            "entry.json" if name == "salaries" else "datapackage.json"
        }
        assert (site / "en" / "datasets" / name / "index.md").is_file()


def test_the_catalogue_as_csv_and_workbook_says_the_same(tiny_release: Path) -> None:
    """A line a dataset under Chinese titles; in the workbook all of it is text."""
    site = tiny_release / "site"
    rows = list(csv.reader(io.StringIO((site / "catalog.csv").read_bytes().decode(), newline="")))
    assert [rows[0], [row[-2] for row in rows[1:]]] == [list(HEADERS), ["bus-lines", "salaries", "schools"]]
    sheet = openpyxl.load_workbook(site / "catalog.xlsx").worksheets[0]
    assert [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()] == rows
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_nothing_in_the_lists_runs(tmp_path: Path) -> None:
    """A title that begins a formula is told by an apostrophe in CSV, and is text in the workbook; codes keep zeros."""
    write_descriptions([made("a", "=HYPERLINK(1)")], DIRECTORY, tmp_path, TODAY)
    row = list(csv.reader(io.StringIO((tmp_path / "catalog.csv").read_text(encoding="utf-8"))))[1]
    assert (row[0], row[2]) == ("'=HYPERLINK(1)", "0012")
    sheet = openpyxl.load_workbook(tmp_path / "catalog.xlsx").worksheets[0]
    assert [(sheet[cell].value, sheet[cell].data_type) for cell in ("A2", "C2")] == [
        ("=HYPERLINK(1)", "s"),
        ("0012", "s"),
    ]


def test_feeds_enclose_the_archive(tiny_release: Path) -> None:
    """Each entry with files links all of them in one, with its size; what is not open encloses nothing."""
    site = tiny_release / "site"
    entries = feedparser.parse((site / "feed.xml").read_bytes()).entries
    enclosed = {
        entry.link.split("/")[-2]: [(item.href, item.type, item.length) for item in entry.enclosures]
        for entry in entries
    }
    size = str((site / "data" / "schools" / "schools.zip").stat().st_size)
    assert enclosed["schools"] == [("http://127.0.0.1:8000/data/schools/schools.zip", "application/zip", size)]
    assert enclosed["salaries"] == []


def test_the_entry_is_linked_where_there_is_no_package(tiny_release: Path) -> None:
    """The page, its list of formats and data.json name the file that there is."""
    site = tiny_release / "site"
    described = {
        item["identifier"].split("/")[-2]: item["describedBy"].rpartition("/")[2]
        for item in json.loads((site / "data.json").read_text(encoding="utf-8"))["dataset"]
    }
    assert described == {"bus-lines": "datapackage.json", "salaries": "entry.json", "schools": "datapackage.json"}
    page = (site / "datasets" / "salaries" / "index.html").read_text(encoding="utf-8")
    assert ("entry.json" in page, "datapackage.json" in page) == (True, False)


def test_lists_in_json_are_whole(tiny_release: Path) -> None:
    """catalog.json and data.json have every dataset, and files of open ones alone."""
    site = tiny_release / "site"
    listed = json.loads((site / "catalog.json").read_text(encoding="utf-8"))["datasets"]
    assert [(item["name"], "files" in item) for item in listed] == [
        ("bus-lines", True),
        ("salaries", False),
        ("schools", True),
    ]
    dataset = json.loads((site / "data.json").read_text(encoding="utf-8"))["dataset"]
    assert [item["accessLevel"] for item in dataset] == ["public", "non-public", "public"]


def test_the_sitemap_names_every_page(tiny_release: Path) -> None:
    """Each page stands there once in each language, but for that of missing addresses and the forms for rows."""
    site = tiny_release / "site"
    paths = re.findall(r"<loc>http://127.0.0.1:8000([^<]*)</loc>", (site / "sitemap.xml").read_text(encoding="utf-8"))
    pages = [f"/{path.parent.relative_to(site).as_posix()}/".replace("/./", "/") for path in site.rglob("index.html")]
    assert sorted(paths) == sorted(page for page in pages if not is_rows_page(page))


def test_a_large_sitemap_is_split(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file holds more addresses than search engines take; an index names them all."""
    monkeypatch.setattr(sitemap, "URLS_MAX", 8)
    with SitemapFiles(tmp_path, "https://data.example.cn") as files:
        for number in range(10):
            files.add(f"/datasets/d{number}/", TODAY)
    names = re.findall(r"<loc>https://data.example.cn/([^<]*)</loc>", (tmp_path / "sitemap.xml").read_text())
    assert names == sorted(path.name for path in tmp_path.glob("sitemap-*.xml"))
    assert [(tmp_path / name).read_text().count("<url>") for name in names] == [8, 8, 4]


def test_feeds_tell_what_is_newest(tiny_release: Path) -> None:
    """The portal, a publisher and a topic each have a feed, in both languages, the newest first."""
    site = tiny_release / "site"

    def titles(path: str) -> list[str]:
        feed = feedparser.parse((site / path).read_bytes())
        assert not feed.bozo
        return [entry.title for entry in feed.entries]

    assert titles("feed.xml") == ["公交线路与站点", "学校名录", "工资发放记录"]
    assert titles("en/feed.xml") == ["公交线路与站点", "List of schools", "工资发放记录"]
    assert titles("publishers/transport/feed.xml") == ["公交线路与站点", "工资发放记录"]
    assert titles("themes/education/feed.xml") == ["学校名录"]


def test_a_feed_keeps_the_newest_of_many(tmp_path: Path) -> None:
    """Of more datasets than a feed holds, those updated last are in it."""
    many = [made(f"d{number:03}") for number in range(60)]
    dated = [
        replace(item, dataset=replace(item.dataset, updated=TODAY.replace(day=1 + n % 28)))
        for n, item in enumerate(many)
    ]
    write_descriptions(dated, DIRECTORY, tmp_path, TODAY)
    found = [entry.updated[:10] for entry in feedparser.parse((tmp_path / "feed.xml").read_bytes()).entries]
    assert (len(found), found) == (50, sorted((f"{item.dataset.updated}" for item in dated), reverse=True)[:50])


def test_one_dataset_that_fails_is_left_out_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A description that cannot be made is a finding; all others are written."""

    def broken(published: PublishedDataset, described: object) -> bytes:
        if published.dataset.name == "bad":
            raise ValueError("secret cell")
        return b"{}"

    monkeypatch.setattr(descriptions, "_FORMS", (("zh", "ckan.json", broken),))
    findings = write_descriptions([made("bad"), made("good")], DIRECTORY, tmp_path, TODAY)
    assert [(item.code, item.dataset, "secret" in str(item)) for item in findings] == [
        ("description-left-out", "bad", False)
    ]
    assert (tmp_path / "datasets" / "good" / "ckan.json").read_bytes() == b"{}"


@given(published=packages())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=15)
def test_no_text_stops_the_descriptions(tmp_path: Path, published: PublishedDataset) -> None:
    """Whatever a publisher wrote, all formats are made, and those in JSON can be read."""
    hostile = replace(published, dataset=replace(published.dataset, title=LocalText("\ud800</script>\x00")))
    assert write_descriptions([published, hostile], DIRECTORY, tmp_path, TODAY) == []
    for name in ("catalog.json", "data.json", f"datasets/{published.dataset.name}/ckan.json"):
        json.loads((tmp_path / name).read_text(encoding="utf-8"))


def test_what_is_not_open_is_nowhere(tiny_release: Path) -> None:
    """No description of a closed dataset has a path of its file or a cell of it."""
    site = tiny_release / "site"
    for path in [*site.rglob("*.json"), *site.rglob("*.md"), *site.rglob("*.xml"), *site.rglob("*.ttl")]:
        assert "salaries.csv" not in path.read_text(encoding="utf-8"), path
