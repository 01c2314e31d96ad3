"""Tables that say they follow a standard: what is missing, what is too much, what must not be there."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable
from pathlib import Path

from workbooks import write_cells

from portal.examining.examined_dataset import Rules, examine_dataset
from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.findings.finding import Report
from portal.findings.words import mend_of, message_of
from portal.settings import load_settings

CODE = "11100000000000000J"
OTHER = "11990000000000019A"
Write = Callable[..., Path]


def check(folder: Path) -> Report:
    """Read and examine a folder of datasets."""
    settings = load_settings(folder)
    catalog, report = load_catalog(settings)
    with tempfile.TemporaryDirectory() as work:
        for dataset in catalog.datasets:
            report = report + examine_dataset(dataset, Path(work) / dataset.name, Rules(settings.limits)).findings
    return report


def descriptor(*resources: str, more: str = "") -> str:
    """Return a descriptor whose resources are given as lines of YAML flow."""
    return (
        "name: made\ntitle: 登记表\ndescription: 说明。\nlicenses: [{name: CC-BY-4.0}]\n"
        f"catalogue: {{open: {{is_open: false}}{more}}}\nresources:\n" + "".join(f"  - {item}\n" for item in resources)
    )


def text(rows: list[list[str]]) -> str:
    """Return rows as CSV."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


SYSTEM = {"system_id": "s1", "系统名称": "甲系统", "建设单位": "甲局", "建设单位代码": CODE, "功能": "查询"}


def systems(*changes: dict[str, str]) -> str:
    """Return a register of systems with a row for each change."""
    columns = list(dict.fromkeys([*SYSTEM, *(name for change in changes for name in change)]))
    rows = [{**SYSTEM, "system_id": f"s{number}", **change} for number, change in enumerate(changes, start=1)]
    return text([columns, *([row.get(name, "") for name in columns] for row in rows)])


def told(report: Report) -> list[tuple[str, str, int | None, int | None, str | None]]:
    """Return what was found of the standard: severity and code, row, column, field."""
    return [
        (item.severity, item.code, item.row, item.column, item.field)
        for item in report
        if item.code.startswith(("standard-", "classified-", "register-")) and item.code != "standard-fields-left-out"
    ]


def test_a_register_with_any_of_the_headings_conforms(write_dataset: Write) -> None:
    """Names and Chinese titles may be mixed; types, codes and values are those of the standard."""
    folder = write_dataset(
        descriptor("{name: systems, path: a.csv, standard: information-system}"),
        a__csv=systems({"投资额度（元）": "120000", "network": "互联网", "是否接入统一共享平台": "否"}),
    )
    report = check(folder)
    assert [(item.severity, item.code) for item in report] == [("info", "standard-fields-left-out")]


def test_cells_are_checked_by_the_standard(write_dataset: Write) -> None:
    """A word for a number, a value of no list and a wrong code are found at their cells, under their headings."""
    folder = write_dataset(
        descriptor("{name: systems, path: a.csv, standard: information-system}"),
        a__csv=systems({"投资额度（元）": "很多", "network": "局域网", "建设单位代码": OTHER.replace("A", "B")}),
    )
    found = [(item.code, item.row, item.column, item.field) for item in check(folder) if item.severity == "error"]
    assert sorted(found) == [
        ("check-digit", 2, 4, "建设单位代码"),
        ("constraint-error", 2, 7, "network"),
        ("type-error", 2, 6, "投资额度（元）"),
    ]


def test_a_workbook_as_people_make_it_is_understood(tmp_path: Path) -> None:
    """Below a title, with Chinese headings and codes as numbers, it is the register of its standard."""
    folder = tmp_path / "datasets" / "made"
    folder.mkdir(parents=True)
    rows = (
        ("示范市部门登记表", None, None),
        ("部门名称 *", "统一社会信用代码*", "单位性质"),
        ("甲局", CODE, "政务部门"),
    )
    write_cells(folder / "a.xlsx", rows)
    folder.joinpath("datapackage.yaml").write_text(
        descriptor("{name: departments, path: a.xlsx, standard: department}"), encoding="utf-8"
    )
    assert told(check(tmp_path / "datasets")) == []


