"""Headers: what browsers may do with answers, and what they ask beforehand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from portal.model.addresses import API_CATALOG

PROJECT = Path(__file__).parent.parent.parent
SERVING = PROJECT / "portal" / "serving"

PREFLIGHT = {
    "Origin": "https://elsewhere.example",
    "Access-Control-Request-Method": "GET",
    "Access-Control-Request-Headers": "if-none-match",
}


def asked(client: FlaskClient, path: str) -> tuple[int, dict[str, str]]:
    """Return the status of a preflight, and those of its headers that are about other sites."""
    response = client.options(path, headers=PREFLIGHT)
    headers = {name: value for name, value in response.headers.items() if name.startswith("Access-Control-")}
    return response.status_code, headers


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/api/v1/datasets", "GET, HEAD, OPTIONS"),
        ("/api/v1/datasets/schools", "GET, HEAD, OPTIONS"),
        ("/api/v1/openapi.json", "GET, HEAD, OPTIONS"),
        ("/api/3/action/package_search", "GET, HEAD, OPTIONS, POST"),
        ("/api/action/package_show", "GET, HEAD, OPTIONS, POST"),
        ("/data/schools/schools.csv", "GET, HEAD, OPTIONS"),
    ],
)
def test_a_preflight_is_told_what_may_be_sent(client: FlaskClient, path: str, methods: str) -> None:
    """Who asks before a request from another site learns the methods, the headers, and how long that holds."""
    assert asked(client, path) == (
        200,
        {
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Methods": methods,
            "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-Match, If-Modified-Since, "
            "If-None-Match, If-Range, If-Unmodified-Since, Range",
            "Access-Control-Max-Age": "86400",
        },
    )


@pytest.mark.parametrize("path", ["/", "/datasets/", "/datasets/schools/", "/static/css/site.css"])
def test_a_preflight_for_a_page_allows_nothing(client: FlaskClient, path: str) -> None:
    """Scripts of other sites may read the API and the data, not pages."""
    assert asked(client, path) == (200, {})


def test_a_preflight_for_nothing_lets_the_script_read_that_there_is_nothing(client: FlaskClient) -> None:
    """An address of the API that does not exist is allowed beforehand, and its problem document may then be read."""
    assert asked(client, "/api/v1/nothing")[1]["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert client.get("/api/v1/nothing").headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["/api/v1/datasets", "/data/schools/schools.csv"])
def test_only_a_preflight_is_told(client: FlaskClient, path: str) -> None:
    """An answer to a read has the one header that lets scripts read it."""
    headers = client.get(path, headers={"Origin": "https://elsewhere.example"}).headers
    assert [name for name, _ in headers if name.startswith("Access-Control-")] == ["Access-Control-Allow-Origin"]


def test_each_header_is_said_once() -> None:
    """What browsers are told stands in one file, each header at one place, so no two answers differ by chance."""
    said = [
        (path.name, name)
        for path in sorted(SERVING.rglob("*.py"))
        for name in re.findall(
            r'"((?:Access-Control|Content-Security|X-Content|Referrer|Cache-Control|Content-Disp)[\w-]*)"',
            path.read_text(encoding="utf-8"),
        )
    ]
    assert sorted(said) == [
        ("headers.py", "Access-Control-Allow-Headers"),
        ("headers.py", "Access-Control-Allow-Methods"),
        ("headers.py", "Access-Control-Allow-Origin"),
        ("headers.py", "Access-Control-Max-Age"),
        ("headers.py", "Cache-Control"),
        ("headers.py", "Content-Disposition"),
        ("headers.py", "Content-Security-Policy"),
        ("headers.py", "Referrer-Policy"),
        ("headers.py", "X-Content-Type-Options"),
    ]


def test_nginx_is_told_the_headers_of_pages(client: FlaskClient) -> None:
    """Where it hands out pages itself, they have the policies that the portal sends with them."""
    manual = (PROJECT / "docs" / "how-to" / "serve-behind-nginx.md").read_text(encoding="utf-8")
    block = next(text for text in manual.split("```nginx")[1:] if "root " in text).split("```")[0]
    lines = re.findall(r'add_header (\S+) "?([^"]+?)"? always;', block.partition("location / {")[2].partition("}")[0])
    page = client.get("/")
    wanted = ("Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options", "Cache-Control", "Vary")
    assert dict(lines) == {name: page.headers[name] for name in wanted}
    others = re.findall(r"location (?!@|/ \{)[^{\n]*(\{.*)", block)
    assert set(others) == {"{ try_files /nothing @portal; }", "{"}, "what has no headers of its own goes to the portal"
    catalogue = client.get(API_CATALOG)
    told = block.partition(f"location = {API_CATALOG} {{\n")[2]
    assert f"default_type '{catalogue.content_type}';" in told
    assert f"add_header Link '{catalogue.headers['Link']}' always;" in told
