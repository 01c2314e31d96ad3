"""Answers of stores: the same as plain Python gives over the texts of the CSV, whatever the table and the question."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from row_reference import Reference, parsed
from stored_rows import stored

from portal.publishing.rows import store_writing
from portal.publishing.rows.group_values import BUCKETS
from portal.publishing.rows.row_query import (
    Aggregate,
    AllOf,
    AnyOf,
    Column,
    Condition,
    Group,
    Not,
    Order,
    RowQuery,
    Where,
)
from portal.publishing.rows.row_table import RowTable
from portal.publishing.rows.typed_cells import cell_writer

NUMBERS = ("integer", "number", "year")
HAN = "取水许可证河长制 AbPM2.5%_*\"'"
MOMENTS = "2024-01-01T00:30:00+08:00 2023-12-31T17:00:00 2024-01-01T00:00:00.5 2023-12-31T16:30:00+00:00".split()

COLUMNS: dict[str, tuple[dict[str, Any], Any]] = {
    "limit": ({"type": "integer"}, lambda r: str(r.randrange(-5, 30))),
    "_id": ({"type": "integer"}, lambda r: str(r.choice([0, 7, 2**63, -(2**63), 10**25, -1]))),
    "年份(年)": ({"type": "year"}, lambda r: str(r.randrange(1998, 2004))),
    "a.b": ({"type": "number"}, lambda r: f"{r.randrange(-500, 500) / 100:.2f}"),
    'x"; DROP TABLE t0; --': ({"type": "number"}, lambda r: r.choice(["1", "1.5", "-2.25", "30", "0.3"])),
    "mixed": ({"type": "number"}, lambda r: r.choice(["1.50", "1.5", "2", "2.0", "-0", "0.0", "1E+3", "1E-7"])),
    "wide": ({"type": "number"}, lambda r: r.choice(["NaN", "1E+40", "0.1", "12345678901234567890.123", "-7"])),
    "Name": ({"type": "string"}, lambda r: r.choice(["甲", "乙", "a", "B", "10%", "1_0"])),
    "name": ({"type": "string"}, lambda r: "".join(r.choices(HAN, k=r.randrange(1, 9))).strip() or "空"),
    "day": ({"type": "date"}, lambda r: r.choice(["0001", "1969", "2023", "2024"]) + f"-{r.randrange(1, 13):02d}-28"),
    "at": ({"type": "datetime"}, lambda r: f"20{r.randrange(23, 25)}-0{r.randrange(1, 4)}-03T0{r.randrange(9)}:30:00"),
    "zoned": ({"type": "datetime", "format": "any"}, lambda r: r.choice(MOMENTS)),
    "time": ({"type": "time"}, lambda r: f"0{r.randrange(9)}:00:00"),
    "month": ({"type": "yearmonth"}, lambda r: f"202{r.randrange(3)}-{r.randrange(1, 13):02d}"),
    "yes": ({"type": "boolean", "trueValues": ["是"], "falseValues": ["否"]}, lambda r: r.choice("是否")),
}  # fmt: skip


def made(chance: random.Random) -> tuple[dict[str, dict[str, Any]], list[tuple[str, ...]]]:
    """Return the fields and the rows of some table; of some columns a fifth of the cells is empty."""
    names = chance.sample(list(COLUMNS), chance.randrange(1, 6))
    blanks = {name: chance.choice([0, 0.2]) for name in names}
    count = chance.choice([0, 1, 5, 20, 60])
    rows = [
        tuple("" if chance.random() < blanks[name] else COLUMNS[name][1](chance) for name in names)
        for _ in range(count)
    ]
    return {name: {"name": name, **COLUMNS[name][0]} for name in names}, rows


def asked_value(chance: random.Random, name: str, field: dict[str, Any]) -> Any:
    """Return some value to ask for."""
    text = COLUMNS[name][1](chance)
    if field["type"] in ("integer", "year"):
        return int(text) + chance.choice([0, 1, -1])
    if field["type"] == "number":
        return Decimal(text) if chance.random() < 0.7 else Decimal(text) + Decimal("0.005")
    return parsed(text, field) if field["type"] == "boolean" else text


def some_condition(chance: random.Random, fields: dict[str, dict[str, Any]]) -> Condition:
    """Return some condition on one column."""
    name = chance.choice(list(fields))
    operator: Any = chance.choice("eq ne lt lte gt gte in contains startswith isnull".split())
    if operator == "isnull":
        return Condition(Column(name), operator, (chance.random() < 0.5,))
    if operator in ("contains", "startswith"):
        text = COLUMNS[name][1](chance)
        start = chance.randrange(len(text))
        return Condition(Column(name), operator, (text[start : start + chance.randrange(1, 4)].swapcase(),))
    count = chance.randrange(4) if operator == "in" else 1
    return Condition(Column(name), operator, tuple(asked_value(chance, name, fields[name]) for _ in range(count)))


def some_where(chance: random.Random, fields: dict[str, dict[str, Any]], depth: int = 0) -> Where:
    """Return some tree of conditions."""
    kind = chance.choice("condition condition all any not".split()) if depth < 3 else "condition"
    if kind == "condition":
        return some_condition(chance, fields)
    if kind == "not":
        return Not(some_where(chance, fields, depth + 1))
    parts = tuple(some_where(chance, fields, depth + 1) for _ in range(chance.randrange(4)))
    return AllOf(parts) if kind == "all" else AnyOf(parts)


def all_pages(table: RowTable, query: RowQuery) -> tuple[list[tuple[Any, ...]], set[int | None]]:
    """Return the rows of all pages, and what these said of their number."""
    rows: list[tuple[Any, ...]] = []
    totals = set()
    while True:
        page = table.page(query)
        rows += page.rows
        totals.add(page.total)
        if not page.next:
            return rows, totals
        query = RowQuery(**{**{name: getattr(query, name) for name in query.__slots__}, "cursor": page.next})


@pytest.fixture(params=[False, True], ids=["bare", "indexed"])
def indexed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Tables as small ones are stored, and as large ones are: with indices and copies of columns."""
    if request.param:
        monkeypatch.setattr(store_writing, "INDEXED_ROWS_MIN", 0)
        monkeypatch.setattr(store_writing, "COPIED_ROWS_MIN", 1)
    return bool(request.param)


