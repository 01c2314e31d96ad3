"""CKAN actions on groups, which are topics: group_list, group_show, group_autocomplete, group_package_show."""

from __future__ import annotations

from typing import Any

from portal.model.catalog import Theme
from portal.publishing.formats.ckan_organizations import whole_group
from portal.publishing.search.query import SearchQuery
from portal.publishing.search.solr.search_parameters import ROWS_MAX
from portal.serving.ckan import group_lists
from portal.serving.ckan.action_errors import ActionError, invalid
from portal.serving.ckan.action_parameters import Parameters, natural, required
from portal.serving.ckan.group_lists import DATASETS_SHOWN, GroupKind
from portal.serving.ckan.organization_actions import ORGANIZATIONS
from portal.serving.ckan.shown_datasets import Document, counts, newest
from portal.serving.current_release import OpenRelease


def group_list(release: OpenRelease, parameters: Parameters) -> list[Any]:
    """Return the names of topics, or with all_fields all that is told of each, at most 25 at once."""
    return group_lists.list_of(GROUPS, release, parameters)


def group_show(release: OpenRelease, parameters: Parameters) -> Document:
    """Return one topic by its name or id, with its newest datasets where include_datasets asks for them."""
    return group_lists.show(GROUPS, release, parameters)


def group_autocomplete(release: OpenRelease, parameters: Parameters) -> list[Document]:
    """Return the topics whose name or title holds the text q."""
    return group_lists.autocomplete(GROUPS, release, parameters)


def group_package_show(release: OpenRelease, parameters: Parameters) -> list[Document]:
    """Return the datasets of a topic, the newest first: 10, or as many as limit says, at most 1000."""
    key = required(parameters, "id")
    try:
        limit = natural(parameters, "limit")
    except ActionError as error:
        raise invalid(message="Limit must be a positive integer") from error
    try:
        topic = group_lists.one(GROUPS, release, key)
    except ActionError:
        group_lists.one(ORGANIZATIONS, release, key)
        return []
    return newest(release, GROUPS.id_kind, topic["name"], min(limit or DATASETS_SHOWN, ROWS_MAX))[1]


def _groups(release: OpenRelease) -> list[Document]:
    """Return all topics: the registered ones, and those that only a dataset names."""
    directory, datasets = release.directory, counts(release, "theme")
    found = {item.id: item for item in directory.themes}
    for id_ in datasets.keys() - found.keys():
        found[id_] = _named(release, id_)
    return [
        {**whole_group(item, directory.first_released), "package_count": datasets.get(item.id, 0)}
        for item in found.values()
    ]


def _named(release: OpenRelease, theme: str) -> Theme:
    hits = release.engine.search(SearchQuery(filters={"theme": (theme,)}, per_page=1))
    (published,) = release.records.several(hits.names)
    return next(item for item in published.dataset.themes if item.id == theme)


GROUPS = GroupKind("group", "groups", "theme", "themes", _groups)
