"""Reading what a chart shows out of the rows of a table: groups, sums and averages as the plan asks, all bounded."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice, takewhile
from typing import Any

from portal.model.table_profile import TOTAL_WORDS
from portal.model.text import LANGUAGES, LocalText, enumerated_texts
from portal.publishing.rows.group_values import BUCKETS
from portal.publishing.rows.row_query import (
    Aggregate,
    AllOf,
    AnyOf,
    Bucket,
    Column,
    Condition,
    Group,
    Not,
    Order,
    RowQuery,
    Value,
    Where,
)
from portal.publishing.rows.row_table import RowTable
from portal.publishing.site.charts.category_values import (
    age_pyramid,
    parts_of_whole,
    sorted_bars,
    stacked_bars,
    words_no,
)
from portal.publishing.site.charts.chart import (
    SLOPES_MAX,
    Chart,
    Function,
    Measure,
    Series,
    Sources,
    Step,
)
from portal.publishing.site.charts.choosing.chart_plan import Dimension, NoChart, Numbers, Plan
from portal.publishing.site.charts.distribution import histogram
from portal.publishing.site.charts.drawing.svg_text import clean
from portal.publishing.site.charts.time_steps import day_number, written_moment
from portal.publishing.site.charts.time_values import Cell, Line, line_chart

GROUPS_READ_MAX = 20_000
"""Groups of rows that are read for one chart; a chart that needs more is not made."""
VALUES_READ_MAX = 200_000
"""Values that are read for one distribution."""
_TOTALS = re.compile(r"(总|合|小)?计|总数|总量|全市|全国|全省|全部|总体|total|all|sum|overall", re.IGNORECASE)
_BLANK = LocalText("（空）", "(empty)")
_TRUTH = {"true": LocalText("是", "Yes"), "false": LocalText("否", "No")}

Places = Callable[[str], LocalText]
"""What a division code is called, empty where nobody knows."""


@dataclass(frozen=True)
class Reading:
    """A plan with the table that it is read from."""

    plan: Plan
    table: RowTable
    places: Places = lambda code: LocalText()
    totals: tuple[tuple[str, tuple[Value, ...]], ...] = ()
    """Columns that are not on the chart, with what their rows of totals are called: those are not counted."""

    def chart(self) -> Chart | NoChart:
        """Return the chart, or why there is none."""
        return replace(self, totals=tuple(self._rows_of_totals()))._chart()

    def _chart(self) -> Chart | NoChart:
        plan = self.plan
        if self._adds_up_over_time():
            return words_no(
                "期末、在册这类某一时点的数量不能跨时间相加。",
                "What is counted at a moment cannot be added up over several of them.",
            )
        if plan.time:
            return self._over_time()
        if plan.kind == "histogram":
            return self._distribution()
        if plan.kind == "slope" and len(plan.numbers) == 2:
            return self._before_and_after()
        if plan.split:
            return self._in_two()
        return self._by_category()

    # What is asked.

    @property
    def where(self) -> Where:
        """What rows must fulfil."""
        types = {field.name: field.type for field in self.table.fields}
        wanted = (
            Condition(Column(name), "in", tuple(_typed(value, types.get(name, "string")) for value in values))
            for name, values in self.plan.filters
        )
        parts = (
            AnyOf((Not(Condition(Column(name), "in", values)), Condition(Column(name), "isnull", (True,))))
            for name, values in self.totals
        )
        return AllOf((*wanted, *parts))

    def _rows_of_totals(self) -> Iterator[tuple[str, tuple[Value, ...]]]:
        """Yield columns off the chart in which rows of totals stand beside their parts."""
        for name in self.plan.columns_with_totals:
            read = self._grouped([Group(Column(name))], ())
            values = [row[0] for row in read or () if row[0]]
            totals = tuple(value for value in values if _is_total(LocalText(clean(str(value)))))
            if read is None:
                yield name, tuple(sorted(TOTAL_WORDS))
            elif 0 < len(totals) < len(values):
                yield name, totals

    def _adds_up_over_time(self) -> bool:
        """Whether amounts of a moment (期末在册) would be added up over the moments in the table."""
        is_added = any(item.measure.nature == "stock" and item.measure.function in ("value", "sum")
                       for item in self.plan.numbers)  # fmt: skip
        return is_added and any(
            len(self._grouped([Group(Column(name))], ()) or (1, 2)) > 1 for name in self.plan.times_apart
        )

    def _grouped(self, groups: Sequence[Group], numbers: Sequence[Numbers]) -> list[tuple[Any, ...]] | None:
        """Return rows of groups, the number of rows, then of each column the values and their sum; None if too many."""
        aggregates = [Aggregate("count")]
        for item in numbers:
            if item.column:
                function = item.measure.function if item.measure.function in ("min", "max", "median") else "sum"
                aggregates += [Aggregate("count", Column(item.column)), Aggregate(function, Column(item.column))]
        query = RowQuery(
            where=self.where,
            groups=tuple(groups),
            aggregates=tuple(aggregates),
            limit=GROUPS_READ_MAX + 1,
            with_total=False,
        )
        found = self._read(query, GROUPS_READ_MAX)
        return None if len(found) > GROUPS_READ_MAX else found

    def _read(self, query: RowQuery, rows_max: int) -> list[tuple[Any, ...]]:
        """Return the rows of an answer, one more than *rows_max* at most."""
        with ExitStack() as stack:
            _, rows = self.table.stream(query)
            close = getattr(rows, "close", None)
            if close:
                stack.callback(close)
            return list(islice(rows, rows_max + 1))

    def _sources(self, blanks: int = 0, left_out: Sequence[LocalText] = ()) -> Sources:
        filters = [_filtered(name, enumerated_texts(values)) for name, values in self.plan.filters]
        found = (*filters, *left_out, *([_left_totals()] if self.totals else []))
        return Sources(self.table.rows, blanks, tuple(dict.fromkeys(found)))

    def _name(self, dimension: Dimension, cell: Any) -> LocalText:
        """Return what a category is called on the chart."""
        if cell is None or cell == "":
            return _BLANK
        if isinstance(cell, bool):
            return _TRUTH["true" if cell else "false"]
        text = clean(str(cell))
        if dimension.has_places:
            named = self.places(text)
            if named:
                return LocalText(clean(named.zh), clean(named.en))
        return LocalText(text) if text else _BLANK

    # Over time.

    def _over_time(self) -> Chart | NoChart:
        plan = self.plan
        bucket = self._bucket()
        groups = [Group(Column(plan.time), bucket)]
        if plan.by:
            groups.append(Group(_column(plan.by)))
        read = self._grouped(groups, plan.numbers)
        if read is None and bucket == "day":
            bucket = "month"
            read = self._grouped([Group(Column(plan.time), bucket), *groups[1:]], plan.numbers)
        if read is None:
            return _too_many()
        is_coarse = plan.time_type in ("date", "datetime") and bucket not in ("day", "hour")
        covered = self._covered() if is_coarse else None
        lines: dict[LocalText, Line] = {}
        step: Step | None = None
        blanks = untimed = totals = 0
        for row in read:
            found = _moment(row[0], plan.time_type, bucket)
            if found is None:
                untimed += row[len(groups)]
                continue
            if step is not None and found[0] != step:
                return _mixed()
            step = found[0]
            names = self._line_names(row[1] if plan.by else None)
            if plan.by and _is_total(names[0]):
                totals += 1
                continue
            for place, name in enumerate(names):
                cell = _cell(row, len(groups), place, plan.numbers)
                blanks += cell.rows - cell.filled if plan.numbers[place].column else 0
                function = plan.numbers[place].measure.function
                lines.setdefault(name, {}).setdefault(found[1], Cell()).add(cell, function)
        left_out = [_untimed(untimed)] if untimed else []
        if totals:
            left_out.append(_left_totals())
        if step is None:
            return words_no("没有可以读出的时间。", "No time could be read.")
        if plan.by:
            lines = _by_size(lines)
        measures = [item.measure for item in plan.numbers]
        return line_chart(plan, lines, step, self._sources(blanks, left_out), measures, covered)

    def _covered(self) -> tuple[int, int] | None:
        """Return the first and the last day that there are rows of."""
        time = Column(self.plan.time)
        found = []
        for descending in (False, True):
            has_time = AllOf((self.where, Condition(time, "isnull", (False,))))
            query = RowQuery(
                where=has_time, fields=(time,), order=(Order(time, descending),), limit=1, with_total=False
            )
            found += [day_number(str(row[0])) for row in self._read(query, 1)]
        first, last = (*found, None, None)[:2]
        return None if first is None or last is None else (first, last)

    def _bucket(self) -> Bucket:
        step = self.plan.step
        if any(item.measure.function == "median" for item in self.plan.numbers) and step in (
            "month",
            "quarter",
            "year",
        ):
            return step if self.plan.time_type in BUCKETS else ""
        if self.plan.time_type == "date":
            return "day"
        if self.plan.time_type == "datetime":
            return "hour" if self.plan.step == "hour" else "day"
        return ""

    def _line_names(self, cell: Any) -> list[LocalText]:
        plan = self.plan
        if plan.by:
            return [self._name(plan.by, cell)]
        return [item.measure.title for item in plan.numbers]

    # By category.

    def _by_category(self) -> Chart | NoChart:
        plan, number = self.plan, self.plan.numbers[0]
        if plan.by is None:
            return words_no("没有可以分类的列。", "There is no column to divide by.")
        read = self._grouped([Group(_column(plan.by))], plan.numbers)
        if read is None:
            return _too_many()
        found: dict[LocalText, Cell] = {}
        totals = blanks = 0
        for row in read:
            name = self._name(plan.by, row[0])
            cell = _cell(row, 1, 0, plan.numbers)
            if _is_total(name):
                totals += 1
                continue
            blanks += cell.rows - cell.filled if number.column else 0
            found.setdefault(name, Cell()).add(cell, number.measure.function)
        if number.measure.function == "median" and any(cell.is_joined for cell in found.values()):
            return words_no(
                "几个代码的名称相同，它们的中位数合不成一个。",
                "Several codes have one name; their middle values do not make one.",
            )
        measure = replace(number.measure, function=_function_of(number, found.values()))
        values = {name: _amount(cell, measure, number) for name, cell in found.items()}
        left_out = [_left_totals()] if totals else []
        if not any(value is not None for value in values.values()):
            return words_no("这一列没有数值。", "The column holds no values.")
        if len(values) < 2:
            return words_no("只有一类，没有可比较的数值。", "There is one category only; there is nothing to compare.")
        sources = self._sources(blanks, left_out)
        if plan.kind == "parts":
            return parts_of_whole(plan, measure, values, sources)
        return sorted_bars(plan, measure, values, sources)

    def _in_two(self) -> Chart | NoChart:
        """Read two categories: stacked bars, or ages and sexes."""
        plan = self.plan
        by, split = plan.by, plan.split
        if by is None or split is None:
            return words_no("没有可以分类的列。", "There is no column to divide by.")
        read = self._grouped([Group(_column(by)), Group(_column(split))], plan.numbers)
        if read is None:
            return _too_many()
        number = plan.numbers[0]
        if not _may_be_stacked(number):
            return words_no(
                "均值、最大最小值和读数不能叠在一起。", "Averages, extremes and readings cannot be stacked."
            )
        function = "count" if not number.column else "sum" if any(row[2] > 1 for row in read) else "value"
        measure = replace(number.measure, function=function)  # type: ignore[arg-type]
        cells: dict[tuple[LocalText, LocalText], float] = {}
        order: dict[LocalText, float] = {}
        parts: dict[LocalText, float] = {}
        blanks = totals = 0
        for row in read:
            cell = _cell(row, 2, 0, plan.numbers)
            outer, inner = self._name(by, row[0]), self._name(split, row[1])
            if _is_total(outer) or _is_total(inner):
                totals += 1
                continue
            blanks += cell.rows - cell.filled if number.column else 0
            value = _amount(cell, measure, number) or 0.0
            if value < 0:
                return words_no("有负数，不能叠在一起。", "There are negative numbers, which cannot be stacked.")
            cells[outer, inner] = cells.get((outer, inner), 0.0) + value
            order[outer] = order.get(outer, 0.0) + value
            parts[inner] = parts.get(inner, 0.0) + value
        sources = self._sources(blanks, [_left_totals()] if totals else [])
        if not sum(order.values()):
            return words_no("这一列没有数值。", "The column holds no values.")
        if plan.kind == "pyramid":
            return age_pyramid(plan, measure, cells, order, parts, sources)
        return stacked_bars(plan, measure, cells, order, parts, sources)

    def _before_and_after(self) -> Chart | NoChart:
        plan = self.plan
        if plan.by is None:
            return words_no("没有可以分类的列。", "There is no column to divide by.")
        read = self._grouped([Group(_column(plan.by))], plan.numbers)
        if read is None:
            return _too_many()
        if len({item.measure.unit for item in plan.numbers}) > 1:
            return words_no("前后两列的单位不同。", "The two columns are in different units.")
        found: dict[LocalText, list[Cell]] = {}
        for row in read:
            name = self._name(plan.by, row[0])
            if not _is_total(name):
                pair = found.setdefault(name, [Cell(), Cell()])
                for place, number in enumerate(plan.numbers):
                    pair[place].add(_cell(row, 1, place, plan.numbers), number.measure.function)
        cells = [cell for pair in found.values() for cell in pair]
        if plan.numbers[0].measure.function == "median" and any(cell.is_joined for cell in cells):
            return _too_many()
        function = _function_of(plan.numbers[0], cells)
        numbers = [replace(item, measure=replace(item.measure, function=function)) for item in plan.numbers]
        series = []
        for name, pair in found.items():
            values = tuple(_amount(cell, item.measure, item) for cell, item in zip(pair, numbers, strict=True))
            if None not in values:
                series.append(Series(name, values))
        if len(series) > SLOPES_MAX:
            return _too_many()
        if len(series) < 2:
            return words_no("前后都有数值的太少。", "Too few have a value both before and after.")
        left_out = [_left_totals()] if len(found) < len({self._name(plan.by, row[0]) for row in read}) else []
        if len(found) > len(series):
            left_out.append(_half_known(len(found) - len(series)))
        series.sort(key=lambda item: -(item.values[1] or 0))
        slots = tuple(item.measure.title for item in plan.numbers)
        shared = LocalText(*(shared_words(*(slot.to(lang) for slot in slots)) for lang in LANGUAGES))
        measure = replace(numbers[0].measure, title=plan.measure_title or shared)
        return Chart(
            "slope", measure, tuple(series), slots=slots, series_title=plan.by.title,
            sources=self._sources(left_out=left_out),
        )  # fmt: skip

    def _distribution(self) -> Chart | NoChart:
        number = self.plan.numbers[0]
        query = RowQuery(where=self.where, fields=(Column(number.column),), limit=VALUES_READ_MAX + 1, with_total=False)
        cells = [row[0] for row in self._read(query, VALUES_READ_MAX)]
        if len(cells) > VALUES_READ_MAX:
            return _too_many()
        values = [value for value in map(as_number, cells) if value is not None]
        return histogram(number.measure, values, self._sources(len(cells) - len(values)))


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


def as_number(cell: Any) -> float | None:
    """Return a cell as a number, None where it is none or not finite."""
    if cell is None or isinstance(cell, bool):
        return None
    try:
        value = float(cell)
    except (TypeError, ValueError, OverflowError):
        return None
    return value if math.isfinite(value) else None


def _typed(value: str, type_: str) -> Value:
    """Return a value of a filter as cells of a column are compared with it; what does not fit finds nothing."""
    if type_ == "boolean":
        return value.casefold() in ("true", "1", "yes", "是")
    try:
        if type_ in ("integer", "year"):
            return int(value)
        return Decimal(value) if type_ == "number" else value
    except (ValueError, ArithmeticError):
        return value


def _column(dimension: Dimension) -> Column:
    return Column(dimension.column, through=dimension.through)


def _cell(row: Sequence[Any], groups: int, place: int, numbers: Sequence[Numbers]) -> Cell:
    """Return what a row of groups says of one of the columns of numbers."""
    if not numbers[place].column:
        return Cell(int(row[groups]), int(row[groups]), float(row[groups]))
    at = groups + 1 + 2 * sum(1 for item in numbers[:place] if item.column)
    number = as_number(row[at + 1])  # none where a cell holds NaN, or more than a number can
    return Cell(int(row[groups]), int(row[at] or 0) if number is not None else 0, number or 0.0)


def _function_of(number: Numbers, cells: Collection[Cell]) -> Function:
    """Return what becomes of the values of each category: amounts are added up, readings averaged, one is itself."""
    function = number.measure.function
    if not number.column or function not in ("value", "sum", "avg"):
        return function
    if all(cell.rows <= 1 for cell in cells):
        return "value"
    return function if function != "value" else "sum" if number.measure.is_amount else "avg"


def _may_be_stacked(number: Numbers) -> bool:
    return number.measure.function in ("count", "sum", "value") and number.measure.is_amount


def _amount(cell: Cell, measure: Measure, number: Numbers) -> float | None:
    if not number.column:
        return float(cell.rows)
    if not cell.filled:
        return None
    return cell.sum / cell.filled if measure.function == "avg" else cell.sum


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


def _is_total(name: LocalText) -> bool:
    return bool(_TOTALS.fullmatch(name.zh.strip("（）() ")))


def _by_size(lines: Mapping[LocalText, Line]) -> dict[LocalText, Line]:
    """Return lines with the one highest at last first, as their labels stand."""

    def last(line: Line) -> float:
        moment = max(line)
        return line[moment].sum / max(line[moment].filled, 1)

    return dict(sorted(lines.items(), key=lambda item: (-last(item[1]), item[0].zh)))


def _filtered(name: str, values: LocalText) -> LocalText:
    return LocalText(f"只含{name}为{values.zh}的行。", f"Only rows whose {name} is {values.en}.")


def _untimed(count: int) -> LocalText:
    return LocalText(f"{count} 行没有时间，没有画。", f"{count} rows without a time are not drawn.")


def _half_known(count: int) -> LocalText:
    return LocalText(f"{count} 项前后的数值不全，没有画。", f"{count} of which one value is missing are not drawn.")


def _left_totals() -> LocalText:
    return LocalText("合计行没有重复计入。", "Rows of totals are not counted twice.")


def _too_many() -> NoChart:
    return words_no("分类太多，画不成一张图。", "There are too many groups for one chart.")


def _mixed() -> NoChart:
    return words_no("时间的写法有几种，不能放在一条轴上。", "Times are written in several ways and fit no one axis.")
