"""Text is found in files that are no text, in what archives say of themselves, and in encodings without a mark."""

from __future__ import annotations

import bz2
import gzip
import io
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
import xlwt  # type: ignore[import-untyped]

from portal.examining.privacy.documents.binary_texts import dbf_rows, is_text, rtf_text
from portal.examining.privacy.documents.document_texts import passages
from portal.examining.privacy.documents.text_found import InnerTable, NotRead, Passage
from portal.findings.finding import Finding
from portal.findings.words import finding_record, message_of

ID = "110101185001010018"
PHONE = "13800001234"
PLAIN = "单位,数量\n甲局,1\n"

Screened = Callable[..., list[Finding]]


def codes(findings: list[Finding]) -> set[str]:
    """Return what is refused or warned of, but not notes on what cannot be read."""
    return {item.code for item in findings} - {"document-not-read", "document-read-in-part"}


def zipped(members: dict[str, str | bytes], *, comment: str = "", said: str = "") -> bytes:
    """Return a ZIP file with a comment on it and on its members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name)
            info.comment = said.encode("gb18030")
            archive.writestr(info, content)
        archive.comment = comment.encode("gb18030")
    return out.getvalue()


def gzipped(content: str, *, name: str = "", comment: str = "") -> bytes:
    """Return a gzip file whose head names the file in it and holds a comment (RFC 1952)."""
    packed = gzip.compress(content.encode(), mtime=0)
    flags = 8 * bool(name) | 16 * bool(comment)
    fields = b"".join(text.encode("gb18030") + b"\0" for text in (name, comment) if text)
    return packed[:3] + bytes([flags]) + packed[4:10] + fields + packed[10:]


def dbf(*rows: tuple[str, str, str]) -> bytes:
    """Return a DBF file of three fields that fill their places."""
    fields = (("NAME", 6), ("TEL", 11), ("DATE", 8))
    head = struct.pack("<B3xIHH20x", 3, len(rows), 32 + 32 * len(fields) + 1, 1 + sum(size for _, size in fields))
    for name, size in fields:
        head += name.encode().ljust(11, b"\0") + b"C" + b"\0" * 4 + bytes([size]) + b"\0" * 15
    body = b"".join(
        b" " + b"".join(cell.encode("gb18030").ljust(size) for cell, (_, size) in zip(row, fields, strict=True))
        for row in rows
    )
    return head + b"\r" + body + b"\x1a"


def xls(*, header: str = "", footer: str = "", cell: str | int = 1) -> bytes:
    """Return an XLS workbook with what is printed over and under its sheet."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for column, (label, value) in enumerate((("单位", "甲局"), ("数量", cell))):
        sheet.write(0, column, label)
        sheet.write(1, column, value)
    # Its own setters take bytes, and then only those of ASCII.
    for place, text in (("header", header), ("footer", footer)):
        setattr(sheet, f"_Worksheet__{place}_str", text)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parquet(folder: Path, select: str, metadata: str = "") -> bytes:
    """Return a Parquet file of a SELECT with one entry of metadata."""
    path = folder / "made.parquet"
    options = "FORMAT PARQUET" + (f", KV_METADATA {{note: '{metadata}'}}" if metadata else "")
    duckdb.connect().execute(f"COPY ({select}) TO '{path}' ({options})")
    return path.read_bytes()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "gb18030", "utf-8"])
def test_text_is_read_in_every_encoding_with_a_mark_or_without(screened: Screened, encoding: str) -> None:
    """UTF-16 without a mark is what old programs write; it is published as it comes."""
    assert codes(screened(a__txt=f"联系人手机{PHONE}，机密★".encode(encoding))) == {"personal-phone", "secrecy-mark"}


