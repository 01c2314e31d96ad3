"""Tables as a whole: what real files give, where findings point to, and what is kept from view."""

from __future__ import annotations

import json
import shutil
import tempfile
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from frictionless import FrictionlessException, system
from frictionless import Resource as FrictionlessResource
from made_tables import MadeTable, understood
from support import SHARED, needs_shared_data, real_cases

from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.examining.reading.understood_tables import understand
from portal.examining.understanding import UnderstoodDataset
from portal.examining.validation.tables.by_frictionless import check_descriptor, frictionless_package, open_table
from portal.examining.validation.tables.notes import NOTES, in_both_languages
from portal.examining.validation.tables.verdict import Tables, check_tables
from portal.findings.finding import Finding
from portal.findings.words import finding_record, mend_of, message_of
from portal.model.catalog import Dataset, DatasetSource, Publisher, Resource
from portal.model.limits import Limits
from portal.model.text import LocalText
from portal.model.understood_table import Part
from portal.settings import load_settings

ID = {"name": "id", "type": "string", "constraints": {"required": True}}
SIZE = {"name": "size", "type": "integer"}


def check(folder: Path, text: str, schema: dict[str, Any], **dialect: Any) -> list[Finding]:
    """Check one table."""
    data = understood(folder, {"t": MadeTable(text.encode(), dialect, schema)})
    return list(check_tables(data, Limits()))


def places(findings: list[Finding]) -> list[tuple[str, str, str | None]]:
    """Return code, place and field of each finding."""
    return [(item.code, item.place, item.field) for item in findings]


def test_each_error_stands_at_its_row_and_column(tmp_path: Path) -> None:
    """Rows count from 1 with the header, columns from 1."""
    found = check(tmp_path, "id,size\na,1\n,2\nb,x\n", {"fields": [ID, SIZE]})
    assert places(found) == [("constraint-error", "d/t.csv:3:1", "id"), ("type-error", "d/t.csv:4:2", "size")]
    assert found[1].value == "x"


def test_an_empty_cell_is_called_empty(tmp_path: Path) -> None:
    """Also one that the row does not have at all, and one whose sign stands for no value."""
    schema = {"fields": [{"name": "id", "type": "string"}, {**ID, "name": "b"}], "missingValues": ["", "无"]}
    found = [item for item in check(tmp_path, "id,b\na,\nc\nd,无\ne,None\n", schema) if item.code == "constraint-error"]
    assert [(item.row, item.value, message_of(item).en) for item in found] == [
        (2, "", 'Field "b" is empty, and a value is required.'),
        (3, None, 'Field "b" is empty, and a value is required.'),
        (4, "无", 'Field "b" holds "无", which stands for no value, and one is required.'),
    ]
    assert [message_of(item).zh for item in found] == [
        "字段“b”是空的，而该项必填。",
        "字段“b”是空的，而该项必填。",
        "字段“b”的值“无”表示没有值，而该项必填。",
    ]


def test_a_cell_that_is_not_open_is_called_empty_only_where_it_is(tmp_path: Path) -> None:
    """A sign that stands for no value is no empty cell; which one it is is not told."""
    schema = {"fields": [{"name": "id", "type": "string"}, {**ID, "name": "b"}], "missingValues": ["", "无"]}
    data = understood(tmp_path, {"t": MadeTable("id,b\na,\nc,无\n".encode(), {}, schema)})
    found = list(check_tables(replace(data, dataset=replace(data.dataset, open_state="closed")), Limits()))
    assert [(item.row, item.value, message_of(item)) for item in found] == [
        (2, None, LocalText("字段“b”是空的，而该项必填。", 'Field "b" is empty, and a value is required.')),
        (
            3,
            None,
            LocalText(
                "字段“b”的值“…”表示没有值，而该项必填。",
                'Field "b" holds "…", which stands for no value, and one is required.',
            ),
        ),
    ]


def test_items_of_a_list_are_told_as_such(tmp_path: Path) -> None:
    """What is wrong is an item; the cell is what stands there."""
    items = {"name": "a", "type": "array", "arrayItem": {"type": "integer", "constraints": {"maximum": 5}}}
    found = check(tmp_path, 'id,a\nx,"[9]"\ny,"[""z""]"\n', {"fields": [ID, items]})
    assert [message_of(item).zh for item in found] == [
        "字段“a”的值“[9]”不满足约束：列表中的每一项：不得大于 5。",
        '字段“a”的值“["z"]”不是每一项都是整数的列表。',
    ]


