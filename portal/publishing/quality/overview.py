"""Quality of a whole catalogue: mean score, distribution, publishers, missing metrics, overdue datasets.

Its value, how the scores are spread, who is where, what is missing, what is late. Datasets are gone through once. The
value of the catalogue is that of a catalogue in the MQA with datasets as entities: of each metric its points times the
share of datasets that meet it, which is the mean of their points.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from portal.model.quality import BANDS, Band
from portal.publishing.publication import PublishedDataset

OVERDUE_SHOWN = 200
EXAMPLES = 3
"""Datasets that are named with a metric that they do not meet."""
GAPPY_SHOWN = 5
"""Datasets that are named for having the fewest cells filled."""


@dataclass
class Sum:
    """Datasets of one publisher or topic: all, those with a score, their points together, those that are overdue."""

    datasets: int = 0
    scored: int = 0
    points: int = 0
    overdue: int = 0
    due: int = 0
    """Those that promised a cycle and say when they were updated: in time or overdue."""
    cells: int = 0
    """Cells of all published tables."""
    filled: int = 0
    """Those that hold a value."""
    uses: int = 0
    """Views and downloads in 30 days."""

    @property
    def timely(self) -> float:
        """The share that is in time, of those that are due; 1 where none is."""
        return 1 - self.overdue / self.due if self.due else 1.0

    @property
    def mean(self) -> float:
        """Points of a scored dataset on average, 0 where there is none.

        >>> Sum(datasets=3, scored=2, points=701).mean
        350.5
        """
        return round(self.points / self.scored, 2) if self.scored else 0.0


@dataclass(frozen=True)
class Overview:
    """What a catalogue comes to. *missing* are metrics with how many scored datasets do not meet them."""

    total: Sum
    bands: dict[Band, int]
    missing: dict[str, int]
    publishers: dict[str, Sum] = field(default_factory=dict)
    themes: dict[str, Sum] = field(default_factory=dict)
    overdue: tuple[PublishedDataset, ...] = ()
    """The latest `OVERDUE_SHOWN`, those most days over first."""
    files: int = 0
    rows: int = 0
    kept_bands: dict[Band, int] = field(default_factory=dict)
    """Scored datasets in each band without those that are overdue: what is late is not excellent."""
    lacking: dict[str, tuple[PublishedDataset, ...]] = field(default_factory=dict)
    """Some of the datasets that do not meet a metric, at most `EXAMPLES`."""
    gappy: tuple[tuple[PublishedDataset, int, int], ...] = ()
    """Datasets with cells without a value: cells filled, and all; `GAPPY_SHOWN` at most, the emptiest first."""


def overview(datasets: Iterable[PublishedDataset], metrics: Iterable[str]) -> Overview:
    """Return what *datasets*, each with its quality, come to; *metrics* are the ids of all metrics in their order."""
    total = Sum()
    publishers: dict[str, Sum] = {}
    themes: dict[str, Sum] = {}
    bands: Counter[Band] = Counter()
    met: Counter[str] = Counter()
    late: list[PublishedDataset] = []
    kept: Counter[Band] = Counter()
    names = tuple(metrics)
    lacking: dict[str, list[PublishedDataset]] = {name: [] for name in names}
    gappy: list[tuple[PublishedDataset, int, int]] = []
    files = rows = 0
    for item in datasets:
        dataset, quality = item.dataset, item.quality
        files += sum(len(resource.files) for resource in item.resources)
        rows += item.rows
        filled, cells = _cells(item)
        if filled < cells:
            gappy.append((item, filled, cells))
        of_themes = [themes.setdefault(theme.id, Sum()) for theme in dataset.themes]
        for one in (total, publishers.setdefault(dataset.publisher.id, Sum()), *of_themes):
            _add(one, item, filled, cells)
        if quality and quality.score:
            bands[quality.score.band] += 1
            kept[quality.score.band] += quality.freshness.state != "overdue"
            met.update(quality.score.passed)
            for name in set(names).difference(quality.score.passed):
                if len(lacking[name]) < EXAMPLES:
                    lacking[name].append(item)
        if quality and quality.freshness.state == "overdue":
            late.append(item)
    late.sort(key=lambda item: (-(item.quality.freshness.days_over if item.quality else 0), item.dataset.name))
    return Overview(
        total=total,
        bands={band: bands[band] for band in BANDS},
        missing={name: total.scored - met[name] for name in names},
        publishers=publishers,
        themes=themes,
        overdue=tuple(late[:OVERDUE_SHOWN]),
        files=files,
        rows=rows,
        kept_bands={band: kept[band] for band in BANDS},
        lacking={name: tuple(some) for name, some in lacking.items() if some},
        gappy=tuple(sorted(gappy, key=lambda one: (one[1] / one[2], one[0].dataset.name))[:GAPPY_SHOWN]),
    )


def _add(one: Sum, item: PublishedDataset, filled: int, cells: int) -> None:
    """Count a dataset."""
    quality = item.quality
    one.datasets += 1
    one.filled += filled
    one.cells += cells
    one.uses += item.use.month.uses if item.use else 0
    if quality and quality.score:
        one.scored += 1
        one.points += quality.score.points
    if quality:
        one.overdue += quality.freshness.state == "overdue"
        one.due += quality.freshness.state in ("current", "overdue")


def _cells(item: PublishedDataset) -> tuple[int, int]:
    """Return the cells of all tables that hold a value, and all of them."""
    filled = cells = 0
    for resource in item.resources:
        if resource.profile:
            for column in resource.profile.columns:
                cells += resource.profile.rows
                filled += resource.profile.rows - column.gaps
    return filled, cells
