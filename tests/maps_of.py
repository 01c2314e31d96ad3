"""Tables and GeoJSON files on disk as published resources, and the maps that are made of them."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from made_published import published
from parsed import Element, parse

from portal.model.catalog import Field, Resource, Schema
from portal.model.map_choices import MapChoice
from portal.model.map_layers import MapLayer
from portal.model.table_profile import ColumnProfile, TableProfile
from portal.model.text import LocalText
from portal.publishing.publication import PublishedDataset, PublishedFile, PublishedResource
from portal.publishing.site.contexts.map_contexts import MapView
from portal.publishing.site.maps.dataset_maps import DatasetMaps

POINT = {"name": "geometry", "type": "geojson"}
PLACES = ({"name": "名称", "type": "string"}, {"name": "经度", "type": "number"}, {"name": "纬度", "type": "number"})
SQUARE = [[116.0, 39.0], [117.0, 39.0], [117.0, 40.0], [116.0, 40.0], [116.0, 39.0]]


def table(
    folder: Path,
    rows: Sequence[Sequence[str]],
    fields: Sequence[dict[str, Any]] = PLACES,
    *,
    name: str = "places",
    crs: str = "WGS84",
    **changes: Any,
) -> PublishedResource:
    """Return a table whose CSV lies below *folder*; *changes* are of its resource."""
    path = folder / "data" / f"{name}.csv"
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[field["name"] for field in fields], *rows])
    declared = tuple(Field(one["name"], LocalText(one.get("title", one["name"])), one["type"]) for one in fields)
    stated = {"title": LocalText("地点", "Places"), "schema": Schema(declared), **changes}
    resource = Resource(name, kind="table", format="csv", media_type="text/csv", crs=crs, **stated)
    profile = TableProfile(len(rows), tuple(ColumnProfile(field.name, 0, None) for field in declared))
    written = PublishedFile(f"data/{name}.csv", "csv", "text/csv", path.stat().st_size, "0" * 64, f"{name}.csv")
    return PublishedResource(resource, (written,), profile, table_schema={"fields": list(fields)})


def geometries(folder: Path, *values: object, **changes: Any) -> PublishedResource:
    """Return a table of GeoJSON geometries, each called by its number."""
    rows = [[f"甲{number}", "" if value is None else json.dumps(value)] for number, value in enumerate(values)]
    return table(folder, rows, ({"name": "名称", "type": "string"}, POINT), **changes)


def map_of(folder: Path, item: PublishedResource, lang: str = "en", **changes: Any) -> MapView | None:
    """Return the map of a resource, of a dataset with *changes*."""
    return maps_of(folder, published(item, **changes), lang=lang).get(item.resource.name)


def maps_of(
    folder: Path,
    dataset: PublishedDataset,
    *others: PublishedDataset,
    layers: Sequence[MapLayer] = (),
    choices: Sequence[MapChoice] = (),
    lang: str = "en",
) -> dict[str, MapView]:
    """Return the maps of a dataset in a catalogue that has *others*."""
    return DatasetMaps(folder, [dataset, *others], layers, choices).of(dataset, lang)


def picture(view: MapView | None) -> Element:
    """Return the picture of a map, parsed."""
    assert view is not None
    assert not view.missing
    return parse(str(view.picture)).one("svg")
