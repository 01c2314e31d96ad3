"""The default engine: Whoosh, embedded and in pure Python; the reference in tests.

Whoosh unpickles its index, so an index is opened only from a release that was built here. Words arrive cut up by
`portal.search.words`; Whoosh ranks (BM25F) and stores, facets are counted here over columns that are read once.
"""

from __future__ import annotations

import json
import warnings
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Lock
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)
    from whoosh import fields, query
    from whoosh.analysis import SpaceSeparatedTokenizer
    from whoosh.codec.whoosh3 import W3Codec, W3Segment
    from whoosh.filedb.filestore import FileStorage
    from whoosh.index import FileIndex

from portal.search.documents import FACETS, SearchDocument
from portal.search.engine import Hits
from portal.search.query import SearchQuery
from portal.search.words import index_words, query_words

TITLE_WEIGHT = 3.0
WRITER_MEGABYTES = 32
"""What Whoosh holds of postings before it writes them to a file for sorting."""


def write_index(documents: Iterable[SearchDocument], folder: Path) -> None:
    """Write the index of *documents* into the empty folder *folder*; equal documents give equal files."""
    schema = fields.Schema(
        title=fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False),
        body=fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False),
        columns=fields.STORED,
    )
    folder.mkdir(parents=True, exist_ok=True)
    # No compound file: it would note the time of writing.
    writer = (
        FileStorage(str(folder))
        .create_index(schema)
        .writer(codec=_NamedSegments(), compound=False, limitmb=WRITER_MEGABYTES)
    )
    for document in documents:
        columns = {
            "name": document.name,
            "updated": document.updated,
            "title": document.sort_title,
            "quality": document.quality,
            "facets": document.facets,
        }
        writer.add_document(
            title=" ".join(index_words(document.title)),
            body=" ".join(index_words(document.body)),
            columns=json.dumps(columns, ensure_ascii=False),
        )
    writer.commit()


class _NamedSegments(W3Codec):  # type: ignore[misc]
    """The codec of Whoosh, but its segment has a fixed name, so that equal catalogues give equal files."""

    def new_segment(self, storage: Any, indexname: str) -> W3Segment:
        """Return the one segment of an index that is written in one go."""
        return W3Segment(W3Codec(), indexname, segid="catalogue")


class WhooshEngine:
    """An index that `write_index` wrote. Searches may run in several threads at once."""

    def __init__(self, folder: Path) -> None:
        index: FileIndex = FileStorage(str(folder), readonly=True).open_index()
        self._searcher = index.searcher()
        self._lock = Lock()
        self._columns: list[dict[str, Any]] = [
            json.loads(stored["columns"]) for stored in self._searcher.reader().all_stored_fields()
        ]

    def search(self, query: SearchQuery) -> Hits:
        """Answer a query; see `SearchEngine`."""
        scores = self._scores(query.text)
        matching = [number for number in scores if self._passes(number, query)]
        ordered = sorted(matching, key=self._order(query.order, scores))
        page = ordered[query.start : query.start + query.per_page]
        return Hits(
            total=len(matching),
            names=tuple(self._columns[number]["name"] for number in page),
            facets={facet: self._count(facet, scores, query) for facet in FACETS},
        )

    def close(self) -> None:
        """Let go of the index's files."""
        self._searcher.close()

    def _scores(self, text: str) -> dict[int, float]:
        """Return the documents that hold all words, with their score; without words, all of them."""
        words = query_words(text)
        if not words:
            return {} if text.strip() else dict.fromkeys(range(len(self._columns)), 0.0)
        parsed = query.AndMaybe(
            query.And([query.Term("body", word) for word in words]),
            query.Or([query.Term("title", word, boost=TITLE_WEIGHT) for word in words]),
        )
        with self._lock:
            results = self._searcher.search(parsed, limit=None)
            return {number: score for score, number in results.top_n}

    def _passes(self, number: int, query: SearchQuery, but: str = "") -> bool:
        facets = self._columns[number]["facets"]
        return all(
            facet == but or any(value in facets[facet] for value in values) for facet, values in query.filters.items()
        )

    def _count(self, facet: str, scores: dict[int, float], query: SearchQuery) -> tuple[tuple[str, int], ...]:
        counts: Counter[str] = Counter()
        for number in scores:
            if self._passes(number, query, but=facet):
                counts.update(self._columns[number]["facets"][facet])
        return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def _order(self, order: str, scores: dict[int, float]) -> Callable[[int], Any]:
        def newest(number: int) -> tuple[int, str]:
            day = self._columns[number]["updated"].replace("-", "")
            return (-int(day or 0), self._columns[number]["name"])

        def most_relevant(number: int) -> Any:
            return (-round(scores[number], 6), *newest(number))

        def by_title(number: int) -> Any:
            return (self._columns[number]["title"].casefold(), self._columns[number]["name"])

        def best_described(number: int) -> Any:
            return (-self._columns[number]["quality"], *newest(number))

        return {"updated": newest, "title": by_title, "quality": best_described}.get(order, most_relevant)
