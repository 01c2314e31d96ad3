"""A chart as values: kind, what is measured, where on the axis, series with gaps; in all languages at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from portal.model.number_natures import Nature
from portal.model.text import LocalText

Kind = Literal["line", "seasons", "bars", "stacked", "parts", "pyramid", "histogram", "slope", "multiples"]
Function = Literal["value", "sum", "avg", "median", "count", "min", "max"]
Step = Literal["hour", "day", "week", "month", "quarter", "year", "school_year", "fiscal_year"]

SERIES_MAX = 8
"""Lines or parts in one picture; more are small multiples, or gathered as others."""
BARS_MAX = 20
"""Bars in one picture; the rest is gathered as others where it may be added up, else left out and said."""
SLOPES_MAX = 12
"""Things whose change from before to after stands in one picture."""
PANELS_MAX = 12
"""Small multiples in one picture."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What the numbers of a chart are: of which column, in which unit, and what was done with the cells."""

    title: LocalText
    unit: LocalText = LocalText()
    nature: Nature = "flow"
    function: Function = "value"

    def unit_in(self, lang: str) -> str:
        """Return the unit in a language; English has none for what Chinese counts by a word for its kind (所, 个)."""
        return self.unit.zh if lang == "zh" else self.unit.en

    @property
    def is_amount(self) -> bool:
        """Whether lengths may stand for it: the axis begins at nought."""
        return self.nature in ("flow", "stock")


COUNTED_ROWS = Measure(LocalText("记录数", "Records"), LocalText("条", "records"), "flow", "count")
"""How many rows there are, where nothing else is measured."""


@dataclass(frozen=True, slots=True)
class Series:
    """Values in the order of the slots of the chart, None for a gap; *partial* are places where parts lack."""

    name: LocalText
    values: tuple[float | None, ...]
    partial: tuple[int, ...] = ()
    measure: Measure | None = None
    """What its numbers are, where that is not the same for all series (small multiples)."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What the chart was made of, and what it leaves out.

    *rows* are those of the table, *blanks* cells without a value among them; *left_out* are sentences.
    """

    rows: int = 0
    blanks: int = 0
    left_out: tuple[LocalText, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn. Lines have *moments*, numbers of steps of time without a hole; all others have *slots*.

    *step* is how long a step is. A day's number counts days since 1970, a month's is year x 12 + month - 1, as in
    `portal.publishing.rows.group_values`.
    """

    kind: Kind
    measure: Measure
    series: tuple[Series, ...]
    slots: tuple[LocalText, ...] = ()
    step: Step = "year"
    moments: tuple[int, ...] = ()
    slot_title: LocalText = LocalText()
    """What the slots are: the title of the column of categories, of time, of ages."""
    series_title: LocalText = LocalText()
    total: float | None = None
    """What all slots and series come to, those left out too; None where that has no meaning."""
    edges: tuple[float, ...] = ()
    """Of a histogram the edges of its bins, one more than bins."""
    middle: float | None = None
    """Of a histogram the middle value of all."""
    extremes: tuple[float, float] | None = None
    """Of a histogram the least and the greatest value."""
    is_ordered: bool = False
    """Whether slots stand in an order of their own (hours, grades), so that bars stand upright side by side."""
    others: int = 0
    """How many categories the last slot, or the last series, gathers."""
    hidden: int = 0
    """How many categories are not drawn."""
    sources: Sources = field(default_factory=Sources)
