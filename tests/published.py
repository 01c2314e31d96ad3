"""One dataset published into a folder, for tests of what is written."""

from __future__ import annotations

from pathlib import Path

from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.examining.reading.understood_tables import understand
from portal.model.limits import Limits
from portal.publishing.files.dataset_files import publish_dataset
from portal.publishing.publication import PublishedDataset
from portal.settings import load_settings


def publish(folder: Path, site: Path, limits: Limits | None = None) -> PublishedDataset:
    """Publish the one dataset of a folder; what is written on the way lies beside *site*."""
    catalog, _ = load_catalog(load_settings(folder))
    dataset, limits = catalog.datasets[0], limits or Limits()
    data = understand(dataset, site.parent / "work", limits)
    return publish_dataset(data, site, limits)
