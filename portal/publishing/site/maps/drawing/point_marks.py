"""Marks of points: a symbol for each place, or circles that stand for all places close together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portal.publishing.site.maps.drawing.clusters import clusters, radius
from portal.publishing.site.maps.drawing.map_classes import OTHERS, Classes
from portal.publishing.site.maps.drawing.map_marks import (
    MIXED,
    Mark,
    circle,
    has_room,
    length_text,
    style_of,
    symbol_of,
)

SYMBOLS_MAX = 400
"""So many points have a symbol of their own; more of them are drawn as clusters."""


def symbol_marks(
    rows: Sequence[int], xs: Sequence[float], ys: Sequence[float], classes: Classes | None
) -> Iterator[Mark]:
    """Yield a symbol for each point; points that fall together have one, and its class only where all are of it."""
    together: dict[tuple[str, str], list[int]] = {}
    for number, (x, y) in enumerate(zip(xs, ys, strict=True)):
        together.setdefault((length_text(x), length_text(y)), []).append(number)
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


def cluster_marks(
    rows: Sequence[int], xs: Sequence[float], ys: Sequence[float], _classes: Classes | None
) -> Iterator[Mark]:
    """Yield a circle for all points that lie close together."""
    found = clusters(xs, ys)
    greatest = max(len(cluster.members) for cluster in found)
    for cluster in found:
        members = cluster.members
        if not isinstance(rows, range):
            members = tuple(dict.fromkeys(rows[member] for member in members))
        count = len(members)
        size = radius(count, greatest)
        path = f"M{length_text(cluster.x)} {length_text(cluster.y)}{circle(size)}"
        label = str(count) if count > 1 and has_room(str(count), size) else ""
        yield Mark("cluster", members, "one", path, x=cluster.x, y=cluster.y, label=label)
