"""From files to understood tables: a resource of any format becomes plain text whose conventions are explicit."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from portal.model.catalog import Dataset, Resource
from portal.model.limits import Limits
from portal.model.understanding import Part, Understanding, UnderstoodTable
from portal.reading.paths import inside


def understand(dataset: Dataset, work_dir: Path, limits: Limits) -> Understanding:
    """Read the tables of *dataset* as far as is needed to know what they are; copies stand below *work_dir*.

    Called again with the same *work_dir*, it writes the same files. Nothing of a cell is quoted in a finding for a
    dataset that is not open. Never raises for what a file holds: that is a finding.
    """
    tables = {}
    for resource in dataset.resources:
        if resource.kind == "table":
            table = _plain_table(dataset, resource)
            tables[resource.name] = table
    return Understanding(tables)


def raw_rows(table: UnderstoodTable) -> Iterator[tuple[int, list[str]]]:
    """Yield the number and the cells of every data row of *table* as text, comment rows left out."""
    comments = frozenset(table.comment_rows)
    first = table.header_row + 1 if table.has_header else 1
    with table.path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(
            file,
            delimiter=table.delimiter,
            quotechar=table.quote_char or None,
            quoting=csv.QUOTE_MINIMAL if table.quote_char else csv.QUOTE_NONE,
            doublequote=table.double_quote,
            escapechar=table.escape_char or None,
            skipinitialspace=table.skip_initial_space,
        )
        for number, cells in enumerate(reader, start=1):
            is_comment = bool(table.comment_char and cells and cells[0].startswith(table.comment_char))
            if number >= first and number not in comments and not is_comment:
                yield number, cells


def _plain_table(dataset: Dataset, resource: Resource) -> UnderstoodTable:
    assert dataset.source is not None
    path = inside(dataset.source.folder, resource.paths[0])
    entry = next(item for item in dataset.source.descriptor["resources"] if item["name"] == resource.name)
    with path.open(encoding="utf-8", newline="") as file:
        labels = tuple(next(csv.reader(file), []))
    return UnderstoodTable(
        resource=resource.name,
        path=path,
        is_original=True,
        labels=labels,
        schema=entry.get("schema") or {},
        parts=(Part(f"{dataset.folder}/{resource.paths[0]}"),),
    )
