"""Modules of pages: what a browser may load of them on one page stays small, whatever the page shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[3] / "site_templates"
MODULES_MAX_BYTES = 40_000
"""Raw, with all that a page may ask for later."""
_SCRIPTS = re.compile(r'asset_url\("/(static/js/[^"]+\.js)"\)')
_IMPORTS = re.compile(r'(?:from|import)\s*\(?\s*"(\.{1,2}/[^"]+\.js)"')
ONLY_WITHOUT_A_SERVER = TEMPLATES / "static" / "js" / "search" / "answers.js"
"""The search engine in the browser: it is asked for where a portal is given out as files and somebody searches."""


def with_imports(module: Path, known: frozenset[Path] = frozenset()) -> frozenset[Path]:
    """Return a module with everything that it imports, now or later."""
    if module in known or module == ONLY_WITHOUT_A_SERVER:
        return known
    known |= {module}
    for path in _IMPORTS.findall(module.read_text(encoding="utf-8")):
        known = with_imports((module.parent / path).resolve(), known)
    return known


@pytest.mark.parametrize("page", sorted(path.name for path in (TEMPLATES / "pages").glob("*.html")))
def test_the_modules_of_a_page_are_small(page: str) -> None:
    """All together, with charts, maps and an explorer, at most 40 kB as they are written."""
    templates = [TEMPLATES / "base.html", TEMPLATES / "pages" / page]
    names = [name for path in templates for name in _SCRIPTS.findall(path.read_text(encoding="utf-8"))]
    modules: frozenset[Path] = frozenset()
    for name in names:
        modules = with_imports(TEMPLATES / name, modules)
    assert sum(path.stat().st_size for path in modules) <= MODULES_MAX_BYTES
