"""Words of rows that add up others (合计, 全市合计, Grand total), which would be counted twice beside their parts."""

from __future__ import annotations

import re
from collections.abc import Collection

TOTAL_WORDS = frozenset(
    "合计 总计 小计 共计 全市 全省 全国 全区 全县 全部 总数 合 计 总 Total total TOTAL Sum sum All all".split()
)
"""What stands in a row of totals in the place of a name."""
_TOTALS = frozenset(
    {"合计", "总计", "小计", "累计", "共计", "总合计", "本页合计", "本页小计", "total", "grandtotal", "subtotal", "sum"}
)
_TOTAL_AT_END = re.compile(r".{1,20}(小计|合计|总计)|(合计|总计|小计|累计|共计)([:：（(].*)?")
_ALL = re.compile(
    r"(总|合|小|共)?计|总数|总量|总和|总体|总|全(市|国|省|区|县|州|旗|镇|体|部)|(全部|所有)(年龄|人口|人员|类型|类别|行业|学校)|"
    r"all(ages|sexes|persons|people|types|categories|groups)?|bothsexes|overall|sub-?total|total[:：(].*",
    re.IGNORECASE,
)
_MARKS = ("计", "全", "总", "所有", "otal", "OTAL", "um", "UM", "all", "All", "ALL", "oth ")
"""One of them is in every text that names all."""
NAME_CHARACTERS_MAX = 24
"""Characters of a name of all; a longer text says something else."""


def says_total(text: str) -> bool:
    """Whether a text says that what stands beside it is a total or subtotal.

    >>> [says_total(text) for text in ("合 计", "甲区小计", "Grand total", "会计", "全市")]
    [True, True, True, False, False]
    """
    text = re.sub(r"\s+", "", text)
    return text.casefold() in _TOTALS or _TOTAL_AT_END.fullmatch(text) is not None


def names_all(text: str) -> bool:
    """Whether a name among others is that of all of them: a total, or the whole area, or all ages.

    >>> [names_all(text) for text in ("全市合计", "合计：", "全区", "（总计）", "全部年龄", "All ages", "全聚德")]
    [True, True, True, True, True, True, False]
    """
    if len(text) > NAME_CHARACTERS_MAX or not any(mark in text for mark in _MARKS):
        return False
    text = text.strip("（）() ")
    return says_total(text) or _ALL.fullmatch(re.sub(r"\s+", "", text)) is not None


def holds_a_total(texts: Collection[str]) -> bool:
    """Whether one of many texts names all; those that cannot are passed over at once.

    >>> holds_a_total(["晨星区", "澄波区"]), holds_a_total(["晨星区", "全市合计"])
    (False, True)
    """
    together = "\n".join(texts)
    return any(mark in together for mark in _MARKS) and any(map(names_all, texts))
