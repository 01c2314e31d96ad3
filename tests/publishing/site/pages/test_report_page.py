"""The report on a dataset: what was found and how to mend it, what was checked; on the site or as a file of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from parsed import Element, parse
from support import FIXTURES

from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.examining.understanding import UnderstoodDataset
from portal.findings.finding import Finding, Report, found
from portal.model.catalog import Catalog, Dataset
from portal.model.portal import Directory
from portal.model.table_profile import ColumnProfile, TableProfile
from portal.model.text import LocalText
from portal.model.understood_table import Decision, Sheet, UnderstoodTable
from portal.publishing.publication import PublishedDataset, PublishedResource
from portal.publishing.release_content import ReleaseContent
from portal.publishing.search.engine import Hits
from portal.publishing.site.refused_reports import Refusal, write_refused_reports
from portal.publishing.site.render import Renderer, write_pages
from portal.publishing.site.site_pages import site_pages
from portal.settings import load_settings

DAY = date(2026, 6, 1)
HOSTILE = "<script>alert(1)</script>"
HIDDEN_CELL = "第 1 行：张三的工资"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The tiny catalogue as it is read."""
    return load_catalog(load_settings(FIXTURES / "tiny"))[0]


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    """What fills the templates."""
    return Renderer()


def named(catalog: Catalog, name: str) -> Dataset:
    """Return the dataset of this name."""
    return next(item for item in catalog.datasets if item.name == name)


def directory(catalog: Catalog) -> Directory:
    """Return what pages need besides datasets."""
    return Directory(load_settings(FIXTURES / "tiny").portal, catalog.publishers, catalog.themes)


def published(dataset: Dataset) -> PublishedDataset:
    """Return *dataset* as published: a workbook of two sheets, three rows."""
    (resource,) = dataset.resources
    columns = tuple(ColumnProfile(field.name, 0, None) for field in resource.schema.fields)
    item = PublishedResource(
        resource,
        profile=TableProfile(3, columns),
        decisions=(Decision("sheet", "数据", "数据", f"唯一不为空 {HOSTILE}", f"the only one with cells {HOSTILE}"),),
        sheets=(Sheet("数据", 4, 5, is_chosen=True), Sheet("说明", 2, 1, is_hidden=True)),
    )
    return PublishedDataset(replace(dataset, source=None), (item,))


def wrong_types(number: int) -> tuple[Finding, ...]:
    """Return equal errors, the first in row 2."""
    return tuple(
        found(
            "type-error",
            dataset="schools",
            resource="schools",
            file="education/schools/schools.csv",
            row=row,
            column=3,
            field="学生数",
            value=HOSTILE,
            expected=LocalText("整数", "an integer"),
            example=LocalText("请填写数字。", "Write digits."),
        )
        for row in range(2, 2 + number)
    )


def nothing(catalog: Catalog) -> ReleaseContent:
    """Return the content of a release in which nothing is published."""
    return ReleaseContent(directory(catalog), (), DAY)


def pages_of_site(catalog: Catalog, renderer: Renderer, out: Path, *findings: Finding) -> dict[str, Element]:
    """Return the pages of a site with one open and one closed dataset."""
    items = [published(named(catalog, "schools")), PublishedDataset(replace(named(catalog, "salaries"), source=None))]
    hits = Hits(2, ("schools", "salaries"), {})
    content = ReleaseContent(directory(catalog), items, DAY, Report(findings))
    for lang in ("zh", "en"):
        write_pages(site_pages(content, hits, lang), renderer, out)
    return {
        path.relative_to(out).parent.as_posix(): parse(path.read_text(encoding="utf-8"))
        for path in out.rglob("index.html")
    }


def test_a_clean_dataset_has_a_report_that_says_so(catalog: Catalog, renderer: Renderer, tmp_path: Path) -> None:
    """The verdict, the day, and what was checked; nothing under what was found."""
    page = pages_of_site(catalog, renderer, tmp_path)["en/datasets/schools/report"]
    assert page.one("h1").words == "Report on “List of schools”"
    assert [item.words for item in page.all("h2")] == ["What was checked"]
    assert "Checked; there is nothing to mend." in page.words
    assert "Checked on 1 June 2026" in page.words


def test_what_was_understood_and_the_rules_stand_there(catalog: Catalog, renderer: Renderer, tmp_path: Path) -> None:
    """Decisions with how they were made, all sheets, the columns with their rules, the key."""
    page = pages_of_site(catalog, renderer, tmp_path)["en/datasets/schools/report"]
    assert f"Sheet 数据 (the only one with cells {HOSTILE})" in page.words
    assert "数据 4 rows, 5 columns; this sheet is read 说明 2 rows, 1 column; hidden" in page.words
    assert "学校代码 School code Text" in page.words
    assert {"Required", "Written so: 4 digits"} <= {item.words for item in page.one("main").all("li")}
    assert "Primary key: 学校代码" in page.words
    assert HOSTILE not in (tmp_path / "en/datasets/schools/report/index.html").read_text(encoding="utf-8")


