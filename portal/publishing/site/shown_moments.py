"""Moments, times of a day, months and zones in words of a language: 2026年3月1日 05:00, March 2026, UTC+8."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from portal.i18n import day_text

MONTH = re.compile(r"(\d{4})-(\d{2})")


def moment_shown(moment: datetime, lang: str) -> str:
    """Return a moment in words; seconds and their parts only where there are some, the zone where one is stated.

    >>> moment_shown(datetime(2026, 3, 1, 5), "zh"), moment_shown(datetime.fromisoformat("2026-03-01T05:00:07Z"), "en")
    ('2026年3月1日 05:00', '1 March 2026 05:00:07 UTC')
    >>> moment_shown(datetime.fromisoformat("2026-03-01T05:00:00.250"), "zh")
    '2026年3月1日 05:00:00.25'
    """
    clock = f"{moment:%H:%M:%S}" if moment.second or moment.microsecond else f"{moment:%H:%M}"
    if moment.microsecond:
        clock += f".{moment.microsecond:06d}".rstrip("0")
    zone = moment.utcoffset()
    return f"{day_text(lang, moment.date())} {clock}{'' if zone is None else f' {_zone(zone)}'}"


def _zone(offset: timedelta) -> str:
    minutes = int(offset.total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    return "UTC" + (f"{'-' if minutes < 0 else '+'}{hours}{f':{rest:02d}' if rest else ''}" if minutes else "")


def month_shown(text: str, lang: str) -> str:
    """Return a month in words.

    >>> month_shown("2026-03", "zh"), month_shown("2026-03", "en"), month_shown("soon", "en")
    ('2026年3月', 'March 2026', 'soon')
    """
    found = MONTH.fullmatch(text)
    if not found or not 1 <= int(found[2]) <= 12:
        return text
    if lang == "zh":
        return f"{found[1]}年{int(found[2])}月"
    return day_text(lang, date(2026, int(found[2]), 1)).split()[1] + f" {found[1]}"
