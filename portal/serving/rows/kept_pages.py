"""Pages of rows that were asked for before, as JSON: those asked for last, up to a bound of memory.

A release never changes, so neither does a page of it; the first pages of the tables that people look at are asked for
by everybody.
"""

from __future__ import annotations

from sys import getsizeof

from cachetools import LRUCache

from portal.publishing.rows.row_table import JsonPage
from portal.serving.rows.remembered import Remembered

PAGES_KEPT_BYTES_MAX = 16_000_000
"""Memory that the rows of remembered pages take, in each worker and release."""
KEPT_PAGE_BYTES_MAX = 200_000
"""A larger page is looked up every time: a few of them would drive out all others."""


KeptPages = Remembered[object, JsonPage]
"""The pages of one release."""


def kept_pages(bytes_max: int = PAGES_KEPT_BYTES_MAX) -> KeptPages:
    """Return what remembers so many bytes of pages."""
    return Remembered(LRUCache(bytes_max, getsizeof=_bytes_of), lambda _, page: _bytes_of(page) <= KEPT_PAGE_BYTES_MAX)


def _bytes_of(page: JsonPage) -> int:
    """Return the memory of a page: nearly all of it is its rows."""
    return getsizeof(page.rows)