def test_columns_are_told_as_they_stand_in_the_sheet(tmp_path: Path) -> None:
    """A table that begins at column C is told so, in errors and in their notes."""
    made = {"t": MadeTable(b"id,id,size\na,b,x\n", {}, {"fields": [ID, {**ID, "name": "id2"}, SIZE]})}
    data = understood(tmp_path, made)
    table = replace(data.tables["t"], column_offset=2)
    found = list(check_tables(data.with_tables({"t": table}), Limits()))
    doubled = next(item for item in found if item.code == "duplicate-label")
    assert (doubled.place, "与第 3 列相同" in message_of(doubled).zh) == ("d/t.csv:1:4", True)
    assert ("type-error", "d/t.csv:2:5", "size") in places(found)


def test_rows_of_a_part_are_told_by_the_file_and_row_of_the_publisher(tmp_path: Path) -> None:
    """A table of two files names the second where the row comes from there, in errors and in their notes."""
    made = {"t": MadeTable(b"id\na\nb\na\n", {}, {"fields": [ID], "primaryKey": ["id"]})}
    data = understood(tmp_path, made)
    table = replace(data.tables["t"], parts=(Part("d/1.csv"), Part("d/2.csv", 4, -2)))
    (finding,) = check_tables(data.with_tables({"t": table}), Limits())
    assert finding.place == "d/2.csv:2"
    assert "d/1.csv 第 2 行" in message_of(finding).zh


def test_a_key_of_unique_keys_that_comes_twice_is_an_error_of_our_own(tmp_path: Path) -> None:
    """Frictionless does not check uniqueKeys; a row with a missing value has no such key."""
    schema = {"fields": [{"name": "a", "type": "string"}, SIZE], "uniqueKeys": [["a", "size"]]}
    found = check(tmp_path, "a,size\nx,1\nx,\nx,\nx,01\n", schema)
    assert places(found) == [("unique-error", "d/t.csv:5", "a, size")]


@pytest.mark.parametrize("small_bytes_max", [0, 1_000_000, None])
def test_an_empty_part_of_a_primary_key_is_an_error_of_our_own(tmp_path: Path, small_bytes_max: int | None) -> None:
    """Frictionless minds only a key that is empty altogether; every way to the verdict tells the row and the field."""
    schema = {"fields": [{"name": "a", "type": "string"}, SIZE], "primaryKey": ["a", "size"]}
    data = understood(tmp_path, {"t": MadeTable(b"a,size\nx,1\nx,\ny,\n,2\nz,oops\nx,2\n", {}, schema)})
    tables = Tables(frictionless_package(data), data.tables)
    if small_bytes_max is None:
        verdict = tables.plain_verdict("t", 100)
    else:
        verdict = tables.verdict("t", 100, small_bytes_max=small_bytes_max)
    assert verdict.route == {None: "frictionless", 0: "columns"}.get(small_bytes_max, "sets")
    assert verdict.incomplete == [(3, ("size",)), (4, ("size",)), (5, ("a",))]
    assert [item.type for item in verdict.errors] == ["type-error"]


def test_a_part_that_is_required_is_told_once(tmp_path: Path) -> None:
    """Its constraint says so already."""
    size = {**SIZE, "constraints": {"required": True}}
    schema = {"fields": [{"name": "a", "type": "string"}, size], "primaryKey": ["a", "size"]}
    found = check(tmp_path, "a,size\nx,\n,1\n", schema)
    assert [(item.code, item.row) for item in found] == [("constraint-error", 2), ("key-part-missing", 3)]


