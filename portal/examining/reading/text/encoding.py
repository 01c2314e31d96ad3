"""Encoding of text files: UTF-8, byte order mark (BOM), GBK, GB18030, UTF-16; detected, then converted.

It is decided over the whole of a file, by what decodes without a fault. A declared encoding counts first, then a byte
order mark, then UTF-8, then GB18030 where that gives plausible Chinese. What is more likely something else is named and
asked for; nothing is decoded by a guess, no character is replaced.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Literal

from portal.examining.reading.text.decoders import decoder_of
from portal.examining.reading.text.other_countries import seven_bits
from portal.examining.reading.text.plausibility import gb18030_or_likelier, is_rather_utf8, wide_encoding
from portal.findings.details import Detail, phrase
from portal.model.text import LocalText

PIECE_BYTES = 64 * 1024
"""Small pieces stay in the processor's cache while they are decoded: twice as fast as those of a megabyte."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UTF32_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_TRIED = ("utf-8", "gb18030")

_CHINESE = frozenset(["gb2312", "gbk", "gb18030", "hz"])
"""Names of codecs that GB18030 is a superset of, but for hz, which is another way to write the same characters."""
_NOT_OF_FILES = frozenset(
    ["idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem", "utf_7"]
)


@dataclass(frozen=True)
class EncodingFound:
    """What was decided of one file: *name* to decode it with, or *code* of the finding why none may be used.

    *how*: declared, mark (a byte order mark), whole (all of it is UTF-8), assumed (all of it is plausible GB18030).
    """

    name: str = ""
    how: Literal["declared", "mark", "whole", "assumed", ""] = ""
    code: Literal["encoding-error", "encoding-unclear", ""] = ""
    note: Detail = LocalText()
    row: int | None = None
    likelier: str = ""
    """What a file is more probably than what is declared."""
    may_have_marks: bool = True
    """Whether U+FEFF or 0x1A may stand in the text; False where it was decoded and held neither."""


def decide_encoding(path: Path, declared: str = "") -> EncodingFound:
    """Decide the encoding of the whole of a text file. Raises OSError."""
    with path.open("rb") as file:
        start = file.read(4)
    if start in _UTF32_MARKS:
        return EncodingFound(code="encoding-unclear", note=LocalText("UTF-32"))
    mark = next((name for sign, name in _MARKS if start.startswith(sign)), "")
    if declared:
        return _declared(path, declared, mark)
    if mark:
        return _checked(path, mark, "mark")
    wide = wide_encoding(path)
    if wide:
        return EncodingFound(code="encoding-unclear", note=LocalText(wide))
    bad_utf8, has_marks = _decoded(path, "utf-8")
    if bad_utf8 is None:
        with path.open("rb") as file:
            seven = seven_bits(file.read(PIECE_BYTES))
        if seven:
            return EncodingFound(code="encoding-unclear", note=LocalText(seven))
        return EncodingFound("utf-8", "whole", may_have_marks=has_marks)
    is_gb18030, other = gb18030_or_likelier(path)
    if other == "UTF-8":
        return EncodingFound(code="encoding-error", note=_from_here("UTF-8"), row=bad_utf8)
    if other:
        return EncodingFound(code="encoding-unclear", note=LocalText(other))
    if is_gb18030:
        return EncodingFound("gb18030", "assumed")
    bad_gb18030 = undecodable_at(path, "gb18030") or 1
    return EncodingFound(code="encoding-error", note=_from_here("UTF-8 / GB18030"), row=max(bad_utf8, bad_gb18030))


def codec_of(declared: str) -> str | None:
    """Return the codec for a declared encoding, GB18030 for GB2312 and GBK; None where there is none for text.

    >>> codec_of("GBK"), codec_of("UTF8"), codec_of("base64"), codec_of("gb-eighteen")
    ('gb18030', 'utf-8', None, None)
    """
    try:
        info = codecs.lookup(declared)
    except (LookupError, ValueError):
        return None
    if not getattr(info, "_is_text_encoding", True) or info.name.replace("-", "_") in _NOT_OF_FILES:
        return None
    if info.name in _CHINESE and info.name != "hz":
        return "gb18030"
    return "utf-8" if info.name == "utf-8-sig" else info.name


