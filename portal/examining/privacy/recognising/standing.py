"""Whether a number in running text stands by itself or in a row of numbers: neighbours, words before it, years.

A table of small numbers holds thousands of groups of 3, 4 and 4 digits, and one in some hundred has the shape of a
mobile. So a number that blanks or hyphens part counts only where its neighbours are no numbers, or are themselves such
as stand beside it: telephones, dates, identity numbers. A word right before it makes it one wherever it stands.
"""

from __future__ import annotations

import re
from typing import Literal

ODD_SIGN = "[^0-9A-Za-z㐀-鿿\n]"
"""What may part a number beside blanks, hyphens and points: brackets, stars, commas."""
_DIGITS_AND_SIGNS = re.compile(rf"[0-9]{ODD_SIGN}{{1,3}}[0-9]")
Standing = Literal["alone", "listed", "row"]
"""alone: no number beside it; listed: beside a comma and a number; row: between numbers."""

_AROUND_CHARACTERS = 60
NEAR_CHARACTERS = 48
"""So far before a number a word for it may stand."""

_TELEPHONE_WORD = (
    r"电话|手机|联系|座机|固话|热线|致电|来电|拨打|号码|微信|支付宝|机主|移动号|电联|传真|電話|手機|聯[絡繫]|號碼|(?<![A-Za-z])(?i:tel|ph|phone|mobile|mob|cell|call|fax"
    r"|contact|shouji|dianhua|sjh|lxdh)(?![a-z])|[☎☏📞📱📲]"
)
_ID_WORD = r"身[份分][证證]|[证證]件|身份[号號]|公民身份|(?<![A-Za-z])(?i:id|sfz|sfzh|idcard|identity)(?![a-z])"
_ENDS = re.compile(r"[。！？\n\r]|[.!?] |数量|总数|数为|金额|费用|合计")
"""What parts a number from a word that stands before it."""

_MOBILE = r"1[3-9][0-9](?:[ -]?[0-9]{4}){2}"
_TELEPHONE = (
    r"1[3-9][0-9](?:-?[0-9]{4}){2}|0[0-9]{2,3}[ -]?[2-8][0-9]{6,7}|[2-8][0-9]{6,7}|[48]00[ -]?[0-9]{3}[ -]?[0-9]{4}"
)
_DATE = r"(?:1[89]|20)[0-9]{2}-[01]?[0-9]-[0-3]?[0-9]"
_ID = r"[1-9][0-9]{5} ?[12][0-9]{7} ?[0-9]{3}[0-9Xx]"
_KNOWN_BEFORE = re.compile(rf"(?:^|[^0-9.,\s-])[ \t]*(?:{_TELEPHONE}|{_DATE}|{_ID})[ \t,;/]{{1,4}}$")
_KNOWN_BEHIND = re.compile(rf"[ \t,;/]{{1,4}}(?:{_TELEPHONE}|{_DATE}|{_ID})(?!(?:[ \t]|-)?[0-9])")
_RUN_BEFORE = re.compile(r"[0-9 \t]*$")
_RUN_BEHIND = re.compile(r"[0-9 \t]*")
_ONLY_MOBILES = re.compile(rf"\s*{_MOBILE}(?:[ \t]{{1,4}}{_MOBILE})+\s*")
_NUMBER_BEFORE = re.compile(r"[0-9][.,;%)]?[ \t]{1,30}[+-]?$|[0-9]-$")
_NUMBER_BEHIND = re.compile(r"[ \t]{1,30}[+-]?[(.]?[0-9]|-[0-9]")
_LIST_BEFORE = re.compile(r"[0-9][.,;/]$")
_LIST_BEHIND = re.compile(r"[.,;/][+-]?[0-9]")
_YEAR_BEFORE = re.compile(r"(?:^|[^0-9])(?:1[89]|20)[0-9]{2}(?:年度?(?:[01]?[0-9]月)?|[.-]?[01][0-9])?,$")
_TELEPHONE_BEFORE = re.compile(
    rf"(?:^|[^0-9.,-])(?:{_MOBILE}|\(?0[0-9]{{2,3}}\)?[ -]?[2-8][0-9]{{6,7}}(?:-[0-9]{{1,5}})?)[,;/.]$"
)
_LOCAL_BEFORE = re.compile(r"(?:^|[^0-9.,-])[2-8][0-9]{6,7}[,;/.]$")
_STATED_TELEPHONE = re.compile(rf"[\s\S]*(?:{_TELEPHONE_WORD})")
_STATED_ID = re.compile(rf"[\s\S]*(?:{_ID_WORD})")


