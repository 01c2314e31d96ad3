"""Tables for tests of the stores of rows: written as published CSV with a schema, stored, and opened."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from portal.publishing.rows.row_stores import INDEX_NAME, RowStores
from portal.publishing.rows.row_table import RowTable
from portal.publishing.rows.store_plan import TableSource
from portal.publishing.rows.store_writing import write_store

DATASET = "shops"


def source(folder: Path, name: str, fields: Sequence[Any], rows: Sequence[Sequence[str]], **schema: Any) -> TableSource:
    """Write a CSV as it is published; *fields* are names with types, or whole fields of a schema."""
    described = [item if isinstance(item, Mapping) else {"name": item[0], "type": item[1]} for item in fields]
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([field["name"] for field in described])
        writer.writerows(rows)
    return TableSource(name, path, {"fields": described, "missingValues": [""], **schema})


def stores(folder: Path, sources: Sequence[TableSource], *, seconds_max: int = 10, rows_max: int = 10_000) -> RowStores:
    """Store tables as one dataset, and open it."""
    own = folder / "rows" / DATASET
    write_store(sorted(sources, key=lambda item: item.resource), own)
    files = {path.name: sha256(path.read_bytes()).hexdigest() for path in own.iterdir()}
    document = {"seconds_max": seconds_max, "rows_max": rows_max, "stores": {DATASET: files}}
    (own.parent / INDEX_NAME).write_text(json.dumps(document), encoding="utf-8")
    return RowStores(own.parent)


def stored(folder: Path, fields: Sequence[Any], rows: Sequence[Sequence[str]], **schema: Any) -> RowTable:
    """Store one table and return it."""
    table = stores(folder, [source(folder, "t", fields, rows, **schema)]).table(DATASET, "t")
    assert table is not None
    return table
