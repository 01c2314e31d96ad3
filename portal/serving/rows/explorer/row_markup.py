"""Rows of an answer as HTML, joined in Python: in a template thousands of cells would take ten times as long.

Whatever a cell holds is escaped; nothing of it becomes markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from portal.publishing.site.cell_markup import cell_markup
from portal.publishing.site.cells_in_words import ShownCell
from portal.publishing.site.contexts.row_contexts import ColumnHead
from portal.publishing.site.foreign_texts import lang_attribute

Rows = Sequence[Sequence[ShownCell]]


def table_rows(rows: Rows, heads: Sequence[ColumnHead], first: int, lang: str) -> Markup:
    """Return rows for the body of a table; the first cell heads its row, *first* is the number of the first row.

    >>> table_rows([[ShownCell("<b>")]], [ColumnHead("x", "", "")], 1, "zh")
    Markup('<tr aria-rowindex="2"><th scope="row">&lt;b&gt;</th></tr>')
    """
    ends = [' class="table__number"' if head.is_number else "" for head in heads]
    return _trusted(_table_rows(rows, ends, first, lang))


def _table_rows(rows: Rows, ends: Sequence[str], first: int, lang: str) -> Iterator[str]:
    for number, row in enumerate(rows, start=first + 1):
        yield f'<tr aria-rowindex="{number}">'
        for at, (cell, end) in enumerate(zip(row, ends, strict=True)):
            tag, scope = ("td", "") if at else ("th", ' scope="row"')
            yield f"<{tag}{scope}{end}{lang_attribute(cell.text, lang)}>{cell_markup(cell)}</{tag}>"
        yield "</tr>\n"


def row_cards(rows: Rows, heads: Sequence[ColumnHead], lang: str) -> Markup:
    """Return rows as items of a list, the heading before each value."""
    titles = [f"<dt{lang_attribute(head.title, lang)}>{escape(head.whole)}</dt>" for head in heads]
    return _trusted(_row_cards(rows, titles, lang))


def _row_cards(rows: Rows, titles: Sequence[str], lang: str) -> Iterator[str]:
    for row in rows:
        yield '<li class="row-cards__card box"><dl class="row-cards__items">'
        for title, cell in zip(titles, row, strict=True):
            value = f"<dd{lang_attribute(cell.text, lang)}>{cell_markup(cell)}</dd>"
            yield f'<div class="row-cards__item">{title}{value}</div>'
        yield "</dl></li>\n"


def _trusted(pieces: Iterator[str]) -> Markup:
    return Markup("".join(pieces).rstrip("\n"))  # noqa: S704 - every text in it was escaped