LAWS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@LAWS
@given(seed=st.integers(0, 2**32))
def test_rows_are_those_of_plain_python(seed: int, indexed: bool) -> None:
    """Whatever is asked, all pages together hold the rows that plain Python finds, in its order, and their number."""
    chance = random.Random(seed)
    fields, rows = made(chance)
    reference = Reference(fields, rows)
    writers = [cell_writer(field) for field in fields.values()]
    with TemporaryDirectory() as folder:
        facets = chance.choice(list(fields))
        described = [
            {**field, "constraints": {"enum": []} if name == facets and chance.random() < 0.5 else {"unique": True}}
            for name, field in fields.items()
        ]
        table = stored(Path(folder), described, rows)
        for _ in range(8):
            sorted_by = chance.sample(list(fields), chance.randrange(len(fields)))
            order = tuple(Order(Column(name), chance.random() < 0.5) for name in sorted_by)
            looked_in = chance.choices(list(fields), k=chance.choice([0, 0, 1, 2]))
            words = " ".join(COLUMNS[name][1](chance)[:3] for name in looked_in)
            query = RowQuery(some_where(chance, fields), words, order=order, limit=chance.choice([1, 3, 100]))
            found, totals = all_pages(table, query)
            told = [tuple(write(cell) for write, cell in zip(writers, row, strict=True)) for row in found]
            expected = reference.selected(query)
            assert (told, totals) == (expected, {len(expected)}), query
            _, streamed = table.stream(RowQuery(query.where, words, order=order, limit=None))
            assert list(streamed) == found


@LAWS
@given(seed=st.integers(0, 2**32))
def test_groups_are_those_of_plain_python(seed: int, indexed: bool) -> None:
    """Groups, buckets and every aggregate are what plain Python finds, exactly; a page is a part of them."""
    chance = random.Random(seed)
    fields, rows = made(chance)
    reference = Reference(fields, rows)
    with TemporaryDirectory() as folder:
        table = stored(Path(folder), list(fields.values()), rows)
        for _ in range(8):
            groups = []
            for name in chance.sample(list(fields), chance.randrange(min(3, len(fields) + 1))):
                buckets = BUCKETS.get(fields[name]["type"], ())
                groups.append(Group(Column(name), chance.choice(["", *buckets])))
            aggregates = [Aggregate("count")]
            for name in fields:
                functions = "count min max sum avg median" if fields[name]["type"] in NUMBERS else "count min max"
                aggregates.append(Aggregate(chance.choice(functions.split()), Column(name)))  # type: ignore[arg-type]
            where = some_where(chance, fields) if chance.random() < 0.5 else AllOf()
            query = RowQuery(where, groups=tuple(groups), aggregates=tuple(aggregates), limit=chance.choice([2, 1000]))
            found, totals = all_pages(table, query)
            expected = reference.grouped(query)
            named = [{**field.schema, "type": field.type} for field in table.page(query).fields]
            told = [tuple(map(comparable, row, named)) for row in found]
            assert [tuple(map(repr_of, row)) for row in told] == [tuple(map(repr_of, row)) for row in expected], query
            assert totals == {len(expected)}


def comparable(cell: Any, field: dict[str, Any]) -> Any:
    """Return a cell of an answer as the reference has it."""
    if cell is None or isinstance(cell, bool):
        return cell
    if field["type"] in NUMBERS:
        return Decimal(cell)
    return cell if ":" in field["name"] else parsed(str(cell), field)


def repr_of(value: Any) -> str:
    """Return a value as text, equal numbers alike."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        number = Decimal(value) or Decimal(0)
        return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"
    return repr(value)
