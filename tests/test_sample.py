"""The true half of the sample, written from documents: complete, valid on its own, and true to its sources' sums."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from frictionless import Package
from support import PROJECT

from portal.examining.examined_dataset import Rules, examine_dataset
from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.examining.validation.metadata.description_rules import check_metadata
from portal.model.catalog import Dataset
from portal.settings import load_settings

SAMPLE = PROJECT / "datasets"
CATALOG, REPORT = load_catalog(load_settings(SAMPLE))
FACTS = [dataset for dataset in CATALOG.datasets if not dataset.is_demonstration]


def rows(path: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file of the sample."""
    with (SAMPLE / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("path", sorted(SAMPLE.glob("kaifang/*/datapackage.yaml")), ids=lambda path: path.parent.name)
def test_frictionless_itself_finds_each_dataset_valid(path: Path) -> None:
    """``frictionless validate datapackage.yaml`` passes in each folder, without any of our code."""
    report = Package(str(path)).validate()
    assert report.valid, report.flatten(["type", "message"])


def test_the_descriptions_leave_nothing_to_wish() -> None:
    """No rule of the catalogue has anything to say, not even a remark."""
    assert list(REPORT + check_metadata(CATALOG, profile="basic", today=date(2026, 12, 31))) == []


@pytest.mark.parametrize("dataset", CATALOG.datasets, ids=lambda dataset: dataset.name)
def test_the_check_warns_of_no_dataset(dataset: Dataset, tmp_path: Path) -> None:
    """A newcomer's first build complains of nothing; remarks that teach something may stand there."""
    findings = examine_dataset(dataset, tmp_path, Rules(today=date(2026, 12, 31))).findings
    assert [(item.code, item.place) for item in findings if item.severity != "info"] == []


def test_the_sample_follows_the_national_guide() -> None:
    """All core elements are there, but for the social credit code of the project, which is no department."""
    errors = [item for item in check_metadata(CATALOG, profile="national") if item.severity == "error"]
    assert {(item.code, item.field) for item in errors} == {("core-elements-missing", "catalogue.publisher")}
    assert {item.dataset for item in errors} == {dataset.name for dataset in FACTS}


@pytest.mark.parametrize("dataset", FACTS, ids=lambda dataset: dataset.name)
def test_everything_is_said_in_english_too(dataset: Dataset) -> None:
    """Titles, description, keywords, resources and columns have their translation, and a source is named."""
    texts = [dataset.title, dataset.description, *dataset.keywords]
    texts += [resource.title for resource in dataset.resources]
    texts += [field.title for resource in dataset.resources for field in resource.schema.fields]
    assert all(text.zh and text.en for text in texts), [text for text in texts if not text.en]
    assert dataset.origins
    assert all(resource.schema.fields for resource in dataset.resources if resource.kind == "table")


def test_the_points_of_the_metadata_score_add_up() -> None:
    """The 23 metrics make 405 points, and the bands reach from 0 to 405 without a gap."""
    points = [int(row["分值"]) for row in rows("kaifang/metadata-quality-metrics/metrics.csv")]
    assert (len(points), sum(points)) == (23, 405)


def test_every_dated_subtask_is_due_in_2017_or_2018() -> None:
    """The order's deadlines lie between June 2017 and June 2018, at the end of a month."""
    deadlines = sorted({row["完成时限"] for row in rows("kaifang/order-39-tasks/subtasks.csv") if row["完成时限"]})
    assert deadlines == ["2017-06-30", "2017-07-31", "2017-09-30", "2017-10-31", "2017-12-31", "2018-06-30"]


def test_the_provinces_are_in_gb18030_with_codes_as_text() -> None:
    """All 34 of them, with six digits each."""
    text = (SAMPLE / "kaifang/gbt-2260-provinces/provinces.csv").read_bytes().decode("gb18030")
    codes = [line.split(",")[0] for line in text.splitlines()[1:]]
    assert len(set(codes)) == 34
    assert all(len(code) == 6 and code.endswith("0000") for code in codes)
