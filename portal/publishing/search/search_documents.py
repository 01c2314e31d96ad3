"""Which texts of a dataset are searched, and the facets: publisher, theme, format, licence, year ...

Facets are the values by which lists are narrowed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from portal.model.catalog import Dataset, Publisher
from portal.model.text import LocalText
from portal.publishing.publication import PublishedDataset

FACETS = ("publisher", "theme", "area", "format", "license", "sharing", "update_cycle", "spatial", "year")


@dataclass(frozen=True)
class SearchDocument:
    """One dataset as engines see it: *title* counts more than *body*; *facets* hold values by the names of `FACETS`."""

    name: str
    title: str
    body: str
    facets: dict[str, tuple[str, ...]]
    updated: str
    sort_title: str
    quality: int = 0
    """Points of the metadata, 0 without a score."""
    uses: int = -1
    """Views and downloads of the last 30 days that were counted, -1 where nobody counts."""


def search_document(
    published: PublishedDataset, taken_over: Mapping[str, Sequence[Publisher]] | None = None
) -> SearchDocument:
    """Gather the words of a dataset in both languages: title, description, keywords, publisher, fields.

    *taken_over* are by the id of a publisher the dissolved departments that it stands for: their names find it too.
    """
    dataset = published.dataset
    resources = dataset.resources
    texts: list[LocalText | str] = [
        dataset.name,
        dataset.code,
        dataset.title,
        dataset.description,
        dataset.publisher.title,
        *dataset.publisher.former_names,
        *_names(taken_over.get(dataset.publisher.id, ()) if taken_over else ()),
        *dataset.former_names,
        *dataset.keywords,
        *(theme.title for theme in dataset.themes),
        *(resource.title for resource in resources),
        *(text for resource in resources for field in resource.schema.fields for text in (field.name, field.title)),
    ]
    return SearchDocument(
        name=dataset.name,
        title=_both(dataset.title),
        body="\n".join(_both(text) for text in texts),
        facets=facet_values(dataset, published.formats),
        updated=dataset.updated.isoformat() if dataset.updated else "",
        sort_title=dataset.title.zh or dataset.title.en,
        quality=published.quality.score.points if published.quality and published.quality.score else 0,
        uses=published.use.month.uses if published.use else -1,
    )


def facet_values(dataset: Dataset, formats: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the dataset's values of every facet; a facet without a value has none."""
    return {
        "publisher": (dataset.publisher.id,),
        "theme": tuple(theme.id for theme in dataset.themes),
        "area": dataset.areas,
        "format": formats,
        "license": tuple(dict.fromkeys(licence.name for licence in dataset.licences)),
        "sharing": (dataset.sharing.type,) if dataset.sharing.type else (),
        "update_cycle": (dataset.update_cycle,) if dataset.update_cycle else (),
        "spatial": (dataset.spatial,) if dataset.spatial else (),
        "year": (str(dataset.updated.year),) if dataset.updated else (),
    }


def _names(publishers: Sequence[Publisher]) -> Iterator[LocalText | str]:
    for item in publishers:
        yield item.title
        yield from item.former_names


def _both(text: LocalText | str) -> str:
    return text if isinstance(text, str) else f"{text.zh}\n{text.en}"
