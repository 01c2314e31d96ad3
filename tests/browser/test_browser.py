"""The portal in a real browser: finding and fetching data, accessibility, narrow screens, no scripts, no strangers."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import Browser, BrowserContext, Page
from serving import serving
from support import CHROMIUM, PROJECT, build_folder

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

DATASET = "gbt-2260-provinces"
EVERY_RULE = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
RULES_OF_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
UNFOLD = "document.querySelectorAll('details').forEach(item => { item.open = true })"
PAGES = [
    "/",
    "/datasets/",
    "/datasets/?q=GB&theme=geospatial",
    "/datasets/?q=nothinglikethis&format=CSV",
    "/datasets/?q=16路末班车",
    "/datasets/?q=我的社保余额",
    f"/datasets/{DATASET}/",
    f"/datasets/{DATASET}/report/",
    f"/data/{DATASET}/",
    "/datasets/order-39-tasks/",
    f"/datasets/{DATASET}/resources/provinces/rows/",
    f"/datasets/{DATASET}/resources/provinces/rows/?%E4%BB%A3%E7%A0%81__startswith=3&_limit=20&_view=cards",
    f"/datasets/{DATASET}/resources/provinces/rows/?%E4%BB%A3%E7%A0%81__contains=3&_sort=x&_near=1,2,3",
    "/datasets/road-works/",
    "/publishers/kaifang/",
    "/themes/geospatial/",
    "/open-catalogue/",
    "/quality/",
    "/standards/",
    "/standards/department/",
    "/about/",
    "/help/",
    "/developers/",
    "/site-map/",
    "/503.html",
    "/no/such/page",
    "/datasets/?page=0",
]
if os.environ.get("KAIFANG_NIGHTLY"):
    PAGES += ["/datasets/air-quality-hourly/", "/publishers/", "/themes/", "/terms/", "/privacy/", "/accessibility/"]
    PAGES += ["/about/components/", "/datasets/electricity-consumption/", "/datasets/public-parks/", "/500.html"]
IN_ENGLISH = [f"/en{path}" for path in PAGES]
IN_LARGE_TYPE = (
    [f"/large{path}" for path in PAGES]
    if os.environ.get("KAIFANG_NIGHTLY")
    else ["/large/", f"/large/datasets/{DATASET}/"]
)
TAB_STOPS = """() => {
    const item = document.activeElement;
    const box = item.getBoundingClientRect();
    const style = getComputedStyle(item);
    const shown = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const name = (item.innerText || item.name || "").trim().slice(0, 40);
    let left = box.left; // in what scrolls by itself, from its beginning
    for (let around = item.parentElement; around; around = around.parentElement) left += around.scrollLeft;
    return [name, Math.round(left), Math.round(box.top + scrollY), Math.round(box.bottom + scrollY), shown];
}"""
IN_BOTH_LANGUAGES = [*PAGES, *IN_ENGLISH, *IN_LARGE_TYPE]


class Visit:
    """A page that remembers what went wrong on it and where it asked."""

    def __init__(self, context: BrowserContext) -> None:
        self.page = context.new_page()
        self.errors: list[str] = []
        self.requested: list[str] = []
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self.requested.append(request.url))


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a server gives out a build of ``datasets/``; the large part of it, as long to build as the rest, at night.

    A page shows of it what it shows of a small table.
    """
    folder = tmp_path_factory.mktemp("own")
    left_out = () if os.environ.get("KAIFANG_NIGHTLY") else ("air-quality-hourly",)
    shutil.copytree(PROJECT / "datasets", folder / "datasets", ignore=shutil.ignore_patterns(*left_out))
    out = folder / "build"
    report = build_folder(folder / "datasets", out)
    assert report.refused == ()
    with serving(out / "current") as address:
        yield address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor without a past."""
    opened = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    yield opened
    opened.close()


def rows_of_source() -> list[list[str]]:
    """Return the table as its publisher wrote it, header first."""
    text = (PROJECT / "datasets/kaifang" / DATASET / "provinces.csv").read_bytes().decode("gb18030")
    return list(csv.reader(io.StringIO(text)))


def download(page: Page, format_: str, folder: Path) -> Path:
    """Press the button of a format, and return where the file was saved."""
    with page.expect_download() as waiting:
        page.locator(f'a.downloads__link[href$="/data/{DATASET}/provinces.{format_}"]').click()
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target


@pytest.mark.parametrize(
    ("home", "words", "title", "header", "scripts"),
    [
        ("/", "行政区划", "省级行政区划代码（GB/T 2260）", ["代码", "两位代码", "名称", "英文名称", "类型"], True),
        (
            "/en/",
            "division codes",
            "Provincial division codes of China (GB/T 2260)",
            ["Code", "Two-digit code", "Name", "English name", "Type"],
            True,
        ),
        ("/", "行政区划", "省级行政区划代码（GB/T 2260）", ["代码", "两位代码", "名称", "英文名称", "类型"], False),
    ],
    ids=["zh", "en", "zh-without-scripts"],
)
def test_a_visitor_finds_a_dataset_and_takes_it_home(
    browser: Browser, portal: str, tmp_path: Path, home: str, words: str, title: str, header: list[str], scripts: bool
) -> None:
    """From the home page: search, open, read the preview, download XLSX, CSV and JSON; also without scripts."""
    source = rows_of_source()
    context = browser.new_context(java_script_enabled=scripts, accept_downloads=True)
    page = context.new_page()
    page.goto(portal + home)
    page.locator("input[name=q]").fill(words)
    page.locator("input[name=q]").press("Enter")
    page.get_by_role("link", name=title, exact=True).click()
    assert page.locator("h1").inner_text() == title
    table = page.locator("table.table--look")
    assert table.locator("thead th").all_inner_texts() == header
    assert table.locator("tbody tr").first.locator("th, td").all_inner_texts() == source[1]

    xlsx = download(page, "xlsx", tmp_path)
    assert xlsx.name == "省级行政区划代码（GB_T 2260）-省级行政区划代码表.xlsx"
    cells = [list(row) for row in load_workbook(xlsx).worksheets[0].iter_rows(values_only=True)]
    assert cells == source
    assert {type(row[0]) for row in cells} == {str}

    text = download(page, "csv", tmp_path).read_bytes()
    assert list(csv.reader(io.StringIO(text.decode("utf-8"), newline=""))) == source
    assert not text.startswith(b"\xef\xbb\xbf")

    records = json.loads(download(page, "json", tmp_path).read_text(encoding="utf-8"))
    assert records == [dict(zip(source[0], row, strict=True)) for row in source[1:]]
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_filters_narrow_and_widen_a_search(browser: Browser, portal: str, width: int) -> None:
    """A visitor adds a filter by its link, sees it above the list, and takes it away again; narrow screens unfold."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{portal}/datasets/?sort=title")
    before = page.locator(".card").count()
    link = page.locator(".facet__link").first
    assert link.is_visible() == (width == 1280)
    if width == 360:
        page.locator(".facets__summary").click()
    count = int(link.locator(".facet__count").inner_text())
    link.click()
    assert page.locator(".card").count() == count < before
    page.locator(".chips__link").click()
    assert page.locator(".card").count() == before
    context.close()


