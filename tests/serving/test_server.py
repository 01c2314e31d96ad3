"""`portal serve` as a process: what it prints when it begins."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from support import FIXTURES, PROJECT, TODAY

from portal.pipeline import build
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
