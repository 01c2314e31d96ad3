"""A sketch of the invented city: districts of squares, a river and roads along a grid; it resembles no real place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from sample_city.city import DISTRICTS, STREETS, District
from sample_city.kit import Column, GeoFile, Maker, Spec, Table, must, within

_CELL = 0.02
"""The side of a square of the sketch, in degrees."""
_WEST, _SOUTH = 150.12, 20.02
_COLUMNS, _ROWS = 22, 17
_NEAR = 0.085
"""A square belongs to a district whose centre is no further away, to the nearest of them."""

_Corner = tuple[int, int]


def sketch_map(chance: Random) -> Spec:
    """Outlines of districts, a river and roads, all of them on a grid, and two figures by district."""
    return Spec(
        publisher="natural-resources-bureau",
        name="sketch-map",
        title="示范市示意图：区县、河流和道路",
        description=(
            "给本目录的各张地图作底图的示意图形：五个区县的轮廓由边长 0.02 度的方格拼成，河流和道路沿方格走折线，"
            "与任何真实的地方都不相像，也没有审图号。另有一张区县表，列出人口密度和六十五岁以上人口占比。"
        ),
        keywords=["示意图", "底图", "区县范围", "河流", "道路"],
        themes=["geospatial"],
        areas=["geospatial"],
        resources=[
            GeoFile(
                "districts",
                "区县轮廓（虚构示意）",
                list(_outlines()),
                "Outlines of districts (made up)",
                "一个区县一个多边形，由方格拼成。",
                columns=[
                    Column("区划代码", en="Division code", description="区县的代码。", more=must(unique=True)),
                    Column("区县", en="District", description="区县的名称。", more=must(unique=True)),
                    Column("常住人口", "integer", "Residents", "2025年末的常住人口，人。", must(minimum=0)),
                ],
            ),
            GeoFile(
                "waters",
                "河流（虚构示意）",
                list(_waters()),
                "Rivers (made up)",
                columns=[Column("河流", en="River", description="河流的名称。", more=must())],
            ),
            GeoFile(
                "roads",
                "主要道路（虚构示意）",
                list(_roads()),
                "Main roads (made up)",
                columns=[
                    Column("道路", en="Road", description="道路的名称。", more=must()),
                    Column(
                        "等级", en="Class", description="道路的等级。", more=must(enum=["快速路", "主干路", "次干路"])
                    ),
                    Column("车道数", "integer", "Lanes", "双向车道数，条。", must(minimum=2)),
                ],
            ),
            Table(
                "figures",
                "区县人口密度和年龄",
                [
                    Column("区划代码", en="Division code", description="区县的代码。", more=must(unique=True)),
                    Column("区县", en="District", description="区县的名称。", more=must()),
                    Column(
                        "六十五岁以上人口占比", "number", "Residents aged 65 and over (%)",
                        "占常住人口的百分比，%。", within(0, 100),
                    ),
                    Column(
                        "人口密度", "number", "Residents per square kilometre",
                        "每平方公里的常住人口，人/平方公里。", within(0),
                    ),
                ],
                list(_figures(chance)),
                "Density and age by district",
                primary_key=["区划代码"],
            ),
        ],
        update_cycle="annual",
        published=date(2026, 3, 16),
        updated=date(2026, 3, 16),
        temporal="2025-12-31",
        en=(
            "Sketch of Shifan City: districts, rivers and roads",
            "Shapes that lie behind the maps of this catalogue: outlines of five districts made of squares of 0.02 "
            "degrees, a river and roads in broken lines along the grid. They resemble no real place and have no map "
            "approval number. A table has density and age by district.",
            ["sketch", "base map", "districts", "rivers", "roads"],
        ),
        catalogue={"code": "307990003/000031"},
    )  # fmt: skip


def _outlines() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for district in DISTRICTS:
        ring = [_place(*corner) for corner in _around(_squares()[district.code])]
        yield (
            {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
            {"区划代码": district.code, "区县": district.zh, "常住人口": district.population_thousands * 1000},
        )


def _waters() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    steps = [(0, 9), (5, 9), (5, 11), (9, 11), (9, 7), (13, 7), (13, 5), (22, 5)]
    yield {"type": "LineString", "coordinates": [_place(*corner) for corner in steps]}, {"河流": "示河"}
    brook = [(9, 16), (9, 11)]
    yield {"type": "LineString", "coordinates": [_place(*corner) for corner in brook]}, {"河流": "范溪"}


def _roads() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    ways = (
        ([(1, 8), (19, 8)], "快速路", 8),
        ([(8, 1), (8, 16)], "快速路", 8),
        ([(3, 10), (16, 10), (16, 3)], "主干路", 6),
        ([(6, 14), (12, 14), (12, 4), (20, 4)], "主干路", 6),
        ([(4, 5), (10, 5), (10, 13)], "次干路", 4),
        ([(14, 12), (14, 6), (18, 6), (18, 2)], "次干路", 4),
    )
    for name, (corners, kind, lanes) in zip(STREETS[2:], ways, strict=False):
        geometry = {"type": "LineString", "coordinates": [_place(*corner) for corner in corners]}
        yield geometry, {"道路": name, "等级": kind, "车道数": lanes}


def _figures(chance: Random) -> Iterator[tuple[Any, ...]]:
    squares = _squares()
    for district in DISTRICTS:
        square_km = len(squares[district.code]) * (_CELL * 111.2) ** 2 * 0.938
        share = round(chance.uniform(11, 23), 1)
        yield district.code, district.zh, share, round(district.population_thousands * 1000 / square_km, 1)


def _squares() -> dict[str, set[_Corner]]:
    """Return the squares of each district, by their south-western corners."""
    found: dict[str, set[_Corner]] = {district.code: set() for district in DISTRICTS}
    for column in range(_COLUMNS):
        for row in range(_ROWS):
            x, y = _WEST + (column + 0.5) * _CELL, _SOUTH + (row + 0.5) * _CELL
            nearest = min(DISTRICTS, key=lambda district: _away(district, x, y))
            if _away(nearest, x, y) <= _NEAR**2:
                found[nearest.code].add((column, row))
    return found


def _away(district: District, longitude: float, latitude: float) -> float:
    return (district.longitude - longitude) ** 2 + (district.latitude - latitude) ** 2


def _around(squares: set[_Corner]) -> list[_Corner]:
    """Return the corners of the outline of squares that hang together, against the clock."""
    steps: dict[_Corner, _Corner] = {}
    for x, y in squares:
        sides = (((x, y), (0, -1)), ((x + 1, y), (1, 0)), ((x + 1, y + 1), (0, 1)), ((x, y + 1), (-1, 0)))
        for place, (corner, (east, north)) in enumerate(sides):
            if (x + east, y + north) not in squares:
                steps[corner] = sides[(place + 1) % 4][0]
    ring = [min(steps)]
    while (corner := steps[ring[-1]]) != ring[0]:
        ring.append(corner)
    neighbours = zip([ring[-1], *ring], ring, [*ring[1:], ring[0]], strict=False)
    return [corner for before, corner, after in neighbours if before[0] != after[0] and before[1] != after[1]]


def _place(column: int, row: int) -> list[float]:
    return [round(_WEST + column * _CELL, 6), round(_SOUTH + row * _CELL, 6)]


DATASETS: tuple[Maker, ...] = (sketch_map,)
