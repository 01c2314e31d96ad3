"""Encodings of other countries and of seven bits: EUC-KR, windows-1251, KOI8-R, windows-1253, ISO-2022-JP, HZ.

Each is told by what its texts are full of. A name that is told is one that a person may declare, so a wrong one would
be garbled text without a further word.
"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

_LETTERS_MIN = 24
"""So many high bytes that are all letters of Russian are Russian: of Chinese ones every third is another."""
_SYLLABLES_MIN = 10
"""Fewer different characters say nothing of a language."""
_USUAL_SHARE = 0.25

_USUAL_SYLLABLES = frozenset("이다가의에을를는은로한시도구동군대서부인천경기남북원사고지자정보공주해상수일장소명번호")
"""Every third syllable of Korean is one of these; of Chinese characters read as Hangul every thirtieth."""
_RUSSIAN, _GREEK = b"\xee\xe0\xe8\xf2", b"\xe1\xef\xe9\xf4"
"""The commonest letters that only one of the two has at that byte: оаит in windows-1251, αοιτ in windows-1253."""

_ESCAPED = re.compile(rb"\x1b\$(?:[@AB]|\([A-Z])")
_TILDES = re.compile(rb"~\{(?:[!-w][!-~])+~\}")


def is_korean(text: str) -> bool:
    """Whether different characters, read as Korean, are the usual syllables of Korean.

    >>> is_korean("번호이름서울특별시부산"), is_korean("굶궁궤귀규균극글긁긴길깊")
    (True, False)
    """
    syllables = {char for char in text if "가" <= char <= "힣"}
    return len(syllables) >= _SYLLABLES_MIN and len(syllables & _USUAL_SYLLABLES) >= len(syllables) * _USUAL_SHARE


def of_letters(counts: npt.NDArray[np.int64]) -> str:
    """Name the encoding of a text by how often it has each of the 256 bytes, where all high ones are letters.

    Russian and Greek have small letters above, KOI8-R below them; "" where it is none of these.
    """
    high = int(counts[0x80:].sum())
    if high < _LETTERS_MIN or counts[0x80:0xC0].any():
        return ""
    if counts[0xC0:0xE0].sum() > counts[0xE0:].sum():
        return "KOI8-R"
    russian, greek = (sum(int(counts[byte]) for byte in letters) for letters in (_RUSSIAN, _GREEK))
    return "windows-1253" if greek > russian else "windows-1251"


def seven_bits(start: bytes) -> str:
    r"""Name an encoding that writes other characters in ASCII, by the beginning of a text; "" for none.

    >>> seven_bits("名称".encode("hz")), seven_bits("名称".encode("iso2022_jp")), seven_bits(b"a,b\n~{x}\n")
    ('HZ', 'ISO-2022-JP', '')
    """
    if not start.isascii():
        return ""
    if escaped := _ESCAPED.search(start):
        return {b"\x1b$A": "ISO-2022-CN", b"\x1b$(": "ISO-2022-JP-2"}.get(escaped[0][:3], "ISO-2022-JP")
    return "HZ" if _TILDES.search(start) else ""
