"""Plans of declared views: what a publisher asks for in Vega-Lite's words, as far as the published tables allow it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from portal.model.catalog import Field
from portal.model.declared_views import Channel, View
from portal.model.text import LocalText
from portal.model.view_reading import faults_of, measured
from portal.publishing.publication import PublishedDataset
from portal.publishing.site.charts.chart import Kind, Measure
from portal.publishing.site.charts.choosing.chart_plan import Dimension, Numbers, Plan
from portal.publishing.site.charts.choosing.chart_rules import COUNTED
from portal.publishing.site.charts.choosing.table_shape import TableShape


def declared_plans(
    item: PublishedDataset, shapes: Sequence[TableShape], together: Sequence[TableShape] = ()
) -> Iterator[Plan]:
    """Yield a plan for each declared view whose columns are published; findings told of the others already.

    *together* are the shapes of tables that are read as one, for views over the times of their names.
    """
    by_name = {shape.resource: shape for shape in shapes}
    by_member = {name: shape for shape in together if shape.together for name in shape.together.times}
    for view in item.dataset.views:
        shape = (by_member if view.is_over_tables else by_name).get(view.resource)
        if shape is None:
            continue
        fields = [Field(column.name, column.title, column.type) for column in shape.columns]
        withheld = [column.name for column in shape.columns if column.is_withheld]
        if not any(True for _ in faults_of(view, fields, withheld)):
            yield shape.completed(_plan(view, shape, {field.name: field for field in fields}))


def _plan(view: View, shape: TableShape, known: dict[str, Field]) -> Plan:
    name, channel = measured(view, known)
    numbers = _numbers(channel, shape)
    plan = Plan(
        kind="bars",
        resource=shape.resource,
        rule=view.name,
        numbers=numbers,
        filters=view.filters,
        is_declared=True,
        title=view.title,
        measure_title=channel.title or (shape.title if len(numbers) > 1 else LocalText()),
    )
    color = _dimension(view.channel("color"), shape)
    if view.mark == "line":
        x = view.channel("x")
        facet = _dimension(view.channel("facet"), shape)
        time = shape.column(x.fields[0])
        kind: Kind = "multiples" if facet else "line"
        return replace(
            plan,
            kind=kind,
            time=x.fields[0],
            time_type=time.type if time else "",
            time_title=time.title if time else LocalText(),
            step=x.time_unit or None,  # type: ignore[arg-type]
            by=facet or color,
        )
    if view.mark == "pyramid":
        return replace(plan, kind="pyramid", by=_dimension(view.channel("y"), shape), split=color)
    if view.mark == "parts":
        return replace(plan, kind="parts", by=color)
    if view.mark == "slope":
        return replace(plan, kind="slope", by=color)
    if channel.is_binned:
        return replace(plan, kind="histogram")
    other = view.channel("x" if name == "y" else "y")
    slots = _dimension(other, shape)
    in_order = other.sort in ("ascending", "x", "y")
    if slots is None:
        return replace(plan, kind="parts", by=color)
    if color:
        return replace(plan, kind="stacked", by=slots, split=color, in_given_order=in_order)
    return replace(plan, kind="bars", by=slots, in_given_order=in_order)


def _numbers(channel: Channel, shape: TableShape) -> tuple[Numbers, ...]:
    if channel.aggregate == "count" or not channel.fields:
        return (replace(COUNTED, measure=_titled(COUNTED.measure, channel)),)
    found = []
    for name in channel.fields:
        column = shape.column(name)
        nature: Any = (column.nature if column else "") or ("flow" if channel.aggregate == "sum" else "level")
        function: Any = channel.aggregate or "value"
        measure = Measure(
            column.title if column else LocalText(name), column.unit if column else LocalText(), nature, function
        )
        found.append(Numbers(name, _titled(measure, channel) if len(channel.fields) == 1 else measure))
    return tuple(found)


def _titled(measure: Measure, channel: Channel) -> Measure:
    """Return a measure as its publisher calls it; what is counted has no unit then but the one that is stated."""
    if channel.title:
        unit = LocalText("个", "") if measure.function == "count" else measure.unit
        measure = replace(measure, title=channel.title, unit=unit)
    return replace(measure, unit=channel.unit) if channel.unit else measure


def _dimension(channel: Channel, shape: TableShape) -> Dimension | None:
    column = shape.column(channel.fields[0]) if channel.fields else None
    if column is None:
        return None
    dimension = shape.dimension(column)
    return replace(dimension, title=channel.title) if channel.title else dimension
