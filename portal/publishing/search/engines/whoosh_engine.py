"""Search engine on Whoosh: its postings read block by block into numpy, writing the index through its codec.

The default engine, embedded and in pure Python; the reference in tests. Whoosh unpickles its index, so an index is
opened only from a release that was built here. Words arrive cut up by `portal.publishing.search.tokeniser`.

An index is written once, as one segment, through the interfaces of Whoosh's codec (`whoosh.codec.base`). Whoosh's own
writer makes objects of each word of each document and sorts them all, which takes five times as long as to gather
words in `engines.postings`; the files are the same to whoever reads them. All documents of a word stand in one block,
which is decoded at once: Whoosh's own searcher asks for each document of each word by a call of Python.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)
    from whoosh import fields, formats
    from whoosh.codec.whoosh3 import W3Codec, W3Segment
    from whoosh.filedb.filestore import FileStorage
    from whoosh.index import TOC

from portal.publishing.search.engines.facet_columns import Columns
from portal.publishing.search.engines.mapped_arrays import mapped_array, write_array
from portal.publishing.search.engines.mapped_texts import MappedTexts, write_texts
from portal.publishing.search.engines.postings import Postings
from portal.publishing.search.engines.ranking import COUNT_BITS, COUNT_MAX, word_scores
from portal.publishing.search.engines.word_lists import WordList
from portal.publishing.search.search_documents import SearchDocument
from portal.publishing.search.tokeniser import index_words, spelled

BLOCK_POSTINGS_MAX = 1 << 20
"""Documents of a word that stand in one block of Whoosh's postings."""

_INDEX = "MAIN"
_SEGMENT = "catalogue"
"""Whoosh would name a segment by chance; a fixed name lets equal catalogues give equal files."""
_FIELD = "words"
_WORDS = fields.FieldType(formats.Frequency(), analyzer=None, scorable=True)
"""Words with a number for each document, which is how often it has the word in each of its texts (`packed_counts`)."""
_COUNT = np.dtype(">u4")
"""Such a number in Whoosh's files."""


def write_words(documents: Iterable[SearchDocument], _columns: Columns, folder: Path) -> None:
    """Write the words of *documents* into *folder*, and their texts as phrases are looked for in them."""
    storage = FileStorage(str(folder))
    codec = W3Codec(blocklimit=BLOCK_POSTINGS_MAX)
    segment = W3Segment(codec, _INDEX, segid=_SEGMENT)
    lengths: list[tuple[int, int]] = []
    with closing(Postings(folder)) as postings:
        write_texts(_gathered(documents, postings, lengths), folder / "texts")
        write_texts((spelled(document.title) for document in documents), folder / "titles")
        per_document = codec.per_document_writer(storage, segment)
        for number in range(len(lengths)):
            per_document.start_doc(number)
            per_document.finish_doc()
        per_document.close()
        segment.set_doc_count(len(lengths))
        _write_postings(postings, codec.field_writer(storage, segment))
    write_array(np.array(lengths, np.int32).reshape(-1, 2).T, folder / "lengths.npy")
    storage.temp_storage(f"{_INDEX}.tmp").destroy()
    TOC(fields.Schema(**{_FIELD: _WORDS}), [segment] if lengths else [], 0).write(storage, _INDEX)


def packed_counts(texts: Iterable[str]) -> tuple[dict[str, int], list[int]]:
    """Return how often each word stands in each of some texts, packed into one number, and how many words these have.

    >>> packed_counts(["水", "水 水"])
    ({'水': 33}, [1, 2])
    """
    packed: dict[str, int] = {}
    lengths = []
    for place, text in enumerate(texts):
        words = index_words(text)
        lengths.append(len(words))
        shift = COUNT_BITS * place
        for word, count in Counter(words).items():
            packed[word] = packed.get(word, 0) | min(count, COUNT_MAX) << shift
    return packed, lengths


def _gathered(documents: Iterable[SearchDocument], postings: Postings, lengths: list[tuple[int, int]]) -> Iterator[str]:
    """Note the words of *documents*, and how many the title and all texts have; yield its texts for phrases."""
    for number, document in enumerate(documents):
        packed, counts = packed_counts(document.texts)
        postings.add(number, packed)
        lengths.append((counts[0], sum(counts)))
        yield spelled(document.whole)


def _write_postings(postings: Postings, writer: Any) -> None:
    """Write words and the documents that have them, all in the order of bytes, to Whoosh's ``FieldWriter``."""
    writer.start_field(_FIELD, _WORDS)
    for word, numbers, packed in postings.by_word():
        writer.start_term(word)
        values = np.array(packed, _COUNT).tobytes()
        for place, number in enumerate(numbers):
            writer.add(number, 1.0, values[place * 4 : place * 4 + 4], 1)
        writer.finish_term()
    writer.finish_field()
    writer.close()


class WhooshWords:
    """The words of an index that `write_words` wrote; read by one thread at a time."""

    def __init__(self, folder: Path) -> None:
        """Open the files. Raises whatever Whoosh does where they are none, ValueError where they are not whole."""
        self.texts = MappedTexts(folder / "texts")
        self.titles = MappedTexts(folder / "titles")
        lengths = mapped_array(folder / "lengths.npy")
        self.size = lengths.shape[1]
        self._titles, self._lengths = map(_beside_mean, lengths)
        storage = FileStorage(str(folder), readonly=True)
        segments = TOC.read(storage, _INDEX).segments
        self._terms = segments[0].codec().terms_reader(storage, segments[0]) if segments else None
        self._lock = Lock()
        if len(self.texts) != self.size or len(self.titles) != self.size:
            raise ValueError(f"The words in {folder} do not belong together")

    def list_of(self, word: str) -> WordList:
        """Return the documents that have a word, from the file."""
        key = word.encode(errors="replace")
        with self._lock:
            if self._terms is None or (_FIELD, key) not in self._terms:
                return WordList(_NONE, _NO_COUNTS, _NO_SCORES)
            matcher = self._terms.matcher(_FIELD, key, _WORDS.format)
            numbers, packed = [], []
            while matcher.is_active():
                # A block as it was written, numbers as differences: no method of Whoosh's gives it whole.
                matcher._read_data()
                differences, _, values = matcher._data
                numbers.append(np.cumsum(differences, dtype=np.int32))
                packed.append(np.frombuffer(values, _COUNT))
                matcher._next_block()
        found, counts = np.concatenate(numbers), np.concatenate(packed).astype(np.uint32)
        scores = word_scores(counts, self._titles[found], self._lengths[found], self.size)
        return WordList(found, counts, scores)

    def count(self, word: str) -> int:
        """Return how many documents have a word, without reading them."""
        key = word.encode(errors="replace")
        with self._lock:
            if self._terms is None or (_FIELD, key) not in self._terms:
                return 0
            return int(self._terms.doc_frequency(_FIELD, key))

    def close(self) -> None:
        """Let go of the index's files."""
        self.texts.close()
        self.titles.close()
        if self._terms is not None:
            self._terms.close()


def _beside_mean(lengths: NDArray[np.int32]) -> NDArray[np.float32]:
    return (lengths / max(float(lengths.mean()), 1.0) if len(lengths) else lengths).astype(np.float32)


_NONE = np.zeros(0, np.int32)
_NO_COUNTS = np.zeros(0, np.uint32)
_NO_SCORES = np.zeros(0, np.float32)
