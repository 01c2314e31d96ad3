"""How fast are questions about the rows of a table of a million rows, and what do their stores cost a build?

Peer, in the same run: Datasette over the same table in SQLite, with an index for each question. Both are asked over
kept connections, 1 and 16 of them: latency, requests a second, CPU of the server a request; medians of three rounds.
The build is one of fewer rows: CPU seconds of storing rows against those of publishing the same tables in all formats.

``python benchmarks/api.py [--rows N] [--cost-rows N] [--rounds N]``
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from hashlib import file_digest
from pathlib import Path
from urllib.parse import quote

from http_load import Load, load, python, serving
from permits import DEPARTMENT_SCHEMA, DEPARTMENTS, SCHEMA, WORDS, write_peer, write_tables

from portal.publishing.rows.row_stores import INDEX_NAME
from portal.publishing.rows.store_plan import TableSource
from portal.publishing.rows.store_writing import write_store
from portal.serving.free_port import listening_port

ROWS = 1_000_000
COST_ROWS = 50_000
ROUNDS = 3
ASKED = 50
"""Different questions of each kind, asked in turn: after the first turn, again."""
NEVER_AGAIN = 3_000
"""Different questions of which none is remembered until its turn comes again."""
BYTES_GOAL, COST_GOAL = 1.5, 0.5

BUILD = """
import json, sys, time
from datetime import date
from pathlib import Path
from portal import pipeline
from portal.settings import load_settings
spent = {}
def timed(name):
    step = getattr(pipeline, name)
    def run(*given, **more):
        start = time.process_time()
        try:
            return step(*given, **more)
        finally:
            spent[name] = time.process_time() - start
    setattr(pipeline, name, run)
timed("publish"), timed("store_rows")
pipeline.build(load_settings(Path(sys.argv[1])), Path(sys.argv[2]), today=date(2026, 6, 1), jobs=0)
print(json.dumps(spent))
"""

Question = tuple[str, Callable[[random.Random], tuple[str, str]], int, float, float]
"""A name, the addresses of one question here and at the peer, how many different ones, and the goals: times its p50 at
one connection, times its requests a second at sixteen."""


def main() -> None:
    """Print latencies, rates and costs beside those of the peer; end with status 1 where a goal is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--cost-rows", type=int, default=COST_ROWS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kaifang-rows-") as name:
        folder = Path(name)
        missed = build_cost(folder, options.cost_rows)
        missed += size_of(folder, options.rows)
        missed += compare(folder, options.rounds)
    if missed:
        sys.exit("missed: " + ", ".join(missed))


def build_cost(folder: Path, rows: int) -> list[str]:
    """Build a release and print what storing its rows cost."""
    dataset = folder / "datasets" / "permits"
    write_tables(dataset, rows)
    resources = [
        {"name": "items", "path": "items.csv", "schema": SCHEMA},
        {"name": "departments", "path": "departments.csv", "schema": DEPARTMENT_SCHEMA},
    ]
    document = {"name": "permits", "title": "许可", "resources": resources}
    (dataset / "datapackage.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    command = python("-c", BUILD, str(folder / "datasets"), str(folder / "build"))
    spent = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])
    ratio = spent["store_rows"] / spent["publish"]
    print(f"{rows:,} rows, CPU s: publishing {spent['publish']:.2f}, storing rows {spent['store_rows']:.2f}")
    print(f"  ratio {ratio:.2f} (goal {COST_GOAL})")
    return ["cost of the build"] if ratio > COST_GOAL else []


def size_of(folder: Path, rows: int) -> list[str]:
    """Store the large table, put it into the release in place of the small one, and print its size."""
    items, departments = write_tables(folder / "large", rows)
    release = folder / "build" / "current"
    store = release / "rows" / "permits"
    shutil.rmtree(store)
    write_store(
        [TableSource("departments", departments, DEPARTMENT_SCHEMA), TableSource("items", items, SCHEMA)], store
    )
    listed = json.loads((release / "rows" / INDEX_NAME).read_text(encoding="utf-8"))
    listed["stores"]["permits"] = {path.name: _sha256(path) for path in store.iterdir()}
    (release / "rows" / INDEX_NAME).write_text(json.dumps(listed), encoding="utf-8")
    size_mb = items.stat().st_size / 1e6
    ratio = sum(path.stat().st_size for path in store.iterdir()) / items.stat().st_size
    print(f"{rows:,} rows, {size_mb:.0f} MB of CSV: the store has {ratio:.2f} of that (goal {BYTES_GOAL})")
    return ["bytes of the store"] if ratio > BYTES_GOAL else []


