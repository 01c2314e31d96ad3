"""Cells of answers about rows: what a group comes to as a number, its amount after what was done with the values."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import Any

from portal.publishing.rows.row_query import Column
from portal.publishing.site.charts.chart import Function, Measure
from portal.publishing.site.charts.choosing.chart_plan import Dimension, Numbers
from portal.publishing.site.charts.values.time_cells import Cell


def cell_of(row: Sequence[Any], groups: int, place: int, numbers: Sequence[Numbers]) -> Cell:
    """Return what a row of groups says of one of the columns of numbers."""
    if not numbers[place].column:
        return Cell(int(row[groups]), int(row[groups]), float(row[groups]))
    at = groups + 1 + 2 * sum(1 for item in numbers[:place] if item.column)
    number = as_number(row[at + 1])  # none where a cell holds NaN, or more than a number can
    return Cell(int(row[groups]), int(row[at] or 0) if number is not None else 0, number or 0.0)


def as_number(cell: Any) -> float | None:
    """Return a cell as a number, None where it is none or not finite."""
    if cell is None or isinstance(cell, bool):
        return None
    try:
        value = float(cell)
    except (TypeError, ValueError, OverflowError):
        return None
    return value if math.isfinite(value) else None


def column_of(dimension: Dimension) -> Column:
    """Return the column that rows are grouped by, behind its foreign key where it has one."""
    return Column(dimension.column, through=dimension.through)


def function_of(number: Numbers, cells: Collection[Cell]) -> Function:
    """Return what becomes of the values of each category: amounts are added up, readings averaged, one is itself."""
    function = number.measure.function
    if not number.column or function not in ("value", "sum", "avg"):
        return function
    if all(cell.rows <= 1 for cell in cells):
        return "value"
    return function if function != "value" else "sum" if number.measure.is_amount else "avg"


def amount_of(cell: Cell, measure: Measure, number: Numbers) -> float | None:
    """Return what a category comes to, None where it has no value."""
    if not number.column:
        return float(cell.rows)
    if not cell.filled:
        return None
    return cell.sum / cell.filled if measure.function == "avg" else cell.sum
