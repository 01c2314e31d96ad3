"""Positions of lines and areas as arrays of numpy, so that whole resources are looked at in a few calls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from portal.publishing.site.maps.places.geometry import Feature, Part

if TYPE_CHECKING:
    import numpy

    Numbers = numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.float64]]
    Places = numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.intp]]


def positions_of(features: Iterable[Feature]) -> int:
    """Return how many positions lines and areas have."""
    return sum(len(part) for feature in features for shape in feature.shapes for part in shape.parts)


def arrays_of(parts: Sequence[Part]) -> tuple[Numbers, Places]:
    """Return the positions of all parts, one after another, and of each of them the number of its part.

    >>> positions, part = arrays_of([((1, 2), (3, 4)), ((5, 6),)])
    >>> positions.tolist(), part.tolist()
    ([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [0, 0, 1])
    """
    import numpy

    counts = list(map(len, parts))
    flat = numpy.fromiter(chain.from_iterable(chain.from_iterable(parts)), numpy.float64, 2 * sum(counts))
    return flat.reshape(-1, 2), numpy.repeat(numpy.arange(len(counts)), counts)


def closed(part: Part) -> Part:
    """Return a ring that ends where it began.

    >>> closed(((1, 1), (2, 1), (2, 2)))
    ((1, 1), (2, 1), (2, 2), (1, 1))
    """
    return part if part[0] == part[-1] else (*part, part[0])
