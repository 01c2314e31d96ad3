"""The pages of a release: home page, dataset list, publishers' and topics' pages ...; path and context of each.

Their kinds stand in the page registry; they are made in one language at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from portal.findings.finding import Finding
from portal.i18n import number_text, translate
from portal.model.addresses import (
    DATASETS,
    data_path,
    dataset_path,
    in_language,
    numbered,
    relative,
    report_path,
    rows_page_path,
)
from portal.publishing.publication import PublishedDataset
from portal.publishing.release_content import ReleaseContent
from portal.publishing.search.engine import Hits
from portal.publishing.search.query import PARAMETERS, SearchQuery
from portal.publishing.site import page_registry
from portal.publishing.site.code_names import CodeNames, Names
from portal.publishing.site.connections import Connections
from portal.publishing.site.contexts.list_contexts import BrowserSearch
from portal.publishing.site.contexts.page_contexts import Figure
from portal.publishing.site.contexts.row_contexts import RowsPage
from portal.publishing.site.dataset_lists import CARDS_A_PAGE, calendar_path, card, dataset_list, in_pages
from portal.publishing.site.frame import Rendering, rendering
from portal.publishing.site.labels import Labels
from portal.publishing.site.maps.dataset_maps import DatasetMaps
from portal.publishing.site.markdown import to_summary
from portal.publishing.site.page_registry import PageKind
from portal.publishing.site.pages.about_pages import about_page
from portal.publishing.site.pages.dataset_charts import charts_view
from portal.publishing.site.pages.dataset_page import dataset_page
from portal.publishing.site.pages.developers_page import developers_page
from portal.publishing.site.pages.error_pages import error_pages
from portal.publishing.site.pages.files_page import files_page
from portal.publishing.site.pages.first_look import first_look
from portal.publishing.site.pages.group_pages import GroupPages
from portal.publishing.site.pages.home_page import home_page
from portal.publishing.site.pages.moved_pages import moved_pages
from portal.publishing.site.pages.open_catalogue_page import open_catalogue_pages
from portal.publishing.site.pages.quality_page import quality_page
from portal.publishing.site.pages.report_page import report_page
from portal.publishing.site.pages.rows_page import rows_page, tables_page
from portal.publishing.site.pages.standards_pages import standards_pages
from portal.publishing.site.pages.support_pages import support_pages
from portal.publishing.site.pages.tables_together import tables_together
from portal.publishing.site.refused_reports import refused_registers


def site_pages(
    content: ReleaseContent,
    everything: Hits,
    lang: str,
    search_files: str = "",
    names: CodeNames | None = None,
    maps: DatasetMaps | None = None,
    charts: Path | None = None,
) -> Iterator[Rendering]:
    """Yield every page of the release in one language; *everything* are all datasets in the order of lists.

    *search_files* is the address of the files that a browser searches in by itself; *names* are those of codes, and
    *maps* draws what has places; *charts* is the folder of what was drawn.
    """
    site = _Site(content, everything, lang, search_files, names, maps, charts)
    yield site.home()
    yield from site.lists()
    for published in content.datasets:
        yield site.dataset(published)
        if published.dataset.is_released:
            yield site.report(published)
        if published.has_files:
            yield site.files(published)
            yield from site.rows(published)
    yield from site.groups.publishers()
    yield from site.groups.themes()
    yield from open_catalogue_pages(
        site.directory, [site.by_name[name] for name in sorted(site.by_name)], site.labels, content.today
    )
    if content.quality:
        deadlines = calendar_path(content.datasets)
        yield quality_page(content.quality, site.directory, lang, content.today, calendar_path=deadlines)
    registers = (item for item in content.datasets if item.dataset.is_register)
    yield from standards_pages(
        site.directory, registers, site.findings, refused_registers(content), site.labels, content.today
    )
    yield from moved_pages(site.directory, content.moved, lang, content.today)
    yield site.about()
    yield site.developers()
    yield from support_pages(
        site.directory, content.datasets, site.groups.theme_links(), site.groups.publisher_links(), lang, content.today
    )
    yield from error_pages(site.directory, lang, content.today)


class _Site:
    def __init__(
        self,
        content: ReleaseContent,
        everything: Hits,
        lang: str,
        search_files: str,
        names: CodeNames | None,
        maps: DatasetMaps | None,
        charts: Path | None,
    ) -> None:
        self.content, self.charts = content, charts
        self.names = names
        self.maps = maps
        self.connections = Connections(content.datasets)
        self.search = BrowserSearch(search_files, tuple(sorted(PARAMETERS))) if search_files else None
        self.everything = everything
        self.directory = content.listed
        self.departments = content.departments
        self.lang = lang
        self.labels = Labels(self.directory, lang)
        self.by_name = {item.dataset.name: item for item in content.datasets}
        self.cards = {name: card(item, self.labels) for name, item in self.by_name.items()}
        self.ordered = [self.by_name[name] for name in everything.names]
        self.home_link = page_registry.HOME.link(lang)
        self.groups = GroupPages(content, self.ordered, self.cards, lang)
        self.findings: dict[str, list[Finding]] = {}
        for finding in content.report:
            self.findings.setdefault(finding.dataset or "", []).append(finding)

    def _(self, message: str, **details: object) -> str:
        return translate(self.lang, message, **details)

    def page(self, kind: PageKind, body: object, **more: Any) -> Rendering:
        """Return a page of a kind; *more* are the keywords of `rendering`."""
        return rendering(kind, self.directory, self.lang, self.content.today, body, **more)

    def home(self) -> Rendering:
        portal = self.directory.portal
        body = home_page(
            self.ordered,
            portal,
            self.lang,
            self.content.today,
            cards=self.cards,
            figures=self._figures(),
            themes=self.groups.theme_links(),
            publishers=self.groups.publisher_links(),
        )
        title, description = portal.title.to(self.lang), portal.description.to(self.lang)
        return self.page(page_registry.HOME, body, title=title, description=description)

    def lists(self) -> Iterator[Rendering]:
        names = self.everything.names
        for number, chosen in in_pages(names):
            path = numbered(DATASETS, number)
            here = in_language(self.lang, path)
            body = dataset_list(
                self.everything,
                SearchQuery(start=(number - 1) * CARDS_A_PAGE, per_page=CARDS_A_PAGE),
                [self.cards[name] for name in chosen],
                self.labels,
                here=here,
                page_href=partial(self._numbered_href, here, DATASETS),
            )
            if number == 1:
                body = replace(body, browser_search=self.search)
            yield self.page(page_registry.DATASETS, body, path=path, description=body.summary, crumbs=(self.home_link,))

    def dataset(self, published: PublishedDataset) -> Rendering:
        successor = self.by_name.get(published.dataset.superseded_by)
        weights = self.content.quality.weights if self.content.quality else None
        names = self.names.of(published) if self.names else {}
        body = dataset_page(
            published,
            self.directory,
            self.labels,
            successor,
            self.content.today,
            weights,
            self.departments,
            names,
            self.connections.of(published.dataset.name),
            self.maps.of(published, self.lang, names) if self.maps else None,
        )
        charts = charts_view(published, self.charts, self.lang)
        body = replace(body, charts=charts)
        return self.page(
            page_registry.DATASET,
            body,
            image=charts.image,
            image_words=charts.image_words,
            path=dataset_path(published.dataset.name),
            title=body.title,
            description=to_summary(published.dataset.description.to(self.lang)),
            crumbs=(self.home_link, page_registry.DATASETS.link(self.lang)),
            changed=published.dataset.updated or published.dataset.published,
        )

    def report(self, published: PublishedDataset) -> Rendering:
        dataset = published.dataset
        body = report_page(published, self.findings.get(dataset.name, []), self.labels, self.content.today)
        return self.page(
            page_registry.REPORT,
            body,
            path=report_path(dataset.name),
            title=body.heading,
            description=body.verdict,
            crumbs=(
                self.home_link,
                page_registry.DATASETS.link(self.lang),
                *([body.dataset] if body.dataset else []),
            ),
            changed=dataset.updated or dataset.published,
        )

    def files(self, published: PublishedDataset) -> Rendering:
        body = files_page(published, self.lang, self.directory.portal.base_url)
        return self.page(
            page_registry.FILES,
            body,
            path=data_path(published.dataset.name),
            title=body.heading,
            crumbs=(self.home_link, page_registry.DATASETS.link(self.lang), body.dataset),
        )

    def rows(self, published: PublishedDataset) -> Iterator[Rendering]:
        """Yield for each table the page that asks for its rows, and one for those of one shape together."""
        dataset, names = published.dataset, self.names.of(published) if self.names else {}
        as_one = tables_together(published)
        lead_to = {item.resource.name: together for together in as_one for item in together.members}
        base_url = self.directory.portal.base_url
        for item in published.resources:
            if item.table_file:
                name = item.resource.name
                look = first_look(item, self.labels, _of_table(names, name))
                body = rows_page(published, item, self.lang, base_url, look=look, together=lead_to.get(name))
                yield self._rows_page(body, rows_page_path(dataset.name, item.resource.name))
        for together in as_one:
            newest = together.members[0]
            look = first_look(newest, self.labels, _of_table(names, newest.resource.name))
            yield self._rows_page(tables_page(published, together, self.lang, look=look), together.path)

    def _rows_page(self, body: RowsPage, path: str) -> Rendering:
        crumbs = (self.home_link, page_registry.DATASETS.link(self.lang), body.dataset)
        return self.page(page_registry.ROWS, body, path=path, title=body.heading, crumbs=crumbs)

    def about(self) -> Rendering:
        body = about_page(self.content.datasets, self.directory.portal, self._figures(), self.lang)
        return self.page(page_registry.ABOUT, body, crumbs=(self.home_link,))

    def developers(self) -> Rendering:
        body = developers_page(self.content.datasets, self.directory.portal, self.lang)
        return self.page(page_registry.DEVELOPERS, body, crumbs=(self.home_link,))

    def _numbered_href(self, here: str, path: str, number: int) -> str:
        return relative(here, in_language(self.lang, numbered(path, number)))

    def _figures(self) -> tuple[Figure, ...]:
        datasets = self.content.datasets
        files = sum(len(resource.files) for item in datasets for resource in item.resources)
        rows = sum(item.rows for item in datasets)
        publishers = len({item.dataset.publisher.id for item in datasets})
        lang = self.lang
        return (
            Figure(number_text(lang, len(datasets)), self._("datasets")),
            Figure(number_text(lang, publishers), self._("publishers")),
            Figure(number_text(lang, files), self._("files to download")),
            Figure(number_text(lang, rows), self._("rows of data")),
        )


def _of_table(names: Mapping[tuple[str, str], Names], resource: str) -> dict[str, Names]:
    """Return the names of codes in one table, by its columns."""
    return {column: one for (name, column), one in names.items() if name == resource}
