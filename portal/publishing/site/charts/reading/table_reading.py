"""The rows of a table as a plan asks for them: what counts, groups with their sums, names of categories; bounded."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from typing import Any

from portal.model.measurement_units import title_and_unit
from portal.model.text import LocalText
from portal.model.total_words import TOTAL_WORDS, names_all
from portal.publishing.rows.row_query import (
    Aggregate,
    AllOf,
    AnyOf,
    Column,
    Condition,
    Group,
    Not,
    RowQuery,
    Value,
    Where,
)
from portal.publishing.rows.row_table import RowTable
from portal.publishing.site.charts.chart import Sources
from portal.publishing.site.charts.choosing.chart_plan import Dimension, Numbers, Plan
from portal.publishing.site.charts.drawing.svg_text import clean
from portal.publishing.site.charts.wording.left_out import ROWS_OF_TOTALS, only_rows, taken_together

GROUPS_READ_MAX = 20_000
"""Groups of rows that are read for one chart; a chart that needs more is not made."""
_COUNTED_ELSEWHERE = re.compile(r"(其中|of which\b)", re.IGNORECASE)
_BLANK = LocalText("（空）", "(empty)")
_TRUTH = {"true": LocalText("是", "Yes"), "false": LocalText("否", "No")}

Places = Callable[[str], LocalText]
"""What a division code is called, empty where nobody knows."""


@dataclass(frozen=True)
class Reading:
    """A plan with the table that it is read from."""

    plan: Plan
    table: RowTable
    places: Places = lambda code: LocalText()
    totals: tuple[tuple[str, tuple[Value, ...]], ...] = ()
    """Columns that are not on the chart, with what their rows of totals are called: those are not counted."""

    def without_totals(self) -> Reading:
        """Return the same with the rows of totals known."""
        return replace(self, totals=tuple(self._rows_of_totals()))

    @property
    def where(self) -> Where:
        """What rows must fulfil."""
        types = {field.name: field.type for field in self.table.fields}
        wanted = (
            Condition(Column(name), "in", tuple(typed(value, types.get(name, "string")) for value in values))
            for name, values in self.plan.filters
        )
        parts = (
            AnyOf((Not(Condition(Column(name), "in", values)), Condition(Column(name), "isnull", (True,))))
            for name, values in self.totals
        )
        return AllOf((*wanted, *parts))

    def _rows_of_totals(self) -> Iterator[tuple[str, tuple[Value, ...]]]:
        """Yield columns off the chart in which rows of totals stand beside their parts."""
        for name in self.plan.columns_with_totals:
            read = self.grouped([Group(Column(name))], ())
            values = [row[0] for row in read or () if row[0]]
            totals = tuple(value for value in values if is_total(clean(str(value))))
            if read is None:
                yield name, tuple(sorted(TOTAL_WORDS))
            elif 0 < len(totals) < len(values):
                yield name, totals

    def adds_up_over_time(self) -> bool:
        """Whether amounts of a moment (期末在册) would be added up over the moments in the table."""
        is_added = any(item.measure.nature == "stock" and item.measure.function in ("value", "sum")
                       for item in self.plan.numbers)  # fmt: skip
        return is_added and any(
            len(self.grouped([Group(Column(name))], ()) or (1, 2)) > 1 for name in self.plan.times_apart
        )

    def grouped(self, groups: Sequence[Group], numbers: Sequence[Numbers]) -> list[tuple[Any, ...]] | None:
        """Return rows of groups, the number of rows, then of each column the values and their sum; None if too many."""
        aggregates = [Aggregate("count")]
        for item in numbers:
            if item.column:
                function = item.measure.function if item.measure.function in ("min", "max", "median") else "sum"
                aggregates += [Aggregate("count", Column(item.column)), Aggregate(function, Column(item.column))]
        query = RowQuery(
            where=self.where,
            groups=tuple(groups),
            aggregates=tuple(aggregates),
            limit=GROUPS_READ_MAX + 1,
            with_total=False,
        )
        found = self.read(query, GROUPS_READ_MAX)
        return None if len(found) > GROUPS_READ_MAX else found

    def read(self, query: RowQuery, rows_max: int) -> list[tuple[Any, ...]]:
        """Return the rows of an answer, one more than *rows_max* at most."""
        with ExitStack() as stack:
            _, rows = self.table.stream(query)
            close = getattr(rows, "close", None)
            if close:
                stack.callback(close)
            return list(islice(rows, rows_max + 1))

    def sources_of(self, blanks: int = 0, left_out: Sequence[LocalText] = ()) -> Sources:
        filters = [only_rows(name, values) for name, values in self.plan.filters]
        tables = [taken_together(self.plan.together.tables)] if self.plan.together else []
        found = (*tables, *filters, *left_out, *([ROWS_OF_TOTALS] if self.totals else []))
        return Sources(self.table.rows, blanks, tuple(dict.fromkeys(found)))

    def name_of(self, dimension: Dimension, cell: Any) -> LocalText:
        """Return what a category is called on the chart."""
        if cell is None or cell == "":
            return _BLANK
        if isinstance(cell, bool):
            return _TRUTH["true" if cell else "false"]
        text = clean(str(cell))
        if dimension.has_places:
            named = self.places(text)
            if named:
                return LocalText(clean(named.zh), clean(named.en))
        return LocalText(text) if text else _BLANK


def typed(value: str, type_: str) -> Value:
    """Return a value of a filter as cells of a column are compared with it; what does not fit finds nothing."""
    if type_ == "boolean":
        return value.casefold() in ("true", "1", "yes", "是")
    try:
        if type_ in ("integer", "year"):
            return int(value)
        return Decimal(value) if type_ == "number" else value
    except (ValueError, ArithmeticError):
        return value


def are_of_several_units(names: Collection[LocalText]) -> bool:
    """Whether the names of categories say different units in brackets: 人口（万人）, 产值（亿元）."""
    return len({title_and_unit(name.zh)[1] for name in names} - {""}) > 1


def is_total(name: str) -> bool:
    """Whether a category is the total of others, or is counted in another (其中：女)."""
    return names_all(name) or _COUNTED_ELSEWHERE.match(name.strip("（）() ")) is not None


def totals_among(names: Iterable[LocalText]) -> frozenset[LocalText]:
    """Return the names that are totals of others; none where there are no others."""
    different = frozenset(names)
    totals = frozenset(name for name in different if is_total(name.zh))
    return totals if len(totals) < len(different) else frozenset()
