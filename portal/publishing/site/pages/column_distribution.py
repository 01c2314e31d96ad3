"""What a column holds in words beside its picture: different values, the fullest bin, steps in time, top values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from portal.i18n import gettext_noop as _
from portal.i18n import number_text, translate, translate_many
from portal.model.table_profile import ColumnProfile, OverTime, Steps
from portal.publishing.site.cells_in_words import ShownCell, is_amount, number_shown, writer_of
from portal.publishing.site.code_names import Names
from portal.publishing.site.column_pictures import share_width
from portal.publishing.site.contexts.look_contexts import TopValue
from portal.publishing.site.shown_moments import month_shown

TOP_SHOWN_MAX = 5
"""The most frequent values of a column that the dictionary shows."""

_SECONDS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))


def sentences(column: ColumnProfile, field: Mapping[str, Any], rows: int, lang: str) -> Iterator[str]:
    """Yield what is said of a column in *rows* rows; each of it is true to the last row. *field* is its schema."""
    filled = rows - column.gaps
    if column.kind == "empty":
        yield translate(lang, _("No cell has a value"))
        return
    if column.is_withheld:
        yield _different(column, filled, lang)
        yield translate(lang, _("Values are not shown here, since they may be of single persons"))
        return
    if column.distinct == 1 and filled > 1:
        yield translate(lang, _("The same value in every cell that has one"))
        return
    if is_even(column):
        yield _evenly(column, lang)
        return
    yield _different(column, filled, lang)
    yield from _fullest(column, field, filled, lang)
    if column.over_time:
        yield _most(column.over_time, lang)
    if column.steps:
        yield step_words(column.steps, lang)


def top_values(
    column: ColumnProfile, field: Mapping[str, Any], rows: int, lang: str, names: Names | None = None
) -> tuple[TopValue, ...]:
    """Return the most frequent values of a column of texts, codes or truth with their shares."""
    if column.kind not in ("category", "truth", "text") or column.distinct in (0, 1) or is_even(column):
        return ()
    here = {one.value: names[one.value] for one in column.top if one.value in names} if names else {}
    write: Callable[[str], ShownCell] = writer_of(field, lang, here)
    filled = rows - column.gaps
    return tuple(
        TopValue(write(one.value), percent(one.count, filled, lang), share_width(one.count, filled))
        for one in column.top[:TOP_SHOWN_MAX]
    )


def is_even(column: ColumnProfile) -> bool:
    """Whether every value of a column of texts or truth stands in as many cells, more than one."""
    counts = {one.count for one in column.top}
    return column.kind in ("category", "truth") and column.has_all_values and len(counts) == 1 and len(column.top) > 1


def _evenly(column: ColumnProfile, lang: str) -> str:
    return translate_many(
        lang,
        "%(num)s different value, in %(count)s cells each",
        "%(num)s different values, in %(count)s cells each",
        len(column.top),
        count=number_text(lang, column.top[0].count),
    )


def percent(count: int, whole: int, lang: str) -> str:
    """Return a share in per cent; what is there is never 0, and what is not all is never 100.

    >>> percent(1, 3, "en"), percent(1, 1_000_000, "en"), percent(999_999, 1_000_000, "en"), percent(2, 2, "en")
    ('33.3%', '< 0.1%', '> 99.9%', '100%')
    """
    share = round(100 * count / whole, 1) if whole else 0.0
    if count and share < 0.1:
        return "< 0.1%"
    if count < whole and share > 99.9:
        return "> 99.9%"
    return f"{number_text(lang, share)}%"


def _different(column: ColumnProfile, filled: int, lang: str) -> str:
    if column.distinct is None:
        return translate(lang, _("Too many different values to be counted"))
    if column.distinct == filled > 1:
        return translate(lang, _("All values are different"))
    return translate_many(lang, "%(num)s different value", "%(num)s different values", column.distinct)


def _fullest(column: ColumnProfile, field: Mapping[str, Any], filled: int, lang: str) -> Iterator[str]:
    """Say where most numbers are, where one bin holds more than each other one; years stand without commas."""
    most = max(column.bins, key=lambda one: one.count, default=None)
    if most is None or sum(one.count == most.count for one in column.bins) > 1:
        return
    share = percent(most.count, filled, lang)
    last = str(int(most.end) - 1) if column.type == "integer" else most.end
    show = number_shown if is_amount(field) else str
    start, end = show(most.start), show(last)
    if most.start == most.end:
        yield translate(lang, _("Most often %(value)s (%(share)s)"), value=start, share=share)
    else:
        yield translate(lang, _("Most often from %(start)s to %(end)s (%(share)s)"), start=start, end=end, share=share)


def _most(counted: OverTime, lang: str) -> str:
    """Say how cells are spread over time: by which unit, and when there are most."""
    words = {
        "hour": _("Cells by hour"), "day": _("Cells by day"), "month": _("Cells by month"),
        "quarter": _("Cells by quarter"), "year": _("Cells by year"), "decade": _("Cells by decade"),
    }  # fmt: skip
    most = max(counted.counts)
    by_unit = translate(lang, words[counted.unit])
    count = number_text(lang, most)
    if counted.counts.count(most) == len(counted.counts):
        return translate(lang, _("%(by_unit)s: %(count)s each"), by_unit=by_unit, count=count)
    if counted.counts.count(most) > 1:
        return translate(lang, _("%(by_unit)s: at most %(count)s"), by_unit=by_unit, count=count)
    when = start_shown(counted.starts[counted.counts.index(most)], lang)
    return translate(lang, _("%(by_unit)s: most in %(when)s (%(count)s)"), by_unit=by_unit, when=when, count=count)


def start_shown(start: str, lang: str) -> str:
    """Return a period by its start, in words.

    >>> start_shown("2026-03", "en"), start_shown("2026-Q1", "zh"), start_shown("2026-03-01T05", "zh")
    ('March 2026', '2026年第1季度', '2026年3月1日 05:00')
    """
    if "-Q" in start:
        year, _sign, quarter = start.partition("-Q")
        return translate(lang, _("quarter %(quarter)s of %(year)s"), year=year, quarter=quarter)
    if "T" in start:
        return writer_of({"type": "datetime"}, lang)(f"{start}:00:00").text
    if start.count("-") == 2:
        return writer_of({"type": "date"}, lang)(start).text
    return month_shown(start, lang)


def step_words(steps: Steps, lang: str) -> str:
    """Return an even step in words, with what is missing.

    >>> step_words(Steps("second", 3600, 2), "en"), step_words(Steps("month", 1, 0), "en")
    ('One every hour, 2 missing', 'One every month, none missing')
    """
    size, unit = steps.size, str(steps.unit)
    if unit == "second":
        length, unit = next((length, name) for length, name in _SECONDS if size % length == 0)
        size //= length
    every = _every(unit, size, lang)
    if not steps.missing:
        return translate(lang, _("One %(every)s, none missing"), every=every)
    return translate(
        lang, _("One %(every)s, %(missing)s missing"), every=every, missing=number_text(lang, steps.missing)
    )


def _every(unit: str, size: int, lang: str) -> str:
    if size == 1:
        return translate(lang, _EVERY[unit])
    if unit == "year":
        return translate_many(lang, "every %(num)s year", "every %(num)s years", size)
    if unit == "month":
        return translate_many(lang, "every %(num)s month", "every %(num)s months", size)
    if unit == "day":
        return translate_many(lang, "every %(num)s day", "every %(num)s days", size)
    if unit == "hour":
        return translate_many(lang, "every %(num)s hour", "every %(num)s hours", size)
    if unit == "minute":
        return translate_many(lang, "every %(num)s minute", "every %(num)s minutes", size)
    return translate_many(lang, "every %(num)s second", "every %(num)s seconds", size)


_EVERY = {
    "year": _("every year"), "month": _("every month"), "day": _("every day"),
    "hour": _("every hour"), "minute": _("every minute"), "second": _("every second"),
}  # fmt: skip
