"""Words for openness that are not our keys: ``accessRights``, ``embargo``, ``private``, 对外公开, 公开属性.

Who describes data with other tools, or by the forms of an office, says in many ways who may have them. Such a key is
free, and is left alone where its value agrees with files that everybody gets; where it says otherwise, or what it says
is not plain, it speaks against them. Sources: DCAT (dct:accessRights), DCAT-US (accessLevel), CKAN (private),
政务信息资源目录编制指南 (共享属性, 开放属性).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal

Meaning = Literal["", "open", "closed", "free"]
"""What a plain yes under a key means: files for all, or for few; *free*: what the text says of the terms. "": nothing.
"""
INSIDE_DEPTH_MAX = 6
"""So deep is a mapping of one's own (``extras``, ``ckan``) looked through for keys that speak against openness."""

_WORDS_THAT_OPEN = frozenset("open opened openable openness public publishable disclose disclosable disclosure".split())
_WORDS_THAT_CLOSE = frozenset(
    "private closed hidden restricted restriction restrictions confidential confidentiality secret embargo embargoed "
    "internal sensitive withheld unlisted unpublished nonpublic classified".split()
)
_AMONG_OTHERS = frozenset(["access", "share", "shared", "sharing", "publish", "visibility", "visible", "release"])
"""Words that speak of openness only beside one of `_KINDS`, or alone where nothing else is meant by them."""
_KINDS = frozenset(
    "type class level state status mode flag category condition conditions cond right rights scope range attr "
    "attribute property policy reason".split()
)
_FILLING = frozenset(
    "is be can may data dataset the to for of by only use until on not non no do dont un plan planned all everyone "
    "general access public date".split()
)
_KNOWN = _WORDS_THAT_OPEN | _WORDS_THAT_CLOSE | _AMONG_OTHERS | _KINDS | _FILLING
_KNOWN_WORD = re.compile("|".join(sorted(_KNOWN, key=len, reverse=True)))
_OF_KNOWN_WORDS = re.compile(f"(?:{_KNOWN_WORD.pattern})+")
_NEGATIONS = frozenset(["not", "non", "no", "dont", "un"])
_PLAIN_WORDS: Mapping[str, Meaning] = {
    **dict.fromkeys("visibility publishable kaifang shifoukaifang sfkf gongkai shifougongkai sfgk".split(), "open"),
    **dict.fromkeys("gongxiang shifougongxiang".split(), "open"),
    **dict.fromkeys("baomi shifoubaomi miji shemi hide draft isdraft".split(), "closed"),
}
_WEAK = frozenset(
    "publish published publishing release released releasable access accessible available availability download "
    "downloadable visible 发布 公布 提供 下载 是否发布 是否公布 是否提供 是否下载 可下载 可发布".split()
)
"""Keys that say much else: they speak against openness where a plain no stands under them."""
_HOURS = frozenset(["open", "opened", "opening", "开放", "closed"])
_WHOM = "(?:对外|对?向?社会(?:公众)?|[向对]公众)"
_NO = "(?:不予?|不可|不能|不得|不宜|暂不|暂缓|非|未|仅限?|部分)"
_HOW = "属性|类型|类别|类|状态|方式|级别|等级|范围|情况|条件|与否|否|计划|原因|理由|标识|标志|程度"
_CHINESE_OPEN = re.compile(
    rf"(?:数据|资源|信息)?(?:是否|可否|能否)?(?:依法)?(?:可以?|能)?(?:{_WHOM}(?:提供|发布)|{_WHOM}?"
    rf"(?P<no>{_NO})?(?:有条件|无条件)?(?:公开|开放|共享)(?:{_HOW})?|是否(?:对外|上网)"
    r"|(?:拟|计划|预计)(?:公开|开放|共享)(?:时间|日期)?)"
)
_CHINESE_CLOSED = re.compile(
    r"(?:是否)?(?:保密|涉密|内部|机密|秘密|敏感)(?:级别|等级|属性|程度|标识|使用|资料|数据)?|密级|定密|"
    r"(?:仅供?|仅限|只供|限)内部(?:使用|共享|查阅)?"
)
_SIMPLE = str.maketrans(
    "開錄內條類級狀態屬對會眾發佈範圍計劃擬無僅數據資訊標識與",
    "开录内条类级状态属对会众发布范围计划拟无仅数据资讯标识与",
)
_YES = frozenset(
    "true yes y 1 是 已开放 已公开 public open openaccess unrestricted everyone anyone all 公开 开放 主动公开 "
    "全部公开 全部开放 "
    "无条件 无条件开放 无条件公开 无条件共享 向社会公开 向社会开放 社会公众 全社会 unconditional".split()
)
_NONE = frozenset("false no n 0 否 不 无 没有 none never 非涉密 不涉密 非密 公开 开放 public open unclassified".split())
_PLAIN_NO = frozenset("false no n 0 否 不 不是 none never 不予 不可".split())
_AGAINST = frozenset(
    "nonpublic notpublic private restricted restrictedpublic confidential internaluseonly internalonly forinternaluse "
    "forinternaluseonly donotpublish notforpublication notopen closedaccess 不公开 不开放 不予开放 不予公开 "
    "暂不公开 暂不开放 不宜公开 不得公开 禁止公开 依申请公开 依申请开放 有条件开放 有条件公开 不予共享 "
    "内部使用 仅供内部使用 仅限内部使用 内部资料 保密".split()
)
"""What says under any key that not everybody gets the files."""
_PREFIX = re.compile(r"^[a-z]{2,10}:(?=[A-Za-z])")
_BORDER = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[\W_]+")


