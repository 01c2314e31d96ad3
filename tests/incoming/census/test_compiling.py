"""The census: five departments' workbooks compiled, what is planted in them found, and the catalogue written again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from census_books import Book, Planted, column_of, entry, five_departments, portal_with_departments, write_book
from clerk import marked
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from portal.cli import commands
from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.examining.reading.descriptors.publishers_and_themes import load_publishers
from portal.findings.words import message_of
from portal.incoming.census.census_sheets import read_census
from portal.incoming.census.compiling import Compiled, compile_census, export_census
from portal.incoming.records.entries import record_of
from portal.incoming.records.three_way import import_records
from portal.publishing.formats.census_workbook import SHEET
from portal.settings import load_settings
from portal.yamlfile import read_document

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


def without_column(path: Path, key: str) -> Path:
    """Take the header of a column out of a flat workbook of our own."""
    book = load_workbook(path)
    book[SHEET].cell(1, column_of(key)).value = None
    book.save(path)
    return path


def test_a_department_whose_workbook_lacks_a_column_is_not_among_the_silent(tmp_path: Path, datasets: Path) -> None:
    """It is told that its workbook could not be read and why; known by the provider, else by the name of the file."""
    books = [
        write_book(Book(name, "flat", [entry(department, 1)]), tmp_path)
        for name, department in (("a.xlsx", "health"), ("教育局.xlsx", "education"), ("示范市民政局.xlsx", "civil"))
    ]
    without_column(books[0], "update_cycle")
    without_column(books[1], "provider")
    books[2].write_bytes(b"PK\x03\x04 broken")
    compiled = compiled_from(books, datasets, tmp_path)
    assert [publisher.id for publisher in compiled.not_reported] == ["transport", "ecology", "finance"]
    told = [(item.value, message_of(item).en) for item in compiled.findings if item.code == "census-not-readable"]
    assert [value for value, _ in told] == ["示范市卫生健康委员会", "示范市教育局", "示范市民政局"]
    assert told[0][1] == (
        "示范市卫生健康委员会 handed in a.xlsx, which could not be read and was not imported: "
        'The column "更新周期" is missing.'
    )
    done = run("import", "census", *map(str, books), "--datasets", str(datasets), "--dry-run")
    assert "departments that reported: 0, that did not: 3." in done.output
    assert (
        "Workbooks that could not be read, or not in whole: a.xlsx, 教育局.xlsx, 示范市民政局.xlsx; "
        "of the departments: 示范市卫生健康委员会, 示范市教育局, 示范市民政局."
    ) in done.output


def test_what_stands_in_a_sheet_that_was_not_read_has_not_vanished(tmp_path: Path, datasets: Path) -> None:
    """Of a department with a sheet that cannot be read nobody knows what it no longer reports."""
    first = write_book(Book("a.xlsx", "flat", [entry("health", 0)]), tmp_path)
    second = write_book(Book("b.xlsx", "flat", [entry("health", 1)]), tmp_path)
    arguments = (str(first), str(second), "--datasets", str(datasets), "--today", "2026-06-01")
    assert "Entries: new: 2." in run("import", "census", *arguments).output
    without_column(second, "update_cycle")
    assert "Entries: new: 0; unchanged: 1." in run("import", "census", *arguments).output


def test_a_department_with_another_sheet_in_the_same_workbook_is_not_read_whole(tmp_path: Path, datasets: Path) -> None:
    """An unread sheet that names nobody may be anybody's who stands in the workbook, whatever its file is called."""
    path = write_book(Book("普查.xlsx", "flat", [entry("health", 0)]), tmp_path)
    other = load_workbook(write_book(Book("b.xlsx", "flat", [entry("health", 1)]), tmp_path))
    book = load_workbook(path)
    second = book.create_sheet(f"{SHEET}（续）")
    for row in other[SHEET].iter_rows(values_only=True):
        second.append(row)
    book.save(path)
    arguments = (str(path), "--datasets", str(datasets), "--today", "2026-06-01")
    assert "Entries: new: 2." in run("import", "census", *arguments).output
    second.cell(1, column_of("provider")).value = None
    book.save(path)
    compiled = compiled_from([path], datasets, tmp_path)
    assert [publisher.id for publisher in compiled.unread] == ["health"]
    assert compiled.reported_whole == frozenset()
    done = run("import", "census", *arguments)
    assert "Entries: new: 0; unchanged: 1." in done.output
    assert "import-vanished" not in done.output
    assert "of the departments: 示范市卫生健康委员会." in done.output


