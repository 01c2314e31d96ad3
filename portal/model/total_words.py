"""Words of rows that add up others (合计, 全市合计, Grand total), which would be counted twice beside their parts."""

from __future__ import annotations

import re
from collections.abc import Collection

_TOTALS = frozenset(
    {"合计", "总计", "小计", "累计", "共计", "总合计", "本页合计", "本页小计", "total", "grandtotal", "subtotal", "sum"}
)
_TOTAL_AT_END = re.compile(r".{1,20}(小计|合计|总计)|(合计|总计|小计|累计|共计)([:：（(].*)?")
_TOTAL_INSIDE = re.compile(r"[合总小共]\s*计|total", re.IGNORECASE)
_GROUPS = "年龄 人口 人员 类型 类别 行业 学校".split()
_OF_ALL = "ages sexes persons people types categories groups".split()
_ENGLISH = ("total", "sum", "all", "overall", "both sexes", "grand total", "subtotal", *(f"all {of}" for of in _OF_ALL))
TOTAL_WORDS = frozenset(
    [
        *"合计 总计 小计 共计 总数 总量 总和 总体 总 计".split(),
        *(f"全{area}" for area in "市国省区县州旗镇体部"),
        *(f"{every}{group}" for every in ("全部", "所有") for group in _GROUPS),
        *(form for word in _ENGLISH for form in (word, word.capitalize(), word.title(), word.upper())),
    ]
)
"""What stands in a row of totals in the place of a name."""


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
    text = text.strip("（）() ")
    if text.startswith("累计"):
        return False  # so far, beside what was this month
    return text in TOTAL_WORDS or (_TOTAL_INSIDE.search(text) is not None and says_total(text))


def holds_a_total(texts: Collection[str]) -> bool:
    """Whether one of many texts names all; those that cannot are passed over at once.

    >>> holds_a_total(["晨星区", "澄波区"]), holds_a_total(["晨星区", "全市合计"]), holds_a_total(["设计", "合  计"])
    (False, True, True)
    """
    if not TOTAL_WORDS.isdisjoint(texts):
        return True
    together = "\n".join(texts)
    may_be = "计" in together or "otal" in together or "OTAL" in together
    return may_be and _TOTAL_INSIDE.search(together) is not None and any(map(names_all, texts))
