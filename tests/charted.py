"""Charts of small tables for tests: columns and rows in, what a rule or a declared view makes of them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from stored_rows import stored

from portal.examining.profiling.column_profiles import TableProfiler
from portal.model.catalog import Dataset, Field, ForeignKey, Publisher, Resource, Schema
from portal.model.text import LANGUAGES, LocalText
from portal.model.view_reading import read_views
from portal.publishing.publication import PublishedDataset, PublishedFile, PublishedResource
from portal.publishing.site.charts.chart import Chart
from portal.publishing.site.charts.chart_values import chart_of_rows
from portal.publishing.site.charts.choosing.chart_plan import NoChart
from portal.publishing.site.charts.choosing.chart_rules import choose
from portal.publishing.site.charts.choosing.declared_plans import declared_plans
from portal.publishing.site.charts.choosing.table_shape import TableShape, shape_of
from portal.publishing.site.charts.wording.chart_titles import finding

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Made:
    """A made-up table: columns as "名称 type" or with "; description", its rows, its key, a declared view."""

    columns: Sequence[str]
    rows: Rows
    key: Sequence[str] = ()
    title: str = "表"
    view: Mapping[str, Any] | None = None
    foreign_keys: tuple[ForeignKey, ...] = ()


def chart_of(made: Made, folder: Path) -> Chart | NoChart:
    """Return the chart of a table, or why it has none."""
    item, shape = shape_of_made(made)
    plan = next(iter(declared_plans(item, [shape])), None) if made.view else choose(shape)
    if plan is None:
        return NoChart(LocalText("views", "views"))
    if isinstance(plan, NoChart):
        return plan
    fields = [{"name": field.name, "type": field.type} for field in item.resources[0].resource.schema.fields]
    folder.mkdir(exist_ok=True)
    return chart_of_rows(plan, stored(folder, fields, [[text(cell) for cell in row] for row in made.rows]))


def titles_of(made: Made, folder: Path) -> list[str]:
    """Return what the chart of a table says in each language, or why there is none."""
    chart = chart_of(made, folder)
    return [chart.reason.to(lang) if isinstance(chart, NoChart) else finding(chart, lang) for lang in LANGUAGES]


def shape_of_made(made: Made) -> tuple[PublishedDataset, TableShape]:
    """Return a made-up table as a published dataset, and its shape."""
    fields = tuple(map(_field, made.columns))
    profiler = TableProfiler([field.name for field in fields], [field.type for field in fields])
    for row in made.rows:
        texts = [text(cell) for cell in row]
        profiler.add([None if cell == "" else cell for cell in texts], texts)
    schema = Schema(fields, tuple(made.key), made.foreign_keys)
    resource = Resource("t", LocalText(made.title), "table", "csv", "text/csv", schema=schema)
    published = PublishedResource(
        resource,
        (PublishedFile("data/d/t.csv", "csv", "text/csv", 1, "", ""),),
        profiler.profile(),
        table_schema={"fields": [{"name": field.name, "type": field.type} for field in fields]},
    )
    views, faults = read_views([{"name": "v", **made.view}] if made.view else None, ["t"])
    assert not faults, faults
    dataset = Dataset(
        "d", LocalText(made.title), "d", "d/datapackage.yaml", Publisher("p", LocalText("提供方")),
        resources=(resource,), views=views,
    )  # fmt: skip
    item = PublishedDataset(dataset, (published,))
    shape = shape_of(published, item)
    assert shape is not None
    return item, shape


def text(cell: Any) -> str:
    """Return a value as it stands in a published CSV."""
    if cell is None:
        return ""
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def _field(words: str) -> Field:
    head, _, description = words.partition("; ")
    name, _, type_ = head.rpartition(" ")
    return Field(name, LocalText(name), type_, description=LocalText(description))


def months(first: str, values: Sequence[Any]) -> list[list[Any]]:
    """Return rows of months from *first* on with their values."""
    start = int(first[:4]) * 12 + int(first[5:]) - 1
    return [[f"{(start + at) // 12}-{(start + at) % 12 + 1:02d}", value] for at, value in enumerate(values)]


def days(first: str, values: Sequence[Any]) -> list[list[Any]]:
    """Return rows of days from *first* on with their values."""
    start = date.fromisoformat(first).toordinal()
    return [[date.fromordinal(start + at).isoformat(), value] for at, value in enumerate(values)]
