"""Tables and schemas made up by chance, with everything in them that readers of CSV and of values disagree on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from portal.examining.understanding import UnderstoodDataset
from portal.model.catalog import Dataset, DatasetSource, Publisher, Resource
from portal.model.text import LocalText
from portal.model.understood_table import Part, UnderstoodTable

V2 = "https://datapackage.org/profiles/2.0/datapackage.json"

MISSING = ["", "-", "NA", "None"]

TEXTS = [
    "", "a", "b", "A", "ab", "abc", "-", "NA", "None", " ", " a", "a ", "甲", "乙", "甲乙丙", "𠀀", "𠀀𠀁", "👨‍👩‍👧",
    "\u2028", "a\u2028b", "\x0b", "\x0c", "\x1c", "\x85", "\ufeff", "0", "1", "01", "a\nb", "a,b",
    'a"b', '""', "a;b", "#a",
    "a\rb", "x" * 40, "é", "e\u0301", "NULL", "null", "nan", "a\n", "\t", "\u3000", "'a'",
]  # fmt: skip
INTEGERS = [
    "0", "1", "2", "3", "10", "-1", "+1", "01", "001", " 1", "1 ", "1_0", "１", "１２", "1.0", "1e3", "0x10", "--1", "",
    "1,000", "9" * 15, "9" * 16, "9" * 40, "-0", "a", "NA", "-", "٣", "1元", "NaN", "\u30001", "1\n", "5000000000",
]  # fmt: skip
NUMBERS = [
    *INTEGERS, "1.5", "1.50", "-1.5", ".5", "5.", "1e-400", "-1e-400", "1E5", "inf", "-inf", "Infinity", "nan", "1_0.5",
    "１.５", "0.1", "0.10", "1" * 15 + "." + "1" * 15, "1." + "1" * 16, "1,5", "100000",
    "0.000000000000001", "sNaN1", "1.5元",
]  # fmt: skip
DATES = [
    "2020-01-01", "2020-01-02", "2020-02-29", "2021-02-29", "2020-1-2", "2020/01/02", " 2020-01-01",
    "2020-01-01 ", "20-01-02",
    "２０２０-01-02", "infinity", "epoch", "2020-01-01 (BC)", "2020-01-01 00:00:00", "0000-01-01",
    "0001-01-01", "9999-12-31",
    "2020-01- 2", "2020-13-01", "2020-00-01", "20200102", "2020年01月02日", "02/01/2020", "", "NA",
    "1999-12-31", "10000-01-01",
    "2020-01-01\n", "0999-01-01", "31.12.2020",
]  # fmt: skip
DATETIMES = [
    "2020-01-01T00:00:00", "2020-01-01 00:00:00", "2020-01-01T00:00:00Z",
    "2020-01-01T00:00:00+08:00", "2020-01-01T24:00:00",
    "2020-01-01T00:00:60", "2020-01-01T00:00", "2020-01-01T00:00:00.5", "2020-01-01T00:00:00,5", "2020-01-01x00:00:00",
    "2020-02-30T00:00:00", "2020-01-01T25:00:00", "２020-01-01T00:00:00", "2020-01-01", "", "2021-06-01T12:30:45",
    " 2020-01-01T00:00:00", "2020-01-01T00:00:00 ", "0001-01-01T00:00:00", "2020-01-01T00:00:00\n",
]  # fmt: skip
BOOLEANS = ["true", "false", "True", "FALSE", "1", "0", "t", "yes", "tRue", "", " true", "是", "否", "NA"]
YEARS = ["2020", "1999", "0001", "20", "２０２０", " 020", "+999", "-001", "20200", "", "NA", "2_20", "9999"]
YEARMONTHS = [
    "2020-01",
    "2020-1",
    "2020-13",
    "2020-00",
    "２０２０-01",
    "2020",
    "",
    " 2020-01",
    "-2020-01",
    "20-1",
    "2020-01-01",
]
TIMES = ["08:30:00", "24:00:00", "8:30:00", "08:30", "", "08:30:00Z", "083000"]
PATTERNS = [
    "[a-z]+", "a|b", "^a$", "\\d+", "(a|b)c?", "[^a]+", ".", ".*", "\\w+", "[\\w-]{1,3}", "甲.*", "(?i:a)",
    "a(?=b).*", "[a-c]{2,3}",
    "\\s*", "[^\\d]+", "a{0}", "(?:ab)+?", "\\D", "[A-Z0-9]{1,4}", "^(a|b|甲)+$", "a$", "a\\.b",
    "\\x61", "[\\s\\d]", "", "a\\b",
]  # fmt: skip

CELLS: dict[str, list[str]] = {
    "string": TEXTS, "any": TEXTS, "integer": INTEGERS, "number": NUMBERS, "date": DATES, "datetime": DATETIMES,
    "boolean": BOOLEANS, "year": YEARS, "yearmonth": YEARMONTHS, "time": TIMES,
}  # fmt: skip
BOUNDS: dict[str, list[Any]] = {
    "integer": [0, 1, "2", -5, 1000, 10**20],
    "number": [0, 1, 0.5, "1.5", 1e-20, "-1e-400", 100000],
    "date": ["2020-01-01", "2020-01-02", "0999-01-01"],
    "datetime": ["2020-01-01T00:00:00", "2021-01-01T00:00:00"],
    "year": [2000, "2020", 1],
    "yearmonth": ["2020-01", "2019-12"],
}
DATE_FORMATS = ["default", "default", "%Y%m%d", "%d/%m/%Y", "%Y年%m月%d日", "%d.%m.%Y", "%Y-%m-%d", "any", "%y-%m-%d"]


@dataclass(frozen=True)
class MadeTable:
    """A table made by chance: its text, how it is to be read, and its schema."""

    text: bytes
    dialect: dict[str, Any]
    schema: dict[str, Any]


def make_field(chance: Random, name: str, *, is_plain: bool = False) -> dict[str, Any]:
    """Make a field; a plain one has a type that keys often have, and no odd options."""
    kind = chance.choice(["string", "string", "integer"] if is_plain else sorted(CELLS))
    entry: dict[str, Any] = {"name": name, "type": kind}
    rules: dict[str, Any] = {}
    if chance.random() < 0.25:
        rules["required"] = True
    if chance.random() < 0.25:
        rules["unique"] = True
    if kind == "string":
        if chance.random() < 0.3:
            rules["minLength"] = chance.randrange(4)
        if chance.random() < 0.3:
            rules["maxLength"] = chance.randrange(5)
        if chance.random() < 0.4:
            rules["pattern"] = chance.choice(PATTERNS)
        if chance.random() < 0.1:
            entry["format"] = chance.choice(["email", "uri", "uuid", "binary"])
    for rule in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
        if kind in BOUNDS and chance.random() < 0.2:
            rules[rule] = chance.choice(BOUNDS[kind])
    if not is_plain and chance.random() < 0.2:
        rules["enum"] = chance.sample(CELLS[kind], 4)
    if kind == "date":
        entry["format"] = chance.choice(DATE_FORMATS)
    if kind == "datetime" and chance.random() < 0.2:
        entry["format"] = chance.choice(["any", "%Y-%m-%d %H:%M:%S"])
    if kind in ("integer", "number") and not is_plain and chance.random() < 0.15:
        entry["bareNumber"] = False
    if kind == "number" and chance.random() < 0.15:
        entry["groupChar"] = ","
    if kind == "number" and chance.random() < 0.15:
        entry["floatNumber"] = True
    if kind == "boolean" and chance.random() < 0.5:
        entry |= {"trueValues": ["是", "1"], "falseValues": ["否", "0"]}
    if chance.random() < 0.15:
        entry["missingValues"] = chance.sample(MISSING, chance.randrange(4))
    return {**entry, "constraints": rules} if rules else entry


def make_schema(chance: Random, others: Sequence[tuple[str, list[str]]] = ()) -> dict[str, Any]:
    """Make a schema of one to four fields; *others* are names of tables and their fields to refer to."""
    names = [f"f{number}" for number in range(chance.randint(1, 4))]
    schema: dict[str, Any] = {"fields": [make_field(chance, name, is_plain=chance.random() < 0.5) for name in names]}
    if chance.random() < 0.35:
        schema["primaryKey"] = chance.sample(names, chance.randint(1, min(2, len(names))))
    if chance.random() < 0.15:
        schema["uniqueKeys"] = [chance.sample(names, chance.randint(1, min(2, len(names))))]
    if chance.random() < 0.2:
        schema["missingValues"] = chance.sample(MISSING, chance.randrange(4))
    if chance.random() < 0.1:
        schema["fieldsMatch"] = chance.choice(["equal", "subset", "superset", "partial"])
    if chance.random() < 0.4:
        target, columns = chance.choice([*others, *others, ("", names)])
        size = chance.randint(1, min(2, len(columns), len(names)))
        reference = {"resource": target, "fields": chance.sample(columns, size)}
        schema["foreignKeys"] = [{"fields": chance.sample(names, size), "reference": reference}]
    return schema


def make_table(chance: Random, schema: dict[str, Any], *, rows_max: int = 14) -> MadeTable:
    """Make a table for *schema*: mostly as it should be, with whatever people and programs get wrong."""
    dialect = make_dialect(chance)
    delimiter, has_header = dialect["delimiter"], dialect.get("has_header", True)
    labels = [item["name"] for item in schema["fields"]]
    width = len(labels)
    if chance.random() < 0.1:
        labels = [chance.choice([*labels, "", "x", "F0"]) for _ in range(chance.randint(0, 5))]
    lines = ["标题", "", "a,b,c", '"x\ny"'][: dialect.get("header_row", 1) - 1] if has_header else []
    lines += [delimiter.join(labels)] if has_header else []
    pools = [chance.sample(CELLS[item["type"]], chance.randint(1, 6)) for item in schema["fields"]]
    oddity = 0.15 if chance.random() < 0.5 else 0
    is_serial = chance.random() < 0.5
    for number in range(chance.randint(0, rows_max)):
        cells = [quoted(chance.choice(pool), delimiter) for pool in pools]
        if is_serial and schema["fields"][0]["type"] in ("string", "integer", "number", "any"):
            cells[0] = str(number)
        is_odd = chance.random() < oddity
        lines.append(chance.choice(ODDITIES)(cells, delimiter) if is_odd and width else delimiter.join(cells))
    ends = chance.choice([["\n"], ["\n"], ["\n"], ["\r\n"], ["\r\n"], ["\n", "\r\n"], ["\r"], ["\n", "\r"]])
    text = "".join(line + chance.choice(ends) for line in lines)
    if chance.random() < 0.3:
        text = text.rstrip("\r\n")
    return MadeTable(text.encode(), dialect, schema)


def make_dialect(chance: Random) -> dict[str, Any]:
    """Choose how a table is to be read; most are plain."""
    dialect: dict[str, Any] = {"delimiter": chance.choice([",", ",", ",", ",", ";", "\t", "|", " ", "、"])}
    if chance.random() < 0.05:
        dialect["comment_char"] = "#"
    if chance.random() < 0.05:
        dialect["skip_initial_space"] = True
    if chance.random() < 0.15:
        dialect["header_row"] = chance.choice([2, 3, 4, 5])
    if chance.random() < 0.08:
        dialect["quote_char"] = chance.choice(["'", ""])
    if chance.random() < 0.05:
        dialect |= {"escape_char": "\\", "double_quote": chance.random() < 0.5}
    if chance.random() < 0.15:
        dialect["comment_rows"] = tuple(sorted(chance.sample(range(3, 13), 3)))
    if chance.random() < 0.06:
        dialect["has_header"] = False
    if chance.random() < 0.05:
        dialect["header_case"] = False
    return dialect


ODDITIES: list[Callable[[list[str], str], str]] = [
    lambda cells, delimiter: "",
    lambda cells, delimiter: delimiter.join([*cells, ""]),
    lambda cells, delimiter: delimiter.join([*cells, "x"]),
    lambda cells, delimiter: delimiter.join(cells[:-1]),
    lambda cells, delimiter: delimiter.join(['"x"y', *cells[1:]]),
    lambda cells, delimiter: delimiter.join(['x"y', *cells[1:]]),
    lambda cells, delimiter: delimiter.join([' "x', *cells[1:]]),
    lambda cells, delimiter: delimiter.join(['"x', *cells[1:]]),
    lambda cells, delimiter: delimiter.join(["#x", *cells[1:]]),
    lambda cells, delimiter: delimiter.join(["" for _ in cells]),
    lambda cells, delimiter: delimiter.join(f'"{cell}"' if '"' not in cell else cell for cell in cells),
    lambda cells, delimiter: delimiter.join(['""', *cells[1:]]),
    lambda cells, delimiter: delimiter.join([f"{cells[0]}\\", *cells[1:]]),
    lambda cells, delimiter: (delimiter + " ").join(cells),
    lambda cells, delimiter: " ",
]


def quoted(cell: str, delimiter: str) -> str:
    """Write a cell as CSV does."""
    if any(char in cell for char in (delimiter, '"', "\n", "\r")):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def understood(folder: Path, made: dict[str, MadeTable]) -> UnderstoodDataset:
    """Write made tables into *folder* and return them as a dataset that was understood."""
    entries, tables_ = [], {}
    for name, table in made.items():
        path = folder / f"{name}.csv"
        path.write_bytes(table.text)
        entries.append({"name": name, "path": path.name, "schema": table.schema})
        tables_[name] = UnderstoodTable(
            name, path, True, (), schema=table.schema, parts=(Part(f"d/{path.name}"),), **table.dialect
        )
    dataset = Dataset(
        name="d",
        title=LocalText("d", "d"),
        folder="d",
        descriptor_file="d/datapackage.yaml",
        publisher=Publisher("p", LocalText("p", "p")),
        resources=tuple(
            Resource(name, LocalText(name, name), "table", "csv", "text/csv", paths=(f"{name}.csv",)) for name in made
        ),
        source=DatasetSource(folder, folder / "datapackage.yaml", {"$schema": V2, "name": "d", "resources": entries}),
    )
    return UnderstoodDataset.of(dataset, tables_)
