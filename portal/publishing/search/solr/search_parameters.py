"""Parameters of CKAN's actions on datasets (package_search, package_list, package_autocomplete), declared once."""

from __future__ import annotations

from collections.abc import Mapping

from portal.model.api import Choice, Count, Name, Parameter
from portal.model.text import LocalText

ROWS = 10
ROWS_MAX = 1000
"""Datasets in one answer of CKAN's ``package_search``."""
SORT = "score desc, metadata_modified desc"
FACET_VALUES = 50
"""Values of a facet in one answer of CKAN's ``package_search``, unless ``facet.limit`` says otherwise."""
FIELDS = "name^4 title^4 tags^2 groups^2 text"
"""Where words are searched unless ``qf`` says otherwise, with their weights."""
ENOUGH = "2<-1 5<80%"
"""How many words must be found unless ``mm`` says otherwise."""

_OFFSET = Count("offset", LocalText("略过的条数", "How many are passed over"))
_SYNTAXES = ("dismax", "edismax", "lucene")

PACKAGE_SEARCH: tuple[Parameter, ...] = (
    Name(
        "q", LocalText("没有冒号时是普通的词，有冒号时是 Lucene 语法", "Plain words, or with a colon Lucene's syntax")
    ),
    Name("fq", LocalText("筛选条件，Lucene 语法", "A filter, in Lucene's syntax")),
    Name("fq_list", LocalText("更多筛选条件", "More filters, a list")),
    Name("sort", LocalText(f"排序的字段和方向；不写时 {SORT}", f"Fields with asc or desc; without it {SORT}")),
    Count("rows", LocalText("最多给出的条数", "Datasets given at most"), ROWS, ROWS_MAX),
    Count("start", LocalText("略过的条数", "Datasets passed over")),
    Choice("facet", LocalText("是否计数", "Whether anything is counted"), ("true", "false"), "true"),
    Name("facet.field", LocalText("要计数的字段，JSON 列表", "Fields to count values of, a list in JSON")),
    Count(
        "facet.limit",
        LocalText("每个字段最多给出的取值数，负数为全部", "Values given of each, all if negative"),
        FACET_VALUES,
    ),
    Count("facet.mincount", LocalText("取值至少出现的次数", "How often a value must occur"), 1),
    Name("fl", LocalText("只要这些字段", "These fields alone")),
    Name("qf", LocalText(f"在哪些字段里找词；不写时 {FIELDS}", f"Where words are searched; without it {FIELDS}")),
    Name("mm", LocalText(f"至少要有多少词；不写时 {ENOUGH}", f"How many words must be found; without it {ENOUGH}")),
    Choice("defType", LocalText("q 的语法", "The syntax of q"), _SYNTAXES, _SYNTAXES[0]),
)

PACKAGE_ACTIONS: Mapping[str, tuple[Parameter, ...]] = {
    "package_list": (Count("limit", LocalText("最多给出的条数", "Names given at most"), -1), _OFFSET),
    "current_package_list_with_resources": (
        Count("limit", LocalText("最多给出的条数", "Datasets given at most"), ROWS, ROWS_MAX),
        _OFFSET,
        Count("page", LocalText("没有 offset 时的页码，从 1 起", "Without offset the page, from 1"), 1),
    ),
    "package_show": (
        Name("id", LocalText("数据集的名称或 CKAN 标识", "The dataset's name or CKAN id")),
        Name("name_or_id", LocalText("同 id", "The same, where there is no id")),
    ),
    "package_autocomplete": (
        Name(
            "q", LocalText("名称里应有的字符，或标题里应有的词", "What must stand in the name, or words of the title")
        ),
        Count("limit", LocalText("最多给出的条数", "Datasets given at most"), ROWS, ROWS_MAX),
    ),
    "package_search": PACKAGE_SEARCH,
}
"""The actions on datasets, with their parameters."""
