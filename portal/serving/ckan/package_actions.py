"""CKAN actions on datasets: package_list, package_show, package_autocomplete, current_package_list_with_resources."""

from __future__ import annotations

from typing import Any

from portal.publishing.search.solr.search_parameters import ROWS, ROWS_MAX
from portal.serving.ckan.action_errors import invalid, not_found
from portal.serving.ckan.action_parameters import Parameters, natural, required
from portal.serving.ckan.package_search import package_search, similar
from portal.serving.ckan.shown_datasets import Document, found_dataset, shown
from portal.serving.current_release import OpenRelease


def package_list(release: OpenRelease, parameters: Parameters) -> list[str]:
    """Return the names of all datasets, sorted."""
    limit, offset = natural(parameters, "limit"), natural(parameters, "offset") or 0
    if release.solr is None:
        return release.records.names(offset, -1 if limit is None else limit)
    return list(release.solr.sorted_names[offset : None if limit is None else offset + limit])


def current_package_list_with_resources(release: OpenRelease, parameters: Parameters) -> list[Document]:
    """Return datasets with their resources, those that changed last first."""
    limit, offset, page = (natural(parameters, name) for name in ("limit", "offset", "page"))
    if page == 0:
        raise invalid(page=["Must be a positive integer"])
    if offset is None:
        offset = (page - 1) * limit if page and limit else 0
    found = package_search(release, {"rows": limit, "start": offset})
    results: list[Document] = found["results"]
    return results


def package_show(release: OpenRelease, parameters: Parameters) -> Document:
    """Return one dataset with its resources, by its name or its id."""
    key = parameters.get("id") or parameters.get("name_or_id")
    if not key:
        raise invalid(id=["Missing value"])
    published = found_dataset(release, str(key))
    if published is None:
        raise not_found()
    return shown(release, published)


def package_autocomplete(release: OpenRelease, parameters: Parameters) -> list[dict[str, Any]]:
    """Return datasets by a part of their name, or by words of their title, whose last may be unfinished."""
    text = required(parameters, "q")
    limit = natural(parameters, "limit")
    found = []
    for item in release.records.several(similar(release, text, min(ROWS if limit is None else limit, ROWS_MAX))):
        name, title = item.dataset.name, str(item.dataset.title)
        is_named = text.lower() in name
        found.append(
            {
                "name": name,
                "title": title,
                "match_field": "name" if is_named else "title",
                "match_displayed": name if is_named else f"{title} ({name})",
            }
        )
    return found
