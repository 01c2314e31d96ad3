"""history.ndjson: one point a day, kept from build to build."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.publishing.history import Point, read_history, with_point, write_history

POINT = Point(date(2026, 1, 1), "open", 3, 9, 100, 2, 1, 380.5, 405)
DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 5))
POINTS = st.builds(
    Point,
    day=DAYS,
    edition=st.sampled_from(["open", "sharing"]),
    datasets=st.integers(0, 9),
    files=st.just(1),
    rows=st.just(1),
    scored=st.just(1),
    overdue=st.just(0),
    points=st.floats(0, 405),
    points_max=st.just(405),
)


@given(st.lists(POINTS, max_size=12))
def test_the_last_build_of_a_day_wins(points: list[Point]) -> None:
    """However often was built, there is one point for each day and edition, the last, in the order of days."""
    history: tuple[Point, ...] = ()
    for point in points:
        history = with_point(history, point)
    expected = {(point.day, point.edition): point for point in points}
    assert history == tuple(expected[key] for key in sorted(expected))


def test_points_come_back_as_they_were_written(tmp_path: Path) -> None:
    """Reading gives what was written, and no line is broken."""
    history = with_point([POINT], Point(date(2026, 1, 2), "sharing", 4, 9, 100, 2, 1, 381, 405))
    write_history(history, tmp_path)
    assert read_history(tmp_path) == (history, 0)
    assert [path.name for path in tmp_path.iterdir()] == ["history.ndjson"]


def test_without_a_file_there_is_no_history(tmp_path: Path) -> None:
    """The first build begins with none."""
    assert read_history(tmp_path) == ((), 0)


@pytest.mark.parametrize(
    "line",
    ["{", "3", "{}", '{"day": "2026-01-01"}', "\0", "[" * 1900, "x" * 1900],
)
def test_a_broken_line_is_passed_over_and_counted(tmp_path: Path, line: str) -> None:
    """The other points stay."""
    write_history([POINT], tmp_path)
    path = tmp_path / "history.ndjson"
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    assert read_history(tmp_path) == ((POINT,), 1)


@pytest.mark.parametrize("value", ["-1", "1e400", "NaN", '"3"', "true", "null"])
def test_a_figure_that_is_none_breaks_its_line(tmp_path: Path, value: str) -> None:
    """Figures are numbers from 0."""
    write_history([POINT], tmp_path)
    path = tmp_path / "history.ndjson"
    path.write_text(path.read_text(encoding="utf-8").replace("380.5", value), encoding="utf-8")
    assert read_history(tmp_path) == ((), 1)
