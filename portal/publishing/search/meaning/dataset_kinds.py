"""What kind of data a dataset is: places, statistics, matters, lists, series. By these questions are answered.

Where, how many, how to apply, which ones, how it changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from portal.publishing.publication import PublishedDataset
from portal.publishing.search.meaning.question_words import INTENTS
from portal.publishing.search.meaning.second_list import SUPERSEDED, Kinds

_PLACE_COLUMN = re.compile(r"经度|纬度|地址|坐标|位置|所在地|longitude|latitude|address|\blon\b|\blat\b|\blng\b", re.I)
_NAME_COLUMN = re.compile(r"(名称|姓名|单位|企业|机构|字号|学校|医院)$|\bname$", re.I)
_TIME_COLUMN = re.compile(r"年份|年度|月份|季度|日期|时间|年月|\byear\b|\bmonth\b|\bdate\b", re.I)
_TITLES = {
    "places": re.compile(r"分布|地图|位置|站点|网点|场所|设施|地址|\bmaps?\b|\blocations?\b", re.I),
    "statistics": re.compile(r"统计|数量|总量|指数|人数|产量|收入|支出|客流|\bstatistics\b|\bindex\b", re.I),
    "matters": re.compile(r"事项|办事|指南|办理|许可|审批|流程|\bservices?\b|\bpermits?\b", re.I),
    "lists": re.compile(r"名单|名录|目录|清单|名册|一览|登记|备案|基本信息|\blist\b|\bregister\b|\bdirectory\b", re.I),
    "series": re.compile(
        r"历年|月度|季度|年度|每日|每月|逐年|逐月|走势|小时|日报|月报|\bmonthly\b|\bdaily\b|\bhourly\b", re.I
    ),
}
_NUMBERS = frozenset(["integer", "number"])
_TIMES = frozenset(["date", "datetime", "year", "yearmonth"])


def kinds_of(published: PublishedDataset) -> frozenset[str]:
    """Return the kinds of data that a dataset is: by its columns and formats, and by the words of its title."""
    dataset = published.dataset
    title = f"{dataset.title.zh} {dataset.title.en}"
    found = {intent for intent, words in _TITLES.items() if words.search(title)}
    if "GEOJSON" in published.formats:
        found.add("places")
    for resource in dataset.resources:
        fields = resource.schema.fields
        titles = [field.title.zh or field.name for field in fields]
        has_numbers = any(field.type in _NUMBERS for field in fields)
        has_times = any(
            field.type in _TIMES or _TIME_COLUMN.search(title) for field, title in zip(fields, titles, strict=True)
        )
        if any(map(_PLACE_COLUMN.search, titles)):
            found.add("places")
        if any(map(_NAME_COLUMN.search, titles)) and not (has_times and has_numbers):
            found.add("lists")
        if has_numbers and has_times:
            found.update(("series", "statistics"))
    return frozenset(found)


def kinds_by_number(datasets: Sequence[PublishedDataset]) -> Kinds:
    """Return for each kind which of *datasets* are of it, by their places in the sequence, and which are superseded."""
    kinds = [kinds_of(item) for item in datasets]
    found = {intent: np.array([intent in of_one for of_one in kinds], np.bool_) for intent in INTENTS}
    return {**found, SUPERSEDED: np.array([bool(item.dataset.superseded_by) for item in datasets], np.bool_)}