def test_one_wide_sentence_in_a_large_file_is_read(tmp_path: Path) -> None:
    """Where Chinese leaves few bytes of NUL, both orders of bytes are tried."""
    path = tmp_path / "a.txt"
    path.write_bytes(("说明文字" * 2000 + f"\n手机{PHONE}").encode("utf-16-le"))
    assert any(PHONE in item.text for item in passages(path, "txt") if isinstance(item, Passage))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a__zip", zipped({f"名单{PHONE}.txt": "x"})),
        ("a__zip", zipped({f"{PHONE}/": "", "b.txt": "x"})),
        ("a__zip", zipped({"b.txt": "x", f"{PHONE}.txt": ""})),
        ("a__zip", zipped({"b.txt": "x"}, comment=f"填表人手机{PHONE}")),
        ("a__zip", zipped({"b.txt": "x"}, said=f"填表人手机{PHONE}")),
        ("a__zip", zipped({"b.csv": PLAIN, f"{PHONE}.png": "x"})),
        ("a__csv__zip", zipped({f"名单{PHONE}.csv": PLAIN})),
        ("a__csv__zip", zipped({"b.csv": PLAIN}, comment=f"填表人手机{PHONE}")),
        ("a__txt__gz", gzipped("x", name=f"名单{PHONE}.txt")),
        ("a__csv__gz", gzipped(PLAIN, name=f"名单{PHONE}.csv")),
        ("a__csv__gz", gzipped(PLAIN, name="a.csv", comment=f"填表人手机{PHONE}")),
    ],
    ids=["member", "folder", "empty", "comment", "of member", "picture", "table", "table comment", "gz", "gz table",
         "gz comment"],
)  # fmt: skip
def test_what_an_archive_says_of_its_members_is_looked_at(screened: Screened, name: str, content: bytes) -> None:
    """Names, folders, comments; of a table that was read of it, too. None is repeated in the finding."""
    findings = screened(**{name: content})
    assert codes(findings) == {"personal-phone"}
    assert not any(PHONE in str(finding_record(item)) for item in findings)


def test_a_harmless_archive_with_names_and_comments_is_fine(screened: Screened) -> None:
    """Nothing is found where nothing is."""
    assert screened(a__csv__zip=zipped({"表.csv": PLAIN}, comment="某局制作", said="年度数据")) == []
    assert screened(a__csv__gz=gzipped(PLAIN, name="表.csv", comment="某局制作")) == []


