"""A table as CKAN's DataStore has it: found by a resource's id, its columns with PostgreSQL's types, ``_id`` first.

``_id`` is the number of a row in the published file, from 1. A column that has that name itself is called ``_id_``,
with as many underscores more as it takes to be the only one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from portal.publishing.rows.row_table import RowField, RowTable
from portal.serving.current_release import OpenRelease

ID = "_id"
RANK = "rank"

_TYPES = {
    "integer": "int8",
    "year": "int8",
    "number": "numeric",
    "boolean": "bool",
    "date": "date",
    "datetime": "timestamp",
    "time": "time",
    "object": "json",
    "array": "json",
    "geojson": "json",
}
"""PostgreSQL's type by that of Table Schema; everything else is text."""
_NATIVE = {
    "int8": "bigint",
    "bool": "boolean",
    "timestamp": "timestamp without time zone",
    "time": "time without time zone",
}


@dataclass(frozen=True)
class DatastoreTable:
    """The rows behind a resource."""

    id: str
    dataset: str
    rows: RowTable

    @cached_property
    def fields(self) -> dict[str, RowField]:
        """The columns by their names in the DataStore, in the order of the file."""
        names = {field.name for field in self.rows.fields}
        own = f"{ID}_"
        while own in names:
            own += "_"
        return {own if field.name == ID else field.name: field for field in self.rows.fields}


def datastore_table(release: OpenRelease, resource: str) -> DatastoreTable | None:
    """Return the table whose rows are asked for by this id, None where none are."""
    found = release.records.ckan.table_of(resource)
    rows = release.rows.table(*found) if found else None
    return DatastoreTable(resource, found[0], rows) if found and rows else None


def described(name: str, field: RowField | None) -> dict[str, Any]:
    """Return a column as ``fields`` of an answer has it, without *field* one that the DataStore adds."""
    if field is None:
        return {"id": name, "type": "int" if name == ID else "float"}
    info = {"label": str(field.schema.get("title") or ""), "notes": str(field.schema.get("description") or "")}
    told = {"info": {**info, "type_override": ""}} if any(info.values()) else {}
    return {"id": name, "type": type_of(field), **told}


def type_of(field: RowField) -> str:
    """Return PostgreSQL's name of a column's type, as CKAN has it."""
    return _TYPES.get(field.type, "text")


def schema_of(field: RowField) -> dict[str, Any]:
    """Return what ``datastore_info`` says of a column beside its type."""
    constraints = field.schema.get("constraints")
    stated: Mapping[str, Any] = constraints if isinstance(constraints, Mapping) else {}
    return {
        "native_type": _NATIVE.get(type_of(field), type_of(field)),
        "notnull": stated.get("required") is True,
        "index_name": "",
        "is_index": False,
        "uniquekey": stated.get("unique") is True,
    }
