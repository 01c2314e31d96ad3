"""Totals of a table: which columns may be added up (元, 人次, 辆), and in which tables; no rates and no series.

A sum is shown only where it means something: money and counts of things, of a table whose rows are each a thing or an
event of their own. Rows of a series say how many there were at each time, and adding those up counts the same people
again; a table that leads to itself, or holds a row of totals, has its sums already.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from portal.examining.profiling.newest_rows import AGE_OF_THINGS
from portal.examining.profiling.titles import hints_of
from portal.model.table_profile import ColumnProfile, TableProfile
from portal.publishing.site.column_headings import heading_of

_ADDED_UNITS = re.compile(
    r"[十百千万亿]*(元|美元|人|人次|个|户|家|件|次|辆|架|艘|座|处|套|册|卷|所|间|张|台|只|头|株|条|例|项|宗|起|班|yuan|CNY|RMB)"
)
_ADDED_TITLES = re.compile(
    r"(人数|人次|户数|件数|次数|套数|辆数|例数|起数|位数|床位数?|车位数?|车位|学生数|班级数|会员数|职工数|数量|总数|金额|总额|余额|"
    r"资本|投资|罚款|捐款|损失|资助|补助|支出|收入|预算)$|(^|[ _])(count|total|amount|number|visits|passengers)$",
    re.IGNORECASE,
)
_NEVER_ADDED = re.compile(
    r"率|比|均|占|指数|价|费|单位|容积|浓度|温|度$|风速|年限|天数|年$|月$|日$|时长|间隔|序|编号|代码|排名|等级|评分|得分|满意|"
    r"上限|下限|最高|最低|最大|累计|同期|其中|中位|含量|排放|水量$|质量$|降水量|耗氧量|长度|海拔|rate|ratio|average|mean|index|price|share",
    re.IGNORECASE,
)
_SERIES_TYPES = ("year", "yearmonth")
_ROW_NUMBER = re.compile(r"序号|行号|(row|object|f|o|g)?_?id|no\.?|num(ber)?", re.IGNORECASE)
"""What a key is called that counts rows and tells no thing or event apart."""


def totals(resource: str, profile: TableProfile, schema: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the sums of those columns that may be added up, by their names; {} where no sum of the table is one."""
    fields = schema["fields"]
    if profile.rows < 2 or not _is_of_single_things(resource, profile, schema):
        return {}
    columns = {column.name: column for column in profile.columns}
    return {
        str(field["name"]): column.total
        for field in fields
        if (column := columns.get(str(field["name"]))) and column.total and is_added(field, column)
    }


def is_added(field: Mapping[str, Any], column: ColumnProfile) -> bool:
    """Whether the numbers of a column are amounts of money or counts, none below zero.

    >>> amount = ColumnProfile("x", 0, 2, minimum="1", type="integer", kind="number")
    >>> names = ("成交金额（万元）", "参保人数", "成交均价（元/平方米）", "人均月补助", "办理天数", "女生占比")
    >>> [is_added({"name": name, "type": "integer"}, amount) for name in names]
    [True, True, False, False, False, False]
    """
    if column.kind != "number" or column.minimum.startswith("-"):
        return False
    title, unit = heading_of(str(field.get("title") or field["name"]), field)
    if _NEVER_ADDED.search(title):
        return False
    return bool(_ADDED_UNITS.fullmatch(unit)) if unit else bool(_ADDED_TITLES.search(title))


def _is_of_single_things(resource: str, profile: TableProfile, schema: Mapping[str, Any]) -> bool:
    fields = schema["fields"]
    keys = _listed(schema.get("primaryKey"))
    if len(keys) != 1 or profile.newest_by in keys:
        return False
    if _is_series(profile, fields, keys[0]):
        return False
    if any(
        (key.get("reference") or {}).get("resource", "") in ("", resource) for key in schema.get("foreignKeys") or ()
    ):
        return False
    return not any(column.has_total_row for column in profile.columns)


def _is_series(profile: TableProfile, fields: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether rows tell of one thing at several times: years or months beside it, days where rows have but numbers."""
    several = {column.name for column in profile.columns if column.distinct != 1}
    if profile.newest_by in several and _ROW_NUMBER.fullmatch(key):
        return True
    return any(_tells_period(field) and (field["name"] in several or field["name"] == key) for field in fields)


def _tells_period(field: Mapping[str, Any]) -> bool:
    """Whether a column holds years or months that do not tell how old a thing is."""
    titles = (str(field["name"]), str(field.get("title") or ""))
    if any(AGE_OF_THINGS.search(title) for title in titles):
        return False
    return field.get("type") in _SERIES_TYPES or any(hints_of(title).is_year for title in titles)


def _listed(names: Any) -> Sequence[str]:
    return [names] if isinstance(names, str) else list(names or ())
