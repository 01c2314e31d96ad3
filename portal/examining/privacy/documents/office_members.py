"""One part of an office document (DOCX, XLSX, PPTX, ODF): its tables and paragraphs; how it looks, as bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from portal.examining.privacy.documents.binary_texts import texts_in
from portal.examining.privacy.documents.member_kinds import suffix_of
from portal.examining.privacy.documents.office_parts import CACHED, NAMING, PIVOT_CACHE, part_of_document
from portal.examining.privacy.documents.tables_in_markup import tables_of_part
from portal.examining.privacy.documents.text_found import BROKEN, Found, NotRead, Passage
from portal.examining.privacy.documents.written_texts import FAULTS, seen_in

_LOOKS = re.compile(
    r"^(?:word|xl|ppt)/(?:.*/)?(?:theme|styles\w*|fontTable|numbering|tableStyles)[^/]*\.xml$|"
    r"(^|/)(\[Content_Types\]|webSettings|calcChain)[^/]*\.xml$|^META-INF/"
)
"""Parts that say how a document looks: long, and hardly ever with a text; looked at as bytes."""


def part_texts(data: bytes, name: str, place: str, suffix: str, *, with_cells: bool, is_cut: bool) -> Iterator[Found]:
    """Yield what the part *name* of a document of the format *suffix* holds; *is_cut*: its end is not in *data*."""
    if suffix_of(name) not in ("xml", "rels") or _LOOKS.search(name):
        yield from (Passage(text, place) for text in texts_in(data))
        return
    is_sheet = suffix == "ods" and name == "content.xml"
    with suppress(*FAULTS):  # told below, with the paragraphs up to the fault
        yield from () if is_sheet else tables_of_part(data, place)
    try:
        naming = CACHED if PIVOT_CACHE.match(name) else NAMING
        yield from part_of_document(data, place, is_sheet and not with_cells, naming)
    except FAULTS:
        yield from seen_in(data, place)
        if not is_cut:
            yield NotRead(BROKEN, is_part=True, place=place)
