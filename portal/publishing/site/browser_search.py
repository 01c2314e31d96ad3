"""Search in the browser, for portals that are given out as files: cards and labels beside the files of the search.

All of them stand in one folder that is named after what it holds, so browsers may keep them for as long as they like.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from portal.i18n import day_text, translate, translations
from portal.model.addresses import DATASETS, SEARCH_FILES, in_language, site_folder
from portal.model.former_names import taken_over
from portal.model.text import LANGUAGES, enumerated
from portal.publishing.publication import PublishedDataset
from portal.publishing.release_content import ReleaseContent
from portal.publishing.search.found import BECAUSE_KINDS, Because
from portal.publishing.search.in_browser.browser_files import BROWSER_DATASETS_MAX, write_browser_files
from portal.publishing.search.in_browser.sharded_files import write_json, write_pages
from portal.publishing.search.search_documents import FACETS, SearchDocuments, by_standing, facet_values
from portal.publishing.site.dataset_lists import SORT_TITLES, card
from portal.publishing.site.foreign_texts import language_of
from portal.publishing.site.frame import make_page
from portal.publishing.site.labels import Labels
from portal.publishing.site.list_samples import list_samples
from portal.publishing.site.render import Renderer
from portal.publishing.site.search_words import reasons_in_words

CARDS_A_FILE = 10
_DIGITS = 12
_SENTENCES = {
    "found": ("%(num)s dataset", "%(num)s datasets"),
    "found_for": ("%(num)s dataset for “%(query)s”", "%(num)s datasets for “%(query)s”"),
    "more": ("Show %(num)s more", "Show %(num)s more"),
    "whole": ("Show the other %(num)s too", "Show the other %(num)s too"),
    "position": ("Page %(page)s of %(pages)s", "Page %(page)s of %(pages)s"),
    "page": ("Page %(page)s", "Page %(page)s"),
    "remove": ("Remove filter: %(label)s", "Remove filter: %(label)s"),
    "results": ("Search results", "Search results"),
}
"""Messages of pages, one and many; what is filled in stands between braces."""


def write_browser_search(content: ReleaseContent, search: Path, site: Path, renderer: Renderer) -> str:
    """Write the search in the browser below *site*, out of the release's own in *search*; return its address.

    A larger catalogue than `BROWSER_DATASETS_MAX` has none, and the address is "".
    """
    if len(content.datasets) > BROWSER_DATASETS_MAX:
        return ""
    above = site / site_folder(SEARCH_FILES)
    folder = above / "new"
    folder.mkdir(parents=True)
    shown = {item.dataset.publisher.id for item in content.datasets}
    names = taken_over(content.directory.publishers, shown)
    write_browser_files(search, SearchDocuments(content.datasets, names), folder)
    ordered = by_standing(content.datasets)
    for lang in LANGUAGES:
        labels = Labels(content.listed, lang)
        write_pages((_card(item, labels) for item in ordered), folder / f"cards-{lang}", CARDS_A_FILE)
        write_json(folder / f"labels-{lang}.json", _told(content, ordered, labels))
        write_json(folder / f"samples-{lang}.json", dict(_samples(content, labels, renderer)))
    named = _digest(folder)
    folder.rename(above / named)
    return f"{SEARCH_FILES}{named}/"


def _samples(content: ReleaseContent, labels: Labels, renderer: Renderer) -> Iterator[tuple[str, str]]:
    """Yield the samples of answers as pages, by their names."""
    for name, body in list_samples(labels, content.directory.portal).items():
        page = make_page(
            content.directory, labels.lang, content.today, DATASETS, translate(labels.lang, "Datasets"), body
        )
        yield name, renderer.render("pages/dataset-list.html", page)


def _card(published: PublishedDataset, labels: Labels) -> dict[str, Any]:
    """Return a dataset as it stands in lists, what it lacks left out; paths begin at the portal's own address."""
    shown = card(published, labels)
    lang = labels.lang
    told = {
        "name": published.dataset.name,
        "title": shown.title,
        "lang": language_of(shown.title, lang),
        "path": in_language(lang, shown.path)[1:],
        "summary": shown.summary,
        "summary_lang": language_of(shown.summary, lang),
        "publisher": shown.publisher.title,
        "publisher_lang": language_of(shown.publisher.title, lang),
        "publisher_path": in_language(lang, shown.publisher.path)[1:],
        "formats": shown.formats,
        "updated": shown.updated.isoformat() if shown.updated else "",
        "day": day_text(lang, shown.updated) if shown.updated else "",
        "rows": shown.rows,
        "thumbnail": shown.thumbnail[1:],
        "use": shown.use,
        "badges": shown.badges,
    }
    return {key: value for key, value in told.items() if value}


def _told(content: ReleaseContent, ordered: list[PublishedDataset], labels: Labels) -> dict[str, Any]:
    """Return the words of one language: facets and their values, orders, sentences."""
    values: dict[str, dict[str, str]] = {facet: {} for facet in FACETS}
    for item in ordered:
        for facet, of_one in facet_values(item.dataset, item.formats).items():
            values[facet].update((value, labels.value(facet, value)) for value in of_one)
    return {
        "facets": {facet: {"title": labels.facet(facet), "values": values[facet]} for facet in FACETS},
        "sorts": [[sort, _forms(labels.lang, title, title)[0]] for sort, title in SORT_TITLES.items()],
        "sentences": {name: _forms(labels.lang, *forms) for name, forms in _SENTENCES.items()},
        "reasons": _reasons(labels.lang),
        "moved": {item.old: item.new for item in content.moved if item.kind == "publishers"},
    }


def _reasons(lang: str) -> dict[str, str]:
    """Return the reasons why a dataset may be meant as sentences, with what stands between two words."""
    told = {kind: reasons_in_words([Because(kind, "{typed}", "{meant}")], lang) for kind in BECAUSE_KINDS}
    return {
        **{kind: sentences[0] for kind, sentences in told.items() if sentences},
        "words": translate(lang, "It has %(words)s", words="{words}"),
        "between": enumerated(lang, ("", "")),
    }


def _forms(lang: str, one: str, many: str) -> list[str]:
    """Return the forms of a message for one and for many, with braces about what is filled in."""
    if one == many:
        return [str(translations(lang).gettext(one)) % _BRACES] * 2
    return [str(translations(lang).ngettext(one, many, number)) % _BRACES for number in (1, 2)]


class _Braces(dict[str, str]):
    """Gives back each name between braces."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


_BRACES = _Braces()


def _digest(folder: Path) -> str:
    """Return a name for the folder that other content would not have."""
    found = hashlib.sha256()
    for path in _files(folder):
        found.update(f"{path.relative_to(folder).as_posix()}\n".encode())
        found.update(path.read_bytes())
    return found.hexdigest()[:_DIGITS]


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())
