"""Text in SVG: widths of Chinese and Latin letters, shortening, lines, escaping, invisible characters taken out."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from html import escape

_NARROW = frozenset("iljtfrI.,:;'|!()[]1 -")


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """Return what of a text can be seen: no marks of direction, no zero-width characters, one blank for white space.

    >>> clean("a\\u202eb\\u200bc\\n d")
    'abc d'
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) if "  " in text else text
    kept = (char if unicodedata.category(char) not in ("Cf", "Cc", "Cs", "Co", "Cn") else _blank(char) for char in text)
    return " ".join("".join(kept).split())


def _blank(char: str) -> str:
    return " " if char.isspace() else ""


@lru_cache(maxsize=4096)
def width_of(text: str, size: float = 1.0) -> float:
    """Return about how wide a text is at a size of type.

    >>> width_of("晨星区", 12), round(width_of("2026", 10), 1)
    (36.0, 23.2)
    """
    ems = 0.0
    for char in text:
        if unicodedata.east_asian_width(char) in "WFA" and not char.isascii():
            ems += 1.0
        elif char in _NARROW:
            ems += 0.36 if char != "1" else 0.58
        elif unicodedata.combining(char):
            continue
        else:
            ems += 0.7 if char.isupper() or char in "mwMW%@" else 0.58
    return ems * size


@lru_cache(maxsize=4096)
def shortened(text: str, size: float, room: float) -> str:
    """Return as much of a text as *room* has place for, with a sign where something was cut.

    >>> shortened("示范市规模以上工业", 10, 52), shortened("Ab", 10, 52)
    ('示范市规…', 'Ab')
    """
    if width_of(text, size) <= room:
        return text
    kept = ""
    left = room - size
    for char in text:
        left -= width_of(char, size)
        if left < 0:
            break
        kept += char
    return f"{kept.rstrip()}…" if kept else "…"


def in_lines(text: str, size: float, room: float, lines_max: int) -> list[str]:
    """Break a text into lines, between words where it has any; the last is cut where there is more.

    >>> in_lines("2026年10月平均31微克", 10, 70, 2), in_lines("the highest of all", 10, 60, 2)
    (['2026年10月平', '均31微克'], ['the highest', 'of all'])
    """
    lines: list[str] = []
    rest = text
    while rest and len(lines) < lines_max - 1:
        if width_of(rest, size) <= room:
            break
        end = _break(rest, size, room)
        lines.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    if rest:
        lines.append(shortened(rest, size, room))
    return lines


def _is_wide(char: str) -> bool:
    """Whether a line may be broken beside a character: it is Chinese."""
    return unicodedata.east_asian_width(char) in "WF"


def _break(text: str, size: float, room: float) -> int:
    used, end, place = 0.0, 0, 1
    for at, char in enumerate(text):
        used += width_of(char, size)
        if used > room:
            break
        place = at + 1
        following = text[at + 1 : at + 2]
        is_open = char.isspace() or _is_wide(char) or (following and _is_wide(following))
        if is_open and following not in "，。；、：）》”%":
            end = place
    return end or max(1, place)


def attribute(text: str) -> str:
    """Return a text as it stands in an attribute or between tags."""
    return escape(clean(text), quote=True)
