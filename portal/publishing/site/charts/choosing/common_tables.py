"""Tables of one shape (a file a month) as one table for a chart: its columns, its key, the times that names tell.

A chart of all of them is one over time: of what else it would show nobody knows whether files hold the same things
again. Where their times overlap, a value may stand in two files, and there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from portal.model.catalog import Field, Resource, Schema
from portal.model.named_times import TABLE_COLUMN, named_times
from portal.model.table_profile import ColumnProfile, TableProfile
from portal.model.text import LocalText
from portal.publishing.publication import PublishedDataset, PublishedResource
from portal.publishing.site.alike_tables import alike_tables, newest_first
from portal.publishing.site.charts.choosing.chart_plan import Together
from portal.publishing.site.charts.choosing.column_roles import ChartColumn
from portal.publishing.site.charts.choosing.table_shape import TableShape, guessed_key, shape_with


@dataclass(frozen=True)
class CommonTable:
    """Tables of one shape, the newest first. *shape* is that of all together, None where they make no one table."""

    members: tuple[PublishedResource, ...]
    shape: TableShape | None


def common_tables(dataset: PublishedDataset) -> Iterator[CommonTable]:
    """Yield the tables of each shape of which a dataset has several."""
    for numbered in alike_tables(dataset.resources).values():
        members = tuple(item for _, item in newest_first(numbered))
        yield CommonTable(members, _common_shape(members, dataset))


def _common_shape(members: Sequence[PublishedResource], dataset: PublishedDataset) -> TableShape | None:
    profiles = [item.profile for item in members if item.profile]
    if len(profiles) < len(members) or len({len(item.columns) for item in profiles}) > 1:
        return None
    if any(column.name == TABLE_COLUMN for column in profiles[0].columns):
        return None
    shape = shape_with(members[0], _joined(profiles), _without_unique(members[0].resource), dataset)
    moments = named_times([(item.resource.name, item.resource.title.zh) for item in members])
    together = Together(
        _common_name(members), len(members), shape.rows, tuple((name, *time) for name, time in sorted(moments.items()))
    )
    shape = replace(shape, title=dataset.dataset.title, together=together)
    times = [item for item in shape.keys if item.role in ("time", "period")]
    if len(times) == 1:
        return shape if _are_apart(times[0].name, profiles) else None
    if times or shape.having("time", "period"):
        return None
    return _by_names(shape, members) if moments else None


def _by_names(shape: TableShape, members: Sequence[PublishedResource]) -> TableShape | None:
    """Return a table that holds no time with those that the names of its tables tell."""
    time = ChartColumn(TABLE_COLUMN, LocalText("时间", "Time"), "string", "time", distinct=len(members))
    columns = (time, *shape.columns)
    key = members[0].resource.schema.primary_key
    key = (TABLE_COLUMN, *key) if key else guessed_key(columns, shape.rows)
    return replace(shape, columns=columns, key=key) if key else None


def _common_name(members: Sequence[PublishedResource]) -> str:
    """Return what the names of all tables have in common, as the name of a file."""
    named = [item.resource.name.replace("_", "-").split("-") for item in members]
    own = [word for word in named[0] if word.isalpha() and all(word in words for words in named)]
    return "-".join((*own, "together"))


def _without_unique(resource: Resource) -> Resource:
    """Return a resource whose columns may hold a value once in each table, and so several times in all."""
    fields = tuple(
        Field(
            item.name, item.title, item.type, item.format, item.description,
            {name: value for name, value in item.constraints.items() if name != "unique"},
        )
        for item in resource.schema.fields
    )  # fmt: skip
    schema = resource.schema
    return replace(resource, schema=Schema(fields, schema.primary_key, schema.foreign_keys))


def _joined(profiles: Sequence[TableProfile]) -> TableProfile:
    columns = zip(*(item.columns for item in profiles), strict=True)
    rows = sum(item.rows for item in profiles)
    return TableProfile(rows, tuple(map(_joined_column, columns)), profiles[0].first_rows)


def _joined_column(columns: Sequence[ColumnProfile]) -> ColumnProfile:
    """Return what is known of a column of all tables; its values are counted where each table tells all of its own."""
    values = {item.value for column in columns for item in column.top}
    is_known = all(column.has_all_values for column in columns)
    return ColumnProfile(
        columns[0].name,
        sum(column.gaps for column in columns),
        len(values) if is_known else None,
        type=columns[0].type,
        kind=columns[0].kind,
        has_total_row=any(column.has_total_row for column in columns),
        is_withheld=any(column.is_withheld for column in columns),
    )


def _are_apart(name: str, profiles: Sequence[TableProfile]) -> bool:
    """Whether no time of one table lies within the times of another."""
    columns = [next(column for column in item.columns if column.name == name) for item in profiles]
    if all(column.has_all_values for column in columns):
        values = [item.value for column in columns for item in column.top]
        return len(set(values)) == len(values)
    spans = sorted((column.minimum, column.maximum) for column in columns)
    return all(spans_of and spans_of[0] for spans_of in spans) and all(
        before[1] < after[0] for before, after in pairwise(spans)
    )
