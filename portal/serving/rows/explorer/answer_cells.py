"""Cells of an answer as a page shows them: those of the columns asked for, of groups, and what was worked out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from portal.i18n import number_text
from portal.publishing.rows.row_query import Column, Group, RowQuery
from portal.publishing.rows.row_table import Cell, RowField, RowPage
from portal.publishing.site.cells_in_words import ShownCell, column_of, writer_of
from portal.serving.rows.explorer.explored_table import ExploredColumns

Shown = Callable[[Sequence[Cell]], tuple[ShownCell, ...]]


def answer_cells(page: RowPage, query: RowQuery, table: ExploredColumns, lang: str) -> list[tuple[ShownCell, ...]]:
    """Return the rows of a page as they are shown; numbers of a column stand with their points below each other."""
    columns = list(zip(*page.rows, strict=True))
    shown = [show(cells) for show, cells in zip(_shown(page, query, table, lang), columns, strict=False)]
    return list(zip(*shown, strict=True))


def text_of(cell: Cell, field: RowField) -> str:
    """Return a value as it stands in the published CSV, "" for none; truth in the words of its column.

    >>> text_of(True, RowField("x", "boolean", {"trueValues": ["是"]})), text_of(None, RowField("x", "any", {}))
    ('是', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        words = field.schema.get("trueValues" if cell else "falseValues")
        return str(words[0]) if isinstance(words, list | tuple) and words else str(cell).lower()
    return str(cell)


def _shown(page: RowPage, query: RowQuery, table: ExploredColumns, lang: str) -> Iterator[Shown]:
    """Yield for each column of an answer what shows its cells."""
    is_grouped = bool(query.groups or query.aggregates)
    asked: Sequence[Column | Group] = query.groups if is_grouped else query.fields
    for field, one in zip(page.fields, asked, strict=False):
        column = one.column if isinstance(one, Group) else one
        is_part = isinstance(one, Group) and one.bucket
        yield _by(
            writer_of(field.schema or {"type": field.type}, lang) if is_part else table.by_column[column].write, field
        )
    for field in page.fields[len(asked) :]:
        yield _worked_out(field, lang)


def _by(write: Callable[[str], ShownCell], field: RowField) -> Shown:
    return lambda cells: column_of([text_of(cell, field) for cell in cells], write)


def _worked_out(field: RowField, lang: str) -> Shown:
    """Show sums and counts to the last digit, averages with at most three decimals."""
    write = writer_of({"type": field.type}, lang)

    def show(cells: Sequence[Cell]) -> tuple[ShownCell, ...]:
        return tuple(
            ShownCell(number_text(lang, cell)) if isinstance(cell, float) else write(text_of(cell, field))
            for cell in cells
        )

    return show
