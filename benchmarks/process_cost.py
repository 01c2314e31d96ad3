"""What a process cost once it has ended: CPU seconds, with those of its children, and the peak of its memory."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Container
from dataclasses import dataclass


@dataclass(frozen=True)
class Cost:
    """CPU seconds of a process and its children, and the most memory that any of them held, in MB."""

    cpu_s: float
    peak_mb: float


def cost_of(process: subprocess.Popen[str] | subprocess.Popen[bytes], statuses: Container[int] = (0,)) -> Cost:
    """Wait for the end of *process* and return its cost; one that ends with none of *statuses* ends the benchmark."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in statuses:
        raise SystemExit(f"{process.args!r} ended with {process.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000)
