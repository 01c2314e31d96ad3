"""Conditional requests (RFC 9110): If-Match, If-None-Match, If-Modified-Since, If-Unmodified-Since, If-Range; 412, 304.

What is asked is answered in the order of RFC 9110, 13.2.2. Dates count for less than tags here: after a rollback a file
has an older date than the one that was withdrawn, and two releases may be written within one second. So
``If-Modified-Since`` holds for the very date alone, and no date is good enough to sew a part to what a client has.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from werkzeug.http import parse_date, parse_etags

Verdict = Literal["whole", "part", "not-modified", "failed"]
"""How a file is sent: whole, in the part that is asked for, not at all since it is known, or not at all (412)."""


_LAST_BYTES = re.compile(r"bytes=\s*-([0-9]{1,30})\s*", re.ASCII)


@dataclass(frozen=True)
class Validators:
    """What a file can be compared by: its strong *etag*, the time it was *modified*, the time it is served *since*.

    Times are whole seconds. *since* is when the release that holds it became the current one.
    """

    etag: str
    modified: datetime
    since: datetime


def verdict(method: str, headers: Mapping[str, str], file: Validators) -> Verdict:
    """Say how *file* is sent to who asks with *headers*.

    >>> noon = datetime(2026, 5, 31, 12, tzinfo=UTC)
    >>> file = Validators("abc", noon, noon)
    >>> verdict("GET", {"If-None-Match": 'W/"abc"'}, file), verdict("GET", {"If-Match": '"x"'}, file)
    ('not-modified', 'failed')
    """
    if "If-Match" in headers:
        if not _matches(headers["If-Match"], file.etag):
            return "failed"
    elif _is_changed_since(headers.get("If-Unmodified-Since"), file):
        return "failed"
    if "If-None-Match" in headers:
        tags = parse_etags(headers["If-None-Match"])
        if tags.star_tag or tags.contains_weak(file.etag):
            return "not-modified"
    elif method in ("GET", "HEAD") and parse_date(headers.get("If-Modified-Since")) == file.modified:
        return "not-modified"
    return "part" if _wants_part(method, headers, file.etag) else "whole"


def satisfiable(stated: str, size_bytes: int) -> str:
    """Return the range that is asked for; the last bytes of a file that has fewer are all of it (RFC 9110, 14.1.2).

    >>> satisfiable("bytes=-65536", 100), satisfiable("bytes=-5", 100), satisfiable("bytes=-5", 0)
    ('bytes=0-', 'bytes=-5', 'bytes=-5')
    """
    last = _LAST_BYTES.fullmatch(stated)
    return "bytes=0-" if last and size_bytes and int(last[1]) >= size_bytes else stated


def whole_second(seconds: float) -> datetime:
    """Return a time of the file system as HTTP tells it."""
    return datetime.fromtimestamp(int(seconds), UTC)


def _matches(stated: str, etag: str) -> bool:
    """Whether one of the tags is *etag*, compared strongly; the star is whatever there is."""
    tags = parse_etags(stated)
    return bool(tags.star_tag) or tags.is_strong(etag)


def _is_changed_since(stated: str | None, file: Validators) -> bool:
    """Whether a file may be another than at the time *stated*; what is no date is passed over."""
    date = parse_date(stated)
    return date is not None and date != file.modified and date < max(file.modified, file.since)


def _wants_part(method: str, headers: Mapping[str, str], etag: str) -> bool:
    """Whether a part is asked for that is given out: one range of bytes, by GET (RFC 9110, 14.2), of the same file."""
    ranges, condition = headers.get("Range", ""), headers.get("If-Range")
    if method != "GET" or not ranges.startswith("bytes=") or "," in ranges:
        return False
    return condition is None or parse_etags(condition).is_strong(etag)
