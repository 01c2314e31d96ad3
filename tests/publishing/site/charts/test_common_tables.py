"""Charts of files of one shape: a line over all months where that is true, else a chart that says of which file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
import yaml
from published import publish

from portal.model.limits import Limits
from portal.publishing.publication import PublishedDataset
from portal.publishing.rows.store_step import store_rows
from portal.publishing.site.charts.chart_step import Drawing, draw_charts
from portal.publishing.site.charts.kept_charts import KeptCharts, read_kept
from portal.publishing.site.charts.wording.chart_titles import below

MONTHS = ("2026-06", "2026-07", "2026-08", "2026-09")
Rows = Callable[[str, int], Sequence[str]]
Drawn = Callable[..., tuple[PublishedDataset, KeptCharts]]


@pytest.fixture
def drawn(write_dataset: Callable[..., Path], tmp_path: Path) -> Drawn:
    """Return a function that draws a dataset of a file a month; *rows* makes those of a month and its number."""

    def made(
        fields: Mapping[str, str],
        rows: Rows,
        key: Sequence[str] = (),
        months: Sequence[str] = MONTHS,
        views: Sequence[object] = (),
        title: str = "{}交通量",
        last: str = "",
    ) -> tuple[PublishedDataset, KeptCharts]:
        columns = [{"name": name, "type": type_} for name, type_ in fields.items()]
        schema = {"fields": columns, **({"primaryKey": list(key)} if key else {})}
        resources = [
            {
                "name": f"counts-{month}",
                "title": title.format(month) + (last if month == months[-1] else ""),
                "path": f"m{at}.csv",
                "schema": schema,
            }
            for at, month in enumerate(months)
        ]
        text = {"name": "made", "title": {"zh": "交通量", "en": "Counts"}, "licenses": [{"name": "CC0-1.0"}],
                "resources": resources, **({"views": list(views)} if views else {})}  # fmt: skip
        files = {
            f"m{at}__csv": "\n".join([",".join(fields), *rows(month, at + 1), ""]) for at, month in enumerate(months)
        }
        folder = write_dataset(yaml.safe_dump(text, allow_unicode=True), **files)
        site, store = tmp_path / "out/site", tmp_path / "out/rows"
        item = publish(folder, site)
        store_rows([item], site, store, Limits())
        drawing = Drawing(store, site, tmp_path / "kept", {})
        item = draw_charts([item], drawing, Limits())[0][0]
        return item, read_kept(drawing.kept / "made.json")

    return made


COUNTS = {"观测点": "string", "客车流量": "integer"}


def titles(item: PublishedDataset) -> list[tuple[str, str, str]]:
    """Return name, kind and title of the charts."""
    return [(chart.name, chart.kind, chart.finding.zh) for chart in item.charts]


def test_names_of_files_are_the_times_of_a_line(drawn: Drawn) -> None:
    """Files without a time are one line over the months that their names tell, and it says that they are several."""
    item, kept = drawn(COUNTS, lambda month, at: (f"J1,{at * 10}", f"J2,{at}"), ["观测点"])
    assert titles(item) == [("counts-together", "line", "2026年9月客车流量合计 44；为2026年6月以来最高")]
    assert below(kept.charts[0].chart, "zh") == ("4 张同样的表合在一起。",)


def test_a_month_without_a_file_is_a_gap(drawn: Drawn) -> None:
    """The line is broken where no file is."""
    months = ("2026-03", "2026-04", "2026-05", "2026-07", "2026-08")
    item, kept = drawn(COUNTS, lambda month, at: (f"J1,{at * 10}", f"J2,{at}"), ["观测点"], months)
    assert titles(item)[0][2] == "2026年8月客车流量合计 55；为2026年3月以来已知最高；缺 1 个月"
    assert [value is None for value in kept.charts[0].chart.series[0].values] == [False] * 3 + [True] + [False] * 2


def test_days_in_files_of_months_are_one_line(drawn: Drawn) -> None:
    """A time of their own that goes on from file to file is the axis."""
    item, kept = drawn(
        {"日期": "date", "客流量": "integer"},
        lambda month, at: [f"{month}-{day:02d},{at * 100 + day}" for day in range(1, 29)],
        ["日期"],
        ("2026-02", "2026-03", "2026-04"),
    )
    chart = kept.charts[0].chart
    assert (item.charts[0].name, chart.step, len(chart.moments)) == ("counts-together", "day", 87)
    assert titles(item)[0][2].startswith("2026年4月28日客流量 328")


def test_files_that_hold_the_same_days_are_not_joined(drawn: Drawn) -> None:
    """A day that two files hold might count twice: the newest file alone is drawn, by its own name."""
    item, kept = drawn(
        {"日期": "date", "客流量": "integer"},
        lambda month, at: [f"2026-06-{day:02d},{at * 100 + day}" for day in range(at, at + 20)],
        ["日期"],
    )
    assert titles(item) == [("counts-2026-09", "line", "2026年6月23日客流量 423；为2026年6月4日以来最高")]
    assert kept.charts[0].title.zh == "2026-09交通量"


def test_lists_of_the_same_things_are_not_counted_together(drawn: Drawn) -> None:
    """Four lists of the same twelve parks are no 48 parks: the newest is drawn, and it says which."""
    item, kept = drawn(
        {"编号": "string", "公园类型": "string"},
        lambda month, at: [f"P{number:02d},{'公园' if number % 3 else '广场'}" for number in range(12)],
        ["编号"],
    )
    assert titles(item) == [("counts-2026-09", "bars", "公园类型：公园最多，8 条，占 67%")]
    assert kept.charts[0].title.zh == "2026-09交通量"


def test_titles_that_tell_another_span_are_no_times(drawn: Drawn) -> None:
    """Cumulated figures of files are not months that one may compare."""
    item, _ = drawn(COUNTS, lambda month, at: (f"J1,{at * 10}", f"J2,{at}"), ["观测点"], title="截至{}累计")
    assert [chart.name for chart in item.charts] == ["counts-2026-09"]


def test_a_view_over_all_files_is_drawn(drawn: Drawn) -> None:
    """`_resource` as x is the time that names of files tell."""
    spec = {"mark": "line", "encoding": {"x": {"field": "_resource"}, "y": {"field": "客车流量", "aggregate": "sum"}}}
    view = {"name": "all", "resources": ["counts-2026-09"], "spec": spec}
    item, _ = drawn(COUNTS, lambda month, at: (f"J1,{at * 10}", f"J2,{at}"), ["观测点"], views=[view])
    assert titles(item) == [("all", "line", "2026年9月客车流量合计 44；为2026年6月以来最高")]


def test_readings_of_few_points_are_a_line_each(drawn: Drawn) -> None:
    """What files tell of their values is put together: two points of which each file has four readings of an hour."""
    item, _ = drawn(
        {"观测点": "string", "小时": "string", "平均车速": "number"},
        lambda month, at: [f"J{point},H{hour},{point * 10 + at}" for point in (1, 2) for hour in range(4)],
        ["观测点", "小时"],
        views=[
            {
                "name": "speed",
                "resources": ["counts-2026-09"],
                "spec": {
                    "mark": "line",
                    "encoding": {
                        "x": {"field": "_resource"},
                        "y": {"field": "平均车速", "aggregate": "mean"},
                        "color": {"field": "观测点"},
                    },
                },
            }
        ],
    )
    assert titles(item) == [("speed", "line", "2026年9月平均车速：J2最高，24；J1最低，14")]


def test_a_month_that_is_not_over_is_left_out_and_said(drawn: Drawn) -> None:
    """The file whose title tells a part of its month is no month to compare."""
    months = ("2026-05", "2026-06", "2026-07", "2026-08")
    item, kept = drawn(
        COUNTS,
        lambda month, at: (f"J1,{at * 10}", f"J2,{at}"),
        ["观测点"],
        months,
        title="{}交通量",
        last="（1日至20日）",
    )
    assert titles(item) == [("counts-together", "line", "2026年7月客车流量合计 33；为2026年5月以来最高")]
    assert below(kept.charts[0].chart, "zh") == ("4 张同样的表合在一起。", "1 张表的时段不完整或没有写明，没有画。")
