"""Small multiples: a small picture for each series, on one scale, or each on its own where units differ."""

from __future__ import annotations

import math

from portal.publishing.site.charts.chart import Chart, Measure
from portal.publishing.site.charts.drawing.axes import Frame, runs, value_ticks
from portal.publishing.site.charts.drawing.canvas import Canvas, Look
from portal.publishing.site.charts.drawing.svg_text import width_of
from portal.publishing.site.charts.wording.number_words import amount, short_number, short_period


def draw_multiples(chart: Chart, look: Look) -> tuple[Canvas, float]:
    """Draw a panel for each series: its name, its line, the ends of its scale, and its last value."""
    canvas = Canvas(look)
    count = len(chart.series)
    columns = min(count, 2 if look.width < 500 else 3 if count <= 6 else 4)
    rows = math.ceil(count / columns)
    gap = look.text * 1.4 if look.text else 6.0
    width = (look.width - gap * (columns - 1)) / columns
    height = (look.height - gap * (rows - 1)) / rows if look.height else width * 0.62 + look.text * 3
    shared = all(item.measure is None for item in chart.series)
    together = [value for item in chart.series for value in item.values if value is not None]
    for number, item in enumerate(chart.series):
        left = (number % columns) * (width + gap)
        top = (number // columns) * (height + gap)
        measure = item.measure or chart.measure
        own = [value for value in item.values if value is not None]
        ticks = value_ticks(together if shared else own, measure, 5)
        _panel(canvas, chart, number, (left, top, width, height), (ticks[0], ticks[-1]))
    return canvas, rows * height + gap * (rows - 1) + 2


def _panel(
    canvas: Canvas,
    chart: Chart,
    number: int,
    place: tuple[float, float, float, float],
    scale: tuple[float, float],
) -> None:
    look, item = canvas.look, chart.series[number]
    left, top, width, height = place
    measure: Measure = item.measure or chart.measure
    unit = measure.unit_in(look.lang)
    is_low = bool(look.height) and height < look.text * 8
    head = look.text * (1.35 if is_low else 2.7) if look.text else 2.0
    foot = look.text * (0.2 if is_low else 1.5) if look.text else 2.0
    frame = Frame(
        left,
        top + head,
        left + width - 4,
        top + height - foot,
        chart.moments[0],
        chart.moments[-1],
        scale[0],
        scale[1],
    )
    for tick in scale:
        y = frame.y(tick)
        canvas.line(frame.left, y, frame.right, y, "chart__zero" if tick == 0 else "chart__grid")
    if scale[0] < 0 < scale[1]:
        canvas.line(frame.left, frame.y(0), frame.right, frame.y(0), "chart__zero")
    lines = runs(item.values, lambda at: frame.x(chart.moments[0] + at), frame.y)
    canvas.path(lines, "chart__line chart__s1")
    for at in item.partial:
        value = item.values[at]
        if value is not None:
            canvas.dot(frame.x(chart.moments[at]), frame.y(value), "chart__hollow chart__s1", radius=2)
    last = max((at for at, value in enumerate(item.values) if value is not None), default=None)
    if last is not None and last not in item.partial:
        canvas.dot(
            frame.x(chart.moments[last]), frame.y(float(item.values[last] or 0)), "chart__dot chart__s1", radius=3
        )
    if not look.text:
        return
    name = item.name.to(look.lang)
    canvas.text(left, top + look.text, name, kind="chart__name", room=width)
    if is_low:
        return
    high = amount(look.lang, scale[1], unit)
    canvas.text(left, top + look.text * 2.3, high, room=width)
    low = short_number(look.lang, scale[0], unit)
    if scale[0] != 0:
        canvas.text(left + 2, frame.bottom - 3, low)
    ends = (
        short_period(look.lang, chart.step, chart.moments[0]),
        short_period(look.lang, chart.step, chart.moments[-1]),
    )
    base = top + height - look.text * 0.2
    if width_of(ends[0] + ends[1], look.text) + 8 < width:
        canvas.text(left, base, ends[0])
    canvas.text(left + width, base, ends[1], anchor="end")
