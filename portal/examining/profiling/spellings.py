"""Spellings of integers, numbers, dates, times, years and codes that schema inference knows.

How values of a type may be written, each way narrower than what Frictionless accepts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from stdnum.cn import uscc

from portal.model.cn_codes import PROVINCE_PATTERN

FRACTION_DIGITS_MAX = 30
"""A number with more digits behind the point is taken for text."""


@dataclass(frozen=True)
class Spelling:
    """One way to write values of a type; every cell it accepts is valid under Frictionless for *properties*.

    The patterns are narrower than Frictionless: ``007``, ``1_000``, ``+5``, ``1e3`` and ``NaN`` are numbers to it, and
    more likely codes or slips in a table.
    """

    type: str
    pattern: re.Pattern[str]
    properties: tuple[tuple[str, str], ...] = ()

    def accepts(self, values: Sequence[str]) -> bool:
        """Whether all of *values* are written so and, for days, stand in the calendar."""
        if not all(map(self.pattern.fullmatch, values)):
            return False
        if self is USCC:
            return all(map(uscc.is_valid, values))
        try:
            for text in days_in(values) if self.is_day else ():
                day_of(text)
        except ValueError:
            return False
        return True

    @property
    def is_day(self) -> bool:
        """Whether its values are days, or begin with one."""
        return self.type in ("date", "datetime")


def days_in(values: Iterable[str]) -> set[str]:
    """Return the beginnings of *values* that hold the day: in a column of a million times there are few."""
    return {value[:DAY_CHARACTERS_MAX] for value in values}


def day_of(text: str) -> date:
    """Return the day that *text* begins with. Raises ValueError where the calendar has no such day.

    >>> day_of("2026年6月1日") == day_of("20260601") == day_of("2026-06-01T08")
    True
    """
    digits = _DIGITS.findall(text)
    return date.fromisoformat(digits[0]) if len(digits[0]) == 8 else date(*map(int, digits[:3]))


DAY_CHARACTERS_MAX = len("2026年12月31日")
"""The longest spelling of a day: so much of a time is read for its day."""
_DIGITS = re.compile(r"[0-9]+")
_INTEGER = r"(?:0|[1-9][0-9]{0,14})"
_FRACTION = rf"\.[0-9]{{1,{FRACTION_DIGITS_MAX}}}"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"


def _spelling(type_: str, pattern: str, **properties: str) -> Spelling:
    return Spelling(type_, re.compile(pattern), tuple(properties.items()))


PACKED_DAY = _spelling("date", r"(?:19|20)[0-9]{6}", format="%Y%m%d")
"""A day without separators; only the title can tell it from a number."""
YEAR = _spelling("year", r"[0-9]{4}")
"""Whole numbers of four digits under a title that says year; it is none of `SPELLINGS`."""
USCC = _spelling("string", r"[0-9A-HJ-NPQRTUWXY]{18}", codeFormat="uscc")
"""The unified social credit code of GB 32100, whose check character holds."""
DIVISION = _spelling(
    "string",
    rf"(?:{PROVINCE_PATTERN})"
    r"(?:0000(?:000(?:000)?)?|(?!00)[0-9]{4}(?:000(?:000)?|(?!000)[0-9]{3}(?:[0-9]{3})?)?)",
    codeFormat="division-code",
)
"""A division code of GB/T 2260, or of a town or village; where the title says so."""
POSTCODE = _spelling("string", r"[0-9]{6}", codeFormat="postcode")
"""A postcode; where the title says so."""

SPELLINGS = (
    _spelling("integer", rf" *-?{_INTEGER} *"),
    _spelling("number", rf" *-?(?:{_INTEGER}(?:{_FRACTION})?|{_FRACTION}) *"),
    _spelling(
        "number", rf" *-?(?:{_INTEGER}|[1-9][0-9]{{0,2}}(?:,[0-9]{{3}}){{1,4}})(?:{_FRACTION})? *", groupChar=","
    ),
    _spelling("boolean", r"true|True|TRUE|false|False|FALSE"),
    _spelling("date", r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"),
    _spelling("date", r"[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}", format="%Y/%m/%d"),
    _spelling("date", r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日", format="%Y年%m月%d日"),
    _spelling("date", r"[0-9]{4}\.[0-9]{1,2}\.[0-9]{1,2}", format="%Y.%m.%d"),
    PACKED_DAY,
    _spelling(
        "datetime",
        rf"{_DAY}[T ]{_CLOCK}:[0-5][0-9](?:\.[0-9]{{1,6}})?(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?",
    ),
    _spelling("datetime", rf"{_DAY} {_CLOCK}", format="%Y-%m-%d %H:%M"),
    _spelling("datetime", rf"[0-9]{{4}}/[0-9]{{2}}/[0-9]{{2}} {_CLOCK}:[0-5][0-9]", format="%Y/%m/%d %H:%M:%S"),
    _spelling("datetime", rf"[0-9]{{4}}/[0-9]{{2}}/[0-9]{{2}} {_CLOCK}", format="%Y/%m/%d %H:%M"),
    _spelling("time", rf"{_CLOCK}:[0-5][0-9]"),
    USCC,
    DIVISION,
    POSTCODE,
    _spelling("yearmonth", r"(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])"),
)
"""The narrower spelling of a type stands before the wider one."""
