"""Rows near a point, and rows with gaps: what a store finds is what plain reckoning finds."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from stored_rows import stored

from portal.model.errors import QueryError
from portal.publishing.rows import store_writing
from portal.publishing.rows.near_rows import DEGREE_METRES
from portal.publishing.rows.row_query import DISTANCE, Aggregate, Column, Condition, Near, Order, RowQuery
from portal.publishing.rows.row_table import Cell, RowTable

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


@pytest.mark.parametrize("kept", ["by-codes", "by-numbers", "in-a-copy"])
@pytest.mark.parametrize("descending", [False, True])
def test_rows_are_sorted_by_their_distance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: str, *, descending: bool
) -> None:
    """The nearest first or last, however coordinates are kept; the distance is told, on pages and in a stream alike."""
    monkeypatch.setattr(store_writing, "COPIED_ROWS_MIN", 1 if kept == "in-a-copy" else 50_000)
    made = places(600)
    if kept == "by-codes":
        made = [[row[0], row[1] and row[1][:5] + "00"[at % 3 :], row[2], row[3]] for at, row in enumerate(made)]
    table = stored(tmp_path, FIELDS, made)
    point = near("121.47", "31.23", "30000")
    asked = RowQuery(near=point, order=(Order(DISTANCE, descending=descending),), limit=5000)
    whole = table.page(asked)
    told = [int(str(row[-1])) for row in whole.rows]
    assert (whole.fields[-1].name, told) == ("_distance", sorted(told, reverse=descending))
    by_name = {row[0]: row for row in made}
    assert len(told) > 50
    for row, metres in zip(whole.rows, told, strict=True):
        assert metres == pytest.approx(metres_between(point, by_name[str(row[0])]), rel=0.01, abs=1)
    assert list(table.stream(replace(asked, limit=None))[1]) == list(whole.rows)
    paged: list[tuple[Cell, ...]] = []
    cursor = ""
    while True:
        page = table.page(replace(asked, limit=17, cursor=cursor))
        paged += page.rows
        cursor = page.next
        if not cursor:
            break
    assert paged == list(whole.rows)
    assert json.loads(table.json_pages(asked)().rows)[0][-1] == told[0]


def test_equal_distances_stand_as_in_the_file(tmp_path: Path) -> None:
    """Whichever way is sorted."""
    rows = [["甲", "121.5", "31.2", "1"], ["乙", "121.5", "31.2", "2"], ["丙", "121.6", "31.2", "3"]]
    table = stored(tmp_path, FIELDS, rows)
    for descending, found in ((False, ["甲", "乙", "丙"]), (True, ["丙", "甲", "乙"])):
        order = (Order(DISTANCE, descending=descending),)
        assert names(table, RowQuery(near=near("121.5", "31.2", "20000"), order=order)) == found


def test_distances_can_be_asked_alone_and_are_no_column_of_the_table(tmp_path: Path) -> None:
    """Among the columns that are wanted; a column of the table that is called so stays what it is."""
    rows = [["甲", "121.5", "31.2", "7"]]
    table = stored(tmp_path, [*FIELDS[:3], ("_distance", "integer")], rows)
    point = near("121.5", "31.201", "20000")
    assert table.page(RowQuery(near=point)).rows[0][3:] == (7,)
    assert table.page(RowQuery(near=point, fields=(DISTANCE, Column("_distance")))).rows == [(111, 7)]
    with pytest.raises(QueryError):
        table.page(RowQuery(near=point, aggregates=(Aggregate("avg", DISTANCE),)))


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
