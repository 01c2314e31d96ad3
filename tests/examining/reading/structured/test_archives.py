"""One data file is taken out of an archive, and hostile archives do no harm."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from understood import gzipped, understood, zipped

from portal.findings.words import message_of
from portal.model.limits import Limits

TABLE = "a,b\n1,2\n"


def test_a_gz_file_is_read_as_what_is_in_it(tmp_path: Path) -> None:
    """The resource has the inner format and the media type of the pack; rows name the file within."""
    made = understood(tmp_path, {"t.csv.gz": gzipped(TABLE)})
    assert made.rows == [(2, ["1", "2"])]
    assert (made.resource.format, made.resource.compression, made.resource.media_type) == (
        "csv",
        "gz",
        "application/gzip",
    )
    assert (made.whole.is_original, made.whole.place_of(2)) == (False, ("made/t.csv.gz/t.csv", 2))


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("t.csv.zip", {}),
        ("t.zip", {"format": "csv"}),
        ("t.zip", {"type": "table"}),
        ("t.zip", {"innerpath": "学校.csv"}),
    ],
)
def test_the_only_data_file_of_a_zip_is_read(tmp_path: Path, name: str, entry: dict[str, Any]) -> None:
    """Folders and what desktops leave behind do not count."""
    members = {"__MACOSX/._学校.csv": "x", "学校.csv": TABLE, ".DS_Store": "x"}
    made = understood(tmp_path, {name: zipped(members)}, **entry)
    assert made.rows == [(2, ["1", "2"])]
    assert [item.value_zh for item in made.whole.decisions if item.what == "member"] == ["学校.csv"]


def test_a_zip_of_which_nobody_says_what_it_holds_stays_a_file(tmp_path: Path) -> None:
    """A shapefile, for one, is published as it is."""
    made = understood(tmp_path, {"t.zip": zipped({"map.shp": "x", "map.dbf": "x"})})
    assert (made.resource.kind, made.resource.format, made.findings) == ("file", "zip", ())


def test_of_several_data_files_one_must_be_named(tmp_path: Path) -> None:
    """The finding lists them."""
    content = zipped({"a.csv": TABLE, "b.csv": "c\n3\n"})
    made = understood(tmp_path, {"t.csv.zip": content})
    assert made.codes == [("archive-members", None, None)]
    assert "a.csv, b.csv" in message_of(made.findings[0]).en
    assert understood(tmp_path, {"t.csv.zip": content}, innerpath="b.csv").rows == [(2, ["3"])]


def test_names_in_gbk_are_shown_rightly(tmp_path: Path) -> None:
    """Chinese programs write them without a mark."""
    path = tmp_path / "gbk.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xxxx.csv", TABLE)
    content = path.read_bytes().replace(b"xxxx.csv", "学校".encode("gbk") + b".csv")
    assert understood(tmp_path, {"t.csv.zip": content}).whole.parts[0].file == "made/t.csv.zip/学校.csv"


def _encrypted() -> bytes:
    content = bytearray(zipped({"a.csv": TABLE}))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(sign) + at] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content", "limits", "code"),
    [
        ("t.csv.gz", gzipped(b"a" * 3_000_000), Limits(), "archive-too-large"),
        ("t.csv.gz", gzipped(TABLE), Limits(unpacked_bytes_max=4), "archive-too-large"),
        ("t.csv.zip", zipped({"a.csv": b"a" * 3_000_000}), Limits(), "archive-too-large"),
        ("t.csv.zip", zipped({str(n): "" for n in range(5)}), Limits(archive_members_max=4), "archive-too-large"),
        ("t.csv.zip", zipped({"a.zip": zipped({"a.csv": TABLE})}), Limits(), "archive-nested"),
        ("t.csv.zip", zipped({"a.csv": zipped({"a.csv": TABLE})}), Limits(), "archive-nested"),
        ("t.csv.gz", gzipped(gzipped(TABLE)), Limits(), "archive-nested"),
        ("t.csv.zip", _encrypted(), Limits(), "archive-encrypted"),
        ("t.csv.zip", zipped({}), Limits(), "compression-error"),
        ("t.csv.zip", zipped({"a.csv": TABLE})[:-30], Limits(), "compression-error"),
        ("t.csv.gz", gzipped(TABLE)[:-9], Limits(), "compression-error"),
        ("t.csv.gz", b"a,b\n1,2\n", Limits(), "compression-error"),
    ],
)
def test_a_hostile_or_broken_archive_is_one_finding(
    tmp_path: Path, name: str, content: bytes, limits: Limits, code: str
) -> None:
    """Bombs, crowds, archives in archives, passwords and broken ones; nothing large stays on the disk."""
    made = understood(tmp_path, {name: content}, limits=limits)
    assert (made.codes, made.table) == ([(code, None, None)], None)
    assert sum(path.stat().st_size for path in made.work_dir.rglob("*")) < 2000


def test_a_header_that_lies_about_the_size_is_not_believed(tmp_path: Path) -> None:
    """The bytes are counted while they come."""
    content = bytearray(zipped({"a.csv": b"a" * 3_000_000}))
    content[content.rfind(b"PK\x01\x02") + 24 :][:4] = (10).to_bytes(4, "little")
    at = content.rfind(b"PK\x01\x02") + 24
    content[at : at + 4] = (10).to_bytes(4, "little")
    made = understood(tmp_path, {"t.csv.zip": bytes(content)})
    assert made.table is None or made.table.path.stat().st_size <= 10


@pytest.mark.parametrize("member", ["../../../out.csv", "/etc/out.csv", "a\\..\\out.csv"])
def test_a_name_that_leads_out_is_only_a_name(tmp_path: Path, member: str) -> None:
    """The file is unpacked under a name of ours."""
    made = understood(tmp_path, {"t.csv.zip": zipped({member: TABLE})})
    assert made.rows == [(2, ["1", "2"])]
    assert made.whole.path.parent == made.work_dir
    assert ".." not in Path(made.whole.parts[0].file).parts
