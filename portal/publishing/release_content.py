"""The content of a release in one value: what its pages, search index, lists and reports are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from portal.examining.examined_dataset import ExaminedDataset
from portal.findings.finding import Finding, Report
from portal.model.former_names import Moved
from portal.model.portal import Directory
from portal.model.text import LocalText
from portal.publishing.history import Point
from portal.publishing.publication import Change, PublishedDataset
from portal.publishing.quality.overview import Overview
from portal.publishing.quality.weights import Weights


@dataclass(frozen=True)
class CatalogueQuality:
    """What a build found out about the quality of its catalogue. *history* has a point for today too."""

    weights: Weights
    overview: Overview
    history: Sequence[Point] = ()


@dataclass(frozen=True)
class ReleaseContent:
    """What a release is made of besides the files of data; *datasets* are in the order of names.

    *directory* is the portal with all publishers and themes that are registered, those too that have no dataset.
    """

    directory: Directory
    datasets: Sequence[PublishedDataset]
    today: date
    report: Report = Report()
    """All that was found, for the reports on datasets."""
    moved: Sequence[Moved] = ()
    """Former names, whose addresses lead to the present ones."""
    quality: CatalogueQuality | None = None
    """The quality of the catalogue; without it there is no page on it."""
    examined: Mapping[str, ExaminedDataset] = field(default_factory=dict)
    """All datasets that could be loaded, by name, for the reports on those that were refused."""
    codes: Mapping[str, str] = field(default_factory=dict)
    """The resource code of each dataset that was released before."""
    changes: Mapping[str, Change] = field(default_factory=dict)
    """When the record of each dataset changed that was ever released, those too that are withdrawn."""
    templates: Path | None = None
    """A folder of the portal's own templates."""
    datasets_dir: Path = Path()
    """The folder of datasets, in which the files of the portal's own look lie."""

    @property
    def listed(self) -> Directory:
        """The portal with those publishers alone that have a dataset in the release: they have pages."""
        present = {item.dataset.publisher.id for item in self.datasets}
        publishers = (item for item in self.directory.publishers if item.id in present)
        return replace(self.directory, publishers=tuple(publishers))

    @property
    def departments(self) -> Mapping[str, LocalText]:
        """The names of departments by their codes, those too that publish nothing."""
        return {item.uscc: item.title for item in self.directory.publishers if item.uscc}

    @property
    def publisher_titles(self) -> Mapping[str, LocalText]:
        """The names of publishers by their ids, those too that publish nothing."""
        return {item.id: item.title for item in self.directory.publishers}

    @property
    def first_released(self) -> date:
        """The day of the first release of this edition that the history knows, this one where it knows none."""
        history = self.quality.history if self.quality else ()
        edition = self.directory.portal.edition
        return min((point.day for point in history if point.edition == edition), default=self.today)

    def noting(self, findings: Iterable[Finding]) -> ReleaseContent:
        """Return the same with more that was found."""
        return replace(self, report=self.report + findings)
