"""Number formats of cells (0000000, h:mm, yyyy-mm-dd): whether one shows leading zeros, a day, a time of day.

A workbook holds numbers; what they are, people see by the format alone. Only formats that say more than the number
does are told apart here; of all others the number is what counts.
Source: ECMA-376 part 1, 18.8.30 (numFmt) and 18.8.31.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

FORMAT_CHARACTERS_MAX = 255
"""A longer format is none that a spreadsheet program writes; the number counts as it stands."""

Kind = Literal["digits", "day", "moment", "time"]

_BUILT_IN: Mapping[int, Kind] = {
    **dict.fromkeys((14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), "day"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 45, 47), "time"),
    22: "moment",
}
"""Formats that a workbook names by number alone. 34, 35, 55 and 56 are times in Chinese and days in Japanese."""
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9]+(?:\.[0-9]+)?)\]")
_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]|(AM/PM|A/P|上午/下午|[GgB][0-9]?(?=[eyg])|General)|(.)', re.I | re.S
)
"""Quoted text, an escaped sign, room for a sign, a colour or place, words, any other sign."""
_SEPARATOR = re.compile(r'(?<!\\);(?=(?:[^"]*"[^"]*")*[^"]*$)')
_COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    "<": lambda value, limit: value < limit,
    ">": lambda value, limit: value > limit,
    "<=": lambda value, limit: value <= limit,
    ">=": lambda value, limit: value >= limit,
    "=": lambda value, limit: value == limit,
    "<>": lambda value, limit: value != limit,
}


@dataclass(frozen=True)
class NumberFormat:
    """What a format shows of a number: *kind*; *code* is the format itself, "" for one that is known by its number."""

    kind: Kind
    code: str = ""

    def digits(self, value: float) -> str | None:
        """Return the whole number *value* with the zeros and signs that the format shows; None where it shows none.

        >>> NumberFormat("digits", "0000000").digits(123), NumberFormat("digits", "000-0000").digits(20123)
        ('0000123', '002-0123')
        >>> NumberFormat("digits", '[=1]"男";[=2]"女";0').digits(2)
        '女'
        """
        if not float(value).is_integer():
            return None
        section, is_negative = _section_for(self.code, value)
        if _CONDITION.search(self.code) and (word := _word(section)):
            return word
        if not _shows_zeros(section):
            return None
        text = _filled(section, str(abs(int(value))))
        return f"-{text}" if is_negative else text

    @property
    def hides_zero(self) -> bool:
        """Whether a cell that holds 0 shows nothing, as with ``yyyy-mm-dd;;``."""
        parts = sections(self.code)
        return len(parts) > 2 and not parts[2].strip() and not _CONDITION.search(self.code)


@lru_cache(maxsize=4096)
def format_of(code: str) -> NumberFormat | None:
    """Return what the format *code* shows beyond the number, None for nothing.

    >>> [found and found.kind for found in map(format_of, ("000", "yyyy/m/d", "h:mm", "yyyy/m/d h:mm", "[h]:mm"))]
    ['digits', 'day', 'time', 'moment', None]
    >>> format_of("#,##0.00"), format_of('0"d"'), format_of("General")
    (None, None, None)
    """
    if len(code) > FORMAT_CHARACTERS_MAX:
        return None
    first = sections(code)[0]
    if re.search(r"\[(h+|m+|s+)\]", first, re.IGNORECASE):
        return None  # hours, minutes or seconds that go on counting: the reader gives a duration
    signs = "".join(sign for sign in _signs(first)).lower()
    if "general" not in signs and "@" not in signs:
        has_time = bool(re.search("[hs]|am/pm|a/p|上午/下午", signs))
        is_number = not has_time and bool(re.search("[0#?]", signs))
        has_day = not is_number and bool(re.search("[ydebg]" if has_time else "[ydebgm]", signs))
        if has_time or has_day:
            return NumberFormat("moment" if has_time and has_day else "time" if has_time else "day", code)
    parts = sections(code)
    has_words = any(_CONDITION.search(part) and _word(part) for part in parts)
    return NumberFormat("digits", code) if has_words or any(map(_shows_zeros, parts)) else None


def built_in(number: int) -> NumberFormat | None:
    """Return what the format of this number shows, where a workbook does not spell it out.

    >>> built_in(22), built_in(1)
    (NumberFormat(kind='moment', code=''), None)
    """
    kind = _BUILT_IN.get(number)
    return NumberFormat(kind) if kind else None


def sections(code: str) -> list[str]:
    """Return the parts of a format for positive and negative numbers, for zero and for text.

    >>> sections('0000;-0000;"a;b"')
    ['0000', '-0000', '"a;b"']
    """
    return _SEPARATOR.split(code)


def _signs(section: str) -> Iterator[str]:
    """Yield the signs of a section that stand for something, not those that are shown as they are."""
    for token in _TOKEN.finditer(section):
        yield token[3] or token[4] or ""


def _section_for(code: str, value: float) -> tuple[str, bool]:
    """Return the section that shows *value*, and whether a sign has to stand in front of it."""
    parts = sections(code)
    conditions = [_CONDITION.search(part) for part in parts]
    if any(conditions):
        for part, condition in zip(parts, conditions, strict=True):
            if condition is None or _COMPARED[condition[1]](value, float(condition[2])):
                return part, value < 0
        return "", False
    if value < 0 and len(parts) > 1:
        return parts[1], False
    if value == 0 and len(parts) > 2:
        return parts[2], False
    return parts[0], value < 0


def _word(section: str) -> str:
    """Return the word that a section shows in place of any number, "" where it shows the number or a mere sign."""
    tokens = list(_TOKEN.finditer(section))
    text = "".join(token[1] or token[2] or token[4] or "" for token in tokens).strip()
    has_places = any(token[4] and token[4] in "0#?@" for token in tokens)
    return text if not has_places and any(map(str.isalpha, text)) else ""


def _shows_zeros(section: str) -> bool:
    """Whether a section shows whole numbers with zeros in front: two or more ``0``, and no fraction or grouping."""
    signs = "".join(_signs(section)).replace(" ", "")
    return signs.count("0") > 1 and not re.search(r"[^0#?()+\-:]", signs)


def _filled(section: str, digits: str) -> str:
    """Return the section with *digits* in its places, the rest in front of the first.

    >>> _filled('"A"0000', "12"), _filled("000", "1234")
    ('A0012', '1234')
    """
    shown: list[str] = []
    rest = list(digits)
    tokens = list(_TOKEN.finditer(section))
    places = [number for number, token in enumerate(tokens) if token[4] and token[4] in "0#?"]
    for number in range(len(tokens) - 1, -1, -1):
        token = tokens[number]
        if number in places:
            taken = rest.pop() if rest else "0" if token[4] == "0" else ""
            shown.append("".join(rest) + taken if number == places[0] else taken)
        else:
            shown.append(token[1] or token[2] or token[4] or "")
    return "".join(reversed(shown)).strip()
