"""What lies in a file: members of ZIP and TAR, parts of office documents, embedded objects, attachments, GZ in GZ.

Nothing is unpacked to disk, and everything shares one budget of bytes, members and depth. A member is read by what it
is, whatever it is called; what is not read is said with its name.
"""

from __future__ import annotations

import gzip
import io
import re
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import IO

from portal.examining.privacy.documents.binary_texts import (
    decoded,
    is_text,
    old_office_texts,
    rtf_text,
    texts_in,
)
from portal.examining.privacy.documents.compound_files import BrokenCompound, packaged, streams
from portal.examining.privacy.documents.contents import format_of
from portal.examining.privacy.documents.mail_messages import mail_parts
from portal.examining.privacy.documents.member_kinds import (
    ARCHIVES,
    DATABASES,
    MAILS,
    NEVER_TEXT,
    OLD_OFFICE,
    PACKED,
    PICTURES,
    STREAMS,
    TARS,
    WITHOUT_TEXT,
    WORKBOOKS,
    member_kind,
    suffix_of,
)
from portal.examining.privacy.documents.office_members import part_texts
from portal.examining.privacy.documents.office_parts import beside_cells
from portal.examining.privacy.documents.pdf_texts import pdf_texts
from portal.examining.privacy.documents.pictures import picture_texts
from portal.examining.privacy.documents.tables_in_data import (
    database_tables,
    dbf_tables,
    parquet_tables,
    workbook_tables,
)
from portal.examining.privacy.documents.tables_in_text import text_tables
from portal.examining.privacy.documents.text_found import (
    BROKEN,
    ENCRYPTED,
    NO_READER,
    PICTURE,
    TOO_DEEP,
    TOO_MUCH,
    Budget,
    Found,
    NotRead,
    Passage,
)
from portal.examining.privacy.documents.text_lines import TEXT_SUFFIXES
from portal.examining.privacy.documents.written_texts import (
    FAULTS,
    SNIFFED_CHARACTERS,
    UNKNOWN_BYTES_MAX,
    seen_in,
    written,
)
from portal.examining.reading.structured.archives import member_name
from portal.model.errors import raise_refusal

MEMBER_BYTES_MAX = 32 * 1024**2
"""So much of a file within an archive, or of an old office document, is looked through."""
RATIO_MAX = 200
"""A part of an office document that unpacks to more than this many times its size is looked through in part."""
RATIO_MATTERS_BYTES = 4 * 1024**2
"""Of a part of an office document that unpacks to more than `RATIO_MAX` times its size only so much is read."""
DEPTH_MAX = 4
"""Archives in archives are opened so deep; a deeper one is told."""
_PARTS_OF_PROGRAMS = re.compile(
    r"(^|/)(printerSettings[0-9]*\.bin|thumbnail\.[a-z]+|layout-cache|ObjectReplacements/.*|\[trash\]/.*)$", re.I
)
"""What programs note for themselves in office documents; looked at as bytes."""
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)


