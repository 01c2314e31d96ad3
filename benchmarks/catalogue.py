"""How many entries does a CPU second carry, from a listing to pages in both languages, all formats and the index?

The listings are 17 of real portals with 29,708 records, where they are on this machine, else as many made-up ones. They
are brought in by the mappings of docs/examples/mappings, and built with one process and with two. Wanted: 150 entries
per CPU second of building, and at most 500 MB of memory in any process. What a listing costs to read with Python's
``json`` alone stands beside it as the peer.

``python benchmarks/catalogue.py [--entries N] [--jobs 1,2] [--profile FILE]``: N entries only, spread evenly over all;
a profile of one build in one process goes to FILE.
"""

from __future__ import annotations

import argparse
import cProfile
import gzip
import json
import os
import pstats
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from process_cost import cost_of

PROJECT = Path(__file__).parent.parent
MAPPINGS = PROJECT / "docs" / "examples" / "mappings"
LISTINGS = PROJECT.parent / "shared" / "data" / "cn" / "catalog"
RECORDS_MADE_UP = 29_708
ENTRIES_PER_CPU_SECOND_WANTED = 150
MEMORY_MB_WANTED = 500
DAY = date(2026, 6, 1)
SHOWN_MAX = 40


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what each step costs."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=0)
    parser.add_argument("--jobs", default="1,2")
    parser.add_argument("--profile", type=Path)
    parser.add_argument("--steps", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.steps:
        datasets, out, jobs = options.steps
        build_in_steps(Path(datasets), Path(out), int(jobs), options.profile)
        return
    with tempfile.TemporaryDirectory(prefix="kaifang-catalogue-") as name:
        folder = Path(name)
        files, mappings = listings(folder)
        print(f"reading {len(files)} listings with json alone: {json_seconds(files):.1f} s CPU")
        datasets = folder / "datasets"
        datasets.mkdir()
        command = ["-m", "portal", "import", "list", *map(str, files), "--mapping", str(mappings)]
        spent = measured(
            [*command, "--datasets", str(datasets), "--add-publishers", "--report", str(folder / "r.json")]
        )
        records = sum(item["records"] for item in json.loads((folder / "r.json").read_text())["sources"])
        told("import", spent, records)
        told("import again", measured([*command, "--datasets", str(datasets)]), records)
        entries = thinned(datasets, options.entries) if options.entries else records
        for jobs in options.jobs.split(","):
            out = folder / f"build-{jobs}"
            steps = [str(Path(__file__)), "--steps", str(datasets), str(out), jobs]
            if options.profile:
                steps += ["--profile", str(options.profile)]
            told(f"build, {jobs} process{'es' if jobs != '1' else ''}", measured(steps), entries)
            size, number = on_disk(out / "current" / "site")
            print(f"  site: {number:,} files, {size / 1e6:,.0f} MB")
            shutil.rmtree(out)
    print(f"wanted: {ENTRIES_PER_CPU_SECOND_WANTED} entries per CPU second of building, {MEMORY_MB_WANTED} MB")


def listings(folder: Path) -> tuple[list[Path], Path]:
    """Return the listings and their mappings; where the real ones are missing, one is made up."""
    if LISTINGS.is_dir():
        return sorted(LISTINGS.glob("*.json*")), MAPPINGS
    path, mapping = folder / "made-up.ndjson", folder / "made-up.yaml"
    with path.open("w", encoding="utf-8") as file:
        for number in range(RECORDS_MADE_UP):
            record = {
                "标题": f"第{number}号公共资源登记信息",
                "提供单位": f"第{number % 300}局",
                "摘要": f"包括编号、名称、地址、登记日期等，第 {number} 号。",
                "领域": ("交通运输", "生态环境", "教育文化")[number % 3],
                "开放属性": ("无条件开放", "有条件开放")[number % 2],
                "更新频率": "每年",
                "发布日期": f"2026-01-{number % 28 + 1:02}",
            }
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    mapping.write_text(
        "source: {id: made-up, title: 编造的清单}\n"
        "fields: {title: 标题, publisher: 提供单位, description: 摘要, themes: 领域, open: 开放属性, "
        "update_cycle: 更新频率, published: 发布日期}\n",
        encoding="utf-8",
    )
    return [path], mapping


def json_seconds(files: list[Path]) -> float:
    """Return the CPU seconds that reading all with the standard library takes."""
    start = time.process_time()
    for path in files:
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for text in content.decode().splitlines() if ".ndjson" in path.name else [content.decode()]:
            json.loads(text)
    return time.process_time() - start


def thinned(datasets: Path, wanted: int) -> int:
    """Leave *wanted* entries, spread evenly over all; return how many there are."""
    folders = sorted(path.parent for path in datasets.glob("*/*/datapackage.yaml"))
    kept = (
        {folders[number * len(folders) // wanted] for number in range(wanted)} if wanted < len(folders) else {*folders}
    )
    for folder in folders:
        if folder not in kept:
            shutil.rmtree(folder)
    return len(kept)


def measured(arguments: list[str]) -> tuple[float, float, float]:
    """Run Python in a process of its own; return wall seconds, CPU seconds, and the peak of any process in MB."""
    start = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=PROJECT,
        env=os.environ | {"KAIFANG_LANG": "en"},
        stdout=sys.stdout if "--steps" in arguments else subprocess.DEVNULL,
    )
    cost = cost_of(process)
    return time.monotonic() - start, cost.cpu_s, cost.peak_mb


def told(what: str, spent: tuple[float, float, float], entries: int) -> None:
    """Print what a step took."""
    wall, cpu, memory = spent
    print(
        f"{what}: {entries:,} entries, {wall:.1f} s, {cpu:.1f} s CPU, {cpu / entries * 1000:.2f} ms an entry, "
        f"{entries / cpu:.0f} entries per CPU second, peak {memory:.0f} MB",
        flush=True,
    )


def on_disk(folder: Path) -> tuple[int, int]:
    """Return the bytes and the number of the files below *folder*."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return sum(sizes), len(sizes)


class Steps:
    """A progress that prints what each step of a build took, its processes with it."""

    def __init__(self) -> None:
        self.name = "begin"
        self.wall, self.cpu = time.monotonic(), cpu_seconds()

    def step(self, name: str, total: int | None = None) -> None:
        """Print the step that ends and begin another."""
        wall, cpu = time.monotonic(), cpu_seconds()
        print(f"  {self.name}: {wall - self.wall:.1f} s, {cpu - self.cpu:.1f} s CPU", flush=True)
        self.name, self.wall, self.cpu = name, wall, cpu

    def advance(self, item: str) -> None:
        """Pay no attention to single datasets."""


def cpu_seconds() -> float:
    """Return the CPU seconds of this process and of those that it ended."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def build_in_steps(datasets: Path, out: Path, jobs: int, profile: Path | None) -> None:
    """Build in this process and print its steps; with *profile* the functions that took longest go there."""
    from portal.pipeline import build
    from portal.settings import load_settings

    steps = Steps()
    profiler = cProfile.Profile() if profile else None
    if profiler:
        profiler.enable()
    result = build(load_settings(datasets), out, today=DAY, jobs=jobs, progress=steps)
    if profiler and profile:
        profiler.disable()
        with profile.open("w", encoding="utf-8") as file:
            pstats.Stats(profiler, stream=file).sort_stats("cumulative").print_stats(SHOWN_MAX)
    steps.step("end")
    print(f"  published {len(result.published):,}, refused {len(result.refused):,}")


if __name__ == "__main__":
    main()
