"""ZIP and GZ archives: the one data file unpacked; several tables, passwords, zip bombs, names in GBK.

It goes into a folder of ours, under a name of ours, counted while it unpacks. Names in an archive are only shown, never
used as paths; what its headers say of sizes is not believed.
"""

from __future__ import annotations

import errno
import gzip
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from portal.examining.reading.tasks import SourceFile, TableTask
from portal.examining.reading.text.quotes import over
from portal.findings.details import phrase, shown
from portal.findings.finding import Finding
from portal.model.known_formats import ARCHIVE_FORMATS, TABLE_FORMATS, TABLE_WORKBOOKS, names_of
from portal.model.text import LocalText

PIECE_BYTES = 1024 * 1024
RATIO_MATTERS_BYTES = 1024 * 1024
"""Below this size nobody asks how well a file was compressed."""
NAME_BYTES_MEAN_MAX = 1024
"""A directory of an archive longer than this a member is refused."""
MEMBERS_SHOWN_MAX = 10
"""Files of an archive that are named."""

_ZIPPED_FORMATS = names_of(lambda item: item.name in TABLE_WORKBOOKS and item.text_by == "package")
"""Tables that are ZIP archives themselves."""
_BROKEN = (
    zipfile.BadZipFile,
    gzip.BadGzipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    ValueError,
)
_UTF8_NAME = 0x800


class _Refused(Exception):
    """An archive that may not be unpacked further, with the finding why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def unpacked(task: TableTask, archive: SourceFile, number: int) -> tuple[SourceFile | None, list[Finding]]:
    """Unpack the data file of *archive*, part *number* of the table. Raises OSError where the disk refuses."""
    try:
        if task.resource.compression == "gz":
            inner = _from_gz(task, archive, number)
        else:
            inner = _from_zip(task, archive, number)
    except _Refused as refusal:
        return None, [refusal.finding]
    except _BROKEN as error:
        text = type(error).__name__
        note = LocalText(f"压缩包已损坏或不完整（{text}）", f"the archive is broken or cut short ({text})")
        return None, [task.found("compression-error", archive.file, note=note)]
    except RuntimeError:
        return None, [task.found("archive-encrypted", archive.file)]
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        note = LocalText("压缩包的目录指向文件之外", "the directory of the archive points outside of it")
        return None, [task.found("compression-error", archive.file, note=note)]
    with inner.path.open("rb") as file:
        start = file.read(4)
    if start.startswith((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")) or (
        start.startswith(b"PK\x03\x04") and inner.format not in _ZIPPED_FORMATS and _holds_archive(inner.path)
    ):
        return None, [task.found("archive-nested", archive.file, member=inner.member)]
    return inner, []


def _holds_archive(path: Path) -> bool:
    """Whether a file that begins like a ZIP is one, and no workbook (whose fault is another)."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist()[:1000])
    except (zipfile.BadZipFile, OSError, ValueError):
        return True
    return not names & {"[Content_Types].xml", "mimetype"}


def _from_gz(task: TableTask, archive: SourceFile, number: int) -> SourceFile:
    name = PurePosixPath(archive.file).stem
    inner = _inner(task, archive, name, number)
    with gzip.open(archive.path) as stream:
        _copy(task, archive, stream, inner.path)
    return inner


def _from_zip(task: TableTask, archive: SourceFile, number: int) -> SourceFile:
    _check_directory(task, archive)
    with zipfile.ZipFile(archive.path) as file:
        infos = file.infolist()
        if len(infos) > task.limits.archive_members_max:
            reason = over("个文件", "members", len(infos), task.limits.archive_members_max)
            raise _Refused(task.found("archive-too-large", archive.file, reason=reason))
        info = _chosen(task, archive, infos)
        name = member_name(info)
        if info.flag_bits & 1:
            raise _Refused(task.found("archive-encrypted", archive.file))
        inner = _inner(task, archive, name, number)
        with file.open(info) as stream:
            _copy(task, archive, stream, inner.path)
    return inner


def _inner(task: TableTask, archive: SourceFile, name: str, number: int) -> SourceFile:
    ending = PurePosixPath(name).suffix[1:].lower()
    if ending in ARCHIVE_FORMATS:
        raise _Refused(task.found("archive-nested", archive.file, member=shown(name)))
    format_ = task.resource.format
    if format_ == task.resource.compression:
        format_ = ending if ending in TABLE_FORMATS else "csv"
    path = task.work_dir / f"{task.resource.name}.unpacked-{number}.{format_}"
    inside = "/".join(part for part in PurePosixPath(shown(name)).parts if part not in ("/", ".."))
    return SourceFile(path, f"{archive.file}/{inside}", format_, is_original=False, member=inside)


