"""Contexts of the home page, of the pages of publishers and topics, and of the page about the portal."""

from __future__ import annotations

from dataclasses import dataclass

from portal.publishing.site.contexts.list_contexts import DatasetCard, Pager
from portal.publishing.site.contexts.page_contexts import Detail, Figure, FormatLink, Link


@dataclass(frozen=True)
class Story:
    """What the chart of a dataset says, in one sentence, with its picture."""

    finding: str
    title: str
    path: str
    picture: str
    publisher: str


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
    stories: tuple[Story, ...] = ()
    """What some charts say."""


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
    sentence: str
    """What is to be said of its datasets in short."""
    figures: tuple[Figure, ...]
    parent: Link
    details: tuple[Detail, ...] = ()
    phone: Detail | None = None
    sign: str = ""
    """The name of its sign, "" where it has none."""
    also: tuple[Link, ...] = ()
    stories: tuple[Story, ...] = ()
    """What one of its charts says."""
    cards: tuple[DatasetCard, ...] = ()
    pager: Pager | None = None
    summary: str = ""
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
    has_gallery: bool = False
    """Whether there is a page of all components."""
