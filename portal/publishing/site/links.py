"""Addresses (URLs) inside the site: paths of pages by language (``/en``), relative links, page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, urlencode

LIST_PATH = "/datasets/"
_is_plain = re.compile(r"[A-Za-z0-9_.~/-]*").fullmatch
"""Whether an address stands as it is; most do, and are told at a glance."""


def in_language(lang: str, path: str) -> str:
    """Return the full path of a page: Chinese stands at the root, English below ``/en``."""
    return path if lang == "zh" else f"/{lang}{path}"


def relative(here: str, target: str) -> str:
    """Return the address of the full path *target* as seen from the page at the full path *here*.

    >>> relative("/en/datasets/x/", "/data/x/a b.csv"), relative("/datasets/", "/datasets/")
    ('../../../data/x/a%20b.csv', './')
    """
    start, end = here.split("/")[1:-1], target.split("/")[1:]
    shared = 0
    for one, other in zip(start, end[:-1], strict=False):
        if one != other:
            break
        shared += 1
    up = "../" * (len(start) - shared)
    rest = "/".join(end[shared:])
    return up + (rest if _is_plain(rest) else quote(rest)) or "./"


def dataset_path(name: str) -> str:
    """Return the path of a dataset's page."""
    return f"/datasets/{name}/"


def report_path(name: str) -> str:
    """Return the path of the report on a dataset."""
    return f"/datasets/{name}/report/"


def publisher_path(identifier: str) -> str:
    """Return the path of a publisher's page."""
    return f"/publishers/{identifier}/"


def theme_path(identifier: str) -> str:
    """Return the path of a theme's page."""
    return f"/themes/{identifier}/"


def numbered(path: str, number: int) -> str:
    """Return the path of page *number* of a list; no name begins with an underscore, so it hides nothing."""
    return path if number == 1 else f"{path}_page/{number}/"


def with_query(href: str, parameters: Iterable[tuple[str, str]]) -> str:
    """Append parameters to an address.

    >>> with_query("./", [("q", "水质")])
    './?q=%E6%B0%B4%E8%B4%A8'
    """
    query = urlencode(list(parameters))
    return f"{href}?{query}" if query else href
