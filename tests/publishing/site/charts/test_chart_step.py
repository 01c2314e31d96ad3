"""The stage that draws: files beside the data, what pages get, declared views, and what is never drawn."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from published import publish

from portal.model.limits import Limits
from portal.publishing.publication import PublishedDataset
from portal.publishing.rows.store_step import store_rows
from portal.publishing.site.charts import png_pictures
from portal.publishing.site.charts.chart_step import Drawing, draw_charts
from portal.publishing.site.charts.kept_charts import read_kept
from portal.publishing.site.pages.dataset_charts import charts_view

DESCRIPTOR = """
name: made
title: {zh: 图书外借, en: Loans}
licenses: [{name: CC0-1.0}]
resources:
- name: loans
  title: 外借册次
  path: loans.csv
  schema:
    fields:
    - {name: 月份, type: yearmonth}
    - {name: 馆代码, type: string}
    - {name: 外借册次, type: integer, description: 册次。}
    primaryKey: [月份, 馆代码]
    foreignKeys: [{fields: [馆代码], reference: {resource: branches, fields: [馆代码]}}]
- name: branches
  title: 馆名表
  path: branches.csv
  schema:
    fields:
    - {name: 馆代码, type: string}
    - {name: 馆名, type: string, constraints: {unique: true}}
    primaryKey: [馆代码]
