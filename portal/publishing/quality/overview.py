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


@dataclass
class Sum:
    """Datasets of one publisher or topic: all, those with a score, their points together, those that are overdue."""

    datasets: int = 0
    scored: int = 0
    points: int = 0
    overdue: int = 0

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


def overview(datasets: Iterable[PublishedDataset], metrics: Iterable[str]) -> Overview:
    """Return what *datasets*, each with its quality, come to; *metrics* are the ids of all metrics in their order."""
    total = Sum()
    publishers: dict[str, Sum] = {}
    themes: dict[str, Sum] = {}
    bands: Counter[Band] = Counter()
    met: Counter[str] = Counter()
    late: list[PublishedDataset] = []
    files = rows = 0
    for item in datasets:
        dataset, quality = item.dataset, item.quality
        files += sum(len(resource.files) for resource in item.resources)
        rows += item.rows
        of_themes = [themes.setdefault(theme.id, Sum()) for theme in dataset.themes]
        for one in (total, publishers.setdefault(dataset.publisher.id, Sum()), *of_themes):
            one.datasets += 1
            if quality and quality.score:
                one.scored += 1
                one.points += quality.score.points
            if quality and quality.freshness.state == "overdue":
                one.overdue += 1
        if quality and quality.score:
            bands[quality.score.band] += 1
            met.update(quality.score.passed)
        if quality and quality.freshness.state == "overdue":
            late.append(item)
    late.sort(key=lambda item: (-(item.quality.freshness.days_over if item.quality else 0), item.dataset.name))
    return Overview(
        total=total,
        bands={band: bands[band] for band in BANDS},
        missing={name: total.scored - met[name] for name in metrics},
        publishers=publishers,
        themes=themes,
        overdue=tuple(late[:OVERDUE_SHOWN]),
        files=files,
        rows=rows,
    )
