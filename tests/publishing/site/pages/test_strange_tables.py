"""Strange tables have a page that stands, and say nothing false: empty, of one row, wide, hostile, extreme."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from parsed import Element, parse

from portal.examining.profiling.column_profiles import TableProfiler
from portal.model.catalog import Dataset, Field, Publisher, Resource, Schema
from portal.model.portal import Directory, Portal
from portal.model.text import LANGUAGES, LocalText
from portal.publishing.publication import PublishedDataset, PublishedFile, PublishedResource
from portal.publishing.site import page_registry
from portal.publishing.site.frame import rendering
from portal.publishing.site.labels import Labels
from portal.publishing.site.pages.dataset_page import dataset_page
from portal.publishing.site.render import Renderer

TODAY = date(2026, 12, 1)
HOSTILE = """</td></table><script>alert(1)</script>"'&{{ 7*191 }}"""
TURNED = "\u202eabc\u2066\u200b\u200d\ufeff"


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    """Return what fills templates."""
    return Renderer()


def page_of(
    renderer: Renderer, fields: Sequence[tuple[str, str]], rows: Sequence[Sequence[Any]], lang: str = "zh"
) -> Element:
    """Return the page of a dataset of one table."""
    profiler = TableProfiler(*zip(*fields, strict=True))
    for row in rows:
        profiler.add(row, ["" if value is None else str(value) for value in row])
    schema = Schema(tuple(Field(name, LocalText(name), type_) for name, type_ in fields))
    resource = PublishedResource(
        Resource("t", LocalText("表"), "table", "csv", "text/csv", schema=schema),
        (PublishedFile("data/d/t.csv", "csv", "text/csv", 1, "0", "t.csv"),),
        profiler.profile(),
        table_schema={"fields": [{"name": name, "type": type_} for name, type_ in fields]},
    )
    dataset = Dataset("d", LocalText("题"), "d", "d/datapackage.yaml", Publisher("p", LocalText("部门")))
    directory = Directory(Portal(LocalText("门户")))
    body = dataset_page(PublishedDataset(dataset, (resource,)), directory, Labels(directory, lang))
    template, page = rendering(page_registry.DATASET, directory, lang, TODAY, body, path="/datasets/d/", title="题")
    return parse(renderer.render(template, page))


def values_of(page: Element, column: int = 0) -> str:
    """Return what the dictionary says of the values of a column."""
    return page.one("table", class_="table--rows").one("tbody").all("tr")[column].all("td")[-1].words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_table_without_rows_has_columns_alone(renderer: Renderer, lang: str) -> None:
    """Nothing is shown of no rows, and nothing said of their values."""
    page = page_of(renderer, [("a", "integer"), ("b", "string")], [], lang)
    assert page.all("table", class_="table--look") == []
    assert [item.words for item in page.all("code", class_="table__name")] == ["a", "b"]
    assert page.all("svg") == []


def test_one_row_has_no_picture(renderer: Renderer) -> None:
    """One number has no distribution."""
    page = page_of(renderer, [("a", "integer"), ("b", "date")], [[5, date(2026, 1, 1)]])
    assert page.all("svg", class_="column-values__picture") == []
    assert (values_of(page), values_of(page, 1)) == ("5 1 个不同的值 空值：无", "2026年1月1日 1 个不同的值 空值：无")


def test_columns_without_values_or_with_one_say_so(renderer: Renderer) -> None:
    """All gaps, and one value everywhere."""
    page = page_of(renderer, [("a", "number"), ("b", "string")], [[None, "x"], [None, "x"]], "en")
    assert (values_of(page), values_of(page, 1)) == (
        "No cell has a value Empty cells: 2 (100%)",
        "The same value in every cell that has one Empty cells: None",
    )


def test_what_is_there_at_all_is_never_nought_per_cent(renderer: Renderer) -> None:
    """One gap in four thousand cells, and one value among gaps."""
    rows = [[None, 1], *[[1, None]] * 4000]
    page = page_of(renderer, [("a", "integer"), ("b", "integer")], rows, "en")
    assert [values_of(page, at).rpartition("Empty cells: ")[2] for at in (0, 1)] == ["1 (< 0.1%)", "4,000 (> 99.9%)"]


def test_two_hundred_columns_are_a_page(renderer: Renderer) -> None:
    """The first of them are shown, and all are in the dictionary."""
    page = page_of(renderer, [(f"c{number}", "integer") for number in range(200)], [list(range(200))] * 3)
    assert len(page.one("table", class_="table--look").one("tbody").all("tr")[0].all("th", "td")) == 60
    assert len(page.all("code", class_="table__name")) == 200
    assert page.one("p", class_="table-look__note").words == "另有 140 列，见下载的文件。"


@pytest.mark.parametrize("text", [HOSTILE, TURNED, HOSTILE * 40])
def test_cells_are_text_whatever_they_hold(renderer: Renderer, text: str) -> None:
    """Tags, templates, signs that turn the line around and invisible ones stand in their cell as they are."""
    page = page_of(renderer, [("a", "string"), ("n", "integer")], [[text, 1], [text, 2], [text, 3]])
    cell = page.one("table", class_="table--look").one("tbody").all("tr")[0].one("th")
    assert cell.text == (text if len(text) < 2_000 else text[:1_999] + "…")
    assert [item.text for item in page.all("script") if "alert" in item.text] == []
    assert str(7 * 191) not in page.text


def test_five_thousand_categories_are_counted_and_some_are_shown(renderer: Renderer) -> None:
    """The most frequent ones with their shares, which are true to the last cell."""
    rows = [[f"类{number:04d}"] for number in range(5_000)] * 2 + [["类0007"]]
    page = page_of(renderer, [("a", "string")], rows)
    assert values_of(page).startswith("类0007 < 0.1% 类0000 < 0.1%")
    assert values_of(page).endswith("5,000 个不同的值 空值：无")


def test_extreme_numbers_are_told_as_they_are(renderer: Renderer) -> None:
    """Negative, huge and tiny values are neither rounded nor put where they are not."""
    numbers = ["-1e300", "1e-300", "0", "1e300", "5", "5"]
    page = page_of(renderer, [("a", "number")], [[Decimal(number)] for number in numbers], "en")
    assert values_of(page).startswith("-1E+300 – 1E+300 5 different values")
    page = page_of(renderer, [("a", "integer")], [[-5], [-3], [4_000_000_000], [-5]])
    assert values_of(page) == "-5 – 4,000,000,000 3 个不同的值 最多的在 -200,000,000 至 -1 之间（75%） 空值：无"
