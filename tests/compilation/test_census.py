"""The census: five departments' workbooks compiled, what is planted in them found, and the catalogue written again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from census_books import Planted, five_departments, portal_with_departments
from clerk import marked
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from portal.cli import commands
from portal.compilation.census import Compiled, compile_census, export_census
from portal.compilation.census_sheets import read_census
from portal.compilation.entries import record_of
from portal.compilation.three_way import import_records
from portal.formats.census import SHEET
from portal.reading.catalog import load_catalog
from portal.reading.registers import load_publishers
from portal.settings import load_settings

TODAY = date(2026, 6, 1)


@pytest.fixture
def datasets(tmp_path: Path) -> Path:
    """Return a portal that knows the departments."""
    return portal_with_departments(tmp_path / "datasets")


def compiled_from(paths: list[Path], datasets: Path, work_dir: Path) -> Compiled:
    """Read and merge workbooks."""
    publishers, _ = load_publishers(load_settings(datasets))
    return compile_census([read_census(path, work_dir) for path in paths], publishers, TODAY)


def run(*arguments: str) -> Result:
    """Run the command line in English."""
    return CliRunner(env={"KAIFANG_LANG": "en"}).invoke(commands, arguments, standalone_mode=False)


def test_every_planted_fault_is_found_and_nothing_else(tmp_path: Path, datasets: Path) -> None:
    """Sixty resources in five workbooks of four layouts: each fault at its sheet and cell, no finding more."""
    paths, planted = five_departments(tmp_path)
    compiled = compiled_from(paths, datasets, tmp_path)
    found = [Planted(item.code, item.file or "", item.row, item.column) for item in compiled.findings]
    skipped = [item for item in found if item.code == "census-row-skipped"]
    assert sorted(map(repr, (item for item in found if item not in skipped))) == sorted(map(repr, planted))
    assert len(skipped) == 3
    assert [publisher.id for publisher in compiled.not_reported] == ["finance"]
    assert sum(len(book.entries) for book in compiled.books) == 64


def test_what_contradicts_waits_and_all_else_becomes_entries(tmp_path: Path, datasets: Path) -> None:
    """An entry with an error, or in conflict, is not written; the same entry twice is one."""
    paths, _ = five_departments(tmp_path)
    merged = compiled_from(paths, datasets, tmp_path).merged
    outcome = import_records(merged.records, datasets, "census", TODAY, withheld=merged.withheld)
    assert len(merged.withheld) == 19
    assert len(outcome.written) == len(merged.records) == 44
    assert len(list(datasets.rglob("datapackage.yaml"))) == 44


def test_export_import_export_is_identical(tmp_path: Path, datasets: Path) -> None:
    """The catalogue as a workbook makes the same catalogue elsewhere, to the byte of its workbook."""
    paths, _ = five_departments(tmp_path)
    import_records(compiled_from(paths, datasets, tmp_path).merged.records, datasets, "census", TODAY)
    first, _ = load_catalog(load_settings(datasets))
    workbook = tmp_path / "first.xlsx"
    workbook.write_bytes(export_census(first))
    again = portal_with_departments(tmp_path / "again")
    compiled = compiled_from([workbook], again, tmp_path)
    assert {item.code for item in compiled.findings} == {"census-data-type-unknown", "census-not-reported"}
    import_records(compiled.merged.records, again, "census", TODAY)
    second, _ = load_catalog(load_settings(again))
    assert export_census(second) == workbook.read_bytes()
    assert [record_of(item) for item in second.datasets] == [record_of(item) for item in first.datasets]


def test_a_department_gets_its_own_part(tmp_path: Path, datasets: Path) -> None:
    """``--publisher`` keeps the entries of one department; ``export census`` never overwrites."""
    paths, _ = five_departments(tmp_path)
    import_records(compiled_from(paths, datasets, tmp_path).merged.records, datasets, "census", TODAY)
    target = tmp_path / "部门.xlsx"
    arguments = ("export", "census", "-o", str(target), "--publisher", "health", "--datasets", str(datasets))
    assert run(*arguments).return_value == 0
    book = read_census(target, tmp_path)
    assert {item.record.provider for item in book.entries} == {"示范市卫生健康委员会"}
    assert len(book.entries) == 9
    assert "already" in str(run(*arguments).exception)
    assert "no publisher" in str(run(*arguments[:5], "nobody", *arguments[6:]).exception)


def test_the_command_imports_and_sends_every_workbook_back(tmp_path: Path, datasets: Path) -> None:
    """The receipts are the departments' own sheets with the wrong cells marked, on both sides of a conflict."""
    paths, _ = five_departments(tmp_path)
    receipts = tmp_path / "receipts"
    files = [str(path) for path in paths]
    arguments = ("--datasets", str(datasets), "--receipts", str(receipts), "--today", "2026-06-01")
    done = run("import", "census", *files, *arguments)
    assert done.exception is None
    assert done.return_value == 1
    assert "Workbooks: 5; departments that reported: 5, that did not: 1." in done.output
    assert "Entries: new: 44; to be mended first: 19." in done.output
    assert sorted(path.name for path in receipts.iterdir()) == sorted(f"{path.stem}-回执.xlsx" for path in paths)
    education = marked(receipts / "示范市教育局-回执.xlsx", SHEET)
    assert list(education) == ["L6", "W9", "C14", "C19"]
    assert "12G" in education["L6"]
    assert "示范市交通运输局" in education["C19"]
    again = run("import", "census", *files, *arguments)
    assert "Entries: new: 0; unchanged: 44; to be mended first: 19." in again.output


def test_a_receipt_that_was_mended_is_taken(tmp_path: Path, datasets: Path) -> None:
    """The department corrects the marked cells in what it got back, and hands that in."""
    paths, _ = five_departments(tmp_path)
    arguments = ("--datasets", str(datasets), "--today", "2026-06-01")
    run("import", "census", str(paths[0]), *arguments)
    receipt = tmp_path / "示范市教育局-回执.xlsx"
    book = load_workbook(receipt)
    book[SHEET]["L6"] = 12
    book[SHEET]["W9"] = "《统计法》第二十五条"
    book[SHEET]["C14"] = "307021000/000006"
    book.save(receipt)
    again = run("import", "census", str(receipt), *arguments)
    assert "Entries: new: 3; unchanged: 9." in again.output
    assert again.return_value == 0
    assert "C19" not in marked(receipt, SHEET)


def test_a_dry_run_writes_nothing(tmp_path: Path, datasets: Path) -> None:
    """It says what would be done: no entry, no receipt, no memory of the import."""
    paths, _ = five_departments(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    done = run("import", "census", *map(str, paths), "--datasets", str(datasets), "--dry-run")
    assert "Entries: new: 44" in done.output
    assert sorted(tmp_path.rglob("*")) == before
