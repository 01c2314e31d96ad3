"""A table of a store, or several of one shape, as `RowTable`: pages by cursor, streams, distinct values, groups."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from portal.model.errors import QueryError
from portal.publishing.rows.found_rows import FoundRows
from portal.publishing.rows.kept_rows import KeptRows
from portal.publishing.rows.row_cursors import cursor_at, place_of
from portal.publishing.rows.row_groups import GroupedQuestion
from portal.publishing.rows.row_lookup import RowLookup
from portal.publishing.rows.row_query import Column, Group, RowQuery
from portal.publishing.rows.row_table import Cell, JsonPage, RowField, RowPage
from portal.publishing.rows.told_cells import in_json


@dataclass(frozen=True, eq=False)
class StoredTable:
    """The table of *lookup*; a page has *rows_max* rows at most."""

    lookup: RowLookup
    rows_max: int

    @property
    def fields(self) -> tuple[RowField, ...]:
        """The columns, in the order of the published CSV; with several tables the resource first."""
        return self.lookup.columns.fields

    @property
    def rows(self) -> int:
        """The number of rows."""
        return self.lookup.rows

    def linked(self, name: str) -> tuple[RowField, ...]:
        """Return the columns of the table to which the column *name* leads, () where it leads nowhere."""
        return self.lookup.columns.linked(name)

    def page(self, query: RowQuery) -> RowPage:
        """Return one page."""
        self._bounded(query)
        if _is_grouped(query):
            return self._grouped(query).page()
        found = self._found(query)
        kept, total = self._kept(found)
        before = self.lookup.columns.rows_before
        numbers = tuple(id_ - before for id_ in kept.ids)
        return RowPage(self.lookup.columns.wanted_fields(query), kept.values(), total, _next(found, kept), numbers)

    def json_pages(self, query: RowQuery) -> Callable[[], JsonPage]:
        """Return what gives one page with its rows as JSON, as often as it is called while the table is open."""
        self._bounded(query)
        if _is_grouped(query):
            return partial(_json_groups, self._grouped(query))
        return partial(self._json_rows, self._found(query), self.lookup.columns.wanted_fields(query))

    def stream(self, query: RowQuery) -> tuple[tuple[RowField, ...], Iterator[tuple[Cell, ...]]]:
        """Return the columns and all rows of the answer, in constant memory; the iterator must be closed or read."""
        if _is_grouped(query):
            return self._grouped(query).stream()
        return self.lookup.columns.wanted_fields(query), self._found(query).stream()

    def _found(self, query: RowQuery) -> FoundRows:
        return FoundRows(self.lookup, query, place_of(query, self.lookup.identity))

    def _kept(self, found: FoundRows) -> tuple[KeptRows, int | None]:
        """Return the rows of a page as they are kept, and the total where it is asked for."""
        kept = found.page()
        if not found.query.with_total:
            return kept, None
        is_whole = not (found.start or found.query.offset or kept.more)
        return kept, len(kept.ids) if is_whole else found.total()

    def _json_rows(self, found: FoundRows, fields: tuple[RowField, ...]) -> JsonPage:
        kept, total = self._kept(found)
        return JsonPage(fields, kept.in_json(), len(kept.ids), total, _next(found, kept))

    def _bounded(self, query: RowQuery) -> None:
        if query.limit is None or not 0 <= query.limit <= self.rows_max or query.offset < 0:
            raise QueryError(
                "_limit",
                f"一页最多 {self.rows_max:,} 行。",
                f"A page has at most {self.rows_max:,} rows.",
            )

    def _grouped(self, query: RowQuery) -> GroupedQuestion:
        if query.is_distinct and not (query.groups or query.aggregates):
            columns = query.fields or tuple(Column(field.name) for field in self.fields)
            groups = tuple(Group(column) for column in columns)
            return GroupedQuestion(self.lookup, query, groups, ())
        return GroupedQuestion(self.lookup, query, query.groups, query.aggregates)


def _json_groups(groups: GroupedQuestion) -> JsonPage:
    page = groups.page()
    return JsonPage(page.fields, in_json(page.rows), len(page.rows), page.total, page.next)


def _next(found: FoundRows, kept: KeptRows) -> str:
    """Return the cursor of the next page, "" where there is none."""
    return cursor_at(found.digest, kept.ids[-1]) if kept.more and kept.ids else ""


def _is_grouped(query: RowQuery) -> bool:
    return bool(query.groups or query.aggregates or query.is_distinct)
