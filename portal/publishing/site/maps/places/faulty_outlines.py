"""What is wrong with lines and areas: outlines that cross themselves, scribbles whose lines lie upon one another."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from portal.publishing.site.maps.places.geometry import Feature
from portal.publishing.site.maps.places.outline_arrays import arrays_of, closed, positions_of

if TYPE_CHECKING:
    from portal.publishing.site.maps.places.outline_arrays import Numbers

NEIGHBOURS_MAX = 50_000_000
"""The most pairs of pieces of lines whose rectangles meet; each pair has to be looked at, and more take minutes."""
_LOOKED_AT = 200
"""So many pieces tell how many neighbours a piece has."""


def crossing(features: Sequence[Feature]) -> int:
    """Return how many features have an area that crosses itself; what is inside of it is then a matter of opinion."""
    rings = [
        (feature.row, closed(part))
        for feature in features
        for shape in feature.shapes
        if shape.kind == "area"
        for part in shape.parts
    ]
    if not rings:
        return 0
    from numpy import errstate
    from shapely import is_simple, linearrings

    positions, ring = arrays_of([part for _, part in rings])
    with errstate(all="ignore"):
        simple: Any = is_simple(linearrings(positions, indices=ring))
    return len({row for (row, _), is_plain in zip(rings, simple, strict=True) if not is_plain})


def is_tangled(features: Sequence[Feature]) -> bool:
    """Whether so many pieces of lines lie upon one another that nothing can be worked out of them in a few seconds.

    A scribble of 5 MB would take an hour. How many neighbours the pieces have is counted for some of them, by chance.
    """
    if positions_of(features) ** 2 / 2 <= NEIGHBOURS_MAX:
        return False
    low, high = _pieces(features)
    chosen = random.Random(len(low)).sample(range(len(low)), min(_LOOKED_AT, len(low)))
    met = _meeting(low, high, low[chosen], high[chosen])
    return met / len(chosen) * len(low) / 2 > NEIGHBOURS_MAX


def _pieces(features: Sequence[Feature]) -> tuple[Numbers, Numbers]:
    """Return the south-west and the north-east corners of all pieces, those furthest west first."""
    import numpy

    parts = [part for feature in features for shape in feature.shapes for part in shape.parts]
    positions, part = arrays_of(parts)
    is_piece = part[1:] == part[:-1]
    low = numpy.minimum(positions[:-1], positions[1:])[is_piece]
    high = numpy.maximum(positions[:-1], positions[1:])[is_piece]
    order = numpy.argsort(low[:, 0], kind="stable")
    return low[order], high[order]


def _meeting(low: Numbers, high: Numbers, some_low: Numbers, some_high: Numbers) -> int:
    """Return how many pieces the rectangles of some meet; only those are looked at that begin near enough in the west.

    A few long pieces would make everything near to everything: they are looked at apart.
    """
    import numpy

    width = high[:, 0] - low[:, 0]
    is_long = width > 8 * numpy.median(width)
    met = 0
    for group in (is_long, ~is_long):
        group_low, group_high = low[group], high[group]
        if not len(group_low):
            continue
        reach = width[group].max()
        first = numpy.searchsorted(group_low[:, 0], some_low[:, 0] - reach, side="left").tolist()
        last = numpy.searchsorted(group_low[:, 0], some_high[:, 0], side="right").tolist()
        for number, (start, end) in enumerate(zip(first, last, strict=True)):
            near_low, near_high = group_low[start:end], group_high[start:end]
            met += int(((near_low <= some_high[number]) & (near_high >= some_low[number])).all(axis=1).sum())
    return met
