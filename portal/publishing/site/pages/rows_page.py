"""The page on which a table is looked through, as a file of the release: its first rows and files, and what it needs.

The server answers at the same address with the explorer (`portal.serving.rows.explorer`), by the same template. Several
tables of one shape have such a page in common.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal.i18n import gettext_noop as _
from portal.i18n import size_text, translate, translate_many
from portal.model.addresses import dataset_path, rows_page_path
from portal.model.known_formats import DOWNLOAD_ORDER
from portal.publishing.publication import PublishedDataset, PublishedResource
from portal.publishing.site.contexts.contexts import AlikeTable, Download, Link
from portal.publishing.site.contexts.look_contexts import LookTable
from portal.publishing.site.contexts.row_contexts import RowsPage
from portal.publishing.site.pages.code_examples import code_examples
from portal.publishing.site.pages.tables_together import TablesTogether


def rows_page(
    published: PublishedDataset,
    item: PublishedResource,
    lang: str,
    base_url: str,
    *,
    look: LookTable | None = None,
    together: TablesTogether | None = None,
) -> RowsPage:
    """Return the page for one table with its first rows and its files; without *base_url* it has no code examples.

    *together* are the tables of its shape that are looked through as one.
    """
    dataset = published.dataset
    file = item.table_file
    return RowsPage(
        heading=translate(lang, "Look through “%(title)s”", title=table_title(published, item, lang)),
        dataset=Link(dataset.title.to(lang), dataset_path(dataset.name)),
        file_path=f"/{file.path}" if file else "",
        downloads=tuple(_downloads(item, lang)),
        look=look,
        examples=code_examples(published, item, lang, base_url) if base_url else (),
        together=tables_link(together, lang) if together else None,
    )


def tables_page(
    published: PublishedDataset,
    together: TablesTogether,
    lang: str,
    *,
    look: LookTable | None = None,
    with_files: bool = True,
) -> RowsPage:
    """Return the page for several tables as one, with the first rows of the first of them and the files of each."""
    dataset, members = published.dataset, together.members
    # Of several shapes each is told by one of its tables.
    title = table_title(published, members[0], lang) if together.like else dataset.title.to(lang)
    return RowsPage(
        heading=translate(
            lang,
            _("Look through “%(title)s”: %(num)s tables as one"),
            title=title,
            num=len(members),
        ),
        dataset=Link(dataset.title.to(lang), dataset_path(dataset.name)),
        file_path="",
        look=look,
        alike=tuple(_alike(published, item, lang, number) for number, item in enumerate(members, start=1))
        if with_files
        else (),
        alike_title=translate_many(lang, "%(num)s table alike", "%(num)s tables alike", len(members)),
    )


def tables_link(together: TablesTogether, lang: str) -> Link:
    """Return what leads to the page of several tables as one."""
    return Link(
        translate(lang, _("Look through all %(num)s tables as one"), num=len(together.members)),
        together.path,
    )


def _alike(published: PublishedDataset, item: PublishedResource, lang: str, number: int) -> AlikeTable:
    return AlikeTable(
        id=f"table-{number}",
        title=item.resource.title.to(lang),
        size_note=translate_many(lang, "%(num)s row", "%(num)s rows", item.profile.rows) if item.profile else "",
        query_path=rows_page_path(published.dataset.name, item.resource.name),
        downloads=tuple(_downloads(item, lang)),
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
