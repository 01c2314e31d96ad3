"""Published datasets for tests of quality, made from a few keywords."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from portal.model.catalog import Dataset, Licence, Publisher, Resource, Schema, Theme
from portal.model.table_profile import TableProfile
from portal.model.text import LocalText
from portal.publishing.publication import PublishedDataset, PublishedFile, PublishedResource
from portal.publishing.quality.link_answers import LinkAnswers
from portal.publishing.quality.metadata_score import Basis
from portal.publishing.quality.weights import default_weights

TODAY = date(2026, 6, 1)
BASE_URL = "https://data.example.cn"
NO_ANSWERS = LinkAnswers()
NO_SCHEMA = Schema()

WHOLE = Dataset(
    name="stops",
    title=LocalText("公交站点", "Bus stops"),
    folder="transport/stops",
    descriptor_file="transport/stops/datapackage.yaml",
    publisher=Publisher("transport", LocalText("交通局", "Transport bureau"), unit="信息科"),
    description=LocalText("全部公交站点。"),
    keywords=(LocalText("公交"),),
    licences=(Licence("CC-BY-4.0", LocalText(), "https://creativecommons.org/licenses/by/4.0/"),),
    themes=(Theme("traffic", LocalText("交通运输", "Transport")),),
    update_cycle="monthly",
    published=date(2026, 1, 15),
    updated=date(2026, 5, 20),
    spatial="310000",
    temporal="2026-05",
)
"""A dataset that nothing is missing of."""


def file(format_: str = "csv", media_type: str = "text/csv") -> PublishedFile:
    """Return a released file."""
    return PublishedFile(f"data/stops/stops.{format_}", format_, media_type, 12, "0" * 64, f"stops.{format_}")


def table(
    *files: PublishedFile, schema: Schema = NO_SCHEMA, profile: TableProfile | None = None, name: str = "stops"
) -> PublishedResource:
    """Return a published table, one CSV file without other wishes."""
    resource = Resource(name, LocalText("站点"), "table", "csv", "text/csv", paths=("stops.csv",), schema=schema)
    return PublishedResource(resource, files or (file(),), profile)


def link(url: str, format_: str = "csv") -> PublishedResource:
    """Return a resource that lies elsewhere."""
    return PublishedResource(Resource("far", LocalText("外站"), "link", format_, "text/csv", url=url))


def published(*resources: PublishedResource, **changes: Any) -> PublishedDataset:
    """Return `WHOLE` with *changes*, with one table where no resources are given."""
    items = resources or (table(),)
    dataset = replace(WHOLE, resources=tuple(item.resource for item in items))
    return PublishedDataset(replace(dataset, **changes), items)


def basis(answers: LinkAnswers = NO_ANSWERS) -> Basis:
    """Return what an assessment goes by, with the usual weights."""
    return Basis(default_weights(), BASE_URL, TODAY, answers)