def test_findings_stand_by_kind_with_title_explanation_places_and_mend(
    catalog: Catalog, renderer: Renderer, tmp_path: Path
) -> None:
    """A warning has its code's title and explanation, its message, its place within the dataset, and the arrow."""
    warning = found("encoding-assumed", dataset="schools", file="education/schools/schools.csv", value="GB18030")
    other = found("title-missing", dataset="salaries", file="transport/salaries/datapackage.yaml")
    pages = pages_of_site(catalog, renderer, tmp_path, warning, other)
    page = pages["en/datasets/schools/report"]
    assert [item.words for item in page.all("h2")] == ["What was found", "What was checked"]
    assert page.one("main").words.count("Warning Encoding was assumed") == 1
    assert "schools.csv → Look at the text in the preview" in page.words
    assert "education/schools/" not in page.one("main").words
    assert "title-missing" not in page.words
    assert "1 warning should be looked at" in page.words


def test_the_page_of_an_open_dataset_leads_to_its_report_and_back(
    catalog: Catalog, renderer: Renderer, tmp_path: Path
) -> None:
    """A dataset that is not open has neither report nor link."""
    pages = pages_of_site(catalog, renderer, tmp_path)
    links = [link["href"] for link in pages["datasets/schools"].one("main").all("a")]
    assert "report/" in links
    assert "../" in [link["href"] for link in pages["datasets/schools/report"].one("main").all("a")]
    assert "datasets/salaries/report" not in pages
    assert "report/" not in [link["href"] for link in pages["datasets/salaries"].one("main").all("a")]


def test_a_refused_dataset_has_a_report_of_its_own_file(catalog: Catalog, renderer: Renderer, tmp_path: Path) -> None:
    """It stands in both languages, fetches nothing, and shows a thousand equal errors as one with ten places."""
    table = UnderstoodTable("schools", tmp_path, True, ("学校代码",), encoding="gb18030", header_row=3)
    understood = UnderstoodDataset.of(named(catalog, "schools"), {"schools": table})
    refusal = Refusal("schools", wrong_types(1000), understood)
    written = write_refused_reports([refusal], nothing(catalog), renderer, tmp_path)
    assert written == [tmp_path / "schools.html"]
    text = (tmp_path / "en" / "schools.html").read_text(encoding="utf-8")
    page = parse(text)
    assert page.one("html")["lang"] == "en"
    assert [link["href"] for link in page.all("a")] == ["../schools.html"]
    assert page.all("link", "script", "img", "iframe") == []
    assert "url(" not in text
    assert "Not published: 1,000 errors have to be mended first." in page.words
    assert page.one("main").words.count("schools.csv, row ") == 10
    assert "… and 990 more places" in page.words
    assert "Header row 3" in page.words
    assert HOSTILE not in text


def test_what_could_not_be_read_has_a_report_by_its_folder(
    catalog: Catalog, renderer: Renderer, tmp_path: Path
) -> None:
    """Names of folders become plain names of files, each its own; the report says what stopped the reading."""
    finding = found("descriptor-unreadable", dataset="a/b", file="a/b/datapackage.yaml", reason=LocalText("坏", "bad"))
    refusals = [Refusal(name, (finding,)) for name in ("a/b", "a-b", "../..", "学校")]
    written = write_refused_reports(refusals, nothing(catalog), renderer, tmp_path / "reports")
    assert [path.relative_to(tmp_path).as_posix() for path in written] == [
        "reports/a-b.html",
        "reports/a-b-2.html",
        "reports/dataset.html",
        "reports/学校.html",
    ]
    page = parse((tmp_path / "reports/en/a-b.html").read_text(encoding="utf-8"))
    assert page.one("h1").words == "Report on “a/b”"
    assert "a/b/datapackage.yaml" in page.words


def test_the_report_on_a_closed_dataset_tells_nothing_of_its_cells(
    catalog: Catalog, renderer: Renderer, tmp_path: Path
) -> None:
    """Even for its publisher: no decision that quotes the file, no sheet, no label, only what the descriptor says."""
    table = UnderstoodTable(
        "salaries",
        tmp_path,
        False,
        (HIDDEN_CELL,),
        sheets=(Sheet(HIDDEN_CELL, 3, 3), Sheet("b", 1, 1)),
        decisions=(Decision("title", HIDDEN_CELL, HIDDEN_CELL), Decision("sheet", HIDDEN_CELL, HIDDEN_CELL)),
    )
    refusal = Refusal("salaries", (), UnderstoodDataset.of(named(catalog, "salaries"), {"salaries": table}))
    (path,) = write_refused_reports([refusal], nothing(catalog), renderer, tmp_path)
    text = path.read_text(encoding="utf-8")
    assert HIDDEN_CELL not in text
    assert "姓名" in text
