"""JSON of publishers and topics in /api/v1: who provides the data and what they are about, with what each comes to."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field

from portal.model.addresses import (
    API_DATASETS,
    api_publisher_path,
    in_language,
    publisher_path,
    theme_path,
    with_query,
)
from portal.model.catalog import Publisher, Theme
from portal.model.portal import Directory
from portal.publishing.catalogue_counts import Holding
from portal.serving.v1.shapes import Named


class HoldingShape(BaseModel):
    """What some datasets come to. Of what is not open only the entry counts: it has no files, rows or bytes."""

    datasets: int
    given_out: int = Field(description="datasets with files to download")
    files: int
    rows: int
    size_bytes: int
    overdue: int = Field(description="datasets that are later than they promised")
    points: float | None = Field(description="points of the metadata on average, null where no dataset has a score")
    updated: date | None = Field(description="the last day on which one of the datasets was brought up to date")


class PublisherItem(HoldingShape, Named):
    """A department or public enterprise that provides data, in a list."""

    kind: str
    level: str
    url: str = Field(description="the page for people")
    api: str = Field(description="all that is known of it")
    datasets_api: str = Field(description="its datasets")


class PublisherList(BaseModel):
    """Everybody who provides data, in the order of the portal's own list."""

    total: int
    items: list[PublisherItem]


class PublisherDetail(PublisherItem):
    """Everything the portal says of one publisher."""

    description: str
    uscc: str = Field(description="unified social credit code (统一社会信用代码)")
    unit: str = Field(description="the unit in charge")
    phone: str
    responsible: str = Field(description="the post that answers for it (第一责任人)")
    valid_from: date | None
    parent: Named | None = Field(description="the department above it")
    successor: Named | None = Field(description="the department that took over its duties")
    former_names: list[str]
    former_ids: list[str]


class ThemeItem(HoldingShape, Named):
    """What data are about, in a list."""

    url: str | None = Field(description="the page for people, null where there is no dataset")
    datasets_api: str


class ThemeList(BaseModel):
    """The topics of the portal, in their order; those without a dataset too."""

    total: int
    items: list[ThemeItem]


def holding_values(holding: Holding) -> dict[str, object]:
    """Return the values of a `HoldingShape`."""
    return {
        "datasets": holding.datasets,
        "given_out": holding.given_out,
        "files": holding.files,
        "rows": holding.rows,
        "size_bytes": holding.size_bytes,
        "overdue": holding.overdue,
        "points": holding.mean,
        "updated": holding.updated,
    }


def publisher_item(publisher: Publisher, holding: Holding, lang: str, base_url: str) -> PublisherItem:
    """Return a publisher as it stands in lists."""
    return PublisherItem.model_validate(_item_values(publisher, holding, lang, base_url))


def publisher_detail(
    publisher: Publisher, holding: Holding, directory: Directory, lang: str, base_url: str
) -> PublisherDetail:
    """Return a publisher with all that its page says; others are named by the portal's *directory*."""
    titles = {item.id: item.title for item in directory.publishers}

    def named(id_: str) -> Named | None:
        return Named(id=id_, title=titles[id_].to(lang)) if id_ in titles else None

    return PublisherDetail.model_validate(
        {
            **_item_values(publisher, holding, lang, base_url),
            "description": publisher.description.to(lang),
            "uscc": publisher.uscc,
            "unit": publisher.unit,
            "phone": publisher.phone,
            "responsible": publisher.responsible,
            "valid_from": publisher.valid_from,
            "parent": named(publisher.parent),
            "successor": named(publisher.successor),
            "former_names": list(publisher.former_names),
            "former_ids": list(publisher.former_ids),
        }
    )


def theme_item(theme: Theme, holding: Holding, lang: str, base_url: str) -> ThemeItem:
    """Return a topic as it stands in lists."""
    return ThemeItem.model_validate(
        {
            "id": theme.id,
            "title": theme.title.to(lang),
            "url": base_url + in_language(lang, theme_path(theme.id)) if holding.datasets else None,
            "datasets_api": base_url + with_query(API_DATASETS, [("theme", theme.id)]),
            **holding_values(holding),
        }
    )


def _item_values(publisher: Publisher, holding: Holding, lang: str, base_url: str) -> dict[str, object]:
    return {
        "id": publisher.id,
        "title": publisher.title.to(lang),
        "kind": publisher.kind,
        "level": publisher.level,
        "url": base_url + in_language(lang, publisher_path(publisher.id)),
        "api": base_url + api_publisher_path(publisher.id),
        "datasets_api": base_url + with_query(API_DATASETS, [("publisher", publisher.id)]),
        **holding_values(holding),
    }
