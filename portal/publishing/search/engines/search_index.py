"""The search index of a release: which engine writes it, and which opens it (`open_engine`).

A release has a folder for the engine that it was indexed with, and that folder says which engine opens it. Another
engine is a line in `ENGINES`, and passes the tests that run over all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.model.errors import ReleaseError
from portal.publishing.search.engine import SearchEngine
from portal.publishing.search.engines.embedded_engine import EmbeddedEngine
from portal.publishing.search.engines.facet_columns import ColumnsWriter, read_columns
from portal.publishing.search.engines.facets import FacetedList
from portal.publishing.search.engines.whoosh_engine import WhooshWords, write_words
from portal.publishing.search.search_documents import SearchDocument, standing

COLUMNS_FOLDER = "columns"


@dataclass(frozen=True)
class EngineKind:
    """An engine: *name* is that of its folder in a release, *write* makes its files, *open* reads them.

    *write* reads the documents once and in their order, and equal ones give equal files; *open* gets the folder and
    that of the columns.
    """

    name: str
    write: Callable[[Iterable[SearchDocument], Path], None]
    open: Callable[[Path, Path], SearchEngine]


def _open_whoosh(folder: Path, columns: Path) -> SearchEngine:
    return EmbeddedEngine(WhooshWords(folder), read_columns(columns))


ENGINES = (EngineKind("whoosh", write_words, _open_whoosh),)
"""The engines there are; the first indexes what is built."""


def write_index(documents: Iterable[SearchDocument], folder: Path, kind: EngineKind = ENGINES[0]) -> FacetedList:
    """Write the index of *documents* into *folder*, where there is none yet; return them as a list of all.

    The documents come by `standing`; equal ones give equal files.
    """
    place = folder / kind.name
    place.mkdir(parents=True)
    columns = ColumnsWriter()
    kind.write(columns.noting(_in_order(documents)), place)
    columns.write(place / COLUMNS_FOLDER)
    return FacetedList(read_columns(place / COLUMNS_FOLDER))


def open_engine(folder: Path, kinds: Iterable[EngineKind] = ENGINES) -> SearchEngine:
    """Open the index in *folder* with the engine that wrote it. Raises ReleaseError where none of *kinds* did."""
    for kind in kinds:
        place = folder / kind.name
        if place.is_dir():
            return kind.open(place, place / COLUMNS_FOLDER)
    raise ReleaseError(
        f"{folder} 中没有可用的检索索引。请先运行 portal build。",
        f"{folder} holds no index that can be searched. Run portal build first.",
    )


def _in_order(documents: Iterable[SearchDocument]) -> Iterator[SearchDocument]:
    """Yield *documents*, which stand in order: their numbers are their places by it."""
    last = None
    for document in documents:
        place = standing(document)
        if last is not None and place < last:
            raise ValueError(f"{document.name} does not stand where it belongs")
        last = place
        yield document
