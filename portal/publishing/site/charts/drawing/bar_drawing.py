"""Bars: sorted categories, dots where lengths would mean nothing, stacked parts, one whole in parts, histogram bins."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from portal.i18n import translate_many
from portal.model.text import LocalText
from portal.publishing.site.charts.chart import Chart
from portal.publishing.site.charts.drawing.axes import Frame, axis_room, tick_labels, told, value_axis, value_ticks
from portal.publishing.site.charts.drawing.canvas import Canvas, Look, label_room
from portal.publishing.site.charts.drawing.named_colours import colour_places
from portal.publishing.site.charts.drawing.svg_text import width_of
from portal.publishing.site.charts.drawing.ticks import round_ticks
from portal.publishing.site.charts.wording.number_words import percent, short_number

UPRIGHT_MIN = 8
"""Slots with an order of their own from which bars stand upright."""


def draw_bars(chart: Chart, look: Look) -> tuple[Canvas, float]:
    """Draw a bar for each slot of the one series, its name at the left and its value at the end."""
    if chart.is_ordered and len(chart.slots) > UPRIGHT_MIN:
        return draw_columns(chart, look)
    canvas = Canvas(look)
    values = chart.series[0].values
    row = _fitting_row(look, len(values))
    count = _shown(look, len(values), row)
    values = values[:count]
    names = [slot.to(look.lang) for slot in chart.slots[:count]]
    known = [value for value in values if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    if chart.measure.nature == "offset" and known:
        low, high = min(known), max(known)
    labels = [told(look.lang, chart, value) for value in values]
    left = label_room(names, look, 0.36) + (8 if look.text else 2)
    right = look.width - label_room(labels, look, 0.3) - 8
    if low < 0 and look.text:
        left += label_room([label for label, value in zip(labels, values, strict=True) if (value or 0) < 0], look, 0.2)
    frame = Frame(left, 0, right, row * count, low, high if high > low else low + 1, 0, 1)
    for number, (name, value, label) in enumerate(zip(names, values, labels, strict=True)):
        y = number * row
        canvas.text(0 if look.text else 2, y + row * 0.5 + look.text * 0.36, name, room=label_room(names, look, 0.36))
        _one_bar(canvas, frame, chart, (y, row), value, (name, label))
    if chart.measure.nature != "offset":
        canvas.line(frame.x(0), 0, frame.x(0), row * count, "chart__zero")
    canvas.has_spots("bands-y", 0, 0, look.width, row * count, count)
    _say_rest(canvas, len(chart.slots) - count, row * count)
    return canvas, row * count + 2


def _say_rest(canvas: Canvas, rest: int, y: float) -> None:
    """Say how many bars a picture has no room for."""
    if rest > 0 and canvas.look.text:
        words = translate_many(canvas.look.lang, "%(num)s more is not drawn.", "%(num)s more are not drawn.", rest)
        canvas.text(0, y + canvas.look.text * 1.2, words)


def _one_bar(
    canvas: Canvas,
    frame: Frame,
    chart: Chart,
    place: tuple[float, float],
    value: float | None,
    words: tuple[str, str],
) -> None:
    look, (y, row) = canvas.look, place
    name, label = words
    base = y + row * 0.5 + look.text * 0.36
    if value is None:
        canvas.text(frame.x(max(frame.first, 0)) + 6, base, label, kind="chart__text")
        return
    if chart.measure.nature == "offset":
        canvas.line(frame.left, y + row / 2, frame.right, y + row / 2, "chart__grid")
        canvas.dot(frame.x(value), y + row / 2, "chart__dot chart__s1", radius=5)
        canvas.text(frame.x(value) + 9, base, label, kind="chart__value")
        return
    start, end = sorted((frame.x(0), frame.x(value)))
    is_last = chart.others and name == chart.slots[-1].to(look.lang)
    canvas.rect(start, y + row * 0.16, end - start, row * 0.68, "chart__bar " + _kind(1, bool(is_last)))
    if value < 0:
        canvas.text(start - 5, base, label, anchor="end", kind="chart__value")
    else:
        canvas.text(end + 5, base, label, kind="chart__value")


def draw_columns(chart: Chart, look: Look) -> tuple[Canvas, float]:
    """Draw bars upright side by side in the order of their slots, as many named below as there is room for."""
    canvas = Canvas(look)
    values = chart.series[0].values
    height = look.height or (look.width * 0.58 if look.width < 500 else look.width * 0.38)
    known = [value for value in values if value is not None]
    ticks = value_ticks(known, replace(chart.measure, nature="flow"), 5)
    unit = chart.measure.unit_in(look.lang)
    left = axis_room(look, ticks, unit)
    top = look.text * (2.2 if unit else 0.8) if look.text else 4
    bottom = height - (look.text * 2 if look.text else 4)
    frame = Frame(left, top, look.width - 4, bottom, 0, len(values), ticks[0], ticks[-1])
    if look.text:
        value_axis(canvas, frame, ticks, unit)
    names = [slot.to(look.lang) for slot in chart.slots]
    room = max((width_of(name, look.text) for name in names), default=1.0) + look.text * 0.6 if look.text else 1.0
    every = max(1, math.ceil(room * len(names) / max(frame.right - frame.left, 1)))
    for number, (name, value) in enumerate(zip(names, values, strict=True)):
        x, end = frame.x(number), frame.x(number + 1)
        if value is not None:
            high, low = sorted((frame.y(value), frame.y(0)))
            canvas.rect(x + (end - x) * 0.12, high, (end - x) * 0.76, low - high, "chart__bar chart__s1")
        if number % every == 0:
            canvas.text((x + end) / 2, bottom + look.text * 1.5, name, anchor="middle")
    canvas.line(frame.left, frame.y(0), frame.right, frame.y(0), "chart__zero")
    canvas.has_spots("bands-x", frame.left, frame.top, frame.right, bottom, len(values))
    return canvas, height


def draw_stacked(chart: Chart, look: Look) -> tuple[Canvas, float]:
    """Draw a bar for each slot that consists of the values of all series; what colours mean stands above."""
    canvas = Canvas(look)
    kinds = _kinds([item.name for item in chart.series], chart)
    top = _legend(canvas, [item.name.to(look.lang) for item in chart.series], kinds)
    fit = replace(look, height=max(look.height - top, _row(look))) if look.height else look
    row = _fitting_row(fit, len(chart.slots))
    count = _shown(fit, len(chart.slots), row)
    names = [slot.to(look.lang) for slot in chart.slots[:count]]
    sums = [sum(item.values[place] or 0 for item in chart.series) for place in range(count)]
    labels = [told(look.lang, chart, total) for total in sums]
    left = label_room(names, look, 0.36) + (8 if look.text else 2)
    right = look.width - label_room(labels, look, 0.3) - 8
    frame = Frame(left, top, right, top + row * count, 0, max(sums, default=1) or 1, 0, 1)
    for place, name in enumerate(names):
        y = top + place * row
        canvas.text(0, y + row * 0.5 + look.text * 0.36, name, room=label_room(names, look, 0.36))
        start = 0.0
        for number, item in enumerate(chart.series):
            value = item.values[place]
            if not value:
                continue
            x = frame.x(start)
            canvas.rect(x, y + row * 0.14, frame.x(start + value) - x, row * 0.72, f"chart__part {kinds[number]}")
            start += value
        canvas.text(frame.x(start) + 5, y + row * 0.5 + look.text * 0.36, labels[place], kind="chart__value")
    canvas.line(frame.x(0), top, frame.x(0), top + row * count, "chart__zero")
    canvas.has_spots("bands-y", 0, top, look.width, top + row * count, count)
    _say_rest(canvas, len(chart.slots) - count, top + row * count)
    return canvas, top + row * count + 2


def draw_parts(chart: Chart, look: Look) -> tuple[Canvas, float]:
    """Draw one bar that is the whole, and below it what each part is and comes to."""
    canvas = Canvas(look)
    values = [value or 0.0 for value in chart.series[0].values]
    whole = sum(values) or 1.0
    told_whole = chart.total or whole  # shares that are given are told as they are, whatever rounding left of 100 %
    height = look.text * 3 if look.text else look.height * 0.6
    y = 0 if look.text else look.height * 0.2
    names = [slot.to(look.lang) for slot in chart.slots]
    kinds = _kinds(chart.slots, chart)
    x = 0.0
    for number, value in enumerate(values):
        width = look.width * value / whole
        share = percent(look.lang, value / told_whole)
        canvas.rect(x, y, width, height, f"chart__part {kinds[number]}")
        if look.text and width_of(share, look.text) + 10 < width:
            canvas.text(x + width / 2, y + height / 2 + look.text * 0.36, share, anchor="middle", kind="chart__on")
        x += width
    if not look.text:
        return canvas, look.height
    row = look.text * 1.75
    for number, (name, value) in enumerate(zip(names, values, strict=True)):
        base = height + (number + 1) * row
        if look.height and base > look.height:
            break
        canvas.rect(0, base - look.text * 0.85, look.text, look.text, f"chart__part {kinds[number]}")
        shown = percent(look.lang, value / told_whole)
        if chart.measure.unit.zh != "%":
            shown = f"{told(look.lang, chart, value)} · {shown}"
        room = look.width - look.text * 1.6 - width_of(shown, look.text) - 12
        canvas.text(look.text * 1.6, base, name, room=room)
        canvas.text(look.width, base, shown, anchor="end", kind="chart__value")
    return canvas, height + len(values) * row + look.text * 0.6


def draw_histogram(chart: Chart, look: Look) -> tuple[Canvas, float]:
    """Draw how many values fall into each bin; the bins lie at their numbers, the middle value is marked."""
    canvas = Canvas(look)
    counts = [value or 0.0 for value in chart.series[0].values]
    height = look.height or (look.width * 0.58 if look.width < 500 else look.width * 0.38)
    ticks = round_ticks(0, max(counts, default=1) or 1, 4)
    left = axis_room(look, ticks, "")
    top = look.text * 1.6 if look.text else 4
    bottom = height - (look.text * 3.4 if look.text else 4)
    edges = chart.edges
    frame = Frame(left, top, look.width - 10, bottom, edges[0], edges[-1], ticks[0], ticks[-1])
    unit = chart.measure.unit_in(look.lang)
    if look.text:
        value_axis(canvas, frame, ticks, "")
    for number, count in enumerate(counts):
        x, end = frame.x(edges[number]), frame.x(edges[number + 1])
        canvas.rect(x + 0.5, frame.y(count), end - x - 1, bottom - frame.y(count), "chart__bar chart__s1")
    canvas.line(frame.left, bottom, frame.right, bottom, "chart__zero")
    canvas.has_spots("bands-x", frame.left, frame.top, frame.right, bottom, len(counts))
    if look.text:
        _histogram_words(canvas, frame, chart, unit)
    return canvas, height


def _histogram_words(canvas: Canvas, frame: Frame, chart: Chart, unit: str) -> None:
    look = canvas.look
    ticks = [
        tick
        for tick in round_ticks(chart.edges[0], chart.edges[-1], 6 if look.width > 500 else 4)
        if chart.edges[0] <= tick <= chart.edges[-1]
    ]
    for tick, label in zip(ticks, tick_labels(look.lang, ticks, unit), strict=True):
        x = frame.x(tick)
        half = width_of(label, look.text) / 2
        canvas.line(x, frame.bottom, x, frame.bottom + 4, "chart__grid")
        canvas.text(min(x, look.width - half), frame.bottom + look.text * 1.5, label, anchor="middle")
    name = chart.measure.title.to(look.lang)
    title = f"{name} ({unit})" if unit and look.lang == "en" else f"{name}（{unit}）" if unit else name
    canvas.text(
        (frame.left + frame.right) / 2,
        frame.bottom + look.text * 2.9,
        title,
        anchor="middle",
        room=frame.right - frame.left,
    )
    if chart.middle is not None and chart.edges[0] <= chart.middle <= chart.edges[-1]:
        x = frame.x(chart.middle)
        canvas.line(x, frame.top - 4, x, frame.bottom, "chart__mark")
        label = ("中位数 " if look.lang == "zh" else "median ") + short_number(look.lang, chart.middle, unit)
        half = width_of(label, look.text) / 2
        canvas.text(min(max(x, half), look.width - half), frame.top - 7, label, anchor="middle", kind="chart__value")


def _legend(canvas: Canvas, names: Sequence[str], kinds: Sequence[str]) -> float:
    """Write what the parts are, in lines; return the height that took."""
    look = canvas.look
    if not look.text:
        return 2.0
    x, y = 0.0, look.text
    for number, name in enumerate(names):
        room = min(width_of(name, look.text), look.width - look.text * 1.4)
        if x and x + look.text * 1.4 + room > look.width:
            x, y = 0.0, y + look.text * 1.7
        canvas.rect(x, y - look.text * 0.85, look.text, look.text, f"chart__part {kinds[number]}")
        canvas.text(x + look.text * 1.4, y, name, room=room + 1)
        x += look.text * 1.4 + room + look.text
    return y + look.text * 0.9


def _row(look: Look) -> float:
    return look.text * 1.9 if look.text else 12.0


def _fitting_row(look: Look, count: int) -> float:
    """Return how high a row is: as usual, or up to half as high again where a picture has room to fill."""
    if not look.height:
        return _row(look)
    most = look.height * 0.22 if not look.text else _row(look) * 1.5
    return min(max(look.height / max(count, 1), _row(look)), most)


def _shown(look: Look, count: int, row: float) -> int:
    """Return how many rows the picture has room for, and for a line on the others."""
    if not look.height or count * row <= look.height + 1:
        return count
    return max(1, int((look.height - look.text * 1.3) // row))


def _kinds(names: Sequence[LocalText], chart: Chart) -> list[str]:
    """Return the classes of parts by their places; the last one is plain where it gathers others."""
    places = colour_places([name.zh for name in names])
    return [_kind(place, bool(chart.others) and at == len(names) - 1) for at, place in enumerate(places)]


def _kind(number: int, is_others: bool) -> str:
    return "chart__rest" if is_others else f"chart__s{number}"
