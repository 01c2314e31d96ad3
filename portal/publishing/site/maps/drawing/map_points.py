"""map-N.json beside the page of a dataset: every point of a clustered map, for the module that zooms into it.

Columns of equal length: place in units of the map, class, name. The page itself shows clusters, and asks for this file
when somebody looks closer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from portal.publishing.site.maps.drawing.map_classes import Classes
from portal.publishing.site.maps.drawing.map_frame import Frame
from portal.publishing.site.maps.drawing.map_marks import style_of, symbol_of
from portal.publishing.site.maps.places.located import Located, side_by_side


def points_document(located: Located, frame: Frame, classes: Classes | None, name: Callable[[int], str]) -> str:
    """Return the document; *name* tells what a row is called, "" where nothing does: its number then."""
    points = side_by_side(located).points
    numbers = [classes.of[row] if classes else 0 for row in points.rows]
    kinds = sorted(set(numbers))
    document = {
        "styles": [style_of(classes, number) for number in kinds],
        "symbols": [symbol_of(classes, number) for number in kinds],
        "x": _units([frame.x(longitude) for longitude in points.longitudes]),
        "y": _units([frame.y(latitude) for latitude in points.latitudes]),
        "kind": [kinds.index(number) for number in numbers],
        "name": [name(row) or f"#{row + 1}" for row in points.rows],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"


def _units(lengths: Sequence[float]) -> list[float]:
    """Return lengths to a hundredth of a unit, which is less than a pixel of the closest look."""
    return [round(length, 2) for length in lengths]
