"""Merged cells filled, and the rows of a sheet written as CSV text, subtotals noted.

The rows are on their way into the normal form: cells as text, what is odd noted.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from portal.examining.reading.header_rows import Region
from portal.examining.reading.second_tables import GapWatch
from portal.examining.reading.sheets.cell_texts import ColumnText, plain_texts
from portal.examining.reading.sheets.scan import column_letters
from portal.examining.reading.sheets.trailing_rows import LOOKED_AT_ROWS, TableEnd, is_total, table_end
from portal.examining.reading.sheets.workbook_files import UnreadableWorkbook
from portal.examining.reading.text.quotes import over
from portal.model.limits import Limits

BATCH_ROWS = 1000
REGIONS_MAX = 100_000
"""Merged cells of one sheet whose value is given to all their rows."""
SUBTOTALS_MAX = 1000
"""Rows with subtotals that are remembered."""


@dataclass(frozen=True)
class TableShape:
    """Where the table stands in the sheet: rows from 1, columns *left* to *right* (not included) from 0."""

    first_header_row: int
    header_row: int
    """The last row of the header, 0 for none."""
    left: int
    right: int
    labels: tuple[str, ...]


@dataclass
class Written:
    """What was seen while writing."""

    rows: int = 0
    last_filled_row: int = 0
    end: TableEnd = TableEnd()
    subtotals: list[int] = field(default_factory=list)
    second_table: int = 0
    """The first row after a blank one that is the heading or the header of another table; 0 for none."""
    filled_regions: list[str] = field(default_factory=list)
    columns: list[ColumnText] = field(default_factory=list)


def write_rows(
    rows: Iterator[list[Any]],
    shape: TableShape,
    fields: Sequence[Mapping[str, Any]],
    merged: Sequence[Region],
    target: Path,
    limits: Limits,
    *,
    starts_1904: bool,
) -> Written:
    """Write the normal form of a sheet to *target*. Raises UnreadableWorkbook where a limit is passed."""
    width = shape.right - shape.left
    if width > limits.columns_max:
        raise UnreadableWorkbook("table-too-large", reason=over("列", "columns", width, limits.columns_max))
    columns = [ColumnText(definition, starts_1904) for definition in fields[:width]]
    columns += [ColumnText(starts_1904=starts_1904) for _ in range(width - len(columns))]
    written = Written(columns=columns)
    fill = _Filling(merged, shape)
    watch = GapWatch(shape.labels)
    last_rows: deque[tuple[int, list[Any]]] = deque(maxlen=LOOKED_AT_ROWS)
    left, right, header_row = shape.left, shape.right, shape.header_row
    number = 0
    with target.open("w", encoding="utf-8", newline="") as file:
        for number, row in enumerate(islice(rows, header_row), start=1):
            cells = list(shape.labels) if number == header_row else plain_texts(row[left:right])
            written.last_filled_row = number
            _write(file, [cells], number, left, limits)
        while batch := list(islice(rows, BATCH_ROWS)):
            first_row = number + 1
            number += len(batch)
            for place, row in enumerate(batch, start=first_row) if fill.is_needed else ():
                fill.apply(place, row)
            last_rows.extend(zip(range(first_row, number + 1), batch, strict=True))
            if left or len(batch[0]) != right:
                batch = [row[left:right] for row in batch]
            _write_batch(file, batch, number, left, written, fields, limits, watch)
    written.second_table = watch.end()
    written.rows = number
    if number - header_row > limits.rows_max:
        raise UnreadableWorkbook("table-too-large", reason=over("行", "rows", number, limits.rows_max))
    written.end = table_end([(place, plain_texts(row)) for place, row in last_rows], width, fields)
    written.filled_regions = fill.filled
    return written


def _write_batch(
    file: Any,
    batch: list[list[Any]],
    last_row: int,
    left: int,
    written: Written,
    fields: Sequence[Mapping[str, Any]],
    limits: Limits,
    watch: GapWatch,
) -> None:
    """Write some rows, column by column turned into text."""
    first_row = last_row - len(batch) + 1
    texts = [
        column.texts(values, first_row)
        for column, values in zip(written.columns, zip(*batch, strict=True), strict=True)
    ]
    if any("计" in "\n".join(column) for column in texts[:2]):
        for row, cells in enumerate(zip(*texts, strict=True), start=first_row):
            if len(written.subtotals) < SUBTOTALS_MAX and is_total(cells, fields):
                written.subtotals.append(row)
    rows = list(zip(*texts, strict=True))
    watch.see(rows, first_row)
    filled = next((place for place in range(len(rows) - 1, -1, -1) if any(rows[place])), None)
    if filled is not None:
        written.last_filled_row = first_row + filled
    _write(file, rows, last_row, left, limits)


def _csv_text(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of one width as CSV.

    Where no cell needs quotes, which the counts tell, joining is what the writer would do, in a third of its time.

    >>> _csv_text([("a", "1"), ("b, c", "2")])
    'a,1\\n"b, c",2\\n'
    """
    width = len(rows[0])
    text = "\n".join(map(",".join, rows))
    is_plain = '"' not in text and "\r" not in text and text.count("\n") == len(rows) - 1
    if width > 1 and is_plain and text.count(",") == (width - 1) * len(rows):
        return text + "\n"
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def _write(file: Any, batch: Sequence[Sequence[str]], last_row: int, left: int, limits: Limits) -> None:
    text = _csv_text(batch)
    if "\0" in text or len(text) > limits.cell_characters_max:
        first_row = last_row - len(batch) + 1
        for row, cells in enumerate(batch, start=first_row):
            for column, cell in enumerate(cells, start=left + 1):
                if "\0" in cell:
                    raise UnreadableWorkbook("nul-byte", row=row, column=column)
                if len(cell) > limits.cell_characters_max:
                    reason = over("字符", "characters", len(cell), limits.cell_characters_max)
                    raise UnreadableWorkbook("table-too-large", row=row, column=column, reason=reason)
    file.write(text)
    if file.tell() > limits.unpacked_bytes_max:
        reason = over("字节", "bytes", file.tell(), limits.unpacked_bytes_max)
        raise UnreadableWorkbook("table-too-large", row=last_row, reason=reason)


