"""Journeys through the portal: a citizen on a phone, a developer, and somebody with keyboard and screen reader."""

from __future__ import annotations

import csv
import io
import json
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize
from serving import serving
from support import CHROMIUM, PROJECT, build_folder

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

DATASETS = ("bus-group/bus-ridership", "culture-tourism-bureau/library-loans", "transport-bureau/road-works")
RIDERSHIP = PROJECT / "datasets/bus-group/bus-ridership/ridership.csv"
PHONE = ViewportSize(width=360, height=740)
STOPS_MAX = 60
"""So many presses of Tab reach what a page is for."""
NAMED = "link button textbox searchbox combobox checkbox radio".split()
"""Roles that say nothing to a screen reader without a name."""


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a few datasets of the sample are served."""
    folder = tmp_path_factory.mktemp("journeys")
    for name in DATASETS:
        shutil.copytree(PROJECT / "datasets" / name, folder / "datasets" / name)
    for name in ("catalog.yaml", "publishers.yaml"):
        shutil.copy(PROJECT / "datasets" / name, folder / "datasets" / name)
    build_folder(folder / "datasets", folder / "build")
    with serving(folder / "build" / "current") as address:
        yield address


def busiest_line() -> str:
    """Return the line that most people took, by the publisher's own file."""
    totals: dict[str, int] = {}
    for row in csv.DictReader(io.StringIO(RIDERSHIP.read_text(encoding="utf-8-sig"))):
        totals[row["线路名称"]] = totals.get(row["线路名称"], 0) + int(row["客运量"] or 0)
    return max(totals, key=lambda name: totals[name])


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without"])
def test_a_citizen_asks_reads_the_answer_and_takes_the_table(
    browser: Browser, portal: str, tmp_path: Path, scripts: bool
) -> None:
    """On a phone, in three taps: search, dataset with the answer over its chart, file."""
    context = browser.new_context(viewport=PHONE, has_touch=True, java_script_enabled=scripts, accept_downloads=True)
    page = context.new_page()
    page.goto(portal)
    page.locator("#main-search").fill("哪条公交线路坐的人最多")
    page.get_by_role("search").get_by_role("button").tap()
    page.get_by_role("link", name="公共汽车各线路月客运量", exact=True).tap()
    page.wait_for_url("**/datasets/bus-ridership/")
    found = page.locator(".chart__finding").all_inner_texts()
    assert any(f"{busiest_line()}最" in text for text in found), found
    with page.expect_download() as waiting:
        page.locator("a.downloads__link[href$='ridership.xlsx']").tap()
    waiting.value.save_as(tmp_path / "x.xlsx")
    assert (tmp_path / "x.xlsx").read_bytes()[:2] == b"PK"
    context.close()


def test_a_developer_goes_from_a_search_to_a_call_that_runs(browser: Browser, portal: str) -> None:
    """The page of rows shows the call for curl; it gives the rows that the page shows."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{portal}/en/datasets/?q=library+loans")
    page.get_by_role("link", name="Library loans by month, branch and class").click()
    page.wait_for_url("**/en/datasets/library-loans/")
    page.goto(f"{portal}/en/datasets/library-loans/resources/loans/rows/?类号=I&_limit=20")
    call = next(text for text in page.locator("pre").all_text_contents() if "curl" in text)
    words = [word for word in shlex.split(call.replace("\\\n", " ")) if word != "$"]
    assert words[0] == "curl"
    done = subprocess.run([*words, "--silent", "--max-time", "20"], capture_output=True, check=True)
    rows = json.loads(done.stdout)["rows"]
    assert len(rows) == page.locator(".row-answer tbody tr").count() == 20
    assert {row[2] for row in rows} == {"I"}
    answer = context.request.get(f"{portal}/api/v1/datasets?q=library+loans")
    assert [item["name"] for item in answer.json()["items"]] == ["library-loans"]
    context.close()


def reach(page: Page, text: str) -> int:
    """Press Tab until what has the focus is called *text*; return how often."""
    for presses in range(1, STOPS_MAX + 1):
        page.keyboard.press("Tab")
        if page.evaluate("(document.activeElement.innerText || document.activeElement.ariaLabel || '').trim()") == text:
            return presses
    raise AssertionError(f"{text} is not reached by {STOPS_MAX} presses of Tab")


def test_somebody_without_a_mouse_comes_from_the_question_to_the_file(browser: Browser, portal: str) -> None:
    """With Tab and Enter alone; what has the focus is on the screen and marked."""
    context = browser.new_context(viewport=PHONE, accept_downloads=True)
    page = context.new_page()
    page.goto(f"{portal}/datasets/")
    page.locator("#main-search").focus()
    page.keyboard.type("图书馆借书")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*")
    reach(page, "公共图书馆外借册次")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    page.wait_for_url("**/datasets/library-loans/")
    reach(page, "数据")
    page.keyboard.press("Enter")
    for _ in range(STOPS_MAX):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a.downloads__link')"):
            break
    box = page.evaluate("(({top, bottom}) => [top, bottom])(document.activeElement.getBoundingClientRect())")
    assert 0 <= box[0] < box[1] <= PHONE["height"]
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename.endswith((".xlsx", ".csv"))
    context.close()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/datasets/?q=图书馆",
        "/datasets/library-loans/",
        "/datasets/library-loans/resources/loans/rows/",
        "/datasets/road-works/",
        "/en/datasets/bus-ridership/",
        "/publishers/bus-group/",
    ],
)
def test_a_screen_reader_hears_landmarks_one_heading_and_names(browser: Browser, portal: str, path: str) -> None:
    """By the accessibility tree: one banner, main, footer; menus told apart; nothing to press without a name."""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(portal + path)
    landmarks = {role: page.get_by_role(role).count() for role in ("banner", "main", "contentinfo")}
    assert landmarks == {"banner": 1, "main": 1, "contentinfo": 1}
    assert page.get_by_role("heading", level=1).count() == 1
    client = context.new_cdp_session(page)
    nodes = [node for node in client.send("Accessibility.getFullAXTree")["nodes"] if not node.get("ignored")]
    spoken = [(node["role"]["value"], node.get("name", {}).get("value", "").strip()) for node in nodes]
    assert [role for role, name in spoken if role in NAMED and not name] == []
    menus = [name for role, name in spoken if role == "navigation"]
    assert "" not in menus
    assert len(menus) == len(set(menus))
    context.close()


def test_a_screen_reader_is_told_what_a_search_found(browser: Browser, portal: str) -> None:
    """The number of results is a heading or a status, and the title of the page names the words."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{portal}/datasets/?q=图书馆")
    told = page.locator("[role=status], [aria-live], h1, h2").filter(has_text="1 个数据集")
    assert told.count() >= 1
    assert "图书馆" in page.title()
    context.close()
