"""Headings of columns for people: the title, and the unit of its numbers (µg/m³, 万元) as the publisher states it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

UNIT_CHARACTERS_MAX = 16
"""Characters of a unit; what is longer is no unit."""

_UNIT_IN_TITLE = re.compile(r"(.+?)\s*[（(\[【]([^（()）\[\]【】]{1,16})[）)\]】]")
_UNIT = re.compile(
    r"[十百千万亿]*(元|美元|人民币|平?立?方?(米|公里|千米)|厘米|毫米|吨|千克|公斤|克|毫克|微克|升|毫升|亩|公顷|人|人次|个|户|家|"
    r"件|次|辆|架|艘|座|处|套|册|卷|所|间|张|台|只|头|株|条|例|项|宗|起|班|天|日|小时|分钟|分|秒|年|岁|度|千瓦时|千瓦|伏|安)(/.{1,8})?|"
    r"[%％‰℃°µμ].{0,11}|[a-z][A-Za-z0-9²³/·.%^ -]{0,15}|[A-Z]{2,3}|[kMGT]?[WVAJNPB]h?(/.{1,4})?"
)
"""What stands in brackets behind a title and is a unit: 万元, 元/平方米, µg/m³, km, kWh, CNY; not 女 or 含税."""


def is_quantity(field: Mapping[str, Any]) -> bool:
    """Whether a column holds numbers, which are set to the end of the line; codes that are texts hold none."""
    return field.get("type") in ("integer", "number")


def unit_of(field: Mapping[str, Any]) -> str:
    """Return the unit of a column of numbers as its publisher writes it, "" where none is stated.

    That is the key ``unit`` of the field, else what stands in brackets at the end of its title or name.

    >>> unit_of({"name": "PM2.5", "type": "integer", "unit": "µg/m³"})
    'µg/m³'
    >>> unit_of({"name": "总价（万元）", "type": "number"})
    '万元'
    """
    if not is_quantity(field):
        return ""
    unit = field.get("unit")
    if isinstance(unit, str) and unit.strip():
        return unit.strip()[:UNIT_CHARACTERS_MAX]
    return heading_of(str(field.get("title") or field.get("name") or ""), field)[1]


def heading_of(title: str, field: Mapping[str, Any]) -> tuple[str, str]:
    """Return the heading of a column without its unit, and the unit.

    >>> heading_of("总价（万元）", {"type": "number"}), heading_of("Price (yuan)", {"type": "number"})
    (('总价', '万元'), ('Price', 'yuan'))
    >>> heading_of("名称（全）", {"type": "string"}), heading_of("PM10", {"type": "integer", "unit": "µg/m³"})
    (('名称（全）', ''), ('PM10', 'µg/m³'))
    >>> heading_of("人数（女）", {"type": "integer"}), heading_of("均价（元/平方米）", {"type": "integer"})
    (('人数（女）', ''), ('均价', '元/平方米'))
    """
    if not is_quantity(field):
        return title, ""
    found = _UNIT_IN_TITLE.fullmatch(title)
    unit = field.get("unit")
    if found and _UNIT.fullmatch(found[2]):
        return found[1], found[2]
    return title, unit.strip()[:UNIT_CHARACTERS_MAX] if isinstance(unit, str) else ""
