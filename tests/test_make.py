"""The Makefile as a newcomer meets it: nothing is installed before it is known that the portal can be served."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest
from support import FIXTURES, PROJECT, TODAY, contents

from portal.pipeline import build
from portal.settings import load_settings


def make(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run make in a folder that holds the Makefile and what it asks before it installs, and nothing else."""
    (folder / "portal" / "serving").mkdir(parents=True, exist_ok=True)
    for name in ("Makefile", "portal/serving/free_port.py"):
        shutil.copy(PROJECT / name, folder / name)
    plain = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "MAKE", "KAIFANG_"))}
    command = ["make", "--no-print-directory", *arguments]
    return subprocess.run(
        command, cwd=folder, env={**plain, **environment}, capture_output=True, encoding="utf-8", check=False
    )


def sentences(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Return what was printed, but for make's own word that a step failed."""
    return [line for line in (done.stdout + done.stderr).splitlines() if not line.startswith("make:")]


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"KAIFANG_LANG": "en"}, "Port {taken} is in use by another program; choose another: make run PORT="),
        ({"LANG": "en_US.UTF-8"}, "Port {taken} is in use by another program; choose another: make run PORT="),
        ({}, "端口 {taken} 已被别的程序占用，请换一个：make run PORT="),
        ({"LANG": "C.UTF-8"}, "端口 {taken} 已被别的程序占用，请换一个：make run PORT="),
        ({"LANG": "en_US.UTF-8", "KAIFANG_LANG": "zh"}, "端口 {taken} 已被别的程序占用，请换一个：make run PORT="),
    ],
)
def test_a_port_in_use_is_told_before_anything_is_installed(tmp_path: Path, chosen: dict[str, str], said: str) -> None:
    """One sentence in the language of the commands, with a port that is free; status 2, and no .venv was begun."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        done = make(tmp_path, "run", f"PORT={taken}", **chosen)
    (sentence,) = sentences(done)
    beginning, _, proposed = sentence.rpartition("=")
    assert (done.returncode, f"{beginning}=") == (2, said.format(taken=taken))
    assert 1024 < int(proposed) != taken
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize("port", ["0", "65536", "http", "80 80", "8000000000000000000000"])
def test_what_is_no_port_is_told(tmp_path: Path, port: str) -> None:
    """Status 2 and one sentence that says what a port is."""
    done = make(tmp_path, "run", f"PORT={port}", KAIFANG_LANG="en")
    assert sentences(done) == [
        f'PORT should be a number from 1 to 65535, not "{port}"; for example: make run PORT=8001'
    ]
    assert done.returncode == 2


def test_the_release_is_built_for_the_port_at_which_it_is_served() -> None:
    """The build gets the address, so feeds, citations and the sitemap lead to the portal that answers."""
    command = ["make", "--no-print-directory", "-n", "run", "PORT=8123"]
    steps = subprocess.run(command, cwd=PROJECT, capture_output=True, encoding="utf-8", check=True).stdout.splitlines()
    assert ".venv/bin/python build.py datasets --base-url http://127.0.0.1:8123" in steps
    assert steps[-1] == ".venv/bin/portal serve --port 8123"


def test_an_address_that_was_given_stands_wherever_an_address_stands(tmp_path: Path) -> None:
    """No file of the release, packed or not, names the usual port where another was given."""
    release = build(load_settings(FIXTURES / "tiny", base_url="http://127.0.0.1:8123"), tmp_path, today=TODAY).folder
    assert release is not None
    whole = b"\0".join(contents(release))
    assert (b"127.0.0.1:8000" in whole, whole.count(b"127.0.0.1:8123") > 100) == (False, True)


def test_debian_13_is_passed_over_where_it_cannot_be_made(tmp_path: Path) -> None:
    """Without root or without debootstrap the nightly run says in one line why, and does not fail."""
    for name in ("dirname", "id"):
        (tmp_path / name).symlink_to(shutil.which(name) or "")
    command = [shutil.which("bash") or "bash", str(PROJECT / ".ci" / "debian13.sh")]
    done = subprocess.run(command, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False)
    reason = "it needs root" if os.geteuid() else "debootstrap is not installed"
    assert (done.returncode, done.stdout.startswith(f"Debian 13: skipped, {reason}")) == (0, True), done.stderr
    assert done.stdout.count("\n") == 1
