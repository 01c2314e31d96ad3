"""What a reader of a format gets: one table, its unpacked files, dialect, schema, limits; what it returns.

The files are as they can be opened; the task says where copies may stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.examining.reading.descriptors.paths import inside
from portal.examining.reading.descriptors.wanted_values import as_list, as_mapping
from portal.findings.finding import Finding, found
from portal.model.catalog import Dataset, Resource
from portal.model.limits import Limits
from portal.model.understood_table import UnderstoodTable

Outcome = tuple[UnderstoodTable | None, list[Finding]]
"""A table, or none with at least one finding that says why."""


TEXT_RATIO_MATTERS_BYTES = 64 * 1024 * 1024
"""Below this size nobody asks how many times larger the text of a table is than its file."""


@dataclass(frozen=True)
class SourceFile:
    """One file of a table, archives taken off: *file* is how findings name it, *format* what it is read as."""

    path: Path
    file: str
    format: str
    is_original: bool = True
    member: str = ""


@dataclass(frozen=True)
class TableTask:
    """One table to understand. *entry* is the resource's safe descriptor."""

    dataset: Dataset
    resource: Resource
    entry: Mapping[str, Any]
    work_dir: Path
    limits: Limits

    @property
    def dialect(self) -> Mapping[str, Any]:
        """The declared dialect, {} for none."""
        return as_mapping(self.entry.get("dialect"))

    @property
    def schema(self) -> Mapping[str, Any]:
        """The declared Table Schema, {} for none."""
        return as_mapping(self.entry.get("schema"))

    @property
    def fields(self) -> dict[str, Mapping[str, Any]]:
        """The fields of the schema by name, in their order."""
        fields = (as_mapping(item) for item in as_list(self.schema.get("fields")))
        return {item["name"]: item for item in fields if isinstance(item.get("name"), str)}

    @property
    def is_declared_table(self) -> bool:
        """Whether the publisher says that this is a table; else it may turn out to be something else."""
        is_table = self.entry.get("type") == "table" or self.entry.get("profile") == "tabular-data-resource"
        return is_table or bool(self.fields)

    @property
    def text_bytes_max(self) -> int:
        """How large the text of the table may get: what is unpacked is counted, whatever it was packed in."""
        if self.dataset.source is None or not self.resource.paths:
            return self.limits.unpacked_bytes_max
        packed = sum(inside(self.dataset.source.folder, name).stat().st_size for name in self.resource.paths)
        by_ratio = max(packed * self.limits.unpacked_ratio_max, TEXT_RATIO_MATTERS_BYTES)
        return min(self.limits.unpacked_bytes_max, by_ratio)

    @property
    def target(self) -> Path:
        """Where the normal form is written."""
        return self.work_dir / f"{self.resource.name}.csv"

    def place(self, file: str = "") -> dict[str, Any]:
        """Return the dataset, resource and file for a finding; without *file* it is the descriptor."""
        return {
            "dataset": self.dataset.name,
            "resource": self.resource.name,
            "file": file or self.dataset.descriptor_file,
        }

    def found(self, code: str, file: str = "", **details: Any) -> Finding:
        """Make a finding about this table; *value* may hold a cell and is withheld where the dataset is not open."""
        if not self.dataset.is_released:
            details.pop("value", None)
        return found(code, **self.place(file), **details)
