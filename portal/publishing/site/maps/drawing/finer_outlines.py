"""map-N-outlines-K.json beside the page of a dataset: lines and areas in finer detail, for the module that zooms in.

One path for each line and area of the picture, in its order, in hundredths of a unit of the map; "" where a dot stands
for what is too small. A file is asked for when the reader comes so close that what the page has, or the file before,
is seen to be coarse. The last file has the outlines as they were given, unless that is too much.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from portal.publishing.site.maps.drawing.map_frame import Frame
from portal.publishing.site.maps.drawing.map_marks import Mark
from portal.publishing.site.maps.places.geometry import Feature
from portal.publishing.site.maps.places.outline_arrays import arrays_of, positions_of
from portal.publishing.site.maps.places.simplified_outlines import Level, rings_of

if TYPE_CHECKING:
    from portal.publishing.site.maps.places.outline_arrays import Numbers, Places

FINER_POSITIONS_MIN = 1000
"""Lines and areas with fewer positions than this have no finer detail: they are given with so much at most."""
FINER_BYTES_MAX = 2_000_000
"""A file with more bytes of finer detail is not written, nor any that is finer still."""
SEEN_UNITS = 0.5
"""A line that lies so far from where it was, in units on the screen, is seen to be coarse."""
WORTH_A_FILE = 0.8
"""A level with a greater share of the positions that were given has no file: what was given is hardly more."""
DRAWN_TOLERANCE = 0.05
"""So far do positions in the page lie from where they are at least: they are written to a tenth of a unit."""
PARTS_OF_A_UNIT = 100


class Finer(NamedTuple):
    """Outlines for those who have zoomed in by more than *zoom*: the text of the file, "" once it is written."""

    zoom: float
    text: str


def finer_outlines(
    features: Sequence[Feature], levels: Sequence[Level], marks: Sequence[Mark], frame: Frame
) -> Iterator[Finer]:
    """Yield what is finer than the picture, which shows the first of *levels* in its *marks*; the finest at the end.

    Of several that would be asked for at the same zoom there is the finest alone.
    """
    given = positions_of(features)
    if given < FINER_POSITIONS_MIN:
        return
    tolerance = max(DRAWN_TOLERANCE, levels[0].tolerance if levels else 0)
    found: Finer | None = None
    for level in (*(level for level in levels[1:] if level.positions < given * WORTH_A_FILE), None):
        paths = _paths(*_lines(features, level, frame), frame)
        text = _document(["".join(paths.get(shape, "") for shape in mark.shapes) for mark in marks])
        if len(text) > FINER_BYTES_MAX:
            break
        finer = Finer(max(1, round(SEEN_UNITS / tolerance, 2)), text)
        if found and found.zoom < finer.zoom:
            yield found
        found = finer
        tolerance = max(DRAWN_TOLERANCE, level.tolerance if level else 0)
    if found:
        yield found


def _document(paths: Sequence[str]) -> str:
    document = {"parts": PARTS_OF_A_UNIT, "paths": paths}
    return json.dumps(document, separators=(",", ":")) + "\n"


def _lines(features: Sequence[Feature], level: Level | None, frame: Frame) -> tuple[Numbers, Places, Places]:
    """Return positions in units, the line of each, and the shape of each line; as they were given without a level."""
    import numpy

    if level is not None:
        return rings_of(level.outlines)
    shapes = [shape for feature in features for shape in feature.shapes]
    positions, line = arrays_of([part for shape in shapes for part in shape.parts])
    shape_of_line = numpy.repeat(numpy.arange(len(shapes)), [len(shape.parts) for shape in shapes])
    return positions * (frame.units_east, frame.units_north), line, shape_of_line


def _paths(positions: Numbers, line: Places, shape_of_line: Places, frame: Frame) -> dict[int, str]:
    """Return the path of each shape, its lines one after another, each position by its way from the one before."""
    import numpy

    corner = (frame.west * frame.units_east, frame.north * frame.units_north)
    places: Any = numpy.rint((positions - corner) * (PARTS_OF_A_UNIT, -PARTS_OF_A_UNIT)).astype(numpy.int64)
    begins = numpy.concatenate([[True], line[1:] != line[:-1]])
    steps = numpy.concatenate([places[:1], numpy.diff(places, axis=0)])
    steps[begins] = places[begins]
    is_kept = begins | steps.any(axis=1)
    starts = numpy.flatnonzero(begins[is_kept]).tolist()
    numbers = list(map(str, steps[is_kept].ravel().tolist()))
    paths: dict[int, str] = {}
    shapes = shape_of_line[line[begins]].tolist()
    for shape, start, end in zip(shapes, starts, [*starts[1:], len(numbers) // 2], strict=True):
        way = " ".join(numbers[2 * start + 2 : 2 * end]).replace(" -", "-")
        one = f"M{numbers[2 * start]} {numbers[2 * start + 1]}{f'l{way}' if way else 'h0'}"
        paths[shape] = paths.get(shape, "") + one
    return paths
