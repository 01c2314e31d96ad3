"""Counts of a whole catalogue (counts.json): datasets, files, rows and bytes by openness, publisher, topic, format ...

What a dashboard shows. It is counted once, when a release is made, and lies in ``search/``, so that a server answers
without reading every record. Of what is not open only the entry is counted: it has no files, rows or bytes here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from portal.publishing.history import Point
from portal.publishing.publication import PublishedDataset

if TYPE_CHECKING:
    from portal.publishing.release_content import ReleaseContent

COUNTS_FILE = "counts.json"
TREND_POINTS_MAX = 1_000
"""Days that a trend goes back: the newest points of the history."""


@dataclass
class Holding:
    """What the datasets of one publisher or topic come to. *given_out* datasets have files here."""

    datasets: int = 0
    given_out: int = 0
    files: int = 0
    rows: int = 0
    size_bytes: int = 0
    scored: int = 0
    points: int = 0
    overdue: int = 0
    updated: date | None = None
    """The last day on which one of them was brought up to date."""

    @property
    def mean(self) -> float | None:
        """Points of a scored dataset on average, None where no dataset has a score."""
        return round(self.points / self.scored, 2) if self.scored else None

    def add(self, item: PublishedDataset) -> None:
        """Count one more dataset."""
        quality, updated = item.quality, item.dataset.updated
        files = [file for resource in item.resources for file in resource.files]
        self.datasets += 1
        self.given_out += bool(files)
        self.files += len(files)
        self.rows += item.rows
        self.size_bytes += sum(file.size_bytes for file in files)
        if quality and quality.score:
            self.scored += 1
            self.points += quality.score.points
        self.overdue += bool(quality and quality.freshness.state == "overdue")
        if updated and (self.updated is None or updated > self.updated):
            self.updated = updated


@dataclass(frozen=True)
class CatalogueCounts:
    """A catalogue in numbers. Each mapping has the number of datasets by a value, the most frequent first."""

    total: Holding = field(default_factory=Holding)
    publishers: Mapping[str, Holding] = field(default_factory=dict)
    themes: Mapping[str, Holding] = field(default_factory=dict)
    openness: Mapping[str, int] = field(default_factory=dict)
    formats: Mapping[str, int] = field(default_factory=dict)
    licences: Mapping[str, int] = field(default_factory=dict)
    bands: Mapping[str, int] = field(default_factory=dict)
    freshness: Mapping[str, int] = field(default_factory=dict)
    standards: Mapping[str, int] = field(default_factory=dict)
    """Datasets that follow each register standard."""
    points_max: int = 0
    """What the score of a dataset can be."""
    trend: tuple[Point, ...] = ()
    """The catalogue on the days of building, this one too, the oldest first."""


_ADAPTER = TypeAdapter(CatalogueCounts)


def counts_of(datasets: Iterable[PublishedDataset], trend: Iterable[Point] = ()) -> CatalogueCounts:
    """Return the counts of *datasets*, each with its quality."""
    total = Holding()
    publishers: dict[str, Holding] = {}
    themes: dict[str, Holding] = {}
    openness, formats, licences, bands, freshness, standards = (Counter[str]() for _ in range(6))
    points_max = 0
    for item in datasets:
        dataset, quality = item.dataset, item.quality
        of_themes = [themes.setdefault(theme.id, Holding()) for theme in dataset.themes]
        for one in (total, publishers.setdefault(dataset.publisher.id, Holding()), *of_themes):
            one.add(item)
        openness[dataset.open_state] += 1
        formats.update(item.formats)
        licences.update({licence.name for licence in dataset.licences})
        standards.update({resource.standard for resource in dataset.resources if resource.standard})
        if quality:
            freshness[quality.freshness.state] += 1
        if quality and quality.score:
            bands[quality.score.band] += 1
            points_max = quality.score.points_max
    return CatalogueCounts(
        total,
        dict(sorted(publishers.items())),
        dict(sorted(themes.items())),
        openness=_by_frequency(openness),
        formats=_by_frequency(formats),
        licences=_by_frequency(licences),
        bands=_by_frequency(bands),
        freshness=_by_frequency(freshness),
        standards=_by_frequency(standards),
        points_max=points_max,
        trend=tuple(trend)[-TREND_POINTS_MAX:],
    )


def write_counts(content: ReleaseContent, folder: Path) -> None:
    """Write the counts of *content* into *folder*, with the trend of its edition."""
    edition = content.directory.portal.edition
    history = content.quality.history if content.quality else ()
    counts = counts_of(content.datasets, (point for point in history if point.edition == edition))
    (folder / COUNTS_FILE).write_bytes(_ADAPTER.dump_json(counts))


def read_counts(folder: Path) -> CatalogueCounts | None:
    """Return the counts that lie in *folder*, None where a release of an earlier version has none."""
    path = folder / COUNTS_FILE
    return _ADAPTER.validate_json(path.read_bytes()) if path.is_file() else None


def _by_frequency(counter: Counter[str]) -> dict[str, int]:
    return dict(sorted(counter.items(), key=lambda item: (-item[1], item[0])))
