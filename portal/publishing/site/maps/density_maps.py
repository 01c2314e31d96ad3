"""Maps of more points than a page has room for (density grid): how many lie in each square, told by shades.

The squares are equally large, so that a shade means the same everywhere. Over so large a part of the Earth that they
would not be, there is no such map.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import cos, floor, radians
from pathlib import Path

from portal.i18n import gettext_noop as _
from portal.i18n import translate
from portal.model.catalog import Field, Resource, Schema
from portal.model.map_choices import MapChoice
from portal.model.text import LANGUAGES, LocalText
from portal.publishing.publication import PublishedResource
from portal.publishing.site.maps.chosen_columns import Remark, refusals
from portal.publishing.site.maps.drawing.map_classes import number_classes
from portal.publishing.site.maps.drawing.map_frame import METRES_A_DEGREE, Frame, frame_of
from portal.publishing.site.maps.drawing.map_picture import Layer, picture_of
from portal.publishing.site.maps.map_views import Drawn
from portal.publishing.site.maps.map_words import place_text
from portal.publishing.site.maps.places.geometry import Feature, Shape
from portal.publishing.site.maps.places.located import Located, Points, side_by_side
from portal.publishing.site.maps.places.map_columns import MapColumns
from portal.publishing.site.maps.places.place_tables import PlaceTable, read_points

CROWD_ROWS_MAX = 200_000
"""Points of a table with more rows are not counted by squares: reading them all takes too much memory and time."""
SQUARE_UNITS = 20
"""The side of a square on the map, in units."""
WIDTH_CHANGE_MAX = 0.2
"""Where the ground under squares differs by a greater share from the south to the north, there is no map of them."""
ONE_BY_ONE = LocalText("地点太多，不逐个绘制", "its places are too many to be drawn one by one")
_FIELDS = ({"name": "square", "type": "string"}, {"name": "places", "type": "integer"})


def in_squares(
    item: PublishedResource, site_dir: Path, layers: Sequence[Layer], choice: MapChoice | None = None
) -> Drawn | None:
    """Return the map of a table of many points, None where it has too many, or nothing to tell by squares."""
    located = read_points(item, site_dir, CROWD_ROWS_MAX)
    if located is None or located.is_empty:
        return None
    points = side_by_side(located).points
    west, east = min(points.longitudes), max(points.longitudes)
    south, north = min(points.latitudes), max(points.latitudes)
    narrow, wide = sorted(cos(radians(latitude)) for latitude in (south, north))
    if narrow < (1 - WIDTH_CHANGE_MAX) * wide:
        return None
    frame = frame_of(west, south, east, north)
    counts = Counter(
        (floor(frame.x(x) / SQUARE_UNITS), floor(frame.y(y) / SQUARE_UNITS))
        for x, y in zip(points.longitudes, points.latitudes, strict=True)
    )
    order = sorted(counts, key=lambda square: (-counts[square], square))
    flat = tuple(Feature(row, (_square(frame, *square),)) for row, square in enumerate(order))
    rows = [[place_text(*_corner(frame, x + 0.5, y + 0.5)), str(counts[x, y])] for x, y in order]
    classes = number_classes([row[1] for row in rows], 2)
    if classes is None:
        return None
    table = PlaceTable(_FIELDS, rows, MapColumns(0, 1, "number", (1,)), Located(Points(), flat, located.unplaced))
    picture = picture_of(table.located, classes, layers, is_finer_nearby=False)
    remarks = tuple(_remarks(len(points.rows), frame, choice))
    crs = item.resource.crs
    return Drawn(table, _titles(item.resource), {}, classes, picture, crs, remarks=remarks, is_squares=True)


def _square(frame: Frame, x: int, y: int) -> Shape:
    ring = [_corner(frame, *corner) for corner in ((x, y + 1), (x + 1, y + 1), (x + 1, y), (x, y), (x, y + 1))]
    return Shape("area", (tuple(ring),))


def _corner(frame: Frame, x: float, y: float) -> tuple[float, float]:
    return frame.west + x * SQUARE_UNITS / frame.units_east, frame.north - y * SQUARE_UNITS / frame.units_north


def _titles(resource: Resource) -> Resource:
    """Return a resource whose schema says what the numbers of squares are called."""
    places = LocalText(*(translate(lang, "Number of places") for lang in LANGUAGES))
    schema = Schema((Field("square", LocalText()), Field("places", places)))
    return Resource(resource.name, resource.title, "table", "csv", resource.media_type, schema=schema)


def _remarks(points: int, frame: Frame, choice: MapChoice | None) -> Iterator[Remark]:
    metres = round(SQUARE_UNITS / frame.units_north * METRES_A_DEGREE, -1)
    length = f"{metres / 1000:.2g} km" if metres >= 1000 else f"{metres:.0f} m"
    yield (
        _("%(count)s places are too many to be drawn one by one. Shades tell how many lie in a square of %(length)s."),
        {"count": LocalText(f"{points:,}"), "length": LocalText(length)},
    )
    yield from refusals([(wish, ONE_BY_ONE) for wish in (choice.colour, choice.size) if wish] if choice else [])
