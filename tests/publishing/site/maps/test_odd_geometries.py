"""Geometries that break what draws them: numbers without end, rings that cross one another, scribbles, poles, cuts."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from maps_of import geometries, map_of, picture

from portal.publishing.site.maps.places.faulty_outlines import crossing, is_tangled
from portal.publishing.site.maps.places.geometry import Feature, Shape, shapes_of
from portal.publishing.site.maps.places.place_tables import all_rows, read_places
from portal.publishing.site.maps.places.simplified_outlines import simplified

HUGE = int("9" * 400)
"""No float holds it."""


def square(west: float, south: float, east: float, north: float) -> list[list[float]]:
    """Return a closed ring."""
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def test_a_number_that_no_float_holds_has_no_place(tmp_path: Path) -> None:
    """It is counted, and the page stands."""
    view = map_of(
        tmp_path,
        geometries(tmp_path, *({"type": "Point", "coordinates": [x, 39]} for x in (HUGE, 116))),
    )
    assert view
    assert view.notes[0] == "1 row has coordinates that are no degrees of the Earth and is not on the map."


def test_an_area_cut_at_the_antimeridian_is_whole(tmp_path: Path) -> None:
    """RFC 7946 cuts it in two; the map shows two degrees, not the whole Earth."""
    cut = {"type": "MultiPolygon", "coordinates": [[square(179, 1, 180, 2)], [square(-180, 1, -179, 2)]]}
    drawn = picture(map_of(tmp_path, geometries(tmp_path, cut)))
    assert drawn.one("desc").text.startswith("1 place between 178.86°E and 178.86°W, ")


def test_a_hole_beyond_the_antimeridian_lies_in_its_area(tmp_path: Path) -> None:
    """Each ring begins on a side of its own."""
    area = {"type": "Polygon", "coordinates": [square(179, 1, -179, 2), square(-179.5, 1.4, -179.4, 1.6)]}
    drawn = picture(map_of(tmp_path, geometries(tmp_path, area)))
    assert drawn.one("desc").text.startswith("1 place between 178.86°E and 178.86°W, ")


def test_a_ring_around_a_pole_is_drawn_as_it_stands() -> None:
    """Such an area is not cut open: its first and last positions stay one."""
    ring = [[-180.0, -80.0], [-90.0, -70.0], [0.0, -75.0], [90.0, -70.0], [180.0, -80.0], [-180.0, -80.0]]
    [shape] = shapes_of({"type": "Polygon", "coordinates": [ring]})
    assert shape.parts == (tuple((x, y) for x, y in ring),)


def test_a_map_of_the_whole_earth_says_so(tmp_path: Path) -> None:
    """The room at its edges is no part of the Earth."""
    world = {"type": "LineString", "coordinates": [[-179, -60], [1, 0], [179, 60]]}
    drawn = picture(map_of(tmp_path, geometries(tmp_path, world)))
    assert drawn.one("desc").text.startswith("1 place between 180.00°W and 180.00°E, ")


def test_nothing_that_is_no_area_stops_a_build() -> None:
    """Rings that cross themselves and one another, that are one point, that lie apart by nothing."""
    chance = random.Random(5)

    def ring() -> tuple[tuple[float, float], ...]:
        positions = [(116 + chance.choice([0, 0.1, chance.random()]), 39 + chance.random()) for _ in range(9)]
        return tuple(positions[:1] * 9 if chance.random() < 0.2 else [*positions, positions[0]])

    for _ in range(200):
        features = [Feature(row, (Shape("area", tuple(ring() for _ in range(4))),)) for row in range(3)]
        assert crossing(features) <= 3
        assert [feature.row for feature in simplified(features, 500, 700, positions_max=5)] == [0, 1, 2]


def test_a_scribble_has_no_map() -> None:
    """Twenty thousand strokes that cross all others would take minutes; as many that do not are drawn."""
    strokes = [(116 + n % 2 + n / 1e7, 39.0 + n % 2) for n in range(20_000)]
    steps = [(116 + n / 20_000, 39.0 + n % 2 / 1000) for n in range(20_000)]
    assert [is_tangled([Feature(0, (Shape("line", (tuple(line),)),))]) for line in (strokes, steps)] == [True, False]


def test_a_cell_too_long_for_a_map_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader of CSV refuses it, and nothing else of it is read."""
    monkeypatch.setattr("portal.publishing.site.maps.places.place_tables.MAP_CELL_CHARACTERS_MAX", 50)
    item = geometries(tmp_path, {"type": "LineString", "coordinates": [[116 + n / 100, 39] for n in range(20)]})
    assert read_places(item, tmp_path) == "too-big"
    assert all_rows(tmp_path / "data" / "places.csv") is None
