"""GBK/GB18030 or something else (Big5, Latin-1, EUC-KR, UTF-16): how plausible the characters are as Chinese.

Nearly every sequence of bytes decodes as GB18030. Real Chinese uses mostly the 3,755 characters of level 1 of GB/T 2312
(rows 16-55). Text in Big5 read as GB18030 gives rare characters and signs; Western text, in Latin-1 as in UTF-8, gives
single Chinese characters glued between Latin letters (``Orl閍ns``), common ones too: those are no evidence of Chinese.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from portal.examining.reading.text.decoders import decoder_of
from portal.examining.reading.text.other_countries import is_korean, of_letters

PIECE_BYTES = 64 * 1024
"""Small enough to stay in the processor's own memory from one step to the next."""

_PLAUSIBLE = 0.7
_PLAUSIBLE_KANA = 0.6
"""Japanese has kana, which count whole, and Chinese characters, which count half."""
_CLEARLY = 0.2
"""By how much another encoding must score higher to be named instead."""

_ASCII, _COMMON, _SECOND, _RARE, _SIGN, _OTHER, _EARLY = range(7)
_KINDS = 7


def wide_encoding(path: Path) -> str:
    """Name UTF-16LE or UTF-16BE where a file without a mark looks like that; "" for none.

    There NUL bytes stand on even places or on odd places, hardly ever on both, at every comma and line end; a stray
    NUL in a short text does not.
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
    # Chinese holds a NUL on the other side too, in every character whose code ends in 00, as that of 一 does.
    if not many or size % 2 or many < size / 100 or few * 4 > many or many * 2 < marks:
        return ""
    return "UTF-16BE" if sides[0] > sides[1] else "UTF-16LE"


def gb18030_or_likelier(path: Path) -> tuple[bool, str]:
    """Say whether all of a file is GB18030, and what it is more probably.

    That is UTF-8 (with faults), EUC-JP, Big5, Shift_JIS, EUC-KR, windows-1251, KOI8-R, windows-1253 or windows-1252,
    "" where nothing is more probable.
    """
    seen = _seen(path, "gb18030", _gb_classes())
    is_gb18030, score = seen is not None, seen.score if seen else 0.0
    if seen and seen.is_glued:
        return True, "UTF-8" if _utf8_share(path) >= 0.5 else "windows-1252"
    if seen and seen.may_be_korean and is_korean(seen.characters.encode("gb2312").decode("euc_kr", "ignore")):
        return True, "EUC-KR"
    if score >= _PLAUSIBLE:
        return True, ""
    if _utf8_share(path) > 0.9:
        return is_gb18030, "UTF-8"
    for other, codecs_, classes, plausible, clearly in (
        ("EUC-JP", ("euc_jp",), _kana_classes(), _PLAUSIBLE_KANA, 0.0),
        ("Big5", ("cp950", "big5hkscs"), _big5_classes(), _PLAUSIBLE, _CLEARLY),
        ("Shift_JIS", ("cp932",), _kana_classes(), _PLAUSIBLE_KANA, _CLEARLY),
    ):
        best = max(_score(path, codec, classes) or 0.0 for codec in codecs_)
        if best >= plausible and best > score + clearly:
            return is_gb18030, other
    if other := of_letters(_octets(path)):
        return is_gb18030, other
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


@dataclass
class _Seen:
    """How many characters of each class a text holds, and how many of them stand *glued* between Latin letters."""

    counts: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(_KINDS, dtype=np.int64))
    glued: int = 0
    is_there: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros(65536, dtype=np.bool_))
    """Which characters stand in it, by code."""

    @property
    def han(self) -> int:
        """The Chinese characters."""
        return int(self.counts[[_COMMON, _SECOND, _RARE, _EARLY]].sum())

    @property
    def is_glued(self) -> bool:
        """Whether most of the Chinese characters are no evidence of Chinese."""
        return self.glued > 0 and self.glued * 2 >= self.han

    @property
    def may_be_korean(self) -> bool:
        """Whether all characters stand where Korean has its syllables."""
        return bool(self.counts[_EARLY]) and not self.counts[[_COMMON, _SECOND, _RARE]].any()

    @property
    def characters(self) -> str:
        """The different characters of the first rows of GB2312."""
        return "".join(map(chr, np.flatnonzero(self.is_there & (_gb_classes() == _EARLY)).tolist()))

    @property
    def score(self) -> float:
        """How plausible the text is, 0 to 1."""
        common = int(self.counts[_COMMON] + self.counts[_EARLY])
        second, rare, signs, other = (int(self.counts[kind]) for kind in (_SECOND, _RARE, _SIGN, _OTHER))
        excess = max(signs - 2 * (common + second), 0)
        total = common + second + rare + other + excess
        if not total:
            return 1.0 if signs else 0.0
        return (common + 0.5 * second + 0.1 * rare) / total


def _seen(path: Path, codec: str, classes: npt.NDArray[np.uint8]) -> _Seen | None:
    """Return what a text in *codec* holds; None where it cannot be decoded."""
    decoder = decoder_of(codec)
    seen = _Seen()
    try:
        for piece in _pieces(path):
            units = np.frombuffer(decoder.decode(piece).encode("utf-16-le"), dtype=np.uint16)
            is_high = units > 127
            high = units[is_high]
            seen.counts += np.bincount(classes[high], minlength=_KINDS)
            seen.is_there[high] = True
            seen.glued += _glued(units, is_high)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return seen


def _score(path: Path, codec: str, classes: npt.NDArray[np.uint8]) -> float | None:
    """Return how plausible the text is in *codec*, 0 to 1; None where it cannot be decoded."""
    seen = _seen(path, codec, classes)
    return seen.score if seen else None


def _glued(units: npt.NDArray[np.uint16], is_high: npt.NDArray[np.bool_]) -> int:
    """Count the characters of runs of one or two that stand between Latin letters, or of one beside a small letter.

    ``A座`` and ``T恤`` are Chinese; ``l猫s``, ``M躄LER`` and ``蓈ry`` are not.
    """
    edges = np.flatnonzero(is_high[1:] != is_high[:-1]) + 1
    if not len(edges):
        return 0
    if is_high[0]:
        edges = edges[1:]
    edges = edges[: len(edges) // 2 * 2]
    starts, ends = edges[0::2], edges[1::2]
    short = ends - starts <= 2
    starts, ends = starts[short], ends[short]
    before, after, first = units[starts - 1], units[ends], units[starts]
    is_small = ((before >= ord("a")) & (before <= ord("z"))) | ((after >= ord("a")) & (after <= ord("z")))
    is_between = _are_letters(before) & _are_letters(after)
    is_glued = is_between | (is_small & (ends - starts == 1))
    return int((ends - starts)[is_glued & (first >= 0x3400) & (first <= 0x9FFF)].sum())


def _are_letters(units: npt.NDArray[np.uint16]) -> npt.NDArray[np.bool_]:
    folded = units | 0x20
    return (folded >= ord("a")) & (folded <= ord("z"))


def _octets(path: Path) -> npt.NDArray[np.int64]:
    """Count how often each byte stands in a file."""
    counts = np.zeros(256, dtype=np.int64)
    for piece in _pieces(path):
        counts += np.bincount(np.frombuffer(piece, dtype=np.uint8), minlength=256)
    return counts


@cache
def _gb_classes() -> npt.NDArray[np.uint8]:
    classes = _classes_of_unicode()
    _enter(classes, _decoded("gb2312", range(0xA1, 0xA4), range(0xA1, 0xFF)), _SIGN)
    _enter(classes, _decoded("gb2312", range(0xB0, 0xC9), range(0xA1, 0xFF)), _EARLY)
    _enter(classes, _decoded("gb2312", range(0xC9, 0xD8), range(0xA1, 0xFF)), _COMMON)
    _enter(classes, "€", _SIGN)
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


@cache
def _kana_classes() -> npt.NDArray[np.uint8]:
    """Kana counts as common, and so do the Chinese characters beside it: without any kana nothing is common."""
    classes = _classes_of_unicode()
    _enter(classes, "".join(map(chr, range(0x3041, 0x30FF))), _COMMON)
    _enter(classes, "、。「」・ー", _SIGN)
    _enter(classes, _decoded("cp932", range(0x88, 0x98), [*range(0x40, 0x7F), *range(0x80, 0xFD)]), _SECOND)
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
