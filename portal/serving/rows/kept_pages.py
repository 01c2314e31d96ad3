"""Pages of rows that were asked for before, as JSON: those asked for last, up to a bound of memory.

A release never changes, so neither does a page of it; the first pages of the tables that people look at are asked for
by everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from sys import getsizeof
from threading import Lock

from cachetools import LRUCache

from portal.publishing.rows.row_table import JsonPage

PAGES_KEPT_BYTES_MAX = 16_000_000
"""Memory that the rows of remembered pages take, in each worker and release."""
KEPT_PAGE_BYTES_MAX = 200_000
"""A larger page is looked up every time: a few of them would drive out all others."""


class KeptPages:
    """The pages of one release. May be used from several threads at once."""

    def __init__(self, bytes_max: int = PAGES_KEPT_BYTES_MAX) -> None:
        self._lock = Lock()
        self._kept: LRUCache[Hashable, JsonPage] = LRUCache(bytes_max, getsizeof=_bytes_of)

    def page(self, key: Hashable, look_up: Callable[[], JsonPage]) -> JsonPage:
        """Return the page of *key*, which *look_up* gives where it is not remembered; what it raises is not kept."""
        with self._lock:
            found = self._kept.get(key)
        if found:
            return found
        page = look_up()
        if _bytes_of(page) <= KEPT_PAGE_BYTES_MAX:
            with self._lock:
                self._kept[key] = page
        return page


def _bytes_of(page: JsonPage) -> int:
    """Return the memory of a page: nearly all of it is its rows."""
    return getsizeof(page.rows)
