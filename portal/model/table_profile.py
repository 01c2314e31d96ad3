"""Statistics of a table as values: rows, and of each column the gaps, distinct values and range; first rows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """What one column holds: *gaps* are cells without a value; *distinct* is None where there are too many to count."""

    name: str
    gaps: int
    distinct: int | None
    minimum: str = ""
    maximum: str = ""


@dataclass(frozen=True, slots=True)
class TableProfile:
    """The size of a table, its columns, and its first rows as text ("" for a cell without a value)."""

    rows: int
    columns: tuple[ColumnProfile, ...]
    first_rows: tuple[tuple[str, ...], ...] = ()
