"""Text is found in files that are published as they are, and hostile files cost little."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from portal.examining.privacy.documents import members
from portal.examining.privacy.documents.document_texts import passages
from portal.examining.privacy.documents.office_parts import ELEMENTS_KEPT_MAX
from portal.examining.privacy.documents.text_found import TOO_MUCH, NotRead, Passage
from portal.findings.finding import Finding
from portal.findings.words import message_of

ID = "110101185001010018"
SPLIT = f"<w:p><w:r><w:t>证件{ID[:8]}</w:t></w:r><w:r><w:t>{ID[8:]}</w:t></w:r></w:p>"
DOCX = f'<w:document xmlns:w="urn:w"><w:body>{SPLIT}<w:p><w:r><w:t>正文</w:t></w:r></w:p></w:body></w:document>'
RUNS = "".join(f"<w:r><w:delText>{part}</w:delText></w:r>" for part in (ID[:8], ID[8:]))
DELETED = f'<w:document xmlns:w="urn:w"><w:p><w:del>{RUNS}</w:del></w:p></w:document>'
WATERMARK = f'<w:hdr xmlns:w="urn:w" xmlns:v="urn:v"><v:shape><v:textpath string="证件{ID}"/></v:shape></w:hdr>'
ODT = f'<o:document xmlns:o="urn:o" xmlns:text="urn:t"><text:p>甲<text:span>{ID}</text:span></text:p></o:document>'

Screened = Callable[..., list[Finding]]


def packed(**members: str | bytes) -> bytes:
    """Return a ZIP file of members; ``__`` in a name is a dot, ``___`` a slash."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("___", "/").replace("__", "."), content)
    return out.getvalue()


def pdf(text: str, *, password: str = "") -> bytes:
    """Return a PDF of one page with *text* (ASCII) on it."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
                             NameObject("/BaseFont"): NameObject("/Helvetica")})  # fmt: skip
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 9 Tf 10 100 Td ({text}) Tj ET".encode("ascii"))
    page[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def workbook(**texts: str) -> bytes:
    """Return a workbook with a plain first sheet and *texts* in places that nobody looks at."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["编号", "名称"])
    sheet.append(["1", "甲"])
    if "comment" in texts:
        sheet["A2"].comment = Comment(texts["comment"], "填表人")
    if "sheet" in texts:
        other = book.create_sheet("其他")
        other.append(["序号", "备注"])
        other.append(["1", texts["sheet"]])
        other.sheet_state = "hidden"
    if "name" in texts:
        book.create_sheet(texts["name"])
    if "header" in texts:
        header = sheet.oddHeader
        assert header is not None
        header.center.text = texts["header"]
    if "property" in texts:
        book.properties.title = texts["property"]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a__docx", packed(word___document__xml=DOCX)),
        ("a__docx", packed(word___document__xml=DELETED)),
        ("a__docx", packed(word___header1__xml=WATERMARK)),
        ("a__odt", packed(content__xml=ODT)),
        ("a__pptx", packed(ppt___slides___slide1__xml=DOCX.replace("w:", "a:").replace("xmlns:w", "xmlns:a"))),
        ("a__txt", f"甲 {ID}".encode("gb18030")),
        ("a__md", f"# 甲\n{ID}\n"),
        ("a__html", f"<p>甲&#20;<b>{ID}</b></p>"),
        ("a__htm", f"<td>{ID[:9]}<font size=2>{ID[9:]}</font></td>"),
        ("a__ndjson", f'{{"a": "第一行\\n{ID}"}}'),
        ("a__kml", f"<kml><name>{ID}</name></kml>"),
        ("a__kml", f"<kml><description><![CDATA[证件:{ID[:9]}<b>{ID[9:]}</b>]]></description></kml>"),
        ("a__svg", f"<svg><text>{ID[:9]}<tspan x='1'>{ID[9:]}</tspan></text></svg>"),
        ("a__ics", f"BEGIN:VCALENDAR\nDESCRIPTION:联系\\n{ID}\n"),
        ("a__geojson", f'{{"type":"FeatureCollection","features":[],"x":"{ID}"}}'),
        ("a__json", f'{{"a": "{"长" * 200_000} {ID}"}}'),
        ("a__zip", packed(b__txt=ID)),
        ("a__zip", packed(b__zip=packed(c__docx=packed(word___document__xml=DOCX)))),
        ("a__txt__gz", gzip.compress(ID.encode())),
        ("a__pdf", pdf(ID)),
    ],
    ids=[
        "docx",
        "deleted text",
        "watermark",
        "odt",
        "pptx",
        "gbk",
        "md",
        "html",
        "html in parts",
        "line end as an escape",
        "kml",
        "html in kml",
        "svg in parts",
        "calendar",
        "geojson",
        "one long line",
        "zip",
        "nested",
        "gz",
        "pdf",
    ],
)
def test_an_identity_number_is_found_in_every_readable_format(
    screened: Screened, name: str, content: str | bytes
) -> None:
    """Even where a document cuts it into runs, or a line has no end."""
    assert {item.code for item in screened(**{name: content})} - {"document-not-read"} == {"personal-id"}


