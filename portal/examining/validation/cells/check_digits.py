"""Check digits and forms of codes: social credit code (统一社会信用代码), ID card, division, postcode.

By these Chinese offices number things; a check digit gives away a slip. A field of a schema declares one of them by
``codeFormat``, a key of ours that other readers of Table Schema pass over (a ``format`` which Table Schema does not
have would make Frictionless refuse the descriptor). A code is right only as it stands: blanks, hyphens and small
letters are faults, since what does not match by character does not join.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from stdnum.cn import ric, uscc

from portal.model.cn_codes import DIVISION_CODE_LENGTHS, NATION, PROVINCES, USCC_CHARACTERS
from portal.model.text import LocalText

_USCC_CHARACTERS = frozenset(USCC_CHARACTERS)
_DIGITS = frozenset("0123456789")

_CHECK = LocalText("校验码对不上，有字符录错", "its check digit does not fit, so a character is wrong")
_PROVINCE = LocalText("前两位不是省级代码", "its first two digits are no province")


def uscc_fault(text: str) -> LocalText | None:
    """Say what is wrong with a unified social credit code (统一社会信用代码), None where it is right.

    18 characters: one of the registering office, one of the kind of body, six digits of the division, nine of the
    organisation code, one check digit to base 31. I, O, S, V and Z are not used. The first two places may be letters.
    Source: GB 32100-2015.

    >>> [uscc_fault(text) for text in ("11100000000000000J", "91990000MA0000007X", "A19900000000000191")]
    [None, None, None]
    >>> uscc_fault("11100000000000000K").en
    'its check digit does not fit, so a character is wrong'
    """
    if len(text) != 18:
        return _length(18)
    if text != text.upper():
        return LocalText("字母应大写", "its letters should be capitals")
    if not _USCC_CHARACTERS.issuperset(text) or not _DIGITS.issuperset(text[2:8]):
        return LocalText(
            "含有不该出现的字符（不用字母 I、O、S、V、Z，第 3 至 8 位是数字）",
            "it holds characters that do not occur there (no I, O, S, V or Z; places 3 to 8 are digits)",
        )
    return None if uscc.calc_check_digit(text[:17]) == text[17] else _CHECK


def id_card_fault(text: str) -> LocalText | None:
    """Say what is wrong with a resident identity number (公民身份号码), None where it is right.

    18 places: six digits of the division, the day of birth, three digits of sequence, a check digit to base 11 with X
    for 10. Numbers of 15 places are no longer valid. Source: GB 11643-1999.

    >>> [id_card_fault(text) for text in ("110101185001010018", "11010118500101000X", "440106188002291239")]
    [None, None, None]
    >>> [id_card_fault(text).en for text in ("110101190002290011", "990000198506150037")]
    ['places 7 to 14 are no day of the calendar', 'its first two digits are no province']
    """
    if len(text) != 18:
        return _length(18)
    if not _DIGITS.issuperset(text[:17]) or text[17] not in "0123456789X":
        return LocalText(
            "应为 17 位数字加一位校验码（0-9 或大写 X）", "it should be 17 digits and a digit or capital X"
        )
    if text[:2] not in PROVINCES:
        return _PROVINCE
    if not _is_day(text[6:14]):
        return LocalText("第 7 至 14 位不是合理的日期", "places 7 to 14 are no day of the calendar")
    return None if ric.calc_check_digit(text) == text[17] else _CHECK


def division_code_fault(text: str) -> LocalText | None:
    """Say what is wrong with the form of a division code (行政区划代码), None where it is right.

    Six digits down to counties, nine to towns, twelve to villages; a level that is not used is zeros, and so are those
    below it, save that some cities have towns and no counties. The province must exist; whether the county does is not
    asked, since the list changes every year. 100000 is the nation. Source: GB/T 2260; levels below: GB/T 10114.

    >>> [division_code_fault(text) for text in ("110000", "110101", "110101001", "110101001002", "441900003000")]
    [None, None, None, None, None]
    >>> [division_code_fault(text).en for text in ("1101", "990101", "110001")]
    ['it should have 6, 9 or 12 digits', 'its first two digits are no province', 'a level is 0 above one that is not']
    """
    if len(text) not in DIVISION_CODE_LENGTHS or not _DIGITS.issuperset(text):
        return LocalText("应为 6、9 或 12 位数字", "it should have 6, 9 or 12 digits")
    if text[:6] == NATION and not text[6:].strip("0"):
        return None
    if text[:2] not in PROVINCES:
        return _PROVINCE
    city, county, town, village = text[2:4], text[4:6], text[6:9].strip("0"), text[9:].strip("0")
    if (city == "00" and (county != "00" or town)) or (village and not town):
        return LocalText("上级为 0 而下级不为 0", "a level is 0 above one that is not")
    return None


def postcode_fault(text: str) -> LocalText | None:
    """Say what is wrong with a postcode (邮政编码), None where it is right: six digits, as text.

    >>> [postcode_fault(text) for text in ("010010", "999077")], postcode_fault("10010").en
    ([None, None], 'it should have 6 digits')
    """
    if len(text) != 6 or not _DIGITS.issuperset(text):
        return LocalText("应为 6 位数字，开头的 0 不能省", "it should have 6 digits")
    return None


FAULTS: dict[str, Callable[[str], LocalText | None]] = {
    "uscc": uscc_fault,
    "id-card": id_card_fault,
    "division-code": division_code_fault,
    "postcode": postcode_fault,
}
"""By the name that ``codeFormat`` gives it."""


def _length(number: int) -> LocalText:
    return LocalText(f"应为 {number} 位", f"it should have {number} characters")


def _is_day(text: str) -> bool:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:])).year >= 1800
    except ValueError:
        return False
