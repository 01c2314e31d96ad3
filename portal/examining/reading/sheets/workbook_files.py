"""Opening workbooks safely: password, damaged or misnamed files, zip bombs, limits; XLSX, XLS or ODS.

What kind a file is, whether it stays within bounds, and a copy that is safe to read. A library that reads a sheet takes
memory for the whole rectangle around its cells, and a copy of a shared text for every cell that uses it. So every part
is unpacked and looked through here first, in pieces, and what was looked through is written to a plain copy: what is
read afterwards is exactly what was checked.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from array import array
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError

from portal.examining.reading.sheets.package_parts import Package, plain_name
from portal.examining.reading.sheets.scan import SheetScan, SheetTooLarge, UnusualSheet
from portal.examining.reading.sheets.scan_ods import scan_ods_content
from portal.examining.reading.sheets.scan_xls import scan_xls
from portal.examining.reading.sheets.scan_xlsx import scan_xlsx_sheet
from portal.examining.reading.text.texts import OTHER_FORMATS, is_web_page
from portal.model.errors import raise_refusal
from portal.model.limits import Limits
from portal.model.text import LocalText

PIECE_BYTES = 1024 * 1024
SHARED_TEXT_BYTES_MAX = 192 * 1024**2
"""The table of shared texts is held in memory whole."""
XLS_BYTES_MAX = 48 * 1024**2
"""A larger XLS file is refused; it is held in memory whole."""
RATIO_FREE_BYTES = 4 * 1024**2
"""Up to so many unpacked bytes no ratio is too large: an empty sheet packs well."""
PARTS_MAX = 5_000
"""A workbook of more parts is refused."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_END_OF_TEXT = re.compile(rb"</(?:\w{1,20}:)?si>")
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_COPIED = re.compile(
    r"(^|/)(media|drawings|charts|embeddings|comments|threadedComments|persons|printerSettings|pivot\w*|customXml|"
    r"externalLinks|activeX|ctrlProps|theme|tables|queryTables|Thumbnails|Pictures|Configurations2)/|vbaProject",
    re.IGNORECASE,
)


