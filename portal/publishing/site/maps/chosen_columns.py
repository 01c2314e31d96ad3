"""What a map is coloured by, and what its circles tell: as the rules choose, or as the publisher wishes (`maps.views`).

A wish is followed only where the map stays true. Some of what makes it untrue is seen in the rows alone: amounts on
areas, numbers below zero, more points than have room for circles. Then the map is as the rules choose, and says why.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from math import isfinite
from typing import NamedTuple

from portal.i18n import gettext_noop as _
from portal.model.map_choices import KIND_TYPES, NUMBER_TYPES, MapChoice, choice_faults
from portal.model.text import LocalText
from portal.publishing.site.maps.column_natures import is_rate, nature, stated_field
from portal.publishing.site.maps.drawing.class_borders import WAYS, Way
from portal.publishing.site.maps.drawing.map_classes import NONE, Class, Classes, categories, number_classes
from portal.publishing.site.maps.drawing.map_svg import plain_text
from portal.publishing.site.maps.drawing.point_marks import SYMBOLS_MAX
from portal.publishing.site.maps.places.map_columns import CATEGORIES_CUT_MAX, FACTS
from portal.publishing.site.maps.places.place_tables import PlaceTable

WISH_CHARACTERS_MAX = 80
"""So much of what was wished for is told below a map."""
ON_AREAS = LocalText(
    "区域大，不等于数量大，深浅表示不了数量；请改用 size",
    "a large area is not a large amount, so that a shade would mislead; use size",
)
OF_KINDS = LocalText("取值少于两种，或多于三十种", "it has fewer than two different values, or more than thirty")
NEGATIVE = LocalText("其中有负数", "some of its numbers are below zero")
NO_AMOUNTS = LocalText("其中没有大于零的数", "none of its numbers is above zero")
ON_LINES = LocalText("线上画不了圆", "lines have no place for circles")
TOO_MANY = LocalText(
    f"地点多于 {SYMBOLS_MAX} 个，圆会互相遮住", f"more than {SYMBOLS_MAX} circles would hide each other"
)


class Chosen(NamedTuple):
    """What a map shows: *table* with its columns, *classes* of colours, *circles* by row and their column.

    *refused* are the columns that were wished for and why they are not shown.
    """

    table: PlaceTable
    classes: Classes | None
    circles: Sequence[float] | None = None
    size: int | None = None
    refused: tuple[tuple[str, LocalText], ...] = ()


Remark = tuple[str, Mapping[str, LocalText]]
"""A message that stands below a map, and what is filled into it."""


def chosen(table: PlaceTable, choice: MapChoice | None, withheld: Collection[str]) -> Chosen:
    """Return what the map of a table shows; *withheld* columns may tell of single persons."""
    if choice is None:
        return Chosen(table, classes_of(table))
    names = [str(field["name"]) for field in table.fields]
    faults = dict(choice_faults(choice, [stated_field(field) for field in table.fields], withheld))
    colour, size, circles = None, None, None
    if choice.colour and "colour" not in faults:
        colour = names.index(choice.colour)
        if fault := _colour_fault(table, colour):
            faults["colour"], colour = fault, None
    if choice.size and "size" not in faults:
        size = names.index(choice.size)
        circles = amounts(table, size)
        if fault := _size_fault(table, circles):
            faults["size"], size, circles = fault, None, None
    table = _with_columns(table, colour, size)
    classes = classes_of(table, way_of(choice), is_wished=colour is not None)
    told = {"colour": choice.colour, "size": choice.size, "classes": choice.classes}
    return Chosen(table, classes, circles, size, tuple((told[key], reason) for key, reason in faults.items()))


def remarks_of(shown: Chosen) -> Iterator[Remark]:
    """Yield how many places have no circle, and which wishes were not followed."""
    without = sum(not shown.circles[row] for row in shown.table.located.rows) if shown.circles is not None else 0
    if without and "area" in shown.table.located.kinds:
        yield _("Areas without a circle, for their number is missing or 0: %(count)s."), {"count": _told(without)}
    elif without:
        yield _("Small dots are places whose number is missing or 0: %(count)s."), {"count": _told(without)}
    yield from refusals(shown.refused)


def refusals(refused: Sequence[tuple[str, LocalText]]) -> Iterator[Remark]:
    """Yield which columns were wished for, and why they are not shown."""
    for wish, reason in refused:
        details = {"wish": LocalText(plain_text(wish)[:WISH_CHARACTERS_MAX]), "reason": reason}
        yield _("“%(wish)s” was wished for this map and is not shown: %(reason)s."), details


def way_of(choice: MapChoice | None) -> Way:
    """Return how numbers are to be cut, "" where a rule is to choose."""
    return next((way for way in WAYS if choice and way == choice.classes), "")


def classes_of(table: PlaceTable, way: Way = "", *, is_wished: bool = False) -> Classes | None:
    """Return the classes by which the rows that are drawn are coloured, None where no column suits.

    Numbers over areas have none unless they are known as rates, or *is_wished*: then they are checked already.
    """
    column = table.columns.colour
    if column is None:
        return None
    is_number = table.columns.kind == "number"
    if is_number and not is_wished and "area" in table.located.kinds and not is_rate(table.fields[column]):
        return None  # a shade over a large area would say more than its number
    values = [row[column] for row in table.rows]
    placed = _placed(table)
    if not isinstance(placed, range):
        values = [value if number in placed else "" for number, value in enumerate(values)]
    if is_number:
        classes = number_classes(values, 2, way) if is_wished else number_classes(values, way=way)
    else:
        classes = categories(values)
    return classes and _counted(classes, placed)


def amounts(table: PlaceTable, column: int) -> Sequence[float]:
    """Return the number of a column for each row, 0 where it has none or is not on the map."""
    placed = _placed(table)
    return [_number(row[column]) if number in placed else 0.0 for number, row in enumerate(table.rows)]


def _with_columns(table: PlaceTable, colour: int | None, size: int | None) -> PlaceTable:
    """Return a table that is coloured by a column and tells of it; with circles alone numbers colour nothing."""
    columns = table.columns
    if colour is not None:
        kind = "number" if table.fields[colour].get("type") in NUMBER_TYPES else "category"
        columns = columns._replace(colour=colour, kind=kind)  # type: ignore[arg-type]
    elif size is not None and columns.kind == "number":
        columns = columns._replace(colour=None, kind="")
    told = dict.fromkeys((columns.colour, size, *columns.facts))
    facts = [column for column in told if column not in (None, columns.name)]
    return table._replace(columns=columns._replace(facts=tuple(facts[:FACTS])))


def _colour_fault(table: PlaceTable, column: int) -> LocalText | None:
    field = table.fields[column]
    if field.get("type", "any") in KIND_TYPES:
        placed = _placed(table)
        kinds = {row[column] for number, row in enumerate(table.rows) if number in placed} - {""}
        return None if 2 <= len(kinds) <= CATEGORIES_CUT_MAX else OF_KINDS
    is_amount = nature(field) in ("flow", "stock")
    return ON_AREAS if is_amount and "area" in table.located.kinds else None


def _size_fault(table: PlaceTable, circles: Sequence[float]) -> LocalText | None:
    if "line" in table.located.kinds:
        return ON_LINES
    if len(table.located.rows) > SYMBOLS_MAX:
        return TOO_MANY
    if min(circles) < 0:
        return NEGATIVE
    return None if max(circles) > 0 else NO_AMOUNTS


def _placed(table: PlaceTable) -> Container[int]:
    rows = table.located.rows
    return rows if isinstance(rows, range) else set(rows)


def _counted(classes: Classes, placed: Container[int]) -> Classes | None:
    """Return the classes with counts of placed rows alone, None where one is left or none."""
    missing = 0
    if NONE in classes.of:
        missing = sum(1 for row, number in enumerate(classes.of) if number == NONE and row in placed)
    entries = [entry for entry in classes.entries if entry.number != NONE]
    if len(entries) < 2:
        return None
    return classes._replace(entries=(*entries, *([Class(NONE, missing)] if missing else [])))


def _told(number: int) -> LocalText:
    return LocalText(f"{number:,}")


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        return 0.0
    return number if isfinite(number) else 0.0
