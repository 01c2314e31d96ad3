"""Shifted coordinates are brought back: the vectors that coordtransform publishes, and any place in China."""

from __future__ import annotations

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.publishing.site.maps import reference_systems
from portal.publishing.site.maps.reference_systems import ERROR_METRES, from_wgs84, to_wgs84

METRES_A_DEGREE = 111_195
TIANANMEN = (116.404, 39.915)


def shifted(x: float, y: float, *steps: str) -> tuple[float, float]:
    """Return where a place is said to be after each of the shifts."""
    xs, ys = numpy.array([x]), numpy.array([y])
    for step in steps:
        xs, ys = getattr(reference_systems, step)(xs, ys)
    return float(xs[0]), float(ys[0])


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("_to_gcj02", (116.41024449916938, 39.91640428150164)),
        ("_to_bd09", (116.41036949371029, 39.92133699351021)),
    ],
)
def test_the_shift_is_the_published_one(step: str, expected: tuple[float, float]) -> None:
    """Vectors of coordtransform for 116.404, 39.915: WGS 84 to GCJ-02, and GCJ-02 to BD-09."""
    assert shifted(*TIANANMEN, step) == pytest.approx(expected, abs=1e-9)


@given(x=st.floats(73, 135), y=st.floats(3, 54), system=st.sampled_from(["GCJ-02", "BD-09"]))
def test_what_was_shifted_comes_back(x: float, y: float, system: str) -> None:
    """Anywhere in China, to within the metre that the map promises."""
    there_x, there_y = from_wgs84(x, y, system)
    [back_x], [back_y] = to_wgs84([there_x], [there_y], system)
    assert max(abs(back_x - x), abs(back_y - y)) * METRES_A_DEGREE < ERROR_METRES


def test_abroad_nothing_is_shifted() -> None:
    """GCJ-02 is a matter of China; elsewhere its numbers are those of WGS 84."""
    assert to_wgs84([150.3], [20.2], "GCJ-02") == ([150.3], [20.2])
