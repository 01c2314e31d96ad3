"""What titles of charts say of a measure: its name with what was done to it, a change in it, which value is highest.

A change is told in per cent only where the scale has a nought, otherwise as a difference.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from portal.i18n import gettext_noop as _
from portal.i18n import translate
from portal.model.text import enumerated
from portal.publishing.site.charts.chart import Measure
from portal.publishing.site.charts.wording.number_words import amount, amounts, few_digits, percent, plain_number

_TOTAL = re.compile("总|合计|total", re.IGNORECASE)
_RATE = re.compile("(率|增速|增长|[增涨降跌]幅|同比|环比|占比|比例|比重|rate|ratio|share|growth)$", re.IGNORECASE)
"""Titles of what is a share or a growth itself, whose change in per cent would be taken for one in points."""
_SAME_SHARE = 0.0005
"""A change below this share is told as about the same."""
_TIMES_FROM = 3.0
"""From this many times on a growth is told as times."""


def measure_words(measure: Measure, lang: str) -> str:
    """Return what a measure is called with what was done to it.

    >>> from portal.model.text import LocalText
    >>> measure_words(Measure(LocalText("客运量", "Ridership"), function="sum"), "en")
    'Ridership in total'
    """
    name = measure.title.to(lang)
    if measure.function == "sum" and not _TOTAL.match(name):
        return translate(lang, "%(measure)s in total", measure=name)
    if measure.function == "avg" and "均" not in name and "average" not in name.lower():
        return translate(lang, "%(measure)s on average", measure=name)
    if measure.function == "median":
        return translate(lang, "%(measure)s (median)", measure=name)
    if measure.function == "max":
        return translate(lang, "%(measure)s (greatest)", measure=name)
    if measure.function == "min":
        return translate(lang, "%(measure)s (least)", measure=name)
    return name


def change_words(before: float, after: float, measure: Measure, lang: str) -> tuple[str, str]:
    """Return which way a number went (up, down, same, near, times), and by how much in words.

    >>> from portal.model.text import LocalText
    >>> m = Measure(LocalText("x"), LocalText("元"), "flow")
    >>> change_words(100, 88, m, "en"), change_words(100, 340, m, "zh"), change_words(0, 5, m, "zh")
    (('down', '12%'), ('times', '3.4'), ('up', '5 元'))
    """
    if after == before:
        return "same", ""
    way = "up" if after > before else "down"
    unit = measure.unit_in(lang)
    if measure.unit.zh == "%":
        return way, translate(lang, "%(number)s percentage points", number=_number(lang, abs(after - before)))
    is_rate = not measure.unit.zh and _RATE.search(measure.title.zh or measure.title.en)
    if measure.nature == "offset" or before <= 0 or after < 0 or is_rate:
        return way, amount(lang, few_digits(abs(after - before), 2), unit)
    share = after / before - 1
    if abs(share) < _SAME_SHARE:
        return "near", ""
    if share + 1 >= _TIMES_FROM:
        return "times", _number(lang, after / before)
    return way, percent(lang, share)


def _number(lang: str, number: float) -> str:
    """Write a difference: to one decimal from one on."""
    return plain_number(lang, few_digits(number, 2))


def ends(
    known: Sequence[tuple[str, float]], measure: Measure, lang: str, *, has_lowest: bool, has_highest: bool = True
) -> list[str]:
    """Tell which is highest and which is lowest, as far as one is."""
    unit = measure.unit_in(lang)
    if not known or not has_highest:
        return []
    top, low = max(value for _, value in known), min(value for _, value in known)
    if top == low and len(known) > 1:
        return [translate(lang, "all are equal, %(value)s", value=amount(lang, top, unit))]
    high_words, low_words = amounts(lang, (top, low), unit)
    if high_words == low_words and len(known) > 1:
        return []
    found = [
        _end(known, top, high_words, lang, (_("%(name)s is highest, %(value)s"), _("%(names)s are highest, %(value)s")))
    ]
    if has_lowest and len(known) > 1:
        found.append(
            _end(
                known, low, low_words, lang, (_("%(name)s is lowest, %(value)s"), _("%(names)s are lowest, %(value)s"))
            )
        )
    return [item for item in found if item]


def _end(known: Sequence[tuple[str, float]], value: float, told: str, lang: str, messages: tuple[str, str]) -> str:
    names = [name for name, other in known if other == value]
    if len(names) > 3:
        return ""
    if len(names) == 1:
        return translate(lang, messages[0], name=names[0], value=told)
    return translate(lang, messages[1], names=enumerated(lang, names), value=told)
