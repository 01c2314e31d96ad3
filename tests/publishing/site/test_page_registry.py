"""The page registry: pages, menu, sitemap and templates are what it says, and nothing beside it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from parsed import parse

from portal.model.addresses import in_language, site_file
from portal.model.text import LANGUAGES
from portal.publishing.site.page_registry import DATASETS, MENU, PAGE_KINDS, TOP_PATHS
from portal.publishing.site.render import installed_templates

PAGES = installed_templates() / "pages"


def test_every_template_of_a_page_has_its_kind() -> None:
    """No template is without a kind and no kind without a template, but for reports that lie beside the site."""
    assert {kind.template for kind in PAGE_KINDS} == {path.name for path in PAGES.glob("*.html")} - {
        "report-alone.html"
    }


def test_kinds_and_entries_of_the_menu_are_told_apart() -> None:
    """No two kinds are alike; the menu leads to each section once."""
    assert len({replace(kind, label="") for kind in PAGE_KINDS}) == len(PAGE_KINDS)
    assert len({kind.section for kind in MENU}) == len({kind.path for kind in MENU}) == len(MENU)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_menu_of_every_page_is_that_of_the_registry(lang: str, tiny_release: Path) -> None:
    """The same entries in the same order and language; all lead to pages that there are."""
    site = tiny_release / "site"
    for kind in MENU:
        path = site / site_file(in_language(lang, kind.path))
        links = parse(path.read_text(encoding="utf-8")).one("nav", class_="menu").all("a")
        assert [link.words for link in links] == [one.link(lang).title for one in MENU]
        assert [link.words for link in links if link.attributes.get("aria-current") == "page"] == [
            kind.link(lang).title
        ]


def test_the_sitemap_lists_no_further_page_of_a_list_and_no_page_that_moved() -> None:
    """Search engines find those by the first, and by the present address."""
    assert [kind.template for kind in PAGE_KINDS if not kind.is_findable] == [
        "rows.html",
        "components.html",
        "moved.html",
        *["error.html"] * 3,
    ]


def test_templates_take_addresses_from_the_registry() -> None:
    """No template spells the path of a page."""
    by_hand = [
        (path.name, match[0])
        for path in installed_templates().rglob("*.html")
        for match in re.finditer(r"page_url\(\s*[\"'][^)]*", path.read_text(encoding="utf-8"))
    ]
    assert by_hand == []
    assert TOP_PATHS["datasets"] == DATASETS.path
