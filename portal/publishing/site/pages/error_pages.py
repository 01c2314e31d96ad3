"""Error pages: not found (404), withdrawn (410), failed (500), closed for maintenance (503); files for any server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portal.i18n import day_text, translate
from portal.model.portal import Directory
from portal.publishing.site.contexts.page_contexts import ErrorPage
from portal.publishing.site.frame import Rendering, rendering
from portal.publishing.site.page_registry import CLOSED, FAILED, NOT_FOUND


def error_pages(directory: Directory, lang: str, today: date) -> Iterator[Rendering]:
    """Yield the pages that a server shows at any address when it has no other."""
    for kind, body in ((NOT_FOUND, not_found(lang)), (FAILED, failed(lang)), (CLOSED, closed(lang))):
        yield rendering(kind, directory, lang, today, body, title=body.heading)


def not_found(lang: str) -> ErrorPage:
    """Return what a visitor reads where there is nothing."""
    return ErrorPage(
        404,
        translate(lang, "Page not found"),
        translate(lang, "There is nothing at this address. It may have moved, or the address may be misspelt."),
    )


def withdrawn(lang: str, day: date) -> ErrorPage:
    """Return what a visitor reads where a dataset was until its publisher took it away on a *day*."""
    return ErrorPage(
        410,
        translate(lang, "This dataset was withdrawn"),
        translate(
            lang,
            "It was on this portal until %(day)s and is no longer given out. Ask us for the reason, or search for what "
            "takes its place.",
            day=day_text(lang, day),
        ),
    )


def failed(lang: str) -> ErrorPage:
    """Return what a visitor reads when the server made a mistake."""
    return ErrorPage(
        500, translate(lang, "That did not work"), translate(lang, "The server failed. Please try again later.")
    )


def closed(lang: str) -> ErrorPage:
    """Return what a visitor reads while the operator works on the portal."""
    return ErrorPage(
        503,
        translate(lang, "Closed for maintenance"),
        translate(lang, "We are working on the portal. It will be back soon; nothing that you fetched is lost."),
        is_answered=False,
    )
