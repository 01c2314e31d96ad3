"""Load on a server over kept connections: latency, requests and bytes a second, and the CPU that its processes took."""

from __future__ import annotations

import http.client
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SECONDS = 1.2
TICK_S = 1 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Load:
    """What a server did: the middle latency, requests a second, and its CPU a request."""

    p50_ms: float
    per_second: float
    cpu_ms: float


@dataclass(frozen=True)
class Stream:
    """How fast a server gives out a large file, and its CPU for a gigabyte."""

    mb_per_second: float
    cpu_s_per_gb: float


@contextmanager
def serving(command: Sequence[str], port: int, path: str) -> Iterator[int]:
    """Start a server and wait until it answers *path*; yield its process id; stop it."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 60
        while not _answers(port, path):
            if process.poll() is not None or time.monotonic() > end:
                raise SystemExit(f"{command!r} does not serve {path}")
            time.sleep(0.2)
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def load(pid: int, port: int, paths: Sequence[str], connections: int, seconds: float = SECONDS) -> Load:
    """Ask for *paths* in turn, over so many connections; a request that began is let end."""
    latencies: list[float] = []
    before, start = cpu_seconds(pid), time.perf_counter()

    def ask(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        at = number
        while time.perf_counter() - start < seconds:
            begun = time.perf_counter()
            connection.request("GET", paths[at % len(paths)])
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise SystemExit(f"{paths[at % len(paths)]}: {answer.status} {body[:200]!r}")
            latencies.append(time.perf_counter() - begun)
            at += connections
        connection.close()

    _at_once(ask, connections)
    passed = time.perf_counter() - start
    if not latencies:
        raise SystemExit("the server answered nothing")
    cpu = cpu_seconds(pid) - before
    return Load(statistics.median(latencies) * 1000, len(latencies) / passed, cpu / len(latencies) * 1000)


def download(pid: int, port: int, path: str, connections: int, seconds: float) -> Stream:
    """Take *path* again and again, over so many connections; what arrives is thrown away."""
    sizes: list[int] = []
    before, start = cpu_seconds(pid), time.perf_counter()

    def take(_: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        buffer = bytearray(1 << 18)
        while time.perf_counter() - start < seconds:
            connection.request("GET", path)
            answer = connection.getresponse()
            size = 0
            while count := answer.readinto(buffer):
                size += count
            if answer.status != 200 or str(size) != answer.headers["Content-Length"]:
                raise SystemExit(f"{path}: {answer.status}, {size} bytes")
            sizes.append(size)
        connection.close()

    _at_once(take, connections)
    passed, cpu = time.perf_counter() - start, cpu_seconds(pid) - before
    return Stream(sum(sizes) / passed / 1e6, cpu / (sum(sizes) / 1e9))


def cpu_seconds(pid: int) -> float:
    """Return the CPU time of a process and of those that it started."""
    total = 0.0
    for one in _with_children(pid):
        try:
            fields = Path(f"/proc/{one}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        except OSError:
            continue
        total += (int(fields[11]) + int(fields[12])) * TICK_S
    return total


def _at_once(ask: Callable[[int], None], connections: int) -> None:
    """Run *ask* in so many threads, each with its number, until all have ended."""
    threads = [threading.Thread(target=ask, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _with_children(pid: int) -> Iterator[int]:
    yield pid
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in tasks.read_text(encoding="ascii").split():
            yield from _with_children(int(child))


def _answers(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def python(*arguments: str) -> list[str]:
    """Return the command that runs this Python."""
    return [sys.executable, *arguments]
