"""The list's page on a host that only gives out files, in a real browser: it answers searches as the server does."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from serving import serving
from support import CHROMIUM, FIXTURES, build_folder

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

STREETS = 25
DESCRIPTOR = """
name: parking-{number}
title: 第{number}街道公共停车场名录
description: 第{number}街道停车场的名称和车位数。<b>不是</b>标记。
keywords: [停车场]
licenses: [{{name: CC-BY-4.0}}]
translations:
  en: {{title: Public car parks of street {number}, description: Names and spaces., keywords: [car parks]}}
catalogue:
  themes: [traffic]
  sharing: {{type: unconditional, condition: 无条件}}
  open: {{is_open: true}}
  update_cycle: annual
  published: "2026-03-01"
  spatial: "100000"
resources:
  - name: parking
    title: 停车场
    path: parking.csv
    schema: {{fields: [{{name: 名称, type: string}}, {{name: 车位数, type: integer}}]}}
"""
ASKED = [
    "?q=停车场",
    "?q=停车场&page=2",
    "?q=停车场&sort=title&page=2",
    "?q=我家附近哪里可以停车",
    "?q=听车场",
    "?q=停车场&publisher=transport&format=CSV",
    "?publisher=education",
    "?q=张三的身份证号",
    "?q=火星基地",
    "?q=请问huoxing在哪里",
    "?q=tingchechang 火星",
    "?q=请问",
    "?q=学校 -停车场",
    "?theme=education&theme=traffic&q=名录",
    "?publisher=constructor&q=停车场",
    "?q=学校&q=%20第1街道%20%20停车场%20",
]


class _Files(SimpleHTTPRequestHandler):
    """Gives out files and keeps quiet."""

    def log_message(self, *_: Any) -> None:
        """Write nothing."""


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the tiny catalogue with so many datasets more that the list has two pages."""
    folder = tmp_path_factory.mktemp("portal")
    shutil.copytree(FIXTURES / "tiny", folder / "datasets")
    for number in range(1, STREETS + 1):
        place = folder / "datasets" / "transport" / f"parking-{number}"
        place.mkdir()
        (place / "datapackage.yaml").write_text(DESCRIPTOR.format(number=number), encoding="utf-8")
        (place / "parking.csv").write_text(f"名称,车位数\n第{number}停车场,{number}\n", encoding="utf-8")
    report = build_folder(folder / "datasets", folder / "build")
    assert report.refused == ()
    return folder / "build" / "current"


@contextmanager
def static_files(folder: Path) -> Iterator[str]:
    """Give out the files in a folder, and nothing else."""
    handler = partial(_Files, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def static_host(release: Path) -> Iterator[str]:
    """Where the files of the site are given out."""
    with static_files(release / "site") as host:
        yield host


@pytest.fixture(scope="module")
def portal(release: Path) -> Iterator[str]:
    """Where the portal's own server answers."""
    with serving(release) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails on what it complains of."""
    opened = browser.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    opened.close()
    assert errors == []


def open_list(page: Page, address: str) -> None:
    """Open a list and wait until it is answered."""
    page.goto(address, wait_until="networkidle")


def shown(page: Page) -> dict[str, Any]:
    """Return what the page says of an answer, as people read it."""
    texts = {
        "summary": ".list-page__summary",
        "cards": ".list-page__results > .cards .card",
        "also": ".also .card",
        "filters": ".list-page--facets .facets",
        "facets": ".facet__link",
        "chips": ".chips__link",
        "pages": ".pager a",
        "sorts": ".sorts__link",
        "notices": ".list-page__results .list-page__notice",
        "empty": ".empty",
    }
    return {
        "heading": page.text_content("h1"),
        **{
            name: [re.sub(r"\s+", " ", text).strip() for text in page.locator(selector).all_text_contents()]
            for name, selector in texts.items()
        },
    }


@pytest.mark.parametrize("lang", ["", "en/"])
def test_a_static_host_shows_what_the_server_shows(page: Page, static_host: str, portal: str, lang: str) -> None:
    """Each search has one answer: summary, cards, what may be meant and why, filters, pages, orders and notices."""
    for asked in ASKED:
        open_list(page, f"{portal}/{lang}datasets/{asked}")
        expected = shown(page)
        open_list(page, f"{static_host}/{lang}datasets/{asked}")
        assert shown(page) == expected, asked


def test_below_a_path_of_a_host_searches_are_answered_as_well(page: Page, release: Path) -> None:
    """Files, cards, links and the form keep to the path at which the portal lies."""
    with static_files(release) as host:
        portal = f"{host}/site"
        for lang in ("", "en/"):
            open_list(page, f"{portal}/{lang}datasets/?q=停车场")
            assert page.locator(".list-page__results > .cards .card").count() == 20
            links = page.eval_on_selector_all("main a[href]", "links => links.map((link) => link.href)")
            assert [link for link in links if not link.startswith(f"{portal}/{lang}")] == []
            page.click(".card__link")
            page.wait_for_url(f"{portal}/{lang}datasets/parking-*/")


def test_a_visitor_searches_asks_filters_and_turns_the_page(page: Page, static_host: str) -> None:
    """Words, a plain question, a filter and the next page: all by the page's own form and links."""
    open_list(page, f"{static_host}/datasets/")
    page.fill("#main-search", "停车场")
    page.press("#main-search", "Enter")
    page.wait_for_selector("text=25 个")
    page.click(".pager__link--next")
    page.wait_for_selector(".pager__link[aria-current=page]:text('2')")
    assert page.locator(".list-page__results > .cards .card").count() == STREETS - 20
    page.fill("#main-search", "学校在哪里")
    page.press("#main-search", "Enter")
    page.wait_for_selector(".also .card")
    assert "学校名录" in page.inner_text(".also")
    page.goto(f"{static_host}/datasets/?q=名录")
    page.wait_for_selector(".facet")
    page.click(".facets__summary") if not page.is_visible(".facet__link") else None
    page.click(".facet__link:has-text('教育局')")
    page.wait_for_selector(".chips__link")
    assert page.locator(".list-page__results > .cards .card").count() == 1
    page.click(".chips__link")
    page.wait_for_selector("text=26 个")


def test_texts_of_publishers_stay_texts(page: Page, static_host: str) -> None:
    """What looks like HTML in a description or in what was typed is shown as it was written."""
    open_list(page, f"{static_host}/datasets/?q=停车场<img src=x onerror=alert(1)>")
    assert page.locator("main img, main b").count() == 0
    open_list(page, f"{static_host}/datasets/?q=第3街道")
    assert page.locator("main b").count() == 0


def test_the_module_stays_away_where_the_server_answers(page: Page, portal: str) -> None:
    """The answers of the server hold nothing of the browser's search, and its files are not fetched."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_list(page, f"{portal}/datasets/?q=停车场")
    assert page.locator("[data-module=browser-search]").count() == 0
    open_list(page, f"{portal}/datasets/?utm_source=letter")
    assert [url for url in asked if "/search/" in url] == []
    assert page.locator(".cards .card").count() == 20


def test_without_scripts_the_page_says_so(browser: Browser, static_host: str) -> None:
    """Without JavaScript everything is listed, and the page says what searching needs."""
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{static_host}/datasets/?q=学校")
    assert page.locator(".cards .card").count() == 20
    assert "JavaScript" in (page.text_content("noscript") or page.text_content("main") or "")
    page.close()
