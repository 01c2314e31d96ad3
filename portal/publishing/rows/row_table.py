"""What a table with rows answers: its fields, a page of rows, a stream of rows. The seam between askers and stores."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from portal.publishing.rows.row_query import RowQuery

Cell = str | int | float | Decimal | bool | None
"""A value as JSON gives it: days and times are ISO 8601 texts, lists and objects are their JSON text."""


@dataclass(frozen=True, slots=True)
class RowField:
    """A column of an answer: its name as asked, its Table Schema type, and the field as its schema describes it."""

    name: str
    type: str
    schema: Mapping[str, Any]
    leads_to: tuple[str, str] | None = None
    """For a foreign key of one column the resource and the column it leads to."""


@dataclass(frozen=True, slots=True)
class RowPage:
    """A page of an answer; *total* counts the rows of all pages, None where nobody asked; *next* is a cursor or "".

    *numbers* are those of the rows in the file, from 1; of groups and distinct rows there are none.
    """

    fields: tuple[RowField, ...]
    rows: Sequence[tuple[Cell, ...]]
    total: int | None
    next: str = ""
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class JsonPage:
    """A page of an answer whose *rows*, *count* of them, are JSON already: a list of lists, as `RowPage` has them."""

    fields: tuple[RowField, ...]
    rows: str
    count: int
    total: int | None
    next: str = ""


class RowTable(Protocol):
    """One table, or several of one shape together. May be asked from several threads at once.

    All raise QueryError for a cursor that is none of this question and this table, and QueryTooLongError where the
    answer took longer than is allowed.
    """

    @property
    def fields(self) -> tuple[RowField, ...]:
        """The columns, in the order of the published CSV; with several tables the resource (``_resource``) first."""

    @property
    def rows(self) -> int:
        """The number of rows."""

    def page(self, query: RowQuery) -> RowPage:
        """Return one page."""

    def json_pages(self, query: RowQuery) -> Callable[[], JsonPage]:
        """Return what gives one page with its rows as JSON, as often as it is called while the table is open.

        It costs far less than to make values and write them.
        """

    def stream(self, query: RowQuery) -> tuple[tuple[RowField, ...], Iterator[tuple[Cell, ...]]]:
        """Return the columns and all rows of the answer, in constant memory; the iterator must be closed or read."""

    def linked(self, name: str) -> tuple[RowField, ...]:
        """Return the columns of the table to which the column *name* leads, () where it leads nowhere."""