def test_a_long_filter_is_searched_in(context: BrowserContext, portal: str) -> None:
    """What is typed above the values leaves those that fit, also of those folded away, and says how many."""
    page = context.new_page()
    page.goto(f"{portal}/datasets/")
    facet = page.locator("[data-module=facet-filter]").first
    facet.locator("input").fill("教育局")
    shown = facet.locator(".facet__link:visible .facet__label").all_inner_texts()
    assert shown
    assert all("教育局" in label for label in shown)
    assert facet.locator("[role=status]").inner_text() == f"符合的选项：{len(shown)} 个"
    facet.locator("input").fill("")
    assert facet.locator("[role=status]").inner_text() == ""


def test_words_are_completed_by_keyboard(context: BrowserContext, portal: str) -> None:
    """The field is a combobox: arrows choose, Escape closes, Enter searches for what is chosen."""
    page = context.new_page()
    page.goto(f"{portal}/")
    field = page.locator("#main-search")
    field.press_sequentially("flyz")
    page.locator("[role=option]").first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    field.press("Escape")
    assert (field.get_attribute("aria-expanded"), page.locator("[role=option]:visible").count()) == ("false", 0)
    field.press("ArrowDown")
    page.locator("[role=option]:visible").first.wait_for()
    field.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    text = chosen.locator("span").first.inner_text()
    assert "法律援助" in text
    field.press("Enter")
    page.wait_for_url("**/datasets/?q=*")
    assert page.locator("#main-search").input_value() == text


