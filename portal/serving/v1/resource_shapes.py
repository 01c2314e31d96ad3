"""JSON of one resource in /api/v1: its files with bytes and SHA-256, its columns with their profile, its keys."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from portal.model.catalog import ResourceKind
from portal.model.table_profile import ColumnProfile
from portal.publishing.publication import PublishedFile, PublishedResource


class FileShape(BaseModel):
    """A file to download."""

    format: str
    url: str
    size_bytes: int
    sha256: str
    media_type: str
    original: bool = Field(description="the publisher's own bytes")


class FieldShape(BaseModel):
    """A column with its declaration (Table Schema) and its profile; the profile is null where nothing was profiled."""

    name: str
    title: str
    type: str
    format: str
    description: str
    constraints: dict[str, Any]
    gaps: int | None
    distinct: int | None = Field(description="null where the values are too many to be counted")
    minimum: str | None
    maximum: str | None


class ForeignKeyShape(BaseModel):
    """Columns that refer to another table; an empty resource means the same one."""

    fields: list[str]
    resource: str
    reference_fields: list[str]


class ResourceShape(BaseModel):
    """A resource with its files; for a table also rows, fields and keys."""

    name: str
    title: str
    description: str
    kind: ResourceKind
    format: str
    url: str | None = Field(description="where the file is, for a link to another site")
    crs: str = Field(description="the coordinate reference system of its coordinates, or nothing")
    rows: int | None
    files: list[FileShape]
    fields: list[FieldShape]
    primary_key: list[str]
    foreign_keys: list[ForeignKeyShape]


def file_shape(file: PublishedFile, base_url: str) -> FileShape:
    """Return a released file."""
    return FileShape(
        format=file.format,
        url=base_url + file.url_path,
        size_bytes=file.size_bytes,
        sha256=file.sha256,
        media_type=file.media_type,
        original=file.is_original,
    )


def resource_shape(item: PublishedResource, lang: str, base_url: str) -> ResourceShape:
    """Return a resource with its files and columns."""
    resource = item.resource
    columns = {column.name: column for column in item.profile.columns} if item.profile else {}
    return ResourceShape(
        name=resource.name,
        title=resource.title.to(lang),
        description=resource.description.to(lang),
        kind=resource.kind,
        format=resource.format,
        url=resource.url or None,
        crs=resource.crs,
        rows=item.profile.rows if item.profile else None,
        files=[file_shape(file, base_url) for file in item.files],
        fields=[
            FieldShape(
                name=field.name,
                title=field.title.to(lang),
                type=field.type,
                format=field.format,
                description=field.description.to(lang),
                constraints=dict(field.constraints),
                **_profile(columns.get(field.name)),
            )
            for field in resource.schema.fields
        ],
        primary_key=list(resource.schema.primary_key),
        foreign_keys=[
            ForeignKeyShape(
                fields=list(key.fields), resource=key.reference_resource, reference_fields=list(key.reference_fields)
            )
            for key in resource.schema.foreign_keys
        ],
    )


def _profile(column: ColumnProfile | None) -> dict[str, Any]:
    if column is None:
        return {"gaps": None, "distinct": None, "minimum": None, "maximum": None}
    return {
        "gaps": column.gaps,
        "distinct": column.distinct,
        "minimum": column.minimum or None,
        "maximum": column.maximum or None,
    }
