"""Forms of columns in a store: signs and formats of the schema go before what cells look like; long cells are kept."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from stored_rows import stored

from portal.publishing.rows.row_query import Aggregate, Column, Condition, Group, Order, RowQuery


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1.234", "2.500"], [Decimal(1234), Decimal(2500)]),
        (["1.234", "2.500,5"], [Decimal(1234), Decimal("2500.5")]),
        (["1.234"] * 8, [Decimal(1234)] * 8),
    ],
)
def test_a_point_for_thousands_is_none_for_decimals(tmp_path: Path, cells: list[str], values: list[Decimal]) -> None:
    """Where the schema says that the point parts thousands, 1.234 is a thousand and more, however it is kept."""
    field = {"name": "n", "type": "number", "groupChar": ".", "decimalChar": ","}
    table = stored(tmp_path, [field], [[cell] for cell in cells])
    asked = Condition(Column("n"), "gt", (1000,))
    summed = table.page(RowQuery(aggregates=(Aggregate("sum", Column("n")),))).rows
    assert [row[0] for row in table.page(RowQuery(where=asked)).rows] == values
    assert summed == [(sum(values),)]


@pytest.mark.parametrize("times", [1, 5])
def test_days_are_read_as_their_format_says(tmp_path: Path, times: int) -> None:
    """In %Y-%d-%m the day stands before the month: so days are sorted, compared and put into months."""
    field = {"name": "d", "type": "date", "format": "%Y-%d-%m"}
    table = stored(tmp_path, [field], [["2025-01-02"], ["2025-03-01"]] * times)
    months = (Group(Column("d"), "month"),)
    asked: list[dict[str, Any]] = [
        {"order": (Order(Column("d")),)},
        {"where": Condition(Column("d"), "gte", ("2025-01-02",))},
        {"groups": months},
    ]
    assert [table.page(RowQuery(**one)).rows for one in asked] == [
        [("2025-03-01",)] * times + [("2025-01-02",)] * times,
        [("2025-01-02",)] * times,
        [("2025-01",), ("2025-02",)],
    ]


@pytest.mark.parametrize("value", ["08时30分", "08:30:00"])
def test_times_in_a_format_of_their_own_are_found(tmp_path: Path, value: str) -> None:
    """A time that is written as its column says, or in ISO 8601, is that time."""
    table = stored(tmp_path, [{"name": "t", "type": "time", "format": "%H时%M分"}], [["08时30分"], ["09时00分"]])
    asked = Condition(Column("t"), "eq", (value,))
    assert table.page(RowQuery(where=asked)).rows == [("08时30分",)]


def test_long_cells_are_kept(tmp_path: Path) -> None:
    """A cell that is longer than Python's reader of CSV takes by itself is stored whole."""
    table = stored(tmp_path, [("g", "string")], [["x" * 200_000]])
    assert table.page(RowQuery()).rows == [("x" * 200_000,)]


def test_sums_without_end_are_spelled_as_cells_are(tmp_path: Path) -> None:
    """The sum of a column with INF or NaN is told as its cells and its largest value are."""
    table = stored(tmp_path, [("n", "number")], [["INF"], ["1"]])
    asked = tuple(Aggregate(function, Column("n")) for function in ("sum", "avg", "max", "min"))
    assert table.page(RowQuery(aggregates=asked)).rows == [("INF", "INF", "INF", Decimal(1))]
