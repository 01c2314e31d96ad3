"""What does a map cost while the site is rendered: 10,000 points of a table, shifted ones, areas with shared borders?

A question of ``python benchmarks/seeing.py``. Wanted: 30 ms for 10,000 points, from the CSV of the release to the SVG.
The peer, in the same run, is Python's own ``csv`` reading the same file into lists, which is the least that anybody has
to do. CPU time, medians of alternating rounds after one to warm up.
"""

from __future__ import annotations

import csv
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from portal.model.catalog import Field, Resource, Schema
from portal.model.table_profile import TableProfile
from portal.model.text import LocalText
from portal.publishing.publication import PublishedFile, PublishedResource
from portal.publishing.site.maps.chosen_columns import classes_of
from portal.publishing.site.maps.drawing.map_picture import picture_of
from portal.publishing.site.maps.map_views import Drawn, map_view
from portal.publishing.site.maps.places.place_tables import PlaceTable, read_places

ROUNDS = 9
POINTS = 10_000
AREAS_A_SIDE = 20
POSITIONS_A_BORDER = 60
POINT_FIELDS = [
    {"name": "编号", "type": "string"},
    {"name": "名称", "type": "string"},
    {"name": "类型", "type": "string"},
    {"name": "经度", "type": "number"},
    {"name": "纬度", "type": "number"},
]
AREA_FIELDS = [*POINT_FIELDS[:3], {"name": "geometry", "type": "geojson"}]


def maps() -> None:
    """Print what each map costs, and how often the file could be read in that time."""
    with tempfile.TemporaryDirectory(prefix="kaifang-maps-") as name:
        folder = Path(name)
        cases = {
            f"{POINTS:,} points, WGS 84": write(folder, "wgs84", POINT_FIELDS, points(), "WGS84"),
            f"{POINTS:,} points, GCJ-02": write(folder, "gcj02", POINT_FIELDS, points(), "GCJ-02"),
            f"{POINTS:,} points, BD-09": write(folder, "bd09", POINT_FIELDS, points(), "BD-09"),
            "400 points": write(folder, "few", POINT_FIELDS, points()[:400], "WGS84"),
            f"{AREAS_A_SIDE**2} areas": write(folder, "areas", AREA_FIELDS, areas(), "CGCS2000"),
        }
        print(f"CPU ms of a map, median of {ROUNDS}; in brackets how often csv reads the file in that time")
        for what, item in cases.items():
            path = folder / item.files[0].path
            ours, peer = both(lambda item=item: draw(item, folder), lambda path=path: read(path))  # type: ignore[misc]
            wanted = f", wanted 30: {'met' if ours <= 30 else 'missed'}" if what.startswith(f"{POINTS:,}") else ""
            size = path.stat().st_size / 1e6
            print(f"{what:24} {size:5.1f} MB {ours:8.1f} ({ours / peer:.1f}){wanted}")


def draw(item: PublishedResource, folder: Path) -> None:
    """Make a map as a build does, in one language."""
    table = read_places(item, folder)
    assert isinstance(table, PlaceTable)
    classes = classes_of(table)
    picture = picture_of(table.located, classes)
    map_view(Drawn(table, item.resource, {}, classes, picture, item.resource.crs), "x", item, 0, "zh")


def read(path: Path) -> None:
    """Read a file as Python does."""
    with path.open(encoding="utf-8", newline="") as file:
        list(csv.reader(file))


def both(ours: Callable[[], None], peer: Callable[[], None]) -> tuple[float, float]:
    """Return the median CPU milliseconds of two calls, asked in turn."""
    times: dict[Callable[[], None], list[float]] = {ours: [], peer: []}
    for _ in range(ROUNDS + 1):
        for call, measured in times.items():
            start = time.process_time()
            call()
            measured.append((time.process_time() - start) * 1000)
    return statistics.median(times[ours][1:]), statistics.median(times[peer][1:])


def points() -> list[list[str]]:
    """Return rows of points around a city, the same in every run."""
    chance = random.Random(1)
    return [
        [f"CD{n:05}", f"第{n}号", chance.choice(("直流", "交流", "换电")),
         f"{chance.gauss(116.4, 0.2):.6f}", f"{chance.gauss(39.9, 0.15):.6f}"]
        for n in range(POINTS)
    ]  # fmt: skip


def areas() -> list[list[str]]:
    """Return rows of squares whose borders have many positions, and belong to two of them."""
    rows: list[list[str]] = []
    for x in range(AREAS_A_SIDE):
        for y in range(AREAS_A_SIDE):
            ring = [
                *border(x, y, 1, 0),
                *border(x + 1, y, 0, 1),
                *border(x, y + 1, 1, 0)[::-1],
                *border(x, y, 0, 1)[::-1],
            ]
            geometry = json.dumps({"type": "Polygon", "coordinates": [[*ring, ring[0]]]})
            rows.append([f"D{x:02}{y:02}", f"第{len(rows)}块", "甲乙丙丁"[(x * y) % 4], geometry])
    return rows


def border(x: int, y: int, across: int, up: int) -> list[list[float]]:
    """Return the positions of one side of a square, a little uneven but for its ends, which four squares share."""
    chance = random.Random(f"{x} {y} {across}")
    steps = [(n / POSITIONS_A_BORDER, chance.uniform(0, 0.002) if n else 0) for n in range(POSITIONS_A_BORDER + 1)]
    steps[-1] = (1, 0)
    return [
        [round(116 + (x + across * step + up * aside) / 20, 6), round(39 + (y + up * step + across * aside) / 20, 6)]
        for step, aside in steps
    ]


def write(folder: Path, name: str, fields: list[dict[str, Any]], rows: list[list[str]], crs: str) -> PublishedResource:
    """Write a table as a release has it, and return it."""
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[field["name"] for field in fields], *rows])
    declared = Schema(tuple(Field(field["name"], LocalText(field["name"]), field["type"]) for field in fields))
    resource = Resource(name, LocalText(name), "table", "csv", "text/csv", crs=crs, schema=declared)
    written = PublishedFile(f"{name}.csv", "csv", "text/csv", path.stat().st_size, "", f"{name}.csv")
    return PublishedResource(resource, (written,), TableProfile(len(rows), ()), table_schema={"fields": fields})
