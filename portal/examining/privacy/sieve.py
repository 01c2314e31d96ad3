"""The quick regular expression that a cell must match before personal data are looked for in it.

The sieve: what a cell must hold to be looked at, as one pattern a column that DuckDB and Python read alike. It is a
cheaper question than the detectors, never a narrower one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.examining.privacy.recognising.column_hints import roles_of
from portal.examining.privacy.recognising.detectors import BANKS, CARD_WORDS, DOTTED, ODDLY_PARTED
from portal.examining.privacy.recognising.home_addresses import ADDRESS_SHAPE
from portal.examining.privacy.recognising.mailboxes import DISGUISED_SHAPE
from portal.examining.privacy.recognising.person_documents import STATED_SHAPE
from portal.examining.privacy.recognising.secrecy_marks import CANDIDATE
from portal.examining.privacy.recognising.spelling import MARKED_UP
from portal.examining.privacy.recognising.telephones import ODDLY_GROUPED
from portal.model.cn_codes import PLATE_PROVINCES

# What `normal` makes a blank or a hyphen of.
_GAP = "[ \u00a0\u2000-\u200a\u202f\u205f\u3000\u2010-\u2015\u2212\u207b\u208b\ufe58\ufe63\uff0d-]"
_G = f"{_GAP}?"

SIEVE = "|".join(
    (
        rf"1[3-9][0-9](?:{_G}[0-9]){{8}}|1(?:{_GAP}[0-9]){{10}}",
        rf"[1-9](?:{_G}[0-9]){{5}}{_G}(?:1{_G}[89]|2{_G}0)(?:{_G}[0-9]){{2}}{_G}[01]{_G}[0-9]{_G}[0-3](?:{_G}[0-9]){{4}}{_G}[0-9Xx×✕✖╳⨯ХхΧχ]",
        # Over two lines, and with dots, numbers are seldom written: whatever looks so is looked at.
        rf"[0-9]{_G}\r?\n{_G}[0-9]|{DOTTED}",
        r"^ *(?:62|4|5|35)(?: ?[0-9]){14,17}(?:\.0+)? *$",
        r"^ *[1-9]\.[0-9]{7,18}[Ee]\+?[0-9]{1,2} *$",
        rf"(?:{CARD_WORDS}|(?i:card))[^0-9]*[0-9](?:[^0-9A-Za-z]?[0-9]){{14}}",
        rf"(?:{BANKS}|(?i:account|acct|a/c))[^0-9]{{0,16}}[0-9]{{4}}",
        "[０-９①-⓿⁰¹²³⁴-⁹₀-₉𝟎-𝟿٠-٩۰-۹०-९]",
        ODDLY_PARTED,
        ODDLY_GROUPED,
        "[话話机機系絡繫证證][^0-9]{0,6}[0-9]{1,10}[)）*＊~～、，,;；:：|—/]",
        "wa[.]me/|[姓患病儿学][名者人童生][:：]",
        MARKED_UP,
        "[@＠﹫]",
        DISGUISED_SHAPE,
        rf"[{PLATE_PROVINCES}]{_G}[A-HJ-NP-ZＡ-Ｚ](?:[·•.・]|{_GAP})?[A-HJ-NP-Z0-9Ａ-Ｚ]{{4}}[A-HJ-NP-Z0-9Ａ-Ｚ挂学警港澳]",
        "住址|家住|现住|户籍地址|户籍所在地|居住地址|常住地址|家庭地址|暂住地",
        rf"(?:[{PLATE_PROVINCES}]|车牌|号牌|牌照|车号|牌号)(?:号码?)?"
        "[^0-9A-Za-z]{0,3}[A-HJ-NP-Za-hj-np-z][·•.・ -]?[A-Za-z0-9]{5}",
        STATED_SHAPE,
        rf"[0-9]{_G}[号弄栋幢][^\n]*(?:[室房户]|单元)",
        CANDIDATE,
        rf"[绝机秘絕機]{_GAP}{{1,8}}密|[内內]{_GAP}部|外{_GAP}[传傳]",
        rf"[不勿禁缓](?:[ -]?[^\x00-\x7f]){{0,11}}[ -]?公{_G}[开布示]",
    )
)
"""What a cell must hold to be looked at in any column. A pattern of RE2 and of Python alike."""

SHORT_BYTES = 8
SHORT_SIGNS = ("密", "@")
"""What is found in a cell of fewer bytes holds one of these: a level or an e-mail address. That is cheaper to ask."""

_SIEVE_OF_ROLE = {
    "id": rf"[1-9](?:(?:{_GAP}|[\s./_]){{0,2}}[0-9]){{14}}|[A-Za-z]{{1,3}}[0-9A-Za-z]{{6}}|[0-9]{{5}}",
    "phone": rf"1(?:(?:{_GAP}|[\s.,]){{0,2}}[0-9]){{10}}",
    "card": f"[0-9](?:{_G}[0-9]){{14}}",
    "passport": "[0-9A-Za-z]{6}",
    "plate": rf"[A-HJ-NP-Za-hj-np-z](?:[·•.・]|{_GAP})?[A-HJ-NP-Za-hj-np-z0-9]{{4}}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳]",
    "secrecy": "密|内部|內部",
    "home": ADDRESS_SHAPE,
    "address": ADDRESS_SHAPE,
}

_NUMBERS = frozenset("integer number date year boolean".split())


@dataclass(frozen=True)
class TableColumn:
    """A column by its position from 0, what its titles say, and how exceptions may name it."""

    number: int
    label: str
    roles: frozenset[str]
    names: tuple[str, ...]
    is_public_contact: bool = False
    is_number: bool = False
    """Whether the schema says number or date; what is none is refused by validation."""

    @property
    def sieve(self) -> str:
        """What a cell must hold to be looked at in this column."""
        return "|".join([SIEVE, *(_SIEVE_OF_ROLE[role] for role in sorted(self.roles) if role in _SIEVE_OF_ROLE)])


def table_columns(
    labels: Sequence[str],
    titles: Sequence[str],
    resource: str,
    public: frozenset[str],
    types: Sequence[str] = (),
) -> list[TableColumn]:
    """Return the columns of a table; *public* are the declared contacts.

    *titles* and *types* are those of the schema by position.
    """
    columns = []
    for number, label in enumerate(labels):
        title = titles[number] if number < len(titles) else ""
        names = tuple(dict.fromkeys(name for name in (label, f"{resource}.{label}", title) if name))
        roles = roles_of(label, title)
        is_number = number < len(types) and types[number] in _NUMBERS
        columns.append(TableColumn(number, label, roles, names, not public.isdisjoint(names), is_number))
    return columns
