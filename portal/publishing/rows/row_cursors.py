"""Cursors of pages: opaque, good for one question to one state of one table; where the next page begins."""

from __future__ import annotations

import base64
import binascii
from dataclasses import replace
from hashlib import sha256

from portal.model.errors import QueryError
from portal.publishing.rows.row_query import RowQuery

ORDER_VERSION = 2
"""Another one where rows of one question stand in another order than before: older cursors are refused."""
_DIGEST_BYTES = 9
_PLACE_BYTES = 8
_PLACE_MAX = 2**62
"""No table is so long; databases count no farther than twice as far."""


def cursor_of(query: RowQuery, table: str, place: int) -> str:
    """Return the cursor of a place in the answer to *query*; *table* names the table and the hash of its content.

    >>> place_of(replace(RowQuery(), cursor=cursor_of(RowQuery(), "a", 7)), "a")
    7
    """
    return cursor_at(digest_of(query, table), place)


def cursor_at(digest: bytes, place: int) -> str:
    """Return the cursor of a place in the answer to a question by its digest."""
    data = digest + place.to_bytes(_PLACE_BYTES, "big")
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def place_of(query: RowQuery, table: str) -> int:
    """Return the place that the cursor of *query* names, 0 without one.

    Raises QueryError for one of another question or another table.
    """
    if not query.cursor:
        return 0
    try:
        data = base64.b64decode(query.cursor + "=" * (-len(query.cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        data = b""
    place = int.from_bytes(data[_DIGEST_BYTES:], "big")
    is_ours = len(data) == _DIGEST_BYTES + _PLACE_BYTES and data[:_DIGEST_BYTES] == digest_of(query, table)
    if not is_ours or place > _PLACE_MAX:
        raise QueryError(
            "_cursor",
            "这个翻页游标不属于这个问题和现在的数据，请从第一页重新开始。",
            "This cursor is none of this question and the present data; begin again with the first page.",
        )
    return place


def digest_of(query: RowQuery, table: str) -> bytes:
    """Hash what must be the same on every page: all but its size, its place and whether somebody counts."""
    asked = replace(query, cursor="", limit=None, offset=0, with_total=True)
    return sha256(f"{ORDER_VERSION}\n{table}\n{asked!r}".encode(errors="surrogatepass")).digest()[:_DIGEST_BYTES]