def test_nothing_is_never_called_none(tmp_path: Path) -> None:
    """An empty cell, key or part of a reference is called empty in both languages."""
    keys = {
        "primaryKey": ["a"],
        "foreignKeys": [{"fields": ["b", "c"], "reference": {"resource": "", "fields": ["a", "b"]}}],
    }
    fields = [{"name": name, "type": "string"} for name in "abc"]
    found = check(tmp_path, "a,b,c\nx,y,\n,x,\nz,,,\n", {"fields": fields, **keys})
    texts = [text for item in found for text in (message_of(item).zh, message_of(item).en)]
    assert len(found) == 4
    assert not any(word in text for text in texts for word in ("None", '""', "“”"))
    assert any("y, （空）" in text for text in texts)
    assert any("y, (empty)" in text for text in texts)


def test_names_that_look_alike_show_their_code_points(tmp_path: Path) -> None:
    """A radical of Kangxi is another character than it looks like; names that plainly differ need no code points."""
    schema = {"fields": [{"name": "人口", "type": "string"}, {"name": "b", "type": "string"}]}
    found = check(tmp_path, "\u2f08口,c\nx,y\n", schema)
    assert [item.code for item in found] == ["incorrect-label"] * 2
    assert "U+2F08" in message_of(found[0]).zh
    assert "U+4EBA" in message_of(found[0]).en
    assert "U+" not in message_of(found[1]).zh


def test_nothing_of_a_cell_is_quoted_of_data_that_are_not_open(tmp_path: Path) -> None:
    """Neither value nor note of a finding holds the cell; the place is enough to mend it."""
    schema = {
        "fields": [SIZE, ID],
        "foreignKeys": [{"fields": ["size"], "reference": {"resource": "", "fields": ["id"]}}],
    }
    data = understood(tmp_path, {"t": MadeTable("size,id\n秘9,x\n77,y\n".encode(), {}, schema)})
    found = list(check_tables(replace(data, dataset=replace(data.dataset, open_state="closed")), Limits()))
    assert [item.code for item in found] == ["type-error", "foreign-key"]
    assert not any(
        text in json.dumps(finding_record(item), ensure_ascii=False) for item in found for text in ("秘9", "77")
    )


@pytest.mark.parametrize("route", ["sets", "columns", "frictionless"])
def test_each_way_ends_at_the_limit_and_says_so(route: str, tmp_path: Path) -> None:
    """At most errors_max errors, and one finding that tells that there may be more.

    The table is small, large, or read by Frictionless because a truth value is no key of SQL.
    """
    field = {**SIZE, "type": "boolean", "constraints": {"unique": True}} if route == "frictionless" else SIZE
    schema = {"fields": [field]}
    text = b"size\n" + b"x\n" * (9 if route == "sets" else 600_000)
    data = understood(tmp_path, {"t": MadeTable(text, {}, schema)})
    assert Tables(frictionless_package(data), data.tables).verdict("t", 3).route == route
    found = list(check_tables(data, Limits(errors_max=3)))
    assert [item.code for item in found] == ["type-error"] * 3 + ["errors-cut"]


def test_repeated_unique_keys_end_at_the_limit_too(tmp_path: Path) -> None:
    """So many are listed, and one finding tells that there are more; at the limit itself there are none."""
    schema = {"fields": [SIZE], "uniqueKeys": [["size"]]}
    data = understood(tmp_path, {"t": MadeTable(b"size\n" + b"1\n" * 4, {}, schema)})
    found = [list(check_tables(data, Limits(errors_max=number))) for number in (2, 3)]
    assert [[item.code for item in items] for items in found] == [
        ["unique-error"] * 2 + ["errors-cut"],
        ["unique-error"] * 3,
    ]


def test_the_mend_shows_a_value_as_the_schema_wants_it(tmp_path: Path) -> None:
    """A date in its own format, a truth value in its own words."""
    fields = [
        {"name": "day", "type": "date", "format": "%Y年%m月%d日"},
        {"name": "open", "type": "boolean", "trueValues": ["是"], "falseValues": ["否"]},
        {"name": "status", "type": "string", "constraints": {"enum": ["在办", "办结"]}},
    ]
    found = check(tmp_path, "day,open,status\n2026-01-02,true,好\n", {"fields": fields})
    assert [mend_of(item).zh for item in found[:2]] == ["请写成例如 2026年01月31日。", "请填写 是 或 否。"]
    assert "只能取 在办、办结" in message_of(found[2]).zh


