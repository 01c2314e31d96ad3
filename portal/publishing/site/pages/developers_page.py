"""The page for developers: the ways to the data, the grammar of questions about rows, limits, errors, the reference."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from portal.i18n import gettext_noop as _
from portal.i18n import number_text, translate
from portal.model.addresses import (
    API_CHANGES,
    API_OPENAPI,
    FEED,
    HOME,
    MCP,
    api_rows_path,
    beside,
    catalog_file,
    ckan_action_path,
    rows_page_path,
    with_query,
)
from portal.model.portal import Portal
from portal.model.rates import KINDS
from portal.publishing.endpoints import ACTIONS, ENDPOINTS
from portal.publishing.publication import PublishedDataset, PublishedResource
from portal.publishing.rows.row_parameters import AGGREGATE, FIELDS, FORMAT, GROUP_BY, LIMIT, ROWS_ASKED_MAX, SORT
from portal.publishing.search.query import PER_PAGE_MAX
from portal.publishing.site.contexts.data_tables import Cell, DataTable, columns
from portal.publishing.site.contexts.developer_contexts import DevelopersPage
from portal.publishing.site.contexts.page_contexts import Link
from portal.publishing.site.pages.api_reference import endpoint, errors_table, shape_views
from portal.publishing.site.pages.code_examples import code_examples, filter_example, group_example

_OPERATORS = (
    ("eq", _("is equal; also without an operator")),
    ("ne", _("is not equal, and not empty")),
    ("gt, gte, lt, lte", _("is more, at least, less, at most")),
    ("in", _("is one of the values between commas")),
    ("contains", _("has the text in it, if only one Chinese character")),
    ("startswith", _("begins with the text")),
    ("isnull", _("has no value (true) or has one (false)")),
)


def developers_page(datasets: Sequence[PublishedDataset], portal: Portal, lang: str) -> DevelopersPage:
    """Return the guide and the reference, with a dataset of the portal in the examples."""
    sample = _sample(datasets)
    published, item = sample or (datasets[0] if datasets else None, None)
    names = {
        "name": published.dataset.name if published else "NAME",
        "publisher": published.dataset.publisher.id if published else "ID",
        "resource": quote(_resource_name(published, item)),
    }
    return DevelopersPage(
        base_url=portal.base_url,
        ways=_ways(lang),
        operators=DataTable(
            columns(lang, ("Operator", "name"), ("Holds where the cell …", "text")),
            tuple((Cell(code=name), Cell(translate(lang, words))) for name, words in _OPERATORS),
        ),
        bounds=_bounds(lang),
        rates=_rates(portal, lang),
        errors=errors_table(lang),
        endpoints=tuple(
            endpoint(one, lang, one.example.format(**names) if _can_be_tried(one.example, sample) else "")
            for one in ENDPOINTS
        ),
        shapes=tuple(shape_views(lang)),
        actions=", ".join(ACTIONS),
        agents_address=portal.base_url + MCP,
        problem=_problem(),
        sample=_sample_page(sample, lang) if sample else None,
        sample_rows=tuple(_sample_rows(*sample, lang)) if sample else (),
        examples=code_examples(*sample, lang, portal.base_url) if sample else (),
    )


def _sample(datasets: Sequence[PublishedDataset]) -> tuple[PublishedDataset, PublishedResource] | None:
    """Return the table that the examples ask: the first that can be filtered and counted, else the first one."""
    tables = [(one, item) for one in datasets for item in one.resources if item.table_file]
    good = (pair for pair in tables if group_example(pair[1]) and len(filter_example(pair[1])) > 1)
    return next(good, tables[0] if tables else None)


def _resource_name(published: PublishedDataset | None, item: PublishedResource | None) -> str:
    if item:
        return item.resource.name
    return published.resources[0].resource.name if published and published.resources else "NAME"


def _can_be_tried(example: str, sample: object) -> bool:
    """Whether an example leads to an answer: one about rows needs a table."""
    return sample is not None or "{resource}" not in example


def _sample_page(sample: tuple[PublishedDataset, PublishedResource], lang: str) -> Link:
    published, item = sample
    return Link(item.resource.title.to(lang), rows_page_path(published.dataset.name, item.resource.name))


def _sample_rows(published: PublishedDataset, item: PublishedResource, lang: str) -> Iterator[tuple[str, str]]:
    """Yield questions about one table, as (what it asks, address)."""
    path = quote(api_rows_path(published.dataset.name, item.resource.name))
    column = str(item.table_schema["fields"][0]["name"])
    plain = filter_example(item)
    groups = group_example(item)
    yield translate(lang, "The first rows"), with_query(path, [(LIMIT.name, "5")])
    if len(plain) > 1:
        yield translate(lang, "Rows by a filter"), with_query(path, plain)
        yield translate(lang, "The same as CSV"), with_query(path, [*plain, (FORMAT.name, "csv")])
    if groups:
        yield translate(lang, "How many rows there are of each value"), with_query(path, groups)
        largest = [(GROUP_BY.name, groups[0][1]), (AGGREGATE.name, "count"), (SORT.name, "-count"), (LIMIT.name, "3")]
        yield translate(lang, "The three most frequent values"), with_query(path, largest)
    elif column.isalnum():
        yield translate(lang, "One column alone"), with_query(path, [(FIELDS.name, column), (LIMIT.name, "5")])


def _ways(lang: str) -> DataTable:
    """Return the ways to the data: what each is good for, and where it begins."""
    ways = (
        (_("Files"), _("whole tables, each at an address that stays"), "", catalog_file("csv")),
        (_("The API"), _("search the catalogue, describe datasets"), "", API_OPENAPI),
        (_("Rows of tables"), _("parts of a table: filter, sort, count"), api_rows_path("…", "…"), ""),
        (_("CKAN"), _("programs that speak CKAN’s API, unchanged"), "", ckan_action_path("package_list")),
        (_("Feeds"), _("what is new, for feed readers (Atom)"), "", beside(HOME, FEED)),
        (_("Changes"), _("what was added, changed or withdrawn since a time"), "", API_CHANGES),
        (_("Agents"), _("tools for language models (MCP)"), MCP, ""),
    )
    return DataTable(
        columns(lang, ("Way", "name"), ("Good for", "text"), ("Begins at", "")),
        tuple(
            (
                Cell(translate(lang, name)),
                Cell(translate(lang, words)),
                Cell(path, file=path) if path else Cell(code=code),
            )
            for name, words, code, path in ways
        ),
    )


def _bounds(lang: str) -> DataTable:
    """Return how much one answer holds."""
    bounds = (
        (_("Rows of one page; _limit=all gives every row"), ROWS_ASKED_MAX),
        (_("Datasets of one page of a search"), PER_PAGE_MAX),
    )
    return DataTable(
        columns(lang, ("What", "text"), ("At most", "number")),
        tuple((Cell(translate(lang, words)), Cell(number_text(lang, number))) for words, number in bounds),
    )


def _rates(portal: Portal, lang: str) -> DataTable:
    """Return how often one address or key may ask, a minute."""
    return DataTable(
        columns(lang, ("What", "text"), ("Requests a minute", "number")),
        tuple(
            (Cell(words.to(lang)), Cell(number_text(lang, getattr(portal.rates, name))))
            for name, words in KINDS.items()
        ),
    )


def _problem() -> str:
    """Return an error as the API answers it."""
    problem = {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": "page is a whole number from 1 to 1000000.",
        "detail_zh": "page 应是 1 到 1000000 的整数",
        "parameter": "page",
    }
    return json.dumps(problem, ensure_ascii=False, indent=2) + "\n"


_MESSAGES = (
    _("Operator"), _("Holds where the cell …"), _("Way"), _("Good for"), _("Begins at"), _("What"), _("At most"),
    _("Requests a minute"), _("Parameter"), _("Meaning"), _("Values"), _("Key"), _("Type"), _("Status"),
)  # fmt: skip
"""Headings of the tables on the page and in its reference."""
