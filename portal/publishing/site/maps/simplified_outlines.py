"""Lines and areas with fewer positions, borders that areas share still shared (shapely); areas that cross themselves.

A border is simplified once for both of its sides, so no gap opens between two districts and none overlaps another.
Where the areas are no such coverage, each is simplified by itself, its holes and parts kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from portal.publishing.site.maps.geometry import Feature, Part, Shape

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

LEVELS = (0.05, 0.2, 0.6, 2.0)
"""Levels of detail, in units of the map: so far may a line lie from where it was."""
POSITIONS_MAX = 12_000
"""The most positions of lines and areas that stand in a page; the first level with no more of them is drawn."""


def crossing(features: Sequence[Feature]) -> int:
    """Return how many features have an area that crosses itself; what is inside of it is then a matter of opinion."""
    rings = [(feature, shape) for feature in features for shape in feature.shapes if shape.kind == "area"]
    if not rings:
        return 0
    from shapely import is_simple, linearrings

    return len(
        {
            feature.row
            for feature, shape in rings
            if not all(is_simple(linearrings(_closed(part))) for part in shape.parts)
        }
    )


def simplified(
    features: Sequence[Feature], units_east: float, units_north: float, positions_max: int = POSITIONS_MAX
) -> tuple[Feature, ...]:
    """Return the features as they are or, where they have more than *positions_max*, simplified to a level.

    A *unit* is one of the map; *units_east* and *units_north* are how many a degree is long.
    """
    if _positions(features) <= positions_max:
        return tuple(features)
    chosen: tuple[Feature, ...] = tuple(features)
    for tolerance in LEVELS:
        chosen = _at_level(features, tolerance, units_east, units_north)
        if _positions(chosen) <= positions_max:
            break
    return chosen


def _positions(features: Sequence[Feature]) -> int:
    return sum(len(part) for feature in features for shape in feature.shapes for part in shape.parts)


def _at_level(features: Sequence[Feature], tolerance: float, east: float, north: float) -> tuple[Feature, ...]:
    import shapely

    areas, lines = [], []
    for feature in features:
        for shape in feature.shapes:
            if shape.kind == "area":
                areas.append(_area(shape, east, north))
            elif shape.kind == "line":
                lines.append(shapely.multilinestrings([_units(part, east, north) for part in shape.parts]))
    is_coverage = bool(areas) and bool(shapely.coverage_is_valid(areas))
    if is_coverage:
        simple_areas = shapely.coverage_simplify(areas, tolerance)
    else:
        simple_areas = shapely.simplify(areas, tolerance, preserve_topology=True)
    left_areas, left_lines = iter(simple_areas), iter(shapely.simplify(lines, tolerance, preserve_topology=True))
    chosen = []
    for feature in features:
        shapes = []
        for shape in feature.shapes:
            if shape.kind == "area":
                shape = Shape("area", tuple(_rings(next(left_areas), east, north)) or shape.parts)
            elif shape.kind == "line":
                parts = tuple(_degrees(line.coords, east, north) for line in next(left_lines).geoms)
                shape = Shape("line", parts or shape.parts)
            shapes.append(shape)
        chosen.append(Feature(feature.row, tuple(shapes)))
    return tuple(chosen)


def _area(shape: Shape, east: float, north: float) -> BaseGeometry:
    """Return an area by its rings; which of them are holes is told by where they lie."""
    import shapely

    return shapely.build_area(shapely.multilinestrings([_units(_closed(part), east, north) for part in shape.parts]))


def _rings(geometry: Any, east: float, north: float) -> Iterator[Part]:
    for part in getattr(geometry, "geoms", [geometry]):
        if part.geom_type == "Polygon" and not part.is_empty:
            yield _degrees(part.exterior.coords, east, north)
            for hole in part.interiors:
                yield _degrees(hole.coords, east, north)


def _units(part: Part, east: float, north: float) -> list[tuple[float, float]]:
    return [(x * east, y * north) for x, y in part]


def _degrees(coordinates: Any, east: float, north: float) -> Part:
    return tuple((x / east, y / north) for x, y in coordinates)


def _closed(part: Part) -> Part:
    return part if part[0] == part[-1] else (*part, part[0])
