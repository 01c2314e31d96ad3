"""What reading the files of one dataset gave: its tables, what could not be read, what is no table.

Each resource stands beside its entry in the descriptor and its table, so nobody has to look either of them up.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from portal.findings.finding import Finding
from portal.model.catalog import Dataset, Resource
from portal.model.understood_table import UnderstoodTable


@dataclass(frozen=True)
class UnderstoodResource:
    """A resource, what the descriptor says of it, and its table: None where it has none, or none could be read."""

    resource: Resource
    entry: Mapping[str, Any]
    table: UnderstoodTable | None = None


@dataclass(frozen=True)
class UnderstoodDataset:
    """A dataset with what was understood of its resources, in their order.

    What looked like a table and is none has the kind "file" here: it is published as the file it is. A table that
    could not be read is None and has a finding.
    """

    dataset: Dataset
    resources: tuple[UnderstoodResource, ...] = ()
    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(
        cls,
        dataset: Dataset,
        tables: Mapping[str, UnderstoodTable] | None = None,
        findings: tuple[Finding, ...] = (),
        demoted: Collection[str] = (),
    ) -> UnderstoodDataset:
        """Join *dataset* with its *tables*, by the names of resources; *demoted* are those that are no tables."""
        tables, entries = tables or {}, dataset.entries
        resources = tuple(replace(item, kind="file") if item.name in demoted else item for item in dataset.resources)
        joined = (UnderstoodResource(item, entries.get(item.name, {}), tables.get(item.name)) for item in resources)
        return cls(replace(dataset, resources=resources) if demoted else dataset, tuple(joined), findings)

    @property
    def tables(self) -> dict[str, UnderstoodTable]:
        """The tables by the names of their resources, in their order."""
        return {item.resource.name: item.table for item in self.resources if item.table}

    def __getitem__(self, name: str) -> UnderstoodResource:
        """Return the resource *name*. Raises KeyError where there is none."""
        for item in self.resources:
            if item.resource.name == name:
                return item
        raise KeyError(name)

    def with_tables(self, tables: Mapping[str, UnderstoodTable]) -> UnderstoodDataset:
        """Return the same with *tables* in the place of those of their names."""
        resources = (replace(item, table=tables.get(item.resource.name, item.table)) for item in self.resources)
        return replace(self, resources=tuple(resources))
