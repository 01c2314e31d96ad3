"""WSGI without its server: a request of RSGI as an environ (PEP 3333), the app called with it, what it answered.

Sources: PEP 3333; RSGI specification 1.6.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

WHOLE_BYTES_MAX = 1024 * 1024
"""An answer that states more bytes, or none, is sent piece by piece."""

_SINGLE = ("content-type", "content-length")
_WITHOUT_BODY = (204, 304)

Headers = list[tuple[str, str]]
WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


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
    for name, value in scope.headers.items():
        key = _key_of(name)
        if key:
            found[key] = f"{found[key]}, {value}" if key in found else value
    if found.pop("HTTP_TRANSFER_ENCODING", None):  # the pieces were put together, and have a length now
        found["CONTENT_LENGTH"] = str(len(body))
    if scope.authority and "HTTP_HOST" not in found:
        found["HTTP_HOST"] = scope.authority
    return found


@lru_cache(maxsize=1024)
def _key_of(name: str) -> str:
    """Return by what name WSGI knows a header, "" for one that would be taken for another."""
    if "_" in name:
        return ""
    key = name.upper().replace("-", "_")
    return key if name in _SINGLE else f"HTTP_{key}"


def answered(app: WsgiApp, request: dict[str, Any]) -> Answer:
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
            close(body)


def _is_long(status: int, headers: Mapping[str, str]) -> bool:
    """Whether an answer is too long to be held whole, or may be."""
    return status not in _WITHOUT_BODY and int(headers.get("content-length", WHOLE_BYTES_MAX + 1)) > WHOLE_BYTES_MAX


def close(body: Iterable[bytes]) -> None:
    """Let go of what a body is made from."""
    let_go = getattr(body, "close", None)
    if let_go:
        let_go()
