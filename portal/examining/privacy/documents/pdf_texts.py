"""Text of PDF files (pypdf), page by page, bounded in pages and seconds; scans and passwords are told."""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Iterator

from portal.examining.privacy.documents.binary_texts import texts_in
from portal.examining.privacy.documents.pdf_objects import texts_beside_pages
from portal.examining.privacy.documents.tables_in_text import text_tables
from portal.examining.privacy.documents.text_found import (
    BROKEN,
    ENCRYPTED,
    SCANNED,
    TOO_MUCH,
    TOO_SLOW,
    Found,
    NotRead,
    Passage,
)
from portal.model.text import LocalText

PDF_PAGES_MAX = 300
"""So many pages of a PDF are looked through."""
PDF_SECONDS_MAX = 30.0
"""So long is one PDF looked through."""


def pdf_texts(data: bytes, place: str) -> Iterator[Found | tuple[str, bytes]]:
    """Yield the text of each page, its tables, and all else that the file says; an attachment as name and bytes.

    Raises ValueError, and others, where no page can be read.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    until = time.monotonic() + PDF_SECONDS_MAX
    has_text = False
    scans: list[int] = []
    cut: LocalText | None = None
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            yield NotRead(ENCRYPTED, place=place)
            return
        for value in (reader.metadata or {}).values():
            yield Passage(str(value), place)
        for number, page in enumerate(reader.pages, start=1):
            if number > PDF_PAGES_MAX or time.monotonic() > until:
                cut = TOO_MUCH if number > PDF_PAGES_MAX else TOO_SLOW
                break
            here = f"{place} p. {number}".strip()
            text = page.extract_text()
            has_text = has_text or bool(text.strip())
            if not text.strip() and _shows_picture(page):
                scans.append(number)
            yield from text_tables(text, here)
            yield Passage(text, here)
        yield from texts_beside_pages(reader, place)
    except PyPdfError as error:
        if not has_text:
            raise ValueError("pdf") from error
        yield from (Passage(text, place) for text in texts_in(data))
        yield NotRead(BROKEN, is_part=True, place=place)
        return
    if cut:
        yield NotRead(cut, is_part=True, place=place)
    elif not has_text:
        yield NotRead(SCANNED, place=place)
        return
    for number in scans:
        yield NotRead(SCANNED, is_part=True, place=f"{place} p. {number}".strip())


def _shows_picture(page: object) -> bool:
    """Whether a page has a picture on it: without text it is most likely a scan, else it is blank."""
    try:
        resources = page["/Resources"].get_object()  # type: ignore[index]
        return any(
            item.get_object().get("/Subtype") == "/Image" for item in resources["/XObject"].get_object().values()
        )
    except (KeyError, TypeError, AttributeError, ValueError):
        return False
