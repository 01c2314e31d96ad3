"""All HTML pages of a release written: site, reports, static files, in Chinese and English."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from portal.findings.finding import Report
from portal.model.former_names import Moved
from portal.model.portal import Directory
from portal.model.text import LANGUAGES
from portal.publishing.files.sitemap_files import SitemapFiles
from portal.publishing.publication import PublishedDataset
from portal.publishing.search.query import SearchQuery
from portal.publishing.search.search_index import open_engine
from portal.publishing.site.frame import Rendering
from portal.publishing.site.pages.quality_page import Assessed
from portal.publishing.site.render import Renderer, copy_static, write_pages
from portal.publishing.site.site_pages import SiteContent, site_pages


def write_release_pages(
    folder: Path,
    directory: Directory,
    published: Sequence[PublishedDataset],
    moved: Sequence[Moved],
    report: Report,
    assessed: Assessed,
    refused_registers: Mapping[str, int],
    own_templates: Path | None,
    today: date,
) -> Renderer:
    """Write the pages of the release in *folder*, where its search index stands already; return what filled them.

    Templates of the portal's own go into the release, so that a server finds them there.
    """
    if own_templates:
        shutil.copytree(own_templates, folder / "templates")
    engine = open_engine(folder / "search")
    try:
        everything = engine.search(SearchQuery(per_page=max(len(published), 1)))
    finally:
        engine.close()
    listed = {item.dataset.publisher.id for item in published}
    registered = [item for item in directory.publishers if item.id in listed]
    content = SiteContent(
        replace(directory, publishers=tuple(registered)),
        published,
        everything,
        today,
        report.findings,
        moved,
        assessed,
        refused_registers,
        {item.uscc: item.title for item in directory.publishers if item.uscc},
        {item.id: item.title for item in directory.publishers},
    )
    renderer = Renderer(own_templates)
    copy_static(folder / "site", own_templates)
    with SitemapFiles(folder / "site", directory.portal.base_url) as sitemap:
        for lang in LANGUAGES:
            write_pages(_listed(site_pages(content, lang), sitemap), renderer, folder / "site")
    return renderer


def _listed(renderings: Iterable[Rendering], sitemap: SitemapFiles) -> Iterator[Rendering]:
    """Yield the pages, each listed in the sitemap as it passes by; one entry names it in all languages."""
    for template, page in renderings:
        if page.is_listed and page.lang == LANGUAGES[0]:
            sitemap.add(page.path, page.changed)
        yield template, page
