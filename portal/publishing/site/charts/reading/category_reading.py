"""Categories read of the rows of a table: bars and parts, two categories, before and after; rows of totals left out."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

from portal.model.text import LANGUAGES, LocalText
from portal.publishing.rows.row_query import Group
from portal.publishing.site.charts.chart import SLOPES_MAX, Chart, Series
from portal.publishing.site.charts.choosing.chart_plan import NoChart, Numbers
from portal.publishing.site.charts.reading.read_cells import amount_of, cell_of, column_of, function_of
from portal.publishing.site.charts.reading.table_reading import Reading, are_of_several_units, totals_among
from portal.publishing.site.charts.values.category_values import age_pyramid, parts_of_whole, sorted_bars, stacked_bars
from portal.publishing.site.charts.values.time_cells import Cell
from portal.publishing.site.charts.wording.left_out import ROWS_OF_TOTALS, half_known
from portal.publishing.site.charts.wording.why_no_chart import (
    FEW_PAIRS,
    MEDIANS_OF_CODES,
    NEGATIVE_STACKED,
    NO_CATEGORY,
    NO_VALUES,
    NOT_STACKED,
    ONE_CATEGORY,
    SEVERAL_UNITS,
    TOO_MANY_GROUPS,
    TWO_UNITS,
)


def by_category(reading: Reading) -> Chart | NoChart:
    """Read one category: a bar for each, or one whole in parts."""
    plan, number = reading.plan, reading.plan.numbers[0]
    if plan.by is None:
        return NO_CATEGORY
    read = reading.grouped([Group(column_of(plan.by))], plan.numbers)
    if read is None:
        return TOO_MANY_GROUPS
    found: dict[LocalText, Cell] = {}
    blanks = 0
    names = [reading.name_of(plan.by, row[0]) for row in read]
    totals = totals_among(names)
    for name, row in zip(names, read, strict=True):
        cell = cell_of(row, 1, 0, plan.numbers)
        if name in totals:
            continue
        blanks += cell.rows - cell.filled if number.column else 0
        found.setdefault(name, Cell()).add(cell, number.measure.function)
    if number.measure.function == "median" and any(cell.is_joined for cell in found.values()):
        return MEDIANS_OF_CODES
    measure = replace(number.measure, function=function_of(number, found.values()))
    values = {name: amount_of(cell, measure, number) for name, cell in found.items()}
    left_out = [ROWS_OF_TOTALS] if totals else []
    if not any(value is not None for value in values.values()):
        return NO_VALUES
    if len(values) < 2:
        return ONE_CATEGORY
    if number.column and are_of_several_units(values):
        return SEVERAL_UNITS
    sources = reading.sources_of(blanks, left_out)
    if plan.kind == "parts":
        return parts_of_whole(plan, measure, values, sources)
    return sorted_bars(plan, measure, values, sources)


def in_two(reading: Reading) -> Chart | NoChart:
    """Read two categories: stacked bars, or ages and sexes."""
    plan = reading.plan
    by, split = plan.by, plan.split
    if by is None or split is None:
        return NO_CATEGORY
    read = reading.grouped([Group(column_of(by)), Group(column_of(split))], plan.numbers)
    if read is None:
        return TOO_MANY_GROUPS
    number = plan.numbers[0]
    if not _may_be_stacked(number):
        return NOT_STACKED
    function = "count" if not number.column else "sum" if any(row[2] > 1 for row in read) else "value"
    measure = replace(number.measure, function=function)  # type: ignore[arg-type]
    cells: dict[tuple[LocalText, LocalText], float] = {}
    order: dict[LocalText, float] = {}
    parts: dict[LocalText, float] = {}
    blanks = 0
    names = [(reading.name_of(by, row[0]), reading.name_of(split, row[1])) for row in read]
    outer_totals, inner_totals = (totals_among(pair[at] for pair in names) for at in (0, 1))
    for (outer, inner), row in zip(names, read, strict=True):
        cell = cell_of(row, 2, 0, plan.numbers)
        if outer in outer_totals or inner in inner_totals:
            continue
        blanks += cell.rows - cell.filled if number.column else 0
        value = amount_of(cell, measure, number) or 0.0
        if value < 0:
            return NEGATIVE_STACKED
        cells[outer, inner] = cells.get((outer, inner), 0.0) + value
        order[outer] = order.get(outer, 0.0) + value
        parts[inner] = parts.get(inner, 0.0) + value
    sources = reading.sources_of(blanks, [ROWS_OF_TOTALS] if outer_totals or inner_totals else [])
    if not sum(order.values()):
        return NO_VALUES
    if plan.kind == "pyramid":
        return age_pyramid(plan, measure, cells, order, parts, sources)
    return stacked_bars(plan, measure, cells, order, parts, sources)


def before_and_after(reading: Reading) -> Chart | NoChart:
    """Read two columns of one number: a slope for each thing that has both."""
    plan = reading.plan
    if plan.by is None:
        return NO_CATEGORY
    read = reading.grouped([Group(column_of(plan.by))], plan.numbers)
    if read is None:
        return TOO_MANY_GROUPS
    if len({item.measure.unit for item in plan.numbers}) > 1:
        return TWO_UNITS
    found: dict[LocalText, list[Cell]] = {}
    names = [reading.name_of(plan.by, row[0]) for row in read]
    totals = totals_among(names)
    for name, row in zip(names, read, strict=True):
        if name not in totals:
            pair = found.setdefault(name, [Cell(), Cell()])
            for place, number in enumerate(plan.numbers):
                pair[place].add(cell_of(row, 1, place, plan.numbers), number.measure.function)
    cells = [cell for pair in found.values() for cell in pair]
    if plan.numbers[0].measure.function == "median" and any(cell.is_joined for cell in cells):
        return TOO_MANY_GROUPS
    function = function_of(plan.numbers[0], cells)
    numbers = [replace(item, measure=replace(item.measure, function=function)) for item in plan.numbers]
    series = []
    for name, pair in found.items():
        values = tuple(amount_of(cell, item.measure, item) for cell, item in zip(pair, numbers, strict=True))
        if None not in values:
            series.append(Series(name, values))
    if len(series) > SLOPES_MAX:
        return TOO_MANY_GROUPS
    if len(series) < 2:
        return FEW_PAIRS
    left_out = [ROWS_OF_TOTALS] if totals else []
    if len(found) > len(series):
        left_out.append(half_known(len(found) - len(series)))
    series.sort(key=lambda item: -(item.values[1] or 0))
    slots = tuple(item.measure.title for item in plan.numbers)
    shared = LocalText(*(shared_words(*(slot.to(lang) for slot in slots)) for lang in LANGUAGES))
    measure = replace(numbers[0].measure, title=plan.measure_title or shared)
    return Chart(
        "slope", measure, tuple(series), slots=slots, series_title=plan.by.title,
        sources=reading.sources_of(left_out=left_out),
    )  # fmt: skip


def shared_words(first: str, second: str) -> str:
    """Return what two titles have in common at their ends; the first where that is nothing.

    >>> shared_words("治理前氨氮", "治理后氨氮"), shared_words("2024年产量", "2025年产量"), shared_words("a", "b")
    ('氨氮', '产量', 'a')
    """
    end = _common_start(first[::-1], second[::-1])[::-1].lstrip("年前后 ")
    start = _common_start(first, second).rstrip("0123456789年前后 ")
    return max(end, start, key=len) or first


def _common_start(first: str, second: str) -> str:
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False))
    return "".join(char for char, _ in alike)


def _may_be_stacked(number: Numbers) -> bool:
    return number.measure.function in ("count", "sum", "value") and number.measure.is_amount
