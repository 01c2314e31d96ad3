"""Columns to ask about: one of each kind, names that look like something else, one that leads to another table."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import MultiDict
from werkzeug.urls import iri_to_uri
from werkzeug.wrappers import Request

from portal.publishing.rows.row_table import RowField
from portal.serving.rows.known_columns import KnownColumns
from portal.serving.rows.row_questions import RowQuestion, read_question


def field(name: str, type_: str = "string", **schema: Any) -> RowField:
    """Return a column."""
    return RowField(name, type_, {"name": name, "type": type_, **schema})


MARKETS = (field("代码"), field("名称"), field("x.y"))
COLUMNS = KnownColumns(
    (
        field("站点"),
        field("浓度", "number"),
        field("年份", "year"),
        field("次数", "integer"),
        field("达标", "boolean", trueValues=["是"], falseValues=["否"]),
        field("日期", "date"),
        field("时刻", "datetime"),
        field("钟点", "time"),
        field("年月", "yearmonth"),
        RowField("市场", "string", {"name": "市场", "type": "string"}, ("markets", "代码")),
        field("_id", "integer"),
        field("limit", "integer"),
        field("sort"),
        field("count"),
        field("年份(年)", "integer"),
        field("x__gte"),
        field("x"),
        field("a,b"),
        field("-x"),
        field('5"管'),
        field("有 空格"),
        field("市场.类别"),
    ),
    {"市场": MARKETS},
)


def asked(query_string: str, columns: KnownColumns = COLUMNS, **options: Any) -> RowQuestion:
    """Read what stands behind the question mark of an address, as the server does."""
    request = Request({"QUERY_STRING": iri_to_uri(query_string)})
    parameters: MultiDict[str, str] = request.args
    return read_question(parameters.to_dict(flat=False), columns, **options)