@pytest.mark.parametrize("place", ["comment", "sheet", "name", "header", "property"])
def test_what_a_workbook_hides_is_found(screened: Screened, place: str) -> None:
    """Comments, hidden sheets, their names, printed headers and properties are published with the original."""
    codes = {item.code for item in screened(a__xlsx=workbook(**{place: "机密★3年"}))}
    assert codes == {"secrecy-mark"}


def test_a_plain_workbook_is_fine(screened: Screened) -> None:
    """Nothing is found where nothing is."""
    assert screened(a__xlsx=workbook(comment="说明", sheet="无", name="附注", header="第 1 页", property="名录")) == []


@pytest.mark.parametrize(
    ("name", "content", "reason", "severity"),
    [
        ("a__pdf", pdf("x", password="secret"), "protected by a password", "warning"),
        ("a__pdf", pdf(" "), "a scan", "warning"),
        ("a__pdf", b"%PDF-1.4 broken", "broken", "warning"),
        ("a__docx", b"PK\3\4 broken", "broken", "warning"),
        ("a__docx", OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password", "warning"),
        ("a__png", b"\x89PNG", "cannot be read", "info"),
    ],
)
def test_what_cannot_be_read_is_told(screened: Screened, name: str, content: bytes, reason: str, severity: str) -> None:
    """A person has to look; nothing is refused for it. Of a picture it is only noted."""
    (finding,) = screened(**{name: content})
    assert (finding.code, finding.severity) == ("document-not-read", severity)
    assert reason in message_of(finding).en


@pytest.mark.parametrize("name", ["a__docx", "a__pdf", "a__odt", "a__gz", "a__epub"])
def test_what_is_not_of_the_format_that_its_name_says_is_refused(screened: Screened, name: str) -> None:
    """Nobody can open it, and nobody knows what is in it; where the dataset is not open nothing is given out."""
    (finding,) = screened(**{name: "没有压缩".encode()})
    assert (finding.code, finding.severity) == ("document-misnamed", "error")
    assert screened("catalogue: {open: {is_open: false}}\n", **{name: b"no zip"}) == []


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("a__docx", b""),
        ("a__docx", b"PK\3\4\0\1"),
        ("a__docx", OLE),
        ("a__pdf", b""),
        ("a__pdf", b"%PDF-1.4\n\0\1\n"),
        ("a__dbf", b"\3\0\1"),
        ("a__zip", packed(b__docx=f"x {ID}")),
        ("a__zip", packed(b__pdf=f"%PDF {ID}")),
        ("a__txt__gz", b"plain "),
    ],
    ids=["docx", "broken zip", "ole as docx", "pdf", "broken pdf", "dbf", "docx in zip", "pdf in zip", "gz"],
)
def test_what_no_reader_opens_is_screened_as_bytes(screened: Screened, name: str, head: bytes) -> None:
    """Identifiers and marks that anybody sees in an editor."""
    text = f" {ID} 绝密★5年 ".encode()
    codes = {item.code for item in screened(**{name: head if name == "a__zip" else head + text})}
    expected = {"personal-id"} if name == "a__zip" else {"personal-id", "secrecy-mark"}
    assert expected <= codes


def bomb() -> bytes:
    """Return a ZIP file whose members unpack to far more than is looked at."""
    return packed(**{f"m{number}__txt": b"0" * 40_000_000 for number in range(9)})


ENTITIES = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    ("suffix", "content"),
    [("zip", bomb()), ("docx", packed(word___document__xml=ENTITIES)), ("docx", packed(word___document__xml="<a" * 9))],
    ids=["bomb", "entities", "broken part"],
)
def test_a_hostile_archive_ends_with_a_note(tmp_path: Path, suffix: str, content: bytes) -> None:
    """Bounds are kept and said; no fault gets out."""
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(content)
    assert any(isinstance(item, NotRead) and item.is_part for item in passages(path, suffix))


