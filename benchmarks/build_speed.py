"""What does a whole build cost beyond the validation that it contains?

Peer, in the same run: ``frictionless.Package.validate`` on the same table. The build validates with Frictionless, and
besides writes CSV, XLSX and JSON, profiles, indexes, renders and hashes. CPU time of fresh processes, median of three.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from made_up_items import VALIDATE, write_items
from process_cost import cost_of

ROWS = 50_000
ROUNDS = 3


def main() -> None:
    """Print both costs and their ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        descriptor = write_items(folder / "datasets", ROWS)
        build = [
            "-m",
            "portal",
            "build",
            str(folder / "datasets"),
            "--out",
            str(folder / "build"),
            "--jobs",
            "1",
            "--fresh",
        ]
        validate = ["-c", VALIDATE, str(descriptor)]
        build_s, validate_s = [], []
        for _ in range(ROUNDS):
            validate_s.append(cpu_seconds(validate))
            build_s.append(cpu_seconds(build))
    ours, peer = statistics.median(build_s), statistics.median(validate_s)
    print(f"{ROWS:,} rows, CPU seconds, median of {ROUNDS}")
    print(f"  frictionless validate alone: {peer:.2f}")
    print(f"  whole build:                 {ours:.2f}")
    print(f"  ratio:                       {ours / peer:.2f}")


def cpu_seconds(arguments: list[str]) -> float:
    """Run Python in a process of its own and return the CPU time it took."""
    return cost_of(subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL)).cpu_s


if __name__ == "__main__":
    main()