def test_archives_of_other_kinds_are_read(tmp_path: Path) -> None:
    """TAR, packed or not, and bzip2."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("b.txt")
        info.size = len(ID)
        archive.addfile(info, io.BytesIO(ID.encode()))
    for name, content in (
        ("a.tar", out.getvalue()),
        ("a.tar.gz", gzip.compress(out.getvalue())),
        ("a.txt.bz2", bz2.compress(ID.encode())),
    ):
        (tmp_path / name).write_bytes(content)
        found = [item for item in passages(tmp_path / name, name.rpartition(".")[2]) if isinstance(item, Passage)]
        assert any(ID in item.text for item in found), name


def test_what_a_parquet_file_says_of_itself_is_looked_at(screened: Screened, tmp_path: Path) -> None:
    """Programs keep who made it, and how, in its metadata."""
    content = parquet(tmp_path, "SELECT '甲局' AS 单位, 5 AS 数量", f"填表人手机{PHONE}")
    findings = screened(a__parquet=content)
    assert codes(findings) == {"personal-phone"}
    assert "metadata" in message_of(findings[0]).en


@pytest.mark.parametrize(
    "column",
    [
        f"encode('手机{PHONE}')",
        f"[encode('手机{PHONE}')]",
        f"{{'a': '手机{PHONE}'}}",
        f"unhex('{('手机' + PHONE).encode('utf-16-le').hex()}')",
        f"unhex('{('手机' + PHONE).encode('gb18030').hex()}')",
        f"unhex('0001ff{('手机 ' + PHONE).encode().hex()}0002')",
    ],
    ids=["text", "list", "struct", "wide", "gbk", "between bytes"],
)
def test_text_in_columns_of_bytes_is_looked_at(screened: Screened, tmp_path: Path, column: str) -> None:
    """Tables show them as hexadecimal digits, the file holds the text."""
    findings = screened(a__parquet=parquet(tmp_path, f"SELECT '甲局' AS 单位, {column} AS 附注"))
    assert codes(findings) == {"personal-phone"}


def test_a_plain_parquet_file_is_fine(screened: Screened, tmp_path: Path) -> None:
    """Geometries are bytes, too."""
    select = "SELECT '甲局' AS 单位, unhex('0101000000000000000000F03F000000000000F03F') AS geometry"
    assert screened(a__parquet=parquet(tmp_path, select, "某局制作")) == []


@pytest.mark.parametrize("place", ["header", "footer"])
@pytest.mark.parametrize("text", [f"&L填表人：{PHONE}", "&C机密★3年", f'&R&"宋体"&10 138&B0000{PHONE[7:]}'])
def test_what_is_printed_over_and_under_a_sheet_of_xls_is_looked_at(screened: Screened, place: str, text: str) -> None:
    """In old workbooks as in new ones."""
    assert codes(screened(a__xls=xls(**{place: text}))) & {"personal-phone", "secrecy-mark"}


def test_a_plain_xls_is_fine(screened: Screened) -> None:
    """A header with a title and pages is none of it."""
    assert codes(screened(a__xls=xls(header="&C一览表", footer="&R第 &P 页"))) == set()


@pytest.mark.parametrize("cell", [f"证件{ID}", int(PHONE)])
def test_an_old_workbook_in_an_archive_is_read(tmp_path: Path, cell: str | int) -> None:
    """Its texts and its numbers, which are kept in several ways."""
    (tmp_path / "a.zip").write_bytes(zipped({"b.xls": xls(cell=cell)}))
    tables = [list(item.rows) for item in passages(tmp_path / "a.zip", "zip") if isinstance(item, InnerTable)]
    assert any((ID if isinstance(cell, str) else PHONE) in text for rows in tables for _, row in rows for text in row)


def test_an_old_document_is_read(screened: Screened) -> None:
    """DOC keeps its text as UTF-16, in one piece as a rule."""
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 4
    content += f"机密★3年\r证件{ID}\r".encode("utf-16-le") + b"\xff\xfe\0" * 300
    assert codes(screened(a__doc=content)) == {"personal-id", "secrecy-mark"}


def test_fields_of_dbf_do_not_run_into_each_other(screened: Screened) -> None:
    """A number that fills its field is followed by the next field at once."""
    assert list(dbf_rows(dbf(("测试某", PHONE, "20200101")))) == [
        ["NAME", "TEL", "DATE"],
        ["测试某", PHONE, "20200101"],
    ]
    assert codes(screened(a__dbf=dbf(("测试某", PHONE, "20200101")))) == {"personal-phone"}
    shape = zipped({"a.dbf": dbf(("甲", "12345", "20200101")), "a.shp": b"\0" * 100, "a.prj": "GEOGCS[]"})
    assert screened(a__zip=shape) == []


def test_a_contact_card_and_a_file_without_ending_are_text(screened: Screened, tmp_path: Path) -> None:
    """What is text by its content is read, whatever it is called."""
    card = f"BEGIN:VCARD\nFN:测试某\nTEL;TYPE=CELL:{PHONE}\nEND:VCARD\n"
    assert codes(screened(a__vcf=card)) == {"personal-phone"}
    (tmp_path / "README.unknown").write_bytes(card.encode("gb18030"))
    assert not [item for item in passages(tmp_path / "README.unknown", "unknown") if isinstance(item, NotRead)]


def test_what_a_camera_or_a_person_noted_in_a_picture_is_read(screened: Screened) -> None:
    """Captions and authors; of the picture itself a person has to judge."""
    picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) + f"tEXtAuthor\0tel {PHONE}\0".encode()
    findings = screened(a__png=picture)
    assert [item.code for item in findings] == ["document-not-read", "personal-phone"]


def test_rtf_is_text_between_codes() -> None:
    """Characters stand as bytes or numbers, and codes stand in numbers."""
    text = rtf_text(r"{\rtf1\ansi\u26426?\u23494? 1380000{\b 1234}\par \'b1\'ed\cell}")
    assert text.split() == ["机密", PHONE, "表"]


@pytest.mark.parametrize("data", ["名单\r\n".encode() * 9, "名单\n".encode("gb18030"), "a,b\n".encode("utf-16-be")])
def test_text_is_told_by_its_bytes(data: bytes) -> None:
    """Also where the first piece ends within a character."""
    assert is_text(data)
    assert is_text(data[:-1]) or data.endswith(b"\0\n")
    assert not is_text(data + b"\x01\x02\x00\x00\x03")


@pytest.mark.parametrize("suffix", ["xls", "doc", "dbf", "parquet", "rtf", "tar", "bz2", "gz", "xz", "bin", "zip"])
@pytest.mark.parametrize(
    "data", [b"", b"\0", b"\xd0\xcf\x11\xe0" + b"\xff" * 600, b"PK\x03\x04" + b"\xff" * 64, b"PAR1" + b"\0" * 40,
             b"\x1f\x8b\x08\x1c" + b"\xff" * 40, b"\x09\x08\x10\0" + b"\xff" * 40, bytes(range(256)) * 8]
)  # fmt: skip
def test_no_broken_file_is_a_fault(tmp_path: Path, suffix: str, data: bytes) -> None:
    """Whatever the bytes are, reading them ends."""
    (tmp_path / f"a.{suffix}").write_bytes(data)
    assert all(isinstance(item, Passage | NotRead) for item in passages(tmp_path / f"a.{suffix}", suffix))
