"""Coordinates: longitude and latitude swapped or off the map, crs (WGS 84, CGCS2000, GCJ-02, BD-09).

Coordinates stand in tables and in GeoJSON. A point a few hundred metres off is the fault that nobody sees: Chinese web
maps use GCJ-02 and BD-09, which are shifted on purpose. So whoever publishes coordinates states ``crs`` in the
resource.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

from portal.examining.reading import cells_in_duckdb
from portal.examining.reading.descriptors.paths import inside
from portal.examining.reading.understood_tables import raw_rows
from portal.examining.understanding import UnderstoodDataset
from portal.examining.validation.cells.cell_rules import Fault
from portal.examining.validation.cells.checked_cells import SMALL_BYTES_MAX, Column, faults_of_columns, fields_by_column
from portal.examining.validation.cells.geojson_geometries import (
    CHINA_LATITUDES,
    CHINA_LONGITUDES,
    LATITUDE_MAX,
    LONGITUDE_MAX,
    geometry_faults,
    range_reason,
    swapped_reason,
)
from portal.findings.finding import Finding, found
from portal.model.catalog import Dataset, Resource
from portal.model.limits import Limits
from portal.model.terms import REFERENCE_SYSTEMS
from portal.model.understood_table import UnderstoodTable

_LONGITUDE_WORDS = frozenset(["lon", "lng", "longitude"])
_LATITUDE_WORDS = frozenset(["lat", "latitude"])


@dataclass(frozen=True)
class Degrees:
    """A column of longitudes (up to 180 degrees) or latitudes (up to 90)."""

    codes: ClassVar[frozenset[str]] = frozenset(["coordinate-range"])

    is_longitude: bool

    def suspicion(self, cell: str) -> str:
        """Whatever is a number outside of the range; other texts are reported by the column's type."""
        return f"abs(try_cast({cell} AS DOUBLE)) > {self._most}"

    def is_clean(self, column: str) -> bool:
        """Numbers are compared one by one."""
        return not column.strip("\0")

    def faults(self, text: str) -> Iterator[Fault]:
        """Yield the fault of a number.

        >>> [details["reason"].en for _, details in Degrees(is_longitude=True).faults("1164.07")]
        ['it looks like a projected coordinate in metres']
        """
        value = _number(text)
        if value is not None and abs(value) > self._most:
            reason = range_reason(value, 0) if self.is_longitude else range_reason(0, value)
            yield "coordinate-range", {"reason": reason}

    @property
    def _most(self) -> int:
        return LONGITUDE_MAX if self.is_longitude else LATITUDE_MAX


def check_coordinates(understood: UnderstoodDataset, limits: Limits) -> Iterator[Finding]:
    """Yield what is wrong with the coordinates of tables and GeoJSON files, at most *limits.errors_max* of a code.

    Nothing of a cell is quoted for a dataset that is not open.
    """
    dataset = understood.dataset
    broken = {item.resource for item in understood.findings if item.severity == "error"}
    for item in understood.resources:
        resource, table = item.resource, item.table
        is_map = resource.format == "geojson" and resource.kind != "link" and bool(resource.paths)
        has_columns = table is not None and any(True for _ in _places(table, resource.crs))
        yield from _system(dataset, resource, has_coordinates=is_map or has_columns)
        yield from _approval(dataset, resource)
        if is_map and not resource.compression and resource.name not in broken:
            yield from _geojson(dataset, resource, limits)
        if table is not None:
            yield from _table(dataset, table, resource.crs, limits)


def axis_of(name: str) -> str:
    """Return "longitude" or "latitude" where the name of a column says so, else "".

    >>> [axis_of(name) for name in ("经度", "lat_wgs84", "startLng", "经纬度", "latest", "平均纬度（°）", "platform")]
    ['longitude', 'latitude', 'longitude', '', '', 'latitude', '']
    """
    if "经纬" not in name:
        for word, axis in (("经度", "longitude"), ("东经", "longitude"), ("纬度", "latitude"), ("北纬", "latitude")):
            if word in name:
                return axis
    words = frozenset(word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name))
    if words & _LONGITUDE_WORDS:
        return "longitude"
    return "latitude" if words & _LATITUDE_WORDS else ""


def _axes(table: UnderstoodTable, crs: str) -> Iterator[tuple[int, str, str]]:
    """Yield number, axis and name of the columns of coordinates; x and y count only where ``crs`` is in degrees."""
    plain = {"x": "longitude", "y": "latitude"} if crs in REFERENCE_SYSTEMS else {}
    for number, field in fields_by_column(table):
        name, title = str(field.get("name") or ""), str(field.get("title") or "")
        axis = axis_of(name) or axis_of(title) or plain.get(name.lower(), "")
        if axis and field.get("type", "any") in ("number", "integer", "string", "any"):
            yield number, axis, name


def _places(table: UnderstoodTable, crs: str) -> Iterator[int]:
    """Yield the numbers of all columns that hold coordinates in some form."""
    yield from (number for number, _, _ in _axes(table, crs))
    yield from (number for number, field in fields_by_column(table) if field.get("type") in ("geopoint", "geojson"))


