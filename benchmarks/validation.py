"""How much faster than Frictionless is a table validated, with the same errors?

Peer, in the same run: plain ``frictionless`` on the same files: ``Package.validate`` from the descriptor. CPU time of
fresh processes and their children, measured inside after the imports; median of three. Peak memory is what the kernel
counted for the process. ``--quick`` takes a tenth of the rows and measures once. No peer beyond the portal's own
dependencies is needed.
"""

from __future__ import annotations

import argparse
import datetime
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROUNDS = 3
DIRTY_SHARE = 0.005

FIELDS: list[dict[str, Any]] = [
    {"name": "id", "type": "string", "constraints": {"required": True, "unique": True, "pattern": "K[0-9]{8}"}},
    {"name": "dept_code", "type": "string", "constraints": {"required": True}},
    {"name": "count", "type": "integer", "constraints": {"minimum": 0}},
    {"name": "amount", "type": "number", "constraints": {"minimum": 0, "maximum": 1000000}},
    {"name": "day", "type": "date"},
    {"name": "time", "type": "datetime"},
    {"name": "valid", "type": "boolean"},
    {"name": "status", "type": "string", "constraints": {"enum": ["在办", "办结", "退回", "撤销"]}},
    {"name": "code", "type": "string", "constraints": {"minLength": 18, "maxLength": 18}},
    {"name": "title", "type": "string", "constraints": {"maxLength": 60}},
]
KEYS = {
    "primaryKey": ["id"],
    "foreignKeys": [{"fields": ["dept_code"], "reference": {"resource": "departments", "fields": ["code"]}}],
}
DEPARTMENTS = {"fields": [{"name": "code", "type": "string"}, {"name": "name", "type": "string"}]}


