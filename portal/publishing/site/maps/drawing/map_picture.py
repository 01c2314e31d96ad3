"""What a map shows, before it is said in a language: marks of features in units, clusters, layers behind them.

Large areas come first, so that small ones lie upon them; then lines, then points. An area too small to be seen gets a
symbol as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Literal, NamedTuple

from portal.model.text import LocalText
from portal.publishing.site.maps.drawing.amount_circles import point_circles, with_circles
from portal.publishing.site.maps.drawing.finer_outlines import Finer, finer_outlines
from portal.publishing.site.maps.drawing.flat_marks import box_on, flat_marks, merged_where_many, outline
from portal.publishing.site.maps.drawing.map_classes import Classes
from portal.publishing.site.maps.drawing.map_frame import WIDTH, Frame, frame_of
from portal.publishing.site.maps.drawing.map_marks import Mark
from portal.publishing.site.maps.drawing.point_marks import SYMBOLS_MAX, cluster_marks, symbol_marks
from portal.publishing.site.maps.places.faulty_outlines import crossing
from portal.publishing.site.maps.places.geometry import Feature
from portal.publishing.site.maps.places.located import Located, eastwards, side_by_side
from portal.publishing.site.maps.places.simplified_outlines import at_level, levels, simplified

LAYER_POSITIONS_MAX = 3000
"""The most positions of a layer that lies behind a map."""


class Layer(NamedTuple):
    """Features of another dataset that lie behind, and the number under which their outlines were approved."""

    title: LocalText
    features: tuple[Feature, ...]
    approval: str = ""
    system: str = ""
    """The reference system that it was given in."""
    columns: Mapping[str, LocalText] = MappingProxyType({})
    """What its columns are called."""


class Behind(NamedTuple):
    """What is seen of a layer: its outlines as one path, of lines alone or of areas, too."""

    title: LocalText
    path: str
    approval: str
    kind: Literal["area", "line"] = "area"


class Picture(NamedTuple):
    """A map without words. *behind* are the layers that reach into it.

    *crossing* counts areas that cross themselves, *small* those that got a dot, *together* the symbols that stand for
    several places; *finer* is what is drawn for those who zoom in, *greatest* the amount of the largest circle, 0 where
    areas of circles tell no amounts.
    """

    frame: Frame
    marks: tuple[Mark, ...]
    behind: tuple[Behind, ...]
    crossing: int
    small: int
    together: int
    is_clustered: bool
    finer: tuple[Finer, ...] = ()
    greatest: float = 0


def picture_of(
    located: Located,
    classes: Classes | None,
    layers: Sequence[Layer] = (),
    circles: Sequence[float] | None = None,
    *,
    is_finer_nearby: bool = True,
) -> Picture:
    """Return the picture of what was *located*, of which there is something; *classes* are those of all rows.

    Layers are cut by the frame of the features: they do not make it larger. *circles* are amounts by row, none below
    zero: then each point is a circle, and each area an outline with a circle in its middle. *is_finer_nearby* says
    whether lines and areas are worked out in finer detail, too.
    """
    bounds = located.bounds
    whole = side_by_side(located, bounds)
    frame = frame_of(*(bounds if whole is located else whole.bounds))
    found = levels(whole.flat, frame.units_east, frame.units_north)
    drawn = at_level(whole.flat, found[0], frame.units_east, frame.units_north) if found else whole.flat
    xs = [(x - frame.west) * frame.units_east for x in whole.points.longitudes]
    ys = [(frame.north - y) * frame.units_north for y in whole.points.latitudes]
    is_clustered = circles is None and len(xs) > SYMBOLS_MAX
    draw_points = cluster_marks if is_clustered else symbol_marks
    areas_and_lines = flat_marks(drawn, frame, classes)
    small = 0 if circles is not None else sum(bool(mark.dot) for mark in areas_and_lines)
    flat = merged_where_many(areas_and_lines) if circles is None else tuple(with_circles(areas_and_lines, circles))
    if circles is None:
        dots = list(draw_points(whole.points.rows, xs, ys, classes))
    else:
        dots = list(point_circles(whole.points.rows, xs, ys, classes, circles))
    return Picture(
        frame,
        (*flat, *dots),
        tuple(_behind(layers, frame, is_moved=whole is not located)),
        crossing(located.flat),
        small,
        sum(len(mark.rows) > 1 for mark in dots),
        is_clustered,
        tuple(finer_outlines(whole.flat, found, flat, frame)) if is_finer_nearby else (),
        max(circles, default=0) if circles is not None else 0,
    )


def _behind(layers: Iterable[Layer], frame: Frame, *, is_moved: bool) -> Iterator[Behind]:
    """Yield what of each layer lies in the frame, none where nothing does."""
    for layer in layers:
        features = [eastwards(feature) for feature in layer.features] if is_moved else layer.features
        near = [feature for feature in features if _is_seen(feature, frame)]
        seen = simplified(near, frame.units_east, frame.units_north, LAYER_POSITIONS_MAX)
        path = "".join(outline(shape.parts, frame) for feature in seen for shape in feature.shapes)
        if path:
            is_area = any(shape.kind == "area" for feature in seen for shape in feature.shapes)
            yield Behind(layer.title, path, layer.approval, "area" if is_area else "line")


def _is_seen(feature: Feature, frame: Frame) -> bool:
    left, top, right, bottom = box_on((part for shape in feature.shapes for part in shape.parts), frame)
    return left < WIDTH and right > 0 and top < frame.height and bottom > 0
