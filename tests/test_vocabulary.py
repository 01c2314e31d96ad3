"""One vocabulary: what `portal.model` says once, no other module spells by hand.

Every text in the code of the portal is looked at, docstrings and comments aside; what may stand for a reason is listed
with it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

PORTAL = Path(__file__).parent.parent / "portal"

PLACES = "datasets|themes|publishers|open-catalogue|quality|standards|developers|about|data|api|static"
ADDRESS = re.compile(rf"(^|[/}}`(])(en/)?({PLACES})/|^/({PLACES})$|^/en$|/404\.html")
FILES_OF_THE_SITE = re.compile(
    r"(^|[/}])(catalog\.(csv|xlsx|json|jsonld|ttl|rdf)|data\.json|feed\.xml|sitemap\.xml|robots\.txt|llms\.txt|index\.md"
    r"|index\.(jsonld|ttl|rdf)|ckan\.json|croissant\.json|registers\.json)$"
)

ADDRESSES_ALLOWED = {
    (
        "publishing/formats/data_json.py",
        "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld",
    ): "theirs",
    ("publishing/formats/data_json.py", "https://project-open-data.cio.gov/v1.1/schema/catalog.json"): "theirs",
    ("publishing/quality/visiting.py", "}robots.txt"): "that of any other host",
}


def texts(source: str) -> Iterator[str]:
    """Yield every text in Python code, an f-string as its pieces with ``}`` before what follows a value.

    >>> list(texts('def f(x):\\n    "doc"\\n    return f"a/{x}/b", "c"'))
    ['a/', '}/b', 'c']
    """
    tree = ast.parse(source)
    passed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(id(node.value))
    found: list[tuple[int, int, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            for before, part in zip([None, *node.values], node.values, strict=False):
                if isinstance(part, ast.Constant):
                    passed.add(id(part))
                    mark = "}" if isinstance(before, ast.FormattedValue) else ""
                    found.append((part.lineno, part.col_offset, mark + str(part.value)))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed:
            found.append((node.lineno, node.col_offset, node.value))
    yield from (text for _, _, text in sorted(found))


@cache
def texts_of_the_portal() -> Mapping[str, tuple[str, ...]]:
    """Return the texts of every file by its path below ``portal/``."""
    return {
        path.relative_to(PORTAL).as_posix(): tuple(texts(path.read_text(encoding="utf-8")))
        for path in sorted(PORTAL.rglob("*.py"))
    }


def spelled(pattern: re.Pattern[str], *homes: str) -> set[tuple[str, str]]:
    """Return file and text of everything in the portal that *pattern* finds outside the files in *homes*."""
    return {
        (name, text)
        for name, found in texts_of_the_portal().items()
        if not name.startswith(homes)
        for text in found
        if pattern.search(text)
    }


@pytest.mark.parametrize("pattern", [ADDRESS, FILES_OF_THE_SITE], ids=["pages", "files"])
def test_addresses_are_spelled_in_one_file(pattern: re.Pattern[str]) -> None:
    """No module but `portal.model.addresses` writes the path of a page, a file of the site or an endpoint."""
    assert spelled(pattern, "model/addresses.py", "serving/") - set(ADDRESSES_ALLOWED) == set()


def test_nothing_is_allowed_that_does_not_occur() -> None:
    """An exception goes when what it was for is gone."""
    found = spelled(ADDRESS, "model/addresses.py") | spelled(FILES_OF_THE_SITE, "model/addresses.py")
    assert set(ADDRESSES_ALLOWED) <= found


@pytest.mark.parametrize("source", ['f"{base}/datasets/{name}/"', '"/en/about/"', 'f"/data/{name}"', '"en/datasets/"'])
def test_a_path_spelled_by_hand_is_seen(source: str) -> None:
    """The patterns find what used to stand in eighteen places."""
    assert any(ADDRESS.search(text) for text in texts(f"x = {source}"))
