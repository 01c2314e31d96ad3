"""CKAN's JSON of a dataset (package_show): resources, organization, tags, groups; written and parsed.

Datasets are as CKAN's Action API gives them out, so that its clients and harvesters work unchanged.

Source: ckan/logic/action/get.py and ckan/lib/dictization of CKAN 2.10 and 2.11.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from portal.model.addresses import dataset_path
from portal.model.catalog import Dataset, Licence, OpenState, Publisher, Resource, Sharing, Theme
from portal.model.known_formats import UNKNOWN_MEDIA_TYPE
from portal.model.terms import THEMES, known_licence
from portal.model.text import LocalText
from portal.publishing.formats.ckan_extras import dump_extras, listed, parse_extras
from portal.publishing.formats.json_documents import day, mapping, mappings, text
from portal.publishing.publication import PublishedDataset, PublishedFile, PublishedResource

CKAN_VERSION = "2.11.5"
"""The version of CKAN whose answers these are."""

_THEMES = {(theme.id, theme.title.zh): theme for theme in THEMES}
_OPEN_STATES: dict[str, OpenState] = {
    "open": "open",
    "conditional": "conditional",
    "planned": "planned",
    "closed": "closed",
}


def dataset_id(name: str) -> str:
    """Return the UUID of a dataset, the same in every release."""
    return _uuid("dataset", name)


def resource_id(dataset: str, key: str) -> str:
    """Return the id of a resource: *key* is the path of its file, or the name of a link."""
    return _uuid("resource", f"{dataset}/{key}")


def dump(published: PublishedDataset, *, base_url: str) -> dict[str, Any]:
    """Return a dataset as ``package_show`` does; addresses are absolute. Text is in the publisher's language."""
    dataset = published.dataset
    licence = known_licence(dataset.licences[0].name) if dataset.licences else None
    resources = [
        resource for item in published.resources for resource in _resources(item, dataset=dataset, base_url=base_url)
    ]
    tags = _tags(dataset)
    return {
        "author": None,
        "author_email": None,
        "creator_user_id": None,
        "id": dataset_id(dataset.name),
        "isopen": bool(licence and licence.is_open and dataset.is_open),
        "license_id": licence.ckan_id if licence else "notspecified",
        "license_title": (dataset.licences[0].title.zh if dataset.licences else None),
        **({"license_url": dataset.licences[0].url} if dataset.licences and dataset.licences[0].url else {}),
        "maintainer": None,
        "maintainer_email": None,
        "metadata_created": _time(dataset.published or dataset.updated),
        "metadata_modified": _time(dataset.updated),
        "name": dataset.name,
        "notes": dataset.description.zh or dataset.description.en,
        "num_resources": len(resources),
        "num_tags": len(tags),
        "organization": organization(dataset.publisher),
        "owner_org": _uuid("publisher", dataset.publisher.id),
        "private": False,
        "state": "active",
        "title": str(dataset.title),
        "type": "dataset",
        "url": base_url + dataset_path(dataset.name),
        "version": dataset.version or None,
        "extras": dump_extras(dataset, tags=[tag["name"] for tag in tags]),
        "groups": [_group(theme) for theme in dataset.themes],
        "resources": [{**resource, "position": position} for position, resource in enumerate(resources)],
        "tags": tags,
        "relationships_as_subject": [],
        "relationships_as_object": [],
    }


def organization(publisher: Publisher) -> dict[str, Any]:
    """Return a publisher as the organization of a dataset."""
    return {
        "id": _uuid("publisher", publisher.id),
        "name": publisher.id,
        "title": str(publisher.title),
        "type": "organization",
        "description": str(publisher.description),
        "image_url": "",
        "created": None,
        "is_organization": True,
        "approval_status": "approved",
        "state": "active",
    }


def _group(theme: Theme) -> dict[str, Any]:
    return {
        "description": "",
        "display_name": str(theme.title),
        "id": _uuid("theme", theme.id),
        "image_display_url": "",
        "name": theme.id,
        "title": str(theme.title),
    }


def _resources(item: PublishedResource, *, dataset: Dataset, base_url: str) -> list[dict[str, Any]]:
    if item.resource.kind == "link":
        return [_resource(item, dataset, key=item.resource.name, url=item.resource.url, file=None)]
    return [_resource(item, dataset, key=file.path, url=f"{base_url}{file.url_path}", file=file) for file in item.files]


