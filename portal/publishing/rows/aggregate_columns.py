"""Columns of aggregates (sum, avg, min, max, median): what SQL selects for them, and what comes of the values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from portal.model.errors import QueryError
from portal.publishing.rows.group_values import TOO_EXACT, Middle, Sum, average, collector, half, in_units, told
from portal.publishing.rows.row_table import Cell
from portal.publishing.rows.store_layout import Place
from portal.publishing.rows.typed_cells import cell_writer, key_reader

_HALVES = 2**31
"""Sums are made of two parts, neither of which leaves 64 bits."""


@dataclass(frozen=True)
class Output:
    """A column of the answer: what is selected for it, and what the values mean."""

    selected: tuple[str, ...]
    tell: Callable[[Sequence[Any]], Cell]
    sorted_by: str = ""
    """What the database sorts it by, "" where it cannot."""
    rank: Callable[[Cell], Any] = lambda cell: Decimal(cell) if isinstance(cell, str) else cell
    """What it is sorted by here."""


def extreme(place: Place, function: str) -> Output:
    """Return the smallest or the largest value."""
    form, decode = place.column.form, place.column.decode
    if form.key == "ordered":
        both = place.asked(lambda alias: f"{place.compared(alias)} || char(0) || {place.cell(alias)}")
        return Output(
            (f"{function}({both})",),
            lambda values: decode(None if values[0] is None else values[0].partition("\0")[2]),
            f"{function}({both})",
            rank_of(place),
        )
    found = f"{function}({place.asked(place.compared)})"
    if form.key == "decimal":
        return Output((found,), lambda values: None if values[0] is None else in_units(form, values[0]), found)
    return Output((found,), lambda values: decode(values[0]), found, rank_of(place))


def rank_of(place: Place) -> Callable[[Cell], Any]:
    """Return what gives what a value of a column is sorted by."""
    write, key = cell_writer(place.column.field), key_reader(place.column.field)
    return lambda cell: key(write(cell))


def of_whole(place: Place, function: str, on_copy: bool, collectors: dict[str, type]) -> Output:
    """Add up, average or halve what is kept as whole numbers."""
    form, type_, kept = place.column.form, place.column.type, place.asked(place.compared)
    if function == "median":
        if on_copy:
            selected: tuple[str, ...] = (f"quantile_disc({kept}, 0.5)", f"-quantile_disc(-{kept}, 0.5)")
        else:
            name = f"own_middle_{len(collectors)}"
            collectors[name] = collector(int, Middle)
            selected = (f"{name}({kept})",)

        def tell_middle(values: Sequence[Any]) -> Cell:
            if values[0] is None:
                return None
            return half(in_units(form, sum(map(int, values))))

        return Output(selected, tell_middle)
    halves = (f"sum({kept} / {_HALVES})", f"sum({kept} % {_HALVES})")
    selected = (f"sum({kept})",) if on_copy else halves

    def add(values: Sequence[Any]) -> int:
        return int(values[0]) if on_copy else int(values[0] * _HALVES + values[1])

    if function == "sum":
        return Output(
            selected,
            lambda values: None if values[0] is None else told(in_units(form, add(values)), type_),
            f"sum({kept})" if on_copy else "",
        )
    return Output(
        (*selected, f"count({kept})"),
        lambda values: None if values[0] is None else average(in_units(form, add(values)), values[-1]),
    )


def of_decimals(place: Place, function: str, collectors: dict[str, type]) -> Output:
    """Add up, average or halve numbers that are kept as texts, one by one."""
    decode, type_ = place.column.decode, place.column.type

    def read(kept: Any) -> Decimal | None:
        cell = decode(kept)
        try:
            return Decimal(cell) if isinstance(cell, int | str | Decimal) else None
        except ArithmeticError:
            return None

    name = f"own_numbers_{len(collectors)}"
    collectors[name] = collector(read, Middle if function == "median" else Sum)
    kept = place.asked(place.cell)

    def tell(values: Sequence[Any]) -> Cell:
        if values[0] is None:
            return None
        if values[0] == TOO_EXACT:
            raise QueryError(
                "_aggregate",
                "这些数字的大小相差太远，无法给出精确的结果。",
                "These numbers lie too far apart for an exact result.",
            )
        number = Decimal(values[0])
        if function == "avg":
            number = average(number, values[1])
        return told(number, type_ if function == "sum" else "number")

    return Output((f"{name}({kept})", f"count({kept})"), tell)