class _Filling:
    """Gives the cells of merged regions below the header the value that people see in them.

    Not where a region is as wide as half of the table: that is a heading or a note. And a number is not repeated to
    the right, where it would count twice.
    """

    def __init__(self, merged: Sequence[Region], shape: TableShape) -> None:
        self.regions: dict[int, list[Region]] = {}
        self.active: dict[int, tuple[int, Any]] = {}
        """For each column the last row to fill, and with what."""
        self.filled: list[str] = []
        width_max = max(2, (shape.right - shape.left + 1) // 2)
        for (top, left), (bottom, right) in merged[:REGIONS_MAX]:
            is_wide = right - left + 1 >= width_max and right > left
            if top >= shape.header_row and not is_wide and left >= shape.left and right < shape.right:
                self.regions.setdefault(top + 1, []).append(((top + 1, left), (bottom + 1, right)))

    @property
    def is_needed(self) -> bool:
        """Whether any region is to be filled."""
        return bool(self.regions)

    def apply(self, number: int, row: list[Any]) -> None:
        """Fill the cells of this row in place."""
        covered = -1
        for (_, left), (bottom, right) in sorted(self.regions.get(number, ())):
            value = row[left] if left < len(row) else ""
            # No spreadsheet program lets regions overlap; of those that do the first counts.
            if value == "" or left <= covered:
                continue
            covered = right
            last = left if isinstance(value, (int, float)) else right
            self.active.update((column, (bottom, value)) for column in range(left, min(last + 1, len(row))))
            self.filled.append(f"{column_letters(left + 1)}{number}:{column_letters(right + 1)}{bottom}")
        for column, (bottom, value) in list(self.active.items()):
            if bottom < number:
                del self.active[column]
            elif row[column] == "":
                row[column] = value
