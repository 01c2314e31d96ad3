"""How soon does somebody see filtered, sorted rows of a million in a browser, and what does the page cost there?

Peer, in the same run: Datasette's page of the same table in SQLite, with an index for each question and its counting of
facets left out. A real Chromium opens the address of each question, a new one each time, in turn here and there: from
the beginning of the navigation to the first paint with rows, medians; the explorer is also asked in place, by a heading
and by typing. Beside it stand the milliseconds of the same rows by the API, and the memory of the page.

A question of ``python benchmarks/seeing.py``.
"""

from __future__ import annotations

import json
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

from api import size_of
from http_load import python, serving
from permits import DEPARTMENT_SCHEMA, DEPARTMENTS, SCHEMA, STATUSES, WORDS, write_peer, write_tables
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from portal.pipeline import build
from portal.serving.free_port import listening_port
from portal.settings import load_settings

RATIO_GOAL = 1.0
"""Times the peer's time to the first paint."""
HEAP_MB_MAX = 50
SMALL_ROWS = 500
"""Rows of the release that is built; the store of the large table takes the place of its own."""
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"

PAINTED = """() => new Promise((done) => {
  const told = () => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
  document.querySelector('table tbody tr, table.rows-and-columns tr') ? told() : setTimeout(told, 5);
})"""

Question = tuple[str, Callable[[random.Random], tuple[str, str]]]
"""A name, and what is asked here and at the peer: the query strings of two pages with the same rows."""


def by_department(chance: random.Random) -> tuple[str, str]:
    """One of 200 departments, the largest amounts first."""
    code = f"D{chance.randrange(DEPARTMENTS):03d}"
    return f"dept_code={code}&_sort=-amount", f"dept_code={code}&_sort_desc=amount&_size=50"


def by_range(chance: random.Random) -> tuple[str, str]:
    """A span of counts and one status, the latest day first: no index leads to both."""
    low, status = chance.randrange(900_000), chance.choice(STATUSES)
    here = f"count__gte={low}&count__lte={low + 5_000}&status={quote(status)}&_sort=-day"
    return here, f"count__gte={low}&count__lte={low + 5_000}&status={quote(status)}&_sort_desc=day&_size=50"


def by_text(chance: random.Random) -> tuple[str, str]:
    """A part of a title."""
    text = quote("".join(chance.sample(WORDS, 2)))
    return f"title__contains={text}&_sort=day", f"title__contains={text}&_sort=day&_size=50"


QUESTIONS: tuple[Question, ...] = (
    ("one of 200, sorted", by_department),
    ("range and choice", by_range),
    ("part of a text", by_text),
)


def explorer(rows: int, rounds: int) -> list[str]:
    """Print times and memory beside those of the peer; return which goals are missed."""
    with tempfile.TemporaryDirectory(prefix="kaifang-explorer-") as name:
        folder = Path(name)
        small_release(folder)
        size_of(folder, rows)
        return compare(folder, rounds)


