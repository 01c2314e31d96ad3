"""Which dataset a request used, and how; forged, unknown and failed ones used none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from made_published import WHOLE, table

from portal.publishing.formats.ckan import dataset_id
from portal.publishing.formats.ckan_resources import resource_id
from portal.publishing.usage.access_logs import LoggedRequest
from portal.publishing.usage.used_datasets import known_datasets

STOPS = replace(WHOLE, former_names=("halts",), resources=(table().resource,))
KNOWN = known_datasets([STOPS, replace(WHOLE, name="lines")], "/open")
ASKED = LoggedRequest(date(2026, 6, 1), "10.1.2.3", "GET", "/", "", 200, "Mozilla/5.0", "")


def used(path: str, query: str = "", **changes: object) -> tuple[str, str] | None:
    """Return what a request used."""
    return KNOWN.used(replace(ASKED, path=path, query=query, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/datasets/stops/", ("stops", "views")),
        ("/en/datasets/stops/", ("stops", "views")),
        ("/datasets/stops/index.html", ("stops", "views")),
        ("/open/datasets/stops/", ("stops", "views")),
        ("/datasets/halts/", ("stops", "views")),
        ("/datasets/stops/resources/stops/rows/", ("stops", "views")),
        ("/en/datasets/stops/rows/", ("stops", "views")),
        ("/datasets/stops/rows/stops-2026/", ("stops", "views")),
        ("/open/en/datasets/stops/resources/stops/rows/index.html", ("stops", "views")),
        ("/datasets/stops/resources/stops/", None),
        ("/datasets/stops/resources/stops/rows", None),
        ("/data/stops/stops.csv", ("stops", "downloads")),
        ("/data/halts/original/站点.xls", ("stops", "downloads")),
        ("/data/stops/stops.zip", ("stops", "downloads")),
        ("/api/v1/datasets/stops", ("stops", "api")),
        ("/api/v1/datasets/stops/resources/stops/rows", ("stops", "api")),
        ("/datasets/stops", None),
        ("/datasets/stops/report/", None),
        ("/datasets/stops/datapackage.json", None),
        ("/datasets/unknown/", None),
        ("/datasets/", None),
        ("/datasets//", None),
        ("/datasets/../datasets/stops/", None),
        ("/datasets/st\x00ops/", None),
        ("/data/stops/", None),
        ("/data/stops/datapackage.json", None),
        ("/data/stops/SHA256SUMS", None),
        ("/data/stops/charts/stops.thumbnail.svg", None),
        ("/open/data/stops/charts/stops.en.png", None),
        ("/data/stops", None),
        ("/api/v1/datasets", None),
        ("/api/v1/datasets/stops\n/x", None),
        ("", None),
    ],
)
def test_an_address_belongs_to_a_dataset(path: str, found: tuple[str, str] | None) -> None:
    """Under its present and former names, in both languages, and below the path of the portal."""
    assert used(path) == found


@pytest.mark.parametrize(
    ("action", "query"),
    [
        ("/api/3/action/package_show", "id=stops"),
        ("/api/action/package_show", f"id={dataset_id('stops')}"),
        ("/api/3/action/package_show", f"name_or_id={dataset_id('halts')}"),
        ("/api/3/action/datastore_search", f"limit=5&resource_id={resource_id('stops', 'data/stops/stops.csv')}"),
        ("/api/3/action/resource_show", f"id={resource_id('stops', 'data/stops/stops.xlsx')}"),
        (f"/datastore/dump/{resource_id('stops', 'data/stops/stops.csv')}", ""),
    ],
)
def test_actions_of_ckan_name_a_dataset(action: str, query: str) -> None:
    """By its name or id, or by a resource of it."""
    assert used(action, query) == ("stops", "api")


@pytest.mark.parametrize("query", ["", "id=unknown", "id", "id=stops&" + "a=1&" * 100, "%00=%ff"])
def test_other_calls_are_of_no_dataset(query: str) -> None:
    """Neither is a list of everything, nor what has more parameters than anybody needs."""
    assert used("/api/3/action/package_show", query) is None
    assert used("/api/3/action/package_search", "q=stops") is None


@pytest.mark.parametrize("status", [0, 100, 301, 308, 400, 404, 412, 416, 429, 500, 503])
@pytest.mark.parametrize("path", ["/datasets/stops/", "/data/stops/stops.csv", "/api/v1/datasets/stops"])
def test_what_was_not_given_out_is_not_used(path: str, status: int) -> None:
    """Errors and redirects count for nothing."""
    assert used(path, status=status) is None


def test_what_is_known_already_is_seen_but_not_fetched() -> None:
    """304 is a view of a page, and no download; a part of a page is no view."""
    answers = {path: used(path, status=304) for path in ("/datasets/stops/", "/data/stops/stops.csv")}
    assert answers == {"/datasets/stops/": ("stops", "views"), "/data/stops/stops.csv": None}
    assert used("/datasets/stops/", status=206) is None


def test_only_get_looks_and_fetches() -> None:
    """HEAD gives nothing out; rows are also asked for by POST."""
    assert [used("/datasets/stops/", method=method) for method in ("HEAD", "POST", "OPTIONS", "")] == [None] * 4
    assert used("/api/v1/datasets/stops/resources/stops/rows", method="POST") == ("stops", "api")


def test_a_page_that_leads_on_counts_once() -> None:
    """Who comes from the former address was counted there; from another page of it is a visit of its own."""
    came = "https://data.example.cn/open/datasets/halts/"
    assert used("/datasets/stops/", referer=came) is None
    assert used("/en/datasets/stops/", referer="https://data.example.cn/datasets/stops/") == ("stops", "views")
    assert used("/datasets/lines/", referer=came) == ("lines", "views")
    page = "datasets/stops/resources/stops/rows/"
    assert used(f"/{page}", referer=came.replace("halts/", "halts/resources/stops/rows/")) is None
    assert used(f"/{page}", referer=f"https://data.example.cn/{page}") == ("stops", "views")
