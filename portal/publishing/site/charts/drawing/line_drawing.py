"""Lines over time: series with gaps, direct labels at their ends, dashes beside colours; years over one another."""

from __future__ import annotations

from portal.publishing.site.charts.chart import Chart
from portal.publishing.site.charts.drawing.axes import Frame, axis_room, runs, time_axis, value_axis, value_ticks
from portal.publishing.site.charts.drawing.canvas import DASHES, Canvas, Look, label_room, spread
from portal.publishing.site.charts.wording.number_words import month_name


def draw_lines(chart: Chart, look: Look) -> tuple[Canvas, float]:
    """Draw one line for each series over the moments of the chart; return the picture and its height."""
    names = [item.name.to(look.lang) for item in chart.series] if len(chart.series) > 1 else []
    canvas, frame = _framed(chart, look, names, chart.moments[0], chart.moments[-1])
    time_axis(canvas, frame, chart.step)
    first = chart.moments[0]
    for number, series in enumerate(chart.series):
        lines = runs(series.values, lambda place: frame.x(first + place), frame.y)
        canvas.path(lines, f"chart__line chart__s{number + 1}", DASHES[number] if len(chart.series) > 1 else "")
        for place in series.partial:
            value = series.values[place]
            if value is not None:
                canvas.dot(frame.x(first + place), frame.y(value), f"chart__hollow chart__s{number + 1}")
    _end_labels(canvas, frame, chart, names)
    canvas.has_spots("points-x", frame.left, frame.top, frame.right, frame.bottom, len(chart.moments))
    return canvas, frame.bottom + (look.text * 2 if look.text else 2)


def draw_seasons(chart: Chart, look: Look) -> tuple[Canvas, float]:
    """Draw a line for each year over its months (or quarters): the last one strong, those before it faint."""
    a_year = 12 if chart.step == "month" else 4
    years = years_of(chart)
    names = [str(year) for year, _ in years[-2:]]
    canvas, frame = _framed(chart, look, names, 0, a_year - 1)
    for number, (_, values) in enumerate(years):
        last = number == len(years) - 1
        kind = "chart__s1" if last else "chart__s2" if number == len(years) - 2 else "chart__past"
        lines = runs(values, frame.x, frame.y)
        dash = DASHES[1] if number == len(years) - 2 else ""
        canvas.path(lines, f"chart__line {kind}" + (" chart__strong" if last else ""), dash)
        if last and lines:
            x, y = lines[-1][-1]
            canvas.dot(x, y, "chart__dot chart__s1")
    if look.text:
        by = 1 if (frame.right - frame.left) / a_year > look.text * 2.6 else 2
        for place in range(0, a_year, by):
            label = month_name(look.lang, place + 1) if a_year == 12 else f"Q{place + 1}"
            canvas.text(frame.x(place), frame.bottom + look.text * 1.5, label, anchor="middle")
        _year_labels(canvas, frame, years[-2:])
    canvas.has_spots("points-x", frame.left, frame.top, frame.right, frame.bottom, a_year)
    return canvas, frame.bottom + (look.text * 2 if look.text else 2)


def _year_labels(canvas: Canvas, frame: Frame, years: list[tuple[int, list[float | None]]]) -> None:
    """Name the last two years at their ends: at the right edge, or above a point in the midst of the year."""
    look, a_year = canvas.look, len(years[0][1])
    ends: list[tuple[str, str, float]] = []
    for number, (year, values) in enumerate(years, start=3 - len(years)):
        kind = f"chart__name chart__n{3 - number}"
        place = max(place for place, value in enumerate(values) if value is not None)
        y = frame.y(float(values[place] or 0))
        if place < a_year - 1:
            above = y - look.text * 0.8 if y - look.text * 2 > frame.top else y + look.text * 1.6
            canvas.text(frame.x(place), above, str(year), anchor="middle", kind=kind)
        else:
            ends.append((kind, str(year), y))
    places = spread([y for _, _, y in ends], look.text * 1.15, frame.top, frame.bottom)
    for (kind, label, _), y in zip(ends, places, strict=True):
        canvas.text(frame.right + 7, y + look.text * 0.35, label, kind=kind)


def years_of(chart: Chart) -> list[tuple[int, list[float | None]]]:
    """Return the values of the one series year by year, each with all of its months or quarters."""
    a_year = 12 if chart.step == "month" else 4
    found: dict[int, list[float | None]] = {}
    for moment, value in zip(chart.moments, chart.series[0].values, strict=True):
        found.setdefault(moment // a_year, [None] * a_year)[moment % a_year] = value
    return [(year, values) for year, values in sorted(found.items()) if any(value is not None for value in values)]


def _framed(chart: Chart, look: Look, names: list[str], first: float, last: float) -> tuple[Canvas, Frame]:
    """Return a picture with its vertical axis, and where points lie in it."""
    canvas = Canvas(look)
    unit = chart.measure.unit_in(look.lang)
    values = [value for series in chart.series for value in series.values if value is not None]
    height = look.height or (look.width * 0.62 if look.width < 500 else look.width * 0.42)
    ticks = value_ticks(values, chart.measure, 5 if height > 150 else 4)
    left = axis_room(look, ticks, unit)
    room = label_room(names, look, 0.32)
    top = look.text * (2.2 if unit else 0.8) if look.text else 4
    bottom = height - (look.text * 2 if look.text else 4)
    right = look.width - (room + 10 if room else max(look.text * 0.8, 4))
    frame = Frame(left, top, right, bottom, first, last, ticks[0], ticks[-1])
    if look.text:
        value_axis(canvas, frame, ticks, unit)
    elif ticks[0] <= 0 <= ticks[-1]:
        canvas.line(frame.left, frame.y(0), frame.right, frame.y(0), "chart__zero")
    return canvas, frame


def _end_labels(canvas: Canvas, frame: Frame, chart: Chart, names: list[str]) -> None:
    """Name each line at its last value, and mark that one."""
    look = canvas.look
    ends: list[tuple[int, float, float]] = []
    for number, series in enumerate(chart.series):
        place = max((place for place, value in enumerate(series.values) if value is not None), default=None)
        if place is None:
            continue
        x, y = frame.x(chart.moments[0] + place), frame.y(float(series.values[place] or 0))
        if place not in series.partial:
            canvas.dot(x, y, f"chart__dot chart__s{number + 1}", radius=3)
        ends.append((number, x, y))
    if not names or not look.text:
        return
    places = spread([y for _, _, y in ends], look.text * 1.15, frame.top, frame.bottom)
    for (number, x, end), y in zip(ends, places, strict=True):
        start = frame.right + 7
        if start - x > 14 or abs(end - y) > look.text:
            canvas.line(x + 4, end, start - 2, y, f"chart__leader chart__s{number + 1}")
        canvas.text(
            start,
            y + look.text * 0.35,
            names[number],
            kind=f"chart__name chart__n{number + 1}",
            room=look.width - start,
        )
