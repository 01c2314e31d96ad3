"""Detectors of identity numbers (ID card, 身份证), bank cards and number plates; spaces, hyphens, line breaks too.

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
from portal.examining.privacy.recognising.standing import ODD_SIGN, is_stated_id, may_be_parted, standing
from portal.model.cn_codes import PLATE_PROVINCES, PROVINCES, RESIDENT_PROVINCES


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
_BEFORE = rf"(?=[0-9A-Za-z])(?<![0-9A-Za-z]){LETTERS}"
_AFTER = rf"(?!{LETTERS}[0-9])"
_ID = re.compile(rf"{_BEFORE}({ID_SHAPE}){_AFTER}")
_PART = r"(?: ?\r?\n ?|[ .·•・/_-])?"
_ID_IN_GROUPS = re.compile(rf"{_BEFORE}(?=([0-9](?:{_PART}[0-9]){{16}}{_PART}[0-9Xx]){_AFTER})")
_WHOLE_ID = re.compile(rf"\s*{LETTERS}[0-9][0-9 -]{{16,34}}[0-9Xx]{LETTERS}\s*")
ODDLY_PARTED = rf"[0-9]{{6}}{ODD_SIGN}{{1,3}}(?:18|19|20)[0-9]{{6}}{ODD_SIGN}{{1,3}}[0-9]{{3}}{ODD_SIGN}?[0-9Xx]"
"""Division, birth date and the rest with whatever between them; a pattern of RE2 and of Python alike."""
_ODDLY_PARTED = re.compile(rf"(?<![0-9A-Za-z])({ODDLY_PARTED})(?![0-9A-Za-z])")
_PARTED_ANYWHERE = re.compile(
    rf"(?<![0-9A-Za-z])([1-9](?:{ODD_SIGN}{{0,2}}[0-9]){{16}}{ODD_SIGN}{{0,2}}[0-9Xx])(?![0-9A-Za-z])"
)
_LISTING = re.compile(r"[,，、;；|\t]")
"""What parts the cells of a row, too."""
_IS_PARTED = re.compile(r"[0-9] ?[ .·•・/_\r\n-]")
_HAS_PARTING = re.compile(r"[ .·•・/_\r\n-]")
"""A cheap question before the other one."""
_PARTING = re.compile(r"[\s.·•・/_-]")
DOTTED = r"[0-9]{3}[.·•・/_][0-9]{2,8}[.·•・/_][0-9]{3}"
"""What a number with dots or strokes between its groups holds; one dot alone is that of a decimal."""
_DOTTED = re.compile(DOTTED)
_SIGNS = frozenset(".·•・/_")
_COMMON_SIGNS = frozenset(" .·•・/_-")
_ID_WORD = re.compile("证|證|身份|(?i:id|sfz)")
_BY_MEANING = re.compile(r"[0-9]{6}[ .·•・-]?[0-9]{8}[ .·•・-]?[0-9]{3}[0-9Xx]")
"""Division, birth date and the rest, parted between them or not at all: hardly anything but an identity number."""
_LINES_OF_DIGITS = re.compile(r"[0-9] ?\r?\n ?$")
_DIGITS_ON_NEXT_LINE = re.compile(r" ?\r?\n ?[0-9]")


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
    if _HAS_PARTING.search(text) and _IS_PARTED.search(text):
        for match in _ID_IN_GROUPS.finditer(text):
            parted = match[1]
            compact = _PARTING.sub("", parted)
            if len(compact) < len(parted) and is_resident_id(compact, today):
                kind = _kind_of_parted(text, match.start(1), match.end(1))
                if kind:
                    yield Hit(kind, parted, match.start(1), is_whole)
    if may_be_parted(text):
        yield from _find_oddly_parted(text, today)


def _find_oddly_parted(text: str, today: date) -> Iterator[Hit]:
    """Find numbers that other signs part, as brackets, stars or commas: after a word, or by meaning and alone."""
    patterns = (_ODDLY_PARTED, _PARTED_ANYWHERE) if _ID_WORD.search(text) else (_ODDLY_PARTED,)
    seen: set[int] = set()
    for pattern in patterns:
        for match in pattern.finditer(text):
            parted, start = match[1], match.start(1)
            compact = re.sub(ODD_SIGN, "", parted)
            signs = set(parted) - set(compact)
            if start in seen or len(compact) == len(parted) or not is_resident_id(compact, today):
                continue
            is_common = bool(signs <= _COMMON_SIGNS and _IS_PARTED.search(parted) and _ID_IN_GROUPS.match(text, start))
            is_stated = is_stated_id(text, start)
            is_whole = parted == text.strip() and pattern is _ODDLY_PARTED
            if is_common or not (is_stated or is_whole or (pattern is _ODDLY_PARTED and not _LISTING.search(parted))):
                continue
            seen.add(start)
            yield Hit("id" if is_stated else "id-loose", parted, start, is_whole)


def _kind_of_parted(text: str, start: int, end: int) -> str:
    """Say what a valid number in groups is by where it stands: an identity number, maybe one, or a row of numbers."""
    number, place = text[start:end], standing(text, start, end)
    signs = _SIGNS & set(number)
    if signs and not _DOTTED.search(number):
        return ""
    if is_stated_id(text, start):
        return "id"
    if signs & {"/", "_"}:
        return ""
    if "\n" in number:
        is_column = _LINES_OF_DIGITS.search(text[:start][-4:]) or _DIGITS_ON_NEXT_LINE.match(text, end)
        return "" if place != "alone" or is_column else "id-loose"
    if signs or place == "row":
        return "id-loose" if _BY_MEANING.fullmatch(number) or (signs and place == "alone") else ""
    return "id" if place == "alone" or _BY_MEANING.fullmatch(number) else ""


def is_resident_id(number: str, today: date) -> bool:
    """Whether *number*, 18 characters without blanks, is a resident identity number, also that of a foreigner.

    Foreigners with a permanent residence have a 9, the province, three digits for their country, and then the same.

    >>> is_resident_id("990000198506150037", date(2026, 1, 1)), is_resident_id("440106188002291239", date(2026, 1, 1))
    (False, True)
    >>> is_resident_id("911156185001010013", date(2026, 1, 1))
    True
    """
    if not has_province(number) or number[6:8] not in _CENTURIES or not (number[:17].isdigit() and number.isascii()):
        return False
    return ric.calc_check_digit(number) == number[17].upper() and is_day(number[6:14], today)


def has_province(number: str) -> bool:
    """Whether an identity number begins with a province, or with a 9 and a province as those of foreigners do."""
    return number[:2] in RESIDENT_PROVINCES or (number[0] == "9" and number[1:3] in PROVINCES and number[3:6] != "000")


def is_day(digits: str, today: date) -> bool:
    """Whether eight digits are a day that is not after *today*."""
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])) <= today
    except ValueError:
        return False


_CARD = re.compile(r"(?=[3-6])(?<![0-9A-Za-z])(?=((?:62|4|5|35)(?:[ .-]?[0-9]){14,17})(?![0-9A-Za-z]))")
_CARD_IN_GROUPS = re.compile(r"[0-9]{4}(?:[ .-][0-9]{4}){3}(?:[ .-]?[0-9]{1,3})?|[0-9]{6}[ -][0-9]{10,13}|[0-9]{16,19}")
CARD_WORDS = (
    "[银銀]行卡|卡[号號]|[账帐賬帳][号號戶户]|[开開][户戶]行|[开開][户戶][银銀]行|一卡通|存折|社保卡|工资卡|储蓄卡|借记卡|信用卡|"
    "(?:[银銀][联聯]|惠农|补贴|补助|工行|农行|中行|建行|交行|招行|邮储|农商行?)卡|"
    "(?:打款|汇款|退款|转账|汇|转|付|打|退)(?:至|到|入)"
)
"""Words that a card number stands behind."""
BANKS = "[工农中建交招]行|邮储|农商行|农信社|信用社"
"""Banks, right behind which the number of a card stands."""
_CARD_WORD = re.compile(
    rf"(?:(?:{CARD_WORDS}|(?<![a-z])(?:card|account|acct|a/c))(?!数|余额|总)[^0-9]{{0,24}}|(?:{BANKS})[:： ]{{0,3}})$",
    re.IGNORECASE,
)
_CARD_WORD_CHARACTERS = 36


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
            is_hinted or _CARD_WORD.search(text[max(0, match.start() - _CARD_WORD_CHARACTERS) : match.start()])
        ):
            continue
        digits = re.sub("[ .-]", "", match[1])
        if not is_hinted and not _CARD_IN_GROUPS.fullmatch(match[1]):
            continue
        if 16 <= len(digits) <= 19 and luhn.is_valid(digits):
            taken = match.end(1)
            yield Hit("card", match[1], match.start(), len(match[1]) == len(text.strip()))


_PLATE_TAIL = (
    r"[A-HJ-NP-Z][·•.・ -]?(?:[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]"
    r"|[DABCEFGHJK][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[DABCEFGHJK])(?![0-9A-Za-z-])"
)
_PLATE = re.compile(rf"(?<![0-9A-Za-z])[{PLATE_PROVINCES}] ?{_PLATE_TAIL}", re.IGNORECASE)
_PLATE_NAMED = re.compile("[牌车]")
_PLATE_PROVINCE = re.compile(f"[{PLATE_PROVINCES}]")
_PLATE_STATED = re.compile(rf"(?:车牌|号牌|牌照|车号|牌号)(?:号码?)?(?: ?[:：为是] ?| )?({_PLATE_TAIL})", re.IGNORECASE)
_PLATE_HINTED = re.compile(rf"[㐀-鿿]? ?{_PLATE_TAIL}", re.IGNORECASE)
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
    >>> [hit.masked for hit in find_plates("车牌号：A00000，车辆京a00000")]
    ['京*****0', 'A****0']
    """
    may_stand = is_hinted or _PLATE_PROVINCE.search(text)
    for match in (_PLATE_HINTED if is_hinted else _PLATE).finditer(text) if may_stand else ():
        if _PLATE_DIGITS.search(match[0]):
            near = text[max(0, match.start() - 20) : match.end() + 20]
            is_sure = is_hinted or _PLATE_WORD.search(near)
            if not is_sure and match[0] != match[0].upper():
                continue
            kind = "plate" if is_sure else "plate-bare"
            yield Hit(kind, match[0], match.start(), len(match[0]) == len(text.strip()))
    for match in () if is_hinted or not _PLATE_NAMED.search(text) else _PLATE_STATED.finditer(text):
        if _PLATE_DIGITS.search(match[1]):
            yield Hit("plate", match[1], match.start(1))
