"""The use of every dataset over the last 30 days and 12 months, summed from the counts of days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from portal.model.former_names import moved_names
from portal.model.use import MONTH_DAYS, USE_KINDS, YEAR_DAYS, Use, UsePeriod
from portal.publishing.publication import PublishedDataset
from portal.publishing.usage.usage_file import Usage

Sums = Mapping[str, tuple[int, ...]]
"""Counts of people by dataset, in the order of `USE_KINDS`."""


@dataclass(frozen=True)
class PeriodSums:
    """What was counted from one day to another."""

    since: date
    until: date
    sums: Sums = field(default_factory=dict)

    def of(self, names: Iterable[str]) -> UsePeriod:
        """Return the counts of a dataset under all its *names*."""
        found = [self.sums[name] for name in names if name in self.sums]
        counts = dict(zip(USE_KINDS, map(sum, zip(*found, strict=True)), strict=True)) if found else {}
        return UsePeriod(self.since, self.until, **counts)


@dataclass(frozen=True)
class Counted:
    """The last 30 days and 12 months that were counted, as a build takes them."""

    month: PeriodSums
    year: PeriodSums


def counted_until(usage: Usage, today: date) -> Counted | None:
    """Sum up *usage*; None where nothing was ever counted.

    The periods end on the last day that was counted, *today* at the latest, and begin no earlier than counting did: a
    count that stopped says so, and nothing is promised for days on which nobody counted.
    """
    days = [day for day, _, _ in usage.counts if day <= today]
    if not days:
        return None
    first, until = min(days), max(days)
    month, year = (
        _sums(usage, max(first, until - timedelta(days=days - 1)), until) for days in (MONTH_DAYS, YEAR_DAYS)
    )
    return Counted(month, year)


def use_by_dataset(datasets: Iterable[PublishedDataset], counted: Counted | None) -> Callable[[str], Use | None]:
    """Return what tells the use of each of *datasets*, former names too; None for all where nothing was counted."""
    if counted is None:
        return lambda name: None
    former: dict[str, list[str]] = {}
    for item in moved_names((published.dataset for published in datasets), ()):
        former.setdefault(item.new, []).append(item.old)

    def use(name: str) -> Use:
        names = (name, *former.get(name, ()))
        return Use(counted.month.of(names), counted.year.of(names))

    return use


def _sums(usage: Usage, since: date, until: date) -> PeriodSums:
    counts: dict[str, Counter[str]] = {}
    for (day, name, kind), times in usage.counts.items():
        if since <= day <= until and times.people:
            counts.setdefault(name, Counter())[kind] += times.people
    sums = {name: tuple(counts[name][kind] for kind in USE_KINDS) for name in sorted(counts)}
    return PeriodSums(since, until, sums)
