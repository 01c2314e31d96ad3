"""Outside checks of the pages, at night: html-validate on every page of the sample, Lighthouse on one of each kind."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from serving import serving
from support import CHROMIUM, PROJECT, build_folder

HERE = PROJECT / "tests" / "node_tools"
TOOLS = Path(os.environ.get("KAIFANG_NODE_TOOLS", PROJECT / ".venv" / "node_tools"))
"""Where `make nightly` puts the tools, by the lock file in tests/node_tools."""
NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(
    NODE is None or CHROMIUM is None or not (TOOLS / "node_modules").is_dir(),
    reason="html-validate and Lighthouse are not installed (make nightly does)",
)

LCP_MS_MAX = 1500
"""The slowest that the largest part of a page may stand there, on Lighthouse's throttled phone."""
PERFORMANCE_MIN = 98
LOOKED_AT = [
    "/",
    "/en/",
    "/datasets/",
    "/datasets/gbt-2260-provinces/",
    "/datasets/air-quality-hourly/",
    "/datasets/public-parks/",
    "/publishers/kaifang/",
    "/quality/",
    "/help/",
    "/large/",
]
"""Home, list, a dataset, the largest one, one with a map, a publisher, quality, help, large type."""
GALLERY = "about/components/index.html"
MAY_REPEAT = {"unique-landmark"}
"""The gallery shows a navigation or a region once for each of its examples."""
NOT_FOR_SEARCH_ENGINES = {"/large/"}


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the whole sample."""
    out = tmp_path_factory.mktemp("checked") / "build"
    assert build_folder(PROJECT / "datasets", out).refused == ()
    return out / "current"


@pytest.fixture(scope="module")
def portal(release: Path) -> Iterator[str]:
    """Where a server gives it out."""
    with serving(release) as address:
        yield address


def complaints(folder: Path) -> list[tuple[str, int, str, str]]:
    """Return what html-validate says of all pages below a folder: page, line, rule, words."""
    command = [str(NODE), str(TOOLS / "node_modules/html-validate/bin/html-validate.mjs")]
    options = ["--config", str(HERE / "htmlvalidate.json"), "--formatter", "json"]
    pages = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.html"))
    run = subprocess.run([*command, *options, *pages], cwd=folder, capture_output=True, text=True, check=False)
    found: list[Any] = json.loads(run.stdout)
    return [
        (str(item["filePath"]).removeprefix(f"{folder.resolve()}/"), one["line"], one["ruleId"], one["message"])
        for item in found
        for one in item["messages"]
        if one["ruleId"] not in MAY_REPEAT or not str(item["filePath"]).endswith(GALLERY)
    ]


def test_every_page_is_valid(release: Path) -> None:
    """No page of the sample has an element, attribute, reference or name that HTML or good practice does not know."""
    assert complaints(release / "site") == []


def test_a_planted_fault_is_found(tmp_path: Path) -> None:
    """A paragraph in a list and an id that two elements have are each said with their line."""
    head = '<!doctype html>\n<html lang="en"><head><title>x</title></head><body>\n'
    page = head + '<ul><p id="a">x</p></ul>\n<p id="a">y</p>\n</body></html>\n'
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    found = [(line, rule) for _, line, rule, _ in complaints(tmp_path)]
    assert found == [(3, "element-permitted-content"), (4, "no-dup-id")]


def test_lighthouse_gives_full_marks(portal: str) -> None:
    """Each kind of page is accessible, well made and findable without a fault, and soon there on a slow phone."""
    command = [str(NODE), str(TOOLS / "lighthouse_figures.mjs"), str(CHROMIUM)]
    run = subprocess.run(
        [*command, *(portal + path for path in LOOKED_AT)], cwd=TOOLS, capture_output=True, text=True, check=True
    )
    figures = [json.loads(line) for line in run.stdout.splitlines()]
    short = {}
    for item in figures:
        scores = item["scores"]
        wanted = {"accessibility": 100, "best-practices": 100}
        if item["path"] not in NOT_FOR_SEARCH_ENGINES:
            wanted["seo"] = 100
        is_full = all(scores[name] == value for name, value in wanted.items())
        if not is_full or scores["performance"] < PERFORMANCE_MIN or item["lcp_ms"] > LCP_MS_MAX:
            short[item["path"]] = item
    assert [item["path"] for item in figures] == LOOKED_AT
    assert short == {}
