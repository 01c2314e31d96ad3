"""Geometries as values: points, lines and areas (holes, several parts) of GeoJSON in degrees; what cannot be placed.

Heights and further numbers of a position are dropped. A line that crosses the antimeridian goes on beyond 180 degrees,
so that it is drawn where it runs and not once around the Earth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from math import isfinite
from typing import Any, Literal, NamedTuple

from portal.examining.validation.cells.geojson_geometries import (
    CHINA_LATITUDES,
    CHINA_LONGITUDES,
    LATITUDE_MAX,
    LONGITUDE_MAX,
)

Position = tuple[float, float]
"""Longitude and latitude in degrees."""
Part = tuple[Position, ...]
Kind = Literal["point", "line", "area"]
_NUMBERS = frozenset([int, float])

COLLECTION_DEPTH_MAX = 8
"""So deep collections of geometries may stand within one another."""

Unplaced = Literal["none", "broken", "range", "swapped", "zero"]
"""Why something has no place on a map: there is no geometry, it is malformed, it lies outside of the degrees of the
Earth, its axes look exchanged, or it lies at 0, 0, which programs write for a place that they do not know."""


class Shape(NamedTuple):
    """One kind of thing: a point is a part of one position; the parts of an area are its rings, holes among them."""

    kind: Kind
    parts: tuple[Part, ...]


class Feature(NamedTuple):
    """The lines and areas that one row puts on the map; *row* counts from 0."""

    row: int
    shapes: tuple[Shape, ...]


class NotPlaced(ValueError):
    """A geometry that is not drawn."""

    def __init__(self, why: Unplaced) -> None:
        super().__init__(why)
        self.why = why


def shapes_of(value: object) -> tuple[Shape, ...]:
    """Return what a GeoJSON geometry consists of. Raises NotPlaced.

    >>> shapes_of({"type": "Point", "coordinates": [116.4, 39.9, 44.0]})
    (Shape(kind='point', parts=(((116.4, 39.9),),)),)
    """
    shapes = tuple(_shapes(value, COLLECTION_DEPTH_MAX))
    if not shapes:
        raise NotPlaced("none")
    return shapes


def point_of(longitude: str, latitude: str) -> Position:
    """Return the position that two cells of a table tell. Raises NotPlaced.

    >>> point_of("116.40", "39.9")
    (116.4, 39.9)
    """
    if not longitude.strip() or not latitude.strip():
        raise NotPlaced("none")
    try:
        x, y = float(longitude), float(latitude)
    except ValueError:
        raise NotPlaced("broken") from None
    return placed(x, y)


def placed(x: float, y: float) -> Position:
    """Return the position at longitude *x* and latitude *y*. Raises NotPlaced."""
    if CHINA_LATITUDES[0] <= x <= CHINA_LATITUDES[1] and CHINA_LONGITUDES[0] <= y <= CHINA_LONGITUDES[1]:
        raise NotPlaced("swapped")
    if not (isfinite(x) and isfinite(y) and abs(x) <= LONGITUDE_MAX and abs(y) <= LATITUDE_MAX):
        raise NotPlaced("range")
    if x == 0 and y == 0:
        raise NotPlaced("zero")
    return x, y


def are_plain(xs: Sequence[float], ys: Sequence[float]) -> bool:
    """Whether each of these positions is certainly one, so that none has to be looked at by itself.

    >>> are_plain([116.4], [39.9]), are_plain([39.9], [116.4]), are_plain([0.0, 1.0], [0.0, 1.0]), are_plain([], [])
    (True, False, False, False)
    """
    if not xs or not isfinite(sum(xs)) or not isfinite(sum(ys)) or (0.0 in xs and 0.0 in ys):
        return False
    return (
        min(xs) >= -LONGITUDE_MAX
        and max(xs) <= LONGITUDE_MAX
        and min(ys) >= -LATITUDE_MAX
        and max(ys) < CHINA_LONGITUDES[0]
    )


def unwrapped(part: Iterable[Position]) -> Part:
    """Return a line that takes the short way from each position to the next, beyond 180 degrees where need be.

    >>> unwrapped([(179.0, 1.0), (-179.0, 2.0)])
    ((179.0, 1.0), (181.0, 2.0))
    """
    positions: list[Position] = []
    turns = before = 0.0
    for x, y in part:
        if positions and abs(x - before) > LONGITUDE_MAX:
            turns += 2 * LONGITUDE_MAX if x < before else -2 * LONGITUDE_MAX
        before = x
        positions.append((x + turns, y))
    return tuple(positions)


def inner_point(rings: Sequence[Part]) -> Position:
    """Return the middle of the rectangle around an area or, where that is outside of it, a point within.

    A district may lie around another one, whose middle is not its own then.

    >>> inner_point([((0, 0), (9, 0), (9, 9), (6, 9), (6, 3), (3, 3), (3, 9), (0, 9), (0, 0))])
    (1.5, 4.5)
    """
    west, south, east, north = box_of([position for ring in rings for position in ring])
    middle = ((west + east) / 2, (south + north) / 2)
    largest = box_of(max(rings, key=_size))
    for latitude in (middle[1], (largest[1] + largest[3]) / 2):
        crossings = sorted(_crossings(rings, latitude))
        inside = list(zip(crossings[::2], crossings[1::2], strict=False))
        if latitude == middle[1] and any(low <= middle[0] <= high for low, high in inside):
            return middle
        if inside:
            low, high = max(inside, key=lambda span: span[1] - span[0])
            return (low + high) / 2, latitude
    return middle


def box_of(part: Sequence[Position]) -> tuple[float, float, float, float]:
    """Return west, south, east and north of positions, of which there is one."""
    xs, ys = [x for x, _ in part], [y for _, y in part]
    return min(xs), min(ys), max(xs), max(ys)


def _size(ring: Sequence[Position]) -> float:
    west, south, east, north = box_of(ring)
    return (east - west) * (north - south)


def _crossings(rings: Iterable[Part], latitude: float) -> Iterator[float]:
    """Yield the longitudes at which rings cross a latitude; between each other two of them lies the area."""
    for ring in rings:
        before_x, before_y = ring[-1]
        for x, y in ring:
            if (y > latitude) != (before_y > latitude):
                yield before_x + (latitude - before_y) * (x - before_x) / (y - before_y)
            before_x, before_y = x, y


def _shapes(value: object, depth: int) -> Iterator[Shape]:
    if value is None:
        return
    if not isinstance(value, dict) or depth == 0:
        raise NotPlaced("broken")
    kind, inner = value.get("type"), value.get("coordinates")
    if kind == "GeometryCollection":
        for member in _listed(value.get("geometries")):
            yield from _shapes(member, depth - 1)
    elif kind == "Point":
        yield from [Shape("point", ((_position(inner),),))] if _listed(inner) else []
    elif kind == "MultiPoint":
        yield from [Shape("point", tuple((_position(one),) for one in _listed(inner)))] if inner else []
    elif kind in ("LineString", "MultiLineString"):
        lines = [inner] if kind == "LineString" else _listed(inner)
        parts = tuple(_part(line, 2) for line in lines if _listed(line))
        yield from [Shape("line", parts)] if parts else []
    elif kind in ("Polygon", "MultiPolygon"):
        areas = [inner] if kind == "Polygon" else _listed(inner)
        rings = tuple(_part(ring, 4) for area in areas for ring in _listed(area))
        yield from [Shape("area", rings)] if rings else []
    else:
        raise NotPlaced("broken")


def _listed(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise NotPlaced("broken")
    return value


def _part(value: object, positions_min: int) -> Part:
    stated = _plain_part(value) or tuple(_position(one) for one in _listed(value))
    if len(stated) < positions_min:
        raise NotPlaced("broken")
    xs = [x for x, _ in stated]
    if max(xs) - min(xs) <= LONGITUDE_MAX:
        return stated
    part = unwrapped(stated)
    is_around_a_pole = stated[0] == stated[-1] and part[0] != part[-1]
    return stated if is_around_a_pole else part


def _plain_part(value: object) -> Part | None:
    """Return a part in which nothing is doubtful, all at once; None for any other, which is looked at one by one."""
    if not isinstance(value, list) or set(map(type, value)) != {list} or set(map(len, value)) != {2}:
        return None
    flat = list(chain.from_iterable(value))
    if not _NUMBERS.issuperset(map(type, flat)):
        return None
    try:
        positions = list(map(float, flat))
    except OverflowError:
        return None
    xs, ys = positions[::2], positions[1::2]
    return tuple(zip(xs, ys, strict=True)) if are_plain(xs, ys) else None


def _position(value: object) -> Position:
    if not isinstance(value, list) or len(value) < 2:
        raise NotPlaced("broken")
    x, y = value[0], value[1]
    if isinstance(x, bool) or isinstance(y, bool) or not isinstance(x, int | float) or not isinstance(y, int | float):
        raise NotPlaced("broken")
    try:
        return placed(float(x), float(y))
    except OverflowError:  # an integer of hundreds of digits
        raise NotPlaced("range") from None
