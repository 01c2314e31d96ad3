"""Lists of datasets: cards, badges, pagination, facets, filter chips, sort links; site and search results.

For the pages of a release and for the answers to searches alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from portal.i18n import gettext_noop as _
from portal.i18n import translate, translate_many
from portal.model.addresses import (
    API_DATASETS,
    API_DATASETS_CSV,
    API_DATASETS_FEED,
    CALENDAR,
    DATASETS,
    HOME,
    beside,
    chart_file,
    dataset_path,
    in_language,
    publisher_path,
    relative,
    with_query,
)
from portal.model.catalog import Dataset
from portal.model.known_formats import ATOM_MEDIA_TYPE, media_type_of
from portal.publishing.formats.deadlines import deadlines_of
from portal.publishing.formats.metadata_formats import CATALOGUE_FORMATS, MetadataFormat
from portal.publishing.publication import PublishedDataset
from portal.publishing.search.engine import Hits
from portal.publishing.search.query import PER_PAGE, RESULT_ROWS_MAX, SORTS, SearchQuery
from portal.publishing.site.contexts.list_contexts import Choice, DatasetCard, DatasetListPage, Facet, FacetValue, Pager
from portal.publishing.site.contexts.page_contexts import FormatLink, Link
from portal.publishing.site.contexts.search_contexts import ResultFile
from portal.publishing.site.labels import Labels
from portal.publishing.site.markdown import to_summary

FACET_VALUES_MAX = 15
"""Values of a facet that the further pages of a list show, beside those chosen."""
FACET_VALUES_FIRST_MAX = 200
"""Values of a facet that the first page of a list and an answer show; a page of its own has the others."""
FACET_VALUES_WHOLE_MAX = 10_000
"""Values of a facet on the page that shows all of them."""
WHOLE_FACET = "whole"
"""The parameter of a list's page that names the facet of which all values are shown."""
CARDS_A_PAGE = 20

_Item = TypeVar("_Item")

_SHARING_KINDS = {"unconditional": "open", "conditional": "conditional", "none": "closed"}
SORT_TITLES = {
    "relevance": "Best match",
    "updated": "Newest first",
    "title": "By title",
    "quality": "Best described first",
    "used": "Most used first",
}


def card(published: PublishedDataset, labels: Labels) -> DatasetCard:
    """Return a dataset as it stands in lists."""
    dataset, lang = published.dataset, labels.lang
    return DatasetCard(
        title=dataset.title.to(lang),
        path=dataset_path(dataset.name),
        summary=to_summary(dataset.description.to(lang)),
        publisher=Link(dataset.publisher.title.to(lang), publisher_path(dataset.publisher.id)),
        formats=published.formats,
        updated=dataset.updated,
        rows=translate_many(lang, "%(num)s row", "%(num)s rows", published.rows) if published.rows else "",
        use=use_words(published, lang),
        badges=(*badges(dataset, labels)[dataset.is_admitted :], *overdue_badge(published, labels)),
        thumbnail=chart_file(dataset.name, published.charts[0].name, "thumbnail.svg") if published.charts else "",
    )


def calendar_path(datasets: Iterable[PublishedDataset], page: str = HOME) -> str:
    """Return the path of the calendar beside a page that lists *datasets*; "" where none of them has a deadline."""
    return beside(page, CALENDAR) if any(True for item in datasets for _ in deadlines_of(item)) else ""


def use_words(published: PublishedDataset, lang: str) -> str:
    """Return how often people used a dataset of late, "" where they did not or nobody counts."""
    uses = published.use.month.uses if published.use else 0
    if not uses:
        return ""
    return translate_many(lang, "%(num)s view or download in 30 days", "%(num)s views and downloads in 30 days", uses)


def badges(dataset: Dataset, labels: Labels) -> tuple[tuple[str, str], ...]:
    """Return what sets a dataset apart as (kind, text): who may have it, and whether it is made up or superseded.

    To the public it is open or not, to departments shared or not.
    """
    found: list[tuple[str, str]] = [(dataset.open_state, labels.value("open", dataset.open_state))]
    if dataset.edition == "sharing":
        found = [(_SHARING_KINDS.get(dataset.sharing.type, "closed"), labels.value("sharing", dataset.sharing.type))]
    if dataset.is_demonstration:
        found.append(("demonstration", translate(labels.lang, "Demonstration data")))
    if dataset.superseded_by:
        found.append(("superseded", translate(labels.lang, "Superseded")))
    return tuple(found)


def overdue_badge(published: PublishedDataset, labels: Labels) -> Iterator[tuple[str, str]]:
    """Yield the mark of a dataset that was not updated within its promised cycle."""
    if published.quality and published.quality.freshness.state == "overdue":
        yield "overdue", translate(labels.lang, "Update overdue")


def pager(page: int, total: int, per_page: int, href: Callable[[int], str]) -> Pager | None:
    """Return where a list of *total* entries goes on; None where it is one page. *href* gives the address of a page."""
    pages = -(-total // per_page)
    if pages <= 1:
        return None
    near = {1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)}
    numbers: list[tuple[int, str] | None] = []
    for number in sorted(near):
        if numbers and numbers[-1] and numbers[-1][0] != number - 1:
            numbers.append(None)
        numbers.append((number, href(number)))
    return Pager(
        page=page,
        pages=pages,
        previous=href(page - 1) if 1 < page <= pages else None,
        next=href(page + 1) if page < pages else None,
        numbers=tuple(numbers),
    )


def format_link(form: MetadataFormat, folder: str, lang: str) -> FormatLink:
    """Return the link to a description; *folder* is the path of the page that it stands beside."""
    path = beside(folder, form.file)
    return FormatLink(form.label, in_language(lang, path) if form.is_translated else path, form.media_type)


