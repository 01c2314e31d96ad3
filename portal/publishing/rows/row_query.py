"""A question about the rows of a table as a value: filter, fields, sort, page, group by, aggregate, distinct.

Names and operators were checked against the table's fields, and values have the type of their field, before a question
exists: whoever makes one (`portal.serving.rows` from a request, the CKAN face, the tools for agents) answers for that.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Value = str | int | Decimal | bool
"""A value as it is compared: text as it stands in the published CSV, days and times as there or in ISO 8601."""

Operator = Literal["eq", "ne", "gt", "gte", "lt", "lte", "in", "contains", "startswith", "isnull"]
Function = Literal["count", "sum", "avg", "min", "max", "median"]
Bucket = Literal["", "year", "quarter", "month", "week", "day", "hour"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table, or, with *through*, of the table that this column is a foreign key to.

    ``Column("名称", through="市场")`` is the column 名称 of the table to which the column 市场 leads.
    """

    name: str
    through: str = ""

    def __str__(self) -> str:
        """Return how it is spelled in requests and answers."""
        return f"{self.through}.{self.name}" if self.through else self.name


@dataclass(frozen=True, slots=True)
class Distance(Column):
    """How far a row lies from the point of a question with *near*, in whole metres: a column of its answer alone."""


DISTANCE = Distance("_distance")


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold of one column; ``in`` takes any number of values, ``isnull`` one bool, all others one value."""

    column: Column
    operator: Operator
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of the parts hold; without parts everything does."""

    parts: tuple[Where, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of the parts holds at least; without parts nothing does."""

    parts: tuple[Where, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold; a cell without a value does not fulfil it either, as in SQL."""

    part: Where


Where = Condition | AllOf | AnyOf | Not


@dataclass(frozen=True, slots=True)
class Order:
    """One key to sort by; cells without a value come last, whichever way.

    Of groups a *column* is the first group of that column, where several have different buckets.
    """

    column: Column | Group | Aggregate
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """A point in degrees, and how many *metres* away a row may lie by its columns of coordinates."""

    longitude: Column
    latitude: Column
    x: Decimal
    y: Decimal
    metres: Decimal


@dataclass(frozen=True, slots=True)
class Group:
    """A column whose equal values make a group; of days and times those of one *bucket* are equal."""

    column: Column
    bucket: Bucket = ""

    def __str__(self) -> str:
        """Return how it is called in answers: ``日期`` or ``日期:month``."""
        return f"{self.column}:{self.bucket}" if self.bucket else str(self.column)


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A number told of each group; ``count`` without a column counts rows, else the cells that have a value."""

    function: Function
    column: Column | None = None

    def __str__(self) -> str:
        """Return how it is spelled in requests and answers: ``count`` or ``avg(浓度)``."""
        return f"{self.function}({self.column})" if self.column else self.function


@dataclass(frozen=True, slots=True)
class RowQuery:
    """A question about the rows of a table.

    Without *fields* all columns are given, with *near* the distance behind them. With *groups* or *aggregates* there is
    a row for each group, in the columns of the groups and then of the aggregates. *limit* None is all rows, for whoever
    streams them. *cursor* is what the page before gave as its next, "" for the first; *offset* passes rows over where
    there is no cursor (CKAN).
    """

    where: Where = AllOf()
    words: str = ""
    """Words that must stand somewhere in the row's text."""
    looks_behind_codes: bool = False
    """Whether words may stand in the rows that foreign keys lead to, too."""
    near: Near | None = None
    has_gaps: bool = False
    """Whether some column of the row must have no value."""
    fields: tuple[Column, ...] = ()
    order: tuple[Order, ...] = ()
    limit: int | None = 100
    cursor: str = ""
    offset: int = 0
    is_distinct: bool = False
    groups: tuple[Group, ...] = ()
    aggregates: tuple[Aggregate, ...] = ()
    with_total: bool = True
    numbers: tuple[int, ...] | None = None
    """Rows by their numbers in the file, from 1, of which each must be one; None for any."""
