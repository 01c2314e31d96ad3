"""Every table of every format is understood, and the verdict on it stays that of Frictionless."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import pytest
from frictionless import Dialect
from frictionless.formats import CsvControl
from frictionless.resources import TableResource
from support import SHARED, needs_shared_data, real_cases
from understood import understood, zipped

from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.examining.reading.understood_tables import raw_rows, understand
from portal.findings.words import message_of
from portal.model.limits import Limits
from portal.model.understood_table import UnderstoodTable
from portal.settings import load_settings

REFUSED_HERE = {
    "frictionless/latin1.csv": "Latin-1 without a declaration: one byte does not tell which of many encodings it is",
    "csvlint/invalid_many_rows.csv": "a quote follows the closing one, and every program reads that otherwise",
    "frictionless/escaping.csv": "a quote is written with a backslash, and no escape sign is declared",
}
"""Files that Frictionless accepts by a guess, and why ours asks instead."""

SET_APART_HERE = {"frictionless/blank-rows.csv": "a row of commas at the end is no data"}
"""Files in which Frictionless has an error where ours leaves something out and says so."""

READ_HERE = {"frictionless/skip-rows.csv": [["missing-cell", 4, 2, ""]]}
"""Files whose header Frictionless takes a remark for, and what is wrong in them below the true one."""

NOT_JUDGED = "Please install"
"""What was observed without the readers of JSON says nothing of the file."""


def observed() -> dict[str, dict[str, Any]]:
    """Return what Frictionless said of each text table of the fixtures."""
    if not SHARED.is_dir():
        return {}
    files = json.loads((SHARED / "fixtures" / "observed.json").read_text(encoding="utf-8"))["files"]
    return {
        name: item
        for name, item in files.items()
        if item["kind"] == "table" and Path(name).suffix in (".csv", ".tsv", ".json", ".ndjson", ".gz", ".zip")
    }


def errors_of(table: UnderstoodTable, folder: Path) -> list[list[Any]]:
    """Let Frictionless validate the text with the explicit dialect and nothing left to guess but types."""
    control = CsvControl(
        delimiter=table.delimiter,
        quote_char=table.quote_char,
        double_quote=table.double_quote,
        escape_char=table.escape_char or None,
        skip_initial_space=table.skip_initial_space,
    )
    dialect = Dialect(header=table.has_header, header_rows=[table.header_row], controls=[control])
    path = str(table.path.relative_to(folder))
    resource = TableResource(path=path, basepath=str(folder), format="csv", encoding="utf-8", dialect=dialect)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        report = resource.validate()
    errors = [*report.errors, *(error for task in report.tasks for error in task.errors)]
    return [
        [error.type, getattr(error, "row_number", None), getattr(error, "field_number", None), error.note]
        for error in errors
    ]


@needs_shared_data
@pytest.mark.parametrize("name", real_cases(sorted(observed())))
def test_the_errors_are_those_that_were_observed(tmp_path: Path, name: str) -> None:
    """With the dialect that we decide, Frictionless says of each file exactly what it said by itself."""
    made = understood(tmp_path, {Path(name).name: (SHARED / "fixtures" / name).read_bytes()})
    if name in REFUSED_HERE:
        assert made.table is None
        assert [item.code for item in made.findings if item.severity == "error"]
        return
    errors = errors_of(made.whole, tmp_path)
    if name in SET_APART_HERE:
        assert (errors, [item.code for item in made.findings]) == ([], ["blank-rows-left-out"])
        return
    wanted = READ_HERE.get(name, observed()[name]["errors"])
    assert errors == ([] if wanted and NOT_JUDGED in wanted[0][3] else wanted)


@needs_shared_data
def test_real_packages_are_understood_whole(tmp_path: Path) -> None:
    """No table of a package is lost, and its labels are the fields of the schema."""
    catalog, _ = load_catalog(load_settings(SHARED / "packages"))
    assert len(catalog.datasets) > 3
    for dataset in catalog.datasets:
        result = understand(dataset, tmp_path / dataset.name, Limits())
        assert [item for item in result.findings if item.severity == "error"] == []
        for resource in dataset.resources:
            labels = result.tables[resource.name].labels
            assert labels == tuple(field.name for field in resource.schema.fields) or not resource.schema.fields


@needs_shared_data
@pytest.mark.parametrize(
    ("name", "encoding", "rows"), [("city_list_gbk.csv", "gb18030", 345), ("admin/level3_bom.csv", "utf-8", 3639)]
)
def test_real_chinese_files_are_read(tmp_path: Path, name: str, encoding: str, rows: int) -> None:
    """The list in GBK, and the file with a byte order mark."""
    made = understood(tmp_path, {"t.csv": (SHARED / "cn" / name).read_bytes()})
    assert made.whole.encoding == encoding
    assert "\ufeff" not in made.text
    assert len(made.rows) == rows


@needs_shared_data
def test_real_big5_is_asked_for(tmp_path: Path) -> None:
    """It would decode as GB18030, into rare characters."""
    content = (SHARED / "cn" / "tw" / "taipei_big5.csv").read_bytes()
    made = understood(tmp_path, {"t.csv": content})
    assert [item.code for item in made.findings] == ["encoding-unclear"]
    assert "Big5" in message_of(made.findings[0]).zh
    assert understood(tmp_path, {"t.csv": content}, encoding="cp950").findings == ()


def test_a_missing_or_oversized_file_is_a_finding_and_the_others_go_on(tmp_path: Path) -> None:
    """Never an exception."""
    (tmp_path / "d" / "made").mkdir(parents=True)
    (tmp_path / "d" / "made" / "b.csv").write_text("a\n1\n")
    resources = [{"name": "a", "path": "a.csv"}, {"name": "b", "path": "b.csv"}]
    document = json.dumps({"name": "made", "resources": resources})
    (tmp_path / "d" / "made" / "datapackage.json").write_text(document)
    catalog, _ = load_catalog(load_settings(tmp_path / "d"))
    result = understand(catalog.datasets[0], tmp_path / "w", Limits())
    assert ([*result.tables], [item.code for item in result.findings]) == (["b"], ["scheme-error"])
    result = understand(catalog.datasets[0], tmp_path / "w", Limits(file_bytes_max=3))
    assert [item.code for item in result.findings] == ["scheme-error", "file-too-large"]


def test_understanding_again_writes_the_same(tmp_path: Path) -> None:
    """In the same folder, with what stands there already."""
    files = {"t.csv.zip": zipped({"a.csv": "a,b\n名称,2\n".encode("gbk")})}
    first = understood(tmp_path, files)
    before = {path.name: path.read_bytes() for path in first.work_dir.iterdir()}
    second = understood(tmp_path, files)
    assert {path.name: path.read_bytes() for path in second.work_dir.iterdir()} == before
    assert second.whole == first.whole


def test_what_is_no_table_becomes_a_file(tmp_path: Path) -> None:
    """The dataset says so afterwards."""
    made = understood(tmp_path, {"t.json": '{"a":1}'})
    result = understand(made.dataset, made.work_dir, Limits())
    assert [item.kind for item in result.dataset.resources] == ["file"]
    assert [item.resource.kind for item in result.resources] == ["file"]


@pytest.mark.parametrize(
    ("files", "entry", "kind", "format_"),
    [
        ({"t.txt": "a|b\n"}, {}, "file", "txt"),
        ({"t.txt": "a|b\n"}, {"type": "table"}, "table", "txt"),
        ({"t.txt": "a|b\n"}, {"dialect": {"delimiter": "|"}}, "table", "txt"),
        ({"t.dat": "a\n"}, {"format": "csv"}, "table", "csv"),
        ({"t.pdf": "%PDF"}, {}, "file", "pdf"),
        ({"t.ods": "x"}, {}, "table", "ods"),
        ({"t": "x"}, {"compression": "gz", "format": "csv"}, "table", "csv"),
        ({"t.tar.gz": "x"}, {}, "file", "gz"),
    ],
)
def test_the_descriptor_says_what_may_be_a_table(
    tmp_path: Path, files: dict[str, str], entry: dict[str, Any], kind: str, format_: str
) -> None:
    """By the format, by the name, or because it is declared one."""
    made = understood(tmp_path, files, **entry)
    assert (made.resource.kind, made.resource.format) == (kind, format_)


def test_formats_without_parts_say_so(tmp_path: Path) -> None:
    """Two lists of JSON are not one table."""
    assert understood(tmp_path, {"a.json": "[]", "b.json": "[]"}).codes == [("parts-unsupported", None, None)]


def test_rows_left_out_are_no_data(tmp_path: Path) -> None:
    """Comment rows and everything up to the header are passed over."""
    path = tmp_path / "t.csv"
    path.write_text("title\na\n1\ntotal\n# x\n2\n")
    table = UnderstoodTable("t", path, True, ("a",), header_row=2, comment_rows=(4,), comment_char="#")
    assert list(raw_rows(table)) == [(3, ["1"]), (6, ["2"])]
