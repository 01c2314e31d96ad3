"""RULES that choose a chart from the shape of a table, in their order; the first that applies decides, or declines.

| data | chart |
|---|---|
| rows that belong to other rows | none: sums would count twice |
| numbers with the unit of each row beside them | none: no one measure |
| ages, sexes, one amount | pyramid |
| one time that tells rows apart, numbers | line; several units: small multiples |
| one time that does not | the mean of readings; of amounts none |
| time and one category | a line for each, eight at most; more: their sum, if there is one |
| time and several categories | the sum over all of them, if it has a meaning |
| categories and shares that make 100 % | one whole in parts |
| the same number twice, before and after | slope |
| one category, one number | sorted bars |
| two categories, one amount | stacked bars |
| things of one kind of category | sorted bars of how many there are |
| one number of many things | distribution |

A rule returns a plan, `NoChart` with its reason where two readings are possible, or None where it does not apply.
Amounts are added up, levels (rates, prices, readings) are averaged, identifiers, years and places are neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from portal.model.text import LocalText, enumerated_texts
from portal.publishing.site.charts.chart import BARS_MAX, COUNTED_ROWS, PANELS_MAX, SERIES_MAX, SLOPES_MAX, Measure
from portal.publishing.site.charts.choosing.chart_plan import Dimension, NoChart, Numbers, Plan
from portal.publishing.site.charts.choosing.column_roles import ChartColumn
from portal.publishing.site.charts.choosing.table_shape import TableShape

Rule = Callable[[TableShape], Plan | NoChart | None]

MULTIPLES_BY_UNIT_MAX = 6
"""Columns of different units that stand side by side as small multiples."""
DISTRIBUTION_MIN = 30
"""Values of which a distribution says something."""
_KIND = re.compile("(类型|类别|种类|分类|类)$|(type|kind|category|class)$", re.IGNORECASE)
"""Titles of the column that says what kind of thing a row is."""
COUNTED = Numbers("", COUNTED_ROWS)
"""The number of rows, where nothing else is measured."""
_MANY_OVERLAP = re.compile("参保|险种|insured")
_BEFORE_AFTER = (
    ("上年同期", "本期"), ("上年", "本年"), ("去年", "今年"), ("期初", "期末"), ("年初", "年末"), ("改造前", "改造后"),
    ("治理前", "治理后"), ("前", "后"), ("before", "after"), ("previous", "current"),
)  # fmt: skip


def rows_belong_to_rows(shape: TableShape) -> Plan | NoChart | None:
    """A table that refers to itself holds totals beside their parts; what may be added up is its publisher's to say."""
    if shape.is_hierarchy and shape.numbers:
        return NoChart(
            LocalText(
                "表中的行有上下级关系，相加会重复计算。",
                "Rows of this table belong to other rows, so sums would count twice.",
            )
        )
    return None


def rows_of_several_units(shape: TableShape) -> Plan | NoChart | None:
    """Numbers whose unit a column says row by row are no one measure: neither compared nor added up."""
    units = [item for item in shape.columns if item.holds_units]
    numbers = [item for item in shape.main_numbers if not item.unit.zh]
    if units and numbers and len(shape.having("category", "identifier", "time", "period")) > 1:
        return NoChart(
            LocalText(
                "各行数值的单位不同，不能放在一条轴上。", "The rows are in different units, which fit no one axis."
            )
        )
    return None


def ages_and_sexes(shape: TableShape) -> Plan | NoChart | None:
    """Ages and sexes with one amount make a population pyramid."""
    ages, sexes = shape.having("age"), shape.having("sex")
    amounts = [item for item in shape.numbers if item.is_amount]
    if len(ages) != 1 or len(sexes) != 1 or len(amounts) != 1:
        return None
    if sexes[0].distinct not in (2 + sexes[0].has_total_row, None):
        return None
    if {*shape.key} - {ages[0].name, sexes[0].name}:
        return None
    return Plan(
        "pyramid",
        shape.resource,
        "ages-and-sexes",
        (_numbers(amounts[0]),),
        by=shape.dimension(ages[0]),
        split=shape.dimension(sexes[0]),
    )


