"""Text of files published as they are: TXT, HTML, DOCX, XLSX, PDF, members of ZIP and TAR archives.

Nothing is unpacked to disk, XML entities stay off, and everything has a bound: where one is reached, or a file cannot
be read, a `NotRead` says so. A hostile file costs at most these bounds; no fault of one gets out.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any

import duckdb
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError

from portal.examining.privacy.documents.binary_texts import (
    dbf_lines,
    decoded,
    gzip_header,
    is_text,
    old_office_texts,
    parquet_texts,
    readings,
    rtf_text,
    texts_in,
)
from portal.examining.privacy.documents.office_parts import CACHED, NAMING, PIVOT_CACHE, beside_cells, part_of_document
from portal.examining.privacy.documents.pdf_texts import pdf_texts
from portal.examining.privacy.documents.text_found import (
    BROKEN,
    ENCRYPTED,
    MISNAMED,
    NO_READER,
    TOO_MUCH,
    NotRead,
    Passage,
)
from portal.examining.privacy.recognising.spelling import without_markup
from portal.examining.reading.structured.archives import member_name
from portal.examining.reading.text.encoding import encoding_of
from portal.examining.reading.text.plausibility import wide_encoding
from portal.model.known_formats import KNOWN_FORMATS, names_of

PIECE_CHARACTERS = 65_536
PIECE_BYTES = 1024 * 1024
TEXT_BYTES_MAX = 512 * 1024**2
"""So many characters of a text file are looked through."""
MEMBER_BYTES_MAX = 32 * 1024**2
"""So much of a file within an archive, or of an old office document, is looked through."""
UNPACKED_BYTES_MAX = 256 * 1024**2
"""So much of what an archive unpacks to is looked through."""
MEMBERS_MAX = 5_000
"""So many files of an archive are looked through."""
RATIO_MAX = 200
"""A part of an office document that unpacks to more than this many times its size is looked through in part."""
RATIO_MATTERS_BYTES = 4 * 1024**2
"""Of a part of an office document that unpacks to more than `RATIO_MAX` times its size only so much is read."""
DEPTH_MAX = 3
"""Archives in archives are opened so deep."""
WHOLE_BYTES_MAX = 200 * 1024**2
"""A larger document that must be held in memory whole is not looked into."""
UNKNOWN_BYTES_MAX = 4 * 1024**2
"""Of a file of no known format so much is looked through from both ends, where programs keep what they note."""
HEAD_BYTES = 1024

_MARKUP = names_of(lambda item: item.text_by == "markup")
_ESCAPING = names_of(lambda item: item.text_by == "escaped")
TEXT_SUFFIXES = _MARKUP | _ESCAPING | names_of(lambda item: item.text_by == "lines")
_ESCAPE = re.compile(r"\\u((?!d[89a-f])[0-9a-f]{4})", re.IGNORECASE)
_BREAK = re.compile(r"\\[nrtbf]")
_ARCHIVES = names_of(lambda item: item.text_by == "zip")
_PACKED = _ARCHIVES | names_of(lambda item: item.text_by == "package")
_STREAMS: dict[str, Any] = {"gz": gzip.open, "bz2": bz2.open, "xz": lzma.open}
_TARS = names_of(lambda item: item.text_by == "tar")
_OLD_OFFICE = names_of(lambda item: item.text_by == "office")
_OLD_WORKBOOKS = names_of(lambda item: item.text_by == "office" and item.is_excel)
_WHOLE = _OLD_OFFICE | names_of(lambda item: item.text_by == "whole")
"""Formats that are read as a whole, not line by line."""
_NEVER_TEXT = names_of(lambda item: item.text_by == "none")
_WITHOUT_TEXT = names_of(lambda item: item.text_by == "numbers")
"""Parts of a shapefile that hold nothing but numbers."""
_SIGNS = dict.fromkeys(_PACKED, b"PK") | {item.name: item.sign for item in KNOWN_FORMATS if item.sign}
"""What a file of a format begins with."""
_WORKBOOKS = names_of(lambda item: item.is_excel)
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
"""Stands in the OLE file that an office document with a password is."""
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_PART_NAMES = re.compile(
    r"(^|/)(theme|styles|settings|fontTable|webSettings|numbering|\[Content_Types\]|calcChain)[^/]*\.xml$|^META-INF/"
)
_READ = TEXT_SUFFIXES | _PACKED | _TARS | _WHOLE
_FAULTS = (
    zipfile.BadZipFile, tarfile.TarError, lzma.LZMAError, duckdb.Error, struct.error, zlib.error,
    OSError, EOFError, ValueError, NotImplementedError, RuntimeError, LookupError,
    ParseError, DefusedXmlException, RecursionError, UnicodeError, MemoryError, AttributeError, TypeError,
)  # fmt: skip


def passages(path: Path, suffix: str, *, with_cells: bool = True) -> Iterator[Passage | NotRead]:
    """Yield the text of *path* as far as it can be read; *suffix* is its format, e.g. ``docx``.

    Without *with_cells* the cells of a table are left out, because they are looked at as such. What is not read is said
    once.
    """
    said: set[NotRead] = set()
    try:
        for item in _passages(path, suffix, with_cells):
            if isinstance(item, Passage) or item not in said:
                yield item
            if isinstance(item, NotRead):
                said.add(item)
    except _FAULTS:
        yield from _as_bytes(path, suffix)


def _as_bytes(path: Path, suffix: str) -> Iterator[Passage | NotRead]:
    """Yield what looks like text in a file that its reader gave up on: whoever opens it in an editor sees that."""
    reason = BROKEN
    try:
        with path.open("rb") as file:
            head = file.read(UNKNOWN_BYTES_MAX)
        if head.startswith(_OLE) and _ENCRYPTED_PACKAGE in head:
            reason = ENCRYPTED
        elif _SIGNS.get(suffix, b"") not in head[:HEAD_BYTES]:
            reason = MISNAMED
        if head.startswith(_OLE):
            is_workbook = suffix in _WORKBOOKS
            yield from (Passage(text) for text in old_office_texts(head, is_workbook=is_workbook, with_cells=True))
        yield from (item for item in _unknown(path, "") if isinstance(item, Passage))
    except _FAULTS:
        pass
    yield NotRead(reason)


def _seen_in(data: bytes, place: str) -> Iterator[Passage]:
    """Yield what looks like text in a member of an archive that its reader gave up on."""
    if is_text(data[:PIECE_CHARACTERS]):
        yield from (item for text in readings(data) for item in _lines(io.StringIO(text), "", place))
    else:
        pieces = (data[:UNKNOWN_BYTES_MAX], data[UNKNOWN_BYTES_MAX:][-UNKNOWN_BYTES_MAX:])
        yield from (Passage(text, place) for piece in pieces for text in texts_in(piece))


def _passages(path: Path, suffix: str, with_cells: bool) -> Iterator[Passage | NotRead]:
    if suffix in TEXT_SUFFIXES:
        yield from _text_file(path, suffix)
    elif suffix in _STREAMS:
        yield from (Passage(text, is_beside=True) for text in gzip_header(path))
        name = PurePosixPath(path.stem)
        with _STREAMS[suffix](path) as file:
            if name.suffix == ".tar":
                yield from _tar(file, "", 1)
            else:
                yield from _member(_bounded(file), name.suffix[1:].lower() or "txt", path.stem, 1)
    elif suffix in _TARS:
        with path.open("rb") as file:
            yield from _tar(file, "", 1)
    elif suffix in _PACKED:
        with path.open("rb") as file:
            yield from _packed(file, suffix, "", 1, with_cells)
    elif suffix == "parquet":
        yield from parquet_texts(path, with_cells=with_cells)
    elif suffix in _WHOLE:
        if path.stat().st_size > WHOLE_BYTES_MAX:
            yield NotRead(TOO_MUCH)
            return
        yield from _whole(path.read_bytes(), suffix, "", with_cells)
    else:
        yield from _unknown(path, suffix)


def _unknown(path: Path, suffix: str) -> Iterator[Passage | NotRead]:
    """Yield the text of a file of a format that nobody knows; where it is no text, what looks like text in it."""
    with path.open("rb") as file:
        head = file.read(UNKNOWN_BYTES_MAX)
        file.seek(max(path.stat().st_size - UNKNOWN_BYTES_MAX, len(head)))
        tail = file.read(UNKNOWN_BYTES_MAX)
    if suffix not in _NEVER_TEXT and is_text(head[:PIECE_CHARACTERS]):
        yield from _text_file(path, "")
        return
    for piece in (head, tail):
        yield from (Passage(text) for text in texts_in(piece))
    yield NotRead(NO_READER)


def _whole(data: bytes, suffix: str, place: str, with_cells: bool) -> Iterator[Passage | NotRead]:
    """Yield the text of a file that is read as a whole."""
    if suffix == "pdf":
        yield from pdf_texts(data, place)
    elif suffix == "parquet":
        with tempfile.NamedTemporaryFile(prefix="portal-", suffix=".parquet") as file:
            file.write(data)
            file.flush()
            yield from parquet_texts(Path(file.name), with_cells=True)
    elif suffix == "dbf":
        row = 0
        for row, line in enumerate(dbf_lines(data), start=1):
            yield Passage(line, place, row)
        if not row:
            raise ValueError("dbf")
    elif suffix == "rtf":
        yield from (Passage(line, place) for line in rtf_text(decoded(data)).split("\n"))
    elif data.startswith(b"PK"):
        yield from _packed(io.BytesIO(data), "xlsx" if suffix in _OLD_WORKBOOKS else "docx", place, 1, with_cells)
    elif is_text(data[:PIECE_CHARACTERS]):
        yield from (item for text in readings(data) for item in _lines(io.StringIO(text), "html", place))
    else:
        is_workbook = suffix in _OLD_WORKBOOKS
        if not is_workbook and len(data) > MEMBER_BYTES_MAX:
            data = data[:MEMBER_BYTES_MAX]
            yield NotRead(TOO_MUCH, is_part=True)
        found = old_office_texts(data, is_workbook=is_workbook, with_cells=with_cells)
        yield from (Passage(text, place) for text in found)


def _bounded(file: IO[bytes] | gzip.GzipFile) -> bytes:
    return file.read(MEMBER_BYTES_MAX + 1)


def _text_file(path: Path, suffix: str) -> Iterator[Passage | NotRead]:
    taken = 0
    for encoding in _encodings(path):
        with path.open(encoding=encoding, errors="replace", newline=None) as file:
            for passage in _lines(file, suffix, ""):
                taken += len(passage.text)
                if taken > TEXT_BYTES_MAX:
                    yield NotRead(TOO_MUCH, is_part=True)
                    return
                yield passage


def _encodings(path: Path) -> list[str]:
    """Return what a text file may be written in; one with NUL may be UTF-16 without a mark."""
    encoding = encoding_of(path) or "gb18030"
    if encoding == "utf-16":
        return [encoding]
    wide = wide_encoding(path)
    if wide:
        return [wide]
    with path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            if b"\0" in piece:
                return [encoding, "utf-16-le", "utf-16-be"]
    return [encoding]


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
        return without_markup(text)
    if suffix in _ESCAPING and "\\" in text:
        return _BREAK.sub(" ", _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text))
    return text


def _member(data: bytes, suffix: str, place: str, depth: int) -> Iterator[Passage | NotRead]:
    """Yield the text of a file that lies in an archive; where it is none of its format, what looks like text in it."""
    try:
        yield from _member_by_format(data, suffix, place, depth)
    except _FAULTS:
        yield from _seen_in(data, place)
        yield NotRead(BROKEN, is_part=True)


def _member_by_format(data: bytes, suffix: str, place: str, depth: int) -> Iterator[Passage | NotRead]:
    if len(data) > MEMBER_BYTES_MAX:
        data = data[:MEMBER_BYTES_MAX]
        yield NotRead(TOO_MUCH, is_part=True)
    if suffix in TEXT_SUFFIXES or (suffix not in _READ | _NEVER_TEXT and is_text(data[:PIECE_CHARACTERS])):
        yield from (item for text in readings(data) for item in _lines(io.StringIO(text), suffix, place))
    elif suffix in _PACKED and depth < DEPTH_MAX:
        yield from _packed(io.BytesIO(data), suffix, place, depth + 1, True)
    elif suffix in _TARS and depth < DEPTH_MAX:
        yield from _tar(io.BytesIO(data), place, depth + 1)
    elif suffix in _WHOLE:
        yield from _whole(data, suffix, place, True)
    elif suffix not in _READ:
        yield from (Passage(text, place) for text in texts_in(data[:UNKNOWN_BYTES_MAX]))
        yield NotRead(NO_READER, is_part=True)


def _tar(file: IO[bytes] | gzip.GzipFile, place: str, depth: int) -> Iterator[Passage | NotRead]:
    """Yield the names and the text of what a TAR archive holds, packed by itself or not."""
    left = UNPACKED_BYTES_MAX
    with tarfile.open(fileobj=file, mode="r|*") as archive:
        for number, info in enumerate(archive):
            here = f"{place}/{info.name}".lstrip("/")
            yield Passage(info.name, here, is_beside=True)
            member = archive.extractfile(info) if info.isfile() else None
            if number >= MEMBERS_MAX or left < 0:
                yield NotRead(TOO_MUCH, is_part=True)
                return
            if member is not None:
                data = _bounded(member)
                left -= len(data)
                yield from _member(data, PurePosixPath(info.name).suffix[1:].lower(), here, depth)


def _packed(file: IO[bytes], suffix: str, place: str, depth: int, with_cells: bool) -> Iterator[Passage | NotRead]:
    is_office = suffix not in _ARCHIVES
    with zipfile.ZipFile(file) as archive:
        members = archive.infolist()
        yield from (Passage(text, place, is_beside=True) for text in _said_of(archive.comment))
        left = UNPACKED_BYTES_MAX
        if len(members) > MEMBERS_MAX:
            yield NotRead(TOO_MUCH, is_part=True)
        for info in members[:MEMBERS_MAX]:
            name = member_name(info)
            here = f"{place}/{name}".lstrip("/")
            for text in (name, *_said_of(info.comment), *_said_of(info.extra)):
                yield Passage(text, here, is_beside=True)
            if info.is_dir() or not info.file_size:
                continue
            if info.flag_bits & 1:
                yield NotRead(ENCRYPTED, is_part=True)
                continue
            if left <= 0:
                yield NotRead(TOO_MUCH, is_part=True)
                return
            if is_office and not with_cells and (_SHEET.fullmatch(name) or name == "xl/sharedStrings.xml"):
                yield from beside_cells(archive, info, here)
                continue
            inner = PurePosixPath(name).suffix[1:].lower()
            is_read = inner in _READ or (is_office and inner == "rels")
            if inner in _WITHOUT_TEXT or (suffix != "zip" and not is_read) or (is_office and _PART_NAMES.search(name)):
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
                    naming = CACHED if PIVOT_CACHE.match(name) else NAMING
                    yield from part_of_document(data, here, only_notes, naming)
                else:
                    yield from _member(data, inner, here, depth)
            except _FAULTS:
                if not is_cut:
                    yield NotRead(BROKEN, is_part=True)


def _said_of(data: bytes) -> list[str]:
    """Return what the directory of an archive says of it or of a member, beside the name."""
    return [text for text in texts_in(data, is_chinese=True) if text]
