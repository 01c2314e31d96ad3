"""Access log: one line of JSON for each request, to standard output or a file that may be rotated.

Nothing that a client sends can begin a line or end one: JSON writes control characters, and everything beyond ASCII, as
escapes. Fields are cut at a length. Addresses are left out unless the operator wants them, and keys never stand there.
Requests that granian itself refuses, since they are no HTTP, are not seen.
"""

from __future__ import annotations

import contextlib
import os
import time
from datetime import UTC, datetime
from functools import lru_cache
from ipaddress import ip_address, ip_network
from json.encoder import encode_basestring_ascii
from threading import Lock

from flask import Request

from portal.serving.options import LoggedAddresses

PATH_CHARACTERS_MAX = 2000
"""Characters of a path with its query that stand in the log."""
AGENT_CHARACTERS_MAX = 300
"""Characters of what a program calls itself, and of the page that led here, that stand in the log."""
STANDARD_OUTPUT = "-"
_in_json = encode_basestring_ascii
"""Writes a text as JSON does, with escapes for everything beyond ASCII."""
_ROTATION_SECONDS = 1.0
_NETWORKS = {4: 24, 6: 48}


class AccessLog:
    """Writes lines to *target*; each goes out in one piece, so several processes can write to one file."""

    def __init__(self, target: str, addresses: LoggedAddresses = "none") -> None:
        """Open *target*. Raises OSError where it cannot be written."""
        self._target = target
        self._addresses: LoggedAddresses = addresses
        self._lock = Lock()
        self._descriptor = 1 if target == STANDARD_OUTPUT else _opened(target)
        self._looked = time.monotonic()

    def write(self, request: Request, *, identifier: str, status: int, size_bytes: int, seconds: float) -> None:
        """Write the line of a request that was answered; answering goes on where the disk is full."""
        line = line_of(
            request,
            identifier=identifier,
            status=status,
            size_bytes=size_bytes,
            seconds=seconds,
            addresses=self._addresses,
        )
        with self._lock, contextlib.suppress(OSError):
            self._follow_rotation()
            os.write(self._descriptor, line)

    def _follow_rotation(self) -> None:
        """Open the file anew where it was moved away, looking once a second."""
        now = time.monotonic()
        if self._target == STANDARD_OUTPUT or now - self._looked < _ROTATION_SECONDS:
            return
        self._looked = now
        try:
            moved = os.stat(self._target).st_ino != os.fstat(self._descriptor).st_ino  # noqa: PTH116
        except FileNotFoundError:
            moved = True
        if moved:
            fresh = _opened(self._target)
            os.close(self._descriptor)
            self._descriptor = fresh


def line_of(
    request: Request, *, identifier: str, status: int, size_bytes: int, seconds: float, addresses: LoggedAddresses
) -> bytes:
    """Return a request as one line of the log."""
    environ = request.environ
    begun = datetime.fromtimestamp(time.time() - seconds, UTC).isoformat(timespec="milliseconds")
    address = logged_address(environ.get("REMOTE_ADDR", ""), addresses)
    agent = environ.get("HTTP_USER_AGENT", "")[:AGENT_CHARACTERS_MAX]
    referer = environ.get("HTTP_REFERER", "").partition("?")[0][:AGENT_CHARACTERS_MAX]
    line = (  # by hand: to ask for an encoder of JSON each time costs more than all the rest
        f'{{"time":"{begun[:-6]}Z","id":{_in_json(identifier)},"addr":{_in_json(address)}'
        f',"method":{_in_json(request.method[:20])},"path":{_in_json(asked_path(request)[:PATH_CHARACTERS_MAX])}'
        f',"status":{status},"bytes":{size_bytes},"seconds":{seconds:.6f}'
        f',"agent":{_in_json(agent)},"referer":{_in_json(referer)}}}\n'
    )
    return line.encode("ascii")


def asked_path(request: Request) -> str:
    """Return the path with its query as it was sent, as far as that is known."""
    stated = request.environ.get("REQUEST_URI")
    return str(stated) if stated else request.full_path.rstrip("?")


@lru_cache(maxsize=1024)
def logged_address(address: str, wanted: LoggedAddresses) -> str:
    """Return what of an address stands in the log.

    >>> logged_address("203.0.113.9", "network"), logged_address("2001:db8::1", "network"), logged_address("x", "full")
    ('203.0.113.0/24', '2001:db8::/48', '')
    """
    if wanted == "none":
        return ""
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    return str(parsed) if wanted == "full" else str(ip_network(f"{parsed}/{_NETWORKS[parsed.version]}", strict=False))


def _opened(path: str) -> int:
    return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
