"""List of all metadata formats: file name, media type and label (DCAT, CKAN, feed.xml, catalog.csv ...).

Which descriptions of a dataset and of the whole catalogue there are. The names are those of the standards and are the
same in all languages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portal.model import addresses
from portal.model.addresses import catalog_file, dcat_file
from portal.model.known_formats import ATOM_MEDIA_TYPE, media_type_of
from portal.publishing.publication import PublishedDataset


@dataclass(frozen=True)
class MetadataFormat:
    """One description: *file* is its name beside the page of the dataset, or at the root of the site."""

    file: str
    media_type: str
    label: str
    is_translated: bool = False
    """Whether English stands in a file of its own below ``/en/``."""


def _at_root(path: str) -> str:
    return path.removeprefix(addresses.HOME)


DCAT = (
    MetadataFormat(dcat_file("jsonld"), media_type_of("jsonld"), "DCAT-AP (JSON-LD)"),
    MetadataFormat(dcat_file("ttl"), media_type_of("ttl"), "DCAT-AP (Turtle)"),
    MetadataFormat(dcat_file("rdf"), media_type_of("rdf"), "DCAT-AP (RDF/XML)"),
)
MARKDOWN = MetadataFormat(addresses.MARKDOWN_TWIN, media_type_of("md"), "Markdown", is_translated=True)
DATA_PACKAGE = MetadataFormat(addresses.DATA_PACKAGE, media_type_of("json"), "Data Package")
ENTRY = MetadataFormat(addresses.ENTRY, media_type_of("json"), "JSON")
"""What a dataset without files has in the place of a Data Package."""
CKAN = MetadataFormat(addresses.CKAN_DATASET, media_type_of("json"), "CKAN")
CROISSANT = MetadataFormat(addresses.CROISSANT, media_type_of("jsonld"), "Croissant")
REGISTER_COUNTS = MetadataFormat(addresses.REGISTER_COUNTS, media_type_of("json"), "JSON")
"""The records of registers by department, linked where the page shows them."""
PROFILE = MetadataFormat(addresses.PROFILE, media_type_of("json"), "JSON")
"""What the columns of the tables hold, linked where the page tells it."""
FEED = MetadataFormat(addresses.FEED, ATOM_MEDIA_TYPE, "Atom")

CATALOGUE_FORMATS = (
    MetadataFormat(_at_root(catalog_file("xlsx")), media_type_of("xlsx"), "XLSX"),
    MetadataFormat(_at_root(catalog_file("csv")), media_type_of("csv"), "CSV"),
    MetadataFormat(_at_root(catalog_file("json")), media_type_of("json"), "JSON"),
    MetadataFormat(_at_root(catalog_file("jsonld")), media_type_of("jsonld"), "DCAT-AP (JSON-LD)"),
    MetadataFormat(_at_root(catalog_file("ttl")), media_type_of("ttl"), "DCAT-AP (Turtle)"),
    MetadataFormat(_at_root(catalog_file("rdf")), media_type_of("rdf"), "DCAT-AP (RDF/XML)"),
    MetadataFormat(_at_root(addresses.DATA_JSON), media_type_of("json"), "DCAT-US (data.json)"),
    MetadataFormat(addresses.FEED, ATOM_MEDIA_TYPE, "Atom", is_translated=True),
)
"""What describes the whole catalogue, for people first."""


def dataset_formats(published: PublishedDataset) -> Iterator[MetadataFormat]:
    """Yield the descriptions that a dataset has: Croissant is about files; what has no files or no date has no feed."""
    yield from (*DCAT, package_format(published), CKAN, MARKDOWN)
    if published.has_files:
        yield CROISSANT
    if published.resources and (published.dataset.updated or published.dataset.published):
        yield FEED


def package_format(published: PublishedDataset) -> MetadataFormat:
    """Return how a dataset is told with all of its columns: as a Data Package, as an entry where it has no files."""
    return DATA_PACKAGE if published.has_files else ENTRY
