"""Columns of catalog.csv, catalog.xlsx and catalog.json: a row a dataset, core elements of the guide.

The whole catalogue as one list, with the core elements of the national guide. All values are text, so that codes keep
their zeros; whoever writes a spreadsheet must write them as text.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from portal.model.addresses import dataset_path
from portal.model.guide import (
    CATEGORY_CLASSES,
    CATEGORY_ITEMS,
    FORMAT_CLASSES,
    SHARING_METHOD_CLASSES,
    SHARING_METHOD_TYPES,
    Category,
    DataFormat,
    format_of_files,
)
from portal.model.terms import OPEN_STATES, SHARING_TYPES, UPDATE_CYCLES
from portal.model.text import LocalText, enumerated
from portal.publishing.formats.json_documents import stated
from portal.publishing.publication import PublishedDataset

HEADERS = (
    "信息资源名称",
    "英文名称",
    "信息资源代码",
    "信息资源分类",
    "信息资源提供方",
    "提供方内部部门",
    "信息资源提供方代码",
    "信息资源摘要",
    "信息资源格式分类",
    "信息资源格式类型",
    "信息项",
    "共享类型",
    "共享条件",
    "不予共享依据",
    "共享方式",
    "开放属性",
    "开放条件",
    "计划开放日期",
    "更新周期",
    "发布日期",
    "更新日期",
    "关联资源代码",
    "主题",
    "许可",
    "下载格式",
    "数据条数",
    "标识",
    "页面地址",
)
"""The titles of the columns of `row`, those of the guide where it has one."""

WIDTHS = (
    32,
    24,
    22,
    28,
    24,
    18,
    22,
    48,
    14,
    14,
    40,
    14,
    24,
    24,
    18,
    12,
    24,
    14,
    10,
    12,
    12,
    22,
    18,
    18,
    20,
    10,
    28,
    48,
)
"""How wide the columns are set in a workbook, in characters."""


def row(published: PublishedDataset, *, base_url: str) -> tuple[str, ...]:
    """Return the dataset as a row of texts below `HEADERS`, codes as their Chinese terms."""
    dataset, guide = published.dataset, published.dataset.guide
    data_format = guide.data_format
    if data_format == DataFormat():
        data_format = format_of_files(item.format for item in dataset.resources)
    return (
        str(dataset.title),
        dataset.title.en if dataset.title.zh else "",
        dataset.code,
        _category(guide.category),
        str(dataset.publisher.title),
        guide.provider_unit,
        dataset.publisher.uscc,
        str(dataset.description),
        _term(data_format.class_id, FORMAT_CLASSES),
        data_format.type or data_format.other,
        enumerated("zh", (item.name for item in guide.items)),
        _term(dataset.sharing.type, SHARING_TYPES),
        dataset.sharing.condition,
        dataset.sharing.basis,
        _method(dataset.sharing.method),
        _term(dataset.open_state, OPEN_STATES),
        dataset.open_condition,
        _day(dataset.planned_on),
        _term(dataset.update_cycle, UPDATE_CYCLES),
        _day(dataset.published),
        _day(dataset.updated),
        enumerated("zh", guide.related_codes),
        enumerated("zh", (str(theme.title) for theme in dataset.themes)),
        enumerated("zh", (licence.name for licence in dataset.licences)),
        enumerated("zh", published.formats),
        str(published.rows) if published.rows else "",
        dataset.name,
        base_url + dataset_path(dataset.name),
    )


def record(published: PublishedDataset, *, base_url: str) -> dict[str, Any]:
    """Return the dataset as an object of ``catalog.json``: codes as they are, texts in both languages."""
    dataset = published.dataset
    return stated(
        {
            "name": dataset.name,
            "title": _both(dataset.title),
            "description": _both(dataset.description),
            "code": dataset.code,
            "category": dataset.guide.category.code,
            "publisher": {
                "id": dataset.publisher.id,
                "title": _both(dataset.publisher.title),
                **stated({"uscc": dataset.publisher.uscc}),
            },
            "themes": [theme.id for theme in dataset.themes],
            "areas": list(dataset.areas),
            "keywords": [str(word) for word in dataset.keywords],
            "license": dataset.licences[0].name if dataset.licences else None,
            "sharing": dataset.sharing.type,
            "open": dataset.open_state,
            "update_cycle": dataset.update_cycle,
            "published": _day(dataset.published),
            "updated": _day(dataset.updated),
            "spatial": dataset.spatial,
            "temporal": dataset.temporal,
            "demonstration": dataset.is_demonstration or None,
            "superseded_by": dataset.superseded_by,
            "formats": list(published.formats),
            "rows": published.rows or None,
            "url": base_url + dataset_path(dataset.name),
            "files": list(_files(published, base_url)),
        }
    )


def _files(published: PublishedDataset, base_url: str) -> Iterator[dict[str, Any]]:
    for item in published.resources:
        if item.resource.kind == "link":
            yield stated({"resource": item.resource.name, "format": item.resource.format, "url": item.resource.url})
        for file in item.files:
            yield {
                "resource": item.resource.name,
                "format": file.format,
                "url": f"{base_url}{file.url_path}",
                "bytes": file.size_bytes,
                "sha256": file.sha256,
                **({"original": True} if file.is_original else {}),
            }


def _category(category: Category) -> str:
    """Return a category in words as far as the guide names it, and its code."""
    item = CATEGORY_ITEMS.get(category.class_id, {}).get(category.item)
    named = [_term(category.class_id, CATEGORY_CLASSES), item.zh if item else ""]
    return " ".join(part for part in ("/".join(part for part in named if part), category.code) if part)


def _method(method: str) -> str:
    """Return a way of sharing in words; class and type are parted by a slash.

    >>> _method("platform/file")
    '共享平台方式/文件'
    """
    class_, _, type_ = method.partition("/")
    parts = [_term(class_, SHARING_METHOD_CLASSES), _term(type_, SHARING_METHOD_TYPES)]
    return "/".join(part for part in parts if part)


def _term(value: str, terms: dict[str, LocalText]) -> str:
    return terms[value].zh if value in terms else value


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _both(value: LocalText) -> dict[str, str]:
    return {lang: words for lang, words in (("zh", value.zh), ("en", value.en)) if words}
