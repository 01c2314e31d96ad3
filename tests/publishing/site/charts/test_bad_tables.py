"""Charts of bad tables: empty, flat, huge, full of holes, hostile; each has a chart that does not lie, or a reason."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from charted import Made, chart_of, days, months

from portal.publishing.site.charts.chart import Chart
from portal.publishing.site.charts.chart_tables import table_of
from portal.publishing.site.charts.chart_titles import below, finding
from portal.publishing.site.charts.choosing.chart_plan import NoChart
from portal.publishing.site.charts.drawing.canvas import narrow, wide
from portal.publishing.site.charts.drawing.figure import card, inline, thumbnail

RIDES = ["月份 yearmonth", "客运量 integer; 人次"]
LEVELS = ["日期 date", "水位 number; 米"]
KINDS = ["区县 string", "学校数 integer; 所"]
HOSTILE = '<script>alert("1")</script>'
BIDI = "\u202eمدرسة\u200b\u2066x"

WITHOUT = {
    "empty": (Made(RIDES, [], ["月份"]), "empty"),
    "one row": (Made(RIDES, months("2026-01", [1]), ["月份"]), "one row"),
    "all null": (Made(RIDES, months("2026-01", [None] * 12), ["月份"]), "Nothing in this table"),
    "two values a day that cannot be told apart": (
        Made(["日期 date", "客运量 integer; 人次"], [row for row in days("2026-01-01", range(40)) for _ in (0, 1)]),
        "parts or copies",
    ),
    "many numbers, none of which is the main one": (
        Made(
            ["编号 string", *(f"指标{at} number" for at in range(200))],
            [[f"N{n}", *range(200)] for n in range(5)],
            ["编号"],
        ),
        "200 columns of numbers",
    ),
    "times without any step": (
        Made(
            LEVELS,
            [["2026-01-01", 1], ["2028-05-02", 2], ["2031-01-03", 3], ["2026-01-02", 4], ["2029-09-09", 5]],
            ["日期"],
        ),
        "no even step",
    ),
    "all values are one in a distribution": (
        Made(["编号 string", "办理天数 integer; 天"], [[f"N{at:03d}", 7] for at in range(50)], ["编号"]),
        "All values are equal",
    ),
    "a price for each of many goods and markets": (
        Made(
            ["日期 date", "市场 string", "商品 string", "价格 number; 元"],
            [
                [day, f"市场{m}", f"商品{g}", 1.5]
                for (day,) in ([d[0]] for d in days("2026-01-01", range(5)))
                for m in range(3)
                for g in range(15)
            ],
            ["日期", "市场", "商品"],
        ),
        "cannot be added up",
    ),
}


@pytest.mark.parametrize("name", list(WITHOUT))
def test_what_cannot_be_drawn_says_why(name: str, tmp_path: Path) -> None:
    """There is no chart, and a sentence in each language that says why."""
    made, reason = WITHOUT[name]
    found = chart_of(made, tmp_path)
    assert isinstance(found, NoChart), found
    assert found.reason.zh.endswith("。")
    assert reason in found.reason.en


DRAWN = {
    "one value all along": Made(RIDES, months("2026-01", [5] * 12), ["月份"]),
    "nothing but noughts": Made(RIDES, months("2026-01", [0] * 12), ["月份"]),
    "a gap of ten years": Made(
        ["月份 yearmonth", "水位 number; 米"],
        [*months("2001-01", [1.5] * 48), *months("2015-01", [2.5] * 48)],
        ["月份"],
    ),
    "a monthly series that becomes daily": Made(
        LEVELS, [*([f"2024-{at:02d}-01", 1.0 + at] for at in range(1, 13)), *days("2025-01-01", [2.0] * 200)], ["日期"]
    ),
    "negative values": Made(
        ["月份 yearmonth", "差额 number; 万元"], months("2026-01", [-5, 3, -2, 8, -9, 1]), ["月份"]
    ),
    "negative bars": Made(
        ["区县 string", "差额 number; 万元"], [["晨星区", -5], ["澄波区", 3], ["稻香区", -1]], ["区县"]
    ),
    "huge values": Made(["区县 string", "金额 number; 元"], [["a", 1e30], ["b", 3], ["c", 2e29]], ["区县"]),
    "tiny values": Made(["区县 string", "浓度 number; 毫克/升"], [["a", 1e-12], ["b", 3e-12], ["c", 2e-13]], ["区县"]),
    "an outlier": Made(
        ["编号 string", "罚款 number; 万元"], [*([f"N{at:03d}", at % 9] for at in range(300)), ["N999", 1e9]], ["编号"]
    ),
    "five thousand kinds": Made(
        ["编号 string", "客运量 integer; 人次"], [[f"N{at:04d}", at] for at in range(5000)], ["编号"]
    ),
    "hostile words": Made(KINDS, [[HOSTILE, 3], [BIDI, 5], ["a&b", 2], ["x" * 300, 1]], ["区县"]),
    "half of the days": Made(
        LEVELS, [row for at, row in enumerate(days("2026-01-01", range(60))) if at % 10 != 3], ["日期"]
    ),
}


def drawn(name: str, folder: Path) -> Chart:
    """Return the chart of a table that has one."""
    found = chart_of(DRAWN[name], folder)
    assert isinstance(found, Chart), found
    return found


@pytest.mark.parametrize("name", list(DRAWN))
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
    chart = drawn("a gap of ten years", tmp_path)
    assert (chart.step, len(chart.moments), chart.series[0].values.count(None)) == ("month", 216, 120)
    assert finding(chart, "zh") == "2018年12月水位 2.5 米，与上年同月持平；缺 120 个月"


def test_mixed_steps_are_brought_to_the_longer_one(tmp_path: Path) -> None:
    """Readings of days and of months together are averaged by month, and that is said."""
    chart = drawn("a monthly series that becomes daily", tmp_path)
    assert (chart.step, chart.measure.function) == ("month", "avg")
    assert "平均值按每个数值同等计算。" in below(chart, "zh")


def test_an_outlier_does_not_hide_the_rest(tmp_path: Path) -> None:
    """It is left out of the bins and said below; the title tells it."""
    chart = drawn("an outlier", tmp_path)
    assert chart.edges[-1] <= 20
    assert "1 个远大于其余的数值没有画。" in below(chart, "zh")
    assert "最大 10亿万元" not in finding(chart, "zh")
    assert finding(chart, "zh") == "罚款中位数 4 万元，最小 0 万元，最大 1,000,000,000 万元"


def test_words_of_cells_stay_words(tmp_path: Path) -> None:
    """Tags are escaped, marks of direction and characters of no width are taken out."""
    chart = drawn("hostile words", tmp_path)
    svg = inline(chart, wide("zh"), finding(chart, "zh"), "", "c")
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg
    assert not set("\u202e\u200b\u2066") & set(svg + finding(chart, "zh"))


def test_negative_bars_begin_at_nought(tmp_path: Path) -> None:
    """Bars of what lies below nought go to the other side of the line of nought."""
    chart = drawn("negative bars", tmp_path)
    svg = ElementTree.fromstring(inline(chart, wide("zh"), "", "", "c"))
    bars = [(float(item.attrib["x"]), float(item.attrib["width"])) for item in svg.iter() if item.tag == "rect"]
    (nought, _), *below_nought = bars
    assert len(below_nought) == 2
    assert [start + width for start, width in below_nought] == pytest.approx([nought, nought], abs=0.2)
