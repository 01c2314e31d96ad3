"""The order of tables on a dataset's page: the main table first, look-up tables after; tables of one shape together.

1. A table that leads to others by foreign keys and has something of its own comes first: the readings, not the list of
   stations.
2. Then tables that no other leads to, and those that others lead to where there is no main table.
3. Then look-up tables; tables of nothing but keys (which line stops where); geometries of what another table lists.
4. What is no table comes last.

Within each the order is that of the descriptor. Three tables or more of one shape (a file a month) are one part of the
page: the newest first where their names tell a time, otherwise as they were declared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.publishing.publication import PublishedDataset, PublishedResource
from portal.publishing.site.alike_tables import alike_tables, newest_first, shape_key


@dataclass(frozen=True)
class PagePart:
    """Resources that are shown together, each with its number in the descriptor, from 1; the first is shown in full."""

    members: tuple[tuple[int, PublishedResource], ...]

    @property
    def is_several(self) -> bool:
        """Whether several tables of one shape stand together."""
        return len(self.members) > 1


def page_parts(resources: Sequence[PublishedResource]) -> list[PagePart]:
    """Return the resources of a dataset in the order of its page."""
    together = alike_tables(resources)
    parts: list[PagePart] = []
    for number, item in sorted(enumerate(resources, start=1), key=lambda pair: (_rank(pair[1], resources), pair[0])):
        shape = shape_key(item) if item.table_file else ""
        if shape not in together:
            parts.append(PagePart(((number, item),)))
        elif together[shape]:
            parts.append(PagePart(tuple(newest_first(together[shape]))))
            together[shape] = []
    return parts


def main_table(published: PublishedDataset) -> PublishedResource | None:
    """Return the table that the page begins with, None where there is none."""
    for part in page_parts(published.resources):
        for _, item in part.members:
            if item.table_file:
                return item
    return None


def _rank(item: PublishedResource, resources: Sequence[PublishedResource]) -> int:
    if not item.table_file:
        return 4
    if any(field.get("type") in ("geojson", "geopoint") for field in item.table_schema["fields"]):
        return 3 if any(other.table_file and not _has_geometry(other) for other in resources) else 1
    own, names = _leads_to(item), _names(item)
    if own:
        return 0 if names - _keys(item) else 2
    is_led_to = any(item.resource.name in _leads_to(other) for other in resources if other is not item)
    has_main = any(
        _leads_to(other) and _names(other) - _keys(other)
        for other in resources
        if other is not item and other.table_file
    )
    return 2 if is_led_to and has_main else 1


def _has_geometry(item: PublishedResource) -> bool:
    return any(field.get("type") in ("geojson", "geopoint") for field in item.table_schema.get("fields", ()))


def _names(item: PublishedResource) -> set[str]:
    return {str(field["name"]) for field in item.table_schema["fields"]}


def _keys(item: PublishedResource) -> set[str]:
    """Return the columns that are parts of keys: what is left is what a table says of its own."""
    schema = item.table_schema
    found = set(_listed(schema.get("primaryKey")))
    for key in schema.get("foreignKeys") or ():
        found |= set(_listed(key.get("fields")))
    return found


def _leads_to(item: PublishedResource) -> set[str]:
    """Return the other tables that a table leads to."""
    keys: Sequence[Mapping[str, Any]] = item.table_schema.get("foreignKeys") or ()
    found = {str((key.get("reference") or {}).get("resource") or "") for key in keys}
    return found - {"", item.resource.name}


def _listed(names: Any) -> Iterator[str]:
    yield from [names] if isinstance(names, str) else names or ()
