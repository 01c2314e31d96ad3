"""Units of columns (万元, 微克/立方米, kWh): read from titles and descriptions; English signs; what kind of number.

A column says its unit in brackets behind its title, 产量（吨）, or as a clause of its description.
A unit also tells whether numbers may be added up: money, people or things may, a quotient or a share may not.
"""

from __future__ import annotations

import re

from portal.model.text import LocalText

AMOUNT_UNITS = {
    "元": "yuan", "万元": "10,000 yuan", "亿元": "100 million yuan", "美元": "US$", "万美元": "10,000 US$",
    "人": "people", "万人": "10,000 people", "人次": "visits", "万人次": "10,000 visits", "户": "households",
    "万户": "10,000 households", "件": "cases", "万件": "10,000 cases", "个": "", "项": "items", "家": "", "所": "",
    "座": "", "处": "places", "辆": "vehicles", "万辆": "10,000 vehicles", "台": "", "套": "dwellings", "册": "volumes",
    "册次": "loans", "万册次": "10,000 loans", "次": "times", "宗": "parcels", "起": "incidents", "份": "copies",
    "公顷": "ha", "亩": "mu", "平方米": "m²", "万平方米": "10,000 m²", "平方千米": "km²", "平方公里": "km²",
    "立方米": "m³", "万立方米": "10,000 m³", "吨": "t", "万吨": "10,000 t", "千克": "kg", "公斤": "kg",
    "千瓦时": "kWh", "万千瓦时": "10,000 kWh", "亿千瓦时": "100 million kWh", "张": "", "床": "beds", "天": "days",
    "小时": "h", "分钟": "min", "毫米": "mm", "千米": "km", "公里": "km", "米": "m", "千瓦": "kW", "篇": "",
    "车次": "vehicles", "班次": "departures", "户次": "visits",
    "班": "classes", "头": "head", "只": "", "株": "plants", "课时": "lessons", "桶": "", "批次": "batches",
}  # fmt: skip
"""Units of what can be counted, in Chinese, with what English pages write."""
AMOUNT_SIGNS = frozenset("mm cm m km m² m³ ha km² g kg t kt L h min d W kW MW GW Wh kWh MWh GWh J MJ CNY USD".split())
"""Signs of what can be counted, the same in all languages."""
LEVEL_UNITS = {
    "%": "%", "百分比": "%", "百分点": "pp", "‰": "‰", "摄氏度": "°C", "℃": "°C", "度": "°", "米/秒": "m/s",
    "微克/立方米": "µg/m³", "毫克/立方米": "mg/m³", "毫克/升": "mg/L", "微克/升": "µg/L", "元/平方米": "yuan/m²",
    "元/吨": "yuan/t", "元/千克": "yuan/kg", "元/斤": "yuan/500 g", "元/500克": "yuan/500 g", "分贝": "dB",
    "NTU": "NTU", "CFU/毫升": "CFU/mL", "人/平方千米": "people/km²", "人/平方公里": "people/km²", "千米/小时": "km/h",
    "公里/小时": "km/h", "百帕": "hPa", "无量纲": "", "分": "points",
}  # fmt: skip
"""Units of readings, which are never added up."""
OFFSET_UNITS = frozenset(["摄氏度", "℃", "°C", "百分点", "度"])
"""Units of scales whose nought is no nothing: twice as much means nothing there."""

