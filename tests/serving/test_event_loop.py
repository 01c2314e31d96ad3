"""The bridge between granian and Flask: requests as WSGI has them, bodies in time, files by their paths."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from portal.serving.app import create_app
from portal.serving.event_loop import Bridge
from portal.serving.wsgi_calls import Answer, answered, environ


class Sent:
    """The headers of a request as granian gives them."""

    def __init__(self, *pairs: tuple[str, str]) -> None:
        self.pairs = pairs

    def __contains__(self, name: str) -> bool:
        return any(key == name for key, _ in self.pairs)

    def keys(self) -> list[str]:
        """Return the names, each once."""
        return list(dict.fromkeys(key for key, _ in self.pairs))

    def items(self) -> list[tuple[str, str]]:
        """Return all pairs."""
        return list(self.pairs)

    def get(self, name: str) -> str | None:
        """Return the first value."""
        return next((value for key, value in self.pairs if key == name), None)

    def get_all(self, name: str) -> list[str]:
        """Return all values."""
        return [value for key, value in self.pairs if key == name]


class Protocol:
    """A connection: gives the pieces of a body, each after some seconds, and keeps what is answered."""

    def __init__(self, *pieces: tuple[float, bytes]) -> None:
        self.pieces = pieces
        self.answers: list[tuple[Any, ...]] = []

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for seconds, piece in self.pieces:
            await asyncio.sleep(seconds)
            yield piece

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *given: self.answers.append((name, *given))


def scope(path: str = "/", *headers: tuple[str, str], method: str = "GET", query: str = "") -> Any:
    """Return a request."""
    return SimpleNamespace(
        proto="http",
        http_version="1.1",
        server="127.0.0.1:8000",
        client="127.0.0.1:50000",
        scheme="http",
        method=method,
        path=path,
        query_string=query,
        headers=Sent(("host", "l"), *headers),
        authority=None,
    )


def echo(request: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer with the body of the request."""
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"got ", request["wsgi.input"].read()]


def ask(protocol: Protocol, request: Any) -> tuple[Any, ...]:
    """Return the one answer of a bridge that waits for a fifth of a second, and reads ten bytes."""
    bridge = Bridge(echo, threads=1, body_bytes_max=10, body_seconds_max=0.2)
    asyncio.run(bridge.__rsgi__(request, protocol))
    (answer,) = protocol.answers
    return answer


def test_a_body_is_put_together() -> None:
    """In pieces, with and without a length."""
    for header in (("content-length", "4"), ("transfer-encoding", "chunked")):
        answer = ask(Protocol((0, b"ab"), (0, b"cd")), scope("/", header, method="POST"))
        assert answer == ("response_bytes", 200, [("content-type", "text/plain")], b"got abcd")


@pytest.mark.parametrize("pieces", [[(5.0, b"a")], [(0.05, b"a")] * 100])
def test_a_body_that_does_not_come_in_time_is_ended(pieces: list[tuple[float, bytes]]) -> None:
    """Also where a byte comes now and then: 408, and the connection is closed."""
    answer = ask(Protocol(*pieces), scope("/", ("content-length", "9"), method="POST"))
    assert answer[:2] == ("response_str", 408)
    assert ("connection", "close") in answer[2]


def test_of_a_body_that_is_too_large_no_more_is_read_than_shows_it() -> None:
    """The app then refuses it by its length."""
    answer = ask(Protocol(*[(0.0, b"abcd")] * 1000), scope("/", ("transfer-encoding", "chunked"), method="POST"))
    assert len(answer[3]) <= len(b"got ") + 10 + 4
    assert ask(Protocol((5, b"")), scope("/", ("content-length", "11"), method="POST"))[3] == b"got "


def test_an_answer_goes_out_before_its_request_has_ended() -> None:
    """The event loop is not woken for it: the next request ends the one before, and the end of the server the last."""
    bridge = Bridge(echo, threads=1, body_bytes_max=10, body_seconds_max=1)
    loop, protocols = asyncio.new_event_loop(), [Protocol() for _ in range(2)]
    seen: list[list[bool]] = []

    async def ask_all() -> None:
        asked = []
        for protocol in protocols:
            asked.append(loop.create_task(bridge.__rsgi__(scope(), protocol)))
            while not protocol.answers:
                await asyncio.sleep(0.01)
            seen.append([task.done() for task in asked])
        tasks.extend(asked)

    tasks: list[asyncio.Task[None]] = []
    loop.run_until_complete(ask_all())
    bridge.__rsgi_del__(loop)
    seen.append([task.done() for task in tasks])
    loop.close()
    assert seen == [[False], [True, False], [True, True]]
    assert [protocol.answers for protocol in protocols] == [
        [("response_bytes", 200, [("content-type", "text/plain")], b"got ")]
    ] * 2