class UnreadableWorkbook(Exception):
    """A file that is not read; *code* is that of the finding, *details* what its texts name."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


@dataclass(frozen=True)
class SheetEntry:
    """A sheet as the workbook lists it, with what was seen in it."""

    name: str
    visibility: str = "visible"
    """visible, hidden or very-hidden."""
    scan: SheetScan = field(default_factory=SheetScan)
    part: str = ""
    """The plain name of its part in the archive, for XLSX."""


@dataclass(frozen=True)
class WorkbookFile:
    """A workbook within all bounds. *readable* is the file to read the sheets from; *parts* are names of its parts."""

    kind: str
    """xlsx, ods or xls, by the content."""
    readable: Path
    sheets: tuple[SheetEntry, ...] = ()
    parts: tuple[str, ...] = ()
    starts_1904: bool = False
    authors: tuple[str, ...] = ()
    """Who wrote it, as an XLS file says; the others say it in a part."""


@contextmanager
def opened_workbook(path: Path, limits: Limits, copy: Path | None = None) -> Iterator[WorkbookFile]:
    """Yield the workbook *path* as looked through; the plain copy stands beside *copy* and is removed in the end.

    Without *copy* nothing is written and *readable* is the file itself, not to be read from. Raises
    UnreadableWorkbook.
    """
    kind = kind_of(path)
    if copy is not None:
        # A reader goes by the ending of the name.
        copy = copy.with_name(f"{copy.name}.{kind}")
    try:
        if kind == "xls":
            yield _opened_xls(path)
        else:
            yield _opened_zip(path, kind, limits, copy)
    finally:
        if copy is not None:
            copy.unlink(missing_ok=True)


def kind_of(path: Path) -> str:
    """Return xlsx, ods or xls by the bytes of the file. Raises UnreadableWorkbook for anything else."""
    with path.open("rb") as file:
        start = file.read(2048)
    if start.startswith(COMPOUND):
        with path.open("rb") as file:
            if any(ENCRYPTED in piece for piece in _overlapping(file)):
                raise UnreadableWorkbook("workbook-protected")
        return "xls"
    if start.startswith((b"\t\x08", b"\t\x04")):
        return "xls"
    if not start.startswith(b"PK"):
        raise UnreadableWorkbook("workbook-disguised", looks_like=_looks_like(start))
    try:
        with zipfile.ZipFile(path) as archive:
            names = {plain_name(name) for name in archive.namelist()}
            is_workbook = bool(Package(archive).workbook)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        raise UnreadableWorkbook("workbook-broken", reason=str(error)) from error
    if is_workbook:
        return "xlsx"
    if "content.xml" in names:
        return "ods"
    is_binary = "xl/workbook.bin" in names
    kind = LocalText("XLSB 工作簿", "an XLSB workbook") if is_binary else LocalText("ZIP 压缩包", "a ZIP archive")
    raise UnreadableWorkbook("workbook-disguised", looks_like=kind)


def _opened_zip(path: Path, kind: str, limits: Limits, copy: Path | None) -> WorkbookFile:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = _checked_infos(archive, limits)
            package = Package(archive)
            listed = [] if kind == "ods" else list(package.sheets())
            parts = {part for _, _, part in listed}
            starts_1904 = kind != "ods" and package.starts_1904
            formats = {} if kind == "ods" else package.number_formats()
            scans: dict[str, SheetScan] = {}
            ods_sheets: list[SheetEntry] = []
            counter = _Counter(limits)
            text_lengths = array("q")
            # The shared texts come first: the bounds of a sheet depend on how long those are that it uses.
            infos.sort(key=lambda info: not info.filename.lower().endswith("sharedstrings.xml"))
            with zipfile.ZipFile(copy, "w") if copy else nullcontext() as plain:
                for info in infos:
                    name = plain_name(info.filename)
                    if info.is_dir() or _NOT_COPIED.search(name) or not _is_read(name):
                        continue
                    # A bound that is passed must end the writing of the part before that of the copy.
                    with closing(_pieces(archive, info, plain, counter)) as pieces:
                        if name in parts:
                            scans[name] = scan_xlsx_sheet(
                                pieces, limits, text_lengths, formats, starts_1904=starts_1904
                            )
                        elif kind == "ods" and name == "content.xml":
                            ods_sheets = [SheetEntry(*entry) for entry in scan_ods_content(pieces, limits)]
                        elif name.endswith("sharedstrings.xml"):
                            text_lengths = _shared_text_lengths(pieces)
                        else:
                            _check_part(pieces)
            if kind == "ods":
                entries = tuple(ods_sheets)
            else:
                entries = tuple(
                    SheetEntry(name, visibility, scans.get(part, SheetScan()), part)
                    for name, visibility, part in listed
                )
            return WorkbookFile(kind, copy or path, entries, tuple(info.filename for info in infos), starts_1904)
    except UnreadableWorkbook:
        raise
    except SheetTooLarge as error:
        raise UnreadableWorkbook("sheet-too-large", **error.details) from error
    except (DefusedXmlException, ParseError, UnusualSheet) as error:
        raise UnreadableWorkbook("workbook-broken", reason=type(error).__name__) from error
    except RuntimeError as error:
        raise UnreadableWorkbook("workbook-protected") from error
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, KeyError, NotImplementedError) as error:
        raise_refusal(error)
        raise UnreadableWorkbook("workbook-broken", reason=str(error)) from error


def _is_read(name: str) -> bool:
    return name.endswith((".xml", ".rels")) or name == "mimetype"


def _checked_infos(archive: zipfile.ZipFile, limits: Limits) -> list[zipfile.ZipInfo]:
    infos = archive.infolist()
    if len(infos) > PARTS_MAX:
        raise UnreadableWorkbook("workbook-unpacks-too-large", limit=f"{PARTS_MAX:,}")
    names = [plain_name(info.filename) for info in infos]
    if len(set(names)) < len(names) or "" in names:
        raise UnreadableWorkbook("workbook-broken", reason="two parts of one name, or one without")
    for info in infos:
        if info.file_size > RATIO_FREE_BYTES and info.file_size > info.compress_size * limits.unpacked_ratio_max:
            raise UnreadableWorkbook("workbook-unpacks-too-large", limit=f"1 : {limits.unpacked_ratio_max}")
    if sum(info.file_size for info in infos) > limits.unpacked_bytes_max:
        raise UnreadableWorkbook("workbook-unpacks-too-large", limit=f"{limits.unpacked_bytes_max:,}")
    return infos


@dataclass
class _Counter:
    """How many bytes were unpacked so far, whatever the directory of the archive claims."""

    limits: Limits
    unpacked: int = 0

    def add(self, count: int) -> None:
        self.unpacked += count
        if self.unpacked > self.limits.unpacked_bytes_max:
            raise UnreadableWorkbook("workbook-unpacks-too-large", limit=f"{self.limits.unpacked_bytes_max:,}")


def _pieces(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, plain: zipfile.ZipFile | None, counter: _Counter
) -> Generator[bytes, None, None]:
    """Yield the bytes of a part, each piece written to the plain copy as it goes by."""
    target: IO[bytes] | None = None
    if plain is not None:
        entry = zipfile.ZipInfo(info.filename.replace("\\", "/"))
        target = plain.open(entry, "w", force_zip64=info.file_size > 1024**3)
    try:
        with archive.open(info) as file:
            while piece := file.read(PIECE_BYTES):
                counter.add(len(piece))
                if target is not None:
                    target.write(piece)
                yield piece
    finally:
        if target is not None:
            target.close()


def _check_part(pieces: Iterator[bytes]) -> None:
    """Let a part pass by. A document type could hold entities; no workbook has one."""
    for number, piece in enumerate(pieces):
        if number == 0 and b"<!DOCTYPE" in piece.replace(b"\0", b""):
            raise UnreadableWorkbook("workbook-broken", reason="DOCTYPE")


def _shared_text_lengths(pieces: Iterator[bytes]) -> array[int]:
    """Return how many bytes the markup of each shared text takes."""
    lengths = array("q")
    size, before = 0, b""
    for number, piece in enumerate(pieces):
        size += len(piece)
        if size > SHARED_TEXT_BYTES_MAX:
            raise UnreadableWorkbook("workbook-unpacks-too-large", limit=f"{SHARED_TEXT_BYTES_MAX:,}")
        if number == 0 and b"<!DOCTYPE" in piece.replace(b"\0", b""):
            raise UnreadableWorkbook("workbook-broken", reason="DOCTYPE")
        block = before + piece
        texts = _END_OF_TEXT.split(block) if b":si>" in block else block.split(b"</si>")
        before = texts.pop()
        lengths.extend(map(len, texts))
    return lengths


def _opened_xls(path: Path) -> WorkbookFile:
    if path.stat().st_size > XLS_BYTES_MAX:
        raise UnreadableWorkbook("workbook-unpacks-too-large", limit=f"{XLS_BYTES_MAX:,}")
    try:
        sheets, starts_1904, authors = scan_xls(path)
    except SheetTooLarge as error:
        raise UnreadableWorkbook("sheet-too-large", **error.details) from error
    except MemoryError:
        raise
    except Exception as error:  # xlrd raises whatever a broken byte leads it to
        code = "workbook-protected" if "ncrypted" in str(error) else "workbook-broken"
        raise UnreadableWorkbook(code, reason=f"{type(error).__name__}: {error}") from error
    entries = tuple(SheetEntry(*entry) for entry in sheets)
    with path.open("rb") as file:
        has_macros = any(_MACROS in piece for piece in _overlapping(file))
    return WorkbookFile("xls", path, entries, ("vbaProject.bin",) if has_macros else (), starts_1904, authors)


def _overlapping(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the pieces of a file, each with the end of the one before."""
    before = b""
    while piece := file.read(PIECE_BYTES):
        yield before + piece
        before = piece[-100:]


def _looks_like(start: bytes) -> LocalText:
    """Say what a file that begins with *start* is, as far as the first bytes tell."""
    known = next((kind for sign, _, kind in OTHER_FORMATS if start.startswith(sign)), None)
    if known:
        return known
    if is_web_page(start):
        return LocalText("网页（HTML）", "a web page (HTML)")
    if not start.strip():
        return LocalText("空文件", "an empty file")
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        return LocalText("XML 文件", "XML")
    if re.search(rb"[\0-\x08\x0e-\x1f]", start):
        return LocalText("一种认不出的格式", "nothing that is known here")
    if re.search(rb"[,;\t]", start):
        return LocalText("CSV 等文本表格", "a table as text, such as CSV")
    return LocalText("文本文件", "a text file")
