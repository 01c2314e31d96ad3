"""Help, terms of use, privacy, accessibility statement and site map, which the footer of every page leads to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from portal.i18n import gettext_noop as _
from portal.i18n import translate
from portal.model.portal import Directory
from portal.publishing.publication import PublishedDataset
from portal.publishing.site.contexts.page_contexts import Link
from portal.publishing.site.contexts.support_contexts import SiteMapPage, SupportPage
from portal.publishing.site.frame import Rendering, rendering
from portal.publishing.site.page_registry import ACCESSIBILITY, FOOT, HELP, HOME, PRIVACY, SITE_MAP, TERMS
from portal.publishing.site.pages.about_pages import licences_used, stated_contact

CONTACT_KEYS = ("organiser", "phone", "email", "address", "report")
"""Where somebody can be reached, of what the footer states."""
LEADS = (
    (HELP, _("Everything here can be read and downloaded without registering.")),
    (
        TERMS,
        _("What you may do with the data is said by the licence of each dataset. This page puts it together in short."),
    ),
    (PRIVACY, _("You can use this site without telling who you are.")),
    (ACCESSIBILITY, _("This site is made for everybody: with eyes, ears or fingers, old devices or slow networks.")),
)
"""The pages that say things, each with its first sentence, which search engines show."""


def support_pages(
    directory: Directory,
    datasets: Sequence[PublishedDataset],
    themes: Iterable[Link],
    publishers: Iterable[Link],
    lang: str,
    today: date,
) -> Iterator[Rendering]:
    """Yield the pages in one language; *themes* and *publishers* stand in the site map."""
    portal = directory.portal
    body = SupportPage(
        contact=stated_contact(portal, lang, CONTACT_KEYS),
        examples=tuple(example.to(lang) for example in portal.examples),
        licences=licences_used(datasets, lang),
    )
    home = HOME.link(lang)
    for kind, lead in LEADS:
        description = translate(lang, lead)
        yield rendering(kind, directory, lang, today, body, description=description, crumbs=(home,))
    groups = [(translate(lang, heading), tuple(kind.link(lang) for kind in kinds)) for heading, kinds in FOOT]
    groups += [
        (translate(lang, "Topics"), tuple(themes)),
        (translate(lang, "Publishers"), tuple(link for link in publishers if link.count)),
    ]
    site_map = SiteMapPage(tuple((title, links) for title, links in groups if links))
    yield rendering(SITE_MAP, directory, lang, today, site_map, crumbs=(home,))
