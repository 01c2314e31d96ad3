"""Detector of secrecy marks (涉密, 密级): 绝密, 机密, 秘密★, 内部资料, 不得外传.

By these words a document says of itself that it is not for the public. The hard part is telling a mark from a word.
State secrets are marked 绝密, 机密 or 秘密, as a rule with a star and a period (国家秘密定密管理规定); inner documents
by set phrases. The same words stand in prose (商业秘密, 保守国家秘密法, 内部资料性出版物) and in titles of books. So:

1. A level with a star is always a mark: 秘密★, 机密级★10年, ★绝密; with another sign (*, ▲) where a period follows.
2. A level with a period (机密 10年), and an inner mark with what is to be done with it (内部资料 注意保存), count where
   they are a whole segment: what lies between punctuation, brackets, line ends or wide blanks.
   A level or an inner mark by itself counts where it is all that stands in a line, cell or quoted string, in brackets
   at an end of a line, or a part of the name of a file. Between commas it is a word of a list. In a column for titles
   of works (书名) a bare level does not count: there are such books; in brackets, as in 某系统（机密级）, it does.
   In a column of kinds (文件类型) or names, and after such a word, 内部文件 is a kind: only ``secrecy-word``.
3. After 密级, 保密等级 and 定密 a level counts, whatever follows. Not counted are 非密, 公开, 无, 普通, 一般.
4. Set phrases count in a sentence too where they close a short segment: 仅供内部使用, 本资料不得外传, 不宜公开. With 的
   or another word after it the phrase speaks of something else (不宜公开的信息).
5. Words that forbid opening (`openness_marks`) and a level before or behind the title of a document (机密：某预案).
6. Titles of laws, in 《 》, and everything else inside these quotes are never marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.examining.privacy.recognising.detectors import Hit
from portal.examining.privacy.recognising.english_marks import ENGLISH, find_english_marks, may_be_english_mark
from portal.examining.privacy.recognising.openness_marks import (
    FORBIDDING,
    find_openness_marks,
    may_forbid,
    tells_of_openness,
)
from portal.examining.privacy.recognising.spelling import SIMPLIFIED

LEVELS = r"(?:绝密|机密|秘密|絕密|機密|極機密|极机密)"
_PERIOD = r"(?:\s*(?:[0-9一二三四五六七八九十]{1,3}\s*(?:年|个月|月)|长期|長期|启用前|解密前))?"
_STAR = "[★☆✩✪⭐]"

CANDIDATE = (
    r"[绝机秘絕機][ \t]*密|内部|內部|外传|外傳|外泄|注意保密|商密|涉密|定密|密级|工作秘密"
    rf"|严格保密|国家秘密|[务判察事技]秘密|内参|[非未]公开|阅后|供本|供领导|对内|不对?外|保密期限|{ENGLISH}|{FORBIDDING}"
)
"""What every mark holds; text without it need not be looked at."""

_WORDS = re.compile("密|内部|內部|外传|外傳|外泄|内参|非公开|未公开|阅后|仅供|供本|供领导|对内|保密|不对外|不外")

_OTHER_SIGN = r"[*＊▲△●◆■※]"
_STATED_PERIOD = _PERIOD[:-1]
_STARRED = re.compile(
    rf"(?:{LEVELS}级?|商密)\s*(?:{_STAR}{_PERIOD}|{_OTHER_SIGN}{_STATED_PERIOD}|[▲△◆●■])|{_STAR}\s*{LEVELS}{_PERIOD}"
    rf"|{_OTHER_SIGN}\s*{LEVELS}级?{_STATED_PERIOD}"
)
_STATED = re.compile(
    rf"(?:密\s*级|(?:保密|秘密|涉密|密级|定密)(?:等级|级别|程度)|定\s*密)\s*"
    rf"(?:[:：为是|\t=]|\s(?!\s*\S+\s*[、,，和或])|(?=(?:{LEVELS})级?\s*(?:$|\n))|\"\s*:\s*\")\s*[“\"「【\[（(]?\s*({LEVELS}|内部|內部)(?!事项|之外|[性、,，和或])"
)
_INNER = (
    "(?:[㐀-鿿]{0,4}工作秘密|内部(?:参考资料|明电|电报|传真|通报|情报|刊物|名册|名单|通讯录|资料|文件|使用|参考|掌握|材料|传阅)"
    "|(?:涉密|(?:绝密|机密|秘密)级?)(?:文件|资料|材料|数据|信息|内容|件|表)|內部資料|內部文件)"
)
_HANDLING = "(?:(?:请)?(?:注意|妥善)保[存管]|(?:严禁|请勿|禁止|不得)(?:外传|外泄|翻印|复制|转载))"
_ALONE = re.compile(
    rf"(?:(?:本|此|该)(?:件|文件|资料|表|数据|报告))?(?:为|属于?|含有?|涉及)?(?:特提|特急|加急|急件)?"
    rf"(?:{LEVELS}级?{_PERIOD}|[㐀-鿿]{{0,4}}工作秘密\s*[0-9]{{1,2}}年|{_INNER})"
    rf"(?:\s*{_STAR})?{_HANDLING}?"
)
_BARE_LEVEL = re.compile(rf"{LEVELS}级?")
_BARE = re.compile(rf"{_BARE_LEVEL.pattern}|{_INNER}")
_HANDLED = re.compile(rf"{_HANDLING}|[0-9\s]*")
_NAME_OF_FILE = re.compile(r"[^\s,，.。;；:：、|]{0,120}(?:\.[A-Za-z0-9]{1,8}){0,2}")
_KINDS = re.compile(
    r"类|种|性质|属性|来源|方式|主题|栏目|标签|名称|用途|title|name|type|kind|categor|class|tag", re.IGNORECASE
)
_KIND_BEFORE = re.compile(rf"(?:{_KINDS.pattern})[^\n:：=\"]{{0,8}}[\"”]?\s*[:：=]\s*[\"“\[]{{0,2}}$", re.IGNORECASE)
_WHOSE = "(?:本?单位|机关|系统|本?(?:科室|部门|局|委|处|科|院|校|公司))?"
_WHO = "(?:人员|职工|员工|部门|单位)?"
_USE = "(?:使用|参考|传阅|学习|交流|掌握|查阅|参阅|阅读|查看)"
_PHRASE = re.compile(
    rf"[^\n]{{0,14}}?(?:仅?供{_WHOSE}内部{_WHO}{_USE}|仅供{_WHOSE}内部"
    rf"|(?:仅限?|限){_WHOSE}内部{_WHO}{_USE}|(?:仅供?|只供|仅限|限){_WHOSE}(?:科|处|股|室|所)内{_USE}|(?:仅供?|只供|仅限)?对内使用|(?:不得|请勿|严禁|禁止|切勿)外[传泄]|(?:请)?注意保密|(?:核心|普通)商密)"
    r"|(?:本?单位|科室|部门|机关|系统)内部使用"
)
_LIKELY = re.compile(
    "仅限内部|仅?供本?(?:单位|机关|系统|部门|局|委|办|院|厅)(?:使用|参考)|仅?供领导(?:参阅|参考|决策)|内参|内部发行|严格保密|阅后即焚|阅后销毁"
    r"|非公开(?:数据|信息|资料|文件)?|未公开(?:数据|信息|资料)|未公开|(?:科|处|股)内(?:使用|传阅)|保密期限[:：]?\s*(?:[0-9]{1,2}\s*[年月]|长期|永久)|(?:国家|警务|审判|检察|军事|科技)秘密|内部★"
)
"""What stands on documents that are not for everybody, and on other things as often."""
_SEGMENT = re.compile(r"[^\n\r\t\f\v,，.。;；:：!！?？|\\()（）\[\]【】〔〕{}<>＜＞\"'_=*#~·•—-]+")
_DOCUMENT = re.compile(
    "名[册单]|资料|文件|通讯录|表|[簿册]|方案|报告|通[知报告]|办法|台账|清单|汇编|手册|计划|预案|总结|讲话|数据|信息|纪要|请示|批复|函|档案"
    "|规划|意见|记录|电话|号码"
)
"""Words for a document, of which a mark may speak."""
_PLACE = re.compile(
    "停车|车[库位场]|食堂|餐厅|道路|泳池|[场馆厅楼库区站]$|设施|装修|公司|医院|学校|校区|超市|商店|浴室|健身"
)
_BESIDE_TITLE = re.compile(
    rf"^[ \t]*({LEVELS})级?(?:件)?[:：][ \t]*[^\n:：、]{{4,60}}$"
    rf"|^[^\n,，。;；:：、(（《]{{4,60}}[ \t]({LEVELS})级?(?:件)?[ \t]*$",
    re.MULTILINE,
)
"""A level before the title of a document, or behind it."""
_INNER_IN_BRACKETS = re.compile(
    r"([^\n(（\[【]{0,60})[(（\[【〔]\s*(内部|內部|涉密)\s*[)）\]】〕](?=\s*(?:$|\n|[\"'|]|\.[A-Za-z0-9]{1,8}(?:\s|$)))"
)
_IN_NAME_OF_FILE = re.compile(
    r"(?:^|[^\s_-][_-])(涉密|内部|不对外|不外传|勿外传)(?=(?:[_-][^\s/]{0,40})?\.[A-Za-z0-9]{1,8}$)", re.MULTILINE
)
"""A part of the name of a file that may be a mark."""


def _kind_of_inner(before: str) -> str:
    """Say what 内部 in brackets is behind a title: a mark on a document, maybe one, or a kind of place."""
    before = before.strip().rstrip("\"'")
    if not before or _DOCUMENT.search(before):
        return "secrecy"
    return "" if _PLACE.search(before) else "secrecy-word"


_WORK = re.compile(r"《[^《》\n]{1,200}》")
_SPACED = re.compile(r"(?<![㐀-鿿])([绝机秘絕機])[ \t\u3000]{1,16}(密)(?![㐀-鿿])")
_GAP = re.compile(r"(?<=[㐀-鿿★]) (?=[㐀-鿿★0-9])")
_WIDE = re.compile(r" {2,}|\u3000+")
_LINE_END = re.compile(r'[\n\r\t\f\v|"<>]')
_SIGNS = " ,，.。;；:：!！?？|()（）[]【】〔〕{}<>＜＞'_=*#~·•—-“”"
_OPENING_BRACKETS = "(（[【〔{<＜“"
_CLOSING_BRACKETS = ")）]】〕}>＞”"
_OPENING = re.compile(r"开放|停车|停放|服务对象|使用|性质|用途|对象|范围|类型")


def may_hold_mark(text: str) -> bool:
    """Whether a word stands in *text* that every mark holds; a cheap question before `find_marks`.

    >>> may_hold_mark("机 密"), may_hold_mark("学校名录")
    (True, False)
    """
    if text.isdecimal():
        return False
    return bool(_WORDS.search(text)) or may_forbid(text) or may_be_english_mark(text)


def find_marks(text: str, *, title: str = "", is_work: bool = False) -> Iterator[Hit]:
    """Find secrecy marks in *text*; *title* is that of its column, *is_work* says that titles of works stand there.

    >>> [hit.text for hit in find_marks("机 密 ★ 10年")]
    ['机密★10年']
    >>> [hit.text for hit in find_marks("关于商业秘密和《保守国家秘密法》的说明；内部资料性出版物")]
    []
    >>> [hit.text for hit in find_marks("【内部资料】统计表")], [hit.text for hit in find_marks("密级：秘密")]
    (['内部资料'], ['秘密'])
    """
    yield from find_english_marks(text, title=title)
    text = _WORK.sub("\n", _SPACED.sub(r"\1\2", text.translate(SIMPLIFIED)))
    beside = list(_BESIDE_TITLE.finditer(text))
    text = _GAP.sub("", _GAP.sub("", _WIDE.sub("\n", text)))
    seen = set()
    yield from find_openness_marks(text, title=title)
    for match in _STARRED.finditer(text):
        seen.add(match[0][:2])
        yield Hit("secrecy", match[0], match.start(), match[0] == text.strip())
    for match in _STATED.finditer(text):
        if match[1] not in seen:
            seen.add(match[1])
            yield Hit("secrecy", match[1], match.start(1))
    for match in beside:
        mark = next(filter(None, match.groups()))
        if not is_work and mark[:2] not in seen and not _STARRED.search(match[0]):
            seen.add(mark[:2])
            yield Hit("secrecy" if _DOCUMENT.search(match[0]) else "secrecy-word", mark, match.start())
    whole = text.strip().strip("()（）[]【】")
    if _LIKELY.fullmatch(whole) and not (_KINDS.search(title) or _OPENING.search(title) or tells_of_openness(title)):
        yield Hit("secrecy-word", whole, 0, True)
    for match in _INNER_IN_BRACKETS.finditer(text):
        kind = "secrecy-word" if match[2] == "涉密" else _kind_of_inner(match[1] or "")
        if kind and "内部" not in seen:
            seen.add("内部")
            yield Hit(kind, match[2], match.start(2))
    for match in _IN_NAME_OF_FILE.finditer(text):
        if match[1] not in seen:
            seen.add(match[1])
            yield Hit("secrecy-word", match[1], match.start(1))
    for match in _SEGMENT.finditer(text):
        mark = _mark_of(match[0].strip(), title)
        if not mark or mark[:2] in seen:
            continue
        if is_work and _BARE_LEVEL.fullmatch(mark) and not _is_in_brackets(text, match.start(), match.end()):
            continue
        kind = "secrecy"
        if _BARE.fullmatch(mark) and not _names_level(title):
            start = match.start() + match[0].index(mark)
            if not _stands_alone(text, start, start + len(mark)):
                continue
            is_kind = _KINDS.search(title) or _KIND_BEFORE.search(text[max(0, start - 40) : start])
            if is_kind and not _BARE_LEVEL.fullmatch(mark):
                kind = "secrecy-word"
        seen.add(mark[:2])
        yield Hit(kind, mark, match.start(), match[0].strip() == text.strip())


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a word is all of its line or of a quoted string, in brackets at an end of it, or in a name of a file."""
    left, right = text[max(0, start - 130) : start], text[end : end + 130]
    before = re.split(_LINE_END, left)[-1].strip()
    after = re.split(_LINE_END, right, maxsplit=1)[0].strip()
    if len(before) > 120 or len(after) > 120:
        return False
    if before[-1:] in _OPENING_BRACKETS and after[:1] in _CLOSING_BRACKETS and before and after:
        before, after = before[:-1], after[1:]
        if not before.strip(_SIGNS) or not after.strip(_SIGNS):
            return True
    is_rest = all(_HANDLED.fullmatch(part.strip(_SIGNS)) for part in (before, after))
    return is_rest or bool(_NAME_OF_FILE.fullmatch(before + after))


def _is_in_brackets(text: str, start: int, end: int) -> bool:
    """Whether brackets stand on both sides of a segment, quotation marks not counted."""
    return text[max(0, start - 1) : start] in tuple("(（[【〔{") and text[end : end + 1] in tuple(")）]】〕}")


def _names_level(title: str) -> bool:
    return any(word in title for word in ("密级", "秘密等级", "保密等级", "涉密等级"))


def _mark_of(segment: str, title: str) -> str:
    if _names_level(title):
        return segment if re.fullmatch(rf"{LEVELS}{_PERIOD}级?|内部|內部|工作秘密", segment) else ""
    if _ALONE.fullmatch(segment):
        return segment
    if _PHRASE.fullmatch(segment) and not (title and segment.startswith("仅") and _OPENING.search(title)):
        return segment
    return ""
