"""Faults of cells that Frictionless accepts: each at its row and column, once, and only where there is one."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.examining.reading.understood_tables import understand
from portal.examining.validation.cells import checked_cells
from portal.examining.validation.cells.cell_rules import Dates, Keys, Numbers, Rule
from portal.examining.validation.cells.checked_cells import check_cells
from portal.examining.validation.cells.mojibake import Mojibake
from portal.findings.finding import Finding
from portal.model.limits import Limits
from portal.settings import load_settings

Write = Callable[..., Path]

_DATABASE = duckdb.connect(config={"threads": 1})


def check(root: Path, limits: Limits | None = None) -> list[Finding]:
    """Understand the one dataset in *root* and check its cells."""
    limits = limits or Limits()
    catalog, _ = load_catalog(load_settings(root))
    dataset = catalog.datasets[0]
    return list(check_cells(understand(dataset, root.parent / "work", limits), limits))


def table(fields: str, keys: str = "", more: str = "") -> str:
    """Return a descriptor with one table; *fields* and *keys* are YAML in one line."""
    schema = f"{{fields: [{fields}]{keys}}}"
    return f"name: made\n{more}resources: [{{name: table, path: table.csv, encoding: utf-8, schema: {schema}}}]\n"


def places(findings: list[Finding]) -> list[tuple[str, int | None, int | None, str | None]]:
    """Return code, row, column and value of every finding."""
    return [(item.code, item.row, item.column, item.value) for item in findings]


CASES = [
    ("type: integer", "9223372036854775807", ""),
    ("type: integer", "-9223372036854775808", ""),
    ("type: integer", "9223372036854775808", "number-too-large"),
    ("type: integer", "-99999999999999999999", "number-too-large"),
    ("type: integer", "１２", "full-width-digits"),
    ("type: integer", "1_000", ""),
    ("type: integer", "十二", ""),
    ("type: number, groupChar: '.', decimalChar: ','", "1.234,5", ""),
    ("type: number, groupChar: '.', decimalChar: ','", "-12.345.678", ""),
    ("type: number, groupChar: '.', decimalChar: ','", "1234,5", ""),
    ("type: number, groupChar: '.', decimalChar: ','", "12.34", "number-grouping"),
    ("type: number, groupChar: '.', decimalChar: ','", "0.123", "number-grouping"),
    ("type: number, groupChar: '.'", "1.2.3", "number-grouping"),
    ("type: number, groupChar: ','", "1,234.5", ""),
    ("type: number, groupChar: ','", "1,234e2", ""),
    ("type: number, groupChar: ','", "12,34", "number-grouping"),
    ("type: number, groupChar: ','", ",5", "number-grouping"),
    ("type: number, groupChar: ','", "1,,234", "number-grouping"),
    ("type: number, groupChar: ','", "1.234,567", "number-grouping"),
    ("type: number, groupChar: ' '", "1 234", ""),
    ("type: number, groupChar: ' '", "12 34", "number-grouping"),
    ('type: number, groupChar: "\'"', "1'234", ""),
    ('type: number, groupChar: "\'"', "1'23", "number-grouping"),
    ("type: number, groupChar: ',', bareNumber: false", "¥1,234元", ""),
    ("type: number, groupChar: ',', bareNumber: false", "¥12,34元", "number-grouping"),
    ("type: string", "9.13501E+17", "code-in-exponent"),
    ("type: string", "3.5e+14", "code-in-exponent"),
    ("type: string", "1.2E+05", ""),
    ("type: string", "1E5", ""),
    ("type: string", "LE+12", ""),
    ("type: string, constraints: {unique: true}", "9E+08", "code-in-exponent"),
    ("type: string", "\\N", "null-mark"),
    ("type: string", "(null)", "null-mark"),
    ("type: string", "NULL", "null-mark"),
    ("type: string", "NOT NULL", ""),
    ("type: string", '="001"', "text-sign"),
    ("type: string", "#REF!", "cell-error"),
    ("type: string", "########", "cell-error"),
    ("type: string", "#1", ""),
    ("type: string", "a\\N", ""),
    ("type: number", "1.7976931348623157e308", ""),
    ("type: number", "1e400", "number-too-large"),
    ("type: number", "1e-400", "number-too-large"),
    ("type: number", "0.12345678901234567", ""),
    ("type: number", "0.123456789012345678", "number-precision"),
    ("type: number", "100000000000000000000000", ""),
    ("type: number", "NaN", "number-not-finite"),
    ("type: number", "-Infinity", "number-not-finite"),
    ("type: number", "３.５", "full-width-digits"),
    ("type: number, groupChar: ','", "'1,234,567.5'", ""),
    ("type: number, bareNumber: false", "12元", ""),
    ("type: date", "２０２６-01-31", "full-width-digits"),
    ("type: date", "2026年1月31日", ""),
    ("type: year", "２０２６", "full-width-digits"),
    ("type: string", "１２", ""),
    ("type: string, codeFormat: uscc", "11100000000000000J", ""),
    ("type: string, codeFormat: uscc", "11100000000000000K", "check-digit"),
    ("type: string, format: postcode", "10010", "check-digit"),
    ("type: string, codeFormat: division-code", "990101", "check-digit"),
    ("type: string, constraints: {unique: true}", "A1\u200b", "invisible-character"),
    ("type: string, constraints: {unique: true}", "A1\u00a0", "invisible-character"),
    ("type: string, constraints: {unique: true}", "A1\u3000", "key-padding"),
    ("type: string, constraints: {unique: true}", "A 1", ""),
    ("type: string, constraints: {enum: [甲]}", "甲\ufeff", "invisible-character"),
    ("type: string", "A1\u200b ", ""),
    ("type: string", "锟斤拷", "mojibake"),
    ("type: string", "市\ufffd局", "mojibake"),
    ("type: string", "烫烫烫", "mojibake-suspected"),
    ("type: string", "åŒ—äº¬å¸‚", "mojibake-suspected"),
    ("type: string", "鍖椾含甯�", "mojibake"),
    ("type: string", "娴嬭瘯", "mojibake-suspected"),
    ("type: string", "±±¾©ÊÐ", "mojibake-suspected"),
    ("type: string", "Café Zürich, 东京·大阪 20°", ""),
]


@pytest.fixture(params=[0, 1_000_000], ids=["by-columns", "by-rows"])
def route(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways of looking through a table: DuckDB for large ones, row by row for small ones."""
    monkeypatch.setattr(checked_cells, "SMALL_BYTES_MAX", request.param)


