"""The explorer in a real browser: live, by keyboard alone, without scripts, on a phone, by axe, on a host of files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from explored_tables import HOSTILE, write_catalogue
from playwright.sync_api import Browser, BrowserContext, Page, Route
from serving import serving
from support import CHROMIUM, build_folder

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

EVERY_RULE = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
UNFOLD = "document.querySelectorAll('main details').forEach(item => { item.open = true })"
PARKING = "/datasets/explored/resources/parking/rows/"
JS_BYTES_MAX = 16_000


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the tables to look through."""
    folder = tmp_path_factory.mktemp("explored")
    write_catalogue(folder / "datasets")
    report = build_folder(folder / "datasets", folder / "build")
    assert report.refused == ()
    return folder / "build" / "current"


@pytest.fixture(scope="module")
def portal(release: Path) -> Iterator[str]:
    """Where the portal's own server answers."""
    with serving(release) as address:
        yield address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor without a past."""
    opened = browser.new_context(viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


def opened(context: BrowserContext, address: str) -> Page:
    """Open a page whose faults fail the test."""
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(address)
    return page


def asked(page: Page) -> dict[str, str]:
    """Return what the address asks."""
    return dict(page.evaluate("[...new URLSearchParams(location.search)]"))


def until_asked(page: Page, **wanted: str) -> None:
    """Wait until the address asks just this."""
    page.wait_for_function(
        "wanted => JSON.stringify([...new URLSearchParams(location.search)].sort()) === JSON.stringify(wanted)",
        arg=sorted([list(pair) for pair in wanted.items()]),
    )
    page.wait_for_function("() => !document.querySelector('.explorer').hasAttribute('aria-busy')")


def cells(page: Page, column: int = 0) -> list[str]:
    """Return the cells of a column."""
    return page.locator(f".row-answer tbody tr > :nth-child({column + 1})").all_inner_texts()


def focused(page: Page) -> Any:
    """Return the place of the focus in the table as a list of two numbers, else what it is on."""
    return page.evaluate(
        "(() => { const at = document.activeElement, cell = at.closest('th, td');"
        " return cell ? [cell.parentElement.rowIndex, cell.cellIndex] : at.id || at.textContent.trim() })()"
    )


def tab_to(page: Page, wanted: str, presses: int = 80) -> None:
    """Press Tab until the focus is on what matches a selector."""
    for _ in range(presses):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    pytest.fail(f"the keyboard does not reach {wanted}")


def test_what_is_typed_and_followed_is_answered_in_place(context: BrowserContext, portal: str) -> None:
    """Without loading the page anew; the address says it, and the back button goes through it."""
    page = opened(context, portal + PARKING)
    page.evaluate("window.isSamePage = true")
    page.locator("#rows-q").press_sequentially("浦东 第11", delay=20)
    until_asked(page, _q="浦东 第11")
    assert cells(page) == ["P011", "P110", "P113", "P116", "P119"]
    page.get_by_text("按列筛选").click()
    page.locator("summary.row-form__title", has_text="充电").click()
    page.locator("[name=充电][value=是]").check()
    until_asked(page, _q="浦东 第11", 充电="是")
    page.locator("[data-key=head-3]").click()
    until_asked(page, _q="浦东 第11", 充电="是", _sort="车位数")
    page.locator(".chips__link").first.click()
    until_asked(page, 充电="是", _sort="车位数")
    assert page.locator("#rows-q").input_value() == ""
    page.go_back()
    page.go_back()
    until_asked(page, _q="浦东 第11", 充电="是")
    assert (page.locator("#rows-q").input_value(), cells(page)) == ("浦东 第11", ["P011", "P113", "P119"])
    assert page.evaluate("window.isSamePage")


def test_by_keyboard_alone(context: BrowserContext, portal: str) -> None:
    """Search, filter, sort and read; the table is one stop, and the focus stays where it was after each answer."""
    page = opened(context, portal + PARKING)
    tab_to(page, "#rows-q")
    page.keyboard.type("停车场")
    until_asked(page, _q="停车场")
    assert focused(page) == "rows-q"
    tab_to(page, ".fold__summary")
    page.keyboard.press("Enter")
    for _ in range(3):
        tab_to(page, "summary.row-form__title")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    until_asked(page, _q="停车场", 区划=asked(page).get("区划", "310101"))
    tab_to(page, "[data-explorer=table] th")
    assert focused(page) == [0, 0]
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.locator("th[aria-sort=ascending]").wait_for()
    assert focused(page) == [0, 3]
    page.keyboard.press("Enter")
    page.locator("th[aria-sort=descending]").wait_for()
    assert focused(page) == [0, 3]
    page.keyboard.press("ArrowDown")
    assert focused(page) == [1, 3]
    for key, place in [
        ("End", [1, 8]),
        ("Home", [1, 0]),
        ("ArrowUp", [0, 0]),
        ("ArrowLeft", [0, 0]),
        ("PageDown", [10, 0]),
        ("Control+End", [40, 8]),
        ("ArrowDown", [40, 8]),
        ("Control+Home", [0, 0]),
    ]:
        page.keyboard.press(key)
        assert focused(page) == place, key
    page.keyboard.press("Tab")
    assert focused(page) == "下载这些行"
    page.keyboard.press("Shift+Tab")
    assert focused(page) == [0, 0]


def test_a_long_cell_is_unfolded_from_its_cell(context: BrowserContext, portal: str) -> None:
    """By Enter, and folded again."""
    page = opened(context, f"{portal}/datasets/explored/resources/hostile/rows/")
    tab_to(page, "[data-explorer=table] th")
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator(".cell-more[open]").count() == 1
    assert cells(page)[0] == HOSTILE[0]
    page.keyboard.press("Enter")
    assert page.locator(".cell-more[open]").count() == 0


def test_an_answer_is_announced(context: BrowserContext, portal: str) -> None:
    """In one region that stands there from the beginning: what was found, the order, which rows are shown."""
    page = opened(context, portal + PARKING)
    status = page.locator(".explorer > [role=status]")
    assert (status.count(), page.locator("[role=status]").count(), status.inner_text()) == (1, 1, "")
    page.locator("#rows-q").fill("第7停车场")
    until_asked(page, _q="第7停车场")
    assert status.inner_text() == "全表 120 行，符合条件的有 1 行：任意一列包含“第7停车场”。 第 1 至 1 行，共 1 行"


def test_what_cannot_be_asked_is_told_at_its_field(context: BrowserContext, portal: str) -> None:
    """The field is marked and described by the sentence, until it is right again."""
    page = opened(context, portal + PARKING)
    page.get_by_text("按列筛选").click()
    page.locator("summary.row-form__title", has_text="车位数").click()
    field = page.locator(".row-form [name='车位数__gte']")
    field.fill("三十")
    page.locator(".row-answer__faults li").wait_for()
    described = field.get_attribute("aria-describedby")
    assert field.get_attribute("aria-invalid") == "true"
    assert page.locator(f"#{described}").inner_text() == "车位数 的值“三十”不是整数（integer），应写成如 30"
    field.fill("4000")
    until_asked(page, 车位数__gte="4000")
    assert field.get_attribute("aria-invalid") is None


def test_unfolding_keeps_what_was_filled_in(context: BrowserContext, portal: str) -> None:
    """The conditions of the address and words not yet asked; the address stays, and nothing is asked twice."""
    page = opened(context, f"{portal}{PARKING}?车位数__gte=4000&充电=是")
    page.locator("#rows-q").fill("停")
    page.get_by_text("按列筛选").click()
    page.locator("summary.row-form__title", has_text="车位数").wait_for()
    until_asked(page, _q="停", 充电="是", 车位数__gte="4000")
    field = page.locator(".row-form [name='车位数__gte']")
    assert (field.count(), field.input_value(), page.locator("[name=充电]:checked").count()) == (1, "4000", 1)
    field.fill("")
    until_asked(page, _q="停", 充电="是")


def test_an_outdated_question_is_given_up(context: BrowserContext, portal: str) -> None:
    """What was asked last is what stands there, whichever answer comes first."""
    page = opened(context, portal + PARKING)

    def held_back(route: Route) -> None:
        page.wait_for_timeout(1500)
        route.continue_()

    page.route("**/*_q=%E6%85%A2*", held_back)
    page.locator("#rows-q").fill("慢")
    page.wait_for_timeout(450)
    page.locator("#rows-q").fill("第7停车场")
    until_asked(page, _q="第7停车场")
    page.wait_for_timeout(1500)
    assert cells(page) == ["P007"]


def test_what_is_near_is_found_from_where_somebody_is(browser: Browser, portal: str) -> None:
    """The browser asks for leave; the place goes into the address as it would by hand."""
    context = browser.new_context(geolocation={"longitude": 121.42, "latitude": 31.23}, permissions=["geolocation"])
    page = opened(context, portal + PARKING)
    page.get_by_text("按列筛选").click()
    page.locator("#rows-within").select_option("200")
    page.get_by_role("button", name="我在哪里").click()
    until_asked(page, _near="121.42000,31.23000,200")
    assert cells(page) == ["P020", "P019", "P021", "P018", "P022"]
    assert page.locator(".chips__link").inner_text() == "离 121.42000, 31.23000 不超过 200 米"
    context.close()


def test_a_server_that_fails_leaves_the_last_answer(context: BrowserContext, portal: str) -> None:
    """And it is said, so that nobody takes it for the answer to what was asked."""
    page = opened(context, portal + PARKING)
    page.route("**/*_part=answer*", lambda route: route.abort())
    page.locator("#rows-q").fill("第7停车场")
    page.get_by_text("服务器没有回应").wait_for()
    assert len(cells(page)) == 50
    page.unroute("**/*_part=answer*")
    page.locator("#rows-q").press("Enter")
    until_asked(page, _q="第7停车场")
    assert page.get_by_text("服务器没有回应").count() == 0


QUESTIONS = [
    (PARKING, ""),
    (PARKING, "?区划=310104&车位数__gte=500&_sort=-车位数&_form=filters"),
    (PARKING, "?_near=121.42,31.23,250&_fields=名称,区划"),
    (PARKING, "?_gaps=true&_view=cards&_limit=20&_page=1"),
    (PARKING, "?_group_by=区划,充电&_aggregate=count,avg(每小时（元）)&_sort=-count&_form=filters"),
    ("/en" + PARKING, "?开放日期__lte=2026-01-31&_sort=开放日期"),
    ("/datasets/explored/resources/hostile/rows/", "?年份(年)__gte=2022&_sort=-limit&_form=filters"),
    ("/datasets/explored/resources/wide/rows/", "?第199列__gte=2000&_fields=第199列,第0列"),
    ("/datasets/explored/resources/empty/rows/", ""),
    ("/datasets/explored/resources/blank/rows/", "?乙__isnull=true"),
    ("/datasets/explored/resources/one/rows/", "?甲__contains=%E5%94%AF"),
    (PARKING, "?车位数__gte=三十"),
]


def test_without_scripts_the_answers_are_the_same(browser: Browser, portal: str) -> None:
    """Sentences, chips, rows and faults, word for word: what was asked in place, and the same address as a page."""
    read = (
        "[...document.querySelectorAll('.row-answer__said p, .chips__link, .row-answer thead th, .row-answer tbody tr,"
        " .row-cards__card, .row-answer__faults li, .row-answer .empty')].map(item => item.innerText)"
    )
    live, plain = (browser.new_context(java_script_enabled=scripts) for scripts in (True, False))
    one, other = live.new_page(), plain.new_page()
    for path, question in QUESTIONS:
        one.goto(f"{portal}{path}?_q=%E4%B8%8D%E5%9C%A8")
        # As a link that is followed within the page, so that the script asks and puts the answer there.
        one.evaluate(
            "href => { const link = document.createElement('a'); link.href = href || './';"
            " document.querySelector('.explorer').append(link); link.click(); link.remove() }",
            question,
        )
        one.wait_for_function("() => !document.querySelector('.explorer').hasAttribute('aria-busy')")
        other.goto(portal + path + question)
        assert one.evaluate(read) == other.evaluate(read), question
    live.close()
    plain.close()


def test_without_scripts_the_form_and_the_links_do_all(browser: Browser, portal: str) -> None:
    """Filter by a choice, sort by a heading, go to the next page, choose columns, take a condition away."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(portal + PARKING)
    page.get_by_text("按列筛选").click()
    page.get_by_role("link", name="列出各列的筛选项").click()
    page.locator("summary.row-form__title", has_text="充电").click()
    page.locator("[name=充电][value=是]").check()
    page.get_by_role("button", name="显示数据").click()
    assert page.url.endswith("?%E5%85%85%E7%94%B5=%E6%98%AF&_form=filters#answer-title")
    page.locator("[data-key=head-3]").click()
    page.locator("[data-key=next]").click()
    assert page.locator("caption").inner_text() == "第 51 至 60 行，共 60 行"
    page.get_by_text("选列").click()
    page.locator("[data-explorer=columns] [value=名称]").uncheck()
    page.get_by_role("button", name="显示选中的列").click()
    assert len(page.locator("thead th").all()) == 8
    page.locator(".chips__link").click()
    assert page.locator("caption").inner_text() == "第 1 至 50 行，共 120 行"
    context.close()


