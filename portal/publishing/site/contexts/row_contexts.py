"""Contexts of the explorer, the page that looks through a table: its form, the rows, what is asked in words."""

from __future__ import annotations

from dataclasses import dataclass

from portal.publishing.site.contexts.dataset_contexts import AlikeTable, CodeExample, Download
from portal.publishing.site.contexts.look_contexts import LookTable
from portal.publishing.site.contexts.page_contexts import Link


@dataclass(frozen=True)
class Option:
    """One choice of a form; *value* is what is sent. *code* stands beside a name, *count* says how often there is."""

    value: str
    label: str
    selected: bool = False
    code: str = ""
    count: str = ""


@dataclass(frozen=True)
class OptionGroup:
    """Choices under one heading, "" for those without one."""

    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Select:
    """A list to choose from. *error* says what is wrong with the choice, in the language of the page."""

    name: str
    label: str
    groups: tuple[OptionGroup, ...]
    error: str = ""


@dataclass(frozen=True)
class Input:
    """A field to write into. *type* is that of HTML; *mode* says which keys a phone shows."""

    name: str
    label: str
    value: str = ""
    type: str = "text"
    mode: str = ""
    placeholder: str = ""
    error: str = ""


@dataclass(frozen=True)
class ColumnFilter:
    """The filter of one column: fields to write into, or *choices* of *name*; *gaps* finds cells without a value."""

    title: str
    table: str = ""
    """Of a column of another table, what that is called."""
    inputs: tuple[Input, ...] = ()
    name: str = ""
    choices: tuple[Option, ...] = ()
    gaps: Option | None = None
    gaps_name: str = ""
    is_used: bool = False
    note: str = ""


@dataclass(frozen=True)
class RowForm:
    """The form of the explorer. *kept* is asked, too, but by no field that can be seen, as (name, value)."""

    words: Input
    choices: tuple[Select, ...]
    """Order and rows a page."""
    groups: tuple[Select, ...]
    filters: tuple[ColumnFilter, ...] = ()
    more: tuple[ColumnFilter, ...] = ()
    """Filters of further columns."""
    place: tuple[Input, Select] | None = None
    """A point and how far from it, where the table has coordinates."""
    place_note: str = ""
    """In which system these are, where it is not that of a phone."""
    gaps: Option | None = None
    other: tuple[Select, Select, Input] | None = None
    """Any column, any comparison, and a value."""
    kept: tuple[tuple[str, str], ...] = ()
    used_note: str = ""
    """How many conditions there are, in words; what they are stands as chips with the rows."""
    filters_at: str = ""
    """Where the filters stand, "" where they stand here."""
    is_open: bool = False
    """Whether the filters were asked for, or a field of them cannot be understood."""
    has_groups: bool = False


@dataclass(frozen=True)
class ColumnHead:
    """The heading of a column and the address that sorts by it. *direction* is that of ``aria-sort``, "" for none."""

    title: str
    href: str
    sorts: str
    """What its link does, in words."""
    direction: str = ""
    is_number: bool = False
    unit: str = ""

    @property
    def whole(self) -> str:
        """The title with the unit behind it."""
        return f"{self.title} ({self.unit})" if self.unit else self.title


@dataclass(frozen=True)
class ColumnChoice:
    """A column in the list of those to show; *earlier*, *later* are addresses with it moved, "" where it cannot be."""

    option: Option
    earlier: str = ""
    later: str = ""


@dataclass(frozen=True)
class RowAnswer:
    """The rows that were found, or what is wrong with the question."""

    said: tuple[str, ...]
    """What is asked and how much was found, in sentences."""
    chips: tuple[tuple[str, str], ...] = ()
    reset: str = ""
    in_file_order: str = ""
    """The address of the rows as they stand in the file, where the newest stand first by themselves."""
    faults: tuple[tuple[str, str], ...] = ()
    """What is wrong, with the name of the field."""
    used_note: str = ""
    """How many conditions there are, in words."""
    heads: tuple[ColumnHead, ...] = ()
    rows: str = ""
    """The rows as HTML: of the body of a table, or items of a list."""
    caption: str = ""
    total: int = 0
    first: int = 1
    """The number of the first row in the whole answer."""
    is_cards: bool = False
    has_codes: bool = False
    """Whether some cells have a code beside their name."""
    views: tuple[tuple[str, str, bool], ...] = ()
    """Label and address of each way to show rows, and whether it is the present one."""
    columns: tuple[ColumnChoice, ...] = ()
    column_note: str = ""
    kept: tuple[tuple[str, str], ...] = ()
    """All that is asked but the columns, for the form that chooses these."""
    previous: str = ""
    next: str = ""
    position: str = ""
    forms: tuple[tuple[str, str], ...] = ()
    """The extract as files, as (label, path)."""
    calls: tuple[tuple[str, str], ...] = ()
    """The same question by program, as (label, lines)."""


@dataclass(frozen=True)
class RowsPage:
    """The page on which somebody looks through one table, or several of one shape as one.

    As a file of the release it has the first look (*look*) and *downloads*; answered by the server it has *form* and
    *answer*. With *is_part* it is the answer alone, for a script that puts it into the page.
    """

    heading: str
    dataset: Link
    file_path: str
    downloads: tuple[Download, ...] = ()
    look: LookTable | None = None
    form: RowForm | None = None
    answer: RowAnswer | None = None
    examples: tuple[CodeExample, ...] = ()
    together: Link | None = None
    """The page on which this table and others of its shape are looked through as one."""
    alike: tuple[AlikeTable, ...] = ()
    """Of several tables as one, each of them with its files; the first look is into the first."""
    alike_title: str = ""
    is_part: bool = False
