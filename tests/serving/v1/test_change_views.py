"""/api/v1/changes: what was added, changed or withdrawn since a moment, page by page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from parsed import parse

from portal.pipeline import build
from portal.serving.app import create_app
from portal.settings import load_settings

FIRST, SECOND = date(2026, 6, 1), date(2026, 6, 5)
FIRST_END, SECOND_END = "2026-06-01T23:59:59Z", "2026-06-05T23:59:59Z"


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of a second release: one dataset changed, one came new, one was withdrawn since the first."""
    folder = tmp_path_factory.mktemp("changes")
    tiny = Path(__file__).parents[2] / "fixtures" / "tiny"
    shutil.copytree(tiny, folder / "datasets")
    out = folder / "build"
    build(load_settings(folder / "datasets"), out, today=FIRST)
    schools = folder / "datasets" / "education" / "schools"
    new = folder / "datasets" / "education" / "parks"
    shutil.copytree(schools, new)
    for path, old, text in (
        (new / "datapackage.yaml", "name: schools", "name: parks"),
        (schools / "datapackage.yaml", "学校名录", "学校新名录"),
    ):
        path.write_text(path.read_text(encoding="utf-8").replace(old, text, 1), encoding="utf-8")
    shutil.rmtree(folder / "datasets" / "transport" / "salaries")
    build(load_settings(folder / "datasets"), out, today=SECOND)
    return create_app(out / "current").test_client()


def get(client: FlaskClient, parameters: str = "") -> Any:
    """Return the changes that a request gives."""
    response = client.get(f"/api/v1/changes{parameters}")
    assert (response.status_code, response.content_type) == (200, "application/json")
    return response.get_json()


def told(answer: Any) -> list[tuple[str, str, str]]:
    """Return name, kind and time of each change."""
    return [(item["name"], item["change"], item["time"]) for item in answer["items"]]


def test_changes_since_a_day_are_told(twice: FlaskClient) -> None:
    """Who has seen the first release gets what is new, what is different and what is gone, and nothing else."""
    answer = get(twice, f"?since={FIRST_END}")
    assert told(answer) == [
        ("schools", "changed", SECOND_END),
        ("salaries", "withdrawn", SECOND_END),
        ("parks", "added", SECOND_END),
    ]
    assert (answer["total"], answer["next"], answer["latest"]) == (3, None, SECOND_END)


def test_a_withdrawn_dataset_is_its_name_alone(twice: FlaskClient) -> None:
    """Nothing but the name is told of what is gone; what is there comes as it stands in lists."""
    answer = get(twice, f"?since={FIRST_END}&lang=en")
    datasets = {item["name"]: item["dataset"] for item in answer["items"]}
    assert datasets["salaries"] is None
    listed = next(
        item for item in twice.get("/api/v1/datasets?lang=en").get_json()["items"] if item["name"] == "schools"
    )
    assert datasets["schools"] | {"highlights": None} == listed
    assert "工资" not in twice.get("/api/v1/changes").text


def test_without_a_time_everything_is_new(twice: FlaskClient) -> None:
    """Who begins gets all datasets as added, and the names of those that are gone."""
    assert told(get(twice)) == [
        ("schools", "added", SECOND_END),
        ("salaries", "withdrawn", SECOND_END),
        ("parks", "added", SECOND_END),
        ("bus-lines", "added", FIRST_END),
    ]


def test_the_latest_time_is_where_to_go_on(twice: FlaskClient) -> None:
    """Asked again with the latest time that it told, the catalogue has no change."""
    latest = get(twice)["latest"]
    answer = get(twice, f"?since={quote(latest)}")
    assert (answer["total"], answer["items"], answer["latest"]) == (0, [], latest)


def pages(client: FlaskClient, per_page: int) -> Iterator[list[tuple[str, str, str]]]:
    """Yield the pages of all changes."""
    cursor = ""
    while True:
        answer = get(client, f"?per_page={per_page}&cursor={cursor}")
        yield told(answer)
        cursor = answer["next"]
        if cursor is None:
            return


@pytest.mark.parametrize("per_page", [1, 2, 3, 4, 100])
def test_pages_hold_every_change_once(twice: FlaskClient, per_page: int) -> None:
    """However long the pages are, together they are the whole list in its order."""
    assert [item for page in pages(twice, per_page) for item in page] == told(get(twice))


@pytest.mark.parametrize(
    ("since", "total"),
    [
        ("2026-06-01", 4),
        ("2026-06-02", 3),
        ("2026-06-06", 0),
        ("2026-06-02T07:59:59%2B08:00", 3),
        ("2026-06-02T07:59:58%2B08:00", 4),
        ("2026-06-02T07:59:59+08:00", 3),
        ("2026-06-01T23:59:60Z", 3),
        ("2026-06-01t23:59:58.999999999z", 4),
        ("0001-01-01T00:00:00%2B23:59", 4),
        ("9999-12-31T23:59:59-23:59", 0),
        ("", 4),
    ],
)
def test_a_moment_is_read_as_people_write_it(twice: FlaskClient, since: str, total: int) -> None:
    """Days, zones, a bare plus sign, leap seconds and the ends of time are all understood."""
    assert get(twice, f"?since={since}")["total"] == total


@pytest.mark.parametrize(
    ("parameters", "wrong"),
    [
        ("since=yesterday", "since"),
        ("since=2026-13-01", "since"),
        ("since=2026-6-1", "since"),
        ("since=2026-06-01T25:00:00Z", "since"),
        ("since=%00", "since"),
        ("since=２０２６-06-01", "since"),
        ("cursor=x", "cursor"),
        ("cursor=1780358399000000-../x", "cursor"),
        ("per_page=0", "per_page"),
        ("per_page=101", "per_page"),
        ("sinc=2026-06-01", "sinc"),
    ],
)
def test_what_cannot_be_asked_is_refused(twice: FlaskClient, parameters: str, wrong: str) -> None:
    """A moment, cursor or number that makes no sense is a bad request that names it."""
    response = twice.get(f"/api/v1/changes?{parameters}")
    assert (response.status_code, response.get_json()["parameter"]) == (400, wrong)


@pytest.mark.parametrize(
    ("path", "heading", "said"),
    [
        ("/datasets/salaries/", "这个数据集已撤下", "2026年6月5日"),
        ("/en/datasets/salaries/", "This dataset was withdrawn", "5 June 2026"),
        ("/data/salaries/salaries.csv", "这个数据集已撤下", "2026年6月5日"),
    ],
)
def test_a_withdrawn_dataset_has_a_page_that_says_so(twice: FlaskClient, path: str, heading: str, said: str) -> None:
    """At its addresses stands 410 with the day, in place of a page that knows nothing of it."""
    answer = twice.get(path)
    page = parse(answer.text)
    assert (answer.status_code, page.one("h1").words) == (410, heading)
    assert said in page.one("main").words
    assert [twice.get(f"/datasets/{name}/").status_code for name in ("schools", "never")] == [200, 404]
