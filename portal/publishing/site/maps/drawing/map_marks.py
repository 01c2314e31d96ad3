"""Marks of a map: one thing on the picture with the rows it stands for, its form and the style of its class."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from portal.publishing.site.maps.drawing.map_classes import NONE, OTHERS, Classes

SHADES = 5
"""Shades of one colour that classes of numbers have."""
PLAIN = "plain"
"""The style of an area that has an outline alone."""
MIXED = "mixed"
"""The style of a symbol that stands for places of several classes."""
DIGIT_ROOM = 3.6
"""Half the width of a digit in the number of a cluster, in units; with `EDGE_ROOM` on either side."""
EDGE_ROOM = 2.5

_CIRCLE = "m-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z"
SYMBOLS = (
    _CIRCLE,
    "m-4.5-4.5h9v9h-9z",
    "m0-6l5.5 10h-11z",
    "m0-6.5l6.5 6.5l-6.5 6.5l-6.5-6.5z",
    "m-1.8-5.5h3.6v3.7h3.7v3.6h-3.7v3.7h-3.6v-3.7h-3.7v-3.6h3.7z",
    "m0 6l5.5-10h-11z",
    "m-3-5.2h6l3 5.2l-3 5.2h-6l-3-5.2z",
    "m-6 0l4.2-1.8l1.8-4.2l1.8 4.2l4.2 1.8l-4.2 1.8l-1.8 4.2l-1.8-4.2z",
)
"""The form of a symbol for each category, drawn from its middle: who does not tell the colours apart sees the forms."""
_SMALL_CIRCLE = "m-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z"


class Mark(NamedTuple):
    """One thing on the picture: *rows* are those that it stands for, each once, *style* the class of its colour.

    *path* is the outline, *dot* what marks the place of an area that is too small to be seen; *label* is the number in
    a circle that has room for it. *shapes* are the numbers of the lines and areas that it shows, counted over all
    features.
    """

    kind: Literal["area", "line", "point", "cluster", "dots"]
    rows: tuple[int, ...]
    style: str
    path: str
    dot: str = ""
    x: float = 0
    y: float = 0
    label: str = ""
    shapes: tuple[int, ...] = ()


def style_of(classes: Classes | None, number: int) -> str:
    """Return the name of the style of a class: ``one`` where there are no classes, ``c1`` to ``c8``, ``q1`` to ``q5``.

    >>> style_of(None, 0), style_of(Classes("category", (), ()), 2)
    ('one', 'c3')
    """
    if classes is None:
        return "one"
    if number in (OTHERS, NONE):
        return "others" if number == OTHERS else "none"
    if classes.kind == "category":
        return f"c{number + 1}"
    greatest = max(entry.number for entry in classes.entries)
    return f"q{1 + (round(number * (SHADES - 1) / greatest) if greatest else 0)}"


def symbol_of(classes: Classes | None, number: int) -> str:
    """Return the form of a symbol, to be drawn from its middle."""
    if number in (OTHERS, NONE):
        return _SMALL_CIRCLE
    return SYMBOLS[number] if classes and classes.kind == "category" else _CIRCLE


def circle(radius_units: float) -> str:
    """Return a circle, to be drawn from its middle."""
    r, d = length_text(radius_units), length_text(2 * radius_units)
    return f"m-{r} 0a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0-{d} 0z"


def has_room(label: str, radius_units: float) -> bool:
    """Whether a number has room in a circle."""
    return radius_units >= DIGIT_ROOM * len(label) + EDGE_ROOM


def length_text(number: float) -> str:
    """Return a length as SVG wants it, to a tenth.

    >>> [length_text(length) for length in (12.04, -0.04, 3.25)]
    ['12', '0', '3.2']
    """
    return f"{round(number, 1) + 0:g}"


def marks_of(marks: Sequence[Mark], rows: Iterable[int]) -> Mapping[int, int]:
    """Return for each of *rows* the number of the first mark that shows it, counted from 0."""
    wanted = set(rows)
    found: dict[int, int] = {}
    for number, mark in enumerate(marks):
        if len(found) == len(wanted):
            break
        for row in wanted.intersection(mark.rows):
            found.setdefault(row, number)
    return found
