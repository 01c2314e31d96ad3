"""Descriptors become datasets: what is resolved, and from where."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from support import FIXTURES

from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.model.catalog import Dataset, ForeignKey, Resource
from portal.model.text import LocalText
from portal.settings import load_settings


def only(folder: Path) -> Dataset:
    """Return the one dataset of a folder."""
    catalog, _ = load_catalog(load_settings(folder))
    (dataset,) = catalog.datasets
    return dataset


def test_a_dataset_has_what_its_descriptor_says() -> None:
    """Titles in two languages, themes and dates resolved, columns with their English titles."""
    catalog, report = load_catalog(load_settings(FIXTURES / "tiny"))
    schools = next(item for item in catalog.datasets if item.name == "schools")
    assert list(report) == []
    assert schools.title == LocalText("学校名录", "List of schools")
    assert schools.publisher.title.en == "Small Town Education Bureau"
    assert [theme.title.zh for theme in schools.themes] == ["教育文化"]
    assert schools.keywords == (LocalText("学校", "schools"), LocalText("教育", "education"))
    assert (schools.published, schools.updated) == (date(2026, 3, 1), date(2026, 3, 1))
    assert [licence.url for licence in schools.licences] == ["https://creativecommons.org/licenses/by/4.0/"]
    assert schools.resources[0].schema.fields[2].title.en == "Pupils"
    assert schools.resources[0].schema.primary_key == ("学校代码",)


def test_keys_between_tables_are_read() -> None:
    """A foreign key names the table it refers to."""
    catalog, _ = load_catalog(load_settings(FIXTURES / "tiny"))
    stops = next(item for item in catalog.datasets if item.name == "bus-lines").resources[1]
    assert stops.schema.foreign_keys == (ForeignKey(("线路",), "lines", ("线路",)),)


@pytest.mark.parametrize(
    ("lines", "publisher"),
    [
        ("catalogue: {publisher: office}", ("office", "办公室")),
        ("catalogue: {publisher: 办公室}", ("office", "办公室")),
        ("contributors: [{title: 办公室, roles: [publisher]}]", ("office", "办公室")),
        ("contributors: [{title: 别处, role: publisher}]", ("bie-chu", "别处")),
        ("contributors: [{title: 别处, role: author}]", ("unknown", "未注明")),
        ("", ("unknown", "未注明")),
    ],
)
def test_the_publisher_is_resolved(write_dataset: Callable[..., Path], lines: str, publisher: tuple[str, str]) -> None:
    """As the catalogue block says, else a contributor, else nobody."""
    root = write_dataset(f"name: made\nresources: []\n{lines}\n")
    (root / "publishers.yaml").write_text("publishers: [{id: office, name: 办公室}]\n", encoding="utf-8")
    dataset = only(root)
    assert (dataset.publisher.id, dataset.publisher.title.zh) == publisher


def test_the_parent_folder_names_the_publisher(write_dataset: Callable[..., Path]) -> None:
    """Where publishers.yaml knows it."""
    root = write_dataset("name: made\nresources: []\n", folder="office/made")
    (root / "publishers.yaml").write_text("publishers: [{id: office, name: 办公室}]\n", encoding="utf-8")
    assert only(root).publisher.id == "office"


@pytest.mark.parametrize(
    ("entry", "kind", "format_"),
    [
        ("path: a.csv", "table", "csv"),
        ("path: a.CSV", "table", "csv"),
        ("path: a.txt, format: csv", "table", "csv"),
        ("path: a.xlsx", "table", "xlsx"),
        ("path: a.json", "table", "json"),
        ("path: a.json, type: table", "table", "json"),
        ("path: a.json, schema: {fields: [{name: a}]}", "table", "json"),
        ("path: a.geojson", "table", "geojson"),
        ("path: a.csv.gz", "table", "csv"),
        ("path: a.csv.zip, format: csv", "table", "csv"),
        ("path: a.zip", "file", "zip"),
        ("path: a.pdf", "file", "pdf"),
        ("path: https://example.cn/a.csv", "link", "csv"),
        ("url: https://example.cn/a.csv?x=1", "link", "csv"),
        ("data: [{a: 1}]", "table", "json"),
        ("data: {a: 1}", "file", "json"),
        ("path: [a.csv, b.csv]", "table", "csv"),
    ],
)
def test_the_kind_of_a_resource(write_dataset: Callable[..., Path], entry: str, kind: str, format_: str) -> None:
    """What may be a table is opened, other files are published as they are, addresses only shown."""
    resource: Resource = only(write_dataset(f"name: made\nresources: [{{name: r, {entry}}}]\n")).resources[0]
    assert (resource.kind, resource.format) == (kind, format_)


def test_keys_that_reach_elsewhere_are_kept_from_the_validator(write_dataset: Callable[..., Path]) -> None:
    """Schemes, archives' inner paths and pipelines are dropped from what Frictionless gets to see."""
    root = write_dataset(
        "name: made\nresources:\n  - {name: r, path: a.csv, scheme: s3, innerpath: ../x, compression: zip, "
        "pipeline: p.yaml, checklist: c.yaml, basepath: /etc, extrapaths: [../../x], profile: https://example.com/p}\n"
    )
    source = only(root).source
    assert source is not None
    assert source.descriptor["resources"] == [{"name": "r", "path": "a.csv"}]


def test_datasets_come_in_the_order_of_names(write_dataset: Callable[..., Path]) -> None:
    """Wherever their folders are."""
    for folder, name in (("z", "alpha"), ("a", "omega"), ("m/n/o", "beta")):
        root = write_dataset(f"name: {name}\nresources: []\n", folder=folder)
    catalog, _ = load_catalog(load_settings(root))
    assert [dataset.name for dataset in catalog.datasets] == ["alpha", "beta", "omega"]


@pytest.mark.parametrize(
    ("other", "state"),
    [
        ('{"name": "made", "resources": [], "catalogue": {"open": true}}', "open"),
        ('{"name": "made", "resources": []}', "open"),
        ('{"name": "made", "resources": [], "catalogue": {"open": {"is_open": false}}}', "closed"),
        ('{"name": "made", "resources": [], "catalogue": {"isopen": false}}', "closed"),
        ('{"name": "made", "resources": [], "catalogue": {"sharing": "none"}}', "closed"),
        ("{", "closed"),
    ],
)
def test_a_second_descriptor_that_keeps_files_in_counts(
    write_dataset: Callable[..., Path], other: str, state: str
) -> None:
    """Of two descriptors in a folder one is used, but nothing goes out that the other one closes: that is an error."""
    root = write_dataset("name: made\nresources: []\n", datapackage__json=other)
    catalog, report = load_catalog(load_settings(root))
    codes = [item.code for item in report if item.code == "openness-unclear"]
    assert ([item.open_state for item in catalog.datasets], codes) == (
        [state],
        [] if state == "open" else ["openness-unclear"],
    )