def test_a_foreign_key_into_a_table_that_was_not_understood_is_not_checked(tmp_path: Path) -> None:
    """That table has its own finding; every row of this one would be wrong otherwise."""
    schema = {"fields": [ID], "foreignKeys": [{"fields": ["id"], "reference": {"resource": "other", "fields": ["id"]}}]}
    made = {"t": MadeTable(b"id\na\n", {}, schema), "other": MadeTable(b"id\nb\n", {}, {"fields": [ID]})}
    data = understood(tmp_path, made)
    assert [item.code for item in check_tables(data, Limits())] == ["foreign-key"]
    rest = UnderstoodDataset.of(data.dataset, {"t": data.tables["t"]})
    assert list(check_tables(rest, Limits())) == []


def test_what_stops_frictionless_is_a_finding(tmp_path: Path) -> None:
    """A bound of another kind than the values ends in one sentence, not in a traceback."""
    field = {"name": "at", "type": "datetime", "constraints": {"minimum": "2020-01-01T00:00:00"}}
    found = check(tmp_path, "at\n2020-01-01T00:00:00Z\n", {"fields": [field]})
    assert [item.code for item in found] == ["schema-error"]
    assert "无法与 schema 比较" in message_of(found[0]).zh


def test_publishing_reads_typed_rows_without_keys(tmp_path: Path) -> None:
    """The rows come typed, doubled keys or not; nothing about the dialect is guessed."""
    text = b"title\nid;size\na;1\na;2\nsum;3\n"
    dialect = {"delimiter": ";", "header_row": 2, "comment_rows": (5,)}
    made = {"t": MadeTable(text, dialect, {"fields": [ID, SIZE], "primaryKey": ["id"]})}
    data = understood(tmp_path, made)
    with open_table(data, "t") as table:
        assert [row.to_dict() for row in table.row_stream] == [{"id": "a", "size": 1}, {"id": "a", "size": 2}]


def test_a_table_without_a_schema_keeps_its_texts(tmp_path: Path) -> None:
    """No type is guessed: 01001 stays what it is."""
    data = understood(tmp_path, {"t": MadeTable(b"code\n01001\n", {}, {})})
    with open_table(data, "t") as table:
        assert [row.to_dict() for row in table.row_stream] == [{"code": "01001"}]


def test_every_note_has_chinese_words() -> None:
    """Each pattern fits a note made of itself, and what it says holds Chinese and no place left unfilled."""
    for pattern, chinese in NOTES:
        groups = [f"<{number}>" for number in range(pattern.groups)]
        assert any("\u4e00" <= char <= "\u9fff" for char in chinese)
        assert "{" not in chinese.format(*groups)


NOTES_SEEN = [
    'field type "bad" is not supported', "descriptor is not valid",
    'example value "bad" for field "name" is not valid',
    "'requiredProperty' is a required property", '"missingValues" should be set as "schema.missingValues"',
    'properties "path" and "data" is mutually exclusive', "names of the fields are not unique",
    "'bad' is not of type 'array' at property 'headerRows'", "unknown encoding: bad",
    'compression "bad" is not supported',
    "primary key \"['x']\" does not match the fields \"['id']\"", "names of the resources are not unique",
    "foreign key fields \"['a']\" does not match the reference fields \"['a', 'b']\"", 'path "../x" is not safe',
    'constraint "pattern" is not supported by type "integer"', 'constraint "exclusiveMinimum" requires datapackage v2',
    "missing values in object form require datapackage v2", 'missing value "-" is not unique',
    "[] should be non-empty",
    'property "created" is not valid "datetime"', "Additional properties are not allowed ('x' was unexpected)",
    "'a b' does not match '^([-a-z0-9._/])+$' at property 'name'",
    "'x' is not one of ['a', 'b'] at property 'format'",
    '"required" should be set as "constraints.required"', "field larger than field limit (131072)",
    "the source is empty",
    "'utf-8' codec can't decode byte 0xff in position 7: invalid start byte", "File is not a zip file",
    'matching fields by name ("fieldsMatch": "equal") requires unique labels in the header',
]  # fmt: skip


@pytest.mark.parametrize("note", NOTES_SEEN)
def test_what_frictionless_says_is_said_in_both_languages(note: str) -> None:
    """Its sentences about descriptors, files and cells are known."""
    assert in_both_languages(note)


