"""Inputs that would hurt a careless reader, one folder each, made by code so that nothing large is kept.

`CASES` gives for each folder what writes it and the code that its dataset must get; "" for what is harmless once it is
handled with care, and published. Those that need low limits say so, and stand in a portal of their own.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import stat
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import xlsxwriter

LOW_LIMITS = {
    "file_bytes_max": 300_000,
    "unpacked_bytes_max": 400_000,
    "archive_members_max": 20,
    "rows_max": 100,
    "columns_max": 50,
    "cell_characters_max": 1000,
    "dataset_seconds_max": 20,
    "errors_max": 10,
}

MEGABYTE = 1024 * 1024
TABLE = "a,b\n1,2\n"


@dataclass(frozen=True)
class Case:
    """What writes the folder, and what must be found."""

    write: Callable[[Path], None]
    code: str
    needs_low_limits: bool = False


CASES: dict[str, Case] = {}


def hostile(code: str, *, low: bool = False) -> Callable[[Callable[[Path], None]], Callable[[Path], None]]:
    """Enter a function that writes a folder; the folder has the function's name."""

    def enter(write: Callable[[Path], None]) -> Callable[[Path], None]:
        CASES[write.__name__.replace("_", "-")] = Case(write, code, low)
        return write

    return enter


def describe(folder: Path, resource: str, **more: str) -> None:
    """Write a descriptor with one resource, given as YAML in one line, and further keys."""
    lines = [
        f"name: {folder.name}",
        "title: 测试",
        "description: 测试用的数据。",
        "licenses: [{name: CC-BY-4.0}]",
        "catalogue: {publisher: office}",
        *(f"{key}: {value}" for key, value in more.items()),
        f"resources: [{{name: table, {resource}}}]",
    ]
    (folder / "datapackage.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def with_file(folder: Path, name: str, content: str | bytes, extra: str = "") -> None:
    """Write a dataset with one file."""
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    describe(folder, f"path: {name}{extra}")


def zipped(members: dict[str, str | bytes]) -> bytes:
    """Return a ZIP file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def workbook(cells: list[list[str]], **members: str | bytes) -> bytes:
    """Return an XLSX file; *members* (by the last part of their name) take the place of what the writer made."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("data")
        for row, texts in enumerate(cells):
            sheet.write_row(row, 0, texts)
    with zipfile.ZipFile(made) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    for ending, content in members.items():
        name = next(name for name in parts if name.endswith(f"/{ending}.xml"))
        parts[name] = content
    return zipped(parts)


def laughs(root: str) -> str:
    """Return a document type with entities of XML, each ten of the one before."""
    entities = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10))
    return f'<!DOCTYPE {root} [<!ENTITY l0 "haha">{entities}]>'


def opendocument(rows: str, document_type: str = "") -> bytes:
    """Return an ODS file with the rows of one sheet."""
    names = ("office", "table", "text")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{document_type}<office:document-content {spaces} office:version="1.3">'
        f'<office:body><office:spreadsheet><table:table table:name="data">{rows}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


# Archives


@hostile("archive-too-large")
def zip_bomb(folder: Path) -> None:
    """A megabyte of zeros in a kilobyte."""
    with_file(folder, "table.csv.zip", zipped({"table.csv": b"0" * 40 * MEGABYTE}))


@hostile("archive-too-large")
def gzip_bomb(folder: Path) -> None:
    """The same without a directory that would tell the size."""
    with_file(folder, "table.csv.gz", gzip.compress(b"0" * 40 * MEGABYTE))


@hostile("archive-too-large", low=True)
def zip_unpacked_size(folder: Path) -> None:
    """Well compressed or not, it unpacks to more than may be."""
    with_file(
        folder, "table.csv.zip", zipped({"table.csv": "a,b\n" + "".join(f"{n},{n * n}\n" for n in range(40_000))})
    )


@hostile("archive-too-large", low=True)
def zip_members(folder: Path) -> None:
    """More members than anybody packs."""
    with_file(folder, "table.csv.zip", zipped({f"{number}.csv": TABLE for number in range(30)}))


@hostile("")
def zip_slip(folder: Path) -> None:
    """A name that climbs out of the folder; it is read, under a name of ours."""
    with_file(folder, "table.csv.zip", zipped({"../../../../slipped.csv": TABLE}))


@hostile("archive-nested")
def zip_in_zip(folder: Path) -> None:
    """An archive in an archive, each of which could be a bomb."""
    with_file(folder, "table.csv.zip", zipped({"inner.zip": zipped({"table.csv": TABLE})}))


