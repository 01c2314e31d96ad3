"""Slopes: the same things at two times, a line each, with names and values at both ends."""

from __future__ import annotations

from portal.publishing.site.charts.chart import Chart
from portal.publishing.site.charts.drawing.axes import Frame, told
from portal.publishing.site.charts.drawing.canvas import DASHES, Canvas, Look, label_room, spread


def draw_slope(chart: Chart, look: Look) -> tuple[Canvas, float]:
    """Draw a line for each series from the first slot to the second."""
    canvas = Canvas(look)
    names = [item.name.to(look.lang) for item in chart.series]
    before = [told(look.lang, chart, item.values[0]) for item in chart.series]
    after = [
        f"{told(look.lang, chart, item.values[1])}  {name}" for item, name in zip(chart.series, names, strict=True)
    ]
    values = [value for item in chart.series for value in item.values if value is not None]
    low, high = min(values, default=0.0), max(values, default=1.0)
    if chart.measure.is_amount and 0 <= low < high * 0.5:
        low = 0.0
    height = look.height or max(look.width * 0.5, len(names) * look.text * 1.6 + look.text * 3)
    top = look.text * 2.4 if look.text else 6
    left = label_room(before, look, 0.25) + (10 if look.text else 4)
    right = look.width - label_room(after, look, 0.45) - (10 if look.text else 4)
    bottom = height - (look.text if look.text else 6)
    frame = Frame(left, top, right, bottom, 0, 1, low, high if high > low else low + 1)
    for place, slot in enumerate(chart.slots[:2]):
        canvas.line(frame.x(place), top - 4, frame.x(place), bottom + 4, "chart__grid")
        anchor = "start" if place == 0 else "end"
        x = max(0.0, left - 8) if place == 0 else min(look.width, right + 8)
        canvas.text(x, look.text, slot.to(look.lang), anchor=anchor, kind="chart__value", room=look.width * 0.45)
    ends: list[list[float]] = [[], []]
    for number, item in enumerate(chart.series):
        points = [(frame.x(place), frame.y(value)) for place, value in enumerate(item.values) if value is not None]
        kind = f"chart__s{number % 8 + 1}"
        canvas.path([points], f"chart__line {kind}", DASHES[number % 8])
        for x, y in points:
            canvas.dot(x, y, f"chart__dot {kind}")
        for place in (0, 1):
            value = item.values[place]
            ends[place].append(frame.y(low if value is None else value))
    step = look.text * 1.2
    for number, y in enumerate(spread(ends[0], step, top, bottom)):
        canvas.text(left - 8, y + look.text * 0.36, before[number], anchor="end", room=left - 8)
    for number, y in enumerate(spread(ends[1], step, top, bottom)):
        kind = f"chart__name chart__n{number % 8 + 1}"
        canvas.text(right + 8, y + look.text * 0.36, after[number], kind=kind, room=look.width - right - 8)
    return canvas, height