def test_the_other_language_is_one_click_away(context: BrowserContext, portal: str) -> None:
    """The link at the top leads to the same page in the other language, and back."""
    page = context.new_page()
    page.goto(f"{portal}/datasets/{DATASET}/")
    page.locator("a.header__language").click()
    assert page.url == f"{portal}/en/datasets/{DATASET}/"
    page.locator("a.header__language").click()
    assert page.url == f"{portal}/datasets/{DATASET}/"


def test_the_first_tab_skips_to_the_content(context: BrowserContext, portal: str) -> None:
    """With the keyboard the first stop is a visible link to the content."""
    page = context.new_page()
    page.goto(portal)
    page.keyboard.press("Tab")
    skip = page.locator(".skip-link")
    assert skip.evaluate("link => link === document.activeElement")
    box = skip.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    page.wait_for_url("**/#main")


def test_a_checksum_is_copied(browser: Browser, portal: str) -> None:
    """The button beside a checksum puts it on the clipboard and says so."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{portal}/datasets/{DATASET}/")
    fold = page.locator("details.fold", has=page.locator(".checksums")).first
    fold.locator("summary").click()
    button = fold.locator("button.copy").first
    label = button.inner_text()
    button.click()
    assert page.evaluate("navigator.clipboard.readText()") == fold.locator(".checksums__value").first.inner_text()
    page.wait_for_function("([button, label]) => button.innerText !== label", arg=[button.element_handle(), label])
    context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without"])
def test_rows_are_found_by_a_form(browser: Browser, portal: str, scripts: bool) -> None:
    """From the page of a dataset: unfold a column, type, press Enter; the rows stand there, with the way to CSV."""
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{portal}/datasets/{DATASET}/")
    page.get_by_role("link", name="逐行查看、筛选").first.click()
    page.get_by_text("按列筛选").click()
    if not scripts:
        page.get_by_role("link", name="列出各列的筛选项").click()
    page.locator("summary.row-form__title", has_text="名称").first.click()
    page.locator("input[name='名称__contains']").fill("海")
    page.locator("input[name='名称__contains']").press("Enter")
    rows = page.locator(".row-answer tbody tr")
    page.get_by_text("符合条件的有 3 行").first.wait_for()
    assert [row.split("\t")[2] for row in rows.all_inner_texts()] == ["上海市", "海南省", "青海省"]
    page.get_by_text("下载这些行").click()
    link = page.get_by_role("link", name="CSV（UTF-8 编码）", exact=True).get_attribute("href")
    assert link
    answer = context.request.get(f"{portal}/{link.lstrip('./')}")
    assert len(list(csv.reader(io.StringIO(answer.text())))) == 1 + rows.count()
    context.close()


def faults(page: Page, only: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return what axe finds on a page: the rule and the elements."""
    results = Axe().run(page, options={"runOnly": only})
    return [(item["id"], [node["html"] for node in item["nodes"]]) for item in results.response["violations"]]


