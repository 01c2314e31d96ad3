"""The standards as files of a release, and that a template that was filled in is the register it is for."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import openpyxl
import pytest
from frictionless import Schema

from portal.examining.examined_dataset import Rules, examine_dataset
from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.incoming.form import form
from portal.publishing.files import standard_files
from portal.publishing.files.standard_files import write_register_template, write_standard_files
from portal.settings import load_settings
from portal.standards.loading import NAMES, standard_named
from portal.standards.register import Standard, StandardField
from portal.yamlfile import read_document

CODE = "11100000000000000J"


def named(name: str) -> Standard:
    """Return a standard that exists."""
    standard = standard_named(name)
    assert standard is not None
    return standard


def filled(item: StandardField) -> object:
    """Return something that fits a field."""
    if item.values:
        return item.values[0].zh
    if item.code_format == "uscc":
        return CODE
    return {"integer": 3, "number": 2.5, "date": "2026-01-15", "boolean": "是"}.get(
        item.type,
        {"code": "307021000/000012", "division_code": "110000", "merged_into": "内容system_id"}.get(
            item.name, f"内容{item.name}"
        ),
    )


def test_every_standard_has_its_files_and_they_are_the_same_each_time(tmp_path: Path) -> None:
    """A YAML, a Table Schema that Frictionless reads, a workbook; byte for byte."""
    for place in ("a", "b"):
        write_standard_files(tmp_path / place)
    files = sorted(path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*.*"))
    endings = ("json", "xlsx", "yaml")
    assert files == sorted(Path(f"standards/{name}/{name}.{ending}") for name in NAMES for ending in endings)
    assert all((tmp_path / "a" / path).read_bytes() == (tmp_path / "b" / path).read_bytes() for path in files)
    for name in NAMES:
        folder = tmp_path / "a" / "standards" / name
        write_register_template(named(name), tmp_path / "c.xlsx")
        assert (folder / f"{name}.xlsx").read_bytes() == (tmp_path / "c.xlsx").read_bytes()
        assert read_document(folder / f"{name}.yaml")["name"] == name
        schema = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        assert Schema.from_descriptor(schema).field_names == [item.name for item in named(name).fields]


def test_a_template_helps_at_every_column(tmp_path: Path) -> None:
    """Headings, a text at each, drop-downs where there is a list, which does not offer what is refused."""
    standard = named("information-system")
    write_register_template(standard, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == [form.HELP_SHEET, form.DATA_SHEET, form.LISTS_SHEET]
    data = book[standard_files.DATA_SHEET]
    assert [cell.value for cell in data[1]] == [item.title.zh for item in standard.fields]
    rules = data.data_validations.dataValidation
    assert all(any(cell.coordinate in rule.sqref and rule.prompt for rule in rules) for cell in data[1])
    lists = [rule for rule in rules if rule.type == "list"]
    assert len(lists) == sum(bool(item.values) or item.type == "boolean" for item in standard.fields)
    offered = {cell.value for row in book[form.LISTS_SHEET].iter_rows(min_row=2) for cell in row}
    assert "电子政务外网" in offered
    assert not offered & {"秘密", "机密", "绝密"}


@pytest.mark.parametrize("name", NAMES)
def test_a_filled_template_is_a_register_that_conforms(name: str, tmp_path: Path) -> None:
    """Handed in as the file of a dataset it has no error and no deviation from its standard."""
    folder = tmp_path / "datasets" / "made"
    folder.mkdir(parents=True)
    standard = named(name)
    write_register_template(standard, folder / "register.xlsx")
    book = openpyxl.load_workbook(folder / "register.xlsx")
    book[standard_files.DATA_SHEET].append([filled(item) for item in standard.fields])
    book.save(folder / "register.xlsx")
    folder.joinpath("datapackage.yaml").write_text(
        f"name: made\ntitle: 登记表\ndescription: 说明。\nlicenses: [{{name: CC-BY-4.0}}]\ncatalogue: {{open: false}}\n"
        f"resources: [{{name: register, path: register.xlsx, standard: {name}}}]\n",
        encoding="utf-8",
    )
    settings = load_settings(tmp_path / "datasets")
    catalog, report = load_catalog(settings)
    with tempfile.TemporaryDirectory() as work:
        findings = [*report, *examine_dataset(catalog.datasets[0], Path(work), Rules(settings.limits)).findings]
    assert [(item.severity, item.code) for item in findings] == []
