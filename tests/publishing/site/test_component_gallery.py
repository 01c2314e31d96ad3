"""The gallery of components: made where it is asked for; all examples on one page, whole and set apart."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from parsed import Element, parse
from support import TODAY, build_folder

from portal.model.addresses import COMPONENTS, in_language, site_file
from portal.model.portal import Directory, Portal
from portal.model.text import LANGUAGES
from portal.publishing.site.assets import joined
from portal.publishing.site.component_gallery import gallery_page
from portal.publishing.site.render import Renderer, installed_templates

NAMES = sorted(path.stem for path in (installed_templates() / "components").glob("*.html"))
STYLES_BYTES_MAX = 1000
"""Of the style sheet that this page alone loads."""


def gallery(lang: str) -> str:
    """Return the page as a build writes it."""
    renderer = Renderer()
    return renderer.render(*gallery_page(Directory(Portal(has_gallery=True)), lang, TODAY, renderer, None))


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """The page in each language."""
    return {lang: gallery(lang) for lang in LANGUAGES}


@pytest.fixture(scope="module", params=LANGUAGES)
def page(request: pytest.FixtureRequest, texts: dict[str, str]) -> Element:
    """The page in one language, parsed."""
    return parse(texts[request.param])


def test_every_component_is_in_the_gallery(page: Element) -> None:
    """Each with its name, its purpose, its parameters, and at least one example that cannot be pressed."""
    parts = page.all("section", class_="gallery__component")
    assert [part.all("h3")[0].words for part in parts] == NAMES
    for part in parts:
        assert part.all("p")[0].words
        assert part.all("code")
        assert part.all("div", class_="gallery__example")
        assert all("inert" in frame.attributes for frame in part.all("div", class_="gallery__example"))


def test_ids_of_all_examples_are_unique_and_what_refers_to_them_exists(page: Element) -> None:
    """Also of two examples of one component, and of headings that stand outside of it on a page."""
    ids = [item["id"] for item in page.all() if "id" in item.attributes]
    asked = {
        one
        for item in page.all()
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list", "form")
        for one in item.attributes.get(name, "").split()
    }
    inside = {link["href"][1:] for link in page.all("a") if link.attributes.get("href", "").startswith("#")}
    assert len(ids) == len(set(ids))
    assert (asked | inside) - set(ids) == set()


def test_examples_show_what_they_fold(page: Element) -> None:
    """Nobody could unfold it: all is open, even where one of several would be."""
    folds = [fold for frame in page.all("div", class_="gallery__example") for fold in frame.all("details")]
    assert folds
    assert {("open" in fold.attributes, "name" in fold.attributes) for fold in folds} == {(True, False)}


def test_examples_lead_nowhere(page: Element) -> None:
    """What an example links to is the component itself; its pictures are one that every site has."""
    for frame in page.all("div", class_="gallery__example"):
        assert all(link["href"].startswith("#component-") for link in frame.all("a") if "href" in link.attributes)
        assert {Path(image["src"]).name for image in frame.all("img")} <= {"mark.svg"}


def test_the_page_has_one_main_part_and_headings_without_gaps(page: Element) -> None:
    """Examples bring headings of their own, which stand below that of the component or end it."""
    levels = [int(item.tag[1]) for item in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert len(page.all("main")) == levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_colours_tell_their_contrast_in_light_and_dark(page: Element) -> None:
    """Text on paper first, and the eight colours of charts with five shades."""
    shown = {
        item.one("b").words: re.findall(r"(#\w+)[:：] ?([\d.]+)", item.words)
        for group in page.all("ul", class_="gallery__tokens")
        for item in group.all("li")
    }
    assert len([name for name in shown if name.startswith("series-")]) == 8
    assert len([name for name in shown if name.startswith("map-shade-")]) == 5
    assert shown["ink"] == [("#17212d", "16.3"), ("#e7ecf2", "15.3")]


def test_the_gallery_is_the_same_each_time(texts: dict[str, str]) -> None:
    """Nothing in it depends on the moment or on what was rendered before."""
    assert {lang: gallery(lang) for lang in LANGUAGES} == texts


def test_only_a_catalogue_that_asks_has_a_gallery(tiny: Path, tiny_release: Path, tmp_path: Path) -> None:
    """The about page leads there; the sitemap does not."""
    with (tiny / "catalog.yaml").open("a", encoding="utf-8") as file:
        file.write("\ngallery: true\n")
    release = build_folder(tiny, tmp_path / "build").folder
    assert release is not None
    pages = [site_file(in_language(lang, COMPONENTS)) for lang in LANGUAGES]
    assert [(release / "site" / page).is_file() for page in pages] == [True, True]
    assert [(tiny_release / "site" / page).is_file() for page in pages] == [False, False]
    assert 'href="components/"' in (release / "site/about/index.html").read_text(encoding="utf-8")
    assert COMPONENTS not in "".join(path.read_text("utf-8") for path in (release / "site").glob("sitemap*.xml"))
    assert '<meta name="robots" content="noindex">' in (release / "site" / pages[0]).read_text(encoding="utf-8")


def test_its_own_styles_are_small() -> None:
    """No other page loads them."""
    assert len(joined("gallery").encode()) <= STYLES_BYTES_MAX
