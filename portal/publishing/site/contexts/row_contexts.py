"""Contexts of the page that asks for rows: the form with its choices and faults, and the answer."""

from __future__ import annotations

from dataclasses import dataclass

from portal.publishing.site.contexts.contexts import CodeExample, Link, Preview


@dataclass(frozen=True)
class Option:
    """One choice of a form; *value* is what is sent."""

    value: str
    label: str
    selected: bool = False


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
class ConditionFields:
    """One condition of the form: a column, how it is compared, and with what, as it was typed."""

    number: int
    column: Select
    operator: Select
    value: str = ""
    error: str = ""


@dataclass(frozen=True)
class RowForm:
    """The form that asks for rows. *shown* are the columns to show; *choices* order and bound, *groups* count."""

    conditions: tuple[ConditionFields, ...]
    shown: tuple[Option, ...]
    choices: tuple[Select, ...]
    groups: tuple[Select, ...]
    has_groups: bool = False
    """Whether the part about groups is in use, so that it stands open."""
    has_shown: bool = False
    shown_error: str = ""
    error: str = ""
    """What is wrong with the question as a whole."""


@dataclass(frozen=True)
class RowAnswer:
    """The rows that were found. *forms* are the same question for programs and spreadsheets, as (label, path)."""

    table: Preview | None
    summary: str
    previous: str
    next: str
    forms: tuple[tuple[str, str], ...]
    command: str


@dataclass(frozen=True)
class RowsPage:
    """The page on which the rows of one table are asked for; *answer* is None where nothing was asked.

    *preview* are the first rows, shown until there is an answer; *file_path* is the whole table as CSV.
    """

    heading: str
    dataset: Link
    form: RowForm
    file_path: str
    preview: Preview | None = None
    answer: RowAnswer | None = None
    examples: tuple[CodeExample, ...] = ()
