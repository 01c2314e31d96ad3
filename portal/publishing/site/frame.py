"""Around every page: title, footer, canonical and hreflang links, robots noindex.

The portal's name and footer, and addresses of the page.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import simplejson
from jinja2.utils import htmlsafe_json_dumps

from portal.i18n import translate
from portal.model.addresses import in_language, is_numbered
from portal.model.portal import Directory, Portal
from portal.model.text import LANGUAGES
from portal.publishing.site.contexts.page_contexts import Link, Page, PortalInfo
from portal.publishing.site.own_look import logo_path, styles_path
from portal.publishing.site.page_registry import PageKind

in_script = partial(htmlsafe_json_dumps, dumps=simplejson.dumps, cls=simplejson.JSONEncoderForHTML, ensure_ascii=False)
"""JSON that cannot end the script element it stands in, nor a line of it: the encoder escapes line separators too."""

Rendering = tuple[str, Page]
"""A template's name and the page to fill it with."""


def portal_info(portal: Portal, lang: str, today: date) -> PortalInfo:
    """Return the portal in one language."""
    footer = tuple((item.label.to(lang), item.text.to(lang), item.href) for item in portal.footer)
    return PortalInfo(
        title=portal.title.to(lang),
        description=portal.description.to(lang),
        organisation=portal.organisation.to(lang),
        base_url=portal.base_url,
        release_date=today,
        footer=footer,
        phones=tuple(item for item in footer if item[2].startswith("tel:")),
        reach=tuple(item for item in footer if item[2].startswith(("tel:", "mailto:"))),
        notice=portal.notice.to(lang),
        logo=logo_path(portal.look),
        look=styles_path(portal.look),
        is_for_departments=portal.edition == "sharing",
    )


def make_page(
    directory: Directory,
    lang: str,
    today: date,
    path: str,
    title: str,
    body: object,
    *,
    description: str = "",
    section: str = "",
    crumbs: tuple[Link, ...] = (),
    robots: str = "",
    query_string: str = "",
    changed: date | None = None,
) -> Page:
    """Wrap a context as a page; a page that search engines should leave alone has no canonical address."""
    base = directory.portal.base_url
    is_listed = not robots and not is_numbered(path)
    if directory.portal.edition == "sharing":
        robots = robots or "noindex"
    return Page(
        lang=lang,
        path=path,
        title=title,
        description=description,
        section=section,
        portal=portal_info(directory.portal, lang, today),
        body=body,
        crumbs=crumbs,
        canonical="" if robots else base + in_language(lang, path),
        alternates=() if robots else tuple((other, base + in_language(other, path)) for other in LANGUAGES),
        robots=robots,
        query_string=query_string,
        changed=changed,
        is_listed=is_listed,
    )


def rendering(
    kind: PageKind,
    directory: Directory,
    lang: str,
    today: date,
    body: object,
    *,
    path: str = "",
    title: str = "",
    description: str = "",
    crumbs: tuple[Link, ...] = (),
    changed: date | None = None,
    image: str = "",
    image_words: str = "",
) -> Rendering:
    """Return a page of a kind with its template; *path* and *title* are those of the kind where they are not said."""
    page = make_page(
        directory,
        lang,
        today,
        path or kind.path,
        title or translate(lang, kind.label),
        body,
        description=description,
        section=kind.section,
        crumbs=crumbs,
        robots="" if kind.is_findable else "noindex",
        changed=changed,
    )
    if image:
        page = replace(page, image=image, image_words=image_words)
    return f"pages/{kind.template}", page
