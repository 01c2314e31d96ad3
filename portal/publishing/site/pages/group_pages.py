"""Pages of publishers and topics: the list of all, and of each what it has in figures, a chart, its datasets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

from portal.i18n import day_text, number_text, translate, translate_many
from portal.i18n import gettext_noop as _
from portal.model.addresses import (
    FEED,
    beside,
    in_language,
    numbered,
    open_catalogue_path,
    publisher_path,
    relative,
    theme_path,
)
from portal.model.catalog import Publisher, Theme
from portal.model.phone_addresses import phone_address
from portal.publishing.publication import PublishedDataset
from portal.publishing.release_content import ReleaseContent
from portal.publishing.site.contexts.home_contexts import GroupPage, IndexPage
from portal.publishing.site.contexts.list_contexts import DatasetCard
from portal.publishing.site.contexts.page_contexts import Detail, Figure, Link
from portal.publishing.site.dataset_lists import CARDS_A_PAGE, calendar_path, in_pages, pager
from portal.publishing.site.frame import Rendering, rendering
from portal.publishing.site.page_registry import HOME, PUBLISHER, PUBLISHERS, THEME, THEMES, PageKind
from portal.publishing.site.pages.home_page import stories, story
from portal.publishing.site.signs import sign_of

_DETAILS = (_("Kind"), _("Level"), _("Unified social credit code"), _("Unit in charge"), _("Responsible post"))


@dataclass(frozen=True)
class GroupPages:
    """Makes the pages in one language; *ordered* are all datasets as lists have them, *cards* how each stands there."""

    content: ReleaseContent
    ordered: Sequence[PublishedDataset]
    cards: Mapping[str, DatasetCard]
    lang: str

    def publisher_links(self) -> list[Link]:
        """Return all publishers with the number of their datasets."""
        counts = Counter(item.dataset.publisher.id for item in self.ordered)
        return [
            Link(item.title.to(self.lang), publisher_path(item.id), counts[item.id])
            for item in self.content.listed.publishers
        ]

    def theme_links(self) -> list[Link]:
        """Return the topics that have datasets."""
        counts = Counter(theme.id for item in self.ordered for theme in item.dataset.themes)
        return [
            Link(theme.title.to(self.lang), theme_path(theme.id), counts[theme.id], sign_of(theme.id))
            for theme in self.content.listed.themes
            if counts[theme.id]
        ]

    def publishers(self) -> Iterator[Rendering]:
        """Yield the list of publishers, and the page of each."""
        intro = translate(self.lang, "The departments and public enterprises that provide the data.")
        yield self._page(PUBLISHERS, IndexPage(intro, tuple(self.publisher_links())), description=intro)
        members: dict[str, list[PublishedDataset]] = {item.id: [] for item in self.content.listed.publishers}
        for item in self.ordered:
            members[item.dataset.publisher.id].append(item)
        for publisher in self.content.listed.publishers:
            yield from self._publisher(publisher, members[publisher.id])

    def themes(self) -> Iterator[Rendering]:
        """Yield the list of topics, and the page of each that has datasets."""
        intro = translate(self.lang, "Browse the datasets by what they are about.")
        yield self._page(THEMES, IndexPage(intro, tuple(self.theme_links())), description=intro)
        for theme in self.content.listed.themes:
            members = [item for item in self.ordered if theme in item.dataset.themes]
            if members:
                yield from self._theme(theme, members)

    def _publisher(self, publisher: Publisher, members: Sequence[PublishedDataset]) -> Iterator[Rendering]:
        path = publisher_path(publisher.id)
        body = GroupPage(
            title=publisher.title.to(self.lang),
            description=publisher.description.to(self.lang),
            sentence=self._sentence(members),
            figures=self._figures(members),
            details=tuple(self._publisher_details(publisher)),
            phone=self._phone(publisher),
            calendar_path=calendar_path(members, path),
            parent=Link(translate(self.lang, "All publishers"), PUBLISHERS.path),
            successor=self._publisher_link(publisher.successor),
            also=(Link(translate(self.lang, "Its open catalogue"), open_catalogue_path(publisher.id)),)
            if members and self.content.listed.portal.edition == "open"
            else (),
        )
        yield from self._numbered(PUBLISHER, path, body, members)

    def _theme(self, theme: Theme, members: Sequence[PublishedDataset]) -> Iterator[Rendering]:
        body = GroupPage(
            title=theme.title.to(self.lang),
            description="",
            sentence=self._sentence(members),
            figures=self._figures(members),
            sign=sign_of(theme.id),
            parent=Link(translate(self.lang, "All topics"), THEMES.path),
        )
        yield from self._numbered(THEME, theme_path(theme.id), body, members)

    def _numbered(
        self, kind: PageKind, path: str, body: GroupPage, members: Sequence[PublishedDataset]
    ) -> Iterator[Rendering]:
        """Yield the pages of a group; what its first chart says stands on the first."""
        has_feed = any(item.dataset.updated or item.dataset.published for item in members)
        told = [story(item, self.lang) for item in stories(members, apart=False)]
        for number, chosen in in_pages(members):
            here = in_language(self.lang, numbered(path, number))
            cards = tuple(self.cards[item.dataset.name] for item in chosen)
            pages = pager(number, len(members), CARDS_A_PAGE, partial(self._href, here, path))
            feed = beside(path, FEED) if has_feed else ""
            summary = translate_many(self.lang, "%(num)s dataset", "%(num)s datasets", len(members))
            shown = replace(body, cards=cards, pager=pages, summary=summary, feed_path=feed)
            yield self._page(
                kind,
                replace(shown, stories=tuple(told)) if number == 1 else shown,
                path=numbered(path, number),
                title=body.title,
                description=body.description or body.sentence or summary,
            )

    def _sentence(self, members: Sequence[PublishedDataset]) -> str:
        """Say how new the newest is."""
        days = [item.dataset.updated for item in members if item.dataset.updated]
        if not days:
            return ""
        return translate(self.lang, "Last updated on %(day)s.", day=day_text(self.lang, max(days)))

    def _figures(self, members: Sequence[PublishedDataset]) -> tuple[Figure, ...]:
        """Return how many datasets, rows and files there are, and how many datasets keep their update cycle."""
        lang = self.lang
        files = sum(len(resource.files) for item in members for resource in item.resources)
        rows = sum(item.rows for item in members)
        states = Counter(item.quality.freshness.state for item in members if item.quality)
        promised = states["current"] + states["overdue"]
        kept = translate(
            lang,
            "%(kept)s of %(all)s",
            kept=number_text(lang, states["current"]),
            all=number_text(lang, promised),
        )
        found = (
            (len(members), number_text(lang, len(members)), _("datasets")),
            (files, number_text(lang, files), _("files to download")),
            (rows, number_text(lang, rows), _("rows of data")),
            (promised, kept, _("updated in time")),
        )
        return tuple(Figure(value, translate(lang, label)) for number, value, label in found if number)

    def _publisher_link(self, id_: str) -> Link | None:
        """Return a publisher by its id, leading to its page or where that has moved; None where nothing has the id."""
        title = self.content.publisher_titles.get(id_)
        if title is None:
            return None
        place = self._publisher_places.get(id_)
        return Link(title.to(self.lang), publisher_path(place) if place else "")

    @cached_property
    def _publisher_places(self) -> Mapping[str, str]:
        """The present ids of publishers by those that lead to them."""
        moved = {item.old: item.new for item in self.content.moved if item.kind == "publishers"}
        return moved | {item.id: item.id for item in self.content.listed.publishers}

    def _phone(self, publisher: Publisher) -> Detail | None:
        if not publisher.phone:
            return None
        return Detail(translate(self.lang, "Telephone"), publisher.phone, phone_address(publisher.phone))

    def _publisher_details(self, publisher: Publisher) -> Iterator[Detail]:
        parent = self._publisher_link(publisher.parent)
        if parent:
            yield Detail(translate(self.lang, "Department above it"), parent.title, path=parent.path)
        if publisher.valid_from:
            yield Detail(translate(self.lang, "Exists since"), "", day=publisher.valid_from)
        texts = (publisher.kind, publisher.level, publisher.uscc, publisher.unit, publisher.responsible)
        for label, text in zip(_DETAILS, texts, strict=True):
            if text:
                yield Detail(translate(self.lang, label), text)

    def _href(self, here: str, path: str, number: int) -> str:
        return relative(here, in_language(self.lang, numbered(path, number)))

    def _page(self, kind: PageKind, body: object, **more: Any) -> Rendering:
        crumbs: Iterable[PageKind] = {PUBLISHER: (HOME, PUBLISHERS), THEME: (HOME, THEMES)}.get(kind, (HOME,))
        return rendering(
            kind,
            self.content.listed,
            self.lang,
            self.content.today,
            body,
            crumbs=tuple(one.link(self.lang) for one in crumbs),
            **more,
        )
