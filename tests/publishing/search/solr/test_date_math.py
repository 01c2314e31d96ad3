"""Dates in queries: times, NOW and arithmetic; everything else is refused."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.publishing.search.solr.date_math import solr_date
from portal.publishing.search.solr.query_nodes import UnreadableQuery

NOW = datetime(2026, 3, 31, 9, 30, 15, 250_000, UTC)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-01-01T00:00:00Z", "2024-01-01T00:00:00.000000Z"),
        ("2026-11-30T11:22:33.123456Z", "2026-11-30T11:22:33.123456Z"),
        ("2026-11-30T11:22:33.5Z", "2026-11-30T11:22:33.500000Z"),
        ("NOW", "2026-03-31T09:30:15.250000Z"),
        ("NOW-7DAYS", "2026-03-24T09:30:15.250000Z"),
        ("NOW/DAY", "2026-03-31T00:00:00.000000Z"),
        ("NOW/YEAR+1MONTH", "2026-02-01T00:00:00.000000Z"),
        ("NOW-1MONTH", "2026-02-28T09:30:15.250000Z"),
        ("NOW/SECOND", "2026-03-31T09:30:15.000000Z"),
        ("2024-02-29T00:00:00Z-1YEAR", "2023-02-28T00:00:00.000000Z"),
    ],
)
def test_a_date_is_a_time_in_utc(text: str, date: str) -> None:
    """All dates have one form, whose texts sort as times do."""
    assert solr_date(text, NOW) == date


@pytest.mark.parametrize(
    "text",
    ["", "2024-01-01", "yesterday", "2024-13-01T00:00:00Z", "NOW-7PARSECS", "NOW-", "NOW+999999YEARS",
     "2024-01-01T00:00:00", "NOW" + "+1DAY" * 50, "0000-01-01T00:00:00Z", "٢٠٢٤-01-01T00:00:00Z"],
)  # fmt: skip
def test_what_is_no_date_is_told(text: str) -> None:
    """Days without a time, words, and times that the calendar does not reach are refused."""
    with pytest.raises(UnreadableQuery, match="Invalid Date"):
        solr_date(text, NOW)


@given(st.lists(st.sampled_from(["NOW", "/", "+", "-", "9", "999999", "DAY", "YEARS", "MONTH", "Z", "T"])).map("".join))
def test_no_date_breaks_the_reader(text: str) -> None:
    """Whatever is written, it is a date or refused."""
    with suppress(UnreadableQuery):
        assert len(solr_date(text, NOW)) == 27
