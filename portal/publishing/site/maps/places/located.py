"""Where the rows of a table or the features of GeoJSON lie, in WGS 84, and how many could not be placed, by reason.

Points are kept as columns of numbers, for there may be ten thousand of them; lines and areas as the values they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from portal.examining.validation.cells.geojson_geometries import LONGITUDE_MAX
from portal.publishing.site.maps.places.geometry import (
    Feature,
    NotPlaced,
    Part,
    Position,
    Shape,
    Unplaced,
    are_plain,
    box_of,
    point_of,
    shapes_of,
)
from portal.publishing.site.maps.reference_systems import SHIFTED, to_wgs84

APART_DEGREES_MAX = 0.01
"""What lies further apart than this, about a kilometre, is not one thing."""

Box = tuple[float, float, float, float]
"""West, south, east and north."""


class Points(NamedTuple):
    """Points as columns: the row of each, from 0, its longitude and its latitude.

    *rows* is a range where every row is a point.
    """

    rows: Sequence[int] = ()
    longitudes: Sequence[float] = ()
    latitudes: Sequence[float] = ()


class Located(NamedTuple):
    """All that a map shows of one resource; *unplaced* counts the rows that have no place on it, by reason."""

    points: Points
    flat: tuple[Feature, ...]
    unplaced: Mapping[Unplaced, int]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.points.rows and not self.flat

    @property
    def kinds(self) -> tuple[str, ...]:
        """Which kinds of things there are, of ``point``, ``line`` and ``area``."""
        found = {shape.kind for feature in self.flat for shape in feature.shapes}
        return (*(["point"] if self.points.rows else []), *(kind for kind in ("line", "area") if kind in found))

    @property
    def rows(self) -> Sequence[int]:
        """The rows that are drawn, each once, in their order."""
        if isinstance(self.points.rows, range):
            return self.points.rows
        return sorted({*self.points.rows, *(feature.row for feature in self.flat)})

    @property
    def bounds(self) -> Box:
        """West, south, east and north of all that is drawn, of which there is something."""
        xs, ys = [*self.points.longitudes], [*self.points.latitudes]
        for part in _parts(self.flat):
            west, south, east, north = box_of(part)
            xs += (west, east)
            ys += (south, north)
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def boxes(self) -> Mapping[int, Box]:
        """What is around each row that is drawn."""
        found: dict[int, Box] = {}
        for row, x, y in zip(*self.points, strict=True):
            found[row] = _around(found.get(row, (x, y, x, y)), (x, y, x, y))
        for feature in self.flat:
            for part in _parts([feature]):
                box = box_of(part)
                found[feature.row] = _around(found.get(feature.row, box), box)
        return found


def lie_together(one: Box, other: Box) -> bool:
    """Whether two things may be the same one, told by a point, a line or an area.

    >>> area = (116, 39, 117, 40)
    >>> lie_together(area, (116.5, 39.5, 116.5, 39.5)), lie_together(area, (118, 39, 118, 39))
    (True, False)
    """
    return all(
        one[axis] <= other[axis + 2] + APART_DEGREES_MAX and other[axis] <= one[axis + 2] + APART_DEGREES_MAX
        for axis in (0, 1)
    )


def from_columns(longitudes: Sequence[str], latitudes: Sequence[str]) -> Located:
    """Return the points that two columns of a table tell, row by row.

    >>> from_columns(["116.4", "", "0"], ["39.9", "39.8", "0"]).unplaced
    {'none': 1, 'zero': 1}
    """
    clean = _clean(longitudes, latitudes)
    if clean:
        return Located(clean, (), {})
    found: list[tuple[int, Position]] = []
    unplaced: Counter[Unplaced] = Counter()
    for row, cells in enumerate(zip(longitudes, latitudes, strict=True)):
        try:
            found.append((row, point_of(*cells)))
        except NotPlaced as error:
            unplaced[error.why] += 1
    return Located(_points(found), (), dict(unplaced))


def from_geometries(geometries: Iterable[object]) -> Located:
    """Return what the geometries of features show; a feature with one part that cannot be placed has no place."""
    points: list[tuple[int, Position]] = []
    flat: list[Feature] = []
    unplaced: Counter[Unplaced] = Counter()
    for row, value in enumerate(geometries):
        try:
            shapes = shapes_of(value)
        except NotPlaced as error:
            unplaced[error.why] += 1
            continue
        points += [(row, part[0]) for shape in shapes if shape.kind == "point" for part in shape.parts]
        lines_and_areas = tuple(shape for shape in shapes if shape.kind != "point")
        if lines_and_areas:
            flat.append(Feature(row, lines_and_areas))
    return Located(_points(points), tuple(flat), dict(unplaced))


def in_wgs84(located: Located, system: str) -> Located:
    """Return everything where it is on the ground; what is in a true *system* stays as it is."""
    if system not in SHIFTED or located.is_empty:
        return located
    points = located.points
    xs, ys = to_wgs84(points.longitudes, points.latitudes, system)
    moved = located._replace(points=Points(points.rows, xs, ys))
    if not located.flat:
        return moved
    positions = [position for part in _parts(located.flat) for position in part]
    xs, ys = to_wgs84([x for x, _ in positions], [y for _, y in positions], system)
    return moved._replace(flat=_with_positions(located.flat, zip(xs, ys, strict=True)))


def side_by_side(located: Located, bounds: Box | None = None) -> Located:
    """Return everything with what lies west of Greenwich put beyond 180 degrees, where that brings all closer together.

    *bounds* are those of *located*, where somebody knows them.

    >>> both = from_columns(["179.5", "-179.5"], ["1", "1"])
    >>> list(side_by_side(both).points.longitudes)
    [179.5, 180.5]
    """
    west, _, east, _ = bounds or located.bounds
    if east - west <= LONGITUDE_MAX:
        return located
    points = located.points._replace(longitudes=[x + 360 if x < 0 else x for x in located.points.longitudes])
    flat = tuple(map(eastwards, located.flat))
    moved = located._replace(points=points, flat=flat)
    moved_west, _, moved_east, _ = moved.bounds
    return moved if moved_east - moved_west < east - west else located


def eastwards(feature: Feature) -> Feature:
    """Return a feature with those of its parts beyond 180 degrees that lie west of Greenwich.

    An area that RFC 7946 has cut at the antimeridian is whole again, and a hole lies where its ring does.
    """
    shapes = tuple(Shape(shape.kind, tuple(map(_part_eastwards, shape.parts))) for shape in feature.shapes)
    return Feature(feature.row, shapes)


def _part_eastwards(part: Part) -> Part:
    return part if max(x for x, _ in part) >= 0 else tuple((x + 360, y) for x, y in part)


def _clean(longitudes: Sequence[str], latitudes: Sequence[str]) -> Points | None:
    """Return the points of columns in which nothing is missing or doubtful, all at once; None for others."""
    try:
        xs, ys = list(map(float, longitudes)), list(map(float, latitudes))
    except ValueError:
        return None
    return Points(range(len(xs)), xs, ys) if are_plain(xs, ys) else None


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _points(found: Sequence[tuple[int, Position]]) -> Points:
    return Points([row for row, _ in found], [x for _, (x, _) in found], [y for _, (_, y) in found])


def _parts(features: Iterable[Feature]) -> Iterator[tuple[Position, ...]]:
    for feature in features:
        for shape in feature.shapes:
            yield from shape.parts


def _with_positions(features: Iterable[Feature], positions: Iterator[Position]) -> tuple[Feature, ...]:
    return tuple(
        Feature(
            feature.row,
            tuple(
                Shape(shape.kind, tuple(tuple(next(positions) for _ in part) for part in shape.parts))
                for shape in feature.shapes
            ),
        )
        for feature in features
    )
