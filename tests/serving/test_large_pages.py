"""Pages in large type below ``/large/``: the same pages, marked, with everything that they lead to."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from portal.serving.app import create_app


@pytest.fixture(scope="module")
def client(tiny_release: Path) -> FlaskClient:
    """Asks the tiny release."""
    return create_app(tiny_release).test_client()


@pytest.mark.parametrize("path", ["/", "/en/", "/datasets/schools/", "/datasets/?q=%E5%AD%A6", "/no-such-page/"])
def test_a_page_is_the_same_but_for_its_mark(client: FlaskClient, path: str) -> None:
    """Written at build, made by the server, or none at all; search engines are told to leave it alone."""
    plain, large = client.get(path), client.get(f"/large{path}")
    assert large.status_code == plain.status_code
    assert large.data == plain.data.replace(b"<html ", b'<html class="large" ', 1) != plain.data
    assert large.headers["X-Robots-Tag"] == "noindex"
    assert int(large.headers["Content-Length"]) == len(large.data)


def test_the_link_to_the_large_page_leads_there_and_back(client: FlaskClient) -> None:
    """It is one relative address, and keeps what was searched for."""
    answer = client.get("/large/large/datasets/?q=%E5%AD%A6&page=2")
    assert (answer.status_code, answer.headers["Location"]) == (302, "../../../datasets/?q=%E5%AD%A6&page=2")
    assert client.get("/large/large/").headers["Location"] == "../../"


@pytest.mark.parametrize("path", ["//evil.example/", "/\r\nSet-Cookie: a=b/", "/%2e%2e/x/"])
def test_nothing_in_an_address_leads_elsewhere(client: FlaskClient, path: str) -> None:
    """The way back is below this host, in one line."""
    location = client.get(f"/large/large{path}").headers["Location"]
    assert location.startswith("../../")
    assert "\n" not in location


def test_what_is_no_page_stands_there_as_it_is(client: FlaskClient) -> None:
    """Data, styles and answers to programs; parts and conditions of them too."""
    for path in ("/data/schools/schools.csv", "/api/v1/health", "/static/css/site.css"):
        assert client.get(f"/large{path}").data == client.get(path).data
    part = client.get("/large/data/schools/schools.csv", headers={"Range": "bytes=0-9"})
    assert (part.status_code, len(part.data)) == (206, 10)


def test_conditions_and_parts_of_the_plain_page_do_not_count(client: FlaskClient) -> None:
    """Who has the plain page does not have the large one."""
    tag = client.get("/about/").headers["ETag"]
    answer = client.get("/large/about/", headers={"If-None-Match": tag, "Range": "bytes=0-9"})
    assert answer.status_code == 200
    assert "ETag" not in answer.headers
    assert b'class="large"' in answer.data


def test_a_large_page_is_compressed_as_it_leaves(client: FlaskClient) -> None:
    """Variants that were written at build are those of the plain page."""
    answer = client.get("/large/about/", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert b'class="large"' in gzip.decompress(answer.data)


def test_head_tells_the_length_of_the_large_page(client: FlaskClient) -> None:
    """Without its body."""
    head, whole = client.head("/large/about/"), client.get("/large/about/")
    assert (head.data, head.headers["Content-Length"]) == (b"", str(len(whole.data)))


def test_redirects_keep_to_large_pages(client: FlaskClient) -> None:
    """They are relative."""
    answer = client.get("/large/datasets/schools")
    assert (answer.status_code, answer.headers["Location"]) == (308, "schools/")
