"""Personal data in comments of workbooks, told at sheet and cell.

What the text of a file holds is told where a person sees it. A file keeps its comments in parts of their own
(``xl/comments1.xml``); whoever mends the workbook needs sheet and cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal.examining.privacy.recognising.detectors import Hit
from portal.examining.privacy.recognising.spelling import normal
from portal.examining.privacy.sightings import Sighting, gathered

if TYPE_CHECKING:
    from portal.examining.reading.sheets.hidden_things import HiddenThing

_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass(frozen=True)
class CommentAt:
    """The text of a comment, as detectors read it, and its cell: row and column from 1."""

    sheet: str
    row: int
    column: int
    text: str


def comments_of(things: Iterable[HiddenThing]) -> list[CommentAt]:
    """Return the comments among *things* whose cell is known.

    >>> from portal.examining.reading.sheets.hidden_things import HiddenThing
    >>> comments_of([HiddenThing("comment", "甲", "数据", "AA2"), HiddenThing("comment", "", "", "?")])
    [CommentAt(sheet='数据', row=2, column=27, text='甲')]
    """
    comments = []
    for thing in things:
        match = _CELL.fullmatch(thing.cell) if thing.kind == "comment" and thing.sheet else None
        if match:
            column = 0
            for letter in match[1]:
                column = column * 26 + ord(letter) - 64
            comments.append(CommentAt(thing.sheet, int(match[2]), column, normal(thing.text)))
    return comments


def at_their_cells(
    hits: Sequence[tuple[int | None, Hit]], comments: Sequence[CommentAt], file: str, **place: object
) -> tuple[list[tuple[int | None, Hit]], list[Sighting]]:
    """Part *hits* into those that stand in no comment, and sightings of the others, one a column of a sheet and kind.

    *place* is the rest of where they are, see `gathered`.
    """
    left: list[tuple[int | None, Hit]] = []
    found: dict[tuple[str, int], dict[tuple[int, str, str], Hit]] = {}
    for row, hit in hits:
        holding = [comment for comment in comments if hit.text in comment.text]
        if not holding:
            left.append((row, hit))
        for comment in holding:
            found.setdefault((comment.sheet, comment.column), {})[comment.row, hit.kind, hit.text] = hit
    sightings = []
    for (sheet, column), by_row in found.items():
        rows = [(row, hit) for (row, _, _), hit in sorted(by_row.items(), key=lambda item: item[0])]
        here = {**place, "file": f"{file}#{sheet}", "place": f"comment {sheet}", "column": column}
        sightings += gathered(rows, **here)
    return left, sightings
