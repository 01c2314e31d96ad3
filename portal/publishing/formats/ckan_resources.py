"""CKAN resources of a dataset: each released file and link with its name, format, size, hash; in the order people want.

A table is there in several formats, so a name says which one it is, and which is the publisher's original. Of one
table the CSV in UTF-8 comes first, for programs take the first resource they can read; the original comes last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from portal.model.catalog import Dataset, Resource
from portal.model.known_formats import DOWNLOAD_ORDER, UNKNOWN_MEDIA_TYPE, WORKBOOK_FORMATS, spelled
from portal.model.text import LocalText
from portal.publishing.formats.ckan_ids import ckan_id
from portal.publishing.formats.ckan_organizations import moment
from portal.publishing.formats.json_documents import text
from portal.publishing.publication import PublishedDataset, PublishedFile, PublishedResource

_ORIGINALS_PLACE = len(DOWNLOAD_ORDER)
"""Behind everything that the portal made."""
_SIZE_NOT_TOLD = WORKBOOK_FORMATS | {"parquet"}
"""Frictionless counts no bytes of these where they lie elsewhere, and calls a file damaged whose `size` is told."""


@dataclass(frozen=True, slots=True)
class Named:
    """A resource of CKAN to be: *file* is None for a link, *key* is what its id comes from."""

    item: PublishedResource
    file: PublishedFile | None
    key: str
    name: str


def resource_id(dataset: str, key: str) -> str:
    """Return the UUID of a resource: of a file by its path in the site, of a link by its name."""
    return ckan_id("resource", f"{dataset}/{key}")


def dump_resources(published: PublishedDataset, *, base_url: str) -> list[dict[str, Any]]:
    """Return all resources in their order; addresses are absolute."""
    return [
        {**_resource(named, published.dataset, base_url), "position": position}
        for position, named in enumerate(named_resources(published))
    ]


def named_resources(published: PublishedDataset) -> list[Named]:
    """Return the resources to be in their order, no two of one name."""
    return list(_told_apart(named for item in published.resources for named in _of(item)))


def is_in_datastore(item: PublishedResource, file: PublishedFile | None) -> bool:
    """Whether the rows of a resource can be asked for (``datastore_active``): of a table, as its CSV in UTF-8.

    The other formats of that table hold the same rows and are files alone.
    """
    has_rows = bool(item.table_schema.get("fields"))
    return has_rows and file is not None and file.format == "csv" and not file.is_original


def parse_resource(entry: Mapping[str, Any], number: int) -> Resource:
    """Return a resource of any portal, which lies there, so that it is a link; CKAN has numbers and no names for it."""
    return Resource(
        name=f"resource-{number}",
        title=LocalText(text(entry["title"] if "title" in entry else entry.get("name"))),
        kind="link",
        format=text(entry.get("format")).lower(),
        media_type=text(entry.get("mimetype")) or UNKNOWN_MEDIA_TYPE,
        description=LocalText(text(entry.get("description"))),
        url=text(entry.get("url")),
    )


def _of(item: PublishedResource) -> Iterator[Named]:
    title = str(item.resource.title) or item.resource.name
    if item.resource.kind == "link":
        yield Named(item, None, item.resource.name, title)
    for file in sorted(item.files, key=_place):
        yield Named(item, file, file.path, f"{title}（{_told(item.resource, file)}）")


def _place(file: PublishedFile) -> int:
    """Return where a file stands among those of its table: before CSV nothing, then as people are offered them."""
    if file.is_original:
        return _ORIGINALS_PLACE
    return -1 if file.format == "csv" else DOWNLOAD_ORDER.get(file.format, _ORIGINALS_PLACE)


def _told(resource: Resource, file: PublishedFile) -> str:
    """Return in words which form of a resource a file is."""
    if file.is_original:
        return f"原始文件，{PurePosixPath(file.path).name}"
    told = spelled(file.format)
    return f"{told}，UTF-8" if file.format == "csv" else told


def _told_apart(resources: Iterable[Named]) -> Iterator[Named]:
    """Yield the resources with a number behind a name that another one has already."""
    seen: set[str] = set()
    for named in resources:
        name, number = named.name, 1
        while name in seen:
            number += 1
            name = f"{named.name}（{number}）"
        seen.add(name)
        yield replace(named, name=name)


def _resource(named: Named, dataset: Dataset, base_url: str) -> dict[str, Any]:
    resource, file = named.item.resource, named.file
    title = str(resource.title)
    return {
        "cache_last_updated": None,
        "cache_url": None,
        "created": moment(dataset.published or dataset.updated),
        "datastore_active": is_in_datastore(named.item, file),
        "description": str(resource.description),
        "format": spelled(file.format if file else resource.format),
        "hash": f"sha256:{file.sha256}" if file else "",
        "id": resource_id(dataset.name, named.key),
        "last_modified": moment(dataset.updated),
        "metadata_modified": moment(dataset.updated),
        "mimetype": file.media_type.split(";")[0] if file else resource.media_type,
        "mimetype_inner": None,
        "name": named.name,
        "package_id": ckan_id("dataset", dataset.name),
        "resource_type": None,
        "size": file.size_bytes if file and file.format not in _SIZE_NOT_TOLD else None,
        "state": "active",
        **({"title": title} if named.name != title else {}),
        "url": f"{base_url}{file.url_path}" if file else resource.url,
        "url_type": None,
    }
