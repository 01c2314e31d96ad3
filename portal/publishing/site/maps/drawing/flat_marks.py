"""Marks of lines and areas: paths in units, large areas first; one path a class for very many."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from portal.publishing.site.maps.drawing.map_classes import Classes
from portal.publishing.site.maps.drawing.map_frame import Frame
from portal.publishing.site.maps.drawing.map_marks import (
    Mark,
    length_text,
    style_of,
    symbol_of,
)
from portal.publishing.site.maps.places.geometry import Feature, Part, inner_point

FLAT_MAX = 1000
"""So many lines and areas have a path and a name of their own; more of them are one path a class."""
SMALL_UNITS = 12
"""An area no wider and no higher than this gets a symbol, too."""


def flat_marks(features: Iterable[Feature], frame: Frame, classes: Classes | None) -> list[Mark]:
    """Return areas, the largest first, then lines."""
    areas: list[tuple[float, Mark]] = []
    lines: list[Mark] = []
    count = itertools.count()
    for feature in features:
        number = classes.of[feature.row] if classes else 0
        style = style_of(classes, number)
        for shape in feature.shapes:
            path = outline(shape.parts, frame)
            shapes = (next(count),)
            if shape.kind == "line":
                lines.append(Mark("line", (feature.row,), style, path, shapes=shapes))
                continue
            left, top, right, bottom = box_on(shape.parts, frame)
            is_small = right - left <= SMALL_UNITS and bottom - top <= SMALL_UNITS
            longitude, latitude = inner_point(shape.parts)
            x, y = frame.x(longitude), frame.y(latitude)
            dot = f"M{length_text(x)} {length_text(y)}{symbol_of(classes, number)}" if is_small else ""
            size = round((right - left) * (bottom - top), 2)
            areas.append((size, Mark("area", (feature.row,), style, path, dot, x, y, shapes=shapes)))
    return [*(mark for _, mark in sorted(areas, key=lambda item: -item[0])), *lines]


def merged_where_many(marks: Sequence[Mark]) -> Sequence[Mark]:
    """Return marks as they are or, where a page has no room for so many, one for all of a class."""
    return marks if len(marks) <= FLAT_MAX else tuple(_merged(marks))


def _merged(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Yield one mark for all outlines of a class and one for the dots in the place of its smallest areas."""
    together: dict[tuple[str, str], list[Mark]] = {}
    for mark in marks:
        together.setdefault((mark.style, "dots" if mark.dot else mark.kind), []).append(mark)
    for (style, kind), members in together.items():
        rows = tuple(dict.fromkeys(row for mark in members for row in mark.rows))
        pieces = [_dot(mark) if kind == "dots" else mark.path for mark in members]
        shapes = () if kind == "dots" else tuple(shape for mark in members for shape in mark.shapes)
        yield Mark(kind, rows, style, "".join(pieces), shapes=shapes)  # type: ignore[arg-type]


def _dot(mark: Mark) -> str:
    return f"M{length_text(mark.x)} {length_text(mark.y)}h0"


def outline(parts: Iterable[Part], frame: Frame) -> str:
    """Return the parts as the ``d`` of a path, to a tenth of a unit; positions that fall together stand there once."""
    west, north, _, east_units, north_units = frame
    pieces: list[str] = []
    for part in parts:
        before = ""
        sign = "M"
        for longitude, latitude in part:
            text = f"{length_text((longitude - west) * east_units)} {length_text((north - latitude) * north_units)}"
            if text != before:
                pieces.append(sign + text)
                sign, before = "L", text
        if sign == "L" and pieces[-1][0] == "M":
            pieces.append("h0")  # all of it is one place: its line ends, which are round, are seen
    return "".join(pieces)


def box_on(parts: Iterable[Part], frame: Frame) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of parts on the picture, in units."""
    positions = [position for part in parts for position in part]
    xs, ys = [frame.x(x) for x, _ in positions], [frame.y(y) for _, y in positions]
    return min(xs), min(ys), max(xs), max(ys)
