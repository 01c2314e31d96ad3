"""The frame of a map: projection (local equirectangular), graticule with labels, scale bar. North is up.

Degrees of latitude are equally long everywhere on the map, degrees of longitude are as long as on its middle latitude.
Of a city or a province nothing is distorted that an eye could see; parallels and meridians are straight, so anybody
can read a place off the graticule; and going back from the picture to degrees is one division.
"""

from __future__ import annotations

from math import cos, floor, log10, radians
from typing import NamedTuple

WIDTH = 720
"""The width of every map in its own units; on a wide screen a unit is a pixel."""
HEIGHT_MIN = 360
HEIGHT_MAX = 560
"""The height of the highest map, in units; what is higher is drawn smaller."""
MARGIN = 44
"""The room between what is drawn and the edge, in units: symbols and labels of the graticule stand there."""
DEGREES_MIN = 0.01
"""A single place is shown with about a kilometre around it."""
METRES_A_DEGREE = 111_195
"""Of latitude, on a sphere of the Earth's mean radius (6,371 km)."""
SCALE_BAR_MAX = 180
"""The longest scale bar, in units."""
GRATICULE_APART_MIN = 110
"""So far apart lines of the graticule are at least, in units: a phone has room for their labels."""
SCALE_CHANGE_MAX = 0.02
"""Where the scale of east and west changes by more than this share up to an edge, it is told where it holds."""

_STEPS = (45, 30, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001)


class Line(NamedTuple):
    """A line of the graticule: where it runs, in units from the left or the top, and the degree it stands for."""

    at: float
    label: str


class ScaleBar(NamedTuple):
    """A length on the map in units and on the ground in metres; *latitude* is where it is true, None for all."""

    units: float
    metres: float
    latitude: int | None


class Frame(NamedTuple):
    """What part of the Earth is shown: its north-west corner, and how many units a degree is long."""

    west: float
    north: float
    height: float
    units_east: float
    units_north: float

    def x(self, longitude: float) -> float:
        """Return the place of a longitude, in units from the left."""
        return (longitude - self.west) * self.units_east

    def y(self, latitude: float) -> float:
        """Return the place of a latitude, in units from the top."""
        return (self.north - latitude) * self.units_north

    @property
    def east(self) -> float:
        """The longitude of the right edge."""
        return self.west + WIDTH / self.units_east

    @property
    def south(self) -> float:
        """The latitude of the lower edge."""
        return self.north - self.height / self.units_north


def frame_of(west: float, south: float, east: float, north: float) -> Frame:
    """Return the frame that holds everything between these degrees.

    >>> frame = frame_of(150.0, 20.0, 150.4, 20.2)
    >>> round(frame.x(150.2)), round(frame.y(20.1)), round(frame.height)
    (360, 212, 424)
    """
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    shorter = max(cos(radians(middle_y)), 0.05)
    wide = max((east - west) * shorter, DEGREES_MIN)
    high = max(north - south, DEGREES_MIN)
    units_north = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT_MAX - 2 * MARGIN) / high)
    height = max(high * units_north + 2 * MARGIN, HEIGHT_MIN)
    units_east = units_north * shorter
    return Frame(
        middle_x - WIDTH / 2 / units_east, middle_y + height / 2 / units_north, height, units_east, units_north
    )


def meridians(frame: Frame) -> tuple[Line, ...]:
    """Return the lines of longitude, from west to east."""
    step = _step(frame.units_east)
    return tuple(
        Line(frame.x(degree), degree_label((degree + 180) % 360 - 180 if abs(degree) > 180 else degree, "E", "W", step))
        for degree in _multiples(frame.west, frame.east, step)
    )


def parallels(frame: Frame) -> tuple[Line, ...]:
    """Return the lines of latitude, from south to north."""
    step = _step(frame.units_north)
    return tuple(
        Line(frame.y(degree), degree_label(degree, "N", "S", step))
        for degree in _multiples(max(frame.south, -90), min(frame.north, 90), step)
    )


def degree_label(degree: float, positive: str, negative: str, step: float) -> str:
    """Return a degree in words, with as many decimals as *step* needs.

    >>> degree_label(150.25, "E", "W", 0.05), degree_label(-10, "N", "S", 5), degree_label(0, "N", "S", 5)
    ('150.25°E', '10°S', '0°')
    """
    text = f"{abs(degree):.{_decimals(step)}f}"
    sign = "" if float(text) == 0 else positive if degree > 0 else negative
    return f"{text}°{sign}"


def scale_bar(frame: Frame) -> ScaleBar:
    """Return the longest round length that has room."""
    metres_max = SCALE_BAR_MAX / frame.units_north * METRES_A_DEGREE
    power = 10 ** floor(log10(metres_max))
    metres = max(size * power for size in (1, 2, 5) if size * power <= metres_max)
    middle = frame.north - frame.height / 2 / frame.units_north
    true = frame.units_east / frame.units_north
    change = max(abs(cos(radians(latitude)) - true) for latitude in (frame.south, middle, frame.north)) / true
    at = round(middle) if change > SCALE_CHANGE_MAX else None
    return ScaleBar(metres / METRES_A_DEGREE * frame.units_north, metres, at)


def _step(units: float) -> float:
    """Return the smallest step, in degrees, whose lines are far enough apart."""
    return min((step for step in _STEPS if step * units >= GRATICULE_APART_MIN), default=_STEPS[0])


def _decimals(step: float) -> int:
    return max(0, len(f"{step:.6f}".rstrip("0").partition(".")[2]))


def _multiples(low: float, high: float, step: float) -> list[float]:
    first = floor(low / step) + 1
    return [round(number * step, 6) for number in range(first, floor(high / step) + 1)]
