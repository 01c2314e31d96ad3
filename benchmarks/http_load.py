"""Load on a server over kept connections: latency, requests a second, and the CPU time that its processes took."""

from __future__ import annotations

import http.client
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
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

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    passed = time.perf_counter() - start
    if not latencies:
        raise SystemExit("the server answered nothing")
    cpu = cpu_seconds(pid) - before
    return Load(statistics.median(latencies) * 1000, len(latencies) / passed, cpu / len(latencies) * 1000)


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
