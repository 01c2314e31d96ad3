"""profile.json says all that is known of the columns, and nothing twice."""

from __future__ import annotations

import json
from typing import Any

from portal.model.catalog import Dataset, Publisher, Resource
from portal.model.table_profile import Bin, ColumnProfile, OverTime, Steps, TableProfile, ValueCount
from portal.model.text import LocalText
from portal.publishing.formats import profile_json
from portal.publishing.publication import PublishedDataset, PublishedResource

COLUMNS = (
    ColumnProfile(
        "n", 1, 2, "-1", "1E+30", "number", "number",
        top=(ValueCount("-1", 2), ValueCount("1E+30", 1)), bins=(Bin("-1", "3", 2),), total="5", order="rising",
    ),
    ColumnProfile(
        "t", 0, 3, "2026-01", "2026-03", "yearmonth", "time",
        over_time=OverTime("month", ("2026-01", "2026-02"), (2, 0)), steps=Steps("month", 1, 4), order="equal",
    ),
    ColumnProfile("s", 3, None, type="string", kind="text", has_total_row=True),
    ColumnProfile("电话", 0, 7, type="string", kind="identifier", is_withheld=True),
)  # fmt: skip


def published(*tables: tuple[str, TableProfile | None]) -> PublishedDataset:
    """Return a dataset with resources of these names and profiles."""
    resources = [Resource(name, LocalText(name), "table", "csv", "text/csv") for name, _ in tables]
    return PublishedDataset(
        Dataset("d", LocalText("d"), "d", "d/datapackage.yaml", Publisher("p", LocalText("p"))),
        tuple(PublishedResource(item, profile=profile) for item, (_, profile) in zip(resources, tables, strict=True)),
    )


def read(document: dict[str, Any]) -> ColumnProfile:
    """Return the profile that a document of a column tells of."""
    return ColumnProfile(
        name=document["name"],
        gaps=document["gaps"],
        distinct=document["distinct"],
        minimum=document.get("minimum", ""),
        maximum=document.get("maximum", ""),
        type=document["type"],
        kind=document["kind"],
        top=tuple(ValueCount(**one) for one in document.get("top", [])),
        bins=tuple(Bin(one["from"], one["to"], one["count"]) for one in document.get("histogram", [])),
        over_time=_over_time(document.get("over_time")),
        steps=Steps(**document["steps"]) if "steps" in document else None,
        total=document.get("sum", ""),
        order=document.get("order", ""),
        has_total_row=document.get("total_row", False),
        is_withheld=document.get("withheld", False),
    )


def _over_time(document: dict[str, Any] | None) -> OverTime | None:
    if not document:
        return None
    periods = document["periods"]
    return OverTime(document["unit"], tuple(one["start"] for one in periods), tuple(one["count"] for one in periods))


def test_what_is_written_can_be_read_back() -> None:
    """Nothing of a column's profile is lost in JSON."""
    documents = json.loads(json.dumps([profile_json.column_document(column) for column in COLUMNS]))
    assert tuple(map(read, documents)) == COLUMNS


def test_a_dataset_tells_of_its_tables() -> None:
    """Each table stands under its name with its rows; what is no table does not stand there."""
    document = profile_json.dump(
        published(("a", TableProfile(4, COLUMNS[2:3], (("x",),))), ("map", None)), base_url="https://data.example"
    )
    assert document == {
        "dataset": "d",
        "page": "https://data.example/datasets/d/",
        "resources": [
            {
                "name": "a",
                "rows": 4,
                "fields": [
                    {"name": "s", "type": "string", "kind": "text", "gaps": 3, "distinct": None, "total_row": True}
                ],
            }
        ],
    }


def test_what_has_no_table_has_no_profile() -> None:
    """A dataset of other files, or none, has no such file."""
    assert profile_json.dump(published(("map", None)), base_url="") is None
