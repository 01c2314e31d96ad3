"""A search over a folder of datasets without building a release: only descriptors are read; rows are not found."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.model.former_names import taken_over
from portal.model.portal import Directory
from portal.publishing.publication import PublishedDataset
from portal.publishing.search.catalogue_search import CatalogueSearch, open_search
from portal.publishing.search.engines.search_index import open_engine, write_index
from portal.publishing.search.lexicon.lexicon_reading import read_lexicon
from portal.publishing.search.meaning.meaning_step import write_meaning
from portal.publishing.search.search_documents import SearchDocuments, by_standing
from portal.publishing.search.terms.terms_file import FILE_NAME as TERMS_FILE
from portal.settings import load_settings

TITLES_FILE = "titles.json"


def write_search(datasets: Path, folder: Path) -> None:
    """Write the index, the terms, and the titles by name of all *datasets* into the new *folder*."""
    settings = load_settings(datasets)
    catalog, _ = load_catalog(settings)
    folder.mkdir(parents=True)
    ordered = by_standing([PublishedDataset(dataset) for dataset in catalog.datasets])
    names = taken_over(catalog.publishers, {dataset.publisher.id for dataset in catalog.datasets})
    write_index(SearchDocuments(ordered, names), folder)
    directory = Directory(settings.portal, catalog.publishers, catalog.themes)
    with closing(open_engine(folder)) as engine:
        write_meaning(folder / TERMS_FILE, ordered, directory, read_lexicon(datasets).groups, engine.source)
    titles = {item.dataset.name: item.dataset.title.zh or item.dataset.title.en for item in ordered}
    (folder / TITLES_FILE).write_text(json.dumps(titles, ensure_ascii=False), encoding="utf-8")


def open_written(folder: Path) -> tuple[CatalogueSearch, dict[str, str]]:
    """Open what `write_search` wrote: the search, and the titles by name."""
    return open_search(folder), read_titles(folder)


def read_titles(folder: Path) -> dict[str, str]:
    """Return the titles by name that `write_search` wrote."""
    titles: dict[str, str] = json.loads((folder / TITLES_FILE).read_text(encoding="utf-8"))
    return titles
