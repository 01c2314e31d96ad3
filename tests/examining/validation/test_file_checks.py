"""Files before they are read: there, plain, within limits, and those that the descriptor declares."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.examining.validation.file_checks import check_files
from portal.findings.finding import Finding
from portal.findings.words import mend_of, message_of
from portal.model.limits import Limits
from portal.settings import load_settings

CONTENT = b"a,b\n1,2\n"


def check(root: Path, limits: Limits | None = None) -> list[Finding]:
    """Check the files of the one dataset in *root*."""
    catalog, _ = load_catalog(load_settings(root))
    return list(check_files(catalog.datasets[0], limits or Limits()))


def codes(root: Path, limits: Limits | None = None) -> list[tuple[str, str | None]]:
    """Return code and file of every finding."""
    return [(item.code, item.file) for item in check(root, limits)]


def described(extra: str = "", path: str = "table.csv") -> str:
    """Return a descriptor with one table."""
    return f"name: made\nresources: [{{name: table, path: {path}{extra}}}]\n"


def test_a_plain_file_within_limits_has_no_finding(write_dataset: Callable[..., Path]) -> None:
    """Nothing is said of what is in order."""
    assert codes(write_dataset(described(), table__csv=CONTENT)) == []


def test_a_missing_file_is_found(write_dataset: Callable[..., Path]) -> None:
    """The finding has the code that Frictionless uses."""
    assert codes(write_dataset(described())) == [("scheme-error", "made/table.csv")]


@pytest.mark.parametrize("kind", ["pipe", "folder"])
def test_what_is_no_plain_file_is_found_and_not_opened(write_dataset: Callable[..., Path], kind: str) -> None:
    """A pipe would keep its reader waiting for ever."""
    root = write_dataset(described())
    path = root / "made" / "table.csv"
    os.mkfifo(path) if kind == "pipe" else path.mkdir()
    (finding,) = check(root)
    assert (finding.code, finding.file) == ("scheme-error", "made/table.csv")
    assert "no plain file" in message_of(finding).en


def test_a_file_over_the_limit_is_found(write_dataset: Callable[..., Path]) -> None:
    """Its size and the limit are named."""
    (finding,) = check(write_dataset(described(), table__csv=CONTENT), Limits(file_bytes_max=5))
    assert finding.code == "file-too-large"
    assert "8 bytes, the limit is 5" in message_of(finding).en


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha256", "sha512"])
def test_a_declared_hash_is_compared(write_dataset: Callable[..., Path], algorithm: str) -> None:
    """The right one is silent, in capitals too; a wrong one is found with what is there."""
    right = hashlib.new(algorithm, CONTENT).hexdigest()
    wrong = hashlib.new(algorithm, b"other").hexdigest()
    for text in (f"{algorithm}:{right}", f"{algorithm}:{right.upper()}"):
        assert codes(write_dataset(described(f", hash: '{text}'"), table__csv=CONTENT)) == []
    (finding,) = check(write_dataset(described(f", hash: '{algorithm}:{wrong}'"), table__csv=CONTENT))
    assert finding.code == "hash-count"
    assert right in message_of(finding).en


def test_a_hash_without_algorithm_is_md5(write_dataset: Callable[..., Path]) -> None:
    """As the Data Package standard says."""
    right = hashlib.md5(CONTENT).hexdigest()
    assert codes(write_dataset(described(f", hash: {right}"), table__csv=CONTENT)) == []
    assert codes(write_dataset(described(f", hash: {'0' * 31}1"), table__csv=CONTENT)) == [
        ("hash-count", "made/table.csv")
    ]


@pytest.mark.parametrize("text", ["crc32:12345678", "sha256:abc", "md5", "''"])
def test_a_hash_in_an_unknown_form_is_said_to_be_unchecked(write_dataset: Callable[..., Path], text: str) -> None:
    """Silence would look like a check that was passed."""
    root = write_dataset(described(f", hash: {text!r}" if text != "''" else ", hash: ''"), table__csv=CONTENT)
    assert codes(root) == [("hash-not-checked", "made/table.csv")]


def test_declared_bytes_are_compared(write_dataset: Callable[..., Path]) -> None:
    """Expected and actual size are named."""
    assert codes(write_dataset(described(", bytes: 8"), table__csv=CONTENT)) == []
    (finding,) = check(write_dataset(described(", bytes: 9"), table__csv=CONTENT))
    assert (finding.code, "9 is declared, 8 is there" in message_of(finding).en) == ("byte-count", True)


def test_the_stats_of_frictionless_count_as_well(write_dataset: Callable[..., Path]) -> None:
    """Its own key for the same two facts."""
    stats = f", stats: {{md5: {'0' * 31}1, bytes: 7}}"
    assert [code for code, _ in codes(write_dataset(described(stats), table__csv=CONTENT))] == [
        "hash-count",
        "byte-count",
    ]


def test_a_hash_of_several_files_is_said_to_be_unchecked(write_dataset: Callable[..., Path]) -> None:
    """The standard does not say what it would be of."""
    root = write_dataset(described(", bytes: 8", path="[a.csv, b.csv]"), a__csv=CONTENT, b__csv=CONTENT)
    assert codes(root) == [("hash-not-checked", "made/a.csv")]


@pytest.mark.parametrize(
    ("opening", "said"),
    [("true", "(2: 站点.csv, sub/lines.xlsx)"), ("{is_open: false}", "(2: not listed here)")],
)
def test_an_archive_of_several_tables_says_what_is_in_it(
    write_dataset: Callable[..., Path], opening: str, said: str
) -> None:
    """Why it is not read, and how to name one; the names are for the public only where the files are."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("站点.csv", "readme.txt", "sub/lines.xlsx"):
            archive.writestr(name, "a\n1\n")
    text = f"name: made\ncatalogue: {{open: {opening}}}\nresources: [{{name: f, path: a.zip}}]\n"
    (finding,) = check(write_dataset(text, a__zip=packed.getvalue()))
    assert (finding.code, finding.severity, said in message_of(finding).en) == ("archive-not-named", "info", True)
    assert ("innerpath: 站点.csv" in mend_of(finding).zh) == (opening == "true")


def test_an_archive_of_one_table_or_none_is_published_as_it_is(write_dataset: Callable[..., Path]) -> None:
    """A shapefile in a ZIP is one thing, and so is a file that only calls itself an archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.shp", "x")
        archive.writestr("a.dbf", "x")
    text = "name: made\nresources: [{name: f, path: a.zip}, {name: g, path: b.zip}]\n"
    root = write_dataset(text, a__zip=packed.getvalue(), b__zip=b"PK nothing")
    assert codes(root) == [("published-as-is", "made/datapackage.yaml")] * 2


def test_links_and_other_files_are_named(write_dataset: Callable[..., Path]) -> None:
    """What is published unchecked is said to be."""
    text = "name: made\nresources: [{name: l, path: 'https://example.com/a.csv'}, {name: f, path: a.pdf}]\n"
    assert codes(write_dataset(text, a__pdf=b"%PDF")) == [
        ("link-not-checked", "made/datapackage.yaml"),
        ("published-as-is", "made/datapackage.yaml"),
    ]
