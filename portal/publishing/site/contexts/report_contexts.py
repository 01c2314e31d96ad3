"""Contexts of the report page on the check of a dataset: findings by kind, what was checked.

See `portal.publishing.site.contexts.page_contexts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.publishing.site.contexts.dataset_contexts import FieldRow
from portal.publishing.site.contexts.page_contexts import Detail, Figure, Link


@dataclass(frozen=True)
class FoundPlaces:
    """Findings alike: what they say, their first places, how many more there are, and how to mend them."""

    message: str
    places: tuple[str, ...]
    more: str
    mend: str


@dataclass(frozen=True)
class FoundKind:
    """All findings of one code. *severity* is error, warning or info, *label* the word for it; *more* counts groups."""

    code: str
    severity: str
    label: str
    title: str
    explanation: str
    count: str
    groups: tuple[FoundPlaces, ...]
    more: str = ""


@dataclass(frozen=True)
class CheckedResource:
    """What was checked of one resource: how it was understood, its sheets as (name, note), and its rules."""

    id: str
    title: str
    note: str
    decisions: tuple[Detail, ...]
    sheets: tuple[tuple[str, str], ...]
    fields: tuple[FieldRow, ...]
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReportPage:
    """The report on the check of one dataset. *state* is good, warn or bad, *verdict* says it in a sentence."""

    heading: str
    dataset: Link | None
    state: str
    verdict: str
    figures: tuple[Figure, ...]
    kinds: tuple[FoundKind, ...]
    resources: tuple[CheckedResource, ...]
    day: date
    untranslated: tuple[tuple[str, str], ...] = ()
    """Texts without English: the key of the descriptor under which it belongs, and the Chinese."""
    untranslated_more: str = ""


@dataclass(frozen=True)
class ReportAlone:
    """A report as a file of its own: *styles* is the style sheet, *other_href* leads to it in the other language."""

    report: ReportPage
    styles: str
    other_href: str
