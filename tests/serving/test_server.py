"""`portal serve` as a process: what it prints when it begins, who cannot stop it, and how it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from support import FIXTURES, PROJECT, TODAY

from portal.pipeline import build
from portal.serving.server import THREADS_A_WORKER
from portal.settings import load_settings


@pytest.mark.parametrize(("stated", "is_told"), [(None, True), ("https://data.example.cn", False)])
def test_an_address_of_another_port_is_told(tmp_path: Path, stated: str | None, is_told: bool) -> None:
    """`portal serve` says that a release names another port of this machine; a public address is as it should be."""
    release = build(load_settings(FIXTURES / "tiny", base_url=stated), tmp_path, today=TODAY).folder
    command = [sys.executable, "-m", "portal", "serve", str(release), "--port", "0"]
    environment = {**os.environ, "KAIFANG_LANG": "en", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=PROJECT, env=environment) as server:
        assert server.stdout is not None
        first = server.stdout.readline()
        address = first.split()[3]
        while not answers(address):
            assert server.poll() is None
            time.sleep(0.05)
        server.terminate()
        rest = server.stdout.read()
    told = (
        "In feeds, citations, the sitemap and other files of this release addresses begin with http://127.0.0.1:8000. "
        "To have them lead here, build with --base-url and the address at which the portal is reached.\n"
    )
    assert first == f"Serving {release} at {address} (stop with Ctrl-C)\n"
    assert rest == (told if is_told else "")


def answers(address: str) -> bool:
    """Whether a server takes connections at *address*."""
    parts = urlsplit(address)
    try:
        socket.create_connection((parts.hostname or "", parts.port or 0), timeout=5).close()
    except OSError:
        return False
    return True


POST = b"POST /api/3/action/package_list HTTP/1.1\r\nHost: l\r\nContent-Length: 1000\r\n\r\n{"


@pytest.fixture
def server(tiny_release: Path) -> Iterator[tuple[subprocess.Popen[str], tuple[str, int]]]:
    """A server of the tiny release with its address, ended with whatever it started."""
    command = [sys.executable, "-m", "portal", "serve", str(tiny_release), "--port", "0"]
    environment = {**os.environ, "KAIFANG_LANG": "en", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=PROJECT, env=environment, start_new_session=True
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split()[3]
        while not answers(address):
            assert process.poll() is None
            time.sleep(0.05)
        parts = urlsplit(address)
        try:
            yield process, (parts.hostname or "", parts.port or 0)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def health(place: tuple[str, int]) -> bytes:
    """Return the first line of what the server says of its health, within a few seconds."""
    with socket.create_connection(place, timeout=10) as asking:
        asking.sendall(b"GET /api/v1/health HTTP/1.1\r\nHost: l\r\nConnection: close\r\n\r\n")
        return asking.recv(1000).split(b"\r\n")[0]


@pytest.mark.parametrize(
    "hosts", [("a", "b"), ("a b",), ("evil/../x",), ("a@b",), ("a:port",), ("<script>",)], ids="-".join
)
def test_a_request_names_one_host(address: str, hosts: tuple[str, ...]) -> None:
    """Two hosts, or one that is none, are a clean 400 and stand in no answer."""
    parts = urlsplit(address)
    lines = "".join(f"Host: {host}\r\n" for host in hosts)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=10) as asking:
        asking.sendall(f"GET /api/v1/datasets HTTP/1.1\r\n{lines}Connection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: asking.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert hosts[-1].encode() not in answer or len(hosts[-1]) == 1


def test_a_request_without_a_host_is_none_of_its_version(address: str) -> None:
    """HTTP/1.1 wants one (RFC 9112, 3.2); programs that speak HTTP/1.0 need not name any."""
    parts = urlsplit(address)
    told = []
    for version in ("1.1", "1.0"):
        with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=10) as asking:
            asking.sendall(f"GET /api/v1/health HTTP/{version}\r\nConnection: close\r\n\r\n".encode())
            told.append(b"".join(iter(partial(asking.recv, 65536), b""))[9:12])
    assert told == [b"400", b"200"]


def test_bodies_that_never_come_stop_nobody(server: tuple[subprocess.Popen[str], tuple[str, int]]) -> None:
    """More of them than there are threads: others are answered, and the server ends within ten seconds when told to."""
    process, place = server
    held = [socket.create_connection(place) for _ in range(3 * THREADS_A_WORKER)]
    try:
        for one in held:
            one.sendall(POST)
        assert health(place) == b"HTTP/1.1 200 OK"
        begun = time.monotonic()
        process.terminate()
        process.wait(20)
        assert time.monotonic() - begun < 10
    finally:
        for one in held:
            one.close()


def test_workers_end_with_the_process_that_started_them(
    server: tuple[subprocess.Popen[str], tuple[str, int]],
) -> None:
    """Also where that is killed: nobody listens at the address any more."""
    process, place = server
    assert health(place) == b"HTTP/1.1 200 OK"
    process.kill()
    process.wait(10)
    until = time.monotonic() + 10
    while answers(f"http://{place[0]}:{place[1]}"):
        assert time.monotonic() < until
        time.sleep(0.1)
