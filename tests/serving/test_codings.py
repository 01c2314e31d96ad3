"""Compression: which form of a file is sent, its own ETag, parts that are never mixed, answers packed on the fly."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import brotli
import pytest
from flask import Flask, Request, Response
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from serving import ask

from portal.publishing.files.manifest_lookup import Manifest
from portal.serving.codings import acceptable, compressed

PAGE = "/datasets/schools/"
UNPACK: dict[str, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.fixture(scope="module")
def page(tiny_release: Path) -> bytes:
    """The bytes of a page that has variants."""
    return (tiny_release / "site/datasets/schools/index.html").read_bytes()


def tag_of(content: bytes) -> str:
    """Return the strong ETag of bytes."""
    return f'"{hashlib.sha256(content).hexdigest()}"'


@pytest.mark.parametrize(
    ("stated", "codings"),
    [
        ("", ("",)),
        ("gzip", ("gzip", "")),
        ("gzip, deflate, br, zstd", ("br", "gzip", "")),
        ("br;q=0.5, gzip", ("gzip", "br", "")),
        ("BR", ("br", "")),
        ("x-gzip", ("gzip", "")),
        ("*", ("br", "gzip", "")),
        ("*;q=0", ("",)),
        ("br;q=0, *", ("gzip", "")),
        ("identity;q=1, gzip;q=0.5", ("", "gzip")),
        ("gzip;q=2, br;q=x", ("",)),
    ],
)
def test_what_may_be_sent_follows_from_the_weights(stated: str, codings: tuple[str, ...]) -> None:
    """Codings are tried from the most wanted to the least, of equal ones the smallest; a weight of 0 forbids."""
    assert acceptable(stated) == codings


@given(st.text(max_size=60))
def test_any_header_leaves_the_file_itself(stated: str) -> None:
    """Whatever is written there, each coding stands once at most, and the file as it is may always be sent."""
    found = acceptable(stated)
    assert sorted(set(found)) == sorted(found)
    assert "" in found


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_a_variant_has_the_file_in_it(client: FlaskClient, page: bytes, coding: str) -> None:
    """Who can read a coding gets the file in it, with the ETag of the bytes that are sent."""
    answer = client.get(PAGE, headers={"Accept-Encoding": coding})
    assert (answer.status_code, UNPACK[coding](answer.data)) == (200, page)
    assert answer.headers["Content-Encoding"] == coding
    assert answer.headers["ETag"] == tag_of(answer.data)
    assert answer.headers["Content-Length"] == str(len(answer.data))
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_every_form_says_that_there_are_others(client: FlaskClient, page: bytes) -> None:
    """Caches keep the forms apart: the file itself and each variant have Vary, also where no body is sent."""
    for asked in ({}, {"Accept-Encoding": "br"}, {"If-None-Match": "*"}, {"Range": "bytes=0-9"}, {"If-Match": '"x"'}):
        assert "accept-encoding" in client.get(PAGE, headers=asked).vary
    plain = client.get(PAGE)
    assert (plain.data, plain.headers["ETag"], "Content-Encoding" in plain.headers) == (page, tag_of(page), False)


def test_a_variant_that_is_known_is_not_sent_again(client: FlaskClient, page: bytes) -> None:
    """The ETag of each form is answered 304 as long as the asker can read that form."""
    packed = client.get(PAGE, headers={"Accept-Encoding": "gzip"}).headers["ETag"]
    for known, readable, status in (
        (packed, "gzip", 304),
        (packed, "br, gzip", 304),
        (tag_of(page), "br, gzip", 304),
        (packed, "br", 200),
        (packed, "", 200),
    ):
        answer = client.get(PAGE, headers={"If-None-Match": known, "Accept-Encoding": readable})
        assert (answer.status_code, answer.headers["ETag"] == known) == (status, status == 304)


def test_a_part_is_one_of_the_file_itself(client: FlaskClient, page: bytes) -> None:
    """Programs that ask for parts mean bytes of the file, whatever they could unpack."""
    answer = client.get(PAGE, headers={"Range": "bytes=5-24", "Accept-Encoding": "gzip, br"})
    assert (answer.status_code, answer.data, "Content-Encoding" in answer.headers) == (206, page[5:25], False)
    assert (answer.headers["ETag"], answer.headers["Content-Range"]) == (tag_of(page), f"bytes 5-24/{len(page)}")


def test_a_part_of_a_variant_is_sent_to_who_names_it(client: FlaskClient) -> None:
    """A download of a variant that broke off goes on in the same variant."""
    whole = client.get(PAGE, headers={"Accept-Encoding": "gzip"})
    asked = {"Range": "bytes=100-", "Accept-Encoding": "br, gzip", "If-Range": whole.headers["ETag"]}
    part = client.get(PAGE, headers=asked)
    assert (part.status_code, part.data) == (206, whole.data[100:])
    assert (part.headers["ETag"], part.headers["Content-Encoding"]) == (whole.headers["ETag"], "gzip")


def test_a_part_of_a_form_that_cannot_be_read_is_not_sent(client: FlaskClient, page: bytes) -> None:
    """Who names a variant and does not accept it gets the whole file: the two would not fit together."""
    packed = client.get(PAGE, headers={"Accept-Encoding": "gzip"}).headers["ETag"]
    answer = client.get(PAGE, headers={"Range": "bytes=100-", "If-Range": packed})
    assert (answer.status_code, answer.data) == (200, page)


def test_variants_have_no_address(client: FlaskClient, tiny_release: Path) -> None:
    """A variant is sent in place of its file, and never by its own name."""
    variants = [path for path, entry in Manifest(tiny_release).items() if entry.encoding]
    assert len(variants) > 40
    assert {client.get(path.removeprefix("site")).status_code for path in variants} == {404}


def test_a_data_file_is_saved_under_its_own_name(client: FlaskClient) -> None:
    """The name to save as is that of the file, in whatever form it comes."""
    path = "/data/schools/datapackage.json"
    plain, packed = client.get(path), client.get(path, headers={"Accept-Encoding": "br"})
    assert packed.headers["Content-Encoding"] == "br"
    for name in ("Content-Type", "Content-Disposition", "Last-Modified"):
        assert plain.headers.get(name) == packed.headers.get(name)


@pytest.mark.parametrize(
    "path", ["/data/bus-lines/lines.xlsx", "/data/bus-lines/lines.parquet", "/static/img/mark.png"]
)
def test_what_is_packed_already_is_sent_as_it_is(client: FlaskClient, path: str) -> None:
    """Formats that are compressed inside have one form."""
    answer = client.get(path, headers={"Accept-Encoding": "br, gzip"})
    assert ("Content-Encoding" in answer.headers, "Vary" in answer.headers) == (False, False)


@pytest.mark.parametrize("coding", ["br", "gzip"])
@pytest.mark.parametrize("path", ["/api/v1/datasets", "/api/3/action/package_search", "/datasets/?q=a"])
def test_answers_are_compressed_as_they_leave(client: FlaskClient, path: str, coding: str) -> None:
    """What is made for a request is packed for who can read that, and says the same."""
    plain, packed = client.get(path), client.get(path, headers={"Accept-Encoding": coding})
    assert (packed.headers["Content-Encoding"], UNPACK[coding](packed.data)) == (coding, plain.data)
    assert (plain.headers["Vary"], packed.headers["Vary"]) == ("Accept-Encoding", "Accept-Encoding")
    assert plain.headers["ETag"] == packed.headers["ETag"]
    assert len(packed.data) < len(plain.data) / 2


def test_small_answers_stay_as_they_are(client: FlaskClient) -> None:
    """What fits into one packet is not packed."""
    assert "Content-Encoding" not in client.get("/api/v1/health", headers={"Accept-Encoding": "br"}).headers


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_streams_are_compressed_piece_by_piece(coding: str) -> None:
    """A stream leaves packed while it is made, is never held whole, and is closed when it is not wanted any more."""
    taken: list[str] = []

    def rows() -> Iterator[str]:
        try:
            for number in range(20_000):
                taken.append("row")
                yield json.dumps({"number": number, "word": hashlib.sha256(str(number).encode()).hexdigest()}) + "\n"
        finally:
            taken.append("closed")

    with Flask("x").test_request_context(headers={"Accept-Encoding": coding}) as context:
        response = compressed(Response(rows(), content_type="application/x-ndjson"), request_of(context.request))
        pieces = response.iter_encoded()
        first = next(pieces)
        assert first
        assert len(taken) < 20_000
        whole = first + b"".join(pieces)
        assert len(UNPACK[coding](whole).splitlines()) == 20_000
        begun = compressed(Response(rows(), content_type="application/x-ndjson"), request_of(context.request))
        next(begun.iter_encoded())
        begun.close()
        assert taken[-1] == "closed"


def request_of(request: Request) -> Request:
    """Return a request as the type checker knows it."""
    return request


def test_forms_come_over_the_network(address: str, page: bytes) -> None:
    """The server sends each form as the app chose it: whole, known, in part, and the headers alone."""
    whole = ask(address, PAGE, {"Accept-Encoding": "br"})
    assert (whole.status, brotli.decompress(whole.body), whole.headers["ETag"]) == (200, page, tag_of(whole.body))
    known = ask(address, PAGE, {"Accept-Encoding": "br", "If-None-Match": whole.headers["ETag"]})
    part = ask(address, PAGE, {"Accept-Encoding": "br", "Range": "bytes=7-"})
    headed = ask(address, PAGE, {"Accept-Encoding": "br"}, method="HEAD")
    assert [(item.status, item.body) for item in (known, part, headed)] == [(304, b""), (206, page[7:]), (200, b"")]
    assert headed.headers["Content-Length"] == str(len(whole.body))
    assert part.headers["Content-Encoding"] is None


def test_answers_that_did_not_change_are_not_made_again(client: FlaskClient) -> None:
    """The tag of an answer hangs on the question; who has the answer is told 304, with the headers of its address."""
    first, other = client.get("/api/v1/datasets"), client.get("/api/v1/datasets?q=a")
    tag = first.headers["ETag"]
    known = client.get("/api/v1/datasets", headers={"If-None-Match": f'"x", {tag}'})
    assert (known.status_code, known.data, known.headers["ETag"]) == (304, b"", tag)
    assert known.headers["Cache-Control"] == "no-cache"
    assert known.headers["Access-Control-Allow-Origin"] == "*"
    assert tag.startswith("W/")
    assert other.headers["ETag"] != tag
    assert client.get("/api/v1/datasets?q=a", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/health", "/api/v1/datasets?page=0", "/api/v1/datasets/nobody"])
def test_what_must_not_be_kept_has_no_tag(client: FlaskClient, path: str) -> None:
    """The state of the service is asked anew each time, and errors have no tag."""
    answer = client.get(path, headers={"If-None-Match": "*"})
    assert ("ETag" in answer.headers, answer.status_code == 304) == (False, False)


def test_styles_and_scripts_may_be_kept_for_a_year(client: FlaskClient, tiny_release: Path) -> None:
    """Under a name with a hash a file never changes; under its plain name, as pages, it must be asked for again."""
    names = [path.removeprefix("site") for path in Manifest(tiny_release) if path.startswith("site/static/")]
    lasting = [name for name in names if len(name.split(".")) == 3 and not name.endswith((".br", ".gz"))]
    assert len(lasting) >= 4
    pages = ["/", "/datasets/", "/datasets/schools/", "/datasets/schools/resources/schools/rows/"]
    asking = [*pages, *(name for name in lasting if name.endswith(".js"))]
    shown = "".join(client.get(path).text for path in asking)
    # Of pages with charts, maps, reports and the gallery, which are not among those asked.
    unused = tuple(
        f"/static/{one}" for one in ("js/chart", "js/map", "css/chart", "css/map", "css/report", "css/gallery")
    )
    for name in lasting:
        assert client.get(name).headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert name.rpartition("/")[2].split(".")[1] == hashlib.sha256(client.get(name).data).hexdigest()[:10]
        assert name.rpartition("/")[2] in shown or name.endswith(".png") or name.startswith(unused)
    for path in ("/static/css/site.css", "/", "/catalog.csv"):
        assert client.get(path).headers["Cache-Control"] == "no-cache"
