"""Contexts of every page and what several share: the portal, the page, links, key figures, lines of metadata.

What each template may use. Everything counted, chosen, formatted or translated is ready here. A *path* is that of a
page without its language, e.g. ``/datasets/bus-stops/``; templates turn it into a relative address with
``page_url(path)``. Files and static assets have one address for all languages: ``asset_url(path)``. An *href* can stand
in a link as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class PortalInfo:
    """The portal itself, in the language of the page. *footer* are label, text and address of what is stated."""

    title: str
    description: str
    organisation: str
    base_url: str
    release_date: date
    footer: tuple[tuple[str, str, str], ...] = ()
    phones: tuple[tuple[str, str, str], ...] = ()
    """The telephone among them, which stands at the top of every page; none where it cannot be dialled."""
    reach: tuple[tuple[str, str, str], ...] = ()
    """Telephone and mailbox among them."""
    notice: str = ""
    logo: str = ""
    """The path of its sign."""
    look: str = ""
    """The path of the style sheet of its own look, "" where it looks as usual."""
    is_for_departments: bool = False
    """Whether this is the edition for departments, which is not for the public."""


@dataclass(frozen=True)
class Link:
    """A page of the portal with what it is called; *count* is how many datasets stand there, where that is known.

    *sign* is the name of its picture among `portal.publishing.site.signs`, "" where it has none.
    """

    title: str
    path: str
    count: int | None = None
    sign: str = ""


@dataclass(frozen=True)
class Figure:
    """One number of the home page, formatted, with what it counts."""

    value: str
    label: str


@dataclass(frozen=True)
class Detail:
    """A line of metadata: *href* for an outside address, *path* for a page of the portal, else plain text."""

    label: str
    text: str
    href: str = ""
    path: str = ""
    day: date | None = None


@dataclass(frozen=True)
class FormatLink:
    """The metadata in a format for programs; *path* is one address for all languages."""

    label: str
    path: str
    media_type: str


@dataclass(frozen=True)
class ErrorPage:
    """A page for people when something went wrong; it says what to do next."""

    status: int
    heading: str
    message: str
    is_answered: bool = True
    """Whether a search would be answered; while the portal is closed nothing is."""


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
