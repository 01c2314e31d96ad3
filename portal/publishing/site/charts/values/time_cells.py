"""Cells of charts over time: what the rows of one moment and category come to, and cells brought together."""

from __future__ import annotations

from dataclasses import dataclass, replace

from portal.publishing.site.charts.chart import Function, Step
from portal.publishing.site.charts.values.time_steps import coarser


@dataclass(slots=True)
class Cell:
    """What the rows of one moment and category come to: their number, those with a value, the sum of the values."""

    rows: int = 0
    filled: int = 0
    sum: float = 0.0
    """Or the least, the greatest, the middle value, where that is what was asked."""
    days: int = 0
    """How many different moments of the data are in it."""
    is_joined: bool = False
    """Whether it was put together of several that have values: the middle of middle values is none."""

    def add(self, other: Cell, function: Function = "sum") -> None:
        """Take another one in; of the least and the greatest the lesser or greater stays."""
        self.is_joined = self.is_joined or other.is_joined or bool(self.filled and other.filled)
        if function in ("min", "max") and self.filled and other.filled:
            self.sum = (min if function == "min" else max)(self.sum, other.sum)
        else:
            self.sum += other.sum
        self.rows += other.rows
        self.filled += other.filled
        self.days += other.days


Line = dict[int, Cell]
"""The cells of one line by their moments."""


def gathered_cells(line: Line, step: Step, wanted: Step, function: Function) -> Line:
    """Return the cells of a line brought together by a longer step."""
    """Return the cells of a line brought together by a longer step."""
    if step == wanted:
        return line
    found: Line = {}
    for moment, cell in line.items():
        found.setdefault(coarser(moment, step, wanted), Cell()).add(
            replace(cell, days=1 if cell.filled else 0), function
        )
    return found
