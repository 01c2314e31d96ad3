"""Rows near a point, and rows with gaps: what a store finds is what plain reckoning finds."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from stored_rows import stored

from portal.publishing.rows.near_rows import DEGREE_METRES
from portal.publishing.rows.row_query import Aggregate, Column, Condition, Near, Order, RowQuery
from portal.publishing.rows.row_table import RowTable

FIELDS = [("名称", "string"), ("经度", "number"), ("纬度", "number"), ("车位", "integer")]


def places(number: int) -> list[list[str]]:
    """Return rows at random places of a city, some without one."""
    chance = random.Random(number)
    return [
        [
            f"停车场{at}",
            "" if at % 17 == 3 else f"{chance.uniform(121.0, 121.9):.6f}",
            "" if at % 23 == 5 else f"{chance.uniform(30.9, 31.5):.5f}",
            "" if at % 4 == 1 else str(at),
        ]
        for at in range(number)
    ]


def near(x: str, y: str, metres: str) -> Near:
    """Return a point."""
    return Near(Column("经度"), Column("纬度"), Decimal(x), Decimal(y), Decimal(metres))


def names(table: RowTable, query: RowQuery) -> list[str]:
    """Return the first cells of the rows found."""
    page = table.page(query)
    assert page.total == len(page.rows)
    return [str(row[0]) for row in page.rows]


def metres_between(point: Near, row: Sequence[str]) -> float:
    """Return the length of the great circle between a point and a row."""
    one, other = math.radians(float(point.y)), math.radians(float(row[2]))
    across = math.radians(float(row[1]) - float(point.x))
    half = math.sin((one - other) / 2) ** 2 + math.cos(one) * math.cos(other) * math.sin(across / 2) ** 2
    return 2 * math.asin(math.sqrt(half)) * math.degrees(1) * DEGREE_METRES


@pytest.mark.parametrize("rows", [60, 3000], ids=["by-codes", "by-numbers"])
def test_rows_near_a_point_are_those_within_the_circle(tmp_path: Path, rows: int) -> None:
    """By great circles, but for what lies within a hundredth of the rim; rows without a place are nowhere near."""
    made = places(rows)
    table = stored(tmp_path, FIELDS, made)
    for metres in ("800", "5000", "30000"):
        point = near("121.47", "31.23", metres)
        found = set(names(table, RowQuery(near=point, limit=5000)))
        placed = [row for row in made if row[1] and row[2]]
        sure = {row[0] for row in placed if metres_between(point, row) < 0.99 * float(metres)}
        possible = {row[0] for row in placed if metres_between(point, row) < 1.01 * float(metres)}
        assert sure <= found <= possible


def test_a_point_goes_with_filters_order_and_groups(tmp_path: Path) -> None:
    """It is one more condition."""
    table = stored(tmp_path, FIELDS, places(3000))
    point = near("121.47", "31.23", "20000")
    found = names(table, RowQuery(near=point, limit=5000))
    filtered = RowQuery(
        near=point,
        where=Condition(Column("车位"), "gte", (1500,)),
        order=(Order(Column("车位"), descending=True),),
        limit=5000,
    )
    assert names(table, RowQuery(near=point, limit=5000, where=Condition(Column("车位"), "isnull", (True,))))
    assert 0 < len(names(table, filtered)) < len(found)
    assert table.page(RowQuery(near=point, aggregates=(Aggregate("count"),))).rows == [(len(found),)]


def test_the_circle_goes_round_the_globe(tmp_path: Path) -> None:
    """Places on either side of the antimeridian are neighbours."""
    rows = [["东", "179.99", "0", ""], ["西", "-179.99", "0", ""], ["别处", "0", "0", ""]]
    table = stored(tmp_path, FIELDS, rows)
    assert names(table, RowQuery(near=near("179.995", "0", "5000"))) == ["东", "西"]
    assert names(table, RowQuery(near=near("-179.995", "0", "5000"))) == ["东", "西"]


@pytest.mark.parametrize("rows", [60, 3000], ids=["by-codes", "by-numbers"])
def test_no_distance_finds_what_lies_at_the_point(tmp_path: Path, rows: int) -> None:
    """And nothing beside it."""
    made = places(rows)
    there = next(row for row in made if row[1] and row[2])
    table = stored(tmp_path, FIELDS, made)
    assert names(table, RowQuery(near=near(there[1], there[2], "0"))) == [there[0]]


def test_rows_with_gaps_lack_a_value_somewhere(tmp_path: Path) -> None:
    """Whatever the column; where there is none without gaps, no row has one."""
    made = places(300)
    table = stored(tmp_path, FIELDS, made)
    assert names(table, RowQuery(has_gaps=True, limit=300)) == [row[0] for row in made if "" in row]
    assert table.page(RowQuery(has_gaps=True, aggregates=(Aggregate("count"),))).rows == [
        (sum("" in row for row in made),)
    ]
    (tmp_path / "whole").mkdir()
    whole = stored(tmp_path / "whole", [("a", "string")], [["x"], ["y"]])
    assert names(whole, RowQuery(has_gaps=True)) == []
