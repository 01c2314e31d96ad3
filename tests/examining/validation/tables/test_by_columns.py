"""What is proved in SQL, and that larger tables with faults have the errors of Frictionless."""

from __future__ import annotations

import warnings
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest
from frictionless import Field
from made_tables import BOUNDS, CELLS, PATTERNS, MadeTable, make_field, understood

from portal.examining.validation.tables import by_columns, lookups, structure
from portal.examining.validation.tables.bulk import are_clean
from portal.examining.validation.tables.by_frictionless import frictionless_package
from portal.examining.validation.tables.column_tests import column_test
from portal.examining.validation.tables.patterns import as_re2
from portal.examining.validation.tables.proofs import missing_texts
from portal.examining.validation.tables.verdict import Tables


def judge(folder: Path, made: dict[str, MadeTable], errors_max: int = 1000, small_bytes_max: int = -1) -> str:
    """Judge the first table, by columns if it can, compare with Frictionless, and return the way it went."""
    data = understood(folder, made)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        judged = Tables(frictionless_package(data), data.tables)
        name = next(iter(made))
        ours = judged.verdict(name, errors_max, small_bytes_max=small_bytes_max)
        plain = judged.plain_verdict(name, errors_max)
    assert [item.to_descriptor() for item in ours.errors] == [item.to_descriptor() for item in plain.errors]
    assert ours.repeated == plain.repeated
    return ours.route


def test_what_sql_proves_frictionless_accepts() -> None:
    """Over fields of every type with every constraint and the oddest texts: a proof is never wrong."""
    chance = Random(7)
    proved = 0
    with duckdb.connect() as connection:
        for _ in range(250):
            field: Any = Field.from_descriptor(make_field(chance, "f"))
            try:
                test, read = column_test(field, 0), field.create_cell_reader()
            except (TypeError, ArithmeticError):  # values and bounds that Frictionless cannot compare either
                continue
            if test.condition is None:
                continue
            texts = sorted({text for texts in CELLS.values() for text in texts})
            source = "SELECT nullif(unnest($1::VARCHAR[]), '') AS c0"
            query = f"SELECT coalesce(c0, '') FROM ({source}) WHERE NOT ({test.suspect})"
            for (text,) in connection.execute(query, [texts]).fetchall():
                proved += 1
                assert not read(text)[1], (field.to_descriptor(), text)
    assert proved > 1000


def test_what_is_proved_in_bulk_frictionless_accepts() -> None:
    """The same of the patterns over many texts at once."""
    chance = Random(8)
    proved = 0
    for _ in range(400):
        field: Any = Field.from_descriptor(make_field(chance, "f"))
        read, missing = field.create_cell_reader(), missing_texts(field)
        for texts in CELLS.values():
            for text in texts:
                if text not in missing and are_clean(field, [text]):
                    proved += 1
                    assert not read(text)[1], (field.to_descriptor(), text)
    assert proved > 1000


@pytest.mark.parametrize("pattern", [item for item in PATTERNS if as_re2(item) is not None])
def test_a_translated_pattern_never_matches_more_than_the_original(pattern: str) -> None:
    """Whatever RE2 matches, Python matches."""
    field: Any = Field.from_descriptor({"name": "f", "type": "string", "constraints": {"pattern": pattern}})
    read = field.create_cell_reader()
    texts = sorted({text for texts in CELLS.values() for text in texts} - {""})
    with duckdb.connect() as connection:
        query = "SELECT t FROM (SELECT unnest($1::VARCHAR[]) AS t) WHERE regexp_full_match(t, $2)"
        matched = connection.execute(query, [texts, as_re2(pattern)]).fetchall()
    assert not any(read(text)[1] for (text,) in matched)


def test_common_patterns_are_translated() -> None:
    """What schemas usually say needs no reading of each text."""
    for pattern in ["[0-9]{6}", r"^\d{4}-\d{2}$", "K[0-9]{8}", r"[A-Z0-9]{18}", "(男|女)", r"\w+", "^[^,;]+$"]:
        assert as_re2(pattern) is not None, pattern