def may_be_parted(text: str) -> bool:
    """Whether a sign stands between digits; a cheap question first.

    >>> may_be_parted("(138)00001234"), may_be_parted("手机13800001234，已核对")
    (True, False)
    """
    return bool(_DIGITS_AND_SIGNS.search(text))


def is_stated(text: str, start: int, word: re.Pattern[str]) -> bool:
    """Whether a word stands before *start*, in the same sentence and near.

    >>> [is_stated(text, text.index("1"), _STATED_TELEPHONE) for text in ("电话：1", "电话总数 1", "来电。1")]
    [True, False, False]
    """
    near = text[max(0, start - NEAR_CHARACTERS) : start]
    last = word.match(near)
    return last is not None and (last.end() == len(near) or not _ENDS.search(near, last.end()))


def is_stated_telephone(text: str, start: int) -> bool:
    """Whether a word for telephones stands before *start*."""
    return is_stated(text, start, _STATED_TELEPHONE)


def is_stated_id(text: str, start: int) -> bool:
    """Whether a word for identity numbers stands before *start*, in the line before, too."""
    return is_stated(text[:start].rstrip(), len(text[:start].rstrip()), _STATED_ID)


def _before(text: str, start: int) -> str:
    """Return what stands before *start*; where it is cut, a digit takes the place of the rest."""
    first = start - _AROUND_CHARACTERS
    return text[:start] if first <= 0 else f"0{text[first:start]}"


def standing(text: str, start: int, end: int) -> Standing:
    """Say how the number at *start* to *end* stands among its neighbours.

    >>> [standing(text, text.index("138"), text.index("1234") + 4)
    ...  for text in ("约138 0000 1234。", "7 138 0000 1234", "0512-65000000 138 0000 1234", "a,1,138 0000 1234")]
    ['alone', 'row', 'alone', 'listed']
    """
    before, behind = _before(text, start), text[end : end + _AROUND_CHARACTERS]
    run = _RUN_BEFORE.search(before)[0] + text[start:end] + _RUN_BEHIND.match(behind)[0]  # type: ignore[index]
    if _ONLY_MOBILES.fullmatch(run):
        return "alone"
    in_row = (_NUMBER_BEFORE.search(before) and not _KNOWN_BEFORE.search(before)) or (
        _NUMBER_BEHIND.match(behind) and not _KNOWN_BEHIND.match(behind)
    )
    if in_row:
        return "row"
    return "listed" if _LIST_BEFORE.search(before) or _LIST_BEHIND.match(behind) else "alone"


def follows_telephone(text: str, start: int) -> bool:
    """Whether a telephone number with its area code, or a mobile, and a comma stand right before *start*.

    >>> follows_telephone("0512-65000000,1", 14), follows_telephone("2016,1", 5)
    (True, False)
    """
    return bool(_TELEPHONE_BEFORE.search(_before(text, start)))


def follows_local_number(text: str, start: int) -> bool:
    """Whether seven or eight digits and a comma stand right before *start*: a number of the same town, or an amount."""
    return bool(_LOCAL_BEFORE.search(_before(text, start)))


def follows_year(text: str, start: int) -> bool:
    """Whether a year or a month and a comma stand right before *start*: the row of a table of amounts.

    >>> follows_year("2016,13", 5), follows_year("2016年,13", 6), follows_year("2016-05-01,13", 11)
    (True, True, False)
    """
    return bool(_YEAR_BEFORE.search(_before(text, start)))
