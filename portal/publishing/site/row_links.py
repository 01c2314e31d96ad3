"""Rows that a search was answered with, as they are shown: the page of each, titles of its columns, its place."""

from __future__ import annotations

from portal.model.addresses import rows_page_path, with_query
from portal.model.catalog import Dataset
from portal.publishing.publication import PublishedDataset
from portal.publishing.search.found import FoundRow
from portal.publishing.site.labels import Labels


def found_row_path(found: FoundRow) -> str:
    """Return the path of the page that shows a row, without its language; that of the whole table where it has none.

    >>> found_row_path(FoundRow("schools", "list", 3, "A", (("name", "A"), ("students", "9"))))
    '/datasets/schools/resources/list/rows/?_column=name&_is=eq&_value=A'
    """
    path = rows_page_path(found.dataset, found.resource)
    column = next((name for name, cell in found.cells if cell == found.title), "")
    return with_query(path, [("_column", column), ("_is", "eq"), ("_value", found.title)] if column else [])


def titles_of_columns(published: PublishedDataset, resource: str, lang: str) -> dict[str, str]:
    """Return what the columns of a table are called, by their names."""
    return {
        field.name: field.title.to(lang) or field.name
        for item in published.resources
        if item.resource.name == resource
        for field in item.resource.schema.fields
    }


def place_of(dataset: Dataset, labels: Labels) -> str:
    """Return what the place is called that a dataset is about, "" where it says none."""
    return dataset.place.to(labels.lang) or (labels.value("spatial", dataset.spatial) if dataset.spatial else "")
