"""The shape of a published table: columns with their roles, the key, names of codes; what rules choose by."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from portal.model.catalog import Field, Resource, Schema
from portal.model.table_profile import TableProfile
from portal.model.text import LocalText
from portal.publishing.publication import PublishedDataset, PublishedResource
from portal.publishing.site.charts.choosing.chart_plan import Dimension, Plan, Together
from portal.publishing.site.charts.choosing.column_roles import ChartColumn, chart_column

_NAMES = re.compile(r"名称$|名$|标题$|name$|title$", re.IGNORECASE)
_DIVISION = re.compile(r"区划代码|行政区划|区县代码|division code", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table as rules see it. *key* are the columns that tell rows apart, () where nothing says which."""

    resource: str
    title: LocalText
    rows: int
    columns: tuple[ChartColumn, ...]
    key: tuple[str, ...] = ()
    labels: Mapping[str, Dimension] | None = None
    """For columns of codes how their values are shown."""
    names: tuple[str, ...] = ()
    """What the table and its dataset are called, in small letters."""
    is_hierarchy: bool = False
    """Whether rows belong to other rows of the table, so that sums would count twice."""
    together: Together | None = None
    """Where it is of several tables of one shape, how many and of which times they are."""
    is_one_of_several: bool = False
    """Whether it is one of several tables of one shape, so that a chart must say which it is of."""
    is_lookup: bool = False
    """Whether other tables refer to it: it explains their codes."""

    def column(self, name: str) -> ChartColumn | None:
        """Return a column by its name."""
        return next((column for column in self.columns if column.name == name), None)

    def having(self, *roles: str) -> list[ChartColumn]:
        """Return the columns with one of the roles, in their order."""
        return [column for column in self.columns if column.role in roles]

    @property
    def keys(self) -> list[ChartColumn]:
        """The columns of the key."""
        return [column for column in self.columns if column.name in self.key]

    @property
    def numbers(self) -> list[ChartColumn]:
        """The columns of numbers that hold more than one value, or that nobody counted."""
        return [item for item in self.having("number") if item.name not in self.key and item.gaps < self.rows]

    @property
    def main_numbers(self) -> list[ChartColumn]:
        """The columns of numbers; the one alone after which the table or its dataset is named, where one is."""
        numbers = self.numbers
        for name in self.names:
            named = [item for item in numbers if _is_named(name, item)]
            if len(named) == 1:
                return named
        return numbers

    def dimension(self, column: ChartColumn) -> Dimension:
        """Return how the values of a column are shown."""
        return (self.labels or {}).get(column.name) or Dimension(column.name, column.title, order=column.values)

    def completed(self, plan: Plan) -> Plan:
        """Return a plan with what lies off its chart: rows of totals, and times that tell rows apart."""
        on_chart = {plan.time, *(item.column for item in (plan.by, plan.split) if item)}
        filtered = {name for name, _ in plan.filters}
        off = [item for item in self.columns if item.name not in on_chart]
        return replace(
            plan,
            together=self.together,
            title=plan.title or (self.title if self.is_one_of_several else LocalText()),
            columns_with_totals=tuple(item.name for item in off if item.has_total_row and item.name not in filtered),
            times_apart=tuple(item.name for item in off if item.name in self.key and item.role in ("time", "period")),
        )


def shape_of(item: PublishedResource, dataset: PublishedDataset) -> TableShape | None:
    """Return the shape of a published table, None for what is none."""
    if item.table_file is None or item.profile is None:
        return None
    return shape_with(item, item.profile, item.resource, dataset)


def shape_with(
    item: PublishedResource, profile: TableProfile, resource: Resource, dataset: PublishedDataset
) -> TableShape:
    """Return the shape of a table, or of several alike, by what is known of its values and by its description."""
    schema = resource.schema
    described = {field.name: field for field in schema.fields}
    fields = [described.get(column.name, Field(column.name, LocalText(column.name))) for column in profile.columns]
    types = {str(field["name"]): str(field.get("type", "any")) for field in item.table_schema["fields"]}
    units = {str(field["name"]): _text(field.get("unit")) for field in item.table_schema["fields"]}
    fields = [_typed(field, types.get(field.name, field.type)) for field in fields]
    key = tuple(name for name in schema.primary_key if name in types)
    columns = tuple(
        chart_column(
            field, column, profile.rows,
            is_key=resource is item.resource and key == (field.name,), stated_unit=units.get(field.name, ""),
            examples=[row[place] for row in profile.first_rows if row[place]],
        )
        for place, (field, column) in enumerate(zip(fields, profile.columns, strict=True))
    )  # fmt: skip
    return TableShape(
        resource=resource.name,
        title=resource.title,
        rows=profile.rows,
        columns=columns,
        key=key or guessed_key(columns, profile.rows),
        labels=_labels(schema, columns, dataset),
        names=tuple(
            text.casefold()
            for title in (resource.title, dataset.dataset.title)
            for text in (title.zh, title.en)
            if text
        ),
        is_hierarchy=_leads_to_itself(resource),
        is_lookup=_is_lookup(resource, dataset),
    )


