"""Contexts of a look into a table (component ``table-look``): columns with units, groups of columns, cells, totals."""

from __future__ import annotations

from dataclasses import dataclass

from portal.publishing.site.cells_in_words import ShownCell


@dataclass(frozen=True)
class LookColumn:
    """A column with its heading and the unit of its numbers; *is_number* sets its cells to the end of the line."""

    title: str
    unit: str = ""
    is_number: bool = False


@dataclass(frozen=True)
class ColumnGroup:
    """A heading over *span* columns that stand beside each other; "" over those without one."""

    title: str
    span: int


@dataclass(frozen=True)
class TopValue:
    """A frequent value of a column with its share in words, and the width of its bar of a hundred."""

    cell: ShownCell
    share: str
    width: float


@dataclass(frozen=True)
class LookTable:
    """Rows of a table as people read them. *groups* are the upper row of the header, () where it has one row alone.

    *total* is a text for each column below all rows, () where nothing is added up. *note* says which columns are not
    shown. With *has_codes* some cells have a code beside their name.
    """

    caption: str
    columns: tuple[LookColumn, ...]
    rows: tuple[tuple[ShownCell, ...], ...]
    groups: tuple[ColumnGroup, ...] = ()
    total: tuple[str, ...] = ()
    note: str = ""
    has_codes: bool = False
