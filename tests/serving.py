"""A portal as a visitor meets it: the command ``portal serve`` at a free port of this machine."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPMessage
from pathlib import Path
from urllib.parse import urlsplit

from support import PROJECT

SECONDS_TO_START = 30


@dataclass(frozen=True)
class Answer:
    """What came back over the network."""

    status: int
    headers: HTTPMessage
    body: bytes


@contextlib.contextmanager
def serving(release: Path, *options: str) -> Iterator[str]:
    """Serve *release* while the block runs; give the address at which it answers.

    A test asks more often than anybody may, so nobody is refused unless *options* say otherwise.
    """
    options = options or ("--no-limits",)
    process = subprocess.Popen(
        [sys.executable, "-m", "portal", "serve", str(release), "--port", "0", *options],
        stdout=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"},
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        printed = re.search(r"http://[0-9.]+:\d+", line)
        assert printed, f"portal serve printed {line!r}"
        _wait_for(printed.group(), process)
        yield printed.group()
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()


def ask(address: str, path: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> Answer:
    """Send one request; *path* goes out as it stands, and no redirect is followed."""
    parts = urlsplit(address)
    with contextlib.closing(http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)) as connection:
        connection.request(method, path, headers=dict(headers or {}))
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())


def _wait_for(address: str, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            ask(address, "/api/v1/health")
            return
        except OSError:
            assert process.poll() is None, f"portal serve ended with {process.returncode}"
            assert time.monotonic() < deadline, f"nobody answers at {address}"
            time.sleep(0.05)
