"""The answer to a search on a page: cards with what was found marked, what may be meant, rows, the empty answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from urllib.parse import quote

from portal.i18n import gettext_noop as _
from portal.i18n import translate, translate_many
from portal.model.addresses import dataset_path
from portal.model.portal import Portal
from portal.publishing.publication import PublishedDataset
from portal.publishing.search.found import Found, FoundRow
from portal.publishing.search.highlights import excerpt, highlighted
from portal.publishing.search.meaning.empty_answers import understood_words
from portal.publishing.site.contexts.data_tables import Cell, DataTable, columns, listed
from portal.publishing.site.contexts.list_contexts import DatasetCard
from portal.publishing.site.contexts.search_contexts import BroaderLink, EmptyAnswer
from portal.publishing.site.dataset_lists import card
from portal.publishing.site.labels import Labels
from portal.publishing.site.markdown import to_plain
from portal.publishing.site.row_links import found_row_path, place_of, titles_of_columns
from portal.publishing.site.search_words import reasons_in_words, words_meant

Looked = Callable[[str], PublishedDataset | None]
"""Gives a dataset by its name."""

SUMMARY_CHARACTERS = 160
"""Characters of a description on a card, around what was found."""
_ROW_COLUMNS = (
    (_("Found"), "name"),
    (_("What the row says"), ""),
    (_("Dataset"), ""),
    (_("Region"), ""),
    (_("Updated"), "name"),
)


def found_card(published: PublishedDataset, labels: Labels, words: Sequence[str]) -> DatasetCard:
    """Return the card of a dataset that was found, with *words* marked in its title and description."""
    shown = card(published, labels)
    if not words:
        return shown
    text = to_plain(published.dataset.description.to(labels.lang))
    return replace(
        shown,
        title_pieces=highlighted(shown.title, words),
        summary_pieces=excerpt(text, words, SUMMARY_CHARACTERS),
    )


def meant_cards(
    found: Found, datasets: Iterable[PublishedDataset], labels: Labels, words: Sequence[str]
) -> tuple[DatasetCard, ...]:
    """Return cards of what may be meant, each with its reasons; *datasets* are those of the second list."""
    because = {item.name: item.because for item in found.also}
    return tuple(
        replace(
            found_card(item, labels, words_meant(words, because[item.dataset.name])),
            reasons=reasons_in_words(because[item.dataset.name], labels.lang),
        )
        for item in datasets
    )


def row_table(rows: Sequence[FoundRow], dataset_of: Looked, labels: Labels) -> DataTable | None:
    """Return the rows that answer as a table, each with its table's page, its dataset, place and date; None of none."""
    known = [(row, dataset) for row in rows if (dataset := dataset_of(row.dataset))]
    shown = tuple(_row(row, dataset, labels) for row, dataset in known)
    return DataTable(columns(labels.lang, *_ROW_COLUMNS), shown) if shown else None


def _row(row: FoundRow, published: PublishedDataset, labels: Labels) -> tuple[Cell, ...]:
    titles = titles_of_columns(published, row.resource, labels.lang)
    says = (
        Cell(translate(labels.lang, "%(column)s: %(value)s", column=titles.get(name) or name, value=value))
        for name, value in row.cells
        if value != row.title
    )
    dataset = published.dataset
    return (
        Cell(row.title, path=found_row_path(row)),
        listed(says),
        Cell(
            dataset.title.to(labels.lang),
            path=dataset_path(dataset.name),
            note=translate(labels.lang, "row %(number)s", number=row.row),
        ),
        Cell(place_of(dataset, labels)),
        Cell(day=dataset.updated),
    )


def empty_answer(found: Found, text: str, portal: Portal, lang: str, href: Callable[[str], str]) -> EmptyAnswer:
    """Return what can be said where nothing has all the words of *text*; *href* gives the address of another search."""
    broader = found.broader
    understood = understood_words(found.understood.things)
    return EmptyAnswer(
        understood=tuple(understood),
        dropped=tuple(word for word in found.understood.dropped if word not in understood),
        broader=BroaderLink(
            broader.text,
            href(broader.text),
            translate_many(lang, "%(num)s dataset", "%(num)s datasets", broader.total),
        )
        if broader
        else None,
        mail=_letter(portal, text, lang) if portal.email else "",
        mail_text=portal.email,
        phone=portal.phone,
    )


def _letter(portal: Portal, text: str, lang: str) -> str:
    """Return the address of a letter that asks for data."""
    title = portal.title.to(lang)
    subject = translate(lang, "Request for open data: %(query)s", query=text)
    body = translate(
        lang,
        "I looked for “%(query)s” at “%(portal)s” and found no dataset. What I need it for:",
        query=text,
        portal=title,
    )
    return f"mailto:{quote(portal.email, safe='@')}?subject={quote(subject, safe='')}&body={quote(body, safe='')}"
