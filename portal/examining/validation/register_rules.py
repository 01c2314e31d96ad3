"""Registers (登记表) against their standard: required columns, unknown ones, references, classified records.

Whether a table is the register that it says it is. Types, required values and codes are checked with every other table,
since the schema of the standard is the schema of the table. Here stands what only the standard knows. Nothing of a cell
or heading is quoted for what is not released.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from portal.examining.reading.descriptors.wanted_values import as_list, as_mapping
from portal.examining.reading.understood_tables import raw_rows
from portal.examining.understanding import UnderstoodDataset, UnderstoodResource
from portal.findings.details import Listed, listed, quoted
from portal.findings.finding import Finding, found
from portal.model.catalog import Dataset, Resource
from portal.model.limits import Limits
from portal.model.understood_table import UnderstoodTable
from portal.standards.loading import standard_named
from portal.standards.register import RegisterKey, Standard, StandardField
from portal.standards.table_schema import matched_fields


@dataclass(frozen=True)
class _Register:
    """A table that follows a standard; *columns* are the places of fields from 0, by the names of the standard.

    *entry* is what the descriptor says of it.
    """

    dataset: Dataset
    resource: Resource
    entry: Mapping[str, Any]
    table: UnderstoodTable
    standard: Standard
    columns: Mapping[str, int]

    @property
    def labels(self) -> tuple[str, ...]:
        return self.table.labels or tuple(str(as_mapping(item).get("name")) for item in self.table.schema["fields"])

    def found(self, code: str, *, row: int | None = None, column: int | None = None, **details: Any) -> Finding:
        """Make a finding; *row* and *column* are those of the text, from 1."""
        file, row_there = self.table.place_of(row or self.table.header_row)
        return found(
            code,
            dataset=self.dataset.name,
            resource=self.resource.name,
            file=file,
            row=row_there,
            column=self.table.column_of(column) if column else None,
            standard=self.standard.title,
            **details,
        )


def check_standards(understood: UnderstoodDataset, limits: Limits) -> Iterator[Finding]:
    """Yield where the registers of a dataset are not what their standards say."""
    dataset = understood.dataset
    registers = []
    for item in understood.resources:
        resource, standard = item.resource, standard_named(item.resource.standard)
        if standard is None:
            continue
        if resource.kind != "table":
            yield found(
                "standard-needs-table",
                dataset=dataset.name,
                resource=resource.name,
                file=dataset.descriptor_file,
                field="standard",
                value=resource.standard,
            )
        elif item.table is not None:
            registers.append(_register(dataset, item, item.table, standard))
    for register in registers:
        yield from _columns(register)
        yield from _schema(register)
        yield from islice(_classified(register), limits.errors_max)
        for key in register.standard.foreign_keys:
            for other in registers:
                if other.standard.name == key.standard:
                    yield from islice(_dangling(register, key, other), limits.errors_max)
                    break


def _register(dataset: Dataset, item: UnderstoodResource, table: UnderstoodTable, standard: Standard) -> _Register:
    labels = table.labels or [item.name for item in standard.fields]
    fields = matched_fields(standard, labels)
    columns = {field.name: place for place, field in enumerate(fields) if field}
    return _Register(dataset, item.resource, item.entry, table, standard, columns)


def _columns(register: _Register) -> Iterator[Finding]:
    """Find required fields that are missing, optional ones that are, and columns that the standard does not have."""
    missing = [item for item in register.standard.fields if item.name not in register.columns]
    for item in missing:
        if item.is_required:
            yield register.found("standard-field-missing", field=item.title.zh, name=item.name)
    optional = [item for item in missing if not item.is_required]
    if optional:
        yield register.found("standard-fields-left-out", fields=_titles(optional))
    known = set(register.columns.values())
    for place, label in enumerate(register.labels):
        if place not in known:
            shown = label if register.dataset.is_released else None
            yield register.found("standard-field-unknown", column=place + 1, value=shown)


def _titles(fields: Sequence[StandardField]) -> Listed:
    return listed(item.title for item in fields)


def _schema(register: _Register) -> Iterator[Finding]:
    """Find where a schema in the descriptor says something else than the standard; what it does not say is the same."""
    stated = [as_mapping(item) for item in as_list(as_mapping(register.entry.get("schema")).get("fields"))]
    names = [str(item.get("name")) for item in stated]
    for told, item in zip(stated, matched_fields(register.standard, names), strict=True):
        if item is None:
            continue
        for key, said, wanted in _compared(told, item):
            if said is not None and said != wanted:
                yield found(
                    "standard-schema-differs",
                    dataset=register.dataset.name,
                    resource=register.resource.name,
                    file=register.dataset.descriptor_file,
                    field=told["name"],
                    key=key,
                    wanted=wanted,
                    standard=register.standard.title,
                )


def _compared(told: Mapping[str, Any], item: StandardField) -> Iterator[tuple[str, Any, Any]]:
    """Yield key, what is stated of it (None: nothing), and what the standard says, each as it is shown."""
    constraints = as_mapping(told.get("constraints"))
    yield "type", told.get("type"), item.type
    yield "codeFormat", told.get("codeFormat"), item.code_format or "-"
    yield "constraints.required", _yes_no(constraints.get("required")), _yes_no(item.is_required)
    values = constraints.get("enum")
    listed = ", ".join(sorted(str(value) for value in as_list(values))) if values is not None else None
    yield "constraints.enum", listed, ", ".join(sorted(value.zh for value in item.values)) or "-"


def _yes_no(value: Any) -> str | None:
    return None if value is None else "true" if value is True else "false"


def _classified(register: _Register) -> Iterator[Finding]:
    """Find records of which a field says that they must not be here, at most one a row and field."""
    refusing = {
        place: item.refused
        for item in register.standard.fields
        if item.refused and (place := _place(register, item)) >= 0
    }
    if not refusing:
        return
    for number, cells in raw_rows(register.table):
        for place, refused in refusing.items():
            text = unicodedata.normalize("NFKC", cells[place]) if place < len(cells) else ""
            if any(word in text for word in refused):
                label = register.labels[place]
                yield register.found("classified-record", row=number, column=place + 1, field=label)


def _place(register: _Register, item: StandardField) -> int:
    return register.columns.get(item.name, -1)


def _dangling(register: _Register, key: RegisterKey, other: _Register) -> Iterator[Finding]:
    """Find values that do not stand in the register that they refer to; an empty one refers to nothing."""
    places = [register.columns.get(name, -1) for name in key.fields]
    targets = [other.columns.get(name, -1) for name in key.reference_fields]
    if min(*places, *targets) < 0:
        return
    known = {_values(cells, targets) for _, cells in raw_rows(other.table)}
    for number, cells in raw_rows(register.table):
        values = _values(cells, places)
        if any(values) and values not in known:
            yield register.found(
                "standard-reference-unknown",
                row=number,
                column=places[0] + 1,
                field=register.labels[places[0]],
                reference=quoted(other.resource.title),
                value=", ".join(values) if register.dataset.is_released else None,
            )


def _values(cells: Sequence[str], places: Sequence[int]) -> tuple[str, ...]:
    return tuple(cells[place].strip() if place < len(cells) else "" for place in places)
