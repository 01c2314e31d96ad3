"""Calendars of deadlines, read back by the library: who is in them, in which words, and in what form."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event
from made_published import BASE_URL, TODAY, published

from portal.model.catalog import Sharing
from portal.model.quality import Freshness, Quality
from portal.model.text import LocalText
from portal.publishing.formats.deadlines import EVENTS_MAX, Deadline, chosen, deadlines_of, dump
from portal.publishing.publication import PublishedDataset

DUE = date(2026, 7, 21)
CURRENT = Quality(None, Freshness("current", date(2026, 5, 20), DUE))
STOPS = Deadline(
    DUE, "stops", "update", LocalText("公交站点", "Bus stops"), LocalText("交通局", "Transport bureau"), "monthly"
)


def calendar(*deadlines: Deadline, lang: str = "zh", title: str = "小城开放数据") -> bytes:
    """Return a calendar as it is written."""
    url = f"{BASE_URL}/calendar.ics"
    return dump(deadlines, lang=lang, title=title, base_url=BASE_URL, url=url, today=TODAY)


def events(content: bytes) -> list[Event]:
    """Return the events of a calendar."""
    return list(Calendar.from_ical(content).walk("VEVENT"))  # type: ignore[arg-type]


def with_quality(**changes: object) -> PublishedDataset:
    """Return a dataset whose next update is due."""
    return replace(published(**changes), quality=CURRENT)


def test_an_event_says_what_is_due_where() -> None:
    """All day, at no expense of time, with the page of the dataset and a lasting name."""
    (event,) = events(calendar(STOPS))
    assert {name: event.decoded(name) for name in ("dtstart", "dtstamp")} == {
        "dtstart": DUE,
        "dtstamp": datetime(2026, 6, 1, tzinfo=UTC),
    }
    assert {name: str(event[name]) for name in ("uid", "url", "transp", "summary", "description")} == {
        "uid": "update-stops@data.example.cn",
        "url": "https://data.example.cn/datasets/stops/",
        "transp": "TRANSPARENT",
        "summary": "更新到期：公交站点",
        "description": "交通局承诺在这一天之前更新该数据集（更新周期：每月）。",
    }


def test_an_english_calendar_is_english() -> None:
    """Words and addresses; the names of events are those of the Chinese one."""
    (event,) = events(calendar(replace(STOPS, kind="opening"), lang="en"))
    assert [str(event[name]) for name in ("uid", "url", "summary", "description")] == [
        "opening-stops@data.example.cn",
        "https://data.example.cn/en/datasets/stops/",
        "To be opened: Bus stops",
        "Transport bureau is to open the files of this dataset on this day.",
    ]


def test_a_calendar_has_a_name_and_is_fetched_daily() -> None:
    """By the standard, and by the older words that programs still go by."""
    found = Calendar.from_ical(calendar(STOPS))
    named = ("version", "method", "name", "x-wr-calname", "source", "x-published-ttl")
    assert [str(found[name]) for name in named] == [
        "2.0",
        "PUBLISH",
        "小城开放数据",
        "小城开放数据",
        "https://data.example.cn/calendar.ics",
        "P1D",
    ]
    assert found.decoded("refresh-interval") == timedelta(days=1)


def test_long_chinese_lines_are_folded_between_characters() -> None:
    """Each line is UTF-8 by itself and no longer than 75 bytes; what was folded is read back whole."""
    title = "空气质量监测站点，小时数据；“国控”与\\\\省控,;" * 20
    content = calendar(replace(STOPS, title=LocalText(title)), title=title)
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode("utf-8") is not None for line in lines)
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert str(events(content)[0]["summary"]) == f"更新到期：{title}"


@given(st.text(), st.text(), st.text())
def test_no_text_breaks_a_calendar(title: str, publisher: str, name: str) -> None:
    """Whatever is in a title, there is one event, and nothing was slipped in."""
    item = replace(STOPS, title=LocalText(title), publisher=LocalText(publisher), update_cycle=name)
    content = calendar(item, title=publisher)
    assert len(events(content)) == content.count(b"\r\nBEGIN:") == 1
    assert content == calendar(item, title=publisher)


def test_a_title_cannot_write_an_event() -> None:
    """Line breaks are blanks."""
    (event,) = events(calendar(replace(STOPS, title=LocalText("a\r\nEND:VEVENT\r\nBEGIN:VEVENT\nX:1"))))
    assert str(event["summary"]) == "更新到期：a END:VEVENT BEGIN:VEVENT X:1"


def test_open_datasets_have_their_due_update() -> None:
    """Others have none: neither what is kept in nor what nobody promised."""
    due = [(DUE, "update")]
    assert [(item.day, item.kind) for item in deadlines_of(with_quality())] == due
    for changes in ({"open_state": "closed"}, {"open_state": "conditional"}, {"open_state": "planned"}):
        assert list(deadlines_of(with_quality(**changes))) == []
    assert list(deadlines_of(published())) == []
    assert list(deadlines_of(replace(published(), quality=Quality(None, Freshness("unscheduled"))))) == []


def test_departments_see_when_shared_datasets_are_due() -> None:
    """In the sharing edition what is shared without condition counts, whether the public has it or not."""
    shared = with_quality(edition="sharing", open_state="closed", sharing=Sharing("unconditional"))
    kept = with_quality(edition="sharing", sharing=Sharing("none"))
    assert [[item.kind for item in deadlines_of(one)] for one in (shared, kept)] == [["update"], []]


@pytest.mark.parametrize("edition", ["open", "sharing"])
def test_a_planned_opening_is_known_to_all(edition: str) -> None:
    """With its day; without one there is nothing to wait for."""
    planned = published(open_state="planned", planned_on=date(2027, 1, 1), edition=edition, sharing=Sharing("none"))
    assert [(item.day, item.kind) for item in deadlines_of(planned)] == [(date(2027, 1, 1), "opening")]
    assert list(deadlines_of(published(open_state="planned"))) == []


def test_a_calendar_has_bounds() -> None:
    """What is to come stands first, the soonest before all; then what passed last."""
    coming = [replace(STOPS, day=TODAY + timedelta(days=number)) for number in range(EVENTS_MAX - 2)]
    past = [replace(STOPS, day=TODAY - timedelta(days=number)) for number in range(1, 9)]
    assert chosen([*past, *coming], TODAY) == [past[1], past[0], *coming]
    assert chosen([*past, *coming, *coming], TODAY)[0].day == TODAY
    assert len(chosen([*coming, *coming], TODAY)) == EVENTS_MAX
