"""CKAN actions on organizations, which are publishers: organization_list, _show, _autocomplete, _list_for_user."""

from __future__ import annotations

from typing import Any

from portal.publishing.formats.ckan_organizations import whole_organization
from portal.publishing.search.query import SearchQuery
from portal.serving.ckan import group_lists
from portal.serving.ckan.action_parameters import Parameters
from portal.serving.ckan.group_lists import GroupKind
from portal.serving.ckan.shown_datasets import Document, counts
from portal.serving.current_release import OpenRelease


def organization_list(release: OpenRelease, parameters: Parameters) -> list[Any]:
    """Return the names of publishers, or with all_fields all that is told of each, at most 25 at once."""
    return group_lists.list_of(ORGANIZATIONS, release, parameters)


def organization_show(release: OpenRelease, parameters: Parameters) -> Document:
    """Return one publisher by its name or id, with its newest datasets where include_datasets asks for them."""
    return group_lists.show(ORGANIZATIONS, release, parameters)


def organization_autocomplete(release: OpenRelease, parameters: Parameters) -> list[Document]:
    """Return the publishers whose name or title holds the text q."""
    return group_lists.autocomplete(ORGANIZATIONS, release, parameters)


def organization_list_for_user(release: OpenRelease, parameters: Parameters) -> list[Document]:
    """Return the organizations that the asker may edit; nobody may here."""
    return []


def _organizations(release: OpenRelease) -> list[Document]:
    """Return all publishers: the registered ones, and those that only a dataset names."""
    directory, datasets = release.directory, counts(release, "publisher")
    found = {item.id: item for item in directory.publishers}
    for id_ in datasets.keys() - found.keys():
        hits = release.engine.search(SearchQuery(filters={"publisher": (id_,)}, per_page=1))
        found |= {item.dataset.publisher.id: item.dataset.publisher for item in release.records.several(hits.names)}
    return [
        {**whole_organization(item, directory.first_released), "package_count": datasets.get(item.id, 0)}
        for item in found.values()
    ]


ORGANIZATIONS = GroupKind("organization", "organizations", "publisher", "publishers", _organizations)
