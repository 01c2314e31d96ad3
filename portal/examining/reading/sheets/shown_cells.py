"""Cells that show something other than the reader gives: leading zeros, a time over a day, 1900-02-29.

Which they are is seen while a sheet is looked through; what they show is put in their place while its rows are read.
Kept are runs of rows, column by column, for a column is mostly of one format.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from portal.examining.reading.sheets.number_formats import NumberFormat

EPOCH_1904 = date(1904, 1, 1)
LEAP_DAY_1900 = 60
"""The number that Excel shows as 1900-02-29, a day that never was."""


class ShownNumber(float):
    """A number whose cell shows it with zeros in front; *shown* is what people see."""

    shown: str

    def __new__(cls, value: float, shown: str) -> ShownNumber:
        number = super().__new__(cls, value)
        number.shown = shown
        return number


@dataclass(frozen=True)
class Unreal:
    """What a cell shows that holds no day: ``1900-02-29`` (60), ``1900-01-00`` (less than 1), ``#######``, nothing."""

    shown: str


@dataclass(frozen=True)
class Elapsed:
    """A span of time that the reader leaves as text."""

    value: timedelta


Change = NumberFormat | Unreal | Elapsed


@dataclass
class ShownCells:
    """The cells of one sheet that are to be changed. Rows and columns count from 1; rows are added in their order."""

    changes: list[Change] = field(default_factory=list)
    runs: dict[int, array[int]] = field(default_factory=dict)
    """For each column first row, last row and number of the change, one run after the other."""
    numbers: dict[Change, int] = field(default_factory=dict)

    def add(self, row: int, column: int, change: Change, last_row: int = 0) -> None:
        """Note that the cells of *column* from *row* to *last_row* show *change*."""
        number = self.numbers.setdefault(change, len(self.changes))
        if number == len(self.changes):
            self.changes.append(change)
        runs = self.runs.setdefault(column, array("q"))
        if runs and runs[-2] == row - 1 and runs[-1] == number:
            runs[-2] = last_row or row
        elif not runs or runs[-2] < row:
            runs.extend((row, last_row or row, number))

    def applied(self, rows: Iterable[list[Any]]) -> Iterator[list[Any]]:
        """Yield the rows of the sheet, from its first row on, each cell as it is shown."""
        waiting: dict[int, Iterator[tuple[int, ...]]] = {
            column: iter(zip(*[iter(runs)] * 3, strict=True)) for column, runs in self.runs.items()
        }
        current = {column: next(runs) for column, runs in waiting.items()}
        due = min((run[0] for run in current.values()), default=0)
        for number, row in enumerate(rows, start=1):
            if due and number >= due:
                due = self._change(number, row, waiting, current)
            yield row

    def _change(
        self,
        number: int,
        row: list[Any],
        waiting: dict[int, Iterator[tuple[int, ...]]],
        current: dict[int, tuple[int, ...]],
    ) -> int:
        """Change the cells of one row; return the next row with something to change, 0 for none."""
        due = 0
        for column, (first, last, change) in list(current.items()):
            if first <= number and column <= len(row):
                row[column - 1] = as_shown(row[column - 1], self.changes[change])
            if last <= number:
                following = next(waiting[column], None)
                if following is None:
                    del current[column]
                    continue
                current[column] = following
                first = following[0]
            wanted = max(first, number + 1)
            due = min(due, wanted) if due else wanted
        return due


def as_shown(value: Any, change: Change) -> Any:
    """Return *value* as its cell shows it; what the change does not fit stays as it is.

    >>> as_shown(datetime(1900, 1, 1, 12), NumberFormat("time")), as_shown(date(2023, 5, 1), NumberFormat("moment"))
    (datetime.time(12, 0), datetime.datetime(2023, 5, 1, 0, 0))
    """
    if isinstance(change, Elapsed):
        return change.value if isinstance(value, str) else value
    if isinstance(change, Unreal):
        return change.shown if isinstance(value, date | time) else value
    if change.kind == "digits":
        shown = change.digits(value) if type(value) in (float, int) else None
        return value if shown is None else ShownNumber(value, shown)
    if change.kind == "time":
        return value.time() if type(value) is datetime else time() if type(value) is date else value
    if type(value) is time:  # counted from 1904: there day 0 is a day
        return EPOCH_1904 if change.kind == "day" and value == time() else datetime.combine(EPOCH_1904, value)
    if change.kind == "moment" and type(value) is date:
        return datetime.combine(value, time())
    if change.kind == "day" and type(value) is datetime and value.time() == time():
        return value.date()
    return value


def unreal_day(value: float, form: NumberFormat, *, starts_1904: bool) -> Unreal | None:
    """Return what a cell shows of a number that is no day in its sheet, None where it is one, or shows none.

    >>> unreal_day(60, NumberFormat("day"), starts_1904=False), unreal_day(61, NumberFormat("day"), starts_1904=False)
    (Unreal(shown='1900-02-29'), None)
    """
    if form.kind != "digits" and value < 0:
        return Unreal("#######")
    if form.kind not in ("day", "moment"):
        return None
    if value == 0 and form.hides_zero:
        return Unreal("")
    if starts_1904:
        return None
    if 0 <= value < 1:
        return Unreal("1900-01-00")
    return Unreal("1900-02-29") if LEAP_DAY_1900 <= value < LEAP_DAY_1900 + 1 else None