BIG_SCHEMA = {
    "fields": [
        {"name": "id", "type": "string", "constraints": {"required": True, "unique": True, "pattern": "K[0-9]+"}},
        {"name": "office", "type": "integer"},
        {"name": "amount", "type": "number", "constraints": {"minimum": 0}},
        {"name": "day", "type": "date"},
        {"name": "hour", "type": "time"},
        {"name": "title", "type": "string", "constraints": {"pattern": "(?!x).*"}},
    ],
    "primaryKey": ["id", "office"],
    "uniqueKeys": [["day", "hour"]],
    "foreignKeys": [
        {"fields": ["office"], "reference": {"resource": "offices", "fields": ["id"]}},
        {"fields": ["id"], "reference": {"resource": "", "fields": ["id"]}},
    ],
}
FAULTS = {
    0: ["", "K1", "X", "K00"], 1: ["7", " 3 ", "1_0", "٣", "+4", "x"], 2: ["-1", "1e3", "NaN", "１", "x"],
    3: ["2021-02-29", "2020-1-1", ""], 4: ["25:00:00"], 5: ["x", '"a\n', "长" * 9],
}  # fmt: skip


def big_table(rows: int, share: float, seed: int) -> bytes:
    """Make a table with faults in a share of its rows."""
    chance = Random(seed)
    lines = ["id,office,amount,day,hour,title"]
    for number in range(rows):
        cells = [
            f"K{number}",
            str(number % 5),
            f"{number}.5",
            f"2020-01-{number % 28 + 1:02}",
            "08:30:00",
            f'"第{number},号"',
        ]
        if chance.random() < share:
            at = chance.randrange(8)
            if at < 6:
                cells[at] = chance.choice(FAULTS[at])
            else:
                cells = cells[:4] if at == 6 else [""]
        lines.append(",".join(cells))
    return ("\n".join(lines) + "\n").encode()


OFFICES = MadeTable(
    b"id\n" + b"".join(b"%d\n" % number for number in range(5)), {}, {"fields": [{"name": "id", "type": "integer"}]}
)


