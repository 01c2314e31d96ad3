"""Lines of access logs, of both forms and of none, plain and compressed, within bounds."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.publishing.usage.access_logs import LINE_BYTES_MAX, REASONS, LoggedRequest, LogReader, read_line

OURS = {
    "time": "2026-11-29T17:00:00.123Z",
    "addr": "10.1.2.3",
    "method": "GET",
    "path": "/datasets/%E6%B0%B4/?a=1%20b",
    "status": 200,
    "bytes": 5,
    "seconds": 0.01,
    "agent": "Mozilla/5.0",
    "referer": "",
    "id": "f00",
}
NGINX = (
    r'10.1.2.3 - some one [30/Nov/2026:01:00:00 +0800] "GET /datasets/%E6%B0%B4/?a=1%20b HTTP/1.1" 200 5 '
    r'"https://a.example/\"x\"" "Mozilla/5.0 (\x22)"'
)


def ours(**changes: object) -> bytes:
    """Return a line of the portal's own log."""
    return json.dumps({**OURS, **changes}).encode() + b"\n"


def reader(content: bytes) -> LogReader:
    """Return what reads *content*."""
    return LogReader(io.BufferedReader(io.BytesIO(content)))


def reasons(content: bytes) -> list[str]:
    """Return for each line of a log why it was not read, "" for a request."""
    return [line.reason for line in reader(content).lines()]


def test_a_line_of_the_portal_is_a_request() -> None:
    """The day is that of Beijing, and the path stands without quoting, apart from its query."""
    assert read_line(ours()).request == LoggedRequest(
        day=date(2026, 11, 30),
        address="10.1.2.3",
        method="GET",
        path="/datasets/水/",
        query="a=1%20b",
        status=200,
        agent="Mozilla/5.0",
        referer="",
    )


def test_a_line_of_nginx_is_a_request() -> None:
    """Quotation marks within a field end nothing, and a user may have a blank in the name."""
    assert read_line(NGINX.encode()).request == LoggedRequest(
        day=date(2026, 11, 30),
        address="10.1.2.3",
        method="GET",
        path="/datasets/水/",
        query="a=1%20b",
        status=200,
        agent=r"Mozilla/5.0 (\x22)",
        referer=r"https://a.example/\"x\"",
    )


def test_what_is_no_request_is_read_and_asks_for_nothing() -> None:
    """Port scans leave lines in every log of nginx; they are no fault of the log."""
    line = read_line(rb'10.1.2.3 - - [30/Nov/2026:01:00:00 +0800] "\x16\x03\x01" 400 5 "-" "-"')
    assert (line.reason, line.request and (line.request.method, line.request.path)) == ("", ("", ""))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not-json"),
        (b'{"time": "2026-11-29T17:00:00Z", "addr": "\x00"}', "not-json"),
        (b"{" + b'"a":[' * 20_000, "not-json"),
        (b'{"status": ' + b"9" * 10_000 + b"}", "not-json"),
        (b"{}", "field-missing"),
        (ours(status="200"), "field-missing"),
        (ours(status=True), "field-missing"),
        (ours(path=None), "field-missing"),
        (ours(time="yesterday"), "time"),
        (ours(time="0001-01-01T00:00:00+14:00"), "time"),
        (ours(time="9999-12-31T23:59:59Z"), "time"),
        (b'1 - - [31/Feb/2026:01:00:00 +0800] "GET / HTTP/1.1" 200 5 "-" "-"', "time"),
        (b"\xff\xfe\x00", "not-a-log"),
        (b'1 - - [30/Nov/2026:01:00:00 +0800] "GET / HTTP/1.1" 200 5', "not-a-log"),
        (b'1 - - [30/Nov/2026:01:00:00 +0800] "' + b'\\"' * 30_000, "not-a-log"),
    ],
    ids=range(15),
)
def test_a_line_that_cannot_be_read_says_why(line: bytes, reason: str) -> None:
    """Each reason has words in both languages."""
    assert read_line(line).reason == reason
    assert reason in REASONS


@given(
    st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode), st.binary().map(NGINX.encode().__add__))
)
def test_no_line_is_an_unforeseen_error(line: bytes) -> None:
    """Whatever stands in a line, it is a request, nothing, or a reason that is known."""
    assert read_line(line).reason in {"", *REASONS}


def test_a_line_that_is_too_long_is_passed_over_and_told() -> None:
    """What stands before and behind it is read; the limit itself is no longer than allowed."""
    most = ours()[:-2] + b"}".rjust(LINE_BYTES_MAX - len(ours()) + 1) + b"\n"
    assert len(most) == LINE_BYTES_MAX
    content = ours() + b"x" * 1_000_000 + b"\n" + most + b" " + most + ours()
    assert reasons(content) == ["", "too-long", "", "too-long", ""]


def test_the_last_line_waits_until_it_is_finished() -> None:
    """It is in neither the length nor the digest, so that the log is known again when it is whole."""
    read = [reader(content) for content in (ours(), ours() + ours()[:-9], ours() + b"x" * 200_000)]
    told = [[line.reason for line in item.lines()] for item in read]
    assert told == [[""], ["", "unfinished"], ["", "unfinished"]]
    assert {(item.bytes, item.digest) for item in read} == {(len(ours()), read[0].digest)}


def test_a_compressed_log_is_the_same_log() -> None:
    """By its first bytes it is told, and its length and digest are those of what it holds."""
    plain, packed = reader(ours() * 3), reader(gzip.compress(ours()) + gzip.compress(ours() * 2))
    assert [list(item.lines()) for item in (plain, packed)] == [[read_line(ours())] * 3] * 2
    assert (plain.bytes, plain.digest) == (packed.bytes, packed.digest)


def test_a_damaged_log_is_read_as_far_as_it_goes() -> None:
    """What follows is told to be lost, whether the file was cut or something stands in its place."""
    packed = gzip.compress(ours() * 2000)
    assert reasons(packed + b"no gzip") == [*[""] * 2000, "damaged"]
    assert reasons(packed[: len(packed) // 2])[-1] == "damaged"
    assert reasons(packed[: len(packed) // 2] + b"\x00" * 200)[-1] == "damaged"


def test_memory_does_not_grow_with_a_line() -> None:
    """A line of 200 MB, packed into 200 kB, is passed over piece by piece."""
    packed = gzip.compress(b"x" * 50_000_000) * 4 + gzip.compress(b"\n" + ours())

    def lines() -> Iterator[str]:
        yield from reasons(packed)

    tracemalloc.start()
    told = list(lines())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert told == ["too-long", ""]
    assert peak < 5_000_000
