"""Points in requests (_near): ``121.47,31.23,500`` is longitude, latitude, metres; which tables have coordinates."""

from __future__ import annotations

import re
from decimal import Decimal

from portal.model.errors import QueryError
from portal.publishing.rows.row_query import Near
from portal.publishing.rows.written_points import METRES_MAX, POINT
from portal.serving.rows.known_columns import KnownColumns, shown
from portal.serving.rows.refusals import UnfittingError

_is_point = re.compile(POINT, re.ASCII).match


def read_near(text: str, columns: KnownColumns, parameter: str) -> Near | None:
    """Return the point that *text* means, None for "". Raises QueryError for what is none."""
    if not text:
        return None
    if not _is_point(text):
        raise QueryError(
            parameter,
            f"{shown(parameter)} 的值“{shown(text)}”应写成 经度,纬度,米，如 121.47,31.23,500，最远 {METRES_MAX} 米",
            f'The value "{shown(text)}" of {shown(parameter)} is to be longitude,latitude,metres, '
            f"e.g. 121.47,31.23,500, of at most {METRES_MAX} metres.",
        )
    if columns.axes is None:
        raise UnfittingError(
            parameter,
            f"这张表没有经度和纬度各一列数值，不能用 {shown(parameter)}",
            f"The table does not have one column of longitudes and one of latitudes, so {shown(parameter)} "
            "does not suit it.",
        )
    longitude, latitude = columns.axes
    x, y, metres = map(Decimal, text.split(","))
    return Near(longitude, latitude, x, y, metres)


def written_point(near: Near) -> str:
    """Return a point and a distance as a request has them.

    >>> from portal.publishing.rows.row_query import Column
    >>> written_point(Near(Column("x"), Column("y"), Decimal("121.5"), Decimal("31"), Decimal("500")))
    '121.5,31,500'
    """
    return f"{near.x},{near.y},{near.metres}"
