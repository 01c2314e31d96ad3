"""JSON of register standards in /api/v1: what each is for, its fields with rules, and in which edition they show."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from portal.model.addresses import api_standard_path, in_language, standard_file_path, standard_path
from portal.model.catalog import EDITIONS
from portal.publishing.site.pages.standard_page import FILES
from portal.standards.register import Standard, StandardField
from portal.standards.table_schema import table_schema


class StandardItem(BaseModel):
    """A register standard in a list."""

    name: str
    title: str
    description: str
    version: str
    area: str = Field(description="one of the eight areas of the national plan")
    datasets: int = Field(description="datasets that follow it here")
    url: str = Field(description="the page for people")
    api: str


class StandardList(BaseModel):
    """The register standards that come with the portal."""

    total: int
    items: list[StandardItem]


class StandardFieldShape(BaseModel):
    """One field of a register."""

    name: str
    title: str
    type: str
    description: str
    constraints: dict[str, Any]
    values: list[str] = Field(description="all that may stand there, as it is written; empty for any")
    source: str = Field(description="where the field comes from; empty for one of the portal's own")
    editions: list[str] = Field(description="the editions that may show it")


class StandardDetail(StandardItem):
    """A register standard with its fields, and as a Table Schema."""

    fields: list[StandardFieldShape]
    primary_key: list[str]
    files: dict[str, str] = Field(description="its addresses as YAML, Table Schema (JSON) and a workbook to fill in")
    table_schema: dict[str, Any]


def standard_item(standard: Standard, datasets: int, lang: str, base_url: str) -> StandardItem:
    """Return a standard as it stands in lists; *datasets* follow it."""
    return StandardItem.model_validate(_item_values(standard, datasets, lang, base_url))


def standard_detail(standard: Standard, datasets: int, lang: str, base_url: str) -> StandardDetail:
    """Return a standard with its fields."""
    return StandardDetail.model_validate(
        {
            **_item_values(standard, datasets, lang, base_url),
            "fields": [_field(item, lang) for item in standard.fields],
            "primary_key": list(standard.primary_key),
            "files": {ending: base_url + standard_file_path(standard.name, ending) for ending in FILES},
            "table_schema": table_schema(standard),
        }
    )


def _item_values(standard: Standard, datasets: int, lang: str, base_url: str) -> dict[str, object]:
    return {
        "name": standard.name,
        "title": standard.title.to(lang),
        "description": standard.description.to(lang),
        "version": standard.version,
        "area": standard.area,
        "datasets": datasets,
        "url": base_url + in_language(lang, standard_path(standard.name)),
        "api": base_url + api_standard_path(standard.name),
    }


def _field(item: StandardField, lang: str) -> StandardFieldShape:
    return StandardFieldShape(
        name=item.name,
        title=item.title.to(lang),
        type=item.type,
        description=item.description.to(lang),
        constraints=dict(item.constraints),
        values=[value.zh for value in item.values],
        source=item.source,
        editions=[edition for edition in EDITIONS if edition in item.editions],
    )
