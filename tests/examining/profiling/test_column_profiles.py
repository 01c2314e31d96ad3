"""Profiles count what is there, and say nothing that is not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from portal.examining.profiling.column_profiles import (
    BLOCK_ROWS,
    DISTINCT_MAX,
    FIRST_ROWS,
    TOP_CHARACTERS_MAX,
    TableProfiler,
)
from portal.model.table_profile import Bin, ColumnProfile, OverTime, Steps, TableProfile, ValueCount


def profiled(type_: str, values: Sequence[Any], texts: Sequence[str] | None = None) -> ColumnProfile:
    """Return the profile of one column of *values*, written as *texts* (otherwise as Python writes them)."""
    profiler = TableProfiler(["c"], [type_])
    for value, text in zip(values, texts or ["" if value is None else str(value) for value in values], strict=True):
        profiler.add([value], [text])
    return profiler.profile().columns[0]


def test_a_profile_has_rows_gaps_ranges_and_first_rows() -> None:
    """Gaps are cells without a value; a range is that of values, not of their text; a sum is that of numbers."""
    profiler = TableProfiler(["n", "day", "word"], ["integer", "date", "string"])
    profiler.add([9, date(2026, 1, 2), "b"], ["9", "2026-01-02", "b"])
    profiler.add([10, None, "b"], ["10", "", "b"])
    day = "2026-01-02"
    assert profiler.profile() == TableProfile(
        rows=2,
        columns=(
            ColumnProfile(
                "n", 0, 2, "9", "10", "integer", "number",
                bins=(Bin("9", "9", 1), Bin("10", "10", 1)), total="19", order="rising",
            ),
            ColumnProfile("day", 1, 1, day, day, "date", "time", top=(ValueCount(day, 1),)),
            ColumnProfile("word", 0, 1, type="string", kind="category", top=(ValueCount("b", 2),)),
        ),
        first_rows=(("9", day, "b"), ("10", "", "b")),
    )  # fmt: skip


def test_a_column_without_a_value_is_empty() -> None:
    """Nothing but gaps has no range, no sum and no order, whatever the type."""
    assert profiled("integer", [None, None]) == ColumnProfile("c", 2, 0, type="integer", kind="empty")
    assert TableProfiler(["c"], ["date"]).profile().columns == (
        ColumnProfile("c", 0, 0, type="date", kind="empty"),
    )  # fmt: skip


def test_one_value_has_no_distribution() -> None:
    """The same number everywhere has a range of one point, and nothing that could be drawn."""
    assert profiled("number", [Decimal("-0.5")] * 3) == ColumnProfile(
        "c", 0, 1, "-0.5", "-0.5", "number", "number", top=(ValueCount("-0.5", 3),), total="-1.5", order="equal"
    )


def test_nan_is_no_end_of_a_range() -> None:
    """A value that is not equal to itself has no place in an order, a histogram or a sum."""
    column = profiled("number", [Decimal("NaN"), Decimal(2), Decimal(1)])
    assert (column.minimum, column.maximum, column.total, column.order) == ("1", "2", "", "")
    assert sum(one.count for one in column.bins) == 2


def test_infinite_numbers_are_in_the_range_alone() -> None:
    """An infinite number has no place in a histogram, and a sum with it is none."""
    column = profiled("number", [Decimal("Infinity"), Decimal(2), Decimal(1)])
    assert (column.maximum, column.total, column.order) == ("Infinity", "", "falling")
    assert [one.end for one in column.bins][-1] == "2"


def test_numbers_written_otherwise_are_one_value() -> None:
    """1.0 and 1.00 are one number."""
    column = profiled("number", [Decimal("1.0"), Decimal("1.00"), Decimal(2)])
    assert (column.distinct, column.top) == (2, (ValueCount("1.0", 2), ValueCount("2", 1)))


@pytest.mark.parametrize(
    ("numbers", "total"),
    [
        (["1e300", "0.1"], ""),
        (["9999999999999999999999999999999", "0.01"], "9999999999999999999999999999999.01"),
        (["1e-20", "2"], "2.00000000000000000001"),
        (["1e5", "1e5"], "200000"),
    ],
)
def test_a_sum_is_right_to_the_last_digit_or_not_told(numbers: list[str], total: str) -> None:
    """Huge beside tiny numbers have a sum only where all of its digits are known."""
    assert profiled("number", [Decimal(number) for number in numbers]).total == total


def test_sums_of_binary_fractions_are_not_told() -> None:
    """Floats lose digits, so their sum would be a guess."""
    column = profiled("number", [0.1, 0.2])
    assert (column.total, column.minimum, column.maximum) == ("", "0.1", "0.2")


def test_moments_with_and_without_a_zone_have_no_order() -> None:
    """Nobody knows which of them comes first."""
    column = profiled("datetime", [datetime(2026, 1, 1), datetime(2026, 1, 2, tzinfo=UTC)])
    assert (column.minimum, column.over_time, column.order, column.distinct) == ("", None, "", 2)


def test_days_are_counted_over_time() -> None:
    """Days without any row are told as 0; the step is that of most of them."""
    days = [date(2026, 1, day) for day in (1, 2, 3, 5, 6, 6)]
    column = profiled("date", days)
    assert column.over_time == OverTime("day", tuple(f"2026-01-0{day}" for day in range(1, 7)), (1, 1, 1, 0, 1, 2))
    assert (column.steps, column.order) == (Steps("day", 1, 1), "rising")


def test_a_year_that_no_calendar_has_leaves_no_picture() -> None:
    """A year before our era is in the range; over time it cannot be told."""
    column = profiled("year", [-500, 2026, 2027])
    assert (column.minimum, column.over_time, column.steps) == ("-500", None, None)


def test_texts_are_categories_identifiers_or_neither() -> None:
    """Five thousand kinds of things, each twice, are categories; none of which comes again, identifiers."""
    kinds = [f"类{number}" for number in range(5_000)]
    assert profiled("string", kinds + kinds).kind == "category"
    assert (profiled("string", kinds).kind, profiled("string", kinds).top) == ("identifier", ())
    assert profiled("string", ["a", "a", "b"]).kind == "text"


def test_the_most_frequent_values_come_first() -> None:
    """As many as are told; of equally frequent ones, the first in order."""
    column = profiled("string", list("bbbcca"))
    assert column.top == (ValueCount("b", 3), ValueCount("c", 2), ValueCount("a", 1))
    assert column.has_all_values


def test_a_row_of_totals_is_known_by_its_word() -> None:
    """Whatever else stands in the column, and however many values it has."""
    assert profiled("string", [*map(str, range(DISTINCT_MAX + BLOCK_ROWS)), "合计"]).has_total_row
    assert not profiled("string", ["合计数", "全市场"]).has_total_row


def test_prose_is_not_told() -> None:
    """Long texts that come again are counted but not quoted."""
    column = profiled("string", ["很" * (TOP_CHARACTERS_MAX + 1)] * 4)
    assert (column.distinct, column.kind, column.top) == (1, "category", ())


def test_lists_and_objects_are_counted_by_their_text() -> None:
    """What has no order has no range."""
    column = profiled("array", [["a"], ["b"], ["a"]], ['["a"]', '["b"]', '["a"]'])
    assert (column.kind, column.distinct, column.minimum) == ("other", 2, "")


def test_order_is_that_of_all_rows() -> None:
    """One value out of order ends it, in whichever block of rows it stands; gaps do not."""
    numbers: list[int | None] = list(range(2 * BLOCK_ROWS))
    numbers[BLOCK_ROWS] = None
    assert profiled("integer", numbers).order == "rising"
    assert profiled("integer", [*numbers, 3]).order == ""
    assert profiled("integer", numbers[::-1]).order == "falling"


def test_what_is_kept_does_not_grow_with_the_rows() -> None:
    """Only the first rows are kept, and different values up to a bound; range, sum and order are known all the same."""
    profiler = TableProfiler(["n"], ["integer"])
    for number in range(DISTINCT_MAX + BLOCK_ROWS + 1):
        profiler.add([number], [str(number)])
    profile = profiler.profile()
    last = DISTINCT_MAX + BLOCK_ROWS
    assert (profile.rows, len(profile.first_rows)) == (last + 1, FIRST_ROWS)
    assert profile.columns[0] == ColumnProfile(
        "n", 0, None, "0", str(last), "integer", "number", total=str(last * (last + 1) // 2), order="rising"
    )


def test_nothing_of_the_values_is_told_of_what_is_withheld() -> None:
    """How many there are says nothing of a person."""
    profiler = TableProfiler(["phone", "n"], ["string", "integer"])
    profiler.add(["13800000000", 1], ["13800000000", "1"])
    whole = profiler.profile()
    assert whole.withholding(frozenset(["phone"])).columns == (
        ColumnProfile("phone", 0, 1, type="string", kind="text", is_withheld=True),
        whole.columns[1],
    )
