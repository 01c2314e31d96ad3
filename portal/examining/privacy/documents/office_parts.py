"""XML of office documents (DOCX, XLSX, PPTX, ODT, OFD): paragraphs, headers, footers, formulas.

Paragraphs, and what a sheet holds beside its cells; entities stay off.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from defusedxml.ElementTree import iterparse

from portal.examining.privacy.documents.text_found import TOO_MUCH, NotRead, Passage

ELEMENTS_KEPT_MAX = 20_000
"""Elements of an open paragraph that are kept; of a longer one the text so far is looked at."""
ELEMENTS_MAX = 3_000_000
"""So many elements of a part of an office document are looked through."""
XML_DEPTH_MAX = 500
"""Deeper nesting in a part of an office document is not followed."""
RULE_TEXTS_MAX = 10_000
"""Different texts in the formulas and input rules of a sheet that are looked at."""
SHEET_PIECES_MAX = 256
"""Of a sheet so many million bytes are looked through."""

_INLINE = frozenset(
    "r t span a rPr pPr tab br s text phoneticPr rPh line-break soft-page-break bookmark "
    "del ins delText hyperlink smartTag sdt sdtContent proofErr bookmarkStart bookmarkEnd commentRangeStart "
    "commentRangeEnd lastRenderedPageBreak fld tspan".split()
)
_PARAGRAPHS = frozenset("p h si comment annotation text".split())
NAMING = frozenset(["name", "descr", "title", "author", "Target", "string"])
"""Attributes that hold text; *string* is that of a watermark."""
CACHED = NAMING | {"v"}
PIVOT_CACHE = re.compile(r"xl/pivotCache/", re.IGNORECASE)
_TELLING = re.compile("[0-9](?:[ .-]?[0-9]){9}|[@＠]|密|内部|外传|公开")
_GUID = re.compile(r"\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?")
_FORMULA = re.compile(rb"<(?:\w{1,20}:)?(?:f|formula[12]?)(?: [^<>]{0,500})?>([^<]{1,9000})<")
_QUOTED = re.compile('"([^"]{3,9000})"')
_VALIDATION = re.compile(rb"<(?:\w{1,20}:)?dataValidation ([^<>]{1,4000})>")
_SHOWN = re.compile(r'\b(?:prompt|promptTitle|error|errorTitle)="([^"]{1,1000})"')
_BESIDE = re.compile(
    rb"<(?:\w{1,20}:)?(?:filter|customFilter|hyperlink|protectedRange|sheetPr|tablePart) ([^<>]{1,4000})>"
)
_SAID = re.compile(r'\b(?:val|display|tooltip|location|name|codeName)="([^"]{1,1000})"')
_HEADER_FOOTER = re.compile(rb"<(?:odd|even|first)(?:Header|Footer)>([^<]{1,2000})<")
_HEADER_CODES = re.compile(r'&(?:[PNDTZFAGSXYBIUEOH]|"[^"]*"|[0-9]{1,3} ?|K[0-9A-F+-]{1,12})')


def beside_cells(archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: str) -> Iterator[Passage]:
    """Yield what a sheet holds beside the values of cells.

    Texts in formulas, lists and prompts for input, chosen values of filters, tips of links, and what is printed
    over and under the sheet.
    """
    tail = b""
    seen: set[str] = set()
    with archive.open(info) as file:
        for _ in range(SHEET_PIECES_MAX):
            piece = file.read(1_000_000)
            if not piece:
                break
            yield from (Passage(text, place) for text in _texts_of_rules(tail[-10_000:] + piece, seen))
            tail = (tail + piece)[-1_100_000:]
    for match in _HEADER_FOOTER.finditer(tail):
        text = html.unescape(match[1].decode("utf-8", errors="replace"))
        yield Passage(printed(text), place)


def printed(text: str) -> str:
    """Return the header or footer of a sheet without its codes for fonts, pages and the three places.

    >>> printed('&L&"宋体"内部资料&C1380000&B1234')
    '\\n内部资料\\n13800001234'
    """
    return _HEADER_CODES.sub("", re.sub("&[LCR]", "\n", text))


def _texts_of_rules(piece: bytes, seen: set[str]) -> Iterator[str]:
    """Yield the texts in quotes in formulas, and what rules for input show; each once."""
    for pattern, inner in ((_FORMULA, _QUOTED), (_VALIDATION, _SHOWN), (_BESIDE, _SAID)):
        for match in pattern.finditer(piece):
            text = match[1].decode("utf-8", errors="replace")
            for found in inner.findall(html.unescape(text) if inner is _QUOTED else text):
                if found not in seen and len(seen) < RULE_TEXTS_MAX:
                    seen.add(found)
                    yield html.unescape(found)


def may_tell(value: str) -> bool:
    """Whether the value of an attribute, whatever that is called, may hold an identifier or a mark.

    >>> may_tell("110101185001010018"), may_tell("{00000000-0001-0000-0000-000000000000}"), may_tell("rId1")
    (True, False, False)
    """
    return bool(_TELLING.search(value)) and not _GUID.fullmatch(value)


def part_of_document(
    data: bytes, place: str, only_notes: bool, naming: frozenset[str] = NAMING
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
                if value and (str(key).rpartition("}")[2] in naming or may_tell(str(value))):
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
