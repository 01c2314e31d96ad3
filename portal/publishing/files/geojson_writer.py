"""GeoJSON download (RFC 7946) of tables with longitude and latitude or geometries; WGS 84 alone.

A feature a row, where the coordinates are in degrees as GPS has them. RFC 7946 knows WGS 84 alone. CGCS2000 differs
from it by centimetres and is written as it is; GCJ-02 and BD-09 are shifted by hundreds of metres on purpose and are
never written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import simplejson

from portal.examining.validation.cells.coordinates import axis_of
from portal.examining.validation.cells.geojson_geometries import LATITUDE_MAX, LONGITUDE_MAX
from portal.model.terms import REFERENCE_SYSTEMS
from portal.publishing.files.table_writers import json_value

TRUE_SYSTEMS = frozenset(["WGS84", "CGCS2000"])
"""Reference systems whose places are where RFC 7946 takes them to be."""

_AXIS_TYPES = frozenset(["number", "integer", "string", "any"])
_GEOMETRIES = frozenset("Point MultiPoint LineString MultiLineString Polygon MultiPolygon GeometryCollection".split())


@dataclass(frozen=True)
class Places:
    """Which columns, from 0, hold the place of a row: longitude and latitude, or one *column* with both or a geometry.

    Exactly one of the two ways is set.
    """

    axes: tuple[int, int] | None = None
    column: int | None = None


def find_places(fields: Sequence[Mapping[str, Any]], crs: str) -> Places | None:
    """Return where the places of a table stand, None where it has none or more than one to a row.

    >>> find_places([{"name": "name"}, {"name": "经度", "type": "number"}, {"name": "纬度", "type": "number"}], "WGS84")
    Places(axes=(1, 2), column=None)
    """
    whole = [number for number, field in enumerate(fields) if field.get("type") in ("geopoint", "geojson")]
    if whole:
        return Places(column=whole[0]) if len(whole) == 1 else None
    longitudes = [number for number, field in enumerate(fields) if _axis(field, crs) == "longitude"]
    latitudes = [number for number, field in enumerate(fields) if _axis(field, crs) == "latitude"]
    return Places(axes=(longitudes[0], latitudes[0])) if len(longitudes) == len(latitudes) == 1 else None


class GeoJsonWriter:
    """A FeatureCollection with one feature a row on a line of its own; a row without a usable place has no geometry."""

    def __init__(self, path: Path, names: Sequence[str], places: Places) -> None:
        self._file = path.open("w", encoding="utf-8", newline="")
        self._file.write('{"type": "FeatureCollection", "features": [')
        self._names = list(names)
        self._places = places
        self._separator = "\n"

    def add(self, values: Sequence[Any], texts: Sequence[str]) -> None:
        """Write one row."""
        geometry_column = self._places.column
        properties = {
            name: json_value(value, text)
            for number, (name, value, text) in enumerate(zip(self._names, values, texts, strict=True))
            if number != geometry_column
        }
        feature = {"type": "Feature", "geometry": self._geometry(values), "properties": properties}
        self._file.write(self._separator)
        simplejson.dump(feature, self._file, ensure_ascii=False, use_decimal=True, ignore_nan=True, default=str)
        self._separator = ",\n"

    def close(self) -> None:
        """Finish the file."""
        self._file.write("\n]}\n")
        self._file.close()

    def _geometry(self, values: Sequence[Any]) -> dict[str, Any] | None:
        if self._places.axes:
            longitude, latitude = self._places.axes
            return _point(values[longitude], values[latitude])
        assert self._places.column is not None
        value = values[self._places.column]
        if isinstance(value, dict):
            return value if value.get("type") in _GEOMETRIES else None
        return _point(*value) if isinstance(value, tuple) and len(value) == 2 else None


def _axis(field: Mapping[str, Any], crs: str) -> str:
    name, title = str(field.get("name") or ""), str(field.get("title") or "")
    if field.get("type", "any") not in _AXIS_TYPES:
        return ""
    plain = {"x": "longitude", "y": "latitude"} if crs in REFERENCE_SYSTEMS else {}
    return axis_of(name) or axis_of(title) or plain.get(name.lower(), "")


def _point(longitude: object, latitude: object) -> dict[str, Any] | None:
    try:
        x, y = Decimal(str(longitude)), Decimal(str(latitude))
    except InvalidOperation:
        return None
    if not (x.is_finite() and y.is_finite() and abs(x) <= LONGITUDE_MAX and abs(y) <= LATITUDE_MAX):
        return None
    return {"type": "Point", "coordinates": [x, y]}
