"""Personal data around a table: rows above the header, cells beside it, names of sheets.

All that stands around a table is published with it. None of it belongs to a column, so all of it is read as running
text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import islice

from portal.examining.privacy.documents.text_found import NotRead
from portal.examining.privacy.recognising.detectors import Hit
from portal.examining.privacy.recognising.passages import hits_in
from portal.examining.privacy.sieved_cells import CellsOfTable
from portal.examining.privacy.sightings import Sighting, gathered
from portal.examining.reading.understood_tables import raw_rows
from portal.model.text import LocalText
from portal.model.understood_table import UnderstoodTable

OUTSIDE_CELLS_MAX = 1_000_000
"""Cells outside of a table that are looked at; where there are more, that is told."""
_TOO_MANY = LocalText("表格以外的单元格太多", "too many cells stand outside of the table")

Cell = tuple[int, int, str]
"""Row and column in the publisher's file, from 1, and text."""


def around_table(table: UnderstoodTable, cells: CellsOfTable, today: date) -> Iterator[Sighting | NotRead]:
    """Look at the rows up to the header, the cells outside of the columns, and the names of sheets.

    *cells* are those of the table, after they were looked at.
    """
    file = table.place_of(1)[0]
    names = (table.resource, file)
    yield from _by_column(_upper_cells(table), today, place="header", resource=table.resource, file=file, names=names)
    for part, surplus in _surplus_cells(table, cells).items():
        where: dict[str, object] = {"resource": table.resource, "file": part, "names": (table.resource, part)}
        yield from _by_column(surplus, today, place="outside", **where)
    outside = _outside_cells(table)
    kept = islice(outside, OUTSIDE_CELLS_MAX)
    yield from _by_column(kept, today, place="outside", resource=table.resource, file=file, names=names)
    if next(outside, None) is not None:
        yield NotRead(_TOO_MANY, is_part=True)
    hits = [(None, hit) for sheet in table.sheets for hit in hits_in(sheet.name, today)]
    yield from gathered(hits, place="sheet-name", resource=table.resource, file=file, names=names)


def _upper_cells(table: UnderstoodTable) -> Iterator[Cell]:
    """Yield the cells of the rows above the header, and the labels."""
    if table.has_header:
        everything = replace(table, has_header=False, header_row=1, comment_rows=(), comment_char="")
        for row, cells in islice(raw_rows(everything), table.header_row):
            for column, text in enumerate(cells, start=1):
                yield row, table.column_of(column), text


def _surplus_cells(table: UnderstoodTable, cells: CellsOfTable) -> dict[str, list[Cell]]:
    """Return the cells right of the last label, of text files whose rows are not all alike, by file."""
    by_file: dict[str, list[Cell]] = {}
    for record, number, text in islice(cells.surplus(), OUTSIDE_CELLS_MAX):
        file, row = table.place_of(record)
        by_file.setdefault(file, []).append((row, table.column_of(number + 1), text))
    return by_file


def _outside_cells(table: UnderstoodTable) -> Iterator[Cell]:
    """Yield the cells of a sheet that the reader left out."""
    if table.outside is not None:
        with table.outside.open(encoding="utf-8") as file:
            for line in file:
                row, column, text = json.loads(line)
                yield row, column, text


def _by_column(cells: Iterable[Cell], today: date, **place: object) -> Iterator[Sighting]:
    """Yield one sighting a column and kind."""
    found: dict[int, list[tuple[int | None, Hit]]] = {}
    for row, column, text in cells:
        for hit in hits_in(text, today):
            found.setdefault(column, []).append((row, hit))
    for column, hits in sorted(found.items()):
        yield from gathered(hits, column=column, **place)
