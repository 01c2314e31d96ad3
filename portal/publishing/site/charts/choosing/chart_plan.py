"""What a chart is to be made of: columns of one table, what is done with them; a rule or a view gives it."""

from __future__ import annotations

from dataclasses import dataclass

from portal.model.text import LocalText
from portal.publishing.site.charts.chart import Kind, Measure, Step


@dataclass(frozen=True, slots=True)
class Dimension:
    """A column whose values are told apart, shown by *label*, a column of the table that it leads to *through* a key.

    *has_places* tells that its values are division codes without names in the dataset.
    """

    column: str
    title: LocalText
    through: str = ""
    has_places: bool = False
    order: tuple[str, ...] = ()
    """The values in the order in which the schema lists them, where it does: grades, levels."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column of numbers and what it measures; the column is "" where rows are counted."""

    column: str
    measure: Measure


@dataclass(frozen=True, slots=True)
class Together:
    """Several tables of one shape that are read as one: a name, how many, their rows, the times their names tell."""

    name: str
    tables: int
    rows: int
    moments: tuple[tuple[str, Step, int], ...] = ()

    @property
    def times(self) -> dict[str, tuple[Step, int]]:
        """The times that names of tables tell, by the names."""
        return {name: (step, number) for name, step, number in self.moments}


@dataclass(frozen=True, slots=True)
class Plan:
    """A chart that is to be made of the table *resource*; *rule* is what chose it, or the name of a declared view."""

    kind: Kind
    resource: str
    rule: str
    numbers: tuple[Numbers, ...]
    time: str = ""
    time_type: str = ""
    time_title: LocalText = LocalText()
    by: Dimension | None = None
    """The slots, or the lines where there is time."""
    split: Dimension | None = None
    """The parts of each slot, or the sexes of a pyramid."""
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    step: Step | None = None
    """The step of time that is wanted; None for what suits."""
    is_declared: bool = False
    title: LocalText = LocalText()
    """What the publisher calls it."""
    measure_title: LocalText = LocalText()
    """What several columns of one unit measure together."""
    columns_with_totals: tuple[str, ...] = ()
    """Columns off the chart in which rows of totals stand beside their parts."""
    times_apart: tuple[str, ...] = ()
    """Columns of time off the chart that tell rows apart."""
    together: Together | None = None
    """Of which tables it is, where it is of several."""
    in_given_order: bool = False
    """Whether categories stand in the order of their names (hours, grades) and not of their values."""


@dataclass(frozen=True, slots=True)
class NoChart:
    """Why there is no chart: nothing fits, or nobody can tell which of several readings is meant."""

    reason: LocalText
    rule: str = ""
