"""Metadata files written beside the pages: DCAT, datapackage.json, CKAN, Croissant, Markdown, feeds.

The files describe every dataset and the whole catalogue for programs, in the usual formats. All formats are made by
`portal.publishing.formats`; here they are written, dataset by dataset, so that a catalogue of any size takes no more
memory than one dataset and a few lists of what is newest.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from portal.findings.finding import Finding, found
from portal.model.addresses import (
    CKAN_DATASET,
    CROISSANT,
    DATA_PACKAGE,
    ENTRY,
    FEED,
    MARKDOWN_TWIN,
    PROFILE,
    REGISTER_COUNTS,
    beside,
    dataset_path,
    in_language,
    site_file,
    site_folder,
)
from portal.model.errors import raise_refusal
from portal.model.portal import Directory
from portal.model.text import LANGUAGES, LocalText
from portal.publishing.files.calendar_files import write_calendars
from portal.publishing.files.catalog_files import CatalogueFiles, as_bytes, as_json
from portal.publishing.files.standard_files import write_standard_files
from portal.publishing.files.well_known_files import write_well_known
from portal.publishing.formats import (
    atom,
    ckan,
    croissant,
    datapackage,
    dcat,
    markdown_twin,
    profile_json,
    register_counts,
)
from portal.publishing.formats.citation import citation_of
from portal.publishing.formats.metadata_formats import package_format
from portal.publishing.publication import PublishedDataset
from portal.publishing.release_content import ReleaseContent

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Described:
    """What stays the same for all datasets."""

    directory: Directory
    site_dir: Path
    today: date

    @property
    def base_url(self) -> str:
        """Where the portal is reached, without a slash at the end."""
        return self.directory.portal.base_url


def describe(content: ReleaseContent, site_dir: Path) -> list[Finding]:
    """The stage *describe*: write all that programs read of a release besides its data; return what failed."""
    findings = write_descriptions(
        content.datasets, content.directory, site_dir, content.today, issued=content.first_released
    )
    write_standard_files(site_dir)
    write_well_known(content.directory.portal, site_dir, content.today)
    write_calendars(content.datasets, content.directory, site_dir, content.today)
    return findings


def write_descriptions(
    datasets: Collection[PublishedDataset],
    directory: Directory,
    site_dir: Path,
    today: date,
    *,
    issued: date | None = None,
) -> list[Finding]:
    """Write all descriptions below *site_dir*; return which of them could not be made.

    Of what is not given out the entry is described and no file; a
    description that fails is left out, and the others go on. *today* stands in citations, and in a feed of nothing,
    *issued* is the day of the first release.
    """
    described = Described(directory, site_dir, today)
    findings: list[Finding] = []
    graphs = dcat.CataloguePages(
        directory, base_url=described.base_url, today=today, total=len(datasets), issued=issued
    )
    with CatalogueFiles(directory, site_dir, today) as catalogue:
        for published in datasets:
            findings.extend(_write_dataset(published, described))
            for name, add in (("dcat", lambda item: _write(graphs.add(item), site_dir)), ("catalog", catalogue.add)):
                try:
                    add(published)
                except OSError:
                    raise
                except Exception as error:
                    findings.append(_failed(published, name, error))
    _write(graphs.finish(), site_dir)
    return findings


def _write(documents: Iterable[tuple[str, bytes]], site_dir: Path) -> None:
    for path, content in documents:
        (site_dir / site_file(path)).write_bytes(content)


def _write_dataset(published: PublishedDataset, described: Described) -> Iterator[Finding]:
    """Write the descriptions of one dataset beside its page."""
    name = published.dataset.name
    for lang in LANGUAGES:
        folder = site_folder(in_language(lang, dataset_path(name)))
        (described.site_dir / folder).mkdir(parents=True, exist_ok=True)
    for lang, file, make in _FORMS:
        path = in_language(lang, beside(dataset_path(name), file))
        try:
            content = make(published, described)
            if content is not None:
                (described.site_dir / site_file(path)).write_bytes(content)
        except OSError:
            raise
        except Exception as error:
            yield _failed(published, file, error)


def _failed(published: PublishedDataset, file: str, error: Exception) -> Finding:
    """Say that a description could not be made; what the error says may quote data and goes to the log alone."""
    dataset = published.dataset
    raise_refusal(error)
    logger.debug("dataset %s, %s", dataset.name, file, exc_info=error)
    reason = LocalText(type(error).__name__, type(error).__name__)
    return found("description-left-out", dataset=dataset.name, file=dataset.descriptor_file, format=file, reason=reason)


def _package_as(file: str) -> Callable[[PublishedDataset, Described], bytes | None]:
    """Return what writes a Data Package, or an entry without files, for the datasets whose file has that name."""

    def make(published: PublishedDataset, described: Described) -> bytes | None:
        if package_format(published).file != file:
            return None
        return as_json(datapackage.dump(published, base_url=described.base_url))

    return make


def _ckan(published: PublishedDataset, described: Described) -> bytes:
    first_released = described.directory.first_released
    return as_json(ckan.dump(published, base_url=described.base_url, first_released=first_released))


def _croissant(published: PublishedDataset, described: Described) -> bytes | None:
    title = str(described.directory.portal.title)
    document = croissant.dump(published, base_url=described.base_url, portal_title=title)
    return as_json(document) if document else None


def _profile(published: PublishedDataset, described: Described) -> bytes | None:
    document = profile_json.dump(published, base_url=described.base_url)
    return as_json(document) if document else None


def _register_counts(published: PublishedDataset, described: Described) -> bytes | None:
    if not published.registers:
        return None
    departments = {item.uscc: item.title for item in described.directory.publishers if item.uscc}
    return as_json(register_counts.dump(published, base_url=described.base_url, departments=departments))


def _markdown(lang: str) -> Callable[[PublishedDataset, Described], bytes]:
    def make(published: PublishedDataset, described: Described) -> bytes:
        dataset, portal = published.dataset, described.directory.portal
        url = portal.base_url + in_language(lang, dataset_path(dataset.name))
        title = portal.title.to(lang)
        citation = citation_of(dataset, lang=lang, portal_title=title, url=url, accessed=described.today)
        text = markdown_twin.dump(published, lang=lang, base_url=portal.base_url, portal_title=title, citation=citation)
        return as_bytes(text)

    return make


def _feed(published: PublishedDataset, described: Described) -> bytes | None:
    """Return the feed of one dataset, which tells that it was brought up to date; None without files or a date."""
    if not published.resources:
        return None
    base_url = described.base_url
    entry = atom.entry_of(published, lang="zh", base_url=base_url)
    if entry is None:
        return None
    portal = described.directory.portal
    title = f"{entry.title} - {portal.title}"
    return as_bytes(atom.dump([entry], lang="zh", title=title, page_url=entry.url, feed_url=beside(entry.url, FEED)))


_FORMS: tuple[tuple[str, str, Callable[[PublishedDataset, Described], bytes | None]], ...] = (
    *(("zh", file, _package_as(file)) for file in (DATA_PACKAGE, ENTRY)),
    ("zh", CKAN_DATASET, _ckan),
    ("zh", CROISSANT, _croissant),
    ("zh", PROFILE, _profile),
    ("zh", REGISTER_COUNTS, _register_counts),
    *((lang, MARKDOWN_TWIN, _markdown(lang)) for lang in LANGUAGES),
    ("zh", FEED, _feed),
)
"""Beside the page in which language each description stands, its name, what makes it; None where it does not apply."""
