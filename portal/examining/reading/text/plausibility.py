"""GBK/GB18030 or something else (Big5, Latin-1, UTF-16): how plausible the characters are as Chinese.

Nearly every sequence of bytes decodes as GB18030. Real Chinese uses mostly the 3,755 characters of level 1 of GB/T 2312
(rows 16-55). Text in Big5 read as GB18030 gives rare characters and signs; Western text gives single high bytes between
Latin letters.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

PIECE_BYTES = 64 * 1024
"""Small enough to stay in the processor's own memory from one step to the next."""

_PLAUSIBLE = 0.7
_CLEARLY = 0.2
"""By how much another encoding must score higher to be named instead."""

_ASCII, _COMMON, _SECOND, _RARE, _SIGN, _OTHER = range(6)


def wide_encoding(path: Path) -> str:
    """Name UTF-16LE or UTF-16BE where a file without a mark looks like that; "" for none.

    There NUL bytes stand on even places only or on odd places only, at every comma and line end; a stray NUL in a
    short text does not.
    """
    sides = [0, 0]
    size = marks = 0
    for piece in _pieces(path):
        if b"\0" in piece:
            octets = np.frombuffer(piece, dtype=np.uint8)
            sides[0] += int(np.count_nonzero(octets[0::2] == 0))
            sides[1] += int(np.count_nonzero(octets[1::2] == 0))
        size += len(piece)
        marks += piece.count(b",") + piece.count(b"\n")
    few, many = sorted(sides)
    if not many or size % 2 or many < size / 100 or few * 100 > many or many * 2 < marks:
        return ""
    return "UTF-16BE" if sides[0] > sides[1] else "UTF-16LE"


def gb18030_or_likelier(path: Path) -> tuple[bool, str]:
    """Say whether all of a file is GB18030, and what it is more probably.

    That is UTF-8 (with faults), Big5 or windows-1252, "" where nothing is more probable.
    """
    score = _score(path, "gb18030", _gb_classes())
    if score is not None and score >= _PLAUSIBLE:
        return True, ""
    is_gb18030, score = score is not None, score or 0.0
    if _utf8_share(path) > 0.9:
        return is_gb18030, "UTF-8"
    big5 = max(_score(path, codec, _big5_classes()) or 0.0 for codec in ("cp950", "big5hkscs"))
    if big5 >= _PLAUSIBLE and big5 > score + _CLEARLY:
        return is_gb18030, "Big5"
    if score < 0.5 and _western_share(path) > 0.6:
        return is_gb18030, "windows-1252"
    return is_gb18030, ""


def is_rather_utf8(path: Path) -> bool:
    """Whether all of a file that is said to be GB18030 is UTF-8 beyond ASCII, and gives no plausible Chinese."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_ascii = True
    try:
        for piece in _pieces(path):
            is_ascii = is_ascii and piece.isascii()
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return not is_ascii and (_score(path, "gb18030", _gb_classes()) or 0.0) < _PLAUSIBLE


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            yield piece


def _score(path: Path, codec: str, classes: npt.NDArray[np.uint8]) -> float | None:
    """Return how plausible the text is in *codec*, 0 to 1; None where it cannot be decoded."""
    decoder = codecs.getincrementaldecoder(codec)()
    counts = np.zeros(6, dtype=np.int64)
    try:
        for piece in _pieces(path):
            units = np.frombuffer(decoder.decode(piece).encode("utf-16-le"), dtype=np.uint16)
            counts += np.bincount(classes[units[units > 127]], minlength=6)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    common, second, rare, signs, other = (int(count) for count in counts[1:])
    excess = max(signs - 2 * (common + second), 0)
    total = common + second + rare + other + excess
    if not total:
        return 1.0 if signs else 0.0
    return (common + 0.5 * second + 0.1 * rare) / total


@cache
def _gb_classes() -> npt.NDArray[np.uint8]:
    classes = _classes_of_unicode()
    _enter(classes, _decoded("gb2312", range(0xA1, 0xA4), range(0xA1, 0xFF)), _SIGN)
    _enter(classes, _decoded("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF)), _COMMON)
    _enter(classes, _decoded("gb2312", range(0xD8, 0xF8), range(0xA1, 0xFF)), _SECOND)
    return classes


@cache
def _big5_classes() -> npt.NDArray[np.uint8]:
    trails = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    classes = _classes_of_unicode()
    _enter(classes, _decoded("cp950", range(0xA1, 0xA3), trails), _SIGN)
    _enter(classes, _decoded("cp950", range(0xA4, 0xC7), trails), _COMMON)
    _enter(classes, _decoded("cp950", range(0xC9, 0xFA), trails), _SECOND)
    return classes


def _classes_of_unicode() -> npt.NDArray[np.uint8]:
    classes = np.full(65536, _OTHER, dtype=np.uint8)
    classes[:128] = _ASCII
    for first, last in ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xD800, 0xDFFF), (0xF900, 0xFAFF)):
        classes[first : last + 1] = _RARE
    return classes


def _decoded(codec: str, leads: range, trails: range | list[int]) -> str:
    return "".join(bytes([lead, trail]).decode(codec, "ignore") for lead in leads for trail in trails)


def _enter(classes: npt.NDArray[np.uint8], text: str, class_: int) -> None:
    units = np.frombuffer(text.encode("utf-16-le"), dtype=np.uint16)
    classes[units[units > 127]] = class_


def _utf8_share(path: Path) -> float:
    """Return the share of the characters beyond ASCII that decode as UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    good = bad = 0
    for piece in _pieces(path):
        text = decoder.decode(piece)
        faults = text.count("\ufffd")
        units = np.frombuffer(text.encode("utf-16-le"), dtype=np.uint16)
        bad += faults
        good += int(np.count_nonzero(units > 127)) - faults
    return good / (good + bad) if good else 0.0


def _western_share(path: Path) -> float:
    """Return the share of the runs of high bytes that are a single one beside a Latin letter."""
    single = runs = 0
    for piece in _pieces(path):
        octets = np.frombuffer(b"  " + piece + b"  ", dtype=np.uint8)
        high = octets > 127
        starts = np.flatnonzero(high[1:] & ~high[:-1]) + 1
        ends = np.flatnonzero(~high[1:] & high[:-1]) + 1
        folded = octets | 0x20
        letter = (folded >= ord("a")) & (folded <= ord("z")) & ~high
        lone = (ends - starts) == 1
        single += int(np.count_nonzero(lone & (letter[starts - 1] | letter[ends])))
        runs += len(starts)
    return single / runs if runs else 0.0
