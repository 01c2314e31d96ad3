"""No part of a document is passed over in silence: it is read, or it is named as not read."""

from __future__ import annotations

import base64
import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.annotations import Link, Text
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from portal.examining.privacy.documents import (
    compound_files,
    mail_messages,
    pdf_objects,
    pdf_texts,
    tables_in_markup,
    text_found,
)
from portal.examining.privacy.documents.compound_files import COMPOUND, BrokenCompound, streams
from portal.examining.privacy.documents.document_texts import passages
from portal.examining.privacy.documents.members import Members
from portal.examining.privacy.documents.text_found import NotRead
from portal.findings.finding import Finding
from portal.findings.words import message_of

ID = "110101185001010018"
WORDS = f"证件{ID}"
EMPTY = '<w:document xmlns:w="urn:w"/>'
PNG = b"\x89PNG\r\n\x1a\n"

Screened = Callable[..., list[Finding]]


def packed(**members: str | bytes) -> bytes:
    """Return a ZIP file of members; ``__`` in a name is a dot, ``___`` a slash."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("___", "/").replace("__", "."), content)
    return out.getvalue()


def pdf(add: Callable[[PdfWriter], object]) -> bytes:
    """Return a PDF of a page with a word on it, to which *add* adds something."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    stream = DecodedStreamObject()
    stream.set_data(b"BT (x) Tj ET")
    page[NameObject("/Contents")] = writer._add_object(stream)
    add(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def compound(name: str, data: bytes) -> bytes:
    """Return an OLE compound file with one stream of at least 4,096 bytes."""
    data = data.ljust(4096, b"\0")
    count = -(-len(data) // 512)
    chain = [*range(3, count + 2), 0xFFFFFFFE]
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *chain, *[0xFFFFFFFF] * (126 - len(chain)))
    head = COMPOUND + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<IIIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    head += struct.pack("<108I", *[0xFFFFFFFF] * 108)

    def entry(label: str, kind: int, start: int, size: int) -> bytes:
        text = label.encode("utf-16-le") + b"\0\0"
        sides = struct.pack("<HBBiii", len(text), kind, 1, -1, -1, 1 if kind == 5 else -1)
        return text.ljust(64, b"\0") + sides + bytes(36) + struct.pack("<III", start, size, 0)

    directory = entry("Root Entry", 5, 0xFFFFFFFE, 0) + entry(name, 2, 2, len(data))
    return head + table + directory.ljust(512, b"\0") + data.ljust(count * 512, b"\0")


def native(name: str, data: bytes) -> bytes:
    """Return the stream in which a program keeps a file that somebody dropped into a document."""
    body = (
        b"\2\0"
        + name.encode()
        + b"\0C:\\x\0\0\0\3\0"
        + struct.pack("<I", 2)
        + b"x\0"
        + struct.pack("<I", len(data))
        + data
    )
    return struct.pack("<I", len(body)) + body


def word(**parts: bytes | str) -> bytes:
    """Return a DOCX file without text and with *parts*."""
    return packed(word___document__xml=EMPTY, **parts)


def nested(depth: int) -> bytes:
    """Return an identity number in so many ZIP files."""
    content = packed(a__txt=WORDS)
    for _ in range(depth - 1):
        content = packed(a__zip=content)
    return content


def scripted(writer: PdfWriter) -> None:
    """Put a script into a stream of a PDF."""
    stream = DecodedStreamObject()
    stream.set_data(b"app.alert()")
    writer._add_object(DictionaryObject({NameObject("/JS"): writer._add_object(stream)}))


def codes(findings: list[Finding]) -> set[str]:
    """Return the codes of what was found."""
    return {item.code for item in findings}


HEADER = f'<s xmlns:style="urn:s" xmlns:text="urn:t"><style:header><text:p>{WORDS}</text:p></style:header></s>'
DROPDOWN = f'<w:document xmlns:w="urn:w"><w:listItem w:displayText="{ID}" w:value="1"/></w:document>'
MAIL = (
    b"Subject: x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    + base64.b64encode(WORDS.encode())
)  # fmt: skip
DROPPED = compound("\1Ole10Native", native("a.zip", packed(b__txt=WORDS)))
ITXT = b"k\0\1\0\0\0" + zlib.compress(WORDS.encode())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a__pdf", pdf(lambda made: made.add_annotation(0, Text(rect=(1, 1, 9, 9), text=WORDS)))),
        ("a__pdf", pdf(lambda made: made.add_annotation(0, Link(rect=(1, 1, 9, 9), url=f"http://x/?{ID}")))),
        ("a__pdf", pdf(lambda made: made.add_outline_item(title=WORDS, page_number=0))),
        ("a__pdf", pdf(lambda made: made.add_attachment("a.txt", WORDS.encode()))),
        ("a__pdf", pdf(lambda made: made.add_attachment("a.zip", packed(b__txt=WORDS)))),
        ("a__pdf", pdf(lambda made: made._add_object(DictionaryObject({NameObject("/JS"): TextStringObject(WORDS)})))),
        ("a__odt", packed(content__xml="<x/>", styles__xml=HEADER)),
        ("a__epub", packed(a__xhtml=f"<p>{WORDS}</p>")),
        ("a__docx", packed(word___document__xml=DROPDOWN)),
        ("a__docx", word(customXml___item1__xml=f'<x a="{ID}"/>')),
        ("a__docx", word(word___embeddings___o__bin=compound("Package", packed(a__txt=WORDS)))),
        ("a__docx", word(word___embeddings___o__bin=DROPPED)),
        ("a__docx", word(word___embeddings___o__bin=compound("WordDocument", WORDS.encode("utf-16-le")))),
        ("a__docx", word(word___media___i__emf=b"\1\0\0\0" + WORDS.encode("utf-16-le"))),
        ("a__docx", word(word___media___i__jpg=b"\xff\xd8\xff\xe1" + WORDS.encode())),
        ("a__docx", word(word___media___i__png=PNG + struct.pack(">I", len(ITXT)) + b"iTXt" + ITXT)),
        ("a__zip", nested(4)),
        ("a__gz", gzip.compress(gzip.compress(WORDS.encode()))),
        ("a__zip", packed(a__gz=gzip.compress(WORDS.encode()), b__txt="x")),
        ("a__eml", MAIL),
    ],
    ids=[
        "sticky note", "link", "bookmark", "attachment", "archive attached", "script", "header of ODT", "epub",
        "dropdown", "attribute", "embedded package", "embedded file", "embedded DOC", "drawing", "EXIF", "PNG text",
        "four archives deep", "gz in gz", "gz in zip", "mail",
    ],
)  # fmt: skip
def test_an_identity_number_is_found_in_any_part(screened: Screened, name: str, content: bytes) -> None:
    """Notes, links, attachments, attributes, embedded objects, texts in pictures, archives in archives."""
    assert codes(screened(**{name: content})) - {"document-not-read", "document-read-in-part"} == {"personal-id"}


