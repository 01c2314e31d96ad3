"""Values of categories for a chart: bars, stacked bars, one whole in parts, a pyramid of ages; bounded, in their order.

Pure: numbers by the names of their categories go in, a chart or the reason why there is none comes out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import partial

from portal.model.text import LocalText
from portal.publishing.site.charts.chart import BARS_MAX, SERIES_MAX, Chart, Measure, Series, Sources
from portal.publishing.site.charts.choosing.chart_plan import NoChart, Plan
from portal.publishing.site.charts.wording.why_no_chart import (
    NEGATIVE_PARTS,
    NO_AGES_OF_SEXES,
    NOT_ADDED,
    PARTS_MISSING,
    SHARES_OF_NO_WHOLE,
)

_YOUNGER = re.compile("以下|未满|不满|[<＜]|under|below|less|younger", re.IGNORECASE)
BARS_KEPT = 15
ORDERED_BARS_MAX = 31
"""Bars in an order of their own: hours of a day, days of a month."""
STACKS_MAX = 15
"""Stacked bars in one chart; the largest."""
POINTS_OF_AGES_MIN = 3
"""Age groups that make a pyramid."""
_SUMMED = re.compile(r"[总全合]|total|whole|all\b", re.IGNORECASE)
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十]+[）)、.．]")


def sorted_bars(plan: Plan, measure: Measure, values: Mapping[LocalText, float | None], sources: Sources) -> Chart:
    """Return a bar for each category: the largest first, or in their own order; the rest is gathered or said."""
    ordered = _sorted(plan, values)
    adds = measure.function in ("count", "sum") or (measure.function == "value" and measure.is_amount)
    known = [value for _, value in ordered if value is not None]
    total = math.fsum(known) if adds and all(value >= 0 for value in known) and not _hold_parts(values) else None
    others = hidden = 0
    if len(ordered) > (ORDERED_BARS_MAX if plan.in_given_order else BARS_MAX):
        rest = ordered[BARS_KEPT:]
        ordered = ordered[:BARS_KEPT]
        if total is not None and not plan.in_given_order:
            others = len(rest)
            name = LocalText(f"其他（{others} 类）", f"Others ({others})")
            ordered.append((name, math.fsum(value or 0.0 for _, value in rest)))
        else:
            hidden = len(rest)
    slots = tuple(name for name, _ in ordered)
    series = (Series(measure.title, tuple(value for _, value in ordered)),)
    return Chart(
        "bars", measure, series, slots=slots, total=total, others=others, hidden=hidden,
        is_ordered=plan.in_given_order, sources=sources,
        slot_title=plan.by.title if plan.by else LocalText(),
    )  # fmt: skip


def parts_of_whole(
    plan: Plan, measure: Measure, values: Mapping[LocalText, float | None], sources: Sources
) -> Chart | NoChart:
    """Return one whole in parts, or why the values make none."""
    known = {name: value for name, value in values.items() if value is not None}
    total = math.fsum(known.values())
    if any(value < 0 for value in known.values()) or not total:
        return NEGATIVE_PARTS
    is_share = measure.unit.zh == "%"
    if not is_share and (not measure.is_amount or measure.function not in ("count", "sum", "value")):
        return NOT_ADDED
    if not is_share and sources.blanks:
        return PARTS_MISSING
    if is_share and abs(total - 100) > 1:
        return SHARES_OF_NO_WHOLE
    ordered = sorted(known.items(), key=lambda item: (-item[1], item[0].zh))
    others = 0
    if len(ordered) > SERIES_MAX:
        rest = ordered[SERIES_MAX - 1 :]
        others = len(rest)
        name = LocalText(f"其他（{others} 类）", f"Others ({others})")
        ordered = [*ordered[: SERIES_MAX - 1], (name, math.fsum(value for _, value in rest))]
    return Chart(
        "parts", measure, (Series(measure.title, tuple(value for _, value in ordered)),),
        slots=tuple(name for name, _ in ordered), total=100.0 if is_share else total, others=others, sources=sources,
        slot_title=plan.by.title if plan.by else LocalText(),
    )  # fmt: skip


def stacked_bars(
    plan: Plan,
    measure: Measure,
    cells: Mapping[tuple[LocalText, LocalText], float],
    order: Mapping[LocalText, float],
    parts: Mapping[LocalText, float],
    sources: Sources,
) -> Chart:
    """Return a bar for each category that consists of parts."""
    slots = sorted(order, key=lambda name: _natural(name.zh) if plan.in_given_order else (-order[name], name.zh))
    inner = sorted(parts, key=lambda name: (-parts[name], name.zh))
    if plan.split and plan.split.order and len(inner) <= SERIES_MAX:
        inner.sort(key=partial(_listed_place, plan.split.order))
    others = 0
    kept = inner
    if len(inner) > SERIES_MAX:
        kept, others = inner[: SERIES_MAX - 1], len(inner) - SERIES_MAX + 1
    shown = slots[:STACKS_MAX]
    series = [Series(name, tuple(cells.get((slot, name), 0.0) for slot in shown)) for name in kept]
    if others:
        rest = inner[len(kept) :]
        name = LocalText(f"其他（{others} 类）", f"Others ({others})")
        series.append(Series(name, tuple(sum(cells.get((slot, part), 0.0) for part in rest) for slot in shown)))
    return Chart(
        "stacked", measure, tuple(series), slots=tuple(shown), total=math.fsum(order.values()), others=others,
        hidden=len(slots) - len(shown), is_ordered=plan.in_given_order, sources=sources,
        slot_title=plan.by.title if plan.by else LocalText(),
        series_title=plan.split.title if plan.split else LocalText(),
    )  # fmt: skip


def age_pyramid(
    plan: Plan,
    measure: Measure,
    cells: Mapping[tuple[LocalText, LocalText], float],
    order: Mapping[LocalText, float],
    parts: Mapping[LocalText, float],
    sources: Sources,
) -> Chart | NoChart:
    """Return ages of two sexes, or why they are none."""
    if len(parts) != 2 or len(order) < POINTS_OF_AGES_MIN:
        return NO_AGES_OF_SEXES
    ages = sorted(order, key=lambda name: (_least_age(name.zh), _natural(name.zh)))
    sexes = sorted(parts, key=lambda name: (not re.match(r"男|m", name.zh, re.IGNORECASE), name.zh))
    series = tuple(Series(sex, tuple(cells.get((age, sex), 0.0) for age in ages)) for sex in sexes)
    return Chart(
        "pyramid", measure, series, slots=tuple(ages), total=math.fsum(order.values()), sources=sources,
        slot_title=plan.by.title if plan.by else LocalText(),
        series_title=plan.split.title if plan.split else LocalText(),
    )  # fmt: skip


def _hold_parts(values: Mapping[LocalText, float | None]) -> bool:
    """Whether some categories seem to be counted in others, so that nobody can say what all come to.

    Where some alone are numbered (一、税收), the others are their parts; one called a whole (总) that is
    as much as all others is their sum.
    """
    numbered = [name for name in values if _NUMBERED.match(name.zh)]
    if 0 < len(numbered) < len(values):
        return True
    known = {name: value for name, value in values.items() if value}
    sums = [name for name, value in known.items() if math.isclose(2 * value, math.fsum(known.values()), rel_tol=1e-9)]
    return len(known) > 2 and any(_SUMMED.search(name.zh) for name in sums)


def _sorted(plan: Plan, values: Mapping[LocalText, float | None]) -> list[tuple[LocalText, float | None]]:
    if plan.in_given_order:
        order = plan.by.order if plan.by else ()
        return sorted(values.items(), key=lambda item: (_listed_place(order, item[0]), _natural(item[0].zh)))
    return sorted(values.items(), key=lambda item: (item[1] is None, -(item[1] or 0.0), item[0].zh))


def _listed_place(order: Sequence[str], name: LocalText) -> int:
    """Return where a value stands in the schema's list, behind all of them where it does not."""
    return order.index(name.zh) if name.zh in order else len(order)


def _least_age(text: str) -> float:
    """Return at which age a group of ages begins; one that names none (不详) stands above all.

    >>> sorted(["5-9岁", "1岁以下", "不详", "100岁及以上", "1-4岁"], key=_least_age)
    ['1岁以下', '1-4岁', '5-9岁', '100岁及以上', '不详']
    """
    ages = re.findall(r"\d+(?:\.\d+)?", text)
    if not ages:
        return math.inf
    return float(ages[0]) - (0.5 if len(ages) == 1 and _YOUNGER.search(text) else 0.0)


def _natural(text: str) -> list[tuple[int, float, str]]:
    """Return a key by which numbers in texts are in the order of numbers."""
    parts = re.findall(r"\d+(?:\.\d+)?|\D+", text)
    return [(0, float(part), "") if part[0].isdecimal() else (1, 0.0, part) for part in parts]
