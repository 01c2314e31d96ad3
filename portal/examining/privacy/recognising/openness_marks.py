"""Detector of words that forbid publishing: 不予公开, 此件不公开, 请勿公开, 严禁外传, 不得对外提供.

The same words are prose in government data (依法不予公开的信息, 不公开招标). They are a mark where they are all of a
segment, with at most the document itself or what it holds before them. Where a column or a key tells of each thing
whether it is public (是否公开, 公开方式), they are a value as often as a mark: ``secrecy-openness``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.examining.privacy.recognising.detectors import Hit

_ACTS = (
    "公开使用|公开|公布|发布|外传|外傳|外泄|泄露|泄漏|扩散|传播|外借|披露|公示|散发|转发(?:他人|朋友圈|微信群)?|"
    "上网(?:公开|发布)?|上传(?:(?:互联)?网(?:络|上|站)?|群)?|提供"
)
_FORBIDS = (
    "不得|不可以?|不准|不许|不宜|不应|不能|不要|不予以?|不允许|不供|免予|免于|限制|请勿|切勿|严禁|禁止|谢绝|暂不予?|暂缓|勿|"
    "未经[㐀-鿿]{2,8}?(?:不得|严禁|禁止|请勿)"
)
_HOW = "(?:擅自|私自|随意|以任何形式|任何人|向社会|向公众|对社会|对外|向外|在?(?:互联)?网(?:络|站)?上?|上网|公开)"
FORBIDDING = (
    "[不勿禁缓绝免限][予于得可准许宜应能要止允以供制]{0,3}"
    "(?:擅自|私自|随意|以任何形式|任何人|向社会|向公众|对社会|对外|向外|在?(?:互联)?网(?:络|站)?上?|上网){0,2}"
    "(?:公开|公布|发布|外传|外傳|外泄|泄露|泄漏|扩散|传播|外借|披露|公示|散发|转发|上网|上传|提供)"
)
"""What text with one holds; a pattern of RE2 and of Python alike."""
_BARE = r"(?:(?:对外|[对向]社会|[对向]公众|上网)?公[开布示](?:发布)?|对外(?:公开|公布|发布|提供)|上网|外[传泄借])"
_MAY_HOLD = re.compile(FORBIDDING)
_SUBJECT = (
    "(?:(?:本|此|该|以[上下](?:[信内]息?容?)?|上述|敏感|相关|所有|全部|个人)?"
    "(?:件|文|页|文件|资料|材料|表|数据|报告|内容|信息|名单|名册|通知|稿|记录|纪要))"
)
_MARK = re.compile(
    rf"[(（\[【]?(?:{_SUBJECT}[ :：,，]?)?(?:依法|目前|现|属于?|为)?"
    rf"(?:(?:{_FORBIDS}){_HOW}{{0,2}}(?:{_ACTS})(?:或(?:{_ACTS}))?|不{_BARE})[)）\]】]?"
)
_SEGMENT = re.compile(r"[^\n\r\t\f\v,，.。;；!！?？|\"'<>{}=*#~·•—_-]+")
_IN_BRACKETS = re.compile(
    r"(?<=[^\n])[(（\[【〔]([^()（）\[\]【】〔〕\n]{3,30})[)）\]】〕](?=\s*(?:\.[A-Za-z0-9]{1,8}\s*)?$)", re.MULTILINE
)
"""What stands in brackets behind a title or in the name of a file."""
_COPYRIGHT = re.compile("转载|传播$|提供$|(?<!公开)发布$")
"""What owners forbid of works, too; alone it is no mark."""
_KEY_BEFORE = re.compile(
    r"(?:公开|开放|共享|公示|发布|公布|上网|open|public|shar)[^\n\"]{0,12}\"\s*[:=]\s*[\"\[]{0,2}\s*$", re.IGNORECASE
)
_LISTED = re.compile(r"[,，、|\t]\s*$|^\s*[,，、|\t]")
_MILD = re.compile("暂?不[予宜]?(?:对外|向社会|上网)?公[开布示]")
"""What is a value of a list as often as a mark."""
_IS_OPENNESS = re.compile("公开|开放|共享|公示|发布|公布|上网|对外|open|public|share", re.IGNORECASE)
_IS_KIND = re.compile("类|种|性质|属性|方式|状态|范围|用途|type|kind|status", re.IGNORECASE)


def may_forbid(text: str) -> bool:
    """Whether words stand in *text* that forbid publishing; a cheap question first."""
    return bool(_MAY_HOLD.search(text))


def find_openness_marks(text: str, *, title: str = "") -> Iterator[Hit]:
    """Find words that forbid publishing what they stand on; *title* is that of the column.

    >>> texts = ("此件不公开", "（暂不公开）", "敏感信息 请勿公开", "公开方式：不予公开", "未经批准不得对外提供")
    >>> [hit.text for text in texts for hit in find_openness_marks(text)]
    ['此件不公开', '暂不公开', '敏感信息 请勿公开', '不予公开', '未经批准不得对外提供']
    >>> [hit.kind for hit in find_openness_marks("不予公开", title="是否公开")]
    ['secrecy-openness']
    >>> list(find_openness_marks("依法不予公开的信息；不公开招标采购；公开属性：主动公开"))
    []
    """
    if not may_forbid(text):
        return
    for match in _IN_BRACKETS.finditer(text):
        if _MARK.fullmatch(match[1].strip()) and not _is_of_works(match[1].strip()):
            yield Hit("secrecy", match[1].strip(), match.start(1), match[0].strip() == text.strip())
            text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    for match in _SEGMENT.finditer(text):
        segment = match[0].strip()
        labelled = re.split("[:：]", segment)[-1].strip() if re.search("[:：]", segment) else segment
        for part in dict.fromkeys((segment, labelled, *segment.split())):
            if _MARK.fullmatch(part) and not _is_of_works(part):
                if part != segment and not _is_rest(segment, part):
                    continue
                if _MILD.fullmatch(part) and _is_between_commas(text, match.start(), match.end()):
                    continue
                is_value = _is_value(text, match.start(), match.end(), part, title)
                kind = "secrecy-openness" if is_value else "secrecy"
                yield Hit(kind, part.strip("()（）[]【】"), match.start(), segment == text.strip())
                break


def _is_between_commas(text: str, start: int, end: int) -> bool:
    return bool(_LISTED.search(text[max(0, start - 3) : start]) and _LISTED.match(text[end : end + 3]))


def tells_of_openness(title: str) -> bool:
    """Whether a column of this *title* tells of each thing whether it is public, or of what kind it is.

    >>> tells_of_openness("公开属性"), tells_of_openness("备注")
    (True, False)
    """
    return bool(_IS_OPENNESS.search(title) or _IS_KIND.search(title))


def _is_value(text: str, start: int, end: int, mark: str, title: str) -> bool:
    """Whether a column, a key or a list tells of each thing whether it is public."""
    if tells_of_openness(title):
        return True
    before, behind = text[max(0, start - 40) : start], text[end : end + 4]
    is_listed = _LISTED.search(before[-3:]) or _LISTED.match(behind)
    return bool(_KEY_BEFORE.search(before)) or bool(is_listed and _MILD.fullmatch(mark))


def _is_of_works(mark: str) -> bool:
    is_of_file = mark.startswith(("此", "本", "该")) or "对外" in mark or "社会" in mark or "网" in mark
    return bool(_COPYRIGHT.search(mark)) and not is_of_file


def _is_rest(segment: str, mark: str) -> bool:
    """Whether what stands before a mark in its segment is a label, or a short word for what it speaks of."""
    before = segment.rpartition(mark)[0].strip()
    behind = segment.rpartition(mark)[2].strip()
    return not behind and (bool(re.search("[:：]$", before)) or len(before) <= 20)
