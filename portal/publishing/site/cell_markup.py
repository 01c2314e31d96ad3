"""Cells and rows of a table as HTML, joined in Python: in a template thousands of cells would take ten times as long.

Whatever a cell holds is escaped here; nothing of it becomes markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import repeat

from markupsafe import Markup, escape

from portal.publishing.site.cells_in_words import ShownCell
from portal.publishing.site.contexts.look_contexts import LookTable
from portal.publishing.site.foreign_texts import lang_attribute

_MARKS = re.compile("[&<>\"']").search


def look_body(table: LookTable, lang: str) -> Markup:
    """Return the rows of a look into a table for its body; the first cell heads its row, each names its column.

    >>> from portal.publishing.site.contexts.look_contexts import LookColumn
    >>> columns = (LookColumn("编号"), LookColumn("数量", "", True))
    >>> look_body(LookTable("", columns, ((ShownCell("<b>"), ShownCell("1,200")),)), "zh")
    Markup('<tr><th scope="row">&lt;b&gt;</th><td data-label="数量" class="table__number">1,200</td></tr>')
    """
    return Markup("\n".join(_rows(table, lang)))  # noqa: S704 - every text in it was escaped


def _rows(table: LookTable, lang: str) -> Iterator[str]:
    numbers = [column.is_number for column in table.columns]
    classes = [' class="table__number"' if number else "" for number in numbers]
    starts = [
        f'<td data-label="{escape(column.title)}"{class_}' if place else f'<th scope="row"{class_}'
        for place, (column, class_) in enumerate(zip(table.columns, classes, strict=True))
    ]
    ends = ["</th>", *["</td>"] * (len(starts) - 1)]
    for row in table.rows:
        cells = map(_cell, starts, row, ends, numbers, repeat(lang))
        yield f"<tr>{''.join(cells)}</tr>"


def _cell(start: str, cell: ShownCell, end: str, is_number: bool, lang: str) -> str:
    spoken = "" if is_number or not cell.text else lang_attribute(cell.text, lang)
    return f"{start}{spoken}>{_inside(cell)}{end}"


def cell_markup(cell: ShownCell) -> Markup:
    """Return what stands in a cell: long texts unfold, the code stands beside its name, missing decimals take room.

    >>> cell_markup(ShownCell("<b>", rest=" & more"))
    Markup('<details class="cell-more"><summary>&lt;b&gt;</summary> &amp; more</details>')
    >>> cell_markup(ShownCell("黄浦区", code='"1"'))
    Markup('黄浦区 <code class="cell-code">&#34;1&#34;</code>')
    """
    return Markup(_inside(cell))  # noqa: S704 - every text in it was escaped


def _inside(cell: ShownCell) -> str:
    text = _escaped(cell.text)
    if cell.rest:
        text = f'<details class="cell-more"><summary>{text}</summary>{_escaped(cell.rest)}</details>'
    elif cell.moment:
        text = f'<time datetime="{_escaped(cell.moment)}">{text}</time>'
    if cell.missing:
        text += f'<span class="cell-pad" aria-hidden="true" data-pad="{_escaped(cell.missing)}"></span>'
    if cell.code:
        text += f' <code class="cell-code">{_escaped(cell.code)}</code>'
    return text


def _escaped(text: str) -> str:
    """Escape a text; most cells hold nothing to escape, and to look is quicker than to make a value of another type."""
    return str(escape(text)) if _MARKS(text) else text
