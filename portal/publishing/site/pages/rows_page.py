"""The page on which a table is looked through, as a file of the release: its first rows and files, and what it needs.

The server answers at the same address with the explorer (`portal.serving.rows.explorer`), by the same template.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal.i18n import size_text, translate
from portal.model.addresses import dataset_path
from portal.model.known_formats import DOWNLOAD_ORDER
from portal.publishing.publication import PublishedDataset, PublishedResource
from portal.publishing.site.contexts.contexts import Download, Link
from portal.publishing.site.contexts.look_contexts import LookTable
from portal.publishing.site.contexts.row_contexts import RowsPage
from portal.publishing.site.pages.code_examples import code_examples


def rows_page(
    published: PublishedDataset,
    item: PublishedResource,
    lang: str,
    base_url: str,
    *,
    look: LookTable | None = None,
) -> RowsPage:
    """Return the page for one table with its first rows and its files; without *base_url* it has no code examples."""
    dataset = published.dataset
    file = item.table_file
    return RowsPage(
        heading=translate(lang, "Look through “%(title)s”", title=table_title(published, item, lang)),
        dataset=Link(dataset.title.to(lang), dataset_path(dataset.name)),
        file_path=f"/{file.path}" if file else "",
        downloads=tuple(_downloads(item, lang)),
        look=look,
        examples=code_examples(published, item, lang, base_url) if base_url else (),
    )


def _downloads(item: PublishedResource, lang: str) -> Iterator[Download]:
    files = sorted(item.files, key=lambda file: DOWNLOAD_ORDER.get(file.format, len(DOWNLOAD_ORDER)))
    for file in files:
        if not file.is_original:
            yield Download(file.format.upper(), f"/{file.path}", size_text(lang, file.size_bytes), file.sha256)


def table_title(published: PublishedDataset, item: PublishedResource, lang: str) -> str:
    """Return what a table is called among all of the portal: with its dataset, where its own title tells less."""
    dataset, table = published.dataset.title.to(lang), item.resource.title.to(lang)
    return table if dataset in table else f"{dataset} · {table}"


def column_titles(item: PublishedResource, lang: str) -> dict[str, str]:
    """Return what each column of a table is called, by its name; its name where two have one title."""
    declared = {one.name: one.title.to(lang) for one in item.resource.schema.fields}
    names = [str(one["name"]) for one in item.table_schema.get("fields", ())]
    titles = {name: declared.get(name) or name for name in names}
    seen = list(titles.values())
    return {name: title if seen.count(title) == 1 else name for name, title in titles.items()}
