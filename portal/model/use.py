"""Use of a dataset as counts: views, downloads and API calls by people, over the last 30 days and 12 months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

UseKind = Literal["views", "downloads", "api"]
USE_KINDS: tuple[UseKind, ...] = ("views", "downloads", "api")
"""Visits of the page, files fetched, and calls of the API that name the dataset."""

MONTH_DAYS = 30
YEAR_DAYS = 365


@dataclass(frozen=True, slots=True)
class UsePeriod:
    """How often people used a dataset from one day to another, both included; robots are not in it."""

    since: date
    until: date
    views: int = 0
    downloads: int = 0
    api: int = 0

    @property
    def uses(self) -> int:
        """Views and downloads: what lists go by. One program in a loop would outdo everybody, so calls do not count.

        >>> UsePeriod(date(2026, 1, 1), date(2026, 1, 30), views=3, downloads=2, api=9000).uses
        5
        """
        return self.views + self.downloads


@dataclass(frozen=True, slots=True)
class Use:
    """The use of one dataset in the last 30 days and 12 months that were counted."""

    month: UsePeriod
    year: UsePeriod