def test_deep_nesting_is_not_followed(tmp_path: Path) -> None:
    """An archive in an archive in an archive is the last that is opened."""
    content = b"deep"
    for _ in range(20):
        content = packed(a__zip=content)
    (tmp_path / "a.zip").write_bytes(content)
    assert len(list(passages(tmp_path / "a.zip", "zip"))) < 10


def test_pieces_of_a_long_line_do_not_cut_a_number(tmp_path: Path) -> None:
    """A number of thirty digits is never taken for a shorter one."""
    (tmp_path / "a.txt").write_text("1" * 30 + " " + "13800000000" + "7" * 20 + " " * 70_000, encoding="utf-8")
    found = [item for item in passages(tmp_path / "a.txt", "txt") if isinstance(item, Passage)]
    assert "".join(item.text for item in found).strip().endswith("7" * 20)


@pytest.mark.parametrize(
    ("member", "content"),
    [
        ("xl/pivotCache/pivotCacheDefinition1.xml", f'<p><sharedItems><s v="{ID}"/></sharedItems></p>'),
        ("xl/pivotCache/pivotCacheRecords1.xml", f'<p xmlns="urn:x"><r><s v="{ID}"/></r></p>'),
        ("xl/worksheets/_rels/sheet1.xml.rels", f'<R><Relationship Target="mailto:a{ID}@example.com?x={ID}"/></R>'),
        ("xl/worksheets/sheet1.xml", f'<w><sheetData><f>IF(A1,"x","{ID}")</f></sheetData></w>'),
        ("xl/worksheets/sheet1.xml", f"<w><f t='shared'>IF(A1,&quot;{ID}&quot;)</f></w>"),
        ("xl/worksheets/sheet1.xml", f'<w><dataValidation><formula1>"a,{ID}"</formula1></dataValidation></w>'),
        ("xl/worksheets/sheet1.xml", f'<w><dataValidation type="list" prompt="填 {ID}" sqref="B5"/></w>'),
    ],
)  # fmt: skip
def test_what_a_workbook_holds_beside_its_cells_is_text(tmp_path: Path, member: str, content: str) -> None:
    """The cells that a pivot table remembers, links, formulas, and lists and prompts for input are published too."""
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, content)
    texts = [item.text for item in passages(path, "xlsx", with_cells=False) if isinstance(item, Passage)]
    assert any(ID in text for text in texts), texts


def test_a_paragraph_of_many_elements_is_read_in_pieces_that_cut_no_number(tmp_path: Path) -> None:
    """The end of one piece is the beginning of the next."""
    path = tmp_path / "a.docx"
    runs = "<w:r/>" * (ELEMENTS_KEPT_MAX - 5) + "".join(f"<w:r><w:t>{digit}</w:t></w:r>" for digit in ID)
    document = f'<w:document xmlns:w="urn:w"><w:p>{runs}<w:r><w:t>。</w:t></w:r></w:p></w:document>'
    path.write_bytes(packed(word___document__xml=document))
    texts = [item.text for item in passages(path, "docx") if isinstance(item, Passage) and not item.is_beside]
    assert len(texts) == 2
    assert ID in texts[1]


def test_a_small_file_that_unpacks_to_very_much_is_read_in_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of megabytes of empty runs in some kilobytes the beginning is read, and the report says so."""
    monkeypatch.setattr(members, "RATIO_MATTERS_BYTES", 100_000)
    path = tmp_path / "a.docx"
    path.write_bytes(packed(word___document__xml='<w:document xmlns:w="urn:w"><w:p>' + "<w:r/>" * 100_000))
    told = NotRead(TOO_MUCH, is_part=True, place="word/document.xml")
    assert [item for item in passages(path, "docx") if isinstance(item, NotRead)] == [told]


def test_a_paragraph_without_end_costs_no_more_memory_than_a_long_one(tmp_path: Path) -> None:
    """Its elements are let go as they are read."""
    path = tmp_path / "a.docx"
    path.write_bytes(packed(word___document__xml='<w:document xmlns:w="urn:w"><w:p>' + "<w:r/>" * 60_000))
    tracemalloc.start()
    for _ in passages(path, "docx"):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 9 * 1024**2


def test_elements_in_elements_without_end_are_given_up(tmp_path: Path) -> None:
    """No document of an office nests so deep."""
    path = tmp_path / "a.docx"
    path.write_bytes(packed(word___document__xml="<p>" + "<r>" * 2_000))
    assert list(passages(path, "docx"))[1:] == [NotRead(TOO_MUCH, is_part=True)]
