"""UUIDs by which CKAN clients know datasets, resources, organizations, groups and tags: made from their names.

The same name has the same UUID in every release and on every machine, so that a harvester finds again what it has.
"""

from __future__ import annotations

from typing import Literal
from uuid import NAMESPACE_URL, uuid5

Kind = Literal["dataset", "resource", "publisher", "theme", "tag"]


def ckan_id(kind: Kind, name: str) -> str:
    """Return the UUID of a thing; a resource is named by its dataset and its file, ``schools/data/schools/x.csv``.

    >>> ckan_id("dataset", "schools")
    '1070da9e-600a-5d3a-b512-a05a16238b58'
    """
    return str(uuid5(NAMESPACE_URL, f"urn:kaifang:{kind}:{name}"))
