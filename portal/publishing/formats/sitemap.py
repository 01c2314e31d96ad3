"""sitemap.xml and robots.txt for search engines: pages in both languages, several files and an index.

Source: https://www.sitemaps.org/protocol.html A sitemap holds at most 50,000 addresses; a larger site has several and
an index of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from portal.model.addresses import API, DATASETS, SITEMAP, in_language
from portal.model.text import LANGUAGES
from portal.publishing.formats.atom import attribute, xml

URLS_MAX = 50_000
"""Addresses in one sitemap, as sitemaps.org allows; more are parted among several."""

HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)
TAIL = "</urlset>\n"


def urls(path: str, *, base_url: str, modified: date | None = None) -> str:
    """Return the two ``url`` elements of a page; *path* is its path in Chinese and begins with a slash.

    >>> urls("/about/", base_url="https://data.example.cn").count("<xhtml:link")
    4
    """
    addresses = {lang: base_url + in_language(lang, path) for lang in LANGUAGES}
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{"zh-CN" if lang == "zh" else lang}" href={attribute(address)}/>'
        for lang, address in addresses.items()
    )
    when = f"<lastmod>{modified.isoformat()}</lastmod>" if modified else ""
    return "".join(f"<url><loc>{xml(address)}</loc>{when}{alternates}</url>\n" for address in addresses.values())


def index(addresses: Iterable[str]) -> str:
    """Return the index of several sitemaps by their addresses."""
    entries = "".join(f"<sitemap><loc>{xml(address)}</loc></sitemap>\n" for address in addresses)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</sitemapindex>\n'
    )


def robots(base_url: str, base_path: str = "") -> str:
    """Return robots.txt: everything but searches, which have no end, and the way to the sitemap."""
    return (
        "User-agent: *\n"
        + "".join(f"Disallow: {base_path}{in_language(lang, DATASETS)}?\n" for lang in LANGUAGES)
        + f"Disallow: {base_path}{API}\n"
        + f"\nSitemap: {base_url}{SITEMAP}\n"
    )
