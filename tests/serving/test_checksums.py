"""Checksums of files: in a header, right for parts and for what is known, and in a list that sha256sum reads."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from parsed import parse
from published import publish

CSV = "/data/schools/schools.csv"

needs_sha256sum = pytest.mark.skipif(not shutil.which("sha256sum"), reason="sha256sum (coreutils) is not here")


@pytest.fixture
def digest(tiny_release: Path) -> str:
    """The header for a file, as RFC 9530 writes it."""
    content = (tiny_release / "site" / CSV.removeprefix("/")).read_bytes()
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 200), ({"Range": "bytes=3-9"}, 206), ({"Range": "bytes=-1"}, 206), ({"If-None-Match": "*"}, 304)],
)
def test_every_part_has_the_checksum_of_the_whole(
    client: FlaskClient, digest: str, headers: dict[str, str], status: int
) -> None:
    """The file, a part of it and word that it is known carry the same digest, by GET and by HEAD."""
    response = client.get(CSV, headers=headers)
    assert (response.status_code, response.headers["Repr-Digest"]) == (status, digest)
    assert client.head(CSV).headers["Repr-Digest"] == digest


@pytest.mark.parametrize(("headers", "status"), [({"Range": "bytes=999999-"}, 416), ({"If-Match": '"other"'}, 412)])
def test_a_refusal_has_no_checksum(client: FlaskClient, headers: dict[str, str], status: int) -> None:
    """What is not the file does not say that it is."""
    response = client.get(CSV, headers=headers)
    assert (response.status_code, "Repr-Digest" in response.headers) == (status, False)


@needs_sha256sum
@pytest.mark.parametrize("name", ["schools", "bus-lines"])
def test_the_list_of_checksums_is_read_by_sha256sum(tiny_release: Path, name: str) -> None:
    """It names all files of the folder but itself, the page and compressed variants, and all are as it says."""
    folder = tiny_release / "site" / "data" / name
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=False
    )
    checked = sorted(line.removesuffix(": OK") for line in done.stdout.splitlines())
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    files -= {file for file in files if file.endswith((".br", ".gz")) and file.rpartition(".")[0] in files}
    assert (done.returncode, checked) == (0, sorted(files - {"SHA256SUMS", "index.html"}))


@needs_sha256sum
def test_odd_names_are_quoted(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """Files with blanks and Chinese in their names, and in folders, are found by the list."""
    root = write_dataset("name: made\nresources: [{name: t, path: 原始 数据/表 一.csv}]\n")
    (root / "made" / "原始 数据").mkdir()
    (root / "made" / "原始 数据" / "表 一.csv").write_text("a\n1\n", encoding="utf-8")
    publish(root, tmp_path)
    folder = tmp_path / "data" / "made"
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "original/原始 数据/表 一.csv: OK" in done.stdout) == (0, True)


def test_the_list_is_plain_text(client: FlaskClient) -> None:
    """It is shown by a browser, in UTF-8."""
    response = client.get("/data/schools/SHA256SUMS")
    assert (response.status_code, response.content_type) == (200, "text/plain; charset=utf-8")


@pytest.mark.parametrize(("path", "up"), [("/data/schools/", ""), ("/en/data/schools/", "../../../data/schools/")])
def test_the_page_lists_every_file(client: FlaskClient, path: str, up: str) -> None:
    """Name, day and checksum of each file stand on a page in both languages, and each name leads to its file."""
    table = parse(client.get(path).text).one("table", class_="table")
    rows = [(row.one("th").one("a").text, row.one("code").text) for row in table.one("tbody").all("tr")]
    listed = (line.split("  ") for line in client.get("/data/schools/SHA256SUMS").text.splitlines())
    sums = {name: checksum for checksum, name in listed}
    del sums["datapackage.json"]
    assert dict(rows) == sums
    assert [row.one("time").attributes["datetime"] for row in table.one("tbody").all("tr")] == ["2026-03-01"] * len(
        rows
    )
    links = [link.attributes["href"] for link in table.all("a")]
    assert links == [f"{up}{name}" for name, _ in rows]


def test_the_page_of_the_dataset_leads_to_the_list(client: FlaskClient) -> None:
    """Who looks for checksums finds all of them; an entry without files has no list."""
    page = parse(client.get("/en/datasets/schools/").text).one("p", class_="dataset__files").one("a")
    assert (page.text, page.attributes["href"]) == ("All files with sizes and checksums", "../../data/schools/")
    assert client.get("/data/salaries/").status_code == 404
    assert "dataset__files" not in client.get("/datasets/salaries/").text
