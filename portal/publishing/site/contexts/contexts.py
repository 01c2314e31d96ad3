"""Contexts of templates: home page, list, dataset page, downloads, facets, pager, menu links.

What each template may use. Everything counted, chosen, formatted or translated is ready here. A *path* is that of a
page without its language, e.g. ``/datasets/bus-stops/``; templates turn it into a relative address with
``page_url(path)``. Files and static assets have one address for all languages: ``asset_url(path)``. An *href* can stand
in a link as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from portal.publishing.search.highlights import TextPiece
from portal.publishing.site.column_pictures import ColumnPicture
from portal.publishing.site.contexts.chart_contexts import ChartsView
from portal.publishing.site.contexts.data_tables import DataTable
from portal.publishing.site.contexts.look_contexts import LookTable, TopValue
from portal.publishing.site.contexts.map_contexts import MapView
from portal.publishing.site.contexts.quality_contexts import QualityView, Stars
from portal.publishing.site.contexts.search_contexts import EmptyAnswer, ResultFile


@dataclass(frozen=True)
class PortalInfo:
    """The portal itself, in the language of the page. *footer* are label and text of what an operator must state."""

    title: str
    description: str
    organisation: str
    base_url: str
    release_date: date
    footer: tuple[tuple[str, str], ...] = ()
    notice: str = ""
    is_for_departments: bool = False
    """Whether this is the edition for departments, which is not for the public."""


@dataclass(frozen=True)
class Link:
    """A page of the portal with what it is called; *count* is how many datasets stand there, where that is known."""

    title: str
    path: str
    count: int | None = None


@dataclass(frozen=True)
class Figure:
    """One number of the home page, formatted, with what it counts."""

    value: str
    label: str


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
class HomePage:
    """The front page."""

    figures: tuple[Figure, ...]
    themes: tuple[Link, ...]
    newest: tuple[DatasetCard, ...]
    publishers: tuple[Link, ...]
    examples: tuple[str, ...]
    json_ld: str
    """The portal for search engines, as it stands in a script element."""
    forms: tuple[FormatLink, ...] = ()
    """The whole catalogue in formats for programs and spreadsheets."""
    calendar_path: str = ""
    """The calendar of all deadlines; "" where there is none."""
    most_used: tuple[DatasetCard, ...] = ()
    """What people used most of late, none where nobody counts."""
    most_used_note: str = ""
    """Which days were counted, and what."""


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


@dataclass(frozen=True)
class Detail:
    """A line of metadata: *href* for an outside address, *path* for a page of the portal, else plain text."""

    label: str
    text: str
    href: str = ""
    path: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Download:
    """One file to download; *path* is relative to the site's root (or a full address of a link elsewhere)."""

    label: str
    path: str
    size: str
    sha256: str
    is_original: bool = False


@dataclass(frozen=True)
class FieldRow:
    """One line of the data dictionary; *title* and *type* are "" where they would say nothing new."""

    name: str
    title: str
    type: str
    description: str
    rules: tuple[str, ...]
    gaps: str
    span: str
    picture: ColumnPicture | None = None
    """The histogram of its numbers, or its rows over time."""
    distribution: tuple[str, ...] = ()
    """What is said of its values, in sentences."""
    top: tuple[TopValue, ...] = ()
    """The most frequent values with their shares."""


@dataclass(frozen=True)
class CodeExample:
    """Lines of one language that fetch the data being viewed; *label* names them, unique on a page."""

    language: str
    label: str
    code: str


@dataclass(frozen=True)
class ResourceView:
    """One resource of a dataset. *link* is set for what lies elsewhere; *notes* say what was left out and why."""

    id: str
    title: str
    description: str
    format: str
    size_note: str
    downloads: tuple[Download, ...]
    look: LookTable | None
    fields: tuple[FieldRow, ...]
    keys: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    link: str = ""
    stars: Stars | None = None
    rows_path: str = ""
    """Where the API answers the rows of a table, "" for what is no table given out here."""
    query_path: str = ""
    """The page on which its rows are asked for, "" for what has none."""
    map: MapView | None = None
    alike: tuple[AlikeTable, ...] = ()
    """Where it stands for several tables of one shape, all of them, this one first."""
    alike_title: str = ""
    """What they are called together."""
    together: Link | None = None
    """The page on which their rows are looked through as one."""


@dataclass(frozen=True)
class AlikeTable:
    """One of several tables of one shape; *query_path* shows its rows. The first stands on the page itself."""

    id: str
    title: str
    size_note: str
    query_path: str
    downloads: tuple[Download, ...]