@pytest.mark.parametrize(("field", "cell", "code"), CASES)
def test_a_cell_has_its_fault_or_none(write_dataset: Write, field: str, cell: str, code: str) -> None:
    """Everything that is not listed as a fault passes."""
    quoted = f'"{cell.strip(chr(39))}"' if "," in cell else cell
    root = write_dataset(table(f"{{name: a, {field}}}, {{name: b}}"), table__csv=f"a,b\n{quoted},x\n")
    assert [(item.code, item.row, item.column, item.field) for item in check(root)] == (
        [(code, 2, 1, "a")] if code else []
    )


def test_large_tables_have_the_same_faults(write_dataset: Write, route: None) -> None:
    """All the cells above in one table, a column for each kind of field."""
    columns = {field: [(cell, code) for other, cell, code in CASES if other == field] for field, _, _ in CASES}
    fields = ", ".join(f"{{name: c{number}, {field}}}" for number, field in enumerate(columns))
    rows = [
        [c[n][0].strip("'") if n < len(c) else "" for c in columns.values()]
        for n in range(max(map(len, columns.values())))
    ]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([[f"c{number}" for number in range(len(columns))], *rows])
    wanted = [
        (c[n][1], n + 2, number)
        for n in range(len(rows))
        for number, c in enumerate(columns.values(), start=1)
        if n < len(c) and c[n][1]
    ]
    assert [place[:3] for place in places(check(write_dataset(table(fields), table__csv=text.getvalue())))] == wanted


def test_keys_of_every_kind_are_looked_at(write_dataset: Write, route: None) -> None:
    """Primary, foreign and unique keys join data; other columns may be padded."""
    keys = ", primaryKey: a, uniqueKeys: [[b]], foreignKeys: [{fields: c, reference: {resource: '', fields: a}}]"
    root = write_dataset(table("{name: a}, {name: b}, {name: c}, {name: d}", keys), table__csv="a,b,c,d\n x, x, x, x\n")
    assert places(check(root)) == [("key-padding", 2, column, " x") for column in (1, 2, 3)]


def test_declared_missing_values_are_no_faults(write_dataset: Write, route: None) -> None:
    """What stands for no value is not looked at, by the schema or by the field."""
    fields = "{name: a, type: number}, {name: b, type: number, missingValues: [Inf]}"
    root = write_dataset(table(fields, ", missingValues: ['', NaN]"), table__csv="a,b\nNaN,Inf\nInf,NaN\n")
    assert places(check(root)) == [("number-not-finite", 3, 1, "Inf"), ("number-not-finite", 3, 2, "NaN")]


