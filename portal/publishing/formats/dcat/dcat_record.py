"""DCAT values of a dataset: title, publisher, contact, period, place, distributions, licence.

A record is the published dataset in DCAT's words, or what was read out of a graph. All addresses are absolute IRIs of
ASCII, all texts can stand in XML, all dates are ISO 8601. What is a set in RDF is sorted here, so that a record is the
same after it was written and read.
"""

from __future__ import annotations

from dataclasses import dataclass

from portal.model.text import LocalText


@dataclass(frozen=True)
class Named:
    """A thing that others may describe too: a licence, a format, a statement of rights, an origin."""

    iri: str
    label: LocalText = LocalText()


@dataclass(frozen=True)
class Concept:
    """A theme, in the scheme at *scheme*."""

    iri: str
    label: LocalText = LocalText()
    scheme: str = ""


@dataclass(frozen=True)
class Agent:
    """Who publishes; *identifier* is the unified social credit code."""

    iri: str
    name: LocalText = LocalText()
    identifier: str = ""


@dataclass(frozen=True)
class Contact:
    """Where to ask: a unit or a publisher, the post that answers, a telephone number as it is written."""

    iri: str
    name: LocalText = LocalText()
    role: LocalText = LocalText()
    phone: str = ""


@dataclass(frozen=True)
class Place:
    """An area, by its code of GB/T 2260 where it has one."""

    iri: str
    label: LocalText = LocalText()
    code: str = ""


@dataclass(frozen=True)
class Period:
    """From *start* to *end*, each a day, a month or a year; "" is open. *label* is what else was stated."""

    iri: str
    start: str = ""
    end: str = ""
    label: LocalText = LocalText()


@dataclass(frozen=True)
class Distribution:
    """One file, or a link: *access_url* is the page where it stands, or the address of the link."""

    iri: str
    access_url: str
    download_url: str = ""
    title: LocalText = LocalText()
    description: LocalText = LocalText()
    format: Named | None = None
    media_type: str = ""
    size_bytes: int | None = None
    sha256: str = ""
    licence: Named | None = None
    rights: Named | None = None
    conforms_to: tuple[str, ...] = ()
    issued: str = ""
    modified: str = ""


@dataclass(frozen=True)
class Record:
    """One dataset; keywords are pairs of language and word, relations the codes of related resources."""

    iri: str
    title: LocalText
    description: LocalText
    identifier: str = ""
    publisher: Agent | None = None
    contact: Contact | None = None
    keywords: tuple[tuple[str, str], ...] = ()
    themes: tuple[Concept, ...] = ()
    language: str = ""
    access_rights: str = ""
    frequency: str = ""
    issued: str = ""
    modified: str = ""
    available: str = ""
    places: tuple[Place, ...] = ()
    period: Period | None = None
    version: str = ""
    landing_pages: tuple[str, ...] = ()
    """The page here, and of what lies on another site the page there."""
    licence: Named | None = None
    rights: Named | None = None
    provenance: Named | None = None
    origins: tuple[Named, ...] = ()
    relations: tuple[str, ...] = ()
    replaced_by: str = ""
    conforms_to: tuple[str, ...] = ()
    """The standards of registers that it follows, by the addresses of their pages."""
    distributions: tuple[Distribution, ...] = ()
