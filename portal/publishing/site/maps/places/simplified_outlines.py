"""Lines and areas with fewer positions, in levels; borders that areas share still shared (shapely).

A border is simplified once for both of its sides, so no gap opens between two districts and none overlaps another.
Where the areas are no such coverage, each is simplified by itself, its holes and parts kept. What shapely cannot make
sense of is simplified as the lines that it consists of.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from portal.publishing.site.maps.places.geometry import Feature, Part, Shape
from portal.publishing.site.maps.places.outline_arrays import arrays_of, closed, positions_of

if TYPE_CHECKING:
    from portal.publishing.site.maps.places.outline_arrays import Numbers, Places

LEVELS = (0.05, 0.2, 0.6, 2.0)
"""Levels of detail, in units of the map: so far may a line lie from where it was."""
POSITIONS_MAX = 12_000
"""The most positions of lines and areas that stand in a page; the first level with no more of them is drawn."""
_POLYGON = 3
_AREA_TYPES = (_POLYGON, 6)
"""What shapely calls polygons and several of them in one."""


class Level(NamedTuple):
    """Shapes of features at one level: *tolerance* is how far, in units, a line may lie from where it was.

    *outlines* is an array of geometries of shapely, in units, one for each shape of all features.
    """

    tolerance: float
    outlines: Any

    @property
    def positions(self) -> int:
        """How many positions the outlines have."""
        import shapely

        return int(shapely.get_num_coordinates(self.outlines).sum())


def simplified(
    features: Sequence[Feature], units_east: float, units_north: float, positions_max: int = POSITIONS_MAX
) -> tuple[Feature, ...]:
    """Return the features as they are or, where they have more than *positions_max*, simplified to a level.

    A *unit* is one of the map; *units_east* and *units_north* are how many a degree is long.
    """
    found = levels(features, units_east, units_north, positions_max)
    return at_level(features, found[0], units_east, units_north) if found else tuple(features)


def levels(
    features: Sequence[Feature], units_east: float, units_north: float, positions_max: int = POSITIONS_MAX
) -> list[Level]:
    """Return the level that has few enough positions, or else the last, and the finer ones, the finest at the end.

    There is none where the features have few enough as they are.
    """
    if positions_of(features) <= positions_max:
        return []
    import numpy
    import shapely

    found: list[Level] = []
    with numpy.errstate(all="ignore"):
        outlines = _outlines([shape for feature in features for shape in feature.shapes], units_east, units_north)
        coverage = numpy.isin(shapely.get_type_id(outlines), _AREA_TYPES)
        simpler = outlines
        for tolerance in LEVELS:
            simpler = _at_tolerance(outlines, simpler, coverage, tolerance)
            if not found and not shapely.coverage_is_valid(simpler[coverage]):
                coverage[:] = False
                simpler = _at_tolerance(outlines, outlines, coverage, tolerance)
            found.insert(0, Level(tolerance, simpler))
            if found[0].positions <= positions_max:
                break
    return found


def at_level(features: Sequence[Feature], level: Level, east: float, north: float) -> tuple[Feature, ...]:
    """Return features with the outlines of a level; what has become nothing there stays as it was."""
    positions, line, outline = rings_of(level.outlines)
    parts: list[list[Part]] = [[] for _ in level.outlines]
    ends = (line.searchsorted(range(len(outline)), side="right")).tolist()
    start = 0
    degrees = (positions / (east, north)).tolist()
    for number, end in zip(outline.tolist(), ends, strict=True):
        parts[number].append(tuple(map(tuple, degrees[start:end])))
        start = end
    found = iter(parts)
    return tuple(
        Feature(feature.row, tuple(Shape(shape.kind, tuple(next(found)) or shape.parts) for shape in feature.shapes))
        for feature in features
    )


def rings_of(outlines: Any) -> tuple[Numbers, Places, Places]:
    """Return the positions of all lines and rings, the line of each, and of each line the number of its outline."""
    import numpy
    import shapely

    parts: Any
    parts, outline = shapely.get_parts(outlines, return_index=True)
    is_area = shapely.get_type_id(parts) == _POLYGON
    rings, area = shapely.get_rings(parts[is_area], return_index=True)
    lines = numpy.concatenate([rings, parts[~is_area]])
    outline = numpy.concatenate([outline[is_area][area], outline[~is_area]])
    order = numpy.argsort(outline, kind="stable")
    positions, line = shapely.get_coordinates(lines[order], return_index=True)
    return positions, line, outline[order]


def _at_tolerance(outlines: Any, finer: Any, coverage: Any, tolerance: float) -> Any:
    """Return outlines at a level: those of the *coverage* all together, everything else each by itself.

    Of a coverage the positions that matter least are left out first, so it goes on from the *finer* level.
    """
    import shapely

    simpler = outlines.copy()
    simpler[coverage] = shapely.coverage_simplify(finer[coverage], tolerance)
    simpler[~coverage] = shapely.simplify(outlines[~coverage], tolerance, preserve_topology=True)
    return simpler


def _outlines(shapes: Sequence[Shape], east: float, north: float) -> Any:
    """Return lines and areas in units; an area that crosses itself is its rings, as lines."""
    import numpy
    import shapely

    positions, part = arrays_of(
        [closed(part) if shape.kind == "area" else part for shape in shapes for part in shape.parts]
    )
    positions = positions * (east, north)
    counts = numpy.array([len(shape.parts) for shape in shapes])
    shape_of_part = numpy.repeat(numpy.arange(len(shapes)), counts)
    single: Any = shapely.linestrings(positions, indices=part)
    lines: Any = shapely.multilinestrings(single, indices=shape_of_part)
    is_area = numpy.array([shape.kind == "area" for shape in shapes])
    areas = lines.copy()
    is_single = is_area & (counts == 1)
    chosen = is_single[shape_of_part[part]]
    if is_single.any():
        _, number = numpy.unique(part[chosen], return_inverse=True)
        areas[is_single] = shapely.polygons(shapely.linearrings(positions[chosen], indices=number))
    for place in numpy.flatnonzero(is_area & ~is_single):
        areas[place] = _area_of_rings(lines[place])
    is_good = numpy.isin(shapely.get_type_id(areas), _AREA_TYPES) & ~shapely.is_empty(areas) & shapely.is_valid(areas)
    return numpy.where(is_good, areas, lines)


def _area_of_rings(rings: Any) -> Any:
    """Return the area between rings, the rings themselves where they cross one another."""
    import shapely

    try:
        return shapely.build_area(rings)
    except shapely.GEOSException:
        return rings
