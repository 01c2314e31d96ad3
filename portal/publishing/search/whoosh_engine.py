"""Search engine on Whoosh: ranking (BM25F), the weight of titles, facet counts, sorting, writing the index.

The default engine, embedded and in pure Python; the reference in tests. Whoosh unpickles its index, so an index is
opened only from a release that was built here. Words arrive cut up by `portal.publishing.search.words`; Whoosh ranks
(BM25F), facets are counted here over `portal.publishing.search.facet_columns`.

An index is written once, as one segment, through the interfaces of Whoosh's codec (`whoosh.codec.base`). Whoosh's own
writer makes objects of each word of each document and sorts them all, which takes five times as long as to gather
words in `portal.publishing.search.postings`; the files are the same to whoever reads them.
"""

from __future__ import annotations

import warnings
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from threading import Lock
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)
    from whoosh import fields, formats, query
    from whoosh.codec.whoosh3 import W3Codec, W3Segment
    from whoosh.filedb.filestore import FileStorage
    from whoosh.index import TOC, FileIndex
    from whoosh.util.numeric import byte_to_length, length_to_byte

from portal.publishing.search.engine import Hits
from portal.publishing.search.facet_columns import column_line, read_columns
from portal.publishing.search.postings import Postings
from portal.publishing.search.query import SearchQuery
from portal.publishing.search.search_documents import FACETS, SearchDocument
from portal.publishing.search.words import index_words, query_words

TITLE_WEIGHT = 3.0
COLUMNS_FILE = "columns.ndjson"

_INDEX = "MAIN"
_SEGMENT = "catalogue"
"""Whoosh would name a segment by chance; a fixed name lets equal catalogues give equal files."""

_WORDS = fields.FieldType(formats.Existence(), analyzer=None, scorable=True)
"""Words with a weight for each document, which is how often it has the word, and no positions or other values."""

_FIELDS: dict[str, Callable[[SearchDocument], str]] = {
    "body": lambda document: document.body,
    "title": lambda document: document.title,
}


def write_index(documents: Iterable[SearchDocument], folder: Path) -> None:
    """Write the index of *documents* into the empty folder *folder*; equal documents give equal files."""
    folder.mkdir(parents=True, exist_ok=True)
    storage = FileStorage(str(folder))
    codec = W3Codec()
    segment = W3Segment(codec, _INDEX, segid=_SEGMENT)
    with closing(Postings(folder)) as body, closing(Postings(folder)) as title:
        gathered = {"body": body, "title": title}
        lengths = _gather(documents, gathered, codec.per_document_writer(storage, segment), folder / COLUMNS_FILE)
        segment.set_doc_count(len(lengths["body"]))
        _write_words(gathered, lengths, codec.field_writer(storage, segment))
    storage.temp_storage(f"{_INDEX}.tmp").destroy()
    segments = [segment] if segment.doc_count_all() else []
    TOC(fields.Schema(**dict.fromkeys(_FIELDS, _WORDS)), segments, 0).write(storage, _INDEX)


def _gather(
    documents: Iterable[SearchDocument], gathered: Mapping[str, Postings], writer: Any, columns: Path
) -> dict[str, array[int]]:
    """Write what belongs to single documents and note their words; return the length of each document in each field.

    *writer* is Whoosh's ``PerDocumentWriter``. It rounds lengths to fit into a byte; so they are returned, too.
    """
    lengths = {field: array("l") for field in _FIELDS}
    with columns.open("w", encoding="utf-8") as lines:
        for number, document in enumerate(documents):
            lines.write(column_line(document))
            writer.start_doc(number)
            for field, text_of in _FIELDS.items():
                words = index_words(text_of(document))
                gathered[field].add(number, words)
                writer.add_field(field, _WORDS, None, len(words))
                lengths[field].append(byte_to_length(length_to_byte(len(words))))
            writer.finish_doc()
    writer.close()
    return lengths


def _write_words(gathered: Mapping[str, Postings], lengths: Mapping[str, array[int]], writer: Any) -> None:
    """Write fields, words and the documents that have them, all in the order of bytes, to Whoosh's ``FieldWriter``."""
    for field in sorted(gathered):
        writer.start_field(field, _WORDS)
        length_of = lengths[field]
        for word, numbers, counts in gathered[field].by_word():
            writer.start_term(word)
            for number, count in zip(numbers, counts, strict=True):
                writer.add(number, count, b"", length_of[number])
            writer.finish_term()
        writer.finish_field()
    writer.close()


class WhooshEngine:
    """An index that `write_index` wrote. Searches may run in several threads at once."""

    def __init__(self, folder: Path) -> None:
        index: FileIndex = FileStorage(str(folder), readonly=True).open_index()
        self._searcher = index.searcher()
        self._lock = Lock()
        self._columns = read_columns(folder / COLUMNS_FILE)

    def search(self, query: SearchQuery) -> Hits:
        """Answer a query; see `SearchEngine`."""
        scores = self._scores(query.text)
        matching = self._narrowed(scores, query)
        ordered = sorted(matching, key=self._order(query.order, scores))
        page = ordered[query.start : query.start + query.per_page]
        return Hits(
            total=len(matching),
            names=tuple(self._columns.names[number] for number in page),
            facets={
                facet: self._count(facet, self._narrowed(scores, query, but=facet))
                if facet in query.filters
                else self._count(facet, matching)
                for facet in FACETS
            },
        )

    def close(self) -> None:
        """Let go of the index's files."""
        self._searcher.close()

    def _scores(self, text: str) -> dict[int, float]:
        """Return the documents that hold all words, with their score; without words, all of them."""
        words = query_words(text)
        if not words:
            return {} if text.strip() else dict.fromkeys(range(len(self._columns.names)), 0.0)
        parsed = query.AndMaybe(
            query.And([query.Term("body", word) for word in words]),
            query.Or([query.Term("title", word, boost=TITLE_WEIGHT) for word in words]),
        )
        with self._lock:
            results = self._searcher.search(parsed, limit=None)
            return {number: score for score, number in results.top_n}

    def _narrowed(self, numbers: Iterable[int], query: SearchQuery, but: str = "") -> list[int]:
        """Return those of *numbers* that pass the filters, one facet's own left aside."""
        passing = list(numbers)
        for facet, values in query.filters.items():
            if facet != but:
                column, wanted = self._columns.facets[facet], frozenset(values)
                passing = [number for number in passing if not wanted.isdisjoint(column[number])]
        return passing

    def _count(self, facet: str, numbers: Iterable[int]) -> tuple[tuple[str, int], ...]:
        counts: Counter[str] = Counter()
        for values, times in Counter(map(self._columns.facets[facet].__getitem__, numbers)).items():
            for value in values:
                counts[value] += times
        return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def _order(self, order: str, scores: dict[int, float]) -> Callable[[int], Any]:
        columns = self._columns

        def newest(number: int) -> tuple[int, str]:
            return (-columns.days[number], columns.names[number])

        def most_relevant(number: int) -> Any:
            return (-round(scores[number], 6), *newest(number))

        def by_title(number: int) -> Any:
            return (columns.titles[number], columns.names[number])

        def best_described(number: int) -> Any:
            return (-columns.quality[number], *newest(number))

        return {"updated": newest, "title": by_title, "quality": best_described}.get(order, most_relevant)
