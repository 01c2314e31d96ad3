"""Tables of one shape that are looked through as one: a file a month, with the month as a column of its own.

Where a dataset has three tables or more with the same columns, the API answers for all of them together
(`portal.publishing.rows.row_stores`), and so does one page of the site.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portal.model.addresses import tables_page_path
from portal.model.named_times import TABLES_ALIKE_MIN
from portal.publishing.publication import PublishedDataset, PublishedResource
from portal.publishing.rows.store_layout import RESOURCE_COLUMN
from portal.publishing.rows.store_plan import shape_of
from portal.publishing.site.alike_tables import by_their_times


@dataclass(frozen=True)
class TablesTogether:
    """Tables of one shape, the newest first where their names tell a time."""

    members: tuple[PublishedResource, ...]
    path: str
    """That of the page on which they are looked through."""
    like: str
    """What the API is told to mean them, "" where the tables of the dataset are all alike."""
    is_in_time: bool
    """Whether the order of their names is that of time."""


def tables_together(published: PublishedDataset) -> tuple[TablesTogether, ...]:
    """Return the tables of a dataset that are looked through as one, those that are declared first before others."""
    tables = [item for item in published.resources if item.table_file]
    shapes: dict[str, list[PublishedResource]] = {}
    for item in tables:
        shapes.setdefault(shape_of(item.table_schema), []).append(item)
    return tuple(_together(published.dataset.name, list(shapes.values())))


def together_with(published: PublishedDataset, resource: str) -> TablesTogether | None:
    """Return the tables among which the one of a name is looked through, None where it stands alone."""
    found = tables_together(published)
    return next((one for one in found for item in one.members if item.resource.name == resource), None)


def _together(dataset: str, shapes: list[list[PublishedResource]]) -> Iterator[TablesTogether]:
    is_first = True
    for alike in shapes:
        # A column of the tables that is called as the one that tells them apart leaves no name for it.
        names = {str(field["name"]) for field in alike[0].table_schema["fields"]}
        if len(alike) < TABLES_ALIKE_MIN or RESOURCE_COLUMN in names:
            continue
        in_time = by_their_times(list(enumerate(alike)))
        ordered = [item for _, item in in_time] if in_time else None
        oldest = min(item.resource.name for item in alike)
        by_name = sorted(alike, key=lambda item: item.resource.name, reverse=True)
        yield TablesTogether(
            members=tuple(ordered or alike),
            path=tables_page_path(dataset, "" if is_first else oldest),
            like="" if len(shapes) == 1 else oldest,
            is_in_time=ordered == by_name,
        )
        is_first = False