@dataclass
class Members:
    """Reads what lies in one file; all that comes out of it shares *budget*.

    Without *with_tables* text files are read as running text alone: their tables cost several times their size.
    """

    budget: Budget = field(default_factory=Budget)
    with_tables: bool = True

    def member(self, data: bytes, suffix: str, place: str, depth: int) -> Iterator[Found]:
        """Yield the text and tables of a member; where its reader gives up, what looks like text in it."""
        try:
            yield from self._by_format(data, suffix, place, depth)
        except FAULTS as error:
            raise_refusal(error)
            yield from seen_in(data, place)
            yield NotRead(BROKEN, is_part=True, place=place)

    def _by_format(self, data: bytes, suffix: str, place: str, depth: int) -> Iterator[Found]:
        if len(data) > MEMBER_BYTES_MAX:
            data = data[:MEMBER_BYTES_MAX]
            yield NotRead(TOO_MUCH, is_part=True, place=place)
        kind = member_kind(data, suffix)
        if kind in PICTURES:
            yield from (Passage(text, place) for text in picture_texts(data))
            yield NotRead(PICTURE, is_part=True, place=place, is_expected=True)
        elif kind in WITHOUT_TEXT:
            return
        elif kind in PACKED | TARS or kind in STREAMS:
            if depth >= DEPTH_MAX:
                yield from seen_in(data, place)
                yield NotRead(TOO_DEEP, is_part=True, place=place)
            elif kind in TARS:
                yield from self.tar(io.BytesIO(data), place, depth + 1)
            elif kind in STREAMS:
                yield from self.stream(io.BytesIO(data), kind, place, depth + 1)
            else:
                yield from self.packed(io.BytesIO(data), kind, place, depth + 1)
        elif kind in NEVER_TEXT:
            yield from seen_in(data, place)
            yield NotRead(NO_READER, is_part=True, place=place)
        elif kind in MAILS:
            for part in mail_parts(data, place):
                if isinstance(part, NotRead):
                    yield part
                else:
                    yield from self._inner(part[1], part[0], place, depth)
        else:
            yield from self.whole(data, kind, place, depth)

    def whole(
        self, data: bytes, suffix: str, place: str, depth: int = 1, *, with_cells: bool = True
    ) -> Iterator[Found]:
        """Yield what stands in a file that is read as a whole. Raises one of `FAULTS` where it is broken."""
        if suffix == "pdf":
            for item in pdf_texts(data, place):
                if isinstance(item, tuple):
                    yield from self._inner(item[1], item[0], place, depth)
                else:
                    yield item
        elif suffix == "parquet":
            yield from parquet_tables(data, place)
        elif suffix == "dbf":
            yield from dbf_tables(data, place)
        elif suffix in DATABASES:
            for found in database_tables(data, place):
                if isinstance(found, tuple):
                    yield from self._inner(found[1], found[0], place, depth)
                else:
                    yield found
        elif suffix == "ole" or suffix in OLD_OFFICE:
            yield from self._old_office(data, suffix, place, depth, with_cells)
        elif suffix == "rtf":
            text = rtf_text(decoded(data))
            yield from text_tables(text, place)
            yield from (Passage(line, place) for line in text.split("\n"))
        elif suffix in TEXT_SUFFIXES or is_text(data[:SNIFFED_CHARACTERS]):
            yield from written(data, suffix, place, with_tables=self.with_tables)
        else:
            yield from (Passage(text, place) for text in texts_in(data[:UNKNOWN_BYTES_MAX]))
            yield NotRead(NO_READER, is_part=True, place=place)

    def _old_office(self, data: bytes, suffix: str, place: str, depth: int, with_cells: bool) -> Iterator[Found]:
        """Yield the text of a file from before 2007, or of an embedded object, and the files that it carries."""
        if data.startswith(b"PK"):
            kind = format_of(data)
            yield from self.packed(io.BytesIO(data), kind, place, depth, with_cells=with_cells)
            return
        if is_text(data[:SNIFFED_CHARACTERS]):
            yield from written(data, "html", place, with_tables=self.with_tables)
            return
        names: set[str] = set()
        try:
            for item in streams(data, place):
                if isinstance(item, NotRead):
                    yield item
                    continue
                name, stream = item
                names.add(name)
                carried = packaged(name, stream)
                if carried:
                    yield from self._inner(carried[1], carried[0] or name, place, depth)
        except BrokenCompound:
            if suffix == "ole":
                yield from seen_in(data, place)
                yield NotRead(BROKEN, is_part=True, place=place)
                return
        is_workbook = suffix in WORKBOOKS or bool(names & {"Workbook", "Book"})
        if is_workbook and with_cells:
            try:
                yield from workbook_tables(data, place)
                with_cells = False
            except FAULTS as error:
                raise_refusal(error)
                yield NotRead(BROKEN, is_part=True, place=place)
        for text in old_office_texts(data, is_workbook=is_workbook, with_cells=with_cells):
            yield Passage(text, place)
        if suffix == "ole" and not names & _READ_STREAMS:  # a macro, a control
            yield NotRead(NO_READER, is_part=True, place=place)

    def _inner(self, data: bytes, name: str, place: str, depth: int) -> Iterator[Found]:
        """Yield what an attachment or embedded file holds."""
        here = f"{place}/{name}".lstrip("/")
        yield Passage(name, here, is_beside=True)
        if depth >= DEPTH_MAX:
            yield from seen_in(data, here)
            yield NotRead(TOO_DEEP, is_part=True, place=here)
            return
        self.budget.take(len(data))
        if self.budget.is_spent:
            yield NotRead(TOO_MUCH, is_part=True, place=here)
            return
        yield from self.member(data, suffix_of(name), here, depth + 1)

    def stream(self, file: IO[bytes], suffix: str, place: str, depth: int) -> Iterator[Found]:
        """Yield what is in a GZ, BZ2 or XZ file; its name without the ending tells what that is."""
        name = PurePosixPath(place).name
        inner = PurePosixPath(name).stem if suffix_of(name) == suffix else name
        with STREAMS[suffix](file) as unpacked:
            data = _bounded(unpacked)
        self.budget.take(len(data))
        yield from self.member(data, suffix_of(inner), place, depth)

    def tar(self, file: IO[bytes] | gzip.GzipFile, place: str, depth: int) -> Iterator[Found]:
        """Yield the names and the text of what a TAR archive holds, packed by itself or not."""
        with tarfile.open(fileobj=file, mode="r|*") as archive:
            for info in archive:
                here = f"{place}/{info.name}".lstrip("/")
                yield Passage(info.name, here, is_beside=True)
                if self.budget.is_spent:
                    yield NotRead(TOO_MUCH, is_part=True, place=here)
                    return
                member = archive.extractfile(info) if info.isfile() else None
                if member is not None:
                    data = _bounded(member)
                    self.budget.take(len(data))
                    yield from self.member(data, suffix_of(info.name), here, depth)

    def packed(
        self, file: IO[bytes], suffix: str, place: str, depth: int, *, with_cells: bool = True
    ) -> Iterator[Found]:
        """Yield what a ZIP file or an office document holds; without *with_cells* the cells of a workbook are known."""
        is_office = suffix not in ARCHIVES
        if suffix in WORKBOOKS and with_cells:
            file.seek(0)
            data = file.read(self.budget.bytes_left)
            try:
                yield from workbook_tables(data, place)
                with_cells = False
            except FAULTS as error:
                raise_refusal(error)  # else its parts are read as those of any document
            file.seek(0)
        with zipfile.ZipFile(file) as archive:
            yield from (Passage(text, place, is_beside=True) for text in _said_of(archive.comment))
            for info in archive.infolist():
                name = member_name(info)
                here = f"{place}/{name}".lstrip("/")
                for text in (name, *_said_of(info.comment), *_said_of(info.extra)):
                    yield Passage(text, here, is_beside=True)
                if info.is_dir() or not info.file_size:
                    continue
                if self.budget.is_spent:
                    yield NotRead(TOO_MUCH, is_part=True, place=here)
                    return
                if info.flag_bits & 1:
                    yield NotRead(ENCRYPTED, is_part=True, place=here)
                elif is_office:
                    yield from self._part(archive, info, name, here, suffix, depth, with_cells)
                else:
                    yield from self._opened(archive, info, name, here, depth)

    def _opened(
        self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, place: str, depth: int
    ) -> Iterator[Found]:
        try:
            with archive.open(info) as file:
                data = _bounded(file)
        except FAULTS:
            yield NotRead(BROKEN, is_part=True, place=place)
            return
        self.budget.take(len(data))
        yield from self.member(data, suffix_of(name), place, depth)

    def _part(
        self,
        archive: zipfile.ZipFile,
        info: zipfile.ZipInfo,
        name: str,
        place: str,
        suffix: str,
        depth: int,
        with_cells: bool,
    ) -> Iterator[Found]:
        """Yield what a part of an office document holds."""
        if not with_cells and (_SHEET.fullmatch(name) or name == "xl/sharedStrings.xml"):
            try:
                yield from beside_cells(archive, info, place)
            except FAULTS:
                yield NotRead(BROKEN, is_part=True, place=place)
            return
        inner = suffix_of(name)
        if inner not in ("xml", "rels") and not _PARTS_OF_PROGRAMS.search(name):
            yield from self._opened(archive, info, name, place, depth)
            return
        is_cut = info.file_size > max(RATIO_MATTERS_BYTES, RATIO_MAX * info.compress_size)
        try:
            with archive.open(info) as file:
                data = file.read(RATIO_MATTERS_BYTES) if is_cut else _bounded(file)
        except FAULTS:
            yield NotRead(BROKEN, is_part=True, place=place)
            return
        self.budget.take(len(data))
        if is_cut or len(data) > MEMBER_BYTES_MAX:
            yield NotRead(TOO_MUCH, is_part=True, place=place)
        yield from part_texts(data, name, place, suffix, with_cells=with_cells, is_cut=is_cut)


_READ_STREAMS = frozenset(
    "Workbook,Book,WordDocument,PowerPoint Document,Package,CONTENTS,EmbeddedOdf,\x01Ole10Native,Equation Native,"
    "__properties_version1.0,VisioDocument".split(",")
)
"""Streams of compound files whose text is found, or that hold none."""


def _bounded(file: IO[bytes] | gzip.GzipFile) -> bytes:
    return file.read(MEMBER_BYTES_MAX + 1)


def _said_of(data: bytes) -> list[str]:
    """Return what the directory of an archive says of it or of a member, beside the name."""
    return [text for text in texts_in(data, is_chinese=True) if text]
