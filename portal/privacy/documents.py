"""The text of files that are published as they are: text files, office documents, PDF, and what archives hold.

Nothing is unpacked to disk, XML entities stay off, and everything has a bound: where one is reached, or a file cannot
be read, a `NotRead` says so. A hostile file costs at most these bounds; no fault of one gets out.
"""

from __future__ import annotations

import gzip
import html
import io
import re
import time
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, Literal

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from portal.model.text import LocalText
from portal.reading.encoding import encoding_of

PIECE_CHARACTERS = 65_536
TEXT_BYTES_MAX = 512 * 1024**2
MEMBER_BYTES_MAX = 32 * 1024**2
UNPACKED_BYTES_MAX = 256 * 1024**2
MEMBERS_MAX = 5_000
RATIO_MAX = 200
RATIO_MATTERS_BYTES = 4 * 1024**2
"""Of a part of an office document that unpacks to more than `RATIO_MAX` times its size only so much is read."""
ELEMENTS_KEPT_MAX = 20_000
ELEMENTS_MAX = 3_000_000
XML_DEPTH_MAX = 500
DEPTH_MAX = 3
RULE_TEXTS_MAX = 10_000
PDF_BYTES_MAX = 200 * 1024**2
PDF_PAGES_MAX = 300
PDF_SECONDS_MAX = 30.0

TEXT_SUFFIXES = frozenset(
    (
        "txt md csv tsv json geojson ndjson jsonl topojson kml gml xml html htm svg rtf log yaml yml dbf srt ini "
        "sql gpx"
    ).split()
)
_MARKUP = frozenset("kml gml xml html htm svg gpx".split())
_JSON = frozenset("json geojson ndjson jsonl topojson".split())
_ESCAPE = re.compile(r"\\u((?!d[89a-f])[0-9a-f]{4})", re.IGNORECASE)
_PACKED = frozenset("zip docx xlsx pptx docm xlsm pptm odt ods odp ofd kmz epub".split())
_INLINE = frozenset("r t span a rPr pPr tab br s text phoneticPr rPh line-break soft-page-break bookmark".split())
_PARAGRAPHS = frozenset("p h si comment annotation text".split())
_NAMING = frozenset(["name", "descr", "title", "author", "Target"])
_CACHED = _NAMING | {"v"}
_PIVOT_CACHE = re.compile(r"xl/pivotCache/", re.IGNORECASE)
_FORMULA = re.compile(rb"<(?:\w{1,20}:)?(?:f|formula[12]?)(?: [^<>]{0,500})?>([^<]{1,9000})<")
_QUOTED = re.compile('"([^"]{3,9000})"')
_VALIDATION = re.compile(rb"<(?:\w{1,20}:)?dataValidation ([^<>]{1,4000})>")
_SHOWN = re.compile(r'\b(?:prompt|promptTitle|error|errorTitle)="([^"]{1,1000})"')
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_HEADER_FOOTER = re.compile(rb"<(?:odd|even|first)(?:Header|Footer)>([^<]{1,2000})<")
_HEADER_CODES = re.compile(r'&(?:[LCRPNDTZFAGSXYBIUEOH]|"[^"]*"|[0-9]+|K[0-9A-F+-]+)')
_PART_NAMES = re.compile(
    r"(^|/)(theme|styles|settings|fontTable|webSettings|numbering|\[Content_Types\]|calcChain)[^/]*\.xml$|^META-INF/"
)
_FAULTS = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, LookupError,
    ParseError, DefusedXmlException, RecursionError, UnicodeError, MemoryError, AttributeError, TypeError,
)  # fmt: skip


@dataclass(frozen=True)
class Passage:
    """A piece of running text: *place* says where in the file it stands ("" for the file itself), *row* its line."""

    text: str
    place: str = ""
    row: int | None = None


@dataclass(frozen=True)
class NotRead:
    """What could not be read, and why; *is_part* where the rest was."""

    reason: LocalText
    is_part: bool = False


SCANNED = LocalText("没有文字，多半是扫描件", "it holds no text, most likely it is a scan")
ENCRYPTED = LocalText("文件有密码", "it is protected by a password")
NO_READER = LocalText("这种格式的文字读不出来", "text in this format cannot be read")
BROKEN = LocalText("文件损坏，或不是其扩展名所说的格式", "it is broken, or not what its name says")
TOO_MUCH = LocalText("内容太多，只检查了前面一部分", "it holds too much; only the first part was checked")


def passages(path: Path, suffix: str, *, with_cells: bool = True) -> Iterator[Passage | NotRead]:
    """Yield the text of *path* as far as it can be read; *suffix* is its format, e.g. ``docx``.

    Without *with_cells* the cells of a workbook are left out, because they are looked at as a table.
    """
    try:
        if suffix in TEXT_SUFFIXES:
            yield from _text_file(path, suffix)
        elif suffix == "gz":
            inner = PurePosixPath(path.stem).suffix[1:].lower()
            with gzip.open(path) as file:
                yield from _member(_bounded(file), inner or "txt", path.stem, 1)
        elif suffix in _PACKED:
            with path.open("rb") as file:
                yield from _packed(file, suffix, "", 1, with_cells)
        elif suffix == "pdf":
            if path.stat().st_size > PDF_BYTES_MAX:
                yield NotRead(TOO_MUCH)
                return
            yield from _pdf(path.read_bytes(), "")
        elif with_cells:
            yield NotRead(NO_READER)
    except _FAULTS:
        yield NotRead(BROKEN)


