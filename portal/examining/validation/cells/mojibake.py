"""Garbled text (乱码, mojibake): 锟斤拷, 烫烫烫, UTF-8 read as GBK or Latin-1.

Such text was decoded in one encoding and saved in another. Some of it is certain and lost for good; some only looks
like it, and is told from honest text by what it would be in the right encoding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from portal.findings.details import phrase
from portal.model.text import LocalText

_LOST = re.compile("\ufffd|锟斤拷")
_UNSET = re.compile("烫烫烫|屯屯屯")
_UNSET_REASON = LocalText("未初始化内存的痕迹", "a trace of memory that was never set")

_HIGH = "".join(bytes([byte]).decode("cp1252", errors="ignore") for byte in range(0x80, 0xC0))
_LATIN = re.compile(f"[\u00c2-\u00f4][\u0080-\u00bf{re.escape(_HIGH)}]{{1,3}}")
"""Text in UTF-8 read as Latin-1 or Windows-1252: a letter with an accent, then characters of the upper block."""

_UPPER = re.compile("(?:[\u00b0-\u00d7][\u00a1-\u00fe]){2,}")
"""Text in GB2312 read as Latin-1: pairs of characters of the upper block."""


def _pairs(firsts: range, seconds: range) -> str:
    """Return the characters that GBK has for two bytes out of these ranges."""
    return "".join(bytes([one, two]).decode("gbk", errors="ignore") for one in firsts for two in seconds)


_TAIL = range(0x80, 0xC0)
_HAN_LEAD = range(0xE4, 0xEA)
_GBK = re.compile(
    "".join(f"[{re.escape(_pairs(*two))}]" for two in ((_HAN_LEAD, _TAIL), (_TAIL, _HAN_LEAD), (_TAIL, _TAIL)))
)
"""Text in UTF-8 read as GBK: three Chinese characters stand for the six bytes of two."""


_SUSPICIOUS = re.compile("|".join(pattern.pattern for pattern in (_LOST, _UNSET, _LATIN, _UPPER, _GBK)))


@dataclass(frozen=True)
class Mojibake:
    """Looks for garbled text in a column of words."""

    codes: ClassVar[frozenset[str]] = frozenset(["mojibake", "mojibake-suspected"])

    def suspicion(self, cell: str) -> str:
        """Whatever holds one of the sequences."""
        return f"regexp_matches({cell}, '{_suspicious_in_re2()}')"

    def is_clean(self, column: str) -> bool:
        """Whether none holds one."""
        return column.isascii() or not _SUSPICIOUS.search(column)

    def faults(self, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield at most one fault.

        >>> [code for code, _ in Mojibake().faults("市\\ufffd局")]
        ['mojibake']
        >>> [dict(details["reason"].parts) for _, details in Mojibake().faults("åŒ—äº¬ ")]
        [{'encoding': 'UTF-8', 'meant': '北京'}]
        >>> [dict(details["reason"].parts)["meant"] for _, details in Mojibake().faults("娴嬭瘯")]
        ['测试']
        >>> list(Mojibake().faults("Café de Paris, 北京·東京"))
        []
        """
        if _LOST.search(text):
            yield "mojibake", {}
        elif _UNSET.search(text):
            yield "mojibake-suspected", {"reason": _UNSET_REASON}
        else:
            encoding, meant = next(_readings(text), ("", ""))
            if meant:
                reason = phrase(
                    "按 {encoding} 应为“{meant}”", "read as {encoding} it is {meant}", encoding=encoding, meant=meant
                )
                yield "mojibake-suspected", {"reason": reason}


def _readings(text: str) -> Iterator[tuple[str, str]]:
    """Yield what parts of garbled text would be in the right encoding; nothing where it is not garbled."""
    for match in _UPPER.finditer(text):
        meant = match[0].encode("latin-1").decode("gb2312", errors="replace")
        if all(map(_is_common, meant)):
            yield "GB2312", meant
    latin = "".join(_as_utf_8(_latin_bytes(match[0])) for match in _LATIN.finditer(text))
    if any(char >= "\u2e80" for char in latin) or (latin and re.search("[ÂÃ][\u0080-\u00bf]", text)):
        yield "UTF-8", latin
    for match in _GBK.finditer(text):
        meant = _as_utf_8(match[0].encode("gbk"))
        if meant and all(map(_is_common, meant)):
            yield "UTF-8", meant


def _latin_bytes(text: str) -> bytes:
    return b"".join(char.encode("latin-1") if ord(char) < 256 else char.encode("cp1252") for char in text)


def _as_utf_8(content: bytes) -> str:
    for end in (len(content), 2):
        try:
            return content[:end].decode("utf-8")
        except UnicodeDecodeError:
            continue
    return ""


def _is_common(char: str) -> bool:
    """Whether a character is among the 3,755 of the first level of GB 2312."""
    try:
        content = char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(content) == 2 and 0xB0 <= content[0] <= 0xD7


@cache
def _suspicious_in_re2() -> str:
    """Return the pattern without anything that SQL or its engine of regular expressions would take otherwise."""
    plain = re.sub(r"[^\x20-\x7e]", lambda match: f"\\x{{{ord(match[0]):X}}}", _SUSPICIOUS.pattern)
    return plain.replace("'", "''")
