"""Text and tables of files published as they are: TXT, HTML, DOCX, XLSX, PDF, members of ZIP and TAR archives.

Nothing is unpacked to disk, XML entities stay off, and everything has a bound: where one is reached, or a file or a
part of it cannot be read, a `NotRead` says so. A hostile file costs at most these bounds; no fault of one gets out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from portal.examining.privacy.documents.binary_texts import (
    gzip_header,
    is_text,
    old_office_texts,
    parquet_texts,
    texts_in,
)
from portal.examining.privacy.documents.contents import format_of
from portal.examining.privacy.documents.member_kinds import (
    DATABASES,
    MAILS,
    NEVER_TEXT,
    OLD_OFFICE,
    PACKED,
    PICTURES,
    STREAMS,
    TARS,
    WORKBOOKS,
)
from portal.examining.privacy.documents.members import MEMBER_BYTES_MAX, Members
from portal.examining.privacy.documents.pictures import picture_texts
from portal.examining.privacy.documents.tables_in_data import (
    PARQUET_CHARACTERS_MAX,
    REFUSED_PARQUET_CHARACTERS_MAX,
    parquet_file,
)
from portal.examining.privacy.documents.text_found import (
    AND_MORE,
    BROKEN,
    ENCRYPTED,
    MISNAMED,
    NO_READER,
    TOO_MUCH,
    Budget,
    Found,
    NotRead,
    Passage,
)
from portal.examining.privacy.documents.text_lines import PIECE_CHARACTERS, TEXT_SUFFIXES, lines_of
from portal.examining.privacy.documents.written_texts import FAULTS, UNKNOWN_BYTES_MAX, tables_written
from portal.examining.reading.text.encoding import encoding_of
from portal.examining.reading.text.plausibility import wide_encoding
from portal.model.errors import raise_refusal
from portal.model.known_formats import KNOWN_FORMATS, names_of

PIECE_BYTES = 1024 * 1024
TEXT_BYTES_MAX = 512 * 1024**2
"""So many characters of a text file are looked through."""
WHOLE_BYTES_MAX = 200 * 1024**2
"""A larger document that must be held in memory whole is not looked into."""
NOT_READ_SAID_MAX = 20
"""So many parts of a file that are not read are named; that there are more is told."""
HEAD_BYTES = 1024

_WHOLE = OLD_OFFICE | MAILS | DATABASES | names_of(lambda item: item.text_by == "whole")
"""Formats that are read as a whole, not line by line."""
_BY_CONTENT = PACKED | TARS | _WHOLE | frozenset([*STREAMS, "ole"])
"""What is read whatever the name of the file says."""
_SIGNS = dict.fromkeys(PACKED, b"PK") | {item.name: item.sign for item in KNOWN_FORMATS if item.sign}
"""What a file of a format begins with."""
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
"""Stands in the OLE file that an office document with a password is."""


def passages(path: Path, suffix: str, *, with_cells: bool = True, with_tables: bool = True) -> Iterator[Found]:
    """Yield the text and the tables of *path* as far as they can be read; *suffix* is its format, e.g. ``docx``.

    Without *with_cells* the cells of a table are left out, because they are looked at as such; without *with_tables*
    everything is read as running text. What is not read is said once.
    """
    said: dict[bool, set[NotRead]] = {True: set(), False: set()}
    try:
        for item in _passages(path, suffix, with_cells, with_tables):
            if not isinstance(item, NotRead):
                yield item
                continue
            alike = said[item.is_expected]
            if item not in alike and len(alike) <= NOT_READ_SAID_MAX:
                alike.add(item)
                yield item if len(alike) <= NOT_READ_SAID_MAX else replace(item, reason=AND_MORE, place="")
    except FAULTS as error:
        raise_refusal(error)
        yield from _as_bytes(path, suffix)


def _as_bytes(path: Path, suffix: str) -> Iterator[Found]:
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
            is_workbook = suffix in WORKBOOKS
            yield from (Passage(text) for text in old_office_texts(head, is_workbook=is_workbook, with_cells=True))
        yield from (item for item in _unknown(path, "") if isinstance(item, Passage))
    except FAULTS:
        pass
    yield NotRead(reason)


def _passages(path: Path, suffix: str, with_cells: bool, with_tables: bool) -> Iterator[Found]:
    kind = _kind(path, suffix)
    members = Members(Budget(), with_tables)
    if kind in TEXT_SUFFIXES:
        if with_tables and path.stat().st_size <= MEMBER_BYTES_MAX:
            yield from _tables_in_text(path, kind)
        yield from _text_file(path, kind)
    elif kind in STREAMS:
        yield from (Passage(text, is_beside=True) for text in gzip_header(path))
        name = PurePosixPath(path.name)
        with path.open("rb") as file:
            if PurePosixPath(name.stem).suffix == ".tar":
                yield from members.tar(file, "", 1)
            else:
                place = name.stem if name.suffix[1:].lower() == kind else name.name
                place = place if PurePosixPath(place).suffix else f"{place}.txt"
                yield from members.stream(file, kind, place, 1)
    elif kind in TARS:
        with path.open("rb") as file:
            yield from members.tar(file, "", 1)
    elif kind in PACKED:
        with path.open("rb") as file:
            yield from members.packed(file, kind, "", 1, with_cells=with_cells)
    elif kind == "parquet":
        most = PARQUET_CHARACTERS_MAX if with_tables else REFUSED_PARQUET_CHARACTERS_MAX
        yield from parquet_file(path, "", most) if with_cells else parquet_texts(path)
    elif kind in _WHOLE or kind == "ole":
        if path.stat().st_size > WHOLE_BYTES_MAX:
            yield NotRead(TOO_MUCH)
            return
        data = path.read_bytes()
        if kind in MAILS:
            yield from members.member(data, kind, "", 1)
        else:
            yield from members.whole(data, kind, "", 1, with_cells=with_cells)
    else:
        yield from _unknown(path, suffix)


def _kind(path: Path, suffix: str) -> str:
    """Return how a file is read: as its name says, and as its content says where the name says nothing to us."""
    if suffix in TEXT_SUFFIXES | TARS | frozenset(STREAMS) | {"parquet"} or suffix in PACKED - {"zip"}:
        return suffix
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        seen = format_of(head)
        if seen == "zip" and path.stat().st_size <= WHOLE_BYTES_MAX:
            seen = format_of(head + file.read())
    if suffix in OLD_OFFICE:
        return seen if seen in _WHOLE else suffix
    if suffix in _WHOLE:
        return suffix
    return seen if seen in _BY_CONTENT else suffix


def _tables_in_text(path: Path, suffix: str) -> Iterator[Found]:
    data = path.read_bytes()
    for encoding in _encodings(path):
        yield from tables_written(data.decode(encoding, errors="replace"), data, suffix, "")


def _unknown(path: Path, suffix: str) -> Iterator[Found]:
    """Yield the text of a file of a format that nobody knows; where it is no text, what looks like text in it."""
    with path.open("rb") as file:
        head = file.read(UNKNOWN_BYTES_MAX)
        file.seek(max(path.stat().st_size - UNKNOWN_BYTES_MAX, len(head)))
        tail = file.read(UNKNOWN_BYTES_MAX)
    if suffix not in NEVER_TEXT | PICTURES and is_text(head[:PIECE_CHARACTERS]):
        if suffix and path.stat().st_size <= MEMBER_BYTES_MAX:
            yield from _tables_in_text(path, suffix)
        yield from _text_file(path, "")
        return
    if suffix in PICTURES:
        yield from (Passage(text) for text in picture_texts(head + tail))
    else:
        yield from (Passage(text) for piece in (head, tail) for text in texts_in(piece))
    yield NotRead(NO_READER, is_expected=suffix in PICTURES)


def _text_file(path: Path, suffix: str) -> Iterator[Found]:
    taken = 0
    for encoding in _encodings(path):
        with path.open(encoding=encoding, errors="replace", newline=None) as file:
            for passage in lines_of(file, suffix, ""):
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
