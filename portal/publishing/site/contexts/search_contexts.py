"""Contexts of a search's answer on pages: rows that answer, what an empty answer can offer, files of the result."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BroaderLink:
    """A wider query that finds something: its words, the address that asks it, and what it finds in a sentence."""

    text: str
    href: str
    count: str


@dataclass(frozen=True)
class EmptyAnswer:
    """What can be said where nothing has all the words."""

    understood: tuple[str, ...] = ()
    """The things that were asked for, as they were typed; what letters of pinyin stand for."""
    dropped: tuple[str, ...] = ()
    """Words that say nothing of the thing, and were passed over."""
    broader: BroaderLink | None = None
    mail: str = ""
    """The address of the portal's office with a letter begun (``mailto:``), "" where it states none."""
    mail_text: str = ""
    phone: str = ""


@dataclass(frozen=True)
class ResultFile:
    """The whole result as a file or a feed."""

    label: str
    href: str
    media_type: str
