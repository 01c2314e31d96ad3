"""Pictures of the bad tables of the gallery: whole in every size, gaps as gaps, words as words."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from charted import chart_of
from gallery import TABLES

from portal.publishing.site.charts.chart import Chart
from portal.publishing.site.charts.chart_tables import table_of
from portal.publishing.site.charts.drawing.canvas import narrow, wide
from portal.publishing.site.charts.drawing.figure import card, inline, thumbnail
from portal.publishing.site.charts.wording.chart_titles import below, finding

DRAWN = [name for name, exhibit in TABLES.items() if exhibit.kind and not exhibit.made.view]


def drawn(name: str, folder: Path) -> Chart:
    """Return the chart of a table that has one."""
    found = chart_of(TABLES[name].made, folder)
    assert isinstance(found, Chart), found
    return found


@pytest.mark.parametrize("name", DRAWN)
def test_every_picture_is_whole(name: str, tmp_path: Path) -> None:
    """In every size and language the SVG is well-formed, holds no number that is none, and stays within its frame."""
    chart = drawn(name, tmp_path)
    for lang in ("zh", "en"):
        title = finding(chart, lang)
        assert title
        assert table_of(chart, lang).rows
        below(chart, lang)
        for svg in (
            inline(chart, narrow(lang), title, "", "c"),
            inline(chart, wide(lang), title, "", "c"),
            card(chart, lang, title, "s"),
            thumbnail(chart),
        ):
            root = ElementTree.fromstring(svg)
            assert "nan" not in svg.casefold().replace("finan", "")
            assert "inf" not in svg.replace("inline", "").casefold()
            width = float(root.attrib["viewBox"].split()[2])
            for item in root.iter():
                if item.tag.endswith("rect") and "x" in item.attrib:
                    assert -1 <= float(item.attrib["x"]) <= width + 1
                    assert float(item.attrib["x"]) + float(item.attrib["width"]) <= width + 1


def test_a_gap_of_ten_years_is_a_gap(tmp_path: Path) -> None:
    """The line is broken; nothing is drawn between, and the title counts the months."""
    chart = drawn("gap-of-ten-years", tmp_path)
    assert (chart.step, len(chart.moments), chart.series[0].values.count(None)) == ("month", 216, 120)
    assert finding(chart, "zh") == "2018年12月水位 2.5 米，与上年同月持平；缺 120 个月"


def test_mixed_steps_are_brought_to_the_longer_one(tmp_path: Path) -> None:
    """Readings of days and of months together are averaged by month, and that is said."""
    chart = drawn("readings-of-months-then-days", tmp_path)
    assert (chart.step, chart.measure.function) == ("month", "avg")
    assert "平均值按每个数值同等计算。" in below(chart, "zh")


def test_an_outlier_does_not_hide_the_rest(tmp_path: Path) -> None:
    """It is left out of the bins and said below; the title tells it."""
    chart = drawn("outlier", tmp_path)
    assert chart.edges[-1] <= 20
    assert "1 个远大于其余的数值没有画。" in below(chart, "zh")
    assert "最大 10亿万元" not in finding(chart, "zh")
    assert finding(chart, "zh") == "罚款中位数 4 万元，最小 0 万元，最大 1,000,000,000 万元"


def test_words_of_cells_stay_words(tmp_path: Path) -> None:
    """Tags are escaped, marks of direction and characters of no width are taken out."""
    chart = drawn("hostile-words", tmp_path)
    svg = inline(chart, wide("zh"), finding(chart, "zh"), "", "c")
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg
    assert not set("\u202e\u200b\u2066") & set(svg + finding(chart, "zh"))


def test_negative_bars_begin_at_nought(tmp_path: Path) -> None:
    """Bars of what lies below nought go to the other side of the line of nought."""
    chart = drawn("negative-bars", tmp_path)
    svg = ElementTree.fromstring(inline(chart, wide("zh"), "", "", "c"))
    bars = [(float(item.attrib["x"]), float(item.attrib["width"])) for item in svg.iter() if item.tag == "rect"]
    (nought, _), *below_nought = bars
    assert len(below_nought) == 2
    assert [start + width for start, width in below_nought] == pytest.approx([nought, nought], abs=0.2)