@pytest.mark.parametrize(
    ("width", "paths"),
    [(width, IN_BOTH_LANGUAGES) for width in (360, 1280)]
    if os.environ.get("KAIFANG_NIGHTLY")
    else [(360, [*PAGES, *IN_LARGE_TYPE]), (1280, IN_ENGLISH)],
    ids=["narrow", "wide"],
)
def test_axe_finds_no_fault(browser: Browser, portal: str, width: int, paths: list[str]) -> None:
    """Every kind of page meets WCAG 2.2 AA and good practice as far as axe can tell, unfolded, light and dark.

    It takes two seconds a page: only at night each page is looked at in both languages and at both widths.
    """
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme="light")
    page = context.new_page()
    found = {}
    for path in paths:
        page.emulate_media(color_scheme="light")
        page.goto(portal + path)
        page.evaluate(UNFOLD)
        found[path] = faults(page, EVERY_RULE)
        page.emulate_media(color_scheme="dark")
        found[f"{path} in the dark"] = faults(page, RULES_OF_COLOUR)
    context.close()
    assert {path: items for path, items in found.items() if items} == {}


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ("document.querySelector('main').append(document.createElement('img'))", "image-alt"),
        ("document.querySelector('.hero__lead, .lead').style.color = '#999'", "color-contrast"),
        ("document.documentElement.removeAttribute('lang')", "html-has-lang"),
    ],
)
def test_axe_would_find_a_fault(context: BrowserContext, portal: str, fault: str, rule: str) -> None:
    """A fault that is put into a page is found by the same check."""
    page = context.new_page()
    page.goto(f"{portal}/about/")
    page.evaluate(fault)
    assert rule in [name for name, _ in faults(page, EVERY_RULE)]


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_scrolls_sideways(browser: Browser, portal: str, width: int) -> None:
    """A page fits the narrowest telephone, with everything unfolded; wide tables scroll by themselves."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    wide = {}
    for path in IN_BOTH_LANGUAGES:
        page.goto(portal + path)
        page.evaluate(UNFOLD)
        wide[path] = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert {path: pixels for path, pixels in wide.items() if pixels > width} == {}


def test_no_page_scrolls_sideways_when_its_text_is_twice_as_large(browser: Browser, portal: str) -> None:
    """Text of twice the size still fits a window of 640 px, as a browser makes it that enlarges one of 1,280."""
    context = browser.new_context(viewport={"width": 640, "height": 800})
    page = context.new_page()
    wide = {}
    for path in PAGES:
        page.goto(portal + path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide[path] = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert {path: pixels for path, pixels in wide.items() if pixels > 640} == {}


def tab_stops(page: Page, count: int) -> list[tuple[str, int, int, int, bool]]:
    """Press Tab so many times; return of each stop its words, where it stands, and whether its focus is seen."""
    stops = []
    for _ in range(count):
        page.keyboard.press("Tab")
        stops.append(tuple(page.evaluate(TAB_STOPS)))
    return stops


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["/", f"/datasets/{DATASET}/", "/large/"])
def test_the_focus_is_seen_and_goes_as_people_read(browser: Browser, portal: str, path: str, width: int) -> None:
    """Through header, menu and the beginning of the content no stop lies above or before the one before it."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(portal + path)
    stops = tab_stops(page, 24)
    context.close()
    assert [name for name, *_, shown in stops if not shown] == []
    back = [
        (earlier[0], later[0])
        for earlier, later in pairwise(stops[1:])
        if later[3] <= earlier[2] or (later[2] < earlier[3] and later[1] < earlier[1])
    ]
    assert back == []


