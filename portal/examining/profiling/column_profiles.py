"""Column statistics and preview: rows, gaps, distinct values, range, sum, histogram, top values, dates, first rows.

Rows are taken some at a time, column by column. Memory is bounded by the number of columns, never by the number of
rows: of a column with more different values than are kept only gaps, range, sum and order are found here, and
`large_columns` finds the rest in the Parquet file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Context, Decimal, DecimalException, Inexact, localcontext
from heapq import nsmallest
from operator import ge, le
from typing import Any

from portal.examining.profiling.histograms import bins_of, plain
from portal.examining.profiling.moments_over_time import moment_of, over_time, steps_between
from portal.examining.profiling.newest_rows import NewestRows
from portal.model.table_profile import ColumnKind, ColumnProfile, Order, TableProfile, TimeUnit, ValueCount, says_total

FIRST_ROWS = 20
DISTINCT_MAX = 10_000
"""Different values of a column that are kept while rows pass by; where there are more, they are counted in Parquet."""
DISTINCT_IN_TABLE_MAX = 100_000
"""Different values that are kept of all columns together: the more columns, the fewer of each."""
DISTINCT_CHARACTERS = 40
"""A column whose different values have more characters each, on average over all that may be kept, is not kept."""
TOP_MAX = 20
"""The most frequent values of a column that are told."""
TOP_CHARACTERS_MAX = 80
"""A column with a longer value among the most frequent ones is prose: none is told."""
BLOCK_ROWS = 1_000
"""Rows that are taken at once."""

FINEST_UNITS: Mapping[str, TimeUnit] = {"date": "day", "datetime": "hour", "yearmonth": "month", "year": "year"}
"""The finest unit that the moments of a type are counted by."""
_NUMBER_TYPES = ("integer", "number")
_ORDERED_TYPES = frozenset([*_NUMBER_TYPES, *FINEST_UNITS, "time"])
_KINDS: Mapping[str, ColumnKind] = {
    **dict.fromkeys(_NUMBER_TYPES, "number"),
    **dict.fromkeys(FINEST_UNITS, "time"),
    **dict.fromkeys(("object", "array", "list", "geopoint", "geojson", "duration"), "other"),
    "time": "clock",
    "boolean": "truth",
}
_ORDERS: Mapping[tuple[bool, bool], Order] = {
    (False, False): "",
    (True, False): "rising",
    (False, True): "falling",
    (True, True): "equal",
}
_SUMS = Context(prec=200, traps=[Inexact])


class TableProfiler:
    """Takes the rows of one table in turn, each as parsed values and as the text of the published CSV."""

    def __init__(
        self,
        names: Sequence[str],
        types: Sequence[str],
        *,
        newest_by: int | None = None,
        distinct_max: int = DISTINCT_MAX,
    ) -> None:
        """Take the names and types of the columns, and the number of the one by which the newest rows are known."""
        kept = min(distinct_max, DISTINCT_IN_TABLE_MAX // max(1, len(names)))
        self._columns = [_ColumnProfiler(name, type_, kept) for name, type_ in zip(names, types, strict=True)]
        self._first_rows: list[tuple[str, ...]] = []
        self._newest = NewestRows(newest_by, FIRST_ROWS) if newest_by is not None else None
        self._newest_by = names[newest_by] if newest_by is not None else ""
        self._values: list[Sequence[Any]] = []
        self._texts: list[Sequence[str]] = []
        self._rows = 0

    def add(self, values: Sequence[Any], texts: Sequence[str]) -> None:
        """Take one row, which may not change afterwards; a cell without a value is None and ""."""
        if self._rows < FIRST_ROWS:
            self._first_rows.append(tuple(texts))
        self._rows += 1
        self._values.append(values)
        self._texts.append(texts)
        if len(self._values) == BLOCK_ROWS:
            self._take()

    def profile(self) -> TableProfile:
        """Return the profile of the rows so far."""
        self._take()
        columns = tuple(column.profile(self._rows) for column in self._columns)
        newest = self._newest.rows() if self._newest else ()
        return TableProfile(self._rows, columns, tuple(self._first_rows), newest, self._newest_by if newest else "")

    def _take(self) -> None:
        by_column = zip(self._columns, zip(*self._values, strict=True), zip(*self._texts, strict=True), strict=False)
        for column, values, texts in by_column:
            column.add(values, texts)
        if self._newest:
            self._newest.add(self._values, self._texts)
        self._values.clear()
        self._texts.clear()


class _ColumnProfiler:
    def __init__(self, name: str, type_: str, kept: int) -> None:
        self._name, self._type, self._kept = name, type_, kept
        self._gaps = 0
        self._counts: Counter[str] | None = Counter()
        self._by_text: dict[str, Any] = {}
        self._characters = 0
        self._has_total_row = False
        self._may_total = type_ in ("string", "any")
        self._is_ordered = type_ in _ORDERED_TYPES
        self._range: tuple[tuple[Any, str], tuple[Any, str]] | None = None
        self._rises, self._falls = self._is_ordered, self._is_ordered
        self._last: Any = None
        self._total: Any = 0 if type_ in _NUMBER_TYPES else None

    def add(self, values: Sequence[Any], texts: Sequence[str]) -> None:
        gaps = texts.count("")
        self._gaps += gaps
        different = dict(zip(texts, values, strict=True))
        different.pop("", None)
        self._has_total_row = self._has_total_row or (self._may_total and any(map(says_total, different)))
        if self._rises or self._falls:
            self._compare([value for value in values if value is not None] if gaps else values)
        if self._counts is not None:
            self._count(texts, different)
        else:
            self._stretch(different)
            self._sum([value for value in values if value is not None] if gaps else values)

    def _count(self, texts: Sequence[str], different: Mapping[str, Any]) -> None:
        """Count the texts of some rows; where there are too many different ones, keep none of them any more."""
        assert self._counts is not None
        self._characters += sum(map(len, different.keys() - self._by_text.keys()))
        self._by_text |= different
        self._counts.update(texts)
        if len(self._by_text) > self._kept or self._characters > self._kept * DISTINCT_CHARACTERS:
            self._gather()
            self._counts = None
            self._by_text.clear()

    def _gather(self) -> None:
        """Find range and sum of what is kept."""
        assert self._counts is not None
        counts = self._counts
        self._stretch(self._by_text)
        with localcontext(_SUMS):
            self._sum(value * counts[text] for text, value in self._by_text.items())

    def _stretch(self, different: Mapping[str, Any]) -> None:
        """Widen the range, in which NaN has no place; values without an order (mixed time zones) end it."""
        if not self._is_ordered or not different:
            return
        try:
            ends = [*(self._range or ()), *((value, text) for text, value in different.items() if value == value)]
            self._range = (min(ends, key=_value), max(ends, key=_value)) if ends else None
        except (TypeError, DecimalException):
            self._is_ordered = self._rises = self._falls = False
            self._range = None

    def _compare(self, values: Sequence[Any]) -> None:
        """Look whether ordered values go on rising or falling."""
        run = values if self._last is None else [self._last, *values]
        if not run:
            return
        try:
            self._rises = self._rises and all(map(le, run, run[1:]))
            self._falls = self._falls and all(map(ge, run, run[1:]))
        except (TypeError, DecimalException):
            self._rises = self._falls = False
        self._last = run[-1]

    def _sum(self, numbers: Iterable[Any]) -> None:
        """Add numbers; what has too many digits for an exact sum ends it."""
        if self._total is None:
            return
        try:
            with localcontext(_SUMS):
                self._total = sum(numbers, self._total)
        except (DecimalException, TypeError):
            self._total = None

    def profile(self, rows: int) -> ColumnProfile:
        """Return what was found; nothing may be added afterwards."""
        filled = rows - self._gaps
        if self._counts is None:
            return self._described(filled, None, ())
        self._gather()
        by_value = self._by_value(self._counts)
        found = self._described(filled, len(by_value), top_of(by_value.values(), filled))
        return with_distribution(found, {value: count for value, (_, count) in by_value.items()})

    def _described(self, filled: int, distinct: int | None, top: tuple[ValueCount, ...]) -> ColumnProfile:
        low, high = self._range or ((None, ""), (None, ""))
        return ColumnProfile(
            name=self._name,
            gaps=self._gaps,
            distinct=distinct,
            minimum=low[1],
            maximum=high[1],
            type=self._type,
            kind=kind_of(self._type, filled, distinct),
            top=top,
            total=_written(self._total) if filled else "",
            order=_ORDERS[self._rises, self._falls] if filled > 1 else "",
            has_total_row=self._has_total_row,
        )

    def _by_value(self, counts: Mapping[str, int]) -> dict[Any, tuple[str, int]]:
        """Return each value with a text of it and how many cells hold it: 1.0 and 1.00 are one number."""
        found: dict[Any, tuple[str, int]] = {}
        for text, value in sorted(self._by_text.items()):
            key = value if self._type in _ORDERED_TYPES and value == value else text
            first, count = found.get(key, (text, 0))
            found[key] = first, count + counts[text]
        return found


def kind_of(type_: str, filled: int, distinct: int | None) -> ColumnKind:
    """Return what a column of a type holds, by how many cells have a value and how many values are different.

    >>> kind_of("string", 10, 10), kind_of("string", 10, 5), kind_of("string", 10, 6), kind_of("integer", 10, None)
    ('identifier', 'category', 'text', 'number')
    """
    if not filled:
        return "empty"
    if type_ in _KINDS:
        return _KINDS[type_]
    if distinct is None:
        return "text"
    if distinct == filled > 1:
        return "identifier"
    return "category" if 2 * distinct <= filled else "text"


def top_of(counted: Iterable[tuple[str, int]], filled: int) -> tuple[ValueCount, ...]:
    """Return the most frequent of different values; () where none comes again, or where they are prose."""
    top = nsmallest(TOP_MAX, counted, key=lambda item: (-item[1], item[0]))
    if not top or (top[0][1] == 1 and filled > 1) or any(len(text) > TOP_CHARACTERS_MAX for text, _ in top):
        return ()
    return tuple(ValueCount(text, count) for text, count in top)


def with_distribution(column: ColumnProfile, counts: Mapping[Any, int]) -> ColumnProfile:
    """Return *column* with its histogram or its course over time, by how many cells hold each of its values."""
    if column.kind == "number":
        numbers = Counter[Decimal]()
        for value, count in counts.items():
            number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
            if number.is_finite():
                numbers[number] += count
        return replace(column, bins=bins_of(numbers, whole=column.type == "integer"))
    if column.kind == "time" and column.minimum:
        moments = Counter[datetime]()
        for value, count in counts.items():
            moment = moment_of(value)
            if moment is None:
                return column
            moments[moment] += count
        finest = FINEST_UNITS[column.type]
        return replace(column, over_time=over_time(moments, finest=finest), steps=steps_between(sorted(moments)))
    return column


def _value(pair: tuple[Any, str]) -> Any:
    return pair[0]


def _written(total: Decimal | int | float | None) -> str:
    """Return a sum as text, "" where it is none: of floats nobody knows the last digit."""
    if isinstance(total, Decimal):
        return plain(total) if total.is_finite() else ""
    return str(total) if isinstance(total, int) else ""
