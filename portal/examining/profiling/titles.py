"""Column titles that tell the type: code, key, quantity, year, date, percentage, longitude, latitude.

What a title says about its column, in Chinese and English. The lists are ours, made from the columns of published
government tables. Where a title says nothing, the cells alone decide; where both are silent, a column stays text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNITS = (
    r"[（(\[【]\s*[^）)\]】]*"
    r"(?:元|米|公里|千米|吨|克|升|亩|公顷|人|个|户|家|件|次|辆|座|处|天|小时|分钟|度|％|%)\s*[）)\]】]"
)
_QUANTITY = re.compile(
    rf"{_UNITS}|(?:数|数量|总量|存量|增量|用量|产量|销量|质量|容量|总数|人口|面积|里程|长度|宽度|高度|深度|金额|总额|"
    r"价格|单价|总价|费用|收入|支出|投资|产值|余额|年龄|温度|浓度|率|占比|比例|比重|百分比)$"
)
_QUANTITY_WORDS = frozenset(
    "count counts total totals sum amount quantity population area length height width depth weight price cost "
    "fee income revenue budget rate ratio percent percentage pct share average mean age temperature value".split()
)
_SIGNED = re.compile(r"增|差|变化|变动|涨|温|同比|环比|余额|利润|净|盈亏|海拔|高程|水位")
_SIGNED_WORDS = frozenset(
    "change growth difference delta balance net profit temperature elevation altitude rate".split()
)

_KEY = re.compile(r"代码|编码|编号|证号|学号|工号|文号|许可证|统一社会信用|标识码|标识符|唯一标识|序列号|案号|备案号")
_KEY_WORDS = frozenset("id code uuid guid uid oid gid fid uscc isbn issn adcode key".split())
_OTHER_CODE = re.compile(
    r"号码|邮编|邮政编码|区划|电话|手机|传真|账号|帐号|卡号|身份证|证件|条码|批次|车牌|门牌|楼号|国标|版本|年月|"
    r"(?<!序)(?<!型)号$"
)
_OTHER_CODE_WORDS = frozenset(
    "zip postcode postal phone telephone tel fax mobile pid parentid fips barcode imei serial version account".split()
)
_DIVISION = re.compile(r"区划")
_DIVISION_WORDS = frozenset(["division", "adcode"])
_POSTCODE = re.compile(r"邮编|邮政编码")
_POSTCODE_WORDS = frozenset(["postcode", "zip", "postal"])
_RELATION = re.compile(r"上级|父级|所属|隶属|主管|邮编|邮政编码")
_REPEATED_CODES = re.compile(r"电话|手机|传真|类型|类别|分类|等级|级别|状态|性质")

_PERSON = re.compile(r"姓名|联系人|负责人|代表人|经办|联络|责任人|户主|法人$")
_PERSON_WORDS = frozenset("contact person owner manager surname firstname lastname".split())
_REMARK = re.compile(r"备注|说明|描述|简介|附注|注释|意见")
_REMARK_WORDS = frozenset("remark remarks note notes comment comments description memo".split())

_YEAR = re.compile(r"年$|年份$|年度$")
_DAY = re.compile(r"日期|时间|日$")
_DAY_WORDS = frozenset("date day time".split())
_LONGITUDE = re.compile(r"经度")
_LATITUDE = re.compile(r"纬度")
_SHARE = re.compile(r"占比|比重|百分比|湿度")
_SHARE_WORDS = frozenset("percent percentage pct".split())

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


@dataclass(frozen=True)
class TitleHints:
    """What a title says; several may hold."""

    is_code: bool = False
    """The cells are names made of digits and letters: no arithmetic is done with them."""
    is_key: bool = False
    """A code that names the thing of the row itself, so that no two rows have the same."""
    is_division: bool = False
    is_postcode: bool = False
    is_quantity: bool = False
    is_counted: bool = False
    """A quantity that cannot be below zero."""
    is_year: bool = False
    is_day: bool = False
    is_longitude: bool = False
    is_latitude: bool = False
    is_share: bool = False
    """A part of a whole in percent."""
    is_person: bool = False
    is_remark: bool = False


def hints_of(title: str) -> TitleHints:
    """Return what *title* says.

    >>> hints_of("行政区划代码").is_code, hints_of("stationId").is_key, hints_of("电话数量").is_code
    (True, True, False)
    >>> hints_of("常住人口（万人）").is_counted, hints_of("人口增长率").is_counted, hints_of("序号").is_code
    (True, False, False)
    """
    text = title.strip()
    words = [word.lower() for word in _WORD.findall(text)]
    known = frozenset(words)
    last = words[-1] if words else ""
    is_quantity = bool(_QUANTITY.search(text)) or last in _QUANTITY_WORDS
    is_named = bool(known & _KEY_WORDS) or any(word.endswith(("code", "uscc")) for word in words)
    is_other = bool(_OTHER_CODE.search(text) or known & _OTHER_CODE_WORDS) or (len(words) > 1 and last == "no")
    is_key = bool(_KEY.search(text) or is_named) and not (
        _RELATION.search(text) or _REPEATED_CODES.search(text) or known & _OTHER_CODE_WORDS or "parent" in known
    )
    return TitleHints(
        is_code=not is_quantity and (is_key or is_named or is_other or bool(_KEY.search(text))),
        is_key=not is_quantity and is_key,
        is_division=not is_quantity and bool(_DIVISION.search(text) or known & _DIVISION_WORDS),
        is_postcode=bool(_POSTCODE.search(text) or known & _POSTCODE_WORDS),
        is_quantity=is_quantity,
        is_counted=is_quantity and not (_SIGNED.search(text) or known & _SIGNED_WORDS),
        is_year=bool(_YEAR.search(text)) or last == "year",
        is_day=bool(_DAY.search(text) or known & _DAY_WORDS),
        is_longitude=bool(_LONGITUDE.search(text)) or bool(known & {"lon", "lng", "longitude"}),
        is_latitude=bool(_LATITUDE.search(text)) or bool(known & {"lat", "latitude"}),
        is_share=bool(_SHARE.search(text) or known & _SHARE_WORDS)
        or text.endswith(("%", "％", "(%)", "（%）", "（％）")),
        is_person=bool(_PERSON.search(text) or known & _PERSON_WORDS),
        is_remark=bool(_REMARK.search(text) or known & _REMARK_WORDS),
    )
