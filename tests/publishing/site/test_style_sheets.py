"""Style sheets: each page loads those whose rules it needs, of all own CSS at most 24 kB where no chart or map is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portal.publishing.site.assets import STYLES, joined

EVERYWHERE_BYTES_MAX = 17_000
LISTS_BYTES_MAX = 25_000
DATA_BYTES_MAX = 26_000
"""Raw, as they are sent: of every page; of the home page and lists; of pages with tables, without chart and map."""
_LOADED = re.compile(r'<link rel="stylesheet" href="(?:[^"]*/)?static/css/([a-z]+)\.')
_CLASSES = re.compile(r'class="([^"]*)"')


def selectors(sheet: str) -> set[frozenset[str]]:
    """Return the classes that each selector of a style sheet asks for; what stands in brackets may be a choice."""
    rules = re.sub(r"\{[^{}]*\}", "{}", joined(sheet)).replace("{}", ",")
    plain = re.sub(r":[\w-]+\((?:[^()]|\([^()]*\))*\)", "", re.sub(r"@[^{]*\{", ",", rules))
    return {frozenset(re.findall(r"\.([a-z][\w-]*)", one)) for one in re.split(r"[,{}]", plain) if "." in one}


@pytest.fixture(scope="module")
def pages(tiny_release: Path) -> dict[str, str]:
    """The Chinese pages of the tiny catalogue by their paths."""
    site = tiny_release / "site"
    found = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in sorted(site.rglob("*.html"))}
    return {path: text for path, text in found.items() if not path.startswith("en/")}


def test_a_page_loads_every_sheet_that_has_a_rule_for_it(pages: dict[str, str]) -> None:
    """No selector of a sheet that it does not load has all of its classes on the page."""
    asked = {name: selectors(sheets) for name, sheets in STYLES.items()}
    missing = []
    for path, text in pages.items():
        loaded = set(_LOADED.findall(text))
        classes = {word for found in _CLASSES.findall(text) for word in found.split()}
        for name in asked.keys() - loaded:
            missing += [(path, name, sorted(one)) for one in asked[name] if one and one <= classes]
    assert missing == []


@pytest.mark.parametrize(
    ("names", "most"),
    [(["site"], EVERYWHERE_BYTES_MAX), (["site", "lists"], LISTS_BYTES_MAX), (["site", "data"], DATA_BYTES_MAX)],
)
def test_the_style_sheets_of_a_page_are_small(names: list[str], most: int) -> None:
    """Together, as they are sent before compression."""
    assert sum(len(joined(STYLES[name]).encode()) for name in names) <= most
