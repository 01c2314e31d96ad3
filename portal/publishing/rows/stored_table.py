"""A table of a store, or several of one shape, as `RowTable`: pages by cursor, streams, distinct values, groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portal.model.errors import QueryError
from portal.publishing.rows.found_rows import FoundRows
from portal.publishing.rows.kept_rows import KeptRows
from portal.publishing.rows.row_cursors import cursor_of, place_of
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
        kept, total, after = self._kept(query)
        before = self.lookup.columns.rows_before
        numbers = tuple(id_ - before for id_ in kept.ids)
        return RowPage(self.lookup.columns.wanted_fields(query), kept.values(), total, after, numbers)

    def json_page(self, query: RowQuery) -> JsonPage:
        """Return one page with its rows as JSON."""
        self._bounded(query)
        if _is_grouped(query):
            page = self._grouped(query).page()
            return JsonPage(page.fields, in_json(page.rows), len(page.rows), page.total, page.next)
        kept, total, after = self._kept(query)
        return JsonPage(self.lookup.columns.wanted_fields(query), kept.in_json(), len(kept.ids), total, after)

    def stream(self, query: RowQuery) -> tuple[tuple[RowField, ...], Iterator[tuple[Cell, ...]]]:
        """Return the columns and all rows of the answer, in constant memory; the iterator must be closed or read."""
        if _is_grouped(query):
            return self._grouped(query).stream()
        start = place_of(query, self.lookup.identity)
        fields = self.lookup.columns.wanted_fields(query)
        return fields, FoundRows(self.lookup, query, start).stream()

    def _kept(self, query: RowQuery) -> tuple[KeptRows, int | None, str]:
        """Return the rows of a page as they are kept, the total where it is asked for, and the next cursor."""
        start = place_of(query, self.lookup.identity)
        found, total = FoundRows(self.lookup, query, start), None
        with self.lookup.files.connection() as connection:
            kept = found.page(connection)
            if query.with_total:
                is_whole = not (start or query.offset or kept.more)
                total = len(kept.ids) if is_whole else found.total(connection)
        after = cursor_of(query, self.lookup.identity, kept.ids[-1]) if kept.more and kept.ids else ""
        return kept, total, after

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


def _is_grouped(query: RowQuery) -> bool:
    return bool(query.groups or query.aggregates or query.is_distinct)
