"""A portal that is closed for maintenance by a file, and what is said where a dataset was withdrawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from parsed import parse

from portal.serving.app import create_app
from portal.serving.maintenance import RETRY_SECONDS, SWITCH


@pytest.fixture
def closed(tiny_releases: Path) -> FlaskClient:
    """A client of a portal that its operator has closed."""
    (tiny_releases / SWITCH).touch()
    return create_app(tiny_releases / "current").test_client()


@pytest.mark.parametrize(
    ("path", "heading"), [("/", "正在维护"), ("/datasets/?q=x", "正在维护"), ("/en/about/", "Closed for maintenance")]
)
def test_a_closed_portal_says_so(closed: FlaskClient, path: str, heading: str) -> None:
    """Every page is the same one, in the language of its address, guarded as any, and says when to come again."""
    answer = closed.get(path)
    headers = {name: answer.headers[name] for name in ("Retry-After", "Cache-Control", "X-Content-Type-Options")}
    assert answer.status_code == 503
    assert headers == {"Retry-After": RETRY_SECONDS, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    page = parse(answer.text)
    assert page.one("h1").words == heading
    assert page.one("main").all("form") == [], "a search would not be answered"
    assert page.one("main").all("a")[0]["href"].startswith("tel:")


def test_programs_are_told_that_the_portal_is_closed(closed: FlaskClient) -> None:
    """The API answers with a problem document, which says when to ask again."""
    answer = closed.get("/api/v1/datasets")
    assert (answer.status_code, answer.content_type) == (503, "application/problem+json")
    assert answer.headers["Retry-After"] == RETRY_SECONDS


def test_what_a_closed_portal_needs_is_answered(closed: FlaskClient) -> None:
    """The style sheet of its page is given out, and the state of the service told."""
    assert [closed.get(path).status_code for path in ("/static/css/site.css", "/api/v1/health")] == [200, 200]


def test_a_portal_opens_without_a_restart(closed: FlaskClient, tiny_releases: Path) -> None:
    """Once the file is gone everything is as before."""
    (tiny_releases / SWITCH).unlink()
    assert closed.get("/").status_code == 200