def time_alone(shape: TableShape) -> Plan | NoChart | None:
    """One time that tells rows apart makes a line; numbers of several units are small multiples, each on its scale."""
    time = _key_time(shape)
    if time is None or len(shape.key) > 1 or not shape.numbers:
        return None
    numbers = tuple(_numbers(item) for item in shape.main_numbers)
    units = {(item.measure.unit, item.measure.nature) for item in numbers}
    if len(numbers) == 1 or (len(units) == 1 and len(numbers) <= SERIES_MAX):
        return _over_time("line", shape, time, numbers, "time-alone")
    if (len(units) == 1 and len(numbers) <= PANELS_MAX) or len(numbers) <= MULTIPLES_BY_UNIT_MAX:
        return _over_time("multiples", shape, time, numbers, "time-alone")
    return _too_many_numbers(shape.numbers)


def time_that_tells_nothing_apart(shape: TableShape) -> Plan | NoChart | None:
    """One time and one number without a key: readings are averaged, of amounts nobody knows parts from copies."""
    times = shape.having("time", "period")
    if shape.key or len(times) != 1 or len(shape.main_numbers) != 1 or shape.having("category", "sex", "age"):
        return None
    return _over_time("line", shape, times[0], (_numbers(shape.main_numbers[0]),), "time-alone")


def time_and_categories(shape: TableShape) -> Plan | NoChart | None:
    """Time and categories make a line for each of a few categories; otherwise their sum where it has a meaning."""
    time = _key_time(shape)
    if time is None or len(shape.key) < 2 or not shape.numbers:
        return None
    numbers = shape.main_numbers
    if len(numbers) > 1:
        return _too_many_numbers(numbers)
    number = numbers[0]
    others = [item for item in shape.keys if item.name != time.name]
    if any(item.role not in ("category", "identifier", "sex", "age") for item in others):
        return None
    few = [item for item in others if 1 < (item.distinct or SERIES_MAX + 1) <= SERIES_MAX]
    if len(others) == 1 and few:
        return _over_time("line", shape, time, (_numbers(number),), "time-and-category", shape.dimension(few[0]))
    if number.is_amount and not _overlaps(shape, number):
        return _over_time("line", shape, time, (_numbers(number, "sum"),), "time-and-categories")
    if len(others) == 1 and SERIES_MAX < (others[0].distinct or 0) <= PANELS_MAX:
        by = shape.dimension(others[0])
        return _over_time("multiples", shape, time, (_numbers(number),), "time-and-category", by)
    names = enumerated_texts([item.title for item in others])
    return NoChart(
        LocalText(
            f"“{number.title.zh}”不能跨{names.zh}相加，画哪一类要由提供方说明。",
            f"“{number.title.to('en')}” cannot be added up over {names.en}; "
            "which of them to draw is for the publisher to say.",
        )
    )


def shares_of_a_whole(shape: TableShape) -> Plan | NoChart | None:
    """A category with one column of shares is a whole in parts; that they make 100 % is checked when they are read."""
    kind = _only_category(shape)
    shares = [item for item in shape.numbers if item.unit.zh == "%" and re.search("占|share|比重|构成", _words(item))]
    if kind is None or len(shares) != 1 or len(shape.numbers) > 1 or not 1 < shape.rows <= SERIES_MAX * 2:
        return None
    return Plan("parts", shape.resource, "shares", (_numbers(shares[0]),), by=shape.dimension(kind))


