"""/api/v1 on the catalogue as a whole: publishers, topics, standards, statistics."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from support import build_folder

from portal.publishing.catalogue_counts import COUNTS_FILE, counts_of, read_counts
from portal.publishing.search.dataset_store import Records
from portal.serving.app import create_app

HOST = "http://localhost"

NOTHING = {
    "datasets": 0,
    "given_out": 0,
    "files": 0,
    "rows": 0,
    "size_bytes": 0,
    "overdue": 0,
    "points": None,
    "updated": None,
}


def get(client: FlaskClient, path: str) -> Any:
    """Return the JSON that stands at a path of the API."""
    response = client.get(f"/api/v1{path}")
    assert (response.status_code, response.content_type) == (200, "application/json")
    return response.get_json()


def held(release: Path, *folders: str, **more: Any) -> dict[str, Any]:
    """Return what the API says that datasets hold; their files are those that lie in these folders."""
    files = [path for name in folders for path in (release / "site" / "data" / name).rglob("*") if path.is_file()]
    data = [path for path in files if path.suffix in (".csv", ".xlsx", ".json", ".parquet")]
    data = [path for path in data if path.name != "datapackage.json"]
    return NOTHING | {"files": len(data), "size_bytes": sum(path.stat().st_size for path in data)} | more


def test_publishers_come_with_what_they_provide(client: FlaskClient, tiny_release: Path) -> None:
    """Everybody with a dataset stands in the list, in the portal's order, with the sum of what is given out."""
    education = held(tiny_release, "schools", datasets=1, given_out=1, rows=3, points=365.0, updated="2026-03-01")
    transport = held(tiny_release, "bus-lines", datasets=2, given_out=1, rows=5, points=345.0, updated="2026-05-20")
    assert get(client, "/publishers") == {
        "total": 2,
        "items": [
            {
                "id": id_,
                "title": title,
                "kind": kind,
                "level": "",
                "url": f"{HOST}/publishers/{id_}/",
                "api": f"{HOST}/api/v1/publishers/{id_}",
                "datasets_api": f"{HOST}/api/v1/datasets?publisher={id_}",
                **sums,
            }
            for id_, title, kind, sums in (
                ("education", "小城教育局", "政务部门", education),
                ("transport", "小城交通局", "", transport),
            )
        ],
    }


def test_one_publisher_is_described(client: FlaskClient) -> None:
    """A publisher comes with all that its page says, in the language that is asked for."""
    answer = get(client, "/publishers/education?lang=en")
    assert answer["title"] == "Small Town Education Bureau"
    assert answer["url"] == f"{HOST}/en/publishers/education/"
    assert {name: answer[name] for name in ("uscc", "unit", "phone", "parent", "successor", "former_names")} == {
        "uscc": "",
        "unit": "",
        "phone": "",
        "parent": None,
        "successor": None,
        "former_names": [],
    }


def test_topics_without_a_dataset_are_told_too(client: FlaskClient) -> None:
    """All topics stand in the list; one that nothing is about has no page."""
    answer = get(client, "/themes?lang=en")
    items = {item["id"]: item for item in answer["items"]}
    assert answer["total"] == len(items) == 21
    assert items["credit"] == {
        "id": "credit",
        "title": "Credit services",
        "url": None,
        "datasets_api": f"{HOST}/api/v1/datasets?theme=credit",
        **NOTHING,
    }
    assert items["traffic"]["url"] == f"{HOST}/en/themes/traffic/"


def test_of_what_is_closed_only_the_entry_is_counted(client: FlaskClient) -> None:
    """A topic with nothing but a closed dataset has one dataset and no file, row or byte."""
    items = {item["id"]: item for item in get(client, "/themes")["items"]}
    sums = {name: items["finance"][name] for name in NOTHING}
    assert sums == NOTHING | {"datasets": 1, "updated": "2026-02-01"}