def test_a_required_field_must_have_a_column(write_dataset: Write) -> None:
    """Its lack is an error at the header; of optional fields there is one remark."""
    folder = write_dataset(
        descriptor("{name: departments, path: a.csv, standard: department}"), a__csv=text([["部门名称"], ["甲局"]])
    )
    report = check(folder)
    assert told(report) == [
        ("error", "standard-field-missing", 1, None, "统一社会信用代码"),
        ("error", "standard-field-missing", 1, None, "单位性质"),
    ]
    assert [item.code for item in report].count("standard-fields-left-out") == 1


def test_a_column_that_the_standard_does_not_have_is_a_warning(write_dataset: Write) -> None:
    """Its place is told; its heading is not, where nothing of the file may be quoted."""
    folder = write_dataset(
        descriptor("{name: systems, path: a.csv, standard: information-system}"), a__csv=systems({"自用列": "x"})
    )
    report = check(folder)
    assert told(report) == [("warning", "standard-field-unknown", 1, 6, None)]
    assert not any("自用列" in message_of(item).zh for item in report)


def test_a_classified_record_refuses_the_dataset(write_dataset: Write) -> None:
    """However its level is written; the value itself stands in no finding."""
    folder = write_dataset(
        descriptor("{name: systems, path: a.csv, standard: information-system}"),
        a__csv=systems({"涉密等级": "无"}, {"涉密等级": "机密"}, {"涉密等级": "绝密"}),
    )
    report = check(folder)
    assert told(report) == [
        ("error", "classified-record", 3, 6, "涉密等级"),
        ("error", "classified-record", 4, 6, "涉密等级"),
    ]
    assert [item.value for item in report if item.code == "classified-record"] == [None, None]


def test_references_between_registers_of_a_dataset_are_followed(write_dataset: Write) -> None:
    """A code that the register of departments lacks is found; so is a system merged into one that there is not."""
    folder = write_dataset(
        descriptor(
            "{name: systems, path: a.csv, standard: information-system}",
            "{name: departments, path: b.csv, standard: department}",
        ),
        a__csv=systems({"并入系统编号": "s2"}, {"建设单位代码": OTHER, "并入系统编号": "s9"}),
        b__csv=text([["部门名称", "统一社会信用代码", "单位性质"], ["甲局", CODE, "政务部门"]]),
    )
    assert told(check(folder)) == [
        ("warning", "standard-reference-unknown", 3, 4, "建设单位代码"),
        ("warning", "standard-reference-unknown", 3, 6, "并入系统编号"),
    ]


def test_a_stated_schema_that_differs_is_told_and_not_used(write_dataset: Write) -> None:
    """The table is checked by the standard, under which a code is text and the list of values another."""
    schema = (
        "{fields: [{name: 部门名称, type: string}, {name: 统一社会信用代码, type: integer},"
        " {name: 单位性质, type: string, constraints: {enum: [政务部门]}}]}"
    )
    folder = write_dataset(
        descriptor(f"{{name: departments, path: a.csv, standard: department, schema: {schema}}}"),
        a__csv=text([["部门名称", "统一社会信用代码", "单位性质"], ["甲集团", CODE, "公共企事业单位"]]),
    )
    report = check(folder)
    assert told(report) == [
        ("warning", "standard-schema-differs", None, None, "统一社会信用代码"),
        ("warning", "standard-schema-differs", None, None, "单位性质"),
    ]
    assert report.count("error") == 0


def test_what_is_no_table_cannot_follow_a_standard(write_dataset: Write) -> None:
    """A link and a document are refused: nothing of them could be kept back."""
    folder = write_dataset(
        descriptor(
            "{name: link, path: 'https://example.com/a.csv', standard: department}",
            "{name: document, path: a.pdf, standard: department}",
        ),
        a__pdf=b"%PDF-1.4\n",
    )
    codes = [(item.code, item.resource) for item in check(folder) if item.code == "standard-needs-table"]
    assert codes == [("standard-needs-table", "link"), ("standard-needs-table", "document")]


def test_a_name_of_no_standard_refuses_the_dataset(write_dataset: Write) -> None:
    """Whether misspelt or of another shape; the standards there are stand beside it."""
    for value in ("information-systems", "[department]", "7"):
        folder = write_dataset(descriptor(f"{{name: systems, path: a.csv, standard: {value}}}"), a__csv=systems({}))
        findings = [item for item in check(folder) if item.severity == "error"]
        assert [item.code for item in findings] == ["standard-unknown"]
        assert "information-system, private-network" in mend_of(findings[0]).en
