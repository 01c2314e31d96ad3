"""Maps in a real browser: by keyboard alone, searched, without scripts, without a fault that axe finds."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from itertools import combinations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from serving import serving
from support import CHROMIUM, build_folder

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

DESCRIPTOR = """name: {name}
title: 公园
licenses: [{{name: CC-BY-4.0}}]
resources: [{{name: parks, title: 公园, path: parks.csv, crs: CGCS2000}}]
"""


def touch(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether two boxes of a page lie upon one another."""
    return (
        one["left"] < other["right"]
        and other["left"] < one["right"]
        and one["top"] < other["bottom"]
        and other["top"] < one["bottom"]
    )


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where datasets are served: of six places, of five hundred, of two areas side by side, of a road."""
    folder = tmp_path_factory.mktemp("maps")
    chance = random.Random(1)
    for name, count in (("few", 6), ("many", 500)):
        (folder / "in" / "p" / name).mkdir(parents=True)
        (folder / "in" / "p" / name / "datapackage.yaml").write_text(DESCRIPTOR.format(name=name), encoding="utf-8")
        kinds = ("社区", "综合")
        rows = [
            f"{'湖山林河海原'[n % 6]}园{n},{kinds[n % 2]},{116 + chance.random():.5f},{39 + chance.random():.5f}"
            for n in range(count)
        ]
        if name == "many":
            rows[-2:] = [f"同处{n},社区,116.1,39.1" for n in range(2)]
        table = "\n".join(["名称,类型,经度,纬度", *rows, ""])
        (folder / "in" / "p" / name / "parks.csv").write_text(table, encoding="utf-8")
    squares = [[[x, 39], [x + 1, 39], [x + 1, 40], [x, 40], [x, 39]] for x in (115, 116)]
    road = [[116 + n / 2000, 39.5 + n % 2 / 5000] for n in range(2001)]
    stops: list[tuple[str, object]] = [("Point", [116 + chance.random(), 39 + chance.random()]) for _ in range(450)]
    areas: list[tuple[str, object]] = [("Polygon", [ring]) for ring in squares]
    shapes = {"areas": areas, "sized": areas, "mixed": [("LineString", road), *stops]}
    for name, geometries in shapes.items():
        features = [
            {
                "type": "Feature",
                "properties": {"名称": f"{kind}{n}", **({"座位数": n + 1} if name == "sized" else {})},
                "geometry": {"type": kind, "coordinates": places},
            }
            for n, (kind, places) in enumerate(geometries)
        ]
        (folder / "in" / "p" / name).mkdir()
        document = json.dumps({"type": "FeatureCollection", "features": features})
        (folder / "in" / "p" / name / "parks.geojson").write_text(document, encoding="utf-8")
        descriptor = DESCRIPTOR.format(name=name).replace("parks.csv", "parks.geojson")
        (folder / "in" / "p" / name / "datapackage.yaml").write_text(descriptor, encoding="utf-8")
    wishes = "maps: {views: [{resource: sized/parks, size: 座位数}]}\n"
    (folder / "in" / "catalog.yaml").write_text(wishes, encoding="utf-8")
    assert build_folder(folder / "in", folder / "out").folder
    with serving(folder / "out" / "current") as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test where its scripts fail."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []


def test_a_map_is_moved_and_asked_by_keyboard_alone(page: Page, portal: str) -> None:
    """Plus zooms in, an arrow moves, 0 shows all; the list tells what is in view, and a place of it what it is."""
    page.goto(f"{portal}/datasets/few/")
    page.locator(".map__fold summary").press("Enter")
    assert page.locator(".map__count-in-view").inner_text() == "视野内 6 个，列出 6 个"
    bar = page.locator(".map__scale").text_content()
    frame = page.locator(".map__frame")
    frame.press("+")
    assert page.locator(".map__scale").text_content() != bar
    before = page.locator(".map__picture").get_attribute("viewBox")
    frame.press("ArrowRight")
    assert page.locator(".map__picture").get_attribute("viewBox") != before
    frame.press("0")
    assert page.locator(".map__scale").text_content() == bar
    page.locator("button.map__name").first.press("Enter")
    assert page.locator(".map__told p").all_inner_texts() == ["湖园0", "类型：社区"]
    frame.press("Escape")
    assert page.locator(".map__told").is_hidden()


def test_one_walks_through_a_map_with_tab_and_enter(page: Page, portal: str) -> None:
    """Tools, map, legend, list: each is reached in this order, is seen to be, and does what it says."""
    page.goto(f"{portal}/datasets/few/")
    page.locator(".map__tools").evaluate("tools => { tools.tabIndex = -1; tools.focus(); }")

    def step(key: str = "Tab") -> str:
        page.keyboard.press(key)
        return str(page.evaluate("document.activeElement.dataset.map || document.activeElement.classList[0]"))

    assert [step() for _ in range(4)] == ["in", "locate", "map__input", "map__frame"]
    frame = page.locator(".map__frame")
    assert frame.evaluate("frame => getComputedStyle(frame).outlineStyle") != "none"
    whole = page.locator(".map__picture").get_attribute("viewBox")
    for key in ("+", "ArrowDown", "Home"):
        before = page.locator(".map__picture").get_attribute("viewBox")
        page.keyboard.press(key)
        assert page.locator(".map__picture").get_attribute("viewBox") != before
    assert page.locator(".map__picture").get_attribute("viewBox") == whole
    assert [step(), step(), step()] == ["map__toggle", "map__toggle", "fold__summary"]
    page.keyboard.press("Enter")
    assert step() == "map__name"
    page.keyboard.press("Enter")
    assert page.locator(".map__told-name").inner_text() == "湖园0"
    assert page.locator(".map__marks .map__chosen").count() == 1
    assert page.evaluate("document.activeElement.textContent") == "湖园0"
    for _ in range(3):
        step("Shift+Tab")
    assert step("Shift+Tab") == "map__frame"
    page.keyboard.press("Escape")
    assert page.locator(".map__told").is_hidden()
    while step("Shift+Tab") != "map__input":
        pass
    page.keyboard.type("林园")
    page.keyboard.press("Enter")
    assert page.locator(".map__told-name").inner_text() == "林园2"


def test_an_area_and_its_circle_are_one_place(page: Page, portal: str) -> None:
    """The legend has circles as large as those on the map, in its own units."""
    page.goto(f"{portal}/datasets/sized/")
    page.locator(".map__fold summary").press("Enter")
    assert page.locator(".map__count-in-view").inner_text() == "视野内 2 个，列出 2 个"
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        wide = [
            page.locator(f"{where} .map__cluster").first.evaluate("circle => circle.getBoundingClientRect().width")
            for where in (".map__marks", ".map__size")
        ]
        assert wide[0] == pytest.approx(wide[1], rel=0.02)


def test_a_map_is_searched_and_its_legend_hides_a_class(page: Page, portal: str) -> None:
    """What does not match is neither on the map nor in its list."""
    page.goto(f"{portal}/datasets/few/")
    page.locator(".map__input").fill("山园")
    assert page.locator(".map__status").inner_text() == "地图上找到 1 个"
    assert page.locator("button.map__name").all_inner_texts() == ["山园1"]
    page.locator(".map__input").fill("")
    page.get_by_role("button", name="社区").press("Enter")
    assert page.locator("button.map__name").all_inner_texts() == ["山园1", "河园3", "原园5"]
    assert page.locator(".map__marks > g:not([hidden])").count() == 3


def test_a_closer_look_splits_clusters(page: Page, portal: str) -> None:
    """All points come from a file of the same host, and the legend with them."""
    page.goto(f"{portal}/datasets/many/")
    assert page.locator(".map__legend").is_hidden()
    page.locator(".map__fold summary").press("Enter")
    assert page.locator(".map__count-in-view").inner_text().startswith("视野内 500 个，")
    for _ in range(3):
        page.locator(".map__frame").press("+")
    page.locator(".map__marks .map__point").first.wait_for()
    assert page.locator(".map__legend").is_visible()
    assert page.locator(".map__marks .map__cluster").count() == 0


def test_places_at_one_point_are_one_circle_that_tells_how_many(page: Page, portal: str) -> None:
    """However close one looks, the one would hide the other."""
    page.goto(f"{portal}/datasets/many/")
    page.locator(".map__input").fill("同处")
    page.locator(".map__marks g > g:only-child").wait_for(state="attached")
    assert page.locator(".map__marks title").text_content() == "2 个地点"
    assert page.locator(".map__status").inner_text() == "地图上找到 2 个"


def test_an_area_is_in_view_where_a_part_of_it_is(page: Page, portal: str) -> None:
    """On their common border both are, though the middle of neither."""
    page.goto(f"{portal}/datasets/areas/")
    page.locator(".map__fold summary").press("Enter")
    for _ in range(4):
        page.locator(".map__frame").press("+")
    assert page.locator(".map__count-in-view").inner_text() == "视野内 2 个，列出 2 个"


def test_a_closer_look_makes_outlines_finer_and_leaves_them_beside_points(page: Page, portal: str) -> None:
    """The road has all its positions then and is told as before; back at the whole it is as in the page."""
    page.goto(f"{portal}/datasets/mixed/")
    road = page.locator(".map__marks .map__line")
    coarse = road.get_attribute("d")
    for _ in range(4):
        page.locator(".map__frame").press("+")
    page.locator(".map__marks .map__line[transform]").wait_for(state="attached")
    assert len(str(road.get_attribute("d"))) > 2 * 2001
    page.locator(".map__marks .map__point").first.wait_for(state="attached")
    page.locator(".map__frame").press("0")
    assert road.get_attribute("d") == coarse
    road.dispatch_event("click")
    assert page.locator(".map__told-name").inner_text() == "LineString0"
    page.locator(".map__marks .map__cluster").first.dispatch_event("click")
    assert page.locator(".map__told").is_hidden()


def test_without_scripts_places_lead_to_their_symbols(browser: Browser, portal: str) -> None:
    """The map is there, its tools are not."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{portal}/datasets/few/")
    assert page.locator(".map__marks path").count() == 6
    assert page.locator(".map__tools").is_hidden()
    page.locator(".map__fold summary").click()
    page.locator("a.map__name").first.click()
    assert page.locator(".map__marks :target").count() == 1
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_fault_in_an_open_map(browser: Browser, portal: str, width: int) -> None:
    """With its list unfolded and a place told, light and dark, and nothing scrolls sideways."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    for name, schemes in {"few": ("light", "dark"), "sized": ("light", "dark"), "mixed": ("dark",)}.items():
        page.goto(f"{portal}/en/datasets/{name}/")
        page.locator(".map__fold summary").click()
        page.locator("button.map__name").first.click()
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found = Axe().run(page, context=".map").response["violations"]
            assert [(item["id"], item["nodes"][0]["html"][:120]) for item in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


@pytest.mark.parametrize("name", ["few", "areas", "mixed"])
def test_labels_of_the_graticule_do_not_touch(page: Page, portal: str, name: str) -> None:
    """On a phone, where words are drawn largest, at every zoom."""
    page.set_viewport_size({"width": 360, "height": 900})
    page.goto(f"{portal}/datasets/{name}/")
    for _ in range(6):
        words = page.locator(".map__degree, .map__scale").evaluate_all(
            "words => words.map((word) => [word.textContent, word.getBoundingClientRect()])"
        )
        seen = [(text, box) for text, box in words if box["width"]]
        touching = [(one, other) for (one, a), (other, b) in combinations(seen, 2) if touch(a, b)]
        assert touching == []
        page.locator(".map__frame").press("+")
