"""Time read of the rows of a table: groups by moment and category, each moment with its step, and whole ends."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from portal.model.named_times import TABLE_COLUMN
from portal.model.text import LocalText
from portal.publishing.rows.group_values import BUCKETS
from portal.publishing.rows.row_query import AllOf, Bucket, Column, Condition, Group, Order, RowQuery
from portal.publishing.site.charts.chart import Chart, Step
from portal.publishing.site.charts.choosing.chart_plan import NoChart
from portal.publishing.site.charts.reading.read_cells import cell_of, column_of
from portal.publishing.site.charts.reading.table_reading import Reading, are_of_several_units, totals_among
from portal.publishing.site.charts.values.time_cells import Cell, Line
from portal.publishing.site.charts.values.time_steps import day_number, written_moment
from portal.publishing.site.charts.values.time_values import line_chart
from portal.publishing.site.charts.wording.left_out import ROWS_OF_TOTALS, rows_without_time, tables_without_time
from portal.publishing.site.charts.wording.why_no_chart import (
    NO_TIME,
    SEVERAL_UNITS,
    TIMES_IN_SEVERAL_WAYS,
    TOO_MANY_GROUPS,
)

_SCHOOLS = re.compile("学年|school|academic", re.IGNORECASE)


def over_time(reading: Reading) -> Chart | NoChart:
    """Read moments, of each category or each column of numbers: a line for each."""
    plan = reading.plan
    bucket = _bucket(reading)
    groups = [Group(Column(plan.time), bucket)]
    if plan.by:
        groups.append(Group(column_of(plan.by)))
    read = reading.grouped(groups, plan.numbers)
    if read is None and bucket == "day":
        bucket = "month"
        read = reading.grouped([Group(Column(plan.time), bucket), *groups[1:]], plan.numbers)
    if read is None:
        return TOO_MANY_GROUPS
    is_coarse = plan.time_type in ("date", "datetime") and bucket not in ("day", "hour")
    covered = _covered(reading) if is_coarse else None
    lines: dict[LocalText, Line] = {}
    step: Step | None = None
    blanks = untimed = 0
    line_names = [reading.name_of(plan.by, row[1]) for row in read] if plan.by else []
    totals = totals_among(line_names)
    named = plan.together.times if plan.together and plan.time == TABLE_COLUMN else {}
    for row in read:
        found = named.get(str(row[0])) if named else _moment(row[0], plan.time_type, bucket)
        if found is None:
            untimed += 0 if named else row[len(groups)]
            continue
        if step is not None and found[0] != step:
            return TIMES_IN_SEVERAL_WAYS
        step = found[0]
        names = _line_names(reading, row[1] if plan.by else None)
        if names[0] in totals:
            continue
        for place, name in enumerate(names):
            cell = cell_of(row, len(groups), place, plan.numbers)
            blanks += cell.rows - cell.filled if plan.numbers[place].column else 0
            function = plan.numbers[place].measure.function
            lines.setdefault(name, {}).setdefault(found[1], Cell()).add(cell, function)
    left_out = [rows_without_time(untimed)] if untimed else []
    if plan.together and named and len(named) < plan.together.tables:
        left_out.append(tables_without_time(plan.together.tables - len(named)))
    if totals:
        left_out.append(ROWS_OF_TOTALS)
    if step is None:
        return NO_TIME
    if step == "school_year" and not _are_school_years(reading, [str(row[0]) for row in read]):
        step = "fiscal_year"
    if plan.by and are_of_several_units(lines):
        return SEVERAL_UNITS
    if plan.by:
        lines = _by_size(lines)
    measures = [item.measure for item in plan.numbers]
    return line_chart(plan, lines, step, reading.sources_of(blanks, left_out), measures, covered)


def _are_school_years(reading: Reading, cells: Sequence[str]) -> bool:
    """Whether 2025-2026 is a year of schools: the column or its cells say so; budgets have such, too."""
    title = reading.plan.time_title
    return any(_SCHOOLS.search(text) for text in (reading.plan.time, title.zh, title.en, *cells))


def _covered(reading: Reading) -> tuple[int, int] | None:
    """Return the first and the last day that there are rows of."""
    time = Column(reading.plan.time)
    found = []
    for descending in (False, True):
        has_time = AllOf((reading.where, Condition(time, "isnull", (False,))))
        query = RowQuery(where=has_time, fields=(time,), order=(Order(time, descending),), limit=1, with_total=False)
        found += [day_number(str(row[0])) for row in reading.read(query, 1)]
    first, last = (*found, None, None)[:2]
    return None if first is None or last is None else (first, last)


def _bucket(reading: Reading) -> Bucket:
    step = reading.plan.step
    if any(item.measure.function == "median" for item in reading.plan.numbers) and step in (
        "month",
        "quarter",
        "year",
    ):
        return step if reading.plan.time_type in BUCKETS else ""
    if reading.plan.time_type == "date":
        return "day"
    if reading.plan.time_type == "datetime":
        return "hour" if reading.plan.step == "hour" else "day"
    return ""


def _line_names(reading: Reading, cell: Any) -> list[LocalText]:
    plan = reading.plan
    if plan.by:
        return [reading.name_of(plan.by, cell)]
    return [item.measure.title for item in plan.numbers]


def _moment(cell: Any, type_: str, bucket: Bucket) -> tuple[Step, int] | None:
    """Return the step and number of a cell of time."""
    if cell is None or cell == "":
        return None
    text = str(cell)
    if bucket == "hour":
        day = day_number(text)
        return None if day is None else ("hour", day * 24 + int(text[11:13] or 0))
    if bucket in ("month", "quarter", "year"):
        return written_moment(text)
    if type_ in ("date", "datetime"):
        day = day_number(text)
        return None if day is None else ("day", day)
    if type_ == "year" or isinstance(cell, int):
        return ("year", int(cell)) if re.fullmatch(r"-?\d{1,4}", text) else None
    return written_moment(text)


def _by_size(lines: Mapping[LocalText, Line]) -> dict[LocalText, Line]:
    """Return lines with the one highest at last first, as their labels stand."""

    def last(line: Line) -> float:
        moment = max(line)
        return line[moment].sum / max(line[moment].filled, 1)

    return dict(sorted(lines.items(), key=lambda item: (-last(item[1]), item[0].zh)))
