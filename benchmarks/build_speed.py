"""What does a whole build cost beyond the validation that it contains?

Peer, in the same run: ``frictionless.Package.validate`` on the same table. The build validates with Frictionless, and
besides writes CSV, XLSX and JSON, profiles, indexes, renders and hashes. CPU time of fresh processes, median of three.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROWS = 50_000
ROUNDS = 3

DESCRIPTOR = """name: big
title: Big
resources:
  - name: table
    path: table.csv
    schema:
      fields:
        - {name: code, type: string}
        - {name: department, type: string}
        - {name: amount, type: number}
        - {name: day, type: date}
        - {name: title, type: string}
      primaryKey: [code]
"""

VALIDATE = "import sys, frictionless; assert frictionless.Package(sys.argv[1]).validate().valid"


def main() -> None:
    """Print both costs and their ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        dataset = folder / "datasets" / "big"
        dataset.mkdir(parents=True)
        (dataset / "datapackage.yaml").write_text(DESCRIPTOR, encoding="utf-8")
        write_table(dataset / "table.csv")
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
        validate = ["-c", VALIDATE, str(dataset / "datapackage.yaml")]
        build_s, validate_s = [], []
        for _ in range(ROUNDS):
            validate_s.append(cpu_seconds(validate))
            build_s.append(cpu_seconds(build))
    ours, peer = statistics.median(build_s), statistics.median(validate_s)
    print(f"{ROWS:,} rows, CPU seconds, median of {ROUNDS}")
    print(f"  frictionless validate alone: {peer:.2f}")
    print(f"  whole build:                 {ours:.2f}")
    print(f"  ratio:                       {ours / peer:.2f}")


def write_table(path: Path) -> None:
    """Write a table of made-up rows, the same at every run."""
    chance = random.Random(39)
    with path.open("w", encoding="utf-8") as file:
        file.write("code,department,amount,day,title\n")
        for number in range(ROWS):
            day = f"2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            amount = f"{chance.random() * 10_000:.2f}"
            file.write(f"K{number:08},{chance.randrange(200):04},{amount},{day},标题文字{number}\n")


def cpu_seconds(arguments: list[str]) -> float:
    """Run Python in a process of its own and return the CPU time it took."""
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{arguments[0]} failed")
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
