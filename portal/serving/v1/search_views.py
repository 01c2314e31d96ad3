"""Endpoints of /api/v1 that search: datasets with what may be meant and rows that answer, and suggestions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from flask import Blueprint, Response

from portal.model.addresses import in_language
from portal.model.api import Asked
from portal.publishing.endpoints import BASE, LANG, SEARCH, SUGGEST, SUGGEST_LIMIT, SUGGEST_WORDS
from portal.publishing.publication import PublishedDataset
from portal.publishing.search.found import Because, Found, FoundRow, Thing
from portal.publishing.search.highlights import TextPiece, excerpt, highlighted
from portal.publishing.search.query import at_present, read_query
from portal.publishing.site.labels import Labels
from portal.publishing.site.markdown import to_plain
from portal.publishing.site.row_links import found_row_path, place_of, titles_of_columns
from portal.publishing.site.search_words import words_asked, words_meant
from portal.serving.current_release import OpenRelease
from portal.serving.this_request import public_address, serving
from portal.serving.v1.answering import answer, asked_of, rule
from portal.serving.v1.search_shapes import (
    BecauseShape,
    BroaderShape,
    CellShape,
    DatasetList,
    FoundItem,
    FoundRowShape,
    HighlightsShape,
    MeantItem,
    MeantList,
    SuggestionList,
    SuggestionShape,
    TextPieceShape,
    ThingShape,
    UnderstoodShape,
)
from portal.serving.v1.shapes import FacetCount, item_values

MEANT_TOLD_MAX = 10
"""Other words for one thing that are told."""

searches = Blueprint("searches", __name__, url_prefix=BASE)


@searches.get(rule(SEARCH))
def datasets() -> Response:
    """Search the catalogue."""
    release = serving()
    return answer(dataset_list(release, asked_of(SEARCH), public_address(release)))


@searches.get(rule(SUGGEST))
def suggest() -> Response:
    """Complete what is being typed."""
    asked = asked_of(SUGGEST)
    text = SUGGEST_WORDS.read(asked)
    found = serving().search.suggest(text, SUGGEST_LIMIT.read(asked))
    items = [SuggestionShape.model_validate(asdict(item)) for item in found]
    return answer(SuggestionList(query=text, items=items))


def dataset_list(release: OpenRelease, asked: Asked, address: str) -> DatasetList:
    """Return a page of what is found by the parameters *asked*. Raises QueryError for one that makes no sense."""
    lang = LANG.read(asked)
    query = at_present(read_query({name: asked[name] for name in asked if name != LANG.name}), release.moved)
    found = release.search.search(query)
    hits, labels = found.hits, Labels(release.directory, lang)
    words = words_asked(query.text)
    return DatasetList(
        total=hits.total,
        items=[_item(item, lang, address, words) for item in release.records.several(hits.names)],
        facets={
            name: [FacetCount(value=value, label=labels.value(name, value), count=count) for value, count in counts]
            for name, counts in hits.facets.items()
        },
        page=query.page,
        pages=-(-hits.total // query.per_page),
        query={
            "q": query.text,
            **{name: list(values) for name, values in query.filters.items()},
            "sort": query.order,
            "per_page": query.per_page,
            "lang": lang,
        },
        also=MeantList(items=list(_meant(release, found, lang, address, words))),
        answers=list(_rows(release, found.rows, labels, address)),
        understood=_understood(found),
    )


def _item(published: PublishedDataset, lang: str, address: str, words: Sequence[str]) -> FoundItem:
    return FoundItem(**item_values(published, lang, address), highlights=_highlights(published, lang, words))


def _meant(release: OpenRelease, found: Found, lang: str, address: str, words: Sequence[str]) -> Iterator[MeantItem]:
    reasons = {item.name: item.because for item in found.also}
    for published in release.records.several(list(reasons)):
        because = reasons[published.dataset.name]
        yield MeantItem(
            **item_values(published, lang, address),
            highlights=_highlights(published, lang, words_meant(words, because)),
            because=[_because(reason) for reason in because],
        )


def _because(reason: Because) -> BecauseShape:
    return BecauseShape.model_validate(asdict(reason))


def _highlights(published: PublishedDataset, lang: str, words: Sequence[str]) -> HighlightsShape | None:
    if not words:
        return None
    dataset = published.dataset
    return HighlightsShape(
        title=_pieces(highlighted(dataset.title.to(lang), words)),
        description=_pieces(excerpt(to_plain(dataset.description.to(lang)), words)),
    )


def _pieces(pieces: Iterable[TextPiece]) -> list[TextPieceShape]:
    return [TextPieceShape(text=piece.text, match=piece.is_match) for piece in pieces]


def _rows(release: OpenRelease, rows: Sequence[FoundRow], labels: Labels, address: str) -> Iterator[FoundRowShape]:
    for row in rows:
        published = release.records.get(row.dataset)
        if published is None:
            continue
        titles = titles_of_columns(published, row.resource, labels.lang)
        dataset = published.dataset
        yield FoundRowShape(
            dataset=row.dataset,
            dataset_title=dataset.title.to(labels.lang),
            resource=row.resource,
            row=row.row,
            title=row.title,
            cells=[CellShape(name=name, title=titles.get(name) or name, value=value) for name, value in row.cells],
            updated=dataset.updated,
            place=place_of(dataset, labels),
            url=address + in_language(labels.lang, found_row_path(row)),
        )


def _other_words(thing: Thing) -> list[str]:
    words = dict.fromkeys(item.because.meant for item in thing.alternatives if item.because)
    return list(words)[:MEANT_TOLD_MAX]


def _understood(found: Found) -> UnderstoodShape:
    known, broader = found.understood, found.broader
    return UnderstoodShape(
        things=[ThingShape(typed=thing.typed, meant=_other_words(thing)) for thing in known.things],
        dropped=list(known.dropped),
        intents=list(known.intents),
        is_personal=known.is_personal,
        broader=BroaderShape(q=broader.text, left_out=list(broader.left_out), total=broader.total) if broader else None,
    )
