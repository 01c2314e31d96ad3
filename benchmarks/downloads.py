"""How fast is the file of a million rows downloaded, beside nginx that hands out the same file?

Both serve one release on this machine, with as many processes, over kept connections, 1 and 16 of them; what arrives is
thrown away. Throughput and CPU of the server a gigabyte; medians of rounds that alternate. Wanted: at least 0.6 times
the throughput of nginx. Without nginx (``apt install nginx-light``) it says so and measures the portal alone.

``python benchmarks/downloads.py [--rows N] [--rounds N] [--seconds N]``
"""

from __future__ import annotations

import argparse
import getpass
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from hashlib import file_digest
from pathlib import Path

from http_load import Stream, download, python, serving
from permits import DEPARTMENT_SCHEMA, SCHEMA, write_tables

from portal.publishing.files.manifest import MANIFEST_NAME
from portal.serving.free_port import listening_port

ROWS = 1_000_000
SMALL_ROWS = 2_000
ROUNDS = 5
SECONDS = 2.0
CONNECTIONS = (1, 16)
WORKERS = 2
GOAL = 0.6
PATH = "/data/permits/items.csv"
NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")

Measure = Callable[[int], Stream]


def main() -> None:
    """Print throughput and cost beside those of nginx; end with status 1 where the goal is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kaifang-downloads-") as name, ExitStack() as stack:
        release = released(Path(name), options.rows)
        print(f"{options.rows:,} rows, {(release / 'site' / PATH[1:]).stat().st_size / 1e6:.0f} MB of CSV")
        portal = stack.enter_context(by_portal(release, options.seconds))
        if NGINX is None:
            print("nginx is not installed (apt install nginx-light): the portal alone")
            for connections in CONNECTIONS:
                print(f"{connections:3} connections: {told(median([portal(connections)]))}")
            return
        nginx = stack.enter_context(by_nginx(Path(name), release, options.seconds))
        missed = [count for count in CONNECTIONS if compare(portal, nginx, count, options.rounds) < GOAL]
    if missed:
        sys.exit(f"missed at {', '.join(map(str, missed))} connections")


def compare(portal: Measure, nginx: Measure, connections: int, rounds: int) -> float:
    """Measure both in turn and print how they compare; return the ratio of throughput."""
    pairs = [(portal(connections), nginx(connections)) for _ in range(rounds)]
    ours, theirs = median([pair[0] for pair in pairs]), median([pair[1] for pair in pairs])
    ratio = ours.mb_per_second / theirs.mb_per_second
    print(f"{connections:3} connections: {told(ours)}; nginx {told(theirs)}; ratio {ratio:.2f} (goal {GOAL})")
    return ratio


def told(stream: Stream) -> str:
    """Return a measurement in words."""
    return f"{stream.mb_per_second:,.0f} MB/s, {stream.cpu_s_per_gb:.2f} CPU s a GB"


def median(streams: list[Stream]) -> Stream:
    """Return the middle of each figure."""
    return Stream(
        statistics.median(stream.mb_per_second for stream in streams),
        statistics.median(stream.cpu_s_per_gb for stream in streams),
    )


def released(folder: Path, rows: int) -> Path:
    """Build a release of a small table, put the file of the large one in its place, and return where the release is.

    To publish a million rows in every format would take minutes, and of them the CSV alone is asked for.
    """
    dataset = folder / "datasets" / "permits"
    write_tables(dataset, SMALL_ROWS)
    resources = [
        {"name": "items", "path": "items.csv", "schema": SCHEMA},
        {"name": "departments", "path": "departments.csv", "schema": DEPARTMENT_SCHEMA},
    ]
    document = {"name": "permits", "title": "许可", "resources": resources}
    (dataset / "datapackage.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    command = python("-m", "portal", "build", str(folder / "datasets"), "--out", str(folder / "build"))
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    release = folder / "build" / "current"
    file = write_tables(folder / "large", rows)[0].replace(release / "site" / PATH[1:])
    manifest = release / MANIFEST_NAME
    listed = json.loads(manifest.read_text(encoding="utf-8"))
    with file.open("rb") as content:
        told = {"bytes": file.stat().st_size, "sha256": file_digest(content, "sha256").hexdigest()}
    listed["files"][f"site{PATH}"] |= told
    lines = ",\n".join(f"{json.dumps(path)}: {json.dumps(entry)}" for path, entry in listed["files"].items())
    manifest.write_text(f'{{"files": {{\n{lines}\n}}}}\n', encoding="utf-8")
    return release


@contextmanager
def by_portal(release: Path, seconds: float) -> Iterator[Measure]:
    """Serve the release by the portal; yield what measures it."""
    port = listening_port("127.0.0.1", 0)
    command = python("-m", "portal", "serve", str(release), "--port", str(port), "--no-limits")
    with serving([*command, "--workers", str(WORKERS)], port, "/api/v1/health") as pid:
        yield lambda connections: download(pid, port, PATH, connections, seconds)


@contextmanager
def by_nginx(folder: Path, release: Path, seconds: float) -> Iterator[Measure]:
    """Serve the release by nginx, as Debian sets it up; yield what measures it."""
    port = listening_port("127.0.0.1", 0)
    temporary = " ".join(
        f"{name}_temp_path {folder}/{name};" for name in "client_body proxy fastcgi uwsgi scgi".split()
    )
    text = (
        f"user {getpass.getuser()}; daemon off; worker_processes {WORKERS};\n"
        f"pid {folder}/pid; error_log {folder}/errors;\n"
        "events { worker_connections 768; }\n"
        f"http {{ include /etc/nginx/mime.types; access_log off; sendfile on; tcp_nopush on; {temporary}\n"
        f"  server {{ listen 127.0.0.1:{port}; root {release.resolve()}/site; }}\n}}\n"
    )
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    command = [str(NGINX), "-c", str(folder / "nginx.conf"), "-p", str(folder), "-e", str(folder / "errors")]
    with serving(command, port, PATH) as pid:
        yield lambda connections: download(pid, port, PATH, connections, seconds)


if __name__ == "__main__":
    main()
