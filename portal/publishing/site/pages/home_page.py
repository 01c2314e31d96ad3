"""The home page: search, figures, what charts say, topics, newest data, most used, publishers, help in three steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from portal.model.addresses import HOME, chart_file, dataset_path
from portal.model.chosen_stories import ChosenStory
from portal.model.portal import Portal
from portal.model.text import LocalText
from portal.publishing.formats import schema_org
from portal.publishing.formats.metadata_formats import CATALOGUE_FORMATS
from portal.publishing.publication import PublishedChart, PublishedDataset
from portal.publishing.site.contexts.home_contexts import HomePage, Story
from portal.publishing.site.contexts.list_contexts import DatasetCard
from portal.publishing.site.contexts.page_contexts import Figure, Link
from portal.publishing.site.dataset_lists import calendar_path, format_link
from portal.publishing.site.frame import in_script
from portal.publishing.site.pages.dataset_use import most_used, period_note

NEWEST = 6
STORIES = 3
PUBLISHERS_ON_HOME = 12

_REGULAR = ("realtime", "daily", "weekly", "tenday", "monthly", "quarterly", "semiannual", "annual")
"""Update cycles of data that go on; lists of codes and rules have others."""

_OVER_TIME = ("line", "seasons")
"""Kinds of charts that tell how something goes."""


def home_page(
    datasets: Sequence[PublishedDataset],
    portal: Portal,
    lang: str,
    today: date,
    *,
    cards: Mapping[str, DatasetCard],
    figures: tuple[Figure, ...],
    themes: Iterable[Link],
    publishers: Iterable[Link],
) -> HomePage:
    """Return the home page; *datasets* are all, in the order of lists, *cards* how each stands in them, by name."""
    forms = tuple(format_link(form, HOME, lang) for form in CATALOGUE_FORMATS)
    listed = [(form.path, form.media_type) for form in forms]
    return HomePage(
        figures=figures,
        themes=tuple(themes),
        newest=tuple(cards[item.dataset.name] for item in newest_data(datasets)),
        calendar_path=calendar_path(datasets),
        most_used=tuple(cards[item.dataset.name] for item in most_used(datasets)),
        most_used_note=period_note(datasets, lang),
        publishers=tuple(link for link in publishers if link.count)[:PUBLISHERS_ON_HOME],
        examples=tuple(example.to(lang) for example in portal.examples),
        json_ld=in_script(schema_org.dump_catalogue(portal, lang=lang, forms=listed, modified=today)),
        forms=forms,
        stories=tuple(home_stories(datasets, portal.stories, lang)),
    )


def newest_data(datasets: Iterable[PublishedDataset]) -> list[PublishedDataset]:
    """Return what was updated last of the data that go on and are up to date, one of each publisher first.

    Lists of codes, and what is overdue, come after.
    """
    seen: set[str] = set()
    ranked = []
    for place, item in enumerate(datasets):
        goes_on = item.dataset.update_cycle in _REGULAR and bool(item.rows) and not _is_late(item)
        is_further = item.dataset.publisher.id in seen
        if goes_on:
            seen.add(item.dataset.publisher.id)
        ranked.append((not goes_on, is_further, place, item))
    ranked.sort(key=lambda one: one[:3])
    return [item for *_, item in ranked[:NEWEST]]


def home_stories(datasets: Sequence[PublishedDataset], chosen: Iterable[ChosenStory], lang: str) -> Iterator[Story]:
    """Yield what an editor chose, as far as it has a chart, then what the rule chooses, three in all."""
    by_name = {item.dataset.name: item for item in datasets}
    told = 0
    for choice in chosen:
        item = by_name.get(choice.dataset)
        chart = _chart_of(item, choice.view) if item else None
        if item and chart and told < STORIES:
            told += 1
            yield story(item, lang, chart, choice.sentence)
    names = {choice.dataset for choice in chosen}
    further = [item for item in stories(datasets) if item.dataset.name not in names]
    yield from (story(item, lang) for item in further[: STORIES - told])


def _chart_of(item: PublishedDataset, view: str) -> PublishedChart | None:
    """Return the chart of a view, the first where none is named; the first too where the named one was not drawn."""
    first = item.charts[0] if item.charts else None
    return next((chart for chart in item.charts if chart.name == view), first)


def stories(datasets: Iterable[PublishedDataset], *, apart: bool = True) -> list[PublishedDataset]:
    """Return the datasets whose first charts are shown: lines over time before others, three at most.

    *apart*, they are of three topics and publishers. What is not updated in time, and what describes the administration
    itself, tells nothing new.
    """
    told = [item for item in datasets if _tells(item)]
    told.sort(key=lambda item: item.charts[0].kind not in _OVER_TIME)
    chosen: list[PublishedDataset] = []
    topics: set[str] = set()
    publishers: set[str] = set()
    for item in told:
        own = {theme.id for theme in item.dataset.themes}
        is_alike = own & topics or item.dataset.publisher.id in publishers
        if len(chosen) < STORIES and not (apart and is_alike):
            chosen.append(item)
            topics |= own
            publishers.add(item.dataset.publisher.id)
    return chosen


def _tells(item: PublishedDataset) -> bool:
    has_more = item.dataset.update_cycle in _REGULAR and not _is_late(item)
    return bool(item.charts) and has_more and not item.dataset.is_register


def _is_late(item: PublishedDataset) -> bool:
    return item.quality is not None and item.quality.freshness.state == "overdue"


def story(
    item: PublishedDataset, lang: str, chart: PublishedChart | None = None, sentence: LocalText | None = None
) -> Story:
    """Return what a chart of a dataset says, the first unless another is given; *sentence* says it in its place."""
    dataset, chart = item.dataset, chart or item.charts[0]
    is_first = chart == item.charts[0]  # only the first has a picture for lists
    return Story(
        finding=(sentence or chart.finding).to(lang),
        title=dataset.title.to(lang),
        path=dataset_path(dataset.name),
        picture=chart_file(dataset.name, chart.name, *(("thumbnail.svg",) if is_first else ("svg", lang))),
        publisher=dataset.publisher.title.to(lang),
    )
