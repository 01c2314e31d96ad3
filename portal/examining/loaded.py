"""The stage *load*: a folder of datasets read, with its settings, its catalog, and which datasets to examine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from portal.examining.privacy.described_texts import in_settings
from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.findings.finding import Finding, Report
from portal.findings.words import message_of
from portal.model.catalog import Catalog, Dataset
from portal.model.errors import ConfigurationError
from portal.model.text import LANGUAGES
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


def load(settings: Settings, *, skip: Path | None = None, today: date | None = None) -> Loaded:
    """Read the folder of datasets that *settings* name; *skip* is a folder to pass over (where releases are written).

    The settings themselves are screened, because they are published; *today* bounds birth dates. Raises
    ConfigurationError where a file of settings is not well formed.
    """
    catalog, report = load_catalog(settings, skip=skip)
    private = in_settings(settings.datasets_dir, today or date.today())
    return Loaded(settings, catalog, catalog.datasets, report + private)


def require_publishable_settings(loaded: Loaded) -> None:
    """Raise ConfigurationError where settings hold what must not be published: it would stand on every page."""
    private = [item for item in loaded.report if item.code == "settings-private"]
    if private:
        zh, en = ("\n".join(message_of(item).to(lang) for item in private) for lang in LANGUAGES)
        raise ConfigurationError(f"什么也没有发布：\n{zh}", f"Nothing is published:\n{en}")
