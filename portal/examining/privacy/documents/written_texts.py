"""Text held in memory, as lines and as tables, by its format; what looks like text where a reader gives up.

Also what all readers of documents may raise for a hostile or broken file.
"""

from __future__ import annotations

import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from lzma import LZMAError

import duckdb
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError

from portal.examining.privacy.documents.binary_texts import is_text, readings, texts_in
from portal.examining.privacy.documents.nested_values import json_tables
from portal.examining.privacy.documents.tables_in_markup import html_tables, xml_records
from portal.examining.privacy.documents.tables_in_text import delimited_table, text_tables
from portal.examining.privacy.documents.text_found import Found, Passage
from portal.examining.privacy.documents.text_lines import MARKUP, text_passages
from portal.model.known_formats import DELIMITED_FORMATS, JSON_FORMATS, TABLE_FORMATS

UNKNOWN_BYTES_MAX = 4 * 1024**2
"""Of a file of no known format so much is looked through from both ends, where programs keep what they note."""
SNIFFED_CHARACTERS = 65_536

_MARKED = re.compile(r"<(html|table|\?xml|!doctype)", re.IGNORECASE)
FAULTS = (
    zipfile.BadZipFile, tarfile.TarError, LZMAError, duckdb.Error, struct.error, zlib.error,
    OSError, EOFError, ValueError, NotImplementedError, RuntimeError, LookupError,
    ParseError, DefusedXmlException, RecursionError, UnicodeError, MemoryError, AttributeError, TypeError,
    AssertionError,
)  # fmt: skip


def written(data: bytes, suffix: str, place: str, *, with_tables: bool = True) -> Iterator[Found]:
    """Yield the tables, unless they are not wanted, and the lines of a text file that is held in memory."""
    for text in readings(data):
        if with_tables:
            yield from tables_written(text, data, suffix, place)
        yield from text_passages(text, suffix, place)


def tables_written(text: str, data: bytes, suffix: str, place: str) -> Iterator[Found]:
    """Yield the tables in a text, by what it is; *data* are its bytes, which say in what they are encoded."""
    if suffix in JSON_FORMATS or suffix == "topojson" or text.lstrip()[:1] in ("{", "["):
        yield from json_tables(text, place)
        if suffix in JSON_FORMATS:
            return
    if suffix in MARKUP or _MARKED.search(text[:1000]):
        yield from html_tables(text, place)
        try:
            yield from xml_records(data, place)
        except FAULTS:
            return  # a web page, or broken: read as lines all the same
        return
    table = delimited_table(text, place) if suffix in DELIMITED_FORMATS & TABLE_FORMATS else None
    yield from [table] if table else text_tables(text, place)


def seen_in(data: bytes, place: str) -> Iterator[Passage]:
    """Yield what looks like text in a member that its reader gave up on."""
    if is_text(data[:SNIFFED_CHARACTERS]):
        yield from (item for text in readings(data) for item in text_passages(text, "", place))
    else:
        pieces: Iterable[bytes] = (data[:UNKNOWN_BYTES_MAX], data[UNKNOWN_BYTES_MAX:][-UNKNOWN_BYTES_MAX:])
        yield from (Passage(text, place) for piece in pieces for text in texts_in(piece))
