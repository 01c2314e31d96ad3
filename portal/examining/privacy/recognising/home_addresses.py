"""Detector of home addresses (家庭住址): house and room numbers, in columns for them and in text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.examining.privacy.recognising.detectors import Hit

ADDRESS_SHAPE = (
    r"(?:路|街|巷|弄|里|大道|胡同|村|小区|花园|苑|坊|组|镇|乡|道|城|园|府|庭|庄|屯)[^,，;；。\n]{0,12}?"
    r"[0-9０-９一二三四五六七八九十百]{1,6} ?(?:号|弄|室|栋|幢|单元|组|户|楼|座|#|-[0-9])"
)
_ADDRESS = re.compile(ADDRESS_SHAPE)
_HOME = re.compile(
    r"(?:家庭住址|家庭地址|现住址|户籍地址|户籍所在地|居住地址|常住地址|暂住地|住址|家住|现住)[^\n。；;]{0,40}"
)


_ROOM = re.compile(
    r"[0-9] ?[号弄栋幢](?:院|小区)? ?(?:[0-9A-Z之-]{1,5} ?(?:号楼|[号楼栋幢座层弄]|单元) ?){0,3}"
    r"(?:[0-9A-Z-]{1,5} ?(?:室|房(?![产屋地管])|户(?![数口均籍人]))|[0-9A-Z]{1,3} ?单元)"
)
_HAS_HOUSE = re.compile("[号弄栋幢]")
_ROAD = re.compile(r"[一-鿿]{1,24}(?:路|街|巷|弄|里|道|胡同|村|小区|花园|苑|坊|园)[一-鿿]{0,6}[0-9-]{0,5}$")
_ROAD_CHARACTERS = 40
_HOUSE = re.compile("[号楼栋幢座]|单元")
_NUMBER = re.compile("^[0-9] ?[号弄]")
_OFFICE = re.compile(
    r"公证|事务所|位于|办公|办事|办理|受理|地点|窗口|大厅|中心|公司|单位|机构|学校|医院|诊所|酒店|宾馆|商场|门店|店铺|经营|注册|"
    r"营业|服务|驿站|工作|机关|局|站|馆|委员会|居委|村委|支队|大队|大厦|写字楼|通讯|通信|邮寄|寄至|邮编|联系地址"
)


def may_hold_dwelling(text: str) -> bool:
    """A cheap question first: whether words for a house and for a room stand in *text*."""
    return any(sign in text for sign in "号弄栋幢") and any(sign in text for sign in ("室", "房", "户", "单元"))


def find_dwellings(text: str) -> Iterator[Hit]:
    """Find addresses with house and room in running text: road, number, building and room follow each other.

    With a room alone, or with a word for an office near it, it may be anybody's: those are of the kind
    ``address-room``. A house number alone is a place like any other.

    >>> [(hit.kind, hit.masked) for hit in find_dwellings("退件：示例市样本区虚构路88号3号楼502室，已联系")]
    [('address', '示例市***')]
    >>> [hit.kind for hit in find_dwellings("办公地点：虚构路8号2号楼301室")], list(find_dwellings("虚构路88号"))
    (['address-room'], [])
    """
    for match in _ROOM.finditer(text) if _HAS_HOUSE.search(text) else ():
        before = max(0, match.start() - _ROAD_CHARACTERS)
        road = _ROAD.search(text[before : match.start()])
        if road:
            start = before + road.start()
            address, near = text[start : match.end()], text[max(0, start - 12) : match.end() + 12]
            is_home = _HOUSE.search(_NUMBER.sub("", match[0])) and not _OFFICE.search(near)
            yield Hit("address" if is_home else "address-room", address, start, address == text.strip())


def find_addresses(text: str, *, is_hinted: bool = False) -> Iterator[Hit]:
    """Find addresses with a house number; without *is_hinted* only after a word for somebody's home.

    >>> [hit.masked for hit in find_addresses("家住示例市虚构路8号1单元")], list(find_addresses("学校位于虚构路8号"))
    (['示例市***'], [])
    """
    if is_hinted:
        if _ADDRESS.search(text):
            yield Hit("address", text.strip(), 0, True)
        return
    for match in _HOME.finditer(text):
        if _ADDRESS.search(match[0]):
            words = re.sub(
                r"^(?:家庭|户籍|居住|常住|现)?(?:住址|地址|所在地|家住|暂住地|住)[:：为在是 ]*", "", match[0]
            )
            yield Hit("address", words or match[0], match.start())
