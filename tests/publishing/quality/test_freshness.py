"""Freshness follows the promised update cycle."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from made_published import TODAY, published

from portal.model.quality import Freshness
from portal.model.terms import UPDATE_CYCLES
from portal.publishing.quality.freshness import freshness
from portal.publishing.quality.weights import default_weights

WINDOWS = default_weights().windows
DATASET = published().dataset


def judged(today: date = TODAY, **changes: Any) -> Freshness:
    """Return the freshness of the made dataset with *changes*."""
    return freshness(replace(DATASET, **changes), WINDOWS, today=today)


@pytest.mark.parametrize(
    ("cycle", "days"),
    [
        ("realtime", 2),
        ("daily", 3),
        ("weekly", 14),
        ("tenday", 20),
        ("monthly", 62),
        ("quarterly", 184),
        ("semiannual", 366),
        ("annual", 731),
    ],
)
def test_a_dataset_is_late_the_day_after_its_window(cycle: str, days: int) -> None:
    """On the last day of the window it is in time, on the next it is one day over."""
    updated = date(2024, 1, 31)
    due = updated + timedelta(days=days)
    assert judged(due, update_cycle=cycle, updated=updated) == Freshness("current", updated, due)
    late = judged(due + timedelta(days=1), update_cycle=cycle, updated=updated)
    assert late == Freshness("overdue", updated, due, 1)


def test_every_cycle_has_a_window_or_none_on_purpose() -> None:
    """The windows name all update cycles; three of them never fall due."""
    assert set(WINDOWS) == set(UPDATE_CYCLES)
    assert {cycle for cycle, days in WINDOWS.items() if not days} == {"irregular", "other", "never"}


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"update_cycle": ""}, "unscheduled"),
        ({"update_cycle": "irregular"}, "unscheduled"),
        ({"update_cycle": "每月"}, "unscheduled"),
        ({"superseded_by": "other"}, "unscheduled"),
        ({"updated": None, "published": None}, "undated"),
        ({"resources": ()}, "entry"),
        ({"updated": date(9999, 12, 30)}, "unscheduled"),
    ],
)
def test_what_promises_nothing_is_never_late(changes: dict[str, Any], state: str) -> None:
    """Without a cycle, a day, files, or where another dataset took its place, nothing is due."""
    found = judged(date(2100, 1, 1), **changes)
    assert (found.state, found.due, found.days_over) == (state, None, 0)


def test_the_day_of_publishing_stands_in_for_an_update() -> None:
    """A dataset that was never updated since counts from its first day."""
    assert judged(updated=None).updated == DATASET.published
