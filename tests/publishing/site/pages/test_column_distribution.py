"""What is said of a column is true of its values, and written as its cells are."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from portal.examining.profiling.column_profiles import TableProfiler
from portal.publishing.site.pages.column_distribution import sentences


def said(name: str, type_: str, values: Sequence[int | str | None], lang: str = "zh") -> list[str]:
    """Return what is said of a column with these values."""
    profiler = TableProfiler([name], [type_])
    for value in values:
        profiler.add([value], ["" if value is None else str(value)])
    profile = profiler.profile()
    return list(sentences(profile.columns[0], {"name": name, "title": "", "type": type_}, profile.rows, lang))


@pytest.mark.parametrize(
    ("name", "expected"),
    [("建成年份", "最多的在 1990 至 1994 之间（50%）"), ("客流量", "最多的在 1,990 至 1,994 之间（50%）")],
)
def test_years_have_no_thousands(name: str, expected: str) -> None:
    """Where most values are is written as the cells are: years without commas, amounts with them."""
    values = [1950, *range(1990, 1993), 2005, 2019]
    assert said(name, "integer", values)[1:] == [expected]


def test_a_column_without_values_says_so() -> None:
    """And nothing else."""
    assert said("数量", "integer", [None, None], "en") == ["No cell has a value"]


def test_texts_that_stand_equally_often_are_counted_once() -> None:
    """No value is called the most frequent one."""
    assert said("区", "string", ["甲", "乙", "甲", "乙"], "en") == ["2 different values, in 2 cells each"]
