"""A reference to a table of another dataset that leads nowhere is told at its key; the dataset goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.examining.validation.metadata.description_rules import check_metadata
from portal.findings.words import said
from portal.settings import load_settings

LISTED = {
    "name": "codes",
    "resources": [
        {"name": "districts", "path": "d.csv", "schema": {"fields": [{"name": "代码"}, {"name": "名称"}]}},
        {"name": "bare", "path": "d.csv"},
    ],
}
GOOD = {"dataset": "codes", "resource": "districts", "fields": "代码"}


def told(write_dataset: Callable[..., Path], reference: object) -> list[tuple[str | None, str]]:
    """Return the keys that findings on references name, and their reasons in English."""
    fields = [{"name": "编号"}, {"name": "区划", "reference": reference}]
    descriptor = {"name": "made", "resources": [{"name": "t", "path": "d.csv", "schema": {"fields": fields}}]}
    write_dataset(yaml.safe_dump(LISTED, allow_unicode=True), folder="codes", d__csv="")
    folder = write_dataset(yaml.safe_dump(descriptor, allow_unicode=True), folder="made", d__csv="")
    catalog, _ = load_catalog(load_settings(folder))
    report = check_metadata(catalog, profile="basic")
    return [
        (item.field, said(dict(item.details)["reason"], "en")) for item in report if item.code == "reference-unusable"
    ]


@pytest.mark.parametrize(
    ("reference", "key", "reason"),
    [
        ("codes", "", "it should be a mapping"),
        ({"dataset": "codes", "fields": "代码"}, ".resource", "resource is missing"),
        (GOOD | {"dataset": "code"}, ".dataset", 'the catalogue has no dataset "code"'),
        (GOOD | {"dataset": "made"}, ".dataset", "within a dataset that is what foreignKeys are for"),
        (
            GOOD | {"resource": "district"}, ".resource",
            'the dataset "codes" has no resource "district" but bare, districts',
        ),
        (GOOD | {"fields": "区划代码"}, ".fields", '"districts" has no column "区划代码" but 代码, 名称'),
        (GOOD | {"fields": ["代码", "名称"]}, ".fields", "it should be the name of one column"),
    ],
)  # fmt: skip
def test_a_reference_that_leads_nowhere_is_told(
    write_dataset: Callable[..., Path], reference: object, key: str, reason: str
) -> None:
    """With its place, and what is there instead."""
    assert told(write_dataset, reference) == [(f"resources[1].schema.fields[2].reference{key}", reason)]


@pytest.mark.parametrize("reference", [GOOD, GOOD | {"fields": ["代码"]}, GOOD | {"resource": "bare"}, None])
def test_one_that_leads_somewhere_is_not(write_dataset: Callable[..., Path], reference: object) -> None:
    """Nor one to a table whose columns nobody declared."""
    assert told(write_dataset, reference) == []
