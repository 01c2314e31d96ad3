"""Registers (登记表) that do not say so, and second copies of those that do: known by path, content and headings.

A register standard keeps fields back from an edition. That helps nothing where the same rows lie there once more: under
another spelling of the path, as a copy, in an archive, or in a table that forgot to name its standard. Such a file is
refused wherever it would be given out.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import islice
from pathlib import Path
from typing import IO

from portal.examining.reading.descriptors.paths import inside
from portal.examining.understanding import UnderstoodDataset, UnderstoodResource
from portal.findings.finding import Finding, found
from portal.model.catalog import Dataset, Edition
from portal.standards.loading import all_standards
from portal.standards.register import Standard
from portal.standards.table_schema import matched_fields
from portal.standards.visibility import keeps_back, visible_fields

HEADING_BYTES_MAX = 256 * 1024
"""So much of a file, or of a member of an archive, is looked through for the headings of a register."""
HEADING_ROWS_MAX = 100
"""So many rows of a text or sheet are looked through for the headings of a register."""
ARCHIVE_DEPTH_MAX = 4
"""Archives within archives are looked through for registers down to this depth."""
MEMBERS_LOOKED_AT_MAX = 1000
"""Members of one archive that are looked through for registers."""
NESTED_BYTES_MAX = 64 * 1024 * 1024
"""An archive within an archive is looked through for registers where it unpacks to no more."""
_REQUIRED_SHARE = 0.75
"""So much of what a standard requires makes a table look like a register of it; ours."""
_SHARE = 0.5
"""So much of all fields of a standard does so, too; ours."""
_COMMON = frozenset(["remarks", "updated"])
"""Fields that tables of every kind have."""
_KEY = re.compile(r'"((?:[^"\\]|\\.){1,100})"\s*:')
_TEXTS_OF_SHEETS = re.compile(r"(?i)(^|[/\\\\])(sharedStrings|worksheets[/\\\\][^/\\\\]*)\.xml$")
_TEXT = re.compile(r"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)</")
_NUMBERED = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[A-Za-z])[.、):,\s]\s*"
_BEFORE = re.compile(rf"^[\s*#'\"“”‘’《【\[(]*(?:{_NUMBERED})?[\s*#'\"“”‘’]*")
_BEHIND = re.compile(r"(?:\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|[\s*:'\"“”‘’》】\])])$")
_PREFIX = re.compile(r"^[a-z]{1,3}_(?=[a-z])")
_BROKEN = (OSError, ValueError, EOFError, RuntimeError, NotImplementedError, zlib.error, zipfile.BadZipFile)


def check_unsaid_registers(understood: UnderstoodDataset) -> Iterator[Finding]:
    """Yield the files of a dataset that would give out a register as it is."""
    dataset = understood.dataset
    if not dataset.is_admitted or dataset.source is None:
        return
    declared = [item for item in understood.resources if item.resource.is_restricted]
    kept = {digest: item.resource.standard for item in declared for digest in _digests(dataset, item)}
    for item in understood.resources:
        if item.resource.is_restricted:
            continue
        digests = _digests(dataset, item) if kept else ()
        standard = next((kept[digest] for digest in digests if digest in kept), "") or _looks_like(dataset, item)
        if standard:
            place = item.resource.paths[0] if item.resource.paths else ""
            yield found(
                "register-unsaid",
                dataset=dataset.name,
                resource=item.resource.name,
                file=f"{dataset.folder}/{place}" if place else dataset.descriptor_file,
                field="standard",
                name=standard,
                standard=next(one.title for one in all_standards() if one.name == standard),
            )


def standard_like(labels: Sequence[str], edition: Edition) -> Standard | None:
    """Return the standard whose register a table with the headings *labels* seems to be, of those that keep back.

    >>> headings = ["系统编号", "系统名称", "建设单位", "功能", "等级保护级别"]
    >>> standard_like(headings, "open").name, standard_like(["系统名称", "建设单位", "站点"], "open")
    ('information-system', None)
    """
    return next((item for item in all_standards() if keeps_back(item, edition) and _is_like(item, labels)), None)


def _undecorated(label: str) -> str:
    """Return a heading without what forms put around it: numbers, stars, quotes, notes in brackets, colons, prefixes.

    >>> [_undecorated(label) for label in ("3、系统名称", "*系统名称（必填）：", "“系统名称”", "system-name", "t_name")]
    ['系统名称', '系统名称', '系统名称', 'system_name', 'name']
    """
    bare = _BEFORE.sub("", unicodedata.normalize("NFKC", label))
    while bare != (shorter := _BEHIND.sub("", bare)):
        bare = shorter
    return _PREFIX.sub("", bare.replace("-", "_"))


def _is_like(standard: Standard, labels: Sequence[str]) -> bool:
    matched = {item.name for item in matched_fields(standard, [*labels, *map(_undecorated, labels)]) if item}
    required = {item.name for item in standard.fields if item.is_required}
    hidden = {item.name for item in standard.fields} - visible_fields(standard, "open") - _COMMON
    if len(matched & hidden) < 2:
        return False
    return len(matched & required) >= _REQUIRED_SHARE * len(required) or len(matched) >= _SHARE * len(standard.fields)


def _looks_like(dataset: Dataset, item: UnderstoodResource) -> str:
    rows: Iterator[Sequence[str]]
    if item.resource.kind == "table" and item.table is None:
        return ""  # it could not be read, and is refused for that
    if item.table is not None:
        fields = item.resource.schema.fields
        rows = iter(
            [
                item.table.labels or [str(field.get("name")) for field in item.table.schema.get("fields", [])],
                [field.name for field in fields],
                [field.title.zh for field in fields],
            ]
        )
    else:
        rows = _rows_of_files(dataset, item)
    found_ones = (standard_like(row, dataset.edition) for row in rows if len(row) > 2)
    return next((one.name for one in found_ones if one), "")


def _digests(dataset: Dataset, item: UnderstoodResource) -> list[str]:
    return [_digest(path) for path in _files(dataset, item)]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(dataset: Dataset, item: UnderstoodResource) -> list[Path]:
    assert dataset.source is not None
    return [inside(dataset.source.folder, name) for name in item.resource.paths]


def _rows_of_files(dataset: Dataset, item: UnderstoodResource) -> Iterator[Sequence[str]]:
    for path in _files(dataset, item):
        with path.open("rb") as file:
            yield from _rows(file, ARCHIVE_DEPTH_MAX)


def _rows(file: IO[bytes], depth: int) -> Iterator[Sequence[str]]:
    """Yield what may be headings in *file*, whatever it is; what cannot be read says nothing here."""
    try:
        start = file.read(4)
        file.seek(0)
        if start[:2] == b"PK":
            yield from _rows_of_pack(file, depth)
        elif start[:2] == b"\x1f\x8b" and depth:
            with gzip.open(file) as inner:
                yield from _rows(io.BytesIO(inner.read(NESTED_BYTES_MAX)), depth - 1)
        elif depth and _is_tar(file):
            with tarfile.open(fileobj=file, mode="r:") as archive:
                for member in islice(archive, MEMBERS_LOOKED_AT_MAX):
                    content = archive.extractfile(member) if member.isfile() else None
                    if content:
                        yield from _rows(io.BytesIO(content.read(NESTED_BYTES_MAX)), depth - 1)
        else:
            yield from _rows_of_text(file.read(HEADING_BYTES_MAX))
    except (*_BROKEN, tarfile.TarError):
        return


def _is_tar(file: IO[bytes]) -> bool:
    head = file.read(512)
    file.seek(0)
    return head[257:262] == b"ustar"


def _rows_of_pack(file: IO[bytes], depth: int) -> Iterator[Sequence[str]]:
    """Yield the texts of a workbook, in their order, or else rows of the members of a ZIP archive.

    A workbook is not opened as one: a cell far away would fill the memory.
    """
    with zipfile.ZipFile(file) as archive:
        parts = [info for info in archive.infolist() if _TEXTS_OF_SHEETS.search(info.filename)]
        for info in parts[:MEMBERS_LOOKED_AT_MAX]:
            with archive.open(info) as part:
                xml = part.read(HEADING_BYTES_MAX).decode("utf-8", errors="replace")
            yield [unescape(text) for text in _TEXT.findall(xml)]
    if depth and not parts:
        yield from _rows_of_members(file, depth)


def _rows_of_members(file: IO[bytes], depth: int) -> Iterator[Sequence[str]]:
    with zipfile.ZipFile(file) as archive:
        for info in archive.infolist()[:MEMBERS_LOOKED_AT_MAX]:
            if not info.is_dir() and not info.flag_bits & 1:
                with archive.open(info) as member:
                    head = member.read(HEADING_BYTES_MAX)
                    is_pack = head[:2] in (b"PK", b"\x1f\x8b")
                    rest = member.read(NESTED_BYTES_MAX - len(head)) if is_pack else b""
                yield from _rows(io.BytesIO(head + rest), depth - 1)


def _rows_of_text(data: bytes) -> Iterator[Sequence[str]]:
    """Yield the lines of a text cut at each usual delimiter, and the keys of its objects, should it be JSON."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = data.decode(encoding, errors="replace")
    if "\ufffd" in text[: len(text) // 2]:
        text = data.decode("gb18030", errors="replace")
    lines = text.splitlines()[:HEADING_ROWS_MAX]
    for delimiter in ",\t;|":
        yield from (row for row in csv.reader(lines, delimiter=delimiter) if len(row) > 2)
    yield list(dict.fromkeys(_KEY.findall(text)))
