"""Contexts of how to come by what is not given out here, and of whom to tell that something is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from portal.publishing.site.contexts.page_contexts import Detail


@dataclass(frozen=True)
class AccessView:
    """Who decides, on what ground, by when; *mail* is a letter begun, "" where there is no mailbox."""

    heading: str
    sentence: str
    details: tuple[Detail, ...]
    mail: str = ""
    mail_label: str = ""


@dataclass(frozen=True)
class FeedbackView:
    """Letters begun as (label, address), and telephones."""

    letters: tuple[tuple[str, str], ...] = ()
    phones: tuple[Detail, ...] = ()
