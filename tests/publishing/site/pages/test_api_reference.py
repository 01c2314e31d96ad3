"""The reference on the page for developers holds what the description for programs holds, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from parsed import Element, parse

from portal.model.portal import Portal
from portal.model.rates import Rates
from portal.publishing.endpoints import ENDPOINTS
from portal.publishing.site.pages.api_reference import answer_shapes
from portal.publishing.site.pages.developers_page import developers_page
from portal.publishing.site.pages.shape_words import SHAPE_WORDS
from portal.serving.v1.openapi import document


@pytest.fixture(scope="module", params=["developers", "en/developers"])
def page(request: pytest.FixtureRequest, tiny_release: Path) -> Element:
    """The page in each language."""
    return parse((tiny_release / "site" / request.param / "index.html").read_text(encoding="utf-8"))


def test_every_operation_parameter_and_shape_is_there(page: Element) -> None:
    """Each has its place to jump to, with its parameters and statuses in the order of the declaration."""
    described = document("")
    shown = {item["id"] for item in page.all("h3") if "id" in item.attributes}
    operations = {f"api-{one.operation}" for one in ENDPOINTS}
    shapes = {f"shape-{name}" for name in described["components"]["schemas"]}
    assert shown >= operations | shapes
    for one in ENDPOINTS:
        (part,) = [
            item for item in page.all("section", class_="endpoint") if item.one("h3")["id"] == f"api-{one.operation}"
        ]
        words = part.words
        assert [item.name for item in one.parameters if item.name not in words and item.name != "columns"] == []
        assert [status for status in one.errors if str(status) not in words] == []


def test_shapes_are_those_of_the_description() -> None:
    """Every key of every shape, by its name."""
    described = {
        name: list(schema.get("properties", {}))
        for name, schema in sorted(document("")["components"]["schemas"].items())
    }
    kept = {name: [key for key, _type, _about in shape["keys"]] for name, shape in answer_shapes()["shapes"].items()}
    assert kept == described


def test_every_sentence_about_a_shape_can_be_translated() -> None:
    """What the server's models say of themselves is marked for the translators, and nothing else."""
    told = {
        text
        for shape in answer_shapes()["shapes"].values()
        for text in (shape["about"], *(about for _key, _type, about in shape["keys"]))
        if text
    }
    assert set(SHAPE_WORDS) == told


def test_the_contents_lead_to_every_part(page: Element) -> None:
    """The table of contents names the headings of the page, in their order."""
    links = [link["href"].removeprefix("#") for link in page.one("nav", class_="contents").all("a")]
    assert links == [item["id"] for item in page.all("h2") if item.attributes.get("id") not in ("contents-title", None)]


def test_a_portal_without_datasets_has_a_page_without_examples() -> None:
    """Nothing is proposed that could not be tried."""
    page = developers_page((), Portal(), "en")
    assert (page.sample, page.sample_rows, page.examples) == (None, (), ())
    assert [one.id for one in page.endpoints if "{" in one.example] == []


def test_rates_are_those_of_the_portal() -> None:
    """What an operator sets is what the page tells."""
    table = developers_page((), Portal(rates=Rates(rows=1200, searches=7, lookups=3)), "en").rates
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Queries, counts and exports of rows", "1,200"],
        ["Searches of the catalogue", "7"],
        ["Other requests to the API", "3"],
    ]
