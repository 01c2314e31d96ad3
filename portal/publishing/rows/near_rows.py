"""Rows near a point as SQL: a box that an index may serve, and within it a circle, by plain arithmetic on degrees.

How far a row lies is told in whole metres, and sorted by to the last digit. A degree of longitude is taken as long as
it is at the point; up to a hundred kilometres that errs by a hundredth.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from portal.publishing.rows.column_forms import Form
from portal.publishing.rows.row_query import AllOf, AnyOf, Condition, Near, Where
from portal.publishing.rows.row_table import Cell
from portal.publishing.rows.store_layout import DISTANCE_FIELD, Layout, Place, StoredColumn
from portal.publishing.rows.told_cells import NULL

if TYPE_CHECKING:
    from portal.publishing.rows.row_conditions import Statement

DEGREE_METRES = 111_195
"""Length of a degree of latitude on a sphere of the mean radius of the Earth, 6,371 km."""
_DISTANCES = StoredColumn(Form("integer", has_blanks=True), DISTANCE_FIELD)
_WIDTH_LEAST = 0.01
"""The cosine half a degree from a pole; nearer to it, where nobody lives, circles are none."""


def nearby(statement: Statement, near: Near) -> str:
    """Return that a row lies within the circle. Raises NotInCopyError."""
    box = statement.where(_box(near, float(near.metres) / DEGREE_METRES, _narrow(near)))
    return f"({box} AND ({_squared(statement, near)} <= {float(near.metres) ** 2!r}))"


@dataclass(frozen=True)
class DistancePlace(Place):
    """The column of distances in a statement: *squared* gives their squares, which have the same order."""

    squared: str = ""

    def cell(self, alias: str = "t") -> str:
        """Return what gives the square of the distance, in a statement on the table asked."""
        return self.squared

    def values(self, kept: Sequence[Any]) -> Sequence[Cell]:
        """Return whole metres by their squares."""
        return [None if square is None else round(math.sqrt(square)) for square in kept]

    def told(self, kept: Sequence[Any]) -> Iterable[str]:
        """Return whole metres as JSON."""
        return [NULL if metres is None else str(metres) for metres in self.values(kept)]


def distance_place(statement: Statement, near: Near, layout: Layout) -> Place:
    """Return where the distances from a point stand."""
    return DistancePlace(_DISTANCES, layout, -1, squared=_squared(statement, near))


def _narrow(near: Near) -> float:
    """Return how long a degree of longitude is at the point, as a share of one of latitude."""
    return max(math.cos(math.radians(float(near.y))), _WIDTH_LEAST)


def _squared(statement: Statement, near: Near) -> str:
    """Return what gives the square of the metres between a row and the point."""
    return statement.once(("squared distance", near), lambda: _squared_anew(statement, near))


def _squared_anew(statement: Statement, near: Near) -> str:
    x, y = (_degrees(statement, statement.find(axis)) for axis in (near.longitude, near.latitude))
    # The short way round: 179.9 and -179.9 are neighbours.
    apart = f"abs({x} - {float(near.x)!r})"
    across = f"(CASE WHEN {apart} > 180 THEN 360 - {apart} ELSE {apart} END * {_narrow(near) * DEGREE_METRES!r})"
    along = f"(({y} - {float(near.y)!r}) * {float(DEGREE_METRES)!r})"
    return f"({across} * {across} + {along} * {along})"


def _box(near: Near, reach: float, narrow: float) -> Where:
    """Return what must hold of the columns so that a row may lie within the circle; *reach* is in degrees."""
    high, wide = Decimal(repr(reach)), Decimal(repr(reach / narrow))
    rows = AllOf(
        (
            Condition(near.latitude, "gte", (near.y - high,)),
            Condition(near.latitude, "lte", (near.y + high,)),
        )
    )
    if wide >= 180:
        return rows
    west, east = near.x - wide, near.x + wide
    from_west, to_east = Condition(near.longitude, "gte", (west,)), Condition(near.longitude, "lte", (east,))
    if west < -180:
        columns: Where = AnyOf((Condition(near.longitude, "gte", (west + 360,)), to_east))
    elif east > 180:
        columns = AnyOf((from_west, Condition(near.longitude, "lte", (east - 360,))))
    else:
        columns = AllOf((from_west, to_east))
    return AllOf((rows, columns))


def _degrees(statement: Statement, place: Place) -> str:
    """Return what gives the degrees in a cell as a floating number."""
    form = place.column.form
    if form.kind in ("integer", "decimal") or form.key == "decimal":
        return f"({place.compared('t')} / {float(10**form.scale)!r})"
    decode = place.column.decode
    return statement.call(lambda kept: None if kept is None else float(decode(kept) or 0), place.cell("t"))
