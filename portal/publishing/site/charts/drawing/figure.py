"""A chart as accessible SVG: role, title and description; inline for the page, or as a file with its own colours."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from portal.publishing.site.charts.chart import Chart, Kind
from portal.publishing.site.charts.drawing.bar_drawing import draw_bars, draw_histogram, draw_parts, draw_stacked
from portal.publishing.site.charts.drawing.canvas import Canvas, Look
from portal.publishing.site.charts.drawing.hatches import with_hatches
from portal.publishing.site.charts.drawing.line_drawing import draw_lines, draw_seasons
from portal.publishing.site.charts.drawing.multiples_drawing import draw_multiples
from portal.publishing.site.charts.drawing.pyramid_drawing import draw_pyramid
from portal.publishing.site.charts.drawing.slope_drawing import draw_slope
from portal.publishing.site.charts.drawing.svg_text import attribute, in_lines, width_of

DRAWN: Mapping[Kind, Callable[[Chart, Look], tuple[Canvas, float]]] = {
    "line": draw_lines,
    "seasons": draw_seasons,
    "bars": draw_bars,
    "stacked": draw_stacked,
    "parts": draw_parts,
    "pyramid": draw_pyramid,
    "histogram": draw_histogram,
    "slope": draw_slope,
    "multiples": draw_multiples,
}
FONT = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif"
LIGHT = ("#0f5ea8", "#c2480a", "#00805d", "#a8477f", "#806400", "#1f7f94", "#7a4a1e", "#5b6673")
"""Colours of series on white, each at least 3:1 and told apart by people who see no red, no green or no blue."""
DARK = ("#6cb6ff", "#ff9d5c", "#4fd1a5", "#f29ac8", "#e3c44f", "#67d3e6", "#d3a67c", "#b5c0cc")
CARD_WIDTH = 600
CARD_HEIGHT = 315
"""The picture for other sites (Open Graph) in units; as PNG each is two pixels."""
THUMBNAIL_WIDTH = 240
THUMBNAIL_HEIGHT = 126


def inline(chart: Chart, look: Look, title: str, description: str, id_: str) -> str:
    """Return the SVG of a chart for a page, whose style sheet colours it; ids begin with *id_*."""
    canvas, height = DRAWN[chart.kind](chart, look)
    words = f'<title id="{id_}-t">{attribute(title)}</title><desc id="{id_}-d">{attribute(description)}</desc>'
    body = with_hatches("".join(canvas.parts), id_)
    spots = f' data-spots="{canvas.spots}"' if canvas.spots else ""
    return (
        f'<svg class="chart__picture chart__picture--{look.name}" viewBox="0 0 {look.width:g} {height:.0f}" role="img"'
        f' aria-labelledby="{id_}-t" aria-describedby="{id_}-d"{spots}>{words}{body}</svg>'
    )


def card(chart: Chart, lang: str, title: str, source: str, description: str = "") -> str:
    """Return the SVG of a chart as a picture of its own, with its title and source in it."""
    size = 21 if width_of(title, 21) <= 2 * (CARD_WIDTH - 60) else 17
    lines = in_lines(title, size, CARD_WIDTH - 48, 2 if size == 21 else 3)
    step = size * 1.28
    top = round(16 + step * len(lines) + 10)
    foot = 30
    look = Look(lang, CARD_WIDTH - 48, 13, height=CARD_HEIGHT - top - foot - 4, name="card")
    canvas, _ = DRAWN[chart.kind](chart, look)
    heading = "".join(
        f'<text class="chart__title" style="font-size:{size}px" x="24" y="{16 + size + step * number:.0f}">'
        f"{attribute(line)}</text>"
        for number, line in enumerate(lines)
    )
    foot_line = in_lines(source, 11.5, CARD_WIDTH - 48, 1)
    note = "".join(
        f'<text class="chart__source" x="24" y="{CARD_HEIGHT - 12}">{attribute(line)}</text>' for line in foot_line
    )
    body = f'<g transform="translate(24 {top})">{"".join(canvas.parts)}</g>'
    return _file(CARD_WIDTH, CARD_HEIGHT, title, description, heading + body + note)


def thumbnail(chart: Chart) -> str:
    """Return the SVG of a chart without a word, for lists; the same in all languages."""
    look = Look("zh", THUMBNAIL_WIDTH - 16, 0, height=THUMBNAIL_HEIGHT - 16, name="thumbnail")
    canvas, _ = DRAWN[chart.kind](chart, look)
    return _file(
        THUMBNAIL_WIDTH,
        THUMBNAIL_HEIGHT,
        "",
        "",
        f'<g transform="translate(8 8)">{"".join(canvas.parts)}</g>',
        is_plain=True,
    )


def _file(width: int, height: int, title: str, description: str, body: str, *, is_plain: bool = False) -> str:
    words = f"<title>{attribute(title)}</title>" if title else ""
    words += f"<desc>{attribute(description)}</desc>" if description else ""
    ground = "" if is_plain else '<rect class="chart__ground" width="100%" height="100%"/>'
    dark = f"@media(prefers-color-scheme:dark){{{_style(DARK, '#e7ecf2', '#aab6c3', '#3a4654', '#10161d')}}}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' role="img">{words}<style>{STYLE}{dark if is_plain else ""}</style>{ground}{body}</svg>\n'
    )


def _style(colours: tuple[str, ...], ink: str, muted: str, line: str, ground: str) -> str:
    series = "".join(
        f".chart__s{n}{{stroke:{c}}}.chart__bar.chart__s{n},.chart__part.chart__s{n},.chart__dot.chart__s{n}"
        f"{{fill:{c}}}.chart__n{n}{{fill:{c}}}"
        for n, c in enumerate(colours, start=1)
    )
    return (
        f"text{{fill:{muted}}}.chart__title,.chart__value,.chart__name{{fill:{ink}}}{series}"
        f".chart__grid{{stroke:{line}}}.chart__zero{{stroke:{muted}}}.chart__past{{stroke:{muted}}}"
        f".chart__mark{{stroke:{ink}}}.chart__rest{{fill:{muted}}}.chart__ground{{fill:{ground}}}"
        f".chart__hollow{{fill:{ground}}}.chart__part,.chart__bar{{stroke:{ground}}}.chart__on{{fill:{ground}}}"
    )


STYLE = (
    f"text{{font:13px {FONT}}}.chart__source{{font-size:11.5px}}"
    ".chart__line{fill:none;stroke-width:2.2;stroke-linejoin:round;stroke-linecap:round}.chart__strong{stroke-width:3}"
    ".chart__past{stroke-opacity:.35;stroke-width:1.4}.chart__leader{stroke-width:1;stroke-opacity:.6}"
    ".chart__hollow{stroke-width:1.6}.chart__mark{stroke-dasharray:4 3}.chart__part{stroke-width:1}"
    ".chart__bar{stroke-width:0}.chart__dot{stroke-width:0}" + _style(LIGHT, "#17212d", "#4b5868", "#d8dfe7", "#ffffff")
)
"""The style of files, in which classes have the colours of a light page."""