def encoding_of(path: Path) -> str | None:
    """Return the encoding by the byte order mark, else UTF-8 or GB18030, whichever decodes every byte; else None.

    GB18030 holds GB2312 and GBK. Nothing is guessed from the beginning of a file. Raises OSError.
    """
    with path.open("rb") as file:
        start = file.read(4)
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name
    return next((name for name in _TRIED if undecodable_at(path, name) is None), None)


def undecodable_at(path: Path, encoding: str) -> int | None:
    """Return the line (from 1) of the first byte that *encoding* cannot decode, None where it decodes all.

    Raises OSError, and LookupError for an encoding that does not exist.
    """
    return _decoded(path, encoding)[0]


def _decoded(path: Path, encoding: str) -> tuple[int | None, bool]:
    """Return what `undecodable_at` returns, and whether U+FEFF or 0x1A stands in what could be decoded."""
    decoder = decoder_of(encoding)
    has_marks = False
    pieces = 0
    with path.open("rb") as file:
        while True:
            piece = file.read(PIECE_BYTES)
            try:
                text = decoder.decode(piece, final=not piece)
            except UnicodeDecodeError as error:
                return _line_after(file, pieces) + error.object[: error.start].count(b"\n"), has_marks
            except UnicodeError:
                return _line_after(file, pieces), has_marks
            has_marks = has_marks or "\x1a" in text or "\ufeff" in text
            pieces += 1
            if not piece:
                return None, has_marks


def _line_after(file: BinaryIO, pieces: int) -> int:
    """Return the line that begins after so many pieces; lines are counted only where something is wrong in one."""
    file.seek(0)
    return 1 + sum(file.read(PIECE_BYTES).count(b"\n") for _ in range(pieces))


def transcode(source: Path, encoding: str, target: Path) -> int:
    """Write *source* as UTF-8 without byte order marks; return how many marks stood at its beginning.

    Line ends stay as they are. Raises OSError, and UnicodeError where a byte cannot be decoded.
    """
    decoder = decoder_of(encoding)
    marks = int(encoding == "utf-16")
    is_start = True
    with source.open("rb") as file, target.open("wb") as out:
        while True:
            piece = file.read(PIECE_BYTES)
            text = decoder.decode(piece, final=not piece)
            if is_start and text:
                bare = text.lstrip("\ufeff")
                marks += len(text) - len(bare)
                is_start = not bare
                text = bare
            out.write(text.encode("utf-8"))
            if not piece:
                return marks


def _declared(path: Path, declared: str, mark: str) -> EncodingFound:
    name = codec_of(declared)
    if name is None:
        return EncodingFound(
            code="encoding-error",
            note=phrase("没有名为 {name} 的编码", "there is no encoding {name}", name=declared),
        )
    if mark and not name.replace("_", "-").startswith(mark):
        return EncodingFound(
            code="encoding-error",
            note=phrase(
                "写明的编码是 {declared}，文件开头却是 {mark} 的标记",
                "{declared} is declared, but the file begins with the mark of {mark}",
                declared=declared,
                mark=mark.upper(),
            ),
            row=1,
        )
    if name == "gb18030" and is_rather_utf8(path):
        return EncodingFound(
            code="encoding-error",
            note=phrase(
                "写明的编码是 {declared}，全文却是合格的 UTF-8，按 {declared} 读是乱码",
                "{declared} is declared, but the whole file is UTF-8 and would be garbled as {declared}",
                declared=declared,
            ),
        )
    checked = _checked(path, name, "declared")
    if name == "gb18030" and not checked.code:
        return replace(checked, likelier=gb18030_or_likelier(path)[1])
    return checked


def _checked(path: Path, name: str, how: Literal["declared", "mark"]) -> EncodingFound:
    row, has_marks = _decoded(path, name)
    if row is None:
        return EncodingFound(name, how, may_have_marks=has_marks)
    return EncodingFound(code="encoding-error", note=_from_here(name), row=row)


def _from_here(name: str) -> LocalText:
    return LocalText(f"从这一行起不是合格的 {name}", f"from this row on it is not {name}")
