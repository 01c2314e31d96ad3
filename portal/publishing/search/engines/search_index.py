"""The search index of a release: which engine writes it, and which opens it (`open_engine`).

A release has a folder for the engine that it was indexed with, and that folder says which engine opens it. There is one
engine today; another is a line in `ENGINES`, and passes the tests that run over all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from portal.model.errors import ReleaseError
from portal.publishing.search.engine import Hits, IndexWriter, SearchEngine, WordFinder
from portal.publishing.search.engines.facet_columns import Columns, column_line, gathered, read_columns, row_of
from portal.publishing.search.engines.facets import FacetedList
from portal.publishing.search.engines.whoosh_engine import WhooshEngine, write_words
from portal.publishing.search.query import SearchQuery
from portal.publishing.search.search_documents import SearchDocument
from portal.publishing.search.tokeniser import query_words

COLUMNS_FILE = "columns.ndjson"


@dataclass(frozen=True)
class EngineKind:
    """An embedded engine: *name* is that of its folder in a release, *write* makes its files, *open* reads them."""

    name: str
    write: IndexWriter
    open: Callable[[Path], WordFinder]


ENGINES = (EngineKind("whoosh", write_words, WhooshEngine),)
"""The engines there are; the first indexes what is built."""


class EmbeddedEngine:
    """An index in this process: an engine finds the words, and lists are made over columns."""

    def __init__(self, finder: WordFinder, columns: Path) -> None:
        self._finder = finder
        self._list = FacetedList(read_columns(columns))

    def search(self, query: SearchQuery) -> Hits:
        """Answer a query; see `SearchEngine`. Text without a word in it, such as a full stop, is found nowhere."""
        words = query_words(query.text)
        if words:
            return self._list.hits(query, self._finder.scores(words))
        return self._list.hits(query, {} if query.text.strip() else None)

    def close(self) -> None:
        """Let go of the index's files."""
        self._finder.close()


def write_index(documents: Iterable[SearchDocument], folder: Path, kind: EngineKind = ENGINES[0]) -> Columns:
    """Write the index of *documents* into *folder*, where there is none yet; return their columns.

    Equal documents give equal files.
    """
    place = folder / kind.name
    place.mkdir(parents=True)
    rows: list[list[Any]] = []
    with (place / COLUMNS_FILE).open("w", encoding="utf-8") as lines:
        kind.write(_with_columns(documents, lines, rows), place)
    return gathered(rows)


def open_engine(folder: Path, kinds: Iterable[EngineKind] = ENGINES) -> SearchEngine:
    """Open the index in *folder* with the engine that wrote it. Raises ReleaseError where none of *kinds* did."""
    for kind in kinds:
        place = folder / kind.name
        if place.is_dir():
            return EmbeddedEngine(kind.open(place), place / COLUMNS_FILE)
    raise ReleaseError(
        f"{folder} 中没有可用的检索索引。请先运行 portal build。",
        f"{folder} holds no index that can be searched. Run portal build first.",
    )


def _with_columns(
    documents: Iterable[SearchDocument], lines: TextIO, rows: list[list[Any]]
) -> Iterator[SearchDocument]:
    """Yield the documents; write the line of each and add its values to *rows* on the way, so they are made once."""
    for document in documents:
        rows.append(row_of(document))
        lines.write(column_line(rows[-1]))
        yield document
