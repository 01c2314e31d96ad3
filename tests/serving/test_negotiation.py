"""Content negotiation: which description stands at the page of a dataset or of the catalogue for whom."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

CHROME = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8"
SAFARI = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
RDFLIB = "application/rdf+xml,text/rdf+n3;q=0.9,text/turtle;q=0.8,*/*;q=0.1"


def located(client: FlaskClient, path: str, accept: str | None) -> tuple[int, str | None, str | None]:
    """Return status, media type and Content-Location of what stands at a page for who accepts this."""
    response = client.get(path, headers={"Accept": accept} if accept is not None else {})
    return response.status_code, response.mimetype, response.headers.get("Content-Location")


@pytest.mark.parametrize(
    ("accept", "media_type", "file"),
    [
        ("text/turtle", "text/turtle", "index.ttl"),
        ("application/ld+json", "application/ld+json", "index.jsonld"),
        ("application/rdf+xml", "application/rdf+xml", "index.rdf"),
        ("application/json", "application/json", "datapackage.json"),
        ("text/markdown", "text/markdown", "index.md"),
        ("Text/Turtle; charset=utf-8", "text/turtle", "index.ttl"),
        ("text/turtle;q=0.5, application/ld+json;q=0.9", "application/ld+json", "index.jsonld"),
        ("text/html;q=0.2, text/turtle;q=0.1, application/rdf+xml;q=0.3", "application/rdf+xml", "index.rdf"),
        ("text/turtle, */*", "text/turtle", "index.ttl"),
        ("application/*", "application/ld+json", "index.jsonld"),
        (RDFLIB, "application/rdf+xml", "index.rdf"),
    ],
)
def test_a_program_gets_the_description_it_asks_for(
    client: FlaskClient, accept: str, media_type: str, file: str
) -> None:
    """The media type with the most weight is answered at once, with the address of the file."""
    assert located(client, "/datasets/schools/", accept) == (200, media_type, f"/datasets/schools/{file}")


@pytest.mark.parametrize(
    "accept",
    [
        None, "", "*/*", CHROME, SAFARI, "text/*", "text/html", "text/html, text/turtle", "image/png",
        "text/turtle;q=0", "text/turtle;q=x, */*;q=0.1;", ";;,,", "text/html;q=0.9, text/turtle;q=0.8",
        "a" * 100_000,
    ],
)  # fmt: skip
def test_people_get_the_page(client: FlaskClient, accept: str | None) -> None:
    """Browsers, and whoever takes anything or nothing that there is, get the page as before."""
    assert located(client, "/datasets/schools/", accept) == (200, "text/html", None)


@pytest.mark.parametrize("accept", ["text/turtle", "*/*"])
def test_caches_learn_what_the_answer_hangs_on(client: FlaskClient, accept: str) -> None:
    """The page and the descriptions at its address all say that they vary with Accept, and other pages do not."""
    for path in ("/datasets/schools/", "/en/datasets/schools/", "/", "/en/", "/datasets/"):
        assert "Accept" in client.get(path, headers={"Accept": accept}).headers["Vary"]
    assert "accept" not in client.get("/about/", headers={"Accept": accept}).vary


def test_what_is_negotiated_is_the_file_itself(client: FlaskClient) -> None:
    """Bytes, ETag and media type are those of the file, HEAD has the same headers, and a known one is 304."""
    path, asked = "/datasets/schools/", {"Accept": "text/turtle"}
    file, answer, headed = (
        client.get(f"{path}index.ttl"),
        client.get(path, headers=asked),
        client.head(path, headers=asked),
    )
    assert (answer.data, answer.headers["ETag"], answer.content_type) == (
        file.data,
        file.headers["ETag"],
        file.content_type,
    )
    assert (headed.status_code, headed.data, headed.headers["Content-Location"]) == (200, b"", f"{path}index.ttl")
    known = client.get(path, headers={**asked, "If-None-Match": answer.headers["ETag"]})
    other = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (known.status_code, other.status_code) == (304, 200)


@pytest.mark.parametrize(
    ("path", "accept", "location"),
    [
        ("/en/datasets/schools/", "text/markdown", "/en/datasets/schools/index.md"),
        ("/en/datasets/schools/", "text/turtle", "/datasets/schools/index.ttl"),
        ("/datasets/salaries/", "application/json", "/datasets/salaries/entry.json"),
        ("/", "text/turtle", "/catalog.ttl"),
        ("/en/", "application/ld+json", "/catalog.jsonld"),
        ("/", "application/json", "/catalog.json"),
        ("/datasets/", "application/rdf+xml", "/catalog.rdf"),
    ],
)
def test_each_page_has_its_descriptions(client: FlaskClient, path: str, accept: str, location: str) -> None:
    """English pages have English text, entries without files their entry, and the front page the whole catalogue."""
    status, _, stated = located(client, path, accept)
    assert (status, stated) == (200, location)


@pytest.mark.parametrize("path", ["/about/", "/publishers/education/", "/datasets/schools/report/"])
def test_other_pages_are_pages(client: FlaskClient, path: str) -> None:
    """What has no description in another format is the page, whatever is asked for."""
    assert located(client, path, "text/turtle") == (200, "text/html", None)
