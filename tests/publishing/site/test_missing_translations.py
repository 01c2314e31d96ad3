"""Texts without English are listed with the key under which it belongs; what needs none is not."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

from support import PROJECT

from portal.examining.loaded import load
from portal.model.catalog import Dataset, Field, Publisher, Resource, Schema
from portal.model.portal import Directory, Portal
from portal.model.text import LocalText
from portal.publishing.publication import PublishedDataset
from portal.publishing.site.labels import Labels
from portal.publishing.site.missing_translations import missing_translations, write_missing_translations
from portal.publishing.site.pages.report_page import UNTRANSLATED_MAX, report_page
from portal.settings import load_settings

TABLE = Resource(
    "stops",
    LocalText("站点", "Stops"),
    "table",
    "csv",
    "text/csv",
    description=LocalText("一站一行"),
    schema=Schema(
        (Field("name", LocalText("站名")), Field("pm", LocalText("PM2.5")), Field("x", LocalText("经度", "x")))
    ),
)
DATASET = Dataset(
    name="bus",
    title=LocalText("公交", "Bus"),
    folder="p/bus",
    descriptor_file="p/bus/datapackage.yaml",
    publisher=Publisher("p", LocalText("局")),
    description=LocalText("=全市公交"),
    keywords=(LocalText("公交", "bus"), LocalText("站点")),
    resources=(TABLE,),
)


def test_each_text_without_english_is_named_by_its_key() -> None:
    """In the order of the descriptor; signs and what is translated are left out."""
    assert [(item.key, item.text) for item in missing_translations(DATASET)] == [
        ("translations.en.description", "=全市公交"),
        ("translations.en.keywords", "站点"),
        ("translations.en.resources.stops.description", "一站一行"),
        ("translations.en.fields.name", "站名"),
    ]


def test_the_work_list_opens_in_a_spreadsheet_and_holds_no_formula(tmp_path: Path) -> None:
    """File, key, Chinese; where nothing is missing there is no file."""
    assert write_missing_translations([DATASET], tmp_path) == 4
    with (tmp_path / "translations.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[:2] == [
        ["file", "key", "text"],
        ["p/bus/datapackage.yaml", "translations.en.description", "'=全市公交"],
    ]
    assert write_missing_translations([], tmp_path / "none") == 0
    assert not (tmp_path / "none").exists()


def test_the_report_of_a_dataset_lists_what_is_missing() -> None:
    """As many as can be read through; how many more there are is told."""
    fields = tuple(Field(f"f{at}", LocalText(f"列{at}")) for at in range(UNTRANSLATED_MAX))
    wide = replace(DATASET, resources=(replace(TABLE, schema=Schema(fields)),))
    page = report_page(PublishedDataset(wide), [], Labels(Directory(Portal()), "en"), date(2026, 6, 1))
    assert page.untranslated[0] == ("translations.en.description", "=全市公交")
    assert len(page.untranslated) == UNTRANSLATED_MAX
    assert page.untranslated_more == "… and 3 more texts"


def test_the_sample_lacks_no_english() -> None:
    """Titles, descriptions, keywords, tables, files and columns of every dataset; and every publisher has its name."""
    catalog = load(load_settings(PROJECT / "datasets")).catalog
    assert {item.name: missing_translations(item) for item in catalog.datasets if missing_translations(item)} == {}
    assert [item.id for item in catalog.publishers if not item.title.en] == []
