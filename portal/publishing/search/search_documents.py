"""Which texts of a dataset are searched, and the facets: publisher, theme, format, licence, year ...

Facets are the values by which lists are narrowed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from portal.model.catalog import Dataset, Publisher
from portal.model.terms import AREAS, OPEN_STATES, SHARING_TYPES, UPDATE_CYCLES
from portal.model.text import LocalText
from portal.publishing.formats.places import place_name
from portal.publishing.publication import PublishedDataset
from portal.publishing.search.publisher_matters import matter

FACETS = ("publisher", "theme", "area", "format", "license", "sharing", "open", "update_cycle", "spatial", "year")

TEXTS = ("title", "keywords", "publisher", "columns", "body")
"""The texts of a document, in the order of what they say of it: what is most telling first."""


@dataclass(frozen=True)
class SearchDocument:
    """One dataset as engines see it: its texts by `TEXTS`; *facets* hold values by the names of `FACETS`."""

    name: str
    title: str
    body: str
    """What stands in none of the other texts: description, names, topics, resources."""
    facets: dict[str, tuple[str, ...]]
    updated: str
    sort_title: str
    quality: int = 0
    """Points of the metadata, 0 without a score."""
    uses: int = -1
    """Views and downloads of the last 30 days that were counted, -1 where nobody counts."""
    keywords: str = ""
    publisher: str = ""
    """What the publisher is about (`matter`); its whole name stands in the body."""
    columns: str = ""
    """Names, titles and descriptions of columns."""
    is_open: bool = False
    is_superseded: bool = False
    """Whether another dataset takes its place."""
    labels: dict[str, dict[str, LocalText]] = field(default_factory=dict)
    """The titles of values of facets, by facet and value."""

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts in the order of `TEXTS`."""
        return self.title, self.keywords, self.publisher, self.columns, self.body

    @property
    def whole(self) -> str:
        """All texts, each on lines of its own."""
        return "\n".join(self.texts)


def search_document(
    published: PublishedDataset, taken_over: Mapping[str, Sequence[Publisher]] | None = None
) -> SearchDocument:
    """Gather the words of a dataset in both languages: title, description, keywords, publisher, fields.

    *taken_over* are by the id of a publisher the dissolved departments that it stands for: their names find it too.
    """
    dataset = published.dataset
    resources = dataset.resources
    publishers = _both_lines(
        (
            dataset.publisher.title,
            *dataset.publisher.former_names,
            *_names(taken_over.get(dataset.publisher.id, ()) if taken_over else ()),
        )
    )
    return SearchDocument(
        name=dataset.name,
        title=_lines((dataset.title,)),
        keywords=_lines(dataset.keywords),
        publisher="\n".join(map(matter, publishers)),
        columns=_lines(
            text
            for resource in resources
            for field in resource.schema.fields
            for text in (field.name, field.title, field.description)
        ),
        body=_lines(
            (
                dataset.name,
                dataset.code,
                dataset.description,
                *publishers,
                *dataset.former_names,
                *(theme.title for theme in dataset.themes),
                *(resource.title for resource in resources),
            )
        ),
        facets=facet_values(dataset, published.formats),
        updated=dataset.updated.isoformat() if dataset.updated else "",
        sort_title=dataset.title.zh or dataset.title.en,
        quality=published.quality.score.points if published.quality and published.quality.score else 0,
        uses=published.use.month.uses if published.use else -1,
        is_open=dataset.is_open,
        is_superseded=bool(dataset.superseded_by),
        labels=_labels(dataset),
    )


class SearchDocuments:
    """The documents of datasets in the order in which they are indexed, made anew each time that they are read."""

    def __init__(
        self, datasets: Iterable[PublishedDataset], taken_over: Mapping[str, Sequence[Publisher]] | None = None
    ) -> None:
        self._datasets = by_standing(datasets)
        self._taken_over = taken_over

    def __iter__(self) -> Iterator[SearchDocument]:
        return (search_document(item, self._taken_over) for item in self._datasets)


def by_standing(datasets: Iterable[PublishedDataset]) -> list[PublishedDataset]:
    """Return *datasets* in the order in which they are indexed: see `portal.publishing.search.engine.WordSource`."""
    return sorted(
        datasets,
        key=lambda item: (
            bool(item.dataset.superseded_by),
            -(item.dataset.updated or date.min).toordinal(),
            item.dataset.name,
        ),
    )


def standing(document: SearchDocument) -> tuple[bool, int, str]:
    """Return by what documents are ordered where they are indexed, as `by_standing` does."""
    return document.is_superseded, -int(document.updated.replace("-", "") or 0), document.name


def facet_values(dataset: Dataset, formats: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the dataset's values of every facet; a facet without a value has none."""
    return {
        "publisher": (dataset.publisher.id,),
        "theme": tuple(theme.id for theme in dataset.themes),
        "area": dataset.areas,
        "format": formats,
        "license": tuple(dict.fromkeys(licence.name for licence in dataset.licences)),
        "sharing": (dataset.sharing.type,) if dataset.sharing.type else (),
        "open": (dataset.open_state,),
        "update_cycle": (dataset.update_cycle,) if dataset.update_cycle else (),
        "spatial": (dataset.spatial,) if dataset.spatial else (),
        "year": (str(dataset.updated.year),) if dataset.updated else (),
    }


def _labels(dataset: Dataset) -> dict[str, dict[str, LocalText]]:
    """Return the titles of the dataset's values, by facet and value."""
    place = dataset.place or place_name(dataset.spatial)
    return {
        "publisher": {dataset.publisher.id: dataset.publisher.title},
        "theme": {theme.id: theme.title for theme in dataset.themes},
        "area": {area: AREAS[area] for area in dataset.areas if area in AREAS},
        "license": {licence.name: licence.title for licence in dataset.licences},
        "sharing": {key: SHARING_TYPES[key] for key in (dataset.sharing.type,) if key in SHARING_TYPES},
        "open": {dataset.open_state: OPEN_STATES[dataset.open_state]},
        "update_cycle": {key: UPDATE_CYCLES[key] for key in (dataset.update_cycle,) if key in UPDATE_CYCLES},
        "spatial": {dataset.spatial: place} if place else {},
    }


def _names(publishers: Sequence[Publisher]) -> Iterator[LocalText | str]:
    for item in publishers:
        yield item.title
        yield from item.former_names


def _lines(texts: Iterable[LocalText | str]) -> str:
    return "\n".join(_both_lines(texts))


def _both_lines(texts: Iterable[LocalText | str]) -> list[str]:
    """Return the texts of both languages, each once where they are equal, without empty ones."""
    return [
        line
        for text in texts
        for line in ((text,) if isinstance(text, str) else dict.fromkeys((text.zh, text.en)))
        if line
    ]