def _copy(task: TableTask, archive: SourceFile, stream: IO[bytes] | gzip.GzipFile, target: Path) -> None:
    limits = task.limits
    packed = max(archive.path.stat().st_size, 1)
    size = 0
    with target.open("wb") as out:
        while piece := stream.read(PIECE_BYTES):
            size += len(piece)
            reason = None
            if size > limits.unpacked_bytes_max:
                reason = over("字节（解压后）", "bytes unpacked", size, limits.unpacked_bytes_max)
            elif size > RATIO_MATTERS_BYTES and size > packed * limits.unpacked_ratio_max:
                reason = over("倍压缩比", "times its size", size // packed + 1, limits.unpacked_ratio_max)
            if reason:
                out.truncate(0)
                raise _Refused(task.found("archive-too-large", archive.file, reason=reason))
            out.write(piece)


def member_name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member; one without the mark of UTF-8 is in UTF-8 or GBK, as Chinese programs write it.

    Short names in GBK may be UTF-8 as well, of other letters: Chinese is meant.

    >>> info = zipfile.ZipInfo("学校.csv".encode("gbk").decode("cp437"))
    >>> member_name(info)
    '学校.csv'
    """
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        octets = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    utf8, gb18030 = (_decoded(octets, encoding) for encoding in ("utf-8", "gb18030"))
    if utf8 and (not gb18030 or all(char < "\x80" or char >= "\u2e80" for char in utf8)):
        return utf8
    return gb18030 or info.filename


def table_members(path: Path, members_max: int = 1000) -> list[str]:
    """Return the names of the tables in a ZIP file, in their order; none where it cannot be read or is too large."""
    try:
        if directory_bytes(path) > members_max * NAME_BYTES_MEAN_MAX:
            return []
        with zipfile.ZipFile(path) as file:
            infos = file.infolist()
    except (*_BROKEN, OSError):
        return []
    if len(infos) > members_max:
        return []
    names = [member_name(info) for info in infos if _is_data(info)]
    return [name for name in names if PurePosixPath(name).suffix[1:].lower() in TABLE_FORMATS]


def _decoded(octets: bytes, encoding: str) -> str:
    try:
        return octets.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _chosen(task: TableTask, archive: SourceFile, infos: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    """Return the member that ``innerpath`` names, else the only one with data."""
    members = {member_name(info): info for info in infos if _is_data(info)}
    wanted = task.resource.member
    if wanted:
        if wanted not in members:
            missing = phrase("压缩包里没有 {member}", "the archive holds no {member}", member=shown(wanted))
            raise _Refused(task.found("compression-error", archive.file, note=missing))
        return members[wanted]
    for candidates in _narrowing(list(members), task.resource.format):
        if len(candidates) == 1:
            return members[candidates[0]]
        if candidates:
            more = ["…"] if len(candidates) > MEMBERS_SHOWN_MAX else []
            text = ", ".join([*map(shown, sorted(candidates)[:MEMBERS_SHOWN_MAX]), *more])
            raise _Refused(task.found("archive-members", archive.file, members=text))
    note = LocalText("压缩包是空的", "the archive is empty")
    raise _Refused(task.found("compression-error", archive.file, note=note))


def _narrowing(names: list[str], format_: str) -> Iterator[list[str]]:
    """Yield what may be meant: members of the wanted format, then of any format of tables, then all."""
    endings = {name: PurePosixPath(name).suffix[1:].lower() for name in names}
    yield [name for name in names if endings[name] == format_]
    yield [name for name in names if endings[name] in TABLE_FORMATS]
    yield names


def _is_data(info: zipfile.ZipInfo) -> bool:
    """Whether a member is a file of the publisher, not a folder, a link or what a desktop leaves behind."""
    parts = PurePosixPath(info.filename).parts
    is_plain = stat.S_IFMT(info.external_attr >> 16) in (0, stat.S_IFREG)
    is_left_behind = any(part.startswith((".", "__MACOSX")) for part in parts if part != "..")
    if not parts:
        return False  # a member without a name
    return is_plain and not info.is_dir() and not is_left_behind and parts[-1].lower() != "thumbs.db"


def _check_directory(task: TableTask, archive: SourceFile) -> None:
    """Refuse a directory that is too long to be read: reading it takes memory for every member."""
    size = directory_bytes(archive.path)
    limit = task.limits.archive_members_max * NAME_BYTES_MEAN_MAX
    if size > limit:
        reason = over("字节的目录", "bytes of directory", size, limit)
        raise _Refused(task.found("archive-too-large", archive.file, reason=reason))


def directory_bytes(path: Path) -> int:
    """Return how long the directory at the end of a ZIP file says it is, 0 where there is none."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(size - 65_557, 0))
        tail = file.read()
        at = tail.rfind(b"PK\x05\x06")
        if at < 0 or len(tail) < at + 22:
            return 0
        (length,) = struct.unpack_from("<L", tail, at + 12)
        locator = at - 20
        if locator >= 0 and tail[locator : locator + 4] == b"PK\x06\x07":
            (place,) = struct.unpack_from("<Q", tail, locator + 8)
            file.seek(min(place, size))
            record = file.read(56)
            if record[:4] == b"PK\x06\x06" and len(record) == 56:
                (length,) = struct.unpack_from("<Q", record, 40)
    return min(int(length), size)
