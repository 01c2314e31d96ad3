"""Contexts of lists of datasets and of search results: cards, facets, filters, pages of a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.publishing.search.highlights import TextPiece
from portal.publishing.site.contexts.data_tables import DataTable
from portal.publishing.site.contexts.page_contexts import FormatLink, Link
from portal.publishing.site.contexts.search_contexts import EmptyAnswer, ResultFile


@dataclass(frozen=True)
class DatasetCard:
    """A dataset in a list. *badges* are (kind, text) of what sets it apart: not simply open, made up, superseded."""

    title: str
    path: str
    summary: str
    publisher: Link
    formats: tuple[str, ...]
    updated: date | None
    rows: str = ""
    badges: tuple[tuple[str, str], ...] = ()
    use: str = ""
    """How often it was used in the last 30 days, which the list of what is most used shows."""
    title_pieces: tuple[TextPiece, ...] = ()
    """The title in pieces, where something in it was found."""
    summary_pieces: tuple[TextPiece, ...] = ()
    """The part of the description in which something was found, in pieces."""
    reasons: tuple[str, ...] = ()
    """Why it may be meant, in sentences; none of what was found to the letter."""
    thumbnail: str = ""
    """The path of a small picture of its chart, "" where it has none."""


@dataclass(frozen=True)
class Pager:
    """Where a list goes on. Hrefs are None at the ends; *numbers* are (number, href), None for a gap."""

    page: int
    pages: int
    previous: str | None
    next: str | None
    numbers: tuple[tuple[int, str] | None, ...]


@dataclass(frozen=True)
class FacetValue:
    """One choice of a facet; *href* adds it to the search, or takes it away where it is selected."""

    label: str
    count: int
    href: str
    selected: bool = False


@dataclass(frozen=True)
class Facet:
    """A way to narrow a list: a title and the values that occur, the most frequent first."""

    name: str
    title: str
    values: tuple[FacetValue, ...]
    more: int = 0
    """How many values more there are, where they are too many to be shown beside the list."""
    more_href: str = ""
    """The address of the same list with all of them."""


@dataclass(frozen=True)
class Choice:
    """One of several ways to show a list, e.g. an order."""

    label: str
    href: str
    selected: bool


@dataclass(frozen=True)
class DatasetListPage:
    """The list of datasets, whole or as the answer to a search.

    *kept* are hidden fields (name, value) that a new search keeps; *filters* are the selected facet values as
    (label, href that removes it); *summary* says in a sentence how many were found.
    """

    summary: str
    query: str
    total: int
    cards: tuple[DatasetCard, ...]
    pager: Pager | None
    facets: tuple[Facet, ...]
    filters: tuple[tuple[str, str], ...] = ()
    sorts: tuple[Choice, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    reset: str = ""
    is_search: bool = False
    forms: tuple[FormatLink, ...] = ()
    """The whole catalogue in formats for programs and spreadsheets."""
    notice: str = ""
    """What does not work at present."""
    rows: DataTable | None = None
    """Rows that answer what was asked."""
    also: tuple[DatasetCard, ...] = ()
    """What may be meant; not in the total."""
    empty: EmptyAnswer | None = None
    """What can be said where words found nothing."""
    is_personal: bool = False
    """Whether one person's record was asked for, which is never open."""
    files: tuple[ResultFile, ...] = ()
    """The whole result as files, made by the server."""
    browser_search: BrowserSearch | None = None
    """By what a browser answers searches itself where no server does; the server's own answers have none."""


@dataclass(frozen=True)
class BrowserSearch:
    """What a page needs to answer searches in the browser: the address of the folder of *files*."""

    files: str
    parameters: tuple[str, ...]
    """What an address may ask for by; anything else is nothing to answer."""
