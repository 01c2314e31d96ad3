"""Lines and areas with fewer positions, borders that areas share still shared (shapely); areas that cross themselves.

A border is simplified once for both of its sides, so no gap opens between two districts and none overlaps another.
Where the areas are no such coverage, each is simplified by itself, its holes and parts kept. What shapely cannot make
sense of is simplified as the lines that it consists of.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

from portal.publishing.site.maps.geometry import Feature, Part, Shape

LEVELS = (0.05, 0.2, 0.6, 2.0)
"""Levels of detail, in units of the map: so far may a line lie from where it was."""
_AREAS = ("Polygon", "MultiPolygon")
POSITIONS_MAX = 12_000
"""The most positions of lines and areas that stand in a page; the first level with no more of them is drawn."""
NEIGHBOURS_MAX = 50_000_000
"""The most pairs of pieces of lines whose rectangles meet; each pair has to be looked at, and more take minutes."""
_LOOKED_AT = 200
"""So many pieces tell how many neighbours a piece has."""


def crossing(features: Sequence[Feature]) -> int:
    """Return how many features have an area that crosses itself; what is inside of it is then a matter of opinion."""
    rings = [(feature, shape) for feature in features for shape in feature.shapes if shape.kind == "area"]
    if not rings:
        return 0
    from numpy import errstate
    from shapely import is_simple, linearrings

    with errstate(all="ignore"):
        return len(
            {
                feature.row
                for feature, shape in rings
                if not all(is_simple(linearrings(_closed(part))) for part in shape.parts)
            }
        )


def is_tangled(features: Sequence[Feature]) -> bool:
    """Whether so many pieces of lines lie upon one another that nothing can be worked out of them in a few seconds.

    A scribble of 5 MB would take an hour. How many neighbours the pieces have is counted for some of them, by chance.
    """
    if _positions(features) ** 2 / 2 <= NEIGHBOURS_MAX:
        return False
    import numpy

    parts = [numpy.array(part) for feature in features for shape in feature.shapes for part in shape.parts]
    low = numpy.concatenate([numpy.minimum(part[:-1], part[1:]) for part in parts])
    high = numpy.concatenate([numpy.maximum(part[:-1], part[1:]) for part in parts])
    chosen = random.Random(len(low)).sample(range(len(low)), _LOOKED_AT)
    met = sum(int(((low <= high[one]) & (high >= low[one])).all(axis=1).sum()) for one in chosen)
    return met / _LOOKED_AT * len(low) / 2 > NEIGHBOURS_MAX


def simplified(
    features: Sequence[Feature], units_east: float, units_north: float, positions_max: int = POSITIONS_MAX
) -> tuple[Feature, ...]:
    """Return the features as they are or, where they have more than *positions_max*, simplified to a level.

    A *unit* is one of the map; *units_east* and *units_north* are how many a degree is long.
    """
    if _positions(features) <= positions_max:
        return tuple(features)
    import numpy

    shapes = [shape for feature in features for shape in feature.shapes]
    with numpy.errstate(all="ignore"):
        simpler = _simpler([_outline(shape, units_east, units_north) for shape in shapes], positions_max)
    left = (
        Shape(shape.kind, tuple(_parts(outline, units_east, units_north)) or shape.parts)
        for shape, outline in zip(shapes, simpler, strict=True)
    )
    return tuple(Feature(feature.row, tuple(next(left) for _ in feature.shapes)) for feature in features)


def _simpler(outlines: Sequence[Any], positions_max: int) -> list[Any]:
    """Return outlines at the first level at which they have few enough positions, else at the last."""
    import shapely

    areas = [place for place, outline in enumerate(outlines) if outline.geom_type in _AREAS]
    if not shapely.coverage_is_valid([outlines[place] for place in areas]):
        areas = []
    simpler = list(outlines)
    for tolerance in LEVELS:
        simpler = _at_level(outlines, areas, tolerance)
        if shapely.get_num_coordinates(simpler).sum() <= positions_max:
            break
    return simpler


def _positions(features: Sequence[Feature]) -> int:
    return sum(len(part) for feature in features for shape in feature.shapes for part in shape.parts)


def _at_level(outlines: Sequence[Any], coverage: Sequence[int], tolerance: float) -> list[Any]:
    """Return outlines at a level: those of the *coverage* all together, everything else each by itself."""
    import shapely

    simpler = list(outlines)
    together = shapely.coverage_simplify([outlines[place] for place in coverage], tolerance)
    alone = sorted({*range(len(outlines))} - {*coverage})
    apart = shapely.simplify([outlines[place] for place in alone], tolerance, preserve_topology=True)
    for place, outline in [*zip(coverage, together, strict=True), *zip(alone, apart, strict=True)]:
        simpler[place] = outline
    return simpler


def _outline(shape: Shape, east: float, north: float) -> Any:
    """Return a line or an area in units; an area that crosses itself is its rings, as lines."""
    import numpy
    import shapely

    closed = [_closed(part) if shape.kind == "area" else part for part in shape.parts]
    lines: list[Any] = [shapely.linestrings(numpy.array(part) * (east, north)) for part in closed]
    rings = shapely.multilinestrings(lines)
    if shape.kind == "line":
        return rings
    try:
        area: Any = shapely.polygons(lines[0].coords) if len(lines) == 1 else shapely.build_area(rings)
    except shapely.GEOSException:  # rings that cross one another
        return rings
    return area if area.geom_type in _AREAS and not area.is_empty and area.is_valid else rings


def _parts(outline: Any, east: float, north: float) -> Iterator[Part]:
    for part in getattr(outline, "geoms", [outline]):
        rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
        for ring in rings:
            if not ring.is_empty:
                yield tuple((x / east, y / north) for x, y in ring.coords)


def _closed(part: Part) -> Part:
    return part if part[0] == part[-1] else (*part, part[0])