@pytest.mark.parametrize(("share", "errors_max"), [(0, 1000), (0.02, 0), (0.02, 5), (0.5, 1000)])
def test_a_table_of_some_thousand_rows_has_the_errors_of_frictionless(
    share: float, errors_max: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Small pieces, batches and limits stand for large tables: rows are fetched in several turns."""
    monkeypatch.setattr(structure, "PIECE_BYTES", 5_000)
    monkeypatch.setattr(by_columns, "FIRST_CHOSEN", 7)
    monkeypatch.setattr(by_columns, "SUSPECTS_MAX", 20)
    without_keys = {name: value for name, value in BIG_SCHEMA.items() if name != "uniqueKeys"}
    made = {"big": MadeTable(big_table(2_000, share, 1), {}, without_keys), "offices": OFFICES}
    assert judge(tmp_path, made, errors_max) == "columns"


def test_a_key_that_sql_cannot_compare_is_left_to_frictionless(tmp_path: Path) -> None:
    """A time in a key: Frictionless reads the table, and the result is the same."""
    made = {"big": MadeTable(big_table(200, 0.1, 2), {}, BIG_SCHEMA), "offices": OFFICES}
    assert judge(tmp_path, made) == "frictionless"


@pytest.mark.parametrize("kind", sorted(BOUNDS))
def test_doubled_values_are_found_however_they_are_written(kind: str, tmp_path: Path) -> None:
    """1 and 01 and 1_0 and 10 are compared as values, in the order of rows."""
    cells = [text for text in CELLS[kind] * 2 if not any(char in text for char in '\n,"')]
    schema = {"fields": [{"name": "a", "type": kind, "constraints": {"unique": True}}], "primaryKey": ["a"]}
    made = {"t": MadeTable(("a\n" + "\n".join(cells) + "\n").encode(), {}, schema)}
    judge(tmp_path, made)


def test_a_table_that_is_only_head_or_only_irregular_has_no_sql_to_do(tmp_path: Path) -> None:
    """No regular row at all."""
    schema = {"fields": [{"name": "a", "type": "string"}, {"name": "b", "type": "string"}]}
    assert judge(tmp_path, {"t": MadeTable(b"a,b\n", {}, schema)}) == "columns"
    assert judge(tmp_path, {"t": MadeTable(b"a,b\n1\n1,2,3\n\n", {}, schema)}) == "columns"


def people(number: int, kind: str) -> MadeTable:
    """Make a table whose ids are sometimes written oddly, doubled or missing."""
    texts = ["", "NaN", "\u30001", "1_0", "+7", "9" * 40, "x", "0", "0"]
    return MadeTable(
        ("id\n" + "\n".join([*map(str, range(number)), *texts, "1,2"]) + "\n").encode(),
        {},
        {"fields": [{"name": "id", "type": kind}]},
    )


@pytest.mark.parametrize("kind", ["string", "integer", "number"])
@pytest.mark.parametrize("other", ["string", "integer", "number"])
def test_keys_of_a_large_table_are_found_however_they_are_written(kind: str, other: str, tmp_path: Path) -> None:
    """A table of any size that refers to a large one has the errors of Frictionless, of the same type or another."""
    texts = ["", "NaN", "1", "01", "\u30002", "1_0", "+7", "7", "9" * 40, "-0", "1.0", "x", "77", "77.5", "3,4"]
    schema = {
        "fields": [{"name": "a", "type": kind}],
        "primaryKey": ["a"],
        "foreignKeys": [{"fields": ["a"], "reference": {"resource": "people", "fields": ["id"]}}],
    }
    made = {"t": MadeTable(("a\n" + "\n".join(texts) + "\n").encode(), {}, schema), "people": people(60, other)}
    assert judge(tmp_path, made) == "columns"
    assert judge(tmp_path, made, small_bytes_max=120) == "sets"


def test_keys_of_a_large_table_are_not_held_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of several fields too are compared in SQL; only where it cannot are they read in Python."""
    offices = {"fields": [{"name": "id", "type": "integer"}, {"name": "part", "type": "string"}]}
    schema = {
        "fields": [{"name": "part", "type": "string"}, {"name": "office", "type": "integer"}],
        "foreignKeys": [{"fields": ["office", "part"], "reference": {"resource": "offices", "fields": ["id", "part"]}}],
    }
    made = {
        "t": MadeTable(b"part,office\na,1\nb,1\n,3\n,\na, 2\nb\n,1_0\nc,9\n", {}, schema),
        "offices": MadeTable(b"id,part\n1,a\n2,a\n10,\n3,\n,\n", {}, offices),
    }
    monkeypatch.delattr(lookups, "values_of_key")
    assert judge(tmp_path, made) == "columns"


def test_with_many_keys_that_sql_cannot_read_all_are_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On either side, and the errors are the same."""
    monkeypatch.setattr(lookups, "STRANGE_ROWS_MAX", 2)
    schema = {
        "fields": [{"name": "a", "type": "integer"}],
        "foreignKeys": [{"fields": ["a"], "reference": {"resource": "people", "fields": ["id"]}}],
    }
    odd, plain = MadeTable(b"a\n1\n 1\n 2\n 3\n99\n", {}, schema), MadeTable(b"a\n1\n99\n", {}, schema)
    few = MadeTable(b"id\n1\n2\n", {}, {"fields": [{"name": "id", "type": "integer"}]})
    assert judge(tmp_path, {"t": odd, "people": few}) == "columns"
    assert judge(tmp_path, {"t": plain, "people": people(5, "integer")}) == "columns"
