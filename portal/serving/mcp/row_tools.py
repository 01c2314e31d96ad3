"""Tools for agents about rows: a preview, and questions in the grammar of the row API; long cells cut."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from decimal import Decimal
from typing import Any

from portal.model.errors import QueryError
from portal.model.text import LocalText
from portal.publishing.rows.row_parameters import LIKE
from portal.publishing.rows.row_query import AllOf
from portal.publishing.rows.row_table import Cell, RowField, RowPage, RowTable
from portal.publishing.rows.store_layout import RESOURCE_COLUMN
from portal.serving.mcp.tool_answers import AskedPortal, ToolAnswer, line, stated
from portal.serving.mcp.tool_arguments import PreviewArguments, QueryArguments
from portal.serving.rows.conditions import MARK, read_filter
from portal.serving.rows.known_columns import KnownColumns, columns_of, shown
from portal.serving.rows.posted_questions import read_posted
from portal.serving.rows.refusals import UnfittingError
from portal.serving.rows.row_answers import page_of
from portal.serving.rows.row_questions import RowQuestion
from portal.serving.rows.row_views import column_titles
from portal.serving.rows.table_lookup import dataset_of, present_name, table_of, tables_of
from portal.serving.rows.typed_values import plain_text
from portal.serving.rows.written_names import written_values

CELL_CHARACTERS_SHOWN = 300
"""Characters of a cell that are shown where nobody wants it whole."""
_NAMES_LISTED = 20
_TOGETHER = LocalText(
    f"列相同的所有表格合并成一张表查询，{RESOURCE_COLUMN} 是各行所在的表格；用 resource 指明一个。",
    f"All tables of the same columns were asked as one; {RESOURCE_COLUMN} tells of which a row is. resource names one.",
)
_QUESTION_KEYS = ("where", "q", "fields", "sort", "group_by", "aggregate", "distinct", "limit", "cursor")


def preview(asked: PreviewArguments, portal: AskedPortal) -> ToolAnswer:
    """Give the first rows of a table."""
    document = stated({"fields": asked.fields, "limit": asked.rows})
    return _answered(asked, portal, document, {})


def query(asked: QueryArguments, portal: AskedPortal) -> ToolAnswer:
    """Answer a question about the rows of a table, or of all tables of one shape."""
    document = stated({key: getattr(asked, key) for key in _QUESTION_KEYS})
    return _answered(asked, portal, document, asked.filters)


def _answered(
    asked: PreviewArguments | QueryArguments, portal: AskedPortal, document: dict[str, Any], filters: dict[str, Any]
) -> ToolAnswer:
    release = portal.release
    dataset = present_name(release, asked.dataset)
    resource, table = _table(portal, dataset, asked.resource)
    question = _question(table, document, filters)
    page = page_of(table, question.query)
    title = column_titles(release, dataset, asked.lang)
    data = {
        "dataset": dataset,
        "resource": resource,
        "columns": [_column(field, title(field)) for field in page.fields],
        "rows": _rows(page, question, whole=asked.full_cells),
        "total": page.total,
        "next": page.next or None,
    }
    told_apart = () if resource else (_TOGETHER,)
    return ToolAnswer(stated(data) | {"rows": data["rows"]}, (*told_apart, *_more(page, asked)))


def _table(portal: AskedPortal, dataset: str, resource: str) -> tuple[str, RowTable]:
    """Return the table that is asked with its name, "" for several as one.

    Raises QueryError where there is none, or nobody knows which.
    """
    if resource:
        return resource, table_of(portal.release, dataset, resource)
    tables = [
        one.resource.name for one in dataset_of(portal.release, dataset).resources if one.resource.kind == "table"
    ]
    if len(tables) == 1:
        return tables[0], table_of(portal.release, dataset, tables[0])
    try:
        return "", tables_of(portal.release, dataset, "")[1]
    except QueryError as error:
        if error.parameter != LIKE.name:
            raise
    names = ", ".join(tables[:_NAMES_LISTED])
    raise UnfittingError(
        "resource",
        f"这个数据集有多个不同的表格，请用 resource 指明一个：{names}",
        f"The tables of this dataset differ: name one with resource, e.g. {names}.",
    )


def _question(table: RowTable, document: dict[str, Any], filters: dict[str, Any]) -> RowQuestion:
    """Return the question of a posted *document*, for rows that all *filters* hold for as well."""
    columns = columns_of(table)
    question = read_posted(json.dumps(document).encode(), columns)
    if not filters:
        return question
    parts = [_filter(key, value, columns) for key, value in filters.items()]
    return replace(question, query=replace(question.query, where=AllOf((question.query.where, *parts))))


def _filter(key: str, value: Any, columns: KnownColumns) -> Any:
    """Return what must hold by one filter, which is read as that of a query string is."""
    values = [_written(item, key) for item in (value if isinstance(value, list) else [value])]
    if not values:
        raise QueryError(key, f"{shown(key)} 没有值", f"{shown(key)} has no value.")
    if isinstance(value, list) and key.endswith(f"{MARK}in") and columns.found(key) is None:
        values = [written_values(values)]
    return read_filter(plain_text(key, "filters"), values, columns)


def _written(value: Any, key: str) -> str:
    """Return a value of JSON as it would stand in a query string."""
    match value:
        case None:
            raise QueryError(
                key,
                f"{shown(key)} 是 null。要找没有值的单元格，请用 列名__isnull: true",
                f"{shown(key)} is null. For cells without a value use column__isnull: true.",
            )
        case bool():
            return "true" if value else "false"
        case float() if math.isfinite(value) and value.is_integer():
            return str(int(value))
        case _:
            return str(value)


def _column(field: RowField, title: str) -> dict[str, Any]:
    return stated({"name": field.name, "type": field.type, "title": title if title != field.name else None})


def _rows(page: RowPage, question: RowQuestion, *, whole: bool) -> list[list[Any]]:
    """Return rows with long cells cut; of means, whose digits have no end, as many as a number holds."""
    means = {str(one) for one in question.query.aggregates if one.function in ("avg", "median")}
    are_means = [field.name in means for field in page.fields]
    return [
        [_cell(cell, is_mean, whole=whole) for cell, is_mean in zip(row, are_means, strict=True)] for row in page.rows
    ]


def _cell(cell: Cell, is_mean: bool, *, whole: bool) -> Cell | float:
    if is_mean and isinstance(cell, Decimal):
        return float(cell)
    if isinstance(cell, str) and not whole and len(cell) > CELL_CHARACTERS_SHOWN:
        return line(cell, CELL_CHARACTERS_SHOWN)
    return cell


def _more(page: RowPage, asked: PreviewArguments | QueryArguments) -> list[LocalText]:
    hints = []
    if not asked.full_cells and any(
        isinstance(one, str) and len(one) > CELL_CHARACTERS_SHOWN for row in page.rows for one in row
    ):
        hints.append(LocalText("full_cells=true 给出完整的长单元格。", "full_cells=true gives long cells whole."))
    if isinstance(asked, PreviewArguments):
        hints.append(LocalText("query_rows 可筛选、排序、分组统计。", "query_rows filters, sorts and groups."))
    elif page.next:
        hints.append(
            LocalText(
                "还有更多行：把 next 作为 cursor 再查；要全部行请用 download_addresses。",
                "There are more rows: ask again with next as cursor; for all of them use download_addresses.",
            )
        )
    return hints
