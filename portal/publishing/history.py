"""history.ndjson: the portal on each day it was built; the trend chart comes from it.

One point a day, of the last build of the day. It stands beside the releases and outlives them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from portal.model.catalog import EDITIONS, Edition
from portal.publishing.quality.overview import Overview

FILE_NAME = "history.ndjson"
POINTS_MAX = 10_000
"""So many points are kept, the newest: 27 years of daily builds."""
LINE_BYTES_MAX = 2_000
"""A longer line of the history is broken."""


@dataclass(frozen=True)
class Point:
    """A portal on one day. *points* is the value of the catalogue, of *points_max*; *scored* datasets have a score."""

    day: date
    edition: Edition
    datasets: int
    files: int
    rows: int
    scored: int
    overdue: int
    points: float
    points_max: int


def read_history(out: Path) -> tuple[tuple[Point, ...], int]:
    """Return the points of the folder of releases *out*, by day, and how many lines could not be read."""
    path = out / FILE_NAME
    points: dict[tuple[date, str], Point] = {}
    broken = 0
    if path.is_file():
        with path.open("rb") as file:
            for _ in range(POINTS_MAX * 2):
                line = file.readline(LINE_BYTES_MAX)
                if not line:
                    break
                point = _point(line)
                if point is None:
                    broken += 1
                else:
                    points[point.day, point.edition] = point
    return tuple(points[key] for key in sorted(points)), broken


def point_of(overview: Overview, day: date, edition: Edition, points_max: int) -> Point:
    """Return the point that a build for *day* makes."""
    total = overview.total
    return Point(
        day=day,
        edition=edition,
        datasets=total.datasets,
        files=overview.files,
        rows=overview.rows,
        scored=total.scored,
        overdue=total.overdue,
        points=total.mean,
        points_max=points_max,
    )


def with_point(history: Iterable[Point], point: Point) -> tuple[Point, ...]:
    """Return *history* with *point*, which takes the place of that of the same day and edition.

    >>> former = Point(date(2026, 1, 1), "open", 3, 9, 100, 3, 0, 380.0, 405)
    >>> later = Point(date(2026, 1, 1), "open", 4, 12, 200, 4, 1, 385.5, 405)
    >>> [item.datasets for item in with_point([former], later)]
    [4]
    """
    kept = [item for item in history if (item.day, item.edition) != (point.day, point.edition)]
    return tuple(sorted([*kept, point], key=lambda item: (item.day, item.edition)))


def write_history(history: Sequence[Point], out: Path) -> None:
    """Write the points into the folder of releases in one step."""
    text = "".join(json.dumps({**asdict(item), "day": item.day.isoformat()}) + "\n" for item in history[-POINTS_MAX:])
    draft = out / f".{FILE_NAME}"
    draft.write_text(text, encoding="utf-8", newline="")
    draft.replace(out / FILE_NAME)


def _point(line: bytes) -> Point | None:
    """Return what a line says, None where it says nothing usable."""
    try:
        record: Any = json.loads(line)
        if set(record) != {field.name for field in fields(Point)} or record["edition"] not in EDITIONS:
            return None
        figures = [record[field.name] for field in fields(Point)[2:]]
        if any(isinstance(item, bool) or not isinstance(item, int | float) or not 0 <= item < 1e15 for item in figures):
            return None
        return Point(**{**record, "day": date.fromisoformat(record["day"])})
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
