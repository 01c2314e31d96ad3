"""Numbers of charts in words: 3,120万, 4.1 million; few digits, units; periods of time; shares and changes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta

from portal.i18n import day_text, translate
from portal.publishing.site.charts.chart import Step

_SCALED = ("万", "亿", "千", "百万")
_MULTIPLES = (("10,000 ", 1e4), ("100 million ", 1e8))
"""What English units begin with where Chinese has a word for so many."""
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
EXACT_DIGITS = 12
"""Digits of a number that are its own; what lies behind them comes from reckoning in binary."""
_EPOCH = date(1970, 1, 1)
_WEEKS = date(1969, 12, 29)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def few_digits(number: float, digits: int = 3) -> float:
    """Return a number with *digits* significant digits at least, whole from there on.

    >>> few_digits(31.26), few_digits(0.012345), few_digits(18437.4), few_digits(0), few_digits(0.6974999999999999)
    (31.3, 0.0123, 18437.0, 0.0, 0.698)
    """
    if not number or not math.isfinite(number):
        return number if number else 0.0
    number = float(f"{number:.{EXACT_DIGITS}g}")
    places = max(0, digits - 1 - math.floor(math.log10(abs(number))))
    return round(number, places)


def plain_number(lang: str, number: float) -> str:
    """Write a number with its digits grouped and without noughts at the end.

    >>> plain_number("en", 1234567.0), plain_number("zh", -0.5), plain_number("zh", 0.0123), plain_number("zh", -0.0)
    ('1,234,567', '−0.5', '0.0123', '0')
    >>> plain_number("zh", 1e30), plain_number("en", -2.5e-13)
    ('1×10³⁰', '−2.5×10⁻¹³')
    """
    if number == round(number) and abs(number) < 1e15:
        text = f"{abs(number):,.0f}"
    elif 1e-4 <= abs(number) < 1e15:
        places = max(0, 2 - math.floor(math.log10(abs(number)))) if abs(number) < 1 else 3
        text = f"{abs(number):,.{places}f}".rstrip("0").rstrip(".")
    else:
        digits, _, power = f"{abs(number):.2e}".partition("e")
        text = f"{digits.rstrip('0').rstrip('.')}×10{str(int(power)).translate(_RAISED)}"
    return f"−{text}" if number < 0 and text.strip("0.,") else text


def short_number(lang: str, number: float, unit: str = "") -> str:
    """Write a number as briefly as axes want it; one whose unit is a multiple already is not scaled again.

    >>> short_number("zh", 4_123_000), short_number("en", 4_123_000), short_number("zh", 123456, "万元")
    ('412.3万', '4.12M', '123,456')
    >>> short_number("zh", 18437), short_number("zh", 150000), short_number("en", 31.26)
    ('18,437', '15万', '31.3')
    """
    size = abs(number)
    if size < 100_000 or size >= 1e15 or unit.startswith(_SCALED) or "10,000" in unit or "illion" in unit:
        return plain_number(lang, few_digits(number))
    steps = ((1e8, "亿"), (1e4, "万")) if lang == "zh" else ((1e9, "bn"), (1e6, "M"), (1e3, "k"))
    for by, sign in steps:
        if few_digits(size / by, 4 if lang == "zh" else 3) >= 1:
            return plain_number(lang, few_digits(number / by, 4 if lang == "zh" else 3)) + sign
    return plain_number(lang, few_digits(number))


def amounts(lang: str, numbers: Sequence[float], unit: str) -> list[str]:
    """Write numbers that are told side by side: with all their digits where different ones would read the same.

    >>> amounts("zh", (12.341, 12.34), "米"), amounts("zh", (12.341, 12.5), "米")
    (['12.341 米', '12.34 米'], ['12.3 米', '12.5 米'])
    """
    told = [amount(lang, number, unit) for number in numbers]
    if len(set(told)) < len(set(numbers)):
        return [amount(lang, number, unit, is_exact=True) for number in numbers]
    return told


def amount(lang: str, number: float, unit: str, *, is_exact: bool = False) -> str:
    """Write a number with its unit as it stands in a sentence.

    >>> amount("zh", 31.26, "微克/立方米"), amount("en", 31.26, "µg/m³"), amount("en", 12.04, "%")
    ('31.3 微克/立方米', '31.3 µg/m³', '12%')
    >>> amount("zh", 4_123_000, "人次"), amount("en", 11102, "10,000 kWh")
    ('412.3万人次', '111M kWh')
    """
    if lang == "en":
        for words, by in _MULTIPLES:
            if unit.startswith(words):
                number, unit = number * by, unit.removeprefix(words)
    text = plain_number(lang, number) if is_exact else short_number(lang, number, unit)
    if not unit:
        return text
    is_joined = unit == "%" or text.endswith(("万", "亿"))
    return f"{text}{unit}" if is_joined else f"{text} {unit}"


def percent(lang: str, share: float, digits: int = 0) -> str:
    """Write a share in per cent: with *digits* decimals from ten on, else with one; more than nothing is never nought.

    >>> percent("zh", 0.188), percent("zh", 0.0312), percent("zh", 0.0004), percent("en", 1)
    ('19%', '3.1%', '<0.1%', '100%')
    """
    number = abs(share) * 100
    if 0 < number < 0.05:
        return "<0.1%"
    if 99.5 <= number < 100:
        return f"{math.floor(number * 10) / 10:g}%"
    if number < 9.95:
        return f"{number:.1f}".removesuffix(".0") + "%"
    return f"{math.floor(number * 10**digits + 0.5 + 1e-9) / 10**digits:.{digits}f}%"


def period(lang: str, step: Step, moment: int) -> str:
    """Return what a step of time is called.

    >>> period("zh", "month", 24321), period("en", "month", 24321), period("zh", "quarter", 8106)
    ('2026年10月', 'October 2026', '2026年第3季度')
    >>> period("en", "quarter", 8106), period("zh", "year", 2026), period("zh", "day", 20454)
    ('Q3 2026', '2026年', '2026年1月1日')
    >>> period("en", "week", 2922), period("zh", "hour", 490896)
    ('the week of 29 December 2025', '2026年1月1日0时')
    """
    if step == "year":
        return f"{moment}年" if lang == "zh" else str(moment)
    if step == "school_year":
        return f"{moment}–{moment + 1}学年" if lang == "zh" else f"school year {moment}–{moment + 1}"
    if step == "fiscal_year":
        return f"{moment}–{moment + 1}年度" if lang == "zh" else f"{moment}–{moment + 1}"
    if step == "quarter":
        year, part = divmod(moment, 4)
        return f"{year}年第{part + 1}季度" if lang == "zh" else f"Q{part + 1} {year}"
    if step == "month":
        year, part = divmod(moment, 12)
        if lang == "zh":
            return f"{year}年{part + 1}月"
        return f"{date(2000, part + 1, 1):%B} {year}"
    if step == "week":
        return translate(lang, "the week of %(day)s", day=day_text(lang, _WEEKS + timedelta(weeks=moment)))
    if step == "day":
        return day_text(lang, _EPOCH + timedelta(days=moment))
    day = day_text(lang, _EPOCH + timedelta(days=moment // 24))
    return f"{day}{moment % 24}时" if lang == "zh" else f"{moment % 24}:00 on {day}"


def short_period(lang: str, step: Step, moment: int) -> str:
    """Return what a step of time is called on an axis or in a table.

    >>> short_period("zh", "month", 24321), short_period("en", "month", 24321), short_period("en", "day", 20454)
    ('2026-10', 'Oct 2026', '2026-01-01')
    """
    if step == "year":
        return str(moment)
    if step in ("school_year", "fiscal_year"):
        return f"{moment}–{moment + 1}"
    if step == "quarter":
        return f"{moment // 4}Q{moment % 4 + 1}" if lang == "zh" else f"Q{moment % 4 + 1} {moment // 4}"
    if step == "month":
        year, part = divmod(moment, 12)
        return f"{year}-{part + 1:02d}" if lang == "zh" else f"{_MONTHS[part]} {year}"
    if step == "week":
        return (_WEEKS + timedelta(weeks=moment)).isoformat()
    if step == "day":
        return (_EPOCH + timedelta(days=moment)).isoformat()
    return f"{(_EPOCH + timedelta(days=moment // 24)).isoformat()} {moment % 24:02d}:00"


def month_name(lang: str, month: int) -> str:
    """Return the name of a month from 1 as axes have it.

    >>> month_name("zh", 10), month_name("en", 10)
    ('10月', 'Oct')
    """
    return f"{month}月" if lang == "zh" else _MONTHS[month - 1]