def _bounded(file: IO[bytes] | gzip.GzipFile) -> bytes:
    return file.read(MEMBER_BYTES_MAX + 1)


def _text_file(path: Path, suffix: str) -> Iterator[Passage | NotRead]:
    encoding = encoding_of(path) or "latin-1"
    taken = 0
    with path.open(encoding=encoding, errors="replace", newline=None) as file:
        for passage in _lines(file, suffix, ""):
            taken += len(passage.text)
            if taken > TEXT_BYTES_MAX:
                yield NotRead(TOO_MUCH, is_part=True)
                return
            yield passage


def _lines(file: IO[str], suffix: str, place: str) -> Iterator[Passage]:
    """Yield line by line; a line without end in pieces that do not cut a word or a number."""
    row, rest = 1, ""
    while piece := file.readline(PIECE_CHARACTERS):
        text, rest, is_end = rest + piece, "", piece.endswith("\n")
        if not is_end and len(piece) == PIECE_CHARACTERS:
            cut = next((at for at in range(len(text) - 1, max(len(text) - 400, 0), -1) if not text[at].isalnum()), 0)
            text, rest = (text[:cut], text[cut:]) if cut else (text, "")
        yield Passage(_plain(text, suffix), place, row)
        row += is_end
    if rest:
        yield Passage(_plain(rest, suffix), place, row)


def _plain(text: str, suffix: str) -> str:
    if suffix in _MARKUP and ("<" in text or "&" in text):
        return html.unescape(re.sub(r'[<>"]', "\n", text))
    if suffix in _JSON and "\\u" in text:
        return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return text


def _member(data: bytes, suffix: str, place: str, depth: int) -> Iterator[Passage | NotRead]:
    """Yield the text of a file that lies in an archive."""
    if len(data) > MEMBER_BYTES_MAX:
        data = data[:MEMBER_BYTES_MAX]
        yield NotRead(TOO_MUCH, is_part=True)
    if suffix in TEXT_SUFFIXES:
        yield from _lines(io.StringIO(_decoded(data)), suffix, place)
    elif suffix in _PACKED and depth < DEPTH_MAX:
        yield from _packed(io.BytesIO(data), suffix, place, depth + 1, True)
    elif suffix == "pdf":
        yield from _pdf(data, place)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("gb18030", errors="replace")


def _packed(file: IO[bytes], suffix: str, place: str, depth: int, with_cells: bool) -> Iterator[Passage | NotRead]:
    with zipfile.ZipFile(file) as archive:
        members = archive.infolist()
        unread = 0
        left = UNPACKED_BYTES_MAX
        if len(members) > MEMBERS_MAX:
            yield NotRead(TOO_MUCH, is_part=True)
        for info in members[:MEMBERS_MAX]:
            if info.is_dir() or not info.file_size:
                continue
            if info.flag_bits & 1:
                yield NotRead(ENCRYPTED, is_part=True)
                return
            name = _member_name(info)
            if left <= 0:
                yield NotRead(TOO_MUCH, is_part=True)
                return
            here = f"{place}/{name}".lstrip("/")
            if suffix in ("zip", "kmz"):
                yield Passage(name, here)
            elif not with_cells and (_SHEET.fullmatch(name) or name == "xl/sharedStrings.xml"):
                yield from _beside_cells(archive, info, here)
                continue
            inner = PurePosixPath(name).suffix[1:].lower()
            is_office = suffix not in ("zip", "kmz")
            is_read = inner in TEXT_SUFFIXES or inner in _PACKED or inner == "pdf" or (is_office and inner == "rels")
            unread += not is_read
            if not is_read or (is_office and _PART_NAMES.search(name)):
                continue
            is_cut = is_office and info.file_size > max(RATIO_MATTERS_BYTES, RATIO_MAX * info.compress_size)
            try:
                with archive.open(info) as member:
                    data = member.read(RATIO_MATTERS_BYTES) if is_cut else _bounded(member)
                left -= len(data)
                if is_cut:
                    yield NotRead(TOO_MUCH, is_part=True)
                if inner in ("xml", "rels") and is_office:
                    only_notes = suffix == "ods" and name == "content.xml" and not with_cells
                    naming = _CACHED if _PIVOT_CACHE.match(name) else _NAMING
                    yield from _part_of_document(data, here, only_notes, naming)
                else:
                    yield from _member(data, inner, here, depth)
            except _FAULTS:
                if not is_cut:
                    yield NotRead(BROKEN, is_part=True)
        if unread and suffix == "zip":
            yield NotRead(NO_READER, is_part=True)


