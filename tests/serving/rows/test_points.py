"""Points in requests: how one is written is said once, and what is written so is one."""

from __future__ import annotations

import re
from decimal import Decimal

from asked_columns import field
from hypothesis import given
from hypothesis import strategies as st

from portal.publishing.rows.written_points import METRES_MAX, POINT
from portal.serving.rows.known_columns import KnownColumns
from portal.serving.rows.points import read_near

COLUMNS = KnownColumns((field("经度", "number"), field("纬度", "number")))


@given(st.from_regex(POINT))
def test_what_is_written_like_a_point_is_one(text: str) -> None:
    """Also to who reads the pattern in the description as other languages do."""
    near = read_near(text, COLUMNS, "_near")
    assert near is not None
    assert (abs(near.x) <= 180, abs(near.y) <= 90, 0 <= near.metres <= METRES_MAX) == (True, True, True)


@given(st.decimals(-180, 180, places=6), st.decimals(-90, 90, places=6), st.decimals(0, METRES_MAX, places=2))
def test_every_point_on_earth_can_be_written(x: Decimal, y: Decimal, metres: Decimal) -> None:
    """Up to the last degree and metre."""
    assert re.search(POINT, f"{x:f}, {y:f}, {metres:f}")
