"""catalog.csv, .xlsx and .json, robots.txt, feeds, llms.txt: files of the whole catalogue.

Lists, feeds, and what robots and language models ask for. Each dataset is added once and nothing of it is kept but
what stands in a feed.
"""

from __future__ import annotations

import heapq
import json
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any
from urllib.parse import urlsplit

from portal.i18n import translate
from portal.model.addresses import (
    DATA_JSON,
    FEED,
    HOME,
    LLMS,
    OPEN_CATALOGUE,
    ROBOTS,
    SITEMAP,
    beside,
    catalog_file,
    in_language,
    open_catalogue_file,
    publisher_path,
    site_file,
    site_folder,
    theme_path,
)
from portal.model.portal import Directory
from portal.model.text import LANGUAGES, LocalText
from portal.publishing.files.csv_list import CsvList
from portal.publishing.files.list_files import JsonList, XlsxList
from portal.publishing.formats import atom, catalog_list, data_json, llms, open_catalogue, sitemap
from portal.publishing.formats.atom import ENTRIES_MAX, Entry
from portal.publishing.formats.metadata_formats import CATALOGUE_FORMATS
from portal.publishing.publication import PublishedDataset

_CREATED = datetime(2000, 1, 1)


def as_json(document: Any) -> bytes:
    """Return a document as JSON in UTF-8; a sign that UTF-8 does not have becomes a question mark."""
    return as_bytes(json.dumps(document, ensure_ascii=False, default=str) + "\n")


def as_bytes(text: str) -> bytes:
    """Return a text in UTF-8; a sign that UTF-8 does not have becomes a question mark."""
    return text.encode("utf-8", "replace")


class CatalogueFiles:
    """Takes the datasets one by one; the files are whole when the block ends without an error."""

    def __init__(self, directory: Directory, site_dir: Path, today: date) -> None:
        self.directory = directory
        self.today = today
        self.base_url = directory.portal.base_url
        self.site_dir = site_dir
        self._stack = ExitStack()

    def __enter__(self) -> CatalogueFiles:
        self.site_dir.mkdir(parents=True, exist_ok=True)
        portal = self.directory.portal
        self._csv = CsvList(self._open(catalog_file("csv")), catalog_list.HEADERS)
        self._xlsx = XlsxList(
            self.site_dir / site_file(catalog_file("xlsx")), "目录", catalog_list.HEADERS, catalog_list.WIDTHS
        )
        about = {"title": _both(portal.title), "description": _both(portal.description), "url": self.base_url + HOME}
        self._json = JsonList(self._open(catalog_file("json")), about, "datasets")
        (self.site_dir / site_folder(OPEN_CATALOGUE)).mkdir(exist_ok=True)
        self._open_csv = CsvList(self._open(open_catalogue_file("csv")), open_catalogue.HEADERS)
        self._open_xlsx = XlsxList(
            self.site_dir / site_file(open_catalogue_file("xlsx")),
            "开放目录",
            open_catalogue.HEADERS,
            open_catalogue.WIDTHS,
        )
        self._open_json = JsonList(self._open(open_catalogue_file("json")), about, "datasets")
        self._data_json = JsonList(self._open(DATA_JSON), data_json.HEAD, "dataset")
        self._feeds = _Feeds(self.directory, self.today)
        self._email = portal.email
        self._datasets = self._open_datasets = self._rows = 0
        return self

    def add(self, published: PublishedDataset) -> None:
        """Add one dataset to all files."""
        dataset = published.dataset
        row = catalog_list.row(published, base_url=self.base_url)
        self._csv.add(row)
        self._xlsx.add(row)
        self._json.add(catalog_list.record(published, base_url=self.base_url))
        row = open_catalogue.row(published, base_url=self.base_url)
        self._open_csv.add(row)
        self._open_xlsx.add(row)
        self._open_json.add(open_catalogue.record(published, base_url=self.base_url))
        self._data_json.add(data_json.dump(published, base_url=self.base_url, email=self._email))
        self._feeds.add(published)
        self._datasets += 1
        self._open_datasets += dataset.is_open
        self._rows += published.rows

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._stack:
            if kind is None:
                self._finish()

    def _open(self, path: str) -> IO[str]:
        file = self.site_dir / site_file(path)
        return self._stack.enter_context(file.open("w", encoding="utf-8", errors="replace", newline=""))

    def _finish(self) -> None:
        self._json.close()
        self._data_json.close()
        self._xlsx.close()
        self._open_xlsx.close()
        self._open_json.close()
        self._feeds.write(self.site_dir)
        portal = self.directory.portal
        paths = (*(beside(HOME, form.file) for form in CATALOGUE_FORMATS), SITEMAP)
        counts = llms.Counts(self._datasets, self._open_datasets, len(self._feeds.publishers), self._rows)
        (self.site_dir / site_file(LLMS)).write_bytes(as_bytes(llms.dump(portal, counts, forms=paths)))
        robots = sitemap.robots(self.base_url, urlsplit(self.base_url).path.rstrip("/"))
        (self.site_dir / site_file(ROBOTS)).write_bytes(as_bytes(robots))


