"""What does a request cost beside its own answer: CPU of the server with ids, limits, log, metrics and compression on?

Wanted: at most 500 µs for a small JSON endpoint under granian, all of it counted. Peers, in the same run: a bare Flask
app behind the same bridge, the same app as granian serves it by WSGI, and the portal with everything switched off. CPU
time of all processes over 2,000 requests, fifty waiting at a time, after 300 to warm up, median of three. Further
figures: an answer that is known already (304), one that is compressed as it leaves, a page that has variants.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from made_up_items import write_items

REQUESTS = 2_000
WARMING = 300
ROUNDS = 3
PIPELINED = 50
WANTED_US = 500
PROJECT = Path(__file__).parent.parent
BARE = """
import sys
from granian import Granian
from granian.constants import Interfaces, Loops
from flask import Flask, Response
from portal.serving.event_loop import Bridge

app = Flask("bare", static_folder=None)

@app.get("/api/v1/datasets/items")
def small():
    return Response('{"status": "ok", "release": "x", "built_at": "y", "datasets": 1, "version": "z"}',
                    content_type="application/json")

def bridged():
    return Bridge(app.wsgi_app, threads=5, body_bytes_max=1000, body_seconds_max=20)

def plain():
    return app

if __name__ == "__main__":
    name, port = sys.argv[1:]
    interface = Interfaces.RSGI if name == "bridged" else Interfaces.WSGI
    Granian(f"bare:{name}", address="127.0.0.1", port=int(port), interface=interface, loop=Loops.asyncio, factory=True,
            workers=1, log_level="warning").serve()
"""


def main() -> None:
    """Print the cost of each server beside the wanted figure."""
    with tempfile.TemporaryDirectory(prefix="kaifang-serving-") as name:
        folder = Path(name)
        datasets = folder / "datasets"
        write_items(datasets, 1_000)
        (datasets / "catalog.yaml").write_text(
            "title: 量时间的门户\nrequests: {lookups: 1000000000}\n", encoding="utf-8"
        )
        subprocess.run(
            [sys.executable, "-m", "portal", "build", str(datasets), "--out", str(folder / "build")],
            cwd=PROJECT,
            check=True,
            capture_output=True,
        )
        (folder / "bare.py").write_text(BARE, encoding="utf-8")
        print(f"µs of CPU a request, median of {ROUNDS} times {REQUESTS:,}")
        small = "/api/3/action/status_show"  # says what stands in memory: the answer itself is as good as free
        with bare(folder, "plain") as port:
            peer = tell("Flask alone, WSGI of granian", port, "/api/v1/datasets/items")
        with bare(folder, "bridged") as port:
            tell("Flask alone, our bridge", port, "/api/v1/datasets/items")
        release = folder / "build" / "current"
        with portal(release, "--no-limits") as port:
            tell("portal, all off: status_show", port, small)
        options = ["--access-log", str(folder / "log"), "--metrics-port", "0", "--trusted-proxies", "1"]
        with portal(release, *options) as port:
            whole = tell("portal, all on: status_show", port, small)
            asked = {"X-Forwarded-For": "192.0.2.1"}
            tell("portal, all on: one dataset", port, "/api/v1/datasets/items", asked)
            tag = {**asked, "If-None-Match": tag_of(port, "/api/v1/datasets/items")}
            tell("portal, all on: known already (304)", port, "/api/v1/datasets/items", tag, status=304)
            packed = {**asked, "Accept-Encoding": "gzip, br"}
            tell("portal, all on: one dataset, compressed", port, "/api/v1/datasets/items", packed)
            tell("portal, all on: a page in its variant", port, "/datasets/items/", packed)
        print(f"  {whole / peer:.1f}x of Flask alone; {whole:.0f} µs (wanted: {WANTED_US})")


def tell(what: str, port: int, path: str, headers: Mapping[str, str] | None = None, *, status: int = 200) -> float:
    """Print and return the median of what a request costs."""
    ask(port, path, headers or {}, WARMING, status)
    figures = []
    for _ in range(ROUNDS):
        before = cpu_seconds(port)
        ask(port, path, headers or {}, REQUESTS, status)
        figures.append((cpu_seconds(port) - before) / REQUESTS * 1e6)
    found = statistics.median(figures)
    print(f"  {what + ':':45} {found:6.0f}", flush=True)
    return found


def ask(port: int, path: str, headers: Mapping[str, str], count: int, status: int) -> None:
    """Ask *count* times, always with the next requests waiting, so that the server has its work at hand."""
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    one, last = ("\r\n".join([*lines, *more, "", ""]).encode() for more in ((), ("Connection: close",)))
    for _ in range(count // PIPELINED):
        with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
            connection.sendall(one * (PIPELINED - 1) + last)
            answers = b"".join(iter(lambda: connection.recv(1 << 20), b""))
        assert answers.count(f"HTTP/1.1 {status} ".encode()) == PIPELINED, answers[:300]


def tag_of(port: int, path: str) -> str:
    """Return the ETag of an answer."""
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", path)
        return connection.getresponse().headers["ETag"] or ""


_servers: dict[int, int] = {}
"""The process that was started for each port."""


def cpu_seconds(port: int) -> float:
    """Return what the server of a port and all its children have used."""
    ticks, pids = 0, [_servers[port]]
    while pids:
        pid = pids.pop()
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
        for task in Path(f"/proc/{pid}/task").iterdir():
            with contextlib.suppress(FileNotFoundError):  # threads come and go
                pids += map(int, (task / "children").read_text(encoding="utf-8").split())
    return ticks / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def bare(folder: Path, name: str) -> Iterator[int]:
    """Serve the bare app."""
    from portal.serving.free_port import listening_port

    port = listening_port("127.0.0.1", 0)
    process = subprocess.Popen(
        [sys.executable, str(folder / "bare.py"), name, str(port)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": f"{PROJECT}:{folder}"},
    )
    with running(process, port):
        yield port


@contextlib.contextmanager
def portal(release: Path, *options: str) -> Iterator[int]:
    """Serve a release."""
    process = subprocess.Popen(
        [sys.executable, "-m", "portal", "serve", str(release), "--port", "0", *options],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "KAIFANG_LANG": "en"},
    )
    assert process.stdout is not None
    printed = re.search(r"http://[0-9.]+:(\d+)", process.stdout.readline())
    assert printed
    with running(process, int(printed[1])):
        yield int(printed[1])


@contextlib.contextmanager
def running(process: subprocess.Popen[str] | subprocess.Popen[bytes], port: int) -> Iterator[None]:
    """Wait until somebody answers, and end the process at last."""
    _servers[port] = process.pid
    try:
        until = time.monotonic() + 30
        while True:
            try:
                with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=2)) as connection:
                    connection.request("GET", "/")
                    connection.getresponse()
                    break
            except OSError:
                assert process.poll() is None
                assert time.monotonic() < until
                time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(20)


if __name__ == "__main__":
    main()
