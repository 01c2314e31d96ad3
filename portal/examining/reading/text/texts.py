"""Text files as UTF-8: an XLSX, ZIP or HTML page named CSV is refused, other encodings are converted.

What is no text is refused, the encoding decided, and a copy made where it is another.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.examining.reading.tasks import SourceFile, TableTask
from portal.examining.reading.text.encoding import EncodingFound, decide_encoding, transcode
from portal.examining.reading.text.inner_lines import has_doubled_ends, with_single_ends
from portal.examining.reading.text.stray_marks import StrayMarks, has_marks, without_marks
from portal.findings.details import Rows
from portal.findings.finding import Finding, found
from portal.model.text import LocalText
from portal.model.understood_table import Decision

OTHER_FORMATS = (
    (b"PK\x03\x04", "workbook-as-csv", LocalText("XLSX 工作簿或 ZIP 压缩包", "an XLSX workbook or a ZIP archive")),
    (b"\xd0\xcf\x11\xe0", "workbook-as-csv", LocalText("XLS 工作簿", "an XLS workbook")),
    (b"%PDF-", "not-text", LocalText("PDF 文档", "a PDF document")),
    (b"PAR1", "not-text", LocalText("Parquet 数据", "Parquet data")),
    (b"\x1f\x8b", "not-text", LocalText("GZ 压缩包", "a GZ archive")),
    (b"7z\xbc\xaf", "not-text", LocalText("7z 压缩包", "a 7z archive")),
    (b"Rar!", "not-text", LocalText("RAR 压缩包", "a RAR archive")),
    (b"\x89PNG", "not-text", LocalText("PNG 图片", "a PNG image")),
    (b"\xff\xd8\xff", "not-text", LocalText("JPEG 图片", "a JPEG image")),
    (b"{\\rtf", "not-text", LocalText("RTF 文档", "an RTF document")),
    (b"SQLite format 3", "not-text", LocalText("SQLite 数据库", "an SQLite database")),
)
_WEB_PAGE = (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta ", b"<body", b"<script", b"<style", b"<div")

_HOW = {
    "declared": ("描述文件写明", "as declared"),
    "mark": ("文件开头的字节顺序标记", "by the byte order mark"),
    "whole": ("全文都是合格的 UTF-8", "the whole file is valid UTF-8"),
    "assumed": ("全文可按 GB18030 读出通顺的汉字，请核对", "the whole file gives plausible Chinese; please check"),
}


@dataclass(frozen=True)
class PlainText:
    """One file as UTF-8 without a mark; *is_original* where that is the publisher's own.

    *repeated_headers* are lines where a file that was joined to it began with its first line again.
    """

    path: Path
    source: SourceFile
    encoding: EncodingFound
    is_original: bool
    repeated_headers: tuple[int, ...] = ()


def plain_texts(task: TableTask, files: Sequence[SourceFile]) -> tuple[list[PlainText], list[Finding]]:
    """Decide the encoding of each file; where it is not bare UTF-8 already, write a copy that is."""
    texts: list[PlainText] = []
    findings: list[Finding] = []
    for number, file in enumerate(files, start=1):
        with file.path.open("rb") as stream:
            start = stream.read(2048)
        fault = _other_format(task, file, start)
        if fault:
            findings.append(fault)
            continue
        encoding = decide_encoding(file.path, task.resource.encoding)
        if encoding.code:
            findings.append(task.found(encoding.code, file.file, row=encoding.row, note=encoding.note))
            continue
        if encoding.how == "assumed":
            findings.append(found("encoding-assumed", **task.place(file.file), value=encoding.name))
        if encoding.likelier:
            findings.append(task.found("encoding-doubtful", file.file, value=encoding.name, note=encoding.likelier))
        path, is_original = file.path, file.is_original
        if encoding.name != "utf-8" or start.startswith(codecs.BOM_UTF8):
            path, is_original = task.work_dir / f"{task.resource.name}.text-{number}.{file.format}", False
            marks = transcode(file.path, encoding.name, path)
            if marks > 1:
                findings.append(task.found("double-bom", file.file, row=1, column=1, number=marks))
        if has_doubled_ends(path):
            plain = task.work_dir / f"{task.resource.name}.ends-{number}.{file.format}"
            with_single_ends(path, plain)
            path, is_original = plain, False
            findings.append(task.found("line-ends-doubled", file.file))
        repeated: tuple[int, ...] = ()
        if encoding.may_have_marks and has_marks(path):
            plain = task.work_dir / f"{task.resource.name}.plain-{number}.{file.format}"
            stray = without_marks(path, plain)
            path, is_original, repeated = plain, False, tuple(stray.repeated)
            findings += _about_marks(task, file.file, stray)
        texts.append(PlainText(path, file, encoding, is_original, repeated))
    return texts, findings


def _about_marks(task: TableTask, file: str, stray: StrayMarks) -> Iterator[Finding]:
    """Tell of marks at the beginning of lines, and of the one that ends a text."""
    for lines, mark in ((stray.boms, "U+FEFF"), (stray.ends, "U+001A")):
        if lines:
            rows = Rows(tuple(lines))
            yield task.found("line-marks-left-out", file, row=lines[0], further_rows=lines[1:], mark=mark, rows=rows)
    if stray.is_ended:
        yield task.found("end-mark-left-out", file)


def _other_format(task: TableTask, file: SourceFile, start: bytes) -> Finding | None:
    """Find a file that is no text at all, or a web page."""
    for sign, code, kind in OTHER_FORMATS:
        if start.startswith(sign):
            return task.found(code, file.file, kind=kind)
    plain = _beginning(start)
    if plain.startswith(b"<?xml") and b"urn:schemas-microsoft-com:office:spreadsheet" in plain:
        kind = LocalText("XML 格式的 Excel 工作簿", "an Excel workbook in XML")
        return task.found("workbook-as-csv", file.file, kind=kind)
    return task.found("html-as-csv", file.file) if is_web_page(start) else None


def is_web_page(start: bytes) -> bool:
    """Whether a file that begins with *start* is a web page.

    >>> is_web_page(b"\\n<HTML><table>"), is_web_page(b"a,b")
    (True, False)
    """
    plain = _beginning(start)
    return plain.startswith(_WEB_PAGE) or (plain.startswith((b"<?xml", b"<!--")) and b"<html" in plain)


def _beginning(start: bytes) -> bytes:
    return start.removeprefix(codecs.BOM_UTF8).replace(b"\0", b"").lstrip(b"\xff\xfe \t\r\n").lower()


def encoding_decisions(texts: Sequence[PlainText]) -> Iterator[Decision]:
    """Say which encodings were decided, each once, and how."""
    for name, how in dict.fromkeys((text.encoding.name, text.encoding.how) for text in texts):
        yield Decision("encoding", name.upper(), name.upper(), *_HOW[how])
