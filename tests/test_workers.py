"""Processes that die, hang or lose their parent: only one item is lost, and nothing stays behind."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support import FIXTURES

from portal.workers import each


def work(item: str) -> str:
    """Answer in capitals; some items end their process, or never come back."""
    if item.startswith("kill"):
        os.kill(os.getpid(), signal.SIGKILL)
    if item.startswith("hang"):
        for name in item.split()[1:]:
            with Path(name).open("a", encoding="utf-8") as file:
                file.write("begun\n")
        re.match("(a+)+$", "a" * 60 + "!")
    return item.upper()


def results(items: list[str], jobs: int) -> dict[str, str]:
    """Do the work on all items."""
    return dict(each(work, items, jobs=jobs, seconds_max=2, killed=lambda item: f"{item} was ended"))


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_process_that_dies_costs_only_its_own_item(jobs: int) -> None:
    """What waited behind it is done once more; only the killer is reported."""
    assert results(["a", "kill", "b", "c", "kill2", "d"], jobs) == {
        "a": "A",
        "kill": "kill was ended",
        "b": "B",
        "c": "C",
        "kill2": "kill2 was ended",
        "d": "D",
    }


def test_an_item_that_never_ends_is_ended() -> None:
    """Even inside a regular expression, which no exception reaches."""
    assert results(["a", "hang", "b"], 2) == {"a": "A", "hang": "hang was ended", "b": "B"}


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_item_whose_time_was_over_is_not_begun_again(jobs: int, tmp_path: Path) -> None:
    """It would take as long as before; what waited behind it is done."""
    notes = tmp_path / "notes"
    item = f"hang {notes}"
    assert results(["a", item, "b"], jobs) == {"a": "A", item: f"{item} was ended", "b": "B"}
    assert notes.read_text(encoding="utf-8") == "begun\n"


def test_results_come_in_the_order_of_items() -> None:
    """However many there are and wherever they were done."""
    items = [f"item{number}" for number in range(50)]
    assert list(results(items, 3).items()) == [(item, item.upper()) for item in items]


def children(pid: int) -> list[int]:
    """Return the processes that a process started."""
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in path.read_text().split()] if path.exists() else []


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc to see processes")
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_build_that_is_ended_leaves_no_process_behind(tmp_path: Path, sign: signal.Signals) -> None:
    """Whether killed or asked to stop, its workers end with it."""
    command = [sys.executable, "-m", "portal", "build", str(FIXTURES / "tiny"), "--out", str(tmp_path), "--jobs", "3"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    workers: list[int] = []
    while process.poll() is None and not workers:
        workers = children(process.pid)
        time.sleep(0.005)
    assert workers
    process.send_signal(sign)
    _, errors = process.communicate(timeout=30)
    assert "Traceback" not in errors
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [pid for pid in workers if Path(f"/proc/{pid}").exists()] == []


def test_without_a_job_all_is_done_in_this_process() -> None:
    """In the order of items; nothing is sent away."""
    assert list(
        each(lambda item: (item, os.getpid()), ["b", "a"], jobs=0, seconds_max=1, killed=lambda item: ("", 0))
    ) == [
        ("b", ("b", os.getpid())),
        ("a", ("a", os.getpid())),
    ]
