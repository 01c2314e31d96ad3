"""Profiles count what is there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from portal.examining.profiling.column_profiles import DISTINCT_MAX, FIRST_ROWS, TableProfiler
from portal.model.table_profile import ColumnProfile, TableProfile


def test_a_profile_has_rows_gaps_ranges_and_first_rows() -> None:
    """Gaps are cells without a value; a range is that of values, not of their text."""
    profiler = TableProfiler(["n", "day", "word"], ["integer", "date", "string"])
    profiler.add([9, date(2026, 1, 2), "b"], ["9", "2026-01-02", "b"])
    profiler.add([10, None, "b"], ["10", "", "b"])
    assert profiler.profile() == TableProfile(
        rows=2,
        columns=(
            ColumnProfile("n", gaps=0, distinct=2, minimum="9", maximum="10"),
            ColumnProfile("day", gaps=1, distinct=1, minimum="2026-01-02", maximum="2026-01-02"),
            ColumnProfile("word", gaps=0, distinct=1),
        ),
        first_rows=(("9", "2026-01-02", "b"), ("10", "", "b")),
    )


def test_nan_is_no_end_of_a_range() -> None:
    """A value that is not equal to itself has no place in an order."""
    profiler = TableProfiler(["n"], ["number"])
    for text in ("NaN", "2", "1"):
        profiler.add([Decimal(text)], [text])
    (column,) = profiler.profile().columns
    assert (column.minimum, column.maximum) == ("1", "2")


def test_what_is_kept_does_not_grow_with_the_rows() -> None:
    """Only the first rows are kept, and distinct values are counted up to a bound."""
    profiler = TableProfiler(["n"], ["integer"])
    for number in range(DISTINCT_MAX + 1):
        profiler.add([number], [str(number)])
    profile = profiler.profile()
    assert (profile.rows, len(profile.first_rows)) == (DISTINCT_MAX + 1, FIRST_ROWS)
    assert profile.columns[0].distinct is None
