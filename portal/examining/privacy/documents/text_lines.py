"""Text read line by line, without tags and escapes: TXT, HTML, XML, JSON as a person reads them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import IO

from portal.examining.privacy.documents.text_found import Passage
from portal.examining.privacy.recognising.spelling import without_markup
from portal.model.known_formats import names_of

PIECE_CHARACTERS = 65_536
MARKUP = names_of(lambda item: item.text_by == "markup")
ESCAPING = names_of(lambda item: item.text_by == "escaped")
TEXT_SUFFIXES = MARKUP | ESCAPING | names_of(lambda item: item.text_by == "lines")
_ESCAPE = re.compile(r"\\u((?!d[89a-f])[0-9a-f]{4})", re.IGNORECASE)
_BREAK = re.compile(r"\\[nrtbf]")


def text_passages(text: str, suffix: str, place: str) -> Iterator[Passage]:
    """Yield *text* line by line, as `lines_of` does."""
    yield from lines_of(io.StringIO(text), suffix, place)


def lines_of(file: IO[str], suffix: str, place: str) -> Iterator[Passage]:
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
    if suffix in MARKUP and ("<" in text or "&" in text):
        return without_markup(text)
    if suffix in ESCAPING and "\\" in text:
        return _BREAK.sub(" ", _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text))
    return text
