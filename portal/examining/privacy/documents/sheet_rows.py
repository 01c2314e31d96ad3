"""Rows of a sheet as text, the first of them, as a person sees them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from portal.examining.reading.sheets.shown_cells import ShownNumber

SHEET_ROWS_MAX = 200_000
"""So many rows of a sheet or table that is not the table of the dataset are looked through."""


class SheetRows:
    """The first rows of a sheet with their numbers, made text anew at every pass: kept, they would fill the memory."""

    def __init__(self, rows: Any) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[tuple[int, Sequence[str]]]:
        for number, row in enumerate(islice(self._rows(), SHEET_ROWS_MAX), start=1):
            yield number, [plain(cell) for cell in row]


def plain(cell: object) -> str:
    """Return a cell as a person sees it: with the zeros that its format shows, a whole number without a point."""
    if isinstance(cell, ShownNumber):
        return cell.shown
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e20 else str(cell)
