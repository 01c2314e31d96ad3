"""What numbers of a column are: amounts of a span or a moment, readings, differences; identifiers, years and places.

By the unit and the words of the title. Only amounts may be added up, readings are averaged, identifiers, positions,
years and coordinates are neither.
"""

from __future__ import annotations

import re
from typing import Literal

from portal.model.catalog import Field
from portal.model.measurement_units import AMOUNT_SIGNS, AMOUNT_UNITS, LEVEL_UNITS, OFFSET_UNITS, unit_of, without_unit
from portal.model.text import LocalText

Nature = Literal["flow", "stock", "level", "offset"]
"""What a number is: an amount of a span of time (flow) or of a moment (stock), a reading on a scale that begins at
nought (level), or on one whose nought is no nothing (offset: temperatures). Only amounts are ever added up."""

IDENTIFIERS = re.compile(
    r"(编号|编码|代码|序号|号码|(?<!\d)号|标识|邮编|邮政编码|电话|手机|传真|网址|站序|次序|排名|名次|页码|"
    r"楼层|门牌|账号|批号|身份证)$|(^|[\s_-])(ids?|codes?|no|number|phone|tel|fax|zip|postcode|rank|uuid|key|url)$",
    re.IGNORECASE,
)
YEARS = re.compile(r"(年份|年度|年|year)$", re.IGNORECASE)
PLACES = re.compile(r"经度|纬度|坐标|longitude|latitude|^(lon|lng|lat|x|y)$|海拔", re.IGNORECASE)
_LEVEL = re.compile(
    r"率|比例|每|中位数|众数|分位|倍|参数|级数|基数|层数|(响应|等候|等待|办理|办结|候诊|通行|行程)时间|用时|耗时|占比|比重|比值|平均|均值|人均|户均|日均|年均|月均|均价|单价|价格|票价|门票|月薪|工资|薪|指数|温度|气温|湿度|浓度|密度|"
    r"速|风力|水位|气压|强度|系数|进度|评分|得分|分数|满意度|同比|环比|增速|增减|增幅|涨|上限|下限|间隔|时长|天数|"
    r"年限|期限|pm2\.5|pm10|no2|so2|o3|^co$|aqi|ph$|溶解氧|氨氮|总磷|浑浊度|余氯|耗氧量|硬度|含量|海拔|功率|容积率|最大|最高|最低|"
    r"rate|ratio|share|percent|average|mean|median|price|index|temperature|humidity|concentration|density|speed|score|"
    r"per |level",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"气温|温度|水位|潮位|露点|高程|(^|[^a-z])ph值?$|temperature|water level", re.IGNORECASE)
_STOCK = re.compile(
    r"期末|月末|年末|季末|季度末|学年初|年初|月初|在校|在册|在院|在园|在库|库存|在岗|在职(人|职工|教师)|从业人|职工人?数|常住|在线人数|在建项目|参保|缴费人数|领取|存量|结存|余额|累计|保有量|有效量|截至|现有|人口|"
    r"床位|车位|配车|承载|容纳|end of|stock|balance|population|cumulative",
    re.IGNORECASE,
)
_FLOW = re.compile(
    r"(人次|件数|起数|册次|套数|次数|车次|班次|户次|量|额|产量|产值|收入|支出|投资|金额|面积|成交|里程|罚款|数|人数|户数|"
    r"消费|销售|降水|amount|count|total|sum|visits|loans|sales|output|cases|deaths|births)$|"
    r"^(number of|amount of|count of|total)\b",
    re.IGNORECASE,
)


def says(pattern: re.Pattern[str], words: tuple[str, ...]) -> bool:
    """Whether one of the titles holds a word of the pattern; a unit behind it does not count."""
    return any(pattern.search(without_unit(word)) for word in words if word)


def nature_of(field: Field, unit: LocalText) -> Nature | Literal[""]:
    """Return what may be done with the numbers of a column, "" where nobody can say.

    Rates, prices, indices, readings and everything with a quotient or a per cent as its unit are levels: averaged at
    most. Amounts, counts, areas and money are added up; what is counted at a moment (stock) never over time.

    >>> nature_of(Field("客运量", LocalText()), LocalText("人次")), nature_of(Field("票价", LocalText()), LocalText())
    ('flow', 'level')
    >>> nature_of(Field("x", LocalText()), LocalText()), nature_of(Field("期末人数", LocalText()), LocalText("人"))
    ('', 'stock')
    """
    words = (field.name, field.title.zh, field.title.en, re.split("[；;。]", field.description.zh)[0])
    titles = words[:3]
    if unit.zh in OFFSET_UNITS or says(_OFFSET, titles):
        return "offset"
    if unit.zh in LEVEL_UNITS or "/" in unit.zh or "%" in unit.zh or says(_LEVEL, titles):
        return "level"
    if says(_STOCK, words):
        return "stock"
    if unit.zh in AMOUNT_UNITS or unit.zh in AMOUNT_SIGNS or says(_FLOW, titles):
        return "flow"
    return ""


def is_reckoned_with(field: Field) -> bool:
    """Whether anything may be done with the numbers of a column: it is no identifier, year, position or coordinate.

    >>> [is_reckoned_with(Field(name, LocalText(), "integer")) for name in ("客运量", "邮编")]
    [True, False]
    """
    words = (field.name, field.title.zh, field.title.en)
    return field.type in ("integer", "number") and not any(says(item, words) for item in (IDENTIFIERS, PLACES, YEARS))


def may_be_added(field: Field) -> bool:
    """Whether a sum of a column may mean something: it is reckoned with, and no rate, price, index or reading.

    >>> [may_be_added(Field(name, LocalText(), "number")) for name in ("票价", "客运量")]
    [False, True]
    """
    nature = nature_of(field, unit_of(field.name, field.title, field.description))
    return is_reckoned_with(field) and nature not in ("level", "offset")
