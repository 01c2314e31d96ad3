"""JSON of datasets in /api/v1, field by field (pydantic): in a list, and one with all that is known.

The OpenAPI document is made from these shapes.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from portal.model.addresses import dataset_path, in_language
from portal.model.catalog import Dataset, OpenState
from portal.model.guide import DataFormat, format_of_files
from portal.model.quality import Band, FreshnessState, Quality
from portal.model.use import Use
from portal.publishing.publication import PublishedDataset, PublishedResource
from portal.serving.v1.resource_shapes import FileShape, ResourceShape, file_shape, resource_shape
from portal.serving.v1.reuse_shapes import (
    CitationShape,
    ContactShape,
    DescriptionShape,
    citation_shape,
    contact_of,
    descriptions_of,
)


class Named(BaseModel):
    """Something with an id and what it is called."""

    id: str
    title: str


class LicenceShape(BaseModel):
    """Terms of use."""

    name: str
    title: str
    url: str


class QualityShape(BaseModel):
    """How well a dataset is described, and whether it is kept up to date."""

    points: int | None = Field(description="null for an entry without files, which has no score")
    points_max: int | None
    band: Band | None
    stars: int = Field(description="of five; 0 without a licence known to be open")
    freshness: FreshnessState
    due: date | None = Field(description="until when the next update is promised")


class DatasetItem(BaseModel):
    """A dataset in a list."""

    name: str
    title: str
    description: str
    publisher: Named
    themes: list[Named]
    formats: list[str]
    license: LicenceShape | None
    sharing: str = Field(description="unconditional, conditional or none")
    open: OpenState = Field(description="open: the files are here; else only the entry is")
    updated: date | None
    quality: QualityShape | None
    demonstration: bool = Field(description="whether the data are made up")
    url: str = Field(description="the page for people")


class FacetCount(BaseModel):
    """A value of a filter, and how many datasets have it under the other filters."""

    value: str
    label: str
    count: int


class SharingShape(BaseModel):
    """How departments get the resource (共享属性)."""

    type: str
    condition: str
    basis: str
    method: str


class CategoryShape(BaseModel):
    """Where the resource stands in the catalogue of the national guide (信息资源分类), as far as stated."""

    code: str = Field(description="the code of the category (前段码)")
    class_id: str = Field(description="base, theme or department (类)")
    item: str = Field(description="two digits (项)")
    directory: str = Field(description="three digits (目)")
    subdirectory: str = Field(description="细目")


class DataFormatShape(BaseModel):
    """How the resource is kept at the provider (信息资源格式), not what is to be downloaded."""

    class_id: str
    type: str
    other: str


class ItemShape(BaseModel):
    """One information item (信息项)."""

    name: str
    name_en: str
    data_type: str = Field(description="a letter of the guide, e.g. C for text, or what else was stated")
    length: int | None = Field(description="in bytes, null where it is not stated")


class SourceShape(BaseModel):
    """Where the data come from."""

    title: str
    url: str


class UsePeriodShape(BaseModel):
    """How often people and their programs used a dataset between two days, both included; robots are left out."""

    since: date
    until: date
    views: int
    downloads: int
    api: int


class UseShape(BaseModel):
    """How often a dataset was used in the last days that were counted."""

    last_30_days: UsePeriodShape
    last_12_months: UsePeriodShape


class DatasetDetail(DatasetItem):
    """Everything the catalogue says about one dataset."""

    keywords: list[str]
    licenses: list[LicenceShape]
    sharing_details: SharingShape
    open_condition: str
    planned_on: date | None
    code: str
    related_codes: list[str]
    category: CategoryShape
    data_format: DataFormatShape = Field(description="as stated; else what the files are")
    items: list[ItemShape] = Field(description="as stated; else the columns of the tables")
    update_cycle: str
    granularity: str
    published: date | None
    areas: list[str]
    spatial: str
    temporal: str
    version: str
    homepage: str
    superseded_by: str = Field(description="the name of the dataset that takes its place, or nothing")
    changed: datetime | None = Field(description="when its record changed here last")
    former_names: list[str] = Field(description="names it had before; their addresses lead to it")
    derived_from: list[str] = Field(description="names of the datasets it was made from")
    sources: list[SourceShape]
    contact: ContactShape
    citation: CitationShape
    descriptions: list[DescriptionShape]
    package: FileShape | None = Field(description="all of its files in one archive")
    use: UseShape | None = Field(description="null where nobody counts")
    resources: list[ResourceShape]


def dataset_item(published: PublishedDataset, lang: str, base_url: str) -> DatasetItem:
    """Return a dataset as it stands in lists."""
    return DatasetItem(**item_values(published, lang, base_url))


def item_values(published: PublishedDataset, lang: str, base_url: str) -> dict[str, Any]:
    """Return the fields of `DatasetItem`, by their names."""
    dataset = published.dataset
    licences = _licences(dataset, lang)
    return {
        "name": dataset.name,
        "title": dataset.title.to(lang),
        "description": dataset.description.to(lang),
        "publisher": Named(id=dataset.publisher.id, title=dataset.publisher.title.to(lang)),
        "themes": [Named(id=theme.id, title=theme.title.to(lang)) for theme in dataset.themes],
        "formats": list(published.formats),
        "license": licences[0] if licences else None,
        "sharing": dataset.sharing.type,
        "open": dataset.open_state,
        "updated": dataset.updated,
        "quality": _quality(published.quality),
        "demonstration": dataset.is_demonstration,
        "url": base_url + in_language(lang, dataset_path(dataset.name)),
    }


def dataset_detail(
    published: PublishedDataset, lang: str, base_url: str, *, portal_title: str, today: date
) -> DatasetDetail:
    """Return a dataset with everything that is known of it; it is cited as of *today*, from *portal_title*."""
    dataset, guide = published.dataset, published.dataset.guide
    data_format = guide.data_format
    if data_format == DataFormat():
        data_format = format_of_files(item.format for item in dataset.resources)
    shown = published.resources or tuple(PublishedResource(item) for item in dataset.resources)
    return DatasetDetail(
        **item_values(published, lang, base_url),
        keywords=[word.to(lang) for word in dataset.keywords],
        licenses=_licences(dataset, lang),
        sharing_details=SharingShape(
            type=dataset.sharing.type,
            condition=dataset.sharing.condition,
            basis=dataset.sharing.basis,
            method=dataset.sharing.method,
        ),
        open_condition=dataset.open_condition,
        planned_on=dataset.planned_on,
        code=dataset.code,
        related_codes=list(guide.related_codes),
        category=CategoryShape(
            code=guide.category.code,
            class_id=guide.category.class_id,
            item=guide.category.item,
            directory=guide.category.directory,
            subdirectory=guide.category.subdirectory,
        ),
        data_format=DataFormatShape(class_id=data_format.class_id, type=data_format.type, other=data_format.other),
        items=[
            ItemShape(name=item.name, name_en=item.name_en, data_type=item.data_type, length=item.length)
            for item in guide.items
        ],
        update_cycle=dataset.update_cycle,
        granularity=dataset.granularity,
        published=dataset.published,
        areas=list(dataset.areas),
        spatial=dataset.spatial,
        temporal=dataset.temporal,
        version=dataset.version,
        homepage=dataset.homepage,
        superseded_by=dataset.superseded_by,
        changed=published.changed,
        former_names=list(dataset.former_names),
        derived_from=list(dataset.derived_from),
        sources=[SourceShape(title=origin.title, url=origin.url) for origin in dataset.origins],
        contact=contact_of(dataset.publisher, lang),
        citation=citation_shape(dataset, lang, portal_title, base_url, today),
        descriptions=descriptions_of(published, lang, base_url),
        package=file_shape(published.package, base_url) if published.package else None,
        use=_use(published.use),
        resources=[resource_shape(item, lang, base_url) for item in shown],
    )


def _use(use: Use | None) -> UseShape | None:
    if use is None:
        return None
    month, year = (UsePeriodShape(**asdict(period)) for period in (use.month, use.year))
    return UseShape(last_30_days=month, last_12_months=year)


def _quality(quality: Quality | None) -> QualityShape | None:
    if quality is None:
        return None
    score = quality.score
    return QualityShape(
        points=score.points if score else None,
        points_max=score.points_max if score else None,
        band=score.band if score else None,
        stars=quality.stars,
        freshness=quality.freshness.state,
        due=quality.freshness.due,
    )


def _licences(dataset: Dataset, lang: str) -> list[LicenceShape]:
    return [LicenceShape(name=item.name, title=item.title.to(lang), url=item.url) for item in dataset.licences]
