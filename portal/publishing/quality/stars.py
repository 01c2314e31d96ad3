"""The five stars of open data (Tim Berners-Lee), by licence and format of files.

An open licence, structure, a free format, web addresses, links. A file has up to three by its format, RDF four. A table
has the fourth where each row is named by a web address. The fifth needs links to what others describe, which
`portal.publishing.quality.linked_data` finds.
"""

from __future__ import annotations

from portal.model.catalog import Licence
from portal.model.known_formats import BY_NAME
from portal.model.terms import known_licence
from portal.publishing.publication import PublishedDataset, PublishedResource
from portal.publishing.quality.linked_data import names_others, names_rows


def stars_of_format(format_: str) -> int:
    """Return the stars that a file of this format can have under an open licence, 1 to 4.

    >>> stars_of_format("pdf"), stars_of_format("xlsx"), stars_of_format("csv"), stars_of_format("ttl")
    (1, 2, 3, 4)
    """
    return BY_NAME[format_].stars if format_ in BY_NAME else 1


def stars_of_resource(published: PublishedResource, licences: tuple[Licence, ...]) -> int:
    """Return the stars of the best form in which a resource is offered; none without a licence known to be open."""
    if not _is_open(licences):
        return 0
    by_format = max((stars_of_format(file.format) for file in published.files), default=0)
    if by_format == 4:
        return 5 if published.links_to_others else 4
    if by_format == 3 and names_rows(published.table_schema):
        return 5 if names_others(published.table_schema) else 4
    return by_format


def stars_of_dataset(published: PublishedDataset) -> int:
    """Return the stars of the best form in which anything of a dataset is offered, links included.

    0 means that there is nothing, or no licence known to be open.
    """
    licences = published.dataset.licences
    links = [item.resource for item in published.resources if item.resource.kind == "link"]
    files = max((stars_of_resource(item, licences) for item in published.resources), default=0)
    return max([files, *(stars_of_format(item.format) for item in links if _is_open(licences))])


def _is_open(licences: tuple[Licence, ...]) -> bool:
    return any(item is not None and item.is_open for item in (known_licence(licence.name) for licence in licences))