def _resource(
    item: PublishedResource, dataset: Dataset, *, key: str, url: str, file: PublishedFile | None
) -> dict[str, Any]:
    return {
        "cache_last_updated": None,
        "cache_url": None,
        "created": _time(dataset.published or dataset.updated),
        "datastore_active": False,
        "description": str(item.resource.description),
        "format": (file.format if file else item.resource.format).upper(),
        "hash": f"sha256:{file.sha256}" if file else "",
        "id": resource_id(dataset.name, key),
        "last_modified": _time(dataset.updated),
        "metadata_modified": _time(dataset.updated),
        "mimetype": file.media_type.split(";")[0] if file else item.resource.media_type,
        "mimetype_inner": None,
        "name": str(item.resource.title),
        "package_id": dataset_id(dataset.name),
        "resource_type": None,
        "size": file.size_bytes if file else None,
        "state": "active",
        "url": url,
        "url_type": None,
    }


def _tags(dataset: Dataset) -> list[dict[str, Any]]:
    """Return keywords as tags: 2 to 100 characters, without what CKAN forbids in them."""
    names = (re.sub(r"[^\w .-]+", " ", str(word)).strip()[:100] for word in dataset.keywords)
    return [
        {"display_name": name, "id": _uuid("tag", name), "name": name, "state": "active", "vocabulary_id": None}
        for name in dict.fromkeys(names)
        if len(name) >= 2
    ]


def parse(document: Mapping[str, Any]) -> PublishedDataset:
    """Return what an answer of ``package_show`` tells, of any portal; its resources lie there, so they are links.

    Whatever is not of the wanted kind is passed over. CKAN has no names of resources (they are numbered), and no
    translations of them or of topics that are not of the common list.
    """
    extras = {text(item.get("key")): text(item.get("value")) for item in mappings(document.get("extras"))}
    stated = parse_extras(extras)
    publisher = mapping(document.get("organization"))
    resources = tuple(
        PublishedResource(_parsed_resource(item, number))
        for number, item in enumerate(mappings(document.get("resources")), start=1)
    )
    dataset = Dataset(
        name=text(document.get("name")),
        title=LocalText(text(document.get("title")), extras.get("title_en", "")),
        folder="",
        descriptor_file="",
        publisher=Publisher(
            id=text(publisher.get("name")),
            title=LocalText(text(publisher.get("title")), extras.get("publisher_title_en", "")),
            uscc=extras.get("publisher_code", ""),
            description=LocalText(text(publisher.get("description"))),
        ),
        description=stated.description(text(document.get("notes"))),
        keywords=stated.keywords or tuple(LocalText(text(tag.get("name"))) for tag in mappings(document.get("tags"))),
        licences=stated.licences or _parsed_licences(document),
        themes=tuple(_parsed_theme(group) for group in mappings(document.get("groups"))),
        areas=listed(extras.get("key_areas", "")),
        sharing=Sharing(
            type=extras.get("sharing_type") or "unconditional",
            condition=extras.get("sharing_condition", ""),
            basis=extras.get("sharing_basis", ""),
            method=extras.get("sharing_method", ""),
        ),
        open_state=_OPEN_STATES.get(extras.get("open_state", "open"), "closed"),
        open_condition=extras.get("open_condition", ""),
        planned_on=day(extras.get("planned_on")),
        code=extras.get("resource_code", ""),
        update_cycle=extras.get("update_cycle", ""),
        granularity=extras.get("granularity", ""),
        published=None if stated.is_undated else day(document.get("metadata_created")),
        updated=day(document.get("metadata_modified")),
        spatial=extras.get("spatial", ""),
        temporal=extras.get("temporal", ""),
        version=text(document.get("version")),
        homepage=extras.get("homepage", ""),
        is_demonstration=extras.get("demonstration") == "true",
        superseded_by=extras.get("superseded_by", ""),
        former_names=listed(extras.get("former_names", "")),
        derived_from=listed(extras.get("derived_from", "")),
        guide=stated.guide,
        origins=stated.origins,
        resources=tuple(item.resource for item in resources),
    )
    return PublishedDataset(dataset, resources)


def _parsed_resource(entry: Mapping[str, Any], number: int) -> Resource:
    return Resource(
        name=f"resource-{number}",
        title=LocalText(text(entry.get("name"))),
        kind="link",
        format=text(entry.get("format")).lower(),
        media_type=text(entry.get("mimetype")) or UNKNOWN_MEDIA_TYPE,
        description=LocalText(text(entry.get("description"))),
        url=text(entry.get("url")),
    )


def _parsed_theme(group: Mapping[str, Any]) -> Theme:
    id_, title = text(group.get("name")), text(group.get("title"))
    return _THEMES.get((id_, title)) or Theme(id_, LocalText(title))


def _parsed_licences(document: Mapping[str, Any]) -> tuple[Licence, ...]:
    known = known_licence(text(document.get("license_id")))
    title, url = text(document.get("license_title")), text(document.get("license_url"))
    if known:
        return (known.as_licence(),)
    return (Licence(title or url, LocalText(title), url),) if title or url else ()


def _time(day: date | None) -> str | None:
    return f"{day.isoformat()}T00:00:00.000000" if day else None


def _uuid(kind: str, name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"urn:kaifang:{kind}:{name}"))