@pytest.mark.parametrize(
    ("name", "content", "part"),
    [
        ("a__zip", nested(6), "a.zip/a.zip/a.zip/a.zip"),
        ("a__zip", packed(a__rar=b"Rar!\x1a\7" + bytes(99), b__txt="x"), "a.rar"),
        ("a__zip", packed(a__pdf=b"%PDF-1.4 broken", b__txt="x"), "a.pdf"),
        ("a__docx", word(word___vbaProject__bin=compound("dir", b"\1")), "word/vbaProject.bin"),
        ("a__docx", word(word___embeddings___o__bin=COMPOUND + b"x" * 600), "word/embeddings/o.bin"),
    ],
    ids=["too deep", "rar", "broken pdf", "macro", "broken object"],
)  # fmt: skip
def test_what_is_not_read_is_named(screened: Screened, name: str, content: bytes, part: str) -> None:
    """A warning says which member or part nobody has looked at."""
    told = [item for item in screened(**{name: content}) if item.code == "document-read-in-part"]
    assert {item.severity for item in told} == {"warning"}
    assert any(f"（{part}：" in message_of(item).zh for item in told)


@pytest.mark.parametrize(
    ("name", "content", "limit"),
    [
        ("a__eml", b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b\n\ny\n--b--\n",
         (mail_messages, "PARTS_MAX", 2)),
        ("a__doc", compound("Package", b"x"), (compound_files, "STREAMS_MAX", 0)),
        ("a__html", "<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>", (tables_in_markup, "CELLS_MAX", 3)),
        ("a__xml", '<l><r 姓名="甲" 地点="乙"/><r 姓名="丙" 地点="丁"/></l>', (tables_in_markup, "CELLS_MAX", 2)),
        ("a__docx", word(word___a__xml='<w:d xmlns:w="urn:w"><w:tbl><w:tr><w:tc/><w:tc/></w:tr></w:tbl></w:d>'),
         (tables_in_markup, "CELLS_MAX", 1)),
        ("a__pdf", pdf(scripted), (pdf_objects, "STREAM_BYTES_MAX", 3)),
    ],
    ids=["mail", "compound file", "web page", "records", "table in a document", "script in a PDF"],
)  # fmt: skip
def test_what_is_beyond_a_limit_is_told(
    screened: Screened, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes, limit: tuple[object, str, int]
) -> None:
    """Where a file holds more parts or cells than are looked at, a warning says so."""
    counts = []
    for _ in range(2):
        found = [item for item in screened(**{name: content}) if item.code == "document-read-in-part"]
        counts.append(sum("too much" in message_of(item).en for item in found))
        monkeypatch.setattr(*limit)
    assert counts == [0, 1]


