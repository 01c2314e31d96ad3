"""What is counted in Parquet is what would have been counted while rows passed by."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from portal.examining.profiling.column_profiles import TableProfiler
from portal.examining.profiling.large_columns import with_large_columns
from portal.model.table_profile import ColumnProfile, TableProfile
from portal.publishing.files.parquet_writer import write_parquet

START = datetime(2025, 12, 30, 22)


def both_ways(folder: Path, type_: str, values: list[Any]) -> tuple[ColumnProfile, ColumnProfile]:
    """Return the profile of a column whose values are all kept, and that of one that keeps none."""
    texts = ["" if value is None else value.isoformat() if isinstance(value, date) else str(value) for value in values]
    path = folder / "cells.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([['列"1'], *([text] for text in texts)])
    profiles = []
    for distinct_max in (len(values), 0):
        profiler = TableProfiler(['列"1'], [type_], distinct_max=distinct_max)
        for value, text in zip(values, texts, strict=True):
            profiler.add([value], [text])
        profiles.append(profiler.profile())
    fields = [{"name": '列"1', "type": type_}]
    typed = write_parquet(path, folder / "cells.parquet", fields, len(values))
    assert typed == ('列"1',)
    counted = with_large_columns(profiles[1], folder / "cells.parquet", typed)
    assert profiles[1].columns[0].distinct is None
    return profiles[0].columns[0], counted.columns[0]


@pytest.mark.parametrize(
    ("type_", "values"),
    [
        ("string", ["甲", "乙", "甲", "丙"]),
        ("string", ["x", "y", "z"]),
        ("integer", [5, 3, 3, 1_000, -7]),
        ("integer", [1, 1, 2]),
        ("date", [date(2024, 2, 29) + timedelta(days=7 * week) for week in range(300) if week % 9]),
        ("date", [date(2026, 1, day) for day in (1, 2, 3, 5, 6)]),
        ("datetime", [START + timedelta(hours=hour) for hour in range(40) if hour % 7]),
        ("datetime", [START + timedelta(minutes=hour * hour) for hour in range(900)]),
    ],
)  # fmt: skip
def test_both_ways_say_the_same(tmp_path: Path, type_: str, values: list[Any]) -> None:
    """Distinct values, the most frequent ones, histogram, periods and steps are the same either way."""
    small, large = both_ways(tmp_path, type_, values)
    if type_ in ("date", "datetime"):  # the most frequent of very many moments are not told
        assert not any(one.count > 1 for one in small.top)
    elif type_ == "integer" and len(small.bins) == 2:
        small, large = (_without_bins(item) for item in (small, large))  # a bin for each value needs them all
    assert large == small


def _without_bins(column: ColumnProfile) -> ColumnProfile:
    from dataclasses import replace

    return replace(column, bins=())


def test_decimals_fall_into_the_same_bins(tmp_path: Path) -> None:
    """A number at the very end of a bin is held by the next one, whatever binary fractions make of it."""
    numbers = [Decimal(number).scaleb(-1) for number in range(-30, 31)]
    small, large = both_ways(tmp_path, "number", [*numbers, Decimal("Infinity")])
    assert (large.distinct, large.bins) == (small.distinct, small.bins)


def test_what_has_no_parquet_stays_open(tmp_path: Path) -> None:
    """A number that nobody counted is not told."""
    profile = TableProfile(1, (ColumnProfile("a", 0, None),))
    assert with_large_columns(profile, tmp_path / "none.parquet", ()) == profile
