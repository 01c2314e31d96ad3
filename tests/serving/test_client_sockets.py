"""The connections of a server to its readers: who reads slowly is waited for, and who is gone is not."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import PROJECT

from portal.serving.client_sockets import UNREAD_BYTES_MAX, cut_connections
from portal.serving.free_port import listening_port

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux tells a process of its connections"
)

PIECE = 65_536
PIECES = 512
SERVER = f"""
import sys
from granian import Granian
from granian.constants import Interfaces
from portal.serving.event_loop import Bridge

made, closed = [], []

def app(request, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    if request["PATH_INFO"] != "/long":
        return [b"%d %d" % (len(made), len(closed))]
    return Long()

class Long:
    def __iter__(self):
        for _ in range({PIECES}):
            made.append(1)
            yield b"x" * {PIECE}

    def close(self):
        closed.append(1)

bridge = Bridge(app, threads=2, body_bytes_max=10, body_seconds_max=1)
if __name__ == "__main__":
    Granian("long:bridge", address="127.0.0.1", port=int(sys.argv[1]), interface=Interfaces.RSGI, workers=1).serve()
"""


class Asked:
    """A server that makes long answers, and tells how many pieces it made, and how many answers it let go of."""

    def __init__(self, port: int) -> None:
        self.port = port

    def told(self) -> tuple[int, int]:
        """Return the pieces made and the answers let go of, when they are no more than a moment ago."""
        while True:
            before = self._told()
            time.sleep(0.3)
            if self._told() == before:
                return before

    def _told(self) -> tuple[int, int]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", "/")
        made, closed = connection.getresponse().read().split()
        connection.close()
        return int(made), int(closed)

    def reader(self, *, earlier: bool = False) -> socket.socket:
        """Return a connection on which a long answer was asked for, with a small buffer of its own.

        An *earlier* answer may have come on it.
        """
        one = socket.socket()
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, PIECE)
        one.settimeout(10)
        one.connect(("127.0.0.1", self.port))
        for path in ("/long",) * (1 + earlier):
            one.sendall(f"GET {path} HTTP/1.1\r\nHost: l\r\n\r\n".encode())
            if earlier:
                read_to_end(one)
                earlier = False
        return one


def read_to_end(reader: socket.socket) -> int:
    """Read up to the last piece of an answer, and return how many bytes came."""
    size, end = 0, b""
    while not end.endswith(b"\r\n0\r\n\r\n"):
        piece = reader.recv(PIECE)
        assert piece, "the answer broke off"
        size, end = size + len(piece), (end + piece)[-16:]
    return size


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Asked]:
    """A server in a process of its own."""
    (tmp_path / "long.py").write_text(SERVER, encoding="utf-8")
    port = listening_port("127.0.0.1", 0)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(PROJECT), str(tmp_path)))}
    with subprocess.Popen([sys.executable, "long.py", str(port)], cwd=tmp_path, env=environment) as process:
        try:
            for _ in range(200):
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=5).close()
                    break
                except OSError:
                    assert process.poll() is None
                    time.sleep(0.05)
            yield Asked(port)
        finally:
            process.terminate()


@pytest.mark.parametrize("earlier", [False, True])
def test_a_long_answer_waits_for_its_reader(server: Asked, earlier: bool) -> None:
    """Who stops reading has no more made than the bound and the buffers of the system hold; then all of it comes.

    What came on the connection before is not counted.
    """
    reader = server.reader(earlier=earlier)
    before = PIECES if earlier else 0
    made, closed = server.told()
    reader.recv(PIECE)
    ahead = (made - before) * PIECE
    assert 2 * PIECE < ahead <= UNREAD_BYTES_MAX + 8 * PIECE
    assert closed == int(earlier)
    assert read_to_end(reader) > (PIECES - 2) * PIECE
    assert server.told() == (before + PIECES, 1 + int(earlier))
    reader.close()


def test_who_goes_away_is_not_waited_for(server: Asked) -> None:
    """The answer is let go of, and no more of it made."""
    reader = server.reader()
    made, _ = server.told()
    reader.close()
    for _ in range(20):
        after, closed = server.told()
        if closed:
            break
    assert closed == 1
    assert after - made < PIECES / 4


def test_a_connection_is_cut_by_the_address_of_its_reader() -> None:
    """The reader sees the end of that connection alone."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        readers = [socket.create_connection(server.getsockname(), timeout=5) for _ in range(2)]
        writers = [server.accept()[0] for _ in readers]
        host, port = readers[0].getsockname()
        cut_connections(f"{host}:{port}")
        writers[1].sendall(b"on")
        assert [reader.recv(2) for reader in readers] == [b"", b"on"]
        for one in (*readers, *writers):
            one.close()