def test_nothing_vanished_while_a_workbook_of_nobody_known_is_unread(tmp_path: Path, datasets: Path) -> None:
    """A workbook that names no department, neither inside nor by its file, may be anybody's."""
    first = write_book(Book("a.xlsx", "flat", [entry("health", 0)]), tmp_path)
    second = write_book(Book("b.xlsx", "flat", [entry("health", 1)]), tmp_path)
    arguments = (str(first), str(second), "--datasets", str(datasets), "--today", "2026-06-01")
    assert "Entries: new: 2." in run("import", "census", *arguments).output
    without_column(second, "provider")
    assert "Entries: new: 0; unchanged: 1." in run("import", "census", *arguments).output


def test_the_format_of_a_dataset_with_files_is_that_of_its_files(tmp_path: Path, datasets: Path) -> None:
    """It stands in the workbook; brought back it is nothing new, nor an edit once the files are others."""
    folder = datasets / "education" / "schools"
    folder.mkdir(parents=True)
    (folder / "schools.csv").write_text("名称\n一中\n", encoding="utf-8")
    path = folder / "datapackage.yaml"
    path.write_text(
        "name: schools\ntitle: 学校\ndescription: 名录。\n"
        "catalogue: {code: 307021000/000001, update_cycle: annual, published: 2026-01-15, "
        "sharing: {type: unconditional, method: platform/file}, open: true}\n"
        "resources: [{name: schools, path: schools.csv, schema: {fields: [{name: 名称, type: string}]}}]\n",
        encoding="utf-8",
    )
    before = path.read_bytes()
    workbook = tmp_path / "教育局.xlsx"
    export = ("export", "census", "--datasets", str(datasets), "-o")
    run(*export, str(workbook))
    record = read_census(workbook, tmp_path).entries[0].record
    assert (record.format_class, record.format_type, record.format_other) == ("spreadsheet", "", "csv")
    arguments = ("import", "census", str(workbook), "--datasets", str(datasets))
    for _ in range(2):
        done = run(*arguments)
        assert "census-answer-missing" not in done.output
        assert "Entries: new: 0; unchanged: 1." in done.output
        assert path.read_bytes() == before
    run(*export, str(tmp_path / "again.xlsx"))
    assert (tmp_path / "again.xlsx").read_bytes() == workbook.read_bytes()
    path.write_text(path.read_text(encoding="utf-8").replace("path: schools.csv", "path: schools.json"), "utf-8")
    (folder / "schools.csv").rename(folder / "schools.json")
    assert "Entries: new: 0; unchanged: 1." in run(*arguments).output


def test_a_format_that_a_department_changes_is_taken_whole(tmp_path: Path, datasets: Path) -> None:
    """Nobody had stated it before, so there is nothing to contradict; class and type are written together."""
    folder = datasets / "education" / "schools"
    folder.mkdir(parents=True)
    (folder / "schools.xlsx").write_bytes(b"")
    path = folder / "datapackage.yaml"
    path.write_text("name: schools\ntitle: 学校\nresources: [{name: schools, path: schools.xlsx}]\n", encoding="utf-8")
    workbook = tmp_path / "教育局.xlsx"
    run("export", "census", "--datasets", str(datasets), "-o", str(workbook))
    arguments = ("import", "census", str(workbook), "--datasets", str(datasets))
    run(*arguments)
    book = load_workbook(workbook)
    book[SHEET].cell(3, column_of("format_type")).value = "xls"
    book.save(workbook)
    done = run(*arguments)
    assert "import-conflict" not in done.output
    assert read_document(path)["catalogue"] == {"format": {"type": "xls", "class": "spreadsheet"}}


def test_a_dry_run_writes_nothing(tmp_path: Path, datasets: Path) -> None:
    """It says what would be done: no entry, no receipt, no memory of the import."""
    paths, _ = five_departments(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    done = run("import", "census", *map(str, paths), "--datasets", str(datasets), "--dry-run")
    assert "Entries: new: 44" in done.output
    assert sorted(tmp_path.rglob("*")) == before