def test_nothing_fails_and_nobody_else_is_asked(context: BrowserContext, portal: str) -> None:
    """Pages raise no errors in the console, obey their policy, set no cookies and load nothing from other hosts."""
    visit = Visit(context)
    for path in IN_BOTH_LANGUAGES:
        expected = (
            404
            if path.endswith("/no/such/page")
            else 409
            if "_sort=x" in path
            else 400
            if path.endswith("page=0")
            else 200
        )
        visit.errors.clear()
        response = visit.page.goto(portal + path, wait_until="load")
        assert response is not None
        assert response.status == expected
        assert [text for text in visit.errors if f"status of {expected}" not in text] == [], path
    assert [url for url in visit.requested if not url.startswith(f"{portal}/")] == []
    assert context.cookies() == []


def test_the_policy_stops_what_is_planted(context: BrowserContext, portal: str) -> None:
    """A script or an image from elsewhere that got into a page would not be run or fetched, and the console says so."""
    visit = Visit(context)
    visit.page.goto(portal)
    visit.page.evaluate(
        """async () => {
            const script = document.createElement('script');
            script.textContent = 'window.acted = true';
            document.body.append(script);
            const image = document.createElement('img');
            const refused = new Promise(done => image.addEventListener('error', done));
            image.src = 'https://evil.invalid/x.png';
            document.body.append(image);
            await refused;
        }"""
    )
    assert visit.page.evaluate("window.acted") is None
    assert sum("Content Security Policy" in text for text in visit.errors) == 2


def has_chinese_fonts() -> bool:
    """Tell whether this machine has a font for Chinese."""
    tool = shutil.which("fc-list")
    return bool(tool and subprocess.run([tool, ":lang=zh"], capture_output=True, check=False).stdout)


@pytest.mark.skipif(not has_chinese_fonts(), reason="this machine has no Chinese font that fc-list knows")
@pytest.mark.parametrize("path", ["/", f"/datasets/{DATASET}/"])
def test_chinese_is_written_in_a_chinese_font(context: BrowserContext, portal: str, path: str) -> None:
    """The browser really draws the heading and the text with a font that has Chinese characters."""
    page = context.new_page()
    page.goto(portal + path)
    session = context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    for selector in ("h1", "main p"):
        node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
        fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        assert fonts
        most = max(fonts, key=lambda font: font["glyphCount"])["familyName"]
        assert any(part in most for part in ("CJK", "Han", "Hei", "Song", "WenQuanYi", "PingFang", "YaHei")), fonts


def test_a_chart_tells_its_values_by_keyboard(context: BrowserContext, portal: str) -> None:
    """With the focus on a chart the arrow keys go from value to value; what they tell stands in its table, too."""
    page = context.new_page()
    page.goto(f"{portal}/datasets/electricity-consumption/")
    chart = page.locator("figure.chart").first
    chart.locator("svg:visible").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    told = chart.locator(".chart__spot")
    month, value = told.inner_text().splitlines()[:2]
    year, _, number = value.partition(": ")
    assert (month, year) == ("2月", "2026")
    assert number in (chart.locator("tbody tr").nth(1).text_content() or "").split()
    page.keyboard.press("Escape")
    assert not told.is_visible()


def test_large_type_stays_from_page_to_page_until_it_is_left(browser: Browser, portal: str) -> None:
    """Without scripts: through a search to a dataset, larger throughout, and back to the same page as it was."""
    context = browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{portal}/")
    usual = page.locator("h1").evaluate("item => parseFloat(getComputedStyle(item).fontSize)")
    page.get_by_role("link", name="大字版").first.click()
    assert page.locator("h1").evaluate("item => parseFloat(getComputedStyle(item).fontSize)") > 1.2 * usual
    page.locator("#main-search").fill("行政区划")
    page.locator("#main-search").press("Enter")
    page.locator(".card__link").first.click()
    assert page.url.startswith(f"{portal}/large/datasets/")
    assert page.locator("html").get_attribute("class") == "large"
    page.get_by_role("link", name="标准版").click()
    assert page.url.startswith(f"{portal}/datasets/")
    assert page.locator("html").get_attribute("class") is None
    context.close()
