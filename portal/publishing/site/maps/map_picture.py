"""What a map shows, before it is said in a language: marks of features in units, clusters, layers behind them.

Large areas come first, so that small ones lie upon them; then lines, then points. An area too small to be seen gets a
symbol as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import sqrt
from typing import Literal, NamedTuple

from portal.model.text import LocalText
from portal.publishing.site.maps.clusters import clusters, radius
from portal.publishing.site.maps.geometry import Feature, Part, inner_point
from portal.publishing.site.maps.located import Located, eastwards, side_by_side
from portal.publishing.site.maps.map_classes import NONE, OTHERS, Classes
from portal.publishing.site.maps.map_frame import WIDTH, Frame, frame_of
from portal.publishing.site.maps.simplified_outlines import crossing, simplified

SYMBOLS_MAX = 400
"""So many points have a symbol of their own; more of them are drawn as clusters."""
FLAT_MAX = 1000
"""So many lines and areas have a path and a name of their own; more of them are one path a class."""
SMALL_UNITS = 12
"""An area no wider and no higher than this gets a symbol, too."""
DIGIT_ROOM = 3.6
"""Half the width of a digit in the number of a cluster, in units; with `EDGE_ROOM` on either side."""
EDGE_ROOM = 2.5
LAYER_POSITIONS_MAX = 3000
"""The most positions of a layer that lies behind a map."""
CIRCLE_RADIUS_MAX = 28.0
"""The radius of the circle of the greatest amount, in units."""
PLAIN = "plain"
"""The style of an area that has an outline alone."""
MIXED = "mixed"
"""The style of a symbol that stands for places of several classes."""
SHADES = 5
"""Shades of one colour that classes of numbers have."""

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
    a circle that has room for it.
    """

    kind: Literal["area", "line", "point", "cluster", "dots"]
    rows: tuple[int, ...]
    style: str
    path: str
    dot: str = ""
    x: float = 0
    y: float = 0
    label: str = ""


class Layer(NamedTuple):
    """Features of another dataset that lie behind, and the number under which their outlines were approved."""

    title: LocalText
    features: tuple[Feature, ...]
    approval: str = ""
    system: str = ""
    """The reference system that it was given in."""


class Behind(NamedTuple):
    """What is seen of a layer: its outlines as one path."""

    title: LocalText
    path: str
    approval: str


class Picture(NamedTuple):
    """A map without words. *behind* are the layers that reach into it.

    *crossing* counts areas that cross themselves, *small* those that got a dot, *together* the symbols that stand for
    several places.
    """

    frame: Frame
    marks: tuple[Mark, ...]
    behind: tuple[Behind, ...]
    crossing: int
    small: int
    together: int
    is_clustered: bool


def picture_of(
    located: Located,
    classes: Classes | None,
    layers: Sequence[Layer] = (),
    circles: Sequence[float] | None = None,
) -> Picture:
    """Return the picture of what was *located*, of which there is something; *classes* are those of all rows.

    Layers are cut by the frame of the features: they do not make it larger. *circles* are amounts by row, none below
    zero: then each area is an outline with a circle in its middle.
    """
    whole = side_by_side(located)
    frame = frame_of(*whole.bounds)
    drawn = simplified(whole.flat, frame.units_east, frame.units_north)
    xs = [(x - frame.west) * frame.units_east for x in whole.points.longitudes]
    ys = [(frame.north - y) * frame.units_north for y in whole.points.latitudes]
    is_clustered = len(xs) > SYMBOLS_MAX
    draw_points = _clusters if is_clustered else _symbols
    flat = _flat_marks(drawn, frame, classes)
    if circles is not None:
        flat = list(_with_circles(flat, circles))
    small = sum(bool(mark.dot) for mark in flat)
    if len(flat) > FLAT_MAX and circles is None:
        flat = list(_merged(flat))
    dots = list(draw_points(whole.points.rows, xs, ys, classes))
    return Picture(
        frame,
        (*flat, *dots),
        tuple(_behind(layers, frame, is_moved=whole is not located)),
        crossing(located.flat),
        small,
        sum(len(mark.rows) > 1 for mark in dots),
        is_clustered,
    )


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


def _flat_marks(features: Iterable[Feature], frame: Frame, classes: Classes | None) -> list[Mark]:
    """Return areas, the largest first, then lines."""
    areas: list[tuple[float, Mark]] = []
    lines: list[Mark] = []
    for feature in features:
        number = classes.of[feature.row] if classes else 0
        style = style_of(classes, number)
        for shape in feature.shapes:
            path = _outline(shape.parts, frame)
            if shape.kind == "line":
                lines.append(Mark("line", (feature.row,), style, path))
                continue
            left, top, right, bottom = _box(shape.parts, frame)
            is_small = right - left <= SMALL_UNITS and bottom - top <= SMALL_UNITS
            longitude, latitude = inner_point(shape.parts)
            x, y = frame.x(longitude), frame.y(latitude)
            dot = f"M{_n(x)} {_n(y)}{symbol_of(classes, number)}" if is_small else ""
            areas.append(
                (round((right - left) * (bottom - top), 2), Mark("area", (feature.row,), style, path, dot, x, y))
            )
    return [*(mark for _, mark in sorted(areas, key=lambda item: -item[0])), *lines]