def before_and_after(shape: TableShape) -> Plan | NoChart | None:
    """Two columns that are one number before and after make a slope for each of a few things."""
    kind = _only_category(shape)
    if kind is None or len(shape.numbers) != 2 or not 1 < shape.rows <= SLOPES_MAX:
        return None
    first, second = sorted(shape.numbers, key=lambda item: re.findall(r"(?:19|20)\d\d", item.name))
    if not _is_pair(first.name, second.name):
        first, second = second, first
    if first.nature != second.nature or first.unit != second.unit or not _is_pair(first.name, second.name):
        return None
    return Plan(
        "slope", shape.resource, "before-and-after", (_numbers(first), _numbers(second)), by=shape.dimension(kind)
    )


def category_and_number(shape: TableShape) -> Plan | NoChart | None:
    """One category that names each row, and one number, make sorted bars, as many as one can read."""
    kind = _only_category(shape)
    if kind is None or not shape.numbers or shape.rows > BARS_MAX:
        return None
    numbers = shape.main_numbers
    if len(numbers) > 1:
        return _too_many_numbers(numbers)
    return Plan("bars", shape.resource, "category-and-number", (_numbers(numbers[0]),), by=shape.dimension(kind))


def two_categories(shape: TableShape) -> Plan | NoChart | None:
    """Two categories that tell rows apart, and one amount, make stacked bars."""
    kinds = [item for item in shape.keys if item.role in ("category", "sex", "age", "identifier")]
    if len(shape.key) != 2 or len(kinds) != 2 or not shape.numbers:
        return None
    if len(shape.main_numbers) > 1:
        return _too_many_numbers(shape.main_numbers)
    number = shape.main_numbers[0]
    outer, inner = sorted(kinds, key=lambda item: -(item.distinct or 10**6))
    if not number.is_amount or not 1 < (inner.distinct or 10**6) <= SERIES_MAX or (outer.distinct or 10**6) > 30:
        return None
    return Plan(
        "stacked",
        shape.resource,
        "two-categories",
        (_numbers(number),),
        by=shape.dimension(outer),
        split=shape.dimension(inner),
    )


def things_by_kind(shape: TableShape) -> Plan | NoChart | None:
    """Rows that are things: how many there are of each kind, by the one column that divides them or is called so."""
    if shape.rows < 10 or not _are_things(shape):
        return None
    kinds = [
        item
        for item in shape.having("category", "sex")
        if item.name not in shape.key and _divides(item) and item.gaps * 2 < shape.rows
    ]
    codes = [item for item in kinds if (shape.labels or {}).get(item.name)]
    named = {shape.dimension(item).column for item in codes if not shape.dimension(item).through}
    kinds = [item for item in kinds if item.name not in named or item in codes]
    if not kinds:
        return None
    said = [item for item in kinds if _KIND.search(item.title.zh) or _KIND.search(item.title.en)]
    if len(said) == 1:
        kinds = said
    if len(kinds) > 1:
        names = enumerated_texts([item.title for item in kinds[:6]])
        return NoChart(
            LocalText(
                f"这些记录可以按{names.zh}等几种办法分类，没有说明以哪一种为主。",
                f"The records can be divided by {names.en}; nothing says which matters most.",
            )
        )
    return Plan("bars", shape.resource, "things-by-kind", (COUNTED,), by=shape.dimension(kinds[0]))


def one_number(shape: TableShape) -> Plan | NoChart | None:
    """One number of many things: how its values are distributed."""
    numbers = shape.numbers
    if len(numbers) != 1 or shape.rows - numbers[0].gaps < DISTRIBUTION_MIN or _key_time(shape) is not None:
        return None
    if not (shape.key == () or _are_things(shape)):
        return None
    return Plan("histogram", shape.resource, "one-number", (_numbers(numbers[0]),))


RULES: tuple[Rule, ...] = (
    rows_belong_to_rows,
    rows_of_several_units,
    ages_and_sexes,
    time_alone,
    time_that_tells_nothing_apart,
    time_and_categories,
    shares_of_a_whole,
    before_and_after,
    category_and_number,
    two_categories,
    things_by_kind,
    one_number,
)


