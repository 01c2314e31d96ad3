"""Rows as JSON straight from the store: to the byte what their values give when these are written one by one."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import simplejson
from hypothesis import given, settings
from hypothesis import strategies as st
from stored_rows import DATASET, source, stored, stores

from portal.publishing.rows import store_writing
from portal.publishing.rows.column_forms import Form, decoder
from portal.publishing.rows.kept_rows import BUNDLE_COLUMNS
from portal.publishing.rows.row_query import Aggregate, Column, Condition, Group, Order, RowQuery
from portal.publishing.rows.row_table import RowTable
from portal.publishing.rows.told_cells import cell_teller

ODD_TEXTS = (
    "a\0b",
    "\0",
    '"',
    "\\",
    'a"b\\c',
    "\x01\x1f\x7f",
    "\u2028\u2029",
    "𠮷\U0010ffff",
    "\t",
    "a\nb",
    "</x>",
    "'",
    "0",
)

CELLS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "whole": ({"type": "integer"}, ["0", "-1", "999999999999999999", "-999999999999999999", ""]),
    "huge": ({"type": "integer"}, [str(2**63), str(-(2**63)), "007", "+5", "1" + "0" * 400, ""]),
    "year": ({"type": "year"}, ["0", "2026", "-44"]),
    "cents": ({"type": "number"}, ["0.00", "0.05", "-0.05", "-0.50", "12.50", "9999999999999999.99", ""]),
    "trimmed": ({"type": "number"}, ["0", "-1", "0.5", "-0.05", "100", "-100", "12.25", "1000000"]),
    "tenths": ({"type": "number"}, ["1.0", "-1.0", "0.0", "10.0"]),
    "round": ({"type": "number"}, ["5", "-5", "0"]),
    "place": ({"type": "number"}, ["0.00000000", "0.00000001", "0.00000100", "-0.00000099", "121.47370112", ""]),
    "trimmed place": ({"type": "number"}, ["0", "0.0000001", "-0.00000025", "0.000001", "31.2304", "-7"]),
    "mixed": ({"type": "number"}, ["1.50", "1.5", "-0", "-0.0", "0.0", "1E+3", "1E-7", ""]),
    "wild": ({"type": "number"}, ["NaN", "INF", "-INF", "1e308", "-1e-308", "1E+40", "12345678901234567890.123"]),
    "grouped": ({"type": "number", "groupChar": " ", "decimalChar": ","}, ["1 234,50", "-0,5", "7", ""]),
    "day": ({"type": "date"}, ["0001-01-01", "1899-12-31", "1970-01-01", "2024-02-29", "9999-12-31", ""]),
    "odd day": ({"type": "date", "format": "%d/%m/%Y"}, ["29/02/2024", "01/01/1970"]),
    "at": ({"type": "datetime"}, ["0001-01-01T00:00:00", "1969-12-31T23:59:59", "9999-12-31T23:59:59", ""]),
    "zoned": ({"type": "datetime"}, ["2024-01-01T00:30:00+08:00", "2024-01-01T00:00:00.5"]),
    "time": ({"type": "time"}, ["00:00:00", "23:59:59"]),
    "month": ({"type": "yearmonth"}, ["0000-01", "2026-03", "9999-12", ""]),
    "odd month": ({"type": "yearmonth"}, ["2026-3", "12026-03"]),
    "yes": ({"type": "boolean", "trueValues": ["是"], "falseValues": ["否"]}, ["是", "否", ""]),
    "yes or not": ({"type": "boolean"}, ["true", "0", "maybe"]),
    "lasting": ({"type": "duration"}, ["P1D", "PT0.5S"]),
    "list": ({"type": "list"}, ["a,b", "1", '"x",y']),
    "array": ({"type": "array"}, ['["a", 1.50]', "[]"]),
    "object": ({"type": "object"}, ['{"a": "\\u0000"}', "{}"]),
    "point": ({"type": "geopoint"}, ["121.47, 31.23"]),
    "any": ({"type": "any"}, ["1", "true", "null", ""]),
    "untyped": ({}, ["NaN", "1e5"]),
    "text": ({"type": "string"}, [*ODD_TEXTS, ""]),
}  # fmt: skip
"""Columns of every type and form, with the cells that are most easily told wrong."""


def alike(table: RowTable, query: RowQuery) -> None:
    """Expect of a table that both ways to a page agree."""
    page, told = table.page(query), table.json_pages(query)()
    written = simplejson.dumps(page.rows, ensure_ascii=False, use_decimal=True, ignore_nan=True)
    assert (told.rows, told.count) == (written, len(page.rows))
    assert (told.fields, told.total, told.next) == (page.fields, page.total, page.next)


def rows_of(names: list[str], count: int) -> list[list[str]]:
    """Return rows in which every column goes through its cells, each at its own pace."""
    chance = random.Random(7)
    shuffled = [chance.sample(CELLS[name][1], len(CELLS[name][1])) for name in names]
    return [[cells[row % len(cells)] for cells in shuffled] for row in range(count)]


@pytest.fixture(scope="module", params=[13, 400], ids=["texts", "codes"])
def table(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> RowTable:
    """A table of all columns: with a few rows, whose texts stand as they are, and with so many that they are codes."""
    fields = [{"name": name, **field} for name, (field, _) in CELLS.items()]
    return stored(tmp_path_factory.mktemp("told"), fields, rows_of(list(CELLS), request.param))


def test_every_cell_is_told_as_its_value_is(table: RowTable) -> None:
    """Whatever its type and form, a cell is written as its value would be, digit for digit and sign for sign."""
    alike(table, RowQuery(limit=1000))
    for name in CELLS:
        alike(table, RowQuery(fields=(Column(name),), limit=1000))


@pytest.mark.parametrize("name", list(CELLS))
def test_an_order_is_the_same_either_way(table: RowTable, name: str) -> None:
    """Sorted by any column, both ways, page after page."""
    for descending in (False, True):
        query = RowQuery(order=(Order(Column(name), descending),), limit=7)
        alike(table, query)
        alike(table, RowQuery(order=query.order, limit=7, cursor=table.page(query).next))
        alike(table, RowQuery(order=query.order, limit=5, offset=4, with_total=False))


def test_what_has_no_rows_is_an_empty_list(table: RowTable) -> None:
    """Nothing found, and no rows wanted."""
    nothing = Condition(Column("whole"), "eq", (12345,))
    assert table.json_pages(RowQuery(nothing))().rows == "[]"
    alike(table, RowQuery(nothing))
    alike(table, RowQuery(limit=0))


def test_groups_are_told_as_values(table: RowTable) -> None:
    """A page of groups, and of distinct rows, is the same either way."""
    groups = (Group(Column("day"), "year"), Group(Column("text")))
    aggregates = (Aggregate("count"), Aggregate("avg", Column("cents")), Aggregate("max", Column("wild")))
    alike(table, RowQuery(groups=groups, aggregates=aggregates, limit=20))
    alike(table, RowQuery(fields=(Column("cents"), Column("yes")), is_distinct=True))


def test_rows_found_in_the_copy_of_columns_are_told_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the copy of columns says which rows they are, they come in its order."""
    monkeypatch.setattr(store_writing, "COPIED_ROWS_MIN", 1)
    fields = [{"name": name, **field} for name, (field, _) in CELLS.items()]
    copied = stored(tmp_path, fields, rows_of(list(CELLS), 400))
    alike(
        copied, RowQuery(Condition(Column("cents"), "lt", (Decimal(1),)), order=(Order(Column("day"), True),), limit=9)
    )


