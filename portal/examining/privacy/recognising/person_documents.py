"""Detectors of other documents of persons: passport (护照), permits, cards of Hong Kong and Taiwan, old ID, officers.

None of them proves itself by a check digit, so each needs a word: in the title of its column or right before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from portal.examining.privacy.recognising.detectors import ID_SHAPE, Hit, has_province, is_day, is_resident_id
from portal.model.cn_codes import RESIDENT_PROVINCES

_PARTED = re.compile(r"[\s./_-]")
_HONG_KONG = r"[A-Z]{1,2}[0-9]{6}\([0-9A]\)"
_MACAU = r"[1578][0-9]{6}\([0-9A-Z]\)"
_TAIWAN = r"[A-Z][1289][0-9]{8}"
_RESIDENCE = r"[A-Z]{3}[0-9]{12}"
_CHINESE_PASSPORT = r"E[0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|G[0-9]{8}|[DSP]E?[0-9]{7,8}"
_PERMIT = r"[HMC][A-Z]?[0-9]{7,8}(?:[0-9]{2})?|[0-9]{8}"
_FOREIGN_PASSPORT = r"(?=(?:[A-Z]{0,4}[0-9]){5})[A-Z0-9]{6,10}"
_OFFICER = r"[㐀-鿿]{0,4}字?第?[0-9]{5,8}号?"
_LICENSED = re.compile(rf"E[0-9]{{8}}|E[A-HJ-NP-Z][0-9]{{7}}|[HM][0-9]{{8}}(?:[0-9]{{2}})?|{_HONG_KONG}")
_STATED = re.compile(
    rf"{_LICENSED.pattern}|{_MACAU}|{_TAIWAN}|{_RESIDENCE}|{_PERMIT}|[㐀-鿿]{{1,4}}字?第[0-9]{{5,8}}号?|[A-Z](?=(?:[A-Z]{{0,4}}[0-9]){{5}})[A-Z0-9]{{6,9}}"
)


def find_stated_ids(text: str, today: date, *, is_licence: bool = False) -> Iterator[Hit]:
    """Find what a cell of a column for identity numbers is, however it is parted, its check digit wrong or rounded off.

    A wrong number is still meant for somebody. Passports, permits and cards of Hong Kong, Macau and Taiwan stand there,
    too; where the title speaks of licences (*is_licence*) only the plainest of them count.

    >>> [hit.kind for text in ("11010.18500101.0010", "A123456(3)", "1234567(8)", "A123456789", "01234567")
    ...  for hit in find_stated_ids(text, date(2026, 1, 1))]
    ['passport', 'passport', 'passport', 'passport']
    >>> [hit.kind for hit in find_stated_ids("110101/18500101/0020", date(2026, 1, 1))]
    ['id']
    """
    compact = _PARTED.sub("", text)
    # The certificate of a disabled person is the identity number and two digits more.
    number = compact[:18] if re.fullmatch(r"[0-9]{17}[0-9Xx][1-7][1-4]B?[0-9]?", compact) else compact
    if re.fullmatch(ID_SHAPE, number) and has_province(number) and is_day(number[6:14], today):
        yield Hit("id", text.strip(), 0, True)
    elif (_LICENSED if is_licence else _STATED).fullmatch(compact.upper()):
        yield Hit("passport", text.strip(), 0, True)


_OLD_ID = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{14}(?![0-9A-Za-z])")


def find_old_ids(text: str, today: date) -> Iterator[Hit]:
    """Find identity numbers of the old form of 15 digits; ask only where the column's title speaks of one.

    >>> [hit.masked for hit in find_old_ids("110101500101001", date(2026, 1, 1))]
    ['1*************1']
    """
    for match in _OLD_ID.finditer(text):
        if _is_old_id(match[0], today):
            yield Hit("id", match[0], match.start(), len(match[0]) == len(text.strip()))


def _is_old_id(number: str, today: date) -> bool:
    return number[:2] in RESIDENT_PROVINCES and is_day("19" + number[6:12], today)


_PASSPORT = re.compile(
    rf"(?<![0-9A-Za-z])(?:{_CHINESE_PASSPORT}|[HMC][0-9]{{8}}(?:[0-9]{{2}})?|[0-9]{{8}})(?![0-9A-Za-z])"
)


def find_passports(text: str) -> Iterator[Hit]:
    """Find passports and travel permits; ask only where the column's title speaks of them.

    >>> [hit.masked for text in ("E00000000", "C01X00T47") for hit in find_passports(text)]
    ['E*******0', 'C*******7']
    """
    whole = text.strip()
    if re.fullmatch(_FOREIGN_PASSPORT, whole.upper()):
        yield Hit("passport", whole, text.index(whole), True)
        return
    for match in _PASSPORT.finditer(text):
        yield Hit("passport", match[0], match.start(), len(match[0]) == len(whole))


_BETWEEN = r"(?:号码?|编号|卡号?)?[^0-9A-Za-z\n]{0,8}(?:(?i:no)[.:]? ?)?"
_IN_TEXT: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"(?:{word}){_BETWEEN}({number})(?![0-9A-Za-z])"))
    for kind, word, number in (
        ("passport", "护照|通行证", rf"{_CHINESE_PASSPORT}|[HMC][A-Z]?[0-9]{{7,8}}(?:[0-9]{{2}})?"),
        ("passport", "护照(?:号码?|编号)", _FOREIGN_PASSPORT),
        ("passport", "台胞证|通行证|回乡证", r"[HM]?[0-9]{8}(?:[0-9]{2})?"),
        ("passport", "身份证|证件|居民证|身分证", rf"{_HONG_KONG}|{_MACAU}|{_TAIWAN}|{_RESIDENCE}"),
        ("passport", "永久居留(?:身份)?证", _RESIDENCE),
        ("passport", "军官证|士兵证|警官证|文职干部证|军人证|士官证", _OFFICER),
        ("id-old", "身份证|证件|身份号码|公民身份|社会保障号|社保号", "[1-9][0-9]{14}"),
        ("id-disabled", "残疾[人军]?证|残疾证|证件", r"[0-9]{17}[0-9Xx][1-7][1-4](?:B[0-9])?"),
    )
)
_WORD = "证|护照|身份号码|公民身份|社会保障号|社保号"
_MAY_HOLD = re.compile(rf"(?:{_WORD})[^0-9A-Z]{{0,18}}(?![0-9]{{17}}[0-9Xx](?![0-9]))[0-9A-Z]")
"""A cheap question first; an identity number of 18 digits is not looked for here."""

STATED_SHAPE = rf"(?:{_WORD})[^0-9A-Z]{{0,18}}(?:N[oO][.:]? ?)?[0-9A-Z]{{5}}"
"""What text with one of these documents holds; a pattern of RE2 and of Python alike."""


def find_stated_documents(text: str, today: date) -> Iterator[Hit]:
    """Find documents of persons in running text, right after a word for them.

    >>> [hit.masked for hit in find_stated_documents("护照E00000000，护照号码：EA0000000", date(2026, 1, 1))]
    ['E*******0', 'E*******0']
    >>> [hit.kind for text in ("身份证号码：110101500101001", "香港身份证R123456(7)", "军官证号 军字第0123456号")
    ...  for hit in find_stated_documents(text, date(2026, 1, 1))]
    ['id', 'passport', 'passport']
    >>> list(find_stated_documents("护照办理 E00000000000，表格E00000000", date(2026, 1, 1)))
    []
    """
    if not _MAY_HOLD.search(text):
        return
    seen: set[int] = set()
    for kind, pattern in _IN_TEXT:
        for match in pattern.finditer(text):
            number, start = match[1], match.start(1)
            if start in seen or (kind == "id-old" and not _is_old_id(number, today)):
                continue
            if kind == "id-disabled" and not is_resident_id(number[:18], today):
                continue
            seen.add(start)
            yield Hit(kind.partition("-")[0], number, start)
