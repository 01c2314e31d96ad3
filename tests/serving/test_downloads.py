"""Files over HTTP: whole and in parts, validators, types and names, and everything that is never given out."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from serving import ask
from support import build_folder

from portal.publishing.files.manifest_lookup import Manifest
from portal.publishing.search.dataset_store import Records
from portal.serving.app import create_app

CSV = "/data/schools/schools.csv"
CANARY = "CANARY-7f3a"


@pytest.fixture(scope="module")
def content(tiny_release: Path) -> bytes:
    """The bytes of the file that most tests ask for."""
    return (tiny_release / "site" / CSV.lstrip("/")).read_bytes()


@pytest.fixture(scope="module")
def etag(content: bytes) -> str:
    """The validator of that file."""
    return f'"{hashlib.sha256(content).hexdigest()}"'


def test_a_file_comes_whole(client: FlaskClient, content: bytes, etag: str) -> None:
    """A file has its bytes, its length, its validator, and the offer to be asked for in parts."""
    response = client.get(CSV)
    assert (response.status_code, response.data) == (200, content)
    assert (response.headers["Content-Length"], response.headers["ETag"]) == (str(len(content)), etag)
    assert response.headers["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-9", 0, 9), ("bytes=10-", 10, -1), ("bytes=-5", -5, -1), ("bytes=0-9999", 0, -1), ("bytes=3-3", 3, 3)],
)
def test_a_part_of_a_file_comes_alone(
    client: FlaskClient, content: bytes, etag: str, asked: str, first: int, last: int
) -> None:
    """A range is answered with status 206, the bytes from first to last, and where they lie in the whole."""
    response = client.get(CSV, headers={"Range": asked})
    size = len(content)
    start, end = first % size, last % size
    assert (response.status_code, response.data) == (206, content[start : end + 1])
    assert response.headers["Content-Range"] == f"bytes {start}-{end}/{size}"
    assert (response.headers["ETag"], response.content_type) == (etag, "text/csv; charset=utf-8")


@pytest.mark.parametrize("size", [1, 40, 1000])
def test_parts_put_together_are_the_file(client: FlaskClient, content: bytes, size: int) -> None:
    """Who fetches a file piece by piece gets the same bytes."""
    ranges = (f"bytes={start}-{start + size - 1}" for start in range(0, len(content), size))
    assert b"".join(client.get(CSV, headers={"Range": asked}).data for asked in ranges) == content


def test_more_last_bytes_than_there_are_give_the_whole_file(client: FlaskClient, content: bytes) -> None:
    """Readers of Parquet ask for the last 64 KiB; a shorter file comes from its first byte (RFC 9110, 14.1.2)."""
    answer = client.get(CSV, headers={"Range": f"bytes=-{len(content) + 1}"})
    assert (answer.status_code, answer.data) == (206, content)
    assert answer.headers["Content-Range"] == f"bytes 0-{len(content) - 1}/{len(content)}"


def test_a_range_beyond_the_end_is_refused_with_the_size(client: FlaskClient, content: bytes) -> None:
    """Status 416 says how long the file is and sends nothing."""
    response = client.get(CSV, headers={"Range": f"bytes={len(content)}-"})
    assert (response.status_code, response.data) == (416, b"")
    assert response.headers["Content-Range"] == f"bytes */{len(content)}"


def test_several_ranges_at_once_give_the_whole_file(client: FlaskClient, content: bytes) -> None:
    """Nobody makes the server cut a file into many pieces."""
    response = client.get(CSV, headers={"Range": "bytes=0-1,3-4"})
    assert (response.status_code, response.data) == (200, content)


def test_a_fresh_copy_is_not_sent_again(client: FlaskClient, etag: str) -> None:
    """Who has the current bytes gets status 304, the validator and no body."""
    for known in (etag, f'"other", {etag}', f"W/{etag}", "*"):
        response = client.get(CSV, headers={"If-None-Match": known})
        assert (response.status_code, response.data, response.headers["ETag"]) == (304, b"", etag)


def test_a_stale_copy_is_sent_again(client: FlaskClient, content: bytes) -> None:
    """Who has other bytes gets the file."""
    response = client.get(CSV, headers={"If-None-Match": '"other"'})
    assert (response.status_code, response.data) == (200, content)


def test_a_broken_download_goes_on_where_the_file_is_unchanged(client: FlaskClient, content: bytes, etag: str) -> None:
    """With If-Range and the current validator the missing part comes."""
    response = client.get(CSV, headers={"Range": "bytes=10-", "If-Range": etag})
    assert (response.status_code, response.data) == (206, content[10:])


def test_a_broken_download_begins_anew_where_the_file_changed(client: FlaskClient, content: bytes) -> None:
    """With If-Range and a former validator the whole file comes, so that no two files are mixed."""
    response = client.get(CSV, headers={"Range": "bytes=10-", "If-Range": '"former"'})
    assert (response.status_code, response.data) == (200, content)


@pytest.mark.parametrize("path", [CSV, "/", "/datasets/", "/en/datasets/schools/", "/static/css/site.css"])
def test_head_gives_the_headers_alone(client: FlaskClient, path: str) -> None:
    """HEAD answers as GET does, without the body."""
    got, headed = client.get(path), client.head(path)
    ignored = {"Date", "X-Request-Id"}
    assert (headed.status_code, headed.data) == (200, b"")
    assert [item for item in headed.headers if item[0] not in ignored] == [
        item for item in got.headers if item[0] not in ignored
    ]


def test_the_validator_of_every_file_is_its_sha256(client: FlaskClient, tiny_release: Path) -> None:
    """Every file and page of the site is given out byte for byte, and its ETag is the SHA-256 of the body."""
    listed = Manifest(tiny_release).items()
    served = [path for path, entry in listed if path.startswith("site/") and not entry.encoding]
    assert len(served) > 40
    for path in served:
        response = client.get(path.removeprefix("site"))
        assert (path, response.status_code, response.data) == (path, 200, (tiny_release / path).read_bytes())
        assert response.headers["ETag"] == f'"{hashlib.sha256(response.data).hexdigest()}"'
        assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/static/css/site.css", "text/css; charset=utf-8"),
        ("/static/js/copy.js", "text/javascript; charset=utf-8"),
        ("/static/img/mark.svg", "image/svg+xml"),
        ("/data/bus-lines/lines.csv", "text/csv; charset=utf-8"),
        ("/data/bus-lines/original/lines.csv", "text/csv; charset=gb18030"),
        ("/data/bus-lines/lines.json", "application/json"),
        ("/data/bus-lines/lines.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("/data/bus-lines/lines.parquet", "application/vnd.apache.parquet"),
        ("/data/bus-lines/bus-lines.zip", "application/zip"),
        ("/datasets/bus-lines/index.md", "text/markdown; charset=utf-8"),
        ("/datasets/bus-lines/index.ttl", "text/turtle; charset=utf-8"),
        ("/datasets/bus-lines/index.jsonld", "application/ld+json"),
        ("/datasets/bus-lines/croissant.json", "application/ld+json"),
        ("/catalog.csv", "text/csv; charset=utf-8"),
        ("/feed.xml", "application/atom+xml"),
        ("/sitemap.xml", "application/xml"),
    ],
)
def test_each_kind_of_file_has_its_media_type(client: FlaskClient, path: str, media_type: str) -> None:
    """The type says the encoding of text; an original keeps the one that its publisher declared."""
    assert client.get(path).content_type == media_type


def test_the_original_is_untouched(client: FlaskClient, tiny: Path) -> None:
    """The publisher's own bytes are given out, not a copy in another encoding."""
    assert (
        client.get("/data/bus-lines/original/lines.csv").data == (tiny / "transport/bus-lines/lines.csv").read_bytes()
    )