def choose(shape: TableShape) -> Plan | NoChart:
    """Return what the first rule that applies says of a table."""
    if shape.rows == 0:
        return NoChart(LocalText("表是空的，没有可画的数值。", "The table is empty; there is nothing to draw."))
    if shape.rows == 1:
        return NoChart(
            LocalText("表只有一行，没有可比较的数值。", "The table has one row; there is nothing to compare.")
        )
    for rule in RULES:
        found = rule(shape)
        if found is not None:
            return shape.completed(found) if isinstance(found, Plan) else found
    return NoChart(
        LocalText(
            "这张表里没有一种数值或分类适合自动配图。",
            "Nothing in this table is a number or a category of which a chart could be chosen.",
        )
    )


def _key_time(shape: TableShape) -> ChartColumn | None:
    """Return the one time in the key, None where there is none or where there are several."""
    times = [item for item in shape.keys if item.role in ("time", "period")]
    return times[0] if len(times) == 1 else None


def _only_category(shape: TableShape) -> ChartColumn | None:
    """Return the one column that names each row, where no time and no second category is about."""
    if len(shape.key) > 1 or shape.having("time", "period"):
        return None
    names = [item for item in shape.columns if item.is_unique and item.role in ("category", "identifier", "age")]
    texts = [item for item in names if not item.is_code] or names
    kinds = [item for item in shape.having("category", "sex") if item not in names]
    return texts[0] if texts and not kinds else None


def _are_things(shape: TableShape) -> bool:
    """Whether each row is a thing with a name or a number of its own."""
    return len(shape.key) == 1 and shape.keys[0].role in ("identifier", "category", "other")


def _divides(item: ChartColumn) -> bool:
    return 1 < (item.distinct or 2) <= 30


def _overlaps(shape: TableShape, number: ChartColumn) -> bool:
    """Whether one person may be counted in several rows of one moment, so that a sum says nothing."""
    return any(_MANY_OVERLAP.search(_words(item)) for item in (number, *shape.keys))


def _is_pair(first: str, second: str) -> bool:
    years = re.sub(r"(19|20)\d\d", "#", first), re.sub(r"(19|20)\d\d", "#", second)
    if years[0] == years[1] and first != second and "#" in years[0]:
        return True
    return any(
        first.casefold().replace(before, "") == second.casefold().replace(after, "") and before in first.casefold()
        for before, after in _BEFORE_AFTER
    )


def _words(item: ChartColumn) -> str:
    return f"{item.name} {item.title.zh} {item.title.en}".casefold()


def _over_time(
    kind: str,
    shape: TableShape,
    time: ChartColumn,
    numbers: tuple[Numbers, ...],
    rule: str,
    by: Dimension | None = None,
) -> Plan:
    return Plan(
        kind,  # type: ignore[arg-type]
        shape.resource,
        rule,
        numbers,
        time=time.name,
        time_type=time.type,
        time_title=time.title,
        by=by,
        measure_title=shape.title if len(numbers) > 1 else LocalText(),
    )


def _numbers(item: ChartColumn, function: str = "value") -> Numbers:
    """Return a column with what it measures; one of which nobody can say more is drawn as it stands, as a level."""
    measure = Measure(item.title, item.unit, item.nature or "level", function)  # type: ignore[arg-type]
    return Numbers(item.name, measure)


def _too_many_numbers(numbers: Sequence[ChartColumn]) -> NoChart:
    shown = numbers[:6]
    names = enumerated_texts([item.title for item in shown])
    return NoChart(
        LocalText(
            f"有 {len(numbers)} 列数值（{names.zh}"
            f"{'等' if len(numbers) > len(shown) else ''}），没有说明以哪一列为主。",
            f"There are {len(numbers)} columns of numbers ({names.en}"
            f"{', …' if len(numbers) > len(shown) else ''}); nothing says which matters most.",
        )
    )
