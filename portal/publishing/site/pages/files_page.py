"""The list of all files of a dataset (/data/<dataset>/): what each is, size, day, SHA-256, and how to check them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portal.i18n import gettext_noop as _
from portal.i18n import size_text, translate
from portal.model.addresses import CHECKSUMS, data_path, dataset_path
from portal.publishing.publication import PublishedDataset, PublishedFile
from portal.publishing.site.contexts.data_tables import Cell, DataTable, columns
from portal.publishing.site.contexts.page_contexts import Link


@dataclass(frozen=True)
class FilesPage:
    """All files of a dataset. *commands* fetch the list of checksums and check the files that lie beside it."""

    heading: str
    dataset: Link
    files: DataTable
    checksums_path: str
    commands: str


def files_page(published: PublishedDataset, lang: str, base_url: str) -> FilesPage:
    """Return the context of the list; only files that stand in the release are listed."""
    dataset = published.dataset
    title = dataset.title.to(lang)
    folder = base_url + data_path(dataset.name)
    return FilesPage(
        heading=translate(lang, "Files of “%(title)s”", title=title),
        dataset=Link(title, dataset_path(dataset.name)),
        files=DataTable(
            columns(lang, ("File", "text"), ("Size", "number"), ("Updated", "name"), ("SHA-256", "text")),
            tuple(_rows(published, lang)),
        ),
        checksums_path=data_path(dataset.name, CHECKSUMS),
        commands=f"curl -O {folder}{CHECKSUMS}\nsha256sum --check --ignore-missing {CHECKSUMS}\n",
    )


def _rows(published: PublishedDataset, lang: str) -> Iterator[tuple[Cell, ...]]:
    for resource in published.resources:
        title = resource.resource.title.to(lang)
        for file in resource.files:
            note = translate(lang, "%(title)s, original file", title=title) if file.is_original else title
            yield _row(published, file, note, lang)
    if published.package:
        yield _row(published, published.package, translate(lang, "All of it in one archive"), lang)


def _row(published: PublishedDataset, file: PublishedFile, note: str, lang: str) -> tuple[Cell, ...]:
    name = file.path.removeprefix(data_path(published.dataset.name).removeprefix("/"))
    return (
        Cell(name, file=f"/{file.path}", note=note),
        Cell(size_text(lang, file.size_bytes)),
        Cell(day=published.dataset.updated),
        Cell(code=file.sha256),
    )


_MESSAGES = (_("File"), _("Size"), _("Updated"), _("SHA-256"))
