"""Declared views that cannot be drawn are told at their key, with what to do; the dataset goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.examining.validation.metadata.description_rules import check_metadata
from portal.findings.words import said
from portal.settings import load_settings

FIELDS = [
    {"name": "月份", "type": "yearmonth"},
    {"name": "区划代码", "type": "integer"},
    {"name": "区县", "type": "string"},
    {"name": "客运量", "type": "integer"},
    {"name": "票价", "type": "number"},
    {"name": "联系电话", "type": "string"},
]
LINE = {"mark": "line", "encoding": {"x": {"field": "月份"}, "y": {"field": "客运量", "aggregate": "sum"}}}


def bar(field: str, aggregate: str, by: str = "区县") -> dict[str, Any]:
    """Return the spec of bars."""
    return {"mark": "bar", "encoding": {"x": {"field": by}, "y": {"field": field, "aggregate": aggregate}}}


def told(write_dataset: Callable[..., Path], views: object) -> list[tuple[str | None, str]]:
    """Return the keys that findings on views name, and their reasons in English."""
    descriptor = {
        "name": "made",
        "resources": [{"name": "t", "path": "t.csv", "schema": {"fields": FIELDS}}, {"name": "u", "path": "t.csv"}],
        "views": views,
    }
    folder = write_dataset(yaml.safe_dump(descriptor, allow_unicode=True), t__csv="")
    catalog, _ = load_catalog(load_settings(folder))
    report = check_metadata(catalog, profile="basic")
    return [(item.field, said(dict(item.details)["reason"], "en")) for item in report if item.code == "view-unusable"]


@pytest.mark.parametrize(
    ("spec", "key", "reason"),
    [
        (bar("客运", "sum"), "encoding.y.field", 'there is no column "客运"'),
        (bar("客运量", "sum", by="区"), "encoding.x.field", 'there is no column "区"'),
        (
            bar("客运量", "sum", by="联系电话"),
            "encoding.x.field",
            '"联系电话" is of single persons and is in no picture',
        ),
        (bar("区县", "sum"), "encoding.y", '"区县" is no column of numbers'),
        (
            bar("区划代码", "mean"),
            "encoding.y",
            '"区划代码" is an identifier, a year or a coordinate, neither added up nor averaged',
        ),
        (
            bar("票价", "sum"),
            "encoding.y",
            '"票价" is a rate, price, index or reading; it may be averaged, not added up',
        ),
        (
            {**LINE, "transform": {"filter": {"field": "线路", "equal": "1路"}}},
            "transform",
            'there is no column "线路"',
        ),
        (
            {"mark": "slope", "encoding": {"y": {"field": "客运量"}, "color": {"field": "区县"}}},
            "encoding",
            "a slope needs what each line is as color, and two columns, before and after, as y",
        ),
    ],
)
def test_what_does_not_fit_the_table_is_told(
    write_dataset: Callable[..., Path], spec: dict[str, Any], key: str, reason: str
) -> None:
    """A wrong column, a wrong type, or a sum that means nothing is one finding at its channel."""
    views = [{"name": "v", "resources": ["t"], "spec": spec}]
    assert told(write_dataset, views) == [(f"views.v.spec.{key}", reason)]


@pytest.mark.parametrize(
    ("view", "key", "reason"),
    [
        ("v", "views[1]", "it should be a mapping"),
        ({"spec": LINE}, "views[1].resources", "it should name one resource of this dataset"),
        ({"resources": ["x"], "spec": LINE}, "views[1].resources", "it should name one resource of this dataset"),
        ({"name": "A b", "resources": ["t"], "spec": LINE}, "views[1].name", "a name is lower-case letters"),
        ({"resources": ["t"]}, "views[1].spec", "it should hold mark and encoding"),
        ({"resources": ["t"], "spec": {**LINE, "mark": "arc"}}, "views[1].spec.mark", 'the mark "arc" is not known'),
        ({"resources": ["t"], "specType": "plotly", "spec": LINE}, "views[1].specType", '"plotly" is not known'),
        (
            {"resources": ["t"], "spec": {"mark": "line", "encoding": {"size": {"field": "x"}}}},
            "views[1].spec.encoding.size",
            "only x, y, color, facet are known",
        ),
        (
            {"resources": ["t"], "spec": {"mark": "bar", "encoding": {"x": {"field": "区县", "aggregate": "stdev"}}}},
            "views[1].spec.encoding.x",
            'the aggregate "stdev" is not known',
        ),
        (
            {"resources": ["t"], "spec": {"mark": "bar", "encoding": {"x": {"field": "区县", "aggregate": ["sum"]}}}},
            "views[1].spec.encoding.x",
            "the aggregate \"['sum']\" is not known",
        ),
        (
            {
                "resources": ["t"],
                "spec": {"mark": "line", "encoding": {"x": {"field": "月份", "timeUnit": {"unit": "year"}}}},
            },
            "views[1].spec.encoding.x",
            "the timeUnit \"{'unit': 'year'}\" is not known",
        ),
        (
            {"resources": ["t"], "spec": {**LINE, "transform": [{"calculate": "1"}]}},
            "views[1].spec.transform",
            "only filter: {field: column, equal: value}",
        ),
    ],
)
def test_what_cannot_be_understood_is_told(
    write_dataset: Callable[..., Path], view: object, key: str, reason: str
) -> None:
    """A view of another shape, or with words that are not known here, is one finding at its key."""
    ((found, why),) = told(write_dataset, [view])
    assert (found, why[: len(reason)]) == (key, reason)


def test_what_is_told_of_a_view_is_short_and_one_line(write_dataset: Callable[..., Path]) -> None:
    """A word of hundreds of letters is cut, and what steers a terminal is taken out."""
    views = [
        {"resources": ["t"], "spec": {**LINE, "mark": "x" * 1000}},
        {"name": "b", "resources": ["t"], "spec": bar("\u202e" + "y" * 1000, "sum")},
        {"name": "c", "resources": ["t"], "spec": {**LINE, "encoding": {"z" * 1000: {"field": "月份"}}}},
    ]
    first, third, second = told(write_dataset, views)
    assert first[1].startswith(f'the mark "{"x" * 80}…" is not known')
    assert third == (f"views[3].spec.encoding.{'z' * 80}…", "only x, y, color, facet are known")
    assert second[1] == f'there is no column " {"y" * 79}…"'


def test_a_good_view_is_no_finding(write_dataset: Callable[..., Path]) -> None:
    """Nothing is said of a view that can be drawn; the keys of Vega-Lite are as it has them."""
    views = [
        {"name": "a", "title": "x", "resources": ["t"], "specType": "vega-lite", "spec": LINE},
        {"name": "b", "resources": ["t"], "spec": {**LINE, "mark": {"type": "line"}}},
        {"name": "c", "resources": ["t"], "spec": bar("票价", "average")},
    ]
    assert told(write_dataset, views) == []


def test_a_view_over_files_needs_times_in_their_names(write_dataset: Callable[..., Path]) -> None:
    """`_resource` as time is told where tables are not alike, or their names tell no times."""
    spec = {"mark": "line", "encoding": {"x": {"field": "_resource"}, "y": {"field": "客运量", "aggregate": "sum"}}}
    assert told(write_dataset, [{"name": "a", "resources": ["t"], "spec": spec}]) == [
        (
            "views.a.spec.encoding.x",
            "_resource needs three tables alike or more whose names tell a year or month each, e.g. counts-2026-10",
        )
    ]
