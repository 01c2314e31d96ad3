"""The connections of this process to a client, as the system tells of them: how much it took, and their end (Linux).

granian takes what is to be sent without bound (its issue 885): who reads slowly would let the memory of the server grow
by the whole answer. So what is made is held back until enough of it arrived. The system knows how much did.
Sources: proc_pid_fd(5); tcp(7), ``struct tcp_info`` of Linux 4.1 and later, ``tcpi_bytes_acked``; RFC 4898.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

UNREAD_BYTES_MAX = 4 * 1024 * 1024
"""Of an answer that is sent piece by piece no more is made while so many bytes did not arrive at its reader (Linux)."""

_FOUND_BEFORE = 128 * 1024
"""The connection is looked for when so much is about to be sent: most answers end before, and need no look."""

_LOOK_S, _LOOK_S_MAX = 0.005, 0.25
"""Who waits for a reader looks again after the first, and then ever less often up to the second."""

_DESCRIPTORS = Path("/proc/self/fd")
_FAMILIES = (socket.AF_INET, socket.AF_INET6)
_TCP_INFO: int = getattr(socket, "TCP_INFO", 0)
_BYTES_ACKED = slice(120, 128)


class ReaderPace:
    """How far an answer may be ahead of its reader, *client*, an address with a port.

    Where the system does not tell how much arrived (it is not Linux, or the connection is none of TCP) nothing waits.
    """

    def __init__(self, client: str) -> None:
        self._client = client
        self._sent = 0
        self._arrived = 0
        self._arrived_before = 0
        self._descriptor: int | None = None
        self._is_sought = False

    async def wait_to_send(self, size: int) -> None:
        """Return when *size* bytes more may be sent, or the connection is no more."""
        if not self._is_sought and self._sent + size > _FOUND_BEFORE:
            self._seek()
        pause = _LOOK_S
        while self._descriptor is not None and self._sent - self._arrived > UNREAD_BYTES_MAX:
            before = self._arrived
            self._look()
            if self._arrived == before:
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LOOK_S_MAX)
        self._sent += size

    def _seek(self) -> None:
        """Find the connection. What arrived until now counts as of earlier answers: up to `_FOUND_BEFORE` too much."""
        self._is_sought = True
        self._descriptor = next(_descriptors(self._client), None)
        self._look()
        self._arrived_before, self._arrived = self._arrived, 0

    def _look(self) -> None:
        """Ask how much arrived; a connection that has ended is not asked again."""
        arrived = None if self._descriptor is None else _bytes_arrived(self._descriptor, self._client)
        if arrived is None:
            self._descriptor = None
        else:
            self._arrived = arrived - self._arrived_before


def cut_connections(client: str, folder: Path = _DESCRIPTORS) -> None:
    """End every connection of this process to *client*, an address with a port, where the system tells of them.

    granian has no other way: it would end the answer as if it were whole.
    """
    for descriptor in _descriptors(client, folder):
        with contextlib.suppress(OSError), socket.socket(fileno=os.dup(descriptor)) as one:
            one.shutdown(socket.SHUT_RDWR)


def _descriptors(client: str, folder: Path = _DESCRIPTORS) -> Iterator[int]:
    """Yield the descriptors of the connections to *client*."""
    for entry in list(folder.iterdir()) if folder.is_dir() else ():
        with contextlib.suppress(OSError, ValueError), socket.socket(fileno=os.dup(int(entry.name))) as one:
            if _is_of(one, client):
                yield int(entry.name)


def _is_of(one: socket.socket, client: str) -> bool:
    host, _, port = client.rpartition(":")
    return one.family in _FAMILIES and one.getpeername()[:2] == (host.strip("[]"), int(port))


def _bytes_arrived(descriptor: int, client: str) -> int | None:
    """Return how many bytes arrived at *client* since it connected, None where that cannot be told (any more).

    The descriptor is taken anew each time: one that was kept would hold a connection open that granian has closed, and
    the number may be another's by now.
    """
    with contextlib.suppress(OSError, ValueError), socket.socket(fileno=os.dup(descriptor)) as one:
        if _TCP_INFO and _is_of(one, client):
            told = one.getsockopt(socket.IPPROTO_TCP, _TCP_INFO, _BYTES_ACKED.stop)[_BYTES_ACKED]
            if len(told) == _BYTES_ACKED.stop - _BYTES_ACKED.start:
                return int.from_bytes(told, sys.byteorder)
    return None