@dataclass(frozen=True)
class FormatLink:
    """The metadata in a format for programs; *path* is one address for all languages."""

    label: str
    path: str
    media_type: str


@dataclass(frozen=True)
class RegisterView:
    """How many records a register has, by department and all together; *path* leads to them as JSON."""

    title: str
    table: DataTable
    path: str


@dataclass(frozen=True)
class JoinedBy:
    """A sentence that says by which column a dataset is joined, and the datasets that it leads to; *more* unfold."""

    sentence: str
    links: tuple[Link, ...]
    more: tuple[Link, ...] = ()
    more_label: str = ""


@dataclass(frozen=True)
class DatasetPage:
    """Everything about one dataset. *description* is safe HTML; *json_ld* is ready to stand in a script element.

    *badges* are (kind, text), its openness first; *successor* is the dataset that takes its place. *report_path* is ""
    for what is not open: the report on its files is for its publisher.
    """

    name: str
    title: str
    description: str
    publisher: Link
    themes: tuple[Link, ...]
    keywords: tuple[Link, ...]
    badges: tuple[tuple[str, str], ...]
    badge_note: str
    successor: Link | None
    details: tuple[Detail, ...]
    resources: tuple[ResourceView, ...]
    json_ld: str
    api_path: str
    report_path: str = ""
    package: Download | None = None
    """All files of the dataset in one archive."""
    files_path: str = ""
    """The list of all files, "" where there are none."""
    forms: tuple[FormatLink, ...] = ()
    quality: QualityView | None = None
    """None for an entry without files, which has no score."""
    citations: tuple[tuple[str, str], ...] = ()
    """How the dataset is cited, as (name of the form, text), the first for running text."""
    registers: tuple[RegisterView, ...] = ()
    """Counts of registers whose rows the public does not get."""
    items: tuple[FieldRow, ...] = ()
    """The information items of an entry without files."""
    items_note: str = ""
    """How many further ones there are, "" where all are shown."""
    source_url: str = ""
    """Where the resource is to be had on another site."""
    examples: tuple[CodeExample, ...] = ()
    """How programs fetch the first table; () where there is none."""
    examples_table: str = ""
    """What that table is called, "" where it is the only one."""
    charts: ChartsView = ChartsView()
    """Its charts, or why it has none."""
    joins: tuple[JoinedBy, ...] = ()
    """The datasets that it can be joined with."""
    profile_path: str = ""
    """What the columns of its tables hold, as JSON; "" without a table."""


@dataclass(frozen=True)
class IndexPage:
    """All publishers or all themes, with how many datasets each has."""

    intro: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class GroupPage:
    """One publisher or one theme with its datasets; *parent* leads to the list of all of them."""

    title: str
    description: str
    details: tuple[Detail, ...]
    cards: tuple[DatasetCard, ...]
    pager: Pager | None
    summary: str
    parent: Link
    feed_path: str = ""
    """The feed of what is newest there; "" where nothing has a date."""
    calendar_path: str = ""
    """The calendar of its deadlines; "" where there is none."""
    successor: Link | None = None
    """The department that took over from this one, where it was dissolved; its path is "" where it has no page."""


@dataclass(frozen=True)
class AboutPage:
    """What the portal is, what may be done with the data, and who runs it."""

    figures: tuple[Figure, ...]
    licences: tuple[tuple[str, str, int], ...]
    contact: tuple[Detail, ...]


@dataclass(frozen=True)
class ErrorPage:
    """A page for people when something went wrong; it says what to do next."""

    status: int
    heading: str
    message: str


@dataclass(frozen=True)
class Page:
    """What every template gets as ``page``: where it stands, its title, and its own context as *body*.

    *alternates* are (language, href) of the same page in each language, *crumbs* the way from the home page,
    *canonical* the full address. *section* is the entry of the main menu it belongs to.
    """

    lang: str
    path: str
    title: str
    description: str
    section: str
    portal: PortalInfo
    body: object
    crumbs: tuple[Link, ...] = ()
    canonical: str = ""
    alternates: tuple[tuple[str, str], ...] = ()
    robots: str = ""
    query_string: str = field(default="", compare=False)
    changed: date | None = None
    """When what it shows was last brought up to date, for the sitemap."""
    image: str = ""
    """The path of the picture that stands for the page on other sites, "" for that of the portal."""
    image_words: str = ""
    """What that picture shows."""
    is_listed: bool = False
    """Whether the sitemap lists it: search engines may have it, and no page before it leads on to it."""
