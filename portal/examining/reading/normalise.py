"""Numbers and dates made plain: thousands separators, full-width digits, 2026年3月; percent (%) stays text.

Only where the schema says number or date. What cannot be made plain with certainty stays as it is, so that validation
reports it. Text is never touched, and a percentage is no number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

KINDS = frozenset({"digits", "separators", "dates"})
"""All that can be normalised; a workbook is read with all of them."""

_NUMBERS = frozenset({"integer", "number"})
_DATES = frozenset({"date", "datetime", "year", "yearmonth"})
_TIMES = frozenset({"time"})

_FULL_WIDTH = str.maketrans(
    {chr(0xFF10 + number): str(number) for number in range(10)}
    | {"．": ".", "，": ",", "－": "-", "−": "-", "＋": "+", "／": "/", "：": ":", "　": " ", "\u00a0": " "}
)
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_DAY = re.compile(r"([0-9]{4})\s*[年/.\-]\s*([0-9]{1,2})\s*[月/.\-]\s*([0-9]{1,2})\s*日?")
_EIGHT_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})\s*[年/.\-]\s*([0-9]{1,2})\s*月?")
_YEAR = re.compile(r"([0-9]{4})\s*年?")
_CLOCK = re.compile(r"([0-9]{1,2})\s*[:时]\s*([0-9]{1,2})(?:\s*[:分]\s*(?:([0-9]{1,2})\s*秒?)?)?")

_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"[0-9]{2}:[0-9]{2}:[0-9]{2}"
PLAIN: dict[str, re.Pattern[str]] = {
    "integer": re.compile(r"-?[0-9]+"),
    "number": re.compile(r"-?[0-9]+(\.[0-9]+)?"),
    "date": re.compile(_DATE),
    "time": re.compile(_TIME),
    "datetime": re.compile(f"{_DATE}T{_TIME}"),
    "yearmonth": re.compile(r"[0-9]{4}-[0-9]{2}"),
    "year": re.compile(r"[0-9]{4}"),
}
"""The spelling of each type that needs no normalising; other types are never normalised."""


def normalised(text: str, field: Mapping[str, Any], kinds: frozenset[str]) -> str:
    """Return *text* in the plain spelling of the type of *field* (Table Schema); *kinds* are those allowed.

    ``digits``: full-width digits, signs and points become ASCII. ``separators``: ``,`` between groups of three digits
    goes. ``dates``: the usual Chinese spellings become ISO 8601, for fields without a format of their own.

    >>> normalised("１，２３４．５", {"type": "number"}, KINDS), normalised("1,23", {"type": "number"}, KINDS)
    ('1234.5', '1,23')
    >>> normalised("2024年1月5日", {"type": "date"}, KINDS), normalised("2024年1月5日", {"type": "string"}, KINDS)
    ('2024-01-05', '2024年1月5日')
    """
    kind = field.get("type", "any")
    if kind in _NUMBERS:
        return _number(text, field, kinds)
    if kind in _DATES or kind in _TIMES:
        has_own_format = field.get("format", "default") not in ("default", "", None)
        return text if has_own_format else _moment(text, kind, kinds)
    return text


def has_grouped_integers(field: Mapping[str, Any]) -> bool:
    """Whether *field* holds whole numbers with a sign of its own between groups, which Frictionless does not read."""
    group = field.get("groupChar")
    return field.get("type") == "integer" and isinstance(group, str) and bool(group)


def groups_pattern(group: str, decimal: str = ".") -> str:
    """Return the pattern of a number in groups of three, with *group* between them at least once.

    >>> [re.fullmatch(groups_pattern(".", ","), text) is not None for text in ("1.234,5", "12.34", "0.123", "1.2.3")]
    [True, False, False, False]
    """
    group, decimal = (_literal(sign) for sign in (group, decimal))
    return rf"[-+]?[1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}})+(?:{decimal}[0-9]*)?(?:[eE][-+]?[0-9]+)?"


def _literal(text: str) -> str:
    """Return a pattern of *text* itself that Python and RE2 read alike."""
    return "".join(f"[{char}]" if char in ".,'_ " else re.escape(char) for char in text)


def _number(text: str, field: Mapping[str, Any], kinds: frozenset[str]) -> str:
    plain = text.translate(_FULL_WIDTH) if "digits" in kinds else text
    stripped = plain.strip()
    if has_grouped_integers(field):
        own = str(field["groupChar"])
        if re.fullmatch(groups_pattern(own), stripped) and "." not in stripped.replace(own, ""):
            return stripped.replace(own, "")
    # A field that declares separators of its own is read by those; "," may be its decimal sign.
    declares_own = field.get("groupChar") or field.get("decimalChar", ".") != "."
    if "separators" in kinds and not declares_own:
        grouped = stripped.replace("，", ",")
        if _GROUPED.fullmatch(grouped):
            return grouped.replace(",", "")
    # Full-width text that does not become a number stays as it was written.
    return stripped if stripped != text.strip() and re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", stripped) else text


def _moment(text: str, kind: str, kinds: frozenset[str]) -> str:
    plain = (text.translate(_FULL_WIDTH) if "digits" in kinds else text).strip()
    if "dates" in kinds:
        made = _MAKERS[kind](plain)
        if made is not None:
            return made
    is_plain_now = plain != text.strip() and re.fullmatch(r"[0-9:T .\-]+", plain)
    return plain if is_plain_now else text


def _date(text: str) -> str | None:
    match = _DAY.fullmatch(text) or _EIGHT_DIGITS.fullmatch(text)
    if match is None:
        return None
    try:
        return date(*(int(part) for part in match.groups())).isoformat()
    except ValueError:
        return None


def _time(text: str) -> str | None:
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hour, minute, second = (int(part or 0) for part in match.groups())
    return f"{hour:02}:{minute:02}:{second:02}" if hour < 24 and minute < 60 and second < 60 else None


def _datetime(text: str) -> str | None:
    day, found_space, clock = text.replace("T", " ", 1).rpartition(" ")
    if not found_space and "日" in text:
        day, _, clock = text.partition("日")
    made_day, made_clock = _date(day.strip()), _time(clock.strip())
    return f"{made_day}T{made_clock}" if made_day and made_clock else None


def _month(text: str) -> str | None:
    match = _MONTH.fullmatch(text) or re.fullmatch(r"([0-9]{4})([0-9]{2})", text)
    return f"{match[1]}-{int(match[2]):02}" if match and 1 <= int(match[2]) <= 12 else None


def _year(text: str) -> str | None:
    match = _YEAR.fullmatch(text)
    return match[1] if match else None


_MAKERS = {"date": _date, "datetime": _datetime, "time": _time, "yearmonth": _month, "year": _year}
