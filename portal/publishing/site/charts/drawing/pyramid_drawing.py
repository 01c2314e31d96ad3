"""Population pyramids: age groups from bottom to top, one sex to the left and one to the right, on one scale."""

from __future__ import annotations

from portal.publishing.site.charts.chart import Chart
from portal.publishing.site.charts.drawing.canvas import Canvas, Look, label_room
from portal.publishing.site.charts.drawing.svg_text import width_of
from portal.publishing.site.charts.drawing.ticks import round_ticks
from portal.publishing.site.charts.wording.number_words import short_number


def draw_pyramid(chart: Chart, look: Look) -> tuple[Canvas, float]:
    """Draw the first series to the left and the second to the right of the ages, the youngest at the bottom."""
    canvas = Canvas(look)
    count = len(chart.slots)
    top = look.text * 1.8 if look.text else 2.0
    foot = look.text * 2 if look.text else 2.0
    row = (look.height - top - foot) / count if look.height else look.text * 1.6
    names = [slot.to(look.lang) for slot in chart.slots]
    middle = label_room(names, look, 0.24) + 10
    half = (look.width - middle) / 2 - (look.text if look.text else 2)
    values = [value or 0.0 for item in chart.series for value in item.values]
    ticks = round_ticks(0, max(values, default=1) or 1, 3)
    left, right = look.width / 2 - middle / 2, look.width / 2 + middle / 2
    bottom = top + row * count
    unit = chart.measure.unit_in(look.lang)
    for tick in ticks:
        away = half * tick / ticks[-1]
        for x in (left - away, right + away):
            canvas.line(x, top, x, bottom, "chart__zero" if tick == 0 else "chart__grid")
            label = short_number(look.lang, tick, unit)
            if tick in (ticks[0], ticks[-1]) or look.width > 500:
                room = width_of(label, look.text) / 2
                place = min(max(x, room), look.width - room)
                canvas.text(place, bottom + look.text * 1.4, label, anchor="middle")
    for side, item in enumerate(chart.series[:2]):
        name = item.name.to(look.lang)
        place, anchor = ((left, "end"), (right, ""))[side]
        canvas.text(place, look.text, name, anchor=anchor, kind=f"chart__name chart__n{side + 1}")
        for number, value in enumerate(item.values):
            y = bottom - (number + 1) * row
            if value:
                wide = half * value / ticks[-1]
                x = left - wide if side == 0 else right
                canvas.rect(x, y + row * 0.08, wide, row * 0.84, f"chart__bar chart__s{side + 1}")
    every = max(1, round(look.text * 1.15 / row)) if look.text else 1
    for number, name in enumerate(names):
        if number % every == 0:
            y = bottom - (number + 0.5) * row + look.text * 0.36
            canvas.text(look.width / 2, y, name, anchor="middle", room=middle - 4)
    if unit:
        canvas.text(look.width, look.text, unit, anchor="end")
    return canvas, bottom + foot
