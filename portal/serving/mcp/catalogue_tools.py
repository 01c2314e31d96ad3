"""Tools for agents about the whole catalogue: what the portal holds, and a search with one line a dataset."""

from __future__ import annotations

from typing import Any

from portal.model.addresses import API_OPENAPI, DATASETS, in_language
from portal.model.text import LocalText
from portal.publishing.endpoints import LANG
from portal.publishing.search.search_documents import FACETS
from portal.publishing.site.labels import Labels
from portal.serving.mcp.tool_answers import AskedPortal, ToolAnswer, line, stated
from portal.serving.mcp.tool_arguments import OverviewArguments, SearchArguments
from portal.serving.v1.holding_views import counts
from portal.serving.v1.search_shapes import BecauseShape, DatasetList, FoundRowShape
from portal.serving.v1.search_views import dataset_list
from portal.serving.v1.shapes import DatasetItem
from portal.serving.v1.stats_shapes import HoldingCount, Stats, stats

LARGEST_SHOWN = 15
"""Publishers and topics of a short overview."""
_COUNTED_SHOWN = 10
_SUMMARY_CHARACTERS = 120
_TITLE_CHARACTERS = 200
_CELL_CHARACTERS = 100
ALSO_SHOWN = 5
"""Datasets that may be meant, in an answer to an agent."""


def overview(asked: OverviewArguments, portal: AskedPortal) -> ToolAnswer:
    """Tell what the portal holds: numbers, publishers, topics."""
    release, lang = portal.release, asked.lang
    own = release.directory.portal
    told = stats(counts(release), Labels(release.directory, lang), release.info["id"], release.today)
    data: dict[str, Any] = {
        "portal": stated(
            {
                "title": own.title.to(lang),
                "description": line(own.description.to(lang), 300),
                "url": portal.address + in_language(lang, "/"),
                "datasets_url": portal.address + in_language(lang, DATASETS),
                "api_url": portal.address + API_OPENAPI,
            }
        ),
        **told.model_dump(mode="json"),
    }
    if asked.full:
        return ToolAnswer(data)
    return ToolAnswer(stated({**data, **_short(told)}), _more_groups(told))


def search(asked: SearchArguments, portal: AskedPortal) -> ToolAnswer:
    """Search the catalogue, as its API does."""
    parameters = {
        "q": [asked.q],
        "sort": [asked.sort],
        "page": [str(asked.page)],
        "per_page": [str(asked.limit)],
        LANG.name: [asked.lang],
        **{name: getattr(asked, name) for name in FACETS},
        "format": [name.upper() for name in asked.format],  # as the catalogue writes them
    }
    found = dataset_list(portal.release, parameters, portal.address)
    items = [
        item.model_dump(mode="json", exclude={"highlights"}) if asked.full else _summary(item) for item in found.items
    ]
    data: dict[str, Any] = {"total": found.total, "page": found.page, "pages": found.pages, "datasets": items}
    if found.also.items:
        data["may_be_meant"] = [
            {**_summary(item), "because": [_reason(reason) for reason in item.because]}
            for item in found.also.items[:ALSO_SHOWN]
        ]
    if found.answers:
        data["rows"] = [_row(row) for row in found.answers]
    if asked.counts:
        data["counts"] = {
            name: [count.model_dump() for count in values[:_COUNTED_SHOWN]] for name, values in found.facets.items()
        }
    return ToolAnswer(data, tuple(_more_found(found)))


def _summary(item: DatasetItem) -> dict[str, Any]:
    """Return a dataset in a line: what it is called, who provides it, what it is, where it is."""
    return stated(
        {
            "name": item.name,
            "title": line(item.title, _TITLE_CHARACTERS),
            "publisher": line(item.publisher.title, _TITLE_CHARACTERS),
            "summary": line(item.description, _SUMMARY_CHARACTERS),
            "open": None if item.open == "open" else item.open,
            "demonstration": item.demonstration or None,
            "url": item.url,
        }
    )


def _reason(because: BecauseShape) -> str:
    """Return a reason in a few letters: what was typed, and what was found instead of it."""
    return because.kind + ": " + " → ".join(dict.fromkeys((because.typed, because.meant)))


def _row(row: FoundRowShape) -> dict[str, Any]:
    return {
        "dataset": row.dataset,
        "resource": row.resource,
        "row": row.row,
        "cells": {cell.name: line(cell.value, _CELL_CHARACTERS) for cell in row.cells},
        "url": row.url,
    }


def _short(told: Stats) -> dict[str, Any]:
    return {
        "publishers": [_held(item) for item in told.publishers[:LARGEST_SHOWN]],
        "publishers_total": len(told.publishers),
        "themes": [_held(item) for item in told.themes[:LARGEST_SHOWN]],
        "trend": [],
    }


def _held(item: HoldingCount) -> dict[str, Any]:
    return {"id": item.value, "title": item.label, "datasets": item.datasets, "rows": item.rows}


def _more_groups(told: Stats) -> tuple[LocalText, ...]:
    if max(len(told.publishers), len(told.themes)) <= LARGEST_SHOWN:
        return (LocalText("full=true 给出更多统计。", "full=true gives more numbers."),)
    return (
        LocalText("full=true 给出全部提供方和主题。", "full=true gives all publishers and topics."),
        LocalText(
            "search_datasets 可按提供方（publisher）或主题（theme）的 id 筛选。",
            "search_datasets takes the ids of a publisher and a theme.",
        ),
    )


def _more_found(found: DatasetList) -> list[LocalText]:
    if not found.total and (found.also.items or found.answers):
        return [
            LocalText(
                "没有数据集含有所有词；may_be_meant 是可能要找的，rows 是提到它的数据行。",
                "No dataset has all words; may_be_meant may be what is wanted, rows are rows that name it.",
            )
        ]
    if not found.total:
        return [
            LocalText(
                "没有找到。所有词都要出现：请减少词语，或去掉筛选。",
                "Nothing was found. All words must occur: use fewer, or leave out filters.",
            )
        ]
    hints = [
        LocalText(
            "describe_dataset 给出列的含义、代码表和下载地址。",
            "describe_dataset tells the meaning of columns, code lists and downloads.",
        )
    ]
    if found.page < found.pages:
        hints.append(LocalText(f"下一页：page={found.page + 1}。", f"Next page: page={found.page + 1}."))
    return hints