def main() -> None:
    """Run the questions, or, as a process of its own, one measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the rows, measured once")
    parser.add_argument("--measure", nargs=2, metavar=("WAY", "FOLDER"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        measure(arguments.measure[0], Path(arguments.measure[1]))
        return
    rounds, part = (1, 10) if arguments.quick else (ROUNDS, 1)
    with tempfile.TemporaryDirectory() as name:
        compare("one table, clean", Path(name) / "big", 1_000_000 // part, 0, rounds, goal=20)
        compare("one table, clean", Path(name) / "middle", 100_000 // part, 0, rounds, goal=10)
        compare("one table, 0.5 % dirty rows", Path(name) / "dirty", 100_000 // part, DIRTY_SHARE, rounds, goal=4)
        compare_many(Path(name) / "many", 1_000 // part, rounds)


def compare(what: str, folder: Path, rows: int, dirty: float, rounds: int, *, goal: int) -> None:
    """Print both costs of one package and their ratio."""
    write_package(folder, rows, dirty)
    show(f"{what}, {rows:,} rows", folder, "one", rounds, goal)


def compare_many(folder: Path, count: int, rounds: int) -> None:
    """Print both costs of many small packages in one process."""
    for number in range(count):
        write_package(folder / f"p{number:04}", 1_000, 0, seed=number)
    show(f"{count:,} packages of 1,000 rows, one process", folder, "many", rounds, 3)


def show(what: str, folder: Path, kind: str, rounds: int, goal: int) -> None:
    """Measure both ways in turns."""
    ours, peer = [], []
    for _ in range(rounds):
        peer.append(run(f"{kind}-frictionless", folder))
        ours.append(run(f"{kind}-portal", folder))
    for results in zip(ours, peer, strict=True):
        assert results[0]["errors"] == results[1]["errors"], "both must find the same number of errors"
    our_s, peer_s = (statistics.median(item["cpu_s"] for item in results) for results in (ours, peer))
    our_mb, peer_mb = (max(item["peak_mb"] for item in results) for results in (ours, peer))
    print(f"{what}: CPU seconds, median of {rounds}; errors found: {ours[0]['errors']}")
    print(f"  frictionless: {peer_s:8.2f}   peak {peer_mb:.0f} MB")
    print(f"  portal:       {our_s:8.2f}   peak {our_mb:.0f} MB   routes: {ours[0]['routes']}")
    print(f"  ratio:        {peer_s / our_s:8.1f}   (goal {goal})", flush=True)


def run(way: str, folder: Path) -> dict[str, Any]:
    """Measure one way in a fresh process."""
    command = [sys.executable, __file__, "--measure", way, str(folder)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    result: dict[str, Any] = json.loads(output.splitlines()[-1])
    return result


def measure(way: str, folder: Path) -> None:
    """Validate and print CPU seconds after imports, peak memory, and the number of errors."""
    warnings.simplefilter("ignore")
    kind, tool = way.split("-")
    validate = {"portal": prepare_portal, "frictionless": prepare_frictionless}[tool]()
    folders = [folder] if kind == "one" else sorted(folder.iterdir())
    errors = 0
    routes: dict[str, int] = {}
    start = cpu_s()
    for item in folders:
        count, route = validate(item)
        errors += count
        routes[route] = routes.get(route, 0) + 1
    seconds = cpu_s() - start
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu_s": seconds, "peak_mb": peak_mb, "errors": errors, "routes": routes}))


def cpu_s() -> float:
    """Return the CPU time of this process and the children it waited for."""
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(item.ru_utime + item.ru_stime for item in usage)


def prepare_frictionless() -> Callable[[Path], tuple[int, str]]:
    """Import Frictionless and return the plain way to validate a package."""
    from frictionless import Package

    def validate(folder: Path) -> tuple[int, str]:
        report = Package(str(folder / "datapackage.json")).validate()
        return report.stats["errors"], "frictionless"

    return validate


def prepare_portal() -> Callable[[Path], tuple[int, str]]:
    """Import the portal and return its way, metadata checks included."""
    import portal.examining.validation.tables.by_columns  # noqa: F401  # loaded late by a check, which is not measured here
    from portal.examining.reading.understood_tables import understand
    from portal.examining.validation.tables.by_frictionless import check_descriptor
    from portal.examining.validation.tables.verdict import check_tables
    from portal.model.catalog import Dataset, DatasetSource, Publisher, Resource
    from portal.model.limits import Limits
    from portal.model.text import LocalText

    def validate(folder: Path) -> tuple[int, str]:
        descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        names = [item["name"] for item in descriptor["resources"]]
        dataset = Dataset(
            name=descriptor["name"],
            title=LocalText("x", "x"),
            folder=folder.name,
            descriptor_file=f"{folder.name}/datapackage.json",
            publisher=Publisher("x", LocalText("x", "x")),
            resources=tuple(
                Resource(name, LocalText(name, name), "table", "csv", "text/csv", paths=(f"{name}.csv",))
                for name in names
            ),
            source=DatasetSource(folder, folder / "datapackage.json", descriptor),
        )
        described = check_descriptor(dataset)
        problems = list(described.findings)
        with tempfile.TemporaryDirectory() as work_dir:
            data = understand(dataset, Path(work_dir), Limits())
            problems += check_tables(data, Limits(), descriptor=described)
        return sum(item.severity == "error" for item in problems), "portal"

    return validate


def write_package(folder: Path, rows: int, dirty: float, *, seed: int = 39) -> None:
    """Write a package of made-up rows, the same at every run."""
    folder.mkdir(parents=True)
    resources = [
        {"name": "items", "path": "items.csv", "encoding": "utf-8", "schema": {"fields": FIELDS, **KEYS}},
        {"name": "departments", "path": "departments.csv", "encoding": "utf-8", "schema": DEPARTMENTS},
    ]
    text = json.dumps({"name": "made", "resources": resources}, ensure_ascii=False)
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    departments = [f"{110000 + number}" for number in range(200)]
    with (folder / "departments.csv").open("w", encoding="utf-8") as file:
        file.write("code,name\n")
        file.writelines(f"{code},第{code}局\n" for code in departments)
    chance = random.Random(seed)
    with (folder / "items.csv").open("w", encoding="utf-8") as file:
        file.write(",".join(str(field["name"]) for field in FIELDS) + "\n")
        for number in range(rows):
            cells = make_cells(chance, number, departments)
            if dirty and chance.random() < dirty:
                cells = spoil(chance, cells)
            file.write(",".join(cells) + "\n")


def make_cells(chance: random.Random, number: int, departments: list[str]) -> list[str]:
    """Make a clean row."""
    day = datetime.date(2020, 1, 1) + datetime.timedelta(days=chance.randrange(2000))
    second = chance.randrange(86_400)
    clock = f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
    title = f"关于{chance.choice('甲乙丙丁')}类事项办理情况的说明第{number}号"
    return [
        f"K{number:08}",
        chance.choice(departments),
        str(chance.randrange(100_000)),
        "" if chance.random() < 0.03 else f"{chance.random() * 100_000:.2f}",
        day.isoformat(),
        f"{day.isoformat()}T{clock}",
        chance.choice(["true", "false"]),
        chance.choice(["在办", "办结", "退回", "撤销"]),
        f"11{chance.randrange(10**16):016}",
        f'"{title},附""清单"""' if chance.random() < 0.05 else title,
    ]


def spoil(chance: random.Random, cells: list[str]) -> list[str]:
    """Put one fault into a row, of the kinds that people make."""
    faults: list[tuple[int, str]] = [
        (0, ""), (0, "K1"), (0, "K00000001"), (1, "999999"), (2, "三十"), (2, "-5"), (2, "1.0"), (3, "1,5"), (3, "无"),
        (4, "2020/1/2"), (4, "2021-02-29"), (5, "2020-01-01"), (6, "是"), (7, "未知"), (8, "123"), (9, "长" * 80),
    ]  # fmt: skip
    at, text = chance.choice([*faults, (-1, ""), (-2, ""), (-3, "")])
    if at == -1:
        return [""]
    if at == -2:
        return [*cells, "多"]
    if at == -3:
        return cells[:-1]
    return [*cells[:at], f'"{text}"' if "," in text else text, *cells[at + 1 :]]


if __name__ == "__main__":
    main()
