"""The first look into a table: what stands first, what is shown of it, what is added up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from portal.examining.profiling.column_profiles import TableProfiler
from portal.examining.profiling.newest_rows import time_column
from portal.examining.reading.header_rows import JOINED
from portal.model.catalog import Resource
from portal.model.portal import Directory, Portal
from portal.model.text import LocalText
from portal.model.understood_table import Decision
from portal.publishing.publication import PublishedFile, PublishedResource
from portal.publishing.site.contexts.look_contexts import ColumnGroup, LookTable
from portal.publishing.site.labels import Labels
from portal.publishing.site.pages.column_totals import totals
from portal.publishing.site.pages.first_look import CELLS_SHOWN_MAX, COLUMNS_SHOWN_MAX, first_look
from portal.publishing.site.pages.table_order import page_parts

D1, D2 = date(2026, 1, 1), date(2026, 1, 2)
M1, M2 = (2026, 1), (2026, 2)
Fields = Sequence[tuple[str, str]]


def table(
    name: str,
    fields: Fields,
    rows: Sequence[Sequence[Any]] = (),
    *,
    key: Sequence[str] = (),
    links: Mapping[str, str] | None = None,
    is_joined: bool = False,
) -> PublishedResource:
    """Return a published table with columns (name, type); *links* lead from a column to another table."""
    foreign = [
        {"fields": [column], "reference": {"resource": target, "fields": ["id"]}}
        for column, target in (links or {}).items()
    ]
    schema: dict[str, Any] = {
        "fields": [{"name": column, "type": type_} for column, type_ in fields],
        "primaryKey": list(key),
        "foreignKeys": foreign,
    }
    profiler = TableProfiler(*zip(*fields, strict=True), newest_by=time_column(schema))
    for row in rows:
        profiler.add(row, ["" if value is None else str(value) for value in row])
    return PublishedResource(
        Resource(name, LocalText(name), "table", "csv", "text/csv"),
        (PublishedFile(f"data/d/{name}.csv", "csv", "text/csv", 1, "", f"{name}.csv"),),
        profiler.profile(),
        table_schema=schema,
        decisions=(Decision("header", "第 1-2 行", "rows 1-2", JOINED.zh, JOINED.en),) if is_joined else (),
    )


def look(item: PublishedResource, lang: str = "zh", **names: Mapping[str, LocalText]) -> LookTable:
    """Return the first look into a table."""
    found = first_look(item, Labels(Directory(Portal(LocalText("门户"))), lang), names)
    assert found is not None
    return found


def order(*resources: PublishedResource) -> list[list[str]]:
    """Return the names of resources in the order of the page, those together in one list."""
    return [[item.resource.name for _, item in part.members] for part in page_parts(resources)]


def test_the_readings_come_before_the_list_of_stations() -> None:
    """A table that leads to another and has something of its own is the main one, wherever it was declared."""
    stations = table("stations", [("id", "string"), ("name", "string")], key=["id"])
    readings = table("readings", [("id", "string"), ("pm", "integer")], links={"id": "stations"})
    assert order(stations, readings) == [["readings"], ["stations"]]


def test_a_table_of_nothing_but_keys_comes_after_what_it_connects() -> None:
    """Which line stops where says nothing to a reader; geometries and other files come last."""
    stops = table("stops", [("id", "string"), ("name", "string")])
    lines = table("lines", [("id", "string"), ("name", "string")])
    pairs = table("pairs", [("line", "string"), ("stop", "string")], links={"line": "lines", "stop": "stops"})
    area = table("area", [("id", "string"), ("geometry", "geojson")])
    notes = PublishedResource(Resource("notes", LocalText("notes"), "file", "txt", "text/plain"))
    assert order(notes, area, pairs, stops, lines) == [["stops"], ["lines"], ["pairs"], ["area"], ["notes"]]


def test_tables_without_keys_stay_as_they_were_declared() -> None:
    """Nothing is known of which is the main one."""
    assert order(table("b", [("x", "string")]), table("a", [("y", "string")])) == [["b"], ["a"]]


def test_files_of_one_shape_stand_together_the_newest_first() -> None:
    """Three tables or more, where their names tell a year, a month, a day; two stay by themselves."""
    names = ("n-2026-9", "n-2025-12", "n-2026-10")
    monthly = [table(name, [("x", "integer")]) for name in names]
    assert order(*monthly, table("other", [("y", "string")])) == [["n-2026-10", "n-2026-9", "n-2025-12"], ["other"]]
    assert order(*monthly[:2]) == [["n-2026-9"], ["n-2025-12"]]
    assert order(*(table(name, [("x", "integer")]) for name in "cab")) == [["c", "a", "b"]]


def test_codes_units_and_totals_are_shown() -> None:
    """The name stands in place of the code, the unit in the head, and what can be added up is."""
    item = table(
        "lots", [("编号", "string"), ("区划代码", "string"), ("车位数（个）", "integer")],
        [["P1", "01", 1200], ["P2", "02", 80]], key=["编号"],
    )  # fmt: skip
    shown = look(item, 区划代码={"01": LocalText("晨星区", "Chenxing")})
    assert [(column.title, column.unit, column.is_number) for column in shown.columns] == [
        ("编号", "", False), ("区划代码", "", False), ("车位数", "个", True),
    ]  # fmt: skip
    assert [[(cell.text, cell.code) for cell in row] for row in shown.rows] == [
        [("P1", ""), ("晨星区", "01"), ("1,200", "")],
        [("P2", ""), ("02", ""), ("80", "")],
    ]
    assert (shown.total, shown.has_codes, shown.caption) == (("全部各行合计", "", "1,280"), True, "共 2 行")


def test_the_newest_rows_are_shown_where_a_table_is_in_time() -> None:
    """The caption says by which column, and of how many rows."""
    rows = [[2000 + year, year] for year in range(25)]
    item = table("t", [("年份", "year"), ("数量", "integer")], rows, key=["年份"])
    shown = look(item, "en")
    assert [row[0].text for row in shown.rows[:2]] == ["2024", "2023"]
    assert shown.caption == "The newest 20 of 25 rows, by “年份”"
    assert shown.total == ()


def test_joined_headers_are_groups_again() -> None:
    """Names that were joined from two rows of a header stand below each other; others with a line stay as they are."""
    fields = [("区县", "string"), ("一月_收入", "integer"), ("一月_支出", "integer"), ("备_注", "string")]
    shown = look(table("t", fields, [["a", 1, 2, "x"]], is_joined=True))
    assert shown.groups == (ColumnGroup("", 1), ColumnGroup("一月", 2), ColumnGroup("", 1))
    assert [column.title for column in shown.columns] == ["区县", "收入", "支出", "备·注"]
    assert look(table("t", fields, [["a", 1, 2, "x"]])).groups == ()


def test_a_wide_table_shows_some_columns_and_fewer_rows() -> None:
    """Two hundred columns have a page that stands; what is not shown is said."""
    fields = [(f"c{number}", "integer") for number in range(200)]
    shown = look(table("t", fields, [list(range(200))] * 30), "en")
    assert (len(shown.columns), len(shown.rows)) == (COLUMNS_SHOWN_MAX, CELLS_SHOWN_MAX // COLUMNS_SHOWN_MAX)
    assert shown.note == "140 more columns are in the files."


def test_an_empty_table_has_no_look() -> None:
    """Nor has one without columns."""
    labels = Labels(Directory(Portal(LocalText("门户"))), "zh")
    assert first_look(table("t", [("a", "string")]), labels) is None


@pytest.mark.parametrize(
    ("fields", "rows", "key", "links"),
    [
        ([("月份", "yearmonth"), ("参保人数", "integer")], [["2026-01", 5], ["2026-02", 5]], ["月份"], {}),
        ([("区县", "string"), ("人数", "integer")], [["合计", 5], ["东区", 5]], ["区县"], {}),
        (
            [("科目", "string"), ("上级", "string"), ("支出", "integer")],
            [["a", "", 5], ["b", "a", 5]],
            ["科目"],
            {"上级": ""},
        ),
        ([("区县", "string"), ("增减人数", "integer")], [["东区", -5], ["西区", 5]], ["区县"], {}),
        ([("区县", "string"), ("占比", "number")], [["东区", 5], ["西区", 5]], ["区县"], {}),
        ([("序号", "integer"), ("年份", "integer"), ("人数", "integer")], [[1, 2024, 5], [2, 2025, 6]], ["序号"], {}),
        ([("编码", "string"), ("月份", "yearmonth"), ("人数", "integer")], [["a", M1, 5], ["b", M2, 6]], ["编码"], {}),
        ([("id", "integer"), ("日期", "date"), ("床位数", "integer")], [[1, D1, 5], [2, D2, 6]], ["id"], {}),
        ([("区县", "string"), ("人数", "integer")], [["东区", 5], ["西区", 5]], [], {}),
        ([("区县", "string"), ("人数", "integer")], [["东区", 5]], ["区县"], {}),
    ],
    ids=[
        "series",
        "has-totals",
        "leads-to-itself",
        "signed",
        "share",
        "numbered-years",
        "coded-months",
        "numbered-days",
        "no-key",
        "one-row",
    ],
)
def test_what_a_sum_would_not_be_true_of_has_none(
    fields: Fields, rows: Sequence[Sequence[Any]], key: list[str], links: dict[str, str]
) -> None:
    """Stocks at many times, rows of totals, trees, differences, shares; a table whose rows nobody tells apart."""
    item = table("t", fields, rows, key=key, links=links)
    assert item.profile
    assert totals("t", item.profile, item.table_schema) == {}
