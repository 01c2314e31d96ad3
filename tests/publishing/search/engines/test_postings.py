"""Words gathered document by document come back word by word, whether or not they fit into memory."""

from __future__ import annotations

import os
import random
import resource
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from portal.publishing.search.engines.postings import FILES_MAX, Postings

WORDS = ["水", "水质", "a", "ab", "z", "é", "\uffee", "𠀀", "2260"]


def made_documents() -> list[list[str]]:
    """Return forty documents of words drawn by a fixed dice, some without any."""
    dice = random.Random(7)
    return [dice.choices(WORDS, k=dice.randint(0, 9)) for _ in range(40)]


def gathered(documents: list[list[str]], folder: Path, held_max: int) -> list[tuple[bytes, list[int], list[int]]]:
    """Return all words of *documents* with their documents and how often these have them."""
    with closing(Postings(folder, held_max)) as postings:
        for number, words in enumerate(documents):
            postings.add(number, Counter(words))
        return [(word, list(numbers), list(counts)) for word, numbers, counts in postings.by_word()]


@pytest.mark.parametrize("held_max", [1, 7, 50, 10_000])
def test_words_come_back_in_order_with_all_their_documents(tmp_path: Path, held_max: int) -> None:
    """Words stand in the order of their bytes, each once, with what plain counting finds; so too from many files."""
    documents = made_documents()
    counted = [Counter(words) for words in documents]
    expected = []
    for word in sorted(WORDS, key=str.encode):
        numbers = [number for number, counts in enumerate(counted) if counts[word]]
        expected.append((word.encode(), numbers, [counted[number][word] for number in numbers]))
    assert gathered(documents, tmp_path, held_max) == expected


def test_nothing_stays_in_the_folder(tmp_path: Path) -> None:
    """Words that were written to files leave no file behind."""
    gathered(made_documents(), tmp_path, 5)
    assert list(tmp_path.iterdir()) == []


def test_no_more_than_the_bound_is_held(tmp_path: Path) -> None:
    """As soon as as many pairs are held as may be, they go to a file."""
    with closing(Postings(tmp_path, 3)) as postings:
        held = []
        for number in range(4):
            postings.add(number, {"水": 1, "质": 1})
            held.append(postings.held_count)
    assert held == [2, 0, 2, 0]


def test_a_process_needs_no_file_for_each_time_that_words_are_written(tmp_path: Path) -> None:
    """However much is gathered, the files that are open at once are bounded, and nothing is lost or out of order."""
    bound = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = [os.dup(0) for _ in range(FILES_MAX + 5)]
    for number in free:
        os.close(number)
    documents = [["水", "质"][: 1 + number % 2] for number in range(2 * FILES_MAX + 5)]
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(free) + 1, bound[1]))
    try:
        words = gathered(documents, tmp_path, 1)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, bound)
    everywhere, odd = range(len(documents)), range(1, len(documents), 2)
    assert words == [
        ("水".encode(), [*everywhere], [1] * len(everywhere)),
        ("质".encode(), [*odd], [1] * len(odd)),
    ]


def test_nothing_gathered_is_no_words(tmp_path: Path) -> None:
    """Without documents there are no words."""
    assert gathered([], tmp_path, 3) == []
