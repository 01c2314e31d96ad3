"""Datasets as the CKAN API shows them: with the address it was asked at, one by its name or id, a page of a search."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from portal.publishing.formats import ckan as ckan_format
from portal.publishing.publication import PublishedDataset
from portal.publishing.search.query import SearchQuery
from portal.serving.current_release import OpenRelease
from portal.serving.this_request import public_address

Document = dict[str, Any]


def shown(release: OpenRelease, published: PublishedDataset) -> Document:
    """Return a dataset as ``package_show`` does."""
    address = public_address(release)
    return ckan_format.dump(published, base_url=address, first_released=release.directory.first_released)


def all_shown(release: OpenRelease, names: Iterable[str]) -> list[Document]:
    """Return the datasets of these names in their order, as `shown` shows each."""
    if release.solr:
        return release.solr.records(names, public_address(release))
    return [shown(release, item) for item in release.records.several(names)]


def found_dataset(release: OpenRelease, key: str) -> PublishedDataset | None:
    """Return a dataset by its name, a name it had before, or its id; None where there is none."""
    name = release.moved.get(("datasets", key), key)
    return release.records.get(name) or release.records.by_ckan_id(name)


def newest(release: OpenRelease, facet: str, value: str, count: int) -> tuple[int, list[Document]]:
    """Return how many datasets have a value, and the *count* newest of them."""
    hits = release.engine.search(SearchQuery(filters={facet: (value,)}, sort="updated", per_page=count))
    return hits.total, all_shown(release, hits.names)


def counts(release: OpenRelease, facet: str) -> dict[str, int]:
    """Return how many datasets have each value of a facet."""
    return dict(release.engine.search(SearchQuery(per_page=0)).facets[facet])
