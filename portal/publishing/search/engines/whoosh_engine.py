"""Search engine on Whoosh: ranking (BM25F), the weight of titles, writing the index.

The default engine, embedded and in pure Python; the reference in tests. Whoosh unpickles its index, so an index is
opened only from a release that was built here. Words arrive cut up by `portal.publishing.search.tokeniser`.

An index is written once, as one segment, through the interfaces of Whoosh's codec (`whoosh.codec.base`). Whoosh's own
writer makes objects of each word of each document and sorts them all, which takes five times as long as to gather
words in `portal.publishing.search.engines.postings`; the files are the same to whoever reads them.
"""

from __future__ import annotations

import warnings
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
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

from portal.publishing.search.engines.postings import Postings
from portal.publishing.search.search_documents import SearchDocument
from portal.publishing.search.tokeniser import index_words

TITLE_WEIGHT = 3.0

_INDEX = "MAIN"
_SEGMENT = "catalogue"
"""Whoosh would name a segment by chance; a fixed name lets equal catalogues give equal files."""

_WORDS = fields.FieldType(formats.Existence(), analyzer=None, scorable=True)
"""Words with a weight for each document, which is how often it has the word, and no positions or other values."""

_FIELDS: dict[str, Callable[[SearchDocument], str]] = {
    "body": lambda document: document.body,
    "title": lambda document: document.title,
}


def write_words(documents: Iterable[SearchDocument], folder: Path) -> None:
    """Write the words of *documents* into *folder*; see `IndexWriter`."""
    storage = FileStorage(str(folder))
    codec = W3Codec()
    segment = W3Segment(codec, _INDEX, segid=_SEGMENT)
    with closing(Postings(folder)) as body, closing(Postings(folder)) as title:
        gathered = {"body": body, "title": title}
        lengths = _gather(documents, gathered, codec.per_document_writer(storage, segment))
        segment.set_doc_count(len(lengths["body"]))
        _write_words(gathered, lengths, codec.field_writer(storage, segment))
    storage.temp_storage(f"{_INDEX}.tmp").destroy()
    segments = [segment] if segment.doc_count_all() else []
    TOC(fields.Schema(**dict.fromkeys(_FIELDS, _WORDS)), segments, 0).write(storage, _INDEX)


def _gather(
    documents: Iterable[SearchDocument], gathered: Mapping[str, Postings], writer: Any
) -> dict[str, array[int]]:
    """Write what belongs to single documents and note their words; return the length of each document in each field.

    *writer* is Whoosh's ``PerDocumentWriter``. It rounds lengths to fit into a byte; so they are returned, too.
    """
    lengths = {field: array("l") for field in _FIELDS}
    for number, document in enumerate(documents):
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
    """An index that `write_words` wrote; see `WordFinder`."""

    def __init__(self, folder: Path) -> None:
        index: FileIndex = FileStorage(str(folder), readonly=True).open_index()
        self._searcher = index.searcher()
        self._lock = Lock()

    def scores(self, words: Sequence[str]) -> dict[int, float]:
        """Return the documents that hold all *words* with their scores; a word in the title counts more."""
        parsed = query.AndMaybe(
            query.And([query.Term("body", word) for word in words]),
            query.Or([query.Term("title", word, boost=TITLE_WEIGHT) for word in words]),
        )
        with self._lock:
            results = self._searcher.search(parsed, limit=None)
            return {number: score for score, number in results.top_n}

    def close(self) -> None:
        """Let go of the index's files."""
        self._searcher.close()
