"""The bridge from granian's event loop (RSGI) to the Flask app (WSGI): bodies with a time limit, files without threads.

A thread is used for as long as Flask makes an answer and no longer. Who sends a body slowly is waited for by the event
loop, and ended after `BODY_SECONDS_MAX`, also where a byte comes now and then; a file is read and sent by granian, so
who reads slowly holds nothing but a connection. A long answer is sent piece by piece as Flask makes it, and a thread is
used for each piece alone. Source: RSGI specification 1.6; PEP 3333 (WSGI).
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import logging
import os
import socket
import sys
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

from granian.rsgi import ProtocolClosed  # type: ignore[attr-defined]

BODY_SECONDS_MAX = 20
"""A request whose body has not come whole in so many seconds is answered with status 408, and its connection closed."""

WHOLE_BYTES_MAX = 1024 * 1024
"""An answer that states more bytes, or none, is sent piece by piece."""

_SINGLE = ("content-type", "content-length")
_WITHOUT_BODY = (204, 304)
_TOO_SLOW = "The body of the request did not come in time.\n"

logger = logging.getLogger(__name__)

Headers = list[tuple[str, str]]
_WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class FileToSend:
    """What WSGI calls a file wrapper: the file at *path*, which granian sends by itself."""

    def __init__(self, file: Any, block_size: int = 8192) -> None:
        self.path = Path(file.name)
        self._file = file
        self._block_size = block_size

    def __iter__(self) -> FileToSend:
        return self

    def __next__(self) -> bytes:
        piece: bytes = self._file.read(self._block_size)
        if not piece:
            raise StopIteration
        return piece

    def seekable(self) -> bool:
        """Whether a part can be found without reading what is before it."""
        return True

    def seek(self, *place: int) -> None:
        """Go to a place in the file."""
        self._file.seek(*place)

    def tell(self) -> int:
        """Return the place in the file."""
        return int(self._file.tell())

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


@dataclass(frozen=True)
class Answer:
    """What the app answered: *body*, or *pieces* of one, or a *file*.

    Of a file the bytes from *start* up to *end* are sent, if stated; *pieces* are closed when they were sent.
    """

    status: int
    headers: Headers
    body: bytes = b""
    pieces: Iterable[bytes] | None = None
    file: Path | None = None
    start: int | None = None
    end: int | None = None


class Bridge:
    """An RSGI app that asks *app*, a WSGI app, in *threads* threads; bodies are read up to *body_bytes_max*."""

    def __init__(self, app: _WsgiApp, *, threads: int, body_bytes_max: int, body_seconds_max: float) -> None:
        self._app = app
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="answer")
        self._body_bytes_max = body_bytes_max
        self._body_seconds_max = body_seconds_max

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Answer one request."""
        if scope.proto != "http":
            protocol.close(404)
            return
        try:
            body = b""
            if _has_body(scope):
                body = await asyncio.wait_for(self._body(scope, protocol), self._body_seconds_max)
        except TimeoutError:
            headers = [("content-type", "text/plain; charset=utf-8"), ("connection", "close")]
            protocol.response_str(408, headers, _TOO_SLOW)
            return
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(self._pool, partial(answered, self._app, environ(scope, body)))
        if answer.pieces is not None:
            await self._send(answer.pieces, protocol.response_stream(answer.status, answer.headers), scope.client)
        elif answer.file is None:
            protocol.response_bytes(answer.status, answer.headers, answer.body)
        elif answer.start is None or answer.end is None:
            protocol.response_file(answer.status, answer.headers, str(answer.file))
        else:
            protocol.response_file_range(answer.status, answer.headers, str(answer.file), answer.start, answer.end)

    async def _send(self, pieces: Iterable[bytes], transport: Any, client: str) -> None:
        """Send a body as it is made; where that fails the connection is cut, so that nobody takes a part for the whole.

        A reader that goes away is no news.
        """
        loop = asyncio.get_running_loop()
        made = iter(pieces)
        try:
            while (piece := await loop.run_in_executor(self._pool, next, made, None)) is not None:
                if piece:
                    await transport.send_bytes(piece)
        except ProtocolClosed:
            pass
        except Exception:
            logger.exception("an answer broke off")
            cut_connections(client)
        finally:
            await loop.run_in_executor(self._pool, _close, pieces)

    async def _body(self, scope: Any, protocol: Any) -> bytes:
        """Return the body; of one that is too large only so much as shows that it is, so that the app refuses it."""
        stated = scope.headers.get("content-length") or "0"
        if stated.isdigit() and int(stated) > self._body_bytes_max:
            return b""
        pieces, size = [], 0
        async for piece in protocol:
            pieces.append(bytes(piece))
            size += len(piece)
            if size > self._body_bytes_max:
                break
        return b"".join(pieces)


