"""Detector of e-mail addresses (邮箱): private providers such as qq.com, and disguised ones ([at], #, a blank)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.examining.privacy.recognising.detectors import Hit

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9.!#$%&'*+/=?^_{|}~-])[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}"
    r"@((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24})(?![A-Za-z0-9])"
)
_PROVIDERS = (
    "qq foxmail 163 126 188 sina sohu 139 189 wo 21cn tom aliyun 263 88 111 2980 eyou gmail googlemail hotmail outlook "
    "live msn yahoo ymail rocketmail icloud me mac proton protonmail pm gmx mail yandex rambler bk inbox aol zoho "
    "tutanota fastmail naver daum hanmail hinet pchome chinaren yeah"
).split()
_PRIVATE_DOMAINS = frozenset(
    "qq.com foxmail.com 163.com 126.com yeah.net 188.com sina.com sina.cn sohu.com 139.com 189.cn wo.cn wo.com.cn "
    "21cn.com tom.com aliyun.com 263.net 263.net.cn 88.com 111.com 2980.com eyou.com chinaren.com 126.net 163.net "
    "gmail.com googlemail.com msn.com ymail.com rocketmail.com icloud.com me.com mac.com proton.me protonmail.com "
    "pm.me mail.com mail.ru bk.ru inbox.ru list.ru rambler.ru yandex.ru yandex.com aol.com zoho.com zoho.com.cn "
    "tutanota.com fastmail.com naver.com daum.net hanmail.net hinet.net pchome.com.tw sina.com.cn".split()
)
_FAMILIES = re.compile(r"(?:hotmail|outlook|live|yahoo|gmx)\.(?:[a-z]{2,3}\.)?[a-z]{2,4}")
_STUDENTS = re.compile(r"(?:stu|student|students|smail|xs|mails?)\.(?:[a-z0-9-]{1,63}\.){1,3}(?:cn|edu)")
_MISSPELT = re.compile(rf"(?:vip\.)?(?:{'|'.join(_PROVIDERS)})\.(?:con|cmo|ocm|co|cm|comm|com\.cn|net|cn)")
"""A provider with another ending: mostly a slip, sometimes somebody else."""
_AT = r"(?: ?[\[(【{<] ?(?:at|AT|At|@) ?[\])】}>] ?| {0,2}@{1,2} {0,2}| ?# ?| (?:at|AT) |艾特)"
_DOT = r"(?:\.|[,。·]| ?[\[(【{] ?(?:dot|DOT|点|\.) ?[\])】}] ?| \. ?| (?:dot|DOT) )"
_AT_IN_BRACKETS = re.compile(r"[aA][tT] ?[\])】}> ]|艾特")
_DISGUISED = re.compile(
    rf"(?<![A-Za-z0-9._-])([A-Za-z0-9][A-Za-z0-9._-]{{2,40}}){_AT}"
    rf"((?:vip{_DOT})?[A-Za-z0-9]{{2,12}}{_DOT}(?:com{_DOT})?[A-Za-z]{{2,3}})(?![A-Za-z0-9])"
)
DISGUISED_SHAPE = rf"(?i:(?:at ?[\])】}}>]|[#＃]|艾特| at ) ?(?:vip.{{1,5}})?(?:{'|'.join(_PROVIDERS)}))"
"""What a disguised address without an @ holds; a pattern of RE2 and of Python alike."""


def is_private(domain: str) -> bool:
    """Whether a provider gives mailboxes below *domain* to anybody.

    >>> is_private("vip.163.com"), is_private("88.com"), is_private("outlook.fr"), is_private("example.gov.cn")
    (True, True, True, False)
    """
    domain = domain.lower().removeprefix("vip.")
    return domain in _PRIVATE_DOMAINS or bool(_FAMILIES.fullmatch(domain))


def find_emails(text: str, *, private_only: bool = True) -> Iterator[Hit]:
    """Find e-mail addresses; *private_only* takes those of providers who give mailboxes to anybody.

    >>> [hit.masked for hit in find_emails("10000@qq.com, office@example.gov.cn")]
    ['1***@qq.com']
    """
    if "@" not in text:
        return
    for match in _EMAIL.finditer(text):
        if not private_only or is_private(match[1]):
            yield Hit("email", match[0], match.start(), len(match[0]) == len(text.strip()))


def find_likely_emails(text: str) -> Iterator[Hit]:
    """Find private addresses that are written so that programs miss them, and those of students.

    >>> [hit.masked for hit in find_likely_emails("a.bc [at] 163.com，abc#qq.com；abc@163,com，ab@stu.example.edu.cn")]
    ['a***@163.com', 'a***@qq.com', 'a***@163,com', 'a***@stu.example.edu.cn']
    >>> list(find_likely_emails("见 a@163.com，office@example.gov.cn，C#语言"))
    []
    """
    if "@" not in text and "#" not in text and not _AT_IN_BRACKETS.search(text):
        return
    for match in _DISGUISED.finditer(text):
        domain = re.sub(rf"{_DOT}", ".", match[2])
        if is_private(domain) and match[0] != f"{match[1]}@{domain}":
            yield Hit("email-likely", match[0], match.start())
    for match in _EMAIL.finditer(text):
        if _STUDENTS.fullmatch(match[1].lower()) or _MISSPELT.fullmatch(match[1].lower()):
            yield Hit("email-likely", match[0], match.start())