@pytest.mark.parametrize(
    ("path", "plain", "titled"),
    [
        (CSV, "schools.csv", "学校名录-学校表.csv"),
        ("/data/bus-lines/stops.xlsx", "stops.xlsx", "公交线路与站点-站点.xlsx"),
        ("/data/bus-lines/original/lines.csv", "lines.csv", "lines.csv"),
    ],
)
def test_a_file_is_saved_under_its_title(client: FlaskClient, path: str, plain: str, titled: str) -> None:
    """Browsers save a data file under its Chinese title (RFC 5987), old programs under a plain name."""
    start, _, encoded = client.get(path).headers["Content-Disposition"].rpartition("; filename*=UTF-8''")
    assert start == f'attachment; filename="{plain}"'
    assert encoded.isascii()
    assert unquote(encoded) == titled


def test_data_files_run_nothing_and_may_be_read_from_any_site(client: FlaskClient) -> None:
    """A data file that holds HTML cannot act in the name of the portal; scripts of other sites may read it."""
    headers = client.get("/data/schools/schools.json").headers
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Access-Control-Allow-Origin"] == "*"


def test_pages_are_shown_and_load_nothing_from_elsewhere(client: FlaskClient) -> None:
    """A page is not saved, cannot be read by other sites, and its policy forbids foreign and inline scripts."""
    headers = client.get("/datasets/schools/").headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert "script-src" not in policy
    assert not headers.get("Content-Disposition", "").startswith("attachment")
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/en", "en/"),
        ("/datasets/schools", "schools/"),
        ("/en/datasets/schools", "schools/"),
        ("/publishers/education", "education/"),
    ],
)
def test_a_folder_without_its_slash_leads_to_the_page(client: FlaskClient, path: str, location: str) -> None:
    """The redirect is relative: it stays on the same host and below the same path, whatever the request claims."""
    response = client.get(path, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    assert (response.status_code, response.headers["Location"]) == (308, location)


ESCAPES = [
    "/../release.json",
    "/..%2frelease.json",
    "/%2e%2e/release.json",
    "/%2e%2e%2frelease.json",
    "/..%5crelease.json",
    "/..%c0%afrelease.json",
    "/.%00./release.json",
    "/data/../../release.json",
    "/data/schools/..%2f..%2f..%2frelease.json",
    "/data/schools/original/../../../../../../../../etc/passwd",
    "/data/schools/original/%2fetc%2fpasswd",
    "//etc/passwd",
    "/./index.html",
    "/data/schools//schools.csv%00.html",
    "/file:///etc/passwd",
    "/static/css/../../../manifest.json",
]


@pytest.mark.parametrize("path", ESCAPES)
def test_no_address_leads_out_of_the_site(client: FlaskClient, path: str) -> None:
    """Dots, slashes and zeros in an address, however they are written, lead to nothing."""
    assert client.get(path, base_url="http://localhost").status_code == 404


@pytest.mark.parametrize("path", [*ESCAPES, "//evil.example/", "//evil.example", "/\\evil.example"])
def test_no_address_leads_out_of_the_site_over_the_network(address: str, path: str) -> None:
    """The same holds for addresses that no library has tidied up; a redirect, if any, stays on the host."""
    answer = ask(address, path)
    if answer.status in (301, 302, 307, 308):
        assert "evil" not in answer.headers["Location"].replace(f"{address}/", "")
    else:
        assert answer.status in (400, 404)
    assert b"root:" not in answer.body


@pytest.mark.parametrize("prefix", ["/", "/site/", "/data/", "/search/", "/templates/"])
def test_what_is_not_the_site_is_never_served(client: FlaskClient, tiny_release: Path, prefix: str) -> None:
    """Of a release only the site is given out: not the index, the records, the reports or the manifest."""
    files = (path.relative_to(tiny_release).as_posix() for path in tiny_release.rglob("*") if path.is_file())
    inner = [path for path in files if not path.startswith("site/")]
    assert {"manifest.json", "release.json", "report.json", "search/records.sqlite"} < set(inner)
    for path in (*inner, *(name.removeprefix("search/") for name in inner)):
        assert client.get(f"{prefix}{path}").status_code == 404


def test_a_file_that_the_manifest_does_not_list_is_not_served(tiny: Path, tmp_path: Path) -> None:
    """What somebody puts into the folder of a release by hand is not given out."""
    release = build_folder(tiny, tmp_path / "build").folder
    assert release is not None
    (release / "site" / "data" / "schools" / "secret.csv").write_text("a,b\n", encoding="utf-8")
    assert create_app(release).test_client().get("/data/schools/secret.csv").status_code == 404


def test_downloads_work_over_the_network(address: str, content: bytes, etag: str) -> None:
    """The server gives the same answers as the app: whole, in part, unchanged, out of range, headers alone."""
    whole = ask(address, CSV)
    part = ask(address, CSV, {"Range": "bytes=10-19", "If-Range": etag})
    unchanged = ask(address, CSV, {"If-None-Match": etag})
    beyond = ask(address, CSV, {"Range": "bytes=9999-"})
    headed = ask(address, CSV, method="HEAD")
    assert [(answer.status, answer.body) for answer in (whole, part, unchanged, beyond, headed)] == [
        (200, content),
        (206, content[10:20]),
        (304, b""),
        (416, b""),
        (200, b""),
    ]
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(content)}"
    assert headed.headers["Content-Length"] == str(len(content))
    assert headed.headers["Content-Type"] == "text/csv; charset=utf-8"