def _has_body(scope: Any) -> bool:
    """Whether something follows the headers that is to be waited for."""
    return (scope.headers.get("content-length") or "0") != "0" or "transfer-encoding" in scope.headers


def cut_connections(client: str, folder: Path = Path("/proc/self/fd")) -> None:
    """End every connection of this process to *client*, an address with a port, where the system tells of them (Linux).

    granian has no other way: it would end the answer as if it were whole.
    """
    host, _, port = client.rpartition(":")
    families = (socket.AF_INET, socket.AF_INET6)
    for entry in folder.iterdir() if folder.is_dir() else ():
        with contextlib.suppress(OSError, ValueError), socket.socket(fileno=os.dup(int(entry.name))) as one:
            if one.family in families and one.getpeername()[:2] == (host.strip("[]"), int(port)):
                one.shutdown(socket.SHUT_RDWR)


def environ(scope: Any, body: bytes) -> dict[str, Any]:
    """Return a request as PEP 3333 describes it."""
    host, _, port = scope.server.rpartition(":")
    found: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope.path).decode("latin-1"),
        "QUERY_STRING": scope.query_string.encode().decode("latin-1"),  # programs send 中 as it is, too
        "REQUEST_URI": f"{scope.path}?{scope.query_string}" if scope.query_string else scope.path,
        "SERVER_NAME": host.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FileToSend,
    }
    for name in scope.headers.keys():  # noqa: SIM118 - granian's headers are no mapping
        key = name.upper().replace("-", "_")
        values = ", ".join(scope.headers.get_all(name))
        found[key if name in _SINGLE else f"HTTP_{key}"] = values
    if found.pop("HTTP_TRANSFER_ENCODING", None):  # the pieces were put together, and have a length now
        found["CONTENT_LENGTH"] = str(len(body))
    if scope.authority and "HTTP_HOST" not in found:
        found["HTTP_HOST"] = scope.authority
    return found


def answered(app: _WsgiApp, request: dict[str, Any]) -> Answer:
    """Ask the app."""
    started: list[tuple[int, Headers]] = []

    def start_response(status: str, headers: Headers, error: Any = None) -> None:
        started.append((int(status.split(" ", 1)[0]), [(name.lower(), value) for name, value in headers]))

    body = app(request, start_response)
    is_left_open = False
    try:
        status, headers = started[-1]
        whole = getattr(body, "iterable", body)
        if isinstance(whole, FileToSend):
            if whole is body:
                return Answer(status, headers, file=whole.path)
            part: Any = body
            return Answer(status, headers, file=whole.path, start=part.start_byte, end=part.end_byte)
        if request["REQUEST_METHOD"] != "HEAD" and not isinstance(body, list) and _is_long(status, dict(headers)):
            is_left_open = True
            return Answer(status, headers, pieces=body)
        return Answer(status, headers, body=b"".join(body))
    finally:
        if not is_left_open:
            _close(body)


def _is_long(status: int, headers: Mapping[str, str]) -> bool:
    """Whether an answer is too long to be held whole, or may be."""
    return status not in _WITHOUT_BODY and int(headers.get("content-length", WHOLE_BYTES_MAX + 1)) > WHOLE_BYTES_MAX


def _close(body: Iterable[bytes]) -> None:
    close = getattr(body, "close", None)
    if close:
        close()
