"""The recipe on whole folders: what is published, what is refused, and what never leaves."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from support import FIXTURES, SHARED, TODAY, build_folder, needs_shared_data

from portal.examining.examined_dataset import Rules, examine_dataset
from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.findings.words import message_of
from portal.model.catalog import Edition
from portal.pipeline import build
from portal.publishing.release import Release
from portal.settings import load_settings

GOOD = """name: {name}
title: 好的
description: 没有问题的数据集。
licenses: [{{name: CC-BY-4.0}}]
resources: [{{name: table, path: table.csv}}]
"""


def codes(result: Release) -> list[tuple[str, str | None]]:
    """Return code and dataset of every error."""
    return [(item.code, item.dataset) for item in result.report if item.severity == "error"]


def test_the_tiny_catalogue_is_published_whole(tiny_build: Release) -> None:
    """Three datasets, with rows and formats as their files have them; what is not open has none."""
    assert tiny_build.refused == ()
    assert [(item.dataset.name, item.rows, item.formats) for item in tiny_build.published] == [
        ("bus-lines", 5, ("CSV", "JSON", "XLSX")),
        ("salaries", 0, ()),
        ("schools", 3, ("CSV", "JSON", "XLSX")),
    ]


def test_an_address_that_was_never_stated_is_told_once(tiny: Path, tmp_path: Path) -> None:
    """A note and no more, however many files hold addresses; the catalogue file that states one ends it."""
    report = build_folder(tiny, tmp_path / "build").report
    assert [(item.severity, item.place, item.field, item.value) for item in report if item.dataset is None] == [
        ("info", "catalog.yaml", "base_url", "http://127.0.0.1:8000")
    ]
    with (tiny / "catalog.yaml").open("a", encoding="utf-8") as file:
        file.write("base_url: https://data.example.cn\n")
    report = build_folder(tiny, tmp_path / "build").report
    assert [item.code for item in report if item.dataset is None] == []


def test_equal_input_gives_equal_files(tiny_release: Path, tmp_path: Path) -> None:
    """Another process with another hash seed and two workers makes the same bytes; only the times differ."""
    command = [sys.executable, "-m", "portal", "build", str(FIXTURES / "tiny"), "--out", str(tmp_path / "build")]
    environment = {**os.environ, "PYTHONHASHSEED": "7", "KAIFANG_CACHE": str(tmp_path / "cache")}
    subprocess.run(
        [*command, "--today", TODAY.isoformat(), "--jobs", "2"], check=True, capture_output=True, env=environment
    )
    other = tmp_path / "build" / "current"
    assert (other / "manifest.json").read_bytes() == (tiny_release / "manifest.json").read_bytes()
    documents = [json.loads((folder / "release.json").read_text("utf-8")) for folder in (other, tiny_release)]
    assert {key for key in documents[0] if documents[0][key] != documents[1][key]} <= {"id", "built_at"}


def test_what_is_not_open_is_in_no_file_of_the_release(tiny_release: Path) -> None:
    """The cells of a dataset that is not open stand nowhere: no page, file, index or report; its entry does."""
    for path in tiny_release.rglob("*"):
        if path.is_file():
            assert b"CANARY-7f3a" not in path.read_bytes(), path
            assert b"99999" not in path.read_bytes(), path
    assert not (tiny_release / "site" / "data" / "salaries").exists()
    assert (tiny_release / "site" / "datasets" / "salaries" / "index.html").exists()


def test_a_fault_in_what_is_not_open_is_reported_without_its_value(tiny: Path, tmp_path: Path) -> None:
    """The finding names row and column; neither its value nor its text quotes the cell."""
    (tiny / "transport" / "salaries" / "salaries.csv").write_text("姓名,工资\n甲,SECRET-1\n", encoding="utf-8")
    result = build_folder(tiny, tmp_path / "build")
    finding = next(item for item in result.report if item.code == "type-error")
    assert (finding.dataset, finding.row, finding.column, finding.value) == ("salaries", 2, 2, None)
    assert "SECRET-1" not in str(finding)
    assert result.folder is not None
    assert all(b"SECRET-1" not in path.read_bytes() for path in result.folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "opening",
    [
        "open: {is_open: false}",
        "open: false",
        "open: {is_open: true, condition: 需申请}",
        "open: {condition: 需申请}",
        "planned: {on: 2027-01-01}",
        "planned: {on: soon}",
        "planned: soon",
    ],
)
def test_only_a_plain_yes_opens_a_dataset(write_dataset: Callable[..., Path], tmp_path: Path, opening: str) -> None:
    """Whatever else stands under open or planned keeps the file in the folder."""
    descriptor = GOOD.format(name="made") + f"catalogue: {{{opening}}}\n"
    result = build_folder(write_dataset(descriptor, table__csv="a\nCANARY-x\n"), tmp_path / "build")
    assert [item.dataset.is_open for item in result.published] == [False]
    assert result.folder is not None
    assert all(b"CANARY-x" not in path.read_bytes() for path in result.folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("lines", "field"),
    [
        ("catalogue: {open: 'no'}", "catalogue.open"),
        ("catalogue: {open: {isopen: false}}", "catalogue.open.isopen"),
        ("Catalogue: {open: false}", "Catalogue"),
    ],
)
@pytest.mark.parametrize("edition", ["open", "sharing"])
def test_what_is_unclear_about_openness_publishes_nothing(
    write_dataset: Callable[..., Path], tmp_path: Path, lines: str, field: str, edition: Edition
) -> None:
    """The dataset is refused in both editions with an error at the key, and no byte of the release holds a cell."""
    root = write_dataset(f"{GOOD.format(name='made')}{lines}\n", table__csv="a\nCANARY-x\n")
    result = build(load_settings(root, edition=edition), tmp_path / "build", today=TODAY)
    assert [(item.code, item.field) for item in result.report if item.severity == "error"] == [
        ("openness-unclear", field)
    ]
    assert result.folder is not None
    assert all(b"CANARY-x" not in path.read_bytes() for path in result.folder.rglob("*") if path.is_file())


def test_a_dataset_that_says_nothing_is_open(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """Plain Frictionless packages come from open data."""
    result = build_folder(write_dataset(GOOD.format(name="made"), table__csv="a\n1\n"), tmp_path / "build")
    assert [item.dataset.is_open for item in result.published] == [True]


def test_strict_releases_nothing_where_anything_is_refused(tiny: Path, tmp_path: Path) -> None:
    """The release before stays; without strict the others go on."""
    out = tmp_path / "build"
    first = build_folder(tiny, out).folder
    (tiny / "education" / "schools" / "schools.csv").write_text("nonsense\n", encoding="utf-8")
    refused = build_folder(tiny, out, strict=True)
    assert refused.folder is None
    assert refused.refused == ("schools",)
    assert (out / "current").resolve() == first
    assert [item.dataset.name for item in build_folder(tiny, out).published] == ["bus-lines", "salaries"]


def test_what_nobody_foresaw_is_a_finding(tiny: Path, tmp_path: Path) -> None:
    """A dataset whose examination itself fails has one finding that says so, and nothing is raised."""
    catalog, _ = load_catalog(load_settings(tiny))
    whole = catalog.datasets[0]
    assert whole.source is not None
    broken = replace(whole, source=replace(whole.source, descriptor={}))
    examined = examine_dataset(broken, tmp_path, Rules())
    assert [item.code for item in examined.findings] == ["processing-failed"]
    assert not examined.is_passed


def test_an_empty_folder_is_an_empty_portal(tmp_path: Path) -> None:
    """A portal can begin without data."""
    (tmp_path / "datasets").mkdir()
    result = build_folder(tmp_path / "datasets", tmp_path / "build")
    assert result.published == ()
    assert result.folder is not None
    assert (result.folder / "site" / "index.html").exists()


def test_the_folder_of_releases_is_not_read_as_data(write_dataset: Callable[..., Path]) -> None:
    """Building into the folder of datasets itself does not find its own output."""
    root = write_dataset(GOOD.format(name="made"), table__csv="a\n1\n")
    for _ in range(2):
        assert [item.dataset.name for item in build_folder(root, root / "build").published] == ["made"]


def test_search_records_hold_no_place_of_this_machine(tiny_release: Path) -> None:
    """A release says nothing about where it was built."""
    with sqlite3.connect(tiny_release / "search" / "records.sqlite") as database:
        rows = [row[0] for row in database.execute("SELECT record FROM dataset")]
    assert rows
    assert all(str(FIXTURES).encode() not in row for row in rows)


@needs_shared_data
def test_real_packages_are_judged_as_frictionless_judges_them(tmp_path: Path) -> None:
    """Valid packages are published; the others are refused with the same error types at the same rows.

    Two differ: a descriptor that ends in .yml, which Frictionless does not read and we do; and a table whose data rows
    are wider than its header, where Frictionless takes the second row for the header (six errors in its labels) and we
    the first, which names exactly the fields of the schema (an extra cell in every row).
    """
    observed = json.loads((SHARED / "packages" / "observed.json").read_text(encoding="utf-8"))["packages"]
    result = build_folder(SHARED / "packages", tmp_path / "build")
    published = {item.dataset.descriptor_file for item in result.published}
    refused: dict[str, list[str]] = {}
    folders = {item.file.split("/")[0]: item.file.split("/")[0] for item in result.report if item.file}
    for item in result.report:
        if item.severity == "error" and item.file and item.resource != "co2-mm-gl":
            row = f" row {item.row}" if item.row else ""
            refused.setdefault(folders[item.file.split("/")[0]], []).append(f"{row}: {item.code}")
    for path, verdict in observed.items():
        descriptor = path.removeprefix("packages/")
        folder = descriptor.split("/")[0]
        if folder == "country-codes":
            assert descriptor in published
            continue
        assert (descriptor in published) == verdict["valid"], path
        errors_of_guessed_header = 6 if folder == "co2-ppm" else 0
        assert len(refused.get(folder, [])) == verdict["n_errors"] - errors_of_guessed_header, path
        for line in verdict["first"]:
            code = line.split(": ")[-2].split()[-1] if " row " in line else line.split(":")[0]
            row = f" row {line.split(' row ')[1].split(':')[0]}" if " row " in line else ""
            assert f"{row}: {code}" in refused[folder], (path, line)


def test_an_inline_object_is_published_as_json(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """Data in the descriptor that are no table become a file."""
    root = write_dataset(GOOD.format(name="made").replace("path: table.csv", "data: {a: [1, 2]}"))
    result = build_folder(root, tmp_path / "build")
    assert result.refused == ()
    assert result.folder is not None
    document = (result.folder / "site" / "data" / "made" / "table.json").read_text(encoding="utf-8")
    assert json.loads(document) == {"a": [1, 2]}


def test_a_format_that_was_left_out_is_told(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """A table that no sheet holds is published without XLSX, and the report says why."""
    root = write_dataset(GOOD.format(name="made"), table__csv="a\n1\n2\n")
    (root / "catalog.yaml").write_text("limits: {xlsx_rows_max: 1}\n")
    report = build_folder(root, tmp_path / "build").report
    assert [message_of(item).en for item in report if item.code == "format-left-out"] == [
        "No XLSX file was made: the table does not fit into a sheet."
    ]
