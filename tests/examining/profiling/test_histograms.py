"""Histograms hold every number in one bin."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from portal.examining.profiling.histograms import BINS_MAX, bins_of
from portal.model.table_profile import Bin


@given(
    st.dictionaries(
        st.decimals(allow_nan=False, allow_infinity=False) | st.integers(-(10**30), 10**30).map(Decimal),
        st.integers(1, 5),
        min_size=2,
        max_size=30,
    ),
    st.booleans(),
)
def test_each_number_is_in_the_bin_that_holds_it(counts: dict[Decimal, int], whole: bool) -> None:
    """Bins follow each other without a space, there are not too many, and each counts what lies between its ends."""
    counts = {
        Decimal(int(number)) if whole and abs(number) < 10**40 else number: count for number, count in counts.items()
    }
    bins = bins_of(counts, whole=whole and all(number == number.to_integral_value() for number in counts))
    assert len(bins) <= BINS_MAX
    for place, one in enumerate(bins):
        start, end = Decimal(one.start), Decimal(one.end)
        is_last = place == len(bins) - 1
        inside = [
            count
            for number, count in counts.items()
            if start <= number and (number <= end if is_last or start == end else number < end)
        ]
        assert one.count == sum(inside)
    if bins:
        assert sum(one.count for one in bins) == sum(counts.values())


def test_outliers_leave_one_bar() -> None:
    """The bins are of one width, so one huge value says how huge it is."""
    bins = bins_of({Decimal(1): 99, Decimal(2_400_000): 1}, whole=True)
    assert (bins[0], bins[-1]) == (Bin("0", "200000", 99), Bin("2400000", "2600000", 1))


def test_numbers_out_of_reach_have_no_histogram() -> None:
    """No bins are told of what decimals of four hundred digits do not hold."""
    assert bins_of({Decimal("1e5000"): 1, Decimal(1): 1}, whole=False) == ()
