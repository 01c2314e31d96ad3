"""DCAT-AP 3.0.1 of datasets and the whole catalogue in Turtle, RDF/XML and JSON-LD; pages.

`dump` writes one dataset, `dump_catalogue` all of them in pages, `CataloguePages` both in one go; `parse` reads any of
them back. In between stands the record of a dataset (`dcat_record`): `described` makes it, `nodes` says it as a graph,
`read_back` takes it from one; `serializations` writes and reads graphs, `vocabulary` has the words and vocabularies.
Source: DCAT-AP 3.0.1 (SEMIC), https://semiceu.github.io/DCAT-AP/releases/3.0.1/; pages: Hydra Core Vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from portal.model.addresses import DATASETS, beside, catalog_file, dataset_path, dcat_file
from portal.model.portal import Directory
from portal.model.text import LocalText
from portal.publishing.formats.dcat.dcat_record import Agent, Record
from portal.publishing.formats.dcat.described import cleaned, licence_of, record_of
from portal.publishing.formats.dcat.nodes import agent_node, language_nodes, licence_node, nodes_of
from portal.publishing.formats.dcat.read_back import records_of
from portal.publishing.formats.dcat.serializations import (
    ENDINGS,
    MEDIA_TYPES,
    SERIALIZATIONS,
    Node,
    Serialization,
    document,
    piece,
    read,
    shared_piece,
)
from portal.publishing.formats.dcat.services import service_nodes
from portal.publishing.formats.dcat.vocabulary import LANGUAGES, THEME_SCHEME, address
from portal.publishing.publication import PublishedDataset

__all__ = [
    "ENDINGS",
    "MEDIA_TYPES",
    "SERIALIZATIONS",
    "CataloguePages",
    "Record",
    "Serialization",
    "dump",
    "dump_catalogue",
    "parse",
]

PAGE_SIZE = 1000
"""So many datasets stand on one page of the catalogue; ours."""

_THEMES = LocalText("主题", "Themes")
_DATA_THEMES = LocalText("欧盟数据主题", "Data themes of the EU")


def dump(published: PublishedDataset, *, base_url: str, serialization: Serialization) -> bytes:
    """Return one dataset as a document in UTF-8; *base_url* has no slash at the end."""
    own, shared = nodes_of(record_of(published, base_url=address(base_url)))
    return document([piece(own, serialization), *[shared_piece(node, serialization) for node in shared]], serialization)


def parse(text: str, serialization: Serialization) -> list[Record]:
    """Return the datasets that a document describes, in the order of their addresses.

    What `dump` wrote comes back as the record it was written from. Raises UnreadableGraph, a PortalError, for what is
    not well formed or beyond the limits; what is merely strange is left out.
    """
    return records_of(read(text, serialization))


def dump_catalogue(
    datasets: Iterable[PublishedDataset],
    directory: Directory,
    *,
    base_url: str,
    serialization: Serialization,
    today: date,
    total: int | None = None,
    issued: date | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Yield the pages of the whole catalogue with their paths: ``/catalog.ttl``, then ``/catalog-2.ttl`` and so on.

    No more than a page is held at once. *total* is the number of datasets, where it is known; *issued* the day of the
    first release, *today* where this is the first.
    """
    pages = CataloguePages(
        directory, base_url=base_url, today=today, total=total, issued=issued, serializations=(serialization,)
    )
    for published in datasets:
        yield from (item for item in pages.add(published) if not item[0].startswith(DATASETS))
    yield from pages.finish()


