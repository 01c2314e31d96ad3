"""GeoJSON geometries (RFC 7946): rings that are not closed, positions out of range or swapped.

Geometries are looked at while the file streams by: the memory does not grow with it. What a geometry must be is in RFC
7946. Longitude comes first and lies between -180 and 180, latitude between -90 and 90; a ring ends where it began and
has at least four positions; an empty geometry, and none, are allowed.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ijson  # type: ignore[import-untyped]

from portal.findings.details import phrase
from portal.model.text import LocalText

Fault = tuple[str, dict[str, Any]]

DEPTH_MAX = 100
"""A map whose JSON nests deeper is refused."""
LONGITUDE_MAX = 180
"""Degrees; beyond, a number is no longitude."""
LATITUDE_MAX = 90
"""Degrees; beyond, a number is no latitude."""
METRES_MIN = 1000
"""A coordinate of this size is no angle but a length."""
CHINA_LONGITUDES = (73, 136)
CHINA_LATITUDES = (3, 54)

_DEPTHS = {"Point": 1, "MultiPoint": 2, "LineString": 2, "MultiLineString": 3, "Polygon": 3, "MultiPolygon": 4}
_TYPES = frozenset([*_DEPTHS, "GeometryCollection", "Feature", "FeatureCollection"])

_NOT_JSON = LocalText("不是完整的 JSON，或不是 UTF-8 编码", "it is not JSON, or not in UTF-8")
_NOT_GEOJSON = LocalText("最外层的 type 不是 GeoJSON 的类型", "the outermost type is none of GeoJSON's")
_TOO_DEEP = LocalText(f"嵌套超过 {DEPTH_MAX} 层", f"it nests deeper than {DEPTH_MAX} levels")
_IN_METRES = LocalText("像是以米为单位的投影坐标", "it looks like a projected coordinate in metres")


def geometry_faults(path: Path) -> Iterator[Fault]:
    """Yield the faults of the geometries of *path*, each kind once a geometry, with the number of its feature.

    Coordinates that look swapped, as they would be for places in China, are one fault ``axis-order`` at the end.
    Raises OSError.
    """
    walk = _Walk()
    try:
        with path.open("rb") as file:
            if file.read(3) != codecs.BOM_UTF8:
                file.seek(0)
            for event, value in ijson.basic_parse(file, use_float=True):
                yield from walk.take(event, value)
    except (ijson.JSONError, ValueError, OverflowError):
        yield "geojson-invalid", {"reason": _NOT_JSON}
        return
    except _TooDeep:
        yield "geojson-invalid", {"reason": _TOO_DEEP}
        return
    if walk.root_type not in _TYPES:
        yield "geojson-invalid", {"reason": _NOT_GEOJSON}
    if walk.swapped:
        yield "axis-order", {"reason": swapped_reason(walk.swapped), "number": walk.first_swapped}


def range_reason(longitude: float, latitude: float) -> LocalText | None:
    """Say why a position is on no map, None where it is on it.

    >>> range_reason(120, 95).en, range_reason(40512345.0, 3456789.0).en, range_reason(116.4, 39.9)
    ('the latitude is 95', 'it looks like a projected coordinate in metres', None)
    """
    if max(abs(longitude), abs(latitude)) >= METRES_MIN:
        return _IN_METRES
    if not abs(longitude) <= LONGITUDE_MAX:
        return LocalText(f"经度是 {longitude:.10g}", f"the longitude is {longitude:.10g}")
    if not abs(latitude) <= LATITUDE_MAX:
        return LocalText(f"纬度是 {latitude:.10g}", f"the latitude is {latitude:.10g}")
    return None


def swapped_reason(number: int) -> LocalText:
    """Say how many places would lie in China if their axes were exchanged."""
    return LocalText(
        f"有 {number:,} 处的经度在 3 到 54 之间、纬度在 73 到 136 之间，对调后才落在我国范围内",
        f"{number:,} have a longitude of 3 to 54 and a latitude of 73 to 136, which exchanged would lie in China",
    )


class _TooDeep(Exception):
    """The document nests without end."""


@dataclass
class _Array:
    """An array of coordinates: numbers, where it is a position, else what its positions show."""

    numbers: list[float] = field(default_factory=list)
    first: tuple[float, ...] | None = None
    last: tuple[float, ...] | None = None
    positions: int = 0


@dataclass
class _Object:
    """An object that is not yet at its end, and what its coordinates show; its type may come after them."""

    key: str = ""
    type: str = ""
    depths: set[int] = field(default_factory=set)
    lines: int = 0
    is_open: bool = False
    shortest: int = 1_000_000
    faults: dict[str, Fault] = field(default_factory=dict)


class _Walk:
    """Takes the events of a JSON parser one by one."""

    def __init__(self) -> None:
        self.features = 0
        self.root_type = ""
        self.swapped = 0
        self.first_swapped = 0
        self._objects: list[_Object] = []
        self._arrays: list[_Array] = []
        self._depth = 0
        self._foreign = 0
        """The depth at which properties began that are none of ours; 0 outside of them."""

    def take(self, event: str, value: Any) -> Iterator[Fault]:
        """Take one event and yield the faults of the geometry that ends with it."""
        if event in ("start_map", "start_array"):
            self._depth += 1
            if self._depth > DEPTH_MAX:
                raise _TooDeep
        if self._foreign:
            pass
        elif self._arrays or (self._key == "coordinates" and event not in ("map_key", "end_map")):
            self._take_coordinate(event, value)
        elif event == "start_map":
            self._start_object()
        elif event == "map_key":
            self._objects[-1].key = value
        elif event == "end_map":
            yield from self._end_object()
        elif self._key == "type" and event == "string":
            self._objects[-1].type = value
        if event in ("end_map", "end_array"):
            self._depth -= 1
            if self._depth < self._foreign:
                self._foreign = 0

    @property
    def _key(self) -> str:
        """The key whose value comes now, in the innermost object that counts."""
        return self._objects[-1].key if self._objects else ""

    def _start_object(self) -> None:
        if self._objects and self._key not in ("features", "geometry", "geometries"):
            self._foreign = self._depth
        else:
            self._objects.append(_Object())

    def _end_object(self) -> Iterator[Fault]:
        ended = self._objects.pop()
        if not self._objects:
            self.root_type = ended.type
        if ended.type in _DEPTHS:
            for code, details in _faults_of(ended):
                yield code, _with_number(details, self.features + 1)
        self.features += ended.type == "Feature"

    def _take_coordinate(self, event: str, value: Any) -> None:
        if event == "start_array":
            self._arrays.append(_Array())
        elif event == "end_array":
            self._end_array(self._arrays.pop())
        elif event == "number" and self._arrays:
            self._arrays[-1].numbers.append(value)
        else:
            reason = LocalText("坐标应是数字", "coordinates should be numbers")
            self._objects[-1].faults.setdefault("geojson-invalid", ("geojson-invalid", {"reason": reason}))
            if event == "start_map":
                self._foreign = self._depth

    def _end_array(self, ended: _Array) -> None:
        owner = self._objects[-1]
        if ended.numbers:
            owner.depths.add(len(self._arrays) + 1)
            self._check_position(owner, ended.numbers)
            if self._arrays:
                line = self._arrays[-1]
                line.last = tuple(ended.numbers)
                line.first = line.first or line.last
                line.positions += 1
        elif ended.positions:
            owner.shortest = min(owner.shortest, ended.positions)
            owner.is_open = owner.is_open or ended.first != ended.last

    def _check_position(self, owner: _Object, numbers: list[float]) -> None:
        if len(numbers) < 2:
            reason = LocalText("一个坐标至少要有经度和纬度", "a position has at least a longitude and a latitude")
            owner.faults.setdefault("geojson-invalid", ("geojson-invalid", {"reason": reason}))
            return
        longitude, latitude = numbers[0], numbers[1]
        if not (abs(longitude) <= LONGITUDE_MAX and abs(latitude) <= LATITUDE_MAX):
            reason_ = range_reason(longitude, latitude)
            value = f"{longitude:.10g}, {latitude:.10g}"
            owner.faults.setdefault("coordinate-range", ("coordinate-range", {"reason": reason_, "value": value}))
        if (
            CHINA_LATITUDES[0] <= longitude <= CHINA_LATITUDES[1]
            and CHINA_LONGITUDES[0] <= latitude <= CHINA_LONGITUDES[1]
        ):
            self.swapped += 1
            self.first_swapped = self.first_swapped or self.features + 1


def _with_number(details: dict[str, Any], number: int) -> dict[str, Any]:
    """Name the feature by its place in the file, from 1, in the reason too."""
    reason = details.get("reason")
    if isinstance(reason, LocalText):
        told = phrase("第 {number} 个要素：{reason}", "feature {number}: {reason}", number=number, reason=reason)
        details = {**details, "reason": told}
    return {**details, "number": number}


def _faults_of(geometry: _Object) -> Iterator[Fault]:
    yield from geometry.faults.values()
    if geometry.depths and geometry.depths != {_DEPTHS[geometry.type]}:
        reason = LocalText(
            f"坐标的层数与类型 {geometry.type} 不符", f"the coordinates do not nest as a {geometry.type}'s"
        )
        yield "geojson-invalid", {"reason": reason}
        return
    if geometry.type.endswith("Polygon") and geometry.shortest < 4:
        reason = LocalText("多边形的环至少要有 4 个坐标", "a ring of a polygon has at least 4 positions")
        yield "geojson-invalid", {"reason": reason}
    if geometry.type.endswith("LineString") and geometry.shortest < 2:
        reason = LocalText("线至少要有 2 个坐标", "a line has at least 2 positions")
        yield "geojson-invalid", {"reason": reason}
    if geometry.type.endswith("Polygon") and geometry.is_open:
        yield "ring-unclosed", {}
