"""Contexts of a dataset's page: files, dictionary, tables of one shape, registers, what it joins with."""

from __future__ import annotations

from dataclasses import dataclass

from portal.publishing.site.column_pictures import ColumnPicture
from portal.publishing.site.contexts.access_contexts import AccessView, FeedbackView
from portal.publishing.site.contexts.chart_contexts import ChartsView
from portal.publishing.site.contexts.data_tables import DataTable
from portal.publishing.site.contexts.look_contexts import LookTable, TopValue
from portal.publishing.site.contexts.map_contexts import MapView
from portal.publishing.site.contexts.page_contexts import Detail, FormatLink, Link
from portal.publishing.site.contexts.quality_contexts import QualityView, Stars


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
    """What people ask for first; *further* are the other lines of metadata."""
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
    facts: tuple[str, ...] = ()
    """How new it is, how often it is updated, how large it is."""
    further: tuple[Detail, ...] = ()
    qr_path: str = ""
    """The path of the code of its page."""
    access: AccessView | None = None
    """How to come by it, where it is not given out."""
    feedback: FeedbackView = FeedbackView()
