"""The stage *render*: all HTML pages of a release, sitemap.xml, static files, and the reports on what was refused."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from portal.model.addresses import OPENSEARCH, in_language, site_file, site_folder, static_path
from portal.model.portal import Portal
from portal.model.text import LANGUAGES
from portal.publishing.files.sitemap_files import SitemapFiles
from portal.publishing.formats import opensearch
from portal.publishing.release_content import ReleaseContent
from portal.publishing.search.engine import Hits
from portal.publishing.site.assets import copy_static
from portal.publishing.site.browser_search import write_browser_search
from portal.publishing.site.code_names import CodeNames
from portal.publishing.site.component_gallery import gallery_page
from portal.publishing.site.frame import Rendering
from portal.publishing.site.maps.dataset_maps import DatasetMaps
from portal.publishing.site.missing_translations import write_missing_translations
from portal.publishing.site.own_look import write_look
from portal.publishing.site.refused_reports import refusals_of, write_refused_reports
from portal.publishing.site.render import Renderer, write_pages
from portal.publishing.site.site_pages import site_pages


def render(content: ReleaseContent, everything: Hits, folder: Path, *, charts: Path | None = None) -> None:
    """Write the pages of the release in *folder*; *everything* are all datasets in the order of lists.

    *charts* is the folder of what was drawn. Templates of the portal's own go into the release, so that a server finds
    them there. Raises ConfigurationError for one with a fault.
    """
    if content.templates:
        shutil.copytree(content.templates, folder / "templates")
    look = content.directory.portal.look
    write_look(look, content.datasets_dir, folder / "site" / site_folder(static_path("")))
    renderer = Renderer(content.templates, copy_static(folder / "site", content.templates))
    with SitemapFiles(folder / "site", content.directory.portal.base_url) as sitemap:
        address = write_browser_search(content, folder / "search", folder / "site", renderer)
        names = CodeNames(
            folder / "site", content.directory.portal, {item.dataset.name: item for item in content.datasets}.get
        )
        portal = content.directory.portal
        maps = DatasetMaps(folder / "site", content.datasets, portal.map_layers, portal.map_choices)
        for lang in LANGUAGES:
            _write_opensearch(portal, lang, folder / "site")
            pages = site_pages(content, everything, lang, address, names, maps, charts)
            write_pages(_listed(pages, sitemap), renderer, folder / "site")
            if portal.has_gallery:
                gallery = gallery_page(content.directory, lang, content.today, renderer, content.templates)
                write_pages([gallery], renderer, folder / "site")
    write_refused_reports(refusals_of(content), content, renderer, folder / "reports")
    write_missing_translations((item.dataset for item in content.datasets), folder / "reports")


def _write_opensearch(portal: Portal, lang: str, site_dir: Path) -> None:
    target = site_dir / site_file(in_language(lang, OPENSEARCH))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(opensearch.dump(portal, lang), encoding="utf-8", newline="")


def _listed(renderings: Iterable[Rendering], sitemap: SitemapFiles) -> Iterator[Rendering]:
    """Yield the pages, each listed in the sitemap as it passes by; one entry names it in all languages."""
    for template, page in renderings:
        if page.is_listed and page.lang == LANGUAGES[0]:
            sitemap.add(page.path, page.changed)
        yield template, page
