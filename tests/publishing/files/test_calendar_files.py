"""Calendars in a release: which there are, where they are linked and how they are served."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from parsed import parse
from support import FIXTURES, build_folder

PLANNED = "name: wells\ntitle: 水井\ncatalogue: {publisher: education, planned: {on: 2027-01-01}}\nresources: []\n"


def summaries(path: Path) -> list[str]:
    """Return what the events of a calendar are called."""
    return [str(event["summary"]) for event in Calendar.from_ical(path.read_bytes()).walk("VEVENT")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a catalogue with a planned opening; tests only read it."""
    folder = tmp_path_factory.mktemp("planned")
    shutil.copytree(FIXTURES / "tiny", folder / "datasets")
    (folder / "datasets" / "education" / "wells").mkdir()
    (folder / "datasets" / "education" / "wells" / "datapackage.yaml").write_text(PLANNED, encoding="utf-8")
    release = build_folder(folder / "datasets", folder / "build").folder
    assert release
    return release / "site"


def test_the_portal_and_each_publisher_have_a_calendar(site: Path) -> None:
    """In both languages, by day; closed datasets are in none."""
    found = {path.relative_to(site).as_posix(): summaries(path) for path in site.rglob("*.ics")}
    assert found == {
        "calendar.ics": ["更新到期：公交线路与站点", "计划开放：水井", "更新到期：学校名录"],
        "en/calendar.ics": ["Update due: 公交线路与站点", "To be opened: 水井", "Update due: List of schools"],
        "publishers/education/calendar.ics": ["计划开放：水井", "更新到期：学校名录"],
        "en/publishers/education/calendar.ics": ["To be opened: 水井", "Update due: List of schools"],
        "publishers/transport/calendar.ics": ["更新到期：公交线路与站点"],
        "en/publishers/transport/calendar.ics": ["Update due: 公交线路与站点"],
    }


@pytest.mark.parametrize(
    ("page", "file", "is_seen"),
    [
        ("", "calendar.ics", False),
        ("en", "calendar.ics", False),
        ("open-catalogue", "../calendar.ics", True),
        ("en/quality", "../calendar.ics", True),
        ("publishers/education", "calendar.ics", True),
        ("en/publishers/transport", "calendar.ics", True),
    ],
)
def test_pages_with_dates_lead_to_the_calendar(site: Path, page: str, file: str, is_seen: bool) -> None:
    """Programs by a link in the head, people by one that they see."""
    text = (site / page / "index.html").read_text(encoding="utf-8")
    assert text.count('<link rel="alternate" type="text/calendar"') == 1
    links = [item.attributes["href"] for item in parse(text).all("a") if item.attributes.get("type") == "text/calendar"]
    assert links == ([file] if is_seen else [])


def test_without_a_deadline_there_is_no_calendar(tmp_path: Path) -> None:
    """Neither a file, which would be none by the standard, nor a link."""
    folder = tmp_path / "datasets" / "wells"
    folder.mkdir(parents=True)
    (folder / "datapackage.yaml").write_text("name: wells\nresources: []\n", encoding="utf-8")
    release = build_folder(tmp_path / "datasets", tmp_path / "build").folder
    assert release
    assert list(release.rglob("*.ics")) == []
    assert [path for path in release.rglob("*.html") if "text/calendar" in path.read_text(encoding="utf-8")] == []


def test_calendars_are_served_as_calendars(client: FlaskClient) -> None:
    """In UTF-8, shown rather than saved, so that programs subscribe."""
    answer = client.get("/en/publishers/transport/calendar.ics")
    assert (answer.status_code, answer.headers["Content-Type"], answer.headers["Content-Disposition"]) == (
        200,
        "text/calendar; charset=utf-8",
        "inline; filename=calendar.ics",
    )