def test_a_picture_in_a_document_is_only_noted(screened: Screened) -> None:
    """Nobody expects text of it, so it asks for no approval."""
    (finding,) = screened(a__docx=word(word___media___i__png=PNG + bytes(50)))
    assert (finding.code, finding.severity) == ("document-not-read", "info")
    assert "word/media/i.png" in message_of(finding).en


def test_a_scanned_page_among_others_is_named(tmp_path: Path) -> None:
    """Every page that shows a picture and no text is told, though others have text."""
    count = 6
    writer = PdfWriter(clone_from=io.BytesIO(pdf(lambda made: [made.add_blank_page(200, 200) for _ in range(count)])))
    picture = DecodedStreamObject()
    picture.update({NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Image")})
    held = DictionaryObject({NameObject("/I"): writer._add_object(picture)})
    for page in writer.pages[1:]:
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): held})
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
                             NameObject("/BaseFont"): NameObject("/Helvetica")})  # fmt: skip
    fonts = DictionaryObject({NameObject("/F1"): font})
    writer.pages[0][NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    stream.set_data(b"BT /F1 9 Tf 10 100 Td (text) Tj ET")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)
    writer.write(tmp_path / "a.pdf")
    told = [item.place for item in passages(tmp_path / "a.pdf", "pdf") if isinstance(item, NotRead)]
    assert told == [f"p. {number}" for number in range(2, count + 2)]


def test_a_file_that_takes_too_long_is_told_apart(screened: Screened, monkeypatch: pytest.MonkeyPatch) -> None:
    """How far it was read hangs on the machine; of a file with too many pages the same part is read every time."""
    content = pdf(lambda made: made.add_blank_page(200, 200))
    monkeypatch.setattr(pdf_texts, "PDF_SECONDS_MAX", -1.0)
    assert "document-too-slow" in codes(screened(a__pdf=content))
    monkeypatch.setattr(pdf_texts, "PDF_SECONDS_MAX", 30.0)
    monkeypatch.setattr(pdf_texts, "PDF_PAGES_MAX", 0)
    assert "document-read-in-part" in codes(screened(a__pdf=content))


def test_all_that_a_file_unpacks_to_shares_one_budget(tmp_path: Path) -> None:
    """Archives in an archive do not each begin anew: a small file costs no more than one budget."""
    inner = packed(**{f"m{number}__txt": "甲" * 500 for number in range(10)})
    (tmp_path / "a.zip").write_bytes(packed(**{f"z{number}__zip": inner for number in range(10)}))
    with (tmp_path / "a.zip").open("rb") as file:
        items = list(Members(text_found.Budget(bytes_left=5_000)).packed(file, "zip", "", 1))
    assert any(isinstance(item, NotRead) and item.reason == text_found.TOO_MUCH for item in items)
    assert sum(getattr(item, "text", "").count("甲") for item in items) <= 2_500


def test_a_chain_of_sectors_that_leads_to_itself_ends() -> None:
    """A hostile compound file costs no more than its size."""
    data = bytearray(compound("Package", b"x"))
    data[512 + 4 * 3 : 512 + 4 * 4] = struct.pack("<I", 2)
    assert [item[0] for item in streams(bytes(data)) if isinstance(item, tuple)] == ["Package"]
    with pytest.raises(BrokenCompound):
        list(streams(COMPOUND + b"x" * 2000))
