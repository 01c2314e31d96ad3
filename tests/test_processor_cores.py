"""Tests of `portal.processor_cores`, each in processes of their own: what a process keeps to stays for its life."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

PROJECT = Path(__file__).parent.parent
CORES = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
KEEPING = """
import json, os, sys, threading
from portal.processor_cores import keep_to_one, on_all
keep_to_one(sys.argv[1])
def cores():
    return sorted(os.sched_getaffinity(0))
def of_thread():
    found = []
    thread = threading.Thread(target=lambda: found.append(cores()))
    thread.start(), thread.join()
    return found[0]
kept, started = cores(), of_thread()
with on_all():
    within = [cores(), of_thread()]
print(json.dumps({"kept": kept, "started": started, "within": within, "after": cores()}), flush=True)
sys.stdin.read()
"""

pytestmark = pytest.mark.skipif(len(CORES) < 2, reason="this machine has one core, or keeps no process to a core")


@pytest.fixture
def told() -> Iterator[list[dict[str, Any]]]:
    """What processes say that keep to a core at the same time: one more than there are cores."""
    claims = f"test-{uuid4()}"
    with ExitStack() as running:
        found = []
        for _ in range(len(CORES) + 1):
            process = running.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", KEEPING, claims],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                    env={**os.environ, "PYTHONPATH": str(PROJECT)},
                )
            )
            running.callback(process.kill)
            assert process.stdout
            found.append(json.loads(process.stdout.readline()))
        yield found


def test_each_process_keeps_to_a_core_of_its_own(told: list[dict[str, Any]]) -> None:
    """As many processes as there are cores have one each, with the threads that they start; one more has all."""
    *keeping, late = told
    assert sorted(item["kept"] for item in keeping) == [[core] for core in sorted(CORES)]
    assert all(item["started"] == item["kept"] == item["after"] for item in keeping)
    assert late["kept"] == late["started"] == sorted(CORES)


def test_shared_out_work_has_all_cores(told: list[dict[str, Any]]) -> None:
    """Within `on_all` a thread and those it starts have every core that the process was given."""
    assert all(item["within"] == [sorted(CORES), sorted(CORES)] for item in told)