def test_wide_tables_are_told_whole(tmp_path: Path) -> None:
    """A table of more columns than a function of the database takes has them all, in their order."""
    count = 2 * BUNDLE_COLUMNS + 1
    wide = stored(tmp_path, [(f"c{number}", "integer") for number in range(count)], [list(map(str, range(count)))] * 2)
    alike(wide, RowQuery())
    assert json.loads(wide.json_pages(RowQuery(limit=1))().rows) == [list(range(count))]


def test_columns_of_other_tables_are_told_alike(tmp_path: Path) -> None:
    """One step along a foreign key, also where it leads nowhere; tables together with the resource in front."""
    leads = [{"fields": ["market"], "reference": {"resource": "markets", "fields": ["code"]}}]
    fields = [("market", "string"), ("price", "number")]
    names = ("first", "second")
    months = [
        source(tmp_path, name, fields, [["M1", "1.50"], ["", "2.00"], ["M9", ""]], foreignKeys=leads) for name in names
    ]
    markets = source(tmp_path, "markets", [("code", "string"), ("opened", "date")], [["M1", "2020-02-29"], ["M2", ""]])
    together = stores(tmp_path, [*months, markets]).together(DATASET, "first")
    assert together is not None
    alike(together, RowQuery())
    query = RowQuery(fields=(Column("opened", "market"), Column("price")), order=(Order(Column("opened", "market")),))
    alike(together, query)
    assert together.json_pages(query)().rows.startswith('[["2020-02-29", 1.50], ["2020-02-29", 1.50], [null, 2.00]')


@settings(deadline=None)
@given(cell=st.text(st.characters(codec="utf-8"), min_size=1), other=st.text(st.characters(codec="utf-8"), min_size=1))
def test_any_text_is_told_as_its_value_is(cell: str, other: str) -> None:
    """Texts, of a dictionary or not, whatever characters they have."""
    for form, texts, kept in ((Form("text"), (), cell), (Form("codes"), (other, cell), 1)):
        told = cell_teller(form, {"type": "string"}, texts)(kept)
        assert told == simplejson.dumps(cell, ensure_ascii=False)


@given(kept=st.integers(-(10**18) + 1, 10**18 - 1), scale=st.integers(0, 18), is_trimmed=st.booleans())
def test_any_decimal_is_told_as_its_value_is(kept: int, scale: int, is_trimmed: bool) -> None:
    """Numbers of any size with any number of decimals, with an exponent where their value has one."""
    form = Form("decimal", scale, is_trimmed=is_trimmed)
    value = decoder(form, {"type": "number"}, ())(kept)
    assert cell_teller(form, {"type": "number"}, ())(kept) == str(value)


def test_every_moment_of_a_day_is_told_as_its_value_is() -> None:
    """Days before and after 1970, at every minute of theirs."""
    form = Form("second")
    tell, decode = cell_teller(form, {"type": "datetime"}, ()), decoder(form, {"type": "datetime"}, ())
    for day, second in product((-719_162, -1, 0, 20_000, 2_932_896), range(0, 86_400, 59)):
        assert tell(day * 86_400 + second) == json.dumps(decode(day * 86_400 + second))