def _system(dataset: Dataset, resource: Resource, *, has_coordinates: bool) -> Iterator[Finding]:
    place = {"dataset": dataset.name, "resource": resource.name, "file": dataset.descriptor_file, "field": "crs"}
    if resource.crs and resource.crs not in REFERENCE_SYSTEMS:
        allowed = ", ".join(REFERENCE_SYSTEMS)
        yield found("crs-unknown", severity=None, **place, value=resource.crs, allowed=allowed)
    elif has_coordinates and not resource.crs:
        yield found("crs-missing", severity=None, **place)


def _approval(dataset: Dataset, resource: Resource) -> Iterator[Finding]:
    stated = str(dataset.entries.get(resource.name, {}).get("map_approval") or "")
    if stated and not resource.map_approval:
        place = {"dataset": dataset.name, "resource": resource.name, "file": dataset.descriptor_file}
        yield found("map-approval-unknown", severity=None, **place, field="map_approval", value=stated)


def _table(dataset: Dataset, table: UnderstoodTable, crs: str, limits: Limits) -> Iterator[Finding]:
    axes = list(_axes(table, crs))
    looked_at = tuple(
        Column(number, name, frozenset(), (Degrees(is_longitude=axis == "longitude"),)) for number, axis, name in axes
    )
    yield from faults_of_columns(dataset, table, looked_at, limits)
    longitudes = [number for number, axis, _ in axes if axis == "longitude"]
    latitudes = [number for number, axis, _ in axes if axis == "latitude"]
    pairs = list(zip(longitudes, latitudes, strict=False))
    pairs += [(number, 0) for number, field in fields_by_column(table) if field.get("type") == "geopoint"]
    for longitude, latitude in pairs:
        count, row = _swapped(table, longitude, latitude)
        if count:
            file, row_there = table.place_of(row)
            yield found(
                "axis-order",
                dataset=dataset.name,
                resource=table.resource,
                file=file,
                row=row_there,
                column=table.column_of(longitude),
                reason=swapped_reason(count),
            )


def _swapped(table: UnderstoodTable, longitude: int, latitude: int) -> tuple[int, int]:
    """Return how many places would lie in China if their axes were exchanged, and the row of the first.

    A *latitude* of 0 means that column *longitude* holds points: both numbers in one text, longitude first.
    """
    if table.path.stat().st_size <= SMALL_BYTES_MAX:
        return _swapped_by_rows(table, longitude, latitude)
    first = cells_in_duckdb.column(longitude)
    pattern = "'(-?[0-9.]+)[^-0-9.]+(-?[0-9.]+)'"
    cells = (
        [first, cells_in_duckdb.column(latitude)]
        if latitude
        else [f"regexp_extract({first}, {pattern}, {n})" for n in (1, 2)]
    )
    bounds = (CHINA_LATITUDES, CHINA_LONGITUDES)
    conditions = [
        f"try_cast({cell} AS DOUBLE) BETWEEN {low} AND {high}" for cell, (low, high) in zip(cells, bounds, strict=True)
    ]
    try:
        relation = cells_in_duckdb.relation_sql(table)
        query = f"SELECT count(*), min(record) FROM ({relation}) WHERE {' AND '.join(conditions)}"  # noqa: S608
        with TemporaryDirectory() as spill, cells_in_duckdb.connect(Path(spill)) as connection:
            count, row = connection.execute(query).fetchall()[0]
        if not count or cells_in_duckdb.has_exact_records(table):
            return count, row or 0
    except cells_in_duckdb.refusals():
        pass
    return _swapped_by_rows(table, longitude, latitude)


def _swapped_by_rows(table: UnderstoodTable, longitude: int, latitude: int) -> tuple[int, int]:
    count = first = 0
    for row, cells in raw_rows(table):
        cell = cells[longitude - 1] if longitude <= len(cells) else ""
        other = cells[latitude - 1] if 0 < latitude <= len(cells) else ""
        texts = [cell, other] if latitude else re.findall(r"-?[0-9.]+", cell)
        x, y = (_number(text) for text in texts[:2]) if len(texts) >= 2 else (None, None)
        if x is None or y is None:
            continue
        if CHINA_LATITUDES[0] <= x <= CHINA_LATITUDES[1] and CHINA_LONGITUDES[0] <= y <= CHINA_LONGITUDES[1]:
            count += 1
            first = first or row
    return count, first


def _geojson(dataset: Dataset, resource: Resource, limits: Limits) -> Iterator[Finding]:
    assert dataset.source is not None
    counts: dict[str, int] = {}
    for name in resource.paths:
        path = inside(dataset.source.folder, name)
        if not path.is_file():
            continue
        place: dict[str, Any] = {
            "dataset": dataset.name,
            "resource": resource.name,
            "file": f"{dataset.folder}/{name}",
            "field": "geometry",
        }
        for code, details in geometry_faults(path):
            counts[code] = counts.get(code, 0) + 1
            if counts[code] <= limits.errors_max:
                shown = details if dataset.is_released else {**details, "value": None, "reason": details.get("reason")}
                yield found(code, **place, **shown)
        if max(counts.values(), default=0) > limits.errors_max:
            yield found("errors-cut", **{**place, "field": None}, number=limits.errors_max)
            return


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
