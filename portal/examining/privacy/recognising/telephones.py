"""Detector of mobile numbers (手机号) and landlines (固定电话): spaces, hyphens, dots, commas, +86, web addresses.

In running text a number counts by where it stands (`standing`). Kinds: ``phone`` is one; ``phone-bare`` and
``phone-grouped`` are eleven digits with no word before them, so that a place full of numbers makes them chance;
``phone-loose`` is written or placed as amounts and versions are, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.examining.privacy.recognising.detectors import Hit
from portal.examining.privacy.recognising.standing import (
    ODD_SIGN,
    follows_local_number,
    follows_telephone,
    follows_year,
    is_stated_telephone,
    may_be_parted,
    standing,
)

_PREFIX = r"(?:\+?86[ -]?|0086[ -]?)?"
# The shape of mobile numbers (libphonenumber 9.0, region CN, type mobile). An underscore joins a name to a number
# (张三_1380000…) as often as it joins the parts of a code (A_1380000…).
_GROUPS = (
    r"[0-9]{3}[ -]?[0-9]{4}[ -]?[0-9]{4}|[0-9]{4}[ -][0-9]{3}[ -][0-9]{4}|[0-9]{5}[ -][0-9]{6}|[0-9]{3}[ -][0-9]{8}"
    r"|[0-9]{3}[ -][0-9]{3}[ -][0-9]{5}|[0-9]{3}[ -][0-9]{2}[ -][0-9]{3}[ -][0-9]{3}|[0-9]{7}[ -][0-9]{4}"
    r"|[0-9]{3}[.·•・/_][0-9]{4}[.·•・/_][0-9]{4}|[0-9]{4}\.[0-9]{3}\.[0-9]{4}"
    r"|[0-9]{3}(?: ?\r?\n ?|[ -]?)[0-9]{4} ?\r?\n ?[0-9]{4}"
    r"|[0-9]{3} ?\r?\n ?[0-9]{8}|[0-9]{5} ?\r?\n ?[0-9]{6}|[0-9](?: [0-9]){10}"
)
_FREE = r"[0-9](?:[ -]?[0-9]){10}"
"""Parted anywhere: only a word before it tells it from a row of numbers."""
_STATED = re.compile(
    rf"(?<![0-9A-Za-z])(?:\+?86{ODD_SIGN}{{0,2}}|0)?(1(?:(?:{ODD_SIGN}{{0,2}}| ?\r?\n ?)[0-9]){{10}})(?![0-9A-Za-z])"
)
"""Parted by whatever: only right after a word for telephones."""
ODDLY_GROUPED = r"1[3-9][0-9](?:[)）*＊~～、—]|--){1,2} ?[0-9]{4}[ )）*＊~～、—-]{0,2}[0-9]{4}"
"""In the common groups, with a sign between them that is none of numbers; a pattern of RE2 and of Python alike."""
_RIGHT_AFTER = re.compile(r"[A-Za-z㐀-鿿][^0-9]{0,6}$")
_ODDLY_GROUPED = re.compile(rf"(?<![0-9A-Za-z])(?:\+?86)?[(（]?({ODDLY_GROUPED})(?![0-9A-Za-z])")
_IN_GROUPS = re.compile(_GROUPS)
_COMMON = re.compile("[0-9]{3}[ -]?[0-9]{4}[ -]?[0-9]{4}|[0-9]{4}[ -][0-9]{3}[ -][0-9]{4}|[0-9](?: [0-9]){10}")
"""The groups in which people write a mobile; every other needs a word before it."""
_UNIT = re.compile(
    r"(?:\.0{1,9})? ?(?:元|万|亿|米|厘米|毫米|平方|立方|吨|公斤|千克|千瓦|公里|公顷|亩|股|㎡|人次|"
    r"(?i:[km]?wh?|km|kg|m[23])(?![A-Za-z])|户(?![主籍口])|%)"
)
_BEHIND_UNIT = "元人吨户亩股件册辆台次名家株个米斤瓦时里条上下内外右宽高深厚整以左的"
"""What goes on after a unit: 万元, 米以上. Another Chinese character is part of a name: 米某, 万某某."""
_NAME_BEHIND = re.compile(rf"[㐀-鿿]?某|(?![{_BEHIND_UNIT}])[㐀-鿿]{{1,2}}(?![㐀-鿿])")
_MOBILE = re.compile(
    rf"(?=[+018])(?<![0-9A-Za-z])(?<![0-9A-Z]_){_PREFIX}((?=1)(?:{_GROUPS}|{_FREE}))(?![0-9A-Za-z])(?!_[0-9A-Z])(?!\.[0-9]*[1-9])"
)
_AFTER_LETTER = re.compile("[A-Za-z]_?1[0-9]")
_AFTER_WORD = re.compile(r"(?i:tel|phone|mobile|mob|cell|wx|vx)_?(1[0-9]{10})(?![0-9A-Za-z])")
_HINTED_COMPACT = re.compile(r"(?<![0-9])(1[0-9]{10})(?![0-9])(?![A-Za-z]{1,40}[0-9])")
_HINTED_LOOSE = re.compile(
    r"(?<![0-9])(?<![0-9][ .-])(?:\+?86[\s.-]?|0086[\s.-]?|0)?"
    r"(1(?:[\s.,-]{0,2}[0-9]){10})(?![ .-]{0,2}[0-9])(?![A-Za-z]{1,40}[0-9])"
)
_ANYWHERE = (_MOBILE, _AFTER_WORD)
_HINTED = (*_ANYWHERE, _HINTED_COMPACT, _HINTED_LOOSE)
_SHAPE = re.compile(r"1(?:610[0-9]|740[0-5])[0-9]{6}|1(?:[38][0-9]|4[57]|[59][0-35-9]|6[25-7]|7[0-35-8])[0-9]{8}")
_PARTING = re.compile(r"[^0-9]")
_FRACTION_BEFORE = re.compile(r"[0-9][.,]$")
_DECIMAL_BEFORE = re.compile(r"[0-9]\.$")
_MONEY_BEFORE = re.compile(r"(?:人民币|[￥¥$€£]|RMB|CNY|USD|金额|合计|总计)[:： ]{0,2}$")
_DOI_BEFORE = re.compile(r"(?:^|[^0-9.])10\.[0-9]{4,9}/[^\s,，;；]{0,50}$")
_NUMBERED = re.compile(r"(?:^|[\s,;])[0-9]{1,2}\.$")
_HAN_OR_BRACKET = re.compile(r" ?[㐀-鿿(（]")
_ADDRESS_ON_THE_WEB = re.compile(r"(?:https?://|www\.)[^\s,，;；\"'<>、（）㐀-鿿]{1,2000}")
_MOBILE_IN_ADDRESS = re.compile(
    r"(?i:tel|phone|mobile|mob|cell|call|contact|shouji|sjh|dianhua|lxdh|wx|sms)[A-Za-z_-]{0,12}(?:=|:|/|%3[aAdD]){1,3}"
    r"(?:\+|%2[bB]|%20)?(?:00)?(?:86)?-?(1[0-9]{10})(?![0-9A-Za-z])|wa\.me/(?:86)?(1[0-9]{10})(?![0-9A-Za-z])"
)


def find_mobiles(text: str, *, is_hinted: bool = False) -> Iterator[Hit]:
    """Find mobile numbers of mainland China; decimals, amounts and rows of small numbers are passed over.

    In a web address only what a word for telephones stands before is one: ``?tel=…``. In a column for them
    (*is_hinted*) blanks, dots and hyphens may part the digits anywhere, and letters stand beside them.

    >>> [hit.text for hit in find_mobiles("手机13800000000 或 138-0000-0001，+86 13800000002")]
    ['13800000000', '138-0000-0001', '13800000002']
    >>> list(find_mobiles("1380000000 138000000000 0.13800000000 https://a.cn/13800000000 13800000000元"))
    []
    >>> [hit.text for hit in find_mobiles("https://a.example/call?tel=13800000000")]
    ['13800000000']
    >>> [hit.kind for text in ("138.0000.0000", "7 138 0000 0000 9", "0512-65000000,13800000000", "2016,13800000000")
    ...  for hit in find_mobiles(text)]
    ['phone-loose', 'phone']
    """
    if "://" in text or "www." in text:
        text = _ADDRESS_ON_THE_WEB.sub(_only_telephones, text)
    seen: set[int] = set()
    for pattern in _HINTED if is_hinted else _ANYWHERE:
        if pattern is _HINTED_LOOSE and seen:
            break
        if pattern is _AFTER_WORD and not _AFTER_LETTER.search(text):
            continue
        for match in pattern.finditer(text):
            number = match[1]
            if match.start(1) in seen or not _SHAPE.fullmatch(
                number if number.isdecimal() else _PARTING.sub("", number)
            ):
                continue
            kind = "phone" if is_hinted or pattern is not _MOBILE else _kind_of(text, match)
            if pattern is _MOBILE and _is_amount(text, match.end()):
                continue
            if kind:
                seen.add(match.start(1))
                yield Hit(kind, number, match.start(1), match.span() == _span_of_whole(text))
    if may_be_parted(text):
        yield from _find_oddly_parted(text, seen)


def _find_oddly_parted(text: str, seen: set[int]) -> Iterator[Hit]:
    """Find what other signs part, as (138)00001234 or 138*0000*1234: after a word one, else maybe one."""
    for pattern in (_STATED, _ODDLY_GROUPED):
        for match in pattern.finditer(text):
            start, number = match.start(1), match[1]
            if (
                start in seen
                or (number.isdigit() and match.start() == start)
                or not _SHAPE.fullmatch(_PARTING.sub("", number))
            ):
                continue
            is_stated = is_stated_telephone(text, match.start())
            if _is_amount(text, match.end()) or not (is_stated or pattern is _ODDLY_GROUPED):
                continue
            if pattern is _STATED and not _RIGHT_AFTER.search(text[max(0, match.start() - 12) : match.start()]):
                continue
            seen.add(start)
            yield Hit("phone" if is_stated else "phone-loose", number, start, number == text.strip())


def _kind_of(text: str, match: re.Match[str]) -> str:
    """Say what kind of hit a number in running text is by where it stands; nothing where it is none."""
    number, start, end = match[1], match.start(), match.end()
    has_prefix = match.start(1) > start and not _FRACTION_BEFORE.search(text[max(0, start - 2) : start])
    if has_prefix or is_stated_telephone(text, start) or follows_telephone(text, start):
        return "phone"
    if set(number) & {"/", "_"} or not _IN_GROUPS.fullmatch(number):
        return ""
    if number.isdigit():
        return _kind_of_digits(text, start, end)
    place = standing(text, start, end)
    if place == "row" and not (set(number) & {"-", "."}):
        return ""
    is_sure = place == "alone" and _COMMON.fullmatch(number)
    if is_sure:
        return "phone-grouped"
    is_guess = "\n" in number or (place != "alone" and not _COMMON.fullmatch(number))
    return "" if is_guess else "phone-loose"


def _kind_of_digits(text: str, start: int, end: int) -> str:
    before = text[max(0, start - 2) : start]
    if _MONEY_BEFORE.search(text[max(0, start - 8) : start]):
        return ""
    if _DOI_BEFORE.search(text[max(0, start - 60) : start]):
        return ""
    if _DECIMAL_BEFORE.search(before):
        is_numbered = _NUMBERED.search(text[max(0, start - 5) : start]) and _HAN_OR_BRACKET.match(text, end)
        return "phone-loose" if is_numbered else ""
    if follows_year(text, start):
        return ""
    if before[-1:] == "," and before[:1].isdigit():
        return "phone-loose"
    if follows_local_number(text, start):
        return "phone-loose"
    return "phone-bare"


def _is_amount(text: str, end: int) -> bool:
    """Whether a unit follows that is not the surname of somebody: 万元, but not 万某某."""
    unit = _UNIT.match(text, end)
    return bool(unit) and not (unit and _NAME_BEHIND.match(text, unit.end()))


def only_telephones(address: str) -> str:
    """Return a web address with all but the telephone numbers in it as blanks.

    >>> only_telephones("a.cn/i?id=13800000001&tel=13800000002").split()
    ['13800000002']
    """
    left = [" "] * len(address)
    for match in _MOBILE_IN_ADDRESS.finditer(address):
        group = 1 if match[1] else 2
        left[match.start(group) : match.end(group)] = match[group]
    return "".join(left)


def _only_telephones(match: re.Match[str]) -> str:
    return only_telephones(match[0])


def _span_of_whole(text: str) -> tuple[int, int]:
    return len(text) - len(text.lstrip()), len(text.rstrip())


_LANDLINE = re.compile(r"(?<![0-9])\(?0[0-9]{2,3}\)?[ -]?[1-9][0-9]{6,7}(?![0-9])")
_LOCAL = re.compile(r"\s*[2-8][0-9]{2,3}[ -]?[0-9]{4}\s*")


def has_landline(text: str) -> bool:
    """Whether a telephone number with an area code stands in *text*.

    >>> has_landline("0512-65000000"), has_landline("010-12345")
    (True, False)
    """
    return bool(_LANDLINE.search(text))


def is_local_number(text: str) -> bool:
    """Whether *text* is a telephone number without its area code; ask only in a column for telephones.

    >>> is_local_number("65000001"), is_local_number("12345")
    (True, False)
    """
    return bool(_LOCAL.fullmatch(text))
