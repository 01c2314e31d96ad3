"""Small tables validated in memory: each different text of a column once through Frictionless' cell reader.

The reader of Frictionless looks at nothing but the text, so what holds for a text holds for every cell with it. Only
rows with a cell that failed, a width that is wrong, or a key that is missing, doubled or not found are made into rows
of Frictionless. Nothing is proved here in another way than Frictionless would.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from portal.examining.validation.tables.bulk import are_clean
from portal.examining.validation.tables.chosen_rows import (
    Frame,
    Lookup,
    NotProvable,
    Verdict,
    comment_filter,
    csv_options,
    verdict_of_rows,
)
from portal.examining.validation.tables.proofs import missing_texts
from portal.examining.validation.tables.table_keys import Key

Reader = Callable[[Any], tuple[Any, dict[str, str] | None]]
Reading = dict[str | None, tuple[Any, dict[str, str] | None]]


@dataclass(frozen=True)
class SmallTable:
    """All rows of a table in memory. *numbers* and *rows* belong together."""

    frame: Frame
    numbers: tuple[int, ...]
    rows: tuple[list[str], ...]

    @cached_property
    def columns(self) -> tuple[tuple[str | None, ...], ...]:
        """The cells by column; None where a row is too short."""
        width = self.frame.width
        padded = [row if len(row) == width else [*row[:width], *[None] * (width - len(row))] for row in self.rows]
        return tuple(zip(*padded, strict=True)) if padded else tuple(() for _ in range(width))

    @cached_property
    def texts(self) -> tuple[set[str | None], ...]:
        """The different cells of each column."""
        return tuple(set(column) for column in self.columns)

    @cached_property
    def missing(self) -> tuple[set[str | None], ...]:
        """For each column those of its different cells that stand for a missing value; None, a missing cell, is one."""
        fields = self.frame.fields
        return tuple(texts & {None, *missing_texts(field)} for texts, field in zip(self.texts, fields, strict=True))

    def is_clean(self, at: int) -> bool:
        """Whether all cells of a column are certainly clean, without reading each."""
        field = self.frame.fields[at]
        if self.missing[at] and field.constraints.get("required"):
            return False
        there = self.texts[at] - self.missing[at]
        return are_clean(field, cast("set[str]", there))

    def reading(self, at: int) -> Reading:
        """Return what the reader of a column's field makes of each different cell: the value, and notes of errors."""
        if at not in self._readings:
            read: Reader = list(self.frame.handlers.values())[at].reader
            self._readings[at] = {text: read(text) for text in self.texts[at]}
        return self._readings[at]

    @cached_property
    def _readings(self) -> dict[int, Reading]:
        return {}

    def values(self, name: str) -> list[Any]:
        """Return the values of a field, row by row."""
        at = self.frame.index(name)
        field, missing = self.frame.fields[at], self.missing[at]
        if field.type == "any" or (field.type == "string" and field.format == "default"):
            return (
                [None if text in missing else text for text in self.columns[at]] if missing else list(self.columns[at])
            )
        reading = self.reading(at)
        return [reading[text][0] for text in self.columns[at]]

    def tuples(self, key: Key) -> list[tuple[Any, ...]]:
        """Return the values of some fields, row by row; a field that is not there has None."""
        names = {item.name for item in self.frame.fields}
        nothing = [None] * len(self.rows)
        return list(zip(*(self.values(name) if name in names else nothing for name in key), strict=True))


def read_small(frame: Frame, rows_max: int | None = None) -> SmallTable:
    """Read all rows of a table. Raises NotProvable where there are more than *rows_max*, or csv gives up."""
    numbers: list[int] = []
    rows: list[list[str]] = []
    table = frame.table
    keep = comment_filter(frame)
    try:
        with table.path.open("rb") as raw:
            raw.seek(frame.data_offset)
            lines = io.TextIOWrapper(raw, encoding="utf-8", newline="")
            for number, cells in enumerate(csv.reader(lines, **csv_options(table)), start=frame.first_row):
                if keep is None or keep(number, cells):
                    numbers.append(number)
                    rows.append(cells)
                    if rows_max is not None and len(rows) > rows_max:
                        raise NotProvable
    except (csv.Error, UnicodeDecodeError) as error:
        raise NotProvable from error
    return SmallTable(frame, tuple(numbers), tuple(rows))


def verdict_by_sets(small: SmallTable, lookups: Sequence[Lookup], errors_max: int) -> Verdict:
    """Judge a small table. Raises TypeError where a key has values that cannot be compared, as Frictionless does."""
    chosen = sorted(set(_suspects(small, lookups)))
    verdict = verdict_of_rows(
        small.frame,
        ((small.numbers[index], small.rows[index]) for index in chosen),
        lookups,
        has_rows=bool(small.rows),
        row_count=len(small.rows),
        errors_max=errors_max,
    )
    verdict.route = "sets"
    return verdict


def _suspects(small: SmallTable, lookups: Sequence[Lookup]) -> Iterator[int]:
    """Yield the positions of all rows that may have an error, and of those with the same key."""
    frame = small.frame
    width = frame.width
    yield from (index for index, row in enumerate(small.rows) if len(row) != width)
    blank: set[int] | None = None
    for at, column in enumerate(small.columns):
        empty = small.missing[at]
        if not small.is_clean(at):
            reading = small.reading(at)
            bad = {text for text, (_, notes) in reading.items() if notes}
            if bad:
                yield from (index for index, text in enumerate(column) if text in bad)
            empty = {text for text, (value, notes) in reading.items() if value is None and "type" not in (notes or {})}
        if blank is None or blank:
            among = range(len(column)) if blank is None else blank
            blank = {index for index in among if column[index] in empty} if empty else set()
    yield from blank or ()
    for name in frame.unique:
        yield from _doubled([(value,) for value in small.values(name)])
    if frame.primary_key:
        values = small.tuples(frame.primary_key)
        nothing = (None,) * len(frame.primary_key)
        yield from (index for index, item in enumerate(values) if item == nothing)
        if frame.optional_key:
            yield from (index for index, item in enumerate(values) if None in item)
        yield from _doubled(values)
    for key in frame.unique_keys:
        yield from _doubled(small.tuples(key))
    for foreign, lookup in zip(frame.foreign_keys, lookups, strict=True):
        values = small.tuples(foreign.fields)
        missed = {item for item in set(values) if item not in lookup}
        if missed:
            yield from (index for index, item in enumerate(values) if item in missed)


def _doubled(values: list[tuple[Any, ...]]) -> Iterator[int]:
    """Yield the positions of values that stand more than once and are not all missing."""
    if len(set(values)) == len(values):
        return
    counts = Counter(values)
    for index, item in enumerate(values):
        if counts[item] > 1 and any(part is not None for part in item):
            yield index