_KNOWN = {**AMOUNT_UNITS, **LEVEL_UNITS}
UNIT_CHARACTERS_MAX = 16
"""Characters of a unit; what is longer is no unit."""
_IN_BRACKETS = re.compile(r"(.+?)\s*[（(\[【]\s*(?:单位[:：]\s*)?([^（）()\[\]【】]{1,16}?)\s*[）)\]】]\s*")
_UNIT = re.compile(
    r"[十百千万亿]*(元|美元|人民币|平?立?方?(米|公里|千米)|厘米|毫米|吨|千克|公斤|克|毫克|微克|升|毫升|亩|公顷|人|人次|个|户|家|"
    r"件|次|辆|架|艘|座|处|套|册|卷|所|间|张|台|只|头|株|条|例|项|宗|起|班|天|日|小时|分钟|分|秒|年|岁|度|千瓦时|千瓦|伏|安)(/.{1,8})?|"
    r"[%％‰℃°µμ].{0,11}|[a-z][A-Za-z0-9²³/·.%^ -]{0,15}|[A-Z]{2,3}|[hkMGT]?(Pa|Hz|Bq|[WVAJNPB]h?)(/.{1,4})?|US\$"
)
"""What stands in brackets behind a title and is a unit: 万元, 元/平方米, µg/m³, km, kWh, CNY; not 女 or 含税."""
_COUNTED_CLAUSE = re.compile(r"(人次|册次|车次|班次|户次)(?=[，,。；;]|$)")
"""A clause that ends in what is counted: 当日入园人次。"""
_CLAUSES = re.compile("[，,；;。：:（）()、\\s]+")


def unit_of(name: str, title: LocalText, description: LocalText) -> LocalText:
    """Return the unit that a column states, empty where it states none.

    >>> unit_of("产量（吨）", LocalText(), LocalText())
    LocalText(zh='吨', en='t')
    >>> unit_of("PM2.5", LocalText(), LocalText("细颗粒物，微克/立方米；缺测时为空。"))
    LocalText(zh='微克/立方米', en='µg/m³')
    >>> unit_of("功率", LocalText("额定功率", "Rated power (kW)"), LocalText())
    LocalText(zh='kW', en='kW')
    """
    return _in_brackets(title.zh, name) or _in_clauses(description.zh) or _in_brackets(title.en) or LocalText()


def _in_brackets(*titles: str) -> LocalText:
    for text in titles:
        unit = title_and_unit(text)[1]
        if unit:
            return in_english(unit)
    return LocalText()


def _in_clauses(description: str) -> LocalText:
    for clause in _CLAUSES.split(description.replace("单位为", "，").replace("单位", "，")):
        if clause and clause in _KNOWN:
            return in_english(clause)
    counted = _COUNTED_CLAUSE.search(description)
    return in_english(counted[1]) if counted else LocalText()


def in_english(unit: str) -> LocalText:
    """Return a unit in both languages.

    >>> in_english("万元"), in_english("百分比"), in_english("头/平方千米")
    (LocalText(zh='万元', en='10,000 yuan'), LocalText(zh='%', en='%'), LocalText(zh='头/平方千米', en='头/平方千米'))
    """
    if unit in ("百分比", "％", "percent"):
        return LocalText("%", "%")
    return LocalText(unit, _KNOWN.get(unit, unit))


def is_unit(text: str) -> bool:
    """Whether a text is a unit.

    >>> is_unit("万人"), is_unit("亿元"), is_unit("教育局")
    (True, True, False)
    """
    return text in _KNOWN or _UNIT.fullmatch(text) is not None


def title_and_unit(title: str) -> tuple[str, str]:
    """Return a title without the unit in brackets behind it, and the unit as it is written; "" where there is none.

    >>> title_and_unit("产量（吨）"), title_and_unit("Rated power (kW)"), title_and_unit("额【单位：万元】")
    (('产量', '吨'), ('Rated power', 'kW'), ('额', '万元'))
    >>> title_and_unit("其中（女）"), title_and_unit("人数（男/女）"), title_and_unit("均价（元/平方米）")
    (('其中（女）', ''), ('人数（男/女）', ''), ('均价', '元/平方米'))
    """
    found = _IN_BRACKETS.fullmatch(title)
    if found and is_unit(found[2]):
        return found[1], found[2]
    return title, ""


def without_unit(title: str) -> str:
    """Return a title without the unit behind it.

    >>> without_unit("产量（吨）"), without_unit("其中（女）")
    ('产量', '其中（女）')
    """
    return title_and_unit(title)[0]
