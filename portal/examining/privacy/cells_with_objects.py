"""Personal data in nested cells: objects and lists in a column of JSON or Parquet, judged by their paths (人员.姓名).

A table whose cells hold objects is looked at once more as the wider table that it is: beside its own columns stand
those of the objects, so that a name in one and a birth date in another are seen together.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from portal.examining.privacy.documents.nested_values import PATHS_MAX, flat
from portal.examining.privacy.documents.sheet_rows import SHEET_ROWS_MAX
from portal.examining.privacy.documents.text_found import TOO_MUCH, InnerTable, NotRead
from portal.examining.privacy.inner_tables import in_inner_table
from portal.examining.privacy.sieve import TableColumn
from portal.examining.privacy.sieved_cells import RowsOfTable
from portal.examining.privacy.sightings import Sighting
from portal.examining.reading.normal_form import GEOMETRY
from portal.model.known_formats import JSON_FORMATS
from portal.model.understood_table import UnderstoodTable

SAMPLE_ROWS = 2_000
"""In so many rows of a format that has no objects of its own, such as CSV, some are looked for."""
CELL_CHARACTERS_MAX = 1_000_000
"""A longer cell is looked at as text, not as an object."""
_WITH_OBJECTS = JSON_FORMATS | {"parquet"}
_OPENING = frozenset("{[")


def in_nested_cells(
    table: UnderstoodTable, columns: Sequence[TableColumn], public: frozenset[str], today: date
) -> Iterator[Sighting | NotRead]:
    """Look at the objects in the cells of *table* by their paths; rows are records of its text.

    What its own columns show alone was told already.
    """
    nested = _columns_with_objects(table)
    if not nested:
        return
    rows = _WiderRows(table, nested)
    labels = (*table.labels, *rows.paths())
    for item in in_inner_table(InnerTable(rows, labels=labels), table.resource, public, today).sightings:
        own = columns[item.column - 1] if item.column and item.column <= len(columns) else None
        if own is None:
            yield replace(item, column=rows.column_of_path(item.field or ""))
        elif item.kind == "name" and not own.is_public_contact:
            yield item
    if rows.is_cut:
        yield NotRead(TOO_MUCH, is_part=True)


def _columns_with_objects(table: UnderstoodTable) -> list[int]:
    """Return the columns in which an object stands; formats that have objects are looked through, others begun."""
    rows_max = SHEET_ROWS_MAX if table.format in _WITH_OBJECTS else SAMPLE_ROWS
    nested: set[int] = set()
    for _, row in islice(RowsOfTable(table), rows_max):
        opening = [number for number, text in enumerate(row[: len(table.labels)]) if text[:1] in _OPENING]
        nested.update(number for number in opening if number not in nested and _opened(row[number]) is not None)
    return [number for number in sorted(nested) if table.labels[number] != GEOMETRY]


class _WiderRows:
    """The rows of a table with the values of the objects in its cells behind them, made anew at every pass."""

    def __init__(self, table: UnderstoodTable, nested: Sequence[int]) -> None:
        self._table = table
        self._nested = nested
        self._paths: dict[str, int] = {}
        self.is_cut = False
        for _, row in self._rows():
            for path, number in self._inner(row)[1].items():
                self._paths.setdefault(path, number)
            if len(self._paths) > PATHS_MAX:
                break

    def paths(self) -> tuple[str, ...]:
        """Return the columns that the objects make."""
        return tuple(self._paths)

    def column_of_path(self, path: str) -> int | None:
        """Return the column, from 1, in whose cells a path stands."""
        number = self._paths.get(path)
        return None if number is None else number + 1

    def _rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        for count, (record, row) in enumerate(RowsOfTable(self._table)):
            if count >= SHEET_ROWS_MAX:
                self.is_cut = True
                return
            yield record, row

    def __iter__(self) -> Iterator[tuple[int, Sequence[str]]]:
        width = len(self._table.labels)
        for record, row in self._rows():
            values, _ = self._inner(row)
            own = [*row[:width], *[""] * (width - len(row))]
            yield record, [*own, *(values.get(path, "") for path in self._paths)]

    def _inner(self, row: Sequence[str]) -> tuple[dict[str, str], dict[str, int]]:
        """Return the values in the objects of a row by their paths, and in which column each path stands."""
        values: dict[str, str] = {}
        places: dict[str, int] = {}
        for number in self._nested:
            opened = _opened(row[number]) if number < len(row) else None
            if opened is not None:
                inner = flat({self._table.labels[number]: opened})
                values |= inner
                places |= dict.fromkeys(inner, number)
        return values, places


def _opened(text: str) -> Any:
    """Return the object, or the list of objects, that a cell holds; None where it holds none.

    >>> _opened('{"姓名": "张某"}'), _opened("[1, 2]"), _opened("{甲}")
    ({'姓名': '张某'}, None, None)
    """
    if not text.startswith(("{", "[")) or len(text) > CELL_CHARACTERS_MAX:
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(value, list):
        return value if any(isinstance(item, Mapping) for item in value) else None
    return value if isinstance(value, Mapping) and value else None