def plain(text: str) -> str:
    """Return *text* as its letters alone, in one form.

    >>> plain("Is-Open "), plain("ｏｐｅｎ"), plain("開放屬性")
    ('isopen', 'open', '开放属性')
    """
    letters = "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())
    return letters.translate(_SIMPLE)


def speaks_against(key: str, value: object) -> bool:
    """Whether *key* is a word for openness whose *value* does not plainly leave the files to everybody.

    >>> [speaks_against("accessLevel", value) for value in ("non-public", "public", None, 3)]
    [True, False, True, True]
    >>> [speaks_against("private", value) for value in (True, False)], speaks_against("published", False)
    ([True, False], True)
    >>> speaks_against("对外公开", "否"), speaks_against("开放时间", "9:00"), speaks_against("open_source", True)
    (True, False, False)
    """
    means = meaning(key)
    stated = _stated(value)
    if stated in _AGAINST:
        return True
    if means == "open":
        return stated not in _YES
    if means == "closed":
        return stated not in _NONE
    if means == "free":
        return bool(stated) and stated not in _YES | _NONE
    return plain(key) in _WEAK and stated in _PLAIN_NO


def against_inside(value: object, depth: int = 0) -> Iterator[str]:
    """Yield the places in a value of one's own where a key speaks against openness, also as ``{key: …, value: …}``.

    >>> list(against_inside({"ckan": {"private": True}, "hours": {"open": "9:00"}}))
    ['ckan.private']
    >>> list(against_inside([{"key": "accessRights", "value": "RESTRICTED"}]))
    ['[0].accessRights']
    """
    if depth >= INSIDE_DEPTH_MAX:
        return
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from (f"[{number}]{'' if at[0] == '[' else '.'}{at}" for at in against_inside(item, depth + 1))
    if not isinstance(value, Mapping):
        return
    named = value.get("key", value.get("name"))
    is_pair = isinstance(named, str) and "value" in value
    for key, item in ({named: value["value"]} if is_pair else value).items():
        if isinstance(item, Mapping | list) and item:
            yield from (f"{key}{'' if at[0] == '[' else '.'}{at}" for at in against_inside(item, depth + 1))
        if _is_plainly_against(key, item):
            yield str(key)


def _is_plainly_against(key: str, value: object) -> bool:
    """Whether a key within what is one's own says something against openness; ``open: 9:00`` there are hours."""
    stated = _stated(value)
    if plain(key) in _HOURS:
        return stated in _PLAIN_NO or stated in _AGAINST
    return stated not in ("", "?") and speaks_against(key, value)


@lru_cache(maxsize=4096)
def meaning(key: str) -> Meaning:
    """Return what a plain yes under *key* means for who may have the files, "" where it says nothing of that.

    >>> [meaning(key) for key in ("is_open_to_the_public", "isClosed", "不予公开", "开放条件", "access_url")]
    ['open', 'closed', 'closed', 'free', '']
    """
    whole = plain(key)
    if whole in _PLAIN_WORDS:
        return _PLAIN_WORDS[whole]
    match = _CHINESE_OPEN.fullmatch(whole)
    if match:
        return "free" if whole.endswith(("条件", "原因", "理由")) else "closed" if match["no"] else "open"
    if _CHINESE_CLOSED.fullmatch(whole):
        return "closed"
    parts = filter(None, _BORDER.split(_PREFIX.sub("", unicodedata.normalize("NFKC", key))))
    return _of_words([word for part in parts for word in _apart(part.casefold())])


def _of_words(words: list[str]) -> Meaning:
    opening, closing = _WORDS_THAT_OPEN.intersection(words), _WORDS_THAT_CLOSE.intersection(words)
    kinds, among = _KINDS.intersection(words), _AMONG_OTHERS.intersection(words)
    if not _KNOWN.issuperset(words) or not (
        opening or closing or (among and (kinds or _NEGATIONS.intersection(words)))
    ):
        return ""
    if {"condition", "conditions", "cond", "reason"}.intersection(words):
        return "free"
    return "closed" if bool(closing) != bool(_NEGATIONS.intersection(words)) else "open"


def _apart(letters: str) -> list[str]:
    """Return the words that are written together: ``opentopublic``; what is not made of known words is one word."""
    return _KNOWN_WORD.findall(letters) if _OF_KNOWN_WORDS.fullmatch(letters) else [letters]


def _stated(value: Any) -> str:
    """Return what a value says as its letters; of an address its last part, of ``{"@id": …}`` that."""
    if isinstance(value, Mapping) and len(value) == 1:
        value = next(iter(value.values()))
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, Mapping | list):
        return "" if not value else "?"
    text = "" if value is None else str(value)
    return plain(text.rstrip("/").rsplit("/", 1)[-1] if "://" in text else text)
