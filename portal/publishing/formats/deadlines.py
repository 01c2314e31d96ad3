"""Deadlines as calendars (calendar.ics, iCalendar): planned openings and due updates, all-day, for subscribers.

Source: RFC 5545, and RFC 7986 for the name and how often to fetch it anew. An event keeps its UID from release to
release, so that in a calendar that subscribes to it a new date takes the place of the former one. Of what is not open
there is nothing in it but what the public knows: the day of a planned opening.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from portal.i18n import translate
from portal.model.addresses import dataset_path, in_language
from portal.model.terms import UPDATE_CYCLES
from portal.model.text import LocalText
from portal.publishing.publication import PublishedDataset

EVENTS_MAX = 5_000
"""Deadlines in one calendar: those to come, the soonest first, then those that passed last."""

DeadlineKind = Literal["opening", "update"]

_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]+")
_FETCH_EVERY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Deadline:
    """A day on which a dataset is to be opened, or until which it is to be updated; ordered by day and name."""

    day: date
    name: str
    kind: DeadlineKind
    title: LocalText
    publisher: LocalText
    update_cycle: str = ""


def deadlines_of(published: PublishedDataset) -> Iterator[Deadline]:
    """Yield what is expected of a dataset; of one that is kept in nothing is, and no update of what nobody sees."""
    dataset = published.dataset
    title, publisher = dataset.title, dataset.publisher.title
    if dataset.open_state == "planned" and dataset.planned_on:
        yield Deadline(dataset.planned_on, dataset.name, "opening", title, publisher)
    due = published.quality.freshness.due if published.quality else None
    if due and dataset.is_admitted:
        yield Deadline(due, dataset.name, "update", title, publisher, dataset.update_cycle)


def dump(deadlines: Iterable[Deadline], *, lang: str, title: str, base_url: str, url: str, today: date) -> bytes:
    """Return a calendar of *deadlines*, of which there must be one; *url* is its own address.

    The lines are no longer than the standard allows, and no character is cut in two.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Kaifang//Kaifang//{lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, _plain(title))
    calendar.add("source", url, parameters={"VALUE": "URI"})
    calendar.add("refresh-interval", _FETCH_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "P1D")
    for item in chosen(deadlines, today):
        calendar.add_component(_event(item, lang, base_url, today))
    return bytes(calendar.to_ical())


def chosen(deadlines: Iterable[Deadline], today: date) -> list[Deadline]:
    """Return the deadlines that fit into one calendar, by day; what passed long ago is the first to be left out."""
    ordered = sorted(deadlines, key=lambda item: (item.day, item.name, item.kind))
    past, coming = ([item for item in ordered if (item.day >= today) == is_coming] for is_coming in (False, True))
    coming = coming[:EVENTS_MAX]
    return past[max(0, len(past) + len(coming) - EVENTS_MAX) :] + coming


def _event(item: Deadline, lang: str, base_url: str, today: date) -> Event:
    title, publisher = _plain(item.title.to(lang)), _plain(item.publisher.to(lang))
    event = Event()
    event.add("uid", f"{item.kind}-{item.name}@{urlsplit(base_url).hostname or 'localhost'}")
    event.add("dtstamp", datetime.combine(today, time(), UTC))
    event.add("dtstart", item.day)
    event.add("transp", "TRANSPARENT")
    event.add("url", base_url + in_language(lang, dataset_path(item.name)))
    if item.kind == "opening":
        event.add("summary", translate(lang, "To be opened: %(title)s", title=title))
        event.add(
            "description",
            translate(lang, "%(publisher)s is to open the files of this dataset on this day.", publisher=publisher),
        )
    else:
        cycle = UPDATE_CYCLES.get(item.update_cycle, LocalText(item.update_cycle)).to(lang)
        event.add("summary", translate(lang, "Update due: %(title)s", title=title))
        event.add(
            "description",
            translate(
                lang,
                "%(publisher)s promised to update this dataset by this day (update cycle: %(cycle)s).",
                publisher=publisher,
                cycle=cycle,
            ),
        )
    return event


def _plain(text: str) -> str:
    """Return a text in one line, without what a calendar may not hold.

    >>> _plain("a\\r\\nb\\x00c")
    'a b c'
    """
    return " ".join(_CONTROLS.sub(" ", text).split())
