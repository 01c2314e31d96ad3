"""Headers: what browsers may do with answers, and what they ask beforehand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from portal.model.addresses import API_CATALOG

PROJECT = Path(__file__).parent.parent.parent
SERVING = PROJECT / "portal" / "serving"

EXPOSED = (
    "Accept-Ranges, Content-Disposition, Content-Encoding, Content-Length, Content-Range, ETag, Link, Location, "
    "RateLimit, RateLimit-Policy, Repr-Digest, Retry-After, X-Request-Id"
)
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
        ("/catalog.ttl", "GET, HEAD, OPTIONS"),
        ("/datasets/schools/croissant.json", "GET, HEAD, OPTIONS"),
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
            "If-None-Match, If-Range, If-Unmodified-Since, Mcp-Method, Mcp-Name, Mcp-Protocol-Version, Range, "
            "X-Api-Key",
            "Access-Control-Expose-Headers": EXPOSED,
            "Access-Control-Max-Age": "86400",
        },
    )


@pytest.mark.parametrize("path", ["/", "/datasets/", "/datasets/schools/", "/static/css/site.css"])
def test_a_preflight_for_a_page_allows_nothing(client: FlaskClient, path: str) -> None:
    """Scripts of other sites may read the API, data and descriptions, not pages and what these are shown with."""
    assert asked(client, path) == (200, {})


def test_a_preflight_for_nothing_lets_the_script_read_that_there_is_nothing(client: FlaskClient) -> None:
    """An address of the API that does not exist is allowed beforehand, and its problem document may then be read."""
    assert asked(client, "/api/v1/nothing")[1]["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert client.get("/api/v1/nothing").headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["/api/v1/datasets", "/data/schools/schools.csv"])
def test_only_a_preflight_is_told(client: FlaskClient, path: str) -> None:
    """An answer to a read has the two headers that let scripts read it and its headers."""
    headers = client.get(path, headers={"Origin": "https://elsewhere.example"}).headers
    assert {name: value for name, value in headers if name.startswith("Access-Control-")} == {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": EXPOSED,
    }


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/catalog.jsonld", {}, 200),
        ("/data.json", {}, 200),
        ("/feed.xml", {}, 200),
        ("/datasets/schools/datapackage.json", {}, 200),
        ("/datasets/schools/index.md", {}, 200),
        ("/catalog.csv", {"If-None-Match": "*"}, 304),
        ("/catalog.csv", {"If-Match": '"other"'}, 412),
        ("/catalog.csv", {"Range": "bytes=99999999-"}, 416),
        ("/data/schools/nothing.csv", {}, 404),
        ("/datasets/schools/nothing.json", {}, 404),
        ("/api/v1/datasets?page=0", {}, 400),
    ],
)
def test_scripts_of_other_sites_read_descriptions(
    client: FlaskClient, path: str, headers: dict[str, str], status: int
) -> None:
    """Whatever is there for programs may be read from any site, also where it is an error or no body comes."""
    answer = client.get(path, headers=headers)
    told = answer.headers["Access-Control-Allow-Origin"], answer.headers["Access-Control-Expose-Headers"]
    assert (answer.status_code, told) == (status, ("*", EXPOSED))


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
        ("headers.py", "Access-Control-Expose-Headers"),
        ("headers.py", "Access-Control-Max-Age"),
        ("headers.py", "Cache-Control"),
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
    wanted = ("Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options", "Cache-Control")
    default = re.search(r"map \$uri \$lasting \{.*?default ([^;]+);", block, re.DOTALL)
    assert default
    told = {name: value.replace("$lasting", default[1]) for name, value in lines}
    assert told == {name: page.headers[name] for name in wanted} | {"Vary": "Accept"}, "gzip_vary adds the other"
    assert {name.lower() for name in page.vary} == {"accept", "accept-encoding"}
    others = re.findall(r"location (?!@|/ \{)[^{\n]*(\{.*)", block)
    assert set(others) == {"{ try_files /nothing @portal; }", "{"}, "what has no headers of its own goes to the portal"
    catalogue = client.get(API_CATALOG)
    of_catalogue = block.partition(f"location = {API_CATALOG} {{\n")[2]
    assert f"default_type '{catalogue.content_type}';" in of_catalogue
    assert f"add_header Link '{catalogue.headers['Link']}' always;" in of_catalogue
