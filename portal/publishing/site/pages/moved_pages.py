"""Redirect pages at addresses of former names, which work on any web server.

Each leads on to the present address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from portal.examining.reading.descriptors.dataset_names import is_name
from portal.i18n import translate
from portal.model.addresses import MOVABLE
from portal.model.former_names import Moved
from portal.model.portal import Directory
from portal.publishing.site.frame import Rendering, rendering
from portal.publishing.site.page_registry import MOVED


@dataclass(frozen=True)
class MovedPage:
    """Where it stands now."""

    heading: str
    path: str


def moved_pages(directory: Directory, moved: Iterable[Moved], lang: str, today: date) -> Iterator[Rendering]:
    """Yield a page for every former name that can stand in an address."""
    for item in moved:
        if is_name(item.old):
            path_of = MOVABLE[item.kind]
            body = MovedPage(translate(lang, "This page has moved"), path_of(item.new))
            path = path_of(item.old)
            yield rendering(MOVED, directory, lang, today, body, path=path, title=body.heading)