def small_release(folder: Path) -> None:
    """Build a release with a few rows of the table."""
    dataset = folder / "datasets" / "permits"
    write_tables(dataset, SMALL_ROWS)
    resources = [
        {"name": "items", "path": "items.csv", "schema": SCHEMA},
        {"name": "departments", "path": "departments.csv", "schema": DEPARTMENT_SCHEMA},
    ]
    document = {"name": "permits", "title": "许可", "resources": resources}
    (dataset / "datapackage.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    build(load_settings(folder / "datasets"), folder / "build", today=date(2026, 6, 1), jobs=1)


def compare(folder: Path, rounds: int) -> list[str]:
    """Open the same questions at both servers and print how they compare."""
    database = folder / "items.db"
    write_peer(database, folder / "large" / "items.csv")
    port, peer_port = listening_port("127.0.0.1", 0), listening_port("127.0.0.1", 0)
    ours = python("-m", "portal", "serve", str(folder / "build" / "current"), "--port", str(port), "--no-limits")
    peer = python("-m", "datasette", "serve", str(database), "--port", str(peer_port))
    peer += ["--setting", "sql_time_limit_ms", "60000", "--setting", "suggest_facets", "off"]
    here = f"http://127.0.0.1:{port}/datasets/permits/resources/items/rows/"
    api = f"http://127.0.0.1:{port}/api/v1/datasets/permits/resources/items/rows"
    there = f"http://127.0.0.1:{peer_port}/items/items"
    with (
        serving(ours, port, "/api/v1/datasets"),
        serving(peer, peer_port, "/-/versions.json"),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        missed = [*page_times(browser, here, api, there, rounds), *live_times(browser, here, rounds)]
        browser.close()
    return missed


def page_times(browser: Browser, here: str, api: str, there: str, rounds: int) -> list[str]:
    """Print, for each question, milliseconds to the first paint with rows here and there, and of the API."""
    missed = []
    print(f"{'ms to rows, median':22} {'explorer':>9} {'Datasette':>10} {'ratio':>6} {'API alone':>10}")
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    for address in (here, there):
        page.goto(address)  # styles and scripts are in the browser's cache, as with any visitor of a second page
    for name, asked in QUESTIONS:
        chance = random.Random(name)
        times: dict[str, list[float]] = {"here": [], "there": [], "api": []}
        for _round in range(rounds):
            mine, theirs = asked(chance)
            times["here"].append(_opened(page, f"{here}?{mine}"))
            times["there"].append(_opened(page, f"{there}?{theirs}"))
            mine, _ = asked(chance)
            times["api"].append(_fetched(f"{api}?{mine}&_limit=50"))
        own, other, alone = (statistics.median(times[key]) for key in ("here", "there", "api"))
        print(f"{name:22} {own:9.0f} {other:10.0f} {own / other:6.2f} {alone:10.1f}")
        if own > RATIO_GOAL * other:
            missed.append(name)
    page.context.close()
    return missed


def live_times(browser: Browser, here: str, rounds: int) -> list[str]:
    """Print milliseconds from a heading, a choice or a word to the painted rows, and the memory of the page."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    session = page.context.new_cdp_session(page)
    page.goto(f"{here}?_limit=500")
    chance = random.Random(7)
    steps: dict[str, Callable[[], None]] = {
        "sort by a heading": lambda: page.evaluate("document.querySelector('[data-key=head-3]').click()"),
        "go to the next page": lambda: page.evaluate("document.querySelector('[data-key=next]').click()"),
        "search in all columns": lambda: page.locator("#rows-q").fill("".join(chance.sample(WORDS, 2))),
    }
    for name, step in steps.items():
        times = [_answered(page, step) for _ in range(rounds)]
        print(f"{name:22} {statistics.median(times):9.0f}  (pages of 500 rows, in place)")
    heap, nodes = _memory(session)
    print(f"memory of the page: {heap:.1f} MB of scripts (goal {HEAP_MB_MAX}), {nodes} nodes")
    page.context.close()
    return ["memory"] if heap > HEAP_MB_MAX else []


def _opened(page: Page, address: str) -> float:
    """Return the milliseconds from the beginning of a navigation to the first paint in which rows stand."""
    page.goto(address, wait_until="commit")
    return float(page.evaluate(PAINTED))


def _fetched(address: str) -> float:
    start = time.perf_counter()
    with urlopen(address) as answer:
        answer.read()
    return 1000 * (time.perf_counter() - start)


def _answered(page: Page, step: Callable[[], None]) -> float:
    """Return the milliseconds from a step to the painted answer; a pause in typing is part of it."""
    page.evaluate("document.querySelector('[data-explorer=answer]').dataset.old = 'yes'")
    start = page.evaluate("performance.now()")
    step()
    page.wait_for_function("() => !document.querySelector('[data-explorer=answer]').dataset.old", polling=5)
    return float(page.evaluate(PAINTED) - start)


def _memory(session: CDPSession) -> tuple[float, int]:
    """Return the megabytes that scripts hold, after collecting what nobody holds, and the nodes of the document."""
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    metrics: list[dict[str, Any]] = session.send("Performance.getMetrics")["metrics"]
    told = {item["name"]: item["value"] for item in metrics}
    return float(told["JSHeapUsedSize"]) / 1e6, int(told["Nodes"])
