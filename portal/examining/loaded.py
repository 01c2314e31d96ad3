"""The stage *load*: a folder of datasets read, with its settings, its catalog, and which datasets to examine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from portal.examining.privacy.described_texts import in_settings
from portal.examining.privacy.withheld_values import withheld_columns
from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.findings.finding import Finding, Report, found
from portal.findings.words import message_of
from portal.model.catalog import Catalog, Dataset, Resource
from portal.model.errors import ConfigurationError
from portal.model.map_choices import choice_faults
from portal.model.text import LANGUAGES, LocalText
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
    return Loaded(
        settings,
        catalog,
        catalog.datasets,
        report
        + private
        + layers_refused(settings, catalog)
        + choices_refused(settings, catalog)
        + stories_refused(settings, catalog),
    )


def layers_refused(settings: Settings, catalog: Catalog) -> list[Finding]:
    """Return why layers of catalog.yaml will not lie behind maps: unknown, not open, or without approval (审图号)."""
    refused = []
    for layer in settings.portal.map_layers:
        dataset, resource = _resource(catalog, layer.dataset, layer.resource)
        place = {"file": "catalog.yaml", "field": "maps.layers", "value": f"{layer.dataset}/{layer.resource}"}
        if dataset is None or resource is None or not dataset.is_open:
            refused.append(found("map-layer-missing", severity=None, **place))
        elif not (resource.map_approval or dataset.is_demonstration):
            refused.append(found("map-layer-unapproved", severity=None, **place))
    return refused


def choices_refused(settings: Settings, catalog: Catalog) -> list[Finding]:
    """Return which wishes of catalog.yaml for maps cannot be followed, as far as the declared columns tell."""
    refused = []
    for choice in settings.portal.map_choices:
        dataset, resource = _resource(catalog, choice.dataset, choice.resource)
        place = {"file": "catalog.yaml", "value": f"{choice.dataset}/{choice.resource}"}
        if dataset is None or resource is None or not dataset.is_open:
            reason = LocalText("本目录没有这个公开的资源", "it is no open resource of this catalogue")
            refused.append(found("map-view-unusable", severity=None, field="maps.views", reason=reason, **place))
        elif resource.schema.fields:
            # Outlines may be told by another table of the dataset, whose columns are theirs then.
            others = (field for item in dataset.resources if item is not resource for field in item.schema.fields)
            fields = list({field.name: field for field in (*others, *resource.schema.fields)}.values())
            refused += [
                found("map-view-unusable", severity=None, field=f"maps.views.{key}", reason=reason, **place)
                for key, reason in choice_faults(choice, fields, withheld_columns(dataset, fields)).items()
            ]
    return refused


def stories_refused(settings: Settings, catalog: Catalog) -> list[Finding]:
    """Return which charts of ``stories`` the home page will not show: of no open dataset, of no declared view."""
    datasets = {dataset.name: dataset for dataset in catalog.datasets}
    refused = []
    for story in settings.portal.stories:
        dataset = datasets.get(story.dataset)
        if dataset is None or not dataset.is_open:
            field, value = "stories.dataset", story.dataset
            reason = LocalText("本目录没有这个公开的数据集", "it is no open dataset of this catalogue")
        elif story.view and story.view not in {view.name for view in dataset.views}:
            field, value = "stories.view", f"{story.dataset}/{story.view}"
            reason = LocalText("这个数据集没有写明这个视图", "the dataset declares no such view")
        else:
            continue
        refused.append(found("story-unusable", file="catalog.yaml", field=field, value=value, reason=reason))
    return refused


def _resource(catalog: Catalog, dataset: str, resource: str) -> tuple[Dataset, Resource] | tuple[None, None]:
    pairs = ((one, item) for one in catalog.datasets if one.name == dataset for item in one.resources)
    return next(((one, item) for one, item in pairs if item.name == resource), (None, None))


def require_publishable_settings(loaded: Loaded) -> None:
    """Raise ConfigurationError where settings hold what must not be published: it would stand on every page."""
    private = [item for item in loaded.report if item.code == "settings-private"]
    if private:
        zh, en = ("\n".join(message_of(item).to(lang) for item in private) for lang in LANGUAGES)
        raise ConfigurationError(f"什么也没有发布：\n{zh}", f"Nothing is published:\n{en}")