def test_an_app_that_fails_is_told_to_granian() -> None:
    """It answers 500 for what fails before Flask has it."""

    def broken(request: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        raise ValueError("broken")

    bridge = Bridge(broken, threads=1, body_bytes_max=10, body_seconds_max=1)
    with pytest.raises(ValueError, match="broken"):
        asyncio.run(bridge.__rsgi__(scope(), Protocol()))


def test_a_header_that_could_be_taken_for_another_is_left_out() -> None:
    """WSGI writes ``X-Forwarded-For`` and ``X_Forwarded_For`` alike, and only the first is what a proxy wrote."""
    sent = (("x-forwarded-for", "192.0.2.1"), ("x_forwarded_for", "203.0.113.9"))
    assert environ(scope("/", *sent), b"")["HTTP_X_FORWARDED_FOR"] == "192.0.2.1"


def test_a_request_is_told_as_pep_3333_has_it() -> None:
    """The path in octets, headers joined, and where the server is."""
    told = environ(scope("/数据/%E4%B8%AD", ("x-a", "1"), ("x-a", "2"), query="q=%E4中"), b"")
    wanted = {
        "PATH_INFO": "/数据/中".encode().decode("latin-1"),
        "QUERY_STRING": "q=%E4中".encode().decode("latin-1"),
        "HTTP_X_A": "1, 2",
        "HTTP_HOST": "l",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "REMOTE_ADDR": "127.0.0.1",
    }
    assert {name: told[name] for name in wanted} == wanted


@pytest.mark.parametrize(
    ("headers", "status", "part"),
    [
        ((), 200, (None, None)),
        ((("range", "bytes=2-6"),), 206, (2, 7)),
        ((("range", "bytes=-5"),), 206, "the last five"),
    ],
)
def test_files_are_sent_by_their_paths(tiny_release: Path, headers: Any, status: int, part: Any) -> None:
    """Whole or in part, so that no thread is held by who reads slowly."""
    file = tiny_release / "site" / "data" / "schools" / "schools.csv"
    size = file.stat().st_size
    answer = answered(create_app(tiny_release).wsgi_app, environ(scope("/data/schools/schools.csv", *headers), b""))
    start, end = (size - 5, size) if part == "the last five" else part
    assert answer == Answer(status, answer.headers, file=file, start=start, end=end)


def test_what_has_no_body_sends_no_file(tiny_release: Path) -> None:
    """HEAD tells the length of the file."""
    request = environ(scope("/data/schools/schools.csv", method="HEAD"), b"")
    answer = answered(create_app(tiny_release).wsgi_app, request)
    size = (tiny_release / "site" / "data" / "schools" / "schools.csv").stat().st_size
    assert (answer.status, answer.body, answer.file) == (200, b"", None)
    assert ("content-length", str(size)) in answer.headers


class Transport:
    """A stream to a reader; keeps what is sent."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []

    async def send_bytes(self, piece: bytes) -> None:
        """Send a piece."""
        self.sent.append(piece)


class Streaming(Protocol):
    """A connection on which an answer is streamed."""

    def __init__(self) -> None:
        super().__init__()
        self.transport = Transport()

    def response_stream(self, status: int, headers: list[tuple[str, str]]) -> Transport:
        """Begin a stream."""
        self.answers.append((status, headers))
        return self.transport


class Pieces:
    """An answer of unknown length, which is to be closed."""

    def __init__(self, *pieces: bytes, fails: bool = False) -> None:
        self.pieces, self.fails, self.is_closed = pieces, fails, False

    def __call__(self, request: dict[str, Any], start_response: Callable[..., Any]) -> Pieces:
        start_response("200 OK", [("Content-Type", "text/csv")])
        return self

    def __iter__(self) -> Iterator[bytes]:
        yield from self.pieces
        if self.fails:
            raise ValueError("broken")

    def close(self) -> None:
        """Let go of what is read from."""
        self.is_closed = True


@pytest.mark.parametrize("fails", [False, True])
def test_an_answer_of_unknown_length_is_sent_as_it_is_made(fails: bool) -> None:
    """Each piece is sent for itself, an empty one not at all; and it is closed, also where it fails."""
    body, protocol = Pieces(b"a", b"", b"b", fails=fails), Streaming()
    bridge = Bridge(body, threads=1, body_bytes_max=10, body_seconds_max=1)
    asyncio.run(bridge.__rsgi__(scope(), protocol))
    assert (protocol.answers, protocol.transport.sent) == ([(200, [("content-type", "text/csv")])], [b"a", b"b"])
    assert body.is_closed
