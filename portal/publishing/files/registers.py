"""Registers (登记表) in the open or sharing edition: columns left out, counts by department.

An edition gives out the columns that it may show and nothing else. What is kept back is left out before anything is
published: a table of the visible columns takes the place of the publisher's file, and all that follows sees only that.
What cannot be cut so is not given out at all.
"""

from __future__ import annotations

import csv
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from os.path import normpath
from pathlib import Path
from typing import Any

from portal.examining.reading.descriptors.resources import read_schema
from portal.examining.reading.understood_tables import raw_rows
from portal.examining.understanding import UnderstoodDataset, UnderstoodResource
from portal.examining.validation.cells.check_digits import uscc_fault
from portal.model.catalog import Dataset, Resource, Schema
from portal.model.known_formats import MEDIA_TYPES
from portal.model.understood_table import Part, UnderstoodTable
from portal.publishing.publication import RegisterCounts
from portal.standards.loading import standard_named
from portal.standards.register import Standard
from portal.standards.table_schema import STANDARD_FIELD, matched_fields, schema_for_people
from portal.standards.visibility import is_publishable, is_restricted, visible_fields


@contextmanager
def as_given_out(understood: UnderstoodDataset) -> Iterator[UnderstoodDataset]:
    """Yield *understood* as the edition may have it; texts made for that are gone afterwards.

    A register has the schema with the headings of its table then. One that may not be given out in any form is yielded
    as it is, and is not released.
    """
    dataset = understood.dataset
    if not dataset.is_register:
        yield understood
        return
    restricted = [item for item in understood.resources if item.resource.is_restricted]
    if not restricted:
        parts = tuple(map(_as_understood, understood.resources))
        yield _of_parts(understood, parts) if dataset.is_released else understood
        return
    if not _can_be_cut(understood):
        yield understood
        return
    with tempfile.TemporaryDirectory(prefix="kaifang-register-") as folder:
        yield _of_parts(understood, tuple(_cut(item, dataset, Path(folder)) for item in understood.resources))


def counts_by_department(understood: UnderstoodDataset) -> tuple[RegisterCounts, ...]:
    """Count the records of registers that the public may not see as rows, where departments get the rows.

    A register that its keeper shares on condition, or not at all, has not been given to anybody yet: how many records
    it has is for the keeper to tell.
    """
    if understood.dataset.sharing.type != "unconditional":
        return ()
    return tuple(
        _counts(item.resource, standard, item.table)
        for item in understood.resources
        if (standard := standard_named(item.resource.standard)) and is_restricted(standard.name, "open") and item.table
    )


def _counts(resource: Resource, standard: Standard, table: UnderstoodTable) -> RegisterCounts:
    """Count by what is a right code of a department; anything else in that column counts as none and is not told."""
    names = [item.name if item else "" for item in matched_fields(standard, _labels(table))]
    place = names.index(standard.counted_by) if standard.counted_by in names else None
    counts: Counter[str] = Counter()
    for _, cells in raw_rows(table):
        code = cells[place].strip() if place is not None and place < len(cells) else ""
        counts["" if uscc_fault(code) else code] += 1
    ordered = sorted(counts.items(), key=lambda item: (not item[0], -item[1], item[0]))
    return RegisterCounts(resource.name, standard.name, tuple(ordered))


def _can_be_cut(understood: UnderstoodDataset) -> bool:
    """Whether each restricted resource is a table that may be shown in part, of files that nothing else gives out."""
    dataset = understood.dataset
    restricted = [item for item in understood.resources if item.resource.is_restricted]
    standards = [standard_named(item.resource.standard) for item in restricted]
    kept = {_plain(path) for item in restricted for path in item.resource.paths}
    others = {_plain(path) for item in dataset.resources if not item.is_restricted for path in item.paths}
    return (
        dataset.is_admitted
        and dataset.source is not None
        and not kept & others
        and all(item.resource.kind == "table" and item.table is not None for item in restricted)
        and all(item is not None and is_publishable(item, dataset.edition) for item in standards)
    )


def _plain(path: str) -> str:
    """Return a path as everybody would spell it: ``./a`` is ``a``."""
    return normpath(path)


def _cut(item: UnderstoodResource, dataset: Dataset, folder: Path) -> UnderstoodResource:
    """Return a restricted resource without what is kept back and without any way to the publisher's file."""
    if not item.resource.is_restricted:
        return item
    assert item.table is not None, "only a table can be cut"
    table = _cut_table(item.table, item.resource, dataset, folder)
    resource = replace(
        item.resource,
        format="csv",
        media_type=MEDIA_TYPES["csv"],
        paths=(),
        encoding="",
        compression="",
        member="",
        schema=_shown_schema(item.resource.standard, table),
        is_restricted=False,
    )
    return UnderstoodResource(resource, {"name": resource.name, "schema": table.schema}, table)


def _cut_table(table: UnderstoodTable, resource: Resource, dataset: Dataset, folder: Path) -> UnderstoodTable:
    """Write the visible columns of *table* as a text of their own."""
    standard = standard_named(resource.standard)
    assert standard is not None, "only what follows a standard is restricted"
    visible = visible_fields(standard, dataset.edition)
    fields = [item for item in table.schema["fields"] if item.get(STANDARD_FIELD) in visible]
    headings = _labels(table)
    places = [headings.index(item["name"]) for item in fields]
    labels = tuple(item["name"] for item in fields)
    path = folder / f"{resource.name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(labels)
        for _, cells in raw_rows(table):
            writer.writerow([cells[place] if place < len(cells) else "" for place in places])
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    keys = table.schema.get("primaryKey", [])
    if keys and set(keys) <= set(labels):
        schema["primaryKey"] = keys
    parts = (Part(f"{resource.name}.csv"),)
    return UnderstoodTable(resource.name, path, is_original=False, labels=labels, schema=schema, parts=parts)


def _of_parts(understood: UnderstoodDataset, parts: tuple[UnderstoodResource, ...]) -> UnderstoodDataset:
    """Return *understood* with other resources; its descriptor says of them what they say themselves."""
    dataset = replace(understood.dataset, resources=tuple(item.resource for item in parts))
    if dataset.source is not None:
        descriptor = {**dataset.descriptor, "resources": [item.entry for item in parts]}
        dataset = replace(dataset, source=replace(dataset.source, descriptor=descriptor))
    return replace(understood, dataset=dataset, resources=parts)


def _as_understood(item: UnderstoodResource) -> UnderstoodResource:
    """Return a register with the schema that its table was understood with, which has the headings of the table."""
    if not item.resource.standard or item.table is None:
        return item
    return replace(item, resource=replace(item.resource, schema=_shown_schema(item.resource.standard, item.table)))


def _shown_schema(name: str, table: UnderstoodTable) -> Schema:
    standard = standard_named(name)
    assert standard is not None, "a register follows a standard"
    return read_schema(schema_for_people(standard, table.schema), {})


def _labels(table: UnderstoodTable) -> list[str]:
    return list(table.labels) or [item["name"] for item in table.schema["fields"]]
