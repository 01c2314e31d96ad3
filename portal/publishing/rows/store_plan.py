"""Which published tables get a store of rows, and which of equal shape are kept as one (thirty monthly files).

Only what is published as CSV is read, so nothing that the edition keeps back can get into a store.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.publishing.publication import PublishedDataset, PublishedResource

_SHAPE = ("name", "type", "format", "groupChar", "decimalChar", "trueValues", "falseValues")
"""What of a field must be equal for two tables to be kept as one."""


@dataclass(frozen=True)
class TableSource:
    """A published table: its CSV, and what its schema says. *links* maps columns to a resource and a column of it."""

    resource: str
    csv: Path
    schema: Mapping[str, Any]

    @property
    def fields(self) -> Sequence[Mapping[str, Any]]:
        """The columns as the schema describes them."""
        fields: Sequence[Mapping[str, Any]] = self.schema["fields"]
        return fields

    @property
    def links(self) -> dict[int, tuple[str, str]]:
        """For each foreign key of one column, by the number of the column, the resource and the column it leads to."""
        names = [field["name"] for field in self.fields]
        found = {}
        for key in self.schema.get("foreignKeys") or ():
            own, reference = _listed(key.get("fields")), key["reference"]
            other = _listed(reference.get("fields"))
            if len(own) == len(other) == 1 and own[0] in names:
                found[names.index(own[0])] = (str(reference.get("resource") or self.resource), str(other[0]))
        return found

    @property
    def keys(self) -> list[tuple[int, ...]]:
        """The columns of the primary key, and each column that is unique, by their numbers."""
        names = [field["name"] for field in self.fields]
        primary = tuple(names.index(name) for name in _listed(self.schema.get("primaryKey")) if name in names)
        unique = [(number,) for number, field in enumerate(self.fields) if _constraint(field, "unique")]
        return list(dict.fromkeys([*([primary] if primary else []), *unique]))

    @property
    def facets(self) -> list[int]:
        """The columns that the schema lists all values of."""
        return [number for number, field in enumerate(self.fields) if _constraint(field, "enum")]


def sources_of(published: PublishedDataset, site_dir: Path) -> list[TableSource]:
    """Return the tables of a dataset that the public gets as CSV, in the order of their names."""
    found = (_source(item, site_dir) for item in published.resources)
    return sorted((item for item in found if item), key=lambda item: item.resource)


def by_shape(sources: Sequence[TableSource]) -> list[list[TableSource]]:
    """Return tables of equal shape together, in the order of the first of each."""
    shapes: dict[str, list[TableSource]] = {}
    for item in sources:
        shapes.setdefault(shape_of(item.schema), []).append(item)
    return list(shapes.values())


def shape_of(schema: Mapping[str, Any]) -> str:
    """Return what must be equal of two Table Schemas for their tables to be kept, and asked, as one."""
    shape = [[field.get(name) for name in _SHAPE] for field in schema["fields"]]
    return json.dumps(shape, ensure_ascii=False, sort_keys=True, default=str)


def _source(item: PublishedResource, site_dir: Path) -> TableSource | None:
    file = item.table_file
    return TableSource(item.resource.name, site_dir / file.path, item.table_schema) if file else None


def _listed(names: Any) -> list[str]:
    return [names] if isinstance(names, str) else list(names or ())


def _constraint(field: Mapping[str, Any], name: str) -> Any:
    constraints = field.get("constraints")
    return constraints.get(name) if isinstance(constraints, Mapping) else None


def blocks(rows: Iterator[list[str]], size: int) -> Iterator[list[list[str]]]:
    """Yield so many rows at a time."""
    block = []
    for row in rows:
        block.append(row)
        if len(block) == size:
            yield block
            block = []
    if block:
        yield block
