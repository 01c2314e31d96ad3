"""Classes of numbers on maps: quantiles where they explain how numbers lie, natural breaks where not; which is told."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from maps_of import PLACES, map_of, table

from portal.publishing.site.maps.drawing.class_borders import WAYS, Way, borders, explained

EVEN = [float(number) for number in range(100)]
SKEWED = [*(1 + number / 100 for number in range(12)), *(20 + number / 100 for number in range(8)), 60.0, 61.0, 90.0]


@pytest.mark.parametrize(
    ("known", "starts", "way"),
    [
        (EVEN, [20, 40, 60, 80], "quantiles"),
        (SKEWED, [20.0, 60.0, 61.0, 90.0], "natural-breaks"),
        ([1.0] * 95 + [2.0, 3.0, 4.0, 5.0, 90.0], [2.0, 3.0, 4.0, 90.0], "natural-breaks"),
        ([*map(float, range(97)), 1e6, 2e6, 3e6, 9e6], [20, 40, 60, 80], "quantiles"),
        ([1, 1, 1, 2, 7], [2, 7], ""),
    ],
    ids=["even", "in-groups", "one-number-for-most", "few-far-away", "few-numbers"],
)
def test_the_rule_chooses_by_what_classes_explain(known: list[float], starts: list[float], way: Way) -> None:
    """Where quantiles explain four fifths of the variance they serve; natural breaks leave no map of one colour."""
    assert borders(known) == (starts, way)


def test_no_other_borders_explain_more_than_natural_breaks() -> None:
    """All others of so few numbers were tried."""
    numbers = [0.0, 1.0, 1.5, 4.0, 4.2, 4.4, 9.0, 9.5, 14.0, 20.0, 21.0]
    best = max(combinations(numbers[1:], 4), key=lambda starts: explained(numbers, starts))
    assert borders(numbers, "natural-breaks").starts == list(best)


def test_huge_and_tiny_numbers_have_borders() -> None:
    """Their squares would be no numbers; equal numbers stay together."""
    huge, tiny = [-1e308, -1e307, 0.0, 1.0, 2.0, 3.0, 1e308], [5e-324 * number for number in (0, 1, 2, 3, 4, 5, 90)]
    assert [borders(numbers, "natural-breaks").way for numbers in (huge, tiny)] == ["quantiles", "natural-breaks"]
    torn = sorted([0.0, 1.0, 1.0, 1.0, 2.0, 2.0, 3.0, 8.0, 8.0, 9.0, 50.0, 90.0] * 3)
    for way in WAYS:
        starts = borders(torn, way).starts
        assert len(set(starts)) == len(starts)
        assert set(starts) <= set(torn)


@pytest.mark.parametrize(
    ("numbers", "note"),
    [
        (EVEN, "各级在图上出现的次数大致相等（分位数法）。"),
        (SKEWED, "分级的界限落在数值相差最大的地方（自然断点法）。"),
    ],
)
def test_the_map_says_how_its_classes_were_cut(tmp_path: Path, numbers: list[float], note: str) -> None:
    """First of what stands below it."""
    rows = [
        [f"甲{place}", str(116 + place / 100), str(39 + place % 7 / 10), str(value)]
        for place, value in enumerate(numbers)
    ]
    view = map_of(tmp_path, table(tmp_path, rows, (*PLACES, {"name": "浓度", "type": "number"})), "zh")
    assert view
    assert view.notes[0] == note
