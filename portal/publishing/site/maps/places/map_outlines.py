"""Outlines of administrative areas on maps: which areas are such, and what is drawn of those that nobody approved.

Maps for the public show the number under which they were approved (审图号; 地图管理条例, 国务院令第664号).
An outline of an administrative area that has none is not drawn: a point in the middle of each area stands for it,
which is a plain coordinate. Which areas are administrative is told by the words of those who describe them, and by
division codes.
"""

from __future__ import annotations

import re

from portal.model.catalog import Dataset, Resource
from portal.model.map_layers import MADE_UP
from portal.publishing.site.maps.places.geometry import Feature, Position, inner_point
from portal.publishing.site.maps.places.located import Located, Points

_WORDS = re.compile(
    r"行政区|行政界|政区|区划|(国|省|市|州|盟|区|县|旗|乡镇?|街道|村)级?边?界"
    r"|administrative|\b(districts?|count(y|ies)|provinces?|prefectures?|townships?)\b",
    re.IGNORECASE,
)
CHINA = (73.0, 3.0, 136.0, 54.0)
"""West, south, east and north of all that maps of China show, in degrees."""
_CODES = re.compile(r"行政区划|区划代码|政区代码|division code|adcode", re.IGNORECASE)


def is_administrative(dataset: Dataset, resource: Resource) -> bool:
    """Whether lines and areas of a resource are outlines of administrative areas, as far as words and columns tell.

    A column of division codes tells so where it is the key: one row is one division then.
    """
    titles = (dataset.title, resource.title)
    words = (dataset.name, resource.name, *(text for title in titles for text in (title.zh, title.en)))
    if any(_WORDS.search(text.replace("-", " ")) for text in words):
        return True
    key = resource.schema.primary_key
    unique = {field.name for field in resource.schema.fields if field.constraints.get("unique")}
    keys = {key[0], *unique} if len(key) == 1 else unique
    return any(
        _CODES.search(text)
        for field in resource.schema.fields
        if field.name in keys
        for text in (field.name, field.title.zh, field.title.en)
    )


def approval_of(dataset: Dataset, resource: Resource, located: Located) -> str:
    """Return the number under which outlines were approved, `MADE_UP` for those that need none, "" where it is missing.

    Outlines of a dataset that says of itself that it is a demonstration need none, as long as none of them comes near
    China: they show no real place.
    """
    if resource.map_approval or not dataset.is_demonstration:
        return resource.map_approval
    west, south, east, north = located.bounds
    is_near = west <= CHINA[2] and east >= CHINA[0] and south <= CHINA[3] and north >= CHINA[1]
    return "" if is_near else MADE_UP


def middles(located: Located) -> Located:
    """Return a point in the middle of each line and area in its place.

    >>> from portal.publishing.site.maps.places.located import from_geometries
    >>> square = {"type": "Polygon", "coordinates": [[[1, 1], [3, 1], [3, 3], [1, 3], [1, 1]]]}
    >>> middles(from_geometries([square])).points
    Points(rows=[0], longitudes=[2.0], latitudes=[2.0])
    """
    places = dict(
        zip(located.points.rows, zip(located.points.longitudes, located.points.latitudes, strict=True), strict=True)
    )
    for feature in located.flat:
        places.setdefault(feature.row, middle(feature))
    rows = sorted(places)
    return located._replace(
        points=Points(rows, [places[row][0] for row in rows], [places[row][1] for row in rows]), flat=()
    )


def middle(feature: Feature) -> Position:
    """Return a point in the middle of areas or on a line."""
    rings = [part for shape in feature.shapes if shape.kind == "area" for part in shape.parts]
    if rings:
        return inner_point(rings)
    longest = max((part for shape in feature.shapes for part in shape.parts), key=len)
    return longest[len(longest) // 2]
