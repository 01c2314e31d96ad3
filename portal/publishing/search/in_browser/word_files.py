"""Words of datasets as files for a browser: who has which word how often, and the texts that phrases are looked for in.

They are those of the engines, by the same tokeniser: totals are equal. A list of a word is flat, a document and its
packed counts in turns, each document as the difference to the one before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

from portal.publishing.search.engines.postings import Postings
from portal.publishing.search.engines.whoosh_engine import packed_counts
from portal.publishing.search.in_browser.sharded_files import ShardedTable, write_pages
from portal.publishing.search.search_documents import SearchDocument
from portal.publishing.search.tokeniser import spelled

TEXTS_A_PAGE = 8
"""Documents whose texts stand in one file; they are fetched only for phrases and for titles like the query."""


def write_word_files(documents: Iterable[SearchDocument], folder: Path) -> tuple[int, list[tuple[int, int]]]:
    """Write ``words/`` and ``texts/`` into *folder*.

    Return how many files of words there are, and how many words the title and all texts of each document have.
    """
    lengths: list[tuple[int, int]] = []
    with closing(Postings(folder)) as postings:
        write_pages(_gathered(documents, postings, lengths), folder / "texts", TEXTS_A_PAGE)
        table = ShardedTable()
        for word, numbers, packed in postings.by_word():
            differences = [after - before for before, after in pairwise([0, *numbers])]
            text = word.decode()
            table.put(text, text, [item for pair in zip(differences, packed, strict=True) for item in pair])
    return table.write(folder / "words"), lengths


def _gathered(
    documents: Iterable[SearchDocument], postings: Postings, lengths: list[tuple[int, int]]
) -> Iterator[list[str]]:
    """Note the words of *documents* and how many each has; yield their spelled titles and whole texts."""
    for number, document in enumerate(documents):
        packed, counts = packed_counts(document.texts)
        postings.add(number, packed)
        lengths.append((counts[0], sum(counts)))
        yield [spelled(document.title), spelled(document.whole)]
