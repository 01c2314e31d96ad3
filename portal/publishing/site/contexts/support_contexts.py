"""Contexts of the pages that help people along: help, terms, privacy, accessibility, site map."""

from __future__ import annotations

from dataclasses import dataclass

from portal.publishing.site.contexts.page_contexts import Detail, Link


@dataclass(frozen=True)
class SupportPage:
    """Whom to ask, searches that are proposed, and licences of datasets as (title, address, how many have it)."""

    contact: tuple[Detail, ...] = ()
    examples: tuple[str, ...] = ()
    licences: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True)
class SiteMapPage:
    """Links under headings."""

    groups: tuple[tuple[str, tuple[Link, ...]], ...]
