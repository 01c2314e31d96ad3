"""Quality of a dataset as values: points of its metadata, stars, freshness, indicators of its data.

Everything here is small and counted once, when a release is built; pages and the API only show it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Band = Literal["excellent", "good", "sufficient", "bad"]
BANDS: tuple[Band, ...] = ("excellent", "good", "sufficient", "bad")

FreshnessState = Literal["current", "overdue", "unscheduled", "undated", "entry"]
"""*unscheduled*: no cycle was promised, or one without a window; *undated*: nothing says when it was last brought up to
date; *entry*: an entry of the catalogue without files, which nobody can bring up to date here."""


@dataclass(frozen=True)
class MetadataScore:
    """The points of a dataset's metadata: *passed* are the ids of the metrics that it meets.

    *unchecked* are metrics that nobody could decide, as the links were never visited; they give no points.
    """

    points: int
    points_max: int
    band: Band
    passed: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Freshness:
    """Whether a dataset keeps its promised update cycle: it is *due* until that day, and *days_over* after it."""

    state: FreshnessState
    updated: date | None = None
    due: date | None = None
    days_over: int = 0


@dataclass(frozen=True)
class Indicator:
    """One indicator of GB/T 36344: *satisfied* of *evaluated* elements keep the rule; one of none is not assessed."""

    code: str
    satisfied: int
    evaluated: int

    @property
    def share(self) -> float:
        """The share from 0 to 1.

        >>> Indicator("0304", 3, 4).share
        0.75
        """
        return self.satisfied / self.evaluated


@dataclass(frozen=True)
class Quality:
    """All that is said of the quality of one dataset. *score* is None for what has no files or links here."""

    score: MetadataScore | None
    freshness: Freshness
    stars: int = 0
    indicators: tuple[Indicator, ...] = ()
    """Those that could be assessed, in the order of their codes."""
