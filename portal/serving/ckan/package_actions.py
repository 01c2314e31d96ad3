"""CKAN actions on datasets: package_list, package_show."""

from __future__ import annotations

from portal.publishing.endpoints import LIMIT, OFFSET
from portal.serving.ckan.action_errors import invalid, not_found
from portal.serving.ckan.action_parameters import Parameters, natural
from portal.serving.ckan.shown_datasets import Document, found_dataset, shown
from portal.serving.current_release import OpenRelease


def package_list(release: OpenRelease, parameters: Parameters) -> list[str]:
    """Return the names of all datasets, sorted."""
    limit = natural(parameters, LIMIT.name)
    return release.records.names(natural(parameters, OFFSET.name) or 0, -1 if limit is None else limit)


def package_show(release: OpenRelease, parameters: Parameters) -> Document:
    """Return one dataset with its resources, by its name or its id."""
    key = parameters.get("id") or parameters.get("name_or_id")
    if not key:
        raise invalid(id=["Missing value"])
    published = found_dataset(release, str(key))
    if published is None:
        raise not_found()
    return shown(release, published)
