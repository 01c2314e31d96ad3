"""What does a chart cost as SVG, and its picture as PNG? CPU, median of rounds.

Two questions of ``python benchmarks/seeing.py``. Wanted: a chart at most 1 ms, a picture at most 15 ms. Peers, in the
same run, and passed over where they are missing: pygal, which draws charts as SVG in Python (``pip install pygal``),
and resvg-py, another binding of the same renderer (``pip install resvg-py``).
"""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from portal.model.text import LocalText
from portal.publishing.site.charts.chart import Chart, Kind, Measure, Series
from portal.publishing.site.charts.drawing.canvas import narrow, wide
from portal.publishing.site.charts.drawing.figure import card, inline, thumbnail
from portal.publishing.site.charts.png_pictures import chinese_font, picture
from portal.publishing.site.charts.wording.chart_titles import finding

ROUNDS = 7
TIMES = 40
PICTURES = 8
CHART_MS_MAX, PICTURE_MS_MAX = 1.0, 15.0
DISTRICTS = tuple(LocalText(name) for name in ("晨星区", "澄波区", "稻香区", "听松区", "望舒县"))
LEVEL = Measure(LocalText("PM2.5", "PM2.5"), LocalText("微克/立方米", "µg/m³"), "level", "avg")
COUNT = Measure(LocalText("诉求", "Requests"), LocalText("件", "requests"), "flow", "count")


def charts() -> None:
    """Print what a chart of each kind costs: its title and the picture in one size, and beside it the peer."""
    print(f"A chart as SVG, CPU ms, median of {ROUNDS} x {TIMES} (wanted: {CHART_MS_MAX})")
    for chart in made_charts():
        title = finding(chart, "zh")
        cost = measured(partial(inline, chart, wide("zh"), title, "", "c"), TIMES)
        words = measured(partial(finding, chart, "zh"), TIMES)
        both = measured(partial(inline, chart, narrow("zh"), title, "", "c"), TIMES)
        both += measured(partial(thumbnail, chart), TIMES)
        size = len(inline(chart, wide("zh"), title, "", "c").encode())
        print(
            f"  {chart.kind + ':':12} {cost:.2f}   title {words:.2f}   narrow and thumbnail {both:.2f}   {size:,} bytes"
        )
    pygal = peer("pygal")
    if pygal:
        lines = next(chart for chart in made_charts() if chart.kind == "line")
        theirs = measured(partial(pygal_lines, pygal, lines), TIMES)
        ours = measured(partial(inline, lines, wide("zh"), "-", "", "c"), TIMES)
        print(f"  the same lines by pygal: {theirs:.2f} ({ours / theirs:.2f}x)")


def thumbnails() -> None:
    """Print what pictures of a line chart and of bars cost as PNG, half as large, and by the peer."""
    print(f"A picture as PNG, CPU ms, median of {ROUNDS} x {PICTURES} (wanted: {PICTURE_MS_MAX})")
    if chinese_font() is None:
        print("  no Chinese font on this machine: no pictures are made")
        return
    other = peer("resvg_py")
    for chart in made_charts():
        if chart.kind not in ("line", "bars"):
            continue
        svg = card(chart, "zh", finding(chart, "zh"), "来源：示范市生态环境局（虚构）；数据更新于2026年11月20日")
        large = measured(partial(picture, svg), PICTURES)
        small = measured(partial(picture, svg, 1), PICTURES)
        line = f"  {chart.kind + ':':12} 1200x630 {large:.1f}   600x315 {small:.1f}"
        if other:
            theirs = measured(partial(other_picture, other, svg), PICTURES)
            line += f"   resvg-py 1200x630 {theirs:.1f} ({large / theirs:.2f}x)"
        print(line)


def measured(work: Callable[[], Any], times: int) -> float:
    """Return the median CPU time of one of *times*, in milliseconds, after one round to warm up."""
    found = []
    for _ in range(ROUNDS + 1):
        start = time.process_time()
        for _ in range(times):
            work()
        found.append((time.process_time() - start) / times * 1000)
    return statistics.median(found[1:])


def made_charts() -> list[Chart]:
    """Return a chart of each kind, as large as those on pages are."""
    months = tuple(range(24274, 24322))

    def wave(shift: int) -> tuple[float | None, ...]:
        return tuple(40 + shift * 3 - 18 * math.sin(at / 12 * math.tau) + (at * 37 * shift) % 9 for at in range(48))

    def by_slot(kind: Kind, **more: Any) -> Chart:
        return Chart(kind, COUNT, (Series(COUNT.title, (517.0, 420.0, 333.0, 250.0, 111.0)),), slots=DISTRICTS, **more)

    several = tuple(Series(name, wave(number)) for number, name in enumerate(DISTRICTS))
    ages = tuple(LocalText(f"{age}–{age + 4}") for age in range(0, 90, 5))
    sexes = tuple(Series(LocalText(name), tuple(5000.0 - 200 * at for at in range(18))) for name in ("男", "女"))
    edges = tuple(float(edge) for edge in range(21))
    return [
        Chart("line", LEVEL, several, step="month", moments=months),
        Chart("seasons", LEVEL, several[:1], step="month", moments=months),
        Chart("multiples", LEVEL, several, step="month", moments=months),
        by_slot("bars", total=1631.0),
        by_slot("parts", total=1631.0),
        Chart("stacked", COUNT, tuple(Series(name, (9.0, 5.0, 3.0, 2.0, 1.0)) for name in DISTRICTS), slots=DISTRICTS),
        Chart("pyramid", COUNT, sexes, slots=ages, total=118_800.0),
        Chart(
            "histogram", LEVEL, (Series(LEVEL.title, tuple(float(at) for at in range(20))),), slots=DISTRICTS * 4,
            edges=edges, middle=12.0, extremes=(0.0, 20.0),
        ),
        Chart(
            "slope", LEVEL, tuple(Series(name, (10.0 + at, 12.0 - at)) for at, name in enumerate(DISTRICTS)),
            slots=DISTRICTS[:2],
        ),
    ]  # fmt: skip


def peer(name: str) -> Any:
    """Return a module that may be missing."""
    try:
        return import_module(name)
    except ImportError:
        print(f"  {name} is missing; install it with: pip install {name.replace('_', '-')}")
        return None


def pygal_lines(pygal: Any, chart: Chart) -> bytes:
    """Return the same lines as pygal draws them."""
    drawn = pygal.Line(x_labels=[str(moment) for moment in chart.moments], js=(), show_minor_x_labels=False)
    for item in chart.series:
        drawn.add(item.name.zh, list(item.values))
    return bytes(drawn.render())


def other_picture(module: Any, svg: str) -> bytes:
    """Return the picture as resvg-py makes it."""
    return bytes(
        module.svg_to_bytes(svg_string=svg, width=1200, skip_system_fonts=True, font_files=[str(chinese_font())])
    )