def test_standards_come_with_their_fields(client: FlaskClient) -> None:
    """The standards are listed, and each comes with its fields and as the Table Schema that its file holds."""
    names = [item["name"] for item in get(client, "/standards")["items"]]
    detail = get(client, "/standards/department?lang=en")
    assert names[:2] == ["catalogue-entry", "department"]
    assert (detail["title"], detail["primary_key"], detail["datasets"]) == ("Register of departments", ["uscc"], 0)
    assert detail["table_schema"] == client.get("/standards/department/department.json").get_json()
    assert detail["files"]["json"] == f"{HOST}/standards/department/department.json"
    assert [item["name"] for item in detail["fields"]] == [item["name"] for item in detail["table_schema"]["fields"]]


@pytest.mark.parametrize("path", ["/publishers/nobody", "/standards/none", "/publishers/%00", "/standards/..%2fareas"])
def test_what_does_not_exist_is_404(client: FlaskClient, path: str) -> None:
    """An id that nothing has is answered with a problem."""
    response = client.get(f"/api/v1{path}")
    assert (response.status_code, response.content_type) == (404, "application/problem+json")


@pytest.mark.parametrize("path", ["/publishers", "/publishers/education", "/themes", "/standards", "/stats"])
def test_another_language_is_refused(client: FlaskClient, path: str) -> None:
    """A language that the portal does not speak is a bad request."""
    response = client.get(f"/api/v1{path}?lang=fr")
    assert (response.status_code, response.get_json()["parameter"]) == (400, "lang")


def test_the_catalogue_comes_in_numbers(client: FlaskClient, tiny_release: Path) -> None:
    """Counts by value with what each is called, the most frequent first, and the days of building."""
    answer = get(client, "/stats?lang=en")
    counted = {
        name: [(item["value"], item["label"], item["count"]) for item in answer[name]]
        for name in ("openness", "quality", "freshness", "formats", "licenses")
    }
    assert counted == {
        "openness": [("open", "Open", 2), ("closed", "Not open", 1)],
        "quality": [("excellent", "Excellent", 1), ("good", "Good", 1)],
        "freshness": [("current", "Up to date", 2), ("unscheduled", "No cycle promised", 1)],
        "formats": [("CSV", "CSV", 2), ("JSON", "JSON", 2), ("XLSX", "XLSX", 2)],
        "licenses": [
            ("CC-BY-4.0", "Creative Commons Attribution 4.0", 1),
            ("CC0-1.0", "Creative Commons Zero 1.0", 1),
        ],
    }
    assert answer["total"] == held(
        tiny_release, "schools", "bus-lines", datasets=3, given_out=2, rows=8, points=355.0, updated="2026-05-20"
    )
    assert [(item["value"], item["datasets"]) for item in answer["publishers"]] == [("transport", 2), ("education", 1)]
    assert answer["trend"] == [
        {
            "day": "2026-06-01",
            "datasets": 3,
            "files": 15,
            "rows": 8,
            "scored": 2,
            "overdue": 0,
            "points": 355.0,
            "points_max": 405,
        }
    ]


def test_a_release_without_counts_is_counted_when_asked(tiny: Path, tmp_path: Path) -> None:
    """A release that an earlier version made answers the same, but for the trend."""
    release = build_folder(tiny, tmp_path / "build").folder
    assert release is not None
    records = Records(release / "search" / "records.sqlite")
    kept = read_counts(release / "search")
    (release / "search" / COUNTS_FILE).unlink()
    manifest = release / "manifest.json"
    lines = manifest.read_text(encoding="utf-8").splitlines(keepends=True)
    manifest.write_text("".join(line for line in lines if COUNTS_FILE not in line), encoding="utf-8")
    answer = get(create_app(release).test_client(), "/stats")
    assert kept is not None
    assert kept.total == counts_of(records.several(records.names())).total
    assert (answer["total"]["rows"], answer["trend"]) == (8, [])
