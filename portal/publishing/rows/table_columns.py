"""Columns of a stored table, or of several of one shape: their fields, where they stand, where foreign keys lead."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from portal.model.errors import QueryError
from portal.publishing.rows.row_query import DISTANCE, Column, Distance, Order, RowQuery
from portal.publishing.rows.row_table import RowField
from portal.publishing.rows.store_layout import (
    DISTANCE_FIELD,
    RESOURCE_COLUMN,
    RESOURCE_FIELD,
    Layout,
    Place,
    StoredResource,
)


@dataclass(frozen=True, eq=False)
class TableColumns:
    """The columns of one resource, or of all of a layout together where *resource* is None."""

    layout: Layout
    layouts: Sequence[Layout]
    """All of the store, to which foreign keys may lead."""
    resource: StoredResource | None

    @cached_property
    def fields(self) -> tuple[RowField, ...]:
        """The columns, in the order of the published CSV; with several tables the resource first."""
        links = self._links
        schemas = (self.resource or self.layout.resources[0]).fields
        own = tuple(
            RowField(str(field["name"]), str(field.get("type", "any")), field, links.get(number))
            for number, field in enumerate(schemas)
        )
        return own if self.resource else (RowField(RESOURCE_COLUMN, "string", RESOURCE_FIELD), *own)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Where all of the columns stand."""
        return tuple(self.find(Column(field.name)) for field in self.fields)

    @cached_property
    def texts_behind_codes(self) -> tuple[Column, ...]:
        """The columns of text that foreign keys lead to, but for the codes themselves."""
        return tuple(
            Column(there.name, own.name)
            for own in self.fields
            if own.leads_to
            for there in self.linked(own.name)
            if there.type in ("string", "any") and there.name != own.leads_to[1]
        )

    def linked(self, name: str) -> tuple[RowField, ...]:
        """Return the columns of the table to which the column *name* leads, () where it leads nowhere."""
        number = self._numbers.get(name)
        target = self.target(number) if number is not None else None
        if target is None:
            return ()
        return tuple(RowField(str(field["name"]), str(field.get("type", "any")), field) for field in target[1].fields)

    def find(self, column: Column) -> Place:
        """Return where a column stands. Raises QueryError where there is none."""
        if isinstance(column, Distance):
            raise _unknown(column)
        numbers = self._numbers
        number = numbers.get(column.through or column.name)
        if number is None:
            raise _unknown(column)
        if not column.through:
            stored = self.layout.by_resource if number < 0 else self.layout.columns[number]
            return Place(stored, self.layout, number)
        target = self.target(number)
        if target is None:
            raise _unknown(column)
        layout, resource = target
        for at, field in enumerate(resource.fields):
            if field["name"] == column.name:
                return Place(layout.columns[at], layout, at, number, self.layout.linked_codes.get(number))
        raise _unknown(column)

    def field_of(self, column: Column) -> RowField:
        """Return a column as an answer has it."""
        if isinstance(column, Distance):
            return RowField(str(column), str(DISTANCE_FIELD["type"]), DISTANCE_FIELD)
        for field in self.linked(column.through) if column.through else self.fields:
            if field.name == column.name:
                return RowField(str(column), field.type, field.schema, field.leads_to)
        raise _unknown(column)

    def wanted_fields(self, query: RowQuery) -> tuple[RowField, ...]:
        """Return the columns of the answer to a question without groups."""
        if query.fields:
            return tuple(map(self.field_of, query.fields))
        return (*self.fields, self.field_of(DISTANCE)) if self._tells_distance(query) else self.fields

    def wanted_places(self, query: RowQuery, find: Callable[[Column], Place]) -> Sequence[Place]:
        """Return where these stand; *find* knows the distance, too."""
        if query.fields:
            return tuple(map(find, query.fields))
        return (*self.places, find(DISTANCE)) if self._tells_distance(query) else self.places

    def orders(self, query: RowQuery, find: Callable[[Column], Place]) -> list[tuple[Place, bool]]:
        """Return the places that a question without groups is sorted by, and whether they descend."""
        found = []
        for order in query.order:
            if not isinstance(order.column, Column):
                raise _not_sortable(order)
            found.append((find(order.column), order.descending))
        return found

    def _tells_distance(self, query: RowQuery) -> bool:
        """Whether the distance stands behind all columns of an answer, none of which is called so."""
        return query.near is not None and DISTANCE.name not in self._numbers

    @property
    def rows_before(self) -> int:
        """How many rows of other resources stand before those of this one."""
        return self.resource.first - 1 if self.resource else 0

    def target(self, number: int) -> tuple[Layout, StoredResource] | None:
        """Return the table to which a column leads."""
        link = self._links.get(number)
        return self._resource(link[0]) if link else None

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        own = {str(field["name"]): number for number, field in enumerate(self.layout.resources[0].fields)}
        return own if self.resource else {**own, RESOURCE_COLUMN: -1}

    @cached_property
    def _links(self) -> dict[int, tuple[str, str]]:
        """Return where columns lead; of several tables together, where all lead to the same."""
        if self.resource:
            links = dict(self.resource.links)
        else:
            first, *others = self.layout.resources
            links = {at: link for at, link in first.links.items() if all(item.links.get(at) == link for item in others)}
        return {at: link for at, link in links.items() if self._resource(link[0]) is not None}

    def _resource(self, name: str) -> tuple[Layout, StoredResource] | None:
        for layout in self.layouts:
            for resource in layout.resources:
                if resource.name == name:
                    return layout, resource
        return None


def _unknown(column: Column) -> QueryError:
    return QueryError(str(column), f"没有列“{column}”。", f'There is no column "{column}".')


def _not_sortable(order: Order) -> QueryError:
    return QueryError(
        "_sort",
        f"没有分组时不能按“{order.column}”排序。",
        f'Without groups nothing can be sorted by "{order.column}".',
    )