def faults(page: Page, only: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return what axe finds on a page: the rule and the elements."""
    results = Axe().run(page, options={"runOnly": only})
    return [(item["id"], [node["html"] for node in item["nodes"]]) for item in results.response["violations"]]


@pytest.mark.parametrize(
    ("width", "scheme", "seen"),
    [(360, "light", [QUESTIONS[1], QUESTIONS[3]]), (1280, "dark", [QUESTIONS[4], QUESTIONS[6], QUESTIONS[-1]])],
    ids=["narrow", "wide"],
)
def test_axe_finds_no_fault(
    browser: Browser, portal: str, width: int, scheme: Any, seen: list[tuple[str, str]]
) -> None:
    """With all unfolded: the form, the grid, cards, groups, hostile cells, faults."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    found = {}
    for path, question in seen:
        page.goto(portal + path + question)
        page.evaluate(UNFOLD)
        found[path + question] = faults(page, EVERY_RULE)
    context.close()
    assert {path: items for path, items in found.items() if items} == {}


def test_axe_would_find_a_fault(context: BrowserContext, portal: str) -> None:
    """Faults that are put into the explorer are found by the same check: each by its rule."""
    page = opened(context, f"{portal}/datasets/explored/resources/one/rows/")
    page.evaluate("document.querySelector('#rows-q').previousElementSibling.remove()")
    page.evaluate("document.querySelectorAll('[role=grid] tr').forEach(row => row.setAttribute('role', 'listitem'))")
    page.evaluate("document.querySelector('.row-answer__said p').style.color = '#bbb'")
    found = {name for name, _ in faults(page, EVERY_RULE)}
    assert {"label", "aria-required-children", "color-contrast"} <= found


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_scrolls_sideways_and_targets_are_large(browser: Browser, portal: str, width: int) -> None:
    """The table scrolls within its frame, under headings that stay; what is pressed has 24 pixels at least."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    for path, question in QUESTIONS:
        page.goto(portal + path + question)
        page.evaluate(UNFOLD)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path + question
        small = page.evaluate(
            "[...document.querySelectorAll('.explorer a, .explorer button, .explorer summary, .explorer input')]"
            ".filter(item => item.offsetParent && item.type !== 'hidden')"
            ".filter(item => Math.min(item.offsetHeight, item.offsetWidth) < 20)"
            ".map(item => item.outerHTML)"
        )
        assert small == [], path + question
    context.close()


def test_the_explorer_costs_few_bytes(context: BrowserContext, portal: str) -> None:
    """Its scripts are small, it loads nothing from elsewhere, and it holds one page of rows."""
    page = context.new_page()
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}) if answer.ok else None)
    page.goto(f"{portal}/datasets/explored/resources/wide/rows/")
    page.wait_for_load_state("networkidle")
    assert [url for url in sizes if not url.startswith(portal)] == []
    own = {url: size for url, size in sizes.items() if "/js/explorer" in url}
    assert len(own) == 4
    assert sum(own.values()) <= JS_BYTES_MAX
