"""Parameters of CKAN's actions on organizations, groups, tags, resources, licences and the site, declared once."""

from __future__ import annotations

from collections.abc import Mapping

from portal.model.api import Choice, Count, Name, Parameter
from portal.model.text import LocalText

_SWITCH = ("true", "false")

OFFSET = Count("offset", LocalText("略过的条数", "How many are passed over"))
LIMIT = Count("limit", LocalText("最多给出的条数", "How many are given at most"), default=-1)
_ALL_FIELDS = Choice(
    "all_fields",
    LocalText("给出全部内容，而不只是名称", "All that is known of each, not the names alone"),
    _SWITCH,
    "false",
)
_QUERY = Name("query", LocalText("名称里应有的词", "What must stand in the name"))
_VOCABULARY = Name("vocabulary_id", LocalText("词表；这里没有词表", "A vocabulary; there are none here"))

_RESOURCE_ID = Name("resource_id", LocalText("表格的 UTF-8 CSV 的 CKAN 标识", "The CKAN id of a table's CSV in UTF-8"))


def _id(zh: str, en: str) -> Name:
    return Name("id", LocalText(zh, en))


def _include(name: str, zh: str, en: str, default: str) -> Choice:
    return Choice(f"include_{name}", LocalText(zh, en), _SWITCH, default)


def _included(default: str) -> tuple[Parameter, ...]:
    return (
        _include("dataset_count", "给出数据集的数目", "How many datasets there are", "true"),
        _include("extras", "给出附加内容", "Extras", default),
        _include("tags", "给出标签；没有", "Tags; there are none", default),
        _include("groups", "给出上下级；没有", "Groups within; there are none", default),
        _include("users", "给出成员；没有", "Members; there are none", default),
        _include("member_count", "给出成员的数目；总是 0", "How many members there are; always 0", "false"),
    )


def _list(names: str) -> tuple[Parameter, ...]:
    return (
        Choice(
            "sort",
            LocalText("name、title 或 package_count，加 asc 或 desc", "name, title or package_count, with asc or desc"),
            tuple(f"{field} {way}" for field in ("title", "name", "package_count") for way in ("asc", "desc")),
            "title asc",
        ),
        LIMIT,
        OFFSET,
        Name(names, LocalText("只要这些名称，用逗号隔开", "These names alone, with commas between them")),
        Name("q", LocalText("名称、标题或说明里应有的词", "What must stand in name, title or description")),
        Name("type", LocalText("种类；别的种类没有", "The type; there are none of another")),
        _ALL_FIELDS,
        *_included("false"),
    )


def _show(zh: str, en: str) -> tuple[Parameter, ...]:
    return (
        _id(zh, en),
        _include("datasets", "给出最新的 10 个数据集", "The 10 newest datasets", "false"),
        *_included("true"),
        _include("followers", "给出关注的人数；总是 0", "How many follow it; always 0", "true"),
    )


_AUTOCOMPLETE = (Name("q", LocalText("名称或标题里应有的词", "What must stand in name or title")), LIMIT)

LIST_ACTIONS: Mapping[str, tuple[Parameter, ...]] = {
    "resource_show": (_id("资源的 CKAN 标识", "The resource's CKAN id"),),
    "resource_search": (
        Name("query", LocalText("字段:词，可以写多个", "field:text, may be repeated")),
        Name("order_by", LocalText("按哪个字段排序", "The field to sort by")),
        OFFSET,
        LIMIT,
    ),
    "resource_view_list": (_id("资源的 CKAN 标识", "The resource's CKAN id"),),
    "organization_list": _list("organizations"),
    "organization_show": _show("提供方的名称或 CKAN 标识", "The publisher's name or CKAN id"),
    "organization_autocomplete": _AUTOCOMPLETE,
    "organization_list_for_user": (),
    "group_list": _list("groups"),
    "group_show": _show("主题的名称或 CKAN 标识", "The topic's name or CKAN id"),
    "group_autocomplete": _AUTOCOMPLETE,
    "group_package_show": (_id("主题的名称或 CKAN 标识", "The topic's name or CKAN id"), LIMIT),
    "tag_list": (_QUERY, _VOCABULARY, _ALL_FIELDS),
    "tag_search": (_QUERY, _VOCABULARY, OFFSET, LIMIT),
    "tag_autocomplete": (_QUERY, _VOCABULARY, OFFSET, LIMIT),
    "tag_show": (
        _id("标签的名称或 CKAN 标识", "The tag's name or CKAN id"),
        _VOCABULARY,
        _include("datasets", "给出数据集", "Its datasets", "false"),
    ),
    "datastore_search": (
        _RESOURCE_ID,
        Name(
            "filters",
            LocalText("列和值的 JSON 对象，值可以是列表", "A JSON object of columns and values, or lists of values"),
        ),
        Name(
            "q",
            LocalText(
                "任何列里应有的词，或列和词的 JSON 对象", "Words in any column, or a JSON object of columns and words"
            ),
        ),
        Name("full_text", LocalText("任何列里应有的词", "Words in any column")),
        Name("fields", LocalText("要给出的列，用逗号隔开", "The columns to give, with commas between them")),
        Name(
            "sort",
            LocalText(
                "排序的列，加 asc 或 desc，用逗号隔开", "Columns to sort by, with asc or desc, and commas between"
            ),
        ),
        Choice("distinct", LocalText("相同的行只给一次", "Equal rows once"), _SWITCH, "false"),
        Count("limit", LocalText("最多给出的行数", "How many rows are given at most"), default=100, maximum=32_000),
        OFFSET,
        Choice("include_total", LocalText("给出总行数", "How many rows there are"), _SWITCH, "true"),
        Choice(
            "records_format",
            LocalText("行的写法", "How rows are written"),
            ("objects", "lists", "csv", "tsv"),
            "objects",
        ),
        Name("plain", LocalText("不起作用", "Of no effect")),
        Name("language", LocalText("不起作用", "Of no effect")),
        Name("total_estimation_threshold", LocalText("不起作用；总数总是准确的", "Of no effect: totals are exact")),
    ),
    "datastore_info": (_RESOURCE_ID, _id("同 resource_id", "The same as resource_id")),
    "vocabulary_list": (),
    "vocabulary_show": (_id("词表的标识", "The vocabulary's id"),),
    "license_list": (),
    "status_show": (),
    "help_show": (Name("name", LocalText("操作的名称", "Name of an action")),),
}
"""The actions on all but datasets, with their parameters."""