"""
LOANS = "月份,馆代码,外借册次\n" + "".join(
    f"2026-{month:02d},{code},{month * factor}\n" for month in range(1, 7) for code, factor in (("T1", 30), ("T2", 20))
)
BRANCHES = "馆代码,馆名\nT1,中心馆\nT2,少年儿童馆\n"

Draw = Callable[..., tuple[PublishedDataset, Drawing]]


@pytest.fixture
def draw(write_dataset: Callable[..., Path], tmp_path: Path) -> Draw:
    """Return a function that publishes, stores and draws a dataset, with more keys in its descriptor."""

    def made(more: Mapping[str, object] | None = None, loans: str = LOANS) -> tuple[PublishedDataset, Drawing]:
        text = yaml.safe_dump({**yaml.safe_load(DESCRIPTOR), **(more or {})}, allow_unicode=True)
        title = yaml.safe_load(text)["resources"][1]["schema"]["fields"][1]["name"]
        folder = write_dataset(text, loans__csv=loans, branches__csv=BRANCHES.replace("馆名", title))
        site, rows = tmp_path / "out/site", tmp_path / "out/rows"
        item = publish(folder, site)
        store_rows([item], site, rows, Limits())
        drawing = Drawing(rows, site, tmp_path / "kept", {})
        return draw_charts([item], drawing, Limits())[0][0], drawing

    return made


def files(drawing: Drawing) -> list[str]:
    """Return the names of all files of charts but those that need a font."""
    return sorted(path.name for path in drawing.site.rglob("charts/*") if path.suffix != ".png")


def test_codes_are_drawn_by_their_names(draw: Draw) -> None:
    """The lines bear the names that stand behind the foreign key."""
    item, drawing = draw()
    assert [chart.finding.zh for chart in item.charts] == [
        "2026年6月外借册次：中心馆最高，180 册次；少年儿童馆最低，120 册次"
    ]
    assert files(drawing) == ["loans.en.svg", "loans.svg", "loans.thumbnail.svg"]
    svg = (drawing.site / "data/made/charts/loans.svg").read_text(encoding="utf-8")
    assert ">中心馆<" in svg
    assert "T1" not in svg


def test_a_page_gets_what_was_drawn(draw: Draw) -> None:
    """The page has the picture in two sizes, its source, and the numbers with the newest first."""
    item, drawing = draw()
    view = charts_view(item, drawing.kept, "en")
    (chart,) = view.charts
    assert chart.finding == "外借册次, June 2026: 中心馆 is highest, 180 loans; 少年儿童馆 is lowest, 120 loans"
    assert [str(picture)[:47] for picture in chart.pictures] == [
        '<svg class="chart__picture chart__picture--narr',
        '<svg class="chart__picture chart__picture--wide',
    ]
    assert chart.header == ("月份", "中心馆 (loans)", "少年儿童馆 (loans)")
    assert chart.rows[:2] == (("Jun 2026", "180", "120"), ("May 2026", "150", "100"))
    assert chart.places[:2] == (5, 4)
    assert ("SVG", "/data/made/charts/loans.en.svg") in chart.files


def test_a_declared_view_comes_before_rules(draw: Draw) -> None:
    """What a publisher declares is drawn, and nothing else; its filter says what counts."""
    view = {
        "name": "center",
        "title": {"zh": "中心馆", "en": "Main library"},
        "resources": ["loans"],
        "spec": {
            "mark": "bar",
            "transform": [{"filter": {"field": "馆代码", "equal": "T1"}}],
            "encoding": {"x": {"field": "月份", "sort": "ascending"}, "y": {"field": "外借册次", "aggregate": "sum"}},
        },
    }
    item, drawing = draw({"views": [view]})
    assert [(chart.name, chart.kind, chart.finding.zh) for chart in item.charts] == [
        ("center", "bars", "外借册次：2026-06最多，180 册次，占 29%")
    ]
    shown = charts_view(item, drawing.kept, "zh").charts[0]
    assert (shown.title, shown.notes) == ("中心馆", ("只含馆代码为T1的行。",))


@pytest.mark.parametrize("title", ["姓名", "联系人"])
def test_people_do_not_stand_in_the_place_of_codes(draw: Draw, title: str) -> None:
    """Where a foreign key leads to names of single persons, codes stay codes; a view by such a column is not drawn."""
    resources = yaml.safe_load(DESCRIPTOR.replace("馆名", title))["resources"]
    item, drawing = draw({"resources": resources})
    written = "".join(path.read_text(encoding="utf-8") for path in drawing.site.rglob("charts/*.svg"))
    assert ">T1<" in written
    assert "中心馆" not in written + str(item.charts) + str(read_kept(drawing.kept / "made.json"))


@pytest.mark.parametrize("title", ["姓名", "联系人"])
def test_a_view_of_people_is_not_drawn(draw: Draw, title: str) -> None:
    """Neither a declared view nor its filter shows a column of names of single persons."""
    by_name = {"mark": "bar", "encoding": {"x": {"field": title}, "y": {"aggregate": "count"}}}
    only = {
        "mark": "bar",
        "transform": {"filter": {"field": title, "equal": "中心馆"}},
        "encoding": {"x": {"field": "馆代码"}, "y": {"aggregate": "count"}},
    }
    views = [{"name": f"v{at}", "resources": ["branches"], "spec": spec} for at, spec in enumerate((by_name, only))]
    resources = yaml.safe_load(DESCRIPTOR.replace("馆名", title))["resources"]
    item, _ = draw({"resources": resources, "views": views})
    assert [chart.name for chart in item.charts] == ["loans"]


def test_where_nothing_can_be_drawn_the_page_says_why(draw: Draw) -> None:
    """There are no files, and one sentence in each language."""
    item, drawing = draw(loans="月份,馆代码,外借册次\n2026-01,T1,5\n")
    assert (item.charts, files(drawing)) == ((), [])
    reasons = [charts_view(item, drawing.kept, lang).reason for lang in ("zh", "en")]
    assert reasons == ["表只有一行，没有可比较的数值。", "The table has one row; there is nothing to compare."]


def test_a_chart_that_cannot_be_made_costs_nothing_but_itself(draw: Draw) -> None:
    """A view whose numbers are more than a number can be is not drawn; the one behind it is, with its thumbnail."""
    rows = "".join(f"2026-{month:02d},T{code},{month}\n" for month in range(1, 7) for code in (1, 2))
    huge = "月份,馆代码,外借册次\n" + rows.replace(",6\n", f",{'9' * 308}\n")
    total = {"mark": "bar", "encoding": {"x": {"field": "馆代码"}, "y": {"field": "外借册次", "aggregate": "sum"}}}
    count = {"mark": "bar", "encoding": {"x": {"field": "馆代码"}, "y": {"aggregate": "count"}}}
    views = [{"name": name, "resources": ["loans"], "spec": spec} for name, spec in (("a", total), ("b", count))]
    item, drawing = draw({"views": views}, loans=huge)
    assert [chart.name for chart in item.charts] == ["b"]
    assert files(drawing) == ["b.en.svg", "b.svg", "b.thumbnail.svg"]
    assert [chart.name for chart in read_kept(drawing.kept / "made.json").charts] == ["b"]


def test_charts_are_the_same_bytes_each_time(draw: Draw) -> None:
    """To draw once more writes the very same files, PNG too, and in other processes as well."""
    item, drawing = draw()
    before = {path.name: path.read_bytes() for path in drawing.site.rglob("charts/*")}
    again = replace(drawing, kept=drawing.kept.parent / "again")
    draw_charts([replace(item, charts=())], again, Limits(), jobs=1)
    assert {path.name: path.read_bytes() for path in drawing.site.rglob("charts/*")} == before
    assert read_kept(again.kept / "made.json") == read_kept(drawing.kept / "made.json")


@pytest.mark.skipif(png_pictures.chinese_font() is None, reason="they need a Chinese font, e.g. fonts-noto-cjk")
def test_a_picture_for_other_sites_has_their_size_and_chinese_in_it(draw: Draw) -> None:
    """The PNG is 1,200 by 630 pixels; with other Chinese words it is another picture, so they are drawn."""
    item, drawing = draw()
    picture = (drawing.site / "data/made/charts/loans.png").read_bytes()
    assert struct.unpack(">II", picture[16:24]) == (1200, 630)
    svg = (drawing.site / "data/made/charts/loans.svg").read_text(encoding="utf-8")
    assert png_pictures.picture(svg) == picture != png_pictures.picture(svg.replace("中心馆", "国心馆"))
    assert item.charts[0].has_picture
    view = charts_view(item, drawing.kept, "zh")
    assert (view.image, view.image_words) == ("/data/made/charts/loans.png", item.charts[0].finding.zh)


def test_without_a_chinese_font_there_is_no_picture_and_a_finding(draw: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words would be empty boxes: the SVG alone is written, and the report says what to install."""
    monkeypatch.setattr(png_pictures, "FONT_FOLDERS", ())
    png_pictures.chinese_font.cache_clear()
    png_pictures._options.cache_clear()
    try:
        item, drawing = draw()
        drawing = replace(drawing, kept=drawing.kept.parent / "again")
        (drawn,), findings = draw_charts([item], drawing, Limits())
    finally:
        monkeypatch.undo()
        png_pictures.chinese_font.cache_clear()
        png_pictures._options.cache_clear()
    assert [finding.code for finding in findings] == ["no-chinese-font"]
    assert not drawn.charts[0].has_picture
    assert not list(drawing.site.rglob("*.png"))


def test_of_what_is_not_open_nothing_is_drawn(draw: Draw) -> None:
    """A dataset that is not open has no chart, whatever it declares."""
    view = {
        "resources": ["loans"],
        "spec": {"mark": "bar", "encoding": {"x": {"field": "馆代码"}, "y": {"aggregate": "count"}}},
    }
    item, drawing = draw({"catalogue": {"open": {"is_open": False}}, "views": [view]})
    assert (item.charts, item.dataset.views, files(drawing)) == ((), (), [])
    assert charts_view(item, drawing.kept, "zh").reason == ""