class _Feeds:
    """What is newest in the portal, of each publisher and in each topic, in both languages."""

    def __init__(self, directory: Directory, today: date) -> None:
        self._directory = directory
        self._today = today
        self._base_url = directory.portal.base_url
        self._newest: dict[tuple[str, str], list[Entry]] = {}
        self.publishers: set[str] = set()

    def add(self, published: PublishedDataset) -> None:
        dataset = published.dataset
        self.publishers.add(dataset.publisher.id)
        for lang in LANGUAGES:
            entry = atom.entry_of(published, lang=lang, base_url=self._base_url)
            if entry is None:
                return
            self._push((lang, HOME), entry)
            self._push((lang, publisher_path(dataset.publisher.id)), entry)
            for theme in dataset.themes:
                self._push((lang, theme_path(theme.id)), entry)

    def write(self, site_dir: Path) -> None:
        """Write the feed of the portal, and those of publishers and topics that have an entry."""
        portal = self._directory.portal
        groups = [(HOME, portal.title)]
        groups += [(publisher_path(item.id), item.title) for item in self._directory.publishers]
        groups += [(theme_path(item.id), item.title) for item in self._directory.themes]
        for lang in LANGUAGES:
            for page, title in groups:
                entries = self._newest.get((lang, page), [])
                if entries or page == HOME:
                    self._write(site_dir, lang, page, title, sorted(entries, reverse=True))

    def _push(self, key: tuple[str, str], entry: Entry) -> None:
        newest = self._newest.setdefault(key, [])
        if len(newest) < ENTRIES_MAX:
            heapq.heappush(newest, entry)
        else:
            heapq.heappushpop(newest, entry)

    def _write(self, site_dir: Path, lang: str, page: str, title: LocalText, entries: list[Entry]) -> None:
        portal = self._directory.portal
        address, feed = in_language(lang, page), in_language(lang, beside(page, FEED))
        is_whole = page == HOME
        name = title.to(lang) if is_whole else f"{title.to(lang)} - {portal.title.to(lang)}"
        text = atom.dump(
            entries,
            lang=lang,
            title=translate(lang, "%(title)s: newest datasets", title=name),
            subtitle=portal.description.to(lang) if is_whole else "",
            page_url=self._base_url + address,
            feed_url=self._base_url + feed,
            when_empty=self._today,
        )
        (site_dir / site_folder(address)).mkdir(parents=True, exist_ok=True)
        (site_dir / site_file(feed)).write_bytes(as_bytes(text))


def _both(text: LocalText) -> dict[str, str]:
    return {lang: words for lang, words in (("zh", text.zh), ("en", text.en)) if words}