def compare(folder: Path, rounds: int) -> list[str]:
    """Ask both servers the same and print how they compare."""
    database = folder / "items.db"
    write_peer(database, folder / "large" / "items.csv")
    port, peer_port = listening_port("127.0.0.1", 0), listening_port("127.0.0.1", 0)
    ours = python("-m", "portal", "serve", str(folder / "build" / "current"), "--port", str(port), "--no-limits")
    peer = python("-m", "datasette", "serve", str(database), "--port", str(peer_port))
    peer += ["--setting", "sql_time_limit_ms", "60000"]
    missed = []
    with (
        serving(ours, port, "/api/v1/datasets") as pid,
        serving(peer, peer_port, "/-/versions.json") as peer_pid,
    ):
        print(f"{'':20} {'p50 ms at 1':>22} {'a second at 16':>22} {'CPU ms at 16':>22}")
        for name, asked, different, latency_goal, rate_goal in QUESTIONS:
            chance = random.Random(name)
            pairs = [asked(chance) for _ in range(different)]
            mine, theirs = ([pair[at] for pair in pairs] for at in (0, 1))
            found = {
                count: (
                    _median([load(pid, port, mine, count) for _ in range(rounds)]),
                    _median([load(peer_pid, peer_port, theirs, count) for _ in range(rounds)]),
                )
                for count in (1, 16)
            }
            (one, peer_one), (many, peer_many) = found[1], found[16]
            print(
                f"{name:20} {one.p50_ms:7.2f} of {peer_one.p50_ms:7.2f} {one.p50_ms / peer_one.p50_ms:4.2f}"
                f" {many.per_second:7.0f} of {peer_many.per_second:7.0f} {many.per_second / peer_many.per_second:4.1f}"
                f" {many.cpu_ms:7.2f} of {peer_many.cpu_ms:7.2f} {many.cpu_ms / peer_many.cpu_ms:4.2f}"
            )
            if one.p50_ms > latency_goal * peer_one.p50_ms:
                missed.append(f"{name}: latency")
            if many.per_second < rate_goal * peer_many.per_second:
                missed.append(f"{name}: requests a second")
    return missed


def _median(loads: Sequence[Load]) -> Load:
    return Load(*(statistics.median(values) for values in zip(*(vars(item).values() for item in loads), strict=True)))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _rows(query: str) -> str:
    return f"/api/v1/datasets/permits/resources/items/rows?{quote(query, safe='=&_():,')}"


def _sql(sql: str, **given: str) -> str:
    bound = "".join(f"&{name}={quote(value)}" for name, value in given.items())
    return f"/items.json?sql={quote(sql)}{bound}&_shape=objects"


def page(chance: random.Random) -> tuple[str, str]:
    """A page of one department, the largest amounts first; how many rows there are in all is asked of neither."""
    code = f"D{chance.randrange(DEPARTMENTS):03d}"
    sql = "select * from items where dept_code = :code order by amount desc limit 100"
    return _rows(f"dept_code={code}&_sort=-amount&_limit=100&_total=false"), _sql(sql, code=code)


def other_page(chance: random.Random) -> tuple[str, str]:
    """A page as above, of the amounts up to one that nobody asked for before."""
    code, most = f"D{chance.randrange(DEPARTMENTS):03d}", f"{chance.uniform(1_000_000, 9_000_000):.2f}"
    sql = "select * from items where dept_code = :code and amount <= cast(:most as real) order by amount desc limit 100"
    query = f"dept_code={code}&amount__lte={most}&_sort=-amount&_limit=100&_total=false"
    return _rows(query), _sql(sql, code=code, most=most)


def by_department(chance: random.Random) -> tuple[str, str]:
    """Rows and amounts of 200 departments."""
    sql = "select dept_code, count(*), sum(amount) from items group by dept_code"
    return _rows("_group_by=dept_code&_aggregate=count,sum(amount)&_limit=200"), _sql(sql)


def by_status(chance: random.Random) -> tuple[str, str]:
    """Rows of each status."""
    return _rows("_group_by=status&_aggregate=count"), _sql("select status, count(*) from items group by status")


def contains(chance: random.Random) -> tuple[str, str]:
    """How many titles have eleven Chinese characters."""
    text = "".join(chance.choices(WORDS, k=6))[:11]
    sql = "select count(*) from items where rowid in (select rowid from titles where titles match :text)"
    return _rows(f"title__contains={text}&_limit=1"), _sql(sql, text=f'"{text}"')


QUESTIONS: tuple[Question, ...] = (
    ("filtered sorted page", page, ASKED, 0.4, 2.0),
    ("  for the first time", other_page, NEVER_AGAIN, 0.7, 1.5),
    ("group by, 200 groups", by_department, ASKED, 0.2, 1.0),
    ("count by status", by_status, ASKED, 0.6, 1.0),
    ("Chinese contains", contains, ASKED, 0.6, 1.0),
)

if __name__ == "__main__":
    main()