@hostile("archive-encrypted")
def zip_encrypted(folder: Path) -> None:
    """A member that says it needs a password."""
    content = bytearray(zipped({"table.csv": TABLE}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    with_file(folder, "table.csv.zip", bytes(content))


@hostile("compression-error")
def zip_symlink(folder: Path) -> None:
    """A member that is a link to a file of the machine."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        link = zipfile.ZipInfo("table.csv")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with_file(folder, "table.csv.zip", target.getvalue())


@hostile("compression-error")
def zip_truncated(folder: Path) -> None:
    """An archive whose end is missing."""
    with_file(folder, "table.csv.zip", zipped({"table.csv": TABLE})[:-30])


@hostile("archive-members")
def zip_several_tables(folder: Path) -> None:
    """Several tables and no word which is meant."""
    with_file(folder, "data.zip", zipped({"a.csv": TABLE, "b.csv": TABLE}), ", type: table")


# Workbooks


@hostile("workbook-unpacks-too-large")
def xlsx_bomb(folder: Path) -> None:
    """A sheet that unpacks to a thousand times its size."""
    with_file(folder, "table.xlsx", workbook([["a"], ["1"]], sheet1=b"<worksheet>" + b" " * 40 * MEGABYTE))


@hostile("workbook-broken")
def xlsx_entities(folder: Path) -> None:
    """Entities of XML, each ten of the one before: a billion laughs."""
    strings = (
        f'<?xml version="1.0"?>{laughs("sst")}'
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="2" uniqueCount="2">'
        "<si><t>a</t></si><si><t>&l9;</t></si></sst>"
    )
    with_file(folder, "table.xlsx", workbook([["a"], ["1"]], sharedStrings=strings))


@hostile("workbook-broken")
def xlsx_truncated(folder: Path) -> None:
    """A workbook cut short."""
    with_file(folder, "table.xlsx", workbook([["a"], ["1"]])[:2000])


@hostile("sheet-too-large", low=True)
def xlsx_rows(folder: Path) -> None:
    """More rows in a sheet than a table may have."""
    with_file(folder, "table.xlsx", workbook([["a"], *([str(number)] for number in range(200))]))


@hostile("sheet-too-large")
def xlsx_far_cell(folder: Path) -> None:
    """Two cells, one of them in the last corner: a program that makes room for the rectangle between never ends."""
    sheet = (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    with_file(folder, "table.xlsx", workbook([["a"], ["1"]], sheet1=sheet))


@hostile("sheet-too-large")
def ods_repeated_cells(folder: Path) -> None:
    """One cell that says it stands there sixteen thousand times, in a row that says it does a million times."""
    with_file(
        folder,
        "table.ods",
        opendocument(
            '<table:table-row table:number-rows-repeated="1048576">'
            '<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p>'
            "</table:table-cell></table:table-row>"
        ),
    )


@hostile("workbook-broken")
def ods_entities(folder: Path) -> None:
    """A billion laughs in the other format."""
    cell = '<table:table-cell office:value-type="string"><text:p>&l9;</text:p></table:table-cell>'
    with_file(folder, "table.ods", opendocument(f"<table:table-row>{cell}</table:table-row>", laughs("x")))


@hostile("table-too-large", low=True)
def parquet_rows(folder: Path) -> None:
    """A file of a few hundred bytes with very many equal rows."""
    target = folder / "table.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT 1 AS a FROM range(1000000)) TO '{target}' (FORMAT parquet)")
    describe(folder, "path: table.parquet")


# Descriptors


@hostile("descriptor-too-large")
def yaml_aliases(folder: Path) -> None:
    """A few lines of aliases that stand for billions of items."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    (folder / "datapackage.yaml").write_text("\n".join(lines))


@hostile("descriptor-too-large")
def yaml_depth(folder: Path) -> None:
    """Lists in lists without end."""
    (folder / "datapackage.yaml").write_text("a: " + "[" * 5000 + "]" * 5000)


@hostile("descriptor-too-large")
def yaml_size(folder: Path) -> None:
    """A descriptor of many megabytes."""
    (folder / "datapackage.yaml").write_text("# " + "x" * 6 * MEGABYTE)


@hostile("descriptor-syntax")
def yaml_tag(folder: Path) -> None:
    """A tag that would have Python run a command."""
    (folder / "datapackage.yaml").write_text("a: !!python/object/apply:os.system ['touch /tmp/owned']\n")


@hostile("descriptor-syntax")
def yaml_duplicate_key(folder: Path) -> None:
    """A key that stands twice: one value would silently win."""
    (folder / "datapackage.yaml").write_text("name: a\nname: b\nresources: []\n")


@hostile("descriptor-too-large")
def json_descriptor_depth(folder: Path) -> None:
    """The same depth in JSON."""
    (folder / "datapackage.json").write_text("[" * 100_000 + "]" * 100_000)


@hostile("descriptor-syntax")
def json_descriptor_duplicate_key(folder: Path) -> None:
    """The same twice in JSON."""
    (folder / "datapackage.json").write_text('{"name": "a", "name": "b", "resources": []}')


@hostile("path-unsafe")
def path_upwards(folder: Path) -> None:
    """A path that leads to a file of the machine."""
    describe(folder, "path: ../../../../../../etc/passwd, format: csv")


@hostile("path-unsafe")
def symlink_out(folder: Path) -> None:
    """A link that leads to one."""
    (folder / "table.csv").symlink_to("/etc/passwd")
    describe(folder, "path: table.csv")


@hostile("reference-remote")
def schema_elsewhere(folder: Path) -> None:
    """A schema that would be fetched from the network."""
    with_file(folder, "table.csv", TABLE, ", schema: 'https://example.com/schema.json'")


# Files


@hostile("scheme-error")
def pipe(folder: Path) -> None:
    """A pipe, whose opening would wait for ever."""
    os.mkfifo(folder / "table.csv")
    describe(folder, "path: table.csv")


@hostile("scheme-error")
def folder_as_file(folder: Path) -> None:
    """A folder with the name of a table."""
    (folder / "table.csv").mkdir()
    describe(folder, "path: table.csv")


@hostile("file-too-large", low=True)
def file_size(folder: Path) -> None:
    """A file over the limit; it is a hole, so it takes no room."""
    with (folder / "table.csv").open("wb") as file:
        file.truncate(3_000_000)
    describe(folder, "path: table.csv")


@hostile("hash-count")
def hash_mismatch(folder: Path) -> None:
    """A file that is not the one whose hash is declared."""
    with_file(folder, "table.csv", TABLE, f", hash: 'sha256:{hashlib.sha256(b'another').hexdigest()}'")


@hostile("byte-count")
def bytes_mismatch(folder: Path) -> None:
    """A file of another size."""
    with_file(folder, "table.csv", TABLE, ", stats: {bytes: 5}")


# Text


@hostile("table-too-large")
def long_cell(folder: Path) -> None:
    """A cell that Python's reader of CSV would not take."""
    with_file(folder, "table.csv", f"a,b\n1,{'x' * 200_000}\n")


@hostile("table-too-large")
def many_columns(folder: Path) -> None:
    """More columns than anybody looks at."""
    with_file(folder, "table.csv", ",".join(f"c{n}" for n in range(3000)) + "\n" + "1," * 2999 + "1\n")


@hostile("table-too-large", low=True)
def many_rows(folder: Path) -> None:
    """More rows than may be."""
    with_file(folder, "table.csv", "a,b\n" + "1,2\n" * 200)


@hostile("errors-cut", low=True)
def many_errors(folder: Path) -> None:
    """Errors without end are listed up to a limit, and that is said."""
    rows = "x\n" * 50
    with_file(folder, "table.csv", f"a\n{rows}", ", schema: {fields: [{name: a, type: integer}]}")


@hostile("quote-unclosed")
def unclosed_quote(folder: Path) -> None:
    """A quote that swallows the rest of the file."""
    with_file(folder, "table.csv", 'a,b\n1,"2\n' + "3,4\n" * 1000)


@hostile("nul-byte")
def nul_byte(folder: Path) -> None:
    """A character that ends the text for programs in C."""
    with_file(folder, "table.csv", b"a,b\n1,\x002\n")


@hostile("double-bom")
def double_bom(folder: Path) -> None:
    """Two byte order marks, the second of which becomes part of the first label."""
    with_file(folder, "table.csv", b"\xef\xbb\xbf\xef\xbb\xbf" + TABLE.encode())


@hostile("html-as-csv")
def html(folder: Path) -> None:
    """A page of a login instead of the table."""
    with_file(folder, "table.csv", "<!DOCTYPE html>\n<html><body><table><tr><td>1</td></tr></table></body></html>\n")


@hostile("workbook-as-csv")
def xls_as_csv(folder: Path) -> None:
    """An old workbook with another ending."""
    with_file(folder, "table.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


@hostile("workbook-as-csv")
def xlsx_as_csv(folder: Path) -> None:
    """A new one."""
    with_file(folder, "table.csv", workbook([["a"], ["1"]]))


@hostile("pattern-too-slow")
def endless_pattern(folder: Path) -> None:
    """A pattern that takes longer than the world will last."""
    schema = "{fields: [{name: a, type: string, constraints: {pattern: '(x+x+)+y'}}]}"
    with_file(folder, "table.csv", f"a\n{'x' * 60}\n", f", schema: {schema}")


# JSON and GeoJSON


@hostile("json-too-deep")
def json_depth(folder: Path) -> None:
    """Lists in lists without end, as data."""
    with_file(folder, "table.json", '[{"a": ' + "[" * 100_000 + "]" * 100_000 + "}]")


@hostile("json-duplicate-key")
def json_duplicate_key(folder: Path) -> None:
    """A key that stands twice in an object."""
    with_file(folder, "table.json", '[{"a": 1, "a": 2}]')


@hostile("json-not-finite")
def json_infinity(folder: Path) -> None:
    """A number that JSON does not have."""
    with_file(folder, "table.json", '[{"a": Infinity}]')


@hostile("table-too-large")
def json_many_keys(folder: Path) -> None:
    """Every object with a key of its own, so that the table is as wide as it is long."""
    with_file(folder, "table.ndjson", "".join(f'{{"k{number}": {number}}}\n' for number in range(5000)))


@hostile("format-error")
def json_long_number(folder: Path) -> None:
    """A number of a million digits, which takes Python minutes to read."""
    with_file(folder, "table.json", f'[{{"a": {"9" * MEGABYTE}}}]')


@hostile("table-too-large")
def json_long_text(folder: Path) -> None:
    """A text longer than a cell may be."""
    with_file(folder, "table.json", json.dumps([{"a": "x" * 200_000}]), ", schema: {fields: [{name: a}]}")


def geojson(folder: Path, geometry: object) -> None:
    """Write a GeoJSON file with one feature."""
    feature = {"type": "Feature", "properties": {"name": "a"}, "geometry": geometry}
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    with_file(folder, "map.geojson", text, ", crs: CGCS2000")


@hostile("ring-unclosed")
def geojson_open_ring(folder: Path) -> None:
    """A polygon that does not end where it began."""
    geojson(folder, {"type": "Polygon", "coordinates": [[[150, 20], [151, 20], [151, 21], [150, 21]]]})


@hostile("coordinate-range")
def geojson_out_of_range(folder: Path) -> None:
    """A place in metres."""
    geojson(folder, {"type": "Point", "coordinates": [40512345.1, 3456789.2]})


@hostile("geojson-invalid")
def geojson_texts(folder: Path) -> None:
    """Coordinates that are texts."""
    geojson(folder, {"type": "Point", "coordinates": ["150", "20"]})


@hostile("json-not-finite")
def geojson_infinity(folder: Path) -> None:
    """A place that is nowhere."""
    geojson(folder, {"type": "Point", "coordinates": [float("inf"), 20]})


# Cells


def one_cell(folder: Path, field: str, cell: str) -> None:
    """Write a table with one cell under a field given as YAML."""
    with_file(folder, "table.csv", f"a,b\n{cell},1\n", f", schema: {{fields: [{{name: a, {field}}}, {{name: b}}]}}")


@hostile("number-too-large")
def integer_of_65_bits(folder: Path) -> None:
    """An integer that no program holds."""
    one_cell(folder, "type: integer", "18446744073709551617")


@hostile("number-too-large")
def number_of_400_digits(folder: Path) -> None:
    """A number that becomes infinity."""
    one_cell(folder, "type: number", "1e400")


@hostile("full-width-digits")
def digits_of_an_input_method(folder: Path) -> None:
    """Digits that only look like digits."""
    one_cell(folder, "type: integer", "１２３")


@hostile("mojibake")
def lost_text(folder: Path) -> None:
    """Text that was decoded wrongly and saved."""
    one_cell(folder, "type: string", "市\ufffd\ufffd局")


@hostile("check-digit")
def wrong_check_digit(folder: Path) -> None:
    """A credit code with one wrong character."""
    one_cell(folder, "type: string, format: uscc", "11100000000000000K")


@hostile("")
def formulas(folder: Path) -> None:
    """Cells that a spreadsheet program would run; they are data, and stay as they are."""
    with_file(folder, "table.csv", "a,b\n\"=cmd|' /C calc'!A0\",+1+1\n@SUM(1),-2+3\n")


def write_portal(root: Path, *, low: bool) -> list[str]:
    """Write the cases into a folder of datasets, beside one that is in order; return the names of the cases."""
    root.mkdir(parents=True)
    limits = "".join(f"  {key}: {value}\n" for key, value in LOW_LIMITS.items())
    (root / "catalog.yaml").write_text(f"title: 测试\n{'limits:' if low else ''}\n{limits if low else ''}")
    (root / "publishers.yaml").write_text("publishers: [{id: office, name: 办公室}]\n", encoding="utf-8")
    names = [name for name, case in CASES.items() if case.needs_low_limits == low]
    for name in [*names, "in-order"]:
        (root / name).mkdir()
    for name in names:
        CASES[name].write(root / name)
    with_file(root / "in-order", "table.csv", TABLE)
    return names
