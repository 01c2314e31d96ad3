"""A map as SVG: title and description, graticule, symbols with names, scale bar, north; colours by classes alone.

Everything that came from a publisher is escaped here. There is no script, no style and no address in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from portal.publishing.site.maps.drawing.amount_circles import CIRCLE_RADIUS_MAX
from portal.publishing.site.maps.drawing.map_classes import Classes
from portal.publishing.site.maps.drawing.map_frame import HEIGHT_MAX, WIDTH, Line, meridians, parallels, scale_bar
from portal.publishing.site.maps.drawing.map_marks import Mark, circle, style_of, symbol_of
from portal.publishing.site.maps.drawing.map_picture import Picture

LABEL_ROOM = 6
"""Between the edge of the map and a label of the graticule, in units."""
LABEL_HIGH, DIGIT_WIDE = 33, 15
"""Room that a label and a character of it take on a phone, where words are drawn largest, in units."""
INVISIBLE_CHARACTERS = dict.fromkeys(
    [
        *(*range(9), 11, 12, *range(14, 32), 127),
        *(*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)),
        *(0xFEFF, 0xFFFE, 0xFFFF),
    ]
)
"""What a name loses on a map: what HTML may not hold, what nobody sees, and what turns the text around it."""


class Words(NamedTuple):
    """What the picture says in a language; *name* tells what a mark stands for."""

    title: str
    description: str
    north: str
    scale: str
    layers: tuple[str, ...]
    approval: str
    """The numbers under which outlines on the map were approved, "" where there are none."""
    name: Callable[[Mark], str]


def svg(picture: Picture, words: Words, ident: str) -> Markup:
    """Return the picture; *ident* begins the ids within it, so that several stand on one page."""
    return Markup("").join(Markup(piece) for piece in _pieces(picture, words, ident))  # noqa: S704 - escaped below


def legend_symbol(kind: str, classes: Classes | None, number: int) -> Markup:
    """Return the sign of one class beside its words in the legend: a symbol, a line or a patch."""
    style = style_of(classes, number)
    forms = {"area": "M-8-6h16v12h-16z", "line": "M-9 0h18", "cluster": f"M0 0{circle(6)}"}
    path = forms.get(kind, f"M0 0{symbol_of(classes, number)}")
    return Markup(  # noqa: S704 - words of our own
        '<svg class="map__key" viewBox="-10 -8 20 16" aria-hidden="true" focusable="false">'
        f'<path class="map__{kind} map--{style}" d="{path}"/></svg>'
    )


def legend_circle(radius_units: float, classes: Classes | None) -> Markup:
    """Return a circle beside its amount in the legend; the style sheet draws a unit as long as on the map.

    It is grey where the colours of circles tell *classes*.
    """
    style = "one" if classes is None else "others"
    half = CIRCLE_RADIUS_MAX + 2
    return Markup(  # noqa: S704 - words of our own
        f'<svg class="map__size" viewBox="-{half:g} -{half:g} {2 * half:g} {2 * half:g}" aria-hidden="true" '
        f'focusable="false"><path class="map__cluster map--{style}" d="M0 0{circle(radius_units)}"/></svg>'
    )


def plain_text(text: str) -> str:
    r"""Return a publisher's text without what nobody sees.

    >>> plain_text(" \u202e甲\u200b ")
    '甲'
    """
    return text.translate(INVISIBLE_CHARACTERS).strip()


def _pieces(picture: Picture, words: Words, ident: str) -> Iterator[str]:
    frame = picture.frame
    height = round(min(frame.height, HEIGHT_MAX), 1)
    yield (
        f'<svg class="map__picture" viewBox="0 0 {WIDTH} {height:g}" role="img" '
        f'aria-labelledby="{ident}-title {ident}-desc" data-west="{frame.west:.7f}" data-north="{frame.north:.7f}" '
        f'data-units-east="{frame.units_east:.7g}" data-units-north="{frame.units_north:.7g}">'
        f'<title id="{ident}-title">{_text(words.title)}</title>'
        f'<desc id="{ident}-desc">{_text(words.description)}</desc>'
    )
    yield f'<path class="map__ground" d="M0 0H{WIDTH}V{height:g}H0z"/>'
    grid, degrees = _graticule(picture, height)
    yield grid
    for title, layer in zip(words.layers, picture.behind, strict=True):
        drawn = f'<path class="map__behind map__behind--{layer.kind}" d="{layer.path}"/>'
        yield f"<g><title>{_text(title)}</title>{drawn}</g>"
    yield '<g class="map__marks">'
    parts: Counter[tuple[int, ...]] = Counter(mark.rows for mark in picture.marks if len(mark.rows) == 1)
    for number, mark in enumerate(picture.marks):
        yield _mark(mark, f"{ident}-m{number}", words.name(mark), is_part=parts[mark.rows] > 1)
    yield f'</g><g class="map__degrees">{degrees}</g>'
    yield from _furniture(picture, words, height)
    yield "</svg>"


def _graticule(picture: Picture, height: float) -> tuple[str, str]:
    """Return the lines, which lie below all marks, and their labels, which stand above them."""
    vertical, horizontal = meridians(picture.frame), parallels(picture.frame)
    lines = [f"M{line.at:.1f} 0V{height:g}" for line in vertical] + [f"M0 {line.at:.1f}H{WIDTH}" for line in horizontal]
    beside = [line for line in vertical if LABEL_ROOM * 14 < line.at < WIDTH - LABEL_ROOM * 8]
    labels = [
        f'<text class="map__degree map__degree--east{second}" x="{line.at:.1f}" y="{LABEL_ROOM}">{line.label}</text>'
        for line, second in zip(beside, _seconds(beside), strict=True)
    ]
    labels += [
        f'<text class="map__degree" x="{LABEL_ROOM}" y="{line.at - 4:.1f}">{line.label}</text>'
        for line in horizontal
        if LABEL_ROOM + 2 * LABEL_HIGH < line.at < height - 2 * LABEL_HIGH
    ]
    return f'<path class="map__grid" d="{"".join(lines)}"/>', "".join(labels)


def _seconds(lines: Sequence[Line]) -> Iterator[str]:
    """Yield for each label of longitude the class of those that a phone has no room for, "" for the others."""
    before = -float(WIDTH)
    for line in lines:
        is_tight = line.at - before < DIGIT_WIDE * len(line.label)
        before = before if is_tight else line.at
        yield " map__degree--second" if is_tight else ""


def _mark(mark: Mark, ident: str, name: str, *, is_part: bool) -> str:
    """Return a mark; one that *is_part* of what stands for its row tells which row that is, so that it counts once."""
    title = f"<title>{_text(name)}</title>"
    drawn = f'<path class="map__{mark.kind} map--{mark.style}" d="{mark.path}"/>'
    if mark.dot:
        drawn += f'<path class="map__point map--{mark.style}" d="{mark.dot}"/>'
    if mark.label:
        drawn += f'<text class="map__count" x="{mark.x:.1f}" y="{mark.y:.1f}">{mark.label}</text>'
    several = f' data-count="{len(mark.rows)}"' if len(mark.rows) > 1 else ""
    part = f' data-row="{mark.rows[0]}"' if is_part else ""
    return f'<g id="{ident}"{several}{part}>{title}{drawn}</g>'


def _furniture(picture: Picture, words: Words, height: float) -> Iterable[str]:
    """Return scale bar and north; they stay in place when the map is moved."""
    bar = scale_bar(picture.frame)
    left, bottom = 14.0, height - 14
    yield (
        f'<g class="map__furniture"><path class="map__bar" d="M{left} {bottom - 6:g}V{bottom:g}H{left + bar.units:.1f}'
        f'V{bottom - 6:g}"/><text class="map__scale" x="{left}" y="{bottom - 11:g}">{_text(words.scale)}</text>'
        f'<path class="map__north" d="M{WIDTH - 22} {height - 16:g}v-22m-5 7l5-8l5 8"/>'
        f'<text class="map__north-letter" x="{WIDTH - 22}" y="{height - 42:g}">{_text(words.north)}</text>'
    )
    if words.approval:
        yield f'<text class="map__approval" x="{WIDTH - 44}" y="{height - 14:g}">{_text(words.approval)}</text>'
    yield "</g>"


def _text(text: str) -> str:
    return str(escape(text))