class CataloguePages:
    """Takes datasets one by one and gives the documents of each, and the pages of the whole catalogue.

    Each dataset is made once in each of them, for its own document and for the page; that is quicker than one by one.
    """

    def __init__(
        self,
        directory: Directory,
        *,
        base_url: str,
        today: date,
        total: int | None = None,
        issued: date | None = None,
        serializations: Sequence[Serialization] = SERIALIZATIONS,
    ) -> None:
        self._directory, self._base_url, self._total = directory, address(base_url), total
        self._today, self._issued = today, issued or today
        self._pieces: dict[Serialization, list[bytes]] = {serialization: [] for serialization in serializations}
        self._shared: dict[tuple[str, tuple[str, ...]], Node] = {}
        self._iris: list[str] = []
        self._number = 1

    def add(self, published: PublishedDataset) -> list[tuple[str, bytes]]:
        """Return a dataset's documents with their paths (``/datasets/<name>/index.ttl``), and the page that is full.

        A dataset that raises leaves no trace in the catalogue.
        """
        own, shared = nodes_of(record_of(published, base_url=self._base_url))
        pieces = {serialization: piece(own, serialization) for serialization in self._pieces}
        written = [
            (
                beside(dataset_path(published.dataset.name), dcat_file(ENDINGS[serialization])),
                document([first, *[shared_piece(node, serialization) for node in shared]], serialization),
            )
            for serialization, first in pieces.items()
        ]
        if len(self._iris) == PAGE_SIZE:
            written += self._turn(has_next=True)
        for serialization, first in pieces.items():
            self._pieces[serialization].append(first)
        self._iris.append(own[0].iri)
        self._shared.update(((node.iri, node.types), node) for node in shared)
        return written

    def finish(self) -> list[tuple[str, bytes]]:
        """Return the last page in each serialization; there is one even of a catalogue without datasets."""
        return list(self._turn(has_next=False))

    def _turn(self, *, has_next: bool) -> Iterator[tuple[str, bytes]]:
        """Yield the page in each serialization with its path, and begin the next."""
        for serialization, pieces in self._pieces.items():
            nodes = [*self._head(serialization, has_next=has_next), *self._shared.values()]
            front = [piece(nodes[:1], serialization), *[shared_piece(node, serialization) for node in nodes[1:]]]
            yield catalog_file(ENDINGS[serialization], self._number), document([*front, *pieces], serialization)
            pieces.clear()
        self._iris.clear()
        self._shared.clear()
        self._number += 1

    def _head(self, serialization: Serialization, *, has_next: bool) -> Iterator[Node]:
        """Yield the catalogue itself with the datasets of this page, and what else stands on each page."""
        base, portal = self._base_url, self._directory.portal
        name = cleaned(portal.organisation) or cleaned(portal.title)
        title = cleaned(portal.title)
        operator = Agent(f"{base}/#operator", name)
        licence = portal.metadata_licence and licence_of(portal.metadata_licence, f"{base}/#licence")
        services = list(service_nodes(base, operator.iri, licence.iri if licence else ""))
        is_paged = has_next or self._number > 1
        here = base + catalog_file(ENDINGS[serialization], self._number)
        yield Node(
            f"{base}/#catalog",
            ("dcat:Catalog",),
            (
                ("title", _tagged(title)),
                ("description", _tagged(cleaned(portal.description) or title)),
                ("publisher", ((operator.iri, ""),)),
                ("homepage", ((f"{base}/", ""),)),
                ("language", tuple((iri, "") for iri in LANGUAGES.values())),
                ("issued", ((self._issued.isoformat(), ""),)),
                ("modified", ((self._today.isoformat(), ""),)),
                ("themeTaxonomy", ((f"{base}/#themes", ""), (THEME_SCHEME, ""))),
                ("service", tuple((node.iri, "") for node in services if "dcat:DataService" in node.types)),
                *([("license", ((licence.iri, ""),))] if licence else []),
                *([("view", ((here, ""),))] if is_paged else []),
                *([("dataset", tuple((iri, "") for iri in self._iris))] if self._iris else []),
            ),
        )
        yield agent_node(operator)
        yield Node(f"{base}/", ("foaf:Document",))
        yield from services
        if licence:
            yield licence_node(licence)
        yield from language_nodes(LANGUAGES)
        for iri, text in ((f"{base}/#themes", _THEMES), (THEME_SCHEME, _DATA_THEMES)):
            yield Node(iri, ("skos:ConceptScheme",), (("title", _tagged(text)),))
        if is_paged:
            yield self._view(serialization, here, has_next=has_next)

    def _view(self, serialization: Serialization, here: str, *, has_next: bool) -> Node:
        numbers = {"first": 1, "previous": self._number - 1, "next": self._number + 1 if has_next else 0}
        if self._total is not None:
            numbers["last"] = max(1, -(-self._total // PAGE_SIZE))
        total = [] if self._total is None else [("totalItems", ((str(self._total), ""),))]
        pages = [
            (name, ((self._base_url + catalog_file(ENDINGS[serialization], number), ""),))
            for name, number in numbers.items()
            if number
        ]
        return Node(here, ("hydra:PartialCollectionView", "hydra:PagedCollection"), (*total, *pages))


def _tagged(text: LocalText) -> tuple[tuple[str, str], ...]:
    return tuple((words, lang) for words, lang in ((text.zh, "zh"), (text.en, "en")) if words)