def test_no_file_of_the_release_holds_a_value_of_a_closed_dataset(tiny: Path, tiny_release: Path) -> None:
    """A word that stands in the closed table stands nowhere in the release, not even inside packed files."""
    assert CANARY in (tiny / "transport/salaries/salaries.csv").read_text(encoding="utf-8")
    holders = [path for path in tiny_release.rglob("*") if path.is_file() and CANARY in everything_in(path)]
    assert holders == []


def everything_in(path: Path) -> str:
    """Return all text of a file, that of the files packed inside too."""
    text = path.name + path.read_bytes().decode("utf-8", "replace")
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            text += "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return text


def test_packed_values_would_be_found(tiny_release: Path) -> None:
    """The search for the word above reads into workbooks: it finds a value of an open table there."""
    assert "城南, 中学" in everything_in(tiny_release / "site/data/schools/schools.xlsx")


def test_the_record_of_a_closed_dataset_names_no_file(tiny_release: Path) -> None:
    """What the API reads of a closed dataset holds no path, so no answer can lead to the file."""
    published = Records(tiny_release / "search" / "records.sqlite").get("salaries")
    assert published is not None
    assert (published.resources, [item.paths for item in published.dataset.resources]) == ((), [()])


@pytest.mark.parametrize(
    "path",
    [
        "/datasets/salaries/",
        "/en/datasets/salaries/",
        "/api/v1/datasets/salaries",
        "/api/v1/datasets/salaries?lang=en",
        "/api/3/action/package_show?id=salaries",
        "/api/3/action/package_search?q=工资",
        "/datasets/?q=工资",
        "/datasets/?publisher=transport",
    ],
)
def test_no_answer_holds_a_value_of_a_closed_dataset(client: FlaskClient, path: str) -> None:
    """Answers about a closed dataset tell of it, and hold none of its values and no address of its file."""
    response = client.get(path)
    text = json.dumps(response.get_json(), ensure_ascii=False) if response.is_json else response.text
    assert response.status_code == 200
    assert "工资" in text
    assert CANARY not in text
    assert "salaries.csv" not in text


def test_a_value_of_a_closed_dataset_finds_nothing(client: FlaskClient) -> None:
    """The index does not know the cells of a closed table."""
    assert client.get("/api/v1/datasets", query_string={"q": CANARY}).get_json()["total"] == 0


@pytest.mark.parametrize("path", ["salaries.csv", "original/salaries.csv", "salaries.json", "salaries.xlsx", ""])
def test_the_files_of_a_closed_dataset_are_not_there(client: FlaskClient, path: str) -> None:
    """Nobody finds the files of a closed dataset by guessing their addresses."""
    assert client.get(f"/data/salaries/{path}").status_code == 404


def test_a_range_in_unknown_units_is_ignored(client: FlaskClient, content: bytes) -> None:
    """A unit that the server does not know asks for nothing (RFC 9110, 14.2)."""
    assert client.get(CSV, headers={"Range": "lines=0-9"}).data == content


def test_head_ignores_ranges(client: FlaskClient) -> None:
    """Ranges are defined for GET only (RFC 9110, 14.2)."""
    assert client.head(CSV, headers={"Range": "bytes=0-9"}).status_code == 200
