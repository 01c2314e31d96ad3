"""Detectors of ID card, mobile, bank card, passport, number plate and e-mail; spaces and hyphens too.

Direct identifiers in text, one detector a kind: each yields what it finds, with where it stands. Text comes as
`spelling.normal` gives it, so that full-width digits are digits and no tag parts a number. Blanks and hyphens inside a
group of digits are passed over. Every pattern is guarded on both sides, so that a longer number holds no shorter one,
and every repetition is bounded, so that no text takes long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from stdnum import luhn
from stdnum.cn import ric

from portal.examining.privacy.recognising.masking import masked
from portal.model.cn_codes import PLATE_PROVINCES, RESIDENT_PROVINCES


@dataclass(frozen=True)
class Hit:
    """What a detector found. The text itself never shows: not in a log, a message or a trace."""

    kind: str
    text: str = field(repr=False)
    start: int = 0
    is_whole: bool = False
    """Whether it is all there is."""

    @property
    def masked(self) -> str:
        """The text as it may be shown."""
        return masked(self.kind.partition("-")[0], self.text)


_CENTURIES = frozenset(["18", "19", "20"])

ID_SHAPE = r"[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"
# Letters may stand right beside a number (ID110101…), but not letters and digits: those make a code or a hash of it.
LETTERS = "[A-Za-z]{0,40}"
_BEFORE = rf"(?<![0-9A-Za-z]){LETTERS}"
_AFTER = rf"(?!{LETTERS}[0-9])"
_ID = re.compile(rf"{_BEFORE}({ID_SHAPE}){_AFTER}")
_ID_IN_GROUPS = re.compile(rf"{_BEFORE}(?=([0-9](?:[ -]?[0-9]){{16}}[ -]?[0-9Xx]){_AFTER})")
_WHOLE_ID = re.compile(rf"\s*{LETTERS}[0-9][0-9 -]{{16,34}}[0-9Xx]{LETTERS}\s*")


def find_ids(text: str, today: date) -> Iterator[Hit]:
    """Find resident identity numbers of 18 characters (GB 11643-1999).

    The province exists, the birth date is one and not after *today*, and the check digit is right.

    >>> [hit.text for hit in find_ids("证件ID110101185001010018，6501 0018 5011 3055 56", date(2026, 1, 1))]
    ['110101185001010018', '6501 0018 5011 3055 56']
    >>> list(find_ids("订单 110101185001010019 与 1101011850010100181", date(2026, 1, 1)))
    []
    """
    is_whole = bool(_WHOLE_ID.fullmatch(text))
    for match in _ID.finditer(text):
        if is_resident_id(match[1], today):
            yield Hit("id", match[1], match.start(1), is_whole)
    if " " in text or "-" in text:
        for match in _ID_IN_GROUPS.finditer(text):
            spaced = match[1]
            compact = spaced.replace(" ", "").replace("-", "")
            if len(compact) < len(spaced) and is_resident_id(compact, today):
                yield Hit("id", spaced, match.start(1), is_whole)


def is_resident_id(number: str, today: date) -> bool:
    """Whether *number*, 18 characters without blanks, is a resident identity number.

    >>> is_resident_id("990000198506150037", date(2026, 1, 1)), is_resident_id("440106188002291239", date(2026, 1, 1))
    (False, True)
    """
    if (
        number[:2] not in RESIDENT_PROVINCES
        or number[6:8] not in _CENTURIES
        or not (number[:17].isdigit() and number.isascii())
    ):
        return False
    return ric.calc_check_digit(number) == number[17].upper() and _is_day(number[6:14], today)


def _is_day(digits: str, today: date) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])) <= today
    except ValueError:
        return False


_PARTED = re.compile(r"[\s./_-]")
_OTHER_DOCUMENTS = re.compile(r"E[0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|[HM][0-9]{8}(?:[0-9]{2})?|[A-Z]{1,2}[0-9]{6}\([0-9A]\)")


def find_stated_ids(text: str, today: date) -> Iterator[Hit]:
    """Find what a cell of a column for identity numbers is, however it is parted, its check digit wrong or rounded off.

    A wrong number is still meant for somebody. Passports, permits and cards of Hong Kong stand there, too.

    >>> [hit.kind for text in ("11010.18500101.0010", "A123456(3)") for hit in find_stated_ids(text, date(2026, 1, 1))]
    ['passport']
    >>> [hit.kind for hit in find_stated_ids("110101/18500101/0020", date(2026, 1, 1))]
    ['id']
    """
    compact = _PARTED.sub("", text)
    if re.fullmatch(ID_SHAPE, compact) and compact[:2] in RESIDENT_PROVINCES and _is_day(compact[6:14], today):
        yield Hit("id", text.strip(), 0, True)
    elif _OTHER_DOCUMENTS.fullmatch(compact):
        yield Hit("passport", text.strip(), 0, True)


_OLD_ID = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{14}(?![0-9A-Za-z])")


def find_old_ids(text: str, today: date) -> Iterator[Hit]:
    """Find identity numbers of the old form of 15 digits; ask only where the column's title speaks of one.

    >>> [hit.masked for hit in find_old_ids("110101500101001", date(2026, 1, 1))]
    ['1*************1']
    """
    for match in _OLD_ID.finditer(text):
        if match[0][:2] in RESIDENT_PROVINCES and _is_day("19" + match[0][6:12], today):
            yield Hit("id", match[0], match.start(), len(match[0]) == len(text.strip()))


# The shape of mobile numbers (libphonenumber 9.0, region CN, type mobile), in groups of 3-4-4 or 4-3-4. An underscore
# joins a name to a number (张三_1380000…) as often as it joins the parts of a code (A_1380000…).
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9A-Z]_)(?<![0-9][.,])(?:\+?86[ -]?|0086[ -]?)?"
    r"((?=1(?:[ -]?[0-9]){10}(?![0-9]))(?:[0-9]{3}[ -]?[0-9]{4}[ -]?[0-9]{4}|[0-9]{4}[ -][0-9]{3}[ -][0-9]{4}))"
    r"(?![0-9A-Za-z])(?!_[0-9A-Z])(?!\.[0-9]*[1-9])"
    r"(?!(?:\.0{1,9})? ?(?:元|万|亿|米|厘米|毫米|平方|立方|吨|公斤|千克|千瓦|公里|人次|户(?![主籍口])|%))"
)
_MOBILE_AFTER_WORD = re.compile(r"(?i:tel|phone|mobile|mob|cell|wx|vx)_?(1[0-9]{10})(?![0-9A-Za-z])")
_MOBILE_LOOSE = re.compile(
    r"(?<![0-9])(?<![0-9][ .,-])(?:\+?86[ .-]?|0086[ .-]?|0)?"
    r"(1(?:[ .-]{0,2}[0-9]){10})(?![ .-]{0,2}[0-9])(?![A-Za-z]{1,40}[0-9])"
)
_MOBILE_SHAPE = re.compile(
    r"1(?:610[0-9]|740[0-5])[0-9]{6}|1(?:[38][0-9]|4[57]|[59][0-35-9]|6[25-7]|7[0-35-8])[0-9]{8}"
)
_ADDRESS_ON_THE_WEB = re.compile(r"(?:https?://|www\.)[^\s,，;；\"'<>、（）㐀-鿿]{1,2000}")
_MOBILE_IN_ADDRESS = re.compile(
    r"(?i:tel|phone|mobile|mob|cell|call|contact|shouji|sjh|dianhua|lxdh|wx|sms)[A-Za-z_-]{0,12}(?:=|:|/|%3[aAdD]){1,3}"
    r"(?:\+|%2[bB]|%20)?(?:00)?(?:86)?-?(1[0-9]{10})(?![0-9A-Za-z])"
)


def find_mobiles(text: str, *, is_hinted: bool = False) -> Iterator[Hit]:
    """Find mobile numbers of mainland China; decimals and amounts are passed over.

    In a web address only what a word for telephones stands before is one: ``?tel=…``. In a column for them
    (*is_hinted*) blanks, dots and hyphens may part the digits anywhere, and letters stand beside them.

    >>> [hit.text for hit in find_mobiles("手机13800000000 或 138-0000-0001，+86 13800000002")]
    ['13800000000', '138-0000-0001', '13800000002']
    >>> list(find_mobiles("1380000000 138000000000 0.13800000000 https://a.cn/13800000000 13800000000元"))
    []
    >>> [hit.text for hit in find_mobiles("https://a.example/call?tel=13800000000")]
    ['13800000000']
    >>> [hit.text for hit in find_mobiles("138.0000.0000", is_hinted=True)], list(find_mobiles("138.0000.0000"))
    (['138.0000.0000'], [])
    """
    if "://" in text or "www." in text:
        text = _ADDRESS_ON_THE_WEB.sub(_only_telephones, text)
    seen: set[int] = set()
    for pattern in (_MOBILE, _MOBILE_AFTER_WORD, _MOBILE_LOOSE)[: 3 if is_hinted else 2]:
        if pattern is _MOBILE_LOOSE and seen:
            return
        for match in pattern.finditer(text):
            number = re.sub("[ .-]", "", match[1])
            if match.start(1) not in seen and _MOBILE_SHAPE.fullmatch(number):
                seen.add(match.start(1))
                yield Hit("phone", match[1], match.start(1), match.span() == _span_of_whole(text))


def only_telephones(address: str) -> str:
    """Return a web address with all but the telephone numbers in it as blanks.

    >>> only_telephones("a.cn/i?id=13800000001&tel=13800000002").split()
    ['13800000002']
    """
    left = [" "] * len(address)
    for match in _MOBILE_IN_ADDRESS.finditer(address):
        left[match.start(1) : match.end(1)] = match[1]
    return "".join(left)


def _only_telephones(match: re.Match[str]) -> str:
    return only_telephones(match[0])


def _span_of_whole(text: str) -> tuple[int, int]:
    return len(text) - len(text.lstrip()), len(text.rstrip())


_LANDLINE = re.compile(r"(?<![0-9])\(?0[0-9]{2,3}\)?[ -]?[1-9][0-9]{6,7}(?![0-9])")


def has_landline(text: str) -> bool:
    """Whether a telephone number with an area code stands in *text*.

    >>> has_landline("0512-65000000"), has_landline("010-12345")
    (True, False)
    """
    return bool(_LANDLINE.search(text))


_CARD = re.compile(r"(?<![0-9A-Za-z])(?=((?:62|4|5|35)(?:[ -]?[0-9]){14,17})(?![0-9A-Za-z]))")
CARD_WORD = re.compile(r"(?:银行卡|卡号|账号|帐号|账户|card)[^0-9]{0,12}$", re.IGNORECASE)


def find_cards(text: str, *, is_hinted: bool = False) -> Iterator[Hit]:
    """Find bank card numbers: 16 to 19 digits, a prefix of UnionPay, Visa, Mastercard or JCB, and right by Luhn.

    One number in ten is right by Luhn (ISO/IEC 7812-1), so a word for it must be near: before it, or in the column
    (*is_hinted*).

    >>> [hit.masked for hit in find_cards("卡号：6200 0000 0000 0000 018")]
    ['6*****************8']
    >>> list(find_cards("订单 6200000000000000018"))
    []
    """
    taken = 0
    for match in _CARD.finditer(text):
        if match.start() < taken or not (
            is_hinted or CARD_WORD.search(text[max(0, match.start() - 20) : match.start()])
        ):
            continue
        digits = match[1].replace(" ", "").replace("-", "")
        if 16 <= len(digits) <= 19 and luhn.is_valid(digits):
            taken = match.end(1)
            yield Hit("card", match[1], match.start(), len(match[1]) == len(text.strip()))


_PASSPORT = re.compile(
    r"(?<![0-9A-Za-z])(?:E[0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|G[0-9]{8}|[DSP]E?[0-9]{7,8}|[HMC][0-9]{8}(?:[0-9]{2})?|[0-9]{8})(?![0-9A-Za-z])"
)


def find_passports(text: str) -> Iterator[Hit]:
    """Find passports and travel permits; ask only where the column's title speaks of them.

    >>> [hit.masked for hit in find_passports("E00000000")]
    ['E*******0']
    """
    for match in _PASSPORT.finditer(text):
        yield Hit("passport", match[0], match.start(), len(match[0]) == len(text.strip()))


_PASSPORT_STATED = re.compile(
    r"(?:护照|通行证)[^0-9A-Za-z\n]{0,8}(?:(?i:no)[.:]? ?)?"
    r"(E[0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|G[0-9]{8}|[DSP]E?[0-9]{7,8}|[HMC][A-Z]?[0-9]{7,8}(?:[0-9]{2})?)(?![0-9A-Za-z])"
)


def find_stated_passports(text: str) -> Iterator[Hit]:
    """Find passports and travel permits in running text, right after a word for them.

    >>> [hit.masked for hit in find_stated_passports("护照E00000000，护照号码：EA0000000")]
    ['E*******0', 'E*******0']
    >>> list(find_stated_passports("护照办理 E00000000000，表格E00000000"))
    []
    """
    for match in _PASSPORT_STATED.finditer(text):
        yield Hit("passport", match[1], match.start(1))


_PLATE_TAIL = (
    r"[A-HJ-NP-Z][·•.・ -]?(?:[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]"
    r"|[DABCEFGHJK][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[DABCEFGHJK])(?![0-9A-Za-z-])"
)
_PLATE = re.compile(rf"(?<![0-9A-Za-z])[{PLATE_PROVINCES}]{_PLATE_TAIL}")
_PLATE_HINTED = re.compile(rf"[㐀-鿿]?{_PLATE_TAIL}")
_PLATE_DIGITS = re.compile(r"[0-9][^0-9]*[0-9]")
_PLATE_WORD = re.compile(r"车(?!型|系|款)|牌照|号牌|牌号|驾驶|挂靠|plate|vehicle", re.IGNORECASE)


def find_plates(text: str, *, is_hinted: bool = False) -> Iterator[Hit]:
    """Find number plates of vehicles (GA 36-2018); in a column for them also those without a known province.

    Licences and models are numbered by province and letter, too: a plate without a word for vehicles near it is of
    the kind ``plate-bare``.

    >>> [hit.masked for hit in find_plates("车辆京A·00000 进场")], list(find_plates("京B2-20090059"))
    (['京*****0'], [])
    >>> [hit.kind for hit in find_plates("京A00000")]
    ['plate-bare']
    """
    for match in (_PLATE_HINTED if is_hinted else _PLATE).finditer(text):
        if _PLATE_DIGITS.search(match[0]):
            near = text[max(0, match.start() - 20) : match.end() + 20]
            kind = "plate" if is_hinted or _PLATE_WORD.search(near) else "plate-bare"
            yield Hit(kind, match[0], match.start(), len(match[0]) == len(text.strip()))


_EMAIL = re.compile(
    r"(?<![A-Za-z0-9.!#$%&'*+/=?^_{|}~-])[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}"
    r"@((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24})(?![A-Za-z0-9])"
)
_PRIVATE_DOMAINS = frozenset(
    "qq.com vip.qq.com foxmail.com 163.com vip.163.com 126.com yeah.net 188.com sina.com sina.cn vip.sina.com "
    "sohu.com 139.com 189.cn wo.cn 21cn.com tom.com aliyun.com 263.net gmail.com googlemail.com hotmail.com "
    "outlook.com live.com live.cn msn.com yahoo.com yahoo.com.cn yahoo.cn yahoo.com.tw icloud.com me.com mac.com "
    "proton.me protonmail.com gmx.com mail.ru hinet.net pchome.com.tw".split()
)


def find_emails(text: str, *, private_only: bool = True) -> Iterator[Hit]:
    """Find e-mail addresses; *private_only* takes those of providers who give mailboxes to anybody.

    >>> [hit.masked for hit in find_emails("10000@qq.com, office@example.gov.cn")]
    ['1***@qq.com']
    """
    if "@" not in text:
        return
    for match in _EMAIL.finditer(text):
        if not private_only or match[1].lower() in _PRIVATE_DOMAINS:
            yield Hit("email", match[0], match.start(), len(match[0]) == len(text.strip()))
