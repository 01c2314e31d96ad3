"""Conditional requests by RFC 9110: tags first, dates with care, and never the file with a 412."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from portal.serving.preconditions import Validators, Verdict, verdict

MADE = datetime(2026, 5, 31, 12, tzinfo=UTC)
SWITCHED = datetime(2026, 6, 2, 12, tzinfo=UTC)
FILE = Validators("abc", MADE, SWITCHED)
THE_DATE = "Sun, 31 May 2026 12:00:00 GMT"
WITHDRAWN = "Mon, 01 Jun 2026 12:00:00 GMT"
"""The date of a later release that was rolled back at the time of `SWITCHED`."""
LATER = "Wed, 03 Jun 2026 12:00:00 GMT"
EARLIER = "Sat, 30 May 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, "whole"),
        ({"If-Match": '"x"'}, "failed"),
        ({"If-Match": '"x", "abc"'}, "whole"),
        ({"If-Match": "*"}, "whole"),
        ({"If-Match": 'W/"abc"'}, "failed"),
        ({"If-Match": '"x"', "Range": "bytes=0-4"}, "failed"),
        ({"If-Match": '"x"', "If-None-Match": '"abc"'}, "failed"),
        ({"If-Match": '"abc"', "If-Unmodified-Since": EARLIER}, "whole"),
        ({"If-Match": '"abc"', "If-None-Match": '"abc"'}, "not-modified"),
        ({"If-Unmodified-Since": EARLIER}, "failed"),
        ({"If-Unmodified-Since": THE_DATE}, "whole"),
        ({"If-Unmodified-Since": WITHDRAWN}, "failed"),
        ({"If-Unmodified-Since": LATER}, "whole"),
        ({"If-Unmodified-Since": "yesterday"}, "whole"),
        ({"If-None-Match": '"abc"'}, "not-modified"),
        ({"If-None-Match": 'W/"abc"'}, "not-modified"),
        ({"If-None-Match": "*"}, "not-modified"),
        ({"If-None-Match": '"x"'}, "whole"),
        ({"If-None-Match": '"x"', "If-Modified-Since": THE_DATE}, "whole"),
        ({"If-Modified-Since": THE_DATE}, "not-modified"),
        ({"If-Modified-Since": WITHDRAWN}, "whole"),
        ({"If-Modified-Since": EARLIER}, "whole"),
        ({"If-Modified-Since": "yesterday"}, "whole"),
        ({"Range": "bytes=0-4"}, "part"),
        ({"Range": "bytes=0-4", "If-None-Match": '"abc"'}, "not-modified"),
        ({"Range": "bytes=0-4,6-8"}, "whole"),
        ({"Range": "lines=0-4"}, "whole"),
        ({"Range": "bytes=0-4", "If-Range": '"abc"'}, "part"),
        ({"Range": "bytes=0-4", "If-Range": 'W/"abc"'}, "whole"),
        ({"Range": "bytes=0-4", "If-Range": '"x"'}, "whole"),
        ({"Range": "bytes=0-4", "If-Range": THE_DATE}, "whole"),
        ({"Range": "bytes=0-4", "If-Range": WITHDRAWN}, "whole"),
    ],
)
def test_a_conditional_request_is_answered_by_the_standard(headers: dict[str, str], expected: Verdict) -> None:
    """In the order of RFC 9110, 13.2.2; no date of a withdrawn release matches, and none is good for a part."""
    assert verdict("GET", headers, FILE) == expected


def test_a_part_is_for_get_alone() -> None:
    """HEAD is answered as for the whole file (RFC 9110, 14.2)."""
    assert verdict("HEAD", {"Range": "bytes=0-4"}, FILE) == "whole"


@pytest.mark.parametrize("path", ["/data/schools/schools.csv", "/"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_failed_condition_is_answered_without_the_file(client: FlaskClient, path: str, method: str) -> None:
    """412 has no body, and the headers that guard a browser."""
    answer = client.open(path, method=method, headers={"If-Match": '"x"'})
    assert (answer.status_code, answer.data) == (412, b"")
    assert "Content-Security-Policy" in answer.headers


def test_a_file_that_is_known_is_not_sent_again(client: FlaskClient) -> None:
    """By its tag and by its very date; the 304 has the tag and no body."""
    first = client.get("/data/schools/schools.csv")
    for name, value in (
        ("If-None-Match", first.headers["ETag"]),
        ("If-Modified-Since", first.headers["Last-Modified"]),
    ):
        answer = client.get("/data/schools/schools.csv", headers={name: value})
        assert (answer.status_code, answer.data) == (304, b"")
        assert answer.headers["ETag"] == first.headers["ETag"]


def test_a_part_is_the_part_that_was_asked_for(client: FlaskClient, tiny_release: Path) -> None:
    """With the tag in If-Range."""
    content = (tiny_release / "site" / "data" / "schools" / "schools.csv").read_bytes()
    etag = client.head("/data/schools/schools.csv").headers["ETag"]
    answer = client.get("/data/schools/schools.csv", headers={"Range": "bytes=2-6", "If-Range": etag})
    assert (answer.status_code, answer.data) == (206, content[2:7])
