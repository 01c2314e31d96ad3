"""Size of a sheet before it is read (used range, memory), hidden rows, filters, errors; for XLSX, XLS, ODS.

Sheets are looked through: how far their cells reach, and what a reader of values does not tell. That is hidden rows and
columns, filters, errors, formulas without a value, comments. What all formats have in common stands here; each has its
own way to look: scan_xlsx, scan_ods, scan_xls.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from portal.examining.reading.header_rows import Region
from portal.examining.reading.sheets.shown_cells import ShownCells

MEMORY_BYTES_MAX = 288 * 1024**2
"""Memory that reading one sheet may take, as `memory_bytes` reckons it: four million numbers, fewer texts."""
SPARSE_CELLS_MAX = 3_000_000
"""A rectangle of more cells than this must be filled to a part, else a single stray cell would cost the memory."""
SPARSE_RATIO_MAX = 16
"""In a larger rectangle one cell in so many must be filled."""
PLACES_MAX = 1000
"""Places kept of each kind."""


class SheetTooLarge(Exception):
    """The cells of a sheet reach too far, or their text is too long; *details* are those of the finding."""

    def __init__(self, **details: Any) -> None:
        super().__init__("sheet-too-large")
        self.details = details


class UnusualSheet(ValueError):
    """Markup that no program writes into a sheet."""


@dataclass(frozen=True)
class SheetScan:
    """What was seen of one sheet. Rows and columns count from 1; lists of places end after `PLACES_MAX`."""

    rows: int = 0
    columns: int = 0
    cells: int = 0
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()
    is_filtered: bool = False
    errors: tuple[tuple[int, int, str], ...] = ()
    empty_formulas: tuple[tuple[int, int], ...] = ()
    comments: tuple[tuple[str, str], ...] = ()
    merged: tuple[Region, ...] | None = None
    margins: tuple[str, ...] = ()
    """Texts of header and footer of the printed page."""
    unreal_days: tuple[tuple[int, int, str], ...] = ()
    """Cells that show a day that never was, and what they show."""
    shown: ShownCells = field(default_factory=ShownCells)
    """Cells that show something other than a reader of values gives."""


def memory_bytes(cells: int, box: int, text_bytes: int = 0) -> int:
    """Return how much memory the reading of a sheet takes, as measured of calamine.

    It holds the filled *cells* (40 bytes each) while it makes room for the whole rectangle *box* (32 bytes a cell),
    and every cell has a copy of its text, shared or not.

    >>> memory_bytes(cells=1_000_000, box=1_000_000)
    72000000
    """
    return 40 * cells + 32 * box + text_bytes


def check_size(rows: int, columns: int, cells: int, text_bytes: int = 0) -> None:
    """Raise SheetTooLarge where what was counted so far takes too much memory already."""
    if memory_bytes(cells, rows * columns, text_bytes) > MEMORY_BYTES_MAX:
        raise SheetTooLarge(rows=f"{rows:,}", columns=f"{columns:,}")


def check_density(rows: int, columns: int, cells: int) -> None:
    """Raise SheetTooLarge where a large rectangle is hardly filled; only the whole sheet can tell."""
    if rows * columns > max(SPARSE_CELLS_MAX, cells * SPARSE_RATIO_MAX):
        raise SheetTooLarge(rows=f"{rows:,}", columns=f"{columns:,}")


def column_number(letters: str) -> int:
    """Return the number of a column by its letters.

    >>> column_number("A"), column_number("AB")
    (1, 28)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Return the letters of a column by its number from 1.

    >>> column_letters(1), column_letters(28)
    ('A', 'AB')
    """
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def number_of(digits: bytes) -> int:
    """Return the number that *digits* are, 1 where they are none or too many."""
    return int(digits) if digits.isdigit() and len(digits) < 10 else 1
