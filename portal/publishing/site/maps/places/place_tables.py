"""Rows with a place read from the release: the published CSV of a table, or a GeoJSON file that is no table.

What is too big for a map in a page is not read at all. Only what is published is opened here, so nothing that an
edition keeps back can get into a picture.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from portal.model.table_profile import TableProfile
from portal.publishing.publication import PublishedResource
from portal.publishing.rows.store_plan import TableSource
from portal.publishing.site.maps.places.faulty_outlines import is_tangled
from portal.publishing.site.maps.places.located import Located, from_columns, from_geometries, in_wgs84, lie_together
from portal.publishing.site.maps.places.map_columns import (
    MapColumns,
    NoPlaces,
    WhereColumns,
    map_columns,
    where_columns,
)
from portal.publishing.site.maps.reference_systems import DRAWN

MAP_ROWS_MAX = 10_000
"""A table or GeoJSON file with more rows has no map in the page; the file can be downloaded."""
MAP_BYTES_MAX = 5_000_000
"""A resource with more bytes of geometry has no map in the page."""
MAP_CELL_CHARACTERS_MAX = MAP_BYTES_MAX
"""The longest cell that is read; it is one geometry, and no longer than all of them together may be."""

NotDrawn = Literal["one-axis", "several", "too-many", "too-big", "tangled", "system", "nowhere", "damaged"]
"""Why there is no map of something that has coordinates."""


class PlaceTable(NamedTuple):
    """What a map is made of: rows as text, which of their columns are used, and where they lie.

    *fields* describe the columns as Table Schema does.
    """

    fields: Sequence[Any]
    rows: Sequence[Sequence[str]]
    columns: MapColumns
    located: Located


def read_places(item: PublishedResource, site_dir: Path) -> PlaceTable | NotDrawn | None:
    """Return the rows of a resource with their places, why they are not drawn, or None where there is no place."""
    file, crs = item.table_file, item.resource.crs
    if file is None or item.profile is None:
        return _read_file(item, site_dir)
    where = where_columns(item.table_schema["fields"], crs, is_geojson=item.resource.format == "geojson")
    if where is None or not item.profile.rows:
        return None
    refusal = _refusal(where, crs, item.profile.rows)
    if refusal or isinstance(where, str):
        return refusal
    source = TableSource(item.resource.name, site_dir / file.path, item.table_schema)
    rows = all_rows(source.csv)
    if rows is None or (where.geometry is not None and sum(len(row[where.geometry]) for row in rows) > MAP_BYTES_MAX):
        return "too-big"
    located = in_wgs84(_located(rows, where), crs)
    columns = map_columns(source, rows, where, withheld_columns(item.profile))
    return _unseen(located) or PlaceTable(source.fields, rows, columns, located)


def read_points(item: PublishedResource, site_dir: Path, rows_max: int) -> Located | None:
    """Return where the points of a table with columns of coordinates lie, None where it is none or has more rows."""
    file, crs = item.table_file, item.resource.crs
    if file is None or item.profile is None or item.profile.rows > rows_max or (crs and crs not in DRAWN):
        return None
    where = where_columns(item.table_schema["fields"], crs)
    if not isinstance(where, WhereColumns) or where.axes is None:
        return None
    longitude, latitude = where.axes
    with (site_dir / file.path).open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        next(reader, None)
        try:
            pairs = [(row[longitude], row[latitude]) for row in reader]
        except csv.Error:  # a cell too long for it
            return None
    return in_wgs84(from_columns([x for x, _ in pairs], [y for _, y in pairs]), crs)


def joined(table: PlaceTable, item: PublishedResource, site_dir: Path) -> PlaceTable | None:
    """Return *table* told by the rows of another table of its dataset, whose key is the first column of *table*.

    None where that other is no such table, lacks one of the rows, or has the same keys for other things: running
    numbers are keys of everything, and places of its own lie elsewhere then.
    """
    file, keys = item.table_file, item.resource.schema.primary_key
    if file is None or item.profile is None or item.profile.rows > MAP_ROWS_MAX:
        return None
    source = TableSource(item.resource.name, site_dir / file.path, item.table_schema)
    names = [field["name"] for field in source.fields]
    if len(keys) != 1 or keys[0] != table.fields[0]["name"] or keys[0] not in names:
        return None
    by_key = {row[names.index(keys[0])]: row for row in all_rows(source.csv) or ()}
    if not all(table.rows[row][0] in by_key for row in table.located.rows) or all(map(str.isdecimal, by_key)):
        return None
    rows = [by_key.get(row[0], [""] * len(names)) for row in table.rows]
    where = where_columns(source.fields, item.resource.crs)
    if isinstance(where, WhereColumns):
        there, here = in_wgs84(_located(rows, where), item.resource.crs).boxes, table.located.boxes
        if not all(lie_together(here[row], there[row]) for row in here.keys() & there.keys()):
            return None
    used = where if isinstance(where, WhereColumns) else WhereColumns()
    columns = map_columns(source, rows, used, withheld_columns(item.profile))
    return PlaceTable(source.fields, rows, columns, table.located)


def withheld_columns(profile: TableProfile) -> frozenset[str]:
    """Return the names of columns whose values may be of single persons: a map neither sorts nor tells by them."""
    return frozenset(column.name for column in profile.columns if column.is_withheld)


def _unseen(located: Located) -> NotDrawn | None:
    """Return why nothing is drawn of what was located, None where something is."""
    if located.is_empty:
        return "nowhere"
    return "tangled" if is_tangled(located.flat) else None


def _refusal(where: WhereColumns | NoPlaces, crs: str, rows: int) -> NotDrawn | None:
    if isinstance(where, str):
        return where
    if crs and crs not in DRAWN:
        return "system"
    return "too-many" if rows > MAP_ROWS_MAX else None


def all_rows(path: Path) -> list[list[str]] | None:
    """Return the rows of a published CSV as text, without its header; None where a cell is too long for a map."""
    former = csv.field_size_limit(MAP_CELL_CHARACTERS_MAX)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            next(reader, None)
            return list(reader)
    except csv.Error:
        return None
    finally:
        csv.field_size_limit(former)


def _located(rows: Sequence[Sequence[str]], where: WhereColumns) -> Located:
    if where.axes:
        longitude, latitude = where.axes
        return from_columns([row[longitude] for row in rows], [row[latitude] for row in rows])
    assert where.geometry is not None
    cells = [row[where.geometry] for row in rows]
    if not where.is_point:
        return from_geometries(map(_parsed, cells))
    pairs = [_pair(cell) for cell in cells]
    return from_columns([x for x, _ in pairs], [y for _, y in pairs])


def _parsed(cell: str) -> object:
    """Return the value of a cell of JSON; of text that is none, something that is no geometry either."""
    if not cell:
        return None
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        return cell


def _pair(cell: str) -> tuple[str, str]:
    """Return longitude and latitude of a geopoint in any of its three forms.

    >>> _pair("90.50, 45.50"), _pair('{"lat": 45.5, "lon": 90.5}')
    (('90.50', '45.50'), ('90.5', '45.5'))
    """
    if cell.startswith("{"):
        value = _parsed(cell)
        return (str(value.get("lon", "")), str(value.get("lat", ""))) if isinstance(value, dict) else (cell, cell)
    numbers = re.findall(r"[-+0-9.eE]+", cell)
    return (numbers[0], numbers[1]) if len(numbers) == 2 else (cell, cell)


def _read_file(item: PublishedResource, site_dir: Path) -> PlaceTable | NotDrawn | None:
    """Return the geometries of a GeoJSON file that could not be read as a table: a single feature or geometry."""
    resource = item.resource
    originals = [file for file in item.files if file.is_original and file.format == "geojson"]
    if resource.kind != "file" or resource.format != "geojson" or resource.compression or len(originals) != 1:
        return None
    if resource.crs and resource.crs not in DRAWN:
        return "system"
    if originals[0].size_bytes > MAP_BYTES_MAX:
        return "too-big"
    try:
        document = json.loads((site_dir / originals[0].path).read_bytes())
    except (ValueError, RecursionError):
        return "damaged"
    features = _features(document)
    if len(features) > MAP_ROWS_MAX:
        return "too-many"
    located = in_wgs84(from_geometries(feature.get("geometry") for feature in features), resource.crs)
    rows = [[str(feature.get("id") or "")] for feature in features]
    return _unseen(located) or PlaceTable([{"name": "id"}], rows, MapColumns(None, None, "", ()), located)


def _features(document: object) -> list[dict[str, Any]]:
    if not isinstance(document, dict):
        return []
    if document.get("type") == "FeatureCollection":
        members = document.get("features")
        return [item for item in members if isinstance(item, dict)] if isinstance(members, list) else []
    return [document] if document.get("type") == "Feature" else [{"geometry": document}]
