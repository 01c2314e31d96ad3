"""Contexts of tables on pages (component ``data-table``): columns, cells, totals, number alignment.

Everything is formatted and translated.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.i18n import number_text, translate


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, from top to bottom; what is not set is not shown.

    *path* makes the text a link to a page of the portal, *file* one to a file of the release; *day* stands in place of
    a text; *mark* is a badge as (kind, text); *code* is a name for programs; *note* is what matters less; *parts* are
    further cells, one below the other.
    """

    text: str = ""
    path: str = ""
    file: str = ""
    day: date | None = None
    mark: tuple[str, str] | None = None
    code: str = ""
    note: str = ""
    parts: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class Column:
    """A column with its heading. *kind* is "number" (set to the end), "text" (long), "name" (never broken) or ""."""

    title: str
    kind: str = ""


@dataclass(frozen=True)
class DataTable:
    """Rows of cells below their columns; the first cell of a row names it. *total* is the last row, if there is one."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()


def columns(lang: str, *headings: tuple[str, str]) -> tuple[Column, ...]:
    """Return columns for (message, kind), their headings in *lang*.

    >>> columns("en", ("Dataset", ""), ("Rows", "number"))
    (Column(title='Dataset', kind=''), Column(title='Rows', kind='number'))
    """
    return tuple(Column(translate(lang, message), kind) for message, kind in headings)


def numbers(lang: str, *values: float) -> tuple[Cell, ...]:
    """Return a cell for each number.

    >>> [cell.text for cell in numbers("en", 1200, 0.5)]
    ['1,200', '0.5']
    """
    return tuple(Cell(number_text(lang, value)) for value in values)


def without_empty_columns(table: DataTable) -> DataTable:
    """Leave out the columns in which no row has anything, but never the first.

    >>> rows = ((Cell("a"), Cell(), Cell("x")), (Cell("b"), Cell(), Cell()))
    >>> shown = without_empty_columns(DataTable((Column("A"), Column("B"), Column("C")), rows))
    >>> [column.title for column in shown.columns], [len(row) for row in shown.rows]
    (['A', 'C'], [2, 2])
    """
    everything = [*table.rows, *([table.total] if table.total else [])]
    places = range(len(table.columns))
    kept = [place for place in places if not place or any(row[place] != Cell() for row in everything)]

    def chosen(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
        return tuple(row[place] for place in kept) if row else ()

    return DataTable(tuple(table.columns[place] for place in kept), tuple(map(chosen, table.rows)), chosen(table.total))


def listed(cells: Iterable[Cell]) -> Cell:
    """Return one cell with several below one another."""
    return Cell(parts=tuple(cells))
