"""CKAN actions on resources, which are files and links: resource_show, resource_search, resource_view_list."""

from __future__ import annotations

from portal.publishing.search.ckan_tables import SEARCHABLE
from portal.serving.ckan.action_errors import invalid, not_found
from portal.serving.ckan.action_parameters import Parameters, natural, required, words
from portal.serving.ckan.shown_datasets import Document, shown
from portal.serving.current_release import OpenRelease
from portal.serving.this_request import public_address

RESOURCES_MAX = 1000
"""Resources in one answer of ``resource_search``; CKAN has no bound."""
TERMS_MAX = 20
"""Terms of one ``resource_search``."""


def resource_show(release: OpenRelease, parameters: Parameters) -> Document:
    """Return one resource by its id."""
    found = found_resource(release, required(parameters, "id"))
    if found is None:
        raise not_found()
    return found[1]


def resource_view_list(release: OpenRelease, parameters: Parameters) -> list[Document]:
    """Return the views of a resource; there are none, for the pages of the portal show tables themselves."""
    if not release.records.ckan.dataset_of(required(parameters, "id")):
        raise not_found()
    return []


def resource_search(release: OpenRelease, parameters: Parameters) -> Document:
    """Return how many resources have all terms, written as field:text, and a page of them, at most 1000."""
    offset, limit = natural(parameters, "offset"), natural(parameters, "limit")
    count, page = release.records.ckan.resources(
        _terms(parameters),
        base_url=public_address(release),
        order=words(parameters, "order_by"),
        offset=offset or 0,
        limit=RESOURCES_MAX if limit is None else min(limit, RESOURCES_MAX),
    )
    documents = {
        item.dataset.name: {resource["id"]: resource for resource in shown(release, item)["resources"]}
        for item in release.records.several(dict.fromkeys(name for name, _ in page))
    }
    return {"count": count, "results": [documents[name][id_] for name, id_ in page]}


def found_resource(release: OpenRelease, key: str) -> tuple[Document, Document] | None:
    """Return the dataset that has the resource of this id, and the resource; None where there is none."""
    name = release.records.ckan.dataset_of(key)
    published = release.records.get(name) if name else None
    if published is None:
        return None
    dataset = shown(release, published)
    return dataset, next(item for item in dataset["resources"] if item["id"] == key)


def _terms(parameters: Parameters) -> list[tuple[str, str]]:
    """Return fields with what must stand in them. Raises ActionError, with CKAN's words, for what cannot be asked."""
    value = parameters.get("query")
    if value is None:
        raise invalid(query="Missing value")
    pairs = [str(item).partition(":") for item in (value if isinstance(value, list) else [value])]
    if not all(colon for _, colon, _ in pairs):
        raise invalid(query="Must be <field>:<value> pair(s)")
    terms = {field: text for field, _, text in pairs}
    for field in terms:
        if field not in SEARCHABLE:
            raise invalid(query=f'Field "{field}" not recognised in resource_search.')
    if len(terms) > TERMS_MAX:
        raise invalid(query=f"At most {TERMS_MAX} pairs")
    return list(terms.items())
