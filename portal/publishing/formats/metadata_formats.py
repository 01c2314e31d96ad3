"""List of all metadata formats: file name, media type and label (DCAT, CKAN, feed.xml, catalog.csv ...).

Which descriptions of a dataset and of the whole catalogue there are. The names are those of the standards and are the
same in all languages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portal.publishing.publication import PublishedDataset


@dataclass(frozen=True)
class Form:
    """One description: *file* is its name beside the page of the dataset, or at the root of the site."""

    file: str
    media_type: str
    label: str
    is_translated: bool = False
    """Whether English stands in a file of its own below ``/en/``."""


DCAT = (
    Form("index.jsonld", "application/ld+json", "DCAT-AP (JSON-LD)"),
    Form("index.ttl", "text/turtle", "DCAT-AP (Turtle)"),
    Form("index.rdf", "application/rdf+xml", "DCAT-AP (RDF/XML)"),
)
MARKDOWN = Form("index.md", "text/markdown", "Markdown", is_translated=True)
DATA_PACKAGE = Form("datapackage.json", "application/json", "Data Package")
CKAN = Form("ckan.json", "application/json", "CKAN")
CROISSANT = Form("croissant.json", "application/ld+json", "Croissant")
REGISTER_COUNTS = Form("registers.json", "application/json", "JSON")
"""The records of registers by department, linked where the page shows them."""
FEED = Form("feed.xml", "application/atom+xml", "Atom")

CATALOGUE_FORMS = (
    Form("catalog.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
    Form("catalog.csv", "text/csv", "CSV"),
    Form("catalog.json", "application/json", "JSON"),
    Form("catalog.jsonld", "application/ld+json", "DCAT-AP (JSON-LD)"),
    Form("catalog.ttl", "text/turtle", "DCAT-AP (Turtle)"),
    Form("catalog.rdf", "application/rdf+xml", "DCAT-AP (RDF/XML)"),
    Form("data.json", "application/json", "DCAT-US (data.json)"),
    Form("feed.xml", "application/atom+xml", "Atom", is_translated=True),
)
"""What describes the whole catalogue, for people first."""


def dataset_forms(published: PublishedDataset) -> Iterator[Form]:
    """Yield the descriptions that a dataset has: Croissant is about files; what has no files or no date has no feed."""
    yield from (*DCAT, DATA_PACKAGE, CKAN, MARKDOWN)
    if any(item.files for item in published.resources):
        yield CROISSANT
    if published.resources and (published.dataset.updated or published.dataset.published):
        yield FEED