def dataset_list(
    hits: Hits,
    query: SearchQuery,
    cards: Iterable[DatasetCard],
    labels: Labels,
    *,
    here: str,
    page_href: Callable[[int], str] | None = None,
    whole: str = "",
) -> DatasetListPage:
    """Return the list page for *hits*; *here* is the full path of the page, which relative addresses start from.

    Without *page_href* the pager asks the server for the same search again. *whole* is the facet of which all values
    are shown.
    """
    address = relative(here, in_language(labels.lang, DATASETS))
    parameters = query_parameters(query)
    is_search = bool(query.text or query.filters or query.sort)

    def searched(number: int) -> str:
        return with_query(address, [*parameters, *([("page", str(number))] if number > 1 else [])])

    return DatasetListPage(
        summary=_summary(hits.total, query, labels.lang),
        query=query.text,
        total=hits.total,
        cards=tuple(cards),
        pager=pager(query.page, hits.total, query.per_page, page_href or searched),
        facets=tuple(_facets(hits, parameters, address, labels, whole, is_first=query.page == 1)),
        filters=tuple(
            (f"{labels.facet(name)}: {labels.value(name, value)}", _without(parameters, (name, value), address))
            for name, values in query.filters.items()
            for value in values
        ),
        sorts=tuple(
            Choice(
                translate(labels.lang, SORT_TITLES[sort]),
                with_query(address, [*(item for item in parameters if item[0] != "sort"), ("sort", sort)]),
                sort == query.order,
            )
            for sort in SORTS
            if (sort != "relevance" or query.text) and (sort != "used" or hits.is_counted)
        ),
        kept=tuple(item for item in parameters if item[0] != "q"),
        reset=with_query(address, [item for item in parameters if item[0] not in query.filters]),
        is_search=is_search,
        forms=tuple(format_link(form, HOME, labels.lang) for form in CATALOGUE_FORMATS),
    )


def search_href(here: str, lang: str, text: str) -> str:
    """Return the address of a search for *text* alone, as the page at the full path *here* writes it."""
    return with_query(relative(here, in_language(lang, DATASETS)), [("q", text)])


def result_files(query: SearchQuery, total: int, here: str, lang: str) -> tuple[ResultFile, ...]:
    """Return the addresses of the result as a table, for programs, and as a feed of what is new in it.

    A table of more datasets than it may have says that it has the first ones; *total* is that of the result.
    """
    asked = [*(item for item in query_parameters(query) if item[0] != "per_page"), ("lang", lang)]
    as_table = (
        translate_many(lang, "The first %(num)s dataset as CSV", "The first %(num)s datasets as CSV", RESULT_ROWS_MAX)
        if total > RESULT_ROWS_MAX
        else translate(lang, "This list as CSV")
    )
    return tuple(
        ResultFile(label, with_query(relative(here, path), asked), media_type)
        for label, path, media_type in (
            (as_table, API_DATASETS_CSV, media_type_of("csv")),
            (translate(lang, "This list as JSON"), API_DATASETS, media_type_of("json")),
            (translate(lang, "Subscribe to this search (Atom)"), API_DATASETS_FEED, ATOM_MEDIA_TYPE),
        )
    )


def _summary(total: int, query: SearchQuery, lang: str) -> str:
    if query.text:
        return translate_many(
            lang, "%(num)s dataset for “%(query)s”", "%(num)s datasets for “%(query)s”", total, query=query.text
        )
    return translate_many(lang, "%(num)s dataset", "%(num)s datasets", total)


def query_parameters(query: SearchQuery) -> list[tuple[str, str]]:
    """Return the query as parameters of an address, without the page."""
    return [
        *([("q", query.text)] if query.text else []),
        *((name, value) for name, values in query.filters.items() for value in values),
        *([("sort", query.sort)] if query.sort else []),
        *([("per_page", str(query.per_page))] if query.per_page != PER_PAGE else []),
    ]


def _without(parameters: Sequence[tuple[str, str]], dropped: tuple[str, str], address: str) -> str:
    return with_query(address, [item for item in parameters if item != dropped])


def _facets(
    hits: Hits,
    parameters: Sequence[tuple[str, str]],
    address: str,
    labels: Labels,
    whole: str = "",
    *,
    is_first: bool,
) -> Iterable[Facet]:
    """Yield the facets worth choosing from: those with two values, or with one that is selected."""
    shown_max = FACET_VALUES_FIRST_MAX if is_first else FACET_VALUES_MAX
    for name, counts in hits.facets.items():
        chosen = {value for parameter, value in parameters if parameter == name}
        if len(counts) < 2 and not chosen:
            continue
        count_max = FACET_VALUES_WHOLE_MAX if name == whole else shown_max
        ordered = [item for position, item in enumerate(counts) if position < count_max or item[0] in chosen]
        yield Facet(
            name=name,
            title=labels.facet(name),
            values=tuple(
                FacetValue(
                    label=labels.value(name, value),
                    count=count,
                    href=_without(parameters, (name, value), address)
                    if value in chosen
                    else with_query(address, [*parameters, (name, value)]),
                    selected=value in chosen,
                )
                for value, count in ordered
            ),
            more=len(counts) - len(ordered),
            more_href=with_query(address, [*parameters, (WHOLE_FACET, name)]),
        )


_MESSAGES = (_("Best match"), _("Newest first"), _("By title"), _("Best described first"), _("Most used first"))


def in_pages(items: Sequence[_Item]) -> Iterable[tuple[int, Sequence[_Item]]]:
    """Return the pages of a list with their numbers; an empty list has one empty page."""
    starts = range(0, max(len(items), 1), CARDS_A_PAGE)
    return ((number, items[start : start + CARDS_A_PAGE]) for number, start in enumerate(starts, start=1))
