"""A page of another origin in a real Chromium: it reads descriptions, data and headers, and posts to an action."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright
from serving import serving
from support import CHROMIUM

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

READ = """async ([address, path, options]) => {
  try {
    const answer = await fetch(address + path, options);
    const headers = Object.fromEntries(answer.headers);
    return {status: answer.status, text: await answer.text(), headers};
  } catch (error) {
    return {status: 0, text: String(error), headers: {}};
  }
}"""


class _Empty(http.server.BaseHTTPRequestHandler):
    """Answers every address with an empty page."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Elsewhere:
    """A page of another origin, and the portal that it asks."""

    def __init__(self, page: Any, portal: str) -> None:
        self._page = page
        self._portal = portal

    def fetch(self, path: str, **options: Any) -> dict[str, Any]:
        """Return what a script of the page gets; status 0 where the browser does not let it read."""
        answer: dict[str, Any] = self._page.evaluate(READ, [self._portal, path, options])
        return answer


@pytest.fixture(scope="module")
def elsewhere(tiny_release: Path) -> Iterator[Elsewhere]:
    """A page at one port of this machine; the portal is at another, with limits as usual."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Empty)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with serving(tiny_release, "--workers", "1") as portal, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        yield Elsewhere(page, portal)
        browser.close()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/catalog.jsonld", "@context"),
        ("/catalog.ttl", "dcat:"),
        ("/data.json", "dataset"),
        ("/feed.xml", "<feed"),
        ("/datasets/schools/datapackage.json", "resources"),
        ("/datasets/schools/croissant.json", "recordSet"),
        ("/datasets/schools/index.md", "# "),
        ("/data/schools/schools.csv", ","),
        ("/api/v1/openapi.json", "openapi"),
    ],
)
def test_a_page_elsewhere_reads_what_is_there_for_programs(elsewhere: Elsewhere, path: str, word: str) -> None:
    """Descriptions, data and the API come whole, compressed on their way or not."""
    answer = elsewhere.fetch(path)
    assert (answer["status"], word in answer["text"]) == (200, True)


def test_a_page_elsewhere_posts_to_an_action(elsewhere: Elsewhere) -> None:
    """JSON goes to CKAN's API after a preflight, and the answer may be read."""
    answer = elsewhere.fetch(
        "/api/3/action/package_show",
        method="POST",
        body='{"id": "schools"}',
        headers={"Content-Type": "application/json", "X-Api-Key": "a page"},
    )
    assert (answer["status"], '"success": true' in answer["text"]) == (200, True)


def test_a_page_elsewhere_reads_the_headers_of_answers(elsewhere: Elsewhere) -> None:
    """A script learns which part it got, of what, by what name to ask again, and how often it may."""
    part = elsewhere.fetch("/data/schools/datapackage.json", headers={"Range": "bytes=0-1"})
    assert (part["status"], len(part["text"])) == (206, 2)
    assert {"content-range", "etag", "content-disposition", "x-request-id"} <= set(part["headers"])
    search = elsewhere.fetch("/api/v1/datasets")["headers"]
    assert {"ratelimit", "ratelimit-policy", "etag", "x-request-id"} <= set(search)


@pytest.mark.parametrize(("path", "status"), [("/api/v1/nothing", 404), ("/catalog.nothing", 404)])
def test_a_page_elsewhere_reads_errors(elsewhere: Elsewhere, path: str, status: int) -> None:
    """What went wrong may be read as well as what did not."""
    assert elsewhere.fetch(path)["status"] == status


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/catalog.csv", {"If-Match": '"other"'}, 412),
        ("/catalog.csv", {"Range": "bytes=99999999-"}, 416),
        ("/catalog.csv", {"If-None-Match": "*"}, 304),
    ],
)
def test_a_page_elsewhere_reads_that_a_condition_failed(
    elsewhere: Elsewhere, path: str, headers: dict[str, str], status: int
) -> None:
    """Conditions may be sent, and their answers read."""
    assert elsewhere.fetch(path, headers=headers, cache="no-store")["status"] == status


@pytest.mark.parametrize("path", ["/", "/datasets/schools/"])
def test_a_page_elsewhere_reads_no_pages(elsewhere: Elsewhere, path: str) -> None:
    """Pages are for people."""
    assert elsewhere.fetch(path)["status"] == 0
