"""GCJ-02 and BD-09 brought back to where things are: the published formulas undone for whole columns of coordinates.

WGS 84 and CGCS2000 differ by centimetres and are drawn as they are. GCJ-02 shifts every place in China by 100 to 700
metres, BD-09 shifts it once more. Both are undone here, to about a metre; what the formulas themselves leave open is
not known, since the shift was never published by whoever made it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy

    _Numbers = numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.float64]]

SHIFTED = frozenset(["GCJ-02", "BD-09"])
"""Reference systems whose places are moved before they are drawn."""
DRAWN = frozenset(["WGS84", "CGCS2000"]) | SHIFTED
"""Reference systems that a map can be drawn of."""
ERROR_METRES = 1
"""So far a place may lie from where the formulas of its system put it, once they are undone."""
ROUNDS = 2
"""So often the shift is worked out and taken away; after each round a hundredth of the error is left."""

_AXIS_METRES = 6378245.0
_ECCENTRICITY_SQUARED = 0.00669342162296594323
_LONGITUDES = (72.004, 137.8347)
_LATITUDES = (0.8293, 55.8271)


def to_wgs84(longitudes: Sequence[float], latitudes: Sequence[float], system: str) -> tuple[list[float], list[float]]:
    """Return where places of a shifted *system* lie; outside of the rectangle around China GCJ-02 shifts nothing.

    >>> [x], [y] = to_wgs84([116.41024449916938], [39.91640428150164], "GCJ-02")
    >>> round(x, 6), round(y, 6)
    (116.404, 39.915)
    """
    import numpy

    x, y = numpy.array(longitudes, dtype=numpy.float64), numpy.array(latitudes, dtype=numpy.float64)
    if system == "BD-09":
        x, y = _undone(x, y, _to_bd09)
    x, y = _undone(x, y, _to_gcj02)
    return x.tolist(), y.tolist()


def from_wgs84(longitude: float, latitude: float, system: str) -> tuple[float, float]:
    """Return where a place is said to be in *system*; what shifts nothing leaves it where it is.

    >>> [[round(axis, 6) for axis in from_wgs84(116.404, 39.915, system)] for system in ("GCJ-02", "BD-09", "WGS84")]
    [[116.410244, 39.916404], [116.416627, 39.9227], [116.404, 39.915]]
    """
    import numpy

    x, y = numpy.array([longitude], dtype=numpy.float64), numpy.array([latitude], dtype=numpy.float64)
    if system in SHIFTED:
        x, y = _to_gcj02(x, y)
    if system == "BD-09":
        x, y = _to_bd09(x, y)
    return float(x[0]), float(y[0])


def _undone(x: _Numbers, y: _Numbers, shift: _Shift) -> tuple[_Numbers, _Numbers]:
    """Find what *shift* brings to x, y: guess, see where the guess is brought to, correct it by the difference."""
    guess_x, guess_y = x, y
    for _ in range(ROUNDS):
        there_x, there_y = shift(guess_x, guess_y)
        guess_x, guess_y = guess_x + (x - there_x), guess_y + (y - there_y)
    return guess_x, guess_y


def _to_gcj02(x: _Numbers, y: _Numbers) -> tuple[_Numbers, _Numbers]:
    import numpy
    from numpy import abs as size
    from numpy import pi, sin, sqrt

    east, north = x - 105, y - 35
    fast = 20 * sin(6 * pi * east) + 20 * sin(2 * pi * east)
    metres_north = (
        -100 + 2 * east + 3 * north + 0.2 * north**2 + 0.1 * east * north + 0.2 * sqrt(size(east))
        + 2 / 3 * (fast + 20 * sin(pi * north) + 40 * sin(pi / 3 * north)
                   + 160 * sin(pi / 12 * north) + 320 * sin(pi / 30 * north))
    )  # fmt: skip
    metres_east = (
        300 + east + 2 * north + 0.1 * east**2 + 0.1 * east * north + 0.1 * sqrt(size(east))
        + 2 / 3 * (fast + 20 * sin(pi * east) + 40 * sin(pi / 3 * east)
                   + 150 * sin(pi / 12 * east) + 300 * sin(pi / 30 * east))
    )  # fmt: skip
    latitude = y / 180 * pi
    flat = 1 - _ECCENTRICITY_SQUARED * sin(latitude) ** 2
    by_north = metres_north * 180 / (_AXIS_METRES * (1 - _ECCENTRICITY_SQUARED) / (flat * sqrt(flat)) * pi)
    by_east = metres_east * 180 / (_AXIS_METRES / sqrt(flat) * numpy.cos(latitude) * pi)
    inside = (x >= _LONGITUDES[0]) & (x <= _LONGITUDES[1]) & (y >= _LATITUDES[0]) & (y <= _LATITUDES[1])
    return x + numpy.where(inside, by_east, 0), y + numpy.where(inside, by_north, 0)


def _to_bd09(x: _Numbers, y: _Numbers) -> tuple[_Numbers, _Numbers]:
    from numpy import arctan2, cos, pi, sin, sqrt

    turn = 3000 * pi / 180
    far = sqrt(x * x + y * y) + 0.00002 * sin(y * turn)
    angle = arctan2(y, x) + 0.000003 * cos(x * turn)
    return far * cos(angle) + 0.0065, far * sin(angle) + 0.006


if TYPE_CHECKING:
    from collections.abc import Callable

    _Shift = Callable[[_Numbers, _Numbers], tuple[_Numbers, _Numbers]]
