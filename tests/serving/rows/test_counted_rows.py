"""Rows of tables that were answered are counted for the metrics, in every format and by both APIs."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from portal.serving.app import create_app
from portal.serving.options import ServingOptions

TABLE = "/api/v1/datasets/odd/resources/odd/rows"


def counted(app: Flask, path: str, *, method: str = "GET") -> int:
    """Return how many rows the metrics tell more when *path* was asked."""
    registry = app.extensions["kaifang-accounts"].metrics.registry
    before = registry.get_sample_value("kaifang_rows_total")
    answer = app.test_client().open(path, method=method)
    assert answer.status_code == 200
    answer.get_data()
    answer.close()
    return int(registry.get_sample_value("kaifang_rows_total") - before)


def test_rows_are_counted_as_they_are_answered(rows_release: Path) -> None:
    """A page counts its rows, a stream what went out, a published file all rows of its table, HEAD none."""
    app = create_app(rows_release, ServingOptions(has_metrics=True))
    resources = app.test_client().get("/api/3/action/package_show?id=odd").get_json()["result"]["resources"]
    (resource,) = (item["id"] for item in resources if item["datastore_active"])
    told = {
        "page": counted(app, f"{TABLE}?_limit=2"),
        "all as JSON": counted(app, f"{TABLE}?_limit=all"),
        "published CSV": counted(app, f"{TABLE}?_format=csv"),
        "CSV made": counted(app, f"{TABLE}?_format=csv&_sort=-limit"),
        "NDJSON": counted(app, f"{TABLE}?_format=ndjson&limit__gte=2"),
        "workbook": counted(app, f"{TABLE}?_format=xlsx"),
        "groups": counted(app, f"{TABLE}?_group_by=sort&_limit=1"),
        "together": counted(app, "/api/v1/datasets/monthly/rows?_limit=5"),
        "HEAD": counted(app, f"{TABLE}?_format=csv&_sort=-limit", method="HEAD"),
        "datastore": counted(app, f"/api/3/action/datastore_search?resource_id={resource}&limit=2"),
        "dump": counted(app, f"/datastore/dump/{resource}"),
    }
    assert told == {
        "page": 2,
        "all as JSON": 3,
        "published CSV": 3,
        "CSV made": 3,
        "NDJSON": 2,
        "workbook": 3,
        "groups": 1,
        "together": 5,
        "HEAD": 0,
        "datastore": 2,
        "dump": 3,
    }