def _with_circles(marks: Iterable[Mark], amounts: Sequence[float]) -> Iterator[Mark]:
    """Yield areas without colour, and circles whose area tells an amount, the largest first.

    Each row has one circle, on its largest area, whatever it consists of.
    """
    outlines = [mark._replace(style=PLAIN, dot="") for mark in marks if mark.kind == "area"]
    yield from _merged(outlines) if len(outlines) > FLAT_MAX else outlines
    greatest = max(amounts, default=0)
    if greatest <= 0:
        return
    largest = {mark.rows[0]: mark for mark in reversed(outlines)}
    for mark in sorted(largest.values(), key=lambda mark: (-amounts[mark.rows[0]], mark.rows)):
        size = round(CIRCLE_RADIUS_MAX * sqrt(amounts[mark.rows[0]] / greatest), 1)
        if size:
            path = f"M{_n(mark.x)} {_n(mark.y)}{_circle(size)}"
            label = f"{amounts[mark.rows[0]]:,.12g}"
            yield mark._replace(
                kind="cluster", style="one", path=path, dot="", label=label if _fits(label, size) else ""
            )


def _fits(label: str, radius_units: float) -> bool:
    """Whether a number has room in a circle."""
    return radius_units >= DIGIT_ROOM * len(label) + EDGE_ROOM


def _circle(radius_units: float) -> str:
    r, d = _n(radius_units), _n(2 * radius_units)
    return f"m-{r} 0a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0-{d} 0z"


def _merged(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Yield one mark for all outlines of a class and one for the dots in the place of its smallest areas."""
    together: dict[tuple[str, str], list[Mark]] = {}
    for mark in marks:
        together.setdefault((mark.style, "dots" if mark.dot else mark.kind), []).append(mark)
    for (style, kind), members in together.items():
        rows = tuple(dict.fromkeys(row for mark in members for row in mark.rows))
        pieces = (f"M{_n(mark.x)} {_n(mark.y)}h0" if kind == "dots" else mark.path for mark in members)
        yield members[0]._replace(kind=kind, rows=rows, style=style, path="".join(pieces), dot="")  # type: ignore[arg-type]


def _behind(layers: Iterable[Layer], frame: Frame, *, is_moved: bool) -> Iterator[Behind]:
    """Yield what of each layer lies in the frame, none where nothing does."""
    for layer in layers:
        features = [eastwards(feature) for feature in layer.features] if is_moved else layer.features
        near = [feature for feature in features if _is_seen(feature, frame)]
        seen = simplified(near, frame.units_east, frame.units_north, LAYER_POSITIONS_MAX)
        path = "".join(_outline(shape.parts, frame) for feature in seen for shape in feature.shapes)
        if path:
            yield Behind(layer.title, path, layer.approval)


def _is_seen(feature: Feature, frame: Frame) -> bool:
    left, top, right, bottom = _box((part for shape in feature.shapes for part in shape.parts), frame)
    return left < WIDTH and right > 0 and top < frame.height and bottom > 0


def _symbols(rows: Sequence[int], xs: Sequence[float], ys: Sequence[float], classes: Classes | None) -> Iterator[Mark]:
    """Yield a symbol for each point; points that fall together have one, and its class only where all are of it."""
    together: dict[tuple[str, str], list[int]] = {}
    for number, (x, y) in enumerate(zip(xs, ys, strict=True)):
        together.setdefault((_n(x), _n(y)), []).append(number)
    for (across, down), members in together.items():
        found = {classes.of[rows[member]] if classes else 0 for member in members}
        number = found.pop() if len(found) == 1 else OTHERS
        style = style_of(classes, number) if not found else MIXED
        yield Mark(
            "point",
            tuple(dict.fromkeys(rows[member] for member in members)),
            style,
            f"M{across} {down}{symbol_of(classes, number)}",
            x=xs[members[0]],
            y=ys[members[0]],
        )


def _clusters(
    rows: Sequence[int], xs: Sequence[float], ys: Sequence[float], _classes: Classes | None
) -> Iterator[Mark]:
    found = clusters(xs, ys)
    greatest = max(len(cluster.members) for cluster in found)
    for cluster in found:
        members = cluster.members
        if not isinstance(rows, range):
            members = tuple(dict.fromkeys(rows[member] for member in members))
        count = len(members)
        size = radius(count, greatest)
        path = f"M{_n(cluster.x)} {_n(cluster.y)}{_circle(size)}"
        label = str(count) if count > 1 and _fits(str(count), size) else ""
        yield Mark("cluster", members, "one", path, x=cluster.x, y=cluster.y, label=label)


def _outline(parts: Iterable[Part], frame: Frame) -> str:
    """Return the parts as the ``d`` of a path, to a tenth of a unit; positions that fall together stand there once."""
    west, north, _, east_units, north_units = frame
    pieces: list[str] = []
    for part in parts:
        before = ""
        sign = "M"
        for longitude, latitude in part:
            text = f"{_n((longitude - west) * east_units)} {_n((north - latitude) * north_units)}"
            if text != before:
                pieces.append(sign + text)
                sign, before = "L", text
        if sign == "L" and pieces[-1][0] == "M":
            pieces.append("h0")  # all of it is one place: its line ends, which are round, are seen
    return "".join(pieces)


def _box(parts: Iterable[Part], frame: Frame) -> tuple[float, float, float, float]:
    positions = [position for part in parts for position in part]
    xs, ys = [frame.x(x) for x, _ in positions], [frame.y(y) for _, y in positions]
    return min(xs), min(ys), max(xs), max(ys)


def _n(number: float) -> str:
    """Return a length as SVG wants it, to a tenth.

    >>> [_n(length) for length in (12.04, -0.04, 3.25)]
    ['12', '0', '3.2']
    """
    return f"{round(number, 1) + 0:g}"


def marks_of(picture: Picture, rows: Iterable[int]) -> Mapping[int, int]:
    """Return for each of *rows* the number of the first mark that shows it, counted from 0."""
    wanted = set(rows)
    found: dict[int, int] = {}
    for number, mark in enumerate(picture.marks):
        if len(found) == len(wanted):
            break
        for row in wanted.intersection(mark.rows):
            found.setdefault(row, number)
    return found
