"""Text of PDF files (pypdf), page by page, bounded in pages and seconds; scans and passwords are told."""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Iterator
from typing import Literal

from portal.examining.privacy.documents.binary_texts import texts_in
from portal.examining.privacy.documents.text_found import BROKEN, ENCRYPTED, SCANNED, TOO_MUCH, NotRead, Passage

PDF_PAGES_MAX = 300
"""So many pages of a PDF are looked through."""
PDF_SECONDS_MAX = 30.0
"""So long is one PDF looked through."""


def pdf_texts(data: bytes, place: str) -> Iterator[Passage | NotRead]:
    """Yield the properties and the text of each page. Raises ValueError, and others, where no page can be read."""
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
    except PyPdfError as error:
        if not has_text:
            raise ValueError("pdf") from error
        yield from (Passage(text, place) for text in texts_in(data))
        yield NotRead(BROKEN, is_part=True)
        return
    if kind == "part":
        yield NotRead(TOO_MUCH, is_part=True)
    elif not has_text:
        yield NotRead(SCANNED)
