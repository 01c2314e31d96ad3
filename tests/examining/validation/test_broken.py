"""The smallest data for each finding: `fixtures/broken/<code>/` with the errors that are expected of it."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

import pytest
from support import FIXTURES

from portal.examining.examined_dataset import Rules, examine_dataset
from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.examining.validation.metadata.description_rules import check_metadata
from portal.findings.codes import CODES
from portal.findings.finding import Report
from portal.findings.words import mend_of, message_of
from portal.settings import load_settings

BROKEN = sorted(FIXTURES.glob("broken/*"))


def check(folder: Path) -> Report:
    """Read and examine a folder of datasets."""
    settings = load_settings(folder)
    catalog, report = load_catalog(settings)
    report = report + check_metadata(catalog, profile=settings.profile)
    with tempfile.TemporaryDirectory() as work:
        for dataset in catalog.datasets:
            report = report + examine_dataset(dataset, Path(work) / dataset.name, Rules(settings.limits)).findings
    return report


def errors(report: Report) -> list[str]:
    """Return code, place and field of every error, one line each."""
    return [f"{item.code} {item.place} {item.field or '-'}" for item in report if item.severity == "error"]


@pytest.mark.parametrize("folder", BROKEN, ids=lambda folder: folder.name)
def test_broken_data_give_exactly_the_expected_errors(folder: Path) -> None:
    """Every fixture has its errors, each at its file, row and column, and no others."""
    assert errors(check(folder)) == (folder / "expected.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("folder", BROKEN, ids=lambda folder: folder.name)
def test_every_finding_says_what_and_how_to_mend_in_both_languages(folder: Path) -> None:
    """No finding lacks a text, and no detail of one is left unfilled."""
    for finding in check(folder):
        texts = [message_of(finding).zh, message_of(finding).en, mend_of(finding).zh, mend_of(finding).en]
        assert all(texts)
        assert not any("…" in text or re.search(r"\{\w+\}", text) for text in texts), texts


def test_the_fixture_of_a_code_shows_that_code() -> None:
    """A folder is named after a declared code that its data really give."""
    for folder in BROKEN:
        codes = [line.split()[0] for line in (folder / "expected.txt").read_text(encoding="utf-8").splitlines()]
        assert folder.name in CODES
        assert folder.name in codes


def test_one_bad_dataset_never_stops_the_others(tmp_path: Path) -> None:
    """All broken datasets beside the good ones: exactly the good ones are without an error."""
    for folder in BROKEN:
        shutil.copytree(folder, tmp_path / "all" / folder.name)
    shutil.copytree(FIXTURES / "tiny", tmp_path / "all", dirs_exist_ok=True)
    catalog, _ = load_catalog(load_settings(tmp_path / "all"))
    accepted = {dataset.name for dataset in catalog.datasets} - check(tmp_path / "all").refused()
    assert {"schools", "bus-lines", "salaries"} <= accepted
