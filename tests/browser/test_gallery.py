"""The gallery of bad input as pages: each stands, its chart and its map do not lie, and no script of it fails."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

import pytest
from gallery import GEOMETRIES, MARKS, TABLES, write_gallery
from parsed import parse
from playwright.sync_api import Browser, ConsoleMessage, Page, Response
from serving import serving
from support import CHROMIUM, build_folder

PICTURES = os.environ.get("KAIFANG_PICTURES", "")
"""A folder for pictures of all pages, "" for none."""
NARROW, WIDE = 360, 1280
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of the gallery, all of which is published."""
    folder = tmp_path_factory.mktemp("gallery")
    release = build_folder(write_gallery(folder / "in"), folder / "out")
    assert release.folder is not None
    assert release.refused == ()
    return release.folder


@pytest.fixture(scope="module")
def address(gallery: Path) -> Iterator[str]:
    """Where it is served."""
    with serving(gallery) as found:
        yield found


@pytest.mark.parametrize("name", TABLES)
def test_a_chart_tells_the_truth_or_a_sentence_tells_why_there_is_none(gallery: Path, name: str) -> None:
    """The page shows the kind of chart and the title that are known of the table, or the reason, in both languages."""
    exhibit = TABLES[name]
    page = parse((gallery / "site/datasets" / name / "index.html").read_text(encoding="utf-8"))
    told = page.all(class_="chart__finding") or page.all(class_="dataset__no-chart")
    assert [re.sub(r"\s+", " ", item.text).strip() for item in told] == [
        exhibit.words if exhibit.kind else f"没有配图：{exhibit.words}"
    ]
    english = parse((gallery / "site/en/datasets" / name / "index.html").read_text(encoding="utf-8"))
    assert len(english.all(class_="chart__finding" if exhibit.kind else "dataset__no-chart")) == 1
    assert bool(list((gallery / "site/data" / name / "charts").glob("*.svg"))) == bool(exhibit.kind)


@pytest.mark.parametrize("name", GEOMETRIES)
def test_a_page_stands_and_its_map_does_not_lie(gallery: Path, name: str) -> None:
    """What can be placed is drawn, whatever stands beside it; the rest is told in words."""
    page = parse((gallery / "site/datasets" / name / "index.html").read_text(encoding="utf-8"))
    marks = [group for layer in page.all("g", class_="map__marks") for group in layer.all("g")]
    assert len(marks) == MARKS.get(name, 0)
    assert bool(page.all(class_="map__missing")) == (name not in MARKS)
    assert not [script for script in page.all("script") if "alert" in script.text]


def test_all_points_of_a_clustered_map_stand_beside_the_page(gallery: Path) -> None:
    """Columns of one length, for both languages."""
    site = gallery / "site"
    document = json.loads((site / "datasets" / "many" / "map-0.json").read_text(encoding="utf-8"))
    assert {key: len(column) for key, column in document.items()} == {
        "styles": 1, "symbols": 1, "x": 401, "y": 401, "kind": 401, "name": 401,
    }  # fmt: skip
    for page in ("datasets/many", "en/datasets/many"):
        figure = parse((site / page / "index.html").read_text(encoding="utf-8")).one("figure", class_="map")
        assert (site / page / figure["data-points"]).resolve() == site / "datasets/many/map-0.json"


def test_maps_are_the_same_bytes_each_time(gallery: Path, tmp_path: Path) -> None:
    """A map depends on its input alone, and not on what else the portal holds."""
    again = build_folder(write_gallery(tmp_path / "in", GEOMETRIES), tmp_path / "again")
    assert again.folder is not None
    found = maps(gallery / "site")
    assert maps(again.folder / "site") == found
    assert sum('class="map"' in text for text in found.values()) == 2 * len(MARKS)


def maps(site: Path) -> Mapping[str, str]:
    """Return the maps of geometries in both languages, and the points that stand beside pages."""
    found = {}
    for path in sorted(site.rglob("datasets/*/*")):
        if path.parent.name not in GEOMETRIES or not re.fullmatch(r"index\.html|map-\d+\.json", path.name):
            continue
        text = path.read_text(encoding="utf-8")
        figures = "".join(re.findall(r'<figure class="map".*?</figure>', text, re.DOTALL))
        found[path.relative_to(site).as_posix()] = figures if path.suffix == ".html" else text
    return found


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
def test_no_page_fails_or_is_wider_than_a_phone(browser: Browser, address: str) -> None:
    """Each page answers 200, its scripts run without a fault, and nothing stands beyond the edge of the screen."""
    context = browser.new_context(viewport={"width": NARROW, "height": 800})
    page = context.new_page()
    faults = watched(page)
    for name in (*TABLES, *GEOMETRIES):
        answer = page.goto(f"{address}/datasets/{name}/")
        assert answer is not None
        if answer.status != 200:
            faults.append(f"{name}: {answer.status}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > NARROW:
            faults.append(f"{name}: {wide} pixels wide")
    context.close()
    if PICTURES:
        write_pictures(browser, address, Path(PICTURES))
    assert faults == []


def watched(page: Page) -> list[str]:
    """Return a list that gets what goes wrong on a page."""
    faults: list[str] = []

    def console(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(f"{page.url}: {message.text}")

    def response(answer: Response) -> None:
        if answer.status >= 400:
            faults.append(f"{answer.url}: {answer.status}")

    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("console", console)
    page.on("response", response)
    return faults


def write_pictures(browser: Browser, address: str, folder: Path) -> None:
    """Write each chart or map, narrow and wide, light and dark, for people who look at them."""
    folder.mkdir(parents=True, exist_ok=True)
    for width in (NARROW, WIDE):
        for scheme in SCHEMES:
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
            page = context.new_page()
            for name in (*TABLES, *GEOMETRIES):
                page.goto(f"{address}/datasets/{name}/")
                shown = page.locator(
                    ".map, .map__missing" if name in GEOMETRIES else ".chart, .dataset__no-chart"
                ).first
                shown.screenshot(path=str(folder / f"{name}-{width}-{scheme}.png"))
            context.close()
