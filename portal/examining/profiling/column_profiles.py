"""Column statistics and preview: rows, empty cells, distinct values, minimum, maximum, first rows.

Memory is bounded by the number of columns, never by the number of rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from portal.model.table_profile import ColumnProfile, TableProfile

FIRST_ROWS = 20
DISTINCT_MAX = 1000
"""Different values of a column that are counted; where there are more, their number is not told."""

_ORDERED_TYPES = frozenset(["integer", "number", "date", "datetime", "time", "year", "yearmonth"])


class TableProfiler:
    """Takes the rows of one table in turn, each as parsed values and as the text of the published CSV."""

    def __init__(self, names: Sequence[str], types: Sequence[str]) -> None:
        self._columns = [_ColumnProfiler(name, type_) for name, type_ in zip(names, types, strict=True)]
        self._first_rows: list[tuple[str, ...]] = []
        self._rows = 0

    def add(self, values: Sequence[Any], texts: Sequence[str]) -> None:
        """Take one row; *values* holds None for a cell without a value."""
        self._rows += 1
        if self._rows <= FIRST_ROWS:
            self._first_rows.append(tuple(texts))
        for column, value, text in zip(self._columns, values, texts, strict=True):
            column.add(value, text)

    def profile(self) -> TableProfile:
        """Return the profile of the rows so far."""
        return TableProfile(self._rows, tuple(column.profile() for column in self._columns), tuple(self._first_rows))


class _ColumnProfiler:
    def __init__(self, name: str, type_: str) -> None:
        self._name = name
        self._is_ordered = type_ in _ORDERED_TYPES
        self._gaps = 0
        self._distinct: set[str] | None = set()
        self._minimum: tuple[Any, str] | None = None
        self._maximum: tuple[Any, str] | None = None

    def add(self, value: Any, text: str) -> None:
        if value is None:
            self._gaps += 1
            return
        if self._distinct is not None:
            self._distinct.add(text)
            if len(self._distinct) > DISTINCT_MAX:
                self._distinct = None
        if self._is_ordered:
            self._stretch(value, text)

    def _stretch(self, value: Any, text: str) -> None:
        """Widen the range; values that have no order among each other (NaN, mixed time zones) end it."""
        try:
            if value != value:
                return
            if self._minimum is None or value < self._minimum[0]:
                self._minimum = (value, text)
            if self._maximum is None or value > self._maximum[0]:
                self._maximum = (value, text)
        except TypeError:
            self._is_ordered = False
            self._minimum = self._maximum = None

    def profile(self) -> ColumnProfile:
        return ColumnProfile(
            name=self._name,
            gaps=self._gaps,
            distinct=len(self._distinct) if self._distinct is not None else None,
            minimum=self._minimum[1] if self._minimum else "",
            maximum=self._maximum[1] if self._maximum else "",
        )
