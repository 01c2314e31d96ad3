"""The stage *load*: a folder of datasets read, with its settings, its catalog, and which datasets to examine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from portal.examining.privacy.described_texts import in_settings
from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.findings.finding import Finding, Report, found
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
    return Loaded(settings, catalog, catalog.datasets, report + private + layers_refused(settings, catalog))


def layers_refused(settings: Settings, catalog: Catalog) -> list[Finding]:
    """Return why layers of catalog.yaml will not lie behind maps: unknown, not open, or without approval (审图号)."""
    resources = {
        (dataset.name, item.name): (dataset, item) for dataset in catalog.datasets for item in dataset.resources
    }
    refused = []
    for layer in settings.portal.map_layers:
        dataset, resource = resources.get((layer.dataset, layer.resource), (None, None))
        place = {"file": "catalog.yaml", "field": "maps.layers", "value": f"{layer.dataset}/{layer.resource}"}
        if dataset is None or resource is None or not dataset.is_open:
            refused.append(found("map-layer-missing", severity=None, **place))
        elif not resource.map_approval:
            refused.append(found("map-layer-unapproved", severity=None, **place))
    return refused


def require_publishable_settings(loaded: Loaded) -> None:
    """Raise ConfigurationError where settings hold what must not be published: it would stand on every page."""
    private = [item for item in loaded.report if item.code == "settings-private"]
    if private:
        zh, en = ("\n".join(message_of(item).to(lang) for item in private) for lang in LANGUAGES)
        raise ConfigurationError(f"什么也没有发布：\n{zh}", f"Nothing is published:\n{en}")