# Real files

NOT_READ_THERE = {".xls", ".xlsx", ".ods", ".json", ".ndjson", ".gz", ".zip"}
"""The reference was made without what Frictionless needs to read these, so it says nothing about their rows."""

READ_OTHERWISE = {
    "frictionless/latin1.csv",
    "csvlint/invalid_many_rows.csv",
    "frictionless/escaping.csv",
    "frictionless/blank-rows.csv",
    "frictionless/skip-rows.csv",
}
"""Files that are refused before they are validated, or read without rows that are none, remarks among them."""


def observed() -> list[tuple[str, list[list[Any]]]]:
    """Return the tables among the files of others, and what Frictionless said of each with the schema it guessed."""
    if not SHARED.is_dir():
        return []
    files = json.loads((SHARED / "fixtures" / "observed.json").read_text(encoding="utf-8"))["files"]
    return [
        (name, item["errors"])
        for name, item in files.items()
        if item["kind"] == "table" and Path(name).suffix not in NOT_READ_THERE and name not in READ_OTHERWISE
    ]


@needs_shared_data
@pytest.mark.parametrize(("name", "errors"), real_cases(observed(), arguments=2))
def test_real_files_have_the_errors_that_were_observed(name: str, errors: list[list[Any]], tmp_path: Path) -> None:
    """With the same schema, a file as we understood it has exactly the errors that Frictionless finds in it."""
    path = SHARED / "fixtures" / name
    schema = guessed_schema(path)
    entry = {"name": "t", "path": path.name, **({"schema": schema} if schema else {})}
    resource = Resource("t", LocalText("t", "t"), "table", path.suffix[1:], "text/csv", paths=(path.name,))
    dataset = Dataset(
        name="d",
        title=LocalText("d", "d"),
        folder="d",
        descriptor_file="d/datapackage.yaml",
        publisher=Publisher("p", LocalText("p", "p")),
        resources=(resource,),
        source=DatasetSource(path.parent, path.parent / "datapackage.yaml", {"name": "d", "resources": [entry]}),
    )
    data = understand(dataset, tmp_path, Limits())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        verdict = Tables(frictionless_package(data), data.tables).verdict("t", 1000)
    assert [
        [error.type, getattr(error, "row_number", None), getattr(error, "field_number", None), error.note]
        for error in verdict.errors
    ] == errors


def guessed_schema(path: Path) -> dict[str, Any]:
    """Return the schema that Frictionless guesses, {} where it cannot open the file."""
    with system.use_context(trusted=True):
        resource: Any = FrictionlessResource(str(path))
        try:
            with resource:
                return dict(resource.schema.to_descriptor())
        except FrictionlessException:
            return {}


def packages() -> list[str]:
    """Return the packages of others that Frictionless could open."""
    if not SHARED.is_dir():
        return []
    told = json.loads((SHARED / "packages" / "observed.json").read_text(encoding="utf-8"))["packages"]
    return [name for name, item in told.items() if "cannot retrieve" not in "".join(item["first"])]


HEADER_GUESSED = {"co2-mm-gl": 6}
"""Tables whose rows are wider than their header: left alone, Frictionless took row 2 for the header and found so many
errors; told where the header is, it finds as many as we do."""


@needs_shared_data
@pytest.mark.parametrize("name", real_cases(packages()))
def test_real_packages_have_the_errors_that_were_observed(name: str) -> None:
    """There are as many errors as Frictionless reported of the package left alone."""
    told = json.loads((SHARED / "packages" / "observed.json").read_text(encoding="utf-8"))["packages"][name]
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree((SHARED / name).parent, Path(folder) / "datasets" / "made")
        (dataset,) = load_catalog(load_settings(Path(folder) / "datasets"))[0].datasets
        found = list(check_descriptor(dataset).findings)
        if not found:
            found = list(check_tables(understand(dataset, Path(folder), Limits()), Limits()))
    errors = [item for item in found if item.severity == "error" and item.resource not in HEADER_GUESSED]
    assert len(errors) == told["n_errors"] - sum(HEADER_GUESSED.get(item, 0) for item in told["rows"])