def _is_named(name: str, item: ChartColumn) -> bool:
    return any(len(title) > 1 and title.casefold() in name for title in (item.title.zh, item.title.en) if title)


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _typed(field: Field, type_: str) -> Field:
    if type_ == field.type:
        return field
    return Field(field.name, field.title, type_, field.format, field.description, field.constraints)


def guessed_key(columns: Sequence[ChartColumn], rows: int) -> tuple[str, ...]:
    """Return what tells rows apart where no key is declared: one column whose values differ, of time above all."""
    unique = [item for item in columns if item.is_unique and not item.gaps and item.role != "number"]
    times = [item.name for item in unique if item.role == "time"]
    others = [item.name for item in unique if item.role != "time"]
    if others:
        return (others[0],)
    if times:
        return (times[0],)
    time = [item for item in columns if item.role in ("time", "period")]
    kinds = [item for item in columns if item.role in ("category", "sex", "age")]
    if len(time) == 1 and len(kinds) <= 3 and (time[0].distinct or 0) > 1:
        product = time[0].distinct or 0
        for item in kinds:
            product *= max(item.distinct or 0, 1)
        if rows <= product:
            return (time[0].name, *(item.name for item in kinds))
    return ()


def _leads_to_itself(resource: Resource) -> bool:
    return any(
        key.reference_resource in ("", resource.name) and key.fields != key.reference_fields
        for key in resource.schema.foreign_keys
    )


def _is_lookup(resource: Resource, dataset: PublishedDataset) -> bool:
    return any(
        key.reference_resource == resource.name
        for other in dataset.resources
        if other.resource.name != resource.name
        for key in other.resource.schema.foreign_keys
    )


def _labels(schema: Schema, columns: Sequence[ChartColumn], dataset: PublishedDataset) -> dict[str, Dimension]:
    """Return for columns of codes where their names stand: behind a foreign key, beside them, or with the portal."""
    found: dict[str, Dimension] = {}
    tables = {item.resource.name: item for item in dataset.resources}
    for key in schema.foreign_keys:
        target = tables.get(key.reference_resource)
        if len(key.fields) == 1 and target and target.profile and key.fields[0] not in found:
            name = _name_column(target, key.reference_fields[0])
            if name:
                title = LocalText(name.title.zh or name.name, name.title.en)
                found[key.fields[0]] = Dimension(name.name, title, through=key.fields[0])
    for place, column in enumerate(columns):
        if column.name in found or not column.is_code:
            continue
        beside = _beside(column, columns, place)
        if beside:
            found[column.name] = Dimension(beside.name, beside.title)
        elif _DIVISION.search(column.name) or _DIVISION.search(column.title.en):
            found[column.name] = Dimension(column.name, column.title, has_places=True)
    return found


def _name_column(target: PublishedResource, key: str) -> Field | None:
    """Return the column of a table that names its rows, None where it has none."""
    withheld = {column.name for column in target.profile.columns if column.is_withheld} if target.profile else set()
    texts = [
        item
        for item in target.resource.schema.fields
        if item.type == "string" and item.name != key and item.name not in withheld
    ]
    named = [item for item in texts if _NAMES.search(item.name)]
    unique = [item for item in texts if item.constraints.get("unique")]
    return next(iter([*(item for item in named if item in unique), *unique, *named]), None)


def _beside(column: ChartColumn, columns: Sequence[ChartColumn], place: int) -> ChartColumn | None:
    """Return the column that names what a column of codes codes: of as many values, alike in name or next to it."""
    for at, other in enumerate(columns):
        alike = other.name[:2] == column.name[:2] or at == place + 1
        is_text = other.type in ("string", "any") and not other.is_code and not other.is_withheld
        if other is not column and is_text and alike and other.distinct and other.distinct == column.distinct:
            return other
    return None
