"""CSV that is made has the cells of the published CSV to the letter, and what stands in a cell can be asked for."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from stored_rows import stored

from portal.model.errors import QueryError
from portal.publishing.rows.row_query import RowQuery
from portal.publishing.rows.row_table import RowField
from portal.publishing.rows.typed_cells import moment_in
from portal.serving.rows.row_formats import csv_stream
from portal.serving.rows.typed_values import typed

FIELDS = [
    {"name": "人口", "type": "number", "groupChar": ","},
    {"name": "面积", "type": "number", "groupChar": ".", "decimalChar": ","},
    {"name": "是否公开", "type": "boolean", "trueValues": ["是"], "falseValues": ["否"]},
    {"name": "日期", "type": "date", "format": "%Y/%m/%d"},
    {"name": "温度", "type": "number"},
]
ROWS = [
    ["1,234,567", "1.234,50", "是", "2026/01/31", "-0"],
    ["", "0,25", "否", "", "1E+2"],
    ["-1,000", "", "", "2026/02/01", "12345678901234567890.10"],
]


def test_numbers_keep_the_signs_of_their_column(tmp_path: Path) -> None:
    """A comma for thousands or decimals stands where the schema of the table says that it stands."""
    table = stored(tmp_path, FIELDS, ROWS)
    fields, rows = table.stream(RowQuery(limit=None))
    made = b"".join(csv_stream(fields, rows))
    assert made == (tmp_path / "t.csv").read_bytes()


@pytest.mark.parametrize(
    ("schema", "written", "moment"),
    [
        ({"type": "date", "format": "%Y/%m/%d"}, "2026/01/31", "2026-01-31T00:00:00"),
        ({"type": "date", "format": "%d.%m.%Y"}, "2026-01-31", "2026-01-31T00:00:00"),
        ({"type": "date", "format": "%Y-%d-%m"}, "2026-01-02", "2026-02-01T00:00:00"),
        ({"type": "datetime", "format": "%Y/%m/%d %H:%M"}, "2026/01/31 08:30", "2026-01-31T08:30:00"),
        ({"type": "time", "format": "%H时%M分"}, "08时30分", "2000-01-02T08:30:00"),
        ({"type": "date", "format": "any"}, "2026-01-31", "2026-01-31T00:00:00"),
    ],
)
def test_a_day_may_be_written_as_its_column_has_it(schema: dict[str, Any], written: str, moment: str) -> None:
    """What an answer gave is a value to filter by; ISO 8601 is one everywhere, where the column's format is not it."""
    value = typed(RowField("日期", schema["type"], schema), written, "日期")
    assert moment_in(str(value), schema) == datetime.fromisoformat(moment)


def test_a_day_in_another_format_is_refused() -> None:
    """The format of another column is none of this one."""
    with pytest.raises(QueryError):
        typed(RowField("日期", "date", {"type": "date", "format": "%Y/%m/%d"}), f"{date(2026, 1, 31):%d.%m.%Y}", "日期")
