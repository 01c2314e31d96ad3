"""The home page leads with data that go on and are up to date, and with what charts say of three topics."""

from __future__ import annotations

from dataclasses import replace

from portal.examining.profiling.column_profiles import TableProfiler
from portal.model.catalog import Dataset, Publisher, Resource, Theme
from portal.model.chosen_stories import ChosenStory
from portal.model.quality import Freshness, FreshnessState, Quality
from portal.model.text import LocalText
from portal.publishing.publication import PublishedChart, PublishedDataset, PublishedResource
from portal.publishing.site.pages.home_page import home_stories, newest_data, stories


def published(
    name: str,
    publisher: str,
    *,
    topic: str = "",
    cycle: str = "monthly",
    kind: str = "",
    state: FreshnessState = "current",
    rows: int = 5,
) -> PublishedDataset:
    """Return a dataset with rows, with a chart of a kind if one is named."""
    text = LocalText(name, name)
    dataset = Dataset(
        name=name,
        title=text,
        folder=name,
        descriptor_file="",
        publisher=Publisher(publisher, LocalText(publisher)),
        themes=(Theme(topic or name, text),),
        update_cycle=cycle,
    )
    charts = (PublishedChart("c", "r", kind, text),) if kind else ()
    profiler = TableProfiler(["a"], ["string"])
    for _ in range(rows):
        profiler.add(["x"], ["x"])
    resource = PublishedResource(Resource("r", text, "table", "csv", "text/csv"), profile=profiler.profile())
    return PublishedDataset(dataset, (resource,), quality=Quality(None, Freshness(state)), charts=charts)


def names(found: list[PublishedDataset]) -> list[str]:
    """Return their names."""
    return [item.dataset.name for item in found]


def test_newest_are_data_that_go_on_one_of_each_publisher_first() -> None:
    """Then further ones; lists of codes, empty tables and what is overdue come last, each in the order of lists."""
    datasets = [
        published("codes", "项目", cycle="never"),
        published("late", "甲", state="overdue"),
        published("air", "甲", cycle="daily"),
        published("water", "甲"),
        published("bus", "乙"),
        published("empty", "丙", rows=0),
    ]
    assert names(newest_data(datasets)) == ["air", "bus", "water", "codes", "late", "empty"]


def test_no_more_than_six_are_newest() -> None:
    """Where there are more."""
    assert len(newest_data([published(str(number), str(number)) for number in range(9)])) == 6


def test_stories_are_lines_over_time_before_others_of_three_topics_and_publishers() -> None:
    """What is overdue or has no chart tells none."""
    datasets = [
        published("bars", "甲", kind="bars"),
        published("none", "乙"),
        published("late", "丙", kind="line", state="overdue"),
        published("air", "丁", kind="line", topic="environment"),
        published("water", "戊", kind="line", topic="environment"),
        published("ozone", "丁", kind="line", topic="other"),
        published("bus", "己", kind="seasons"),
        published("codes", "庚", kind="bars", cycle="never"),
    ]
    assert names(stories(datasets)) == ["air", "bus", "bars"]
    assert names(stories(datasets, apart=False)) == ["air", "water", "ozone"]
    assert stories([]) == []


def test_an_editors_stories_come_before_those_of_the_rule() -> None:
    """With the view and the sentence that were chosen; what has no chart leaves its place to the rule."""
    second = PublishedChart("by-line", "r", "bars", LocalText("乙线最多", "Line B leads"))
    bus = published("bus", "己", kind="line")
    datasets = [
        published("air", "丁", kind="line"),
        replace(bus, charts=(*bus.charts, second)),
        published("codes", "庚"),
        published("water", "戊", kind="line"),
    ]
    chosen = [
        ChosenStory("codes"),
        ChosenStory("gone"),
        ChosenStory("bus", "by-line", LocalText("坐乙线的人最多", "Most take line B")),
    ]
    found = [(item.finding, item.path, item.picture) for item in home_stories(datasets, chosen, "en")]
    assert found == [
        ("Most take line B", "/datasets/bus/", "/data/bus/charts/by-line.en.svg"),
        ("air", "/datasets/air/", "/data/air/charts/c.thumbnail.svg"),
        ("water", "/datasets/water/", "/data/water/charts/c.thumbnail.svg"),
    ]
    first = next(home_stories(datasets, [ChosenStory("bus", "by-line")], "zh"))
    assert first.finding == "乙线最多"