def _member_name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member; Chinese names without the flag for UTF-8 are GBK as a rule."""
    if not info.flag_bits & 0x800:
        try:
            return info.filename.encode("cp437").decode("gb18030")
        except UnicodeError:
            return info.filename
    return info.filename


def _beside_cells(archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: str) -> Iterator[Passage]:
    """Yield what a sheet holds beside the values of cells.

    Texts in formulas, lists and prompts for input, and what is printed over and under the sheet.
    """
    tail = b""
    seen: set[str] = set()
    with archive.open(info) as file:
        for _ in range(UNPACKED_BYTES_MAX // 1_000_000):
            piece = file.read(1_000_000)
            if not piece:
                break
            yield from (Passage(text, place) for text in _texts_of_rules(tail[-10_000:] + piece, seen))
            tail = (tail + piece)[-1_100_000:]
    for match in _HEADER_FOOTER.finditer(tail):
        text = html.unescape(match[1].decode("utf-8", errors="replace"))
        yield Passage(_HEADER_CODES.sub("\n", text), place)


def _texts_of_rules(piece: bytes, seen: set[str]) -> Iterator[str]:
    """Yield the texts in quotes in formulas, and what rules for input show; each once."""
    for pattern, inner in ((_FORMULA, _QUOTED), (_VALIDATION, _SHOWN)):
        for match in pattern.finditer(piece):
            text = match[1].decode("utf-8", errors="replace")
            for found in inner.findall(html.unescape(text) if inner is _QUOTED else text):
                if found not in seen and len(seen) < RULE_TEXTS_MAX:
                    seen.add(found)
                    yield html.unescape(found)


def _part_of_document(
    data: bytes, place: str, only_notes: bool, naming: frozenset[str] = _NAMING
) -> Iterator[Passage | NotRead]:
    """Yield the paragraphs of an XML part of an office document, and the values of its *naming* attributes.

    Only the open paragraph is kept, and of a very long one only its end.
    """
    path: list[Any] = []
    outermost: list[int] = []
    kept = count = 0
    for event, element in iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True):
        tag = str(element.tag).rpartition("}")[2]
        is_paragraph = tag == "annotation" if only_notes else tag in _PARAGRAPHS
        if event == "start":
            count += 1
            if count > ELEMENTS_MAX or len(path) >= XML_DEPTH_MAX:
                yield NotRead(TOO_MUCH, is_part=True)
                return
            if is_paragraph:
                outermost.append(len(path))
            path.append(element)
            kept += bool(outermost)
            for key, value in element.attrib.items():
                if str(key).rpartition("}")[2] in naming and value:
                    yield Passage(str(value), place)
            continue
        path.pop()
        if is_paragraph:
            outermost.pop()
            if not outermost:
                yield Passage(_joined(element), place)
        elif not outermost and not only_notes and element.text and element.text.strip():
            yield Passage(element.text, place)
        if not outermost:
            kept = 0
            element.clear()
            if path:
                del path[-1][:]
        elif kept > ELEMENTS_KEPT_MAX:
            kept = 0
            yield Passage(_cut_off(path[outermost[0] :]), place)


def _cut_off(path: list[Any]) -> str:
    """Return the text of an open paragraph so far and let it go, but for the end, which may be half a number.

    *path* are the open elements from the paragraph down.
    """
    text = _joined(path[0])
    for node, below in zip(path, [*path[1:], None], strict=True):
        node[:] = [] if below is None else [below]
        node.text = None
    path[0].text = text.rstrip("\n")[-40:]
    return text


def _joined(element: Any) -> str:
    """Return the text below *element*: runs of one paragraph together, everything else on lines of its own."""
    parts: list[str] = []
    stack: list[tuple[Any, bool]] = [(element, False)]
    while stack:
        node, is_done = stack.pop()
        tag = str(node.tag).rpartition("}")[2]
        if is_done:
            if tag not in _INLINE:
                parts.append("\n")
            parts.append(node.tail or "" if node is not element else "")
            continue
        parts.append(" " if tag in ("tab", "s") else "\n" if tag in ("br", "line-break") else node.text or "")
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))
    return "".join(parts)


def _pdf(data: bytes, place: str) -> Iterator[Passage | NotRead]:
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    until = time.monotonic() + PDF_SECONDS_MAX
    has_text = False
    kind: Literal["whole", "part"] = "whole"
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            yield NotRead(ENCRYPTED)
            return
        for value in (reader.metadata or {}).values():
            yield Passage(str(value), place)
        for number, page in enumerate(reader.pages, start=1):
            if number > PDF_PAGES_MAX or time.monotonic() > until:
                kind = "part"
                break
            text = page.extract_text()
            has_text = has_text or bool(text.strip())
            yield Passage(text, f"{place} p. {number}".strip())
    except PyPdfError:
        yield NotRead(BROKEN, is_part=has_text)
        return
    if kind == "part":
        yield NotRead(TOO_MUCH, is_part=True)
    elif not has_text:
        yield NotRead(SCANNED)
