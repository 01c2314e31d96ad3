"""The stage *load*: a folder of datasets read, with its settings, its catalog, and which datasets to examine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.findings.finding import Finding, Report
from portal.model.catalog import Catalog, Dataset
from portal.settings import Settings


@dataclass(frozen=True)
class Loaded:
    """What was read, and all that was found while it was: *datasets* are those of *catalog* that are to be examined."""

    settings: Settings
    catalog: Catalog
    datasets: tuple[Dataset, ...]
    report: Report = Report()

    @property
    def is_whole(self) -> bool:
        """Whether all datasets of the catalog are to be examined."""
        return len(self.datasets) == len(self.catalog.datasets)

    def noting(self, findings: Iterable[Finding]) -> Loaded:
        """Return the same with what was found in files that are read beside the datasets."""
        return replace(self, report=self.report + findings)


def load(settings: Settings, *, skip: Path | None = None) -> Loaded:
    """Read the folder of datasets that *settings* name; *skip* is a folder to pass over (where releases are written).

    Raises ConfigurationError where a file of settings is not well formed.
    """
    catalog, report = load_catalog(settings, skip=skip)
    return Loaded(settings, catalog, catalog.datasets, report)
