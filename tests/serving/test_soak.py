"""Soak: minutes of mixed requests over a served release, without an error, a leak of memory or of open files.

By day it is skipped; ``make nightly`` runs it. KAIFANG_SOAK_SECONDS says for how long, 180 if nothing.
"""

from __future__ import annotations

import contextlib
import csv
import http.client
import io
import itertools
import json
import os
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from serving import ask, serving

SECONDS = float(os.environ.get("KAIFANG_SOAK_SECONDS", "180"))
WARM_SHARE = 1 / 3
"""By then everything was loaded that is loaded once: the first minute of three."""
THREADS = 4
REQUESTS_MAX = 200_000
GROWTH_BYTES_MAX = 24 * 1024 * 1024
GROWTH_FILES_MAX = 16

pytestmark = [
    pytest.mark.skipif(
        not os.environ.get("KAIFANG_NIGHTLY"), reason="three minutes of requests; make nightly sends them"
    ),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory and open files are read in /proc"),
]

TABLE = "/api/v1/datasets/schools/resources/schools/rows"


@dataclass(frozen=True)
class Asked:
    """A request, and what must be true of its answer."""

    path: str
    status: int = 200
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    holds: Callable[[bytes], bool] = field(default=lambda _: True, repr=False)


def rows_of_csv(count: int) -> Callable[[bytes], bool]:
    """Return whether a CSV has a header and so many rows."""
    return lambda body: len(list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))) == count + 1


def requests_of(address: str) -> list[Asked]:
    """Return the requests of visitors, programs and of those who try what happens."""
    package = json.loads(ask(address, "/api/3/action/package_show?id=schools").body)["result"]
    table = next(item["id"] for item in package["resources"] if item["datastore_active"])
    rows = json.loads(ask(address, TABLE).body)["total"]
    posted = json.dumps({"where": {"field": "学校代码", "op": "isnull", "value": False}, "limit": 2}).encode()
    as_json = (("Content-Type", "application/json"),)
    packed = (("Accept-Encoding", "br, gzip;q=0.5"),)
    return [
        Asked("/"),
        Asked("/en/", headers=packed),
        Asked("/datasets/schools/"),
        Asked("/datasets/schools/", headers=(("Accept", "text/turtle"),)),
        Asked(f"/datasets/?q={quote('学校')}"),
        Asked("/nowhere", 404),
        Asked("/data/schools/schools.csv", holds=rows_of_csv(rows)),
        Asked("/data/schools/schools.xlsx"),
        Asked("/data/schools/schools.csv", 206, headers=(("Range", "bytes=0-9"),), holds=lambda body: len(body) == 10),
        Asked("/data/schools/schools.csv", method="HEAD"),
        Asked("/data.json", headers=packed),
        Asked("/api/v1/datasets"),
        Asked("/api/v1/datasets?sort=size", 400),
        Asked("/api/v1/datasets/schools"),
        Asked("/api/v1/changes"),
        Asked("/api/v1/stats"),
        Asked("/api/v1/health"),
        Asked(TABLE, holds=lambda body: json.loads(body)["total"] == rows),
        Asked(f"{TABLE}?_format=csv", holds=rows_of_csv(rows)),
        Asked(f"{TABLE}?_format=csv&_encoding=utf-8-sig", holds=rows_of_csv(rows)),
        Asked(f"{TABLE}?_format=ndjson", holds=lambda body: body.count(b"\n") == rows),
        Asked(f"{TABLE}?_format=xlsx"),
        Asked(f"{TABLE}?_limit=all", headers=packed),
        Asked(f"{TABLE}?_q={quote('小学')}&_sort=-{quote('学生数')}"),
        Asked(f"{TABLE}?_group_by={quote('寄宿')}&_aggregate=count"),
        Asked(f"{TABLE}?nothing=1", 409),
        Asked(TABLE, method="POST", headers=as_json, body=posted),
        Asked(TABLE, 400, method="POST", headers=as_json, body=b"{"),
        Asked(TABLE, 405, method="DELETE"),
        Asked("/api/3/action/package_search?q=*:*&facet.field=[%22tags%22]"),
        Asked("/api/3/action/package_show?id=nobody", 404),
        Asked(f"/api/3/action/datastore_search?resource_id={table}&limit=2"),
        Asked(f"/datastore/dump/{table}?bom=true", holds=rows_of_csv(rows)),
    ]


def sent(connection: http.client.HTTPConnection, asked: Asked) -> str:
    """Send a request; return what is wrong with the answer, "" if nothing."""
    connection.request(asked.method, quote(asked.path, safe='/?&=%:*[]"'), body=asked.body, headers=dict(asked.headers))
    response = connection.getresponse()
    body = response.read()
    is_right = response.status == asked.status and (asked.method == "HEAD" or asked.holds(body))
    return "" if is_right else f"{asked}: {response.status} {body[:200]!r}"


def visitors(address: str, seconds: float) -> tuple[int, Counter[str]]:
    """Ask from several threads; return how many requests were answered, and how often what went wrong."""
    wanted, numbers, wrong = requests_of(address), itertools.count(1), Counter[str]()
    end, lock, answered = time.monotonic() + seconds, threading.Lock(), [0] * THREADS

    def visit(who: int) -> None:
        chance, parts = random.Random(who), urlsplit(address)
        while time.monotonic() < end and next(numbers) <= REQUESTS_MAX:
            with contextlib.closing(http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)) as line:
                for asked in chance.choices(wanted, k=20):
                    try:
                        told = sent(line, asked)
                    except (OSError, http.client.HTTPException) as error:
                        told = f"{asked}: {error!r}"
                    answered[who] += 1
                    if told:
                        with lock:
                            wrong[told] += 1
                        break

    threads = [threading.Thread(target=visit, args=(who,)) for who in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(answered), wrong


def processes_below(process: int) -> Iterator[int]:
    """Yield the processes that *process* started, and what those started."""
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        for child in path.read_text(encoding="utf-8").split():
            yield int(child)
            yield from processes_below(int(child))


def held() -> tuple[int, int]:
    """Return the bytes of memory and the open files of the server, all its processes together."""
    memory, files = 0, 0
    for process in processes_below(os.getpid()):
        with contextlib.suppress(OSError):
            resident = Path(f"/proc/{process}/statm").read_text(encoding="utf-8").split()[1]
            memory += int(resident) * os.sysconf("SC_PAGE_SIZE")
            files += len(list(Path(f"/proc/{process}/fd").iterdir()))
    return memory, files


def test_nothing_breaks_and_nothing_grows(tiny_release: Path, record_property: Callable[[str, object], None]) -> None:
    """After the first minute of many mixed requests the server holds as much as before, and all answers are right."""
    with serving(tiny_release) as address:
        first, wrong = visitors(address, SECONDS * WARM_SHARE)
        memory, files = held()
        then, wrong_then = visitors(address, SECONDS * (1 - WARM_SHARE))
        memory_after, files_after = held()
    told = f"{first + then} requests, memory {memory:,} -> {memory_after:,} bytes, open files {files} -> {files_after}"
    print(told)  # noqa: T201 - pytest -s or -rP shows the figures
    assert wrong + wrong_then == Counter()
    assert memory_after - memory < GROWTH_BYTES_MAX
    assert files_after - files < GROWTH_FILES_MAX
