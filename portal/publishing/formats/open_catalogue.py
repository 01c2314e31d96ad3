"""Open catalogue (公共信息资源开放目录) as CSV, XLSX and JSON: columns; what is open, when, and why not.

It is a list of what the public may have of each dataset. 国办发〔2017〕39号, task 5. All values are text, so that codes
keep their zeros.
"""

from __future__ import annotations

from typing import Any

from portal.model.addresses import dataset_path
from portal.model.terms import OPEN_STATES, UPDATE_CYCLES
from portal.model.text import enumerated
from portal.publishing.formats.json_documents import stated
from portal.publishing.publication import PublishedDataset

HEADERS = (
    "信息资源名称",
    "信息资源代码",
    "信息资源提供方",
    "信息资源提供方代码",
    "信息资源摘要",
    "开放属性",
    "开放条件",
    "计划开放日期",
    "不予开放依据",
    "更新周期",
    "发布日期",
    "更新日期",
    "下载格式",
    "许可",
    "页面地址",
)
"""The titles of the columns of `row`."""

WIDTHS = (32, 22, 24, 22, 48, 12, 24, 14, 32, 10, 12, 12, 20, 18, 48)
"""How wide the columns are set in a workbook, in characters."""


def row(published: PublishedDataset, *, base_url: str) -> tuple[str, ...]:
    """Return the dataset as a row of texts below `HEADERS`."""
    dataset = published.dataset
    return (
        str(dataset.title),
        dataset.code,
        str(dataset.publisher.title),
        dataset.publisher.uscc,
        str(dataset.description),
        OPEN_STATES[dataset.open_state].zh,
        dataset.open_condition if dataset.open_state == "conditional" else "",
        dataset.planned_on.isoformat() if dataset.planned_on else "",
        ground(published),
        UPDATE_CYCLES[dataset.update_cycle].zh if dataset.update_cycle in UPDATE_CYCLES else dataset.update_cycle,
        dataset.published.isoformat() if dataset.published else "",
        dataset.updated.isoformat() if dataset.updated else "",
        enumerated("zh", published.formats),
        enumerated("zh", (licence.name for licence in dataset.licences)),
        base_url + dataset_path(dataset.name),
    )


def record(published: PublishedDataset, *, base_url: str) -> dict[str, Any]:
    """Return the dataset as an object; what is not stated has no key."""
    dataset = published.dataset
    return stated(
        {
            "name": dataset.name,
            "title": str(dataset.title),
            "code": dataset.code,
            "publisher": dataset.publisher.id,
            "open": dataset.open_state,
            "condition": dataset.open_condition if dataset.open_state == "conditional" else "",
            "planned_on": dataset.planned_on.isoformat() if dataset.planned_on else "",
            "ground": ground(published),
            "url": base_url + dataset_path(dataset.name),
        }
    )


def ground(published: PublishedDataset) -> str:
    """Return why a dataset is not open: the ground for not sharing it, else what stands as its condition."""
    dataset = published.dataset
    return (dataset.sharing.basis or dataset.open_condition) if dataset.open_state == "closed" else ""
