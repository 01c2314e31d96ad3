"""What charts are drawn on: sizes for phones, desks, cards and thumbnails, and the SVG elements they consist of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from portal.publishing.site.charts.drawing.hatches import hatched
from portal.publishing.site.charts.drawing.svg_text import attribute, shortened, width_of

DASHES = ("", "7 3", "2 3", "9 3 2 3", "12 4", "4 2", "1 3", "8 2 2 2 2 2")
"""Dashes by the place of a series, beside its colour, so that no line is known by colour alone."""


@dataclass(frozen=True, slots=True)
class Look:
    """In which language and size a chart is drawn; *text* is the size of its type, 0 for a picture without words.

    *height* is the most it may have; 0 is as much as it needs.
    """

    lang: str
    width: float
    text: float
    height: float = 0
    name: str = ""

    @property
    def is_inline(self) -> bool:
        """Whether the picture stands in a page, which may be printed."""
        return self.name in ("narrow", "wide")


def narrow(lang: str) -> Look:
    """Return the look for phones: a unit is at least 0.88 of a pixel on a screen of 360."""
    return Look(lang, 340, 12.5, name="narrow")


def wide(lang: str) -> Look:
    """Return the look for columns of 35 rem and more."""
    return Look(lang, 680, 13, name="wide")


@dataclass(slots=True)
class Canvas:
    """Elements of a picture, in the order of drawing."""

    look: Look
    parts: list[str] = field(default_factory=list)
    spots: str = ""
    """Where the slots lie, for whoever points at them: how (``points-x``, ``bands-x``, ``bands-y``), from left, top to
    right, bottom, and how many; "" for a picture whose places are not those of the table's rows."""

    def has_spots(self, way: str, left: float, top: float, right: float, bottom: float, count: int) -> None:
        """Note where the slots lie."""
        self.spots = f"{way} {left:.0f} {top:.0f} {right:.0f} {bottom:.0f} {count}"

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str) -> None:
        """Draw a straight line."""
        self.parts.append(f'<path class="{kind}" d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"/>')

    def rect(self, x: float, y: float, width: float, height: float, kind: str) -> None:
        """Draw a bar."""
        hatch = hatched(kind) if self.look.is_inline else ""
        self.parts.append(
            f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:.1f}"{hatch}/>'
        )

    def dot(self, x: float, y: float, kind: str, radius: float = 3.5) -> None:
        """Draw a dot."""
        self.parts.append(f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}"/>')

    def path(self, runs: Iterable[Sequence[tuple[float, float]]], kind: str, dash: str = "") -> None:
        """Draw lines through points; a run of one point is a dot."""
        d = "".join(_run(run) for run in runs)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        if d:
            self.parts.append(f'<path class="{kind}" d="{d}"{dashed}/>')

    def text(
        self, x: float, y: float, words: str, *, anchor: str = "", kind: str = "chart__text", room: float = 0
    ) -> None:
        """Write words with their base line at *y*, shortened to *room* where there is one."""
        if not self.look.text or not words:
            return
        shown = shortened(words, self.look.text, room) if room else words
        end = f' text-anchor="{anchor}"' if anchor else ""
        whole = f"<title>{attribute(words)}</title>" if shown != words else ""
        self.parts.append(f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}"{end}>{attribute(shown)}{whole}</text>')


def _run(run: Sequence[tuple[float, float]]) -> str:
    if len(run) == 1:
        return f"M{run[0][0]:.1f} {run[0][1]:.1f}h0"
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in run)


def spread(wanted: Sequence[float], distance: float, low: float, high: float) -> list[float]:
    """Return places for labels near the wanted ones, in their order, *distance* apart where there is room.

    >>> spread([10, 11, 40], 10, 0, 50)
    [5.5, 15.5, 40.0]
    >>> spread([49, 50], 10, 0, 50)
    [40.0, 50.0]
    """
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    groups: list[list[float]] = []  # centre, members
    for place in order:
        groups.append([min(max(wanted[place], low), high), 1])
        while len(groups) > 1:
            (above, one), (below, other) = groups[-2], groups[-1]
            if below - above >= distance * (one + other) / 2 - 1e-9:
                break
            middle = (above * one + below * other) / (one + other)
            groups[-2:] = [[middle, one + other]]
    found = [0.0] * len(wanted)
    at = 0
    floor = low
    ceiling_left = sum(int(count) for _, count in groups)
    for middle, count in groups:
        half = distance * (count - 1) / 2
        ceiling_left -= int(count)
        middle = min(max(middle, floor + half), high - half - ceiling_left * 0)
        for number in range(int(count)):
            found[order[at]] = middle - half + number * distance
            at += 1
        floor = middle + half + distance
    return found


def label_room(labels: Iterable[str], look: Look, share_max: float) -> float:
    """Return how much width labels get: what the longest needs, at most a share of the picture."""
    if not look.text:
        return 0.0
    return min(max((width_of(label, look.text) for label in labels), default=0.0), look.width * share_max)
