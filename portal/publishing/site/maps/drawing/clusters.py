"""Clusters: places that would cover one another on a map become one circle, whose area tells how many they are.

A square grid is laid over the picture and what falls into one of its cells is one cluster, at the mean of its members.
So the same places make the same clusters in whatever order they come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

CELL = 36
"""The side of a cell, in units of the map."""
CELLS_MAX = 1000
"""More cells than this stand in no row."""
RADIUS_MIN = 5.0
RADIUS_MAX = 17.0
"""The radius of the greatest cluster; that of one with a quarter of its members is half of it, but never too small."""


class Cluster(NamedTuple):
    """Places close together: where their circle stands, in units, and which they are, in their order."""

    x: float
    y: float
    members: tuple[int, ...]


def clusters(xs: Sequence[float], ys: Sequence[float]) -> tuple[Cluster, ...]:
    """Return the clusters of points in units of the map, row by row from the north-west.

    >>> clusters([1, 100, 3], [1, 1, 5])
    (Cluster(x=2.0, y=3.0, members=(0, 2)), Cluster(x=100.0, y=1.0, members=(1,)))
    """
    cells: defaultdict[int, list[int]] = defaultdict(list)
    for number, cell in enumerate([int(y / CELL) * CELLS_MAX + int(x / CELL) for x, y in zip(xs, ys, strict=True)]):
        cells[cell].append(number)
    return tuple(
        Cluster(
            sum(map(xs.__getitem__, members)) / len(members),
            sum(map(ys.__getitem__, members)) / len(members),
            tuple(members),
        )
        for _, members in sorted(cells.items())
    )


def smallest(greatest: int) -> int:
    """Return up to how many members the smallest circles have, where the greatest has so many.

    >>> smallest(10_000), smallest(5)
    (865, 1)
    """
    return max(1, int(greatest * (RADIUS_MIN / RADIUS_MAX) ** 2))


def radius(count: int, greatest: int) -> float:
    """Return the radius of a circle: its area grows with the number of its members.

    >>> radius(100, 400), radius(400, 400), radius(1, 400)
    (8.5, 17.0, 5.0)
    """
    return max(RADIUS_MIN, round(RADIUS_MAX * sqrt(count / greatest), 1))
