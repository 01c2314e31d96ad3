"""Rows as they are kept in a store, fetched in one piece: by the statement that finds them, or by their numbers."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from portal.publishing.rows.row_table import Cell
from portal.publishing.rows.store_layout import Place
from portal.publishing.rows.told_cells import rows_in_json

BUNDLE_COLUMNS = 90
"""A function of SQLite takes no more arguments than some hundred."""


@dataclass(frozen=True)
class KeptRows:
    """Rows of a page: their numbers in the store, and by columns what their cells hold; *more* rows stand behind."""

    places: Sequence[Place]
    ids: Sequence[int]
    columns: Sequence[Sequence[Any]]
    more: bool = False

    def values(self) -> list[tuple[Cell, ...]]:
        """Return the rows as values."""
        return in_values(self.places, self.columns)

    def in_json(self) -> str:
        """Return the rows as JSON, a list of lists."""
        return rows_in_json([place.told(kept) for place, kept in zip(self.places, self.columns, strict=True)])


def in_values(places: Sequence[Place], columns: Sequence[Sequence[Any]]) -> list[tuple[Cell, ...]]:
    """Return rows of values by columns of what is kept."""
    return list(zip(*(place.values(kept) for place, kept in zip(places, columns, strict=True)), strict=True))


def fetch(
    connection: sqlite3.Connection,
    table: str,
    places: Sequence[Place],
    found: str,
    parameters: Sequence[Any],
    size: int,
) -> KeptRows:
    """Return at most *size* rows, in the order in which the statement *found* gives their numbers as ``id``.

    SQLite makes one text of them: at every row it would let other threads of Python go on, and wait for its turn again.
    """
    cells = [place.asked(place.cell) for place in places]
    bundles = [
        f"json_group_array(json_array({', '.join(['f.id', *cells[at : at + BUNDLE_COLUMNS]])}))"
        for at in range(0, len(cells), BUNDLE_COLUMNS)
    ]
    sql = f"SELECT {', '.join(bundles)} FROM ({found}) f CROSS JOIN {table} t ON t.id = f.id"
    (texts,) = connection.execute(sql, parameters)
    parts = [json.loads(text) for text in texts]
    more = len(parts[0]) > size
    by_columns = [list(zip(*part[:size], strict=True)) for part in parts]
    if not by_columns[0]:
        return KeptRows(places, (), [()] * len(places), more)
    return KeptRows(places, by_columns[0][0], list(chain.from_iterable(part[1:] for part in by_columns)), more)
