"""The stage *assess*: score, freshness, stars and use of published datasets, dead links, quality of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass, replace

from portal.examining.examined import Examined
from portal.examining.loaded import Loaded
from portal.findings.finding import Report
from portal.model.former_names import moved_names
from portal.model.portal import Directory
from portal.publishing.background import Background
from portal.publishing.changed_times import dated
from portal.publishing.history import point_of, with_point
from portal.publishing.publication import PublishedDataset
from portal.publishing.published import Published
from portal.publishing.quality.assessment import assess_all, dead_links_of
from portal.publishing.quality.overview import overview
from portal.publishing.release_content import CatalogueQuality, ReleaseContent
from portal.publishing.usage.use_of_datasets import use_by_dataset
from portal.settings import address_missing


@dataclass(frozen=True)
class Assessed:
    """The published datasets with quality and use, the quality of the catalogue, and all that was found until now."""

    datasets: tuple[PublishedDataset, ...]
    quality: CatalogueQuality
    report: Report


def assess(published: Published, background: Background) -> Assessed:
    """Assess all datasets by the weights and the answers of links of *background*."""
    report = published.report + address_missing(background.portal)
    report = report + dead_links_of(published.datasets, background.basis)
    use = use_by_dataset(published.datasets, background.counted)
    datasets = tuple(
        replace(item, use=use(item.dataset.name)) for item in assess_all(published.datasets, report, background.basis)
    )
    return Assessed(datasets, catalogue_quality(datasets, background), report)


def content_of(loaded: Loaded, examined: Examined, assessed: Assessed, background: Background) -> ReleaseContent:
    """Bring together what the release is made of besides the files of data."""
    catalog = loaded.catalog
    base_url, today = background.portal.base_url, background.today
    datasets, changes = dated(assessed.datasets, background.changes, today=today, base_url=base_url)
    content = ReleaseContent(
        directory=Directory(background.portal, catalog.publishers, catalog.themes),
        datasets=datasets,
        today=today,
        report=assessed.report,
        moved=tuple(moved_names((item.dataset for item in datasets), catalog.publishers)),
        quality=assessed.quality,
        examined=examined.datasets,
        codes=background.codes,
        changes=changes,
        templates=background.templates,
        datasets_dir=background.datasets_dir,
    )
    return replace(content, directory=replace(content.directory, first_released=content.first_released))


def catalogue_quality(datasets: tuple[PublishedDataset, ...], background: Background) -> CatalogueQuality:
    """Return what the quality of *datasets*, which were assessed, comes to; its history goes on to this day."""
    weights = background.basis.weights
    seen = overview(datasets, weights.points)
    point = point_of(seen, background.today, background.edition, weights.points_max)
    return CatalogueQuality(weights, seen, with_point(background.history, point))
