"""CKAN's JSON of a dataset (package_show): resources, organization, tags, groups; written and parsed.

Datasets are as CKAN's Action API gives them out, so that its clients and harvesters work unchanged. Their parts are
made by `ckan_resources`, `ckan_organizations` and `ckan_extras`.

Source: ckan/logic/action/get.py and ckan/lib/dictization of CKAN 2.10 and 2.11.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from portal.model.addresses import dataset_path
from portal.model.catalog import Dataset, Licence, OpenState, Publisher, Sharing, Theme
from portal.model.terms import THEMES, known_licence
from portal.model.text import LocalText
from portal.publishing.formats.ckan_extras import dump_extras, listed, parse_area, parse_extras
from portal.publishing.formats.ckan_ids import ckan_id
from portal.publishing.formats.ckan_organizations import group, moment, organization, tag, tag_names
from portal.publishing.formats.ckan_resources import dump_resources, parse_resource
from portal.publishing.formats.json_documents import day, mapping, mappings, text
from portal.publishing.publication import PublishedDataset, PublishedResource

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
    return ckan_id("dataset", name)


def dump(published: PublishedDataset, *, base_url: str, first_released: date | None = None) -> dict[str, Any]:
    """Return a dataset as ``package_show`` does; addresses are absolute. Text is in the publisher's language.

    *first_released* is the day of the first release, since which everything is there that states no day of its own.
    """
    dataset = published.dataset
    licence = known_licence(dataset.licences[0].name) if dataset.licences else None
    resources = dump_resources(published, base_url=base_url)
    tags = tag_names(dataset)
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
        "metadata_created": moment(dataset.published or dataset.updated or first_released),
        "metadata_modified": _stamp(published.changed)
        or moment(dataset.updated or dataset.published or first_released),
        "name": dataset.name,
        "notes": dataset.description.zh or dataset.description.en,
        "num_resources": len(resources),
        "num_tags": len(tags),
        "organization": organization(dataset.publisher, first_released),
        "owner_org": ckan_id("publisher", dataset.publisher.id),
        "private": False,
        "state": "active",
        "title": str(dataset.title),
        "type": "dataset",
        "url": base_url + dataset_path(dataset.name),
        "version": dataset.version or None,
        "extras": dump_extras(dataset, tags=tags, base_url=base_url),
        "groups": [group(theme) for theme in dataset.themes],
        "resources": resources,
        "tags": [{**tag(name), "state": "active"} for name in tags],
        "relationships_as_subject": [],
        "relationships_as_object": [],
    }


def parse(document: Mapping[str, Any]) -> PublishedDataset:
    """Return what an answer of ``package_show`` tells, of any portal; its resources lie there, so they are links.

    Whatever is not of the wanted kind is passed over. CKAN has no names of resources (they are numbered), and no
    translations of them or of topics that are not of the common list.
    """
    extras = {text(item.get("key")): text(item.get("value")) for item in mappings(document.get("extras"))}
    stated = parse_extras(extras)
    publisher = mapping(document.get("organization"))
    resources = tuple(
        PublishedResource(parse_resource(item, number))
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
        published=None if stated.is_undated else day(extras.get("issued") or document.get("metadata_created")),
        updated=None if stated.is_timeless else day(extras.get("modified") or document.get("metadata_modified")),
        spatial=parse_area(extras),
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


def _parsed_theme(group: Mapping[str, Any]) -> Theme:
    id_, title = text(group.get("name")), text(group.get("title"))
    return _THEMES.get((id_, title)) or Theme(id_, LocalText(title))


def _parsed_licences(document: Mapping[str, Any]) -> tuple[Licence, ...]:
    known = known_licence(text(document.get("license_id")))
    title, url = text(document.get("license_title")), text(document.get("license_url"))
    if known:
        return (known.as_licence(),)
    return (Licence(title or url, LocalText(title), url),) if title or url else ()


def _stamp(time: datetime | None) -> str | None:
    """Return a time in UTC as CKAN writes it: without its zone."""
    return time.replace(tzinfo=None).isoformat(timespec="microseconds") if time else None