@pytest.mark.parametrize("filler", ["x,1\n", "\n", 'x,1"y\n', "x\n"])
def test_rows_are_those_of_the_file_whatever_stands_between(write_dataset: Write, route: None, filler: str) -> None:
    """Blank lines, odd quotes and short rows do not shift the place, though DuckDB reads them otherwise."""
    text = f"a,b\n{filler * 3}１,2\n{filler}x,３\n"
    root = write_dataset(table("{name: a, type: integer}, {name: b, type: integer}"), table__csv=text)
    assert places(check(root)) == [("full-width-digits", 5, 1, "１"), ("full-width-digits", 7, 2, "３")]


def test_columns_belong_to_the_fields_of_their_names(write_dataset: Write) -> None:
    """A schema in another order does not send a rule to the wrong column."""
    fields = "{name: b, type: integer}, {name: a, type: string}"
    root = write_dataset(table(fields), table__csv="a,b\n１,１\n")
    assert places(check(root)) == [("full-width-digits", 2, 2, "１")]


def test_each_code_is_listed_up_to_the_limit(write_dataset: Write, route: None) -> None:
    """Many faults of one kind do not hide another kind, and it is said that not all are listed."""
    text = "a\n" + "１\n" * 50 + "99999999999999999999\n"
    root = write_dataset(table("{name: a, type: integer}"), table__csv=text)
    findings = check(root, Limits(errors_max=3))
    assert [(item.code, item.row) for item in findings] == [
        ("full-width-digits", 2),
        ("full-width-digits", 3),
        ("full-width-digits", 4),
        ("number-too-large", 52),
        ("errors-cut", None),
    ]
    assert "errors-cut" not in {item.code for item in check(root, Limits(errors_max=50))}


def test_nothing_is_quoted_of_what_is_not_open(write_dataset: Write) -> None:
    """Neither the cell nor what it would be in another encoding."""
    root = write_dataset(
        table("{name: a}, {name: b, codeFormat: id-card}", more="catalogue: {open: false}\n"),
        table__csv="a,b\n娴嬭瘯,110101185001010019\n",
    )
    findings = check(root)
    assert places(findings) == [("mojibake-suspected", 2, 1, None), ("check-digit", 2, 2, None)]
    assert not any("测试" in str(item) or "110101" in str(item) for item in findings)


def test_an_unknown_format_of_codes_is_found(write_dataset: Write) -> None:
    """A slip of the pen would silently check nothing."""
    root = write_dataset(table("{name: a, codeFormat: ucss}"), table__csv="a\n1\n")
    assert [(item.code, item.field, item.value) for item in check(root)] == [("value-unknown", "codeFormat", "ucss")]


RULES: list[Rule] = [Numbers(is_integer=True), Numbers(is_integer=False), Dates(), Keys(), Mojibake()]
ODD = "0199.-+eENaInf/: \n\t\u3000\u00a0\u200b\u2028９３年Ã¥…°锟斤拷烫屯鍖椾含娴嬭瘯±±市局\ufffd"


@settings(deadline=None, max_examples=40)
@given(texts=st.lists(st.text(ODD, min_size=1, max_size=8), max_size=30))
def test_the_first_look_lets_no_fault_pass(texts: list[str]) -> None:
    """Whatever the second look finds, both forms of the first suspect."""
    for rule in RULES:
        faulty = {text for text in texts if list(rule.faults(text))}
        assert not [text for text in faulty if rule.is_clean(text)]
        assert not (faulty and rule.is_clean("\0".join(texts)))
        rows = _DATABASE.execute(
            f"SELECT c FROM (SELECT unnest(?) AS c) WHERE {rule.suspicion('c')}", [texts]
        ).fetchall()
        assert faulty <= {text for (text,) in rows}


@pytest.mark.parametrize(
    ("encoding", "wrong"),
    [("utf-8", "gbk"), ("utf-8", "latin-1"), ("utf-8", "cp1252"), ("gbk", "utf-8"), ("gbk", "latin-1")],
)
def test_text_read_in_a_wrong_encoding_is_noticed(encoding: str, wrong: str) -> None:
    """Names of offices and streets, garbled in each of the usual ways, are told from the honest ones."""
    texts = ["小城交通局公交站点信息", "阳光路第二中学", "示范市人民政府办公室", "每月由各区汇总后报送"]
    for text in texts:
        garbled = text.encode(encoding).decode(wrong, errors="replace")
        assert list(Mojibake().faults(garbled)), garbled
        assert list(Mojibake().faults(text)) == []


def test_garbled_names_of_columns_are_told_as_cells_are(write_dataset: Write) -> None:
    """Though every cell is plain."""
    garbled = "测试".encode().decode("gbk")
    fields = f"{{name: '{garbled}', type: integer}}, {{name: b, type: integer}}"
    root = write_dataset(table(fields), table__csv=f"{garbled},b\n1,2\n")
    assert [(item.code, item.row, item.column) for item in check(root)] == [("mojibake-suspected", 1, 1)]
